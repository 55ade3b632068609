"use strict";
// What pages show of an answer. Text only ever becomes text, never markup.

var archiveElements = (function () {
  const PAGE = 20;  // so many rows at a time

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  const marked = (pieces) => pieces.map(([text, hit]) => (hit ? element("mark", {}, text) : text));
  const isolated = (text) => element("bdi", {}, text);

  const formats = new Map();  // to make one takes longer than to use it

  /** How a language writes dates or numbers; null where the browser takes its tag for none, as it does `en_x`. */
  function formatOf(Format, language, style) {
    const name = [Format.name, language, ...Object.keys(style)].join();
    if (!formats.has(name)) formats.set(name, formatIfAny(Format, language || undefined, style));
    return formats.get(name);
  }

  function formatIfAny(Format, language, style) {
    try {
      return new Format(language, style);
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }

  /** A date of the archive in words of `language`; as it is written where it names no day, month or year. */
  function when(date, language) {
    const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?$/.exec(date) || [];
    if (!year) return element("span", {}, date);
    // As the other pages have it: some languages have another calendar and other digits.
    const style = { timeZone: "UTC", calendar: "gregory", numberingSystem: "latn", year: "numeric" };
    if (month) style.month = "long";
    if (day) style.day = "numeric";
    const time = new Date(0);
    time.setUTCFullYear(Number(year), month ? month - 1 : 0, Number(day || 1));
    return element("time", { dateTime: date }, formatOf(Intl.DateTimeFormat, language, style)?.format(time) ?? date);
  }

  /** A number as the page writes its others, whatever language the browser speaks. */
  function decimal(number) {
    const language = document.documentElement.lang || "en";
    return formatOf(Intl.NumberFormat, language, { numberingSystem: "latn" })?.format(number) ?? String(number);
  }

  /**
   * The page of a hit shows where the words of a query stand, if its link is opened with them. Afterwards it has its own
   * address again, which somebody may copy.
   */
  function tellWords(event, link, query) {
    if (!link || !query || !CSS.highlights || event.button > 1) return;
    const address = link.getAttribute("href");
    link.hash = "q=" + encodeURIComponent(query);
    setTimeout(() => link.setAttribute("href", address));
  }

  return { PAGE, element, marked, isolated, when, decimal, tellWords };
})();

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

  function formatOf(language, style) {
    const name = [language, ...Object.keys(style)].join();
    if (!formats.has(name)) formats.set(name, new Intl.DateTimeFormat(language || undefined, style));
    return formats.get(name);
  }

  /** A date of the archive in words of `language`; as it is written where it names no day, month or year. */
  function when(date, language) {
    const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?$/.exec(date) || [];
    if (!year) return element("span", {}, date);
    const style = { timeZone: "UTC", year: "numeric" };
    if (month) style.month = "long";
    if (day) style.day = "numeric";
    const time = new Date(0);
    time.setUTCFullYear(Number(year), month ? month - 1 : 0, Number(day || 1));
    return element("time", { dateTime: date }, formatOf(language, style).format(time));
  }

  /** A number as the page writes its others, whatever language the browser speaks. */
  const decimal = (number) => number.toLocaleString((document.documentElement.lang || "en") + "-u-nu-latn");

  return { PAGE, element, marked, isolated, when, decimal };
})();

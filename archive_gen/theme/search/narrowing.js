"use strict";
// What narrows an answer: lists of years, sources, places and tags, a bar for each year, two days.

var archiveNarrowing = (function () {
  const { partsOf } = archiveQuery;
  const { element, isolated, decimal } = archiveElements;
  const MOST_FACETS = 12;
  const GROUPS = [["years", "date"], ["sources", "source"], ["places", "place"], ["tags", "tag"]];

  /** The commonest values; but all years, the latest first, as keys come to a year by this list alone. */
  const shownOf = (field, values) => (
    field === "date" ? [...values].sort(([a], [b]) => b - a) : values.slice(0, MOST_FACETS));

  const withoutDates = (query) => (
    partsOf(query).filter(({ node }) => node.kind !== "dates").map(({ text }) => text).join(" ") || "*");

  const condition = (field, value) => (
    field + ":" + (/[\s()"“”„]/.test(value) ? '"' + value.replace(/["“”„]/g, "?") + '"' : value));
  const marksIn = (query) => (query.match(/["“”„]/g) || []).length;

  const isOpen = (query) => /(?:^|[\s()"“”„])(?:AND|OR|NOT)\s*$/.test(query);

  function openBrackets(query) {
    let depth = 0;
    for (const [, bracket] of query.matchAll(/["“”„][^"“”„]*["“”„]?|([()])/g)) {
      depth = Math.max(0, depth + ({ "(": 1, ")": -1 }[bracket] || 0));
    }
    return depth;
  }

  /** A query and one more condition: see archive_gen/search/narrowing.py. */
  function narrowed(query, field, value) {
    const quoted = marksIn(query) % 2 ? query + '"' : query;
    const closed = quoted + ")".repeat(openBrackets(quoted));
    return (isOpen(closed) ? "(" + closed + ")" : closed) + " " + condition(field, value);
  }

  /** A query without one of the conditions at its end; null if it has not that one. */
  function widened(query, field, value) {
    const padded = " " + query, wanted = " " + condition(field, value) + " ";
    const rest = padded.slice(0, padded.search(/(?:\s+[\p{L}\p{N}_]+:(?:"[^"“”„]*"|[^\s()"“”„]+))*\s*$/u));
    const conditions = padded.slice(rest.length) + " ", at = conditions.indexOf(wanted);
    const before = rest + conditions.slice(0, at);
    if (at < 0 || isOpen(before) || marksIn(rest) % 2) return null;
    return (before + " " + conditions.slice(at + wanted.length)).trim() || "*";
  }

  function drawn(name, attributes, ...children) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  /** The years that have a bar or a gap: all between the first and the last, if these are not too many. */
  function yearsShown(counts) {
    const years = [...counts.keys()].sort((a, b) => a - b);
    const first = years[0], count = years[years.length - 1] - first + 1;
    return count <= 150 ? Array.from({ length: count }, (_, i) => first + i) : years;
  }

  /**
   * What narrows, on a page with these texts, where `link(query, made)` answers a query by a click on what is made,
   * `goOn(query)` at once, and `trying(work)` tells what goes wrong.
   */
  function narrowing(texts, { link, goOn, trying }) {
    const list = (query, field, values) => element("ul", { className: "facet-" + field }, ...shownOf(field, values).map(([value, count]) => (
      element("li", {}, choice(query, field, value), " ", element("small", {}, decimal(count))))));

    /** A value; the one that was chosen leads back. */
    function choice(query, field, value) {
      const wider = widened(query, field, value), made = element("a", {}, isolated(value));
      if (!wider) return link(narrowed(query, field, value), made);
      made.setAttribute("aria-current", "true");
      made.title = texts.widen || "";
      return link(wider, made);
    }

    /** A list that is counted when it is opened; who opens it again after a fault asks again. */
    function later(title, query, field, count) {
      const group = element("details", {}, element("summary", {}, title));
      let counted = false;
      group.addEventListener("toggle", async () => {
        if (!group.open || counted) return;
        counted = true;
        const wait = element("p", {}, texts.searching || "…");
        group.append(wait);
        await trying(async () => group.append(list(query, field, await count(field))), null, () => {
          counted = false;
          group.open = false;
        });
        wait.remove();
      });
      return group;
    }

    /** The lists of `facets`; what is null there, `count` counts. */
    function lists(query, facets, count) {
      return GROUPS.filter(([name]) => facets[name] === null || facets[name]?.length).map(([name, field]) => {
        const title = texts[name] || name;
        return element("section", {}, ...(facets[name]
          ? [element("h2", {}, title), list(query, field, facets[name])] : [later(title, query, field, count)]));
      });
    }

    function bar(query, year, count, place, most) {
      const tall = Math.max(1, Math.round(46 * count / most));
      const label = year + ": " + decimal(count);
      const period = String(year).padStart(4, "0");
      return link(narrowed(withoutDates(query), "date", period), drawn("a", { "aria-label": label, tabindex: -1 },
        drawn("title", {}, label),
        drawn("rect", { class: "bar-room", x: 12 * place, y: 0, width: 12, height: 48 }),
        drawn("rect", { x: 12 * place + 1, y: 48 - tall, width: 10, height: tall })));
    }

    /**
     * A bar for each year, a link each: what the list of years says, at a glance. Not for keys, which would have to
     * pass all bars on the way to the hits: they have that list, and the days from and to which one asks.
     */
    function yearChart(query, years) {
      const counts = new Map(years.map(([year, count]) => [Number(year), count]));
      const shown = yearsShown(counts), most = Math.max(...counts.values());
      const bars = shown.flatMap((year, i) => (counts.get(year) ? [bar(query, year, counts.get(year), i, most)] : []));
      const width = shown.length * Math.max(12, Math.min(36, Math.floor(640 / shown.length)));
      const svg = drawn("svg", { viewBox: "0 0 " + 12 * shown.length + " 48", preserveAspectRatio: "none", width,
        height: 48, role: "group", "aria-label": texts.per_year || "" }, ...bars);
      const ends = element("p", { className: "chart-ends" },
        element("span", {}, shown[0]), " ", element("span", {}, shown[shown.length - 1]));
      ends.setAttribute("aria-hidden", "true");
      return [svg, ends];
    }

    /** Two days; what lies between them narrows what `asked()` says when they are sent. */
    function dateRange(asked) {
      const day = (name) => element("input", { type: "date", name });
      const from = day("from"), to = day("to");
      const range = element("form", { className: "date-range" },
        element("label", {}, texts.from || "", " ", from), " ", element("label", {}, texts.to || "", " ", to), " ",
        element("button", { type: "submit" }, texts.narrow || ">"));
      range.addEventListener("submit", (event) => {
        event.preventDefault();
        const isSwapped = from.value && to.value && from.value > to.value;
        const [start, end] = isSwapped ? [to.value, from.value] : [from.value, to.value];
        const others = withoutDates(asked());
        for (const field of [from, to]) field.defaultValue = field.value;
        goOn(start || end ? narrowed(others, "date", start + ".." + end) : others);
      });
      return range;
    }

    /** Let such a form show the days of a query, but where somebody has others in it that are not sent. */
    function showDays(range, query) {
      if (!range.isConnected) range.reset();
      const [, first = "", last = ""] = /(?:^|\s)date:(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?/.exec(query) || [];
      for (const [name, day] of [["from", first], ["to", last]]) {
        const field = range.elements[name], isTyped = field.validity.badInput || field.value !== field.defaultValue;
        field.defaultValue = day;
        if (!isTyped && field.value !== day) field.value = day;
      }
    }

    return { lists, yearChart, dateRange, showDays };
  }

  return { narrowing };
})();

"use strict";
// The search page: answers as somebody types.

(function () {
  const app = document.getElementById("search-app");
  if (!app) return;
  const { PAGE, element, marked, isolated, when } = archiveAnswers;
  const MOST_FACETS = 12, WAIT = 80;
  const form = app.querySelector("form.search") || document.querySelector("main form.search, form.search");
  const input = form.querySelector("input[name=q]");
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  const aside = document.getElementById("search-facets");
  const chart = document.getElementById("search-years");
  const texts = JSON.parse(document.getElementById("search-texts")?.textContent || "{}");
  const address = new URLSearchParams(location.search);
  const sort = address.get("sort") || "relevance";
  const answers = archiveAnswers.from(app.dataset.root, sort);
  let asked = 0;

  // ---- elements ------------------------------------------------------------------------------

  function row(hit) {
    const link = element("a", { href: hit.href }, ...marked(hit.heading));
    const source = hit.source ? element("span", {}, isolated(hit.source)) : null;
    const text = element("div", { className: "row-text", lang: hit.language || "", dir: "auto" },
      element("h2", { className: "hit-title" }, link),
      element("p", { className: "hit-snippet" }, ...marked(hit.snippet)));
    const date = when(hit.date || texts.undated || "", app.dataset.language);
    const meta = element("p", { className: "hit-meta row-meta" }, date, " ", source);
    return element("li", { className: "hit row" }, meta, text);
  }

  /** A link to the same page with another query, answered in place. */
  function queryLink(query, ...children) {
    return answeredInPlace(element("a", { href: addressOf(query) }, ...children), query);
  }

  function answeredInPlace(link, query) {
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      goOn(query);
      input.focus();
    });
    return link;
  }

  function facetGroup(title, field, query, values) {
    return element("section", {}, element("h2", {}, title), facetList(field, query, values));
  }

  /** The same, counted when it is opened. */
  function facetLater(title, field, query, count) {
    const group = element("details", {}, element("summary", {}, title));
    const turn = asked;
    let counted = null;
    group.addEventListener("toggle", async () => {
      if (!group.open || counted) return;
      try {
        counted = count(field);
        group.append(facetList(field, query, await counted));
      } catch (error) {
        counted = null;  // who opens it again asks again
        group.open = false;
        if (turn === asked) complain(error);
      }
    });
    return element("section", {}, group);
  }

  function facetList(field, query, values) {
    const words = /\sOR\s/.test(query) ? "(" + query + ")" : query;
    const narrowed = (value) =>
      words + " " + field + ":" + (field === "date" ? value : '"' + value.replace(/["“”„]/g, "?") + '"');
    return element("ul", {}, ...values.slice(0, MOST_FACETS).map(([value, count]) => element("li", {},
      queryLink(narrowed(value), isolated(value)), " ", element("small", {}, count.toLocaleString()))));
  }

  // ---- a query, from the first key to the last row --------------------------------------------

  /** `count`: rows that are shown at first. */
  async function run(typed, ask = answers.whole, count = PAGE) {
    const turn = ++asked;
    remember(typed);
    if (!typed.trim()) return show({ total: 0 }, "", "");
    const slow = setTimeout(() => { if (turn === asked) status.textContent = texts.searching || ""; }, 300);
    try {
      const early = ask === answers.whole && count === PAGE ? await answers.first(typed) : null;
      if (turn !== asked) return;
      if (early) {
        clearTimeout(slow);
        show({ total: 0 }, typed, texts.searching || "");
        list.append(...early.hits.map(row));
      }
      const answer = await ask(typed);
      const areThere = early !== null && early.build === answer.build;
      const hits = areThere || !answer.total ? [] : await answer.hits(0, count);
      if (turn !== asked) return;
      clearTimeout(slow);
      const { build } = answer;
      const found = (texts.found || "{total}").replace("{total}", answer.total.toLocaleString());
      const focused = focusedHit();
      if (areThere) tell(answer, typed, found);
      else show(answer, typed, answer.total ? found : texts.nothing || "0");
      addRows(answer, hits, (more) => run(typed, ask, more));
      if (!areThere) focusAgain(focused);
      await addFacets(answer, typed);
      if (await answers.isLatest(build)) return;
      await whenLeft();
      if (turn === asked) run(typed, ask, count);
    } catch (error) {
      if (turn === asked) show({ total: 0 }, "", told(error));
    } finally {
      clearTimeout(slow);
    }
  }

  function told(error) {
    if (error instanceof archiveSearch.QueryError) return error.message;
    if (error instanceof archiveSearch.OutdatedError) return texts.outdated || error.message;
    return texts.failed || String(error);
  }

  // The rows of another build, in which somebody stays at the hit to which he went.

  function focusedHit() {
    return list.contains(document.activeElement) ? document.activeElement.href : null;
  }

  function focusAgain(href) {
    if (href) [...list.querySelectorAll("a")].find((link) => link.href === href)?.focus({ preventScroll: true });
  }

  /** Resolves as soon as nobody is among the results: what one is at stays until then. */
  async function whenLeft() {
    const results = () => [list, aside, chart, status, ...PASSING.map((id) => document.getElementById(id))];
    while (results().some((part) => part?.contains(document.activeElement))) {
      await new Promise((resolve) => document.addEventListener("focusout", resolve, { once: true }));
      await new Promise((resolve) => setTimeout(resolve));  // until it is known where the focus goes
    }
  }

  /** Beside what is said of an answer that stays. */
  function complain(error) {
    status.querySelector(".search-fault")?.remove();
    status.append(" ", element("span", { className: "search-said search-fault" }, told(error)));
  }

  /** What stands beside the lists and is not of this answer: some is of the local server's. */
  const PASSING = ["search-more", "search-order", "search-meant", "search-suggestion", "search-pager"];

  function show(answer, query, message) {
    list.replaceChildren();
    aside.replaceChildren();
    chart?.replaceChildren();
    tell(answer, query, message);
  }

  /** What is said of an answer beside its rows. */
  function tell(answer, query, message) {
    status.textContent = message;
    for (const id of PASSING) document.getElementById(id)?.remove();
    const say = (...words) => status.append(" ", element("span", { className: "search-said" }, ...words));
    if (answer.least && texts.most) say(texts.most);
    if (answer.suggestion) {
      const [before, after] = (texts.suggestion || "{query}?").split("{query}");
      say(before, queryLink(answer.suggestion, isolated(answer.suggestion)), after);
    }
    if (answer.total > 1 && texts.orders) list.before(orderLinks(query));
  }

  /** The address of this page with a query. */
  function addressOf(query, order = sort) {
    const wanted = new URLSearchParams({ q: query });
    if (order !== "relevance") wanted.set("sort", order);
    return "?" + wanted;
  }

  function orderLinks(query) {
    const links = texts.orders.map(([order, name]) => {
      const link = element("a", { href: addressOf(query, order) }, name);
      if (order === sort) link.setAttribute("aria-current", "true");
      return link;
    });
    return element("p", { id: "search-order", className: "search-order" }, ...links.flatMap((link) => [link, " "]));
  }

  /** `anew` shows so many rows of another build. */
  function addRows(answer, hits, anew) {
    list.append(...hits.map(row));
    document.getElementById("search-more")?.remove();
    const shown = list.children.length;
    if (shown >= answer.total) return;
    const more = element("button", { id: "search-more", type: "button" }, texts.next || "+");
    const turn = asked, { build } = answer;
    more.addEventListener("click", async () => {
      more.disabled = true;
      try {
        const next = await answer.hits(shown, shown + PAGE);
        const isLatest = await answers.isLatest(build);
        if (turn !== asked) return;
        status.querySelector(".search-fault")?.remove();
        if (isLatest) addRows(answer, next, anew);
        else await anew(shown + PAGE);
        list.children[shown]?.querySelector("a").focus();
      } catch (error) {
        more.disabled = false;
        if (turn === asked) complain(error);
      }
    });
    list.after(more);
  }

  /** What narrows an answer; the hits stay where that can't be loaded. */
  async function addFacets(answer, query) {
    const turn = asked;
    try {
      const facets = answer.total ? await answer.facets() : {};
      if (turn === asked) showFacets(query, facets, answer.counted);
    } catch (error) {
      if (turn === asked) complain(error);
    }
  }

  function showFacets(query, facets, counted) {
    const groups = [["years", "date"], ["sources", "source"], ["tags", "tag"]];
    aside.replaceChildren(...groups.filter(([name]) => facets[name] === null || facets[name]?.length)
      .map(([name, field]) => (facets[name] ? facetGroup(texts[name] || name, field, query, facets[name])
        : facetLater(texts[name] || name, field, query, counted))));
    if (facets.years?.length > 1) {
      chart?.replaceChildren(...yearChart(query, facets.years));
      aside.prepend(dateRange(query));
    }
  }

  const withoutDates = (query) => query.replace(/(?:^|\s+)date:\S+/g, "").trim() || "*";

  /** A bar for each year, a link each: what the list of years says, at a glance. */
  function yearChart(query, years) {
    const counts = new Map(years.map(([year, count]) => [Number(year), count]));
    const first = Math.min(...counts.keys()), last = Math.max(...counts.keys());
    const shown = last - first < 150 ? Array.from({ length: last - first + 1 }, (_, i) => first + i)
      : [...counts.keys()].sort((a, b) => a - b);
    const most = Math.max(...counts.values());
    const drawn = (name, attributes, ...children) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      made.append(...children);
      return made;
    };
    const bars = shown.flatMap((year, i) => {
      const count = counts.get(year);
      if (!count) return [];
      const tall = Math.max(1, Math.round(46 * count / most));
      const label = year + ": " + count.toLocaleString();
      const period = String(year).padStart(4, "0");
      const narrower = withoutDates(query) + " date:" + period;
      const bar = drawn("a", { href: addressOf(narrower), "aria-label": label },
        drawn("title", {}, label),
        drawn("rect", { class: "bar-room", x: 12 * i, y: 0, width: 12, height: 48 }),
        drawn("rect", { x: 12 * i + 1, y: 48 - tall, width: 10, height: tall }));
      return [answeredInPlace(bar, narrower)];
    });
    const width = shown.length * Math.max(12, Math.min(36, Math.floor(640 / shown.length)));
    const svg = drawn("svg", { viewBox: "0 0 " + 12 * shown.length + " 48", preserveAspectRatio: "none", width,
      height: 48, role: "group", "aria-label": texts.per_year || "" }, ...bars);
    const ends = element("p", { className: "chart-ends" }, element("span", {}, first), " ", element("span", {}, last));
    ends.setAttribute("aria-hidden", "true");
    return [svg, ends];
  }

  /** Two days; what lies between them is asked for. */
  function dateRange(query) {
    const [, first, last] = /(?:^|\s)date:(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?/.exec(query) || [];
    const day = (name, value) => element("input", { type: "date", name, value: value || "" });
    const from = day("from", first), to = day("to", last);
    const range = element("form", { className: "date-range" },
      element("label", {}, texts.from || "", " ", from), " ", element("label", {}, texts.to || "", " ", to), " ",
      element("button", { type: "submit" }, texts.narrow || ">"));
    range.addEventListener("submit", (event) => {
      event.preventDefault();
      const dates = from.value || to.value ? " date:" + from.value + ".." + to.value : "";
      goOn(withoutDates(query) + dates);
    });
    return range;
  }

  let remembered = null;  // what the address says

  function remember(query, change = "replaceState") {
    remembered = query;
    try {
      history[change](null, "", query ? addressOf(query) : location.pathname);
    } catch {
      // A page from a file may not change its address in some browsers.
    }
  }

  /** Answer another query, from which one comes back to this one. */
  function goOn(query) {
    clearTimeout(timer);
    if (query !== remembered) remember(query, "pushState");
    input.value = query;
    run(query);
  }

  addEventListener("popstate", () => {
    const query = new URLSearchParams(location.search).get("q") || "";
    if (query === remembered) return;  // another part of the page
    clearTimeout(timer);
    input.value = query;
    run(query);
  });

  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => run(input.value, answers.typing), WAIT);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    run(input.value);
  });
  const first = address.get("q") || "";
  if (first && !list.children.length) {
    input.value = first;
    run(first);
  }
})();

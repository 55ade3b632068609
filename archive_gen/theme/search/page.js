"use strict";
// The search page: answers as somebody types.

(function () {
  const app = document.getElementById("search-app");
  if (!app) return;
  const { PAGE, element, marked, isolated, when, decimal, tellWords } = archiveElements;
  const WAIT = 80;
  const READ = 300;  // after an answer its hits are read, unless there is another one
  const PAUSE = 1000;  // after the last answer it is read out: not at each key
  const form = app.querySelector("form.search") || document.querySelector("main form.search, form.search");
  const input = form.querySelector("input[name=q]");
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  const aside = document.getElementById("search-facets");
  const chart = document.getElementById("search-years");
  const texts = JSON.parse(document.getElementById("search-texts")?.textContent || "{}");
  let { query: remembered, sort } = askedIn(location.search);
  let answers = archiveAnswers.from(app.dataset.root, sort);
  const narrowing = archiveNarrowing.narrowing(texts, { link, goOn: lead, trying });
  const range = narrowing.dateRange(() => input.value);
  const heard = element("p", { className: "unseen" });
  heard.setAttribute("role", "status");
  for (const name of ["role", "aria-live"]) status.removeAttribute(name);  // it is seen at each key
  status.tabIndex = -1;
  app.append(heard);

  // ---- a query, from the first key to the last row --------------------------------------------

  let meant = remembered;  // the query to which the hits are the answer
  let asked = 0;  // a later answer is never overwritten by an earlier one

  /** `count`: rows that are shown at first. */
  async function run(typed, ask = answers.whole, count = PAGE) {
    const turn = ++asked;
    document.title = (typed.trim() && typed + " – ") + title;
    if (!typed.trim()) return show({ total: 0 }, "", "");
    const again = () => run(typed, ask, count);
    const slow = setTimeout(() => { if (turn === asked) tellOnly(texts.searching || ""); }, 300);
    try {
      const early = ask === answers.whole && count === PAGE ? await answers.first(typed) : null;
      if (turn !== asked) return;
      if (early) {
        clearTimeout(slow);
        meant = typed;
        show({ total: early.hits.length }, typed, texts.searching || "");
        list.append(...early.hits.map(row));
      }
      const answer = await ask(typed);
      const areThere = early !== null && early.build === answer.build;
      const [hits, years] = await Promise.all([areThere || !answer.total ? [] : answer.hits(0, count), answer.years()]);
      if (turn !== asked) return;
      clearTimeout(slow);
      const { build } = answer;
      ({ meant } = answer);
      const found = (texts.found || "{total}").replace("{total}", decimal(answer.total));
      const focused = focusedHit();
      if (areThere) tell(answer, typed, found);
      else show(answer, typed, answer.total ? found : texts.nothing || "0");
      draw(typed, years);
      const room = answer.total && answer.mayOffer ? say("\u200b") : null;
      addRows(answer, hits, (more) => run(typed, ask, more));
      if (!areThere) focusAgain(focused);
      // The hits stay where what leads on from them can't be loaded.
      await trying(async () => offer(turn, answer, room), again);
      await trying(async () => narrow(turn, answer, typed), again);
      if (turn === asked) toPlaceLeft();
      if (await answers.isLatest(build)) return;
      await whenLeft();
      if (turn === asked) again();
    } catch (error) {
      if (turn !== asked) return;
      show({ total: 0 }, "", "");
      tellFault(error, again);
    } finally {
      clearTimeout(slow);
    }
  }

  function told(error) {
    if (error instanceof archiveSearch.QueryError) {
      return archiveQuery.filled(texts.faults?.[error.text] || error.text, error.value);
    }
    if (error instanceof archiveSearch.OutdatedError) return texts.outdated || error.message;
    return texts.failed || String(error);
  }

  /** Beside an answer that stays: what goes wrong is told, unless another answer is there by then. */
  async function trying(work, again, undo = () => {}) {
    const turn = asked;
    try {
      await work();
    } catch (error) {
      undo();
      if (turn !== asked) return;
      forgive();
      tellFault(error, again);
    }
  }

  /** `again`: asks again, where no other button does. */
  function tellFault(error, again) {
    say(told(error)).classList.add("search-fault");
    if (!again || error instanceof archiveSearch.QueryError) return;
    const button = element("button", { type: "button" }, texts.again || "↻");
    button.addEventListener("click", () => {
      if (error instanceof archiveSearch.OutdatedError) return location.reload();
      status.focus();
      again();
    });
    status.querySelector(".search-fault").append(" ", button);
  }

  const forgive = () => status.querySelector(".search-fault")?.remove();

  /** A bar for each year, above what is found: it comes with that, so that it pushes nothing aside. */
  function draw(query, years) {
    const isChart = years.length > 1;
    if (chart) chart.hidden = !isChart;
    if (isChart) chart?.replaceChildren(...narrowing.yearChart(query, years));
  }

  async function narrow(turn, answer, query) {
    const facets = answer.total ? await answer.facets() : {};
    if (turn !== asked) return;
    clearLists(!facets.years?.length || answer.total < 2);
    aside.append(...narrowing.lists(query, facets, answer.counted));
    if (!facets.years?.length || answer.total < 2) return;
    narrowing.showDays(range, query);
    if (!range.isConnected) aside.prepend(range);
  }

  /** What narrowed the answer before; days that somebody types meanwhile stay. */
  function clearLists(isAll) {
    for (const part of [...aside.children]) if (isAll || part !== range) part.remove();
  }

  /** Other queries, where not all of this one is found; `room` is kept for them, so that they push no hit down. */
  async function offer(turn, answer, room) {
    const { alternatives, suggestion } = await answer.offers();
    if (turn !== asked) return;
    if (suggestion || alternatives.length) room?.remove();
    if (suggestion) {
      const made = link(suggestion, element("a", {}, isolated(suggestion)));
      say(...filled(texts.suggestion || "{query}?", "{query}", [made]));
    }
    if (alternatives.length) say(texts.alternatives || "", ...alternatives.flatMap(({ query, total }) => [
      " ", link(query, element("a", {}, query === "*" ? texts.everything || query : isolated(query))), " (" + decimal(total) + ")",
    ]));
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
    const isIn = (part) => part?.contains(document.activeElement) && part !== document.activeElement;
    while (results().some(isIn)) {
      await new Promise((resolve) => document.addEventListener("focusout", resolve, { once: true }));
      await new Promise((resolve) => setTimeout(resolve));  // until it is known where the focus goes
    }
  }

  // ---- what is shown ---------------------------------------------------------------------------

  /** What stands beside the lists and is not of this answer: some is of the local server's. */
  const PASSING = ["search-more", "search-order", "search-meant", "search-least", "search-suggestion", "search-alternatives",
    "search-pager"];

  function show(answer, query, message) {
    // Room is kept for what is found, so that what comes last pushes nothing aside that somebody reads.
    document.documentElement.classList.toggle("asked", answer.total > 0);
    list.replaceChildren();
    clearLists(!answer.total);
    chart?.replaceChildren();
    if (chart) chart.hidden = false;
    tell(answer, query, message);
  }

  /** What is said of an answer beside its rows. */
  function tell(answer, query, message) {
    tellOnly(message);
    for (const id of PASSING) document.getElementById(id)?.remove();
    if (answer.missing?.length) {
      const words = answer.missing.flatMap((word, i) => (i ? [", ", isolated(word)] : [isolated(word)]));
      say(...filled(texts.missing, "{words}", words));
    }
    if (answer.searched) {
      const told = !answer.missing?.length && texts.instead || texts.searched;
      say(...filled(told, "{query}", [isolated(answer.searched)]));
    }
    if (answer.least && texts.some) say(texts.some);
    if (answer.total > 1 && texts.orders) list.before(orderLinks(query));
  }

  function tellOnly(message) {
    status.classList.remove("failed");
    status.textContent = message;
    announce();
  }

  function say(...words) {
    const said = element("span", { className: "search-said" }, ...words);
    status.append(" ", said);
    announce();
    return said;
  }

  let announcing = 0;

  function announce() {
    clearTimeout(announcing);
    heard.textContent = "";  // the same number is news of another query
    announcing = setTimeout(() => { heard.textContent = status.textContent; }, PAUSE);
  }

  /** The pieces of a text, with others in the place of `name`. */
  function filled(text, name, others) {
    const [before, after = ""] = (text || name).split(name);
    return [before, ...others, after];
  }

  function orderLinks(query) {
    const links = texts.orders.map(([order, name]) => {
      const made = link(query, element("a", {}, name), order);
      if (order === sort) made.setAttribute("aria-current", "true");
      return made;
    });
    const group = element("p", { id: "search-order", className: "search-order" }, ...links.flatMap((made) => [made, " "]));
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", texts.order || "");
    return group;
  }

  function row(hit) {
    const title = element("a", { href: hit.href }, ...marked(hit.heading));
    const source = hit.source ? element("span", {}, isolated(hit.source)) : null;
    const text = element("div", { className: "row-text", lang: hit.language || "", dir: "auto" },
      element("h2", { className: "hit-title" }, title),
      element("p", { className: "hit-snippet" }, ...marked(hit.snippet)));
    const date = when(hit.date || texts.undated || "", app.dataset.language);
    const meta = element("p", { className: "hit-meta row-meta" }, date, " ", source);
    const made = element("li", { className: "hit row" }, meta, text);
    if (hit.better) near?.observe(Object.assign(made, { better: hit.better }));
    return made;
  }

  // A hit shows how the article begins, until there is the passage that matches: it takes another page to find it.
  // That is looked for where somebody may read it, when nobody types any more.

  const near = navigator.connection?.saveData ? null : new IntersectionObserver((rows) => {
    for (const { target } of rows.filter((row) => row.isIntersecting)) {
      near.unobserve(target);
      setTimeout(showPassage, READ, target);
    }
  }, { rootMargin: "50%" });

  async function showPassage(row) {
    const pieces = row.isConnected && await row.better().catch(() => null);
    if (pieces) row.querySelector(".hit-snippet").replaceChildren(...marked(pieces));
  }

  /** `anew` shows so many rows of another build. */
  function addRows(answer, hits, anew) {
    list.append(...hits.map(row));
    document.getElementById("search-more")?.remove();
    const shown = list.children.length;
    if (shown >= answer.total) return;
    const more = element("button", { id: "search-more", type: "button" }, texts.next || "+");
    const wait = (is) => {  // not disabled: then it would lose the focus
      more.setAttribute("aria-disabled", String(is));
      more.textContent = (is ? texts.searching : texts.next) || "+";
    };
    more.addEventListener("click", () => more.getAttribute("aria-disabled") !== "true" && trying(async () => {
      const turn = asked, { build } = answer;
      wait(true);
      const next = await answer.hits(shown, shown + PAGE);
      const isLatest = await answers.isLatest(build);
      if (turn !== asked) return;
      forgive();
      if (isLatest) addRows(answer, next, anew);
      else await anew(shown + PAGE);
      list.children[shown]?.querySelector("a").focus();
    }, null, () => wait(false)));
    list.after(more);
  }

  // ---- the address, and what is asked ----------------------------------------------------------

  /** The address of this page with a query. */
  function addressOf(query, order = sort) {
    const wanted = new URLSearchParams({ q: query });
    if (order !== "relevance") wanted.set("sort", order);
    return "?" + wanted;
  }

  /** What such an address asks. */
  function askedIn(address) {
    const wanted = new URLSearchParams(address), order = wanted.get("sort");
    return { query: wanted.get("q") || "", sort: ["newest", "oldest"].includes(order) ? order : "relevance" };
  }

  /** A link, also a drawn one, to the same page with another query. */
  function link(query, made, order = sort) {
    made.setAttribute("href", addressOf(query, order));
    return made;
  }

  // It is answered in place. So are the links of the local server's answer, but for those to its next pages, which are
  // no query of their own.
  app.addEventListener("click", (event) => {
    const to = event.target.closest("a")?.getAttribute("href");
    if (!to?.startsWith("?") || /&page=/.test(to) || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const next = askedIn(to);
    sortBy(next.sort);
    lead(next.query);
  });

  function sortBy(order) {
    if (order === sort) return;
    sort = order;
    answers = archiveAnswers.from(app.dataset.root, sort);
  }

  /** From a link or a form to an answer. What led there is gone by then; and a box would open the keys of a phone. */
  function lead(query) {
    goOn(query);
    status.focus();
  }

  let rememberedSort = sort;  // both are those of the address
  const named = remembered.trim().replace(/\s+/g, " ") + " – ";  // in the title, where the server answered
  const title = document.title.startsWith(named) ? document.title.slice(named.length) : document.title;
  let isWhole = true;  // whether somebody has left it as it is: then Back leads there from the next one

  function remember(query) {
    if (query === remembered && sort === rememberedSort) return;
    const change = isWhole && remembered ? "pushState" : "replaceState";
    remembered = query;
    rememberedSort = sort;
    isWhole = false;
    if (change === "pushState") keepPlace();
    try {
      history[change](null, "", query ? addressOf(query) : location.pathname);
    } catch {
      // A page from a file may not change its address in some browsers.
    }
  }

  /** Answer a whole query, from which one comes back to the one before. `count`: as `run` has it. */
  function goOn(query, count = PAGE) {
    clearTimeout(timer);
    isWhole = true;  // the one before, as somebody went on from it
    remember(query);
    isWhole = true;
    input.value = query;
    run(query, answers.whole, count);
  }

  addEventListener("popstate", (event) => {
    const before = askedIn(location.search), { query } = before;
    if (query === remembered && before.sort === rememberedSort) return;  // another part of the page
    sortBy(before.sort);
    remembered = query;
    rememberedSort = sort;
    left = event.state;
    goOn(query, rowsLeft());
  });

  // Who comes back from an article or a narrower query is where he left: browsers keep no page that comes from a folder.

  let left = history.state;  // how many rows there were, the hit, and how far down the page was

  const rowsLeft = () => Math.max(PAGE, left?.rows || 0);

  function keepPlace() {
    const place = { rows: list.children.length, hit: focusedHit(), down: scrollY };
    try { history.replaceState(place, ""); } catch { /* as above */ }
  }

  list.addEventListener("click", keepPlace);
  for (const name of ["click", "auxclick"]) {
    list.addEventListener(name, (event) => tellWords(event, event.target.closest("a"), meant));
  }

  function toPlaceLeft() {
    if (!left) return;
    focusAgain(left.hit);
    scrollTo(0, left.down);
    left = null;
  }

  let timer = 0;
  input.addEventListener("input", typed);
  input.addEventListener("compositionend", typed);
  function typed(event) {
    if (archiveAnswers.isComposed(event)) return;
    left = null;
    clearTimeout(timer);
    timer = setTimeout(() => {
      remember(input.value);
      isWhole = document.activeElement !== input;
      run(input.value, answers.typing);
    }, WAIT);
  }
  // Who leaves the box has typed a query; who leaves it before it is asked for, as soon as it is.
  input.addEventListener("change", () => { isWhole ||= input.value === remembered; });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    remember(input.value);
    isWhole = true;
    run(input.value);
    if (matchMedia("(hover: none)").matches) input.blur();  // so that the keys of a phone make room
  });
  // The local server has answered before any script. It takes no last word for a beginning, which matters where it found less than all.
  const isLess = document.getElementById("search-meant") || document.getElementById("search-least");
  if (remembered && (isLess || list.children.length < (left?.rows || 1))) goOn(remembered, rowsLeft());
  else if (list.children.length) {  // the server's answer, which has no script
    if (list.children.length > 1 && aside.querySelector(".facet-date")) {
      narrowing.showDays(range, remembered);
      aside.prepend(range);
    }
    toPlaceLeft();
  }
})();

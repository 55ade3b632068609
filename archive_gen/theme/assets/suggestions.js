"use strict";
// Answers below the search box of a page while somebody types: the combobox with a list that the ARIA
// Authoring Practices describe (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). site.js loads
// search.js and this file when the box is first used. Without them, or without an index, the box
// leads to the search page all the same.

(function () {
  if (!window.archiveAnswers) return;
  const { element, marked, isolated, when, decimal, tellWords } = archiveAnswers;
  const MOST = 7, WAIT = 80;
  const SLOW = 300;  // milliseconds until a sign of work
  const PAUSE = 1000;  // after the last answer it is read out: not at each key
  const form = document.querySelector("form.search[data-suggestions]");
  const input = form.querySelector("input[type=search]");
  const texts = form.dataset;
  const answers = archiveAnswers.from(new URL("..", form.action).href, "relevance");

  const list = attributed(element("div", { id: "suggestions" }), {
    role: "listbox", "aria-label": input.getAttribute("aria-label") || input.placeholder,
  });
  const note = element("p", { className: "nothing", hidden: true });
  const popup = element("div", { className: "suggestions", hidden: true }, note, list);
  const status = attributed(element("p", { className: "unseen" }), { role: "status" });

  function attributed(made, attributes) {
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  // ---- the list ------------------------------------------------------------------------------

  function option(number, href, ...children) {
    const made = element("a", { id: "suggestion-" + number, href, tabIndex: -1 }, ...children);
    return attributed(made, { role: "option", "aria-selected": "false" });
  }

  function hitOption(hit, number) {
    const title = element("span", { className: "suggestion-title", lang: hit.language || "", dir: "auto" },
      ...marked(hit.heading));
    const facts = [
      hit.date ? when(hit.date, document.documentElement.lang) : null,
      hit.source ? element("span", {}, isolated(hit.source)) : null,
    ].filter(Boolean).flatMap((fact) => [fact, " "]);
    return option(number, hit.href, title, " ", element("span", { className: "suggestion-facts" }, ...facts));
  }

  /** The way to the search page. */
  function allOption(query, total, number) {
    const [before, after] = (texts.all || "{query}").split("{query}");
    const words = element("span", {}, before, element("b", {}, isolated(query)), after);
    const href = form.action + "?q=" + encodeURIComponent(query);
    return option(number, href, words, " ", element("small", {}, decimal(total)));
  }

  const isOpen = () => !popup.hidden;
  const active = () => list.querySelector("[aria-selected=true]");

  let shown = "", meant = "";  // the query that was asked, and the one that is answered

  function show(query, found, hits) {
    const { total } = found;
    const chosen = query === shown ? active()?.href : null;  // another build may answer while somebody chooses
    shown = query;
    ({ meant } = found);
    activate(null);
    list.replaceChildren(...(total ? [...hits.map(hitOption), allOption(query, total, hits.length)] : []));
    tell(said(found));
    if (chosen) activate([...list.children].find((option) => option.href === chosen));
    list.hidden = !total;
    popup.hidden = false;
    input.setAttribute("aria-expanded", String(Boolean(total)));
    const count = total ? (texts.found || "{total}").replace("{total}", decimal(total)) : "";
    announce([count, note.textContent].filter(Boolean).join(" "));
  }

  function tell(text) {
    note.textContent = text;
    note.hidden = !text;
  }

  /** What is said of an answer that is not all that was asked for, or is one to another query. */
  function said({ total, missing, searched, least }) {
    const told = [];
    if (missing.length) told.push((texts.missing || "{words}?").replace("{words}", () => missing.join(", ")));
    if (searched) told.push((texts.searched || "→ {query}").replace("{query}", () => searched));
    if (least && texts.some) told.push(texts.some);
    return told.join(" ") || (total ? "" : texts.nothing || "0");
  }

  let announcing = 0;

  function announce(text) {
    clearTimeout(announcing);
    status.textContent = "";  // the same number is news of another query
    announcing = setTimeout(() => { status.textContent = text; }, PAUSE);
  }

  /** While an answer takes long. */
  function work() {
    tell("…");
    popup.hidden = false;
  }

  function close() {
    asked++;
    clearTimeout(timer);
    activate(null);
    popup.hidden = true;
    input.setAttribute("aria-expanded", "false");
    clearTimeout(announcing);
    status.textContent = "";
  }

  function activate(chosen) {
    active()?.setAttribute("aria-selected", "false");
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
  }

  /** Along the options; before the first and behind the last is the box itself. */
  function step(by) {
    const places = [null, ...list.children];
    activate(places[(places.indexOf(active()) + by + places.length) % places.length]);
  }

  // ---- answers, of which a later one is never overwritten by an earlier ---------------------------

  let asked = 0, timer = 0;

  async function answer() {
    const turn = ++asked;
    const query = input.value;
    if (!query.trim()) return close();
    const slow = setTimeout(() => { if (turn === asked) work(); }, SLOW);
    try {
      const found = await answers.typing(query);
      const first = found.total ? await found.hits(0, MOST) : [];
      if (turn === asked) show(query, found, first);
      if (!await answers.isLatest(found.build) && turn === asked && isOpen()) answer();
    } catch {
      // A query that is not finished, or an index that can't be read: the search page tells.
      if (turn === asked) close();
    } finally {
      clearTimeout(slow);
    }
  }

  function typed(event) {
    if (archiveAnswers.isComposed(event)) return;
    clearTimeout(timer);
    timer = setTimeout(answer, WAIT);
  }

  // ---- keys and pointers ---------------------------------------------------------------------

  /** Key → what it does; true where the browser has nothing more to do. */
  const keys = {
    ArrowDown(event) {
      if (!isOpen()) answer();
      else if (!event.altKey) step(1);
      return true;
    },
    ArrowUp(event) {
      if (event.altKey) close();
      else if (isOpen()) step(-1);
      return true;
    },
    Enter() {
      const chosen = active();
      chosen?.click();
      close();
      return Boolean(chosen);
    },
    Escape() {
      if (isOpen()) close();
      else if (input.value) input.value = "";
      else return false;
      return true;
    },
    ArrowLeft: toBox, ArrowRight: toBox, Home: toBox, End: toBox,
  };

  function toBox() {
    activate(null);
    return false;
  }

  function press(event) {
    // While a word is composed its keys belong to the input method.
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
    if (Object.hasOwn(keys, event.key) && keys[event.key](event)) event.preventDefault();
  }

  function begin() {
    attributed(input, {
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    });
    form.append(popup, status);
    for (const name of ["input", "compositionend"]) input.addEventListener(name, typed);
    input.addEventListener("keydown", press);
    input.addEventListener("blur", close);
    popup.addEventListener("mousedown", (event) => event.preventDefault());  // the box keeps the focus
    popup.addEventListener("click", close);
    for (const name of ["click", "auxclick"]) {
      list.addEventListener(name, (event) => tellWords(event, event.target.closest("a:not(:last-child)"), meant));
    }
    form.addEventListener("submit", close);
    addEventListener("pagehide", close);  // a page that comes back from memory comes without its list
    if (input.value && document.activeElement === input) answer();
  }

  answers.ready().then(begin, () => {});
})();

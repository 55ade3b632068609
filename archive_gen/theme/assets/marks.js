"use strict";
// Where the words of a query stand on the page of an article: site.js loads this file where somebody comes from a hit
// of the search. Nothing of the page is changed (https://developer.mozilla.org/docs/Web/API/CSS_Custom_Highlight_API),
// so nothing of it is printed or copied.

(function () {
  const { WORD, runsOf, queryWords } = archiveWords;
  const { wordsMeant } = archiveMatching;
  const { isWord, parse } = archiveQuery;
  const { element, isolated, decimal } = archiveElements;
  const BLOCKS = archivePassages.BLOCKS + ", figcaption";

  const article = document.querySelector("[data-marks]");
  const texts = article.dataset;
  const form = document.querySelector("form.search[data-engine]");
  archiveSearch.open(new URL("..", form.action).href);

  // ---- what is looked for ----------------------------------------------------------------------

  /** For each word or phrase of a query what stands for it: a list of [distance from the first, keys]. */
  async function wanted(node) {
    if (node.kind === "text") {
      const words = queryWords(node.text), meant = await wordsMeant(node);
      return words.length ? [words.map(([distance], i) => [distance, meant[i].words])] : [];
    }
    if (isWord(node)) return (await wordsMeant(node)).map(({ words }) => [[0, words]]);
    return (await Promise.all((node.parts || []).map(wanted))).flat();
  }

  // ---- where it stands -------------------------------------------------------------------------

  /** The text of the article, a line for each block, and where in it each [text node, start] begins. */
  function textOf() {
    const nodes = [], walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    let text = "", block = null;
    while (walker.nextNode()) {
      const node = walker.currentNode, around = node.parentElement.closest(BLOCKS);
      if (around !== block) text += "\n";
      block = around;
      nodes.push([node, text.length]);
      text += node.data;
    }
    return { text, nodes };
  }

  /** The words of a text in order: [key, from, to]. As the index counts them, each letter of some scripts is one. */
  function wordsOf(text) {
    return [...text.matchAll(WORD)].flatMap(({ 0: raw, index }) => {
      const keys = runsOf(raw).flat(), letters = [...raw];
      if (keys.length < 2 || keys.length !== letters.length) return keys.map((key) => [key, index, index + raw.length]);
      let from = index;
      return keys.map((key, i) => {
        const start = from, long = [...key].length;
        from += letters[i].length;
        return [key, start, start + letters.slice(i, i + long).join("").length];
      });
    });
  }

  /** Where the words and phrases stand in a text, in order: [from, to]. What overlaps is one. */
  function placesIn(text, phrases) {
    const words = wordsOf(text), found = [];
    words.forEach((word, at) => {
      const isHere = ([distance, keys]) => keys.has(words[at + distance]?.[0]);
      for (const phrase of phrases.filter((phrase) => phrase.every(isHere))) {
        const [last] = phrase[phrase.length - 1];
        found.push([word[1], words[at + last][2]]);
      }
    });
    const joined = [];
    for (const [from, to] of found.sort(([a], [b]) => a - b)) {
      const before = joined[joined.length - 1];
      if (before && from < before[1]) before[1] = Math.max(before[1], to);
      else joined.push([from, to]);
    }
    return joined;
  }

  function rangesOf({ text, nodes }, phrases) {
    let i = 0;
    const within = (place) => {
      while (i + 1 < nodes.length && nodes[i + 1][1] <= place) i++;
      return [nodes[i][0], Math.min(place - nodes[i][1], nodes[i][0].length)];
    };
    return placesIn(text, phrases).map(([from, to]) => {
      const range = new Range();
      range.setStart(...within(from));
      const [node, last] = within(to - 1);
      range.setEnd(node, last + 1);
      return range;
    });
  }

  // ---- what is shown ---------------------------------------------------------------------------

  let bar = null;

  function clear() {
    for (const name of ["words", "word-now"]) CSS.highlights.delete(name);
    bar?.remove();
    bar = null;
  }

  function show(query, ranges, isArrival) {
    clear();
    if (!ranges.length) return;
    const inSight = ranges.findIndex((range) => range.getBoundingClientRect().bottom > 0);
    let now = isArrival ? 0 : Math.max(0, inSight);
    const count = element("span", {});
    count.setAttribute("role", "status");

    function goTo(place) {
      now = (place + ranges.length) % ranges.length;
      tell();
      // What is wide is moved within itself, and then the page.
      ranges[now].startContainer.parentElement.scrollIntoView({ block: "nearest" });
      const { top, bottom } = ranges[now].getBoundingClientRect();
      if (top < innerHeight / 8 || bottom > innerHeight * 7 / 8) scrollBy(0, top - innerHeight / 3);
    }

    function tell() {
      CSS.highlights.set("word-now", Object.assign(new Highlight(ranges[now]), { priority: 1 }));
      count.textContent = texts.count.replace("{number}", decimal(now + 1)).replace("{total}", decimal(ranges.length));
    }

    function button(sign, name, work) {
      const made = element("button", { type: "button", title: name }, sign);
      made.setAttribute("aria-label", name);
      made.addEventListener("click", work);
      return made;
    }

    bar = element("div", { className: "marks" }, element("b", {}, isolated(query)), count,
      button("↑", texts.previous, () => goTo(now - 1)), button("↓", texts.next, () => goTo(now + 1)),
      button("×", texts.clear, leave));
    bar.addEventListener("keydown", leaveByKey);  // before site.js takes the focus away
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", query);
    article.before(bar);
    CSS.highlights.set("words", new Highlight(...ranges));
    if (isArrival) goTo(0);
    else tell();
  }

  /** No marks any more, neither here nor when somebody comes back. */
  function leave() {
    const isInBar = bar.contains(document.activeElement);
    clear();
    remember(null);
    if (isInBar) document.getElementById("main")?.focus({ preventScroll: true });
  }

  function leaveByKey(event) {
    if (event.key !== "Escape" || !bar || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    leave();
  }

  // ---- what the address says -------------------------------------------------------------------

  /** The address is that of the article alone, so that nobody cites it with a query; what was asked stays with the visit. */
  function remember(words) {
    try {
      history.replaceState(words && { words }, "", location.pathname + location.search);
    } catch { /* A page from a file may not change its address in some browsers. */ }
  }

  function askedIn(hash) {
    try {
      return decodeURIComponent(hash.slice("#q=".length));
    } catch {
      return "";
    }
  }

  async function mark() {
    const isArrival = location.hash.startsWith("#q="), before = scrollY;
    const query = isArrival ? askedIn(location.hash) : history.state?.words || "";
    if (isArrival) remember(query);
    const node = parse(query);
    const phrases = node ? await archiveSearch.inOneBuild(() => wanted(node)) : [];
    show(query, rangesOf(textOf(), phrases), isArrival && scrollY === before);
  }

  // A query that makes no sense or an index that can't be read: the article is there without marks.
  const marking = () => mark().catch(clear);
  marking();
  addEventListener("hashchange", () => { if (location.hash.startsWith("#q=")) marking(); });
  document.addEventListener("keydown", leaveByKey);
})();

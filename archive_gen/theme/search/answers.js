"use strict";
// Answers for somebody who types, from the index of the page, or from the local server where it gives the page.

var archiveAnswers = (function () {
  const PAGE = 20;

  // ---- where answers come from ---------------------------------------------------------------

  async function askPage(root, query, sort) {
    let answer = await archiveSearch.search(query, sort);
    /** What `part` says of the answer, which is another one where the index is. */
    const say = (part) => archiveSearch.inOneBuild(async () => {
      if (!archiveSearch.isCurrent(answer.build)) answer = await archiveSearch.search(query, sort);
      return part(answer);
    });
    return {
      get total() { return answer.total; },
      get build() { return answer.build; },
      facets: () => say(({ scores }) => archiveSearch.facets(scores)),
      counted: (field) => say(({ scores }) => archiveSearch.counted(field, scores)),
      hits: (from, to) => say((found) => hitsOf(root, found, from, to)),
      least: answer.least,
      suggestion: answer.total && !answer.least ? null : await correction(query),
    };
  }

  async function hitsOf(root, answer, from, to) {
    const hits = await archiveSearch.documents(answer.numbers.slice(from, to));
    const mark = (text) => archiveSearch.mark(text, answer.wanted);
    return hits.map((hit) => (
      { ...hit, href: addressOf(root, hit), heading: mark(hit.title), snippet: mark(hit.excerpt) }));
  }

  /** The first hits of the page, before it is known how many there are; null where that takes as long. */
  function firstInPage(root, query) {
    return archiveSearch.inThisBuild(async () => {
      const answer = await archiveSearch.best(query);
      return answer && { hits: await hitsOf(root, answer, 0, PAGE), build: answer.build };
    });
  }

  /** The query with the words that were looked for instead of words that no article has. */
  function correction(query) {
    let better = query;
    for (const [, word] of archiveSearch.queryWords(query)) {
      const other = archiveSearch.instead.get(word);
      if (other) better = better.replace(new RegExp("(?<![\\p{L}\\p{N}])" + word + "(?![\\p{L}\\p{N}])", "giu"), other);
    }
    return better === query ? null : better;
  }

  async function askServer(root, query, sort) {
    const fetchPage = async (page) => {
      const wanted = new URLSearchParams({ q: query, sort, limit: PAGE, page });
      const response = await fetch(root + "api/search?" + wanted);
      const answer = await response.json();
      if (!response.ok) throw new archiveSearch.QueryError(answer.error);
      return answer;
    };
    const first = await fetchPage(1);
    return {
      total: first.total,
      suggestion: first.searched || first.suggestion,
      least: first.least,
      facets: () => Object.fromEntries(
        Object.entries(first.facets).map(([name, counts]) => [name, Object.entries(counts)])),
      hits: async (from, to) => (from ? await fetchPage(1 + from / PAGE) : first).hits.slice(0, to - from)
        .map((hit) => ({
          ...hit, href: addressOf(root, hit), heading: piecesOf(hit.heading), snippet: piecesOf(hit.snippet),
        })),
    };
  }

  const addressOf = (root, hit) => root + encodeURI(hit.url) + "index.html";

  /** The pieces of a text that came as HTML, whose only element is `mark`. */
  function piecesOf(html) {
    const marks = html.split(/<\/?mark>/).map((piece, i) => [plain(piece), i % 2 === 1]);
    return marks.filter(([piece]) => piece);
  }

  const ENTITIES = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&amp;": "&" };
  const plain = (html) => html.replace(/&(?:lt|gt|quot|#x27|amp);/g, (entity) => ENTITIES[entity]);

  // ---- what is asked -------------------------------------------------------------------------

  /**
   * While somebody types, the last word is the beginning of one: of three letters or more, and of fewer
   * where `isNarrow` says that this asks little.
   */
  async function whileTyping(query, isNarrow) {
    const word = /(?:^|[\s(-])(?:title:)?([\p{L}\p{N}]+)$/u.exec(query)?.[1];
    const spaced = !/[\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]$/.test(query);
    if (!word || !spaced || !(query.split('"').length & 1)) return query;
    return word.length > 2 || await isNarrow(word) ? query + "*" : query;
  }

  /**
   * Who answers for the site at `root`: `whole` a query that is complete, `typing` one whose last word
   * may go on. Both give { total, hits(from, to), facets(), counted(field), least, suggestion, build }, and
   * throw QueryError, or OutdatedError where the page is of another version than the index. `first` gives
   * { hits, build }, the first hits of a complete query, where they are known earlier than all of its answer, else
   * null. `isLatest` tells of a build whether there is no other; who asks again is answered by that one.
   * `ready` rejects where there is no index.
   */
  function from(root, sort) {
    const served = "served" in document.documentElement.dataset;
    archiveSearch.open(root);
    const ask = (query) => (served ? askServer : askPage)(root, query, sort);
    // The server may be asked for two letters of an archive of any size.
    const going = (query) => whileTyping(query, served ? (word) => word.length > 1 : archiveSearch.isNarrow);
    const either = async (query, other) => {
      const answer = await ask(query);
      if (answer.total || other === query) return answer;
      const second = await ask(other);
      return second.total ? second : answer;
    };
    return {
      // No such word: then it is the beginning of one, or, while typing, complete already.
      whole: async (query) => either(query, await going(query)),
      typing: async (query) => either(await going(query), query),
      // What it can't load may not be needed for all; what it does not understand is told then.
      first: async (query) => (served || sort !== "relevance" ? null : firstInPage(root, query).catch(() => null)),
      isLatest: async (build) => served || archiveSearch.isLatest(build),
      ready: async () => { if (!served) await archiveSearch.documents([]); },
    };
  }

  return { from, PAGE, ...archiveElements };
})();

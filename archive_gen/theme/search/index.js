"use strict";
// Answers from the index of the page.

var archiveIndex = (function () {
  const { PAGE } = archiveElements;
  const { passage } = archivePassages;

  const addressOf = (root, hit) => root + encodeURI(hit.url) + "index.html";

  async function hitsOf(root, answer, from, to) {
    const hits = await archiveSearch.documents(answer.numbers.slice(from, to));
    const mark = (text) => archiveSearch.mark(text, answer.wanted);
    return hits.map((hit) => {
      const href = addressOf(root, hit);
      const better = answer.wanted.size ? () => passage(href, answer.wanted) : null;
      return { ...hit, href, heading: mark(hit.title), snippet: mark(hit.excerpt), better };
    });
  }

  async function answered(root, query, sort) {
    let answer = await archiveSearch.search(query, sort);
    const insteadIn = (found) => (found.total ? correction(found.searched || query) : null);  // else it was looked for in vain
    /** What `part` says of the answer, which is another one where the index is. */
    const say = (part) => archiveSearch.inOneBuild(async () => {
      if (!archiveSearch.isCurrent(answer.build)) answer = await archiveSearch.search(query, sort);
      return part(answer);
    });
    return {
      get total() { return answer.total; },
      get build() { return answer.build; },
      years: () => say(({ scores }) => archiveSearch.years(scores)),
      facets: () => say(({ scores }) => archiveSearch.facets(scores)),
      counted: (field) => say(({ scores }) => archiveSearch.counted(field, scores)),
      hits: (from, to) => say((found) => hitsOf(root, found, from, to)),
      least: answer.least,
      missing: answer.missing,
      searched: answer.searched,
      meant: answer.searched || query,
      mayOffer: archiveSearch.mayOffer(answer) || insteadIn(answer) !== null,
      offers: () => say(async (found) => {
        const offers = await archiveSearch.offers(query, found);
        return { ...offers, suggestion: insteadIn(found) || offers.suggestion };
      }),
    };
  }

  /** The query with the words that were looked for instead of words that no article has. */
  function correction(query) {
    const { instead, replaced, withWords } = archiveSearch;
    const better = withWords(query, (words) => replaced(words, (word) => instead.get(word)));
    return better === query ? null : better;
  }

  /** The first hits, before it is known how many there are; null where that takes as long. */
  function firstHits(root, query) {
    return archiveSearch.inThisBuild(async () => {
      const answer = await archiveSearch.best(query);
      return answer && { hits: await hitsOf(root, answer, 0, PAGE), build: answer.build };
    });
  }

  /** The index of the site at `root`, as answers.js asks it. */
  function indexOf(root, sort) {
    archiveSearch.open(root);
    return {
      ask: (query) => answered(root, query, sort),
      // What it can't load may not be needed for all; what it does not understand is told then.
      first: async (query) => (sort === "relevance" ? firstHits(root, query).catch(() => null) : null),
      isNarrow: archiveSearch.isNarrow,
      isLatest: archiveSearch.isLatest,
      ready: () => archiveSearch.documents([]),
    };
  }

  return { indexOf, addressOf };
})();

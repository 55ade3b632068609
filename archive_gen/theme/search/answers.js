"use strict";
// Answers for somebody who types, from the index of the page, or from the local server where it gives the page.

var archiveAnswers = (function () {
  const { indexOf } = archiveIndex;
  const { serverOf } = archiveServer;

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
   * may go on. Both give { total, hits(from, to), facets(), counted(field), least, missing, searched,
   * offers(), build }, and throw QueryError, or OutdatedError where the page is of another version than the index. `first` gives
   * { hits, build }, the first hits of a complete query, where they are known earlier than all of its answer, else
   * null. `isLatest` tells of a build whether there is no other; who asks again is answered by that one.
   * `ready` rejects where there is no index.
   */
  function from(root, sort) {
    const served = "served" in document.documentElement.dataset;
    const { ask, first, isNarrow, isLatest, ready } = (served ? serverOf : indexOf)(root, sort);

    const isWhole = ({ total, least, missing }) => total && !least && !missing.length;

    /** The answer to the first query of which all is found, or at least something; else that to the first. */
    async function either(query, other, isEnough = isWhole) {
      const first = await ask(query);
      if (isEnough(first) || other === query) return first;
      const second = await ask(other);
      return isWhole(second) || !first.total && second.total ? second : first;
    }

    /** Whether all is found, and not by another word in the place of the last one. */
    const hasLast = (query) => (answer) => (
      isWhole(answer) && (!answer.searched || answer.searched.includes(query.split(/[\s:(-]+/).pop())));

    return {
      // No such word: then it is the beginning of one, or, while typing, complete already.
      whole: async (query) => either(query, await whileTyping(query, isNarrow), hasLast(query)),
      typing: async (query) => either(await whileTyping(query, isNarrow), query),
      first, isLatest, ready,
    };
  }

  return { from, ...archiveElements };
})();

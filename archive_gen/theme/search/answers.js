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
   * may go on. Both give { total, hits(from, to), years(), facets(), counted(field), least, missing,
   * searched, meant, mayOffer, offers(), build }, where `meant` is the query that is answered, and throw QueryError, or OutdatedError where the page is of another version than
   * the index. `first` gives
   * { hits, build }, the first hits of a complete query, where they are known earlier than all of its answer, else
   * null. `isLatest` tells of a build whether there is no other; who asks again is answered by that one.
   * `ready` rejects where there is no index.
   */
  function from(root, sort) {
    const served = "served" in document.documentElement.dataset;
    const { ask, first, isNarrow, isLatest, ready } = (served ? serverOf : indexOf)(root, sort);

    const isWhole = ({ total, least, missing }) => total && !least && !missing.length;

    /** A complete query. Where there is no such word as its last, that may be the beginning of one. */
    async function whole(query) {
      const complete = await ask(query), other = await whileTyping(query, isNarrow);
      if (other === query || hasLast(query)(complete)) return complete;
      const begun = await ask(other);
      return isWhole(begun) || !complete.total && begun.total ? begun : complete;
    }

    /** A query whose last word may go on. Where nothing begins so, that may be complete already: then nobody typed a `*`. */
    async function typing(query) {
      const other = await whileTyping(query, isNarrow), begun = await ask(other);
      if (other === query || isWhole(begun)) return begun;
      const complete = await ask(query);
      const isWorse = !isWhole(complete) && begun.total && (!complete.total || complete.missing.length > begun.missing.length);
      return isWorse ? begun : complete;
    }

    const wordsIn = (query) => query.split(/[\s:(-]+/);

    /** Whether something is found, and not without the last word, or by another in its place. */
    const hasLast = (query) => ({ total, missing, searched }) => (
      total && !missing.length && (!searched || wordsIn(searched).includes(wordsIn(query).pop())));

    return { whole, typing, first, isLatest, ready };
  }

  // The keys of Android compose each word, also of letters that stay what they are.
  const STAYS = /Android/.test(navigator.userAgent)
    ? /^[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}]*$/u : /\p{Script=Hangul}$/u;

  /** Whether an input method is still to make other letters of those in the box, as of pinyin or kana. */
  const isComposed = ({ isComposing, data }) => isComposing && !STAYS.test(data || "");

  return { from, isComposed, ...archiveElements };
})();

"use strict";
// Likelier words, when few articles or none have those typed: see archive_gen/search/correction.py.

var archiveCorrection = (function () {
  const { queryWords, replaced } = archiveWords;
  const { parse, withWords, plainWords } = archiveQuery;
  const { near, commonnessOf } = archiveLexicon;
  const { termsOf, isCut } = archiveTerms;
  const { match, isFound, frequency, documentsWith } = archiveMatching;

  const MIN_LENGTH = 3, LONG = 7, RARE = 2, RARE_CLASS = 2, MANY_TIMES = 10, MUCH_COMMONER = 3, CONTEXT = 3;
  const CANDIDATES = 50;

  function wordsIn(node) {
    if (node.kind === "text") return queryWords(node.text).map(([, word]) => word).filter((word) => [...word].length > 1);
    return ["all", "any"].includes(node.kind) ? node.parts.flatMap(wordsIn) : [];
  }

  /** Whether it has words with `*`, `?` or `~`. */
  const hasSigns = (node) => (["all", "any"].includes(node.kind) ? node.parts.some(hasSigns) : ["wild", "fuzzy"].includes(node.kind));

  const differentWords = (node) => [...new Set(wordsIn(node))];
  const withWord = (text, word, other) => (
    withWords(text, (words) => replaced(words, (key) => (key === word ? other : undefined))));

  /** The words in a row with how many articles have them, the rarest first. */
  async function byFrequency(words) {
    const counts = await Promise.all(words.map(frequency));
    return words.map((word, i) => [word, counts[i]]).sort(([, a], [, b]) => a - b).map(([word]) => word);
  }

  /** The words that no article has. */
  async function unknown(node) {
    const words = differentWords(node);
    const are = await Promise.all(words.map((word) => isFound({ kind: "text", text: word, exact: false, title: false })));
    return words.filter((_, i) => !are[i]);
  }

  /** The query with better words; null if there are none. */
  async function corrected(text, node) {
    const words = differentWords(node), strange = await unknown(node);
    // Beside a filter, or what only begins a word, a known word is hardly at fault.
    if (!strange.length) return words.length < 2 || hasSigns(node) ? null : withAnother(text, node, true);
    const known = words.filter((word) => !strange.includes(word));
    let better = text;
    for (const word of strange) {
      const nearest = await nearestTo(word, known);
      if (!nearest) continue;
      better = withWord(better, word, nearest.word);
      known.push(nearest.word);
    }
    return better === text ? null : better;
  }

  /** The query with common words in the place of rare ones: slips that articles have, too. */
  async function respelt(text, node) {
    const words = differentWords(node);
    const classes = new Map(await Promise.all(words.map(async (word) => [word, await commonnessOf(word)])));
    const known = words.filter((word) => classes.get(word) > RARE_CLASS);
    let better = text;
    for (const word of words) {
      const nearest = known.includes(word) ? null : await nearestTo(word, known);
      if (!nearest || words.includes(nearest.word) || nearest.commonness < classes.get(word) + MUCH_COMMONER) continue;
      better = withWord(better, word, nearest.word);
      known.push(nearest.word);
    }
    return better === text ? null : better;
  }

  /** The query with another word beside a rare one, if a title has that and all the others. */
  async function widened(text, node) {
    const words = plainWords(node);
    if (words.length < CONTEXT || words.length !== text.trim().split(/\s+/).length) return null;
    for (const word of await byFrequency(words)) {
      const found = await another(word, words, true, await muchCommoner(word));
      if (found) return withWord(text, word, word + " OR " + found.word);
    }
    return null;
  }

  /**
   * The query with another word in the place of one, that stands with the rest: one that shares a title with it, or a
   * much commoner one that shares an article; else null.
   */
  async function withAnother(text, node, title) {
    const words = differentWords(node);
    for (const word of await byFrequency(words)) {
      const found = await another(word, words, title, title ? 0 : await muchCommoner(word));
      if (found) return withWord(text, word, found.word);
    }
    return null;
  }

  /** A query that finds many times as much, for one that finds so little, or something for nothing; else null. */
  async function suggestion(text) {
    const node = parse(text), { size } = await match(node);
    const counts = await Promise.all(wordsIn(node).map(frequency));
    if (size ? counts.every((count) => count > RARE) : hasSigns(node)) return null;
    const better = await corrected(text, node) || await withAnother(text, node, false) || await respelt(text, node);
    const other = better && parse(better);
    return other && (await match(other)).size >= (MANY_TIMES * size || 1) ? better : null;
  }

  /** The word that was meant: { word, commonness }; null if there is none. */
  const nearestTo = async (word, others) => (
    await another(word, others, true) || await another(word, others, false) || (await likeliestFor(word))[0] || null);

  /**
   * The likeliest word that shares an article, or even a title, with all of `words` but one; else null. It is none of
   * these, and of the class of commonness `least` or above.
   */
  async function another(word, words, title, least = 0) {
    const groups = await Promise.all(words.filter((other) => other !== word).map((other) => termsOf(other, false)));
    if (!await mayMeet(groups, title)) return null;
    for (const other of await likeliestFor(word)) {
      const isWanted = !words.includes(other.word) && other.commonness >= least;
      if (isWanted && await meets(other, groups, title)) return other;
    }
    return null;
  }

  /** The class of commonness from which on another word is much commoner. */
  const muchCommoner = async (word) => await commonnessOf(word) + MUCH_COMMONER;

  /** Whether the other words may stand together: if one is rare that is known sooner than what is near. */
  async function mayMeet(groups, title) {
    return !groups.some((terms) => !terms.some(isCut)) || (await documentsWith(groups, title)).size > 0;
  }

  async function meets({ word, inTitle }, groups, title) {
    if (title && !inTitle) return false;
    return !groups.length || (await documentsWith([await termsOf(word, true), ...groups], title)).size > 0;
  }

  /** The commonest of the nearest words, the likeliest slips first. */
  async function likeliestFor(word) {
    if ([...word].length < MIN_LENGTH) return [];
    const isOther = (other) => other.word !== word;
    let found = (await near(word, 1)).filter(isOther);
    if (!found.length && [...word].length >= LONG) found = (await near(word, 2)).filter(isOther);
    const commonest = found.sort((a, b) => b.commonness - a.commonness || (a.word < b.word ? -1 : 1));
    return commonest.slice(0, CANDIDATES).map((other) => ({ ...other, letters: otherLetters(word, other.word) }))
      .sort((a, b) => a.letters - b.letters);
  }

  const sorted = (word) => [...word].sort().join("");

  /** 0 for a mere swap, 1 for the same first letter, 2 for the rest. */
  const otherLetters = (word, other) => (sorted(word) === sorted(other) ? 0 : [...word][0] === [...other][0] ? 1 : 2);

  return { corrected, widened, suggestion, unknown };
})();

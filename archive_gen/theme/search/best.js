"use strict";
// The first hits of common words, before it is known how many there are: see page/best.py and page/pairs.py in
// archive_gen/search/.

var archiveBest = (function () {
  const { parse, plainWords } = archiveQuery;
  const { VALUES } = archiveCodec;
  const { load, edition } = archiveFiles;
  const { numberOf } = archiveShards;
  const { termsOfCommon, familiesOf, familyName, isCut } = archiveTerms;
  const { COUNTS, LENGTHS, rarity, impact, weigh, weighed, documentsOf } = archiveMatching;
  const { FIRST, inOrder, ranked } = archiveRanking;

  /** Documents of a family with what it weighs there; and for each length class what it weighs at most in others. */
  async function bestOf(family) {
    if (!family.some(isCut)) return [await weigh(family, false), []];
    const [, others, list] = await load("best/" + familyName(family[0].root));
    return [weighed([list], false), others];
  }

  const COMMON_KINDS = 3, GROUPS = 32;

  /** What a family weighs in the best documents of another, a digit for each; null if that is not told. */
  async function columnOf([{ root }], other) {
    const [{ documents }, counts] = await Promise.all([load("manifest"), load(COUNTS)]);
    const isCommon = (key) => Math.clz32(counts.get(key)) - Math.clz32(documents) < COMMON_KINDS;
    const beside = other[0].root;
    if (root === beside || !other.some(isCut) || !isCommon(root) || !isCommon(beside)) return null;
    return (await load("pairs/" + familyName(beside) + "-" + numberOf(root) % GROUPS)).get(root) ?? null;
  }

  /**
   * Document → score, for those that may score highest by all of some families of a language; and what
   * others score at most. Null where that is not told. See page/best.py and page/pairs.py.
   */
  async function bestBy(families, rare, average) {
    // For each family, and each of the others of which not all is known, a column: see page/pairs.py.
    const columns = await Promise.all(families.map((family) => Promise.all(families.map((other) => (
      other === family || !other.some(isCut) ? undefined : columnOf(other, family))))));
    if (columns.flat().includes(null)) return null;
    const known = await Promise.all(families.map(bestOf));
    const weightOf = (other, family, document, place) => (columns[family][other]
      ? VALUES[columns[family][other].charCodeAt(place)] : known[other][0].get(document) >> 5);
    const total = (weights, length) => (weights.every(Boolean)
      ? weights.reduce((sum, weight, i) => sum + rare[i] * impact(weight, LENGTHS[length], average), 0) : 0);
    const scores = new Map();
    known.forEach(([found], family) => {
      let place = 0;
      for (const [document, posting] of found) {
        const score = total(families.map((_, i) => weightOf(i, family, document, place)), (posting >> 1) & 15);
        if (score) scores.set(document, score);
        place++;
      }
    });
    return [scores, Math.max(...LENGTHS.map((_, length) => total(known.map(([, others]) => others[length]), length)))];
  }

  const MOST_BEST = 2;  // of three words the best are seldom certain

  /**
   * The first hits of a query by relevance where less of the index tells them than tells how many there
   * are: { numbers, scores, wanted, build }, as `search` has them; else null.
   */
  async function best(query) {
    const words = plainWords(parse(query));
    const manifest = await load("manifest");
    if (!words.length || words.length > MOST_BEST || !manifest.documents) return null;
    const terms = await Promise.all(words.map(termsOfCommon));
    const families = terms.map(familiesOf);
    if (!families.every(Boolean) || !terms.every((own) => own.some(isCut))) return null;
    // What is rare decides between words; to know it of one would be in vain.
    const rare = words.length === 1 ? [1] : await Promise.all(families.map(async (of) => (
      rarity(manifest.documents, await documentsOf([...of.values()])))));
    const languages = [...families[0].keys()].filter((language) => families.every((of) => of.has(language)));
    const found = await Promise.all(languages.map((language) => (
      bestBy(families.map((of) => of.get(language)), rare, manifest.length / manifest.documents))));
    if (found.includes(null)) return null;
    const scores = new Map(found.flatMap(([own]) => [...own]));
    const first = inOrder(scores, "relevance").slice(0, FIRST);
    if (first.length < FIRST || scores.get(first[FIRST - 1]) <= Math.max(...found.map(([, most]) => most))) return null;
    const groups = words.map((word, i) => (
      { typed: new Set([word]), words: new Set(terms[i].map((term) => term.word)) }));
    const wanted = new Set(groups.flatMap((group) => [...group.words]));
    const order = await ranked(new Map(first.map((n) => [n, scores.get(n)])), groups, "relevance");
    return { ...order, wanted, build: edition() };
  }

  return { best };
})();

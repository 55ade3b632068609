"use strict";
// Which documents match, and what they score: see matching.py and scoring.py in archive_gen/search/.

var archiveMatching = (function () {
  const { keyword, queryWords } = archiveWords;
  const { isWord, plainWords } = archiveQuery;
  const { TITLE_PLACES, Places, postingList, listed } = archiveCodec;
  const { load, ofThisBuild } = archiveFiles;
  const { lookUp, entriesFrom } = archiveShards;
  const { termsOf, nodeTerms, wildcard, familiesOf, isCut, piecesOf, piecesWith, listsOf, placedLists } = archiveTerms;

  const LENGTHS = [32, 45, 64, 91, 128, 181, 256, 362, 512, 724, 1024, 1448, 2048, 2896, 4096, 5793];

  const rarity = (documents, matching) =>
    Math.floor(64 * Math.log(1 + (documents - matching + 0.5) / (matching + 0.5))) + 1;

  function impact(weight, length, average) {
    const capped = Math.min(weight, 63);
    return Math.floor(1024 * 2.2 * capped / (capped + 1.2 * (1 - 0.6 + 0.6 * length / average)) + 0.5);
  }

  /** Document → a posting with what all of these terms weigh there. */
  async function weigh(terms, title) {
    return weighed((await Promise.all(terms.map(listsOf))).flat(), title);
  }

  /** Document → a posting with what it weighs in all of these lists. */
  function weighed(lists, title) {
    const weights = new Map();
    for (const list of lists) {
      const { documents, postings } = postingList(list);
      for (let n = 0; n < documents.length; n++) {
        const document = documents[n], posting = postings[n];
        if (title && !(posting & 1)) continue;
        const before = weights.get(document);
        weights.set(document, before === undefined ? posting : before + (posting & ~31));
      }
    }
    return weights;
  }

  const COUNTS = "pairs/counts";

  /** How many documents have some families, of different languages. */
  async function documentsOf(families) {
    const counts = await Promise.all(families.map(async (family) => (
      family.some(isCut) ? (await load(COUNTS)).get(family[0].root) : (await weigh(family, false)).size)));
    return counts.reduce((a, b) => a + b, 0);
  }

  async function scoreGroup(terms, title) {
    const weights = await weigh(terms, title);
    return scored(weights, weights.size);
  }

  /** Document → score, from a posting with what it weighs; `count`: so many documents have the word. */
  async function scored(weights, count) {
    const { documents, length } = await load("manifest");
    const rare = rarity(documents, count);
    for (const [document, posting] of weights) {
      weights.set(document, rare * impact(posting >> 5, LENGTHS[(posting >> 1) & 15], length / documents));
    }
    return weights;
  }

  async function matchText(node) {
    const wanted = queryWords(node.text);
    if (!wanted.length) return new Map();
    const exact = node.exact || wanted.length > 1;
    const groups = await Promise.all(wanted.map(([, word]) => termsOf(word, exact)));
    const scores = await Promise.all(groups.map((terms) => scoreGroup(terms, node.title)));
    const matches = intersection(scores);
    if (groups.length === 1) return matches;
    // By the rarest words first: where common ones stand is looked for only in what is left then.
    const order = [...groups.keys()].sort((a, b) => scores[a].size - scores[b].size);
    let starts = new Map([...matches.keys()].map((document) => [document, null]));
    for (const i of order) if (starts.size) starts = await startsOf(groups[i], wanted[i][0], starts);
    const last = node.title ? TITLE_PLACES - wanted[wanted.length - 1][0] : Infinity;
    return new Map([...matches].filter(([document]) => starts.get(document)?.some((place) => place < last)));
  }

  /**
   * Document → where the phrase would begin if these terms stand `offset` in it, of those places that `known` has; all
   * of a document for which it has null.
   */
  async function startsOf(terms, offset, known) {
    const found = new Map();
    for (const term of terms) {
      for (const [list, text] of await placedLists(term, known.keys())) {
        const bits = new Places(text);
        const { documents, postings } = postingList(list);
        for (let n = 0; n < documents.length; n++) {
          const places = bits.next(postings[n]), before = known.get(documents[n]), starts = [];
          if (before === undefined) continue;
          for (const place of places) if (!before || before.includes(place - offset)) starts.push(place - offset);
          if (starts.length) found.set(documents[n], (found.get(documents[n]) || []).concat(starts));
        }
      }
    }
    return found;
  }

  async function matchKeyword(node) {
    const { prefix, test } = wildcard(node.value);
    let lists;
    if (/[*?]/.test(node.value)) {
      lists = (await entriesFrom(node.field, prefix)).filter(([key]) => test(key)).map(([, value]) => value[1]);
    } else {
      const entry = await lookUp(node.field, keyword(node.value));
      lists = entry ? [entry[1]] : [];
    }
    return filter(lists.flatMap(listed));
  }

  /** The documents of some years, 0 for those without a date, whose periods pass a test. */
  async function datesWhere(years, test) {
    const wanted = (await load("manifest")).years.filter(years);
    const runs = (await Promise.all(wanted.map((year) => load("dates/" + year)))).flat();
    return filter(runs.flatMap(([period, text]) => (test(period) ? listed(text) : [])));
  }

  function datesBetween(first, last) {
    const from = Number(first.slice(0, 4) || 1), to = Number(last.slice(0, 4) || 9999);
    return datesWhere((year) => year >= from && year <= to, first === last
      ? (period) => period === first || period.startsWith(first + "-")
      : (period) => period && period >= first && period + "~" <= last + "~");
  }

  const MATCHERS = {
    text: matchText,
    wild: async (node) => scoreGroup(await nodeTerms(node), node.title),
    fuzzy: async (node) => scoreGroup(await nodeTerms(node), node.title),
    keyword: matchKeyword,
    undated: () => datesWhere((year) => !year, () => true),
    dates: ({ first, last }) => datesBetween(first, last),
    not: async (node) => without(await everything(), await match(node.part)),
    all: async (node) => {
      const wanted = node.parts.filter((part) => part.kind !== "not");
      let found = wanted.length ? await matchAll(wanted) : await everything();
      const unwanted = node.parts.filter((part) => part.kind === "not");
      for (const { part } of unwanted) found = without(found, await matchAmong(part, found));
      return found;
    },
    any: async (node) => union(await Promise.all(node.parts.map(match))),
    most: async (node) => {
      const parts = await Promise.all(node.parts.map(match));
      const isInMost = ([document]) => parts.filter((matches) => matches.has(document)).length >= node.least;
      return new Map([...union(parts)].filter(isInMost));
    },
  };

  // While somebody types, most words of a query are those of the letter before.
  const MOST_KEPT = 6;
  const kept = ofThisBuild(new Map());

  /** Document → score of those that match: nobody may change it. */
  function match(node) {
    const name = JSON.stringify(node);
    const found = kept.get(name) || MATCHERS[node.kind](node);
    kept.delete(name);
    if (!isWord(node)) return found;
    kept.set(name, found);
    found.catch(() => kept.delete(name));
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
    return found;
  }

  /** What matches all parts. Common words come last: of their lists only the pieces count where the others match. */
  async function matchAll(parts) {
    const early = await Promise.all(parts.map(async (part) => (await commonFamilies(part) ? null : match(part))));
    const late = parts.filter((_, i) => !early[i]);
    if (late.length === parts.length) return intersection(await Promise.all(parts.map(match)));
    const found = intersection(early.filter(Boolean));
    return intersection([found, ...await Promise.all(late.map((part) => matchAmong(part, found)))]);
  }

  /** As `match` finds it, but perhaps only of those documents that are among others. */
  async function matchAmong(node, others) {
    const families = kept.has(JSON.stringify(node)) ? null : await commonFamilies(node);
    if (!families) return match(node);
    const [cut, whole] = [true, false].map((is) => families.flat().filter((term) => isCut(term) === is));
    const all = (await Promise.all(cut.map(piecesOf))).flat();
    const some = (await Promise.all(cut.map((term) => piecesWith(term, others.keys())))).flat();
    if (some.length === all.length) return match(node);
    const [pieces, count] = await Promise.all([Promise.all(some.map(load)), documentsOf(families)]);
    return scored(weighed([...whole.map(({ list }) => list), ...pieces], false), count);
  }

  /** The families of a word with a list that is cut, of which it is told how many documents have them; else null. */
  async function commonFamilies(node) {
    const [word] = node.kind === "text" ? plainWords(node) : [];
    const families = word === undefined ? null : familiesOf(await termsOf(word, false));
    const found = families ? [...families.values()] : [];
    return found.flat().some(isCut) ? found : null;
  }

  /** Whether some document matches; of a common word it is known. */
  const isFound = async (node) => Boolean(await commonFamilies(node)) || (await match(node)).size > 0;

  /** In how many documents a word stands in any form. */
  async function frequency(word) {
    const node = { kind: "text", text: word, exact: false, title: false };
    const families = await commonFamilies(node);
    return families ? documentsOf(families) : (await match(node)).size;
  }

  /**
   * The documents that have one of the terms of each group, with `title` all of them in the title. The shortest lists
   * come first: of common words only the pieces count where the others stand.
   */
  async function documentsWith(groups, title) {
    const lengthOf = (terms) => terms.reduce((sum, term) => sum + (isCut(term) ? Infinity : term.list.length), 0);
    let found = null;
    for (const terms of groups.map((own) => [lengthOf(own), own]).sort(([a], [b]) => (a < b ? -1 : a > b)).map(([, own]) => own)) {
      if (found && !found.size) break;
      found = await documentsAmong(terms, found, title);
    }
    return found;
  }

  /** Those of some documents, or of all, that have one of these terms. */
  async function documentsAmong(terms, others, title) {
    const lists = await Promise.all(terms.map(async (term) => (
      isCut(term) && others ? Promise.all((await piecesWith(term, others.keys())).map(load)) : listsOf(term))));
    const found = new Set();
    for (const list of lists.flat()) {
      const { documents, postings } = postingList(list);
      for (let n = 0; n < documents.length; n++) {
        if ((!title || postings[n] & 1) && (!others || others.has(documents[n]))) found.add(documents[n]);
      }
    }
    return found;
  }

  const filter = (documents) => new Map(documents.map((document) => [document, 0]));
  const everything = () => datesWhere(() => true, () => true);

  const without = (matches, others) => new Map([...matches].filter(([document]) => !others.has(document)));

  /** What is in any of these, with the sum of its scores. */
  function union(parts) {
    const found = new Map();
    for (const matches of parts) {
      for (const [document, score] of matches) found.set(document, (found.get(document) || 0) + score);
    }
    return found;
  }

  /** What is in each of these. */
  function intersection(parts) {
    const [smallest, ...others] = [...parts].sort((a, b) => a.size - b.size);
    if (!others.length) return smallest;
    const found = new Map();
    for (const [document, score] of smallest) {
      let total = score;
      for (const matches of others) total += matches.get(document);  // not a number where it has none
      if (total >= 0) found.set(document, total);
    }
    return found;
  }

  /** For each word of the query the keys that it means. */
  async function wordsMeant(node) {
    if (node.kind === "text") {
      const found = queryWords(node.text);
      const exact = node.exact || found.length > 1;
      const groups = await Promise.all(found.map(([, word]) => termsOf(word, exact)));
      return groups.map((terms, i) => (
        { typed: new Set([found[i][1]]), words: new Set(terms.map((term) => term.word)) }));
    }
    if (isWord(node)) {
      const words = new Set((await nodeTerms(node)).map((term) => term.word));
      const plain = node.kind === "wild" ? node.pattern.replace(/^\*+|\*+$/g, "") : node.word;
      return [{ typed: words, words, whole: keyword(plain) }];
    }
    if (!["all", "any", "most"].includes(node.kind)) return [];
    return (await Promise.all(node.parts.map(wordsMeant))).flat();
  }

  return {
    COUNTS, LENGTHS, rarity, impact, weigh, weighed, documentsOf, match, isFound, frequency, documentsWith, wordsMeant,
  };
})();

"use strict";
// In which order matches come: see ranking.py and rerank.py in archive_gen/search/.

var archiveRanking = (function () {
  const { WORD, runsOf } = archiveWords;
  const { SLOTS } = archiveCodec;
  const { documents } = archiveDocuments;

  // By which a match comes before others; if they are equal, by its number. The highest is first.
  const KEYS = {
    relevance: (number, score) => score,
    newest: (number) => number,
    oldest: (number) => -(number < SLOTS ? number + 2 ** 51 : number),
  };
  const FEW = 200;

  /** The matches in order, as far as somebody asks: { slice(from, to) }. To order all takes long. */
  function inOrder(matches, sort) {
    const key = KEYS[sort] || KEYS.relevance;
    const first = (count) => (count > FEW ? firstOf(matches, key, matches.size) : firstOf(matches, key, count));
    return { slice: (from, to) => first(to).slice(from, to).map(([number]) => number) };
  }

  const comesBefore = ([number, key], [otherNumber, otherKey]) => otherKey - key || otherNumber - number;

  /** The first `count` pairs [number, key] of some matches. */
  function firstOf(matches, key, count) {
    let found = [], least = -Infinity;
    for (const [number, score] of matches) {
      const own = key(number, score);
      if (own < least) continue;
      found.push([number, own]);
      if (found.length < 2 * count) continue;
      // Now and then, so that each is compared with few.
      found = found.sort(comesBefore).slice(0, count);
      least = found[count - 1][1];
    }
    return found.sort(comesBefore).slice(0, count);
  }

  // How much a title is what was asked for: see rerank.py.
  const FIRST = 20, FINE = 256, COARSE = 8;
  const weightOf = (key) => Math.min(Math.max([...key].length, 3), 6) - 2;

  const keysOf = (title) => [...title.matchAll(WORD)].flatMap(([raw]) => runsOf(raw).flat());

  /** How much each of the best titles is what was asked for. */
  function points(titles, query) {
    const keys = titles.map(keysOf), forms = new Set(keys.flat());
    const told = query.map(({ typed, words, whole }) => ({ typed: forms.has(whole) ? new Set([whole]) : typed, words }));
    return keys.map((own) => pointsOf(own, told));
  }

  function pointsOf(keys, query) {
    const places = keys.flatMap((key, place) =>
      query.flatMap(({ words }, number) => (words.has(key) ? [[place, number]] : [])));
    if (!places.length) return 0;
    const found = new Set(places.map(([, number]) => number)).size;
    const typed = query.every((meant) => keys.some((key) => meant.typed.has(key)));
    const weights = keys.map(weightOf);
    const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
    const covered = sum([...new Set(places.map(([place]) => place))].map((place) => weights[place]));
    const more = Math.max(1, query.length - 1);
    const share = (steps, part, whole) => Math.floor((steps - 1) * Math.min(part, whole) / whole);
    const pairs = (test) => places.filter((pair, i) => i && test(pair, places[i - 1])).length;
    let total = share(COARSE, found, query.length) * 2 + typed;
    total = total * COARSE + share(COARSE, pairs(([, b], [, a]) => b > a), more);
    total = total * FINE + share(FINE, covered, sum(weights));
    return total * COARSE + share(COARSE, pairs(([b], [a]) => b - a === 1), more);
  }

  /** The matches in order. Those that come first get their final scores, by which they stay first. */
  async function ranked(matches, groups, sort) {
    const scores = new Map(matches);
    if (sort === "relevance" && groups.length) {
      const first = inOrder(scores, sort).slice(0, FIRST);
      const worth = scores.get(first[0]) + 1;
      const asked = points((await documents(first)).map(({ title }) => title), groups);
      first.forEach((number, i) => scores.set(number, scores.get(number) + worth * asked[i]));
    }
    return { numbers: inOrder(scores, sort), scores };
  }

  return { FIRST, inOrder, ranked };
})();

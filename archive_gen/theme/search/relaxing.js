"use strict";
// What a query that nothing matches may find all the same: see archive_gen/search/relaxing.py.

var archiveRelaxing = (function () {
  const { WORD, keyword, queryWords } = archiveWords;
  const { QueryError, parse, partsOf, isWord, isOperator } = archiveQuery;
  const { load } = archiveFiles;
  const { lettersKnown } = archiveShards;
  const { match, isFound } = archiveMatching;

  const OFFERED = 3, FILTERS = 8, SHORTEST = 3;
  const HAN = /[\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{3ffff}]+/gu;

  const all = (nodes) => (nodes.length === 1 ? nodes[0] : { kind: "all", parts: nodes });
  const joined = (parts) => parts.map(({ text }) => text).join(" ");
  const isMissing = async ({ node }) => node.kind !== "not" && !await isFound(node);
  const hasWords = (node) => isWord(node) || (["all", "any"].includes(node.kind) && node.parts.some(hasWords));

  /** Whether it asks for words anywhere, in any form. */
  const isPlain = (node) => (["all", "any"].includes(node.kind)
    ? node.parts.every(isPlain) : isWord(node) && !node.title && !node.exact);

  async function missingOf(parts) {
    const are = await Promise.all(parts.map(isMissing));
    return parts.filter((_, i) => are[i]);
  }

  /** A query without the words that no article has, if it has others: { text, node, missing }. */
  async function known(text, node) {
    const parts = partsOf(text), missing = await missingOf(parts);
    const told = missing.map((part) => part.text);
    const rest = parts.filter((part) => !missing.includes(part) || !isPlain(part.node));
    if (rest.length === parts.length || !rest.some((part) => hasWords(part.node))) return { text, node, missing: told };
    return { text: joined(rest), node: all(rest.map((part) => part.node)), missing: told };
  }

  /** What is found by as many words as some article has: { node, found, least }; `least` is 0 if none has any. */
  async function mostMet(node) {
    const parts = node.kind === "all" ? node.parts : [];
    const words = parts.filter((part) => isWord(part) && isPlain(part));
    const nothing = { node, found: new Map(), least: 0 };
    if (words.length < 2) return nothing;
    const filters = parts.filter((part) => !words.includes(part));
    const among = filters.length ? await match(all(filters)) : null;
    const met = new Map();
    for (const matches of await Promise.all(words.map(match))) {
      for (const document of matches.keys()) {
        if (!among || among.has(document)) met.set(document, (met.get(document) || 0) + 1);
      }
    }
    let least = 0;
    for (const count of met.values()) least = Math.max(least, count);
    if (!least) return nothing;
    const most = all([{ kind: "most", parts: words, least }, ...filters]);
    return { node: most, found: await match(most), least };
  }

  /** Queries for the same in another way, that find something: [{ query, total }]. */
  async function closer(query) {
    const parts = partsOf(query), missing = await missingOf(parts);
    const begun = await Promise.all(parts.map(async (part) => (
      (missing.includes(part) && await likeIt(part.node)) || part.text)));
    const others = new Set([parts.map(loosened).join(" "), begun.join(" ")]);
    const found = await Promise.all([...others].map((other) => counted(exactly, other)));
    return found.filter(Boolean);
  }

  /** Other queries beside an answer: at least one where it is empty, unless there are no articles. */
  async function alternatives({ total, missing, likeliest }) {
    if (!total) return parse(likeliest) ? widened(likeliest) : [];
    return missing.length ? closer(likeliest) : [];
  }

  /** Those of `closer`, and some with fewer conditions; or the one for all articles. */
  async function widened(query) {
    const offered = await closer(query);
    const tried = new Set([query, ...offered.map((other) => other.query)]);
    for (const wider of await widerThan(query)) {
      const other = offered.length < OFFERED ? await counted(answered, wider) : null;
      if (!other || tried.has(other.query)) continue;
      tried.add(other.query);
      offered.push(other);
    }
    const { documents } = await load("manifest");
    return offered.length || !documents ? offered : [{ query: "*", total: documents }];
  }

  async function widerThan(query) {
    const parts = partsOf(query), missing = await missingOf(parts);
    const filters = parts.filter(({ node }) => !hasWords(node));
    const found = [];
    for (const out of [missing, ...filters.slice(0, FILTERS).map((part) => [part]), filters]) {
      const rest = parts.filter((part) => !out.includes(part));
      if (!rest.every(({ node }) => node.kind === "not")) found.push(joined(rest));
    }
    const words = parts.filter(({ node }) => hasWords(node));
    return [...found, words.map(loosened).join(" ")];
  }

  /** A query with how many articles `work` finds by it; null for one that finds none, or that the page may not ask. */
  async function counted(work, query) {
    try {
      const node = parse(query);
      return node ? await work(query, node) : null;
    } catch (error) {
      if (error instanceof QueryError) return null;
      throw error;
    }
  }

  const offer = (query, total) => (total ? { query, total } : null);
  const exactly = async (query, node) => offer(query, (await match(node)).size);

  /** Without words that no article has. */
  async function answered(query, asked) {
    const { text, node } = await known(query, asked);
    return offer(text, (await match(node)).size || (await mostMet(node)).found.size);
  }

  /** A title's words anywhere, the words of a phrase each for itself. */
  function loosened({ text, node }) {
    if (!isWord(node)) return text;
    if (node.title) return text.slice(text.indexOf(":") + 1);
    if (node.kind !== "text" || !(node.exact || queryWords(node.text).length > 1)) return text;
    return [...node.text.matchAll(WORD)].map(([word]) => (isOperator(word) ? word.toLowerCase() : apart(word))).join(" ");
  }

  /** Chinese in pieces of two characters, as most of its words are; the rest as it stands. */
  const apart = (word) => word.replace(HAN, (run) => " " + run.match(/..?/gu).join(" ") + " ").trim().replace(/ +/g, " ");

  /** For a word or a value that no article has: what begins as it does, or values of which it is a part; null if little does. */
  async function likeIt(node) {
    const isValue = node.kind === "keyword";
    if (!isValue && node.kind !== "text") return null;
    const words = isValue ? [[0, keyword(node.value)]] : queryWords(node.text);
    if (words.length !== 1 || /[*?"“”„]/.test(words[0][1])) return null;
    const word = words[0][1], letters = [...word];
    const inside = isValue && letters.length >= SHORTEST ? node.field + ':"*' + word + '*"' : null;
    if (inside && await counted(exactly, inside)) return inside;
    // A title may know less of it than texts do.
    for (let length = await lettersKnown(isValue ? node.field : "terms", word); length >= SHORTEST; length--) {
      if (length <= letters.length >> 1) break;
      const start = letters.slice(0, length).join("") + "*";
      const asked = isValue ? node.field + ':"' + start + '"' : (node.title ? "title:" : "") + start;
      if (await counted(exactly, asked)) return asked;
    }
    return null;
  }

  return { known, mostMet, alternatives };
})();

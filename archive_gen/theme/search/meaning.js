"use strict";
// What is looked for: the query as typed, or what was probably meant: see archive_gen/search/meaning.py.

var archiveMeaning = (function () {
  const { parse } = archiveQuery;
  const { match } = archiveMatching;
  const { known, mostMet } = archiveRelaxing;
  const { corrected, widened, unknown } = archiveCorrection;

  const FEW = 10;
  const ALL = { searched: null, least: 0, missing: [] };  // of the query is looked for

  /** { node, found, searched, least, missing, likeliest }: `found` is what matches the node. */
  async function meaning(text, node) {
    const found = await match(node);
    if (found.size) {
      const isSlip = found.size <= FEW && !(await match(inTitles(node))).size;
      return (isSlip && await spelt(await widened(text, node))) || { ...ALL, node, found, likeliest: "" };
    }
    const better = await spelt(await corrected(text, node));
    if (better?.found.size) return better;
    const typed = { ...ALL, node, found, likeliest: text };
    // Where all words are known it may be a filter that leaves nothing, and no word be at fault.
    return withFewer(better && (await unknown(node)).length ? [better, typed] : [typed]);
  }

  /** The same, asked of titles alone. */
  function inTitles(node) {
    if (["text", "wild", "fuzzy"].includes(node.kind)) return { ...node, title: true };
    return ["all", "any", "most"].includes(node.kind) ? { ...node, parts: node.parts.map(inTitles) } : node;
  }

  async function spelt(text) {
    const node = text && parse(text);
    return node ? { ...ALL, node, found: await match(node), searched: text, likeliest: text } : null;
  }

  /** One of these with fewer words, the best spelling first; the query as typed is the last. */
  async function withFewer(asked) {
    const rest = await Promise.all(asked.map(withoutMissing)), fewer = await Promise.all(rest.map(withMost));
    return fewer.find(({ node, found }) => found.size && hasMost(node)) || fewer.find(({ found }) => found.size)
      || { ...asked[asked.length - 1], missing: rest[rest.length - 1].missing, likeliest: asked[0].likeliest };
  }

  async function withoutMissing(meant) {
    const { text, node, missing } = await known(meant.likeliest, meant.node);
    return { ...meant, node, missing, found: await match(node), searched: text === meant.likeliest ? meant.searched : text };
  }

  const withMost = async (meant) => (meant.found.size ? meant : { ...meant, ...await mostMet(meant.node) });

  /** Whether most of the words are looked for together. */
  const hasMost = (node) => !(node.kind === "all" ? node.parts : [node])
    .some((part) => part.kind === "most" && 2 * part.least <= part.parts.length);

  return { meaning };
})();

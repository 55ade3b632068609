"use strict";
// Search without a server: the engine. It mirrors archive_gen/search/ over the files that page/index.py makes: same
// query, same articles, same order.

var archiveSearch = (function () {
  const { mark, replaced } = archiveWords;
  const { QueryError, parse, withWords } = archiveQuery;
  const { load, edition, OutdatedError, limits, add, open } = archiveFiles;
  const { inThisBuild, inOneBuild, isCurrent, isLatest } = archiveFiles;
  const { isNarrow } = archiveShards;
  const { instead } = archiveTerms;
  const { match, wordsMeant } = archiveMatching;
  const { relaxed, alternatives } = archiveRelaxing;
  const { documents, facets, counted } = archiveDocuments;
  const { ranked } = archiveRanking;
  const { best } = archiveBest;

  const ALL = { least: 0, missing: [], searched: null };  // of the query is looked for
  const NOTHING = { total: 0, numbers: [], scores: new Map(), wanted: new Set(), ...ALL };

  /** Answer a query: { total, numbers in order, scores, wanted, least, missing, searched, build }. Throws QueryError. */
  const search = (query, sort) => inOneBuild(() => searched(query, sort));

  async function searched(query, sort) {
    const asked = parse(query);
    if (!asked || !(await load("manifest")).documents) return { ...NOTHING, build: edition() };
    const exact = { node: asked, found: await match(asked), ...ALL };
    const { node, found, ...told } = exact.found.size ? exact : await relaxed(query, asked);
    const groups = await wordsMeant(node);
    const wanted = new Set(groups.flatMap(({ words }) => [...words]));
    return { total: found.size, ...await ranked(found, groups, sort), wanted, ...told, build: edition() };
  }

  return {
    add, open, inThisBuild, inOneBuild, isCurrent, isLatest, search, best, alternatives, documents, facets, counted,
    limits, mark, replaced, withWords, instead, isNarrow, QueryError, OutdatedError,
  };
})();

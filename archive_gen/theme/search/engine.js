"use strict";
// Search without a server: the engine. It mirrors archive_gen/search/ over the files that page/index.py makes: same
// query, same articles, same order.

var archiveSearch = (function () {
  const { mark, replaced } = archiveWords;
  const { QueryError, parse, relaxed, withWords } = archiveQuery;
  const { load, edition, OutdatedError, limits, add, open } = archiveFiles;
  const { inThisBuild, inOneBuild, isCurrent, isLatest } = archiveFiles;
  const { isNarrow } = archiveShards;
  const { instead } = archiveTerms;
  const { match, wordsMeant } = archiveMatching;
  const { documents, facets, counted } = archiveDocuments;
  const { ranked } = archiveRanking;
  const { best } = archiveBest;

  /** Answer a query: { total, numbers in order, scores, wanted, least, build }. Throws QueryError. */
  const search = (query, sort) => inOneBuild(() => searched(query, sort));

  async function searched(query, sort) {
    let node = parse(query);
    if (!node || !(await load("manifest")).documents) {
      return { total: 0, numbers: [], scores: new Map(), wanted: new Set(), least: 0, build: edition() };
    }
    let found = await match(node), least = 0;
    const fewer = relaxed(node);
    while (!found.size && fewer.length) {
      const other = fewer.shift();
      const some = await match(other);
      if (some.size) [node, found, least] = [other, some, (other.least || other.parts[0].least)];
    }
    const groups = await wordsMeant(node);
    const wanted = new Set(groups.flatMap(({ words }) => [...words]));
    return { total: found.size, ...await ranked(found, groups, sort), wanted, least, build: edition() };
  }

  return {
    add, open, inThisBuild, inOneBuild, isCurrent, isLatest, search, best, documents, facets, counted, limits, mark,
    replaced, withWords, instead, isNarrow, QueryError, OutdatedError,
  };
})();

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
  const { wordsMeant } = archiveMatching;
  const { alternatives } = archiveRelaxing;
  const { suggestion } = archiveCorrection;
  const { meaning } = archiveMeaning;
  const { documents, years, facets, counted } = archiveDocuments;
  const { ranked } = archiveRanking;
  const { best } = archiveBest;

  const NOTHING = {
    total: 0, numbers: [], scores: new Map(), wanted: new Set(), least: 0, missing: [], searched: null, likeliest: "",
  };
  const FEW = 3;  // hits, beside which a query is offered that finds many times as much

  /** Answer a query: { total, numbers in order, scores, wanted, least, missing, searched, likeliest, build }. Throws QueryError. */
  const search = (query, sort) => inOneBuild(() => searched(query, sort));

  async function searched(query, sort) {
    const asked = parse(query);
    if (!asked || !(await load("manifest")).documents) return { ...NOTHING, build: edition() };
    const { node, found, ...told } = await meaning(query, asked);
    const groups = await wordsMeant(node);
    const wanted = new Set(groups.flatMap(({ words }) => [...words]));
    return { total: found.size, ...await ranked(found, groups, sort), wanted, ...told, build: edition() };
  }

  const isLittle = ({ total, least }) => least > 0 || total > 0 && total < FEW;

  /** Whether there may be `offers` beside an answer: that is known before they are. */
  const mayOffer = (answer) => answer.missing.length > 0 || isLittle(answer) && !answer.searched;

  /** Other queries beside an answer: { alternatives, suggestion }. */
  async function offers(query, answer) {
    const others = await alternatives(answer);
    const isAsTyped = isLittle(answer) && !answer.searched && !others.length;
    return { alternatives: others, suggestion: isAsTyped ? await suggestion(query) : null };
  }

  return {
    add, open, inThisBuild, inOneBuild, isCurrent, isLatest, search, best, offers, mayOffer, documents, years, facets, counted,
    limits, mark, replaced, withWords, instead, isNarrow, QueryError, OutdatedError,
  };
})();

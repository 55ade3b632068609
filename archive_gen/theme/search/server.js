"use strict";
// Answers from the local server, `archive serve`.

var archiveServer = (function () {
  const { PAGE } = archiveElements;
  const { addressOf } = archiveIndex;
  const { ordered } = archiveDocuments;

  const ENTITIES = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&amp;": "&" };
  const plain = (html) => html.replace(/&(?:lt|gt|quot|#x27|amp);/g, (entity) => ENTITIES[entity]);

  /** The pieces of a text that came as HTML, whose only element is `mark`. */
  function piecesOf(html) {
    const marks = html.split(/<\/?mark>/).map((piece, i) => [plain(piece), i % 2 === 1]);
    return marks.filter(([piece]) => piece);
  }

  const hitOf = (root, hit) => (
    { ...hit, href: addressOf(root, hit), heading: piecesOf(hit.heading), snippet: piecesOf(hit.snippet) });

  /** The server of the site at `root`, as answers.js asks it. */
  function serverOf(root, sort) {
    let latest = "";  // the build that answered last

    async function pageOf(query, page) {
      const wanted = new URLSearchParams({ q: query, sort, limit: PAGE, page });
      const response = await fetch(root + "api/search?" + wanted);
      const answer = await response.json();
      if (!response.ok) throw new archiveSearch.QueryError(answer.text || answer.error, answer.value);
      latest = answer.build;
      return answer;
    }

    async function answered(query) {
      const first = await pageOf(query, 1);
      const { total, build, least, missing, searched } = first;

      async function hits(from, to) {
        const found = [];
        for (let start = from; start < Math.min(to, total); start += PAGE) {
          const page = start ? await pageOf(query, 1 + start / PAGE) : first;
          found.push(...page.hits);
        }
        return found.slice(0, to - from).map((hit) => hitOf(root, hit));
      }

      // In what order an object came is lost where its keys are numbers, as years are.
      const facets = Object.entries(first.facets).map(([name, counts]) => [name, ordered(Object.entries(counts))]);
      return {
        total, build, least, missing, searched, hits, meant: searched || query,
        mayOffer: first.suggestion !== null || first.alternatives.length > 0,
        years: async () => ordered(Object.entries(first.facets.years)),
        offers: async () => first,
        facets: () => Object.fromEntries(facets),
      };
    }

    return {
      ask: answered,
      first: async () => null,
      isNarrow: (word) => word.length > 1,  // of an archive of any size
      isLatest: async (build) => build === latest,
      ready: async () => {},
    };
  }

  return { serverOf };
})();

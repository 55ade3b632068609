"use strict";
// What the page knows of the documents that it shows, and of what they have in common.

var archiveDocuments = (function () {
  const { MONTHS, listed, monthOf, blockOf } = archiveCodec;
  const { load, limits } = archiveFiles;
  const { entriesFrom } = archiveShards;

  /** What the documents with these numbers show. */
  async function documents(numbers) {
    const { grains } = await load("manifest");
    return Promise.all(numbers.map(async (number) => {
      const [inside, ...documents] = await load("documents/" + blockOf(number, grains));
      const shown = documents[listed(inside).indexOf(number)];
      const [title, date, source, url, language, excerpt] = shown;
      return { title, date, source, url, language, excerpt };
    }));
  }

  /** Values with their counts, most first, as archive_gen/search/facets.py has them. */
  const ordered = (pairs) => [...pairs].filter(([, count]) => count)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));

  /** How many of the matches each keyword of a field has, most first. */
  async function counted(field, scores) {
    const keywords = await entriesFrom(field, "");
    return ordered(keywords.map(([key, [name, list]]) => [
      name || key, listed(list).filter((document) => scores.has(document)).length,
    ]));
  }

  /** How many of the matches each year has, most first. */
  async function years(scores) {
    const { first } = await load("manifest");
    const found = new Map();
    for (const document of scores.keys()) {
      const month = monthOf(document);
      if (!month) continue;
      const year = String(first + Math.floor((month - 1) / MONTHS)).padStart(4, "0");
      found.set(year, (found.get(year) || 0) + 1);
    }
    return ordered(found);
  }

  /** The same of each year, tag, source and place; null if not counted yet. */
  async function facets(scores) {
    const { documents, groups } = await load("manifest");
    // What no article has is counted at once.
    const counts = async (field) => (documents <= limits.counted || !groups[field] ? counted(field, scores) : null);
    return {
      years: await years(scores), tags: await counts("tag"), sources: await counts("source"), places: await counts("place"),
    };
  }

  return { documents, ordered, counted, years, facets };
})();

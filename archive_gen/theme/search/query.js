"use strict";
// What a query means: see archive_gen/search/query.py.

var archiveQuery = (function () {
  const { LETTER, IS_LETTER, IS_PAIRED, WILD_WORD, queryWords } = archiveWords;

  /** `text`: a sentence as it can be translated; `value` stands for its {value}. */
  class QueryError extends Error {
    constructor(text, value = "") {
      super(filled(text, value));
      Object.assign(this, { text, value });
    }
  }

  const filled = (text, value) => text.replace("{value}", () => value);

  const FIELDS = {
    tag: "tag", tags: "tag", source: "source", author: "author", authors: "author",
    place: "place", story: "story", stories: "story", term: "term", terms: "term", lang: "language", language: "language",
  };
  const OTHER_FIELDS = ["date", "before", "after", "is"];
  const SCAN = /\s*(?:(?<bracket>[()])|(?<minus>-(?=[^\s-]))|(?<part>(?:(?<field>[A-Za-z]+):(?=\S))?(?:["“”„](?<quoted>[^"“”„]*)["“”„]?|(?<word>[^\s()"“”„]+)))|(?<rest>.))/gsu;
  const BLANK = /[\x1c-\x1f\x85\ufeff]/g;  // to Python or to JavaScript, not to both
  const OPERATORS = ["AND", "OR", "NOT"];
  const JOKER = /\*|\?(?!\?*$)/;
  const FUZZY = new RegExp("^(.*[" + LETTER + "_])~([12]?)$", "su");

  // Each is looked for among all words of the archive: see query.py.
  const MOST_WIDE = 10, MOST_FUZZY = 20, NARROW = 3;

  function parse(text) {
    const node = readerOf(text).query();
    if (node) demandLittle(node);
    return node;
  }

  function demandLittle(node) {
    const found = lookedFor(node);
    const isWide = ({ kind, pattern }) => kind === "wild" && [...pattern.split(/[*?]/)[0]].length < NARROW;
    if (found.filter(isWide).length > MOST_WIDE) {
      throw new QueryError("At most {value} words may have * or ? before their third letter.", String(MOST_WIDE));
    }
    if (found.filter(({ kind }) => kind === "fuzzy").length > MOST_FUZZY) {
      throw new QueryError("At most {value} words may end in ~.", String(MOST_FUZZY));
    }
  }

  /** What a node is made of, also what is excluded. */
  const lookedFor = (node) => (
    node.kind === "not" ? lookedFor(node.part) : ["all", "any"].includes(node.kind) ? node.parts.flatMap(lookedFor) : [node]);

  /** The conditions of a query that all must hold, each once, as { text, node }: see query.py. */
  function partsOf(text) {
    return readerOf(text).parts();
  }

  function readerOf(typed) {
    const text = typed.replace(BLANK, " ");
    if ([...text].length > 1000) throw new QueryError("The query is longer than {value} characters.", "1000");
    const found = [...text.matchAll(SCAN)].filter((m) => m[0].trim());
    const pieces = found.map((m) => m.groups);
    let next = 0, depth = 0;

    const closes = (piece) => piece.bracket === ")" && depth > 0;
    const isNext = (word) => pieces[next]?.word === word && !pieces[next].field;
    const take = (word) => {
      if (!isNext(word)) return false;
      next++;
      return true;
    };
    const read = (rule) => {
      const start = next, node = rule();
      return { text: found.slice(start, next).map((m) => m[0]).join("").trim(), node };
    };

    function parts() {
      const all = new Map();
      while (next < pieces.length) {
        const start = next;
        let some = [read(signed)];
        while (take("AND")) some.push(read(signed));
        if (isNext("OR")) {  // it binds what was taken apart
          next = start;
          some = [read(choice)];
        }
        for (const part of some) if (part.node) all.set(part.text, part);
      }
      return [...all.values()];
    }

    function query() {
      const parts = [];
      while (next < pieces.length && !closes(pieces[next])) parts.push(choice());
      return joined("all", parts);
    }
    function choice() {
      const parts = [both()];
      while (take("OR")) parts.push(both());
      return joined("any", parts);
    }
    function both() {
      const parts = [signed()];
      while (take("AND")) parts.push(signed());
      return joined("all", parts);
    }
    function signed() {
      const piece = pieces[next];
      if (!piece || closes(piece)) return null;
      next++;
      const operator = piece.field ? undefined : piece.word;
      if (piece.minus || operator === "NOT") {
        const part = signed();
        return part && { kind: "not", part };
      }
      if (piece.bracket === "(") return bracketed();
      return piece.part && operator !== "AND" && operator !== "OR" ? part(piece) : null;
    }
    function bracketed() {
      if (++depth > 20) throw new QueryError("The query has too many brackets inside each other.");
      const inner = query();
      depth--;
      if (next < pieces.length && pieces[next].bracket === ")") next++;
      return inner;
    }
    return { query, parts };
  }

  function joined(kind, parts) {
    const found = parts.filter(Boolean);
    return found.length > 1 ? { kind, parts: found } : found[0] || null;
  }

  function part(piece) {
    const field = (piece.field || "").toLowerCase();
    const exact = piece.quoted !== undefined;
    const value = exact ? piece.quoted : piece.word;
    if (field === "date") return dates(value);
    if (field === "before" || field === "after") {
      const period = periodOf(value);
      const range = field === "before" ? { first: "", last: period } : { first: period, last: "" };
      const itself = { kind: "dates", first: period, last: period };
      return { kind: "all", parts: [{ kind: "dates", ...range }, { kind: "not", part: itself }] };
    }
    if (field === "is") {
      if (value.toLowerCase() === "undated") return { kind: "undated" };
      throw new QueryError("'is:{value}' is not known; is:undated finds articles without a date.", value);
    }
    if (Object.hasOwn(FIELDS, field)) {
      return value.trim() ? { kind: "keyword", field: FIELDS[field], value } : null;
    }
    if (field === "title") return words(value, exact, true);
    if (!field) return words(value, exact, false);
    return exact ? joined("all", [words(piece.field, false, false), words(value, true, false)]) : words(piece.field + ":" + value, false, false);
  }

  function words(value, exact, title) {
    const fuzzy = exact ? null : FUZZY.exec(value);
    if (fuzzy) return { kind: "fuzzy", word: fuzzy[1], edits: Number(fuzzy[2] || 1), title };
    if (!exact && JOKER.test(value)) return wild(value, title);
    return IS_LETTER.test(value) ? { kind: "text", text: value, exact, title } : null;
  }

  function wild(value, title) {
    if (/^\**$/.test(value)) return { kind: "all", parts: [] };
    const parts = [];
    for (const [found] of value.matchAll(WILD_WORD)) {
      const plain = found.replace(/^[*?]+|[*?]+$/g, "");
      const word = [...plain].length > 2 && IS_PAIRED.test(plain) ? plain : found;
      if (!plain) continue;
      if (/[*?]/.test(word)) parts.push({ kind: "wild", pattern: word, title });
      else parts.push({ kind: "text", text: word, exact: false, title });
    }
    return joined("all", parts);
  }

  function dates(value) {
    const dots = value.indexOf("..");
    if (dots < 0) return { kind: "dates", first: periodOf(value), last: periodOf(value) };
    const [first, last] = [value.slice(0, dots), value.slice(dots + 2)].map((period) => period && periodOf(period));
    if (!first && !last) {
      throw new QueryError("A range of dates needs a beginning or an end, like date:2015..2016-02.");
    }
    if (last && last + "~" < first) {
      throw new QueryError("The range {value} ends before it begins.", first + ".." + last);
    }
    return { kind: "dates", first, last };
  }

  const POINT = /^(\d{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)? ?(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?[~?%]?$/;

  /** The period of a date or of an interval, as archive_gen/dates.py has it. */
  function periodOf(value) {
    const [start, end, ...more] = value.split("/").map(pointOf);
    const isInterval = end !== undefined;
    if (!start || more.length || (isInterval && (!end || lastDay(end) < firstDay(start)))) {
      throw new QueryError("'{value}' is not a date; write dates like 2015, 2015-10 or 2015-10-07.", value);
    }
    return isInterval ? shared(start.join("-"), end.join("-")) : start.join("-");
  }

  /** [year, month, day], as far as a date names them; null if it is none, or there is no such day or time. */
  function pointOf(text) {
    const found = POINT.exec(text.trim());
    if (!found) return null;
    const [year, month, day, hour, minute, second] = found.slice(1).map((part) => (part === "XX" ? undefined : part));
    const isDay = Number(year) > 0 && (month || !day) && (!month || (month >= 1 && month <= 12)) &&
      (!day || (day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()));
    const isTime = !hour || (day && hour < 24 && minute < 60 && !(second > 59));
    return isDay && isTime ? [year, month, day].filter(Boolean) : null;
  }

  const firstDay = ([year, month = "01", day = "01"]) => [year, month, day].join("-");
  const lastDay = ([year, month = "12", day = "31"]) => [year, month, day].join("-");

  /** The finest period that holds two, else the year of the first. */
  function shared(first, last) {
    const isSame = (n) => first.length >= n && last.length >= n && first.slice(0, n) === last.slice(0, n);
    return first.slice(0, [10, 7, 4].find(isSame) || 4);
  }

  /** `text` with what `change` makes of each part that is looked for as plain words: see query.py. */
  const withWords = (text, change) => text.replace(SCAN, (piece, ...found) => {
    const { field, quoted, word } = found[found.length - 1];
    const value = quoted ?? word, name = (field || "").toLowerCase();
    if (!value || OTHER_FIELDS.includes(name) || Object.hasOwn(FIELDS, name)) return piece;
    if (word !== undefined && (isOperator(word) || FUZZY.test(word) || JOKER.test(word))) return piece;
    const place = piece.lastIndexOf(value);
    return piece.slice(0, place) + change(value) + piece.slice(place + value.length);
  });

  const isWord = (node) => ["text", "wild", "fuzzy"].includes(node.kind);
  const isOperator = (word) => OPERATORS.includes(word);

  /** The words of a query that asks for nothing but words; none if it is another. */
  function plainWords(node) {
    const parts = node?.kind === "all" ? node.parts : [node];
    const words = parts.map((part) => (part?.kind === "text" && !part.exact && !part.title ? queryWords(part.text) : []));
    return words.every((found) => found.length === 1) ? words.map(([[, word]]) => word) : [];
  }

  return { QueryError, filled, parse, partsOf, withWords, isWord, isOperator, plainWords };
})();

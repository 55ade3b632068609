"use strict";
// The terms that words mean, and their lists: see page/terms.py and page/cuts.py in archive_gen/search/.

var archiveTerms = (function () {
  const { IS_PAIRED, keyword } = archiveWords;
  const { QueryError } = archiveQuery;
  const { listed } = archiveCodec;
  const { load, ofThisBuild } = archiveFiles;
  const { placeOf, lookUp, entriesFrom, entriesOf, placesOfWord, isNarrow } = archiveShards;
  const { near, wordsLike } = archiveLexicon;

  /** Words that no article has → those looked for instead, in this visit. */
  const instead = ofThisBuild(new Map());

  const head = (word, digit) => [...word].slice(0, parseInt(digit, 36)).join("");

  function termOf(word, language, stem, list, place) {
    const root = language + ":" + (stem ? head(word, stem[0]) + stem.slice(1) : word);
    return { word, root, list, place };
  }

  function ownTerms(word, entry) {
    if (entry[0] === ";") return [];
    return entry.slice(0, entry.indexOf(";")).split("|").map((text, place) => {
      const [language, stem, list] = text.split(":");
      return termOf(word, language, stem, list, place);
    });
  }

  /** Whether a key is one letter of a script that is searched by pairs of them. */
  const isHalf = (word) => [...word].length === 1 && IS_PAIRED.test(word);

  /** The terms that a word's key means: itself, and without `exact` its families. */
  async function termsOf(word, exact) {
    if (isHalf(word)) return termsLike(word, () => true);
    const entry = await lookUp("terms", word);
    if (entry === undefined) return exact ? [] : termsOfUnknown(word);
    const own = ownTerms(word, entry);
    if (exact) return own;
    const found = await Promise.all(relativesOf(word, entry, own).map(async (other) => (
      ownTerms(other.word, await lookUp("terms", other.word)).filter((term) => term.root === other.root))));
    return own.concat(...found);
  }

  /** The other words of a word's families, each with its root. */
  function relativesOf(word, entry, own) {
    const texts = entry.slice(entry.indexOf(";") + 1).split(",").filter(Boolean);
    return texts.map((text) => {
      const [code, language, stem] = text.split(":");
      const other = head(word, code[0]) + code.slice(1);
      return { word: other, root: language === undefined ? own[0].root : termOf(other, language, stem).root };
    });
  }

  /** The same terms; those without a list are of families of which the word's own term tells that they are common. */
  async function termsOfCommon(word) {
    if (isHalf(word)) return termsOf(word, false);
    const entry = await lookUp("terms", word);
    const own = entry === undefined ? [] : ownTerms(word, entry);
    const roots = own.filter(isCut).map(({ root }) => root);
    const others = own.length ? relativesOf(word, entry, own) : [];
    return roots.length && others.every(({ root }) => roots.includes(root)) ? [...own, ...others] : termsOf(word, false);
  }

  /** For a word that no article has: those of which it is a form. */
  async function termsOfUnknown(word) {
    const found = await termsOfGerman(word);
    return found.length ? found : termsOfBeginning(word);
  }

  /** German is typed without its umlauts, too, as in "bruecke"; its stemmer takes no notice. */
  async function termsOfGerman(word) {
    const printed = word.replace(/qu|([aou])e/g, (all, letter) => letter || all);
    if (printed === word) return [];
    const isKnown = await lookUp("terms", printed) !== undefined;
    const found = await (isKnown ? termsOf(printed, false) : termsOfBeginning(printed));
    return found.filter(({ root }) => root.startsWith("de:"));
  }

  const SHORTEST = 3;  // letters of a word with an ending; stemmers treat such a word as short

  /** For a form that no article has: the longest word of the archive that it may be a form of, in the languages where it may. */
  async function termsOfBeginning(word) {
    const letters = [...word], { endings } = await load("manifest");
    for (let length = letters.length - 1; length >= Math.max(SHORTEST, letters.length - 3); length--) {
      const shorter = letters.slice(0, length).join("");
      const languages = Object.keys(endings).filter((language) => isForm(letters, length, endings[language]));
      const begun = languages.length ? await wordBegunBy(shorter, languages) : null;
      const found = begun ? (await termsOf(begun, false)).filter(({ root }) => languages.includes(root.split(":")[0])) : [];
      if (!found.length) continue;
      instead.set(word, begun);
      return found;
    }
    return [];
  }

  /** A word itself; if no article has it, one of which it is the stem in one of these languages, or null. */
  async function wordBegunBy(shorter, languages) {
    if (await lookUp("terms", shorter) !== undefined) return shorter;
    const stems = languages.map((language) => language + ":" + shorter);
    const terms = await isNarrow(shorter) ? await termsLike(shorter, () => true) : [];
    return terms.find(({ root }) => stems.includes(root))?.word || null;
  }

  /** Whether a word may be a form of its first letters in a language with these endings: see page/endings.py. */
  function isForm(letters, length, [any, short]) {
    const last = letters[length - 1], rest = letters.slice(length);
    if (length > SHORTEST) return isEnding(rest, last, new Set(any.split(" ")));
    return short.split(" ").some((pair) => pair.startsWith(rest.join("") + ":") && pair.includes(last, rest.length + 1));
  }

  /** Whether words end in these letters, perhaps with one more, or in two endings. */
  function isEnding([letter, ...more], before, endings) {
    const rest = more.join("");
    return [letter + rest, before + letter + rest].some((text) => endings.has(text))
      || endings.has(letter) && endings.has(rest);
  }

  const termsIn = (entries) => entries.flatMap(([word, entry]) => ownTerms(word, entry));

  async function termsLike(prefix, test) {
    return termsIn((await entriesFrom("terms", prefix)).filter(([word]) => test(word)));
  }

  function wildcard(pattern) {
    const plain = keyword(pattern);
    const source = plain.replace(/[\\^$.|+()[\]{}]/g, "\\$&").replace(/\*/g, ".*").replace(/\?/g, ".");
    const expression = new RegExp("^" + source + "$", "su");
    return { prefix: plain.split(/[*?]/)[0], test: (word) => expression.test(word) };
  }

  const tooLike = ({ word }) => new QueryError("Too many words are spelt almost like this: search for {value}.", word + "~");

  async function nodeTerms(node) {
    if (node.kind === "fuzzy") {
      const found = await near(keyword(node.word), node.edits);
      return termsIn(await entriesOf("terms", found.map(({ word }) => word), node.edits > 1 ? () => tooLike(node) : undefined));
    }
    const { prefix, test } = wildcard(node.pattern);
    if (prefix) return termsLike(prefix, test);
    const least = [...keyword(node.pattern).replace(/\*/g, "")].length, isLonger = node.pattern.includes("*");
    const found = await wordsLike((length) => (isLonger ? length >= least : length === least), test);
    return termsIn(await entriesOf("terms", found));
  }

  /** The first document that each piece of a term's list may have, if it is cut: see page/cuts.py. */
  async function startsOf({ list }) {
    const { cuts } = await load("manifest");
    return listed(cuts[Number(list.slice(1))]);
  }

  /** The name of each piece. */
  async function piecesOf(term) {
    return (await startsOf(term)).map((_, piece) => "common/" + fileName(term.word) + "-" + term.place + "-" + piece);
  }

  /** The names of those in which some of these documents may be. */
  async function piecesWith(term, documents) {
    const starts = await startsOf(term), found = new Set();
    for (const document of documents) {
      found.add(placeOf(starts, document));
      if (found.size === starts.length) break;
    }
    return (await piecesOf(term)).filter((_, piece) => found.has(piece));
  }

  /** The name that the files of a family have in a folder. */
  function familyName(root) {
    const [language, stem] = root.split(":");
    return language + "-" + fileName(stem);
  }

  function fileName(text) {
    const units = text.split("").map((unit) => unit.charCodeAt(0).toString(16).padStart(4, "0"));
    return /^[a-z0-9]+$/.test(text) ? "w-" + text : "x-" + units.join("");
  }

  const isCut = (term) => term.list?.[0] === "*";

  /** The list of a term: a text, or one for each piece. */
  async function listsOf(term) {
    return isCut(term) ? Promise.all((await piecesOf(term)).map(load)) : [term.list];
  }

  /** Those of these lists that may have some of the documents, each with where the term stands in its own. */
  async function placedLists(term, documents) {
    if (!isCut(term)) return [[term.list, (await placesOfWord(term.word)).split("|")[term.place]]];
    const names = await piecesWith(term, documents);
    return Promise.all(names.map((name) => Promise.all([load(name), load(name + "-places")])));
  }

  /** Language → the terms of a word in it; null if two families are, as an article may have both. */
  function familiesOf(terms) {
    const found = new Map();
    for (const term of terms) {
      const [language] = term.root.split(":");
      const family = found.get(language) || [];
      if (family.length && family[0].root !== term.root) return null;
      found.set(language, [...family, term]);
    }
    return found;
  }

  return {
    instead, termsOf, termsOfCommon, nodeTerms, wildcard, familiesOf, familyName,
    isCut, piecesOf, piecesWith, listsOf, placedLists,
  };
})();

"use strict";
// How texts become words: see archive_gen/search/analysis.py. Stemming needs no code here: each word of the
// archive names the other words of its families.

var archiveWords = (function () {
  const INNER = "\\u00ad\\u200c\\u200d\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2" +
    "\\u05c4\\u05c5\\u05c7\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e8" +
    "\\u06ea-\\u06ed\\u0900-\\u0963\\u0966-\\u0dff\\u0e31\\u0e34-\\u0e3a\\u0e47-\\u0e4e\\u0eb1-\\u0ebc" +
    "\\u0ec8-\\u0ecd\\u0f71-\\u0f84\\u102b-\\u103e\\u17b4-\\u17d3";
  const PAIRED = "\\u0e00-\\u0e4f\\u0e5a-\\u0ecf\\u0eda-\\u0eff\\u1000-\\u103f\\u104a-\\u109f\\u1780-\\u17df" +
    "\\u17ea-\\u17ff\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff" +
    "\\u{20000}-\\u{3ffff}";
  const LETTER = "\\p{L}\\p{N}";
  const WORD = new RegExp("[" + LETTER + "][" + LETTER + "_" + INNER + "]*(?:['’][sS](?![" + LETTER + "_]))?", "gu");
  const WILD_WORD = new RegExp("[" + LETTER + "_*?" + INNER + "]+", "gu");
  const PART = new RegExp("([" + PAIRED + "]+)|(?:(?![" + PAIRED + "_])[" + LETTER + INNER + "])+", "gu");
  const INVISIBLE = /[\u00ad\u0640\u200c\u200d\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;
  const IS_PAIRED = new RegExp("^[" + PAIRED + "]", "u");
  const IS_LETTER = new RegExp("[" + LETTER + "]", "u");
  const UNIFIED = { "ß": "ss", "ς": "σ" };
  const PLAIN = {
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه",
  };

  const FOLDED = new RegExp("[æœøłđðþıٱىیکة٠-٩۰-۹०-९০-৯੦-੯૦-૯୦-୯௦-௯౦-౯೦-೯൦-൯๐-๙໐-໙၀-၉០-៩" +
    "\u1210-\u1216\u1220-\u1226\u1280-\u1286\u12d0-\u12d6\u1340-\u1346]", "g");
  /** Letters of Amharic that sound as others do, the first of seven → how far away those are. */
  const HOMOPHONES = { 0x1210: -16, 0x1280: -128, 0x1220: 16, 0x12d0: -48, 0x1340: -8 };

  function plainOf(letter) {
    if (letter in PLAIN) return PLAIN[letter];
    const code = letter.codePointAt(0);
    const away = HOMOPHONES[code & ~7];
    if (away) return String.fromCodePoint(code + away);
    return String((code - (code < 0x900 || code >= 0xe50 ? 0 : 6)) & 15);  // a digit
  }

  const flat = (text) => text.normalize("NFKC").toLowerCase().replace(/[ßς]/g, (c) => UNIFIED[c]);

  function keyOf(word) {
    const plain = word.normalize("NFD").replace(/[\u0300-\u036f\u0653-\u0655\u093c]/g, "");
    return plain.replace(FOLDED, plainOf).normalize("NFC");
  }

  const keyword = (text) => keyOf(flat(text).replace(INVISIBLE, "")).split(/\s+/).filter(Boolean).join(" ");

  /** The keys of the words in a run of letters, a list for each run of one kind of script. */
  function runsOf(raw) {
    const parted = raw.replace(/['’][sS]$/, "").replace(/([\u0600-\u06ff])\u200c/g, "$1_");
    const text = flat(parted.normalize("NFKC").replace(INVISIBLE, ""));
    const runs = [];
    for (const [part, paired] of text.matchAll(PART)) {
      const letters = [...part];
      if (paired) runs.push(letters.map((letter, i) => keyOf(letter + (letters[i + 1] || ""))));
      else if (IS_LETTER.test(part)) runs.push([keyOf(letters.slice(0, 64).join(""))]);
    }
    return runs;
  }

  /** The words to look for as [distance from the first, key]. */
  function queryWords(text) {
    const found = [];
    let place = 0;
    for (const [raw] of text.matchAll(WORD)) {
      for (const run of runsOf(raw)) {
        const pairs = run.length > 1 ? run.slice(0, -1) : run;
        pairs.forEach((word, i) => found.push([place + i, word]));
        place += run.length;
      }
    }
    return found;
  }

  /** Where `wanted` words are in a text, and which: [from, to, keys]. */
  function hits(text, wanted) {
    const known = new Map(), found = [];
    for (const { 0: raw, index } of text.matchAll(WORD)) {
      if (!known.has(raw)) known.set(raw, foundIn(raw, wanted));
      const hit = known.get(raw);
      if (hit) found.push([index + hit.from, index + hit.to, hit.keys]);
    }
    return found;
  }

  /** The part of a run of letters to mark; null if no word of it is wanted. */
  function foundIn(raw, wanted) {
    const keys = runsOf(raw).flat(), letters = [...raw];
    const places = [...keys.keys()].filter((place) => wanted.has(keys[place]));
    if (!places.length) return null;
    const found = places.map((place) => keys[place]);
    if (keys.length < 2 || keys.length !== letters.length) return { from: 0, to: raw.length, keys: found };
    const first = places[0], last = places[places.length - 1];  // paired characters: those alone
    const from = letters.slice(0, first).join("").length, to = letters.slice(0, last + [...keys[last]].length).join("").length;
    return { from, to, keys: found };
  }

  /** `text` as pieces [text, whether it is one of the `wanted` words]. */
  function mark(text, wanted) {
    const pieces = [];
    let done = 0;
    for (const [from, to] of hits(text, wanted)) {
      pieces.push([text.slice(done, from), false], [text.slice(from, to), true]);
      done = to;
    }
    pieces.push([text.slice(done), false]);
    return pieces.filter(([piece]) => piece);
  }

  /** `text` with other words in place of those for whose keys `otherOf` knows some. */
  function replaced(text, otherOf) {
    return text.replace(WORD, (raw) => {
      const [key, ...more] = runsOf(raw).flat();
      return more.length ? raw : otherOf(key) ?? raw;
    });
  }

  return { LETTER, IS_LETTER, IS_PAIRED, WORD, WILD_WORD, keyword, runsOf, queryWords, hits, mark, replaced };
})();

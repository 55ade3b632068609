"use strict";
// Where the sentences of a text end, and how it stands on one line: see archive_gen/search/sentences.py.

var archiveSentences = (function () {
  const { keyword } = archiveWords;

  const CLOSING = "\"'”’“‘»«›‹)\\]）」』】》";
  const ALWAYS = "。！？｡।॥۔؟።፧።។៕";
  // It looks at nothing behind it: browsers learned that late, and a script with it is nothing to the others.
  const MARK = new RegExp(
    "\\n|([.!?…]+)(?:[" + CLOSING + "]+(?![" + CLOSING + "])|[ \u202f]»)?(?=\\s|$|[\u2e80-\u9fff])"
    + "|[" + ALWAYS + "]+(?![" + ALWAYS + "])[" + CLOSING + "]*(?![" + CLOSING + "とて、，])|;", "g");
  const BEFORE_NEXT = /[\s"'“”‘’„‚«»‹›(\[¿¡—–-]*/y;
  const LAST_WORD = /[^\s."'“”‘’„‚«»(\[/–—-]+$/;
  const LONGEST = 20;
  const VOWELLESS = /^[b-df-hj-np-tv-xzбвгджзйклмнпрстфхцчшщъьґђћљњџ]+$/;
  const SHORTENED = new Set((
    "abg adm art av avv blvd ca capt co col corp doc dott dra drs evtl fig gen gov hon inc ing insp"
    + " inz mevr mio napr nos op pag pres prof rep rev sen sept sig sra srta supt tp tys ul univ vol"
    + " акад вул им проф руб тел тыс ул डॉ प्रो मो ডা মো").split(" "));
  const SHORT_BEFORE_NUMBER = 4, SHORT_NUMBER = 2;
  const IS_GREEK = /[\u0370-\u03ff\u1f00-\u1fff]/, IS_SMALL = /^\p{Lowercase}/u, IS_DIGIT = /^\p{Nd}/u, IS_NUMBER = /^\p{Nd}+$/u;
  const ENDED = new RegExp("(?:[\\s.!?…:;,–—" + ALWAYS + "，、：；]|[.!?…" + ALWAYS + "][" + CLOSING + "])$");

  /** From where to where each sentence goes, in order; between them is space. */
  function* sentences(text) {
    let start = 0;
    for (const mark of [...text.matchAll(MARK), null]) {
      if (mark && !isEnd(text, mark)) continue;
      const end = mark ? mark.index + mark[0].length : text.length;
      const passage = text.slice(start, end);
      if (passage.trim()) yield [end - passage.trimStart().length, start + passage.trimEnd().length];
      start = end;
    }
  }

  function isEnd(text, mark) {
    if (mark[0] === ";") return IS_GREEK.test(text.charAt(mark.index - 1));  // its question mark
    if (mark[1] === undefined) return true;
    BEFORE_NEXT.lastIndex = mark.index + mark[0].length;
    BEFORE_NEXT.exec(text);
    const following = text.slice(BEFORE_NEXT.lastIndex, BEFORE_NEXT.lastIndex + 2);
    if (IS_SMALL.test(following)) return false;
    if (mark[1] !== ".") return true;
    const before = text.slice(Math.max(0, mark.index - LONGEST), mark.index);
    const word = LAST_WORD.exec(before);
    return !(word && mayBeShort(word[0], before.charAt(word.index - 1), IS_DIGIT.test(following)));
  }

  /** Whether the stop behind a word may be of an abbreviation, an initial or an ordinal. */
  function mayBeShort(word, before, isBeforeNumber) {
    if (IS_NUMBER.test(word)) return word.length <= SHORT_NUMBER || isBeforeNumber;
    if (word.length === 1 || before === ".") return true;
    if (isBeforeNumber) return word.length <= SHORT_BEFORE_NUMBER;
    const key = keyword(word), isUpper = word === word.toUpperCase() && word !== word.toLowerCase();
    return SHORTENED.has(key) || !isUpper && VOWELLESS.test(key);
  }

  /** A part of `text` on one line: a dot parts blocks that no sign of theirs does. */
  function oneLine(text, start, end) {
    const isEdge = (at) => at > 0 && !ENDED.test(text.slice(Math.max(0, at - 2), at));
    const parted = text.slice(start, end).replace(/\n/g, (line, at) => (isEdge(start + at) ? " ·\n" : line));
    return parted.replace(/\s+/g, " ");
  }

  return { sentences, oneLine };
})();

"use strict";
// All words of the archive, by their length: see page/words.py in archive_gen/search/.

var archiveLexicon = (function () {
  const { VALUES } = archiveCodec;
  const { load } = archiveFiles;

  /** The files of words of some lengths, each with its length. */
  async function filesOf(isWanted) {
    const { lengths } = await load("manifest");
    return Promise.all(lengths.filter(isWanted).map(async (length) => [length, ...await load("words/" + length)]));
  }

  /** `take` gets the letters of each word, with how many of them it begins like the one before, and its mark. */
  function read([length, text, marks], take) {
    const pieces = [...text], letters = [];
    for (let at = 0, n = 0; at < pieces.length; n++) {
      const shared = VALUES[pieces[at++].charCodeAt(0)];
      for (let place = shared; place < length; place++) letters[place] = pieces[at++];
      take(letters, shared, VALUES[marks.charCodeAt(n)]);
    }
  }

  const known = (letters, mark) => ({ word: letters.join(""), commonness: mark >> 1, inTitle: Boolean(mark & 1) });

  /** The words that are at most `edits` slips away, the word itself among them: { word, commonness, inTitle }. */
  async function near(word, edits) {
    const wanted = [...word], found = [];
    for (const file of await filesOf((length) => Math.abs(length - wanted.length) <= edits)) {
      const [length] = file;
      const rows = [Array.from({ length: wanted.length + 1 }, (_, i) => i)];
      read(file, (letters, shared, mark) => {
        for (let row = shared; row < length; row++) rows[row + 1] = nextRow(rows, row, letters, wanted);
        if (rows[length][wanted.length] <= edits) found.push(known(letters, mark));
      });
    }
    return found;
  }

  /** A row more of the restricted Damerau-Levenshtein distance; words that begin alike share the rows above. */
  function nextRow(rows, row, letters, wanted) {
    const above = rows[row], before = rows[row - 1], letter = letters[row], here = [row + 1];
    for (let i = 0; i < wanted.length; i++) {
      let cost = Math.min(above[i + 1] + 1, here[i] + 1, above[i] + (letter !== wanted[i]));
      if (row && i && letter === wanted[i - 1] && letters[row - 1] === wanted[i]) cost = Math.min(cost, before[i - 1] + 1);
      here.push(cost);
    }
    return here;
  }

  /** The words of some lengths that pass a test. */
  async function wordsLike(isWanted, test) {
    const found = [];
    for (const file of await filesOf(isWanted)) {
      read(file, (letters) => {
        const word = letters.join("");
        if (test(word)) found.push(word);
      });
    }
    return found;
  }

  /** The class of how many articles have exactly this word. */
  async function commonnessOf(word) {
    let found = 0;
    for (const file of await filesOf((length) => length === [...word].length)) {
      read(file, (letters, _, mark) => { if (letters.join("") === word) found = mark >> 1; });
    }
    return found;
  }

  return { near, wordsLike, commonnessOf };
})();

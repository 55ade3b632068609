"use strict";
// Search in the page, without a server: the engine; what answers somebody who types; the search page.
// One file, because an archive's own search.html names one.
//
// The engine mirrors archive_gen/search/ (analysis, query, matching, scoring) over the files that
// browser.py makes: same query, same articles, same order. Files come as script elements, because
// a page that was opened from a disk may not fetch. Stemming needs no code here: each word of the
// archive names the other words of its families.

var archiveSearch = (function () {
  // ---- files -------------------------------------------------------------------------------

  let root = "";
  const loaded = new Map();
  const takers = new WeakMap();  // script → what takes its value

  function add(name, value) {
    takers.get(document.currentScript)?.(value);
  }

  /** What a file hands over. Whatever `query` is, the file is the same; a cache takes it for another one. */
  function given(name, query) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      takers.set(script, resolve);
      script.src = root + "search/" + name + ".js" + query;
      script.onload = script.onerror = () => {
        script.remove();
        reject(new Error("A part of the search index can't be loaded: " + name));  // in vain where it came
      };
      document.head.append(script);
    });
  }

  /** A file of the build. A cache may know that there was none for a moment: then not from there. */
  function fileOf(edition, name) {
    return given(name, edition).catch(() => given(name, edition + "-" + Date.now()));
  }

  function load(name) {
    if (!loaded.has(name)) {
      const file = name === "manifest" ? firstManifest() : fileOf(edition, name);
      loaded.set(name, file);
      file.catch(() => { if (loaded.get(name) === file) loaded.delete(name); });
    }
    return loaded.get(name);
  }

  // ---- the build that the files are of -------------------------------------------------------

  // A cache may have files of another build, and a page may stay open while one is published: what is read of
  // two builds says nothing true. So the manifest has an address that no cache knows, and all other files
  // have addresses of its build. Now and then, when somebody comes back to the page, and where a file is not as
  // it should be, it is loaded anew.
  const FORMAT = 12;  // of the index: see version.py
  let edition = "";  // behind the addresses of all other files: ? and the build
  let checked = 0, checking = null;

  class OutdatedError extends Error {}

  const lookAgain = () => { checked = 0; };
  addEventListener("pageshow", (event) => { if (event.persisted) lookAgain(); });
  addEventListener("focus", lookAgain);
  document.addEventListener("visibilitychange", lookAgain);

  function manifestNow() {
    checked = Date.now();
    return given("manifest", "?" + checked);
  }

  async function firstManifest() {
    const manifest = await manifestNow();
    if (manifest.format !== FORMAT) throw new OutdatedError("The index is of another version: load the page anew.");
    edition = "?" + manifest.build;
    return manifest;
  }

  /** Look for another build: the manifest that is there now, undefined if it can't be had. */
  function renew() {
    checking ||= renewed().catch(() => undefined).finally(() => { checking = null; });
    return checking;
  }

  async function renewed() {
    if (!loaded.has("manifest")) return undefined;
    const before = await load("manifest");
    const now = await manifestNow();
    if (now.build !== before.build) goOverTo(now, "?" + now.build);
    return now;
  }

  /** Forget all that was loaded; whoever still waits for some of it sees that `edition` is another. */
  function goOverTo(manifest, next) {
    for (const known of [loaded, kept, instead]) known.clear();
    edition = next;
    if (manifest.format === FORMAT) loaded.set("manifest", Promise.resolve(manifest));  // else it is asked for, and told
  }

  /** The build that answers now. Whether another is there is looked for beside it: `isLatest` tells. */
  async function editionNow() {
    await load("manifest");
    if (Date.now() - checked > limits.checked) renew();
    return edition;
  }

  /** What `work` finds, all of it in one build; null where another one comes meanwhile. */
  async function inThisBuild(work) {
    const then = await editionNow();
    const found = await work();
    return edition === then ? found : null;
  }

  let forgotten = -Infinity;  // when files were taken for wrong

  /** The same; where builds come too fast, what it found last. */
  async function inOneBuild(work) {
    for (let tries = 3; ; tries--) {
      let then = edition;
      try {
        then = await editionNow();
        const found = await work();
        if (edition === then || tries <= 1) return found;
      } catch (error) {
        if (error instanceof QueryError || error instanceof OutdatedError) throw error;
        const manifest = await renew();
        if (manifest && edition === then && Date.now() - forgotten > limits.checked) {
          // A cache may have files of a moment in which a build was published: not from there, and not each time.
          forgotten = Date.now();
          goOverTo(manifest, "?" + manifest.build + "-" + forgotten);
          tries--;
        }
        if (edition === then || tries <= 1) throw error;
      }
    }
  }

  function shardName(key) {
    return /^[a-z0-9]{1,24}$/.test(key) ? "w-" + key : "x-" + numberOf(key).toString(16).padStart(8, "0");
  }

  function numberOf(text) {
    let number = 2166136261;
    for (let i = 0; i < text.length; i++) {
      number = Math.imul(number ^ text.charCodeAt(i), 16777619) >>> 0;
    }
    return number;
  }

  /** The place of the shard in which `key` would stand; -1 before all of them. */
  function shardOf(firsts, key) {
    let low = 0, high = firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= key) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  const firstsIn = new WeakMap();

  /** The first key of each shard of a group: see page_manifest.py. */
  async function firstsOf(group) {
    const { groups } = await load("manifest");
    const known = firstsIn.get(groups) || {};
    firstsIn.set(groups, known);
    return known[group] ||= keysIn(groups[group]);
  }

  function keysIn(text) {
    let before = "";
    return [...text.matchAll(/([A-Z])([^A-Z]*)/g)].map(([, count, rest]) => {
      const shared = count.charCodeAt(0) - 65;
      return before = (shared ? [...before].slice(0, shared).join("") : "") + rest;
    });
  }

  async function lookUp(group, key) {
    const firsts = await firstsOf(group);
    const place = shardOf(firsts, key);
    if (place < 0) return undefined;
    const shard = await load(group + "/" + shardName(firsts[place]));
    if (!shard.has(firsts[place])) throw new Error("A part of the search index is of another build: " + group);
    return shard.get(key);
  }

  const MOST_SHARDS = 64;

  /** Where the keys stand that begin with `prefix`: the first keys of all shards, and which ones. */
  async function span(group, prefix) {
    const firsts = await firstsOf(group);
    return { firsts, first: Math.max(0, shardOf(firsts, prefix)), last: shardOf(firsts, prefix + "\uffff") };
  }

  async function entriesFrom(group, prefix) {
    const { firsts, first, last } = await span(group, prefix);
    if (last - first >= MOST_SHARDS) {
      throw new QueryError("This would look through too much of the index: type more letters.");
    }
    const names = firsts.slice(first, last + 1).map((key) => group + "/" + shardName(key));
    const shards = await Promise.all(names.map(load));
    return shards.flatMap((shard) => [...shard]).filter(([key]) => key.startsWith(prefix));
  }

  // ---- numbers in text: see browser.py -----------------------------------------------------

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUES = new Uint8Array(128);
  for (let i = 0; i < 64; i++) VALUES[DIGITS.charCodeAt(i)] = i;

  class Numbers {
    constructor(text, at = 0) { this.text = text; this.at = at; }
    get more() { return this.at < this.text.length; }
    digit() { return VALUES[this.text.charCodeAt(this.at++)]; }
    varint() {
      let number = 0, scale = 1, digit;
      do {
        digit = this.digit();
        number += (digit & 31) * scale;
        scale *= 32;
      } while (digit > 31);
      return number;
    }
    /** One digit for what is commonest, else a high and a low one, perhaps behind a last digit. */
    posting() {
      const digit = this.digit();
      if (digit < 48) return ((digit >> 4) + 1) * 32 + (digit & 15) * 2;
      return (digit < 63 ? digit - 48 : this.digit()) * 64 + this.digit();
    }
  }

  /** Bits as digits of six, from one of the digits on: see rice.py. */
  class Bits {
    constructor(text, start) {
      // For each digit the 32 bits that begin with it: the next bits are there at once, wherever one is.
      const behind = 5;  // so many digits later all of them are known
      this.windows = new Uint32Array(text.length - start + behind);
      this.at = 0;
      for (let i = start, before = 0; i < text.length + behind; i++) {
        const digit = i < text.length ? VALUES[text.charCodeAt(i)] : 0;
        if (i >= start + behind) this.windows[i - start - behind] = before << 2 | digit >> 4;
        before = before << 6 | digit;
      }
    }
    /** The next bits, the first of them highest: 27 at least, then zeros. */
    ahead() {
      const digit = this.at / 6 | 0;  // faster than Math.floor
      return this.windows[digit] << this.at - 6 * digit;
    }
    plain(count) {
      const ahead = this.ahead();
      this.at += count;
      return ahead >>> 1 >>> 31 - count;
    }
    number(k) {
      let high = 0, ones;
      do {
        ones = Math.min(27, Math.clz32(~this.ahead()));
        high += ones;
        this.at += ones;
      } while (ones === 27);
      this.at++;
      return high << k | this.plain(k);
    }
  }

  /** Where a word stands: see place_bits.py. */
  class Places extends Bits {
    constructor(text) { super(text, 0); }
    run(start, k, gap) {
      let place = start + this.number(k);
      const found = [place];
      while (this.plain(1)) found.push(place += this.number(gap) + 1);
      return found;
    }
    /** Those in the next document, whose posting this is. */
    next(posting) {
      const k = 3 + (posting >> 2 & 7);
      if (posting < 64) return [TITLE_PLACES + this.number(k)];
      const title = posting & 1 ? this.run(0, 2, 2) : [];
      return posting & 1 && !this.plain(1) ? title : title.concat(this.run(TITLE_PLACES, k, k - 1));
    }
  }

  // The number of a document is its day, and its place among the slots of that day.
  const SLOTS = 2 ** 26, DAYS = 32, MONTHS = 13, BLOCK_SLOTS = 12;

  /** A list of documents whose texts `more` may read on; it gets the numbers one by one. */
  function eachDocument(text, more) {
    const numbers = new Numbers(text);
    let day = -1, slot = 0;
    while (numbers.more) {
      const step = numbers.varint();
      if (step & 1) {
        slot = step >> 1;
        day += numbers.varint() + 1;
      } else slot += (step >> 1) + 1;
      more(day * SLOTS + slot, numbers);
    }
  }

  const OTHER = 0;  // stands for all postings without a code of their own

  /** The postings of a list in bits, each by a code of its own or by its parts: see posting_bits.py. */
  class PostingCode {
    constructor(bits, k) {
      this.bits = bits;
      this.k = k;
      const longest = bits.plain(5);
      const counts = [longest ? 0 : 1];
      for (let i = 0; i < longest; i++) counts.push(bits.number(1));
      const upTo = longest && bits.plain(5);
      let at = 0;
      // By the next bits: the posting whose code they begin with, and how long that is. Codes follow each other as
      // numbers, so each takes the next room. The table is long only where the list is: others have no long codes.
      this.table = new Uint16Array(1 << longest);
      this.unused = 31 - longest;
      counts.forEach((count, length) => {
        for (let n = 1; n <= count; n++) {
          const posting = length === upTo && n === count ? OTHER : this.parts();
          this.table.fill(posting << 5 | length, at, at += 1 << longest - length);
        }
      });
    }
    parts() {
      const weight = this.bits.number(this.k) + 1, length = this.bits.plain(4);
      return weight << 5 | length << 1 | (weight < 4 ? 0 : this.bits.plain(1));
    }
    next() {
      const found = this.table[this.bits.ahead() >>> 1 >>> this.unused];
      this.bits.at += found & 31;
      const posting = found >> 5;
      return posting === OTHER ? this.parts() : posting;
    }
  }

  function listInBits(text) {
    const head = new Numbers(text, 1);
    const count = head.varint();
    const [days, more, slots, gaps, weights] = Array.from({ length: 5 }, () => head.digit());
    const bits = new Bits(text, head.at);
    const documents = new Float64Array(count), postings = new Uint16Array(count);
    let at = 0, day = -1;
    while (at < count) {
      day += bits.number(days) + 1;
      const end = Math.min(count, at + bits.number(more) + 1);
      let document = day * SLOTS + bits.number(slots);
      documents[at++] = document;
      while (at < end) documents[at++] = document += bits.number(gaps) + 1;
    }
    const code = new PostingCode(bits, weights);
    for (let n = 0; n < count; n++) postings[n] = code.next();
    return { documents, postings };
  }

  /** A posting list: its documents, and the posting of each. */
  function postingList(text) {
    if (text[0] === "~") return listInBits(text);
    const documents = [], postings = [];
    eachDocument(text, (document, numbers) => {
      documents.push(document);
      postings.push(numbers.posting());
    });
    return { documents, postings };
  }

  /** The name of each piece of a term's list, if it is cut: see page_cuts.py. */
  async function piecesOf({ word, list, place }) {
    const { cuts } = await load("manifest");
    return listed(cuts[Number(list.slice(1))]).map((_, piece) => "common/" + fileName(word) + "-" + place + "-" + piece);
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

  /** Where the term stands in the documents of each of these. */
  async function placesOf(term) {
    if (isCut(term)) return Promise.all((await piecesOf(term)).map((name) => load(name + "-places")));
    return [(await placesOfWord(term.word)).split("|")[term.place]];
  }

  /** A list of documents without postings. */
  function listed(text) {
    const found = [];
    eachDocument(text, (document) => found.push(document));
    return found;
  }

  const monthOf = (document) => Math.floor(document / SLOTS / DAYS);

  /** The file that has a document: see page_numbers.py. */
  function blockOf(document, grains) {
    const day = Math.floor(document / SLOTS), grain = Number(grains[monthOf(document)]);
    return grain ? String(day >> grain << grain) : day + "-" + Math.floor((document % SLOTS) / BLOCK_SLOTS);
  }

  // ---- analysis ----------------------------------------------------------------------------

  const INNER = "\\u00ad\\u200c\\u200d\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2" +
    "\\u05c4\\u05c5\\u05c7\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e8" +
    "\\u06ea-\\u06ed\\u0900-\\u0963\\u0966-\\u0dff\\u0e31\\u0e34-\\u0e3a\\u0e47-\\u0e4e\\u0eb1-\\u0ebc" +
    "\\u0ec8-\\u0ecd\\u0f71-\\u0f84\\u102b-\\u103e\\u17b4-\\u17d3";
  const PAIRED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf" +
    "\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
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

  const flat = (text) => text.normalize("NFKC").toLowerCase().replace(/[ßς]/g, (c) => UNIFIED[c]);

  function keyOf(word) {
    const plain = word.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
    return plain.replace(/[æœøłđðþıٱىیکة]/g, (c) => PLAIN[c]).normalize("NFC");
  }

  const keyword = (text) => keyOf(flat(text).replace(INVISIBLE, "")).split(/\s+/).filter(Boolean).join(" ");

  /** The keys of the words in a run of letters, a list for each run of one kind of script. */
  function runsOf(raw) {
    const text = flat(raw.replace(/['’][sS]$/, "").normalize("NFKC").replace(INVISIBLE, ""));
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

  // ---- query -------------------------------------------------------------------------------

  class QueryError extends Error {}

  const FIELDS = {
    tag: "tag", tags: "tag", source: "source", author: "author", authors: "author",
    place: "place", lang: "language", language: "language",
  };
  const SCAN = /\s*(?:(?<bracket>[()])|(?<minus>-(?=[^\s-]))|(?<part>(?:(?<field>[A-Za-z]+):(?=\S))?(?:["“”„](?<quoted>[^"“”„]*)["“”„]?|(?<word>[^\s()"“”„]+)))|(?<rest>.))/gsu;
  const FUZZY = new RegExp("^(.*[" + LETTER + "_])~([12]?)$", "su");

  function parse(text) {
    if ([...text].length > 1000) throw new QueryError("The query is longer than 1000 characters.");
    const pieces = [...text.matchAll(SCAN)].filter((m) => m[0].trim()).map((m) => m.groups);
    let next = 0, depth = 0;

    const closes = (piece) => piece.bracket === ")" && depth > 0;
    const take = (word) => {
      const piece = pieces[next];
      if (!piece || piece.word !== word || piece.field) return false;
      next++;
      return true;
    };

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
      if (piece.minus || piece.word === "NOT") {
        const part = signed();
        return part && { kind: "not", part };
      }
      if (piece.bracket === "(") return bracketed();
      return piece.part && piece.word !== "AND" && piece.word !== "OR" ? part(piece) : null;
    }
    function bracketed() {
      if (++depth > 20) throw new QueryError("The query has too many brackets inside each other.");
      const inner = query();
      depth--;
      if (next < pieces.length && pieces[next].bracket === ")") next++;
      return inner;
    }
    return query();
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
      throw new QueryError("'is:" + value + "' is not known; is:undated finds articles without a date.");
    }
    if (Object.hasOwn(FIELDS, field)) {
      return value.trim() ? { kind: "keyword", field: FIELDS[field], value } : null;
    }
    if (field === "title") return words(value, exact, true);
    return words(field && !exact ? piece.field + ":" + value : value, exact, false);
  }

  function words(value, exact, title) {
    const fuzzy = exact ? null : FUZZY.exec(value);
    if (fuzzy) return { kind: "fuzzy", word: fuzzy[1], edits: Number(fuzzy[2] || 1), title };
    if (!exact && /\*|\?(?!\?*$)/.test(value)) return wild(value, title);
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
    const first = value.slice(0, dots), last = value.slice(dots + 2);
    if (!first && !last) {
      throw new QueryError("A range of dates needs a beginning or an end, like date:2015..2016-02.");
    }
    return { kind: "dates", first: first && periodOf(first), last: last && periodOf(last) };
  }

  function periodOf(value) {
    const found = /^(\d{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?(?:[T ].*)?[~?%]?$/.exec(value.trim());
    const [year, month, day] = found ? found.slice(1).map((p) => (p === "XX" ? undefined : p)) : [];
    const real = found && Number(year) > 0 && !(day && !month) &&
      (!month || (month >= 1 && month <= 12)) &&
      (!day || (day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()));
    if (!real) {
      throw new QueryError("'" + value + "' is not a date; write dates like 2015, 2015-10 or 2015-10-07.");
    }
    return [year, month, day].filter(Boolean).join("-");
  }

  // ---- terms -------------------------------------------------------------------------------

  /** Words that no article has → those looked for instead, in this visit. */
  const instead = new Map();

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
    if (entry === undefined) return exact ? [] : termsOfBeginning(word);
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

  /** For a form that no article has: the longest word of the archive that it may be a form of. */
  async function termsOfBeginning(word) {
    const letters = [...word];
    for (let length = letters.length - 1; length >= Math.max(3, letters.length - 3); length--) {
      const shorter = letters.slice(0, length).join("");
      if ((await lookUp("terms", shorter)) !== undefined) {
        instead.set(word, shorter);
        return termsOf(shorter, false);
      }
    }
    return [];
  }

  async function termsLike(prefix, test) {
    const entries = await entriesFrom("terms", prefix);
    return entries.filter(([word]) => test(word)).flatMap(([word, entry]) => ownTerms(word, entry));
  }

  function wildcard(pattern) {
    const plain = keyword(pattern);
    const source = plain.replace(/[\\^$.|+()[\]{}]/g, "\\$&").replace(/\*/g, ".*").replace(/\?/g, ".");
    const expression = new RegExp("^" + source + "$", "su");
    return { prefix: plain.split(/[*?]/)[0], test: (word) => expression.test(word) };
  }

  /** The restricted Damerau-Levenshtein distance. */
  function distance(first, second) {
    const a = [...first], b = [...second];
    let before = [], above = b.map((_, i) => i);
    above.push(b.length);
    a.forEach((letter, row) => {
      const here = [row + 1];
      b.forEach((other, column) => {
        let cost = Math.min(above[column + 1] + 1, here[column] + 1, above[column] + (letter !== other));
        if (row && column && letter === b[column - 1] && a[row - 1] === other) {
          cost = Math.min(cost, before[column - 1] + 1);
        }
        here.push(cost);
      });
      before = above;
      above = here;
    });
    return above[b.length];
  }

  function nodeTerms(node) {
    if (node.kind === "wild") {
      const { prefix, test } = wildcard(node.pattern);
      return termsLike(prefix, test);
    }
    const word = keyword(node.word);
    const near = (other) => Math.abs(other.length - word.length) <= 2 * node.edits &&
      distance(word, other) <= node.edits;
    return termsLike("", near);
  }

  // ---- matching and scoring ----------------------------------------------------------------

  const LENGTHS = [32, 45, 64, 91, 128, 181, 256, 362, 512, 724, 1024, 1448, 2048, 2896, 4096, 5793];
  const TITLE_PLACES = 1000;

  const rarity = (documents, matching) =>
    Math.floor(64 * Math.log(1 + (documents - matching + 0.5) / (matching + 0.5))) + 1;

  function impact(weight, length, average) {
    const capped = Math.min(weight, 63);
    return Math.floor(1024 * 2.2 * capped / (capped + 1.2 * (1 - 0.6 + 0.6 * length / average)) + 0.5);
  }

  /** Document → a posting with what all of these terms weigh there. */
  async function weigh(terms, title) {
    return weighed((await Promise.all(terms.map(listsOf))).flat(), title);
  }

  /** Document → a posting with what it weighs in all of these lists. */
  function weighed(lists, title) {
    const weights = new Map();
    for (const list of lists) {
      const { documents, postings } = postingList(list);
      for (let n = 0; n < documents.length; n++) {
        const document = documents[n], posting = postings[n];
        if (title && !(posting & 1)) continue;
        const before = weights.get(document);
        weights.set(document, before === undefined ? posting : before + (posting & ~31));
      }
    }
    return weights;
  }

  async function scoreGroup(terms, title) {
    const [manifest, weights] = await Promise.all([load("manifest"), weigh(terms, title)]);
    const rare = rarity(manifest.documents, weights.size);
    const average = manifest.length / manifest.documents;
    for (const [document, posting] of weights) {
      weights.set(document, rare * impact(posting >> 5, LENGTHS[(posting >> 1) & 15], average));
    }
    return weights;
  }

  async function matchText(node) {
    const wanted = queryWords(node.text);
    if (!wanted.length) return new Map();
    const exact = node.exact || wanted.length > 1;
    const groups = await Promise.all(wanted.map(([, word]) => termsOf(word, exact)));
    const matches = intersection(await Promise.all(groups.map((terms) => scoreGroup(terms, node.title))));
    if (groups.length === 1 || !matches.size) return matches;
    let starts = null;
    for (let i = 0; i < groups.length; i++) {
      const here = await startsOf(groups[i], wanted[i][0], matches);
      if (starts) for (const [document, places] of here) {
        here.set(document, places.filter((place) => starts.get(document)?.includes(place)));
      }
      starts = here;
    }
    const last = TITLE_PLACES - wanted[wanted.length - 1][0];
    for (const document of [...matches.keys()]) {
      const places = starts.get(document) || [];
      if (!places.some((place) => !node.title || place < last)) matches.delete(document);
    }
    return matches;
  }

  /** For each of `matches`, where the phrase would begin if these terms stand `offset` in it. */
  async function startsOf(terms, offset, matches) {
    const found = new Map();
    for (const term of terms) {
      const [lists, texts] = await Promise.all([listsOf(term), placesOf(term)]);
      lists.forEach((list, piece) => {
        const bits = new Places(texts[piece]);
        const { documents, postings } = postingList(list);
        documents.forEach((document, n) => {
          const places = bits.next(postings[n]);
          if (!matches.has(document)) return;
          found.set(document, (found.get(document) || []).concat(places.map((place) => place - offset)));
        });
      });
    }
    return found;
  }

  async function placesOfWord(word) {
    const firsts = await firstsOf("terms");
    const name = shardName(firsts[shardOf(firsts, word)]);
    const [terms, places] = await Promise.all([load("terms/" + name), load("places/" + name)]);
    return places[[...terms.keys()].indexOf(word)];
  }

  async function matchKeyword(node) {
    const { prefix, test } = wildcard(node.value);
    let lists;
    if (/[*?]/.test(node.value)) {
      lists = (await entriesFrom(node.field, prefix)).filter(([key]) => test(key)).map(([, value]) => value[1]);
    } else {
      const entry = await lookUp(node.field, keyword(node.value));
      lists = entry ? [entry[1]] : [];
    }
    return filter(lists.flatMap(listed));
  }

  /** The documents of some years, 0 for those without a date, whose periods pass a test. */
  async function datesWhere(years, test) {
    const wanted = (await load("manifest")).years.filter(years);
    const runs = (await Promise.all(wanted.map((year) => load("dates/" + year)))).flat();
    return filter(runs.flatMap(([period, text]) => (test(period) ? listed(text) : [])));
  }

  function datesBetween(first, last) {
    const from = Number(first.slice(0, 4) || 1), to = Number(last.slice(0, 4) || 9999);
    return datesWhere((year) => year >= from && year <= to, first === last
      ? (period) => period === first || period.startsWith(first + "-")
      : (period) => period && period >= first && period + "~" <= last + "~");
  }

  const MATCHERS = {
    text: matchText,
    wild: async (node) => scoreGroup(await nodeTerms(node), node.title),
    fuzzy: async (node) => scoreGroup(await nodeTerms(node), node.title),
    keyword: matchKeyword,
    undated: () => datesWhere((year) => !year, () => true),
    dates: ({ first, last }) => datesBetween(first, last),
    not: async (node) => without(await everything(), await match(node.part)),
    all: async (node) => {
      const wanted = node.parts.filter((part) => part.kind !== "not");
      let found = wanted.length ? intersection(await Promise.all(wanted.map(match))) : await everything();
      for (const part of node.parts) if (part.kind === "not") found = without(found, await match(part.part));
      return found;
    },
    most: async (node) => {
      const parts = await Promise.all(node.parts.map(match));
      const total = new Map();
      for (const matches of parts) {
        for (const [document, score] of matches) total.set(document, (total.get(document) || 0) + score);
      }
      for (const document of [...total.keys()]) {
        if (parts.filter((matches) => matches.has(document)).length < node.least) total.delete(document);
      }
      return total;
    },
    any: async (node) => {
      const total = new Map();
      for (const matches of await Promise.all(node.parts.map(match))) {
        for (const [document, score] of matches) total.set(document, (total.get(document) || 0) + score);
      }
      return total;
    },
  };

  // While somebody types, most words of a query are those of the letter before.
  const MOST_KEPT = 6;
  const kept = new Map();

  /** Document → score of those that match: nobody may change it. */
  function match(node) {
    const name = JSON.stringify(node);
    const found = kept.get(name) || MATCHERS[node.kind](node);
    kept.delete(name);
    if (!isWord(node)) return found;
    kept.set(name, found);
    found.catch(() => kept.delete(name));
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
    return found;
  }

  const filter = (documents) => new Map(documents.map((document) => [document, 0]));
  const everything = () => datesWhere(() => true, () => true);

  const without = (matches, others) => new Map([...matches].filter(([document]) => !others.has(document)));

  function intersection(parts) {
    const [smallest, ...others] = [...parts].sort((a, b) => a.size - b.size);
    if (!others.length) return smallest;
    const found = new Map();
    for (const [document, score] of smallest) {
      let total = score;
      for (const matches of others) total += matches.get(document);  // not a number where it has none
      if (total >= 0) found.set(document, total);
    }
    return found;
  }

  /** For each word of the query the keys that it means. */
  async function wordsMeant(node) {
    if (node.kind === "text") {
      const found = queryWords(node.text);
      const exact = node.exact || found.length > 1;
      const groups = await Promise.all(found.map(([, word]) => termsOf(word, exact)));
      return groups.map((terms, i) => (
        { typed: new Set([found[i][1]]), words: new Set(terms.map((term) => term.word)) }));
    }
    if (isWord(node)) {
      const words = new Set((await nodeTerms(node)).map((term) => term.word));
      return [{ typed: words, words }];
    }
    if (!["all", "any", "most"].includes(node.kind)) return [];
    return (await Promise.all(node.parts.map(wordsMeant))).flat();
  }

  const isWord = (node) => ["text", "wild", "fuzzy"].includes(node.kind);

  /** A query that nothing matches, asking for fewer and fewer of its words, but always for most. */
  function relaxed(node) {
    const parts = node.kind === "all" ? node.parts : [];
    const words = parts.filter(isWord);
    const filters = parts.filter((part) => !isWord(part));
    const found = [];
    for (let least = words.length - 1; least > words.length >> 1; least--) {
      const most = { kind: "most", parts: words, least };
      found.push(filters.length ? { kind: "all", parts: [most, ...filters] } : most);
    }
    return found;
  }

  // ---- answers -----------------------------------------------------------------------------

  // By which a match comes before others; if they are equal, by its number. The highest is first.
  const KEYS = {
    relevance: (number, score) => score,
    newest: (number) => number,
    oldest: (number) => -(number < SLOTS ? number + 2 ** 51 : number),
  };
  const FEW = 200;

  /** The matches in order, as far as somebody asks: { slice(from, to) }. To order all takes long. */
  function inOrder(matches, sort) {
    const key = KEYS[sort] || KEYS.relevance;
    const first = (count) => (count > FEW ? firstOf(matches, key, matches.size) : firstOf(matches, key, count));
    return { slice: (from, to) => first(to).slice(from, to).map(([number]) => number) };
  }

  const comesBefore = ([number, key], [otherNumber, otherKey]) => otherKey - key || otherNumber - number;

  /** The first `count` pairs [number, key] of some matches. */
  function firstOf(matches, key, count) {
    let found = [], least = -Infinity;
    for (const [number, score] of matches) {
      const own = key(number, score);
      if (own < least) continue;
      found.push([number, own]);
      if (found.length < 2 * count) continue;
      // Now and then, so that each is compared with few.
      found = found.sort(comesBefore).slice(0, count);
      least = found[count - 1][1];
    }
    return found.sort(comesBefore).slice(0, count);
  }

  // How much a title is what was asked for: see rerank.py.
  const FIRST = 20, FINE = 32, COARSE = 8;
  const weightOf = (key) => Math.min(Math.max([...key].length, 3), 6) - 2;

  function points(title, query) {
    const keys = [...title.matchAll(WORD)].flatMap(([raw]) => runsOf(raw).flat());
    const places = keys.flatMap((key, place) =>
      query.flatMap(({ words }, number) => (words.has(key) ? [[place, number]] : [])));
    if (!places.length) return 0;
    const found = new Set(places.map(([, number]) => number)).size;
    const typed = query.every((meant) => keys.some((key) => meant.typed.has(key)));
    const weights = keys.map(weightOf);
    const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
    const covered = sum([...new Set(places.map(([place]) => place))].map((place) => weights[place]));
    const more = Math.max(1, query.length - 1);
    const share = (steps, part, whole) => Math.floor((steps - 1) * Math.min(part, whole) / whole);
    const pairs = (test) => places.filter((pair, i) => i && test(pair, places[i - 1])).length;
    let total = share(COARSE, found, query.length) * 2 + typed;
    total = total * COARSE + share(COARSE, pairs(([, b], [, a]) => b > a), more);
    total = total * FINE + share(FINE, covered, sum(weights));
    return total * COARSE + share(COARSE, pairs(([b], [a]) => b - a === 1), more);
  }

  /** The matches in order. Those that come first get their final scores, by which they stay first. */
  async function ranked(matches, groups, sort) {
    const scores = new Map(matches);
    if (sort === "relevance" && groups.length) {
      const first = inOrder(scores, sort).slice(0, FIRST);
      const worth = scores.get(first[0]) + 1;
      (await documents(first)).forEach((shown, i) => {
        scores.set(first[i], scores.get(first[i]) + worth * points(shown.title, groups));
      });
    }
    return { numbers: inOrder(scores, sort), scores };
  }

  /** Answer a query: { total, numbers in order, scores, wanted, least, build }. Throws QueryError. */
  const search = (query, sort) => inOneBuild(() => searched(query, sort));

  async function searched(query, sort) {
    let node = parse(query);
    if (!node || !(await load("manifest")).documents) {
      return { total: 0, numbers: [], scores: new Map(), wanted: new Set(), least: 0, build: edition };
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
    return { total: found.size, ...await ranked(found, groups, sort), wanted, least, build: edition };
  }

  /** The words of a query that asks for nothing but words; none if it is another. */
  function plainWords(node) {
    const parts = node?.kind === "all" ? node.parts : [node];
    const words = parts.map((part) => (part?.kind === "text" && !part.exact && !part.title ? queryWords(part.text) : []));
    return words.every((found) => found.length === 1) ? words.map(([[, word]]) => word) : [];
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

  /** Documents of a family with what it weighs there; and for each length class what it weighs at most in others. */
  async function bestOf(family) {
    if (!family.some(isCut)) return [await weigh(family, false), []];
    const [, others, list] = await load("best/" + familyName(family[0].root));
    return [weighed([list], false), others];
  }

  const COUNTS = "pairs/counts", COMMON_KINDS = 3, GROUPS = 32;

  async function documentsOf(family) {
    return family.some(isCut) ? (await load(COUNTS)).get(family[0].root) : (await weigh(family, false)).size;
  }

  /** What a family weighs in the best documents of another, a digit for each; null if that is not told. */
  async function columnOf([{ root }], other) {
    const [{ documents }, counts] = await Promise.all([load("manifest"), load(COUNTS)]);
    const isCommon = (key) => Math.clz32(counts.get(key)) - Math.clz32(documents) < COMMON_KINDS;
    const beside = other[0].root;
    if (root === beside || !other.some(isCut) || !isCommon(root) || !isCommon(beside)) return null;
    return (await load("pairs/" + familyName(beside) + "-" + numberOf(root) % GROUPS)).get(root) ?? null;
  }

  /**
   * Document → score, for those that may score highest by all of some families of a language; and what
   * others score at most. Null where that is not told. See page_best.py and page_pairs.py.
   */
  async function bestBy(families, rare, average) {
    // For each family, and each of the others of which not all is known, a column: see page_pairs.py.
    const columns = await Promise.all(families.map((family) => Promise.all(families.map((other) => (
      other === family || !other.some(isCut) ? undefined : columnOf(other, family))))));
    if (columns.flat().includes(null)) return null;
    const known = await Promise.all(families.map(bestOf));
    const weightOf = (other, family, document, place) => (columns[family][other]
      ? VALUES[columns[family][other].charCodeAt(place)] : known[other][0].get(document) >> 5);
    const total = (weights, length) => (weights.every(Boolean)
      ? weights.reduce((sum, weight, i) => sum + rare[i] * impact(weight, LENGTHS[length], average), 0) : 0);
    const scores = new Map();
    known.forEach(([found], family) => {
      let place = 0;
      for (const [document, posting] of found) {
        const score = total(families.map((_, i) => weightOf(i, family, document, place)), (posting >> 1) & 15);
        if (score) scores.set(document, score);
        place++;
      }
    });
    return [scores, Math.max(...LENGTHS.map((_, length) => total(known.map(([, others]) => others[length]), length)))];
  }

  const MOST_BEST = 2;  // of three words the best are seldom certain

  /**
   * The first hits of a query by relevance where less of the index tells them than tells how many there
   * are: { numbers, scores, wanted, build }, as `search` has them; else null.
   */
  async function best(query) {
    const words = plainWords(parse(query));
    const manifest = await load("manifest");
    if (!words.length || words.length > MOST_BEST || !manifest.documents) return null;
    const terms = await Promise.all(words.map(termsOfCommon));
    const families = terms.map(familiesOf);
    if (!families.every(Boolean) || !terms.every((own) => own.some(isCut))) return null;
    // What is rare decides between words; to know it of one would be in vain.
    const rare = words.length === 1 ? [1] : await Promise.all(families.map(async (of) => {
      const counts = await Promise.all([...of.values()].map(documentsOf));
      return rarity(manifest.documents, counts.reduce((a, b) => a + b, 0));
    }));
    const languages = [...families[0].keys()].filter((language) => families.every((of) => of.has(language)));
    const found = await Promise.all(languages.map((language) => (
      bestBy(families.map((of) => of.get(language)), rare, manifest.length / manifest.documents))));
    if (found.includes(null)) return null;
    const scores = new Map(found.flatMap(([own]) => [...own]));
    const first = inOrder(scores, "relevance").slice(0, FIRST);
    if (first.length < FIRST || scores.get(first[FIRST - 1]) <= Math.max(...found.map(([, most]) => most))) return null;
    const groups = words.map((word, i) => ({ typed: new Set([word]), words: new Set(terms[i].map((term) => term.word)) }));
    const wanted = new Set(groups.flatMap((group) => [...group.words]));
    const order = await ranked(new Map(first.map((n) => [n, scores.get(n)])), groups, "relevance");
    return { ...order, wanted, build: edition };
  }

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

  const ordered = (pairs) => [...pairs].filter(([, count]) => count)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));

  /** How many of the matches each keyword of a field has, most first. */
  async function counted(field, scores) {
    const keywords = await entriesFrom(field, "");
    return ordered(keywords.map(([key, [name, list]]) => [
      name || key, listed(list).filter((document) => scores.has(document)).length,
    ]));
  }

  // In a larger archive tags and sources are counted when somebody wants to know: their lists
  // are as long as the archive. `checked`: after so many milliseconds it may be another build.
  const limits = { counted: 5000, completed: 4, checked: 30_000 };

  /** How many of the matches each year, tag and source has, most first; null if not counted yet. */
  async function facets(scores) {
    const { first, documents } = await load("manifest");
    const years = new Map();
    for (const document of scores.keys()) {
      const month = monthOf(document);
      if (!month) continue;
      const year = String(first + Math.floor((month - 1) / MONTHS)).padStart(4, "0");
      years.set(year, (years.get(year) || 0) + 1);
    }
    const all = documents <= limits.counted;
    return {
      years: ordered(years),
      tags: all ? await counted("tag", scores) : null,
      sources: all ? await counted("source", scores) : null,
    };
  }

  /** `text` as pieces [text, whether it is one of the `wanted` words]. */
  function mark(text, wanted) {
    const pieces = [];
    let done = 0;
    for (const found of text.matchAll(WORD)) {
      const keys = runsOf(found[0]).flat();
      const marked = keys.map((key, place) => (wanted.has(key) ? place : -1)).filter((place) => place >= 0);
      if (!marked.length) continue;
      const letters = [...found[0]];
      const part = keys.length > 1 && keys.length === letters.length;
      const last = marked[marked.length - 1];
      const from = found.index + (part ? letters.slice(0, marked[0]).join("").length : 0);
      const to = part ? found.index + letters.slice(0, last + [...keys[last]].length).join("").length
        : found.index + found[0].length;
      pieces.push([text.slice(done, from), false], [text.slice(from, to), true]);
      done = to;
    }
    pieces.push([text.slice(done), false]);
    return pieces.filter(([piece]) => piece);
  }

  /** Whether so few words begin with `prefix` that looking for all of them loads little. */
  async function isNarrow(prefix) {
    const { first, last } = await span("terms", keyword(prefix));
    return last - first < limits.completed;
  }

  const open = (where) => { root = where; };

  /** Whether a build is the one that answers now. */
  const isCurrent = (build) => build === edition;

  /** The same, when it is known whether there is another one. */
  const isLatest = async (build) => {
    await checking;
    return isCurrent(build);
  };

  return {
    add, open, inThisBuild, inOneBuild, isCurrent, isLatest, search, best, documents, facets, counted, limits, mark, queryWords,
    instead, isNarrow, QueryError, OutdatedError,
  };
})();

// Answers for somebody who types, from the index of the page, or from the local server where it gives
// the page. Text only ever becomes text, never markup.

var archiveAnswers = (function () {
  const PAGE = 20;

  // ---- where answers come from ---------------------------------------------------------------

  async function askPage(root, query, sort) {
    let answer = await archiveSearch.search(query, sort);
    /** What `part` says of the answer, which is another one where the index is. */
    const say = (part) => archiveSearch.inOneBuild(async () => {
      if (!archiveSearch.isCurrent(answer.build)) answer = await archiveSearch.search(query, sort);
      return part(answer);
    });
    return {
      get total() { return answer.total; },
      get build() { return answer.build; },
      facets: () => say(({ scores }) => archiveSearch.facets(scores)),
      counted: (field) => say(({ scores }) => archiveSearch.counted(field, scores)),
      hits: (from, to) => say((found) => hitsOf(root, found, from, to)),
      least: answer.least,
      suggestion: answer.total && !answer.least ? null : await correction(query),
    };
  }

  async function hitsOf(root, answer, from, to) {
    const hits = await archiveSearch.documents(answer.numbers.slice(from, to));
    const mark = (text) => archiveSearch.mark(text, answer.wanted);
    return hits.map((hit) => (
      { ...hit, href: addressOf(root, hit), heading: mark(hit.title), snippet: mark(hit.excerpt) }));
  }

  /** The first hits of the page, before it is known how many there are; null where that takes as long. */
  function firstInPage(root, query) {
    return archiveSearch.inThisBuild(async () => {
      const answer = await archiveSearch.best(query);
      return answer && { hits: await hitsOf(root, answer, 0, PAGE), build: answer.build };
    });
  }

  /** The query with the words that were looked for instead of words that no article has. */
  function correction(query) {
    let better = query;
    for (const [, word] of archiveSearch.queryWords(query)) {
      const other = archiveSearch.instead.get(word);
      if (other) better = better.replace(new RegExp("(?<![\\p{L}\\p{N}])" + word + "(?![\\p{L}\\p{N}])", "giu"), other);
    }
    return better === query ? null : better;
  }

  async function askServer(root, query, sort) {
    const fetchPage = async (page) => {
      const wanted = new URLSearchParams({ q: query, sort, limit: PAGE, page });
      const response = await fetch(root + "api/search?" + wanted);
      const answer = await response.json();
      if (!response.ok) throw new archiveSearch.QueryError(answer.error);
      return answer;
    };
    const first = await fetchPage(1);
    return {
      total: first.total,
      suggestion: first.searched || first.suggestion,
      least: first.least,
      facets: () => Object.fromEntries(
        Object.entries(first.facets).map(([name, counts]) => [name, Object.entries(counts)])),
      hits: async (from, to) => (from ? await fetchPage(1 + from / PAGE) : first).hits.slice(0, to - from)
        .map((hit) => ({
          ...hit, href: addressOf(root, hit), heading: piecesOf(hit.heading), snippet: piecesOf(hit.snippet),
        })),
    };
  }

  const addressOf = (root, hit) => root + encodeURI(hit.url) + "index.html";

  /** The pieces of a text that came as HTML, whose only element is `mark`. */
  function piecesOf(html) {
    const marks = html.split(/<\/?mark>/).map((piece, i) => [plain(piece), i % 2 === 1]);
    return marks.filter(([piece]) => piece);
  }

  const ENTITIES = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&amp;": "&" };
  const plain = (html) => html.replace(/&(?:lt|gt|quot|#x27|amp);/g, (entity) => ENTITIES[entity]);

  // ---- what is asked -------------------------------------------------------------------------

  /**
   * While somebody types, the last word is the beginning of one: of three letters or more, and of fewer
   * where `isNarrow` says that this asks little.
   */
  async function whileTyping(query, isNarrow) {
    const word = /(?:^|[\s(-])(?:title:)?([\p{L}\p{N}]+)$/u.exec(query)?.[1];
    const spaced = !/[\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]$/.test(query);
    if (!word || !spaced || !(query.split('"').length & 1)) return query;
    return word.length > 2 || await isNarrow(word) ? query + "*" : query;
  }

  /**
   * Who answers for the site at `root`: `whole` a query that is complete, `typing` one whose last word
   * may go on. Both give { total, hits(from, to), facets(), counted(field), least, suggestion, build }, and
   * throw QueryError, or OutdatedError where the page is of another version than the index. `first` gives
   * { hits, build }, the first hits of a complete query, where they are known earlier than all of its answer, else
   * null. `isLatest` tells of a build whether there is no other; who asks again is answered by that one.
   * `ready` rejects where there is no index.
   */
  function from(root, sort) {
    const served = "served" in document.documentElement.dataset;
    archiveSearch.open(root);
    const ask = (query) => (served ? askServer : askPage)(root, query, sort);
    // The server may be asked for two letters of an archive of any size.
    const going = (query) => whileTyping(query, served ? (word) => word.length > 1 : archiveSearch.isNarrow);
    const either = async (query, other) => {
      const answer = await ask(query);
      if (answer.total || other === query) return answer;
      const second = await ask(other);
      return second.total ? second : answer;
    };
    return {
      // No such word: then it is the beginning of one, or, while typing, complete already.
      whole: async (query) => either(query, await going(query)),
      typing: async (query) => either(await going(query), query),
      // What it can't load may not be needed for all; what it does not understand is told then.
      first: async (query) => (served || sort !== "relevance" ? null : firstInPage(root, query).catch(() => null)),
      isLatest: async (build) => served || archiveSearch.isLatest(build),
      ready: async () => { if (!served) await archiveSearch.documents([]); },
    };
  }

  // ---- elements ------------------------------------------------------------------------------

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  const marked = (pieces) => pieces.map(([text, hit]) => (hit ? element("mark", {}, text) : text));
  const isolated = (text) => element("bdi", {}, text);

  const formats = new Map();  // to make one takes longer than to use it

  function formatOf(language, style) {
    const name = [language, ...Object.keys(style)].join();
    if (!formats.has(name)) formats.set(name, new Intl.DateTimeFormat(language || undefined, style));
    return formats.get(name);
  }

  /** A date of the archive in words of `language`; as it is written where it names no day, month or year. */
  function when(date, language) {
    const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?$/.exec(date) || [];
    if (!year) return element("span", {}, date);
    const style = { timeZone: "UTC", year: "numeric" };
    if (month) style.month = "long";
    if (day) style.day = "numeric";
    const time = new Date(0);
    time.setUTCFullYear(Number(year), month ? month - 1 : 0, Number(day || 1));
    return element("time", { dateTime: date }, formatOf(language, style).format(time));
  }

  return { from, PAGE, element, marked, isolated, when };
})();

// The search page: answers as somebody types.

(function () {
  const app = document.getElementById("search-app");
  if (!app) return;
  const { PAGE, element, marked, isolated, when } = archiveAnswers;
  const MOST_FACETS = 12, WAIT = 80;
  const form = app.querySelector("form.search") || document.querySelector("main form.search, form.search");
  const input = form.querySelector("input[name=q]");
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  const aside = document.getElementById("search-facets");
  const chart = document.getElementById("search-years");
  const texts = JSON.parse(document.getElementById("search-texts")?.textContent || "{}");
  const address = new URLSearchParams(location.search);
  const sort = address.get("sort") || "relevance";
  const answers = archiveAnswers.from(app.dataset.root, sort);
  let asked = 0;

  // ---- elements ------------------------------------------------------------------------------

  function row(hit) {
    const link = element("a", { href: hit.href }, ...marked(hit.heading));
    const source = hit.source ? element("span", {}, isolated(hit.source)) : null;
    const text = element("div", { className: "row-text", lang: hit.language || "", dir: "auto" },
      element("h2", { className: "hit-title" }, link),
      element("p", { className: "hit-snippet" }, ...marked(hit.snippet)));
    const date = when(hit.date || texts.undated || "", app.dataset.language);
    const meta = element("p", { className: "hit-meta row-meta" }, date, " ", source);
    return element("li", { className: "hit row" }, meta, text);
  }

  /** A link to the same page with another query, answered in place. */
  function queryLink(query, ...children) {
    return answeredInPlace(element("a", { href: addressOf(query) }, ...children), query);
  }

  function answeredInPlace(link, query) {
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      goOn(query);
      input.focus();
    });
    return link;
  }

  function facetGroup(title, field, query, values) {
    return element("section", {}, element("h2", {}, title), facetList(field, query, values));
  }

  /** The same, counted when it is opened. */
  function facetLater(title, field, query, count) {
    const group = element("details", {}, element("summary", {}, title));
    const turn = asked;
    let counted = null;
    group.addEventListener("toggle", async () => {
      if (!group.open || counted) return;
      try {
        counted = count(field);
        group.append(facetList(field, query, await counted));
      } catch (error) {
        counted = null;  // who opens it again asks again
        group.open = false;
        if (turn === asked) complain(error);
      }
    });
    return element("section", {}, group);
  }

  function facetList(field, query, values) {
    const words = /\sOR\s/.test(query) ? "(" + query + ")" : query;
    const narrowed = (value) =>
      words + " " + field + ":" + (field === "date" ? value : '"' + value.replace(/["“”„]/g, "?") + '"');
    return element("ul", {}, ...values.slice(0, MOST_FACETS).map(([value, count]) => element("li", {},
      queryLink(narrowed(value), isolated(value)), " ", element("small", {}, count.toLocaleString()))));
  }

  // ---- a query, from the first key to the last row --------------------------------------------

  /** `count`: rows that are shown at first. */
  async function run(typed, ask = answers.whole, count = PAGE) {
    const turn = ++asked;
    remember(typed);
    if (!typed.trim()) return show({ total: 0 }, "", "");
    const slow = setTimeout(() => { if (turn === asked) status.textContent = texts.searching || ""; }, 300);
    try {
      const early = ask === answers.whole && count === PAGE ? await answers.first(typed) : null;
      if (turn !== asked) return;
      if (early) {
        clearTimeout(slow);
        show({ total: 0 }, typed, texts.searching || "");
        list.append(...early.hits.map(row));
      }
      const answer = await ask(typed);
      const areThere = early !== null && early.build === answer.build;
      const hits = areThere || !answer.total ? [] : await answer.hits(0, count);
      if (turn !== asked) return;
      clearTimeout(slow);
      const { build } = answer;
      const found = (texts.found || "{total}").replace("{total}", answer.total.toLocaleString());
      const focused = focusedHit();
      if (areThere) tell(answer, typed, found);
      else show(answer, typed, answer.total ? found : texts.nothing || "0");
      addRows(answer, hits, (more) => run(typed, ask, more));
      if (!areThere) focusAgain(focused);
      await addFacets(answer, typed);
      if (await answers.isLatest(build)) return;
      await whenLeft();
      if (turn === asked) run(typed, ask, count);
    } catch (error) {
      if (turn === asked) show({ total: 0 }, "", told(error));
    } finally {
      clearTimeout(slow);
    }
  }

  function told(error) {
    if (error instanceof archiveSearch.QueryError) return error.message;
    if (error instanceof archiveSearch.OutdatedError) return texts.outdated || error.message;
    return texts.failed || String(error);
  }

  // The rows of another build, in which somebody stays at the hit to which he went.

  function focusedHit() {
    return list.contains(document.activeElement) ? document.activeElement.href : null;
  }

  function focusAgain(href) {
    if (href) [...list.querySelectorAll("a")].find((link) => link.href === href)?.focus({ preventScroll: true });
  }

  /** Resolves as soon as nobody is among the results: what one is at stays until then. */
  async function whenLeft() {
    const results = () => [list, aside, chart, status, ...PASSING.map((id) => document.getElementById(id))];
    while (results().some((part) => part?.contains(document.activeElement))) {
      await new Promise((resolve) => document.addEventListener("focusout", resolve, { once: true }));
      await new Promise((resolve) => setTimeout(resolve));  // until it is known where the focus goes
    }
  }

  /** Beside what is said of an answer that stays. */
  function complain(error) {
    status.querySelector(".search-fault")?.remove();
    status.append(" ", element("span", { className: "search-said search-fault" }, told(error)));
  }

  /** What stands beside the lists and is not of this answer: some is of the local server's. */
  const PASSING = ["search-more", "search-order", "search-meant", "search-suggestion", "search-pager"];

  function show(answer, query, message) {
    list.replaceChildren();
    aside.replaceChildren();
    chart?.replaceChildren();
    tell(answer, query, message);
  }

  /** What is said of an answer beside its rows. */
  function tell(answer, query, message) {
    status.textContent = message;
    for (const id of PASSING) document.getElementById(id)?.remove();
    const say = (...words) => status.append(" ", element("span", { className: "search-said" }, ...words));
    if (answer.least && texts.most) say(texts.most);
    if (answer.suggestion) {
      const [before, after] = (texts.suggestion || "{query}?").split("{query}");
      say(before, queryLink(answer.suggestion, isolated(answer.suggestion)), after);
    }
    if (answer.total > 1 && texts.orders) list.before(orderLinks(query));
  }

  /** The address of this page with a query. */
  function addressOf(query, order = sort) {
    const wanted = new URLSearchParams({ q: query });
    if (order !== "relevance") wanted.set("sort", order);
    return "?" + wanted;
  }

  function orderLinks(query) {
    const links = texts.orders.map(([order, name]) => {
      const link = element("a", { href: addressOf(query, order) }, name);
      if (order === sort) link.setAttribute("aria-current", "true");
      return link;
    });
    return element("p", { id: "search-order", className: "search-order" }, ...links.flatMap((link) => [link, " "]));
  }

  /** `anew` shows so many rows of another build. */
  function addRows(answer, hits, anew) {
    list.append(...hits.map(row));
    document.getElementById("search-more")?.remove();
    const shown = list.children.length;
    if (shown >= answer.total) return;
    const more = element("button", { id: "search-more", type: "button" }, texts.next || "+");
    const turn = asked, { build } = answer;
    more.addEventListener("click", async () => {
      more.disabled = true;
      try {
        const next = await answer.hits(shown, shown + PAGE);
        const isLatest = await answers.isLatest(build);
        if (turn !== asked) return;
        status.querySelector(".search-fault")?.remove();
        if (isLatest) addRows(answer, next, anew);
        else await anew(shown + PAGE);
        list.children[shown]?.querySelector("a").focus();
      } catch (error) {
        more.disabled = false;
        if (turn === asked) complain(error);
      }
    });
    list.after(more);
  }

  /** What narrows an answer; the hits stay where that can't be loaded. */
  async function addFacets(answer, query) {
    const turn = asked;
    try {
      const facets = answer.total ? await answer.facets() : {};
      if (turn === asked) showFacets(query, facets, answer.counted);
    } catch (error) {
      if (turn === asked) complain(error);
    }
  }

  function showFacets(query, facets, counted) {
    const groups = [["years", "date"], ["sources", "source"], ["tags", "tag"]];
    aside.replaceChildren(...groups.filter(([name]) => facets[name] === null || facets[name]?.length)
      .map(([name, field]) => (facets[name] ? facetGroup(texts[name] || name, field, query, facets[name])
        : facetLater(texts[name] || name, field, query, counted))));
    if (facets.years?.length > 1) {
      chart?.replaceChildren(...yearChart(query, facets.years));
      aside.prepend(dateRange(query));
    }
  }

  const withoutDates = (query) => query.replace(/(?:^|\s+)date:\S+/g, "").trim() || "*";

  /** A bar for each year, a link each: what the list of years says, at a glance. */
  function yearChart(query, years) {
    const counts = new Map(years.map(([year, count]) => [Number(year), count]));
    const first = Math.min(...counts.keys()), last = Math.max(...counts.keys());
    const shown = last - first < 150 ? Array.from({ length: last - first + 1 }, (_, i) => first + i)
      : [...counts.keys()].sort((a, b) => a - b);
    const most = Math.max(...counts.values());
    const drawn = (name, attributes, ...children) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      made.append(...children);
      return made;
    };
    const bars = shown.flatMap((year, i) => {
      const count = counts.get(year);
      if (!count) return [];
      const tall = Math.max(1, Math.round(46 * count / most));
      const label = year + ": " + count.toLocaleString();
      const period = String(year).padStart(4, "0");
      const narrower = withoutDates(query) + " date:" + period;
      const bar = drawn("a", { href: addressOf(narrower), "aria-label": label },
        drawn("title", {}, label),
        drawn("rect", { class: "bar-room", x: 12 * i, y: 0, width: 12, height: 48 }),
        drawn("rect", { x: 12 * i + 1, y: 48 - tall, width: 10, height: tall }));
      return [answeredInPlace(bar, narrower)];
    });
    const width = shown.length * Math.max(12, Math.min(36, Math.floor(640 / shown.length)));
    const svg = drawn("svg", { viewBox: "0 0 " + 12 * shown.length + " 48", preserveAspectRatio: "none", width,
      height: 48, role: "group", "aria-label": texts.per_year || "" }, ...bars);
    const ends = element("p", { className: "chart-ends" }, element("span", {}, first), " ", element("span", {}, last));
    ends.setAttribute("aria-hidden", "true");
    return [svg, ends];
  }

  /** Two days; what lies between them is asked for. */
  function dateRange(query) {
    const [, first, last] = /(?:^|\s)date:(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?/.exec(query) || [];
    const day = (name, value) => element("input", { type: "date", name, value: value || "" });
    const from = day("from", first), to = day("to", last);
    const range = element("form", { className: "date-range" },
      element("label", {}, texts.from || "", " ", from), " ", element("label", {}, texts.to || "", " ", to), " ",
      element("button", { type: "submit" }, texts.narrow || ">"));
    range.addEventListener("submit", (event) => {
      event.preventDefault();
      const dates = from.value || to.value ? " date:" + from.value + ".." + to.value : "";
      goOn(withoutDates(query) + dates);
    });
    return range;
  }

  let remembered = null;  // what the address says

  function remember(query, change = "replaceState") {
    remembered = query;
    try {
      history[change](null, "", query ? addressOf(query) : location.pathname);
    } catch {
      // A page from a file may not change its address in some browsers.
    }
  }

  /** Answer another query, from which one comes back to this one. */
  function goOn(query) {
    clearTimeout(timer);
    if (query !== remembered) remember(query, "pushState");
    input.value = query;
    run(query);
  }

  addEventListener("popstate", () => {
    const query = new URLSearchParams(location.search).get("q") || "";
    if (query === remembered) return;  // another part of the page
    clearTimeout(timer);
    input.value = query;
    run(query);
  });

  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => run(input.value, answers.typing), WAIT);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    run(input.value);
  });
  const first = address.get("q") || "";
  if (first && !list.children.length) {
    input.value = first;
    run(first);
  }
})();

"use strict";
// Numbers in text: see notation.py, rice.py, posting_bits.py and place_bits.py in archive_gen/search/.

var archiveCodec = (function () {
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

  const TITLE_PLACES = 1000;

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

  /** A list of documents without postings. */
  function listed(text) {
    const found = [];
    eachDocument(text, (document) => found.push(document));
    return found;
  }

  const monthOf = (document) => Math.floor(document / SLOTS / DAYS);

  /** The file that has a document: see page/numbers.py. */
  function blockOf(document, grains) {
    const month = monthOf(document), grain = Number(grains[month]);
    const day = Math.floor(document / SLOTS) % DAYS;
    const inside = grain ? day >> grain << grain : day + "-" + Math.floor((document % SLOTS) / BLOCK_SLOTS);
    return month + "/" + inside;
  }

  return { VALUES, SLOTS, MONTHS, TITLE_PLACES, Places, postingList, listed, monthOf, blockOf };
})();

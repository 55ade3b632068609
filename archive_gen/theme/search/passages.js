"use strict";
// A passage of an article that shows why it matches: see archive_gen/search/snippets.py. The index knows of each
// article only how it begins; the rest is on its page.

var archivePassages = (function () {
  const { hits } = archiveWords;
  const { sentences, oneLine } = archiveSentences;
  const { element } = archiveElements;

  const LENGTH = 240, NEAR = 30, SAMPLE = 200;
  const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g;
  const BLOCKS = "p, div, h1, h2, h3, h4, h5, h6, hr, br, ul, ol, dl, li, dt, dd, blockquote, pre, table, tr, th, td, caption";
  const PATIENCE = 200;  // milliseconds that a page has to tell its text when it is there

  const known = archiveFiles.ofThisBuild(new Map());  // address → the text of that page

  /** The pieces [text, whether it is marked] of the passage that has most of the `wanted` words; null if none has any. */
  async function passage(address, wanted) {
    if (!known.has(address)) {
      known.set(address, markupOf(address).then(plain));
      known.get(address).catch(() => known.delete(address));
    }
    const text = await known.get(address);
    return passageOf(text, hits(text, wanted));
  }

  // ---- the text --------------------------------------------------------------------------------

  /** The markup of an article. A page that was opened from a disk may not read another, but show it; that tells it then. */
  const markupOf = (address) => (location.protocol === "file:" ? told(address) : fetched(address));

  async function fetched(address) {
    const response = await fetch(address);
    const page = new DOMParser().parseFromString(response.ok ? await response.text() : "", "text/html");
    return page.querySelector(".article-body")?.innerHTML || "";
  }

  function told(address) {
    return new Promise((resolve) => {
      const frame = element("iframe", { name: "archive-text", hidden: true });
      const hear = ({ source, data }) => { if (source === frame.contentWindow) end(String(data)); };
      const end = (markup) => {
        removeEventListener("message", hear);
        frame.remove();
        resolve(markup);
      };
      addEventListener("message", hear);
      frame.addEventListener("load", () => setTimeout(end, PATIENCE, ""));
      frame.src = address;
      document.body.append(frame);
    });
  }

  /** The text as the index has it: a line for each block, without pictures. */
  function plain(markup) {
    const { body } = new DOMParser().parseFromString(markup, "text/html");
    for (const figure of body.querySelectorAll("figure, .lead-picture")) figure.remove();
    for (const block of body.querySelectorAll(BLOCKS)) {
      block.before("\n");
      block.append("\n");
    }
    const lines = body.textContent.split("\n").map((line) => line.replace(/[ \t\u00a0]+/g, " ").trim());
    return lines.filter(Boolean).join("\n");
  }

  // ---- the passage -----------------------------------------------------------------------------

  function passageOf(text, found) {
    if (!found.length) return null;
    const [start, end, beginsAmid, endsAmid] = bestPassage(text, found);
    const pieces = beginsAmid ? [["… ", false]] : [];
    let done = start;
    for (const [from, to] of found.filter(([from, to]) => start <= from && to <= end)) {
      pieces.push([oneLine(text, done, from), false], [oneLine(text, from, to), true]);
      done = to;
    }
    pieces.push([oneLine(text, done, end), false], [endsAmid ? " …" : "", false]);
    return pieces.filter(([piece]) => piece);
  }

  /** [from, to, whether it begins and ends amid a sentence]: the sentence with most of the words, and its neighbours. */
  function bestPassage(text, found) {
    const length = lengthFor(text), far = found[found.length - 1][0] + length, spans = [];
    for (const span of sentences(text)) {
      if (span[0] > far) break;
      spans.push(span);
    }
    const inside = ([start, end]) => found.filter(([from]) => start <= from && from < end);
    const counts = spans.map((span) => new Set(inside(span).flatMap(([, , keys]) => keys)).size);
    const best = counts.indexOf(Math.max(...counts)), [start, end] = spans[best];
    if (end - start <= length) return withNeighbours(text, length, spans, best);
    const [first] = inside(spans[best])[0] || [start];
    return cut(text, length, Math.max(start, Math.min(first - length / 3, end - length)), start, end);
  }

  function lengthFor(text) {
    const sample = text.slice(0, SAMPLE);
    return 3 * (sample.match(WIDE) || []).length > sample.length ? LENGTH / 2 : LENGTH;
  }

  /** A sentence with those behind it, and if there are few, some before it. */
  function withNeighbours(text, length, spans, best) {
    let [start, end] = spans[best];
    for (const [, later] of spans.slice(best + 1)) {
      if (later - start > length) {
        if (2 * (end - start) < length) return cut(text, length, start, start, later);  // a heading alone says little
        break;
      }
      end = later;
    }
    for (const [earlier] of spans.slice(0, best).reverse()) {
      if (2 * (end - start) >= length || end - earlier > length) break;
      start = earlier;
    }
    return [start, end, false, false];
  }

  /** A passage at the ends of words, where there are any near. */
  function cut(text, length, from, first, last) {
    let start = from, end = Math.min(start + length, last);
    if (start > first) {
      const space = text.slice(start, start + NEAR).indexOf(" ");
      if (space >= 0) start += space + 1;
    }
    if (end < last) {
      const space = text.slice(end - NEAR, end).lastIndexOf(" ");
      if (space >= 0) end += space - NEAR;
    }
    return [start, end, start > first, end < last];
  }

  return { BLOCKS, passage };
})();

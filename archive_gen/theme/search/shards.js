"use strict";
// Where a key stands among the shards of a group: see page/shards.py and page/manifest.py in archive_gen/search/.

var archiveShards = (function () {
  const { keyword } = archiveWords;
  const { QueryError } = archiveQuery;
  const { load, limits } = archiveFiles;

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

  /** The place of the part in which `key` would stand, of parts with these first keys; -1 before all of them. */
  function placeOf(firsts, key) {
    let low = 0, high = firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= key) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  const firstsIn = new WeakMap();

  /** The first key of each shard of a group: see page/manifest.py. */
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
    const place = placeOf(firsts, key);
    if (place < 0) return undefined;
    const shard = await load(group + "/" + shardName(firsts[place]));
    if (!shard.has(firsts[place])) throw new Error("A part of the search index is of another build: " + group);
    return shard.get(key);
  }

  /** How many letters at the beginning of `key` begin other keys of a group, too: one of its neighbours has most. */
  async function lettersKnown(group, key) {
    const firsts = await firstsOf(group), place = placeOf(firsts, key);
    const shard = place < 0 ? [] : (await load(group + "/" + shardName(firsts[place]))).keys();
    const letters = [...key];
    const alike = [...shard, ...firsts.slice(place + 1, place + 2)].map((other) => {
      const others = [...other];
      const end = letters.findIndex((letter, i) => letter !== others[i]);
      return end < 0 ? letters.length : end;
    });
    return Math.max(0, ...alike);
  }

  /** Where the keys stand that begin with `prefix`: the first keys of all shards, and which ones. */
  async function span(group, prefix) {
    const firsts = await firstsOf(group);
    return { firsts, first: Math.max(0, placeOf(firsts, prefix)), last: placeOf(firsts, prefix + "\uffff") };
  }

  async function entriesFrom(group, prefix) {
    const { firsts, first, last } = await span(group, prefix);
    if (last - first >= limits.begun) throw tooWide();
    const names = firsts.slice(first, last + 1).map((key) => group + "/" + shardName(key));
    const shards = await Promise.all(names.map(load));
    return shards.flatMap((shard) => [...shard]).filter(([key]) => key.startsWith(prefix));
  }

  const tooWide = () => new QueryError("This would look through too much of the index: type more letters.");

  /** Some keys that are there, each with what the page knows of it. Throws what `fault` makes where they are too scattered. */
  async function entriesOf(group, keys, fault = tooWide) {
    const firsts = await firstsOf(group);
    if (new Set(keys.map((key) => placeOf(firsts, key))).size > limits.scattered) throw fault();
    return Promise.all(keys.map(async (key) => [key, await lookUp(group, key)]));
  }

  async function placesOfWord(word) {
    const firsts = await firstsOf("terms");
    const name = shardName(firsts[placeOf(firsts, word)]);
    const [terms, places] = await Promise.all([load("terms/" + name), load("places/" + name)]);
    return places[[...terms.keys()].indexOf(word)];
  }

  /** Whether so few words begin with `prefix` that looking for all of them loads little. */
  async function isNarrow(prefix) {
    const { first, last } = await span("terms", keyword(prefix));
    return last - first < limits.completed;
  }

  return { numberOf, placeOf, placesOfWord, lookUp, lettersKnown, entriesFrom, entriesOf, isNarrow };
})();

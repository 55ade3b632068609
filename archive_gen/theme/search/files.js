"use strict";
// The files of the index, all of one build. They come as script elements, because a page that was opened from a
// disk may not fetch.

var archiveFiles = (function () {
  const { QueryError } = archiveQuery;

  // Tests set smaller ones.
  const limits = {
    checked: 30_000,  // milliseconds until it is looked whether there is another build
    counted: 5000,  // of more articles tags, sources and places are as long as the archive: counted when somebody opens them
    begun: 64,  // so many shards may have what begins alike: that is asked for at each key
    scattered: 160,  // and so many what only ends alike, or is spelt almost alike
    completed: 4,  // what begins words in fewer shards is looked for, however short it is
  };

  let root = "";
  const ofBuild = [];
  const loaded = ofThisBuild(new Map());
  const takers = new WeakMap();  // script → what takes its value

  /** A map of what was read of this build: it is emptied where another one comes. */
  function ofThisBuild(known) {
    ofBuild.push(known);
    return known;
  }

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

  // A cache may have files of another build, and a page may stay open while one is published: what is read of
  // two builds says nothing true. So the manifest has an address that no cache knows, and all other files
  // have addresses of its build. Now and then, when somebody comes back to the page, and where a file is not as
  // it should be, it is loaded anew.
  const FORMAT = 23;  // of the index: see version.py
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
    for (const known of ofBuild) known.clear();
    edition = next;
    if (manifest.format !== FORMAT) return;  // it is asked for again, and that told
    loaded.set("manifest", Promise.resolve(manifest));
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

  const open = (where) => { root = where; };

  /** Whether a build is the one that answers now. */
  const isCurrent = (build) => build === edition;

  /** The same, when it is known whether there is another one. */
  const isLatest = async (build) => {
    await checking;
    return isCurrent(build);
  };

  return {
    OutdatedError, limits, add, open, load, ofThisBuild, inThisBuild, inOneBuild, edition: () => edition, isCurrent,
    isLatest,
  };
})();

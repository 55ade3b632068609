// Keys for readers: "/" to the search box, "j" and "k" along a list, the arrows to the
// neighbours in time. Every page works without this file.
(() => {
  "use strict";

  // The search page of a site that was opened from a disk may read no other page: this one tells it its text.
  if (location.protocol === "file:" && name === "archive-text") {
    parent.postMessage(document.querySelector(".article-body")?.innerHTML || "", "*");
    return;
  }

  // From a folder, asking for a manifest is an error; there is nothing to install either.
  if (location.protocol !== "file:") {
    const manifest = Object.assign(document.createElement("link"), { rel: "manifest" });
    manifest.href = document.currentScript.dataset.manifest;
    document.head.append(manifest);
  }

  // The search box answers while one types. What that takes is loaded when the box is first used; the
  // search page has its answers in the page.
  const form = document.querySelector("form.search[data-suggestions]");
  const loaded = new Set();
  const load = (...scripts) => {
    for (const src of scripts.filter((src) => !loaded.has(src))) {
      loaded.add(src);
      document.head.append(Object.assign(document.createElement("script"), { src, async: false }));
    }
  };
  const suggest = () => load(form.dataset.engine, form.dataset.suggestions);
  if (form && !document.getElementById("search-app")) {
    if (form.contains(document.activeElement)) suggest();
    else form.addEventListener("focusin", suggest, { once: true });
  }

  // Who comes from a hit sees where the words stand that he looked for.
  const article = CSS.highlights && form && document.querySelector("[data-marks]");
  const mark = () => {
    if (location.hash.startsWith("#q=") || history.state?.words) load(form.dataset.engine, article.dataset.marks);
  };
  if (article) {
    mark();
    addEventListener("hashchange", mark);
  }

  const SEARCH = "form.search input[type=search]";
  const TITLES = ".row-title a, .hit-title a";
  const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";

  const focus = (element) => {
    if (!element) return false;
    element.focus();
    return true;
  };

  const move = (by) => {
    const titles = [...document.querySelectorAll(TITLES)];
    const at = titles.indexOf(document.activeElement);
    return focus(at < 0 ? titles[by > 0 ? 0 : titles.length - 1] : titles[at + by]);
  };

  const follow = (relation) => {
    const link = document.querySelector(`main a[rel~=${relation}]`);
    link?.click();
    return Boolean(link);
  };

  const toSearch = () => {
    const box = document.querySelector(SEARCH);
    box?.select();
    return focus(box);
  };

  const rightToLeft = document.documentElement.dir === "rtl";
  const actions = {
    "/": toSearch,
    j: () => move(1),
    k: () => move(-1),
    ArrowLeft: () => follow(rightToLeft ? "next" : "prev"),
    ArrowRight: () => follow(rightToLeft ? "prev" : "next"),
  };

  // A reader who dictates, or whose keys mean something else, turns the keys off for good.
  // A browser may refuse storage, above all for file: pages; then the choice lasts a page.
  const remembered = {
    read() {
      try { return localStorage.getItem("archive-keys") !== "off"; } catch { return true; }
    },
    write(on) {
      try { localStorage.setItem("archive-keys", on ? "on" : "off"); } catch { /* as said */ }
    },
  };
  let on = remembered.read();
  const box = document.getElementById("keys");
  if (box) {
    box.checked = on;
    box.addEventListener("change", () => {
      on = box.checked;
      remembered.write(on);
    });
  }

  // Citations can be selected; where the browser has a clipboard, a button copies each.
  for (const cite of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
    for (const text of cite.querySelectorAll("pre")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = cite.dataset.copy;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(text.textContent);
        button.textContent = cite.dataset.copied;
        setTimeout(() => { button.textContent = cite.dataset.copy; }, 2000);
      });
      text.before(button);
    }
  }

  document.addEventListener("keydown", (event) => {
    // While a word is composed its keys belong to the input method; Safari says so by a number.
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // Here the arrows scroll.
    if (event.key.startsWith("Arrow") && event.target.closest?.("[role=region]")) return;
    const typing = event.target.closest?.(TYPING);
    if (event.key === "Escape") {
      // Out of the box; a browser would empty it, and what is found stand there without its query.
      if (event.target.closest?.(SEARCH)) event.preventDefault();
      document.activeElement?.blur();
    } else if (on && !typing && !(event.shiftKey && event.key.startsWith("Arrow"))) {
      if (actions[event.key]?.()) event.preventDefault();
    }
  });
})();

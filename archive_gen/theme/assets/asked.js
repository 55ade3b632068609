"use strict";
// Before the search page is drawn: where its address asks, room is kept for what is found. search.js comes only then.
document.documentElement.classList.toggle("asked", Boolean(new URLSearchParams(location.search).get("q")?.trim()));

// On the local server, while it builds again what changes: shows the newest build.
"use strict";

const SECONDS = 0.7;
const shown = document.documentElement.dataset.build;

async function look() {
  if (document.hidden) return;
  const answer = await fetch("/api/build").catch(() => null); // the server may be gone
  if (answer?.ok && (await answer.text()) !== shown) location.reload();
}

setInterval(look, 1000 * SECONDS);

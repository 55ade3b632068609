"""What a letter in the search box costs the page: queries typed letter by letter, in a browser."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from archive_gen.rendering.theme_files import SHIPPED, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">
<link rel="stylesheet" href="assets/style.css"><script src="assets/site.js" defer></script>
<form class="search" action="search/index.html" data-engine="assets/search.js"
data-suggestions="assets/suggestions.js"><input type="search" name="q"></form>"""
_TYPE = """async (text) => {
    const input = document.querySelector("input");
    const told = new Promise((resolve) => {
        const watch = new MutationObserver(() => { watch.disconnect(); resolve(); });
        const all = { subtree: true, childList: true, attributes: true };
        watch.observe(document.querySelector(".suggestions"), all);
        setTimeout(resolve, 3000);
    });
    input.value = text;
    input.dispatchEvent(new Event("input"));
    await told;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
}"""


def letters(engine: Any, folder: Path, queries: Sequence[str]) -> tuple[list[float], list[float]]:
    """Seconds of the page's main thread for each letter: the first time, and all again.

    ``folder`` holds ``search/``, the page's index. Time of the processor, so that other work of the
    machine counts little: scoring, drawing, and about one millisecond of asking how long it was.
    """
    shutil.copytree(SHIPPED / "assets", folder / "assets", dirs_exist_ok=True)
    (folder / "assets/search.js").write_bytes(shipped("assets/search.js"))
    (folder / "letters.html").write_text(_PAGE, "utf-8")
    page = engine.new_page()
    page.goto((folder / "letters.html").as_uri())
    page.focus("input")
    page.wait_for_selector("input[role=combobox]")
    browser = page.context.new_cdp_session(page)
    browser.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        metrics = browser.send("Performance.getMetrics")["metrics"]
        seconds: float = next(m["value"] for m in metrics if m["name"] == "TaskDuration")
        return seconds

    def one_by_one() -> Iterator[float]:
        for query in queries:
            page.evaluate(_TYPE, "")
            for text in _beginnings(query):
                before = worked()
                page.evaluate(_TYPE, text)
                yield worked() - before

    first, again = list(one_by_one()), list(one_by_one())
    page.close()
    return first, again


def _beginnings(query: str) -> Iterator[str]:
    return (query[:end] for end in range(1, len(query) + 1) if query[end - 1] != " ")

"""The same articles in Pagefind (https://pagefind.app/), which is asked in a browser."""

from __future__ import annotations

import contextlib
import functools
import gzip
import html
import http.server
import os
import resource
import shlex
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from archive_gen.search.values import SearchDocument

COMMAND = os.environ.get("ARCHIVE_PAGEFIND", shutil.which("pagefind"))
"""As in a shell; None where it is not installed."""
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<main data-pagefind-body><h1>{title}</h1>{paragraphs}</main></html>"""
_ASK = """async ([query, count]) => {
    const start = performance.now();
    window.pagefind ??= await import("/pagefind/pagefind.js");
    const { results } = await pagefind.search(query);
    const shown = await Promise.all(results.slice(0, count).map((result) => result.data()));
    return [shown.map((hit) => hit.meta.title), performance.now() - start];
}"""
_SHOWN = 20


class Pagefind:
    """Its index of a folder of pages."""

    def __init__(self, folder: Path, documents: Sequence[SearchDocument]) -> None:
        self._folder = folder
        for document in documents:
            target = folder / document.url / "index.html"
            target.parent.mkdir(parents=True)
            lines = (f"<p>{html.escape(line)}</p>" for line in document.text.split("\n"))
            text = _PAGE.format(title=html.escape(document.title), paragraphs="".join(lines))
            target.write_text(text, "utf-8")
        (folder / "index.html").write_text("<!doctype html><title>empty</title>", "utf-8")

    def add(self) -> float:
        """Index the pages; returns the processor time in seconds."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [*shlex.split(COMMAND or "pagefind"), "--site", str(self._folder)]
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    @property
    def size(self) -> int:
        """Bytes of the index."""
        return sum(p.stat().st_size for p in (self._folder / "pagefind").rglob("*") if p.is_file())

    @contextlib.contextmanager
    def asked(self, browser: Any) -> Iterator[PagefindPages]:
        """Pages that ask the index through a server of this machine."""
        handler = functools.partial(_Quiet, directory=str(self._folder))
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield PagefindPages(browser, f"http://127.0.0.1:{server.server_port}/")
            server.shutdown()


class PagefindPages:
    """Asks in a browser."""

    def __init__(self, browser: Any, address: str) -> None:
        self._browser = browser
        self._address = address

    @functools.cached_property
    def _page(self) -> Any:
        page = self._browser.new_page()
        page.goto(self._address)
        return page

    def titles(self, query: str) -> list[str]:
        """The first ten hits."""
        titles: list[str] = self._page.evaluate(_ASK, [query, 10])[0]
        return titles

    def visit(self, query: str) -> tuple[int, float]:
        """Compressed bytes and milliseconds of the first query of a visit."""
        page = self._browser.new_context().new_page()
        page.goto(self._address)
        loaded: list[Any] = []
        page.on("response", lambda response: loaded.append(response))
        milliseconds: float = page.evaluate(_ASK, [query, _SHOWN])[1]
        sizes = [_size(response.url, response.body()) for response in loaded]
        page.context.close()
        return sum(sizes), milliseconds


def _size(url: str, body: bytes) -> int:
    # Its own files are compressed, its scripts are for the server to compress.
    return len(gzip.compress(body)) if url.endswith((".js", ".json")) else len(body)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nobody reads it."""

"""How well cleaning finds an article in what other programs make of its page.

    python -m bench.dumps [--every N]

The collections have dumps of one kind. Here their pages of HTML become texts as scrapers make them:
with browsers of the terminal and with libraries, those of them that are installed (extra
``quality``). Each text is read and cleaned as a file that is imported, alone, and scored as in
``bench.cleaning``; the table is printed. ``--every N`` takes each Nth page of the core sets.
"""

from __future__ import annotations

import argparse
import importlib
import io
import re
import shutil
import subprocess
import tempfile
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

from archive_gen.article import RawDocument
from archive_gen.cleaning import clean
from archive_gen.cleaning.base import BODY_LABELS
from archive_gen.importers import text
from bench.cleaning import CORE, find_shared, load_scorer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Dump = Callable[[str], str]

PROGRAMS = {
    "lynx": ("lynx", "-dump", "-force_html", "-assume_charset=utf-8", "-display_charset=utf-8"),
    "w3m": ("w3m", "-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8"),
    "links2": ("links2", "-dump", "-codepage", "utf-8", "-html-assume-codepage", "utf-8"),
    "elinks": ("elinks", "-dump", "-dump-charset", "utf-8"),
}
EVERY = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=EVERY, metavar="N", help="each Nth page only")
    options = parser.parse_args()
    shared = find_shared()
    if shared is None:
        raise SystemExit("no ../shared/data/cleaning here: nothing to measure")
    scorer = load_scorer(shared)
    found = list(islice(_pages(shared, scorer), 0, None, options.every))
    print(f"{'dump':24}{'pages':>7}{'P':>8}{'R':>8}{'F1':>8}{'titles':>8}")
    for name, dump in dumps().items():
        print(f"{name:24}{len(found):7}{_row(scorer, dump, found)}", flush=True)


def _pages(shared: Path, scorer: Any) -> Iterator[dict[str, Any]]:
    for name in CORE:
        path = shared / "data" / "cleaning" / "html" / f"{name}.dev.jsonl.gz"
        yield from (page for page in scorer.read_jsonl(path) if page.get("gold_body"))


def dumps() -> dict[str, Dump]:
    """Name → what makes a text of a page; only what this machine has."""
    known: dict[str, Dump] = {
        name: partial(_by_program, call) for name, call in PROGRAMS.items() if shutil.which(call[0])
    }
    if soup := _library("bs4"):
        known["get_text('\\n')"] = lambda page: _soup(soup, page).get_text("\n")
        known["get_text('\\n', strip)"] = lambda page: _soup(soup, page).get_text("\n", strip=True)
    if inscriptis := _library("inscriptis"):
        known["inscriptis"] = inscriptis.get_text
    if html2text := _library("html2text"):
        known["html2text"] = html2text.html2text
    if markdownify := _library("markdownify"):
        known["markdownify"] = markdownify.markdownify
    return known


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _soup(library: Any, page: str) -> Any:
    soup = library.BeautifulSoup(page, "lxml")
    for element in soup(["script", "style", "noscript", "template"]):
        element.extract()
    return soup


def _by_program(call: tuple[str, ...], page: str) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as file:
        file.write(page)
        file.flush()
        ended = subprocess.run([*call, file.name], capture_output=True, timeout=60, check=False)
    return ended.stdout.decode("utf-8", "replace")


def _row(scorer: Any, dump: Dump, pages: list[dict[str, Any]]) -> str:
    bodies, titles = [], []
    for page in pages:
        title, body = _cleaned(dump(page["html"]))
        counts = scorer.body_counts(page["gold_body"], body)
        bodies.append(scorer.page_prf(*counts[:3]))
        if wanted := page.get("gold_title"):
            titles.append(_plain(title) == _plain(wanted))
    scores = [*map(fmean, zip(*bodies, strict=True)), fmean(titles)]
    return "".join(f"{score:8.4f}" for score in scores)


def _cleaned(dumped: str) -> tuple[str, str]:
    """Title and body of the first article in a text."""
    for raw in text.read("page.txt", io.BytesIO(dumped.encode())):
        if isinstance(raw, RawDocument):
            cleaned = clean(raw)
            lines = [line.text for line in cleaned.lines if line.label in BODY_LABELS]
            return cleaned.article.title, "\n".join(lines)
    return "", ""


def _plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.lower()))


if __name__ == "__main__":
    main()

"""How well cleaning finds an article in what other programs make of its page.

    python -m bench.dumps [--every N]

The collections have dumps of one kind. Here their pages of HTML become texts as scrapers make them,
with browsers of the terminal and with libraries, and as readers do, who copy a page or print it;
with those programs that are installed (extras ``quality`` and ``dev``). Each text is read and
cleaned as a file that is imported, alone, and scored as in ``bench.cleaning``; the table is
printed. A page of which a program makes nothing does not count. ``--every N`` takes each Nth page
of the core sets.
"""

from __future__ import annotations

import argparse
import atexit
import importlib
import io
import re
import shutil
import subprocess
import tempfile
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

import trafilatura

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
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
TO_PRINT = ("--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND")
SCRIPTS = re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE)
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
        print(f"{name:24}{_row(scorer, dump, found)}", flush=True)


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
    known["trafilatura"] = _by_trafilatura
    if newspaper := _library("newspaper"):
        known["newspaper4k"] = partial(_by_newspaper, newspaper)
    return {**known, **_of_browser()}


def _of_browser() -> dict[str, Dump]:
    """What readers make of a page: they copy all of it, or print it, and a program makes text of
    that."""
    playwright = _library("playwright.sync_api")
    path = next(filter(None, map(shutil.which, BROWSERS)), "")
    known: dict[str, Dump] = {}
    if path and playwright:
        engine = playwright.sync_playwright().start()
        atexit.register(engine.stop)
        browser = engine.chromium.launch(executable_path=path)
        context = browser.new_context(java_script_enabled=False, offline=True)
        known["Chromium, copied"] = partial(_copied, context)
    if path and shutil.which("pdftotext"):
        known["Chromium, pdftotext"] = partial(_printed, path)
    return known


def _copied(context: Any, page: str) -> str:
    """All of a page, as it is marked and copied in a window without scripts or a network."""
    window = context.new_page()
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8-sig") as file:
        file.write(page)
        file.flush()
        window.goto(Path(file.name).as_uri(), wait_until="domcontentloaded")
        copied = window.inner_text("body")
    window.close()
    return str(copied)


def _printed(browser: str, page: str) -> str:
    """The text of a PDF, with what a browser prints around its sheets; empty if that takes long."""
    with tempfile.TemporaryDirectory() as folder:
        source, printed = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(SCRIPTS.sub("", page), "utf-8-sig")
        call = [browser, *TO_PRINT, f"--user-data-dir={folder}/profile"]
        call += [f"--print-to-pdf={printed}", source.as_uri()]
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(call, capture_output=True, timeout=60, check=False)
        text_of_pdf = ["pdftotext", str(printed), "-"]
        ended = subprocess.run(text_of_pdf, capture_output=True, timeout=60, check=False)
    return ended.stdout.decode("utf-8", "replace")


def _by_trafilatura(page: str) -> str:
    return str(trafilatura.extract(page, with_metadata=True) or "")


def _by_newspaper(library: Any, page: str) -> str:
    """Headline and text of an article, with a blank line between them."""
    article = library.Article("https://example.org/", fetch_images=False)
    try:
        article.download(input_html=page)
        article.parse()
    except (ImportError, library.ArticleException):  # some languages need libraries of their own
        return ""
    return f"{article.title}\n\n{article.text}"


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
        dumped = dump(page["html"])
        if not dumped.strip():
            continue
        title, body = _cleaned(dumped)
        counts = scorer.body_counts(page["gold_body"], body)
        bodies.append(scorer.page_prf(*counts[:3]))
        if wanted := page.get("gold_title"):
            titles.append(_plain(title) == _plain(wanted))
    scores = [*map(fmean, zip(*bodies, strict=True)), fmean(titles)]
    return f"{len(bodies):7}" + "".join(f"{score:8.4f}" for score in scores)


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

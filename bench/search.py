"""Times the search index, beside SQLite FTS5 and Pagefind, and how well they find a known article.

    python -m bench.search --n 1000 19040 [--articles FILE.jsonl.gz]

Prints the tables of ``docs/search-performance.md``. Times of queries are of one process with warm
files, with snippets and (ours) facets included. Pagefind takes part where it is installed, or
``ARCHIVE_PAGEFIND`` says how it is called ("python -m pagefind"), and a browser is.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import itertools
import os
import random
import resource
import shutil
import sqlite3
import statistics
import string
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from archive_gen.building.indexing import part_size
from archive_gen.garbage import few_collections
from archive_gen.layout import INDEX_FOLDER
from archive_gen.parallel import chunks
from archive_gen.rendering.theme_files import shipped
from archive_gen.search import analysis, join
from archive_gen.search.page import index as page_index
from archive_gen.search.searcher import Searcher
from archive_gen.search.values import SearchDocument, SortOrder
from archive_gen.search.whoosh.index import WhooshIndex
from archive_gen.search.whoosh.schema import page_order
from bench import known_items
from bench.corpus import REUTERS, BenchArticle, from_jsonl, invented
from bench.letters import letters
from bench.pagefind import COMMAND, Pagefind, PagefindPages

_FRESH = "from archive_gen.cli import main; main()"
_KNOWN_ITEMS = 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, nargs="+", default=[1000])
    parser.add_argument("--articles", type=Path, default=REUTERS if REUTERS.exists() else None)
    arguments = parser.parse_args()
    for number in arguments.n:
        source = from_jsonl(arguments.articles, number) if arguments.articles else invented(number)
        documents = list(as_documents(source))
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), documents)


def as_documents(articles: Iterator[BenchArticle]) -> Iterator[SearchDocument]:
    for number, article in enumerate(articles):
        yield SearchDocument(
            path=f"{article.date[:4]}/{number}.md",
            url=f"{article.date[:4]}/{number}/",
            title=article.title,
            summary="",
            text="\n".join(article.paragraphs),
            date=article.date,
            source="Bench",
            authors=(),
            place="",
            tags=tuple(article.tags),
            language="en",
            digest=str(number),
        )


def measure(site: Path, documents: list[SearchDocument]) -> None:
    print(f"\n{len(documents):,} articles\n")
    print("| | archive-gen | SQLite FTS5 | Pagefind |\n|---|---|---|---|")
    (site / "site.yaml").write_text("title: Bench\n", "utf-8")
    folder = site / INDEX_FOLDER
    index = WhooshIndex(folder)
    fts = FullText(site / "fts.sqlite")
    with contextlib.ExitStack() as open_to_the_end:
        engine = open_to_the_end.enter_context(chromium())
        pages = Pagefind(site / "pagefind", documents) if engine and COMMAND else None
        ours, theirs = cpu(lambda: fill(index, documents)), cpu(lambda: fts.add(documents))
        row("index from nothing, s of CPU", ours, theirs, pages.add() if pages else None)
        size = {suffix: megabytes(folder, suffix) for suffix in ("", ".flat")}
        their_size = (site / "fts.sqlite").stat().st_size / 1e6
        row("index on disk, MB", size[""], their_size, pages.size / 1e6 if pages else None)
        row("… of which flat files, MB", size[".flat"])
        for count in (1, 100):
            changed = documents[:count]
            row(f"update {count}, ms", 1000 * cpu(partial(index.update, changed, [])))
        measure_fresh(site, documents)
        with few_collections():  # as in ``archive serve``
            measure_queries(Searcher(folder), fts, documents)
        asked = open_to_the_end.enter_context(pages.asked(engine)) if pages else None
        measure_known_items(index, fts, asked, documents)
        measure_page(index, site / "page", documents, engine, asked)
        if engine:
            measure_letters(engine, site / "page", documents)


def fill(index: WhooshIndex, documents: list[SearchDocument]) -> None:
    """As a cold build does, but in one process."""
    index.update([], [])
    parts = chunks(sorted(documents, key=page_order), part_size(len(documents)))
    index.update_in_parts(lambda: map(index.write_part, parts), [])
    join(index.folder)


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """A browser, or None where there is none."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        yield None
        return
    with sync_playwright() as engine:
        path = os.environ.get("ARCHIVE_CHROMIUM") or shutil.which("chromium")
        browser = engine.chromium.launch(executable_path=path)
        yield browser
        browser.close()


class FullText:
    """The same articles in SQLite's full-text index, with its Porter stemmer."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path)
        self._base.execute(
            "CREATE VIRTUAL TABLE article USING fts5(title, text, tokenize='porter unicode61')"
        )

    def add(self, documents: list[SearchDocument]) -> None:
        rows = ((document.title, document.text) for document in documents)
        self._base.executemany("INSERT INTO article VALUES (?, ?)", rows)
        self._base.commit()

    def search(self, query: str) -> list[tuple[str, str]]:
        statement = (
            "SELECT title, snippet(article, 1, '[', ']', '…', 40) FROM article"
            " WHERE article MATCH ? ORDER BY bm25(article, 4, 1) LIMIT 10"
        )
        return self._base.execute(statement, (query,)).fetchall()

    def titles(self, query: str) -> list[str]:
        return [title for title, _ in self.search(query)]


_SHARED = ("common word", "word", "two words", "OR", "phrase", "prefix")
"""The kinds of query that FTS5 understands as written."""


def measure_queries(searcher: Searcher, fts: FullText, documents: list[SearchDocument]) -> None:
    searcher.search("warm")
    for kind, queries in kinds_of_query(documents).items():
        sort: SortOrder = "newest" if kind == "by date" else "relevance"
        ours = spread([cpu(partial(searcher.search, query, sort=sort)) for query in queries])
        shared = kind in _SHARED
        theirs = spread([cpu(partial(fts.search, q)) for q in queries]) if shared else "–"
        print(f"| {kind}, ms of CPU: p50, p95, most | {ours} | {theirs} | – |")


def spread(times: list[float]) -> str:
    ordered = sorted(1000 * seconds for seconds in times)
    late = ordered[int(0.95 * (len(ordered) - 1))]
    return f"{statistics.median(ordered):.1f}, {late:.1f}, {ordered[-1]:.1f}"


def kinds_of_query(documents: list[SearchDocument]) -> dict[str, list[str]]:
    """Forty queries of each kind, from words of the articles."""
    chance = random.Random(7)
    articles = chance.choices(documents, k=40)
    words = [[w for w in analysis.words(a.text) if len(w) > 3] or ["none"] for a in articles]
    pairs = [chance.sample(w, 2) if len(w) > 1 else w * 2 for w in words]
    counts = Counter(w for a in documents[:500] for w in analysis.words(a.text))
    common = [word for word, _ in counts.most_common(40) if word.isalpha()]
    return {
        "common word": common,
        "word": [chance.choice(w) for w in words],
        "two words": [" ".join(p) for p in pairs],
        "two common words": [" ".join(p) for p in itertools.pairwise(common)],
        "OR": [" OR ".join(p) for p in pairs],
        "phrase": ['"' + " ".join(analysis.words(a.title)[:2]) + '"' for a in articles],
        "prefix": [f"{w[0][:3]}*" for w in words],
        "two letters": sorted({f"{w[0][:2]}*" for w in words}),
        "one letter": [f"{letter}*" for letter in string.ascii_lowercase],
        "fuzzy": [f"{w[0]}~" for w in words],
        "misspelt": [known_items.mistype(p[0], chance) for p in pairs],
        "tag": [f'tag:"{a.tags[0]}"' for a in articles if a.tags],
        "word and dates": [
            f"{w[0]} date:{a.date[:4]}..{a.date[:7]}" for w, a in zip(words, articles, strict=True)
        ],
        "by date": [w[0] for w in words],
    }


def measure_fresh(site: Path, documents: list[SearchDocument]) -> None:
    word = analysis.words(documents[0].title)[0]
    command = [sys.executable, "-c", _FRESH, "search", word, "--site", str(site)]
    runs = []
    for _ in range(7):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        runs.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    row("`archive search` in a fresh process, ms of CPU", 1000 * statistics.median(runs))


def measure_known_items(
    index: WhooshIndex,
    fts: FullText,
    pages: PagefindPages | None,
    documents: list[SearchDocument],
) -> None:
    """How high the article stands that three words of its own title ask for."""
    wanted = known_items.KnownItems([document.title for document in documents])
    engines: dict[str, Callable[[str], list[str]]] = {
        "ours": lambda query: [hit.title for hit in index.search(query).hits],
        "fts": fts.titles,
        **({"pagefind": pages.titles} if pages else {}),
    }
    found: defaultdict[str, list[dict[str, float]]] = defaultdict(list)
    for item in wanted.sample(_KNOWN_ITEMS, seed=11):
        for kind, words in item.queries.items():
            ranks = {
                name: known_items.reciprocal(ask(" ".join(words)), item.title)
                for name, ask in engines.items()
            }
            ranks["most"] = wanted.reachable(item.words, forms=kind == "inflected")
            found[kind].append(ranks)
    for kind, items in found.items():
        mean = {name: statistics.mean(ranks[name] for ranks in items) for name in items[0]}
        row(f"MRR@10, {kind}", mean["ours"], mean["fts"], mean.get("pagefind"), digits=3)
        row("… that can be expected at most", mean["most"], digits=3)


_PAGE = """<!doctype html><meta charset="utf-8"><script src="search.js"></script>"""
_FIRST = """async (query) => {
    const start = performance.now();
    const { best, search, documents } = archiveSearch;
    const answer = await best(query) || await search(query, "relevance");
    await documents(answer.numbers.slice(0, 20));
    return performance.now() - start;
}"""
_REST = """async (query) => {
    const answer = await archiveSearch.search(query, "relevance");
    await archiveSearch.facets(answer.scores);
}"""


def measure_page(
    index: WhooshIndex,
    folder: Path,
    documents: list[SearchDocument],
    engine: Any,
    pages: PagefindPages | None,
) -> None:
    packed: dict[str, int] = {}
    start = time.process_time()
    for name, data in page_index.files(index):
        packed[name] = len(gzip.compress(data))
        target = folder / "search" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    row("page index, with compressing and writing it, s of CPU", time.process_time() - start)
    size = sum(packed.values()) / 1000 / len(documents)
    row("page index, KB an article, compressed", size, digits=3)
    row("… its manifest, KB", packed["manifest.js"] / 1000)
    if not engine:
        return
    (folder / "search.js").write_bytes(shipped("assets/search.js"))
    (folder / "index.html").write_text(_PAGE, "utf-8")
    queries = kinds_of_query(documents)
    for kind in ("common word", "word", "two words", "two common words", "phrase", "misspelt"):
        some = queries[kind]
        found = zip(*(visit(engine, folder, packed, query) for query in some), strict=True)
        size, more, passed = map(statistics.median, found)
        others = [pages.visit(query) for query in some[:10]] if pages else [(0, 0.0)]
        their_sizes, their_times = (statistics.median(c) for c in zip(*others, strict=True))
        row(f"first query in the page, {kind}, KB", size / 1000, None, their_sizes / 1000)
        row(f"… ms until answered, with loading, {kind}", passed, None, their_times)
        row(f"… and KB more to count the hits, {kind}", more / 1000)


def measure_letters(engine: Any, folder: Path, documents: list[SearchDocument]) -> None:
    queries = kinds_of_query(documents)
    typed = queries["two words"][:10] + queries["two common words"][:5]
    first, again = letters(engine, folder, typed)
    for name, seconds in (("a letter in the search box", first), ("… typed once more", again)):
        print(f"| {name}, ms of the main thread: p50, p95, most | {spread(seconds)} | – | – |")


def visit(engine: Any, folder: Path, packed: dict[str, int], query: str) -> tuple[int, int, float]:
    """Of the first query of a visit: compressed bytes until the hits stand there, bytes that are
    loaded then to count them, and milliseconds until they stand."""
    page = engine.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(unquote(request.url).partition("?")[0]))
    page.goto((folder / "index.html").as_uri())
    milliseconds: float = page.evaluate(_FIRST, query)
    first = len(loaded)
    page.evaluate(_REST, query)
    page.close()
    sizes = [packed.get(url.partition("/page/search/")[2], 0) for url in loaded]
    return sum(sizes[:first]), sum(sizes[first:]), milliseconds


def megabytes(folder: Path, suffix: str) -> float:
    return sum(p.stat().st_size for p in folder.iterdir() if p.name.endswith(suffix)) / 1e6


def cpu(work: Callable[[], object]) -> float:
    """Seconds of this process's time: other work on the machine counts little."""
    start = time.process_time()
    work()
    return time.process_time() - start


def row(name: str, *figures: float | None, digits: int = 2) -> None:
    shown = ["–" if figure is None else f"{figure:.{digits}f}" for figure in figures]
    print("|", " | ".join([name, *shown, *["–"] * (3 - len(shown))]), "|", flush=True)


if __name__ == "__main__":
    main()

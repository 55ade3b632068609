"""Times the search index and measures how well it finds a known article.

    python -m bench.search --n 1000 19040 [--articles FILE.jsonl.gz]

Latencies are of one process with warm files, snippets and facets included; ``fresh`` is a whole
``archive search``. MRR: how high the article stands that three words of its own title ask for.
"""

from __future__ import annotations

import argparse
import gzip
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from archive_gen.search import INDEX_FOLDER, analysis, browser
from archive_gen.search.base import SearchDocument
from archive_gen.search.whoosh_index import WhooshIndex
from bench.corpus import REUTERS, BenchArticle, from_jsonl, invented

_FRESH = "from archive_gen.cli import main; main()"
_KNOWN_ITEMS = 300


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
    print(f"{len(documents):,} articles")
    (site / "site.yaml").write_text("title: Bench\n", "utf-8")
    folder = site / INDEX_FOLDER
    index = WhooshIndex(folder)
    report("index from nothing", timed(lambda: index.update(documents, [])), "s", 1)
    report("index on disk", sum(p.stat().st_size for p in folder.iterdir()) / 1e6, "MB", 1)
    for count in (1, 100):
        changed = documents[:count]
        report(f"update {count}", timed(partial(index.update, changed, [])), "ms", 1000)
    measure_queries(index, documents)
    measure_fresh(site, documents)
    measure_known_items(index, documents)
    measure_page(index, len(documents))


def measure_queries(index: WhooshIndex, documents: list[SearchDocument]) -> None:
    index.search("warm")
    for kind, queries in kinds_of_query(documents).items():
        times = [timed(partial(index.search, query)) for query in queries]
        spread = sorted(times)
        print(
            f"  {kind:<24}p50 {1000 * statistics.median(times):8.1f} ms"
            f"   p95 {1000 * spread[int(0.95 * (len(spread) - 1))]:8.1f} ms"
        )


def kinds_of_query(documents: list[SearchDocument]) -> dict[str, list[str]]:
    """Twenty queries of each kind, from words of the articles."""
    chance = random.Random(7)
    articles = chance.choices(documents, k=20)
    words = [[w for w in analysis.words(a.text) if len(w) > 3] or ["none"] for a in articles]
    pairs = [chance.sample(w, 2) if len(w) > 1 else w * 2 for w in words]
    common = statistics.multimode(w for a in documents[:500] for w in analysis.words(a.text))[0]
    return {
        "common word": [common] * 5,
        "word": [w[0] for w in words],
        "two words": [" ".join(p) for p in pairs],
        "OR": [" OR ".join(p) for p in pairs],
        "phrase": ['"' + " ".join(list(analysis.words(a.title))[:2]) + '"' for a in articles],
        "prefix": [f"{w[0][:3]}*" for w in words],
        "fuzzy": [f"{w[0]}~" for w in words],
        "misspelt": [mistype(p[0], chance) for p in pairs],
        "tag": [f'tag:"{a.tags[0]}"' for a in articles if a.tags],
        "word and dates": [
            f"{w[0]} date:{a.date[:4]}..{a.date[:7]}" for w, a in zip(words, articles, strict=True)
        ],
    }


def measure_fresh(site: Path, documents: list[SearchDocument]) -> None:
    word = next(analysis.words(documents[0].title))
    command = [sys.executable, "-c", _FRESH, "search", word, "--site", str(site)]
    run = partial(subprocess.run, command, check=True, capture_output=True)
    runs = [timed(run) for _ in range(5)]
    report("fresh process", statistics.median(runs), "ms", 1000)


def measure_known_items(index: WhooshIndex, documents: list[SearchDocument]) -> None:
    chance = random.Random(11)
    ranks: dict[str, list[float]] = {"as typed": [], "with a slip, corrected": []}
    for document in chance.sample(documents, min(_KNOWN_ITEMS, len(documents))):
        words = [word for word in analysis.words(document.title) if len(word) > 3]
        if len(words) < 3:
            continue
        wanted = chance.sample(words, 3)
        ranks["as typed"].append(reciprocal_rank(index, " ".join(wanted), document))
        wanted[0] = mistype(wanted[0], chance)
        typed = " ".join(wanted)
        better = index.search(typed).suggestion or typed
        ranks["with a slip, corrected"].append(reciprocal_rank(index, better, document))
    for name, found in ranks.items():
        if found:
            report(f"MRR@10 {name}", statistics.mean(found), "", 1)


def reciprocal_rank(index: WhooshIndex, query: str, wanted: SearchDocument) -> float:
    # Agencies send one story under one title again: any of them is the one.
    titles = [hit.title for hit in index.search(query).hits]
    return 1 / (titles.index(wanted.title) + 1) if wanted.title in titles else 0.0


def mistype(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def measure_page(index: WhooshIndex, number: int) -> None:
    files: dict[str, bytes] = {}
    report("page index", timed(lambda: files.update(browser.files(index))), "s", 1)
    packed = {name: len(gzip.compress(data)) for name, data in files.items()}
    small = sum(n for name, n in packed.items() if not name.startswith(("places/", "documents/")))
    print(f"  page index: {len(files):,} files, {sum(packed.values()) / number:.0f} B an article")
    print(f"    without places and excerpts {small / number:.0f} B an article (compressed)")
    print(f"    manifest {packed['manifest.js'] / 1000:.1f} KB")


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def report(name: str, value: float, unit: str, scale: float) -> None:
    print(f"  {name:<24}{value * scale:12.3f} {unit}")


if __name__ == "__main__":
    main()

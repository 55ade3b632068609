"""How high known articles stand, beside Whoosh as it comes, by how the words are drawn.

    python -m bench.relevance [--whoosh] [--shortest 4 5] [--seeds 11 31] [--articles FILE.jsonl.gz]

Prints the mean reciprocal rank, of ten, of articles that three words of their titles ask for; see
``known_items``. Each seed draws other articles. Whoosh is asked with its own schema, analysis,
query parser and BM25F.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from whoosh import analysis, fields, index, qparser

from archive_gen.search.values import SearchDocument
from archive_gen.search.whoosh.index import WhooshIndex
from bench.corpus import REUTERS, from_jsonl, invented
from bench.known_items import KnownItems, reciprocal
from bench.search import as_documents, fill

Engine = Callable[[str], list[str]]
"""Query → titles, best first."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=19040)
    parser.add_argument("--shortest", type=int, nargs="+", default=[4, 5])
    parser.add_argument("--seeds", type=int, nargs="+", default=[11])
    parser.add_argument("--whoosh", action="store_true", help="ask Whoosh as it comes, too")
    parser.add_argument("--articles", type=Path, default=REUTERS if REUTERS.exists() else None)
    wanted = parser.parse_args()
    source = from_jsonl(wanted.articles, wanted.n) if wanted.articles else invented(wanted.n)
    documents = list(as_documents(source))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = WhooshIndex(folder / "ours")
        fill(ours, documents)
        engines: dict[str, Engine] = {
            "ours": lambda query: [h.title for h in ours.search(query).hits]
        }
        if wanted.whoosh:
            engines |= whoosh_as_it_comes(folder, documents)
        print("|", " | ".join(["words of", "seed", "query", "at most", *engines]), "|")
        print("|---" * (4 + len(engines)) + "|")
        for shortest in wanted.shortest:
            items = KnownItems([document.title for document in documents], shortest)
            for seed in wanted.seeds:
                measure(items, engines, shortest, seed)


def measure(items: KnownItems, engines: dict[str, Engine], shortest: int, seed: int) -> None:
    found: defaultdict[str, list[list[float]]] = defaultdict(list)
    for item in items.sample(1000, seed):
        for kind, words in item.queries.items():
            most = items.reachable(item.words, forms=kind == "inflected")
            ranks = [reciprocal(ask(" ".join(words)), item.title) for ask in engines.values()]
            found[kind].append([most, *ranks])
    for kind, rows in found.items():
        means = [f"{statistics.mean(column):.3f}" for column in zip(*rows, strict=True)]
        print("|", " | ".join([f"{shortest} letters", str(seed), kind, *means]), "|", flush=True)


def whoosh_as_it_comes(folder: Path, documents: list[SearchDocument]) -> dict[str, Engine]:
    """Whoosh's own searches: all words must match, with its stemmer and without; any may match."""
    stemmed = _written(folder / "stemmed", documents, analysis.StemmingAnalyzer())
    plain = _written(folder / "plain", documents, analysis.StandardAnalyzer())
    return {
        "Whoosh": _engine(plain),
        "… stemmed": _engine(stemmed),
        "… any word, title thrice": _engine(stemmed, qparser.OrGroup, title=3.0),
    }


def _written(folder: Path, documents: list[SearchDocument], analyzer: object) -> Any:
    folder.mkdir()
    text = fields.TEXT(stored=True, analyzer=analyzer)
    written = index.create_in(str(folder), fields.Schema(title=text, body=fields.TEXT(analyzer)))
    with written.writer(limitmb=512) as writer:
        for document in documents:
            writer.add_document(title=document.title, body=document.text)
    return written


def _engine(written: Any, group: Any = qparser.AndGroup, *, title: float = 1.0) -> Engine:
    searcher = written.searcher()
    parser = qparser.MultifieldParser(
        ["title", "body"], written.schema, fieldboosts={"title": title, "body": 1.0}, group=group
    )

    def titles(text: str) -> list[str]:
        return [hit["title"] for hit in searcher.search(parser.parse(text), limit=10)]

    return titles


if __name__ == "__main__":
    main()

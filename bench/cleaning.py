"""How well cleaning finds an article, beside the libraries that a user would pick instead.

    python -m bench.cleaning [--every N]

Runs only where ``../shared/data/cleaning`` is, scores with its own scorer and writes
``docs/quality.md``. Each page goes through all methods in turn, so that their times compare;
``archive extract`` is what runs for us. ``--every N`` takes each Nth page of a set only (of the
batches, whole sources), for a quick look; the page then says so.

The trees have learned from some of these sets: their rows of *ours* flatter us. What they do on
sites they have never seen, the two ``--check`` runs in ``training/`` tell.
"""

from __future__ import annotations

import argparse
import html
import importlib.util
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive_gen.cleaning.lines.blocks import split_blocks
from archive_gen.intake.extract import Extraction, extract, learn
from archive_gen.parallel import SerialMapper
from bench import libraries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from archive_gen.cleaning import Learned

    Method = Callable[[dict[str, Any]], dict[str, Any]]

CORE = ("scrapinghub", "naeb", "fundus80", "fundus-parsers", "big9")
OTHERS = ("wcxb-articles", "chaos", "cleanportal")
UNSEEN = ("big9", "chaos", "cleanportal")
"""Sets that nothing was learned from."""
BATCHES = ("big9", "fundus80", "cleanportal")
TARGET = Path(__file__).resolve().parents[1] / "docs" / "quality.md"
NEVER_SEEN = "## On sites never seen"
HEAD = f"""# How well cleaning finds the article

Written by `make quality`, in one run, every page through each method in turn. Macro precision,
recall and F1 of the body (shingles of four words), milliseconds a page on one core. The shipped
trees have learned from all sets but {", ".join(UNSEEN)}: the other rows of *ours* flatter us, and
the first section and [the cleaning model](cleaning-model.md) tell what happens on sites never
seen. Libraries run with their defaults unless named otherwise; for text, which none of them is made
for, each line is given to them as a paragraph.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each Nth page only")
    options = parser.parse_args()
    shared = find_shared()
    if shared is None:
        raise SystemExit("no ../shared/data/cleaning here: nothing to measure")
    bench = Bench(shared, options.every)
    parts = [HEAD, _kept_section()]
    if options.every > 1:
        parts.append(f"This run took every {options.every}th page of each set only.\n")
    for title, rows in bench.sections():
        parts.append(f"## {title}\n\n```\n" + "\n".join(rows) + "\n```\n")
    TARGET.write_text("\n".join(parts), encoding="utf-8")


def _kept_section() -> str:
    """The section that a person writes after a cross-validation: as it stands."""
    old = TARGET.read_text(encoding="utf-8") if TARGET.exists() else ""
    _, found, rest = old.partition(NEVER_SEEN)
    return found + rest.partition("\n## ")[0]


def find_shared() -> Path | None:
    here = Path(__file__).resolve()
    folders = (parent / "shared" for parent in here.parents)
    return next((folder for folder in folders if (folder / "data" / "cleaning").is_dir()), None)


def load_scorer(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location(
        "score_cleaning", shared / "tools" / "score_cleaning.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def keep_everything(page: dict[str, Any]) -> dict[str, Any]:
    return {"body": page["raw_text"]}


def keep_sentences(page: dict[str, Any]) -> dict[str, Any]:
    """Lines of eight words or more that end as a sentence does."""
    blocks = split_blocks(page["raw_text"])
    return {"body": "\n".join(block.text for block in blocks if block.ends and block.words >= 8)}


def ours(learned: Mapping[str, Learned]) -> Method:
    """``archive extract``, with what was learned before."""
    extraction = Extraction(labels=False, learned=learned)
    return lambda page: next(extract([as_line(page)], extraction, SerialMapper()))


def as_line(page: dict[str, Any]) -> bytes:
    """The page as ``archive extract`` reads it."""
    record = {"id": page["id"], "url": page.get("url") or "", "source": page.get("source") or ""}
    text = {"html": page["html"]} if "html" in page else {"text": page["raw_text"]}
    return json.dumps(record | text).encode()


def of_html(method: libraries.Method) -> Method:
    return lambda page: safely(method, page["html"], page.get("url") or "")


def of_text(method: libraries.Method) -> Method:
    """The library, given the text with each line as a paragraph."""

    def run(page: dict[str, Any]) -> dict[str, Any]:
        lines = (f"<p>{html.escape(line)}</p>" for line in page["raw_text"].split("\n") if line)
        wrapped = "<html><body>" + "\n".join(lines) + "</body></html>"
        return safely(method, wrapped, page.get("url") or "")

    return run


def safely(method: libraries.Method, page: str, url: str) -> dict[str, Any]:
    """What the library finds; nothing where it stumbles."""
    try:
        return method(page, url)
    except Exception:  # whatever it raises, the page counts as not read
        return {}


class Bench:
    """The sets, and the tables made of them."""

    def __init__(self, shared: Path, every: int) -> None:
        self.folder = shared / "data" / "cleaning"
        self.scorer = load_scorer(shared)
        self.every = every

    def sections(self) -> Iterable[tuple[str, list[str]]]:
        """Title and rows of each table."""
        here = libraries.installed()
        texts: dict[str, Method] = {"everything": keep_everything, "sentences": keep_sentences}
        texts |= {name: of_text(method) for name, method in here.items()} | {"ours": ours({})}
        pages: dict[str, Method] = {name: of_html(method) for name, method in here.items()}
        told = {name: of_html(method) for name, method in libraries.metadata().items()}
        for variant in ("main", "full"):
            yield f"Text, {variant} dumps", self.bodies(f"text/{{}}.{variant}.dev.jsonl.gz", texts)
        yield "HTML", self.bodies("html/{}.dev.jsonl.gz", pages | {"ours": ours({})})
        yield "Batches of one source", self.batches()
        facts = ("naeb", "fundus-parsers", "big9", "wcxb-articles", "trafilatura")
        yield (
            "Metadata of HTML pages",
            self.facts("html/{}.dev.jsonl.gz", facts, told | {"ours": ours({})}),
        )
        for variant in ("main", "full"):
            path = f"text/{{}}.{variant}.dev.jsonl.gz"
            yield f"Metadata of {variant} dumps", self.facts(path, facts[:4], {"ours": ours({})})

    def read(self, path: str) -> list[dict[str, Any]]:
        return list(self.scorer.read_jsonl(self.folder / path))

    def bodies(self, path: str, methods: Mapping[str, Method]) -> list[str]:
        """A row for each set and method, and one for the core sets together."""
        rows = [f"{'set':<16}{'method':<14}{'pages':>6}{'P':>8}{'R':>8}{'F1':>8}{'ms/page':>9}"]
        core: list[dict[str, Any]] = []
        found: dict[str, dict[str, Any]] = {name: {} for name in methods}
        seconds = dict.fromkeys(methods, 0.0)
        for name in (*CORE, *OTHERS):
            pages = self.read(path.format(name))[:: self.every]
            answers, took = run_all(pages, methods)
            rows += self.table(name, pages, answers, took)
            if name in CORE:
                core += pages
                for method in methods:
                    found[method] |= answers[method]
                    seconds[method] += took[method]
        return [*rows, *self.table("core", core, found, seconds)]

    def table(
        self,
        name: str,
        pages: list[dict[str, Any]],
        found: Mapping[str, Any],
        seconds: Mapping[str, float],
    ) -> list[str]:
        rows = []
        for method, answers in found.items():
            macro = self.scorer.score(pages, answers)[0]["body"]["macro"]
            scores = f"{macro['p']:8.3f}{macro['r']:8.3f}{macro['f1']:8.3f}"
            pace = f"{seconds[method] / len(pages) * 1000:9.1f}"
            rows.append(f"{name:<16}{method:<14}{len(pages):>6}{scores}{pace}")
            print(rows[-1], flush=True)
        return rows

    def batches(self) -> list[str]:
        """Pages of one source together: without and with what its pages repeat."""
        rows = [f"{'set':<16}{'method':<14}{'pages':>6}{'P':>8}{'R':>8}{'F1':>8}{'ms/page':>9}"]
        for label, path in (
            ("main", "text/{}.main.dev.jsonl.gz"),
            ("full", "text/{}.full.dev.jsonl.gz"),
            ("HTML", "html/{}.dev.jsonl.gz"),
        ):
            pages = [page for name in BATCHES for page in self.read(path.format(name))]
            sources = sorted({page["source"] for page in pages})[:: self.every]
            pages = [page for page in pages if page["source"] in sources]
            known = learn(map(as_line, pages), SerialMapper())
            methods = {"page by page": ours({}), "learned": ours(known)}
            rows += self.table(label, pages, *run_all(pages, methods))
        return rows

    def facts(self, path: str, names: Iterable[str], methods: Mapping[str, Method]) -> list[str]:
        """Title, date and authors."""
        rows = [
            f"{'set':<16}{'method':<14}{'title':>8}{'date':>8}{'of found':>10}"
            f"{'authors':>9}{'F1':>8}"
        ]
        everything: list[dict[str, Any]] = []
        found: dict[str, dict[str, Any]] = {name: {} for name in methods}
        for name in names:
            pages = self.read(path.format(name))[:: self.every]
            answers, _ = run_all(pages, methods)
            rows += self.fact_rows(name, pages, answers)
            if name in CORE:
                everything += pages
                for method in methods:
                    found[method] |= answers[method]
        return [*rows, *self.fact_rows("core", everything, found)]

    def fact_rows(
        self, name: str, pages: list[dict[str, Any]], found: Mapping[str, Any]
    ) -> list[str]:
        rows = []
        for method, answers in found.items():
            result = self.scorer.score(pages, answers)[0]
            date, author = result.get("date", {}), result.get("author", {})
            cells = (
                f"{result['title']['accuracy']:8.3f}",
                f"{date['accuracy']:8.3f}{date['precision']:10.3f}" if date else f"{'':18}",
                f"{author['accuracy']:9.3f}{author['f1']:8.3f}" if author else "",
            )
            rows.append(f"{name:<16}{method:<14}" + "".join(cells).rstrip())
            print(rows[-1], flush=True)
        return rows


def run_all(
    pages: list[dict[str, Any]], methods: Mapping[str, Method]
) -> tuple[dict[str, dict[str, Any]], dict[str, float]]:
    """Method → page → prediction, and the seconds that each method took."""
    found: dict[str, dict[str, Any]] = {name: {} for name in methods}
    seconds = dict.fromkeys(methods, 0.0)
    for page in pages:
        for name, method in methods.items():
            start = time.process_time()
            found[name][page["id"]] = method(page)
            seconds[name] += time.process_time() - start
    return found, seconds


if __name__ == "__main__":
    main()

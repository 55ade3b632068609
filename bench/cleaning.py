"""How well cleaning finds the story: macro F1 on the pages of ``../shared/data/cleaning``.

    python bench/cleaning.py [SET …]

Runs only where that folder is there; scores with its own scorer and, for the core sets, writes
``docs/quality.md``. The lead, which we keep apart as the summary, does not count as body. The
model has learned from some of these sets, so that their rows flatter it; what it does on sites
it has never seen, ``training/train_cleaning.py --check`` tells.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive_gen.cleaning import BODY_LABELS, apply_rules, label
from archive_gen.cleaning.blocks import split_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Method = Callable[[str], str]

HEAD = """# How well cleaning finds the story

Written by `make quality`: macro precision, recall and F1 of the body, set by set. The shipped
model has learned from all of these sets but big9, so that the rows of *ours* for the others say
less than those in [the cleaning model](cleaning-model.md), which are of sites never seen.

```
"""
CORE = ("scrapinghub", "naeb", "fundus80", "fundus-parsers", "big9")


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


def keep_everything(raw_text: str) -> str:
    return raw_text


def keep_sentences(raw_text: str) -> str:
    """Lines of eight words or more that end as a sentence does."""
    blocks = split_blocks(raw_text)
    return "\n".join(block.text for block in blocks if block.ends and block.words >= 8)


def keep_by_rules(raw_text: str) -> str:
    return "\n".join(apply_rules(split_blocks(raw_text)).texts(*BODY_LABELS))


def clean(raw_text: str) -> str:
    return "\n".join(label(split_blocks(raw_text)).texts(*BODY_LABELS))


METHODS = {
    "everything": keep_everything,
    "sentences": keep_sentences,
    "rules alone": keep_by_rules,
    "ours": clean,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=CORE)
    options = parser.parse_args()
    shared = find_shared()
    if shared is None:
        raise SystemExit("no ../shared/data/cleaning here: nothing to measure")
    scorer = load_scorer(shared)
    lines = [
        f"{'method':<13}{'set':<22}{'pages':>6}{'P':>8}{'R':>8}{'F1':>8}{'ms/page':>9}",
        *(
            line
            for variant in ("main", "full")
            for name, method in METHODS.items()
            for line in measure(scorer, shared, options.sets, variant, name, method)
        ),
    ]
    if tuple(options.sets) == CORE:
        target = Path(__file__).resolve().parents[1] / "docs" / "quality.md"
        target.write_text(HEAD + "\n".join(lines) + "\n```\n", encoding="utf-8")


def measure(
    scorer: Any, shared: Path, sets: Sequence[str], variant: str, name: str, method: Method
) -> Iterator[str]:
    """A row for each set, and one for all of them together."""
    golds: list[dict[str, Any]] = []
    found: dict[str, dict[str, str]] = {}
    seconds = 0.0
    for each in sets:
        path = shared / "data" / "cleaning" / "text" / f"{each}.{variant}.dev.jsonl.gz"
        pages = list(scorer.read_jsonl(path))
        start = time.perf_counter()
        bodies = {page["id"]: {"body": method(page["raw_text"])} for page in pages}
        took = time.perf_counter() - start
        yield row(name, f"{each} {variant}", scorer.score(pages, bodies)[0], took)
        golds, found, seconds = golds + pages, found | bodies, seconds + took
    yield row(name, f"all {variant}", scorer.score(golds, found)[0], seconds)


def row(method: str, name: str, result: dict[str, Any], seconds: float) -> str:
    macro, pages = result["body"]["macro"], result["body"]["pages"]
    scores = f"{macro['p']:>8.3f}{macro['r']:>8.3f}{macro['f1']:>8.3f}"
    line = f"{method:<13}{name:<22}{pages:>6}{scores}{seconds / pages * 1000:>9.1f}"
    print(line, flush=True)
    return line


if __name__ == "__main__":
    main()

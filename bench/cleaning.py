"""How well cleaning finds the story: macro F1 on the pages of ``../shared/data/cleaning``.

    python bench/cleaning.py [SET …]

Runs only where that folder is there. Scores with its own scorer; the lead, which we keep apart
as the summary, counts neither way unless ``--lead`` puts it before the body.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from pathlib import Path
from typing import Any

from archive_gen.cleaning import BODY_LABELS, Label, label
from archive_gen.cleaning.blocks import split_blocks

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


def predict(raw_text: str, *, lead: bool) -> dict[str, str]:
    page = label(split_blocks(raw_text))
    labels = {*BODY_LABELS, Label.LEAD} if lead else BODY_LABELS
    titles = page.texts(Label.TITLE)
    return {"title": titles[0] if titles else "", "body": "\n".join(page.texts(*labels))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=CORE)
    parser.add_argument("--lead", action="store_true", help="count the lead as body")
    options = parser.parse_args()
    shared = find_shared()
    if shared is None:
        raise SystemExit("no ../shared/data/cleaning here: nothing to measure")
    scorer = load_scorer(shared)
    print(f"{'set':<22}{'pages':>6}{'P':>8}{'R':>8}{'F1':>8}{'title':>8}{'ms/page':>9}")
    for variant in ("main", "full"):
        pooled: list[dict[str, Any]] = []
        predictions: dict[str, dict[str, str]] = {}
        seconds = 0.0
        for name in options.sets:
            path = shared / "data" / "cleaning" / "text" / f"{name}.{variant}.dev.jsonl.gz"
            golds = list(scorer.read_jsonl(path))
            start = time.perf_counter()
            found = {gold["id"]: predict(gold["raw_text"], lead=options.lead) for gold in golds}
            took = time.perf_counter() - start
            show(f"{name} {variant}", scorer.score(golds, found)[0], took)
            pooled += golds
            predictions |= found
            seconds += took
        show(f"all {variant}", scorer.score(pooled, predictions)[0], seconds)


def show(name: str, result: dict[str, Any], seconds: float) -> None:
    macro = result["body"]["macro"]
    pages = result["body"]["pages"]
    title = f"{result['title']['accuracy']:8.3f}" if "title" in result else f"{'–':>8}"
    row = f"{name:<22}{pages:>6}{macro['p']:>8.3f}{macro['r']:>8.3f}{macro['f1']:>8.3f}"
    print(f"{row}{title}{seconds / pages * 1000:>9.1f}")


if __name__ == "__main__":
    main()

"""What each rule of cleaning is worth: what the scores lack without it.

    python -m bench.rules [--every N]

Each of ``RULES`` but the last, which names what is left, and each step that follows them, is left
out in turn on every Nth text dump of all sets, full and main; the table is printed. A point is a
hundredth of what ``bench.cleaning`` scores; *changed* are pages of which anything is different. The
trees have learned from most of these pages, and stand in for a rule there more than elsewhere.
"""

from __future__ import annotations

import argparse
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from archive_gen import cleaning
from bench.cleaning import CORE, OTHERS, find_shared, load_scorer, ours

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STEPS = (
    "decide",
    "better_run",
    "keep_reports",
    "keep_lists",
    "keep_numbers",
    "keep_facts",
    "keep_parted",
    "keep_single_line",
    "tidy_story",
    "mark_verse",
    "mark_numbers",
)
"""Names of ``archive_gen.cleaning`` for what is done after the rules."""
EVERY = 6
_COLUMNS = ("F1", "title", "date", "authors")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=EVERY, metavar="N", help="each Nth page only")
    options = parser.parse_args()
    shared = find_shared()
    if shared is None:
        raise SystemExit("no ../shared/data/cleaning here: nothing to measure")
    scorer = load_scorer(shared)
    pages = list(_pages(shared, scorer))[:: options.every]
    whole = _answers(pages)
    before = _scores(scorer, pages, whole)
    rows = [f"{'without':20}" + "".join(f"{name:>9}" for name in (*_COLUMNS, "changed"))]
    found: list[tuple[float, str]] = []
    for name in (*(name for name, _ in cleaning.RULES[:-1]), *STEPS):
        with _without(name):
            answers = _answers(pages)
        after = _scores(scorer, pages, answers)
        changed = sum(whole[key] != answers[key] for key in whole) / len(pages)
        lost = [100 * (new - old) for new, old in zip(after, before, strict=True)]
        cells = "".join(f"{points + 0.0:9.2f}" for points in lost)
        found.append((sum(lost), f"{name.replace('_', ' '):20}{cells}{changed:9.0%}"))
    rows += [row for _, row in sorted(found)]
    print("\n".join(rows))


def _pages(shared: Path, scorer: Any) -> Iterator[dict[str, Any]]:
    for name in (*CORE, *OTHERS):
        for variant in ("full", "main"):
            path = shared / "data" / "cleaning" / "text" / f"{name}.{variant}.dev.jsonl.gz"
            yield from scorer.read_jsonl(path)


def _answers(pages: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    read = ours({})
    return {page["id"]: read(page) | {"confidence": None} for page in pages}


def _scores(scorer: Any, pages: list[dict[str, Any]], answers: dict[str, Any]) -> list[float]:
    """Body and title, date and authors, 0–1."""
    result = scorer.score(pages, answers)[0]
    told = (result["title"]["accuracy"], result["date"]["accuracy"], result["author"]["f1"])
    return [result["body"]["macro"]["f1"], *told]


@contextmanager
def _without(name: str) -> Iterator[None]:
    """Cleaning without a rule, or with a step that does nothing."""
    key = name if name in STEPS else "RULES"
    others = tuple(rule for rule in cleaning.RULES if rule[0] != name)
    other: Any = others if key == "RULES" else lambda *_: None
    kept = getattr(cleaning, key)
    setattr(cleaning, key, other)
    try:
        yield
    finally:
        setattr(cleaning, key, kept)


if __name__ == "__main__":
    main()

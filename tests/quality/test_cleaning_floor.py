"""Floors under how well cleaning does: a change can't make it worse unnoticed.

The pages are our own dumps; ``bench/cleaning.py`` measures on thousands of others.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from statistics import fmean

from archive_gen.cleaning import BODY_LABELS, label
from archive_gen.cleaning.lines.blocks import split_blocks

DUMPS = sorted((Path(__file__).resolve().parents[1] / "fixtures" / "dumps").glob("*.txt"))
FLOOR_F1 = 0.99
FLOOR_RECALL = 0.99


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def test_the_body_is_found() -> None:
    scores, recalls = [], []
    for path in DUMPS:
        gold = json.loads(path.with_suffix(".gold.json").read_text("utf-8"))
        page = label(split_blocks(path.read_text("utf-8")))
        wanted, found = (
            shingles("\n".join(gold["body"])),
            shingles("\n".join(page.texts(*BODY_LABELS))),
        )
        both = (wanted & found).total()
        scores.append(2 * both / (wanted.total() + found.total()))
        recalls.append(both / wanted.total())
    assert fmean(scores) >= FLOOR_F1
    assert fmean(recalls) >= FLOOR_RECALL

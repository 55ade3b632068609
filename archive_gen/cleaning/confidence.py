"""How sure a cleaned page, and each line of it, is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, Label
from archive_gen.cleaning.decide import words_that_count
from archive_gen.cleaning.expected import expected_f1

if TYPE_CHECKING:
    from archive_gen.cleaning.base import Page

_WEIGHTS = {"any page": -2.96, "expected": 1.92, "doubtful": -0.28, "share doubtful": 0.18}

_MOST = 0.99
"""Where lines were chosen, nothing is sure: 1 is for what the input states to be the article."""

_SETTLED = frozenset({Label.TITLE, Label.BYLINE, Label.DATE})
"""What the rules know for sure: in a short text the model takes a headline for a paragraph."""


def confidence(page: Page) -> float:
    """How likely the body has an F1 of 0.9 or more against what an editor would keep, 0–1.

    A logistic regression on what the model expects of its own choice; fitted on pages of sites
    that it had not seen (``training/train_cleaning.py --check``).
    """
    if not page.chances:
        return _as_stated(page)
    odds = sum(_WEIGHTS[name] * value for name, value in signs(page).items())
    return min(_MOST, round(_share_of_story(page) / (1 + math.exp(-odds)), 2))


def line_confidences(page: Page) -> dict[int, float]:
    """How sure the label of each block is, 0–1: as to whether it is story, not which kind."""
    if not page.chances:
        return dict.fromkeys(page.marks, 1.0)
    # ``round`` takes three times as long.
    hundredths = [int(100 * chance + 0.5) for chance in page.chances]
    return {
        index: 1.0
        if mark.certain
        else (hundredths[index] if mark.label in BODY_LABELS else 100 - hundredths[index]) / 100
        for index, mark in page.marks.items()
    }


def signs(page: Page) -> dict[str, float]:
    """What speaks for and against a page on which the model was asked."""
    labels = page.labels()
    kept = [label in BODY_LABELS for label in labels]
    chances = [
        0.0 if label in _SETTLED else chance
        for label, chance in zip(labels, page.chances, strict=True)
    ]
    expected = expected_f1(chances, words_that_count(page.blocks), kept)
    lines = list(zip(chances, kept, strict=True))
    doubtful = sum((chance < 0.8) if is_kept else (chance > 0.2) for chance, is_kept in lines)
    return {
        "any page": 1.0,
        "expected": -math.log(1.001 - expected),
        "doubtful": math.log1p(doubtful),
        "share doubtful": doubtful / (sum(kept) + 2),
    }


def _share_of_story(page: Page) -> float:
    """1 for a page with the words of a short story or more."""
    words = _words_of_story(page)
    return min(1.0, 0.3 + words / 80) if words else 0.0


def _as_stated(page: Page) -> float:
    """Where the input states which text is the article: low only for a stub of a few words."""
    words = _words_of_story(page)
    return round(min(1.0, 0.3 + words / 20), 2) if words else 0.0


def _words_of_story(page: Page) -> int:
    return sum([page.blocks[index].words for index in page.indexes(*BODY_LABELS)])

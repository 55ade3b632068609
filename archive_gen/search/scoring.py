"""How well an article matches: BM25 over weighted fields, in whole numbers.

The formula is the simple extension of BM25 to several fields: frequencies and lengths of
title, summary and text are added with the field's weight, and the sum is saturated once.
(Robertson, Zaragoza, Taylor: "Simple BM25 extension to multiple weighted fields", 2004.)

Every quantity is rounded to a whole number here. So the sum does not depend on the order in
which words are added, and ``matching.js``, which has the same functions, gets the same scores.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left

TITLE_WEIGHT = 4
SUMMARY_WEIGHT = 2
MAX_WEIGHT = 63
"""Weights above it count as this: the saturated score hardly grows there."""

LENGTHS = (32, 45, 64, 91, 128, 181, 256, 362, 512, 724, 1024, 1448, 2048, 2896, 4096, 5793)
"""The lengths of articles, in weighted words, are rounded to one of these (steps of √2)."""
_BOUNDS = tuple(math.isqrt(a * b) for a, b in itertools.pairwise(LENGTHS))

TITLE_PLACES = 1000
"""The places of words in titles are below it, all others are not."""

SCALE = 65536
"""A whole-number score divided by this is the BM25 score."""
_K1 = 1.2
_B = 0.6


def pack_posting(weight: int, length_class: int, in_title: bool) -> int:  # noqa: FBT001
    """What scoring needs to know of a term in an article: a number below 2048."""
    return min(weight, MAX_WEIGHT) << 5 | length_class << 1 | in_title


def length_class(length: int) -> int:
    """The index in ``LENGTHS`` that stands for an article of ``length`` weighted words."""
    return bisect_left(_BOUNDS, length)


def rarity(documents: int, matching: int) -> int:
    """The inverse document frequency of a word, in 64ths: more than 0."""
    odds = (documents - matching + 0.5) / (matching + 0.5)
    # In whole numbers the last bit, in which two log functions may differ, does not show.
    return math.floor(64 * math.log(1 + odds)) + 1


def impact(weight: int, length: int, average: float) -> int:
    """How much of a word's rarity an article earns, in 1024ths.

    ``weight`` is the weighted frequency of the word in the article, ``length`` one of
    ``LENGTHS``, ``average`` their mean over the archive.
    """
    capped = min(weight, MAX_WEIGHT)
    return math.floor(1024 * 2.2 * capped / (capped + _K1 * (1 - _B + _B * length / average)) + 0.5)

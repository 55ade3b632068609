"""The F-measure, in words, that a choice of lines promises when each has a chance to be story.

Of all choices the best is to take every line whose chance is above half of the F1 that this
choice reaches (Lipton, Elkan and Naryanaswamy 2014, https://arxiv.org/abs/1402.1892). So less is
asked of a line where no line of the page is likely.
"""

from __future__ import annotations

from itertools import compress
from operator import itemgetter, mul
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def expected_f1(chances: Sequence[float], words: Sequence[int], kept: Sequence[bool]) -> float:
    """The F1 that can be expected of the lines ``kept``; 0 for a page without words."""
    taken = sum(compress(words, kept))
    right: float = sum(map(mul, compress(chances, kept), compress(words, kept)))
    return 2 * right / (taken + sum(map(mul, chances, words)) or 1)


def best_f1(chances: Sequence[float], words: Sequence[int]) -> float:
    """The highest F1 that can be expected of any choice of lines."""
    lines = sorted(zip(chances, words, strict=True), key=itemgetter(0), reverse=True)
    expected = sum(map(mul, chances, words))
    best = kept = right = 0.0
    for chance, size in lines:
        if 2 * chance < best:
            break
        kept += size
        right += chance * size
        best = max(best, 2 * right / (kept + expected or 1))
    return best

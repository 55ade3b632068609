"""Where the story stands: the best run of lines, furniture before and after left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.cleaning.characters import ends_with_colon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Block

BESIDE = -2.0
"""The weight of a line that is plainly of no story."""
_CUT = ("...", "…", "[…]", "[...]")


def best_run(weights: Sequence[float]) -> range:
    """The indexes of the run with the highest sum above 0 (Kadane's algorithm); empty if none."""
    best, best_sum, start, running = range(0), 0.0, 0, 0.0
    for index, weight in enumerate(weights):
        if running <= 0:
            start, running = index, 0.0
        running += weight
        if running > best_sum:
            best, best_sum = range(start, index + 1), running
    return best


def is_cut(text: str) -> bool:
    """Whether ``text`` breaks off, as teasers do."""
    return text.endswith(_CUT)


def weights(blocks: Sequence[Block]) -> list[float]:
    """How much each line speaks for prose (above 0) or for furniture (below)."""
    seen: dict[str, int] = {}
    for block in blocks:
        seen[block.key] = seen.get(block.key, 0) + 1
    return [_weight(block, seen[block.key]) for block in blocks]


def _weight(block: Block, copies: int) -> float:
    if block.prompt and block.words < 40:
        if block.prompt == "advertisement":  # stands inside stories as often as outside
            return -0.4
        return -2.0 if block.alone or not block.ends else -1.0
    if copies > 1 and block.words < 12:
        return -1.5
    if is_cut(block.text):
        return 1.0 if block.words >= 40 else -0.6
    if block.words >= 8 and (block.ends or ends_with_colon(block.text)):
        return min(block.words, 60) / 10
    if block.words >= 40:
        return 1.0
    if block.ends:
        return 0.1
    return -0.6

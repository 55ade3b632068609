"""The main run of prose of a page: where it stands, and where most of it is told."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from archive_gen.cleaning.beside import find_beside
from archive_gen.cleaning.story import BESIDE, best_run, weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Block, Mark

_LEFT = 0.3
"""Of the words of a run: where no more are left of it, it is all but told. A run often goes on for
a little into what stands below the story."""


def find_story(
    blocks: Sequence[Block], as_written: Sequence[Block], furniture: frozenset[str]
) -> tuple[range, tuple[Mark, ...]]:
    """The story's span, and what stands beside it; ``blocks`` say what was learned of them."""
    lines = _own([block.key in furniture for block in blocks])
    speak = weights([blocks[index] for index in lines])
    story = _span(lines, speak)
    beside = find_beside(as_written, story)
    if beside:
        apart = frozenset(mark.index for mark in beside)
        pairs = zip(lines, speak, strict=True)
        story = _span(lines, [BESIDE if index in apart else weight for index, weight in pairs])
    return story, beside


def _own(ours: Sequence[bool]) -> list[int]:
    """Among which lines the story is: a lone one of the site's does not end it, several do."""
    return [
        index
        for index, is_furniture in enumerate(ours)
        if not is_furniture
        or any(ours[max(0, index - 1) : index])
        or any(ours[index + 1 : index + 2])
    ]


def _span(lines: Sequence[int], speak: Sequence[float]) -> range:
    """From the first to the last of the lines that speak most for prose."""
    story = best_run(speak)
    return range(lines[story[0]], lines[story[-1]] + 1) if story else story


def told_from(blocks: Sequence[Block], story: range) -> int:
    """The index of the first line below which hardly any of ``story`` is left."""
    words = [blocks[index].words for index in story]
    most = sum(words) * (1 - _LEFT)
    told = accumulate(words)
    return next(
        (index for index, sum_ in zip(story, told, strict=True) if sum_ >= most), len(blocks)
    )

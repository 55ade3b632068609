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
"""Share of the words of a run: once no more are left, the story counts as told, for a run often
takes in a little of what stands below it."""


def find_story(
    blocks: Sequence[Block], as_written: Sequence[Block], furniture: frozenset[str]
) -> tuple[range, tuple[Mark, ...]]:
    """The span of the story, and marks of what is plainly outside of it.

    In ``blocks`` lines that the source repeats (``furniture``) are prompts; ``as_written`` are the
    same lines without that.
    """
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
    """The indexes of lines among which the story is looked for; ``ours``: which are the site's.

    A lone line of the site is passed over, for it ends no story; several in a row do.
    """
    return [
        index
        for index, is_furniture in enumerate(ours)
        if not is_furniture
        or any(ours[max(0, index - 1) : index])
        or any(ours[index + 1 : index + 2])
    ]


def _span(lines: Sequence[int], speak: Sequence[float]) -> range:
    """The best run of ``lines``, by how much each speaks for prose."""
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

"""Lines that are broken where their writer wanted it: verse, addresses, the parts of a recipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, Label, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.cleaning.base import Block, Page

_LONGEST = 80
"""Characters of such a line."""
_FEWEST_PARAGRAPHS = 2
"""So many long lines tell how a text parts its paragraphs."""


def broken_lines(blocks: Sequence[Block], follow: Iterable[int]) -> frozenset[int]:
    """Those of ``follow``, lines that belong to the paragraph of the line above, before which the
    break means something: no line of their paragraph is long."""
    found: list[int] = []
    for run in _runs(follow):
        if all(len(blocks[index].text) <= _LONGEST for index in range(run[0] - 1, run[-1] + 1)):
            found += run
    return frozenset(found)


def _runs(indexes: Iterable[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for index in indexes:
        if run and index != run[-1] + 1:
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def mark_verse(page: Page) -> None:
    """Find such lines in a text that parts its paragraphs by blank lines; none is a heading."""
    kept = page.indexes(*BODY_LABELS)
    long = [index for index in kept if len(page.blocks[index].text) > _LONGEST]
    parted = all(page.blocks[index].gap_before and page.blocks[index].gap_after for index in long)
    if len(long) < _FEWEST_PARAGRAPHS or not parted:
        return
    follow = [index for index in kept if index and not page.blocks[index].gap_before]
    page.broken = broken_lines(page.blocks, follow)
    for index in page.broken:
        if index + 1 in page.broken and page.label(index) is Label.SUBHEADING:
            page.marks[index] = Mark(index, Label.BODY, "a line among others of a verse")

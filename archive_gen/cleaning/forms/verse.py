"""Lines that are broken where their writer wanted it: verse, addresses, the parts of a recipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, Label, Mark
from archive_gen.cleaning.characters import BULLET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.cleaning.base import Block, Page

_LONGEST = 80
"""Characters of such a line."""
_FEWEST_PARAGRAPHS = 2
"""So many long lines tell how a text parts its paragraphs."""
_ALL_VERSE = 0.75
"""Share of the lines of a story in stanzas, where none is long."""
_PROSE = (Label.BODY, Label.DATELINE, Label.QUOTE, Label.SUBHEADING)
"""Of a list each line is an item."""
_WITHIN = (",", ";", "،", "，", "、", "；")
"""With which a line ends within its sentence."""


def broken_lines(blocks: Sequence[Block], follow: Iterable[int]) -> frozenset[int]:
    """Those of ``follow`` before which the line break means something.

    ``follow``: indexes of lines that belong to the paragraph of the line above. The breaks of a
    paragraph mean something if none of its lines is long.
    """
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
    """Find such lines in a text that parts its paragraphs by blank lines, or is all verse; none is
    a heading.

    Lists, tables and headings have short lines, too, and a blank line less than they should.
    Verse is what breaks its sentences.
    """
    kept = page.indexes(*BODY_LABELS)
    long = [index for index in kept if len(page.blocks[index].text) > _LONGEST]
    parted = all(page.blocks[index].gap_before and page.blocks[index].gap_after for index in long)
    if not parted or 0 < len(long) < _FEWEST_PARAGRAPHS:
        return
    runs = _runs(i for i, block in enumerate(page.blocks) if i and not block.gap_before)
    stanzas = [run for run in runs if _is_stanza(page, [run[0] - 1, *run])]
    if not long and sum(len(run) + 1 for run in stanzas) < _ALL_VERSE * len(kept):
        return
    page.broken = frozenset(index for run in stanzas for index in run)
    for index in page.broken:
        if page.label(index) is Label.SUBHEADING:
            page.marks[index] = Mark(index, Label.BODY, "a line among others of a verse")


def _is_stanza(page: Page, lines: Sequence[int]) -> bool:
    """Whether ``lines``, between two blank ones, are all of the story, and break its sentences."""
    blocks = [page.blocks[index] for index in lines]
    texts = [block.text for block in blocks]
    return (
        all(page.label(index) in _PROSE for index in lines)
        and not any(len(text) > _LONGEST or BULLET.match(text) for text in texts)
        and (blocks[-1].ends or texts[-1].endswith(_WITHIN))
        and 2 * sum(map(_runs_on, texts, texts[1:])) >= len(texts) - 1
    )


def _runs_on(text: str, below: str) -> bool:
    """Whether a sentence goes on from a line to the one below; all words of a list may be small."""
    return text.endswith(_WITHIN) or (below[:1].islower() and not text[:1].islower())

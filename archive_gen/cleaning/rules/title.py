"""The headline: which line before the story it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Label, Mark
from archive_gen.cleaning.dates_in_text import find_date
from archive_gen.cleaning.metadata import read_authors
from archive_gen.cleaning.phrases import fold
from archive_gen.cleaning.site import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.cleaning.base import Block, Page

_FAR = 40
"""No headline stands further above its story than this many lines."""


def title(page: Page) -> Iterator[Mark]:
    """The best line above the story, and other lines that repeat it."""
    pictured = {index for picture in page.pictures for index in picture.indexes}
    first = max(0, page.story.start - _FAR)
    candidates = [
        index
        for index in range(first, page.story.start + 1)
        if index < len(page.blocks) and index not in page.marks and index not in pictured
    ]
    story = {word for i in page.story for word in page.blocks[i].key.split() if len(word) > 3}
    stems = {fold(stem(block.text, page.site)) for block in page.blocks} - {""}
    scores = {i: _score(page, i, story, stems) for i in candidates}
    best = max(scores, key=lambda index: (scores[index], -index), default=None)
    if best is None or scores[best] <= 0:
        return
    yield Mark(best, Label.TITLE, "headline: stands above the story and shares its words")
    key = page.blocks[best].key
    for index, block in enumerate(page.blocks):
        repeats = block.key == key or fold(stem(block.text, page.site)) == key
        if index != best and repeats:
            yield Mark(index, Label.FURNITURE, "repeats the headline")


def _score(page: Page, index: int, story: set[str], stems: set[str]) -> float:
    block = page.blocks[index]
    if not 2 <= block.words <= 40 or stem(block.text, page.site):
        return -1.0
    if index == page.story.start and block.ends:
        return -1.0
    words = [word for word in block.key.split() if len(word) > 3]
    shared = sum(word in story for word in words) / max(3, len(words))
    score = 3 * shared + _form(block) + 2 * (block.key in stems)
    return score - 0.06 * (page.story.start - index)


def _form(block: Block) -> float:
    """What speaks for a headline in a line alone."""
    score = 0.8 * (block.gap_before and block.gap_after)
    score += 1.0 if 4 <= block.words <= 22 else 0.0
    score -= 1.2 if block.ends and not block.text.endswith(("?", "!", "؟")) else 0.0
    score -= 1.0 if block.prompt else 0.0
    if block.words < 14 and (find_date(block.text) or read_authors(block.text)):
        score -= 2.5
    return score

"""The headline: which line before the story it is."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Label, Mark
from archive_gen.cleaning.dates_in_text import find_date
from archive_gen.cleaning.metadata import read_authors
from archive_gen.cleaning.phrases import fold
from archive_gen.cleaning.site import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.cleaning.base import Block, Page

_TRAIL = re.compile(r"\s[>›»]\s")
_FAR = 60
"""No headline stands further above its story than this many lines."""


def title(page: Page) -> Iterator[Mark]:
    """The best line above the story, and other lines that repeat it."""
    pictured = {index for picture in page.pictures for index in picture.indexes}
    first = max(0, page.story.start - _FAR)
    last = min(page.story.start + 2, len(page.blocks))
    # Who wrote or took something is told below a headline, not above it.
    named = pictured | {
        i for i in range(max(0, first - 8), last) if read_authors(page.blocks[i].text)
    }
    candidates = [
        index
        for index in range(first, last)
        if index not in page.marks and index not in pictured and page.blocks[index].words <= 40
    ]
    story = {word for i in page.story for word in page.blocks[i].key.split() if len(word) > 3}
    stems = {fold(stem(block.text, page.site)) for block in page.blocks} - {""}
    scores = {
        index: _form(page.blocks[index])
        + _place(page, index, named)
        + _echo(page.blocks[index], story, stems)
        for index in candidates
    }
    best = max(scores, key=lambda index: (scores[index], -index), default=None)
    if best is None or scores[best] <= 0:
        return
    yield Mark(best, Label.TITLE, "headline: stands above the story and shares its words")
    key = page.blocks[best].key
    for index, block in enumerate(page.blocks):
        repeats = block.key == key or fold(stem(block.text, page.site)) == key
        if index != best and repeats:
            yield Mark(index, Label.FURNITURE, "repeats the headline")


# The weights below were fitted to the pages of bench/cleaning.py and rounded.


def _form(block: Block) -> float:
    """What speaks for a headline in the line alone."""
    score = 0.8 * (4 <= block.words <= 20) + 1.2 * (6 <= block.words <= 16)
    score -= 1.4 * (block.words <= 2) + 1.4 * (block.words > 25)
    if block.ends and not block.text.endswith(("?", "!", "؟")):
        score -= 3.5
    if block.prompt:
        score -= 2.0
    if _TRAIL.search(block.text):
        score -= 4.0
    if block.words < 14 and any(map(str.isdigit, block.text)) and find_date(block.text):
        score -= 2.5
    return score


def _place(page: Page, index: int, named: set[int]) -> float:
    """What speaks for it in where it stands: alone, above the story but not far."""
    block = page.blocks[index]
    distance = max(0, page.story.start - index)
    above = range(max(0, index - 8), index)
    score = 2.3 * (block.gap_before and block.gap_after) + 0.5 * block.gap_before
    score += 1.0 * math.log1p(distance) - 0.07 * distance
    score -= 3.0 * (index >= page.story.start)
    score += 2.0 * block.gap_after
    if page.site and block.key.startswith(fold(page.site)):
        score -= 3.0
    score -= 2.5 * (index in named) + 4.0 * any(i in named for i in above)
    if not block.gap_before and index - 1 in page.marks:
        score -= 1.5  # one more line of a menu
    if index + 1 < len(page.blocks):
        score += 1.0 * (page.blocks[index + 1].words >= 8)
    return score


def _echo(block: Block, story: set[str], stems: set[str]) -> float:
    """How much of the line comes again: in the story, or with the site's name after it."""
    words = [word for word in block.key.split() if len(word) > 3]
    shared = sum(word in story for word in words)
    return 0.3 * min(shared, 5) + 3.2 * shared / max(3, len(words)) + 3.0 * (block.key in stems)

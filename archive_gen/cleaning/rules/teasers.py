"""Other stories, in the middle of this one or beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Label, Mark
from archive_gen.cleaning.dates.in_text import find_date
from archive_gen.cleaning.names import is_name
from archive_gen.cleaning.site import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.cleaning.base import Page


def announced_teasers(page: Page) -> Iterator[Mark]:
    """What follows ``Read more``, up to the next blank line or sentence.

    Below ``Read more: Bridge put back two years`` the story goes on, be it with a short sentence.
    """
    for index, block in enumerate(page.blocks):
        if block.prompt == "related" and not block.ends:
            yield Mark(index, Label.TEASER, "announces other stories")
            for other in _headlines(page, range(index + 1, min(index + 9, len(page.blocks)))):
                if page.blocks[other].ends and not block.alone:
                    break
                yield Mark(other, Label.TEASER, "another story, announced above")


def beside(page: Page) -> Iterator[Mark]:
    """Lists of headlines and comments, which nothing can make a story."""
    yield from page.beside


def pictured_teasers(page: Page) -> Iterator[Mark]:
    """Another story's picture text, which ends in the site's name, with label and headline."""
    if not page.site:
        return
    for index, block in enumerate(page.blocks):
        if index in page.marks or not stem(block.text, page.site) or _is_signed(page, index):
            continue
        yield Mark(index, Label.TEASER, f"picture text of another story: ends in '{page.site}'")
        above = list(_headlines(page, range(index - 1, max(-1, index - 4), -1)))
        below = [] if above else list(_headlines(page, range(index + 1, index + 3)))
        for other in (*above, *below):
            yield Mark(other, Label.TEASER, "label or headline beside another story's picture")


def _is_signed(page: Page, index: int) -> bool:
    """Whether a name stands before the site's, above a date: ``Sari Wulandari - Ombak News``."""
    below = page.blocks[index + 1 : index + 2]
    name = stem(page.blocks[index].text, page.site)
    return is_name(name, 3) and any(find_date(block.text) for block in below if block.words < 16)


def _headlines(page: Page, indexes: range) -> Iterator[int]:
    """The unmarked short lines in ``indexes``, while no blank line comes between."""
    down = indexes.step > 0
    for index in indexes:
        if not 0 <= index < len(page.blocks) or index in page.marks:
            return
        block = page.blocks[index]
        if (block.gap_before if down else block.gap_after) or _is_prose(page, index):
            return
        yield index


def _is_prose(page: Page, index: int) -> bool:
    block = page.blocks[index]
    return block.words > 25 or (block.ends and block.words > 14)

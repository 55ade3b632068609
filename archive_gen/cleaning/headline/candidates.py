"""Which lines of a page could be its headline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.cleaning.dates.in_text import find_date, is_weekday
from archive_gen.cleaning.mastheads import find_newspaper, is_day, is_newspaper, read_masthead
from archive_gen.cleaning.names import is_name, tells_role

if TYPE_CHECKING:
    from archive_gen.cleaning.base import Block, Page

_TOOLBAR = re.compile(r"(?:[^|]{1,25}\|){3}|^Home ?>|\w>\w.{0,40}\w>\w")
"""``E-mail | Print | Comments | Reprints``, ``Home>Lifestyle>Vehicles``."""
_WORD = re.compile(r"\w+")
YEAR = re.compile(r"\d{4}")
_TOP = 3
"""So many lines of a page may be the name of its newspaper."""
_FAR = 80
"""No headline stands further above its story than this many lines."""
USUAL = range(4, 17)
"""Words of a line that looks like a headline to the line below it."""
_PROSE = 8
"""Words of a sentence that no headline is made of."""
LONGEST = 40
"""Words of the longest headline."""


def possible_lines(page: Page) -> list[int]:
    """The indexes of the lines that could be the headline."""
    last = min(page.story.start + 2, len(page.blocks))
    newspaper, head = find_newspaper(page.blocks)
    found = [
        index
        for index in range(max(0, page.story.start - _FAR), last)
        if index not in page.marks
        and _is_possible(page.blocks[index])
        and not _is_of_story(page, index)
        and not (newspaper and (index == head or is_day(page.blocks[index].text)))
        and not _is_masthead(page, index)
    ]
    named = [index for index in found if not _is_date(page.blocks[index].text)]
    return named or found


def _is_date(text: str) -> bool:
    """Whether a line is a date and nothing else, but for the day of the week."""
    date = find_date(text) if YEAR.search(text) else None
    if date is None:
        return False
    return all(map(is_weekday, _WORD.findall(f"{date.before} {date.after}".casefold())))


def _is_of_story(page: Page, index: int) -> bool:
    """Whether a line is the paragraph with which the story begins, or a sentence further down."""
    block, first = page.blocks[index], page.story.start
    begun = any(map(is_prose, page.blocks[first:index]))
    return is_statement(block) and (begun or (index >= first and _is_paragraph(block)))


def _is_masthead(page: Page, index: int) -> bool:
    """Whether a line at the top is a newspaper's name, and another stands below it."""
    is_above = index < _TOP and index + 1 < page.story.start
    return is_above and is_newspaper(page.blocks[index].text)


def _is_possible(block: Block) -> bool:
    """No paragraph, no word or two between the lines of a menu, no toolbar, no person, and none
    that gives an address."""
    crowded = not block.gap_before and not block.gap_after
    if block.words > LONGEST or (crowded and block.words <= 2) or "://" in block.text:
        return False
    return not (_is_toolbar(block.text) or _is_person(block.text)) and (
        read_masthead(block.text) is None
    )


def _is_paragraph(block: Block) -> bool:
    return block.words >= USUAL.stop and is_statement(block)


def is_prose(block: Block) -> bool:
    """Whether a line is a sentence of some length."""
    return block.ends and block.words >= _PROSE


def _is_toolbar(text: str) -> bool:
    # Most lines have neither sign, and the pattern begins anew at each of their letters.
    return ("|" in text or ">" in text) and _TOOLBAR.search(text) is not None


def _is_person(text: str) -> bool:
    """``Ada Lund, Forbes Staff``."""
    name, comma, role = text.partition(",")
    return bool(comma) and tells_role(role) and is_name(name.rstrip(), 3)


def is_statement(block: Block) -> bool:
    """In print a full stop ends headlines, too: these are in capitals."""
    marked = block.text.endswith(("?", "!", "؟", "？", "！")) or block.text.isupper()
    return block.ends and not marked

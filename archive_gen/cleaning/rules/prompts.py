"""Buttons, prompts, counters and notices: what a page says in its own name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Label, Mark
from archive_gen.cleaning.furniture import REPEATED
from archive_gen.cleaning.lines.links import LISTED
from archive_gen.cleaning.phrases import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.cleaning.base import Block, Page

_COUNTER = re.compile(r"[\W\d_]{1,20}[kKmM]?")
_YEAR_OR_TIME = re.compile(r"\d{4}|\d:\d\d")
_PAGE = re.compile(
    r"\b(?:page|seite|página|pagina|sida|side|strona|strana|oldal|sayfa|halaman|trang|страница|"
    r"стр\.|сторінка|σελίδα) ?\d{1,4} ?(?:/|(?:of|von|de|sur|di|van|av|af|z|ze|dari|trên|из|з|από)"
    r"\b) ?\d{1,4}\b",
    re.IGNORECASE,
)
_OF = re.compile(r"[0-9] ?(?:/|[^\W\d_]{1,4}) ?[0-9]")
"""``3 of 12``: looked for first, as most lines have no number."""
_LONGEST_HEAD = 12
"""Words of the line above or below the text of a page of print."""
_SIGN = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)
_SIGNS = "©(cC"
"""How it begins: most lines do not."""


def prompts(page: Page) -> Iterator[Mark]:
    """Lines that are but a phrase of the page, its name, a number, or a copyright notice."""
    yield from _numbers_of_pages(page)
    site = fold(page.site)
    pictured = {index for picture in page.pictures for index in picture.indexes}
    others = [index for index in range(len(page.blocks)) if index not in pictured]
    for index in others:
        block = page.blocks[index]
        if _is_counter(block.text):
            yield Mark(index, Label.FURNITURE, "a counter or number")
        elif block.words < 60 and is_notice(block):
            yield Mark(index, Label.FURNITURE, "copyright notice")
        elif site and block.key == site:
            yield Mark(index, Label.FURNITURE, "the name of the site")
        elif block.prompt == "related":
            continue  # announces teasers: their rule
        elif block.prompt and block.alone:
            certain = block.prompt in (REPEATED, LISTED)
            yield Mark(index, Label.FURNITURE, f"page control: {block.prompt}", certain=certain)
        elif block.prompt and not block.ends and index in page.story:
            yield Mark(index, Label.FURNITURE, f"prompt: {block.prompt}")


def _is_counter(text: str) -> bool:
    if text[0].isalpha():  # as most lines begin
        return False
    return _COUNTER.fullmatch(text) is not None and not _YEAR_OR_TIME.search(text)


def _numbers_of_pages(page: Page) -> Iterator[Mark]:
    for index, block in enumerate(page.blocks):
        short = block.words <= _LONGEST_HEAD
        if short and _OF.search(block.text) and _PAGE.search(block.text):
            yield Mark(index, Label.FURNITURE, "the number of a page", certain=True)


def is_notice(block: Block) -> bool:
    """Whether a line claims the copyright."""
    return begins_notice(block) or "all rights reserved" in block.key


def begins_notice(block: Block) -> bool:
    """Whether a line begins as claims of copyright do, whatever else it says."""
    return block.text[0] in _SIGNS and _SIGN.match(block.text) is not None

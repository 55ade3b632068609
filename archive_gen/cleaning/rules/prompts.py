"""Buttons, prompts, counters and notices: what a page says in its own name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Label, Mark
from archive_gen.cleaning.furniture import REPEATED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.cleaning.base import Page

_COUNTER = re.compile(r"[\W\d_]{1,20}[kKmM]?")
_YEAR_OR_TIME = re.compile(r"\d{4}|\d:\d\d")
_NOTICE = re.compile(r"^(?:©|\(c\)|copyright)|all rights reserved", re.IGNORECASE)


def prompts(page: Page) -> Iterator[Mark]:
    """Lines that are nothing but a phrase of the page, a number, or a copyright notice."""
    pictured = {index for picture in page.pictures for index in picture.indexes}
    for index, block in enumerate(page.blocks):
        if index in pictured:
            continue
        if _COUNTER.fullmatch(block.text) and not _YEAR_OR_TIME.search(block.text):
            yield Mark(index, Label.FURNITURE, "a counter or number")
        elif _NOTICE.search(block.text) and block.words < 60:
            yield Mark(index, Label.FURNITURE, "copyright notice")
        elif block.prompt == "related":
            continue  # announces teasers: their rule
        elif block.prompt and block.alone:
            repeated = block.prompt == REPEATED
            yield Mark(index, Label.FURNITURE, f"page control: {block.prompt}", certain=repeated)
        elif block.prompt and not block.ends and index in page.story:
            yield Mark(index, Label.FURNITURE, f"prompt: {block.prompt}")

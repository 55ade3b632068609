"""Texts that lost their line ends: all of a page, or nearly all, is one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, Label, Mark
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Line, Page

_SHARE = 0.9
"""Of the characters of a text."""
_LEAST = 1500
"""Characters: a note of the news is one paragraph, and a page has a few words more."""
_WAS_DROPPED = 0.2
"""The chance of being story that is left to such a line: somebody should look at it."""


def keep_single_line(page: Page) -> None:
    """Keep the line that is nearly all of a page: the story is in it, whatever else is."""
    index = _find([block.text for block in page.blocks])
    if index is not None and page.label(index) not in BODY_LABELS:
        page.marks[index] = Mark(index, Label.BODY, "nearly all of the text is this line")
        page.chances[index] = max(_WAS_DROPPED, page.chances[index])


def find_single_line(lines: Sequence[Line]) -> int:
    """The number of the line that is nearly all of a dump; 0 if none is, or it is short."""
    index = _find([line.text for line in lines])
    return 0 if index is None else lines[index].line


def lost_line_ends(name: str, line: int) -> Problem:
    """What there is to tell of such a text."""
    hint = "scrape it again with a line end after each block, or save its pages as HTML"
    return Problem(name, line, "nearly all of the text is one line", hint)


def _find(texts: Sequence[str]) -> int | None:
    longest = max(range(len(texts)), key=lambda index: len(texts[index]), default=None)
    if longest is None or len(texts[longest]) < _LEAST:
        return None
    return longest if len(texts[longest]) >= _SHARE * sum(map(len, texts)) else None

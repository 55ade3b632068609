"""What is none of the story by its form, at its ends and within it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, Label, Mark
from archive_gen.cleaning.names import is_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Block, Page

_MOST_IN_HEADING = 9
"""Words, at most, of a heading; a longer line at the end is a note (``Ada Lund contributed …``)."""
_MOST_IN_NAME = 3
"""Words, at most, of a name that stands alone."""
_EVEN = 0.5
"""The chance below which a line is likelier no story than story."""
_MAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,200}\.\w{2,12}")
_CREDIT = re.compile(
    r"(?:illustration|photograph|photo|image|credit|foto|grafik)s?\s?:", re.IGNORECASE
)


def tidy_story(page: Page) -> None:
    """Take out of the story what is none of it by its form: headings that head nothing, the
    writer's name below it, a mail address alone, who made a picture."""
    story = page.indexes(*BODY_LABELS)
    _trim_start(page, story)
    _trim_end(page, story)
    for index in story:
        block = page.blocks[index]
        if block.words <= _MOST_IN_HEADING and _MAIL.fullmatch(block.text):
            _take_out(page, index, Label.FURNITURE, "a mail address")
        elif says_who_made_a_picture(block):
            _take_out(page, index, Label.CREDIT, "says who made a picture")


def says_who_made_a_picture(block: Block) -> bool:
    """Whether a line is as ``Illustration: Ada Lund``."""
    return block.words <= _MOST_IN_HEADING and _CREDIT.match(block.text) is not None


def _trim_start(page: Page, story: Sequence[int]) -> None:
    for index in story:
        if not _is_name_above(page, index):
            break
        _take_out(page, index, Label.FURNITURE, "a name above the story")


def _is_name_above(page: Page, index: int) -> bool:
    """Whether the first line of a story is a name: a heading that is one, or a few doubtful
    words, for not all scripts have capitals."""
    block = page.blocks[index]
    if page.label(index) is Label.SUBHEADING:
        return is_name(block.text, _MOST_IN_NAME)
    return block.words <= _MOST_IN_NAME and _is_doubtful(page, index)


def _trim_end(page: Page, story: Sequence[int]) -> None:
    for index in reversed(story):
        block = page.blocks[index]
        is_heading = page.label(index) is Label.SUBHEADING
        if page.label(index) is Label.LIST:
            break
        if is_name(block.text, _MOST_IN_NAME):
            _take_out(page, index, Label.BYLINE, "a name at the end")
        elif block.words <= _MOST_IN_HEADING and (is_heading or _is_doubtful(page, index)):
            _take_out(page, index, Label.FURNITURE, "a heading at the end heads nothing")
        elif not is_heading:
            break
        else:
            page.marks[index] = Mark(index, Label.BODY, "a note at the end")


def _is_doubtful(page: Page, index: int) -> bool:
    """Whether a line that is no sentence is less likely story than not."""
    return page.chances[index] < _EVEN and not page.blocks[index].ends


def _take_out(page: Page, index: int, label: Label, reason: str) -> None:
    """Unless a person said that the line stays."""
    if not page.marks[index].certain:
        page.marks[index] = Mark(index, label, reason, certain=True)
        page.chances[index] = 0.0

"""A text that a crawler has cleaned already: every line is story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Label, Mark, Page
from archive_gen.cleaning.blocks import split_paragraphs
from archive_gen.cleaning.compose import compose
from archive_gen.cleaning.phrases import fold
from archive_gen.cleaning.rules import body
from archive_gen.cleaning.verse import mark_verse

if TYPE_CHECKING:
    from archive_gen.article import RawDocument
    from archive_gen.cleaning.base import Cleaned


def clean_story(raw: RawDocument) -> Cleaned:
    """The article whose body is ``raw.text``; a first line that repeats the title is left out."""
    blocks = split_paragraphs(raw.text)
    page = Page(blocks, "", range(len(blocks)), ())
    title = fold(str(raw.known.get("title") or ""))
    if blocks and blocks[0].key == title:
        page.marks[0] = Mark(0, Label.TITLE, "repeats the title that came with the text")
    for mark in body.dateline(page):
        page.marks.setdefault(mark.index, mark)
    for index in page.story:
        page.marks.setdefault(index, Mark(index, Label.BODY, "all of it is the article"))
    mark_verse(page)
    return compose(raw, page)

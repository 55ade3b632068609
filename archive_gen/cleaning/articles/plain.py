"""A text that a crawler has cleaned already: every line is story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Label, Mark, Page
from archive_gen.cleaning.compose import compose
from archive_gen.cleaning.forms.tabular import place_tables, without_tables
from archive_gen.cleaning.forms.verse import mark_verse
from archive_gen.cleaning.lines.blocks import split_paragraphs
from archive_gen.cleaning.phrases import fold
from archive_gen.cleaning.rules import body

if TYPE_CHECKING:
    from archive_gen.article import RawDocument
    from archive_gen.cleaning.base import Cleaned

WHOLE = "all of it is the article"


def clean_story(raw: RawDocument) -> Cleaned:
    """The article whose body is ``raw.text``; a first line that repeats the title is left out."""
    text, tables = without_tables(raw.text)
    blocks = split_paragraphs(text)
    page = Page(blocks, "", range(len(blocks)), ())
    title = fold(str(raw.known.get("title") or ""))
    if blocks and blocks[0].key == title:
        page.marks[0] = Mark(0, Label.TITLE, "repeats the title that came with the text")
    mark_as_story(page)
    place_tables(page, tables)
    mark_verse(page)
    return compose(raw, page)


def mark_as_story(page: Page) -> None:
    """Mark all lines as story that no mark says anything else of."""
    page.mark(body.dateline(page))
    page.mark(Mark(index, Label.BODY, WHOLE) for index in page.story)

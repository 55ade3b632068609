"""A text that a crawler has cleaned already: every line is story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Label, Mark, Page
from archive_gen.cleaning.compose import compose
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
    blocks = split_paragraphs(raw.text)
    page = Page(blocks, "", range(len(blocks)), ())
    title = fold(str(raw.known.get("title") or ""))
    if blocks and blocks[0].key == title:
        page.marks[0] = Mark(0, Label.TITLE, "repeats the title that came with the text")
    mark_as_story(page)
    mark_verse(page)
    return compose(raw, page)


def mark_as_story(page: Page) -> None:
    """Mark all lines as story that no mark says anything else of."""
    page.mark(body.dateline(page))
    page.mark(Mark(index, Label.BODY, WHOLE) for index in page.story)

"""Tables in a text: taken out before its lines are looked at, and put back where the story is.

To the model their rows read like menus, and the prose below one like that of another story.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import zip_longest
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, DROPPED_LABELS, NOWHERE, Label, Mark, Table
from archive_gen.cleaning.forms.announced import keep_below
from archive_gen.cleaning.forms.table_rows import find_tables, words
from archive_gen.cleaning.model.words import PROSE_WORDS
from archive_gen.markdown_text import marked_up, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Page

_MOST_IN_HEADING = 9
"""Words of the line above a table that says what it shows."""
_SIGNS = ("\t", "  ", "|", "│")
"""One of these is in every table."""


def without_tables(text: str) -> tuple[str, tuple[Table, ...]]:
    """``text`` with blank lines in place of its tables, and these."""
    if not any(sign in text for sign in _SIGNS):
        return text, ()
    lines = text.split("\n")
    tables = tuple(sorted(find_tables(lines), key=lambda table: table.lines[0]))
    if not tables:
        return text, ()
    taken = {number for table in tables for number in table.lines}
    left = ["" if number in taken else line for number, line in enumerate(lines, 1)]
    # What is nothing but a table has no story that it could belong to.
    has_prose = any(words(line) >= PROSE_WORDS for line in left)
    return ("\n".join(left), tables) if has_prose else (text, ())


def place_tables(page: Page, tables: Sequence[Table]) -> None:
    """Put each into the story that stands within it, or right below it."""
    ends = [block.last for block in page.blocks] if tables else []
    for table in tables:
        above = bisect_left(ends, table.lines[0]) - 1
        if _heads(page, above):
            page.marks[above] = Mark(above, Label.SUBHEADING, "stands above a table of the story")
        place = above if page.label(above) in BODY_LABELS else NOWHERE
        page.tables.setdefault(place, []).append(table)
        if place != NOWHERE:
            keep_below(page, place + 1)


def _heads(page: Page, index: int) -> bool:
    """Whether a block that was dropped is a heading of what follows, below one of the story."""
    if index < 1 or page.label(index) not in DROPPED_LABELS:
        return False
    block = page.blocks[index]
    is_short = block.words <= _MOST_IN_HEADING and not block.ends and not block.prompt
    return is_short and page.label(index - 1) in BODY_LABELS


def as_markdown(table: Table) -> str:
    """A table of Markdown; its first row is its head. Columns without a word are left out."""
    columns = [
        [marked_up(cell, ()) for cell in column]
        for column in zip_longest(*table.rows.values(), fillvalue="")
        if any(column)
    ]
    return table_of(list(zip(*columns, strict=True)))

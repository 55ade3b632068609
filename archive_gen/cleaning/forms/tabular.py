"""Tables in a text: rows of short cells with tabs between them, as browsers copy them, or spaces.

To the model their rows read like menus, and the prose below one like that of another story. So
they are taken out of the text before its lines are looked at, and put back where the story is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, DROPPED_LABELS, NOWHERE, Label, Mark, Table
from archive_gen.cleaning.model.words import PROSE_WORDS
from archive_gen.markdown_text import marked_up, table_of
from archive_gen.scripts import KANA_AND_HAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.cleaning.base import Page

_FEWEST = 2
"""Rows, and columns."""
_FEWEST_WITHOUT_TABS = 3
"""The same where spaces are between the cells: such there are between a name and a date, too."""
_MOST_COLUMNS = 12
_MOST_WORDS = 12
"""Of a cell."""
_NUMBERS = 0.25
"""The share of cells with a number, at least."""
_ALIKE = 0.75
"""The share of rows that have as many cells as most."""
_MOST_IN_HEADING = 9
"""Words of the line above a table that says what it shows."""
_HALVES = re.compile(f"[{KANA_AND_HAN}]")
"""Of a word, about, in scripts without spaces."""
_BETWEEN = re.compile(r" *\t *| {2,}")


def without_tables(text: str) -> tuple[str, tuple[Table, ...]]:
    """``text`` with blank lines in place of its tables, and these."""
    if "\t" not in text and "  " not in text:
        return text, ()
    lines = text.split("\n")
    tables = tuple(_tables(lines))
    if not tables:
        return text, ()
    rows = {line for table in tables for line in table.rows}
    left = ["" if number in rows else line for number, line in enumerate(lines, 1)]
    # What is nothing but a table has no story that it could belong to.
    has_prose = any(_words(line) >= PROSE_WORDS for line in left)
    return ("\n".join(left), tables) if has_prose else (text, ())


def _words(text: str) -> int:
    return len(text.split()) + len(_HALVES.findall(text)) // 2


def _tables(lines: Sequence[str]) -> Iterator[Table]:
    """Rows that follow each other, but for blank lines, and that are alike."""
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    for is_row, run in groupby(numbered, key=lambda one: len(_cells(one[1])) > 1):
        found = dict(run) if is_row else {}
        rows = {number: _cells(line) for number, line in found.items()}
        is_tabbed = all("\t" in line for line in found.values())
        if _is_of_data([*rows.values()], _FEWEST if is_tabbed else _FEWEST_WITHOUT_TABS):
            yield Table(rows)


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a row; those that say something only if they are two or more."""
    if "\t" not in line and "  " not in line.strip():
        return ()
    cells = tuple(" ".join(cell.split()) for cell in _BETWEEN.split(line.rstrip()))
    return cells if sum(map(bool, cells)) > 1 else ()


def _is_of_data(rows: Sequence[tuple[str, ...]], fewest: int) -> bool:
    """Whether there are several rows, nearly all as wide as each other, of short cells with numbers
    among them."""
    cells = [cell for row in rows for cell in row if cell]
    if len(rows) < fewest or any(_words(cell) > _MOST_WORDS for cell in cells):
        return False
    (width, times), *_ = Counter(map(len, rows)).most_common(1)
    numbers = sum(any(map(str.isdigit, cell)) for cell in cells)
    is_even = fewest <= width <= _MOST_COLUMNS and times >= _ALIKE * len(rows)
    return is_even and numbers >= _NUMBERS * len(cells)


def place_tables(page: Page, tables: Sequence[Table]) -> None:
    """Put each into the story that stands within it, or right below it."""
    ends = [block.last for block in page.blocks] if tables else []
    for table in tables:
        above = bisect_left(ends, min(table.rows)) - 1
        if _heads(page, above):
            page.marks[above] = Mark(above, Label.SUBHEADING, "stands above a table of the story")
        place = above if page.label(above) in BODY_LABELS else NOWHERE
        page.tables.setdefault(place, []).append(table)


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

"""Which lines of a page are cells of a table that belongs to its story: results, votes, prices.

Most tables of old pages are their layout, and many others are menus: a table of data has rows of
several short cells, numbers or a head among them, and few links.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from archive_gen.markdown_text import table_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archive_gen.cleaning.base import Block, Cell, Page
    from archive_gen.cleaning.html.lines import Spot

_FEWEST = 2
"""Rows, and columns."""
_MOST_COLUMNS = 12
_SHORT = 12
"""Words of a line in most cells."""
_LONGEST = 60
"""Words of a cell where one holds a note."""
_SHARE = 0.25
"""Of cells that hold a number, at least; of those that are links, or not short, at most."""
_ELSEWHERE = frozenset(
    ("nav", "aside", "footer", "form", "comment", "related", "share", "sell", "hidden")
)


def cells_of_story(blocks: Sequence[Block], spots: Sequence[Spot], story: range) -> dict[int, Cell]:
    """Index of a line → its place in a table of data that lies wholly within ``story``."""
    tables: defaultdict[int, dict[int, Cell]] = defaultdict(dict)
    for index, spot in enumerate(spots):
        if spot.cell and not (spot.cell.is_caption and spot.hints & _ELSEWHERE):
            tables[spot.cell.table][index] = spot.cell
    return {
        index: cell
        for cells in tables.values()
        if min(cells) in story and max(cells) in story and _is_of_data(cells, blocks, spots)
        for index, cell in cells.items()
    }


def _is_of_data(lines: Mapping[int, Cell], blocks: Sequence[Block], spots: Sequence[Spot]) -> bool:
    cells = {index: cell for index, cell in lines.items() if not cell.is_caption}
    rows = {cell.row for cell in cells.values()}
    columns = {cell.column for cell in cells.values()}
    if len(rows) < _FEWEST or not _FEWEST <= len(columns) <= _MOST_COLUMNS:
        return False
    if any(spots[i].hints & _ELSEWHERE for i in cells) or not _are_short(cells, blocks):
        return False
    least = _SHARE * len(cells)
    numbers = sum(any(map(str.isdigit, blocks[index].text)) for index in cells)
    heads = sum(spots[index].kind == "th" for index in cells)
    links = sum(spots[index].linked > 0.5 for index in cells)
    return (numbers >= least or heads > 0) and links <= least


def _are_short(cells: Mapping[int, Cell], blocks: Sequence[Block]) -> bool:
    """Whether the lines of the cells are of few words, but for a note or two."""
    notes = sum(blocks[index].words > _SHORT for index in cells)
    if not notes:
        return True
    words: Counter[Cell] = Counter()
    for index, cell in cells.items():
        words[cell] += blocks[index].words
    return max(words.values()) <= _LONGEST and notes <= _SHARE * len(words)


def as_markdown(lines: Mapping[int, Cell], page: Page) -> str:
    """A table of Markdown below its caption; its first row is its head.

    Cells without a word are empty; columns without one are left out.
    """
    rows: defaultdict[int, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    caption = []
    for index, cell in sorted(lines.items()):
        if cell.is_caption:
            caption.append(page.markdown(index))
        else:
            rows[cell.row][cell.column].append(page.markdown(index))
    columns = sorted({column for row in rows.values() for column in row})
    written = [[" ".join(row[column]) for column in columns] for _, row in sorted(rows.items())]
    return "\n\n".join(filter(None, (" ".join(caption), table_of(written))))

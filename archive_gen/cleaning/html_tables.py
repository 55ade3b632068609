"""Which lines of a page are cells of a table that belongs to its story: results, votes, prices.

Most tables of old pages are their layout, and many others are menus: a table of data has rows of
several short cells, numbers or a head among them, and few links.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from archive_gen.markdown_text import escape_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archive_gen.cleaning.base import Block, Cell
    from archive_gen.cleaning.html_lines import Spot

_FEWEST = 2
"""Rows, and columns."""
_MOST_COLUMNS = 12
_LONGEST = 12
"""Words of a cell."""
_SHARE = 0.25
"""Of cells that hold a number, at least; of those that are links, at most."""
_ELSEWHERE = frozenset(
    ("nav", "aside", "footer", "form", "comment", "related", "share", "sell", "hidden")
)


def cells_of_story(blocks: Sequence[Block], spots: Sequence[Spot], story: range) -> dict[int, Cell]:
    """Index of a line → its place in a table of data that lies wholly within ``story``."""
    tables: defaultdict[int, dict[int, Cell]] = defaultdict(dict)
    for index, spot in enumerate(spots):
        if spot.cell:
            tables[spot.cell.table][index] = spot.cell
    return {
        index: cell
        for cells in tables.values()
        if min(cells) in story and max(cells) in story and _is_of_data(cells, blocks, spots)
        for index, cell in cells.items()
    }


def _is_of_data(cells: Mapping[int, Cell], blocks: Sequence[Block], spots: Sequence[Spot]) -> bool:
    rows = {cell.row for cell in cells.values()}
    columns = {cell.column for cell in cells.values()}
    if len(rows) < _FEWEST or not _FEWEST <= len(columns) <= _MOST_COLUMNS:
        return False
    if any(blocks[i].words > _LONGEST or spots[i].hints & _ELSEWHERE for i in cells):
        return False
    least = _SHARE * len(cells)
    numbers = sum(any(map(str.isdigit, blocks[index].text)) for index in cells)
    heads = sum(spots[index].kind == "th" for index in cells)
    links = sum(spots[index].linked > 0.5 for index in cells)
    return (numbers >= least or heads > 0) and links <= least


def as_markdown(cells: Mapping[int, Cell], blocks: Sequence[Block]) -> str:
    """A table of Markdown; its first row is its head. Cells without a word are empty."""
    rows: defaultdict[int, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for index, cell in sorted(cells.items()):
        rows[cell.row][cell.column].append(blocks[index].text)
    width = 1 + max(cell.column for cell in cells.values())
    lines = [
        _row([" ".join(row[column]) for column in range(width)]) for _, row in sorted(rows.items())
    ]
    return "\n".join((lines[0], "| " + " | ".join(["---"] * width) + " |", *lines[1:]))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(escape_line(cell).replace("|", "\\|") for cell in cells) + " |"

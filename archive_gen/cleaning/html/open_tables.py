"""The tables of a page while it is walked through: in which row and column each cell stands.

Cells may reach over several rows and columns; what that means, HTML's standard says:
https://html.spec.whatwg.org/multipage/tables.html#forming-a-table
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from archive_gen.cleaning.base import CAPTION_PLACE, Cell

_GROUPS = frozenset(("thead", "tbody", "tfoot"))
"""Of rows: no cell reaches into or out of them."""
OF_TABLES = _GROUPS | frozenset("table caption tr td th".split())
"""The elements that ``Tables`` wants to hear of."""
_WIDEST = 50
"""Columns of a table, at most, for which it is known where each cell stands."""
_TALLEST = 65_534
"""Rows that a cell may reach over, says HTML."""
_SPAN = re.compile(r"[ \t\n\f\r]{0,9}\+?([0-9]+)")


@dataclass(slots=True)
class _Table:
    """A table that is open."""

    number: int
    row: int = -1
    end: int = 0
    """The column after the last cell of the row."""
    place: tuple[int, int] | None = None
    """Row and column of the cell that was entered last."""
    reached: dict[int, int] = field(default_factory=dict)
    """Column → the row before which a cell further up reaches into it."""

    def enter_row(self) -> None:
        self.row += 1
        self.end = 0

    def enter_cell(self, rows: int, columns: int) -> None:
        """A cell over so many rows and columns begins, where none from above reaches."""
        self.row = max(self.row, 0)
        while self.reached.get(self.end, 0) > self.row:
            self.end += 1
        first, self.end = self.end, self.end + columns
        self.place = self.row, first
        if rows > 1:
            self.reached.update(dict.fromkeys(range(first, self.end), self.row + rows))


class Tables:
    """Those that are open, the outermost first."""

    def __init__(self) -> None:
        self._open: list[_Table] = []
        self._count = 0

    def enter(self, tag: str, element: Any) -> None:
        """A table, a group of rows, a row, a cell or a caption begins."""
        if tag == "table":
            self._open.append(_Table(self._count))
            self._count += 1
        elif self._open:
            self._enter_in(self._open[-1], tag, element)

    def _enter_in(self, table: _Table, tag: str, element: Any) -> None:
        if tag == "tr":
            table.enter_row()
        elif tag == "caption":
            table.place = CAPTION_PLACE
        elif tag in _GROUPS:
            table.reached.clear()
        elif table.end <= _WIDEST:
            table.enter_cell(
                _span(element.get("rowspan"), _TALLEST) or _TALLEST,
                _span(element.get("colspan"), _WIDEST) or 1,
            )

    def leave(self, tag: str) -> None:
        """Such an element ends."""
        if tag == "table" and self._open:
            self._open.pop()
        elif tag in _GROUPS and self._open:
            self._open[-1].reached.clear()

    def cell(self) -> Cell | None:
        """Where a line stands that is read now; None outside of a table, and within several."""
        if len(self._open) != 1 or not self._open[0].place:
            return None
        return Cell(self._open[0].number, *self._open[0].place)


def _span(told: str | None, most: int) -> int:
    """Over how many rows or columns a cell reaches, as it says; 0 may mean all that follow."""
    digits = _SPAN.match(told or "")
    return min(int(digits[1][:9]), most) if digits else 1

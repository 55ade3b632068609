"""Rows as JSON and CSV, for programs and spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

URL = "url"
"""The column that holds urls."""
# A spreadsheet takes a cell that begins so for a formula: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = frozenset("=+-@\t\r")


def as_json(
    facts: dict[str, str],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    address: Callable[[str], str],
) -> str:
    """An object of ``facts`` and ``items``, an object a row; what is empty is left out."""
    items = [
        {name: value for name, value in zip(columns, row, strict=True) if value not in ("", ())}
        for row in rows
    ]
    for item in items:
        if URL in item:
            item[URL] = address(item[URL])
    encoded = b",\n".join(map(_ENCODER.encode, items)).decode()
    head = _ENCODER.encode(facts).decode().removesuffix("}")
    return f'{head},"items":[\n{encoded}\n]}}\n' if items else f'{head},"items":[]}}\n'


def as_csv(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], address: Callable[[str], str]
) -> str:
    """A table as RFC 4180 has it, with a mark by which spreadsheets know that it is UTF-8.

    Several values stand in one cell with semicolons between. A text that a spreadsheet would take
    for a formula has an apostrophe before it.
    """
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    at = columns.index(URL)
    for row in rows:
        cells = [v if type(v) is str and v[:1] not in _FORMULA else _cell(v) for v in row]
        cells[at] = address(row[at])
        writer.writerow(cells)
    return text.getvalue()


def _cell(value: Any) -> str | int:
    if isinstance(value, int):
        return value
    text = value if isinstance(value, str) else "; ".join(value)
    return f"'{text}" if text[:1] in _FORMULA else text


_ENCODER = msgspec.json.Encoder()

"""A table with a header: each row is a record, with the field names of ``records``."""

from __future__ import annotations

import csv
import io
import itertools
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from archive_gen.importers.base import MAX_DOCUMENT, no_text, rejoined
from archive_gen.importers.encodings import MIXED, encoding_of_sample, is_binary
from archive_gen.importers.records.column_names import in_english, with_text_named
from archive_gen.importers.records.fields import fold_name
from archive_gen.importers.records.record import (
    document_if_shown,
    known_values,
    knows_fields,
    states_value,
)
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.importers.base import Found

_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*"')
_SAMPLE = 1 << 20
_NO_TEXTS = "no column is known to hold texts"
_HINT = "name one of them text, body or html"
_FETCH = "fetch the pages at its addresses, and import these; or name a column of texts text"
_UNPACK = "put it, unpacked, into the folder of the files that it names, or the one around that"
_OF_FILES = frozenset("file filename filepath path textfile txtfile htmlfile".split())
"""Columns that name files, beside which such a table has to lie."""
_ANY = "https://example.org/"
"""A value of which headlines and addresses can be."""
_QUOTES = "put a text in quotation marks, and write each that it holds twice"
_BEFORE_ROWS = 20
"""The names of the columns stand within so many lines."""
_SEPARATOR = re.compile(r"sep=(.)", re.IGNORECASE)
"""A first line by which a spreadsheet states what parts the columns."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is read on."""

    names: list[str]
    """Of the columns, as they are written."""
    line: int
    """That of the names."""
    rows: Iterator[tuple[int, list[str] | str]]
    """The first line of each, and its cells, or what is wrong with it."""


def read(name: str, stream: BinaryIO) -> Iterator[Found]:
    """A document for each row, read row by row."""
    head = stream.read(_SAMPLE)
    if is_binary(head):
        yield no_text(name)
        return
    lines = io.TextIOWrapper(
        rejoined(head, stream), encoding_of_sample(head), errors=MIXED, newline=""
    )
    with long_cells():
        yield from _documents(name, opened(lines))


@contextmanager
def long_cells() -> Iterator[None]:
    """While tables are read whose cells hold whole articles."""
    previous = csv.field_size_limit(MAX_DOCUMENT)
    try:
        yield
    finally:
        csv.field_size_limit(previous)


def opened(lines: Iterable[str]) -> Table:
    """The table in ``lines``, which keep their ends. What parts its columns may be stated above."""
    lines = iter(lines)
    start = list(itertools.islice(lines, _BEFORE_ROWS))
    before = len(list(itertools.takewhile(lambda line: not line.strip(), start)))
    stated = _SEPARATOR.fullmatch(start[before].rstrip("\r\n")) if start[before:] else None
    before += stated is not None
    header, delimiter = _header(start[before:], stated[1] if stated else "")
    names = [name.strip() for name in next(csv.reader(header, delimiter=delimiter), [])]
    below = before + len(header)
    source = _Lines(itertools.chain(start[below:], lines), below + 1)
    rows = ((source.first, row) for row in _rows(source, delimiter, len(names)))
    return Table(names, before + 1, rows)


def _documents(name: str, table: Table) -> Iterator[Found]:
    fields = in_english(table.names)
    told = known_values(dict.fromkeys(fields, _ANY))
    if not knows_fields(fields) and "title" in told:
        fields = with_text_named(fields)
    if not knows_fields(fields):
        of_files = not _OF_FILES.isdisjoint(map(fold_name, fields))
        hint = _UNPACK if of_files else _FETCH if "url" in told else _HINT
        yield Problem(name, table.line, _NO_TEXTS, hint)
        return
    for number, (line, row) in enumerate(table.rows, start=2):
        if isinstance(row, str):
            yield Problem(name, line, row, _QUOTES)
        else:
            yield document_if_shown(f"{name}#{number}", _record(fields, row))


def has_header(text: str) -> bool:
    """Whether the first line of ``text`` names columns of texts and of something else between
    tabs."""
    header, _, below = text.lstrip("\ufeff\r\n").partition("\n")
    names = in_english(header.split("\t")) if "\t" in header.strip() and "\t" in below else []
    return knows_fields(names) and any(map(states_value, names))


def _record(fields: list[str], row: list[str]) -> dict[str, str | None]:
    """The cells of a row by their columns; of columns of one name the first that has something."""
    record: dict[str, str | None] = {}
    for field, cell in itertools.zip_longest(fields, row[: len(fields)]):
        record[field] = record.get(field) or cell
    return record


def _header(lines: list[str], stated: str) -> tuple[list[str], str]:
    """Those of the first lines that name the columns, and what parts the names.

    A name goes over lines where a cell of a spreadsheet had some. A quotation mark that none of
    them closes opens nothing.
    """
    for number in range(1, len(lines) + 1):
        header = lines[:number]
        delimiter = stated or delimiter_of("".join(header))
        if not _is_cut(header, delimiter):
            return header, delimiter
    return lines[:1], stated or delimiter_of("".join(lines[:1]))


def _is_cut(lines: list[str], delimiter: str) -> bool:
    """Whether a row ends within a cell."""
    try:
        next(csv.reader(lines, delimiter=delimiter, strict=True), None)
    except csv.Error:
        return True
    return False


class _Lines:
    """The lines of a table, which know of which row they are."""

    def __init__(self, lines: Iterable[str], number: int) -> None:
        self._lines = iter(lines)
        self._row: list[str] = []
        self.first = number
        """The number of the line with which the row begins."""

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._row.append(line)
        return line

    @property
    def last(self) -> int:
        """The number of the last line of the row."""
        return self.first + max(len(self._row) - 1, 0)

    def is_open(self, delimiter: str) -> bool:
        """Whether the row goes over several lines because a quotation mark is not closed.

        Not if the odd one is of a cell without any, as in ``a screen of 27"``.
        """
        if len(self._row) == 1 or sum(line.count('"') for line in self._row) % 2 == 0:
            return False
        return _is_cut(self._row, delimiter)

    def next_row(self) -> None:
        """What is read from now on is of another row."""
        self.first += len(self._row)
        self._row = []


def _rows(source: _Lines, delimiter: str, width: int) -> Iterator[list[str] | str]:
    """The cells of each row, or what is wrong with it. ``width``: the columns of the header,
    though cells beyond it are no fault if the first row has them."""
    reader = csv.reader(source, delimiter=delimiter)
    is_first = True
    while True:
        source.next_row()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"is no row of a table: {error}"
            continue
        if source.is_open(delimiter):
            yield f"a quotation mark is not closed: nothing is read up to line {source.last}"
        elif cells:
            width = max(width, len(cells)) if is_first else width
            is_first = False
            more = any(cell.strip() for cell in cells[width:])
            yield f"has {len(cells)} cells, not {width} as the others" if more else cells


def delimiter_of(header: str) -> str:
    """What parts the names in the first line of a table."""
    return max(_DELIMITERS, key=_QUOTED.sub("", header).count)

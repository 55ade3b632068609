"""A table with a header: each row is a record, with the field names of ``records``."""

from __future__ import annotations

import csv
import io
import itertools
import re
from typing import TYPE_CHECKING, BinaryIO

from archive_gen.importers.base import MAX_DOCUMENT, LeftOut, no_text, rejoined
from archive_gen.importers.encodings import MIXED, is_binary
from archive_gen.importers.records.column_names import in_english
from archive_gen.importers.records.record import document, knows_fields
from archive_gen.importers.records.systems import hidden_kind_of
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.importers.base import Found

DELIMITERS = ",;\t|"
_SAMPLE = 1 << 20
_HINT = "name one of them text, body or html"
_SEPARATOR = re.compile(r"sep=(.)", re.IGNORECASE)
"""A first line by which a spreadsheet states what parts the columns."""


def read(name: str, stream: BinaryIO) -> Iterator[Found]:
    """A document for each row; read row by row."""
    head = stream.read(_SAMPLE)
    if is_binary(head):
        yield no_text(name)
        return
    lines = io.TextIOWrapper(rejoined(head, stream), _encoding(head), errors=MIXED, newline="")
    header = lines.readline()
    stated = _SEPARATOR.fullmatch(header.rstrip("\r\n"))
    header = lines.readline() if stated else header
    previous = csv.field_size_limit(MAX_DOCUMENT)
    try:
        delimiter = stated[1] if stated else delimiter_of(header)
        fields = [field.strip() for field in next(csv.reader([header], delimiter=delimiter), [])]
        fields = in_english(fields)
        if not knows_fields(fields):
            yield Problem(name, 1, "no column is known to hold texts", _HINT)
            return
        rows = csv.DictReader(lines, fields, delimiter=delimiter)
        for number in itertools.count(2):
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield Problem(name, rows.line_num + 1, f"is no row of a table: {error}")
                continue
            record = {key: value for key, value in row.items() if isinstance(key, str)}
            member = f"{name}#{number}"
            hidden = hidden_kind_of(record)
            yield LeftOut(hidden, member) if hidden else document(member, record)
    finally:
        csv.field_size_limit(previous)


def delimiter_of(header: str) -> str:
    """What parts the names in the first line of a table."""
    return max(DELIMITERS, key=header.count)


def _encoding(head: bytes) -> str:
    """UTF-8 if the sample is that (a letter may be cut at its end), else a guess."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    whole, _, _ = head.rpartition(b"\n")
    try:
        (whole or head).decode("utf-8")
    except UnicodeDecodeError:
        import charset_normalizer

        guess = charset_normalizer.from_bytes(head).best()
        return guess.encoding if guess else "cp1252"
    return "utf-8-sig"

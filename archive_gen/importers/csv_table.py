"""A table with a header: each row is a record, with the field names of ``records``."""

from __future__ import annotations

import csv
import io
import itertools
from typing import TYPE_CHECKING, BinaryIO

from archive_gen.importers.base import MAX_DOCUMENT
from archive_gen.importers.records import document
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.article import RawDocument

_SAMPLE = 1 << 20


def read(name: str, stream: BinaryIO) -> Iterator[RawDocument | Problem]:
    """A document for each row; read row by row."""
    head = stream.read(_SAMPLE)
    lines = io.TextIOWrapper(
        io.BufferedReader(_Rejoined(head, stream)), _encoding(head), newline=""
    )
    header = lines.readline()
    previous = csv.field_size_limit(MAX_DOCUMENT)
    try:
        delimiter = max(",;\t|", key=header.count)
        fields = [field.strip() for field in next(csv.reader([header], delimiter=delimiter), [])]
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
            yield document(f"{name}#{number}", record)
    finally:
        csv.field_size_limit(previous)


class _Rejoined(io.RawIOBase):
    """What was read for a look at it, and then the rest."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        super().__init__()
        self._parts = (io.BytesIO(head), stream)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        for part in self._parts:
            data = part.read(len(view))
            if data:
                view[: len(data)] = data
                return len(data)
        return 0


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

"""A database as SQL, as it was dumped: the stories in it, without the server it is of."""

from __future__ import annotations

import io
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from archive_gen.importers.base import damaged, no_text, rejoined
from archive_gen.importers.databases.documents import documents
from archive_gen.importers.databases.loaded import load, open_empty
from archive_gen.importers.databases.sql_rows import read_rows
from archive_gen.importers.databases.stories import may_tell
from archive_gen.importers.encodings import MIXED, encoding_of_sample, is_binary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.importers.base import Found

_SAMPLE = 1 << 20


def read(name: str, stream: BinaryIO) -> Iterator[Found]:
    """A document for each story; what was read before a break counts."""
    head = stream.read(_SAMPLE)
    if is_binary(head):
        yield no_text(name)
        return
    encoding = encoding_of_sample(head)
    text = io.TextIOWrapper(rejoined(head, stream), encoding, errors=MIXED, newline="")
    with tempfile.TemporaryDirectory() as folder, closing(open_empty(Path(folder))) as database:
        rows = (row for row in read_rows(text) if may_tell(row.table, row.columns))
        try:
            fault = load(database, rows)
        except sqlite3.Error as error:
            fault = error
        yield from documents(name, database)
    if fault:
        yield damaged(name, getattr(fault, "strerror", None) or fault)

"""A database of SQLite, as small systems and scrapers keep it."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from archive_gen.importers.base import damaged
from archive_gen.importers.databases.documents import documents
from archive_gen.importers.databases.loaded import open_given

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.importers.base import Found


def read(name: str, stream: BinaryIO) -> Iterator[Found]:
    """A document for each story. The file itself is never opened as a database."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite"
        with copy.open("wb") as file:
            shutil.copyfileobj(stream, file)
        try:
            with closing(open_given(copy)) as database:
                yield from documents(name, database)
        except (sqlite3.Error, UnicodeDecodeError) as error:  # of names, too
            yield damaged(name, error)

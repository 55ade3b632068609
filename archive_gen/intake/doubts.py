"""Which articles a person should look at, without opening an article or a record that is known.

What the records of imports say of doubt stands in ``.archive/doubts.sqlite``: derived, brought up
to date by size and time of each file, and made again when it is missing, broken or older.
"""

from __future__ import annotations

import contextlib
import functools
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive_gen import store
from archive_gen.intake import provenance
from archive_gen.intake.derived import open_derived
from archive_gen.intake.index import open_index
from archive_gen.locks import STATE_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOUBTS_FILE = "doubts.sqlite"
_VERSION = 1
_SCHEMA = """
CREATE TABLE records (
    original TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, input TEXT, confidence REAL
) WITHOUT ROWID;
CREATE INDEX by_confidence ON records (confidence);
"""
_SETTLED = 2.0
"""Instead of the confidence of what a person has reviewed, or of no record: never doubtful."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """An article for a person to look at."""

    path: str
    """Below ``content/``."""
    confidence: float
    input: str


def doubtful(content: Path, below: float) -> list[Doubt]:
    """The articles with a confidence below that which nobody reviewed, the most doubtful first."""
    query = "SELECT original, confidence, input FROM records WHERE confidence < ?"
    with open_index(content) as index, _records(content) as records:
        found = [
            Doubt(article.path, confidence, name)
            for original, confidence, name in records.execute(query, (below,))
            if (article := index.article_of(original))
        ]
    return sorted(found, key=lambda doubt: (doubt.confidence, doubt.path))


@contextlib.contextmanager
def _records(content: Path) -> Iterator[sqlite3.Connection]:
    file = content.parent / STATE_FOLDER / DOUBTS_FILE
    refresh = functools.partial(_refresh, content)
    connection = open_derived(file, _SCHEMA, _VERSION, refresh)
    with contextlib.closing(connection):
        yield connection


def _refresh(content: Path, connection: sqlite3.Connection) -> None:
    """Read the records that are new or changed, and forget those that are gone."""
    stamps = "SELECT original, size, mtime_ns FROM records"
    known = {original: (size, mtime) for original, size, mtime in connection.execute(stamps)}
    for original, size, mtime_ns in store.records(content):
        if known.pop(original, None) != (size, mtime_ns):
            record = provenance.parse(store.read(content, store.record_path(original)) or b"")
            doubt = record.confidence if record and not record.reviewed else _SETTLED
            row = (original, size, mtime_ns, record.input if record else "", doubt)
            connection.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?)", row)
    gone = [(original,) for original in known]
    connection.executemany("DELETE FROM records WHERE original = ?", gone)
    connection.commit()

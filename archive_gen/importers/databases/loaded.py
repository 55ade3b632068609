"""Rows of tables as a database of SQLite, for as long as it is read."""

from __future__ import annotations

import itertools
import sqlite3
import zlib
from typing import TYPE_CHECKING

from archive_gen.importers.base import MAX_DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from archive_gen.importers.databases.sql_rows import Row


_NAMING = ("id", "id_objet", "id_article", "id_mot", "_local", "_foreign", "_related_news")
"""How the names of columns end by which rows name each other, those of SPIP and TYPO3 too."""


def open_empty(folder: Path) -> sqlite3.Connection:
    """A database in ``folder`` that nobody else reads and that need not outlive its process."""
    connection = sqlite3.connect(folder / "rows.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    return connection


def open_given(file: Path) -> sqlite3.Connection:
    """A database that may be hostile: it is only read, and nothing that it defines is called."""
    connection = sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_DOCUMENT)
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.text_factory = _decoded
    return connection


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def quoted(name: str) -> str:
    """A name as SQL has it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def load(connection: sqlite3.Connection, rows: Iterable[Row]) -> Exception | None:
    """Put ``rows`` into tables, all columns as text; what broke off, if anything did.

    Columns by which rows name each other are looked up fast.
    """
    faults: list[Exception] = []
    tables: dict[str, set[str]] = {}
    whole = _until_broken(rows, faults)
    for (table, columns), group in itertools.groupby(whole, key=lambda row: row[:2]):
        places = _places(columns)
        if not places:
            continue
        known = tables.setdefault(_folded(table), set())
        _widen(connection, table, known, list(places))
        names = ", ".join(map(quoted, places))
        marks = ", ".join("?" * len(places))
        insert = f"INSERT INTO {quoted(table)} ({names}) VALUES ({marks})"  # noqa: S608 (quoted)
        values = ([row.values[place] for place in places.values()] for row in group)
        connection.execute("BEGIN")
        connection.executemany(insert, values)
        connection.execute("COMMIT")
    for table, known in tables.items():
        for folded in sorted(name for name in known if name.endswith(_NAMING)):
            index, place = quoted(f"{table} by {folded}"), f"{quoted(table)} ({quoted(folded)})"
            connection.execute(f"CREATE INDEX {index} ON {place}")
    return faults[0] if faults else None


def _until_broken(rows: Iterable[Row], faults: list[Exception]) -> Iterator[Row]:
    try:
        yield from rows
    except (OSError, EOFError, ValueError, zlib.error) as error:
        faults.append(error)


def _places(columns: Sequence[str]) -> dict[str, int]:
    """Column → its place; of those that SQLite takes for one the first."""
    first = {_folded(column): place for place, column in reversed([*enumerate(columns)])}
    return {columns[place]: place for place in sorted(first.values()) if columns[place].strip()}


def _widen(
    connection: sqlite3.Connection, table: str, known: set[str], columns: Sequence[str]
) -> None:
    """Make the table, or give it the columns that it has not got."""
    fresh = [column for column in columns if _folded(column) not in known]
    if not known:
        connection.execute(f"CREATE TABLE {quoted(table)} ({', '.join(map(_as_text, fresh))})")
    else:
        for column in fresh:
            connection.execute(f"ALTER TABLE {quoted(table)} ADD COLUMN {_as_text(column)}")
    known.update(map(_folded, fresh))


def _folded(name: str) -> str:
    """Equal for names that are one to SQLite, which knows the capitals of ASCII alone."""
    return name.encode().lower().decode()


def _as_text(column: str) -> str:
    return f"{quoted(column)} TEXT"

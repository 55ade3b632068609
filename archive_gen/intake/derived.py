"""Databases below ``.archive/`` that can be made again from ``content/`` at any time."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def open_derived(
    file: Path, schema: str, version: int, refresh: Callable[[sqlite3.Connection], None]
) -> sqlite3.Connection:
    """The database in ``file``, brought up to date by ``refresh``.

    One that is broken, or of another version, is replaced. Raises ``sqlite3.OperationalError``
    where none can be opened.
    """
    try:
        return _open(file, schema, version, refresh)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        file.unlink(missing_ok=True)
        return _open(file, schema, version, refresh)


def _open(
    file: Path, schema: str, version: int, refresh: Callable[[sqlite3.Connection], None]
) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=30)
    try:
        connection.execute("PRAGMA synchronous = OFF")  # what a crash loses is made again
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, version):
            raise sqlite3.DatabaseError("another version")
        if found == 0:
            connection.executescript(f"{schema}PRAGMA user_version = {version};")
        refresh(connection)
    except BaseException:
        connection.close()
        raise
    return connection

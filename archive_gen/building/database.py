"""The database ``.archive/build.sqlite``: opened, told damaged, deleted."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

import msgspec

from archive_gen.problems import OperationError, Problem
from archive_gen.seals import DamagedStateError, drop_sum, seal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FILE = "build.sqlite"
_JOURNALS = ("-wal", "-journal")
"""Endings of what lies beside it while somebody writes."""
_HINT = "see that the disk has room and is sound, or delete .archive/ and build again"
VERSION = b"9"
# Stamps stand apart from the records: most builds read them whole and next to no record. So does
# the order from the facts: who looks for these would read through all of it each time.
_SINGLE = """CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value BLOB NOT NULL)
    WITHOUT ROWID"""
_VERSION_OF_IT = "SELECT value FROM facts WHERE name = 'version'"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS stamps (folder TEXT PRIMARY KEY, files BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS orders (number INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, digest TEXT NOT NULL,
    is_article INTEGER NOT NULL, record BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS others ON files (path) WHERE NOT is_article;
CREATE TABLE IF NOT EXISTS pages (url TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL,
    fingerprint BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pages_of_group ON pages (kind, name);
"""
# Only a new database takes it. The order is one value of megabytes, which SQLite reads and writes
# page by page, and again for its journal: with pages of 4 KB, as usual, in twice the time.
_PAGES = "page_size = 16384"
_READ_MEANWHILE = ("journal_mode = WAL",)
"""Whoever reads sees the state before, and waits for nobody."""
# A database that is in the other mode can be opened so alone: by who needs to share nothing.
_WITHOUT_SHARED_MEMORY = (
    *("locking_mode = EXCLUSIVE", "journal_mode = DELETE", "locking_mode = NORMAL"),
    "user_version",  # only then the lock is given back
    # What does not fit into its cache SQLite would write at once, and let nobody read from then on:
    # the processes that make pages read what the last build knew.
    "cache_spill = OFF",
)
"""For network shares, and folders that virtual machines share, where no memory can be shared."""
_NO_SHARED_MEMORY = (
    *(sqlite3.SQLITE_IOERR_SHMOPEN, sqlite3.SQLITE_IOERR_SHMSIZE),
    *(sqlite3.SQLITE_IOERR_SHMLOCK, sqlite3.SQLITE_IOERR_SHMMAP),
)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CONSTRAINT)


class _OtherVersionError(sqlite3.DatabaseError):
    """The state was left by another version of the program."""


@contextlib.contextmanager
def damage_told() -> Iterator[None]:
    """Within, whatever comes of a damaged database is a ``DamagedStateError``.

    What else is the matter with it, a full disk for example, is an ``OperationError``.
    """
    try:
        yield
    except _OtherVersionError:
        raise
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DamagedStateError(error) from error
    except sqlite3.Error as error:
        # Text that is no UTF-8 comes without a code.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        if code & 0xFF in _DAMAGED:
            raise DamagedStateError(error) from error
        problem = Problem(f".archive/{FILE}", 0, f"can't be read or written: {error}", _HINT)
        raise OperationError(problem) from None


def is_of_another_version(folder: Path) -> bool:
    """Whether a program whose state this one can't read has left one."""
    try:
        with contextlib.closing(open_to_read(folder)) as connection:
            version = connection.execute(_VERSION_OF_IT).fetchone()
    except sqlite3.Error:
        return False
    return bool(version) and version[0] != seal(VERSION, "version")


def open_to_read(folder: Path) -> sqlite3.Connection:
    """The database as it is; nothing is written. Raises ``sqlite3.Error``."""
    # To a reader SQLite adds files of its own, unless told that nobody writes: while somebody
    # does, or when a build was killed, there is a journal.
    nobody_writes = not any((folder / f"{FILE}{end}").exists() for end in _JOURNALS)
    mode = "immutable=1" if nobody_writes else "mode=ro"
    return sqlite3.connect(f"{(folder / FILE).absolute().as_uri()}?{mode}", uri=True)


def open_to_write(folder: Path) -> sqlite3.Connection:
    """The database: made if there is none, and anew where another version left it.

    Raises ``DamagedStateError`` or ``OperationError``.
    """
    try:
        with damage_told():
            return _open(folder / FILE)
    except _OtherVersionError:
        discard(folder)
        return _open(folder / FILE)


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _open_with(path, _READ_MEANWHILE)
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) not in _NO_SHARED_MEMORY:
            raise
        return _open_with(path, _WITHOUT_SHARED_MEMORY)


def _open_with(path: Path, settings: Sequence[str]) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level="DEFERRED")
    try:
        for setting in (_PAGES, *settings):
            connection.execute(f"PRAGMA {setting}").fetchall()
        connection.execute("PRAGMA synchronous = NORMAL")
        # First of all: another version's tables may have other columns.
        connection.execute(_SINGLE)
        version = connection.execute(_VERSION_OF_IT).fetchone()
        sealed = seal(VERSION, "version")
        if version and version[0] != sealed:
            raise _OtherVersionError("of another version")
        connection.executescript(_SCHEMA)
        connection.execute("REPLACE INTO facts VALUES ('version', ?)", (sealed,))
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection


def discard(folder: Path) -> None:
    """Forget all of it: the next build begins from nothing."""
    drop_sum(folder / FILE)
    for end in ("", *_JOURNALS, "-shm"):
        (folder / f"{FILE}{end}").unlink(missing_ok=True)

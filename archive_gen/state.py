"""What the last build knew: ``.archive/build.sqlite``. Deleting it costs time, never bytes."""

from __future__ import annotations

import contextlib
import functools
import sqlite3
from typing import TYPE_CHECKING

import msgspec

from archive_gen.problems import OperationError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from archive_gen.load import ContentFile
    from archive_gen.pages import Group

_FILE = "build.sqlite"
_VERSION = "3"
# A file's url is that of its article's page: empty if it has a fault, NULL for a picture.
# Stamps stand apart from the records: reading them all is what most builds do and nothing else.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stamps (path TEXT PRIMARY KEY, size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, digest TEXT NOT NULL, url TEXT,
    record BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS faulty ON files (path) WHERE url = '';
CREATE INDEX IF NOT EXISTS addresses ON files (path, url);
CREATE TABLE IF NOT EXISTS pages (url TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL,
    fingerprint TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pages_of_group ON pages (kind, name);
"""
_ENCODER = msgspec.msgpack.Encoder()


class BuildState:
    """Facts, content files and pages of the last finished build.

    What is put in or dropped holds only once it is committed.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / _FILE
        try:
            self._connection = _open(path)
        except sqlite3.DatabaseError:
            _discard(path)
            self._connection = _open(path)

    @classmethod
    def open_to_read(cls, folder: Path) -> BuildState | None:
        """The state as the last build left it; None if there is none that can be used.

        Nothing is written, so it opens in a folder that can't be written, too.
        """
        path = folder / _FILE
        # To a reader SQLite adds files of its own, unless told that nobody writes: while somebody
        # does, or when a build was killed, there is a journal.
        nobody_writes = not path.with_name(f"{_FILE}-wal").exists()
        mode = "immutable=1" if nobody_writes else "mode=ro"
        state = cls.__new__(cls)
        try:
            state._connection = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)
        except sqlite3.Error:
            return None
        with contextlib.suppress(sqlite3.Error):
            if state.fact("version") == _VERSION:
                return state
        state.close()
        return None

    def close(self) -> None:
        """Let go of the database; what was not committed is forgotten."""
        self._connection.close()

    def commit(self) -> None:
        """Make everything said since the last commit hold."""
        try:
            self._connection.commit()
        except sqlite3.Error as error:
            raise OperationError(
                Problem(".archive/build.sqlite", 0, f"can't be written: {error}")
            ) from None

    def fact(self, name: str) -> str:
        """A value by its name; empty if it was never set."""
        row = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_fact(self, name: str, value: str) -> None:
        """Remember a single value."""
        self._connection.execute("REPLACE INTO facts VALUES (?, ?)", (name, value))

    def stamps(self) -> Iterator[tuple[str, int, int]]:
        """Path, size and mtime of every content file, by path."""
        return self._connection.execute("SELECT path, size, mtime_ns FROM stamps ORDER BY path")

    def digest(self, path: str) -> str:
        """Of a content file's bytes; empty if it is not known."""
        row = self._connection.execute("SELECT digest FROM files WHERE path = ?", (path,))
        return str((row.fetchone() or ("",))[0])

    def files(self) -> Mapping[str, ContentFile]:
        """Every content file with its entry, at the address that was settled for it."""
        rows = self._connection.execute("SELECT path, record FROM files")
        decode = _decoder().decode
        return {path: decode(record) for path, record in rows}

    def urls(self) -> Mapping[str, str]:
        """Path → the address that its article was published at."""
        return dict(self._connection.execute("SELECT path, url FROM files WHERE url != ''"))

    def standing_problems(self) -> list[Problem]:
        """Those that stay until somebody mends an article, whether or not it was read now."""
        rows = self._connection.execute("SELECT record FROM files WHERE url = '' ORDER BY path")
        faults = [problem for (record,) in rows for problem in _decoder().decode(record).problems]
        between = self.fact("between") or "[]"
        return faults + msgspec.json.decode(between, type=list[Problem])

    def put_files(self, files: Iterable[tuple[ContentFile, str | None]]) -> None:
        """Remember content files, each with the address of its article: an empty one for a file
        with faults, None for a picture."""
        kept = list(files)
        self._connection.executemany(
            "REPLACE INTO stamps VALUES (?, ?, ?)",
            ((file.path, file.size, file.mtime_ns) for file, _ in kept),
        )
        self._connection.executemany(
            "REPLACE INTO files VALUES (?, ?, ?, ?)",
            ((file.path, file.digest, url, _ENCODER.encode(file)) for file, url in kept),
        )

    def restamp(self, mtimes: Mapping[str, int]) -> None:
        """Files were touched but say the same: path → mtime."""
        rows = ((mtime_ns, path) for path, mtime_ns in mtimes.items())
        self._connection.executemany("UPDATE stamps SET mtime_ns = ? WHERE path = ?", rows)

    def drop_files(self, paths: Iterable[str]) -> None:
        """Forget content files."""
        gone = [(path,) for path in paths]
        self._connection.executemany("DELETE FROM files WHERE path = ?", gone)
        self._connection.executemany("DELETE FROM stamps WHERE path = ?", gone)

    def drop_all_files(self) -> None:
        """Forget every content file."""
        self._connection.execute("DELETE FROM files")
        self._connection.execute("DELETE FROM stamps")

    def pages_of(self, group: Group) -> Mapping[str, str]:
        """Url → fingerprint of the pages that a group had."""
        return dict(
            self._connection.execute(
                "SELECT url, fingerprint FROM pages WHERE kind = ? AND name = ?", group
            )
        )

    def all_pages(self) -> Mapping[Group, Mapping[str, str]]:
        """Group → url → fingerprint of everything the site has."""
        pages: dict[Group, dict[str, str]] = {}
        rows = self._connection.execute("SELECT kind, name, url, fingerprint FROM pages")
        for kind, name, url, fingerprint in rows:
            pages.setdefault((kind, name), {})[url] = fingerprint
        return pages

    def counts(self) -> tuple[int, int]:
        """How many articles and how many pages the site has."""
        counts = self.fact("counts")
        return msgspec.json.decode(counts or "[0,0]", type=tuple[int, int])

    def count_again(self) -> None:
        """Reckon ``counts`` from what is remembered."""
        articles, pages = self._connection.execute(
            "SELECT (SELECT count(*) FROM files WHERE url != ''),"
            " (SELECT count(*) FROM pages WHERE kind NOT IN ('asset', 'picture', 'search'))"
        ).fetchone()
        self.set_fact("counts", msgspec.json.encode((articles, pages)).decode())

    def put_pages(self, rows: Iterable[tuple[str, Group, str]]) -> None:
        """Remember pages: url, group, fingerprint."""
        self._connection.executemany(
            "REPLACE INTO pages VALUES (?, ?, ?, ?)",
            ((url, *group, fingerprint) for url, group, fingerprint in rows),
        )

    def drop_all_pages(self) -> None:
        """Forget every page."""
        self._connection.execute("DELETE FROM pages")

    def drop_pages(self, pages: Iterable[tuple[str, Group]]) -> None:
        """Forget pages, unless another group has taken the address over."""
        self._connection.executemany(
            "DELETE FROM pages WHERE url = ? AND kind = ? AND name = ?",
            ((url, *group) for url, group in pages),
        )


@functools.cache
def _decoder() -> msgspec.msgpack.Decoder[ContentFile]:
    # What an article is takes long to import, and most builds read none.
    from archive_gen.load import ContentFile

    return msgspec.msgpack.Decoder(ContentFile)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level="DEFERRED")
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(_SCHEMA)
        version = connection.execute("SELECT value FROM facts WHERE name = 'version'").fetchone()
        if version and version[0] != _VERSION:
            raise sqlite3.DatabaseError("of another version")
        connection.execute("REPLACE INTO facts VALUES ('version', ?)", (_VERSION,))
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection


def _discard(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)

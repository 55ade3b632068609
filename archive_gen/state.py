"""What the last build knew: ``.archive/build.sqlite``. Deleting it costs time, never bytes."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import msgspec

from archive_gen.load import ContentFile
from archive_gen.problems import OperationError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from archive_gen.pages import Group

_VERSION = "1"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL, digest TEXT NOT NULL, url TEXT NOT NULL, record BLOB NOT NULL)
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pages (url TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL,
    fingerprint TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pages_of_group ON pages (kind, name);
"""
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(ContentFile)


class BuildState:
    """Facts, content files and pages of the last finished build.

    What is put in or dropped holds only once it is committed.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "build.sqlite"
        try:
            self._connection = _open(path)
        except sqlite3.DatabaseError:
            _discard(path)
            self._connection = _open(path)

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

    def stamps(self) -> Mapping[str, tuple[int, int, str]]:
        """Path → size, mtime, digest of every content file."""
        rows = self._connection.execute("SELECT path, size, mtime_ns, digest FROM files")
        return {path: (size, mtime_ns, digest) for path, size, mtime_ns, digest in rows}

    def files(self) -> Mapping[str, ContentFile]:
        """Every content file with its entry, at the address that was settled for it."""
        rows = self._connection.execute("SELECT path, record FROM files")
        return {path: _DECODER.decode(record) for path, record in rows}

    def urls(self) -> Mapping[str, str]:
        """Path → the address that its article was published at."""
        return dict(self._connection.execute("SELECT path, url FROM files WHERE url != ''"))

    def problem_files(self) -> list[ContentFile]:
        """The files whose last reading found faults."""
        rows = self._connection.execute("SELECT record FROM files WHERE url = '' ORDER BY path")
        return [_DECODER.decode(record) for (record,) in rows]

    def put_files(self, files: Iterable[tuple[ContentFile, str]]) -> None:
        """Remember content files, each with the address of its article (or an empty one)."""
        self._connection.executemany(
            "REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)",
            (
                (file.path, file.size, file.mtime_ns, file.digest, url, _ENCODER.encode(file))
                for file, url in files
            ),
        )

    def restamp(self, path: str, mtime_ns: int) -> None:
        """A file was touched but says the same."""
        self._connection.execute("UPDATE files SET mtime_ns = ? WHERE path = ?", (mtime_ns, path))

    def drop_files(self, paths: Iterable[str]) -> None:
        """Forget content files."""
        self._connection.executemany("DELETE FROM files WHERE path = ?", ((p,) for p in paths))

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
        articles = self._connection.execute("SELECT count(*) FROM files WHERE url != ''")
        pages = self._connection.execute(
            "SELECT count(*) FROM pages WHERE kind NOT IN ('asset', 'search')"
        )
        return int(articles.fetchone()[0]), int(pages.fetchone()[0])

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

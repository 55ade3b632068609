"""Content files as rows of the build's state, and the entries in them, read when asked for.

Each row carries a checksum: it is what was written, or ``DamagedStateError``.
"""

from __future__ import annotations

import functools
import itertools
import os
import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from archive_gen.parallel import chunks
from archive_gen.seals import DamagedStateError, seal, unseal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from archive_gen.catalogue.entry import Entry
    from archive_gen.loading.load import ContentFile
    from archive_gen.loading.packed import PackedFile

_AT_ONCE = 500
"""Values in a query: older releases of SQLite take no more than 999."""
_TOGETHER = 200
"""Files whose bytes become one object."""


class _MissingError(DamagedStateError, KeyError):
    """An entry that is not there, or is asked for by a path that is wrong."""


class StoredEntries(Mapping[str, "Entry"]):
    """Path → entry, of the last finished build. It may be handed on to other processes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # A connection must not be used, nor closed, by another process than the one that made it.
        self._connections: dict[int, sqlite3.Connection] = {}

    def __reduce__(self) -> tuple[type[StoredEntries], tuple[Path]]:
        return StoredEntries, (self._path,)

    def __getitem__(self, path: str) -> Entry:
        found = self._connection.execute(
            "SELECT path, digest, is_article, record FROM files WHERE path = ?", (path,)
        )
        row = found.fetchone()
        entry = content_file(*row).entry if row else None
        if entry is None:
            raise _MissingError(path)
        return entry

    def some(self, paths: Sequence[str]) -> Iterator[Entry]:
        """The entries at ``paths``, in any order; those of which there are none are left out."""
        for start in range(0, len(paths), _AT_ONCE):
            asked = paths[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(asked))
            query = f"SELECT path, digest, is_article, record FROM files WHERE path IN ({marks})"  # noqa: S608 (nothing but question marks)
            for row in self._connection.execute(query, asked).fetchall():
                if entry := content_file(*row).entry:
                    yield entry

    def packed(self) -> Mapping[str, PackedFile]:
        """The files of all articles, by path."""
        found = self._connection.execute(
            "SELECT path, digest, is_article, record FROM files WHERE is_article"
        )
        return {file.path: file for file in packed_files(found)}

    def in_memory(self) -> Mapping[str, Entry]:
        """The same entries, which then need no database."""
        from archive_gen.loading.packed import PackedEntries

        return PackedEntries(self.packed())

    def __iter__(self) -> Iterator[str]:
        found = self._connection.execute("SELECT path FROM files WHERE is_article ORDER BY path")
        return (path for (path,) in found)

    def __len__(self) -> int:
        found = self._connection.execute("SELECT count(*) FROM files WHERE is_article")
        number: int = found.fetchone()[0]
        return number

    @property
    def _connection(self) -> sqlite3.Connection:
        own = os.getpid()
        if own not in self._connections:
            self._connections[own] = sqlite3.connect(
                f"{self._path.absolute().as_uri()}?mode=ro", uri=True
            )
        return self._connections[own]

    def close(self) -> None:
        """Let go of the database."""
        if own := self._connections.pop(os.getpid(), None):
            own.close()


@functools.cache
def _decoder() -> msgspec.msgpack.Decoder[ContentFile]:
    # What an article is takes long to import, and most builds read none.
    from archive_gen.loading.load import ContentFile

    return msgspec.msgpack.Decoder(ContentFile)


def file_row(file: PackedFile) -> tuple[str, str, bool, bytes]:
    """A content file as a row of ``files``."""
    path, digest, is_article = file[:3]
    return path, digest, is_article, seal(file.record, path, digest, str(is_article))


def packed_files(rows: Iterable[tuple[str, str, int, bytes]]) -> Iterator[PackedFile]:
    """Content files from their rows, undecoded."""
    # These take long to import, and most builds look at few articles.
    from archive_gen.loading.load import FileRecord
    from archive_gen.loading.packed import packed

    files = (
        FileRecord(path, digest, bool(is_article), _unsealed(path, digest, is_article, record))
        for path, digest, is_article, record in rows
    )
    return itertools.chain.from_iterable(map(packed, chunks(files, _TOGETHER)))


def content_file(path: str, digest: str, is_article: int, record: bytes) -> ContentFile:
    """A content file from its row."""
    return _decoder().decode(_unsealed(path, digest, is_article, record))


def _unsealed(path: str, digest: str, is_article: int, record: bytes) -> bytes:
    return unseal(record, path, digest, str(bool(is_article)))

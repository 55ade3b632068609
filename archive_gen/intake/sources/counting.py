"""Lines counted over any number of documents: exact, in bounded memory, in any order."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from typing import TYPE_CHECKING

from archive_gen.cleaning.furniture import Counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.cleaning.furniture import Observed

_ROOM = 100_000
"""So many lines are held in memory; beyond that they are added up on the disk."""
_ADD = """
INSERT INTO lines VALUES (:source, :digest, CASE WHEN :number > 1 THEN :key END, :number, :below)
ON CONFLICT DO UPDATE SET documents = documents + :number, below = below + :below, key = :key
"""


class Tally:
    """Name of a source → its ``Counts``.

    Most lines are of one story and stand once. So on the disk (a temporary file that SQLite
    deletes) a line is eight bytes until it is seen again, and only then written out.
    """

    def __init__(self, room: int = _ROOM) -> None:
        self._counts: dict[str, Counts] = {}
        self._room = room
        self._held = 0
        self._disk: sqlite3.Connection | None = None

    def __contains__(self, source: str) -> bool:
        return source in self._counts

    def __iter__(self) -> Iterator[str]:
        """The names, sorted."""
        return iter(sorted(self._counts))

    def add(self, source: str, observed: Observed) -> None:
        """Count one document of ``source``."""
        one = Counts()
        one.add(observed)
        self.merge(source, one)

    def merge(self, source: str, counts: Counts) -> None:
        """Add what was counted elsewhere."""
        self._counts.setdefault(source, Counts()).merge(counts)
        self._held += len(counts.lines)
        if self._held > self._room:
            self._to_disk()

    def counts(self, source: str) -> Counts:
        """What was counted of ``source``, without the lines that stand in too few documents."""
        held = self._counts.get(source, Counts())
        if self._disk is not None:
            self._to_disk()
            found = self._disk.execute(
                "SELECT key, documents, below FROM lines WHERE source = ? AND documents >= ?",
                (source, held.least),
            ).fetchall()
        else:
            found = [(k, n, held.below[k]) for k, n in held.lines.items() if n >= held.least]
        lines = Counter({key: number for key, number, _ in found})
        below = Counter({key: number for key, _, number in found if number})
        return Counts(held.documents, held.day_first, held.month_first, lines, below)

    def _to_disk(self) -> None:
        if self._disk is None:
            self._disk = _open()
        self._disk.execute("BEGIN")
        for source, counts in self._counts.items():
            rows = (
                {
                    "source": source,
                    "digest": _digest(key),
                    "key": key,
                    "number": number,
                    "below": counts.below[key],
                }
                for key, number in counts.lines.items()
            )
            self._disk.executemany(_ADD, rows)
            counts.lines, counts.below = Counter(), Counter()
        self._disk.execute("COMMIT")
        self._held = 0


def _open() -> sqlite3.Connection:
    database = sqlite3.connect("", isolation_level=None)
    for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536"):
        database.execute(f"PRAGMA {setting}")
    database.execute(
        "CREATE TABLE lines (source TEXT, digest INTEGER, key TEXT, documents INTEGER, "
        "below INTEGER, PRIMARY KEY (source, digest)) WITHOUT ROWID"
    )
    return database


def _digest(key: str) -> int:
    digest = hashlib.blake2b(key.encode("utf-8"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)

"""Texts that are the same or nearly: reprints and corrections of a story, found at import.

A text is known by its *sketch*: the smallest hashes of its shingles, runs of four words. The
share of hashes that two sketches have in common estimates that of their shingles (A. Z. Broder,
*On the resemblance and containment of documents*, 1997). Two texts that share most shingles
nearly always share one of their eight smallest, so only the texts that do are compared.

Sketches stand in ``.archive/texts.sqlite`` and are derived: one that is missing or older than its
article is made again, and the file may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import sqlite3
import zlib
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive_gen import frontmatter, store
from archive_gen.problems import OperationError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive_gen.store import FoundFile

TEXTS_FILE = "texts.sqlite"
NEAR = 0.4
"""Texts that share so much of their shingles are versions of one story. Two reports of one event
by different hands rarely share a fifth; with one word in ten changed, half is left."""
_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_RUN = 4
_KEPT = 128
_LEADS = 8
_FEWEST = 24
"""A text with fewer shingles is compared as a whole only: captions and briefs are all alike."""
_CROWD = 100
"""A shingle of more articles than this is a phrase of the page; the first of them are compared."""
_VERSION = 1
_SCHEMA = """
CREATE TABLE texts (
    path TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, digest BLOB, shingles BLOB
) WITHOUT ROWID;
CREATE INDEX by_digest ON texts (digest);
CREATE TABLE leads (lead INTEGER, path TEXT, PRIMARY KEY (lead, path)) WITHOUT ROWID;
CREATE INDEX by_path ON leads (path);
"""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What tells whether two texts are the same or nearly."""

    digest: bytes
    """Equal for texts with the same words; empty for a text without any."""
    shingles: tuple[int, ...]
    """The smallest hashes, ascending, 32 bits; fewer than 24 for a short text."""

    @property
    def is_short(self) -> bool:
        """Whether there is too little to compare but the whole."""
        return len(self.shingles) < _FEWEST


def sketch(text: str) -> Sketch:
    """The sketch of an article's body."""
    words = _WORD.findall(text.casefold())
    if not words:
        return Sketch(b"", ())
    digest = hashlib.blake2b(" ".join(words).encode(), digest_size=16).digest()
    runs = {" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}
    return Sketch(digest, tuple(sorted(map(_hash, runs))[:_KEPT]))


def likeness(one: Sketch, other: Sketch) -> float:
    """How much two texts share, 0-1: an estimate of the Jaccard index of their shingles."""
    first, second = set(one.shingles), set(other.shingles)
    smallest = sorted(first | second)[:_KEPT]
    return len(first & second & set(smallest)) / len(smallest) if smallest else 0.0


def _hash(run: str) -> int:
    # A checksum is quick, and multiplied (Knuth's way) in no order that the text could set.
    return zlib.crc32(run.encode("utf-8", "replace")) * 0x9E3779B1 & 0xFFFFFFFF


class Texts:
    """The sketches of an archive's articles, on disk."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def same(self, wanted: Sketch) -> list[str]:
        """The paths of the articles with the very words of ``wanted``, sorted."""
        if not wanted.digest:
            return []
        query = "SELECT path FROM texts WHERE digest = ? ORDER BY path"
        return [path for (path,) in self._connection.execute(query, (wanted.digest,))]

    def near(self, wanted: Sketch) -> list[str]:
        """The paths of the articles nearly like ``wanted``, those with its very words too."""
        if wanted.is_short:
            return []
        by_lead = "SELECT path FROM leads WHERE lead = ? ORDER BY path LIMIT ?"
        paths: set[str] = set()
        for lead in wanted.shingles[:_LEADS]:
            rows = self._connection.execute(by_lead, (lead, _CROWD))
            paths.update(path for (path,) in rows)
        return [path for path in sorted(paths) if self._is_near(path, wanted)]

    def _is_near(self, path: str, wanted: Sketch) -> bool:
        query = "SELECT digest, shingles FROM texts WHERE path = ?"
        digest, blob = self._connection.execute(query, (path,)).fetchone()
        other = Sketch(digest, _unpack(blob))
        return not other.is_short and likeness(wanted, other) >= NEAR

    def add(self, file: FoundFile, its: Sketch) -> None:
        """Remember an article, or what it has become."""
        self.remove(file.path)
        blob = array("I", its.shingles).tobytes()
        row = (file.path, file.size, file.mtime_ns, its.digest, blob)
        self._connection.execute("INSERT INTO texts VALUES (?, ?, ?, ?, ?)", row)
        leads = [(lead, file.path) for lead in its.shingles[:_LEADS]]
        self._connection.executemany("INSERT OR IGNORE INTO leads VALUES (?, ?)", leads)

    def remove(self, path: str) -> None:
        """Forget an article."""
        self._connection.execute("DELETE FROM texts WHERE path = ?", (path,))
        self._connection.execute("DELETE FROM leads WHERE path = ?", (path,))

    def stamp(self, content: Path, path: str) -> None:
        """Remember the file of an article as it is now; its text is known."""
        status = (content / path).stat()
        values = (status.st_size, status.st_mtime_ns, path)
        self._connection.execute("UPDATE texts SET size = ?, mtime_ns = ? WHERE path = ?", values)

    def commit(self) -> None:
        """Make what was said hold."""
        self._connection.commit()

    def refresh(self, content: Path) -> None:
        """Bring the sketches up to date with the files below ``content``."""
        stamps = "SELECT path, size, mtime_ns FROM texts"
        known = {path: (size, mtime) for path, size, mtime in self._connection.execute(stamps)}
        for file in store.scan(content):
            if known.pop(file.path, None) != (file.size, file.mtime_ns):
                data = (content / file.path).read_bytes()
                article, _ = frontmatter.parse_bytes(data, file.path)
                self.add(file, sketch(article.body if article else ""))
        for path in known:
            self.remove(path)
        self._connection.commit()


@contextlib.contextmanager
def open_texts(state: Path, content: Path) -> Iterator[Texts]:
    """The sketches of the articles below ``content``, up to date, kept in folder ``state``."""
    state.mkdir(parents=True, exist_ok=True)
    file = state / TEXTS_FILE
    try:
        connection = _open(file, content)
    except sqlite3.OperationalError as error:
        hint = "wait until the other import has ended"
        raise OperationError(Problem(f"{state.name}/{TEXTS_FILE}", 0, str(error), hint)) from None
    except sqlite3.DatabaseError:  # broken, or of another version
        file.unlink(missing_ok=True)
        connection = _open(file, content)
    with contextlib.closing(connection):
        yield Texts(connection)
        connection.commit()


def _open(file: Path, content: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=30)
    try:
        connection.execute("PRAGMA synchronous = OFF")  # derived: what a crash loses is made again
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, _VERSION):
            raise sqlite3.DatabaseError("another version")
        if version == 0:
            connection.executescript(f"{_SCHEMA}PRAGMA user_version = {_VERSION};")
        Texts(connection).refresh(content)
    except BaseException:
        connection.close()
        raise
    return connection


def _unpack(blob: bytes) -> tuple[int, ...]:
    values = array("I")
    values.frombytes(blob)
    return tuple(values)

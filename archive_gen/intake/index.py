"""What an import has to know of the archive, without opening an article or an input for it.

Of each article: the original it comes from, its address, what an import tells of it, and the
sketch of its text (``versions``). Of each input that was imported whole: its size and time, and
the originals that this program finds in it. All of it stands in ``.archive/imports.sqlite`` and is
derived: what is missing or older than its file is read again, and the database may be deleted at
any time.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive_gen.content import frontmatter, listing, store
from archive_gen.intake.derived import (
    Form,
    Note,
    Watch,
    open_derived,
    opened_to_read,
    to_nobody,
    unwatched,
)
from archive_gen.intake.versions import NEAR, Sketch, likeness, sketch
from archive_gen.layout import STATE_FOLDER
from archive_gen.problems import Problem, unreadable
from archive_gen.program import program_version
from archive_gen.texts import encodable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from archive_gen.article import Article
    from archive_gen.content.listing import FoundFile

INDEX_FILE = "imports.sqlite"
_CROWD = 100
"""A shingle of more articles than this is a phrase of the page; the first of them are compared."""
_FORM = Form(
    version=5,
    schema="""
CREATE TABLE articles (
    path BLOB PRIMARY KEY, size INTEGER, mtime_ns INTEGER, original TEXT, url TEXT,
    title TEXT, date TEXT, source TEXT, digest BLOB, shingles BLOB
) WITHOUT ROWID;
CREATE INDEX by_original ON articles (original);
CREATE INDEX by_url ON articles (url);
CREATE INDEX by_digest ON articles (digest);
CREATE TABLE leads (lead INTEGER, path BLOB, PRIMARY KEY (lead, path)) WITHOUT ROWID;
CREATE INDEX by_path ON leads (path);
CREATE TABLE program (version TEXT);
CREATE TABLE inputs (file BLOB PRIMARY KEY, size INTEGER, mtime_ns INTEGER) WITHOUT ROWID;
CREATE TABLE documents (
    file BLOB, number INTEGER, name BLOB, original TEXT, PRIMARY KEY (file, number)
) WITHOUT ROWID;
CREATE TABLE lessons (
    file BLOB PRIMARY KEY, size INTEGER, mtime_ns INTEGER, stated TEXT, original TEXT, source TEXT
) WITHOUT ROWID;
""",
)
_UNKNOWN = """
SELECT 1 FROM documents LEFT JOIN articles USING (original)
WHERE file = ? AND articles.original IS NULL LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Stated:
    """What an import tells of an article that is there."""

    path: str
    """Below ``content/``."""
    title: str | None
    """None if the file can't be read as an article: ask it why."""
    date: str
    """EDTF, empty if unknown."""
    source: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file as it was before it was read."""

    file: str
    size: int
    mtime_ns: int


def stamp_of(path: Path) -> Stamp | None:
    """The file at ``path`` as it is now; None if that is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return Stamp(str(path.absolute()), status.st_size, status.st_mtime_ns)


class Index:
    """What is known of an archive's articles and of what was imported, on disk."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.problems: list[Problem] = []
        """Articles that could not be read."""

    # --- articles ---------------------------------------------------------------------------

    def originals(self) -> frozenset[str]:
        """The checksums of all originals of which there is an article."""
        rows = self._connection.execute("SELECT original FROM articles WHERE original != ''")
        return frozenset(original for (original,) in rows)

    def article_of(self, original: str) -> Stated | None:
        """The article that was made of ``original``: the first by its path."""
        query = (
            "SELECT path, title, date, source FROM articles WHERE original = ? "
            "ORDER BY path LIMIT 1"
        )
        row = self._connection.execute(query, (original,)).fetchone()
        return Stated(os.fsdecode(row[0]), *row[1:]) if row else None

    def from_url(self, url: str) -> list[str]:
        """The paths of the articles from the address ``url``, sorted."""
        if not url:
            return []
        return self._paths("SELECT path FROM articles WHERE url = ? ORDER BY path", encodable(url))

    def same(self, wanted: Sketch) -> list[str]:
        """The paths of the articles with the very words of ``wanted``, sorted."""
        if not wanted.digest:
            return []
        query = "SELECT path FROM articles WHERE digest = ? ORDER BY path"
        return self._paths(query, wanted.digest)

    def near(self, wanted: Sketch) -> list[str]:
        """The paths of the articles nearly like ``wanted``, those with its very words too."""
        if wanted.is_short:
            return []
        query = "SELECT path FROM leads WHERE lead = ? ORDER BY path LIMIT ?"
        paths = {path for lead in wanted.leads for path in self._paths(query, lead, _CROWD)}
        return [path for path in sorted(paths) if self._is_near(path, wanted)]

    def _paths(self, query: str, *values: object) -> list[str]:
        return [os.fsdecode(path) for (path,) in self._connection.execute(query, values)]

    def _is_near(self, path: str, wanted: Sketch) -> bool:
        query = "SELECT digest, shingles FROM articles WHERE path = ?"
        digest, blob = self._connection.execute(query, (os.fsencode(path),)).fetchone()
        other = Sketch(digest, _unpack(blob))
        return not other.is_short and likeness(wanted, other) >= NEAR

    def add(self, file: FoundFile, article: Article, its: Sketch) -> None:
        """Remember an article, or what it has become."""
        date = article.date.text if article.date else ""
        stated = (article.original, article.url, article.title, date, article.source)
        self._add(file, stated, its)

    def _add(self, file: FoundFile, stated: Sequence[str | None], its: Sketch) -> None:
        self.remove(file.path)
        path, blob = os.fsencode(file.path), array("I", its.shingles).tobytes()
        texts = [None if text is None else encodable(text) for text in stated]
        row = (path, file.size, file.mtime_ns, *texts, its.digest, blob)
        self._connection.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        leads = [(lead, path) for lead in its.leads]
        self._connection.executemany("INSERT OR IGNORE INTO leads VALUES (?, ?)", leads)

    def remove(self, path: str) -> None:
        """Forget an article."""
        key = (os.fsencode(path),)
        self._connection.execute("DELETE FROM articles WHERE path = ?", key)
        self._connection.execute("DELETE FROM leads WHERE path = ?", key)

    def stamp(self, content: Path, path: str) -> None:
        """Remember the file of an article as it is now; what it states is known.

        One that is gone already is found to be so by the next ``refresh``.
        """
        found = stamp_of(content / path)
        if found:
            values = (found.size, found.mtime_ns, os.fsencode(path))
            self._connection.execute(
                "UPDATE articles SET size = ?, mtime_ns = ? WHERE path = ?", values
            )

    # --- inputs -----------------------------------------------------------------------------

    def is_known(self, stamp: Stamp) -> bool:
        """Whether the file is as it was when it was imported, and all in it still is an article."""
        file = os.fsencode(stamp.file)
        query = "SELECT size, mtime_ns FROM inputs WHERE file = ?"
        row = self._connection.execute(query, (file,)).fetchone()
        if row != (stamp.size, stamp.mtime_ns):
            return False
        return self._connection.execute(_UNKNOWN, (file,)).fetchone() is None

    def documents(self, stamp: Stamp) -> Iterator[tuple[str, str]]:
        """Name and checksum of each document in a file that is known, in order."""
        query = "SELECT name, original FROM documents WHERE file = ? ORDER BY number"
        for name, original in self._connection.execute(query, (os.fsencode(stamp.file),)):
            yield os.fsdecode(name), original

    def made_before(self, stamp: Stamp) -> list[str]:
        """The paths of the articles that were made of what the file was before, sorted."""
        query = "SELECT path FROM documents JOIN articles USING (original) WHERE file = ?"
        return sorted(self._paths(query, os.fsencode(stamp.file)))

    def forget_input(self, stamp: Stamp) -> None:
        """Begin to read a file anew."""
        file = (os.fsencode(stamp.file),)
        self._connection.execute("DELETE FROM inputs WHERE file = ?", file)
        self._connection.execute("DELETE FROM documents WHERE file = ?", file)

    def note_document(self, stamp: Stamp, number: int, name: str, original: str) -> None:
        """Remember one document of a file."""
        row = (os.fsencode(stamp.file), number, os.fsencode(name), original)
        self._connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?)", row)

    def note_input(self, stamp: Stamp) -> None:
        """Remember that all documents of a file were noted."""
        row = (os.fsencode(stamp.file), stamp.size, stamp.mtime_ns)
        self._connection.execute("INSERT INTO inputs VALUES (?, ?, ?)", row)

    def trust_no_other_program(self) -> None:
        """Forget what another one has read: this one may find more in the same file."""
        version = (program_version(),)
        if self._connection.execute("SELECT version FROM program").fetchone() == version:
            return
        for table in ("inputs", "documents", "program"):
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 (ours)
        self._connection.execute("INSERT INTO program VALUES (?)", version)

    # --- what was learned from but not imported yet -----------------------------------------

    def note_lessons(self, lessons: Iterable[tuple[Stamp, str, str]], stated: str) -> None:
        """Remember original and source of inputs that were learned from, ``stated`` as it was."""
        rows = (
            (os.fsencode(stamp.file), stamp.size, stamp.mtime_ns, stated, original, source)
            for stamp, original, source in lessons
        )
        query = "INSERT OR REPLACE INTO lessons VALUES (?, ?, ?, ?, ?, ?)"
        self._connection.executemany(query, rows)
        self._connection.commit()

    def lesson_of(self, stamp: Stamp, stated: str) -> tuple[str, str] | None:
        """Original and source of an input that was learned from and has not changed since."""
        query = (
            "SELECT original, source FROM lessons "
            "WHERE file = ? AND size = ? AND mtime_ns = ? AND stated = ?"
        )
        key = (os.fsencode(stamp.file), stamp.size, stamp.mtime_ns, stated)
        row = self._connection.execute(query, key).fetchone()
        return (row[0], row[1]) if row else None

    def forget_lessons(self) -> None:
        """An import has come to its end: no other will go on from there."""
        self._connection.execute("DELETE FROM lessons")

    # --- keeping up -------------------------------------------------------------------------

    def commit(self) -> None:
        """Make what was said hold."""
        self._connection.commit()

    def refresh(self, content: Path, watch: Watch = unwatched) -> None:
        """Bring what is known up to date with the files below ``content``; it reads those that
        changed."""
        stamps = "SELECT path, size, mtime_ns FROM articles"
        known = {path: (size, mtime) for path, size, mtime in self._connection.execute(stamps)}
        changed = [
            file
            for file in listing.scan(content)
            if known.pop(os.fsencode(file.path), None) != (file.size, file.mtime_ns)
        ]
        for number, file in enumerate(changed, start=1):
            self._read(content, file)
            watch("reading", number, len(changed))
        for path in known:
            self.remove(os.fsdecode(path))
        self._connection.commit()

    def _read(self, content: Path, file: FoundFile) -> None:
        shown = f"content/{file.path}"
        try:
            data = (content / file.path).read_bytes()
        except FileNotFoundError:
            self.remove(file.path)
            return
        except OSError as error:
            self.remove(file.path)
            self.problems.append(unreadable(shown, error))
            return
        article, _ = frontmatter.parse_bytes(data, shown)
        if article:
            self.add(file, article, sketch(article.body))
        else:
            head = store.head(file.path, data)
            self._add(file, (head.original, head.url, None, "", ""), sketch(""))


@contextlib.contextmanager
def open_index(content: Path, note: Note = to_nobody, watch: Watch = unwatched) -> Iterator[Index]:
    """What is known of the archive whose articles lie below ``content``, up to date.

    ``note`` hears if it was damaged and had to be made again, ``watch`` what is read.
    """
    file = content.parent / STATE_FOLDER / INDEX_FILE
    index: Index

    def refresh(connection: sqlite3.Connection) -> None:
        nonlocal index
        index = Index(connection)
        index.trust_no_other_program()
        index.refresh(content, watch)

    with open_derived(file, _FORM, refresh, note) as connection:
        yield index
        connection.commit()


def _unpack(blob: bytes) -> tuple[int, ...]:
    values = array("I")
    values.frombytes(blob)
    return tuple(values)


def paths_of(content: Path, originals: Collection[str]) -> dict[str, str]:
    """Original → the first article, by path, that is made of it; of those that are asked for.

    Nothing is written. Of files that are not as the last import knew them only the beginning is
    read, and where nothing is known of any, of all.
    """
    known = _originals_known(content)
    found: list[tuple[str, str]] = []
    changed: list[str] = []
    for path, size, mtime_ns in listing.scan(content):
        before = known.get(os.fsencode(path))
        if before and before[:2] == (size, mtime_ns):
            found.append((path, before[2]))
        else:
            changed.append(path)
    found += ((head.path, head.original) for head in store.heads(content, changed))
    return {
        original: path for path, original in sorted(found, reverse=True) if original in originals
    }


def _originals_known(content: Path) -> dict[bytes, tuple[int, int, str]]:
    """Path → size, time and original of the articles as the last import knew them."""
    with contextlib.suppress(sqlite3.Error):
        connection = opened_to_read(content.parent / STATE_FOLDER / INDEX_FILE, _FORM)
        if connection:
            with contextlib.closing(connection):
                rows = connection.execute("SELECT path, size, mtime_ns, original FROM articles")
                return {path: (size, mtime, original) for path, size, mtime, original in rows}
    return {}

"""What the last build knew: ``.archive/build.sqlite``. Deleting it costs time, never bytes.

A disk may lose a bit in decades. What is kept carries a checksum, so that it is either what was
written or ``DamagedStateError``; a build then goes on without it.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import itertools
import sqlite3
from operator import itemgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from archive_gen.building.database import FILE, VERSION, open_to_read, open_to_write
from archive_gen.building.facts import Facts
from archive_gen.building.fingerprints import pack
from archive_gen.building.stored_entries import StoredEntries, content_file, file_row, packed_files
from archive_gen.pictures import is_beside_text
from archive_gen.seals import DamagedStateError, demand_whole, drop_sum, seal, unseal, write_sum

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from archive_gen.building.fingerprints import Fingerprints
    from archive_gen.catalogue.order import Order
    from archive_gen.content.stamps import Stamps
    from archive_gen.loading.load import ContentFile
    from archive_gen.loading.packed import PackedFile, PackedFiles
    from archive_gen.pages import Group
    from archive_gen.pictures import Picture
    from archive_gen.problems import Problem

_SHARE = 8
"""Bytes of a digest: an integer of JSON holds no more."""
_FACTS = "facts"
_ORDER = "order"


class BuildState:
    """Facts, content files and pages of the last finished build.

    What is put in or dropped holds only once it is committed.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = self._path = folder / FILE
        demand_whole(path)
        self._writes = True
        drop_sum(path)
        self._connection = open_to_write(folder)

    @classmethod
    def open_to_read(cls, folder: Path) -> BuildState | None:
        """The state as the last build left it; None if there is none that can be used.

        Nothing is written, so it opens in a folder that can't be written, too.
        """
        state = cls.__new__(cls)
        state._path = folder / FILE
        state._writes = False
        try:
            state._connection = open_to_read(folder)
        except sqlite3.Error:
            return None
        with contextlib.suppress(sqlite3.Error, DamagedStateError):
            if state._value("version") == VERSION:
                return state
        state.close()
        return None

    def close(self) -> None:
        """Let go of the database; what was not committed is forgotten."""
        self._connection.close()
        if self._writes:
            write_sum(self._path)

    def commit(self) -> None:
        """Make everything said since the last commit hold."""
        query = "SELECT count(*) FROM files WHERE NOT is_article"
        self.facts.others = self._connection.execute(query).fetchone()[0]
        facts = seal(msgspec.json.encode(self.facts), _FACTS)
        self._connection.execute("REPLACE INTO facts VALUES (?, ?)", (_FACTS, facts))
        self._connection.commit()

    @functools.cached_property
    def facts(self) -> Facts:
        """The facts of the last build; what is changed in them is remembered."""
        found = self._value(_FACTS)
        return msgspec.json.decode(found, type=Facts) if found else Facts()

    def _value(self, name: str) -> bytes:
        """Empty if there is none."""
        row = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return unseal(row[0], name) if row else b""

    def order(self) -> Order:
        """The order of all articles."""
        from archive_gen.catalogue.order import Order, decoded

        row = self._connection.execute("SELECT data FROM orders").fetchone()
        return decoded(unseal(row[0], _ORDER)) if row else Order()

    def set_order(self, order: Order) -> None:
        """Remember the order of all articles."""
        from archive_gen.catalogue.order import encoded

        self._connection.execute(
            "REPLACE INTO orders VALUES (1, ?)", (seal(encoded(order), _ORDER),)
        )

    def stamps(self) -> Stamps:
        """Of every folder with content files."""
        rows = self._connection.execute("SELECT folder, files FROM stamps")
        return {folder: unseal(files, folder) for folder, files in rows}

    def put_stamps(self, stamps: Stamps) -> None:
        """Remember what folders look like now; those with nothing in them are forgotten."""
        gone = [(folder,) for folder, files in stamps.items() if not files]
        self._connection.executemany("DELETE FROM stamps WHERE folder = ?", gone)
        there = [(folder, seal(files, folder)) for folder, files in stamps.items() if files]
        self._connection.executemany("REPLACE INTO stamps VALUES (?, ?)", there)

    def digest(self, path: str) -> str:
        """Of a content file's bytes; empty if it is not known."""
        row = self._connection.execute("SELECT digest FROM files WHERE path = ?", (path,))
        return str((row.fetchone() or ("",))[0])

    def digests(self) -> Mapping[str, str]:
        """Path → ``digest`` of every content file."""
        return dict(self._connection.execute("SELECT path, digest FROM files"))

    def read_all(self) -> None:
        """Read what other methods read when it is asked for."""
        self.order()
        for row in self._connection.execute("SELECT path, digest, is_article, record FROM files"):
            content_file(*row)

    def entries(self) -> StoredEntries:
        """The entries that there were when the last build ended, each read when it is asked for."""
        return StoredEntries(self._path)

    def files(self) -> list[PackedFile]:
        """Every content file, undecoded, by path."""
        rows = self._connection.execute(
            "SELECT path, digest, is_article, record FROM files ORDER BY path"
        )
        found = [*packed_files(rows)]
        if len(found) != self.facts.articles + self.facts.others:
            raise DamagedStateError("some files are missing")
        return found

    def standing_problems(self) -> list[Problem]:
        """Those that stay until somebody mends an article, whether or not it was read now."""
        return self.faults() + self.facts.between

    def faults(self, besides: Container[str] = ()) -> list[Problem]:
        """What is wrong with content files, those of the paths ``besides`` left out."""
        return [
            problem
            for file in self._others()
            if file.path not in besides
            for problem in file.problems
        ]

    def drafts(self) -> int:
        """How many articles no site is to have."""
        return sum(1 for file in self._others() if file.path.endswith(".md") and not file.problems)

    def pictures(self) -> dict[str, Picture | None]:
        """Path → the picture, None for a file that is none."""
        return {file.path: file.picture for file in self._others() if is_beside_text(file.path)}

    def _others(self) -> Iterator[ContentFile]:
        """Pictures, drafts, and files with faults."""
        rows = self._connection.execute(
            "SELECT path, digest, is_article, record FROM files WHERE NOT is_article ORDER BY path"
        ).fetchall()
        if len(rows) != self.facts.others:
            raise DamagedStateError("some files are missing")
        return (content_file(*row) for row in rows)

    def put_files(self, files: PackedFiles) -> None:
        """Remember content files."""
        self._uncount(files.paths)
        self._connection.executemany(
            "REPLACE INTO files VALUES (?, ?, ?, ?)", map(file_row, files.packed)
        )
        for file in files.packed:
            self.facts.content ^= _share(file.path, file.digest)

    def drop_files(self, paths: Sequence[str]) -> None:
        """Forget content files."""
        self._uncount(paths)
        self._connection.executemany("DELETE FROM files WHERE path = ?", ((p,) for p in paths))

    def drop_all_files(self) -> None:
        """Forget every content file."""
        self._connection.execute("DELETE FROM files")
        self._connection.execute("DELETE FROM stamps")
        self.facts.content = 0

    def _uncount(self, paths: Iterable[str]) -> None:
        """Take files that may be known out of the digest of all."""
        if self.facts.content:  # a first build knows none
            for path in paths:
                if digest := self.digest(path):
                    self.facts.content ^= _share(path, digest)

    def pages_of(self, group: Group) -> Mapping[str, str]:
        """Url → fingerprint of the pages that a group had."""
        rows = self._connection.execute(
            "SELECT url, fingerprint FROM pages WHERE kind = ? AND name = ?", group
        )
        return {url: unseal(mark, url, *group).decode() for url, mark in rows}

    def page(self, url: str, group: Group) -> str:
        """The fingerprint of a page that a group had; empty if it had none there."""
        query = "SELECT fingerprint FROM pages WHERE url = ? AND kind = ? AND name = ?"
        row = self._connection.execute(query, (url, *group)).fetchone()
        return unseal(row[0], url, *group).decode() if row else ""

    def has_page(self, path: str, besides: Group) -> bool:
        """Whether another group has a file in the place of this one, whatever its capitals, or in
        a folder of its name, or of the name of a folder around it."""
        path = path.casefold()
        exact = [path, path.removesuffix("index.html"), *map(str, PurePosixPath(path).parents)]
        marks = ", ".join("?" * len(exact))
        query = f"""SELECT 1 FROM pages WHERE (url IN ({marks}) OR url BETWEEN ? AND ?)
            AND (kind, name) != (?, ?) LIMIT 1"""  # noqa: S608 (nothing but question marks)
        inside = (f"{path}/", f"{path}/\U0010ffff")
        return self._connection.execute(query, (*exact, *inside, *besides)).fetchone() is not None

    def all_pages(self) -> Mapping[Group, Fingerprints]:
        """Group → fingerprints of everything the site has."""
        rows = self._connection.execute(
            "SELECT kind, name, url, fingerprint FROM pages ORDER BY kind, name"
        )
        return {
            (kind, name): pack(
                {url: unseal(mark, url, kind, name).decode() for _, _, url, mark in of_group}
            )
            for (kind, name), of_group in itertools.groupby(rows, key=itemgetter(0, 1))
        }

    def count_pages(self) -> int:
        """How many pages the site has, without its other files."""
        pages, others = self._connection.execute(
            "SELECT (SELECT count(*) FROM pages),"
            " (SELECT count(*) FROM pages WHERE kind IN ('asset', 'picture', 'search'))"
        ).fetchone()
        return int(pages - others)

    def put_pages(self, rows: Iterable[tuple[str, Group, str]]) -> None:
        """Remember pages: url, group, fingerprint."""
        self._connection.executemany(
            "REPLACE INTO pages VALUES (?, ?, ?, ?)",
            (
                (url, *group, seal(fingerprint.encode(), url, *group))
                for url, group, fingerprint in rows
            ),
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


def _share(path: str, digest: str) -> int:
    """What a file adds to the digest of all of them, and takes from it: they have no order, so that
    a change costs no look at the others."""
    if not digest:  # it can't be read
        return 0
    data = f"{path}\0{digest}".encode()
    return int.from_bytes(hashlib.blake2b(data, digest_size=_SHARE).digest())

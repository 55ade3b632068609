"""One segment of the index, as a search reads it: flat lists of a memory-mapped file.

Whoosh's posting lists are pickled blocks: good to write and to merge, slow to search. Each
finished segment is therefore written once more, as sets of document numbers (``bits``). Nothing
of Whoosh is imported to search them.

Beside the lists of ``lists`` it has:

====================  ===================================================================
list ``positions``      for each of its ``words``, and each ``BLOCK`` of documents, where it stands
``paths``               of each document
``stored at``, …        where the document itself lies in Whoosh's file
``order``               the number that Whoosh gives each document
====================  ===================================================================

A position is ``place * PLACE + document % BLOCK``: the words of a phrase are found for all
documents of a block at once, by shifting one set and intersecting it with another.
"""

from __future__ import annotations

import functools
import pickle
import zlib
from bisect import bisect_left
from typing import TYPE_CHECKING

from archive_gen.search.flat.file import DamagedError, FlatFile, mapped
from archive_gen.search.flat.lists import SUFFIX, FlatLists
from archive_gen.search.flat.table import Records
from archive_gen.search.flat.weights import unpack_numbers
from archive_gen.search.page.numbers import order_keys
from archive_gen.search.values import SearchDocument

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pyroaring import BitMap

    from archive_gen.search.analysis import Term

BLOCK = 1 << 16
"""Documents that share a set of positions; places above it are not kept."""
PLACE = 1 << 16
_STORED = "._stored.col"


class Segment(FlatLists):
    """Reads one segment. Raises ``DamagedError`` when a file does not hold what was written."""

    def __init__(self, folder: Path, name: str, deleted: BitMap) -> None:
        super().__init__(FlatFile(folder / f"{name}{SUFFIX}"), deleted)
        self.name = name
        self._stored = mapped(folder / f"{name}{_STORED}")
        self.positions = functools.lru_cache(maxsize=256)(self._positions)

    @property
    def parts(self) -> Sequence[tuple[int, Segment]]:
        """Itself, as one part of several would be: the number of its first document, segment."""
        return ((0, self),)

    @functools.cached_property
    def order_keys(self) -> list[int]:
        """The order key of each document; see ``page.numbers``."""
        return order_keys(self.moments, self.ties)

    def path(self, number: int) -> str:
        """The path of a document."""
        starts = self._path_starts
        return self._paths[starts[number] : starts[number + 1]].decode()

    @functools.cached_property
    def order(self) -> memoryview[int]:
        """The number that Whoosh gives each document."""
        return self._file.numbers("order", "I")

    @functools.cached_property
    def periods(self) -> list[str]:
        """The finest period of each document."""
        return [period for period, count in self.runs for _ in range(count)]

    def number_of(self, path: str) -> int | None:
        """The document with a path; None if there is none."""
        wanted = path.encode("utf-8", "surrogatepass")
        at = self._paths.find(wanted)
        while at >= 0 and wanted:
            number = bisect_left(self._path_starts, at)
            if self._path_starts[number] == at and self.path(number) == path:
                return number
            at = self._paths.find(wanted, at + 1)
        return None

    def document(self, number: int) -> SearchDocument:
        """The document itself."""
        start = self._stored_at[number]
        data = self._stored[start : start + self._stored_length[number]]
        try:
            # zlib's own checksum tells what was changed.
            stored = pickle.loads(zlib.decompress(data))["stored"]  # noqa: S301
        except (zlib.error, pickle.UnpicklingError, EOFError, KeyError) as error:
            raise DamagedError(f"{self.name}{_STORED}") from error
        return SearchDocument(*stored)

    def close(self) -> None:
        """Release the files."""
        super().close()
        self._stored.close()

    def _positions(self, term: Term) -> list[BitMap]:
        """For each block of documents the positions of a term."""
        number = self._number(term)
        return [] if number is None else unpack_numbers(self._at[number])

    @functools.cached_property
    def _at(self) -> Records:
        return Records(self._file, "positions")

    @functools.cached_property
    def _paths(self) -> bytes:
        return self._file.section("paths")

    @functools.cached_property
    def _path_starts(self) -> memoryview[int]:
        return self._file.numbers("path starts", "Q")

    @functools.cached_property
    def _stored_at(self) -> memoryview[int]:
        return self._file.numbers("stored at", "Q")

    @functools.cached_property
    def _stored_length(self) -> memoryview[int]:
        return self._file.numbers("stored length", "Q")

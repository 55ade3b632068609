"""Segments that follow each other in time, searched as one.

What a query costs grows with the number of lists that are read and put in order, and a large
archive is indexed in a dozen parts. So their lists are joined in one more flat file, in which the
documents of each part are numbered on from those of the part before. Where words stand, and the
documents themselves, is left to the parts.

Beside the lists of ``lists`` the file has the names of the ``parts``, and the table
``letters``: what many words begin with → the sum of their weights.
"""

from __future__ import annotations

import functools
import itertools
import json
from bisect import bisect_right
from typing import TYPE_CHECKING

from pyroaring import BitMap

from archive_gen.search.flat import bits
from archive_gen.search.flat.file import DamagedError, FlatFile
from archive_gen.search.flat.lists import SUFFIX, FlatLists

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from archive_gen.search.flat.segment import Segment
    from archive_gen.search.flat.table import Table
    from archive_gen.search.values import SearchDocument

_SUFFIX = f".joined{SUFFIX}"


class JoinedSegment(FlatLists):
    """See ``Segment``, of which several are its parts."""

    def __init__(self, folder: Path, segments: Sequence[Segment]) -> None:
        """``segments`` in the order of time: a chain, see ``join``."""
        names = [segment.name for segment in segments]
        file = FlatFile(folder / joined_name(names))
        if parts_of(file) != names:
            file.close()
            raise DamagedError(joined_name(names))
        self._bases = bases(segments)
        self.parts = list(zip(self._bases, segments, strict=False))
        deleted = (part.deleted.shift(base) for base, part in self.parts)
        super().__init__(file, BitMap.union(*deleted))

    def planes_beginning(self, prefix: str, *, title: bool) -> bits.Planes:
        """See ``FlatLists``. A letter with which very many words begin has them added up."""
        number = None if title else self._letters.find(prefix)
        if number is None:
            return super().planes_beginning(prefix, title=title)
        return bits.unpack(self._letters.record(number))

    def number_of(self, path: str) -> int | None:
        """The document with a path; None if there is none."""
        found = ((base, part.number_of(path)) for base, part in self.parts)
        numbers = [base + number for base, number in found if number is not None]
        # What was changed may be in two parts; one of them is deleted.
        return next((number for number in numbers if number in self.live), None)

    def document(self, number: int) -> SearchDocument:
        """The document itself."""
        base, part = self.parts[bisect_right(self._bases, number) - 1]
        return part.document(number - base)

    @functools.cached_property
    def _letters(self) -> Table:
        return self.table("letters")

    def close(self) -> None:
        """Release the files."""
        super().close()
        for _, part in self.parts:
            part.close()


def joined_name(names: Sequence[str]) -> str:
    """The file of a chain of segments. Whoosh takes it away with the first of them."""
    return f"{names[0]}{_SUFFIX}"


def is_joined(name: str) -> bool:
    """Whether a file of this name is of a chain of segments."""
    return name.endswith(_SUFFIX)


def parts_of(file: FlatFile) -> list[str]:
    """The names of the segments that are joined in a file."""
    names: list[str] = json.loads(file.section("parts"))
    return names


def bases(segments: Iterable[FlatLists]) -> list[int]:
    """The number of the first document of each segment when they are numbered on, and the last."""
    return list(itertools.accumulate((len(each.lengths) for each in segments), initial=0))

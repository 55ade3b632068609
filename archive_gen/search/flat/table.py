"""A sorted table in a flat file: text keys → records, found by bisection where they lie."""

from __future__ import annotations

import functools
import itertools
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.search.flat.file import FlatFile, FlatWriter, Place

_LINE = b"\n"
_LAST = b"\xff"
"""Comes after all characters."""
_FEW = 4


def write_table(file: FlatWriter, name: str, keys: Sequence[str], places: Iterable[Place]) -> None:
    """Write a table; ``keys`` are sorted, differ, and hold no line break."""
    lines = [key.encode() for key in keys]
    starts = itertools.accumulate((len(line) + 1 for line in lines), initial=0)
    file.section(f"{name}.keys", b"".join(line + _LINE for line in lines))
    file.numbers(f"{name}.starts", "Q", list(starts))
    write_records(file, name, places)


def write_records(file: FlatWriter, name: str, places: Iterable[Place]) -> None:
    """Write where the records of a list are."""
    offsets, lengths = [], []
    for offset, length in places:
        offsets.append(offset)
        lengths.append(length)
    file.numbers(f"{name}.offsets", "Q", offsets)
    file.numbers(f"{name}.lengths", "Q", lengths)


class Records:
    """Reads what ``write_records`` wrote."""

    def __init__(self, file: FlatFile, name: str) -> None:
        self._file = file
        self._offsets = file.numbers(f"{name}.offsets", "Q")
        self._lengths = file.numbers(f"{name}.lengths", "Q")

    def __getitem__(self, number: int) -> bytes:
        return self._file.record((self._offsets[number], self._lengths[number]))

    def many(self, numbers: Iterable[int]) -> Iterator[bytes]:
        """Some of them."""
        offsets, lengths = self._offsets, self._lengths
        return self._file.records((offsets[number], lengths[number]) for number in numbers)


class Table:
    """Reads what ``write_table`` wrote. A key is known by its number in the order of keys."""

    def __init__(self, file: FlatFile, name: str) -> None:
        self._file = file
        self._name = name
        self._starts = file.numbers(f"{name}.starts", "Q")

    def __len__(self) -> int:
        return len(self._starts) - 1

    @functools.cached_property
    def text(self) -> bytes:
        """All keys, a line each."""
        return self._file.section(f"{self._name}.keys")

    def key(self, number: int) -> str:
        """The key of a number."""
        return self._line(number).decode()

    def find(self, key: str) -> int | None:
        """The number of a key; None if it is not there."""
        line = _encoded(key)
        number = self._first_from(line)
        return number if number < len(self) and self._line(number) == line else None

    def beginning(self, prefix: str) -> range:
        """The numbers of all keys that begin with ``prefix``."""
        start = _encoded(prefix)
        first = end = self._first_from(start)
        # As a rule they are few.
        while end < min(first + _FEW, len(self)) and self._line(end).startswith(start):
            end += 1
        return range(first, self._first_from(start + _LAST, end) if end == first + _FEW else end)

    def _line(self, number: int) -> bytes:
        return self.text[self._starts[number] : self._starts[number + 1] - 1]

    def _first_from(self, line: bytes, lowest: int = 0) -> int:
        # The order of UTF-8 is that of characters.
        return bisect_left(range(len(self)), line, lo=lowest, key=self._line)

    def keys(self, numbers: range) -> list[str]:
        """The keys of ``numbers``."""
        start, end = self.span(numbers)
        return self.text[start:end].decode().split("\n")[:-1]

    def span(self, numbers: range) -> tuple[int, int]:
        """From where to where in ``text`` the keys of ``numbers`` stand."""
        return self._starts[numbers.start], self._starts[numbers.stop]

    def number_at(self, position: int) -> int:
        """The number of the key that begins at, or has, a position in ``text``."""
        return bisect_right(self._starts, position) - 1

    def record(self, number: int) -> bytes:
        """What is kept under a key."""
        return self._records[number]

    def records(self, numbers: Iterable[int]) -> Iterator[bytes]:
        """What is kept under many keys."""
        records: Records = self._records
        return records.many(numbers)

    @functools.cached_property
    def _records(self) -> Records:
        return Records(self._file, self._name)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")

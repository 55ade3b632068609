"""Where the page's long lists are cut, so that an article more touches one piece of each.

All lists of a *kind* are cut alike: at numbers of documents that follow from how the documents of
the archive lie in time, and from nothing else. The numbers are halved until no part has too many
documents; a part with few goes with the one before it. So an article moves a cut once in some
thousand times, and the same archive always has the same cuts, whatever came first. (A bucket trie;
Knuth, TAOCP 3, 6.3.)

A word in half of all articles has half as much to say of a part as one in all of them, so its
kind has parts of twice as many documents. Kinds are powers of two, which words seldom cross.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.search.analysis import Term

MOST = 8_000
"""Documents in a part of the first kind, which is of words that most articles have."""
_FEW = 8
"""A part with less than one in so many of the most is none of its own."""
_BITS = 48
"""All numbers of documents are below 2 to this power; see ``numbers``."""
_LONGEST = 24
"""UTF-16 units of a word that becomes the name of files."""
CUT = "*"
"""Stands before the kind where the list itself would stand; no list begins so."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where lists are cut; the page's manifest has it."""

    bits: int
    """Of the number of documents in the archive."""
    starts: list[list[int]]
    """For each kind with more than one piece the first number of each piece."""

    @classmethod
    def of(cls, numbers: Sequence[int]) -> Cuts:
        """For documents with these numbers, which grow."""
        starts: list[list[int]] = []
        while len(found := _starts(numbers, MOST << len(starts))) > 1:
            starts.append(found)
        return cls(len(numbers).bit_length(), starts)

    def kind(self, term: Term, count: int) -> int | None:
        """The kind of the list of a term that ``count`` documents have; None if it stays whole."""
        kind = self.bits - count.bit_length()
        return kind if kind < len(self.starts) and _is_name(term.word) else None

    def piece(self, kind: int, number: int) -> int:
        """The piece that has the document with a number."""
        return bisect_right(self.starts[kind], number) - 1

    def slices(self, kind: int, numbers: Sequence[int]) -> Iterator[slice]:
        """Where in a list of growing numbers each piece stands."""
        ends = [bisect_left(numbers, start) for start in self.starts[kind][1:]]
        return map(slice, [0, *ends], [*ends, len(numbers)])

    def numbers(self, kind: int, piece: int) -> tuple[int, int]:
        """The numbers of a piece are from the first to before the second."""
        return tuple([*self.starts[kind], 1 << _BITS][piece : piece + 2])  # type: ignore[return-value]


def _starts(numbers: Sequence[int], most: int) -> list[int]:
    parts = _parts(numbers, most, 0, _BITS)
    return [0] + [start for start, count in parts if start and count * _FEW >= most]


def _parts(numbers: Sequence[int], most: int, start: int, bits: int) -> Iterator[tuple[int, int]]:
    """The first number of each part, and how many documents it has."""
    count = bisect_left(numbers, start + (1 << bits)) - bisect_left(numbers, start)
    if count <= most:
        yield start, count
    else:
        yield from _parts(numbers, most, start, bits - 1)
        yield from _parts(numbers, most, start + (1 << bits - 1), bits - 1)


def list_name(word: str, place: int, piece: int) -> str:
    """The file of a piece of the list of a word's term; ``terms.js`` has the same function."""
    return f"common/{file_name(word)}-{place}-{piece}"


def places_name(word: str, place: int, piece: int) -> str:
    """The file with where the word stands in the documents of a piece."""
    return f"{list_name(word, place, piece)}-places"


def file_name(text: str) -> str:
    """A name from a short text: readable where that is possible everywhere."""
    if re.fullmatch(r"[a-z0-9]+", text):
        return f"w-{text}"
    return f"x-{''.join(f'{unit:04x}' for unit in units_of(text))}"


def number_of(text: str) -> int:
    """A number made from a text (FNV-1a, 32 bits); ``shards.js`` has the same function."""
    number = 2166136261
    for unit in units_of(text):
        number = (number ^ unit) * 16777619 & 0xFFFFFFFF
    return number


def _is_name(word: str) -> bool:
    return len(units_of(word)) <= _LONGEST


def units_of(text: str) -> memoryview[int]:
    """The UTF-16 units of a text."""
    return memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H")

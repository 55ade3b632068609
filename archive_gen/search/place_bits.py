"""Where the words of an article stand, in bits: how the index and the page's files keep it.

A number is written in Rice code, which suits what is spread evenly: so many ones as it has
multiples of ``2 ** k``, a zero, and the rest in ``k`` bits. How many bits suit follows from the
length of the article, which the posting tells, as it tells whether a word stands in the title,
and that it stands in one place only when it weighs 1. So a place takes about nine bits.
(Rice: "Some practical universal noiseless coding techniques", 1979.)

Of each run of places, in the title and below, there are the first and the distances, each but the
first after a bit that says that one follows. Bits are characters here, 0 and 1; ``packed`` makes
them digits of the ``notation``. ``search.js`` reads them.
"""

from __future__ import annotations

import base64
import functools
import itertools
from typing import TYPE_CHECKING

from archive_gen.search.scoring import TITLE_PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TITLE_BITS = 2
_SHORTEST_BITS = 3
_WEIGHT_TWO = 2 << 5
"""Postings below it are of weight 1."""


def write_places(postings: Iterable[int], lists: Iterable[Sequence[int]]) -> list[bytes]:
    """The places of a term in each article, growing numbers, with its posting there."""
    return [
        _ALONE[posting][places[0]] if posting < _WEIGHT_TWO else _several(posting, places)
        for posting, places in zip(postings, lists, strict=True)
    ]


def read_places(bits: bytes, posting: int) -> list[int]:
    """What ``write_places`` wrote."""
    reader = _Reader(bits)
    k = _bits_of(posting)
    if posting < _WEIGHT_TWO:
        return [reader.number(k) + TITLE_PLACES]
    found: list[int] = []
    if posting & 1:
        found = reader.run(_TITLE_BITS, _TITLE_BITS)
        if not reader.bit():
            return found
    return found + [place + TITLE_PLACES for place in reader.run(k, k - 1)]


def packed(bits: bytes) -> str:
    """Bits as digits of six, the last filled up with zeros."""
    full = -(-len(bits) // 24) * 24
    data = int(bits.ljust(full, b"0") or b"0", 2).to_bytes(full // 8, "big")
    return base64.urlsafe_b64encode(data)[: -(-len(bits) // 6)].decode()


def _several(posting: int, places: Sequence[int]) -> bytes:
    k = _bits_of(posting)
    if not posting & 1:
        return _run(places, TITLE_PLACES, k, k - 1).encode()
    title = [place for place in places if place < TITLE_PLACES]
    rest = places[len(title) :]
    text = _run(title, 0, _TITLE_BITS, _TITLE_BITS)
    return f"{text}1{_run(rest, TITLE_PLACES, k, k - 1)}".encode() if rest else f"{text}0".encode()


def _run(places: Sequence[int], start: int, k: int, k_gap: int) -> str:
    rice, first = _rice(k_gap), _rice(k)[places[0] - start]
    if len(places) == 2:  # nearly half of all
        return f"{first}1{rice[places[1] - places[0] - 1]}0"
    gaps = [rice[after - before - 1] for before, after in itertools.pairwise(places)]
    return f"{'1'.join([first, *gaps])}0"


def _bits_of(posting: int) -> int:
    """The ``k`` that suits the length class in a posting: lengths double with every second."""
    return _SHORTEST_BITS + (posting >> 2 & 7)


class _Rice(dict[int, str]):
    """Number → its code: those that nearly all are stay here."""

    def __init__(self, k: int) -> None:
        self._k = k
        super().__init__((number, self[number]) for number in range(1 << 10))

    def __missing__(self, number: int) -> str:
        ones = "1" * (number >> self._k)
        return f"{ones}0{number & (1 << self._k) - 1:0{self._k}b}" if self._k else f"{ones}0"


_rice = functools.cache(_Rice)


class _Alone(dict[int, bytes]):
    """How a place without others is written; one object serves all that are equal."""

    def __init__(self, k: int) -> None:
        super().__init__()
        self._rice = _rice(k)

    def __missing__(self, place: int) -> bytes:
        text = self[place] = self._rice[place - TITLE_PLACES].encode()
        return text


_BY_BITS = functools.cache(_Alone)
_ALONE = [_BY_BITS(_bits_of(posting)) for posting in range(_WEIGHT_TWO)]


class _Reader:
    def __init__(self, bits: bytes) -> None:
        self._bits = bits
        self._at = 0

    def bit(self) -> bool:
        self._at += 1
        return self._bits[self._at - 1] == ord("1")

    def number(self, k: int) -> int:
        zero = self._bits.index(b"0", self._at)
        ones, start = zero - self._at, zero + 1
        self._at = start + k
        return ones << k | int(self._bits[start : self._at] or b"0", 2)

    def run(self, k: int, k_gap: int) -> list[int]:
        found = [self.number(k)]
        while self.bit():
            found.append(found[-1] + self.number(k_gap) + 1)
        return found

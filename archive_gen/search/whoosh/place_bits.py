"""Where the words of an article stand, in bits: how the index and the page's files keep it.

A number is written in ``rice`` code. How many bits suit follows from the length of the article,
which the posting tells, as it tells whether a word stands in the title, and that it stands in one
place only when it weighs 1. So a place takes about nine bits.

Of each run of places, in the title and below, there are the first and the distances, each but the
first after a bit that says that one follows. ``codec.js`` reads them.
"""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING

from archive_gen.memo import Memo
from archive_gen.search.rice import BitReader, rice
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
    reader = BitReader(bits)
    k = _bits_of(posting)
    if posting < _WEIGHT_TWO:
        return [reader.number(k) + TITLE_PLACES]
    found: list[int] = []
    if posting & 1:
        found = _read_run(reader, _TITLE_BITS, _TITLE_BITS)
        if not reader.bit():
            return found
    return found + [place + TITLE_PLACES for place in _read_run(reader, k, k - 1)]


def _several(posting: int, places: Sequence[int]) -> bytes:
    k = _bits_of(posting)
    if not posting & 1:
        return _run(places, TITLE_PLACES, k, k - 1).encode()
    title = [place for place in places if place < TITLE_PLACES]
    rest = places[len(title) :]
    text = _run(title, 0, _TITLE_BITS, _TITLE_BITS)
    return f"{text}1{_run(rest, TITLE_PLACES, k, k - 1)}".encode() if rest else f"{text}0".encode()


def _run(places: Sequence[int], start: int, k: int, k_gap: int) -> str:
    gap, first = rice(k_gap), rice(k)[places[0] - start]
    if len(places) == 2:  # nearly half of all
        return f"{first}1{gap[places[1] - places[0] - 1]}0"
    gaps = [gap[after - before - 1] for before, after in itertools.pairwise(places)]
    return f"{'1'.join([first, *gaps])}0"


def _bits_of(posting: int) -> int:
    """The ``k`` that suits the length class in a posting: lengths double with every second."""
    return _SHORTEST_BITS + (posting >> 2 & 7)


@functools.cache
def _alone(k: int) -> Memo[int, bytes]:
    """How a place without others is written; one object serves all that are equal."""
    codes = rice(k)
    return Memo(lambda place: codes[place - TITLE_PLACES].encode())


_ALONE = [_alone(_bits_of(posting)) for posting in range(_WEIGHT_TWO)]


def _read_run(bits: BitReader, k: int, k_gap: int) -> list[int]:
    found = [bits.number(k)]
    while bits.bit():
        found.append(found[-1] + bits.number(k_gap) + 1)
    return found

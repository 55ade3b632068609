"""Numbers as text, for the page's scripts; the index keeps places of words in the same notation.

A digit is a character that stands for 0 to 63. A *varint* is low digits first, five bits each,
32 added to all but the last. ``search.js`` reads it.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from archive_gen.search.scoring import TITLE_PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUES = {ord(digit): value for value, digit in enumerate(_DIGITS)}


def _spelt(number: int) -> str:
    text = ""
    while number > 31:
        text += _DIGITS[32 + (number & 31)]
        number >>= 5
    return text + _DIGITS[number]


class _Varints(dict[int, str]):
    """Number → varint: those that nearly all numbers are stay here, so reading is one look."""

    def __init__(self) -> None:
        super().__init__((number, _spelt(number)) for number in range(1 << 13))

    def __missing__(self, number: int) -> str:
        return _spelt(number)


VARINT = _Varints()
_SHORT = 48
_LONG = 63


def _posting(number: int) -> str:
    weight, rest = divmod(number, 32)
    if 1 <= weight <= _SHORT // 16 and not rest & 1:
        return _DIGITS[(weight - 1) * 16 + rest // 2]
    high, low = divmod(number, 64)
    if high < _LONG - _SHORT:
        return _DIGITS[_SHORT + high] + _DIGITS[low]
    return _DIGITS[_LONG] + _DIGITS[high] + _DIGITS[low]


POSTING = list(map(_posting, range(4096)))
"""Posting → its digits: one for a word that is not in the title and stands up to three times."""
_SPELT = re.compile(rb"[g-z0-9_-]*[A-Za-f]")
_MOST_KNOWN = 1 << 16


class _Numbers(dict[bytes, int]):
    """Varint → number, of those that were met: nearly all come again."""

    def __missing__(self, text: bytes) -> int:
        number = sum((_VALUES[digit] & 31) << 5 * place for place, digit in enumerate(text))
        if len(self) < _MOST_KNOWN:
            self[text] = number
        return number


_NUMBERS = _Numbers()


def write_places(lists: Iterable[Sequence[int]]) -> list[bytes]:
    """Each list of growing numbers as varints whose lowest bit says whether another follows.

    The first is a place in the title (odd) or counts from where titles end (even); then come
    the distances.
    """
    return [_ALONE[p[0]] if len(p) == 1 else _several(p) for p in lists]


def _several(places: Sequence[int]) -> bytes:
    gaps = [after - before << 1 | 1 for before, after in itertools.pairwise(places)]
    gaps[-1] -= 1
    return (VARINT[_head(places[0]) << 1 | 1] + "".join([VARINT[gap] for gap in gaps])).encode()


def read_places(text: bytes) -> list[int]:
    """What ``write_places`` wrote."""
    first, *gaps = map(_NUMBERS.__getitem__, _SPELT.findall(text))
    place = first >> 2 if first & 2 else (first >> 2) + TITLE_PLACES
    return list(itertools.accumulate([gap >> 1 for gap in gaps], initial=place))


def _head(place: int) -> int:
    return place << 1 | 1 if place < TITLE_PLACES else place - TITLE_PLACES << 1


class _Alone(dict[int, bytes]):
    """How a place without others is written; one object serves all that are equal."""

    def __missing__(self, place: int) -> bytes:
        text = self[place] = VARINT[_head(place) << 1].encode()
        return text


_ALONE = _Alone()

"""Numbers as text, for the page's scripts; the index keeps places of words in the same notation.

A digit is a character that stands for 0 to 63. A *varint* is low digits first, five bits each,
32 added to all but the last. ``search.js`` reads it.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

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
PAIR = [first + second for first in _DIGITS for second in _DIGITS]
"""Number below 4096 → its two digits, the high one first."""
_SINGLE = [f"B{VARINT[place]}".encode() for place in range(1 << 12)]


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


def write_places(places: Sequence[int]) -> bytes:
    """Growing numbers: how many, then each one's distance from the one before, all varints."""
    first = places[0]
    if len(places) == 1 and first < len(_SINGLE):
        return _SINGLE[first]  # most are such; one object serves all that are equal
    gaps = [after - before for before, after in itertools.pairwise(places)]
    return (VARINT[len(places)] + VARINT[first] + "".join([VARINT[gap] for gap in gaps])).encode()


def read_places(text: bytes) -> list[int]:
    """What ``write_places`` wrote."""
    numbers = map(_NUMBERS.__getitem__, _SPELT.findall(text))
    next(numbers)
    return list(itertools.accumulate(numbers))

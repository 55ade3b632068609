"""How features are written down: a column of bytes, one for each line of a page.

0 stands for "no such line" (before the first and after the last); what is measured takes 1 to 255.
"""

from __future__ import annotations

from functools import cache
from operator import sub
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Columns: TypeAlias = "dict[str, bytes]"
"""Name of a feature → one byte a line."""

_UP = bytes(min(value + 1, 255) for value in range(256))


def _log(value: int) -> int:
    """Four steps an octave, for what spans orders of magnitude."""
    if value < 8:
        return value
    bits = value.bit_length()
    return bits * 4 - 8 + (value >> (bits - 3) & 3)


_LOGS = bytes(1 + _log(value) for value in range(4096))
_LONG_AGO = 200
"""As far away counts what is not there at all."""


def column(values: Iterable[int]) -> bytes:
    """Whole numbers from 0 up, as bytes from 1 to 255."""
    values = list(values)
    try:
        return bytes(values).translate(_UP)
    except ValueError:
        return bytes([min(value, 254) + 1 for value in values])


def twentieths(parts: Iterable[int], wholes: Iterable[int]) -> bytes:
    """How many twentieths of its whole each part is."""
    return column([20 * part // whole for part, whole in zip(parts, wholes, strict=True)])


def log_column(values: Iterable[int]) -> bytes:
    """Whole numbers of any size, as the bytes of their logarithms."""
    values = list(values)
    try:
        return bytes(map(_LOGS.__getitem__, values))
    except IndexError:
        return bytes([_LOGS[value] if value < len(_LOGS) else 1 + _log(value) for value in values])


def signed_column(values: Iterable[int], reach: int) -> bytes:
    """Whole numbers from ``-reach`` to ``reach``; what lies beyond counts as the end."""
    return bytes([1 + reach + max(-reach, min(reach, value)) for value in values])


def rising_column(first: int, count: int, reach: int) -> bytes:
    """The same for ``first``, ``first + 1``, …: ``count`` numbers."""
    stop = first + count
    inside = range(min(max(first, -reach), stop), max(min(stop, reach), first))
    low, high = max(0, min(stop, -reach) - first), max(0, stop - max(first, reach))
    return (
        b"\1" * low + bytes([1 + reach + value for value in inside]) + bytes([1 + 2 * reach]) * high
    )


def windows(sums: Sequence[int], reach: int) -> tuple[list[int], list[int]]:
    """How much a running sum grows in the ``reach`` lines before, and after, each line."""
    start = [*[sums[0]] * reach, *sums]
    stop = [*sums[reach + 1 :], *[sums[-1]] * (reach + 1)]
    return list(map(sub, sums[:-1], start)), list(map(sub, stop, sums[1:]))


def within(sums: Sequence[int], reach: int) -> list[int]:
    """How much a running sum grows from ``reach`` lines before each line to as many after it."""
    start = [*[sums[0]] * reach, *sums]
    stop = [*sums[reach + 1 :], *[sums[-1]] * reach]
    return list(map(sub, stop[: len(sums) - 1], start))


def since(present: Iterable[object]) -> bytes:
    """The logarithm of how many lines ago the last true one was; far, if there was none."""
    flags = bytes(map(bool, present))
    ramp = _ramp((len(flags) + _LONG_AGO).bit_length())
    first, *others = flags.split(b"\1")
    start = ramp[_LONG_AGO : _LONG_AGO + len(first) + 1]
    return b"".join([start, *[ramp[: len(other) + 1] for other in others]])[: len(flags)]


def until(present: Sequence[object]) -> bytes:
    """The same, looking down."""
    return since(present[::-1])[::-1]


@cache
def _ramp(octave: int) -> bytes:
    """The logarithms of 0, 1, 2, … up to a power of two."""
    return log_column(range(1 << octave))

"""The parts of a posting list, one of each segment of the index, put together in one order.

After a cold build the segments follow each other in time, so their lists need only be strung
together. A small change leaves a segment of a few documents among others, and a few that are
deleted: these are put in and taken out one by one, in a list that may have a hundred thousand.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Part = tuple[list[int], list[int], list[bytes]]
"""The numbers of documents, and the weight and the value in each."""
ABSENT = -1
"""The number of a document that is deleted."""
_FEW = 64


def merged(parts: Iterable[Part]) -> Part:
    """All parts in the order of numbers, without what is absent. The parts are used up."""
    for part in (parts := [*parts]):
        _leave_out_absent(*part)
    there = sorted((part for part in parts if part[0]), key=lambda part: part[0][0])
    numbers: list[int] = []
    weights: list[int] = []
    values: list[bytes] = []
    apart: list[Part] = []
    starts = [part[0][0] for part in there]
    for part, end in itertools.zip_longest(there, starts[1:]):
        alone = (not numbers or numbers[-1] < part[0][0]) and (end is None or part[0][-1] < end)
        if len(part[0]) <= _FEW and not alone:
            apart.append(part)
            continue
        numbers += part[0]
        weights += part[1]
        values += part[2]
    numbers, weights, values = _in_order(numbers, weights, values)
    for part in apart:
        for number, weight, value in zip(*part, strict=True):
            at = bisect_left(numbers, number)
            numbers.insert(at, number)
            weights.insert(at, weight)
            values.insert(at, value)
    return numbers, weights, values


def _leave_out_absent(numbers: list[int], weights: list[int], values: list[bytes]) -> None:
    gone = numbers.count(ABSENT)
    if gone > _FEW:
        known = [number != ABSENT for number in numbers]
        weights[:] = itertools.compress(weights, known)
        values[:] = itertools.compress(values, known)
        numbers[:] = itertools.compress(numbers, known)
    else:
        at = 0
        for _ in range(gone):
            at = numbers.index(ABSENT, at)
            del numbers[at], weights[at], values[at]


def _in_order(numbers: list[int], weights: list[int], values: list[bytes]) -> Part:
    in_order = sorted(numbers)
    if in_order == numbers:  # as a rule
        return numbers, weights, values
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    return in_order, [weights[n] for n in order], [values[n] for n in order]

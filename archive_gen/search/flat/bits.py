"""Weights as sets of documents: arithmetic on whole posting lists at once.

A set of numbers is a ``BitMap`` (compressed "roaring" bitmap, https://roaringbitmap.org/). The
weights of many documents are *planes*: plane ``i`` holds the documents whose weight has bit
``i``, so a few set operations add the weights of all of them. (O'Neil and Quass: "Improved query
performance with variant indexes", 1997: bit-sliced indexes.)
"""

from __future__ import annotations

import struct
from collections import defaultdict, deque
from typing import TYPE_CHECKING

from pyroaring import BitMap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Planes = list[BitMap]

_COUNT = struct.Struct("<H")


def planes_of(documents_of: Mapping[int, Iterable[int]]) -> Planes:
    """Planes from weight → documents."""
    sets = {weight: BitMap(documents) for weight, documents in documents_of.items()}
    count = max(sets, default=0).bit_length()
    return [union([s for w, s in sets.items() if w >> bit & 1]) for bit in range(count)]


def union(sets: Sequence[BitMap]) -> BitMap:
    """What is in any of the sets."""
    return BitMap.union(*sets) if sets else BitMap()


def total(weights: Iterable[Planes]) -> Planes:
    """The sum of weights.

    Three sets of one bit become one of it and one of the next, until one is left: half the work of
    adding one weight after the other, because few sets are long. (Wallace: "A suggestion for a fast
    multiplier", 1964.)
    """
    by_bit: defaultdict[int, deque[BitMap]] = defaultdict(deque)
    for planes in weights:
        for bit, plane in enumerate(planes):
            by_bit[bit].append(plane)
    summed: Planes = []
    while sets := by_bit.pop(len(summed), None):
        plane, carried = _sum_of_bit(sets)
        summed.append(plane)
        if carried:
            by_bit[len(summed)].extend(carried)
    return summed


def _sum_of_bit(sets: deque[BitMap]) -> tuple[BitMap, list[BitMap]]:
    """The bit of the sum, and the sets to add to the next one; nothing is left of ``sets``."""
    carried: list[BitMap] = []
    while len(sets) > 1:
        first, second = sets.popleft(), sets.popleft()
        third = sets.popleft() if sets else BitMap()
        either = first ^ second
        sets.append(either ^ third)
        if carry := first & second | either & third:
            carried.append(carry)
    return sets.pop(), carried


def levels(planes: Planes, wanted: BitMap) -> Iterator[tuple[int, BitMap]]:
    """The weights of the ``wanted`` documents, greatest first, each with its documents.

    Every one of them must have a weight.
    """
    parts = [(0, wanted)]
    # The highest bit splits first, so the parts stay in order.
    for bit in range(len(planes) - 1, -1, -1):
        split = []
        for weight, documents in parts:
            have = documents & planes[bit]
            if have:
                split.append((weight | 1 << bit, have))
                documents = documents - have
            if documents:
                split.append((weight, documents))
        parts = split
    return iter(parts)


def weight_of(planes: Planes, document: int) -> int:
    """The weight of one document; 0 if it has none."""
    weight = 0
    for bit, plane in enumerate(planes):
        if document in plane:
            weight |= 1 << bit
    return weight


def pack(sets: Sequence[BitMap]) -> bytes:
    """Sets as bytes."""
    parts = [s.serialize() if s else b"" for s in sets]
    lengths = struct.pack(f"<{len(parts)}I", *map(len, parts))
    return b"".join((_COUNT.pack(len(parts)), lengths, *parts))


def unpack(data: bytes) -> list[BitMap]:
    """What ``pack`` wrote."""
    (count,) = _COUNT.unpack_from(data)
    lengths = struct.unpack_from(f"<{count}I", data, _COUNT.size)
    at = _COUNT.size + 4 * count
    sets = []
    for length in lengths:
        sets.append(BitMap.deserialize(data[at : at + length]) if length else BitMap())
        at += length
    return sets

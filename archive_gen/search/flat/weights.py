"""How a term's weights, and numbers in general, lie in a record of the flat file.

Most terms stand in a few articles only: their documents are listed one by one, in a fraction of
the space and time of sets. Others are sets: the documents that have the term in the title, then
the planes of the weights (``bits``).
"""

from __future__ import annotations

import itertools
from array import array
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pyroaring import BitMap

from archive_gen.search.flat import bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_FEW = 12
"""So many numbers are listed one by one."""
_LISTED = bits.pack([])
"""A record that begins like no sets at all is a list of numbers."""
_NUMBER = array("I").itemsize
_NONE = BitMap()


class Weights(NamedTuple):
    """Where a term stands and what it weighs there: a list or sets, the other one is empty."""

    listed: Sequence[int] = ()
    """Documents."""
    weights: bytes = b""
    """Twice the weight in each, plus one if the term is in the title."""
    sets: Sequence[BitMap] = ()
    """The documents with the term in the title, then the planes of the weights."""

    def documents(self) -> BitMap:
        """All that have the term."""
        return bits.union(self.sets) if self.sets else BitMap(self.listed)

    def titles(self) -> BitMap:
        """Those that have it in the title."""
        if self.sets:
            return self.sets[0]
        pairs = zip(self.listed, self.weights, strict=True)
        return BitMap([document for document, weight in pairs if weight & 1])


def added(weights: Iterable[Weights], *, title: bool) -> bits.Planes:
    """The sum of the weights of several terms; with ``title`` only where each is in the title."""
    found: list[bits.Planes] = []
    rare: defaultdict[int, int] = defaultdict(int)
    for listed, weights_there, sets in weights:
        for document, weight in zip(listed, weights_there, strict=True):
            if weight & 1 or not title:
                rare[document] += weight >> 1
        if sets:
            titles, *planes = sets
            found.append([plane & titles for plane in planes] if title else planes)
    if rare:
        by_weight: defaultdict[int, list[int]] = defaultdict(list)
        for document, weight in rare.items():
            by_weight[weight].append(document)
        found.append(bits.planes_of(by_weight))
    return bits.total(found)


def pack_weights(documents: Sequence[int], postings: Sequence[int]) -> bytes:
    """A record of the weights in ``postings``, see ``scoring.pack_posting``."""
    if len(documents) <= _FEW:
        weights = bytes([posting >> 5 << 1 | posting & 1 for posting in postings])
        return _LISTED + array("I", documents).tobytes() + weights
    by_posting: defaultdict[int, list[int]] = defaultdict(list)
    for document, posting in zip(documents, postings, strict=True):
        by_posting[posting].append(document)
    by_weight: defaultdict[int, list[int]] = defaultdict(list)
    titles: list[int] = []
    for posting, members in by_posting.items():
        by_weight[posting >> 5] += members
        if posting & 1:
            titles += members
    return bits.pack([BitMap(titles), *bits.planes_of(by_weight)])


def unpack_weights(record: bytes) -> Weights:
    """What ``pack_weights`` wrote."""
    if not record.startswith(_LISTED):
        return Weights(sets=bits.unpack(record))
    # Numbers in bulk, not pairs: a common prefix has thousands of such records.
    numbers, weights = _listed_in(record)
    return Weights(array("I", numbers), weights)


def _listed_in(record: bytes) -> tuple[bytes, bytes]:
    """The numbers of the documents that a list names, and the weight in each."""
    count = (len(record) - len(_LISTED)) // (_NUMBER + 1)
    return record[len(_LISTED) : -count], record[-count:]


def join_weights(records: Iterable[tuple[int, bytes]]) -> bytes:
    """One record of several that ``pack_weights`` made of documents that follow each other.

    Each comes with what is to be added to its numbers.
    """
    documents = array("I")
    weights: list[bytes] = []
    sets: list[list[BitMap]] = []
    for base, record in records:
        if record.startswith(_LISTED):
            numbers, weights_there = _listed_in(record)
            documents.extend(map(base.__add__, array("I", numbers)))
            weights.append(weights_there)
        else:
            sets.append([own.shift(base) for own in bits.unpack(record)])
    listed = b"".join(weights)
    if not sets and len(listed) <= _FEW:
        return _LISTED + documents.tobytes() + listed
    if listed:
        sets.append(_sets_of(documents, listed))
    planes = itertools.zip_longest(*sets, fillvalue=_NONE)
    return bits.pack([BitMap.union(*parts) for parts in planes])


def _sets_of(documents: Iterable[int], weights: bytes) -> list[BitMap]:
    by_weight: defaultdict[int, list[int]] = defaultdict(list)
    titles: list[int] = []
    for document, weight in zip(documents, weights, strict=True):
        by_weight[weight >> 1].append(document)
        if weight & 1:
            titles.append(document)
    return [BitMap(titles), *bits.planes_of(by_weight)]


def pack_numbers(blocks: Sequence[Sequence[int]]) -> bytes:
    """A record of one set of numbers for each block."""
    if len(blocks) == 1 and len(blocks[0]) <= _FEW:
        return _LISTED + array("I", blocks[0]).tobytes()
    return bits.pack(list(map(BitMap, blocks)))


def unpack_numbers(record: bytes) -> list[BitMap]:
    """What ``pack_numbers`` wrote."""
    if not record.startswith(_LISTED):
        return bits.unpack(record)
    return [BitMap(array("I", record[len(_LISTED) :]))]


def unpack_many(records: Iterable[bytes]) -> Iterator[Weights]:
    """What ``pack_weights`` wrote of many terms; all that is listed comes as if of one term."""
    numbers: list[bytes] = []
    weights: list[bytes] = []
    for record in records:
        if record.startswith(_LISTED):
            listed, weights_there = _listed_in(record)
            numbers.append(listed)
            weights.append(weights_there)
        else:
            yield Weights(sets=bits.unpack(record))
    yield Weights(array("I", b"".join(numbers)), b"".join(weights))

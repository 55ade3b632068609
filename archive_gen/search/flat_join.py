"""The flat lists of segments that follow each other in time, joined: see ``joined``."""

from __future__ import annotations

import itertools
import json
import operator
from collections import defaultdict
from typing import TYPE_CHECKING

from pyroaring import BitMap

from archive_gen.search import bits
from archive_gen.search.flat_file import FlatWriter
from archive_gen.search.flat_lists import SEPARATOR
from archive_gen.search.flat_table import write_table
from archive_gen.search.flat_write import write_vocabulary
from archive_gen.search.joined import bases, joined_name
from archive_gen.search.weights import join_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from archive_gen.search.segment import Segment

LARGE = 500
"""Segments of fewer documents cost a query little, and come and go."""
_ALIKE = 4
"""So many times as large as another may be what is joined with it: for a few new articles not
all old ones are worth joining once more."""
_Shifted = tuple[int, bytes]
"""By how much the numbers of documents grow in a record, and the record."""


def chains(segments: Iterable[Segment]) -> list[list[Segment]]:
    """The large segments that are to be joined: each chain has several of like size."""
    found: list[list[Segment]] = []
    for segment in sorted(segments, key=_first):
        chain = next((chain for chain in found if _follows(chain, segment)), None)
        if chain:
            chain.append(segment)
        else:
            found.append([segment])
    return [chain for chain in found if len(chain) > 1]


def _follows(chain: Sequence[Segment], segment: Segment) -> bool:
    smaller, larger = sorted((len(chain[0].lengths), len(segment.lengths)))
    return larger <= _ALIKE * smaller and _last(chain[-1]) < _first(segment)


def _first(segment: Segment) -> tuple[int, int]:
    return segment.moments[0], segment.ties[0]


def _last(segment: Segment) -> tuple[int, int]:
    return segment.moments[-1], segment.ties[-1]


def write_joined(folder: Path, chain: Sequence[Segment]) -> None:
    """Write the file of a chain, deleted documents included."""
    names = [segment.name for segment in chain]
    with FlatWriter(folder / joined_name(names)) as file:
        file.section("parts", json.dumps(names).encode())
        words = _join_tables(file, "words", chain, join_weights)
        write_vocabulary(file, sorted(map(_root_and_word, words)))
        for name in ("keys", "facets"):
            _join_tables(file, name, chain, _join_sets)
        _write_columns(file, chain)


def _join_tables(
    file: FlatWriter,
    name: str,
    chain: Sequence[Segment],
    join: Callable[[Sequence[_Shifted]], bytes],
) -> list[str]:
    """Write a table with the records of several; returns its keys."""
    tables = [segment.table(name) for segment in chain]
    having: defaultdict[str, list[int]] = defaultdict(list)
    for part, table in enumerate(tables):
        for key in table.keys(range(len(table))):
            having[key].append(part)
    keys, starts, places = sorted(having), bases(chain), []
    # Each table is in the same order, so its records are read one after the other.
    records = [table.records(range(len(table))) for table in tables]
    for key in keys:
        found = [(starts[part], next(records[part])) for part in having[key]]
        places.append(file.record(join(found)))
    write_table(file, name, keys, places)
    return keys


def _root_and_word(key: str) -> tuple[str, str]:
    word, _, root = key.partition(SEPARATOR)
    return root, word


def _join_sets(records: Iterable[_Shifted]) -> bytes:
    return bits.pack([bits.union([bits.unpack(data)[0].shift(base) for base, data in records])])


def _write_columns(file: FlatWriter, chain: Sequence[Segment]) -> None:
    file.section("lengths", b"".join(segment.lengths for segment in chain))
    parts = zip(bases(chain), (segment.length_classes for segment in chain), strict=False)
    shifted = [[documents.shift(base) for documents in classes] for base, classes in parts]
    file.section("length classes", bits.pack(list(map(BitMap.union, *shifted))))
    runs = itertools.chain.from_iterable(segment.runs for segment in chain)
    by_period = itertools.groupby(runs, key=operator.itemgetter(0))
    summed = [(period, sum(count for _, count in some)) for period, some in by_period]
    file.section("periods", json.dumps(summed).encode())
    file.section("moments", b"".join(segment.moments for segment in chain))
    file.section("ties", b"".join(segment.ties for segment in chain))

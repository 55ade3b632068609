"""The flat lists of segments that follow each other in time, joined: see ``joined``."""

from __future__ import annotations

import itertools
import json
import operator
from collections import defaultdict
from typing import TYPE_CHECKING

from pyroaring import BitMap

from archive_gen.search.flat import bits
from archive_gen.search.flat.file import FlatWriter
from archive_gen.search.flat.joined import bases, joined_name
from archive_gen.search.flat.lists import SEPARATOR
from archive_gen.search.flat.table import write_table
from archive_gen.search.flat.weights import added, join_weights, unpack_many
from archive_gen.search.flat.write import write_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from archive_gen.search.flat.file import Place
    from archive_gen.search.flat.segment import Segment

LARGE = 500
"""Segments of fewer documents cost a query little, and come and go."""
_ALIKE = 4
"""So many times as large as another may be what is joined with it: for a few new articles not
all old ones are worth joining once more."""
_MANY = 500
"""So many words that begin with one letter are added up."""
_List = tuple[str, bytes]
"""A key and its record."""
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
        words = _write_words(file, _joined_lists(chain, "words", join_weights))
        write_vocabulary(file, sorted(map(_root_and_word, words)))
        for name in ("keys", "facets"):
            _write_lists(file, name, _joined_lists(chain, name, _join_sets))
        _write_columns(file, chain)


def _joined_lists(
    chain: Sequence[Segment], name: str, join: Callable[[Sequence[_Shifted]], bytes]
) -> Iterator[_List]:
    """The entries of a table of several segments, joined, in order."""
    tables = [segment.table(name) for segment in chain]
    having: defaultdict[str, list[int]] = defaultdict(list)
    for part, table in enumerate(tables):
        for key in table.keys(range(len(table))):
            having[key].append(part)
    starts = bases(chain)
    # Each table is in the same order, so its records are read one after the other.
    records = [table.records(range(len(table))) for table in tables]
    for key in sorted(having):
        yield key, join([(starts[part], next(records[part])) for part in having[key]])


def _write_lists(file: FlatWriter, name: str, lists: Iterable[_List]) -> None:
    written = [(key, file.record(data)) for key, data in lists]
    write_table(file, name, [key for key, _ in written], [place for _, place in written])


def _write_words(file: FlatWriter, lists: Iterable[_List]) -> list[str]:
    """Write the lists of words, and their sums for letters with which many begin; their keys."""
    keys: list[str] = []
    places: list[Place] = []
    letters: list[_List] = []
    for letter, some in itertools.groupby(lists, key=_letter):
        start, records = len(keys), []
        for key, data in some:
            keys.append(key)
            places.append(file.record(data))
            records.append(data)
        if len(keys) - start >= _MANY:
            letters.append((letter, bits.pack(added(unpack_many(records), title=False))))
    write_table(file, "words", keys, places)
    _write_lists(file, "letters", letters)
    return keys


def _letter(entry: _List) -> str:
    return entry[0][0]


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

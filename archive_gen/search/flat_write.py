"""A finished Whoosh segment, written again as flat lists; see ``segment`` for what is in them."""

from __future__ import annotations

import itertools
import json
import operator
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pyroaring import BitMap
from whoosh.columns import VarBytesColumn

from archive_gen.search import analysis, bits, scoring
from archive_gen.search.flat_file import DamagedError, FlatFile, FlatWriter
from archive_gen.search.flat_table import write_table
from archive_gen.search.notation import read_places
from archive_gen.search.segment import BLOCK, PLACE, SEPARATOR, SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from archive_gen.search.codec import TermsReader
    from archive_gen.search.flat_file import Place

_COMMON = 5
"""Places noted in so few bytes come again."""
_Entries = list[tuple[str, "Place"]]


def write_segment(leaf: Any, path: Path) -> None:
    """Write ``path`` from a reader of one Whoosh segment, deleted documents included."""
    storage, segment = leaf.storage(), leaf.segment()
    terms = leaf.codec().terms_reader(storage, segment)
    count = leaf.doc_count_all()
    digests = leaf.column_reader("digest")
    paths = [digests[document].decode().rpartition(SEPARATOR)[0] for document in range(count)]
    moments = list(map(leaf.column_reader("moment").__getitem__, range(count)))
    order = sorted(range(count), key=paths.__getitem__, reverse=True)
    order.sort(key=moments.__getitem__)
    ranks = [0] * count
    for rank, document in enumerate(order):
        ranks[document] = rank
    with FlatWriter(path) as file:
        _write_words(file, terms, ranks)
        _write_keys(file, terms, ranks)
        _write_columns(file, leaf, order)
        file.numbers("moments", "q", [moments[document] for document in order])
        names = [paths[document].encode() for document in order]
        file.section("paths", b"".join(names))
        file.numbers("path starts", "Q", list(itertools.accumulate(map(len, names), initial=0)))
        file.numbers("order", "I", order)
        for name, values in _stored(storage, segment, order).items():
            file.numbers(name, "Q", values)
    terms.close()


def deleted_numbers(leaf: Any, folder: Path, name: str) -> BitMap:
    """The deleted documents of a segment, as its flat file numbers them.

    Raises ``OSError`` and ``DamagedError`` if there is no such file that is whole.
    """
    file = FlatFile(folder / f"{name}{SUFFIX}")
    try:
        order = file.numbers("order", "I")
        if len(order) != leaf.doc_count_all():
            raise DamagedError(name)
        deleted = frozenset(leaf.segment().deleted_docs())
        return BitMap([n for n, document in enumerate(order) if document in deleted])
    finally:
        file.close()


def _write_words(file: FlatWriter, terms: TermsReader, ranks: Sequence[int]) -> None:
    entries: _Entries = []
    positions: _Entries = []
    families: list[tuple[str, str]] = []
    blocks = len(ranks) // BLOCK + 1
    places = _Places()
    for text, documents, postings, values in terms.lists("words"):
        root, _, word = text.decode().rpartition(SEPARATOR)
        numbers = [ranks[document] for document in documents]
        key = f"{word}{SEPARATOR}{root}"
        families.append((root, word))
        entries.append((key, file.record(_weights(numbers, postings))))
        positions.append((key, file.record(bits.pack(places.of(numbers, values, blocks)))))
    _write_sorted(file, "words", entries)
    _write_sorted(file, "positions", positions)
    grouped = itertools.groupby(families, key=operator.itemgetter(0))
    members = [(root, SEPARATOR.join(word for _, word in group)) for root, group in grouped]
    _write_sorted(file, "families", [(root, file.record(text.encode())) for root, text in members])


def _weights(numbers: Sequence[int], postings: Sequence[int]) -> bytes:
    """The documents with the term in the title, then the planes of its weights."""
    by_posting: defaultdict[int, list[int]] = defaultdict(list)
    for number, posting in zip(numbers, postings, strict=True):
        by_posting[posting].append(number)
    by_weight: defaultdict[int, list[int]] = defaultdict(list)
    titles: list[int] = []
    for posting, members in by_posting.items():
        by_weight[posting >> 5] += members
        if posting & 1:
            titles += members
    return bits.pack([BitMap(titles), *bits.planes_of(by_weight)])


class _Places(dict[bytes, tuple[int, ...]]):
    """Places as the index notes them → the places, where ``segment`` wants them."""

    def __missing__(self, value: bytes) -> tuple[int, ...]:
        places = tuple(place * PLACE for place in read_places(value) if place < BLOCK)
        if len(value) <= _COMMON:
            self[value] = places
        return places

    def of(self, numbers: Sequence[int], values: Sequence[bytes], blocks: int) -> list[BitMap]:
        """A set of places for each block of documents."""
        if blocks == 1:
            return [BitMap([p | n for n, v in zip(numbers, values, strict=True) for p in self[v]])]
        found: list[list[int]] = [[] for _ in range(blocks)]
        for number, value in zip(numbers, values, strict=True):
            low = number % BLOCK
            found[number // BLOCK] += [place | low for place in self[value]]
        return list(map(BitMap, found))


def _write_keys(file: FlatWriter, terms: TermsReader, ranks: Sequence[int]) -> None:
    entries = [
        (text.decode(), file.record(bits.pack([BitMap([ranks[d] for d in documents])])))
        for text, documents, _, _ in terms.lists("keys")
    ]
    _write_sorted(file, "keys", entries)


def _write_columns(file: FlatWriter, leaf: Any, order: Sequence[int]) -> None:
    lengths = leaf.column_reader("length")
    classes = bytes(lengths[document] for document in order)
    file.section("lengths", classes)
    by_length = [
        BitMap([n for n, own in enumerate(classes) if own == wanted])
        for wanted in range(len(scoring.LENGTHS))
    ]
    file.section("length classes", bits.pack(by_length))
    facts = leaf.column_reader("facts")
    texts = [facts[document].decode() for document in order]
    periods = [text.partition(SEPARATOR)[0] for text in texts]
    runs = [(period, len(list(run))) for period, run in itertools.groupby(periods)]
    file.section("periods", json.dumps(runs).encode())
    _write_facets(file, texts)


def _write_facets(file: FlatWriter, facts: Sequence[str]) -> None:
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, text in enumerate(facts):
        period, source, *tags = text.split(SEPARATOR)
        for field, values in (("years", [period[:4]]), ("sources", [source]), ("tags", tags)):
            for value in values:
                found[field, value].append(number)
    entries = [
        (SEPARATOR.join((field, keyword, value)), file.record(bits.pack([BitMap(numbers)])))
        for (field, value), numbers in found.items()
        if (keyword := analysis.keyword(value))
    ]
    _write_sorted(file, "facets", entries)


def _write_sorted(file: FlatWriter, name: str, entries: Iterable[tuple[str, Place]]) -> None:
    ordered = sorted(entries)
    write_table(file, name, [key for key, _ in ordered], [place for _, place in ordered])


def _stored(storage: Any, segment: Any, order: Sequence[int]) -> Mapping[str, list[int]]:
    """Where each document lies in Whoosh's file of them, and how long it is."""
    name = segment.make_filename("._stored.col")
    file = storage.open_file(name)
    column = VarBytesColumn().reader(file, 0, storage.file_length(name), len(order))
    lengths = [len(column[document]) for document in range(len(order))]
    file.close()
    starts = list(itertools.accumulate(lengths, initial=0))
    return {
        "stored at": [starts[document] for document in order],
        "stored length": [lengths[document] for document in order],
    }

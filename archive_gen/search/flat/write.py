"""A finished Whoosh segment, written again as flat lists; see ``segment`` for what is in them."""

from __future__ import annotations

import itertools
import json
import operator
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from pyroaring import BitMap
from whoosh.columns import VarBytesColumn

from archive_gen.search import analysis, scoring
from archive_gen.search.flat import bits
from archive_gen.search.flat.file import DamagedError, FlatFile, FlatWriter
from archive_gen.search.flat.lists import FACETS, SEPARATOR, SUFFIX, spellings_in
from archive_gen.search.flat.segment import BLOCK, PLACE
from archive_gen.search.flat.table import write_records, write_table
from archive_gen.search.flat.weights import pack_numbers, pack_weights
from archive_gen.search.page.numbers import tie

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archive_gen.search.flat.file import Place

PlaceList = tuple[bytes, list[int], list[int], list["Sequence[int]"]]
"""A term with its documents, and its posting and its places in each."""


class Lists(Protocol):
    """Where the posting lists of a segment come from."""

    def lists(self, name: str, /) -> Iterable[PlaceList]:
        """Those of a field, in order."""
        ...


def write_segment(leaf: Any, lists: Lists) -> None:
    """Write the flat file of one Whoosh segment, deleted documents included."""
    storage, segment = leaf.storage(), leaf.segment()
    count = leaf.doc_count_all()
    digests = leaf.column_reader("digest")
    paths = [digests[document].decode().rpartition(SEPARATOR)[0] for document in range(count)]
    moments = list(map(leaf.column_reader("moment").__getitem__, range(count)))
    ties = list(map(tie, paths))
    order = sorted(range(count), key=lambda document: (moments[document], ties[document]))
    numbering = _Numbering(order)
    with FlatWriter(Path(storage.folder) / f"{segment.segment_id()}{SUFFIX}") as file:
        _write_words(file, map(numbering.list_of, lists.lists("words")), count)
        _write_keys(file, map(numbering.list_of, lists.lists("keys")))
        _write_columns(file, leaf, order)
        file.numbers("moments", "q", [moments[document] for document in order])
        file.numbers("ties", "Q", [ties[document] for document in order])
        names = [paths[document].encode() for document in order]
        file.section("paths", b"".join(names))
        file.numbers("path starts", "Q", list(itertools.accumulate(map(len, names), initial=0)))
        file.numbers("order", "I", order)
        for name, values in _stored(storage, segment, order).items():
            file.numbers(name, "Q", values)


class _Numbering:
    """Documents by time instead of in Whoosh's order, which is nearly always the same."""

    def __init__(self, order: Sequence[int]) -> None:
        self._same = order == [*range(len(order))]
        self._ranks = [0] * len(order)
        for rank, document in enumerate(order):
            self._ranks[document] = rank

    def list_of(self, found: PlaceList) -> PlaceList:
        """A posting list with other numbers; it need not be in order."""
        if self._same:
            return found
        text, documents, weights, places = found
        return text, [self._ranks[document] for document in documents], weights, places


def deleted_numbers(leaf: Any, folder: Path, name: str) -> BitMap:
    """The deleted documents of a segment, as its flat file numbers them.

    Raises ``OSError`` and ``DamagedError`` if there is no such file, or if a section of it is
    damaged that is read of every segment.
    """
    file = FlatFile(folder / f"{name}{SUFFIX}")
    try:
        for section in ("lengths", "moments", "ties"):
            file.section(section)
        order = file.numbers("order", "I")
        if len(order) != leaf.doc_count_all():
            raise DamagedError(name)
        deleted = frozenset(leaf.segment().deleted_docs())
        return BitMap([n for n, document in enumerate(order) if document in deleted])
    finally:
        file.close()


def _write_words(file: FlatWriter, lists: Iterable[PlaceList], count: int) -> None:
    entries: list[tuple[str, Place, Place]] = []
    families: list[tuple[str, str]] = []
    blocks = count // BLOCK + 1
    for text, numbers, postings, places in lists:
        root, _, word = text.decode().rpartition(SEPARATOR)
        families.append((root, word))
        weights = file.record(pack_weights(numbers, postings))
        positions = file.record(pack_numbers(_positions(numbers, places, blocks)))
        entries.append((f"{word}{SEPARATOR}{root}", weights, positions))
    entries.sort()
    write_table(file, "words", [key for key, *_ in entries], [place for _, place, _ in entries])
    write_records(file, "positions", [place for *_, place in entries])
    write_vocabulary(file, families)


def write_vocabulary(file: FlatWriter, terms: Sequence[tuple[str, str]]) -> None:
    """Write which words there are of each length and in each family.

    ``terms``: root (``language ␟ stem``) and word of each term, those of one root together.
    """
    _write_lengths(file, {word for _, word in terms})
    grouped = itertools.groupby(terms, key=operator.itemgetter(0))
    members = [(root, SEPARATOR.join(word for _, word in group)) for root, group in grouped]
    _write_sorted(file, "families", [(root, file.record(text.encode())) for root, text in members])


def _write_lengths(file: FlatWriter, words: Iterable[str]) -> None:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        found[str(len(word))].append(word)
    entries = [(key, file.record("\n".join(some).encode())) for key, some in found.items()]
    _write_sorted(file, "lengths of words", entries)


def _positions(
    numbers: Sequence[int], places: Sequence[Sequence[int]], blocks: int
) -> list[list[int]]:
    """The positions, see ``segment``, in each block of documents."""
    if blocks == 1:
        pairs = zip(numbers, places, strict=True)
        return [[p * PLACE | n for n, own in pairs for p in own if p < BLOCK]]
    found: list[list[int]] = [[] for _ in range(blocks)]
    for number, own in zip(numbers, places, strict=True):
        low = number % BLOCK
        found[number // BLOCK] += [place * PLACE | low for place in own if place < BLOCK]
    return found


def _write_keys(file: FlatWriter, lists: Iterable[PlaceList]) -> None:
    entries = [
        (text.decode(), file.record(bits.pack([BitMap(numbers)]))) for text, numbers, *_ in lists
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
    facets = {field: facet for facet, field in FACETS.items()}
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, text in enumerate(facts):
        year = text.partition(SEPARATOR)[0][:4]
        for field, value in [("date", year), *spellings_in(text)]:
            found[facets[field], value].append(number)
    entries = [
        (SEPARATOR.join((facet, keyword, value)), file.record(bits.pack([BitMap(numbers)])))
        for (facet, value), numbers in found.items()
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

"""One segment of the index, as a search reads it: flat lists of a memory-mapped file.

Whoosh's posting lists are pickled blocks: good to write and to merge, slow to search. Each
finished segment is therefore written once more, as sets of document numbers (``bits``). Nothing
of Whoosh is imported to search them.

Documents are numbered by time, undated ones first, those of one moment by a number made from
their paths. Among equally good ones the highest number is the best.

====================  ===================================================================
table ``words``         ``word ␟ language ␟ stem`` → weights
list ``positions``      for each of these, and each ``BLOCK`` of documents, where the term stands
table ``lengths of words``  length → the words that have it
table ``families``      ``language ␟ stem`` → its words
table ``keys``          ``field ␟ keyword`` → documents
table ``facets``        ``facet ␟ keyword ␟ spelling`` → documents
``lengths``             the length class of each document
``periods``             runs of documents with one finest period
``moments``, ``ties``   what orders the documents; see ``page_numbers``
``paths``               of each document
``stored at``, …        where the document itself lies in Whoosh's file
``order``               the number that Whoosh gives each document
====================  ===================================================================

A position is ``place * PLACE + document % BLOCK``: the words of a phrase are found for all
documents of a block at once, by shifting one set and intersecting it with another.
"""

from __future__ import annotations

import functools
import itertools
import json
import mmap
import pickle
import zlib
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from pyroaring import BitMap

from archive_gen.search import bits, scoring
from archive_gen.search.analysis import Term
from archive_gen.search.base import SearchDocument
from archive_gen.search.flat_file import DamagedError, FlatFile
from archive_gen.search.flat_table import Records, Table
from archive_gen.search.page_numbers import order_key
from archive_gen.search.weights import Weights, unpack_many, unpack_numbers, unpack_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence, Set
    from pathlib import Path

SEPARATOR = "\x1f"
BLOCK = 1 << 16
"""Documents that share a set of positions; places above it are not kept."""
PLACE = 1 << 16
SUFFIX = ".flat"
_MANY = 200
"""So many terms would take the place of all others."""
_STORED = "._stored.col"


class Segment:
    """Reads one segment. Raises ``DamagedError`` when a file does not hold what was written."""

    def __init__(self, folder: Path, name: str, deleted: BitMap) -> None:
        self.name = name
        self._file = FlatFile(folder / f"{name}{SUFFIX}")
        self._stored = _mapped(folder / f"{name}{_STORED}")
        self.lengths = self._file.section("lengths")
        self.live = BitMap(range(len(self.lengths))) - deleted
        self._numbers: dict[Term, int] = {}
        self.keyword = functools.lru_cache(maxsize=1024)(self._keyword)
        self.weights = functools.lru_cache(maxsize=4096)(self._weights)
        self.positions = functools.lru_cache(maxsize=256)(self._positions)

    @functools.cached_property
    def total_length(self) -> int:
        """The sum of the rounded lengths of all documents that are not deleted."""
        return sum(
            length * documents.intersection_cardinality(self.live)
            for length, documents in zip(scoring.LENGTHS, self.length_classes, strict=True)
        )

    @functools.cached_property
    def length_classes(self) -> list[BitMap]:
        """Length class → documents."""
        return bits.unpack(self._file.section("length classes"))

    @functools.cached_property
    def languages(self) -> list[str]:
        """The languages whose stems are in the segment."""
        return [v for v in self.keywords("stems") if self.live.intersect(self.keyword("stems", v))]

    def family(self, language: str, stem: str) -> list[Term]:
        """The terms with this language and stem."""
        number = self._families.find(f"{language}{SEPARATOR}{stem}")
        if number is None:
            return []
        words = self._families.record(number).decode().split(SEPARATOR)
        return [Term(language, stem, word) for word in words]

    def terms_of_words(self, test: Callable[[str], object], prefix: str) -> list[Term]:
        """The terms whose words begin with ``prefix`` and pass ``test``."""
        terms = map(self._term, self._words.beginning(prefix))
        return [term for term in terms if test(term.word)]

    def terms_of_pattern(self, pattern: Any, prefix: str) -> list[Term]:
        """The terms with ``prefix`` whose words, as UTF-8 lines, a compiled pattern finds."""
        start, end = self._words.span(self._words.beginning(prefix))
        found = pattern.finditer(self._words.text, start, end)
        return [self._term(self._words.number_at(match.start())) for match in found]

    def words_beginning(self, prefix: str) -> list[str]:
        """The words of the terms whose words begin with ``prefix``."""
        return _words_in(self._words.text, *self._words.span(self._words.beginning(prefix)))

    def weights_beginning(self, prefix: str) -> Iterator[Weights]:
        """The weights of these terms."""
        return unpack_many(self._words.records(self._words.beginning(prefix)))

    @functools.cached_property
    def words(self) -> list[str]:
        """The word of every term, in order."""
        return _words_in(self._words.text, 0, len(self._words.text))

    def words_of_length(self, length: int) -> list[str]:
        """The different words of a length."""
        number = self._lengths_of_words.find(str(length))
        record = b"" if number is None else self._lengths_of_words.record(number)
        return record.decode().split("\n") if record else []

    def terms_of_word(self, word: str) -> list[Term]:
        """The terms of a word in all languages."""
        return list(map(self._term, self._words.beginning(f"{word}{SEPARATOR}")))

    def living_terms_of_word(self, word: str, known: Set[Term]) -> list[Term]:
        """The terms of a word that a document has which is not deleted; some of those ``known``
        need not be among them."""
        numbers = self._words.beginning(f"{word}{SEPARATOR}")
        terms = [_parsed(key) for key in self._words.keys(numbers)]
        if len(self.live) == len(self.lengths):
            return terms
        pairs = zip(terms, numbers, strict=True)
        return [term for term, n in pairs if term not in known and self._has_living(n)]

    @functools.cached_property
    def stems(self) -> list[str]:
        """The stems of all languages."""
        return self._families.text.decode().replace("\n", SEPARATOR).split(SEPARATOR)[1::2]

    def aliases_of(self, word: str) -> list[str]:
        """The aliases of a word, of deleted documents too."""
        return self._aliases.get(word, [])

    @functools.cached_property
    def _aliases(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word, alias in self.aliases():
            found.setdefault(word, []).append(alias)
        return found

    def aliases(self) -> list[tuple[str, str]]:
        """Words with an alias, and the alias, of deleted documents too."""
        keys = self._keys.keys(self._keys.beginning("alias "))
        return [(word, alias) for word, _, alias in (key[6:].partition(SEPARATOR) for key in keys)]

    def _has_living(self, number: int) -> bool:
        return unpack_weights(self._words.record(number)).documents().intersect(self.live)

    def keywords(self, field: str) -> list[str]:
        """Every keyword of a field; some may be of deleted documents only."""
        prefix = f"{field}{SEPARATOR}"
        return [self._keys.key(number)[len(prefix) :] for number in self._keys.beginning(prefix)]

    @functools.cached_property
    def runs(self) -> list[tuple[str, int]]:
        """The finest periods of all documents in order, each with how many follow that have it."""
        runs: list[tuple[str, int]] = json.loads(self._file.section("periods"))
        return runs

    @functools.cached_property
    def facets(self) -> list[tuple[tuple[str, str], str, BitMap]]:
        """(Facet, keyword), spelling, documents."""
        found = []
        for number in range(len(self._facets)):
            facet, keyword, spelling = self._facets.key(number).split(SEPARATOR, 2)
            documents = bits.unpack(self._facets.record(number))[0]
            found.append(((facet, keyword), spelling, documents))
        return found

    def spellings(self, facet: str, keyword: str) -> list[tuple[str, BitMap]]:
        """The spellings of a keyword, each with its documents."""
        prefix = f"{facet}{SEPARATOR}{keyword}{SEPARATOR}"
        return [
            (self._facets.key(n)[len(prefix) :], bits.unpack(self._facets.record(n))[0])
            for n in self._facets.beginning(prefix)
        ]

    @functools.cached_property
    def moments(self) -> memoryview[int]:
        """The place in time of each document; 0 without a date."""
        return self._file.numbers("moments", "q")

    @functools.cached_property
    def ties(self) -> memoryview[int]:
        """What orders documents of one moment."""
        return self._file.numbers("ties", "Q")

    @functools.cached_property
    def order_keys(self) -> list[int]:
        """The order key of each document; see ``page_numbers``."""
        return list(map(order_key, self.moments, self.ties))

    def path(self, number: int) -> str:
        """The path of a document."""
        starts = self._path_starts
        return self._paths[starts[number] : starts[number + 1]].decode()

    @functools.cached_property
    def paths(self) -> list[str]:
        """The path of each document."""
        return [self._paths[a:b].decode() for a, b in itertools.pairwise(self._path_starts)]

    @functools.cached_property
    def order(self) -> memoryview[int]:
        """The number that Whoosh gives each document."""
        return self._file.numbers("order", "I")

    @functools.cached_property
    def periods(self) -> list[str]:
        """The finest period of each document."""
        return [period for period, count in self.runs for _ in range(count)]

    def number_of(self, path: str) -> int | None:
        """The document with a path; None if there is none."""
        wanted = path.encode("utf-8", "surrogatepass")
        at = self._paths.find(wanted)
        while at >= 0 and wanted:
            number = bisect_left(self._path_starts, at)
            if self.path(number) == path and self._path_starts[number] == at:
                return number
            at = self._paths.find(wanted, at + 1)
        return None

    def document(self, number: int) -> SearchDocument:
        """The document itself."""
        start = self._stored_at[number]
        data = self._stored[start : start + self._stored_length[number]]
        try:
            # zlib's own checksum tells what was changed.
            stored = pickle.loads(zlib.decompress(data))["stored"]  # noqa: S301
        except (zlib.error, pickle.UnpicklingError, EOFError, KeyError) as error:
            raise DamagedError(f"{self.name}{_STORED}") from error
        return SearchDocument(*stored)

    def close(self) -> None:
        """Release the files."""
        self._file.close()
        self._stored.close()

    def _term(self, number: int) -> Term:
        term = _parsed(self._words.key(number))
        self._numbers[term] = number
        return term

    def weights_of(self, terms: Sequence[Term]) -> Iterator[Weights]:
        """Those of some terms; of many they are not kept for later, and come in fewer parts."""
        if len(terms) < _MANY:
            return map(self.weights, terms)
        numbers = (number for term in terms if (number := self._number(term)) is not None)
        return unpack_many(self._words.records(numbers))

    def _weights(self, term: Term) -> Weights:
        number = self._number(term)
        return Weights() if number is None else unpack_weights(self._words.record(number))

    def _positions(self, term: Term) -> list[BitMap]:
        """For each block of documents the positions of a term."""
        number = self._number(term)
        return [] if number is None else unpack_numbers(self._at[number])

    def _number(self, term: Term) -> int | None:
        number = self._numbers.get(term)
        return self._words.find(_key(term)) if number is None else number

    def _keyword(self, field: str, value: str) -> BitMap:
        """The documents that have a keyword in a field."""
        number = self._keys.find(f"{field}{SEPARATOR}{value}")
        return bits.unpack(self._keys.record(number))[0] if number is not None else BitMap()

    @functools.cached_property
    def _words(self) -> Table:
        return Table(self._file, "words")

    @functools.cached_property
    def _at(self) -> Records:
        return Records(self._file, "positions")

    @functools.cached_property
    def _lengths_of_words(self) -> Table:
        return Table(self._file, "lengths of words")

    @functools.cached_property
    def _families(self) -> Table:
        return Table(self._file, "families")

    @functools.cached_property
    def _keys(self) -> Table:
        return Table(self._file, "keys")

    @functools.cached_property
    def _facets(self) -> Table:
        return Table(self._file, "facets")

    @functools.cached_property
    def _paths(self) -> bytes:
        return self._file.section("paths")

    @functools.cached_property
    def _path_starts(self) -> memoryview[int]:
        return self._file.numbers("path starts", "Q")

    @functools.cached_property
    def _stored_at(self) -> memoryview[int]:
        return self._file.numbers("stored at", "Q")

    @functools.cached_property
    def _stored_length(self) -> memoryview[int]:
        return self._file.numbers("stored length", "Q")


def _words_in(keys: bytes, start: int, end: int) -> list[str]:
    # Each line has three parts: this takes a tenth of the time of looking at each line.
    return keys[start:end].decode().replace("\n", SEPARATOR).split(SEPARATOR)[:-1:3]


def _parsed(key: str) -> Term:
    word, language, stem = key.split(SEPARATOR)
    return Term(language, stem, word)


def _key(term: Term) -> str:
    return SEPARATOR.join((term.word, term.language, term.stem))


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        try:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:
            raise DamagedError(path.name) from None

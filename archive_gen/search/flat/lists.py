"""Flat lists: what can be read of one segment of the index, or of several that are joined.

====================  ===================================================================
table ``words``         ``word ␟ language ␟ stem`` → weights
table ``lengths of words``  length → the words that have it
table ``families``      ``language ␟ stem`` → its words
table ``keys``          ``field ␟ keyword`` → documents
table ``facets``        ``facet ␟ keyword ␟ spelling`` → documents
``lengths``             the length class of each document
``length classes``      the documents of each
``periods``             runs of documents with one finest period
``moments``, ``ties``   what orders the documents; see ``page.numbers``
====================  ===================================================================

Documents are numbered by time, undated ones first, those of one moment by a number made from
their paths. Among equally good ones the highest number is the best.
"""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any

from pyroaring import BitMap

from archive_gen.search import scoring
from archive_gen.search.analysis import Term
from archive_gen.search.flat import bits
from archive_gen.search.flat.table import Table
from archive_gen.search.flat.weights import Weights, added, unpack_many, unpack_weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

    from archive_gen.search.flat.file import FlatFile

SEPARATOR = "\x1f"
SUFFIX = ".flat"
FACETS = {"years": "date", "tags": "tag", "sources": "source", "places": "place"}
"""Facet → the field by which a query is narrowed."""
_MANY = 200
"""So many terms would take the place of all others."""


def spellings_in(facts: str) -> list[tuple[str, str]]:
    """Field and value, as it is written, of all that facets count of a document but its year.

    ``facts``: ``period ␟ source ␟ place``, and its tags; what it has not is empty.
    """
    _, source, place, *tags = facts.split(SEPARATOR)
    return [("source", source), ("place", place), *(("tag", tag) for tag in tags)]


class FlatLists:
    """Reads them. Raises ``DamagedError`` when the file does not hold what was written."""

    def __init__(self, file: FlatFile, deleted: BitMap) -> None:
        self._file = file
        self.lengths = file.section("lengths")
        self.deleted = deleted
        self.live = BitMap(range(len(self.lengths))) - deleted
        self._numbers: dict[Term, int] = {}
        self.keyword = functools.lru_cache(maxsize=1024)(self._keyword)
        self.weights = functools.lru_cache(maxsize=4096)(self._weights)

    def close(self) -> None:
        """Release the files."""
        self._file.close()

    def table(self, name: str) -> Table:
        """One of the tables."""
        return Table(self._file, name)

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
        """The terms with this language and stem that a document has which is not deleted."""
        number = self._families.find(f"{language}{SEPARATOR}{stem}")
        if number is None:
            return []
        words = self._families.record(number).decode().split(SEPARATOR)
        terms = [Term(language, stem, word) for word in words]
        if not self.deleted:
            return terms
        return [term for term in terms if self.weights(term).documents().intersect(self.live)]

    def terms_beginning(self, prefix: str) -> list[Term]:
        """The terms whose words begin with ``prefix``."""
        return list(map(self._term, self._words.beginning(prefix)))

    def terms_of_pattern(self, pattern: Any, prefix: str) -> list[Term]:
        """The terms with ``prefix`` whose words, as UTF-8 lines, a compiled pattern finds."""
        start, end = self._words.span(self._words.beginning(prefix))
        found = pattern.finditer(self._words.text, start, end)
        return [self._term(self._words.number_at(match.start())) for match in found]

    def words_beginning(self, prefix: str) -> list[str]:
        """The words of the terms whose words begin with ``prefix``."""
        return _words_in(self._words.text, *self._words.span(self._words.beginning(prefix)))

    def planes_beginning(self, prefix: str, *, title: bool) -> bits.Planes:
        """The sum of the weights of these terms; with ``title`` only where each is in the title."""
        records = self._words.records(self._words.beginning(prefix))
        return added(unpack_many(records), title=title)

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
        return self.terms_beginning(f"{word}{SEPARATOR}")

    def living_terms_of_word(self, word: str, known: Set[Term]) -> list[Term]:
        """The terms of a word that a document has which is not deleted; some of those ``known``
        need not be among them."""
        numbers = self._words.beginning(f"{word}{SEPARATOR}")
        terms = [_parsed(key) for key in self._words.keys(numbers)]
        if not self.deleted:
            return terms
        pairs = zip(terms, numbers, strict=True)
        return [term for term, n in pairs if term not in known and self._has_living(n)]

    @functools.cached_property
    def stems(self) -> list[str]:
        """The stems of all languages."""
        return self._families.text.decode().replace("\n", SEPARATOR).split(SEPARATOR)[1::2]

    def aliases_of(self, word: str) -> list[str]:
        """The aliases of a word."""
        field = f"alias {word}"
        return [v for v in self.keywords(field) if self.live.intersect(self.keyword(field, v))]

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

    def weights_of(self, terms: Sequence[Term]) -> Iterator[Weights]:
        """Those of some terms; of many they are not kept for later, and come in fewer parts."""
        if len(terms) < _MANY:
            return map(self.weights, terms)
        numbers = (number for term in terms if (number := self._number(term)) is not None)
        return unpack_many(self._words.records(numbers))

    def _weights(self, term: Term) -> Weights:
        number = self._number(term)
        return Weights() if number is None else unpack_weights(self._words.record(number))

    def _number(self, term: Term) -> int | None:
        number = self._numbers.get(term)
        return self._words.find(_key(term)) if number is None else number

    def _keyword(self, field: str, value: str) -> BitMap:
        """The documents that have a keyword in a field."""
        number = self._keys.find(f"{field}{SEPARATOR}{value}")
        return bits.unpack(self._keys.record(number))[0] if number is not None else BitMap()

    @functools.cached_property
    def _words(self) -> Table:
        return self.table("words")

    @functools.cached_property
    def _lengths_of_words(self) -> Table:
        return self.table("lengths of words")

    @functools.cached_property
    def _families(self) -> Table:
        return self.table("families")

    @functools.cached_property
    def _keys(self) -> Table:
        return self.table("keys")

    @functools.cached_property
    def _facets(self) -> Table:
        return self.table("facets")

    def _term(self, number: int) -> Term:
        term = _parsed(self._words.key(number))
        self._numbers[term] = number
        return term


def _words_in(keys: bytes, start: int, end: int) -> list[str]:
    # Each line has three parts: this takes a tenth of the time of looking at each line.
    return keys[start:end].decode().replace("\n", SEPARATOR).split(SEPARATOR)[:-1:3]


def _parsed(key: str) -> Term:
    word, language, stem = key.split(SEPARATOR)
    return Term(language, stem, word)


def _key(term: Term) -> str:
    return SEPARATOR.join((term.word, term.language, term.stem))

"""The index that the search page loads: the same documents, analysed the same way.

A page opened from a file may not fetch, but may add script elements. So the index is a folder
of small scripts, each of which hands one value to ``archiveSearch.add``; ``search.js`` loads
those that a query needs.

Documents are numbered by time, undated ones first, then by path from the last to the first:
a higher number is what comes first among equally good matches, and a new article has the
highest number as a rule, so few files change with it.

===================  ==================================================================
``manifest.js``      counts, and for each group of shards the first key of each shard
``terms/*.js``       word key → its terms with postings, and the words of its families
``places/*.js``      word key → where the terms stand: only loaded for phrases
``tag/*.js``, …      keyword → its commonest spelling and its documents, a folder a field
``dates.js``         the periods of all documents, in runs
``documents/N.js``   eight documents: what a hit shows
===================  ==================================================================

Numbers are written in characters that stand for 0 to 63. A *varint* is low digits first, five
bits each, 32 added to all but the last. A posting list is, for each document, the gap to the
one before (varint) and the posting (two characters).
"""

from __future__ import annotations

import itertools
import json
import re
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archive_gen.search import analysis, scoring
from archive_gen.search.analysis import Term
from archive_gen.search.matching import TITLE_PLACES, pack_posting
from archive_gen.search.schema import Words, date_of, keywords, moment, weighted_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archive_gen.search.base import SearchDocument, SearchIndex

_DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BLOCK = 8
_EXCERPT = 200
_MIN_SHARD = 6_000
_MAX_SHARD = 12_000
_FIELDS = ("tag", "source", "author", "place", "language")
_PREFIX = "0123456789abcdefghijklmnopqrstuvwxyz"


def files(index: SearchIndex) -> Iterator[tuple[str, bytes]]:
    """The files of the page's index: name below ``search/`` and content."""
    documents = sorted(
        sorted(index.documents(), key=lambda document: document.path, reverse=True),
        key=lambda document: moment(date_of(document)),
    )
    contents = _Contents()
    for number, document in enumerate(documents):
        contents.add(number, document)
    groups: dict[str, list[str]] = {}
    for group, entries in contents.groups():
        groups[group] = []
        for shard in _shards(entries):
            first = shard[0][0]
            groups[group].append(first)
            yield _shard(f"{group}/{shard_name(first)}", shard)
            if group == "terms":
                places = [(word, contents.places(word)) for word, _ in shard if contents.has(word)]
                yield _shard(f"places/{shard_name(first)}", places)
    yield _file("dates", _runs(documents))
    for number in range(0, len(documents), _BLOCK):
        block = [_shown(document) for document in documents[number : number + _BLOCK]]
        yield _file(f"documents/{number // _BLOCK}", block)
    manifest = {
        "documents": len(documents),
        "length": contents.length,
        "block": _BLOCK,
        "groups": groups,
    }
    yield _file("manifest", manifest)


def shard_name(first_key: str) -> str:
    """The file of the shard that begins with a key; ``search.js`` has the same function.

    Readable where that is possible everywhere; else a number made from the key (FNV-1a).
    """
    if re.fullmatch(r"[a-z0-9]{1,24}", first_key):
        return f"w-{first_key}"
    number = 2166136261
    for unit in memoryview(first_key.encode("utf-16-le")).cast("H"):
        number = (number ^ unit) * 16777619 & 0xFFFFFFFF
    return f"x-{number:08x}"


@dataclass(slots=True)
class _List:
    """The documents of one term, written as they come."""

    last: int = -1
    postings: bytearray = field(default_factory=bytearray)
    places: bytearray = field(default_factory=bytearray)

    def add(self, document: int, posting: int, places: Iterable[int]) -> None:
        _write(self.postings, document - self.last - 1)
        self.last = document
        self.postings += bytes((_DIGITS[posting >> 6], _DIGITS[posting & 63]))
        found = list(places)
        _write(self.places, len(found))
        for before, place in itertools.pairwise([0, *found]):
            _write(self.places, place - before)


class _Contents:
    """All postings of an archive, in the page's notation."""

    def __init__(self) -> None:
        self.length = 0
        self._lists: dict[Term, _List] = {}
        self._words: dict[str, list[Term]] = {}
        self._keywords: dict[tuple[str, str], _List] = {}
        self._spellings: dict[tuple[str, str], Counter[str]] = {}
        self._aliases: dict[str, set[tuple[str, str]]] = {}
        self._families: dict[tuple[str, str], list[Term]] = {}
        self._languages: set[str] = set()

    def add(self, number: int, document: SearchDocument) -> None:
        """Take in a document; numbers must grow."""
        analysed = Words.of(document)
        length = analysed.length_class
        self.length += scoring.LENGTHS[length]
        for term, (weight, places) in weighted_terms(analysed).items():
            posting = pack_posting(weight, length, places[0] < TITLE_PLACES)
            self._lists.setdefault(term, _List()).add(number, posting, places)
        self._languages.add(analysed.language)
        for name, value in sorted(set(keywords(analysed))):
            if name in _FIELDS:
                self._keywords.setdefault((name, value), _List()).add(number, 0, ())
            elif name.startswith("alias "):
                language, _, stem = value.partition(" ")
                self._aliases.setdefault(name[6:], set()).add((language, stem))
        for name, text in _spelt(document):
            spellings = self._spellings.setdefault((name, analysis.keyword(text)), Counter())
            spellings[text] += 1

    def _terms(self) -> list[tuple[str, str]]:
        """Word key → ``terms;relatives``, in the order of the page's strings."""
        for term in sorted(self._lists):
            self._words.setdefault(term.word, []).append(term)
            self._families.setdefault(term[:2], []).append(term)
        entries = {word: self._entry(word, terms) for word, terms in self._words.items()}
        # A stem is often a word that people type ("bank") though articles only have others
        # of its family ("banks").
        for _, stem in self._families:
            if stem not in entries and (relatives := self._relatives(stem, [])):
                entries[stem] = ";" + relatives
        return sorted(entries.items(), key=lambda entry: _page_order(entry[0]))

    def has(self, word: str) -> bool:
        """Whether some document has the word."""
        return word in self._words

    def places(self, word: str) -> str:
        """Where the terms of a word stand, in the order in which its entry names them."""
        return "|".join(self._lists[term].places.decode() for term in self._words[word])

    def groups(self) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
        """The terms, then each field's keywords with spelling and documents."""
        yield "terms", self._terms()
        for name in _FIELDS:
            entries = [
                (value, [self._spelling(name, value), postings.postings.decode()])
                for (owner, value), postings in self._keywords.items()
                if owner == name
            ]
            yield name, sorted(entries, key=lambda entry: _page_order(entry[0]))

    def _spelling(self, name: str, value: str) -> str:
        spellings = self._spellings.get((name, value))
        if not spellings:
            return value
        return min(spellings, key=lambda text: (-spellings[text], text))

    def _entry(self, word: str, terms: list[Term]) -> str:
        own = (f"{_root(term)}:{self._lists[term].postings.decode()}" for term in terms)
        return f"{'|'.join(own)};{self._relatives(word, terms)}"

    def _relatives(self, word: str, terms: list[Term]) -> str:
        """What ``matching.families`` finds for a word, without the word itself."""
        roots = {(language, analysis.stem(language, word)) for language in self._languages}
        roots |= self._aliases.get(word, set())
        found = [term for root in sorted(roots) for term in self._families.get(root, ())]
        return ",".join(_relative(word, terms[:1], term) for term in found if term.word != word)


def _root(term: Term) -> str:
    """Language and stem; a stem is written as what it shares with the word and its own end."""
    shared = _shared(term.stem, term.word)
    stem = "" if term.stem == term.word else _PREFIX[shared] + term.stem[shared:]
    return f"{term.language}:{stem}"


def _relative(word: str, first: list[Term], other: Term) -> str:
    """Another word of the family; its language and stem only if they are not ``first``'s."""
    shared = _shared(word, other.word)
    text = _PREFIX[shared] + other.word[shared:]
    return text if first and first[0][:2] == other[:2] else f"{text}:{_root(other)}"


def _shared(first: str, second: str) -> int:
    most = min(len(first), len(second), len(_PREFIX) - 1)
    return next((n for n in range(most) if first[n] != second[n]), most)


def _shards(entries: Iterable[tuple[str, Any]]) -> Iterator[list[tuple[str, Any]]]:
    """Cut at keys that a checksum picks: an entry more or less moves few of the cuts."""
    shard: list[tuple[str, Any]] = []
    size = 0
    names: set[str] = set()
    for key, value in entries:
        cut = size > _MAX_SHARD or (size > _MIN_SHARD and zlib.crc32(key.encode()) % 8 == 0)
        if (cut and shard_name(key) not in names) or not shard:
            if shard:
                yield shard
            shard, size = [], 0
            names.add(shard_name(key))
        shard.append((key, value))
        size += len(key) + sum(map(len, value))
    if shard:
        yield shard


def _runs(documents: Iterable[SearchDocument]) -> list[tuple[str, int]]:
    periods = (date.period if (date := date_of(document)) else "" for document in documents)
    return [(period, len(list(run))) for period, run in itertools.groupby(periods)]


def _shown(document: SearchDocument) -> list[Any]:
    return [
        document.title,
        document.date,
        document.source,
        document.url,
        document.language,
        _excerpt(document.summary or document.text),
        list(document.tags),
        document.path,
    ]


def _excerpt(text: str) -> str:
    flat = " ".join(text[: 4 * _EXCERPT].split())
    if len(flat) <= _EXCERPT:
        return flat
    cut = flat.rfind(" ", _EXCERPT - 30, _EXCERPT)
    return flat[: cut if cut > 0 else _EXCERPT] + " …"


def _spelt(document: SearchDocument) -> Iterator[tuple[str, str]]:
    listed: Mapping[str, Iterable[str]] = {
        "tag": document.tags,
        "source": (document.source,),
        "author": document.authors,
        "place": (document.place,),
    }
    return ((name, text) for name, texts in listed.items() for text in texts)


def _write(target: bytearray, number: int) -> None:
    while number > 31:
        target.append(_DIGITS[32 + (number & 31)])
        number >>= 5
    target.append(_DIGITS[number])


def _page_order(text: str) -> bytes:
    """JavaScript compares strings by UTF-16 units."""
    return text.encode("utf-16-be", "surrogatepass")


def _file(name: str, value: object) -> tuple[str, bytes]:
    return f"{name}.js", f'archiveSearch.add("{name}",{_literal(value)});\n'.encode()


def _shard(name: str, entries: list[tuple[str, Any]]) -> tuple[str, bytes]:
    # A map, not an object: a tag may be called __proto__.
    text = f'archiveSearch.add("{name}",new Map({_literal(entries)}));\n'
    return f"{name}.js", text.encode()


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

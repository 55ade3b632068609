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
``documents/N.js``   four documents: what a hit shows
===================  ==================================================================

Numbers are in the ``notation``. A posting list is, for each document, the gap to the one before
(varint) and the posting (one digit to three).
"""

from __future__ import annotations

import contextlib
import itertools
import json
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from archive_gen.parallel import SerialMapper
from archive_gen.search import analysis
from archive_gen.search.analysis import Term
from archive_gen.search.base import SearchDocument
from archive_gen.search.page_terms import (
    PageTerms,
    keyword_lists,
    written_lists,
)
from archive_gen.search.page_vocabulary import WholeVocabulary, page_order
from archive_gen.search.schema import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from archive_gen.parallel import Mapper
    from archive_gen.search.postings import WhooshPostings
    from archive_gen.search.whoosh_index import WhooshIndex

_BLOCK = 4
_EXCERPT = 200
_MIN_SHARD = 6_000
_MAX_SHARD = 12_000
_PART = 8_000
"""Terms whose lists are read in one go."""
_SERIAL = SerialMapper()
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(dict[str, tuple[str, str]])
MANIFEST = "manifest"

Shard = list[tuple[str, Any]]
"""Keys with what the page knows of each, in order."""


@dataclass(frozen=True)
class ListsContext:
    """What reading posting lists needs; shipped once a worker."""

    index: WhooshIndex
    numbers: list[int]


def files(index: WhooshIndex, mapper: Mapper = _SERIAL) -> Iterator[tuple[str, bytes]]:
    """The files of the page's index: name below ``search/`` and content."""
    with index.reading() as contents:
        numbers = page_numbers(contents)
        bounds = _bounds(contents)
        index.close()  # each process opens files of its own
        work = itertools.pairwise(bounds)
        written = mapper.map(_written_lists, ListsContext(index, numbers), work)
        lists = {
            Term(*text.split(SEPARATOR)): pair
            for part in map(_DECODER.decode, written)
            for text, pair in part.items()
        }
    with index.reading() as contents:
        yield from _files(contents, numbers, lists)


def _bounds(index: WhooshPostings) -> list[bytes]:
    """Texts of terms that cut all of them into parts of about the same number."""
    texts = sorted(text.encode() for text in index.terms("words"))
    return [b"", *texts[_PART::_PART], b"\xff"]


def _written_lists(context: ListsContext, part: tuple[bytes, bytes]) -> bytes:
    index = context.index.again()
    with contextlib.closing(index), index.reading() as contents:
        return _ENCODER.encode(written_lists(contents, context.numbers, *part))


def _files(
    index: WhooshPostings, numbers: list[int], lists: Mapping[Term, tuple[str, str]]
) -> Iterator[tuple[str, bytes]]:
    vocabulary = WholeVocabulary(lists, index.terms("keys"))
    terms = PageTerms(vocabulary, lists)
    entries = ((key, entry) for key in vocabulary.ordered_keys if (entry := terms.entry(key)))
    groups: dict[str, list[str]] = {"terms": []}
    for shard in shards(entries):
        groups["terms"].append(shard[0][0])
        yield from term_files(terms, shard)
    for field, shard in keyword_shards(index, numbers):
        groups.setdefault(field, [])
        if shard:
            groups[field].append(shard[0][0])
            yield keyword_file(field, shard)
    yield from document_files(index, numbers, range(len(numbers)))
    periods = (index.periods[number] for number in numbers)
    yield from summary_files(len(numbers), index.total_length, periods, groups)


def page_numbers(index: WhooshPostings) -> list[int]:
    """The documents in the order in which the page numbers them."""
    return sorted(sorted(index.documents, key=index.path, reverse=True), key=_moment(index))


def term_files(terms: PageTerms, shard: Shard) -> Iterator[tuple[str, bytes]]:
    """A shard of terms, and the places of its words."""
    name = shard_name(shard[0][0])
    places = [(word, terms.places(word)) for word, _ in shard if terms.has(word)]
    yield _shard(f"terms/{name}", shard)
    yield _shard(f"places/{name}", places)


def keyword_shards(index: WhooshPostings, numbers: list[int]) -> Iterator[tuple[str, Shard]]:
    """Field and shard of its keywords with spelling and documents; a field's last is empty."""
    documents = (stored_document(index, number) for number in numbers)
    spellings = _commonest(Counter(itertools.chain.from_iterable(map(spelt, documents))))
    for field, lists in keyword_lists(index, numbers).items():
        entries = [(key, [spellings.get((field, key), key), lists[key]]) for key in lists]
        for shard in shards(sorted(entries, key=lambda entry: page_order(entry[0]))):
            yield field, shard
        yield field, []


def keyword_file(field: str, shard: Shard) -> tuple[str, bytes]:
    """A shard of keywords."""
    return _shard(f"{field}/{shard_name(shard[0][0])}", shard)


def document_files(
    index: WhooshPostings, numbers: list[int], wanted: Iterable[int]
) -> Iterator[tuple[str, bytes]]:
    """The blocks in which documents are whose numbers are ``wanted``."""
    for block in dict.fromkeys(number // _BLOCK for number in wanted):
        members = numbers[block * _BLOCK : (block + 1) * _BLOCK]
        shown = [_shown(stored_document(index, member)) for member in members]
        yield _file(f"documents/{block}", shown)


def summary_files(
    count: int, length: int, periods: Iterable[str], groups: Mapping[str, list[str]]
) -> Iterator[tuple[str, bytes]]:
    """What is of all documents: dates and manifest."""
    yield _file("dates", _runs(periods))
    manifest = {
        "documents": count,
        "length": length,
        "block": _BLOCK,
        "groups": groups,
    }
    yield _file(MANIFEST, manifest)


def stored_document(index: WhooshPostings, number: int) -> SearchDocument:
    """A document of the index."""
    return SearchDocument(*index.stored(number))


def _moment(index: WhooshPostings) -> Callable[[int], int]:
    moments = index.moments
    return lambda document: moments[document]


def _commonest(spellings: Counter[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Field and keyword → how it is mostly written."""
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for (field, text), count in spellings.items():
        key = field, analysis.keyword(text)
        best[key] = min(best.get(key, (0, "")), (-count, text))
    return {key: text for key, (_, text) in best.items()}


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


def shards(entries: Iterable[tuple[str, Any]]) -> Iterator[Shard]:
    """All entries, cut into shards."""
    cutter = Cutter()
    for key, value in entries:
        yield from cutter.add(key, value)
    yield from cutter.end()


class Cutter:
    """Cuts at keys that a checksum picks: an entry more or less moves few of the cuts."""

    def __init__(self) -> None:
        self._shard: Shard = []
        self._size = 0
        self._names: set[str] = set()

    def add(self, key: str, value: Any) -> Iterator[Shard]:
        """Take the next entry; yields the shard that ends before it."""
        if self.cuts_before(key):
            yield from self.end()
            self._names.add(shard_name(key))
        self._shard.append((key, value))
        self._size += len(key) + (len(value) if isinstance(value, str) else sum(map(len, value)))

    def cuts_before(self, key: str) -> bool:
        """Whether a shard begins with ``key``."""
        size = self._size
        cut = size > _MAX_SHARD or (size > _MIN_SHARD and zlib.crc32(key.encode()) % 8 == 0)
        return not self._shard or (cut and shard_name(key) not in self._names)

    def end(self) -> Iterator[Shard]:
        """The shard that is begun, if one is."""
        if self._shard:
            yield self._shard
        self._shard, self._size = [], 0


def _runs(periods: Iterable[str]) -> list[tuple[str, int]]:
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


def spelt(document: SearchDocument) -> Iterator[tuple[str, str]]:
    """Fields and texts whose spelling the page shows."""
    listed: Mapping[str, Iterable[str]] = {
        "tag": document.tags,
        "source": (document.source,),
        "author": document.authors,
        "place": (document.place,),
    }
    return ((name, text) for name, texts in listed.items() for text in texts)


def _file(name: str, value: object) -> tuple[str, bytes]:
    return f"{name}.js", f'archiveSearch.add("{name}",{_literal(value)});\n'.encode()


def _shard(name: str, entries: Shard) -> tuple[str, bytes]:
    # A map, not an object: a tag may be called __proto__.
    text = f'archiveSearch.add("{name}",new Map({_literal(entries)}));\n'
    return f"{name}.js", text.encode()


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

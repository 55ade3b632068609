"""The index that the search page loads: the same documents, analysed the same way.

A page opened from a file may not fetch, but may add script elements. So the index is a folder
of small scripts, each of which hands one value to ``archiveSearch.add``; ``search.js`` loads
those that a query needs.

Documents are numbered by time, see ``numbers``: a higher number is what comes first among
equally good matches. One article more or less changes few numbers, and so few files.

===================  ==================================================================
``manifest.js``      counts, and the first key of each shard; see ``manifest``
``terms/*.js``       word key → its terms with postings, and the words of its families
``places/*.js``      where the terms stand, for each key of ``terms``: only loaded for phrases
``common/*.js``      both for the terms of common words, in pieces; see ``cuts``
``best/*.js``        the articles that may score highest by a common word; see ``best``
``pairs/*.js``       what other common words weigh in these; see ``pairs``
``tag/*.js``, …      keyword → its commonest spelling and its documents, a folder a field
``dates/YEAR.js``    the periods of a year's documents, in runs; year 0 has no dates
``documents/*.js``   a few documents that follow each other: what a hit shows
===================  ==================================================================

Numbers are in the ``notation``, and lists as ``lists`` writes them.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import re
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from archive_gen.parallel import SerialMapper, chunks
from archive_gen.search import analysis
from archive_gen.search.analysis import Term
from archive_gen.search.base import SearchDocument
from archive_gen.search.page.best import Best, best_name
from archive_gen.search.page.cuts import Cuts, list_name, number_of, places_name
from archive_gen.search.page.layout import Layout
from archive_gen.search.page.lists import TermLists, written_numbers
from archive_gen.search.page.manifest import Manifest, contents
from archive_gen.search.page.pairs import COUNTS, Columns, Family, all_pairs, key_of
from archive_gen.search.page.terms import (
    PageTerms,
    commonest,
    keyword_entry,
    keyword_lists,
    written_lists,
)
from archive_gen.search.page.vocabulary import WholeVocabulary, page_order
from archive_gen.search.whoosh.schema import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence

    from archive_gen.parallel import Mapper
    from archive_gen.search.page.vocabulary import Root
    from archive_gen.search.whoosh.index import WhooshIndex
    from archive_gen.search.whoosh.postings import WhooshPostings

_EXCERPT = 200
MIN_SHARD = 6_000
"""From so many characters on a shard may end; from half of them on it ends before a long entry."""
MAX_SHARD = 9_000
_SHORT = 5
"""Letters of a short key: a fifth of all words."""
_PART = 3_000
"""Terms of the largest segment whose lists are read in one go."""
_BLOCKS = 1_000
"""Files of documents that are made in one go."""
_SERIAL = SerialMapper()
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(tuple[dict[str, TermLists], list[Family]])
MANIFEST = "manifest"

Shard = list[tuple[str, Any]]
"""Keys with what the page knows of each, in order."""


@dataclass(frozen=True)
class ListsContext:
    """What reading posting lists needs; shipped once a worker."""

    index: WhooshIndex
    ranks: list[int]
    cuts: Cuts


@dataclass(frozen=True)
class DocumentsContext:
    """What files of documents are made from; shipped once a worker."""

    index: WhooshIndex
    layout: Layout


def files(index: WhooshIndex, mapper: Mapper = _SERIAL) -> Iterator[tuple[str, bytes]]:
    """The files of the page's index: name below ``search/`` and content; the manifest last.

    So whoever has the manifest of a build finds the other files of it there.
    """
    with index.reading() as contents:
        layout = Layout.of(contents.order_keys)
        cuts = Cuts.of(layout.numbers)
        context = ListsContext(index, layout.ranks(contents.size), cuts)
        bounds = _bounds(contents)
        index.close()  # each process opens files of its own
        work = itertools.pairwise(bounds)
        written = mapper.map(_written_lists, context, work)
        lists: dict[Term, TermLists] = {}
        families: list[Family] = []
        for terms, found in map(_DECODER.decode, written):
            lists.update((Term(*text.split(SEPARATOR)), each) for text, each in terms.items())
            families += found
    # From now on others make these, while this process makes the rest.
    common = mapper.begin(_common_files, (families, cuts)) if cuts.starts else list
    blocks = chunks(layout.blocks(), _BLOCKS)
    documents = mapper.map(_document_files, DocumentsContext(index, layout), blocks)
    first = next(documents, [])
    with index.reading() as contents:
        manifest = yield from _files(contents, layout, lists, cuts)
    yield from itertools.chain(first, *documents, common())
    yield manifest_file(manifest)


def _bounds(index: WhooshPostings) -> list[bytes]:
    """Texts that cut all terms into parts of like number, between families."""
    texts = index.usual_terms("words")
    cuts = [text[: text.rindex(SEPARATOR.encode())] for text in texts[_PART::_PART]]
    return [b"", *dict.fromkeys(cuts), b"\xff"]


def _written_lists(context: ListsContext, part: tuple[bytes, bytes]) -> bytes:
    index = context.index.again()
    with contextlib.closing(index), index.reading() as contents:
        return _ENCODER.encode(written_lists(contents, context.ranks, context.cuts, *part))


def _document_files(
    context: DocumentsContext, blocks: Iterable[tuple[str, slice]]
) -> list[tuple[str, bytes]]:
    index = context.index.again()
    with contextlib.closing(index), index.reading() as contents:
        return [document_file(contents, context.layout, *block) for block in blocks]


def _files(
    index: WhooshPostings, layout: Layout, lists: Mapping[Term, TermLists], cuts: Cuts
) -> Generator[tuple[str, bytes], None, Manifest]:
    vocabulary = WholeVocabulary(lists, index.terms("keys"))
    postings = {term: found.postings for term, found in lists.items()}
    terms = PageTerms(vocabulary, postings, {term: found.places for term, found in lists.items()})
    entries = ((key, entry) for key in vocabulary.ordered_keys if (entry := terms.entry(key)))
    groups: dict[str, list[str]] = {"terms": []}
    for shard in shards(entries):
        groups["terms"].append(shard[0][0])
        yield terms_file(shard)
        yield places_file(shard, terms.places)
    for term, found in lists.items():
        place = vocabulary.of_word(term.word).index(term) if found.pieces else 0
        for number, piece in enumerate(found.pieces):
            yield list_file(term.word, place, number, piece.postings)
            yield list_places_file(term.word, place, number, piece.places)
    spellings = _spellings(index.facts.values())
    for field, listed in keyword_lists(index, layout.ranks(index.size)).items():
        groups[field] = []
        for shard in shards(
            (keyword, keyword_entry(keyword, spellings.get((field, keyword)), listed[keyword]))
            for keyword in sorted(listed, key=page_order)
        ):
            groups[field].append(shard[0][0])
            yield keyword_file(field, shard)
    for year, _ in layout.years:
        yield date_file(layout, year, index.periods)
    return Manifest.of(
        layout,
        cuts,
        contents=contents(index.identified()),
        length=index.total_length,
        groups=groups,
    )


def _common_files(of: tuple[Sequence[Family], Cuts]) -> list[tuple[str, bytes]]:
    families, cuts = of
    return [
        *(best_file(family.root, family.best) for family in families),
        *itertools.starmap(columns_file, all_pairs(families, cuts)),
        counts_file({family.root: family.documents for family in families}),
    ]


def terms_file(shard: Shard) -> tuple[str, bytes]:
    """A shard of terms."""
    return _shard(f"terms/{shard_name(shard[0][0])}", shard)


def places_file(shard: Shard, places_of: Callable[[str], str | None]) -> tuple[str, bytes]:
    """The places of the words of a shard of terms; None, or 0, for a key that is no word."""
    name = f"places/{shard_name(shard[0][0])}"
    return _file(name, [places_of(word) or 0 for word, _ in shard])


def best_file(root: Root, found: Best) -> tuple[str, bytes]:
    """The best documents of a family."""
    return _file(best_name(root), found)


def columns_file(name: str, columns: Columns) -> tuple[str, bytes]:
    """What families weigh in the best documents of another."""
    return _shard(name, sorted(columns.items()))


def counts_file(counts: Mapping[Root, int]) -> tuple[str, bytes]:
    """How many documents each family has."""
    return _shard(COUNTS, sorted((key_of(root), count) for root, count in counts.items()))


def list_file(word: str, place: int, piece: int, postings: str) -> tuple[str, bytes]:
    """A piece of the list of a word's term, which its entry names in a place."""
    return _file(list_name(word, place, piece), postings)


def list_places_file(word: str, place: int, piece: int, places: str) -> tuple[str, bytes]:
    """Where the word stands in the documents of a piece."""
    return _file(places_name(word, place, piece), places)


def value_in(file: bytes) -> Any:
    """What a file hands over, if it has no keys."""
    return json.loads(file[file.index(b",") + 1 : file.rindex(b")")])


def entries_in(file: bytes) -> dict[str, Any]:
    """What a file hands over, by key."""
    start, end = file.index(b"(", file.index(b"new Map")) + 1, file.rindex(b"))")
    return dict(json.loads(file[start:end]))


def keyword_file(field: str, shard: Shard) -> tuple[str, bytes]:
    """A shard of keywords."""
    return _shard(f"{field}/{shard_name(shard[0][0])}", shard)


def document_file(
    index: WhooshPostings, layout: Layout, name: str, members: slice
) -> tuple[str, bytes]:
    """A file of documents: their numbers, then each of them."""
    shown = [_shown(stored_document(index, document)) for document in layout.documents[members]]
    return _file(f"documents/{name}", [written_numbers(layout.numbers[members]), *shown])


def date_file(layout: Layout, year: int, periods: Mapping[int, str]) -> tuple[str, bytes]:
    """The periods of a year, in runs; ``periods``: number in the index → period."""
    part = layout.of_year(year)
    pairs = zip(layout.documents[part], layout.numbers[part], strict=True)
    runs = [
        (period, written_numbers([number for _, number in run]))
        for period, run in itertools.groupby(pairs, key=lambda pair: periods[pair[0]])
    ]
    return _file(f"dates/{year}", runs)


def manifest_file(manifest: Manifest) -> tuple[str, bytes]:
    """What is of all documents."""
    return _file(MANIFEST, manifest.value)


def stored_document(index: WhooshPostings, number: int) -> SearchDocument:
    """A document of the index."""
    return SearchDocument(*index.stored(number))


def shard_name(first_key: str) -> str:
    """The file of the shard that begins with a key; ``shards.js`` has the same function.

    Readable where that is possible everywhere; else a number made from the key.
    """
    if re.fullmatch(r"[a-z0-9]{1,24}", first_key):
        return f"w-{first_key}"
    return f"x-{number_of(first_key):08x}"


def shards(entries: Iterable[tuple[str, Any]]) -> Iterator[Shard]:
    """All entries, cut into shards."""
    cutter = Cutter()
    for key, value in entries:
        yield from cutter.add(key, value)
    yield from cutter.end()


class Cutter:
    """Cuts at short keys that a checksum picks, and before long entries.

    So an entry more or less moves few of the cuts, who asks for a word loads little besides, and
    the manifest, which has the first key of each shard, is short.
    """

    def __init__(self) -> None:
        self._shard: Shard = []
        self._size = 0
        self._names: set[str] = set()

    def add(self, key: str, value: Any) -> Iterator[Shard]:
        """Take the next entry; yields the shard that ends before it."""
        size = entry_size(key, value)
        if self.cuts_before(key, size):
            yield from self.end()
            self._names.add(shard_name(key))
        self._shard.append((key, value))
        self._size += size

    def cuts_before(self, key: str, size: int = 0) -> bool:
        """Whether a shard begins with ``key``; ``size``: of its entry, 0 for whether any does."""
        before = self._size
        cut = (
            before > MAX_SHARD
            or (before > MIN_SHARD and len(key) <= _SHORT and zlib.crc32(key.encode()) % 2 == 0)
            or (before > MIN_SHARD // 2 and before + size > MAX_SHARD)
        )
        return not self._shard or (cut and shard_name(key) not in self._names)

    def end(self) -> Iterator[Shard]:
        """The shard that is begun, if one is."""
        if self._shard:
            yield self._shard
        self._shard, self._size = [], 0


def entry_size(key: str, value: Any) -> int:
    """How many characters an entry adds to a shard."""
    return len(key) + (len(value) if isinstance(value, str) else sum(map(len, value)))


def _shown(document: SearchDocument) -> list[Any]:
    return [
        document.title,
        document.date,
        document.source,
        document.url,
        document.language,
        _excerpt(document.summary or document.text),
    ]


def _excerpt(text: str) -> str:
    flat = " ".join(text[: 4 * _EXCERPT].split())
    if len(flat) <= _EXCERPT:
        return flat
    cut = flat.rfind(" ", _EXCERPT - 30, _EXCERPT)
    return flat[: cut if cut > 0 else _EXCERPT] + " …"


def _spellings(facts: Iterable[str]) -> dict[tuple[str, str], str | None]:
    """Field and keyword → how it is mostly written, from the facts of all documents."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for text in facts:
        _, source, *tags = text.split(SEPARATOR)
        for field, values in (("source", [source]), ("tag", dict.fromkeys(tags))):
            for value in values:
                counts[field, analysis.keyword(value)][value] += 1
    return {key: commonest(found) for key, found in counts.items()}


def _file(name: str, value: object) -> tuple[str, bytes]:
    return f"{name}.js", f'archiveSearch.add("{name}",{_literal(value)});\n'.encode()


def _shard(name: str, entries: Shard) -> tuple[str, bytes]:
    # A map, not an object: a tag may be called __proto__.
    text = f'archiveSearch.add("{name}",new Map({_literal(entries)}));\n'
    return f"{name}.js", text.encode()


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

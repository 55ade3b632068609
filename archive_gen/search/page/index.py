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
``words/*.js``       all words of a length, for slips and fuzzy words; see ``words``
``common/*.js``      both for the terms of common words, in pieces; see ``cuts``
``best/*.js``        the articles that may score highest by a common word; see ``best``
``pairs/*.js``       what other common words weigh in these; see ``pairs``
``tag/*.js``, …      keyword → its commonest spelling and its documents, a folder a field
``dates/YEAR.js``    the periods of a year's documents, in runs; year 0 has no dates
``documents/*/*.js`` a few documents that follow each other, a folder a month: what a hit shows
===================  ==================================================================

Numbers are in the ``notation``, and lists as ``lists`` writes them.
"""

from __future__ import annotations

import contextlib
import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from archive_gen.parallel import SerialMapper, chunks
from archive_gen.search import analysis
from archive_gen.search.analysis import Term
from archive_gen.search.flat.lists import spellings_in
from archive_gen.search.page.cuts import Cuts
from archive_gen.search.page.files import (
    best_file,
    columns_file,
    counts_file,
    date_file,
    document_file,
    keyword_file,
    list_file,
    list_places_file,
    manifest_file,
    places_file,
    terms_file,
    words_file,
)
from archive_gen.search.page.layout import Layout
from archive_gen.search.page.lists import TermLists
from archive_gen.search.page.manifest import Manifest, contents
from archive_gen.search.page.pairs import Family, all_pairs
from archive_gen.search.page.shards import shards
from archive_gen.search.page.terms import (
    PageTerms,
    commonest,
    keyword_entry,
    keyword_lists,
    written_lists,
)
from archive_gen.search.page.vocabulary import WholeVocabulary, page_order
from archive_gen.search.page.words import by_length, marks_of
from archive_gen.search.whoosh.schema import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from archive_gen.parallel import Mapper
    from archive_gen.search.page.files import File
    from archive_gen.search.whoosh.index import WhooshIndex
    from archive_gen.search.whoosh.postings import WhooshPostings

_PART = 3_000
"""Terms of the largest segment whose lists are read in one go."""
_BLOCKS = 1_000
"""Files of documents that are made in one go."""
_SERIAL = SerialMapper()
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(tuple[dict[str, TermLists], list[Family]])


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


def files(index: WhooshIndex, mapper: Mapper = _SERIAL) -> Iterator[File]:
    """The files of the page's index: name below ``search/`` and content; the manifest last.

    So whoever has the manifest of a build finds the other files of it there.
    """
    with index.reading() as contents:
        layout = Layout.of(*contents.order_keys)
        cuts = Cuts.of(layout.numbers)
        context = ListsContext(index, layout.ranks(contents.size), cuts)
        bounds = _bounds(contents)
        index.close()  # each process opens files of its own
    # First, as these processes would inherit all that this one reads below.
    blocks = chunks(layout.blocks(), _BLOCKS)
    for made in mapper.map(_document_files, DocumentsContext(index, layout), blocks):
        yield from made
    lists: dict[Term, TermLists] = {}
    families: list[Family] = []
    written = mapper.map(_written_lists, context, itertools.pairwise(bounds))
    for terms, found in map(_DECODER.decode, written):
        lists.update((Term(*text.split(SEPARATOR)), each) for text, each in terms.items())
        families += found
    # From now on another process makes these, while this one makes the rest.
    common = mapper.begin(_common_files, (families, cuts)) if cuts.starts else list
    del families
    with index.reading() as contents:
        manifest = yield from _files(contents, layout, lists, cuts)
    yield from common()
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


def _document_files(context: DocumentsContext, blocks: Iterable[tuple[str, slice]]) -> list[File]:
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
    words = by_length(marks_of((term.word, found) for term, found in lists.items()))
    yield from itertools.starmap(words_file, words.items())
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
        lengths=words,
        languages=vocabulary.languages,
    )


def _common_files(of: tuple[Sequence[Family], Cuts]) -> list[File]:
    families, cuts = of
    return [
        *(best_file(family.root, family.best) for family in families),
        *itertools.starmap(columns_file, all_pairs(families, cuts)),
        counts_file({family.root: family.documents for family in families}),
    ]


def _spellings(facts: Iterable[str]) -> dict[tuple[str, str], str | None]:
    """Field and keyword → how it is mostly written, from the facts of all documents."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for text in facts:
        for field, value in dict.fromkeys(spellings_in(text)):
            counts[field, analysis.keyword(value)][value] += 1
    return {key: commonest(found) for key, found in counts.items()}

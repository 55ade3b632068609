"""What Whoosh keeps of an article: terms with postings, keywords, and columns.

=========  ======================================================================
``path``     the identity
``words``    the terms of all its text; see ``matching`` for what a posting holds
``keys``     ``field ␟ keyword``: tags, dates, names, as one exact term each
``stored``   the document itself, for results
``moment``   column: its place in time as a number, 0 without a date
``length``   column: its length class
``facts``    column: what facets count: period, source, place and tags
``digest``   column: path and digest, for incremental updates
=========  ======================================================================
"""

from __future__ import annotations

import dataclasses
import functools
import operator
from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeAlias

from whoosh import columns, fields, formats

from archive_gen.conditions import OWN, own_term
from archive_gen.dates import parse_date
from archive_gen.memo import Memo
from archive_gen.search import analysis, scoring
from archive_gen.search.flat.lists import SEPARATOR as SEPARATOR
from archive_gen.search.page.numbers import order_key, tie
from archive_gen.search.scoring import MAX_WEIGHT, TITLE_PLACES
from archive_gen.search.values import SearchDocument

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archive_gen.dates import ArchiveDate
    from archive_gen.search.analysis import Term

Posting = tuple[bytes, int, "Sequence[int]"]
"""A term of an article: its text, posting and places."""

# Words of different parts of an article never stand together.
_GAP = 10
_VALUES = operator.attrgetter(*(field.name for field in dataclasses.fields(SearchDocument)))


def schema() -> fields.Schema:
    """The Whoosh schema of the index."""
    return fields.Schema(
        path=PathField(),
        words=WordsField(),
        keys=KeysField(),
        stored=fields.STORED(),
        moment=fields.COLUMN(columns.NumericColumn("q")),
        length=fields.COLUMN(columns.NumericColumn("B")),
        facts=fields.COLUMN(columns.VarBytesColumn()),
        digest=fields.COLUMN(columns.VarBytesColumn()),
    )


def fields_of(document: SearchDocument) -> dict[str, Any]:
    """The values of all fields of a document, as ``add_document`` takes them."""
    words = Words.of(document)
    return {
        "path": document.path,
        "words": words,
        "keys": words,
        "stored": _VALUES(document),
        "moment": moment(date_of(document)),
        "length": words.length_class,
        "facts": facts_of(document).encode(),
        "digest": identified(document),
    }


def facts_of(document: SearchDocument) -> str:
    """What facets count of a document; see ``spellings_in``."""
    date = date_of(document)
    return SEPARATOR.join(
        (date.period if date else "", document.source, document.place, *document.tags)
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Words:
    """A document, analysed."""

    document: SearchDocument
    language: str
    """Whose stems it has."""
    parts: tuple[tuple[int, list[str]], ...]
    """The words of each part with the part's weight; the title is the first."""

    @classmethod
    def of(cls, document: SearchDocument) -> Words:
        """Analyse a document."""
        listed = (*document.tags, *document.authors, document.place, document.source)
        listed += tuple(name for _, name in (*document.unshown_keywords, *document.terms))
        parts = (
            (scoring.TITLE_WEIGHT, analysis.words(document.title)[: TITLE_PLACES - 1]),
            (scoring.SUMMARY_WEIGHT, analysis.words(document.summary)),
            (1, analysis.words(document.text)),
            *((1, analysis.words(text)) for text in dict.fromkeys(listed)),
        )
        return cls(document, analysis.stem_language(document.language), parts)

    @property
    def length_class(self) -> int:
        """Of the weighted length."""
        return scoring.length_class(sum(weight * len(words) for weight, words in self.parts))

    def postings(self) -> Iterator[Posting]:
        """Every term with its posting, see ``scoring``, and its places."""
        length = self.length_class << 1
        texts = _term_texts(self.language)
        more = self._more_weight(texts)
        once = 1 << 5 | length
        for text, found in self._places(texts).items():
            # Most stand in one place of the text; all that are in the title weigh more.
            if text in more:
                weight = min(len(found) + more[text], MAX_WEIGHT)
                posting = weight << 5 | length | (found[0] < TITLE_PLACES)
                yield text, posting, found if len(found) > 1 else ALONE[found[0]]
            elif len(found) == 1:
                yield text, once, ALONE[found[0]]
            else:
                yield text, min(len(found), MAX_WEIGHT) << 5 | length, found

    def _places(self, texts: _TermTexts) -> dict[bytes, list[int]]:
        places: defaultdict[bytes, list[int]] = defaultdict(list)
        place = 0
        for number, (_, words) in enumerate(self.parts):
            if number:
                place = max(place + _GAP, TITLE_PLACES)
            for at, text in enumerate(map(texts.__getitem__, words), place):
                places[text].append(at)
            place += len(words)
        return places

    def _more_weight(self, texts: _TermTexts) -> Mapping[bytes, int]:
        """Terms of heavy parts → what they weigh beyond one for each place."""
        more: defaultdict[bytes, int] = defaultdict(int)
        for weight, words in self.parts:
            for word in words if weight > 1 else ():
                more[texts[word]] += weight - 1
        return more


ALONE: Memo[int, tuple[int]] = Memo(lambda place: (place,))
"""One place → itself alone: nearly all are such, and one object serves all that are equal."""


class Places(formats.Format):  # type: ignore[misc]
    """The places of a term in an article, see ``place_bits``."""


class WordsField(fields.FieldType):  # type: ignore[misc]
    """The words of an article, with postings made for ``matching``.

    Whoosh's own analysis makes an object for each word; ``codec`` takes the postings instead.
    """

    stored = unique = scorable = False

    def __init__(self) -> None:
        self.format = Places()
        self.analyzer = None

    def postings(self, value: Words) -> Iterator[Posting]:
        """What ``codec`` writes of an article."""
        return value.postings()


class KeysField(fields.FieldType):  # type: ignore[misc]
    """The keywords of an article."""

    stored = unique = scorable = False

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.analyzer = None

    def postings(self, value: Words) -> Iterator[Posting]:
        """Each keyword once."""
        return ((text, 1, ()) for text in sorted(set(keywords(value))))


class PathField(fields.FieldType):  # type: ignore[misc]
    """The path of an article, by which an update finds it."""

    stored = unique = scorable = False

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.analyzer = None

    def postings(self, value: str) -> Iterator[Posting]:
        """The path itself."""
        yield value.encode(), 1, ()


@functools.cache
def _term_texts(language: str) -> _TermTexts:
    return Memo(lambda word: term_text(analysis.term(language, word)))


_TermTexts: TypeAlias = Memo[str, bytes]
"""Word → its term as Whoosh keeps it, in one language: nearly always a mere look."""


def identified(document: SearchDocument) -> bytes:
    """Its path and digest, as a column has them."""
    return f"{document.path}{SEPARATOR}{document.digest}".encode()


def keywords(analysed: Words) -> Iterator[bytes]:
    """Fields and values that are looked up whole; a field may have several."""
    return (f"{field}{SEPARATOR}{value}".encode() for field, value in _keywords(analysed))


def _keywords(analysed: Words) -> Iterator[tuple[str, str]]:
    document = analysed.document
    named = (
        *(("tag", tag) for tag in document.tags),
        ("source", document.source),
        *(("author", author) for author in document.authors),
        ("place", document.place),
        *document.unshown_keywords,
        *((OWN, name) for _, name in document.terms),
        *((OWN, own_term(taxonomy, name)) for taxonomy, name in document.terms),
    )
    for field, name in named:
        if value := analysis.keyword(name):
            yield field, value
    date = date_of(document)
    for period in date.periods if date else ():
        yield "date", period
    if document.language:
        yield "language", analysis.keyword(document.language)
        yield "language", analysis.keyword(document.language.partition("-")[0])
    yield "stems", analysed.language
    yield from _aliases(analysed)


def date_of(document: SearchDocument) -> ArchiveDate | None:
    """The document's date; None if it has none."""
    return parse_date(document.date) if document.date else None


def moment(date: ArchiveDate | None) -> int:
    """A number that grows with time; 0 without a date."""
    if date is None:
        return 0
    clock = int((date.time[:8].replace(":", "") + "000000")[:6])
    return ((date.year * 100 + date.month) * 100 + date.day) * 1_000_000 + clock


def page_order(document: SearchDocument) -> int:
    """Sorted by it, documents stand as ``page.numbers`` numbers them."""
    return order_key(moment(date_of(document)), tie(document.path))


def term_text(term: Term) -> bytes:
    """A term as Whoosh keeps it: families stand together."""
    return SEPARATOR.join(term).encode()


def _aliases(analysed: Words) -> Iterator[tuple[str, str]]:
    """Stems that a word typed without its diacritics would not lead to."""
    language = analysed.language
    for _, words in analysed.parts if language else ():
        if "".join(words).isascii():
            continue
        for word in {word for word in words if not word.isascii()}:
            plain = analysis.key(word)
            if plain != word:
                stem = analysis.stem(language, word)
                if stem != analysis.stem(language, plain):
                    yield f"alias {plain}", f"{language} {stem}"

"""The terms and keywords of an archive, in the page's notation; see ``index``.

All of it is read from the postings of the index in one pass: nothing is analysed again.
"""

from __future__ import annotations

import functools
import itertools
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from archive_gen.conditions import OWN
from archive_gen.memo import Memo
from archive_gen.search import analysis
from archive_gen.search.analysis import Term
from archive_gen.search.flat.lists import FACETS
from archive_gen.search.page.best import weighed
from archive_gen.search.page.lists import (
    Listed,
    TermLists,
    cut_list,
    numbers_in,
    ranked,
    term_lists,
    written_numbers,
    written_places,
    written_postings,
)
from archive_gen.search.page.notation import shared
from archive_gen.search.page.pairs import Family
from archive_gen.search.page.words import mark_of
from archive_gen.search.whoosh.schema import SEPARATOR, term_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from archive_gen.search.flat.segment import Segment
    from archive_gen.search.page.best import Weighed
    from archive_gen.search.page.cuts import Cuts
    from archive_gen.search.page.layout import Layout
    from archive_gen.search.page.vocabulary import Root, SegmentVocabulary, Vocabulary
    from archive_gen.search.whoosh.postings import Spans, WhooshPostings

T = TypeVar("T")

FIELDS = ("tag", "source", "author", "place", "story", OWN, "language")
"""The fields whose keywords the page knows."""
_PREFIX = "0123456789abcdefghijklmnopqrstuvwxyz"
_MOST_SHARED = len(_PREFIX) - 1


class PageTerms:
    """What the shards say of each term."""

    def __init__(
        self, vocabulary: Vocabulary, postings: Mapping[Term, str], places: Mapping[Term, str]
    ) -> None:
        """``postings``, ``places``: those of each term as text."""
        self._postings = postings
        self._places = places
        self._vocabulary = vocabulary

    def entry(self, key: str) -> str:
        """``terms;relatives``; empty if there are none."""
        own, relatives = self.own(key), self._relatives(key)
        return f"{own};{relatives}" if own or relatives else ""

    def own(self, key: str) -> str:
        """The terms of a word alone."""
        terms = self._vocabulary.of_word(key)
        return "|".join([f"{_root(term)}:{self._postings[term]}" for term in terms])

    def places(self, word: str) -> str | None:
        """Where the terms of a word stand, in the order in which its entry names them.

        None if no document has the word.
        """
        terms = self._vocabulary.of_word(word)
        return "|".join([self._places[term] for term in terms]) if terms else None

    def roots(self, key: str) -> set[Root]:
        """The families that ``matching.families`` finds for a word."""
        languages = self._vocabulary.languages
        roots = {(language, analysis.stem(language, key)) for language in languages}
        return roots.union(self._vocabulary.aliases(key))

    def _relatives(self, word: str) -> str:
        terms = self._vocabulary.of_word(word)
        family = self._vocabulary.family
        found = [term for root in sorted(self.roots(word)) for term in family(root)]
        if found == [*terms]:
            return ""
        return ",".join([_relative(word, terms[:1], term) for term in found if term.word != word])


def written_lists(
    index: WhooshPostings, ranks: Sequence[int], cuts: Cuts, start: bytes, end: bytes
) -> tuple[dict[str, TermLists], list[Family]]:
    """Text of each term from ``start`` to before ``end`` → where it stands; and families with a
    list that is cut.

    ``ranks``: number of a document in the index → in the page.
    """
    found: dict[str, TermLists] = {}
    families: list[Family] = []
    lists = (
        (Term(*t.split(SEPARATOR)), each)
        for t, each in ranked(index.lists("words", start, end), ranks)
    )
    for root, family in itertools.groupby(lists, key=lambda pair: pair[0][:2]):
        members = list(family)
        written = [(term, term_lists(term, listed, cuts)) for term, listed in members]
        found.update((SEPARATOR.join(term), each) for term, each in written)
        if any(each.pieces for _, each in written):
            families.append(Family.of(root, weighed([listed for _, listed in members]), cuts))
    return found, families


class ListsOnDemand:
    """Where terms stand; what is asked for is read."""

    def __init__(
        self,
        vocabulary: SegmentVocabulary,
        index: WhooshPostings,
        layout: Layout,
        ranks: list[int],
        cuts: Cuts,
    ) -> None:
        """``ranks``: number of a document in the index → in the page."""
        self._vocabulary = vocabulary
        self._index = index
        self._layout = layout
        self.cuts = cuts
        self.ranks = ranks
        self._whole = functools.lru_cache(maxsize=4)(self._read)
        self._spans = functools.cache(self._spans_of)
        self._kinds: dict[Term, int | None] = {}

    def terms(self) -> PageTerms:
        """What the shards say of each term."""
        return PageTerms(self._vocabulary, Memo(self._postings), Memo(self._places))

    def piece(self, term: Term, kind: int, piece: int) -> Listed:
        """Where a term stands in the documents of a piece."""
        first, end = self.cuts.numbers(kind, piece)
        lists = self._index.lists_of("words", term_text(term), self._spans(first, end))
        for _, listed in ranked(lists, self.ranks):
            numbers = listed.numbers
            return listed.part(slice(bisect_left(numbers, first), bisect_left(numbers, end)))
        return Listed([], [], [])

    def is_cut(self, terms: Sequence[Term]) -> bool:
        """Whether the list of one of these terms is."""
        return any(self.kind(term) is not None for term in terms)

    def weighed(self, terms: Sequence[Term]) -> Weighed:
        """What a family with these terms weighs."""
        return weighed([*map(self._whole, terms)])

    def know(self, kinds: Mapping[Term, int | None]) -> None:
        """What ``kind`` is of terms, for whoever has it from elsewhere."""
        self._kinds.update(kinds)

    def kind(self, term: Term) -> int | None:
        """See ``Cuts.kind``."""
        if term not in self._kinds:
            self._kinds[term] = self._said([term], functools.partial(self.cuts.kind, term))
        return self._kinds[term]

    def mark(self, word: str) -> int:
        """See ``words.mark_of``."""
        terms = self._vocabulary.of_word(word)
        in_title = any(map(self._vocabulary.is_in_title, terms))
        return self._said(terms, functools.partial(mark_of, in_title=in_title))

    def _said(self, terms: Sequence[Term], say: Callable[[int], T]) -> T:
        """What ``say`` has of how many documents have a term, in all: they are counted only where
        it makes a difference which of them are deleted."""
        counts = [self._index.counts("words", term_text(term)) for term in terms]
        said = say(sum(most for _, most in counts))
        if said != say(sum(least for least, _ in counts)):
            said = say(sum(map(self._vocabulary.frequency, terms)))
        return said

    def _postings(self, term: Term) -> str:
        kind = self.kind(term)
        return written_postings(self._whole(term)) if kind is None else cut_list(kind)

    def _places(self, term: Term) -> str:
        return written_places(self._whole(term)) if self.kind(term) is None else ""

    def _read(self, term: Term) -> Listed:
        [(_, found)] = ranked(self._index.lists_of("words", term_text(term)), self.ranks)
        return found

    def _spans_of(self, first: int, end: int) -> Spans:
        """In which part of each segment the documents of a piece are."""
        numbers = self._layout.numbers
        here = slice(bisect_left(numbers, first), bisect_left(numbers, end))
        return self._index.spans(self._layout.documents[here])


def keyword_lists(index: WhooshPostings, ranks: Sequence[int]) -> dict[str, dict[str, str]]:
    """Field → keyword → its documents."""
    found: dict[str, dict[str, str]] = {field: {} for field in FIELDS}
    for text, (numbers, _, _) in ranked(index.lists("keys"), ranks):
        field, _, value = text.partition(SEPARATOR)
        if field in found:
            found[field][value] = written_numbers(numbers)
    return found


def keyword_entry(keyword: str, spelling: str | None, documents: str) -> list[str]:
    """What the page knows of a keyword; no spelling stands for the keyword itself."""
    return ["" if spelling == keyword else spelling or "", documents]


def commonest(spellings: Mapping[str, int]) -> str | None:
    """How a keyword is mostly written, from how many documents have each spelling."""
    return min(spellings, key=lambda text: (-spellings[text], text), default=None)


class KeywordsOnDemand:
    """The keywords of a field; a list is read when it is asked for."""

    def __init__(
        self, field: str, segments: Sequence[Segment], index: WhooshPostings, ranks: Sequence[int]
    ) -> None:
        self._field = field
        self._segments = segments
        self._index = index
        self._ranks = ranks

    def entry(self, keyword: str) -> list[str] | None:
        """What the page knows of a keyword; None if no document has it."""
        text = f"{self._field}{SEPARATOR}{keyword}".encode()
        numbers = numbers_in(self._index.lists_of("keys", text), self._ranks)
        if not numbers:
            return None
        return keyword_entry(keyword, self._spelling(keyword), written_numbers(numbers))

    def _spelling(self, keyword: str) -> str | None:
        counts: Counter[str] = Counter()
        facet = next((facet for facet, field in FACETS.items() if field == self._field), "")
        for segment in self._segments:
            for spelling, documents in segment.spellings(facet, keyword):
                counts[spelling] += documents.intersection_cardinality(segment.live)
        return commonest(+counts)


def _root(term: Term) -> str:
    """Language and stem; a stem is written as what it shares with the word and its own end."""
    count = shared(term.stem, term.word, _MOST_SHARED)
    stem = "" if term.stem == term.word else _PREFIX[count] + term.stem[count:]
    return f"{term.language}:{stem}"


def root_in(word: str, text: str) -> Root:
    """Language and stem of a word's term, from what ``_root`` wrote."""
    language, _, stem = text.partition(":")
    return language, word[: _PREFIX.index(stem[0])] + stem[1:] if stem else word


def _relative(word: str, first: Sequence[Term], other: Term) -> str:
    """Another word of the family; its language and stem only if they are not ``first``'s."""
    count = shared(word, other.word, _MOST_SHARED)
    text = _PREFIX[count] + other.word[count:]
    return text if first and first[0][:2] == other[:2] else f"{text}:{_root(other)}"

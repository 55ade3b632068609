"""The terms and keywords of an archive, in the page's notation; see ``browser``.

All of it is read from the postings of the index in one pass: nothing is analysed again.
"""

from __future__ import annotations

import functools
import itertools
import operator
from collections import Counter
from typing import TYPE_CHECKING

from archive_gen.search import analysis
from archive_gen.search.analysis import Term
from archive_gen.search.merging import ABSENT, merged
from archive_gen.search.notation import POSTING, VARINT
from archive_gen.search.page_numbers import SLOT_BITS
from archive_gen.search.place_bits import packed
from archive_gen.search.schema import SEPARATOR, term_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from archive_gen.search.codec import PostingList
    from archive_gen.search.page_vocabulary import Root, Vocabulary
    from archive_gen.search.postings import WhooshPostings
    from archive_gen.search.segment import Segment

_FACETS = {"tag": "tags", "source": "sources"}
"""Field → the facet that knows its spellings."""
FIELDS = ("tag", "source", "author", "place", "language")
"""The fields whose keywords the page knows."""
_PREFIX = "0123456789abcdefghijklmnopqrstuvwxyz"
_SLOTS = (1 << SLOT_BITS) - 1
_NEXT_DAY = 1 << SLOT_BITS - 1
"""Numbers this far apart are of two days: no day fills half of its slots."""


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
        terms = self._vocabulary.of_word(key)
        own = [f"{_root(term)}:{self._postings[term]}" for term in terms]
        relatives = self._relatives(key, terms)
        return f"{'|'.join(own)};{relatives}" if own or relatives else ""

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

    def _relatives(self, word: str, terms: Sequence[Term]) -> str:
        family = self._vocabulary.family
        found = [term for root in sorted(self.roots(word)) for term in family(root)]
        if found == [*terms]:
            return ""
        return ",".join([_relative(word, terms[:1], term) for term in found if term.word != word])


def written_lists(
    index: WhooshPostings, ranks: Sequence[int], start: bytes, end: bytes
) -> dict[str, tuple[str, str]]:
    """Text of each term from ``start`` to before ``end`` → its postings and places.

    ``ranks``: number of a document in the index → in the page.
    """
    found = index.lists("words", start, end)
    return {
        text: (_written(numbers, postings), packed(b"".join(values)))
        for text, (numbers, postings, values) in _ranked(found, ranks)
    }


def terms_on_demand(
    vocabulary: Vocabulary, index: WhooshPostings, ranks: Sequence[int]
) -> PageTerms:
    """The terms of a vocabulary; a list is read when it is asked for."""

    @functools.lru_cache(maxsize=4)
    def ranked(term: Term) -> _Ranked:
        [(_, found)] = _ranked(index.lists_of("words", term_text(term)), ranks)
        return found

    def postings(term: Term) -> str:
        numbers, found, _ = ranked(term)
        return _written(numbers, found)

    def places(term: Term) -> str:
        return packed(b"".join(ranked(term)[2]))

    return PageTerms(vocabulary, _OnDemand(postings), _OnDemand(places))


def keyword_lists(index: WhooshPostings, ranks: Sequence[int]) -> dict[str, dict[str, str]]:
    """Field → keyword → its documents."""
    found: dict[str, dict[str, str]] = {field: {} for field in FIELDS}
    for text, (numbers, _, _) in _ranked(index.lists("keys"), ranks):
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
        for _, (numbers, _, _) in _ranked(self._index.lists_of("keys", text), self._ranks):
            return keyword_entry(keyword, self._spelling(keyword), written_numbers(numbers))
        return None

    def _spelling(self, keyword: str) -> str | None:
        counts: Counter[str] = Counter()
        facet = _FACETS.get(self._field, "")
        for segment in self._segments:
            for spelling, documents in segment.spellings(facet, keyword):
                counts[spelling] += documents.intersection_cardinality(segment.live)
        return commonest(+counts)


class _OnDemand(dict[Term, str]):
    """Made when it is asked for."""

    def __init__(self, make: Callable[[Term], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, term: Term) -> str:
        text = self[term] = self._make(term)
        return text


_Ranked = tuple["Sequence[int]", "Sequence[int]", "Sequence[bytes]"]
"""The page's numbers of documents, in order, with posting and places in each."""


def _ranked(lists: Iterable[PostingList], ranks: Sequence[int]) -> Iterator[tuple[str, _Ranked]]:
    """Those of the lists that have documents, a term once."""
    for text, parts in itertools.groupby(lists, key=operator.itemgetter(0)):
        ranked = merged(
            ([*map(ranks.__getitem__, documents)], weights, values)
            for _, documents, weights, values in parts
        )
        if ranked[0]:
            yield text.decode(), ranked


def written_numbers(numbers: Sequence[int]) -> str:
    """Documents, each by the gap to the one before: in slots if it is of the same day.

    Else the slot is written with a lowest bit, and the days between the two follow.
    """
    return "".join(_gaps(numbers))


def _written(numbers: Sequence[int], postings: Iterable[int]) -> str:
    """A posting list: each document with its posting."""
    pairs = zip(_gaps(numbers), postings, strict=True)
    return "".join([gap + POSTING[posting] for gap, posting in pairs])


def _gaps(numbers: Sequence[int]) -> list[str]:
    gaps = map(operator.sub, numbers[1:], numbers)
    rest = zip(gaps, numbers[1:], strict=True)
    return [_other_day(numbers[0], numbers[0] - ABSENT)] + [
        _SAME_DAY[gap] if gap < _NEXT_DAY else _other_day(number, gap) for gap, number in rest
    ]


def _other_day(number: int, gap: int) -> str:
    days = (number >> SLOT_BITS) - (number - gap >> SLOT_BITS)
    return VARINT[(number & _SLOTS) << 1 | 1] + VARINT[days - 1]


class _SameDay(dict[int, str]):
    """How a gap within a day is written: those that nearly all are stay here."""

    def __missing__(self, gap: int) -> str:
        text = VARINT[gap - 1 << 1]
        if gap < _OFTEN:
            self[gap] = text
        return text


_SAME_DAY = _SameDay()
_OFTEN = 1 << 12


def _root(term: Term) -> str:
    """Language and stem; a stem is written as what it shares with the word and its own end."""
    shared = _shared(term.stem, term.word)
    stem = "" if term.stem == term.word else _PREFIX[shared] + term.stem[shared:]
    return f"{term.language}:{stem}"


def _relative(word: str, first: Sequence[Term], other: Term) -> str:
    """Another word of the family; its language and stem only if they are not ``first``'s."""
    shared = _shared(word, other.word)
    text = _PREFIX[shared] + other.word[shared:]
    return text if first and first[0][:2] == other[:2] else f"{text}:{_root(other)}"


def _shared(first: str, second: str) -> int:
    most = min(len(first), len(second), len(_PREFIX) - 1)
    if first[:most] == second[:most]:
        return most
    return next(n for n in range(most) if first[n] != second[n])

"""The terms and keywords of an archive, in the page's notation; see ``browser``.

All of it is read from the postings of the index in one pass: nothing is analysed again.
"""

from __future__ import annotations

import itertools
import operator
from typing import TYPE_CHECKING

from archive_gen.search import analysis
from archive_gen.search.analysis import Term
from archive_gen.search.notation import POSTING, VARINT
from archive_gen.search.schema import SEPARATOR, term_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archive_gen.search.codec import PostingList
    from archive_gen.search.page_vocabulary import Root, Vocabulary
    from archive_gen.search.postings import WhooshPostings

FIELDS = ("tag", "source", "author", "place", "language")
"""The fields whose keywords the page knows."""
_PREFIX = "0123456789abcdefghijklmnopqrstuvwxyz"
_ABSENT = -1


class PageTerms:
    """What the shards say of each term."""

    def __init__(self, vocabulary: Vocabulary, lists: Mapping[Term, tuple[str, str]]) -> None:
        """``lists``: term → its postings and places as text."""
        self._lists = lists
        self._vocabulary = vocabulary

    def entry(self, key: str) -> str:
        """``terms;relatives``; empty if there are none."""
        terms = self._vocabulary.of_word(key)
        own = [f"{_root(term)}:{self._lists[term][0]}" for term in terms]
        relatives = self._relatives(key, terms)
        return f"{'|'.join(own)};{relatives}" if own or relatives else ""

    def has(self, word: str) -> bool:
        """Whether some document has the word."""
        return bool(self._vocabulary.of_word(word))

    def places(self, word: str) -> str:
        """Where the terms of a word stand, in the order in which its entry names them."""
        return "|".join([self._lists[term][1] for term in self._vocabulary.of_word(word)])

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
    index: WhooshPostings, numbers: Sequence[int], start: bytes, end: bytes
) -> dict[str, tuple[str, str]]:
    """Text of each term from ``start`` to before ``end`` → its postings and places.

    ``numbers`` are the documents as the page counts them.
    """
    found = index.lists("words", start, end)
    return {
        text: (_written(documents, postings), b"".join(values).decode())
        for text, (documents, postings, values) in _ranked(found, _ranks(index, numbers))
    }


def terms_on_demand(
    vocabulary: Vocabulary, index: WhooshPostings, numbers: Sequence[int]
) -> PageTerms:
    """The terms of a vocabulary; a list is read when it is asked for."""
    return PageTerms(vocabulary, _ListsOnDemand(index, _ranks(index, numbers)))


def keyword_lists(index: WhooshPostings, numbers: Sequence[int]) -> dict[str, dict[str, str]]:
    """Field → keyword → its documents."""
    found: dict[str, dict[str, str]] = {field: {} for field in FIELDS}
    for text, (documents, _, _) in _ranked(index.lists("keys"), _ranks(index, numbers)):
        field, _, value = text.partition(SEPARATOR)
        if field in found:
            found[field][value] = _written(documents, [0] * len(documents))
    return found


class _ListsOnDemand(dict[Term, tuple[str, str]]):
    def __init__(self, index: WhooshPostings, ranks: Sequence[int]) -> None:
        super().__init__()
        self._index = index
        self._ranks = ranks

    def __missing__(self, term: Term) -> tuple[str, str]:
        found = self._index.lists_of("words", term_text(term))
        [(_, (numbers, postings, places))] = _ranked(found, self._ranks)
        lists = self[term] = _written(numbers, postings), b"".join(places).decode()
        return lists


def _ranks(index: WhooshPostings, numbers: Sequence[int]) -> list[int]:
    """Document → its number in the page."""
    ranks = [_ABSENT] * index.size
    for number, document in enumerate(numbers):
        ranks[document] = number
    return ranks


_Ranked = tuple["Sequence[int]", "Sequence[int]", "Sequence[bytes]"]
"""The page's numbers of documents, in order, with posting and places in each."""


def _ranked(lists: Iterable[PostingList], ranks: Sequence[int]) -> Iterator[tuple[str, _Ranked]]:
    """Those of the lists that have documents, a term once."""
    for text, parts in itertools.groupby(lists, key=operator.itemgetter(0)):
        numbers: list[int] = []
        weights: list[int] = []
        values: list[bytes] = []
        for _, documents, some_weights, some_values in parts:
            numbers += [ranks[document] for document in documents]
            weights += some_weights
            values += some_values
        ranked = _in_order(numbers, weights, values)
        if ranked[0]:
            yield text.decode(), ranked


def _in_order(numbers: list[int], weights: list[int], values: list[bytes]) -> _Ranked:
    order = sorted(numbers)
    if order == numbers and order[0] >= 0:  # as a rule: the index adds them in the page's order
        return numbers, weights, values
    found = sorted(zip(numbers, weights, values, strict=True))
    kept = [posting for posting in found if posting[0] != _ABSENT]
    columns = list(zip(*kept, strict=True))
    return (columns[0], columns[1], columns[2]) if columns else ((), (), ())


def _written(numbers: Sequence[int], postings: Iterable[int]) -> str:
    """A posting list: for each document the gap to the one before, and the posting."""
    gaps = map(operator.sub, numbers, (_ABSENT, *numbers))
    pairs = zip(gaps, postings, strict=True)
    return "".join([VARINT[gap - 1] + POSTING[posting] for gap, posting in pairs])


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

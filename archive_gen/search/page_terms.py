"""The terms and keywords of an archive, in the page's notation; see ``browser``.

All of it is read from the postings of the index in one pass: nothing is analysed again.
"""

from __future__ import annotations

import itertools
import operator
from collections import defaultdict
from typing import TYPE_CHECKING

from archive_gen.search import analysis
from archive_gen.search.analysis import Term
from archive_gen.search.notation import PAIR, VARINT
from archive_gen.search.schema import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archive_gen.search.postings import WhooshPostings

FIELDS = ("tag", "source", "author", "place", "language")
"""The fields whose keywords the page knows."""
_PREFIX = "0123456789abcdefghijklmnopqrstuvwxyz"
_ABSENT = -1


class PageTerms:
    """What the shards say of each term and keyword.

    ``numbers`` are the documents of ``index`` as the page counts them, in order.
    """

    def __init__(self, index: WhooshPostings, numbers: Sequence[int]) -> None:
        self._lists: dict[Term, tuple[str, str]] = {}
        self._words: defaultdict[str, list[Term]] = defaultdict(list)
        self._families: defaultdict[tuple[str, str], list[Term]] = defaultdict(list)
        self._keywords: dict[str, dict[str, str]] = {field: {} for field in FIELDS}
        self._aliases: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        self._languages: set[str] = set()
        ranks = [_ABSENT] * index.size
        for number, document in enumerate(numbers):
            ranks[document] = number
        self._read_words(_ranked(index, "words", ranks))
        self._read_keywords(_ranked(index, "keys", ranks))

    def terms(self) -> Iterator[tuple[str, str]]:
        """Word key → ``terms;relatives``."""
        for word, terms in self._words.items():
            own = (f"{_root(term)}:{self._lists[term][0]}" for term in terms)
            yield word, f"{'|'.join(own)};{self._relatives(word, terms)}"
        # A stem is often a word that people type ("bank") though articles only have others
        # of its family ("banks").
        for stem in {stem: None for _, stem in self._families}:
            if stem not in self._words and (relatives := self._relatives(stem, [])):
                yield stem, ";" + relatives

    def has(self, word: str) -> bool:
        """Whether some document has the word."""
        return word in self._words

    def places(self, word: str) -> str:
        """Where the terms of a word stand, in the order in which its entry names them."""
        return "|".join(self._lists[term][1] for term in self._words[word])

    def keywords(self, field: str) -> Mapping[str, str]:
        """Keyword → its documents."""
        return self._keywords[field]

    def _read_words(self, lists: Iterator[tuple[str, _Ranked]]) -> None:
        for text, (numbers, postings, places) in lists:
            term = Term(*text.split(SEPARATOR))
            self._lists[term] = _written(numbers, postings), b"".join(places).decode()
            self._words[term.word].append(term)
            self._families[term[:2]].append(term)
        for terms in self._words.values():
            terms.sort()
        for terms in self._families.values():
            terms.sort()

    def _read_keywords(self, lists: Iterator[tuple[str, _Ranked]]) -> None:
        for text, (numbers, _, _) in lists:
            field, _, value = text.partition(SEPARATOR)
            if field in self._keywords:
                self._keywords[field][value] = _written(numbers, [0] * len(numbers))
            elif field == "stems":
                self._languages.add(value)
            elif field.startswith("alias "):
                language, _, stem = value.partition(" ")
                self._aliases[field[6:]].add((language, stem))

    def _relatives(self, word: str, terms: list[Term]) -> str:
        """What ``matching.families`` finds for a word, without the word itself."""
        roots = {(language, analysis.stem(language, word)) for language in self._languages}
        roots |= self._aliases.get(word, set())
        found = [term for root in sorted(roots) for term in self._families.get(root, ())]
        if found == terms:
            return ""
        return ",".join([_relative(word, terms[:1], term) for term in found if term.word != word])


_Ranked = tuple["Sequence[int]", "Sequence[int]", "Sequence[bytes]"]
"""The page's numbers of documents, in order, with posting and places in each."""


def _ranked(
    index: WhooshPostings, field: str, ranks: Sequence[int]
) -> Iterator[tuple[str, _Ranked]]:
    """The posting lists of a field that have documents."""
    for text, parts in itertools.groupby(index.lists(field), key=operator.itemgetter(0)):
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
    return "".join([VARINT[gap - 1] + PAIR[posting] for gap, posting in pairs])


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
    if first[:most] == second[:most]:
        return most
    return next(n for n in range(most) if first[n] != second[n])

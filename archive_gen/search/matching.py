"""Which articles match a query tree, and how well: every match is scored, none is skipped.

It works over ``Postings``, whatever keeps them. A *posting* is one whole number: what scoring
needs to know of a term in an article.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Protocol

from archive_gen.search import analysis, scoring
from archive_gen.search.edits import edits_within
from archive_gen.search.query import (
    All,
    Any,
    Dates,
    Fuzzy,
    Keyword,
    Node,
    Not,
    Text,
    Undated,
    Wild,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from archive_gen.search.analysis import Term

Matches = dict[int, int]
"""Document number → score. Filters score 0."""

TITLE_PLACES = 1000
"""The places of words in titles are below it, all others are not."""


def pack_posting(weight: int, length_class: int, in_title: bool) -> int:  # noqa: FBT001
    """A posting as a number below 2048."""
    return min(weight, scoring.MAX_WEIGHT) << 5 | length_class << 1 | in_title


class Postings(Protocol):
    """What an index must be able to tell of its documents, which have numbers."""

    @property
    def documents(self) -> set[int]:
        """Every document."""
        ...

    @property
    def average_length(self) -> float:
        """Mean of ``scoring.LENGTHS`` over the documents; more than 0."""
        ...

    @property
    def languages(self) -> Iterable[str]:
        """The ``stem_language`` of every document that has words."""
        ...

    def family(self, language: str, stem: str) -> list[Term]:
        """The terms with this language and stem."""
        ...

    @property
    def vocabulary(self) -> Iterable[Term]:
        """Every term, in order."""
        ...

    def postings(self, term: Term) -> Mapping[int, int]:
        """Document → posting."""
        ...

    def places(self, term: Term, documents: set[int]) -> Mapping[int, list[int]]:
        """Document → where in it the term stands, for these documents."""
        ...

    def keyword(self, field: str, value: str) -> set[int]:
        """Documents that have this ``analysis.keyword`` in a field."""
        ...

    def keywords(self, field: str) -> Iterable[str]:
        """Every keyword of a field."""
        ...

    @property
    def periods(self) -> Mapping[int, str]:
        """The finest period of each document; empty for one without a date."""
        ...


def match(node: Node, index: Postings) -> Matches:
    """Every document that ``node`` matches, with its score."""
    return _MATCHERS[type(node)](node, index)


def families(word: str, index: Postings) -> list[Term]:
    """The terms that a typed word means: those of its families in each language.

    Depends only on the word's key, so that diacritics may be left out. For a word whose
    diacritics change its stem the index keeps the stem under ``alias``.
    """
    plain = analysis.key(word)
    roots = {(language, analysis.stem(language, plain)) for language in index.languages}
    for alias in index.keywords(f"alias {plain}"):
        language, _, stem = alias.partition(" ")
        roots.add((language, stem))
    terms = [term for root in sorted(roots) for term in index.family(*root)]
    if terms or plain == word:
        return terms
    stems = {(language, analysis.stem(language, word)) for language in index.languages}
    return [term for root in sorted(stems) for term in index.family(*root)]


def terms_of(node: Node, index: Postings) -> Iterator[Term]:
    """The terms by which documents match ``node``: what to mark in a text."""
    if isinstance(node, Text):
        for _, word in analysis.query_words(node.text):
            yield from _terms_of_word(word, index, exact=node.exact)
    elif isinstance(node, Wild):
        yield from _wild_terms(node.pattern, index)
    elif isinstance(node, Fuzzy):
        yield from _fuzzy_terms(node, index)
    elif isinstance(node, (All, Any)):
        for part in node.parts:
            yield from terms_of(part, index)


def _match_text(node: Text, index: Postings) -> Matches:
    wanted = analysis.query_words(node.text)
    if not wanted:
        return {}
    groups = [
        (offset, _terms_of_word(word, index, exact=node.exact or len(wanted) > 1))
        for offset, word in wanted
    ]
    scored = [_score_group(terms, index, title=node.title) for _, terms in groups]
    matches = _intersection(scored)
    if len(groups) == 1 or not matches:
        return matches
    documents = _in_sequence(groups, set(matches), index, title=node.title)
    return {document: matches[document] for document in documents}


def _terms_of_word(word: str, index: Postings, *, exact: bool) -> list[Term]:
    if analysis.is_single(word):
        return [term for term in index.vocabulary if term.word.startswith(word)]
    terms = families(word, index)
    return [term for term in terms if term.word == analysis.key(word)] if exact else terms


def _match_wild(node: Wild, index: Postings) -> Matches:
    return _score_group(_wild_terms(node.pattern, index), index, title=node.title)


def _wild_terms(pattern: str, index: Postings) -> list[Term]:
    matches = wildcard(pattern)
    return [term for term in index.vocabulary if matches(term.word)]


def _match_fuzzy(node: Fuzzy, index: Postings) -> Matches:
    return _score_group(_fuzzy_terms(node, index), index, title=node.title)


def _fuzzy_terms(node: Fuzzy, index: Postings) -> list[Term]:
    word = analysis.keyword(node.word)
    return [term for term in index.vocabulary if edits_within(word, term.word, node.edits)]


def _score_group(terms: Iterable[Term], index: Postings, *, title: bool) -> Matches:
    """Score terms that mean the same: their weights in a document are added first."""
    weights: dict[int, int] = {}
    for term in terms:
        for document, posting in index.postings(term).items():
            if not title or posting & 1:
                before = weights.get(document)
                # The lower five bits are the document's: they are kept once.
                weights[document] = posting if before is None else before + (posting & ~31)
    if not weights:
        return {}
    rarity = scoring.rarity(len(index.documents), len(weights))
    average = index.average_length
    scores: dict[int, int] = {}  # a packed posting → its score: there are few different ones
    for document, posting in weights.items():
        packed = posting | 1
        if packed not in scores:
            length = scoring.LENGTHS[posting >> 1 & 15]
            scores[packed] = rarity * scoring.impact(posting >> 5, length, average)
        weights[document] = scores[packed]
    return weights


def _in_sequence(
    groups: list[tuple[int, list[Term]]], documents: set[int], index: Postings, *, title: bool
) -> set[int]:
    starts: dict[int, set[int]] = {}
    for number, (offset, terms) in enumerate(groups):
        here: dict[int, set[int]] = {}
        for term in terms:
            for document, places in index.places(term, documents).items():
                here.setdefault(document, set()).update(place - offset for place in places)
        starts = (
            here
            if number == 0
            else {doc: common for doc in starts if (common := starts[doc] & here.get(doc, set()))}
        )
    last = TITLE_PLACES - groups[-1][0]
    return {doc for doc, places in starts.items() if not title or min(places) < last}


def _match_keyword(node: Keyword, index: Postings) -> Matches:
    if "*" in node.value or "?" in node.value:
        matches = wildcard(node.value)
        values = [value for value in index.keywords(node.field) if matches(value)]
    else:
        values = [analysis.keyword(node.value)]
    found = dict.fromkeys(
        document for value in values for document in index.keyword(node.field, value)
    )
    return dict.fromkeys(found, 0)


def _match_dates(node: Dates, index: Postings) -> Matches:
    if node.first == node.last:
        return dict.fromkeys(index.keyword("date", node.first), 0)
    # '~' follows every character of a period: a year is not before one of its months.
    last = f"{node.last}~" if node.last else "~"
    return {
        document: 0
        for document, period in index.periods.items()
        if period and period >= node.first and f"{period}~" <= last
    }


def _match_undated(_node: Undated, index: Postings) -> Matches:
    return {document: 0 for document, period in index.periods.items() if not period}


def _match_not(node: Not, index: Postings) -> Matches:
    return dict.fromkeys(index.documents - match(node.part, index).keys(), 0)


def _match_all(node: All, index: Postings) -> Matches:
    matches = _intersection([match(part, index) for part in node.parts if not _is_not(part)])
    if all(_is_not(part) for part in node.parts):
        matches = dict.fromkeys(index.documents, 0)
    for part in node.parts:
        if isinstance(part, Not):
            for document in match(part.part, index):
                matches.pop(document, None)
    return matches


def _match_any(node: Any, index: Postings) -> Matches:
    total: Matches = {}
    for part in node.parts:
        for document, score in match(part, index).items():
            total[document] = total.get(document, 0) + score
    return total


def _intersection(parts: list[Matches]) -> Matches:
    if not parts:
        return {}
    smallest = min(parts, key=len)
    return {
        document: sum(part[document] for part in parts)
        for document in smallest
        if all(document in part for part in parts)
    }


def _is_not(node: Node) -> bool:
    return isinstance(node, Not)


@functools.lru_cache(maxsize=64)
def wildcard(pattern: str) -> Callable[[str], object]:
    """A test for words or keywords: ``*`` stands for any characters, ``?`` for one."""
    parts = re.split(r"([*?])", analysis.keyword(pattern))
    expression = "".join({"*": ".*", "?": "."}.get(part, re.escape(part)) for part in parts)
    return re.compile(expression, re.DOTALL).fullmatch


_MATCHERS: Mapping[type, Callable[..., Matches]] = {
    Text: _match_text,
    Wild: _match_wild,
    Fuzzy: _match_fuzzy,
    Keyword: _match_keyword,
    Dates: _match_dates,
    Undated: _match_undated,
    Not: _match_not,
    All: _match_all,
    Any: _match_any,
}

"""Spelling correction: what was probably meant, when few articles or none have what was typed.

A word that no article has is replaced by the likeliest that some have: as few slips as possible,
then one that shares a title with the other words, then one that articles have together with them,
then one with two letters swapped, or at least with the same first one, then the commonest. If all
words are known but never stand together, the same is tried with each of them, and the one is
replaced that leads to a title, or the rarest. Otherwise articles with most of the words are the
answer, and if there are none, what is found with a common word in the place of each rare one.

A slip may make another word that some articles have. If few have all that was typed, and none in
its title, a rare word is looked for together with a common one that is a slip away and shares a
title with all the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from archive_gen.search import analysis
from archive_gen.search.query import (
    All,
    Fuzzy,
    Most,
    Node,
    Text,
    Wild,
    in_titles,
    parse_query,
    with_words,
)
from archive_gen.search.query import Any as AnyOf
from archive_gen.search.values import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MIN_LENGTH = 3
_LONG = 7
_RARE = 2
"""A word that so few articles have may be a slip, in the query or in them."""
_MANY_TIMES = 10
_FEW = 10
"""So many articles leave room on the first page."""
_CONTEXT = 3
"""A query of so many words says enough to tell a slip in one by the others."""
_CANDIDATES = 50
"""So many of the nearest and commonest are looked at with the other words."""


class Words(Protocol):
    """What is known of the words of an archive: an open index."""

    @property
    def size(self) -> int:
        """How many documents there are."""
        ...

    def matches(self, node: Node) -> int:
        """How many documents match."""
        ...

    def frequency(self, word: str, *, exact: bool = False) -> int:
        """In how many documents a word stands: in any form, or in exactly this one."""
        ...

    def near(self, word: str, edits: int) -> list[tuple[int, str]]:
        """The words of the archive that are at most ``edits`` slips away, and how many."""
        ...

    def meet(self, word: str, others: Iterable[str], *, title: bool = False) -> int:
        """How many documents have exactly this word, and the ``others`` in any form.

        With ``title`` all of them in the title.
        """
        ...


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is looked for."""

    node: Node
    searched: str | None = None
    """The query in the spelling that was searched, if it is not the one typed."""
    least: int = 0
    """So many of the words are enough; 0: all that the query asks for must match."""


class _Candidate(NamedTuple):
    """In the order in which they are preferred."""

    edits: int
    no_title: bool
    apart: bool
    other_letters: int
    rarity: int
    word: str


def meaning(text: str, node: Node, index: Words) -> Meaning:
    """The query as typed if anything matches, else what was probably meant."""
    if found := index.matches(node):
        if found <= _FEW and not index.matches(in_titles(node)):
            wider = _widened(text, node, index)
            if wider and (other := _parsed(wider)):
                return Meaning(other, wider)
        return Meaning(node)
    better = corrected(text, node, index)
    other = _parsed(better)
    if other and index.matches(other):
        return Meaning(other, better)
    for asked, searched in ((other, better), (node, None)):
        for relaxed in _relaxed(asked) if asked else ():
            if index.matches(relaxed.node):
                return Meaning(relaxed.node, searched, relaxed.least)
    respelt = _respelt(text, node, index)
    other = _parsed(respelt)
    return Meaning(other, respelt) if other and index.matches(other) else Meaning(node)


def suggestion(text: str, node: Node, index: Words) -> str | None:
    """A query that finds many times as much, for one that finds little."""
    rare = [word for word in _plain_words(node) if index.frequency(word) <= _RARE]
    better = corrected(text, node, index) if rare else None
    other = _parsed(better)
    enough = _MANY_TIMES * max(1, index.matches(node))
    return better if other and index.matches(other) >= enough else None


def corrected(text: str, node: Node, index: Words) -> str | None:
    """The query with better words; None if there are none."""
    words = list(dict.fromkeys(_plain_words(node)))
    unknown = [word for word in words if not index.frequency(word)]
    if unknown:
        known = [word for word in words if word not in unknown]
        better = text
        for word in unknown:
            if nearest := _nearest(word, known, index):
                better = _replaced(better, word, nearest.word)
                known.append(nearest.word)
        return better if better != text else None
    likeliest: list[tuple[bool, int, str, str]] = []
    for turn, word in enumerate(sorted(words, key=index.frequency)):
        others = [other for other in words if other != word]
        nearest = _nearest(word, others, index)
        if nearest and not nearest.apart:
            likeliest.append((nearest.no_title, turn, word, nearest.word))
    return _replaced(text, *min(likeliest)[2:]) if likeliest else None


def _respelt(text: str, node: Node, index: Words) -> str | None:
    """The query with common words in the place of rare ones: slips that articles have, too."""
    words = list(dict.fromkeys(_plain_words(node)))
    frequencies = {word: index.frequency(word, exact=True) for word in words}
    known = [word for word in words if frequencies[word] > _RARE]
    better = text
    for word in words:
        nearest = None if word in known else _nearest(word, known, index)
        if nearest and -nearest.rarity >= _MANY_TIMES * frequencies[word]:
            better = _replaced(better, word, nearest.word)
            known.append(nearest.word)
    return better if better != text else None


def _widened(text: str, node: Node, index: Words) -> str | None:
    """The query with another word beside a rare one, if a title has that and all the others."""
    parts = node.parts if isinstance(node, All) else ()
    words = [part.text for part in parts if isinstance(part, Text) and part == Text(part.text)]
    if len(words) < _CONTEXT or words != text.split():
        return None
    for word in sorted(words, key=index.frequency):
        others = [other for other in words if other != word]
        nearest = _nearest(word, others, index)
        often = _MANY_TIMES * index.frequency(word, exact=True)
        if nearest and not nearest.no_title and -nearest.rarity >= often:
            return _replaced(text, word, f"{word} OR {nearest.word}")
    return None


def _relaxed(node: Node) -> Iterator[Meaning]:
    """The query with all but one of its words, all but two, … but always most of them."""
    parts = node.parts if isinstance(node, All) else ()
    words = tuple(part for part in parts if isinstance(part, (Text, Wild, Fuzzy)))
    filters = tuple(part for part in parts if part not in words)
    for least in range(len(words) - 1, len(words) // 2, -1):
        most = Most(words, least)
        yield Meaning(All((most, *filters)) if filters else most, None, least)


def _plain_words(node: Node) -> Iterator[str]:
    if isinstance(node, Text):
        yield from (word for _, word in analysis.query_words(node.text) if len(word) > 1)
    elif isinstance(node, (All, AnyOf)):
        for part in node.parts:
            yield from _plain_words(part)


def _nearest(word: str, others: list[str], index: Words) -> _Candidate | None:
    """The word that was meant."""
    key = analysis.key(word)
    if len(key) < _MIN_LENGTH:
        return None
    near = index.near(key, 1)
    if not near and len(key) >= _LONG:
        near = index.near(key, 2)
    ranked = sorted((edits, -index.frequency(other, exact=True), other) for edits, other in near)
    candidates = [
        _Candidate(
            edits,
            not index.meet(other, others, title=True),
            bool(others) and not index.meet(other, others),
            _other_letters(key, other),
            rarity,
            other,
        )
        for edits, rarity, other in ranked[:_CANDIDATES]
        if rarity
    ]
    return min(candidates, default=None)


def _other_letters(word: str, other: str) -> int:
    """0 for a mere swap, 1 for the same first letter, 2 for the rest."""
    return 0 if sorted(word) == sorted(other) else 1 + (word[0] != other[0])


def _replaced(text: str, word: str, other: str) -> str:
    written = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    return with_words(text, lambda words: written.sub(other, words))


def _parsed(text: str | None) -> Node | None:
    """What a correction asks for; None for one that may not be asked, being too long."""
    try:
        return parse_query(text) if text else None
    except QueryError:
        return None

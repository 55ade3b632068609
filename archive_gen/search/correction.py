"""Spelling correction: likelier words, when few articles or none have those typed.

A word that no article has is replaced by the likeliest that some have: as few slips as possible,
then one that shares a title with the other words, then one that articles have together with them,
then one with two letters swapped, or at least with the same first one, then the commonest. If all
words are known but never stand together, the same is tried with each of them, and the one is
replaced that leads to a title, or the rarest. If different articles have made the slips that were
typed, each rare word is replaced by a common one.

A slip may make another word that some articles have. If few have all that was typed, and none in
its title, a rare word is looked for together with a common one that is a slip away and shares a
title with all the others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

from archive_gen.search import analysis
from archive_gen.search.query import parse_made, with_words
from archive_gen.search.query_tree import All, Node, Text
from archive_gen.search.query_tree import Any as AnyOf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MIN_LENGTH = 3
_LONG = 7
_RARE = 2
"""A word that so few articles have may be a slip, in the query or in them."""
_MANY_TIMES = 10
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


class _Candidate(NamedTuple):
    """In the order in which they are preferred."""

    edits: int
    no_title: bool
    apart: bool
    other_letters: int
    rarity: int
    word: str


def suggestion(text: str, node: Node, index: Words) -> str | None:
    """A query that finds many times as much, for one that finds little."""
    rare = [word for word in _plain_words(node) if index.frequency(word) <= _RARE]
    better = corrected(text, node, index) if rare else None
    other = parse_made(better)
    enough = _MANY_TIMES * max(1, index.matches(node))
    return better if other and index.matches(other) >= enough else None


def unknown(node: Node, index: Words) -> list[str]:
    """The words that no article has."""
    words = dict.fromkeys(_plain_words(node))
    return [word for word in words if not index.frequency(word)]


def corrected(text: str, node: Node, index: Words) -> str | None:
    """The query with better words; None if there are none."""
    words = list(dict.fromkeys(_plain_words(node)))
    strange = unknown(node, index)
    if strange:
        known = [word for word in words if word not in strange]
        better = text
        for word in strange:
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


def respelt(text: str, node: Node, index: Words) -> str | None:
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


def widened(text: str, node: Node, index: Words) -> str | None:
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

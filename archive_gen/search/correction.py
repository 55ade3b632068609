"""Spelling correction: likelier words, when few articles or none have those typed.

A word that no article has is replaced by the likeliest that some have: as few slips as possible,
then one that shares a title with the other words, then one that articles have together with them,
then one with two letters swapped, or at least with the same first one, then the commonest. If all
words are known but never stand together, the same is tried with each of them, the rarest first. One
is replaced only by another that shares a title with all the rest: most words that never meet were
meant. Offered is a much commoner one that stands with them in a text, or, as different articles may
have made the slips that were typed, a common one for each rare word.

A slip may make another word that some articles have. If few have all that was typed, and none in
its title, a rare word is looked for together with a common one that is a slip away and shares a
title with all the others.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Protocol

from archive_gen.search import analysis
from archive_gen.search.query import parse_made, with_words
from archive_gen.search.query_tree import All, Node, Text, leaves
from archive_gen.search.query_tree import Any as AnyOf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MIN_LENGTH = 3
_LONG = 7
_RARE = 2
"""A word that so few articles have may be a slip, in the query or in them."""
_MANY_TIMES = 10
_MUCH_COMMONER = 3
"""Classes of ``commonness``: a word stands in five to fifteen times as many articles."""
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

    def commonness(self, word: str) -> int:
        """The class of how many documents have exactly this word; see the function."""
        ...

    def near(self, word: str, edits: int) -> list[str]:
        """The other words of the archive that are at most ``edits`` slips away."""
        ...

    def meet(self, word: str, others: Iterable[str], *, title: bool = False) -> int:
        """How many documents have exactly this word, and the ``others`` in any form.

        With ``title`` all of them in the title.
        """
        ...


def commonness(documents: int) -> int:
    """The class of a number of documents: 0 for none, 1 for one, 2 for 2 and 3, 3 for 4 to 7.

    The page's files have it of each word. The number itself would change with every article.
    """
    return documents.bit_length()


def suggestion(text: str, node: Node, index: Words) -> str | None:
    """A query that finds many times as much, for one that finds little; or any, for nothing."""
    found = index.matches(node)
    rare = [word for word in _plain_words(node) if index.frequency(word) <= _RARE]
    if not rare if found else _has_signs(node):
        return None
    better = (
        corrected(text, node, index)
        or _with_another(text, node, index, title=False)
        or _respelt(text, node, index)
    )
    other = parse_made(better)
    enough = _MANY_TIMES * found or 1
    return better if other and index.matches(other) >= enough else None


def unknown(node: Node, index: Words) -> list[str]:
    """The words that no article has."""
    return [word for word in _different_words(node) if not index.frequency(word)]


def corrected(text: str, node: Node, index: Words) -> str | None:
    """The query with better words; None if there are none."""
    words = _different_words(node)
    strange = unknown(node, index)
    if strange:
        known = [word for word in words if word not in strange]
        better = text
        for word in strange:
            if nearest := _nearest(word, known, index):
                better = _replaced(better, word, nearest)
                known.append(nearest)
        return better if better != text else None
    # Beside a filter, or what only begins a word, a known word is hardly at fault.
    if len(words) < 2 or _has_signs(node):
        return None
    return _with_another(text, node, index, title=True)


def widened(text: str, node: Node, index: Words) -> str | None:
    """The query with another word beside a rare one, if a title has that and all the others."""
    parts = node.parts if isinstance(node, All) else ()
    if not all(isinstance(part, Text) and part == Text(part.text) for part in parts):
        return None
    words = [*_plain_words(node)]
    if len(words) < _CONTEXT or not len(words) == len(parts) == len(text.split()):
        return None
    for word in sorted(words, key=index.frequency):
        least = _much_commoner(word, index)
        if other := _another(word, words, index, title=True, least=least):
            return _replaced(text, word, f"{word} OR {other}")
    return None


def _with_another(text: str, node: Node, index: Words, *, title: bool) -> str | None:
    """The query with another word in the place of one, that stands with the rest.

    One that shares a title with it, or a much commoner one that shares an article.
    """
    words = _different_words(node)
    for word in sorted(words, key=index.frequency):
        least = 0 if title else _much_commoner(word, index)
        if other := _another(word, words, index, title=title, least=least):
            return _replaced(text, word, other)
    return None


def _another(
    word: str, words: list[str], index: Words, *, title: bool, least: int = 0
) -> str | None:
    """The likeliest word that shares an article, or even a title, with all of ``words`` but one.

    It is none of these, and of the class of ``commonness`` ``least`` or above.
    """
    others = [other for other in words if other != word]
    for other in _likeliest(word, index):
        is_wanted = other not in words and index.commonness(other) >= least
        if is_wanted and index.meet(other, others, title=title):
            return other
    return None


def _respelt(text: str, node: Node, index: Words) -> str | None:
    """The query with common words in the place of rare ones: slips that articles have, too."""
    words = _different_words(node)
    known = [word for word in words if index.commonness(word) > commonness(_RARE)]
    better = text
    for word in words:
        nearest = None if word in known else _nearest(word, known, index)
        if nearest is None or nearest in words:
            continue
        if index.commonness(nearest) >= _much_commoner(word, index):
            better = _replaced(better, word, nearest)
            known.append(nearest)
    return better if better != text else None


def _different_words(node: Node) -> list[str]:
    return list(dict.fromkeys(_plain_words(node)))


def _has_signs(node: Node) -> bool:
    """Whether it asks for words with ``*``, ``?`` or ``~``."""
    return not all(isinstance(leaf, Text) for leaf in leaves(node))


def _plain_words(node: Node) -> Iterator[str]:
    if isinstance(node, Text):
        yield from (
            analysis.key(word) for _, word in analysis.query_words(node.text) if len(word) > 1
        )
    elif isinstance(node, (All, AnyOf)):
        for part in node.parts:
            yield from _plain_words(part)


def _nearest(word: str, others: list[str], index: Words) -> str | None:
    """The word that was meant."""
    return (
        _another(word, others, index, title=True)
        or _another(word, others, index, title=False)
        or next(iter(_likeliest(word, index)), None)
    )


def _likeliest(word: str, index: Words) -> list[str]:
    """The commonest of the nearest words, the likeliest slips first."""
    if len(word) < _MIN_LENGTH:
        return []
    near = index.near(word, 1)
    if not near and len(word) >= _LONG:
        near = index.near(word, 2)
    commonest = sorted((-index.commonness(other), other) for other in near)[:_CANDIDATES]
    return sorted((other for _, other in commonest), key=functools.partial(_other_letters, word))


def _much_commoner(word: str, index: Words) -> int:
    """The class of ``commonness`` from which on another word is much commoner."""
    return index.commonness(word) + _MUCH_COMMONER


def _other_letters(word: str, other: str) -> int:
    """0 for a mere swap, 1 for the same first letter, 2 for the rest."""
    return 0 if sorted(word) == sorted(other) else 1 + (word[0] != other[0])


def _replaced(text: str, word: str, other: str) -> str:
    return with_words(text, lambda words: analysis.replaced(words, word, other))

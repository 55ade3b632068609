"""An article before and after an update, and what differs for it in the page's files."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archive_gen.search import analysis
from archive_gen.search.flat.lists import spellings_in
from archive_gen.search.page.best import sum_of
from archive_gen.search.page.terms import FIELDS
from archive_gen.search.whoosh.schema import (
    SEPARATOR,
    Words,
    date_of,
    facts_of,
    keywords,
    page_order,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive_gen.search.page.vocabulary import Root
    from archive_gen.search.values import SearchDocument

_kept = functools.lru_cache(maxsize=64)
"""Analysing an article is slow, and each is asked several things in a row."""

Part = tuple[Any, ...]
"""A fact about a document that the page's files hold."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An article before and after; None where it did not exist, or no longer does.

    For one that only gets another number, both are the same object.
    """

    old: SearchDocument | None
    new: SearchDocument | None

    @property
    def old_key(self) -> int | None:
        """Its order key before."""
        return page_order(self.old) if self.old else None

    @property
    def new_key(self) -> int | None:
        """Its order key after."""
        return page_order(self.new) if self.new else None

    @property
    def is_moved(self) -> bool:
        """Whether its number may differ, and with it all facts about it."""
        return self.old is self.new or self.old_key != self.new_key

    @property
    def years(self) -> set[int]:
        """The years it is dated in, before and after; 0 for undated."""
        dates = [date_of(document) for document in (self.old, self.new) if document]
        return {date.year if date else 0 for date in dates}

    def differences(self, parts: Callable[[SearchDocument], set[Part]]) -> set[Part]:
        """The facts that only one of the two has, or all of both if its number may differ."""
        old = parts(self.old) if self.old else set()
        new = parts(self.new) if self.new else set()
        return old | new if self.is_moved else old ^ new


@dataclass(slots=True)
class Touched:
    """Which documents an update touches in the lists of a word."""

    own: set[int] = field(default_factory=set)
    """The numbers, before and after, of documents for which the list says something else."""
    moved: set[tuple[int, int]] = field(default_factory=set)
    """The number before and after of documents that only have another number."""

    def lists(self, piece_of: Callable[[int], int]) -> set[int]:
        """The pieces of a list that differ; ``piece_of`` gives the piece that holds a number."""
        return {*map(piece_of, self.own)}.union(*(map(piece_of, pair) for pair in self.moved))

    def places(self, piece_of: Callable[[int], int]) -> set[int]:
        """The pieces whose places differ, too."""
        pairs = ({*map(piece_of, pair)} for pair in self.moved)
        return {*map(piece_of, self.own)}.union(*(pair for pair in pairs if len(pair) > 1))


def words_of(edit: Edit) -> set[str]:
    """The words whose postings or places the edit changes."""
    texts = (text for text, *_ in edit.differences(postings_in))
    return {text.decode().rpartition(SEPARATOR)[2] for text in texts}


@_kept
def postings_in(document: SearchDocument) -> set[Part]:
    """Each term of the document with its posting and places."""
    return {(text, n, tuple(places)) for text, n, places in Words.of(document).postings()}


@_kept
def weights_in(document: SearchDocument) -> dict[Root, int]:
    """The families of the document's words, each with a posting of their summed weight."""
    found: dict[Root, int] = {}
    for text, posting, _ in postings_in(document):
        language, stem, _ = text.decode().split(SEPARATOR)
        known = found.get((language, stem), 0)
        found[language, stem] = sum_of(known, posting & ~1)
    return found


def aliases_in(document: SearchDocument) -> set[Part]:
    """Pairs of a word and its alias."""
    return {_pair(text[6:]) for text in _keywords(document) if text.startswith("alias ")}


def named_in(document: SearchDocument) -> set[Part]:
    """Field, keyword and spelling of all keywords that the page lists."""
    pairs = map(_pair, _keywords(document))
    spelt = spellings_in(facts_of(document))
    return {(name, value, "") for name, value in pairs if name in FIELDS} | {
        (name, analysis.keyword(text), text) for name, text in spelt if analysis.keyword(text)
    }


@_kept
def _keywords(document: SearchDocument) -> list[str]:
    return [text.decode() for text in keywords(Words.of(document))]


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition(SEPARATOR)
    return name, value

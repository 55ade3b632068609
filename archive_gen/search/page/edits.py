"""An article before and after an update, and what of it the page's files say otherwise."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archive_gen.search import analysis
from archive_gen.search.page.best import sum_of
from archive_gen.search.page.terms import FIELDS
from archive_gen.search.whoosh.schema import SEPARATOR, Words, date_of, keywords, page_order

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive_gen.search.base import SearchDocument
    from archive_gen.search.page.vocabulary import Root

_kept = functools.lru_cache(maxsize=64)
"""To analyse an article takes long, and several things are asked of each."""

Part = tuple[Any, ...]
"""Something that the page's files say of a document."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An article before and after; None where there is none. One that only moves is the same."""

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
        """Whether its number may be another, so that all it has is elsewhere."""
        return self.old is self.new or self.old_key != self.new_key

    @property
    def years(self) -> set[int]:
        """The years that have it, before or after."""
        dates = [date_of(document) for document in (self.old, self.new) if document]
        return {date.year if date else 0 for date in dates}

    def differences(self, parts: Callable[[SearchDocument], set[Part]]) -> set[Part]:
        """The parts of which one of the two says something else, or elsewhere."""
        old = parts(self.old) if self.old else set()
        new = parts(self.new) if self.new else set()
        return old | new if self.is_moved else old ^ new


@dataclass(slots=True)
class Touched:
    """What an update touches of the lists of a word."""

    own: set[int] = field(default_factory=set)
    """Numbers, before and after, of documents of which it says something else."""
    moved: set[tuple[int, int]] = field(default_factory=set)
    """Number before and after of documents of which it says the same under another number."""

    def lists(self, piece_of: Callable[[int], int]) -> set[int]:
        """The pieces of a list that differ."""
        return {*map(piece_of, self.own)}.union(*(map(piece_of, pair) for pair in self.moved))

    def places(self, piece_of: Callable[[int], int]) -> set[int]:
        """The pieces of which the places differ too."""
        pairs = ({*map(piece_of, pair)} for pair in self.moved)
        return {*map(piece_of, self.own)}.union(*(pair for pair in pairs if len(pair) > 1))


def words_of(edit: Edit) -> set[str]:
    """The words of all terms that have other postings or places."""
    texts = (text for text, *_ in edit.differences(postings_in))
    return {text.decode().rpartition(SEPARATOR)[2] for text in texts}


@_kept
def postings_in(document: SearchDocument) -> set[Part]:
    """Terms, each with its posting and places."""
    return {(text, n, tuple(places)) for text, n, places in Words.of(document).postings()}


@_kept
def weights_in(document: SearchDocument) -> dict[Root, int]:
    """The families of its words, each with a posting that tells what all of them weigh."""
    found: dict[Root, int] = {}
    for text, posting, _ in postings_in(document):
        language, stem, _ = text.decode().split(SEPARATOR)
        known = found.get((language, stem), 0)
        found[language, stem] = sum_of(known, posting & ~1)
    return found


def aliases_in(document: SearchDocument) -> set[Part]:
    """Words with an alias, and the alias."""
    return {_pair(text[6:]) for text in _keywords(document) if text.startswith("alias ")}


def named_in(document: SearchDocument) -> set[Part]:
    """Field, keyword and spelling of all that the page lists."""
    pairs = map(_pair, _keywords(document))
    spelt = [("source", document.source), *(("tag", tag) for tag in document.tags)]
    return {(name, value, "") for name, value in pairs if name in FIELDS} | {
        (name, analysis.keyword(text), text) for name, text in spelt if analysis.keyword(text)
    }


@_kept
def _keywords(document: SearchDocument) -> list[str]:
    return [text.decode() for text in keywords(Words.of(document))]


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition(SEPARATOR)
    return name, value

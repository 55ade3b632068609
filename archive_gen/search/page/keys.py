"""The term files of the page's index after an update: the entry of each key that it touched.

A *key* is a word. Its *entry* names the word's terms (one for each language), each with its posting
list or, if that is long and therefore cut, with the kind of list, whose *pieces* are files of their
own. The *places* of a word are where it stands in each document.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from archive_gen.search.analysis import Term
from archive_gen.search.page.cuts import list_name, places_name
from archive_gen.search.page.edits import Touched
from archive_gen.search.page.files import File, list_file, list_places_file
from archive_gen.search.page.lists import kind_in, written_places, written_postings
from archive_gen.search.page.terms import ListsOnDemand, root_in
from archive_gen.search.page.vocabulary import SegmentVocabulary
from archive_gen.search.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.search.page.cuts import Cuts
    from archive_gen.search.page.layout import Layout
    from archive_gen.search.page.vocabulary import Root
    from archive_gen.search.whoosh.index import WhooshIndex


@dataclass(frozen=True, slots=True)
class Written:
    """A key after an update."""

    entry: str
    """Empty if no article has the word any more."""
    has_places: bool
    """Whether ``places`` holds the places; if not, they are as they were."""
    places: str | None
    pieces: list[File]
    """The pieces of its lists that differ."""
    lost: set[str]
    """The names of pieces that are to be removed."""
    recut: set[Root]
    """The families of terms whose lists are cut now and were not, or the other way round."""
    mark: int
    """That of the word, see ``words.mark_of``; meaningless if only numbers may differ."""
    differs: bool
    """Whether the entry or the places differ."""


@dataclass(frozen=True, slots=True)
class ChangedKey:
    """A key whose files an update may change."""

    word: str
    before: str
    """Its entry before the update."""
    touched: Touched | None
    is_regrouped: bool
    """Whether its terms may be others, or in families of other words."""

    @property
    def is_renumbered(self) -> bool:
        """Whether only the numbers of its documents may differ."""
        return not self.is_regrouped and not (self.touched and self.touched.own)


@dataclass(frozen=True, slots=True)
class TermsContext:
    """What ``written_terms`` needs; shipped once a worker."""

    index: WhooshIndex
    layout: Layout
    ranks: list[int]
    cuts: Cuts


def written_terms(context: TermsContext, keys: list[ChangedKey]) -> list[tuple[str, Written]]:
    """Each key after the update: for a worker, which opens the index itself."""
    index = context.index.again()
    with (
        contextlib.closing(index),
        index.reading() as contents,
        contextlib.closing(open_snapshot(index.folder)) as snapshot,
    ):
        vocabulary = SegmentVocabulary(snapshot.segments)
        lists = ListsOnDemand(vocabulary, contents, context.layout, context.ranks, context.cuts)
        return [*written_here(vocabulary, lists, keys)]


def written_here(
    vocabulary: SegmentVocabulary, lists: ListsOnDemand, keys: list[ChangedKey]
) -> Iterator[tuple[str, Written]]:
    """Each key after the update, from an index that is open."""
    terms = lists.terms()
    for key in keys:
        if not key.is_regrouped:
            # It still has the same terms, and if its documents only moved, as many of them.
            had = _terms_in(key.word, key.before)
            vocabulary.know(key.word, [*had])
            if key.is_renumbered:
                lists.know(had)
            entry = f"{terms.own(key.word)};{key.before.partition(';')[2]}"
        else:
            entry = terms.entry(key.word) if vocabulary.is_key(key.word) else ""
        places = None if key.is_renumbered else terms.places(key.word)
        own = vocabulary.of_word(key.word)
        pieces = list(_pieces(lists, own, key, entry))
        recut = _cut_roots(key.word, key.before) ^ _cut_roots(key.word, entry)
        lost = _piece_names(lists.cuts, key.word, key.before)
        lost -= _piece_names(lists.cuts, key.word, entry)
        is_cut = all(kind is not None for _, kind in _heads(entry))
        differs = entry != key.before or not (key.is_renumbered or is_cut)
        mark = 0 if key.is_renumbered else lists.mark(key.word)
        yield (
            key.word,
            Written(entry, not key.is_renumbered, places, pieces, lost, recut, mark, differs),
        )


def _pieces(
    lists: ListsOnDemand, terms: Sequence[Term], key: ChangedKey, entry: str
) -> Iterator[File]:
    """The pieces of the lists of a key's terms that differ."""
    before, now = _heads(key.before), _heads(entry)
    for place, term in enumerate(terms):
        kind = lists.kind(term)
        if kind is None:
            continue
        if before[place : place + 1] == now[place : place + 1]:
            piece_of = partial(lists.cuts.piece, kind)
            found = key.touched or Touched()
            touched, places_too = found.lists(piece_of), found.places(piece_of)
        else:
            touched = places_too = {*range(len(lists.cuts.starts[kind]))}
        for number in sorted(touched):
            piece = lists.piece(term, kind, number)
            yield list_file(key.word, place, number, written_postings(piece))
            if number in places_too:
                yield list_places_file(key.word, place, number, written_places(piece))


def _heads(entry: str) -> list[tuple[str, int | None]]:
    """The root of each term of an entry, and the kind of its list if that is cut."""
    lists = (text.rpartition(":") for text in entry.partition(";")[0].split("|"))
    return [(root, kind_in(found)) for root, _, found in lists]


def _terms_in(word: str, entry: str) -> dict[Term, int | None]:
    """The terms of an entry, each with the kind of its list if that is cut."""
    if not entry.partition(";")[0]:
        return {}
    return {Term(*root_in(word, root), word): kind for root, kind in _heads(entry)}


def _cut_roots(word: str, entry: str) -> set[Root]:
    """The families of the terms of an entry whose lists are cut."""
    return {root_in(word, root) for root, kind in _heads(entry) if kind is not None}


def _piece_names(cuts: Cuts, word: str, entry: str) -> set[str]:
    """The files of all pieces that an entry names."""
    return {
        f"{name(word, place, piece)}.js"
        for place, (_, kind) in enumerate(_heads(entry))
        if kind is not None
        for piece in range(len(cuts.starts[kind]))
        for name in (list_name, places_name)
    }

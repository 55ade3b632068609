"""What an update of the index changes in the page's files, without making the others again.

Those shards differ that hold a term of an old or a new version of an article, or of the few
whose number in the page changes with it. Their neighbours are cut again until a cut falls where
one was. When most of the files differ all are made again; the result is the same in every byte.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from archive_gen.search import browser
from archive_gen.search.analysis import Term
from archive_gen.search.flat_file import DamagedError
from archive_gen.search.page_edits import Edit, aliases_in, named_in, postings_in, words_of
from archive_gen.search.page_layout import Layout, moves
from archive_gen.search.page_numbers import month_of_block
from archive_gen.search.page_terms import KeywordsOnDemand, terms_on_demand
from archive_gen.search.page_vocabulary import SegmentVocabulary, page_order
from archive_gen.search.schema import SEPARATOR
from archive_gen.search.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from archive_gen.parallel import Mapper
    from archive_gen.search.base import SearchDocument
    from archive_gen.search.postings import WhooshPostings
    from archive_gen.search.segment import Segment
    from archive_gen.search.whoosh_index import WhooshIndex

# If more than one in so many documents changes, so do most of the shards.
_MANY = 20
# From so many keys on, several processes make their entries. Each opens the index for itself.
_MANY_KEYS = 24
_HANDS = 2
_File = tuple[str, bytes]
_Written = tuple[str, "str | None"]
"""The entry of a key, empty if it is none any more; and its places."""
Read = Callable[[str], "bytes | None"]


@dataclass(frozen=True, slots=True)
class Changes:
    """New content of files, and files that are no more."""

    files: list[_File]
    removed: set[str]


class PageUpdate:
    """Made before the index is updated; ``changes`` is asked after it."""

    def __init__(
        self, index: WhooshIndex, paths: Collection[str], read: Read, mapper: Mapper
    ) -> None:
        """``read``: name below ``search/`` → the file as it was made before, None if unknown."""
        self._index = index
        self._mapper = mapper
        self._paths = paths
        self._made = _Made(read)
        with index.reading() as contents:
            self._count = len(contents.documents)
            self._languages = set(contents.languages)
            self._old = {} if self._is_large(len(paths)) else _documents(contents, paths)

    def changes(self) -> Changes | None:
        """What differs; None if all files are to be made again."""
        if self._is_large(len(self._paths)):
            return None
        try:
            with (
                self._index.reading() as contents,
                contextlib.closing(open_snapshot(self._index.folder)) as snapshot,
            ):
                return self._found(_State(contents, snapshot.segments))
        except (DamagedError, _UnknownError):  # all files can be made without the one that is
            return None

    def _found(self, now: _State) -> Changes | None:
        before = self._made.manifest
        if now.vocabulary.languages != self._languages or now.layout.first != before.get("first"):
            return None
        edits = [
            Edit(self._old.get(path), new)
            for path, new in now.documents(self._paths).items()
            if self._old.get(path) != new
        ]
        moved = moves(
            now.layout,
            {edit.old_key for edit in edits if edit.old_key and edit.is_moved},
            {edit.new_key for edit in edits if edit.new_key and edit.is_moved},
        )
        if self._is_large(len(self._paths) + len(moved.moved)):
            return None
        neighbours = [Edit(document, document) for document in now.stored(moved.moved)]
        groups = dict(before["groups"])
        files = list(self._terms(now, edits, neighbours, groups))
        files += _keywords(now, edits, neighbours, self._made, groups)
        blocks = moved.written | {now.block(edit.new_key) for edit in edits if edit.new_key}
        files += [
            browser.document_file(now.contents, now.layout, name, members)
            for name, members in now.blocks(blocks)
        ]
        years = {year for edit in edits for year in edit.years}
        here = {year for year, _ in now.layout.years}
        files += [browser.date_file(now.layout, y, now.periods) for y in sorted(years & here)]
        files.append(browser.manifest_file(now.layout, now.length, groups))
        lost = {f"documents/{name}.js" for name in moved.lost}
        lost |= {f"dates/{year}.js" for year in years - here}
        return Changes(files, lost | (_names(before["groups"]) - _names(groups)))

    def _terms(
        self, now: _State, edits: list[Edit], neighbours: list[Edit], groups: dict[str, list[str]]
    ) -> Iterator[_File]:
        """The files of terms that differ; puts the first keys of all of them into ``groups``."""
        own = words_of(edits) | {word for e in edits for word, _ in e.differences(aliases_in)}
        # Other words of the family of a word that is new, or gone, may say so.
        terms_changed = list(_is_new_or_gone(now, edits))
        own |= {term.stem for term in terms_changed}
        own |= now.vocabulary.sharing({term[:2] for term in terms_changed})
        # Neighbours keep their places: only their numbers are others.
        numbered = words_of(neighbours) - own
        return _term_files(self._written(now, own, numbered), own, self._made, groups)

    def _written(self, now: _State, own: set[str], numbered: set[str]) -> dict[str, _Written]:
        """What the page is to know of keys; of those ``numbered`` without their places."""
        keys = sorted(own | numbered)
        if len(keys) < _MANY_KEYS:
            return dict(_written_here(now.vocabulary, now.contents, now.ranks, own, keys))
        work = [keys[n::_HANDS] for n in range(_HANDS)]  # long lists are spread by chance
        context = _TermsContext(self._index, now.ranks, own)
        return dict(itertools.chain.from_iterable(self._mapper.map(_written_terms, context, work)))

    def _is_large(self, changed: int) -> bool:
        return changed * _MANY > self._count


class _UnknownError(Exception):
    """A file is not known as it was made before."""


class _Made:
    """The files as they were made before. Raises ``_UnknownError``."""

    def __init__(self, read: Read) -> None:
        self._read = read

    @functools.cached_property
    def manifest(self) -> Any:
        """What the page knows of all documents."""
        return browser.value_in(self._file(browser.MANIFEST))

    def entries(self, group: str, first: str) -> dict[str, Any]:
        """The keys of a shard with what the page knows of each."""
        return browser.entries_in(self._file(f"{group}/{browser.shard_name(first)}"))

    def places(self, first: str) -> Any:
        """The places of the words of a shard."""
        return browser.value_in(self._file(f"places/{browser.shard_name(first)}"))

    def _file(self, name: str) -> bytes:
        data = self._read(f"{name}.js")
        if data is None:
            raise _UnknownError
        return data


class _State:
    """The index after the update."""

    def __init__(self, contents: WhooshPostings, segments: list[Segment]) -> None:
        self.contents = contents
        self.segments = segments
        self.vocabulary = SegmentVocabulary(segments)
        self.layout = Layout.of(_order_keys(segments, contents.bases))
        self.length = sum(segment.total_length for segment in segments)

    @functools.cached_property
    def ranks(self) -> list[int]:
        """Number in the index → in the page."""
        return self.layout.ranks(self.contents.size)

    @functools.cached_property
    def periods(self) -> dict[int, str]:
        """The finest period of each document."""
        return {
            self.contents.bases[segment.name] + number: period
            for segment in self.segments
            for number, period in zip(segment.order, segment.periods, strict=True)
        }

    def documents(self, paths: Iterable[str]) -> dict[str, SearchDocument | None]:
        """The documents of paths; None where there is none."""
        found = _documents(self.contents, paths)
        return {path: found.get(path) for path in paths}

    def stored(self, keys: Iterable[int]) -> list[SearchDocument]:
        """The documents with these order keys."""
        places = (bisect_left(self.layout.keys, key) for key in sorted(keys))
        return [browser.stored_document(self.contents, self.layout.documents[n]) for n in places]

    def block(self, key: int) -> str:
        """The file of the document with an order key."""
        return self.layout.block_at(bisect_left(self.layout.keys, key))

    def blocks(self, wanted: AbstractSet[str]) -> Iterator[tuple[str, slice]]:
        """Some files of documents, and whose documents are in each."""
        for month in sorted(set(map(month_of_block, wanted))):
            found = self.layout.blocks_of_month(month)
            yield from ((name, members) for name, members in found if name in wanted)


def _order_keys(segments: list[Segment], bases: dict[str, int]) -> Iterator[tuple[int, int]]:
    """Each document by order key and number in the index."""
    for segment in segments:
        base, order, keys = bases[segment.name], segment.order, segment.order_keys
        yield from ((keys[number], base + order[number]) for number in segment.live)


@dataclass(frozen=True, slots=True)
class _TermsContext:
    """What ``_written_terms`` needs; shipped once a worker."""

    index: WhooshIndex
    ranks: list[int]
    own: set[str]


def _written_terms(context: _TermsContext, keys: list[str]) -> list[tuple[str, _Written]]:
    index = context.index.again()
    with (
        contextlib.closing(index),
        index.reading() as contents,
        contextlib.closing(open_snapshot(index.folder)) as snapshot,
    ):
        vocabulary = SegmentVocabulary(snapshot.segments)
        return [*_written_here(vocabulary, contents, context.ranks, context.own, keys)]


def _written_here(
    vocabulary: SegmentVocabulary,
    contents: WhooshPostings,
    ranks: list[int],
    own: set[str],
    keys: list[str],
) -> Iterator[tuple[str, _Written]]:
    terms = terms_on_demand(vocabulary, contents, ranks)
    for key in keys:
        places = terms.places(key) if key in own else None
        yield key, (terms.entry(key) if vocabulary.is_key(key) else "", places)


def _term_files(
    written: dict[str, _Written], own: set[str], made: _Made, groups: dict[str, list[str]]
) -> Iterator[_File]:
    places: dict[str, str | None] = {}
    shards_before: dict[str, list[str]] = {}

    def entries_from(first: str) -> dict[str, Any]:
        entries = made.entries("terms", first)
        places.update(zip(entries, made.places(first), strict=True))
        shards_before[first] = list(entries)
        return entries

    def entry_of(key: str) -> str:
        entry, own_places = written[key]
        if key in own:
            places[key] = own_places
        return entry

    firsts, groups["terms"] = groups["terms"], []
    for shard in _recut(entries_from, entry_of, firsts, {*written}):
        first, entry = shard[0]
        groups["terms"].append(first)
        if len(shard) > 1 or entry:
            yield browser.terms_file(shard)
            words = [word for word, _ in shard]
            if words != shards_before.get(first) or not own.isdisjoint(words):
                yield browser.places_file(shard, places.get)


def _is_new_or_gone(now: _State, edits: list[Edit]) -> Iterator[Term]:
    """The terms that no other article has, and these articles only before or only after."""
    old = {text for edit in edits if edit.old for text, *_ in postings_in(edit.old)}
    new = Counter(text for edit in edits if edit.new for text, *_ in postings_in(edit.new))
    for text in old ^ new.keys():
        term = Term(*text.decode().split(SEPARATOR))
        if now.vocabulary.frequency(term) == new[text]:
            yield term


def _keywords(
    now: _State,
    edits: list[Edit],
    neighbours: list[Edit],
    made: _Made,
    groups: dict[str, list[str]],
) -> Iterator[_File]:
    """The same for the files of keywords."""
    changed: defaultdict[str, set[str]] = defaultdict(set)
    for edit in (*edits, *neighbours):
        for name, keyword, _ in edit.differences(named_in):
            changed[name].add(keyword)
    for name, keys in sorted(changed.items()):
        listed = KeywordsOnDemand(name, now.segments, now.contents, now.ranks)
        firsts, groups[name] = groups[name], []
        for shard in _recut(partial(made.entries, name), listed.entry, firsts, keys):
            groups[name].append(shard[0][0])
            if len(shard) > 1 or shard[0][1]:
                yield browser.keyword_file(name, shard)


def _recut(
    entries_from: Callable[[str], dict[str, Any]],
    entry_of: Callable[[str], Any],
    firsts: list[str],
    changed: set[str],
) -> Iterator[browser.Shard]:
    """All shards of a group; of one that is as it was, only the first key with an empty entry.

    ``entries_from`` gives what the shard that begins with a key had before, and ``entry_of``
    what the page is to know of a key that has changed.
    """
    ordered = [page_order(first) for first in firsts]
    changed_in: defaultdict[int, list[str]] = defaultdict(list)
    for key in changed:
        changed_in[max(0, bisect_right(ordered, page_order(key)) - 1)].append(key)
    # Where a first key is gone, the shard before it may go on.
    touched = changed_in.keys() | {n - 1 for n, first in enumerate(firsts) if first in changed}
    cutter = browser.Cutter()
    for n in range(max(1, len(firsts))):
        if n not in touched and cutter.cuts_before(firsts[n]):
            yield from cutter.end()
            yield [(firsts[n], "")]
            continue
        entries = entries_from(firsts[n]) if firsts else {}
        entries.update((key, entry_of(key)) for key in changed_in[n])
        for key in sorted(entries, key=page_order):
            if entries[key]:
                yield from cutter.add(key, entries[key])
    yield from cutter.end()


def _documents(contents: WhooshPostings, paths: Iterable[str]) -> dict[str, SearchDocument]:
    return {
        path: browser.stored_document(contents, number)
        for path in paths
        for number in contents.numbers(path)
    }


def _names(groups: dict[str, list[str]]) -> set[str]:
    """The files of all shards."""
    names = {
        f"{group}/{browser.shard_name(first)}.js"
        for group, firsts in groups.items()
        for first in firsts
    }
    return names | {f"places{name[5:]}" for name in names if name.startswith("terms/")}

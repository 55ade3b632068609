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

from archive_gen.search.analysis import Term
from archive_gen.search.flat.file import DamagedError
from archive_gen.search.page import index as page_index
from archive_gen.search.page.common import Changed, CommonFiles
from archive_gen.search.page.cuts import Cuts
from archive_gen.search.page.edits import (
    Edit,
    Touched,
    aliases_in,
    named_in,
    postings_in,
    weights_in,
    words_of,
)
from archive_gen.search.page.keys import (
    ChangedKey,
    File,
    TermsContext,
    Written,
    written_here,
    written_terms,
)
from archive_gen.search.page.layout import Layout, moves
from archive_gen.search.page.made import Made, Read, UnknownError
from archive_gen.search.page.manifest import Manifest, contents_after, written_cuts
from archive_gen.search.page.numbers import month_of_block
from archive_gen.search.page.terms import KeywordsOnDemand, ListsOnDemand
from archive_gen.search.page.vocabulary import SegmentVocabulary, page_order
from archive_gen.search.snapshot import open_snapshot
from archive_gen.search.whoosh.schema import SEPARATOR, identified

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from archive_gen.parallel import Mapper
    from archive_gen.search.base import SearchDocument
    from archive_gen.search.flat.segment import Segment
    from archive_gen.search.page.layout import Moves
    from archive_gen.search.page.vocabulary import Root
    from archive_gen.search.whoosh.index import WhooshIndex
    from archive_gen.search.whoosh.postings import WhooshPostings

# If more than one in so many documents changes, so do most of the shards.
_MANY = 20
# From so many keys on, several processes make their entries. Each opens the index for itself.
_MANY_KEYS = 24
_HANDS = 2


@dataclass(frozen=True, slots=True)
class Changes:
    """New content of files, and files that are no more."""

    files: list[File]
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
        self._made = Made(read)
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
        except (DamagedError, UnknownError):  # all files can be made without the one that is
            return None

    def _found(self, now: _State) -> Changes | None:
        before = self._made.manifest
        if now.vocabulary.languages != self._languages or now.layout.first != before.first:
            return None
        is_cut_alike = now.cuts.bits == before.documents.bit_length()
        if not is_cut_alike or written_cuts(now.cuts) != before.cuts:
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
        groups = dict(before.groups)
        touched, changed = _touched(now, moved, (*edits, *neighbours))
        begun = self._written(now, touched, _regrouped(now, edits))
        # While other processes look at keys.
        files = list(_keywords(now, edits, neighbours, self._made, groups))
        blocks = moved.written | {now.block(edit.new_key) for edit in edits if edit.new_key}
        files += [
            page_index.document_file(now.contents, now.layout, name, members)
            for name, members in now.blocks(blocks)
        ]
        years = {year for edit in edits for year in edit.years}
        here = {year for year, _ in now.layout.years}
        files += [page_index.date_file(now.layout, y, now.periods) for y in sorted(years & here)]
        written = dict(begun)
        files += _term_files(written, self._made, groups)
        files += [piece for each in written.values() for piece in each.pieces]
        recut: set[Root] = set().union(*(each.recut for each in written.values()))
        common = dict(now.common_files(self._made, changed, recut)) if now.cuts.starts else {}
        files += [(name, data) for name, data in common.items() if data]
        contents = contents_after(
            before.contents,
            [identified(edit.old) for edit in edits if edit.old],
            [identified(edit.new) for edit in edits if edit.new],
        )
        manifest = Manifest.of(
            now.layout, now.cuts, contents=contents, length=now.length, groups=groups
        )
        files.append(page_index.manifest_file(manifest))
        lost = {f"documents/{name}.js" for name in moved.lost}
        lost |= {f"dates/{year}.js" for year in years - here}
        lost = lost.union(*(each.lost for each in written.values()))
        lost |= {name for name, data in common.items() if not data}
        return Changes(files, lost | (_names(before.groups) - _names(groups)))

    def _written(
        self, now: _State, touched: dict[str, Touched], regrouped: set[str]
    ) -> Iterator[tuple[str, Written]]:
        """Each key with what the page is to know of it; others begin at once, if there are many."""
        firsts = self._made.manifest.groups["terms"]
        work = [
            ChangedKey(word, self._made.entry(firsts, word), touched.get(word), word in regrouped)
            for word in sorted(regrouped | touched.keys())
        ]
        if len(work) < _MANY_KEYS:
            return written_here(now.vocabulary, now.lists, work)
        parts = [work[n::_HANDS] for n in range(_HANDS)]  # long lists are spread by chance
        context = TermsContext(self._index, now.layout, now.lists.ranks, now.cuts)
        return itertools.chain.from_iterable(self._mapper.map(written_terms, context, parts))

    def _is_large(self, changed: int) -> bool:
        return changed * _MANY > self._count


class _State:
    """The index after the update."""

    def __init__(self, contents: WhooshPostings, segments: list[Segment]) -> None:
        self.contents = contents
        self.segments = segments
        self.vocabulary = SegmentVocabulary(segments)
        self.layout = Layout.of(_order_keys(contents, segments))
        self.cuts = Cuts.of(self.layout.numbers)
        self.length = sum(segment.total_length for segment in segments)

    @functools.cached_property
    def lists(self) -> ListsOnDemand:
        """Where terms stand."""
        ranks = self.layout.ranks(self.contents.size)
        return ListsOnDemand(self.vocabulary, self.contents, self.layout, ranks, self.cuts)

    @functools.cached_property
    def periods(self) -> dict[int, str]:
        """The finest period of each document."""
        found: dict[int, str] = {}
        for segment in self.segments:
            found.update(zip(_numbers_in(self.contents, segment), segment.periods, strict=True))
        return found

    def documents(self, paths: Iterable[str]) -> dict[str, SearchDocument | None]:
        """The documents of paths; None where there is none."""
        found = _documents(self.contents, paths)
        return {path: found.get(path) for path in paths}

    def stored(self, keys: Iterable[int]) -> list[SearchDocument]:
        """The documents with these order keys."""
        places = (bisect_left(self.layout.keys, key) for key in sorted(keys))
        return [page_index.stored_document(self.contents, self.layout.documents[n]) for n in places]

    def common_files(
        self, made: Made, changed: Changed, recut: AbstractSet[Root]
    ) -> Iterator[File]:
        """What differs in the files of common words; empty is one that is no more."""
        common = CommonFiles(self.lists, self.vocabulary.family, made, changed, self._postings_at)
        return common.changes(recut)

    def _postings_at(self, number: int) -> dict[Root, int]:
        """What each family weighs in the document with a number of the page."""
        place = bisect_left(self.layout.numbers, number)
        document = page_index.stored_document(self.contents, self.layout.documents[place])
        return weights_in(document)

    def block(self, key: int) -> str:
        """The file of the document with an order key."""
        return self.layout.block_at(bisect_left(self.layout.keys, key))

    def blocks(self, wanted: AbstractSet[str]) -> Iterator[tuple[str, slice]]:
        """Some files of documents, and whose documents are in each."""
        for month in sorted(set(map(month_of_block, wanted))):
            found = self.layout.blocks_of_month(month)
            yield from ((name, members) for name, members in found if name in wanted)


def _order_keys(contents: WhooshPostings, segments: list[Segment]) -> list[tuple[int, int]]:
    """Each document by order key and number in the index."""
    found: list[tuple[int, int]] = []
    for segment in segments:
        pairs = zip(segment.order_keys, _numbers_in(contents, segment), strict=True)
        if len(segment.live) == len(segment.lengths):  # as a rule
            found += pairs
        else:
            every = [*pairs]
            found += [every[number] for number in segment.live]
    return found


def _numbers_in(contents: WhooshPostings, segment: Segment) -> Iterable[int]:
    """The number in the index of each document of a segment."""
    return map(contents.bases[segment.name].__add__, segment.order)


def _touched(
    now: _State, moved: Moves, edits: Iterable[Edit]
) -> tuple[dict[str, Touched], Changed]:
    """Words with what an update touches of them, and what it changes of what families weigh.

    Both from one article after the other, so that each is analysed once.
    """
    touched: defaultdict[str, Touched] = defaultdict(Touched)
    changed = Changed()
    for edit in edits:
        was, is_now = numbers = _numbers(now.layout, moved, edit)
        for word in words_of(edit):
            if edit.old is edit.new:
                touched[word].moved.add(numbers)
            else:
                touched[word].own |= {*numbers} - {None}
        if now.cuts.starts:  # else there are no files of common words
            changed.add(was, _weights(edit.old), is_now, _weights(edit.new))
    return dict(touched), changed


def _weights(document: SearchDocument | None) -> dict[Root, int]:
    return weights_in(document) if document else {}


def _numbers(layout: Layout, moved: Moves, edit: Edit) -> Any:
    """The number of an article before and after; None where there is none."""
    was, now = edit.old_key, edit.new_key
    before = moved.before[was] if was in moved.before else was and layout.number(was)
    return before, now and layout.number(now)


def _regrouped(now: _State, edits: list[Edit]) -> set[str]:
    """The keys that may be of other families, or of families with other words."""
    terms_changed = list(_is_new_or_gone(now, edits))
    found = {word for edit in edits for word, _ in edit.differences(aliases_in)}
    found |= {text for term in terms_changed for text in (term.word, term.stem)}
    return found | now.vocabulary.sharing({term[:2] for term in terms_changed})


def _term_files(
    written: dict[str, Written], made: Made, groups: dict[str, list[str]]
) -> Iterator[File]:
    places: dict[str, str | None] = {}
    shards_before: dict[str, list[str]] = {}
    changed = {key for key, each in written.items() if each.differs}
    own = {key for key in changed if written[key].has_places}

    def entries_from(first: str) -> dict[str, Any]:
        entries = made.entries("terms", first)
        places.update(zip(entries, made.places(first), strict=True))
        shards_before[first] = [*entries]
        return entries

    def entry_of(key: str) -> str:
        if key in own:
            places[key] = written[key].places
        return written[key].entry

    firsts, groups["terms"] = groups["terms"], []
    for shard in _recut(entries_from, entry_of, firsts, changed):
        first, entry = shard[0]
        groups["terms"].append(first)
        if len(shard) > 1 or entry:
            yield page_index.terms_file(shard)
            words = [word for word, _ in shard]
            if words != shards_before.get(first) or not own.isdisjoint(words):
                yield page_index.places_file(shard, places.get)


def _is_new_or_gone(now: _State, edits: list[Edit]) -> Iterator[Term]:
    """The terms that no other article has, and these articles only before or only after."""
    old = {text for edit in edits if edit.old for text, *_ in postings_in(edit.old)}
    new = Counter(text for edit in edits if edit.new for text, *_ in postings_in(edit.new))
    for text in old ^ new.keys():
        term = Term(*text.decode().split(SEPARATOR))
        if now.contents.has_more("words", text, new[text]):  # as a rule
            continue
        if now.vocabulary.frequency(term) == new[text]:
            yield term


def _keywords(
    now: _State,
    edits: list[Edit],
    neighbours: list[Edit],
    made: Made,
    groups: dict[str, list[str]],
) -> Iterator[File]:
    """The same for the files of keywords."""
    changed: defaultdict[str, set[str]] = defaultdict(set)
    for edit in (*edits, *neighbours):
        for name, keyword, _ in edit.differences(named_in):
            changed[name].add(keyword)
    for name, keys in sorted(changed.items()):
        listed = KeywordsOnDemand(name, now.segments, now.contents, now.lists.ranks)
        firsts, groups[name] = groups[name], []
        for shard in _recut(partial(made.entries, name), listed.entry, firsts, keys):
            groups[name].append(shard[0][0])
            if len(shard) > 1 or shard[0][1]:
                yield page_index.keyword_file(name, shard)


def _recut(
    entries_from: Callable[[str], dict[str, Any]],
    entry_of: Callable[[str], Any],
    firsts: list[str],
    changed: set[str],
) -> Iterator[page_index.Shard]:
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
    cutter = page_index.Cutter()

    def still_begins_with(key: str) -> bool:
        if cutter.cuts_before(key):
            return True
        return cutter.cuts_before(key, page_index.entry_size(key, entries_from(key)[key]))

    for n in range(max(1, len(firsts))):
        if n not in touched and still_begins_with(firsts[n]):
            yield from cutter.end()
            yield [(firsts[n], "")]
            continue
        entries = {**entries_from(firsts[n])} if firsts else {}
        entries.update((key, entry_of(key)) for key in changed_in[n])
        for key in sorted(entries, key=page_order):
            if entries[key]:
                yield from cutter.add(key, entries[key])
    yield from cutter.end()


def _documents(contents: WhooshPostings, paths: Iterable[str]) -> dict[str, SearchDocument]:
    return {
        path: page_index.stored_document(contents, number)
        for path in paths
        for number in contents.numbers(path)
    }


def _names(groups: dict[str, list[str]]) -> set[str]:
    """The files of all shards."""
    names = {
        f"{group}/{page_index.shard_name(first)}.js"
        for group, firsts in groups.items()
        for first in firsts
    }
    return names | {f"places{name[5:]}" for name in names if name.startswith("terms/")}

"""What an update of the index changes in the page's files, without making the others again.

Those shards differ that hold a term of an old or a new version of an article, or of the few
whose number in the page changes with it. Their neighbours are cut again until a cut falls where
one was. When most of the files differ all are made again; the result is the same in every byte.
"""

from __future__ import annotations

import contextlib
import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive_gen.search.analysis import Term
from archive_gen.search.flat.file import DamagedError
from archive_gen.search.page.common import Changed
from archive_gen.search.page.edits import (
    Edit,
    Touched,
    aliases_in,
    postings_in,
    weights_in,
    words_of,
)
from archive_gen.search.page.files import File, date_file, document_file, manifest_file
from archive_gen.search.page.keys import (
    ChangedKey,
    TermsContext,
    Written,
    written_here,
    written_terms,
)
from archive_gen.search.page.layout import Layout, moves
from archive_gen.search.page.made import Made, Read, UnknownError
from archive_gen.search.page.manifest import Manifest, contents_after, written_cuts
from archive_gen.search.page.recut import keyword_files, shard_files, term_files, word_files
from archive_gen.search.page.state import State, documents_of
from archive_gen.search.snapshot import open_snapshot
from archive_gen.search.whoosh.schema import SEPARATOR, identified

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from archive_gen.parallel import Mapper
    from archive_gen.search.page.layout import Moves
    from archive_gen.search.page.vocabulary import Root
    from archive_gen.search.values import SearchDocument
    from archive_gen.search.whoosh.index import WhooshIndex

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
            self._old = {} if self._is_large(len(paths)) else documents_of(contents, paths)

    def changes(self) -> Changes | None:
        """What differs; None if all files are to be made again."""
        if self._is_large(len(self._paths)):
            return None
        try:
            with (
                self._index.reading() as contents,
                contextlib.closing(open_snapshot(self._index.folder)) as snapshot,
            ):
                return self._found(State(contents, snapshot.segments))
        except (DamagedError, UnknownError):  # all files can be made without the one that is
            return None

    def _is_framed_alike(self, now: State) -> bool:
        """Whether all that the other files take for granted is as it was."""
        before = self._made.manifest
        return (
            now.vocabulary.languages == self._languages
            and now.layout.first == before.first
            and now.cuts.bits == before.documents.bit_length()
            and written_cuts(now.cuts) == before.cuts
        )

    def _found(self, now: State) -> Changes | None:
        if not self._is_framed_alike(now):
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
        return self._changed_files(now, edits, moved)

    def _changed_files(self, now: State, edits: Sequence[Edit], moved: Moves) -> Changes:
        before = self._made.manifest
        neighbours = [Edit(document, document) for document in now.stored(moved.moved)]
        groups = dict(before.groups)
        touched, changed = _touched(now, moved, edits, neighbours)
        begun = self._written(now, touched, _regrouped(now, edits))
        # While other processes look at keys.
        files = list(keyword_files(now, edits, neighbours, self._made, groups))
        files += _document_files(now, edits, moved)
        years = {year for edit in edits for year in edit.years}
        here = {year for year, _ in now.layout.years}
        files += [date_file(now.layout, y, now.periods(y)) for y in sorted(years & here)]
        written = dict(begun)
        files += term_files(written, self._made, groups)
        files += [piece for each in written.values() for piece in each.pieces]
        lengths = {*before.lengths}
        words = dict(word_files(written, self._made, lengths))
        recut: set[Root] = set().union(*(each.recut for each in written.values()))
        common = dict(now.common_files(self._made, changed, recut)) if now.cuts.starts else {}
        files += [(name, data) for name, data in (words | common).items() if data]
        contents = contents_after(
            before.contents,
            [identified(edit.old) for edit in edits if edit.old],
            [identified(edit.new) for edit in edits if edit.new],
        )
        manifest = Manifest.of(
            now.layout,
            now.cuts,
            contents=contents,
            length=now.length,
            groups=groups,
            lengths=lengths,
            languages=now.vocabulary.languages,
        )
        files.append(manifest_file(manifest))
        lost = {f"documents/{name}.js" for name in moved.lost}
        lost |= {f"dates/{year}.js" for year in years - here}
        lost = lost.union(*(each.lost for each in written.values()))
        lost |= {name for name, data in (words | common).items() if not data}
        return Changes(files, lost | (shard_files(before.groups) - shard_files(groups)))

    def _written(
        self, now: State, touched: dict[str, Touched], regrouped: set[str]
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


def _document_files(now: State, edits: Iterable[Edit], moved: Moves) -> list[File]:
    blocks = moved.written | {now.block(edit.new_key) for edit in edits if edit.new_key}
    return [
        document_file(now.contents, now.layout, name, members)
        for name, members in now.blocks(blocks)
    ]


def _touched(
    now: State, moved: Moves, edits: Sequence[Edit], neighbours: Sequence[Edit]
) -> tuple[dict[str, Touched], Changed]:
    """Words with what an update touches of them, and what it changes of what families weigh.

    Both from one article after the other, so that each is analysed once.
    """
    touched: defaultdict[str, Touched] = defaultdict(Touched)
    changed = Changed()
    edited = {edit.new_key for edit in edits}
    for edit in (*edits, *neighbours):
        was, is_now = numbers = _numbers(now.layout, moved, edit)
        is_neighbour = edit.old is edit.new
        for word in words_of(edit):
            if is_neighbour:
                touched[word].moved.add(numbers)
            else:
                touched[word].own |= {*numbers} - {None}
        # An article that is edited, and moved by another, is among both: it counts once.
        is_counted = is_neighbour and edit.new_key in edited
        if now.cuts.starts and not is_counted:  # else there are no files of common words
            changed.add(was, _weights(edit.old), is_now, _weights(edit.new))
    return dict(touched), changed


def _weights(document: SearchDocument | None) -> dict[Root, int]:
    return weights_in(document) if document else {}


def _numbers(layout: Layout, moved: Moves, edit: Edit) -> Any:
    """The number of an article before and after; None where there is none."""
    was, now = edit.old_key, edit.new_key
    before = moved.before[was] if was in moved.before else was and layout.number(was)
    return before, now and layout.number(now)


def _regrouped(now: State, edits: Sequence[Edit]) -> set[str]:
    """The keys that may be of other families, or of families with other words."""
    terms_changed = list(_is_new_or_gone(now, edits))
    found = {word for edit in edits for word, _ in edit.differences(aliases_in)}
    found |= {text for term in terms_changed for text in (term.word, term.stem)}
    return found | now.vocabulary.sharing({term[:2] for term in terms_changed})


def _is_new_or_gone(now: State, edits: Sequence[Edit]) -> Iterator[Term]:
    """The terms that no other article has, and these articles only before or only after."""
    old = {text for edit in edits if edit.old for text, *_ in postings_in(edit.old)}
    new = Counter(text for edit in edits if edit.new for text, *_ in postings_in(edit.new))
    for text in old ^ new.keys():
        term = Term(*text.decode().split(SEPARATOR))
        if now.contents.has_more("words", text, new[text]):  # as a rule
            continue
        if now.vocabulary.frequency(term) == new[text]:
            yield term

"""The search part of a build: the Whoosh index and the page's brought up to date with articles."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive_gen import search
from archive_gen.building.workers import IndexContext, index_articles, read_documents
from archive_gen.parallel import chunks
from archive_gen.search.values import IndexBrokenError, IndexMissingError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from archive_gen.building.workers import Articles, Made
    from archive_gen.catalogue.catalogue import Catalogue
    from archive_gen.catalogue.changes import EntryChange
    from archive_gen.catalogue.entry import Entry
    from archive_gen.parallel import Mapper
    from archive_gen.search.whoosh.index import WhooshIndex

# From so many articles on the index is written in parts, by several processes.
_MANY = 500
_PARTS = 4


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did, and what is new in the page's index."""

    indexed: int = 0
    unindexed: int = 0
    made: Sequence[Made] = ()
    """Files of the page's index."""
    removed: Collection[str] | None = ()
    """Names of those that are gone; None if ``made`` are all that there are."""
    was_damaged: bool = False
    """Whether the index was made from nothing because its files were not what was written."""


@dataclass(frozen=True, slots=True)
class Indexing:
    """Both indexes of an archive."""

    folder: Path
    """Of the Whoosh index."""
    mapper: Mapper
    file_before: Callable[[str], bytes | None]
    """A file of the page's index by name, if it is as the last build left it."""
    stage: Callable[[str, bytes], Made]
    """Puts a file of the page's index, by name, where it will be published from."""
    articles: Articles
    demand_whole: Callable[[], object]
    """See ``search.begin_check``."""

    def update(
        self,
        changed: Iterable[EntryChange],
        catalogue: Catalogue,
        *,
        index_holds: bool,
        page_holds: bool,
    ) -> Updated:
        """Index what changed; everything, where it is not known what the index holds."""
        was_damaged = self._is_found_broken()
        try:
            updated = self._update(
                changed, catalogue, index_holds=index_holds, page_holds=page_holds
            )
        except Exception:
            # A flipped bit of its files may show in any way.
            if not search.is_broken(self.folder):
                raise
            # What is broken is replaced by an empty index, whatever was known of it.
            was_damaged = True
            updated = self._update(changed, catalogue, index_holds=False, page_holds=False)
        return replace(updated, was_damaged=was_damaged)

    def _is_found_broken(self) -> bool:
        try:
            self.demand_whole()
        except IndexBrokenError:
            return True
        except IndexMissingError:
            pass
        return False

    def _update(
        self,
        changed: Iterable[EntryChange],
        catalogue: Catalogue,
        *,
        index_holds: bool,
        page_holds: bool,
    ) -> Updated:
        from archive_gen.search.page import index as page_index
        from archive_gen.search.page.update import PageUpdate

        index, new = search.open_or_create(self.folder, self.demand_whole)
        # One of which a file was missing or damaged is a new one, too.
        holds = index_holds and not new
        if holds:
            outdated = [c.path for c in changed if c.new and not c.is_picture_only]
            gone = [change.path for change in changed if not change.new]
        else:
            outdated, gone = _reconcile(index, catalogue)
        known = holds and page_holds
        if known and not (outdated or gone):
            return Updated()
        # Made before the index changes: it remembers what the page knew of these articles.
        paths = [*outdated, *gone]
        edit = PageUpdate(index, paths, self.file_before, self.mapper) if known else None
        if outdated or gone:
            self._write(index, catalogue.by_path, outdated, gone)
        else:
            search.join(self.folder)  # the build that filled it may have been killed before
        join = self.mapper.begin(search.join, self.folder) if len(outdated) >= _MANY else None
        edited = edit.changes() if edit else None
        files = iter(edited.files if edited else page_index.files(index, self.mapper))
        made = [self.stage(name, data) for name, data in itertools.islice(files, 1)]
        if join:
            join()  # its process has as much memory as this one had, and is done by now
        made += [self.stage(name, data) for name, data in files]
        removed = edited.removed if edited else None
        return Updated(len(outdated), len(gone), made, removed)

    def _write(
        self,
        index: WhooshIndex,
        entries: Mapping[str, Entry],
        outdated: Sequence[str],
        gone: Sequence[str],
    ) -> None:
        found = map(entries.__getitem__, outdated)
        if len(outdated) < _MANY:
            index.update(read_documents(self.articles, found), gone)
            return
        work = chunks(search.in_page_order(found), part_size(len(outdated)))
        context = IndexContext(self.articles, entries, index)
        index.update_in_parts(
            lambda: self.mapper.map(index_articles, context, work), [*outdated, *gone]
        )


def part_size(articles: int) -> int:
    """How many of so many articles make a part of the index.

    There are four parts of one size, or eight, twelve, …: two processes, or four, are done at the
    same time.
    """
    from archive_gen.search.whoosh.codec import LARGEST_PART

    parts = _PARTS * -(-articles // (_PARTS * LARGEST_PART))
    return max(-(-articles // parts), _MANY)


def _reconcile(index: WhooshIndex, catalogue: Catalogue) -> tuple[list[str], list[str]]:
    """What an index of unknown state lacks, and what it has too much."""
    held = index.digests()
    entries = catalogue.by_path
    if not held:
        return [*entries], []
    outdated = [path for path, e in entries.items() if held.get(path) != e.search_digest]
    return outdated, [path for path in held if path not in entries]

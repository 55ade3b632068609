"""How ``content/`` differs from what the last build saw, at the cost of what changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archive_gen.album import showing
from archive_gen.load import Candidate, LoadContext, PackedFile, decode_batch, load_files
from archive_gen.packed import PackedFiles
from archive_gen.parallel import Mapper, chunks
from archive_gen.pictures import is_picture
from archive_gen.stamps import Stamps, decode_stamps, encode_stamps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.catalogue import Catalogue
    from archive_gen.entry import Entry
    from archive_gen.kept import Place

_CHUNK = 200
# A file written within this time of being read could change again and keep its stamp.
_DOUBT_NS = 2_000_000_000


class Changes(Struct, frozen=True):
    """What a build has to take notice of."""

    read: PackedFiles
    """Files that were read because they are new or changed."""
    deleted: Sequence[str]
    stamps: Stamps
    """Of the folders where they are not as they were; empty where no article is left."""
    places: Mapping[str, Place]
    """Where the articles that were read are kept, by path."""

    def __bool__(self) -> bool:
        return bool(self.read or self.deleted)

    @property
    def paths(self) -> Set[str]:
        """Of all files that are not as they were."""
        return {*self.deleted, *self.read.paths}


class Difference(Struct, frozen=True):
    """What the names, sizes and times of files tell."""

    candidates: Sequence[Candidate]
    """Files to read."""
    deleted: Sequence[str]
    stamps: Stamps
    """As in ``Changes``."""


def compare(listed: Stamps, known: Stamps, digest_of: Callable[[str], str]) -> Difference:
    """How the files differ from those known. Opens none.

    ``listed`` are the files as of a moment ago. ``digest_of`` tells what the bytes of a path
    were; empty if nobody knows.
    """
    doubtful = time.time_ns() - _DOUBT_NS
    candidates: list[Candidate] = []
    deleted: list[str] = []
    stamps: dict[str, bytes] = {}
    for folder in sorted(listed.keys() | known.keys()):
        if listed.get(folder) == known.get(folder):
            continue
        files = decode_stamps(listed.get(folder))
        before = {name: (size, mtime) for name, size, mtime in decode_stamps(known.get(folder))}
        trusted = [(name, size, mtime * (mtime < doubtful)) for name, size, mtime in files]
        for name, size, mtime in trusted:
            if before.pop(name, None) != (size, mtime) or not mtime:
                path = folder + name
                candidates.append(Candidate(path, size, mtime, digest_of(path)))
        deleted += (folder + name for name in before)
        stamps[folder] = encode_stamps(trusted) if files else b""
    return Difference(candidates, deleted, stamps)


def read(
    context: LoadContext, found: Difference, mapper: Mapper, meanwhile: Callable[[], object]
) -> Changes:
    """Read the candidates; those whose bytes are the known ones are no change.

    If there are many, ``meanwhile`` is called while other processes read.
    """
    files: list[PackedFile] = []
    places: dict[str, Place] = {}
    work = chunks(found.candidates, _CHUNK)
    for number, batch in enumerate(map(decode_batch, mapper.map(load_files, context, work))):
        if number == 0 and len(found.candidates) > _CHUNK:
            meanwhile()
        files += batch.files
        kept = zip(batch.files, batch.places, strict=True)
        places |= {file.path: place for file, place in kept if place}
    return Changes(PackedFiles(files), found.deleted, found.stamps, places)


class EntryChange(Struct, frozen=True):
    """One article that came, changed or went: at least one side is there."""

    path: str
    old: Entry | None
    new: Entry | None
    moved: bool
    """Its address, or that of a term that it has, is another: perhaps by another's doing."""

    @property
    def is_text_only(self) -> bool:
        """Whether nothing is new but what its own page shows."""
        if not (self.old and self.new) or self.moved:
            return False
        return replace(self.old, digest=self.new.digest) == self.new

    @property
    def is_picture_only(self) -> bool:
        """Whether nothing is new but the file of a picture that it names."""
        return not self.moved and self.old == self.new

    @property
    def kind(self) -> str:
        """``new``, ``changed``, ``deleted``, ``picture`` or ``moved``: another one's doing."""
        if not self.old:
            return "new"
        if not self.new:
            return "deleted"
        if self.is_picture_only:
            return "picture"
        return "changed" if self.old.digest != self.new.digest else "moved"


class Before(Struct, frozen=True):
    """What the last build knew of the articles."""

    entries: Mapping[str, Entry]
    """By path, with the addresses that they claim."""
    elsewhere: Mapping[str, str]
    """Path → the address of those that did not have the one they claim."""
    term_slugs: Mapping[str, Mapping[str, str]]
    """Taxonomy → term key → slug."""

    def entry(self, path: str) -> Entry | None:
        """An article as it was published."""
        entry = self.entries.get(path)
        url = self.elsewhere.get(path)
        return replace(entry, url=url) if entry and url else entry


class EntryChanges(Collection[EntryChange]):
    """The articles that are not as they were, sorted by path. Each is looked at when it is asked
    for: of a first build that is every article there is."""

    def __init__(
        self, paths: Sequence[str], moved: Set[str], before: Before, catalogue: Catalogue
    ) -> None:
        self._paths = paths
        self._moved = moved
        self._before = before
        self._now = catalogue.by_path

    def __iter__(self) -> Iterator[EntryChange]:
        changes = map(self._change, self._paths)
        return (change for change in changes if change.old or change.new)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, change: object) -> bool:
        return any(change == other for other in self)

    def kinds(self) -> Iterator[tuple[str, str]]:
        """Path and ``kind`` of each, without a look at what only came or only went."""
        for path in self._paths:
            if path in self._now:
                was_there = path in self._before.entries
                yield path, self._change(path).kind if was_there else "new"
            elif path in self._before.entries:
                yield path, "deleted"

    def _change(self, path: str) -> EntryChange:
        return EntryChange(path, self._before.entry(path), self._now.get(path), path in self._moved)


def entry_changes(before: Before, changes: Changes, catalogue: Catalogue) -> EntryChanges:
    """How articles differ from those of the last build.

    Besides those whose files changed, these are the articles that show a picture whose file
    changed, those that another one's coming or going gave a new address, and those with a term
    whose address became another.
    """
    paths = set(changes.paths)
    paths |= set(showing(filter(is_picture, paths), catalogue.order.pictures))
    was, now = before.elsewhere, catalogue.elsewhere
    moved = {path for path in was.keys() | now.keys() if was.get(path) != now.get(path)}
    moved |= _with_moved_terms(before, catalogue)
    return EntryChanges(sorted(paths | moved), moved, before, catalogue)


def _with_moved_terms(before: Before, catalogue: Catalogue) -> set[str]:
    return {
        entry.path
        for taxonomy, slugs in catalogue.term_slugs.items()
        if slugs is not before.term_slugs.get(taxonomy)
        for key, slug in slugs.items()
        if before.term_slugs.get(taxonomy, {}).get(key, slug) != slug
        for entry in catalogue.with_term_key(taxonomy, key)
    }

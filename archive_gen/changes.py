"""How ``content/`` differs from what the last build saw, at the cost of what changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive_gen.album import showing
from archive_gen.load import Candidate, ContentFile, LoadContext, decode_batch, load_files
from archive_gen.parallel import Mapper, chunks
from archive_gen.pictures import is_picture

if TYPE_CHECKING:
    from archive_gen.catalogue import Catalogue, Entry
    from archive_gen.kept import Place
    from archive_gen.store import FoundFile

Stamps = Mapping[str, tuple[int, int]]
"""Path → size and mtime in nanoseconds of each content file when it was last read."""

_CHUNK = 200
# A file written within this time of being read could change again and keep its stamp.
_DOUBT_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build has to take notice of."""

    read: Sequence[ContentFile]
    """Files that were read because they are new or changed."""
    deleted: Sequence[str]
    restamped: Mapping[str, int]
    """Files that were touched and say the same: path → mtime."""
    places: Mapping[str, Place]
    """Where the articles that were read are kept."""

    def __bool__(self) -> bool:
        return bool(self.read or self.deleted)


def compare(
    listed: Iterable[FoundFile], stamps: Stamps, digest_of: Callable[[str], str]
) -> tuple[list[Candidate], list[str]]:
    """The files to read, and the paths that are gone. Opens no file.

    ``listed`` are the files that there are, as of a moment ago. ``digest_of`` tells what the
    bytes of a path were; empty if nobody knows.
    """
    doubtful = time.time_ns() - _DOUBT_NS
    candidates = []
    seen = set()
    for path, size, mtime_ns in listed:
        seen.add(path)
        if stamps.get(path) != (size, mtime_ns):
            trusted_mtime = mtime_ns if mtime_ns < doubtful else 0
            known_digest = digest_of(path) if path in stamps else ""
            candidates.append(Candidate(path, size, trusted_mtime, known_digest))
    return candidates, [path for path in stamps if path not in seen]


def read(
    context: LoadContext, candidates: Sequence[Candidate], deleted: Sequence[str], mapper: Mapper
) -> Changes:
    """Read the candidates; those whose bytes are the known ones are no change."""
    files: list[ContentFile] = []
    restamped: dict[str, int] = {}
    places: dict[str, Place] = {}
    for batch in map(decode_batch, mapper.map(load_files, context, chunks(candidates, _CHUNK))):
        files += batch.files
        restamped |= {candidate.path: candidate.mtime_ns for candidate in batch.same}
        kept = zip(batch.files, batch.places, strict=True)
        places |= {file.path: place for file, place in kept if place}
    return Changes(files, deleted, restamped, places)


@dataclass(frozen=True, slots=True)
class EntryChange:
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
    def kind(self) -> str:
        """``new``, ``changed``, ``deleted``, or ``moved``: another one's doing."""
        if not self.old:
            return "new"
        if not self.new:
            return "deleted"
        return "changed" if self.old.digest != self.new.digest else "moved"


@dataclass(frozen=True, slots=True)
class Before:
    """What the last build knew of the articles."""

    entries: Mapping[str, Entry]
    urls: Mapping[str, str]
    """Path → the address that the article was published at."""
    term_slugs: Mapping[str, Mapping[str, str]]
    """Taxonomy → term key → slug."""


def entry_changes(before: Before, changes: Changes, catalogue: Catalogue) -> list[EntryChange]:
    """The articles that are not as they were, sorted by path.

    Besides those whose files changed, these are the articles that show a picture whose file
    changed, those that another one's coming or going gave a new address, and those with a term
    whose address became another.
    """
    paths = {file.path for file in changes.read} | set(changes.deleted)
    paths |= set(showing(filter(is_picture, paths), catalogue.by_path.values()))
    moved = {p for p, entry in catalogue.by_path.items() if before.urls.get(p) != entry.url}
    moved |= _with_moved_terms(before, catalogue)
    found = [
        EntryChange(path, before.entries.get(path), catalogue.by_path.get(path), path in moved)
        for path in sorted(paths | moved)
    ]
    return [change for change in found if change.old or change.new]


def _with_moved_terms(before: Before, catalogue: Catalogue) -> set[str]:
    return {
        entry.path
        for taxonomy, slugs in catalogue.term_slugs.items()
        for key, slug in slugs.items()
        if before.term_slugs.get(taxonomy, {}).get(key, slug) != slug
        for entry in catalogue.with_term_key(taxonomy, key)
    }

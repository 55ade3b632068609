"""How ``content/`` differs from what the last build saw, at the cost of what changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from msgspec import Struct

from archive_gen.content.stamps import Stamps, decode_stamps, encode_stamps
from archive_gen.loading.load import Batch, Candidate, LoadContext, decode_batch, load_files
from archive_gen.loading.packed import PackedFile, PackedFiles, packed
from archive_gen.parallel import Mapper, chunks

if TYPE_CHECKING:
    from archive_gen.loading.kept import Place

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
                candidates.append(Candidate(path, size, digest_of(path)))
        deleted += (folder + name for name in before)
        # As a rule nothing is doubtful, and what was listed need not be written again.
        seen = listed.get(folder, b"") if trusted == files else encode_stamps(trusted)
        stamps[folder] = seen if files else b""
    return Difference(candidates, deleted, stamps)


def read_batches(
    context: LoadContext, candidates: Sequence[Candidate], mapper: Mapper
) -> Iterator[Batch]:
    """Files in their order, without those whose bytes are the known ones."""
    return map(decode_batch, mapper.map(load_files, context, chunks(candidates, _CHUNK)))


def read(
    context: LoadContext, found: Difference, mapper: Mapper, meanwhile: Callable[[], object]
) -> Changes:
    """Read the candidates; those whose bytes are the known ones are no change.

    If there are many, ``meanwhile`` is called while other processes read.
    """
    files: list[PackedFile] = []
    places: dict[str, Place] = {}
    for number, batch in enumerate(read_batches(context, found.candidates, mapper)):
        if number == 0 and len(found.candidates) > _CHUNK:
            meanwhile()
        files += packed(batch.files)
        kept = zip(batch.files, batch.places, strict=True)
        places |= {file.path: place for file, place in kept if place}
    return Changes(PackedFiles(files), found.deleted, found.stamps, places)

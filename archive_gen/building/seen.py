"""Which articles are as the last build saw them: what is known of these need not be read again.

For commands that tell of all articles. Nothing is written; where there is no state that holds, or
none that can be read, every article counts as changed.
"""

from __future__ import annotations

import contextlib
from heapq import merge
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from archive_gen.building.database import damage_told
from archive_gen.building.last_build import entries_fingerprint, stated_fingerprint
from archive_gen.building.state import BuildState
from archive_gen.content import listing
from archive_gen.layout import CONTENT_FOLDER, STATE_FOLDER
from archive_gen.loading.changes import compare, read_batches
from archive_gen.loading.load import LoadContext
from archive_gen.loading.packed import PackedFiles, packed
from archive_gen.pictures import is_beside_text
from archive_gen.problems import OperationError
from archive_gen.seals import DamagedStateError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from archive_gen.building.facts import Facts
    from archive_gen.config import SiteConfig
    from archive_gen.content.stamps import Stamps
    from archive_gen.loading.load import Candidate
    from archive_gen.loading.packed import PackedFile
    from archive_gen.parallel import Mapper


class Seen(NamedTuple):
    """The files of articles as they are now, drafts and those with faults among them."""

    unchanged: Sequence[PackedFile]
    """By path."""
    changed: Sequence[Candidate]
    """By path; they have to be read."""


def seen_entries(site: Path, config: SiteConfig, jobs: int = 1) -> Seen:
    """Where the entries of the files that are ``unchanged`` are those that reading would give."""
    return _seen(site, jobs, lambda facts: facts.entries == entries_fingerprint(config))


def seen_statements(site: Path, config: SiteConfig, jobs: int = 1) -> Seen:
    """Where only ``ContentFile.stated`` is asked of the files that are ``unchanged``.

    That holds longer: names and stories may have become others.
    """
    return _seen(site, jobs, lambda facts: facts.stated == stated_fingerprint(config))


def all_changed(site: Path) -> Seen:
    """Where nothing is known that would help."""
    return _since(site, {}, (), 1)


def files_now(site: Path, config: SiteConfig, mapper: Mapper, jobs: int = 1) -> PackedFiles:
    """What is known of the files of articles, by path; those that changed are read for it."""
    seen = seen_entries(site, config, jobs)
    context = LoadContext(site / CONTENT_FOLDER, config, keep=None)
    batches = read_batches(context, seen.changed, mapper)
    read = chain.from_iterable(packed(batch.files) for batch in batches)
    return PackedFiles([*merge(seen.unchanged, read, key=attrgetter("path"))])


def _seen(site: Path, jobs: int, holds: Callable[[Facts], bool]) -> Seen:
    return _since(site, *_last_seen(site, holds), jobs)


def _since(site: Path, stamps: Stamps, files: Sequence[PackedFile], jobs: int) -> Seen:
    listed = listing.stamps_of(site / CONTENT_FOLDER, stamps, jobs)
    difference = compare(listed, stamps, lambda _path: "")
    changed = [file for file in difference.candidates if not is_beside_text(file.path)]
    other = {*difference.deleted, *(file.path for file in changed)}
    unchanged = [file for file in files if file.path not in other]
    return Seen(unchanged, sorted(changed, key=lambda file: file.path))


def _last_seen(site: Path, holds: Callable[[Facts], bool]) -> tuple[Stamps, Sequence[PackedFile]]:
    state = BuildState.open_to_read(site / STATE_FOLDER)
    if state is None:
        return {}, ()
    try:
        with contextlib.closing(state), damage_told():
            if not holds(state.facts):
                return {}, ()
            articles = [file for file in state.files() if not is_beside_text(file.path)]
            return state.stamps(), articles
    except (DamagedStateError, OperationError):  # a build will tell
        return {}, ()

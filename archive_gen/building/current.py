"""Whether there is anything to build at all: the question that people ask most.

Answered from the state of the last build and the stamps of the files. It imports next to
nothing, opens no article and no index, and so takes little longer than listing the folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive_gen import search
from archive_gen.building.database import damage_told
from archive_gen.building.publish import FolderSink
from archive_gen.building.report import BuildReport
from archive_gen.building.state import BuildState
from archive_gen.content import listing
from archive_gen.content.stamps import decode_stamps
from archive_gen.layout import CONTENT_FOLDER, INDEX_FOLDER, SETTINGS_FILE, STATE_FOLDER
from archive_gen.problems import OperationError
from archive_gen.program import program_version
from archive_gen.rendering.theme_files import ThemeFiles
from archive_gen.seals import DamagedStateError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archive_gen.content.stamps import Stamps


def inputs_digest(site: Path) -> str:
    """A digest of all that a build reads besides articles: settings, templates, other pages, the
    program.

    Empty if the settings can't be read.
    """
    try:
        settings = (site / SETTINGS_FILE).read_bytes()
    except OSError:
        return ""
    own_pages = listing.digest_of_own_pages(site / CONTENT_FOLDER)
    digests = (program_version(), ThemeFiles(site).digest, own_pages)
    everything = "\0".join((*digests, "")).encode() + settings
    return hashlib.blake2b(everything, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Listed:
    """The files of ``content/`` as they were a moment ago: listing them anew takes long."""

    stamps: Stamps
    build: int
    """The number of the last build then: after another one the files are too old to be used."""
    seconds: float = 0.0
    """How long it took, with what was loaded meanwhile."""


def _nothing() -> None:
    pass


def report_if_current(
    site: Path,
    jobs: int = 1,
    *,
    on_first: Callable[[], object] = _nothing,
    on_change: Callable[[], object] = _nothing,
) -> BuildReport | Listed | None:
    """What a build would report if it found nothing to do.

    If there is something to do, the files that were listed for the answer, by up to ``jobs``
    processes; None if none were. While other processes list, ``on_first`` is called if nothing
    was built yet, ``on_change`` if a large archive is found to have something new.
    """
    started = time.perf_counter()
    state = BuildState.open_to_read(site / STATE_FOLDER)
    if state is None:
        listed = _listed_first(site, jobs, on_first)
        return replace(listed, seconds=time.perf_counter() - started)
    try:
        with damage_told():
            report = _report_if_current(site, state, jobs, on_change)
    except DamagedStateError:  # a build will tell
        return None
    finally:
        state.close()
    took = time.perf_counter() - started
    if isinstance(report, Listed):
        return replace(report, seconds=took)
    if report:
        report.seconds |= {"scan": took, "total": took}
    return report


def files_not_built(site: Path) -> int:
    """How many files of ``content/`` came, went or got another size after the last build.

    0 if nothing is known of one. Times are not compared: a copy of an archive has others.
    """
    state = BuildState.open_to_read(site / STATE_FOLDER)
    if state is None:
        return 0
    try:
        with contextlib.closing(state), damage_told():
            known = state.stamps()
    except (DamagedStateError, OperationError):  # a build will tell
        return 0
    found = listing.stamps_of(site / CONTENT_FOLDER, known)
    folders = known.keys() | found.keys()
    return sum(_differing(known.get(folder), found.get(folder)) for folder in folders)


def _differing(known: bytes | None, found: bytes | None) -> int:
    if known == found:
        return 0
    before = {name: size for name, size, _ in decode_stamps(known)}
    now = {name: size for name, size, _ in decode_stamps(found)}
    return sum(before.get(name) != now.get(name) for name in before.keys() | now.keys())


def _report_if_current(
    site: Path, state: BuildState, jobs: int, meanwhile: Callable[[], object]
) -> BuildReport | Listed | None:
    if not _is_current(site, state):
        return None
    known = state.stamps()
    found = listing.stamps_of(site / CONTENT_FOLDER, known, jobs, meanwhile)
    facts = state.facts
    listed = Listed(found, facts.number)
    if listed.stamps != known:
        return listed
    report = BuildReport(facts.output, facts.articles, state.drafts(), facts.pages)
    report.problems = state.standing_problems()
    return report


def _listed_first(site: Path, jobs: int, meanwhile: Callable[[], object]) -> Listed:
    # Imported here: most builds find a state.
    from archive_gen.parallel import FORKED, ProcessMapper

    wait = ProcessMapper(jobs if FORKED else 1).begin(listing.stamps_of, site / CONTENT_FOLDER)
    meanwhile()
    return Listed(wait(), 0)


def _is_current(site: Path, state: BuildState) -> bool:
    """But for articles."""
    facts = state.facts
    return bool(
        facts.output
        and not facts.is_publishing
        and not facts.failed
        and FolderSink(site / facts.output).is_made_from(facts.made_from)
        and facts.inputs == inputs_digest(site)
        and facts.index == search.stamp(site / INDEX_FOLDER)
    )

"""``archive build``: content files → a published site and its search index."""

from __future__ import annotations

import contextlib
import functools
import traceback
from typing import TYPE_CHECKING

from archive_gen.building.database import damage_told, discard
from archive_gen.building.run import Run
from archive_gen.building.state import BuildState
from archive_gen.garbage import few_collections
from archive_gen.layout import CONTENT_FOLDER, STATE_FOLDER
from archive_gen.locks import exclusive
from archive_gen.problems import Problem, UsageError
from archive_gen.seals import DamagedStateError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archive_gen.building.current import Listed
    from archive_gen.building.publish import FolderSink
    from archive_gen.building.report import BuildReport
    from archive_gen.config import SiteConfig
    from archive_gen.parallel import Mapper

_DAMAGED = "The state of the last build was damaged: everything was made from nothing."
_NO_CONTENT = Problem(
    CONTENT_FOLDER, 0, "there is no such folder", "bring it back, or make an empty one for articles"
)
_EMPTIED = Problem(
    CONTENT_FOLDER,
    0,
    "there is nothing in it, and the last build found articles there",
    "bring back the disk that it is on; if it is to be empty, delete .archive/ and build again",
)
_BUSY = Problem("archive build", 0, "another build of this archive is running", "wait for its end")


def build(
    site: Path,
    config: SiteConfig,
    *,
    mapper: Mapper,
    sink: FolderSink,
    strict: bool = False,
    verify: bool = False,
    listed: Listed | None = None,
    on_phase: Callable[[str], None] = lambda _phase: None,
) -> BuildReport:
    """Bring the published site and the search index up to date with ``content/``.

    Faults of single articles are in the report. Raises ``ArchiveError`` when nothing could be
    published: another build is running, a template fails, the output folder is not ours, or,
    when ``strict``, any article has a fault; the old site then stands as it was. With ``verify``
    no file is taken for unchanged because it has its old size and time: all are read.
    ``listed`` is what ``current`` found, if it was asked just now.
    """
    once = functools.partial(_build_once, site, config, mapper, sink, on_phase, strict=strict)
    with exclusive(site, "build", _BUSY), few_collections():
        try:
            return once(listed, verify=verify)
        except DamagedStateError:
            discard(site / STATE_FOLDER)
            report = once(None, verify=False)
            report.notes.append(_DAMAGED)
            return report


def _build_once(
    site: Path,
    config: SiteConfig,
    mapper: Mapper,
    sink: FolderSink,
    on_phase: Callable[[str], None],
    listed: Listed | None,
    *,
    strict: bool,
    verify: bool,
) -> BuildReport:
    """Raises ``DamagedStateError`` if what the last build left can't be used."""
    if not (site / CONTENT_FOLDER).is_dir():  # a disk that is not there perhaps: no empty site
        raise UsageError(_NO_CONTENT)
    with damage_told(), contextlib.closing(BuildState(site / STATE_FOLDER)) as state:
        if state.facts.articles and not any((site / CONTENT_FOLDER).iterdir()):
            raise UsageError(_EMPTIED)
        sink.prepare()
        with contextlib.closing(Run(site, config, mapper, sink, state, on_phase)) as run:
            try:
                return run.whole(listed, strict=strict, verify=verify)
            except BaseException as error:  # a disk that is full would stay so
                # Ends the work of processes, which would go on writing there.
                traceback.clear_frames(error.__traceback__)
                sink.abandon()
                raise

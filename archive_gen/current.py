"""Whether there is anything to build at all: the question that people ask most.

Answered from the state of the last build and the stamps of the files. It imports next to
nothing, opens no article and no index, and so takes little longer than listing the folder.
"""

from __future__ import annotations

import hashlib
import itertools
import sqlite3
import time
from typing import TYPE_CHECKING

import msgspec

from archive_gen import search, store
from archive_gen.locks import STATE_FOLDER
from archive_gen.program import program_version
from archive_gen.publish import FolderSink
from archive_gen.rendering.theme_files import ThemeFiles
from archive_gen.report import BuildReport
from archive_gen.state import BuildState

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS_FILE = "site.yaml"
FACT = "inputs"
"""The name under which a finished build leaves ``inputs_digest``."""


def inputs_digest(site: Path) -> str:
    """A digest of all that a build reads besides articles: settings, templates, the program.

    Empty if the settings can't be read.
    """
    try:
        settings = (site / SETTINGS_FILE).read_bytes()
    except OSError:
        return ""
    everything = f"{program_version()}\0{ThemeFiles(site).digest}\0".encode() + settings
    return hashlib.blake2b(everything, digest_size=16).hexdigest()


def report_if_current(site: Path) -> BuildReport | None:
    """What a build would report if it found nothing to do; None if there is something."""
    started = time.perf_counter()
    state = BuildState.open_to_read(site / STATE_FOLDER)
    if state is None:
        return None
    try:
        if not _is_current(site, state):
            return None
        articles, pages = state.counts()
        report = BuildReport(state.fact("output"), articles, pages)
        report.problems = state.standing_problems()
    except (sqlite3.Error, msgspec.MsgspecError):  # damaged: a build will tell
        return None
    finally:
        state.close()
    took = time.perf_counter() - started
    report.seconds |= {"scan": took, "total": took}
    return report


def _is_current(site: Path, state: BuildState) -> bool:
    output = state.fact("output")
    inputs = state.fact(FACT)
    return bool(
        output
        and inputs
        and not state.fact("publishing")
        and FolderSink(site / output).is_whole()
        and inputs == inputs_digest(site)
        and state.fact("index") == search.stamp(site / search.INDEX_FOLDER)
        and _same_stamps(site, state)
    )


def _same_stamps(site: Path, state: BuildState) -> bool:
    """Whether ``content/`` lists the files that were read, with the stamps that they had."""
    found = store.scan(site / store.CONTENT_FOLDER)
    return all(old == new for old, new in itertools.zip_longest(state.stamps(), found))

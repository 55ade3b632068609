"""What was learned of sources: each file can be read, and is there once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.check import copies
from archive_gen.check.base import Finding
from archive_gen.content import disk, store
from archive_gen.intake.sources.source_files import parse_bytes
from archive_gen.layout import CONTENT_FOLDER
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.check.base import Subject


def sources(subject: Subject) -> Iterator[Finding]:
    """Every file of ``_sources/``."""
    paths = [store.source_path(name) for name in store.source_names(subject.content)]
    for path in paths:
        shown = f"{CONTENT_FOLDER}/{path}"
        if other := copies.copied_from(path, paths):
            yield Finding(copies.told(shown, f"{CONTENT_FOLDER}/{other}"), "second-copy")
        try:
            data = disk.read(subject.content, path) or b""
        except OSError as error:
            problem = Problem(shown, 0, f"can't be read: {error.strerror}", "see who may read it")
            yield Finding(problem, "source-damaged")
            continue
        for problem in parse_bytes(data, shown)[2]:
            yield Finding(problem, "source-damaged")

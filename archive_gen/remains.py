"""Where words that were taken out still stand: every file of the archive is read for them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from archive_gen.content import store
from archive_gen.layout import CONTENT_FOLDER, STATE_FOLDER
from archive_gen.parallel import chunks
from archive_gen.passages import Passages
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.parallel import Mapper

HISTORY = ".git"
_CHUNK = 100


def find_left(site: Path, output: str, words: Sequence[str], mapper: Mapper) -> Iterator[Problem]:
    """Every file of the archive in which one of ``words`` still stands, however it is written.

    ``output`` is the folder of the site.
    """
    context = (site, output, Passages(words))
    for found in mapper.map(_left_in, context, chunks(_files(site), _CHUNK)):
        yield from found


def _left_in(context: tuple[Path, str, Passages], paths: Sequence[str]) -> list[Problem]:
    site, output, wanted = context
    found = (_left_in_one(site, output, wanted, path) for path in paths)
    return [*filter(None, found)]


def _left_in_one(site: Path, output: str, wanted: Passages, path: str) -> Problem | None:
    try:
        text = (site / path).read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:  # a link to nothing
        return None
    except OSError as error:
        return Problem(path, 0, f"can't be read: {error.strerror}", "see what it holds yourself")
    left = wanted.first_in(text)
    if left is not None:
        return Problem(path, 0, f"still holds '{left[:60]}'", _way(path, output))
    return None


def _files(site: Path) -> Iterator[str]:
    """Every file of the archive's folder, but for what version control keeps in forms of its own; a
    folder that can't be listed is found as if it were one."""
    unlisted: list[OSError] = []
    for parent, below, names in os.walk(site, onerror=unlisted.append):
        below[:] = sorted(name for name in below if name != HISTORY)
        for name in sorted(names):
            yield Path(parent, name).relative_to(site).as_posix()
    for error in unlisted:
        yield Path(error.filename).relative_to(site).as_posix()


def _way(path: str, output: str) -> str:
    """What to do about words that a file still holds."""
    top, _, below = path.partition("/")
    if top in (STATE_FOLDER, output):
        return f"once nothing else holds it, delete {top}/ and run 'archive build'"
    if top == CONTENT_FOLDER and not below.startswith(store.SOURCES):
        return "redact it there too, or delete the file"
    return "take it out there by hand"

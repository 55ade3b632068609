"""One process at a time: locks that end with the process that holds them, however it ends."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from archive_gen.layout import STATE_FOLDER
from archive_gen.problems import OperationError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = ".lock"


@contextlib.contextmanager
def exclusive(site: Path, name: str, busy: Problem) -> Iterator[None]:
    """Hold the archive's lock ``name``; raises ``OperationError(busy)`` if another process does."""
    # Imported here: to find that nothing changed takes no lock, and little longer than this.
    import filelock

    folder = site / STATE_FOLDER
    folder.mkdir(exist_ok=True)
    _keep_out_of_history(folder)
    lock = filelock.FileLock(folder / f"{name}{LOCK}", timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise OperationError(busy) from None
    try:
        yield
    finally:
        lock.release()


def _keep_out_of_history(folder: Path) -> None:
    """In version control a state would outlive the articles that it is of, branch by branch."""
    ignored = folder / ".gitignore"
    if not ignored.exists():
        ignored.write_text("# What archive-gen can make again.\n*\n", encoding="utf-8")

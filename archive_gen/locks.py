"""One process at a time: locks that end with the process that holds them, however it ends."""

from __future__ import annotations

import contextlib
import errno
from typing import TYPE_CHECKING

from archive_gen.layout import STATE_FOLDER
from archive_gen.problems import OperationError, Problem, naming

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = ".lock"
_NONE_THERE = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
_UNLOCKABLE = Problem(
    STATE_FOLDER,
    0,
    "the disk has no locks, without which two commands could spoil each other's work",
    f"let {STATE_FOLDER} be a link to a folder on another disk, or copy the archive to one",
)
"""Of some network drives. What only reads needs none."""


class NoLocksError(OperationError):
    """The disk has none."""


@contextlib.contextmanager
def exclusive(site: Path, name: str, busy: Problem) -> Iterator[None]:
    """Hold the archive's lock ``name``; raises ``OperationError(busy)`` if another process does.

    Where the disk has no locks, it raises ``OperationError``, too.
    """
    # Imported here: to find that nothing changed takes no lock, and little longer than this.
    import filelock

    folder = site / STATE_FOLDER
    folder.mkdir(exist_ok=True)
    _keep_out_of_history(folder)
    # Not that library's own way out, a file that a crash leaves behind.
    path = folder / f"{name}{LOCK}"
    lock = filelock.FileLock(path, timeout=0, fallback_to_soft=False)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise OperationError(busy) from None
    except OSError as error:
        if error.errno in _NONE_THERE:
            raise NoLocksError(_UNLOCKABLE) from None
        raise
    try:
        yield
    finally:
        lock.release()


def _keep_out_of_history(folder: Path) -> None:
    """In version control a state would outlive the articles that it is of, branch by branch."""
    ignored = folder / ".gitignore"
    if not ignored.exists():
        with naming(ignored):
            ignored.write_text("# What archive-gen can make again.\n*\n", encoding="utf-8")

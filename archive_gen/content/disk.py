"""The files below ``content/`` on the disk: read, and written whole or not at all.

Nothing here follows a symbolic link, and no path leaves the folder. A file is complete or not
there: it is written beside, flushed to the disk, and renamed.
"""

from __future__ import annotations

import itertools
import os
import stat
from types import MappingProxyType
from typing import TYPE_CHECKING

from archive_gen.layout import CONTENT_FOLDER
from archive_gen.problems import OperationError, Problem, named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_FLUSHERS = 16
"""Files flushed at a time share the disk's work: a tenth of the time of one after the other."""
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_numbers = itertools.count()


def read(content: Path, path: str) -> bytes | None:
    """The bytes of a file below ``content``; None if there is none."""
    try:
        return (content / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def write(content: Path, path: str, data: bytes) -> None:
    """Write a file below ``content``, whole or not at all.

    Raises ``OperationError`` if ``path`` would lead outside, through a link or with ``..``.
    """
    write_all(content, {path: data})


def write_all(
    content: Path,
    files: Mapping[str, bytes],
    made_from: Mapping[str, bytes | None] = MappingProxyType({}),
) -> None:
    """Write files below ``content`` as ``write`` does; they appear in the order given.

    ``made_from``: path → what was there when the new bytes were made, if anything was. Raises
    ``OperationError`` before anything is written if it is another by now: a person saved it.
    """
    written: list[tuple[Path, Path]] = []
    _demand_unchanged(content, {path: made_from[path] for path in files if path in made_from})
    try:
        for path, data in files.items():
            target = checked(content, path)
            beside = target.with_name(f".{os.getpid()}-{next(_numbers)}")
            written.append((beside, target))
            _write_beside(beside, target, data)
        _flush(written)
        for beside, target in written:
            _keep_mode(target, beside)
            beside.replace(target)
    except BaseException:
        for beside, _ in written:
            beside.unlink(missing_ok=True)
        raise


def _demand_unchanged(content: Path, files: Mapping[str, bytes | None]) -> None:
    changed = [path for path, data in files.items() if read(content, path) != data]
    if changed:
        hint = "do it again: it stays as it is now"
        shown = (f"{CONTENT_FOLDER}/{path}" for path in changed)
        raise OperationError([Problem(one, 0, "changed while this ran", hint) for one in shown])


def _write_beside(beside: Path, target: Path, data: bytes) -> None:
    try:
        beside.write_bytes(data)
    except OSError as error:
        raise named(error, target) from None


def _flush(written: Sequence[tuple[Path, Path]]) -> None:
    if len(written) < 3:
        for one in written:
            _flush_one(one)
        return
    from concurrent.futures import ThreadPoolExecutor  # here: who only reads needs none

    try:
        with ThreadPoolExecutor(_FLUSHERS) as threads:
            list(threads.map(_flush_one, written))
    except RuntimeError:  # a system with little memory, or a limit, lets none be started
        for one in written:
            _flush_one(one)


def _flush_one(written: tuple[Path, Path]) -> None:
    beside, target = written
    try:
        # Windows flushes only what is open for writing.
        with beside.open("rb+") as stream:
            os.fsync(stream.fileno())
    except OSError as error:
        raise named(error, target) from None


def checked(content: Path, path: str) -> Path:
    """The file to write, its folder made; raises ``OperationError`` if it lies elsewhere."""
    target = content / path
    root, inside = os.path.realpath(content), os.path.realpath(target.parent)
    there = _mode(target)
    if os.path.commonpath([root, inside]) != root or stat.S_ISLNK(there):
        hint = "replace the symbolic link by a folder"
        raise OperationError(Problem(f"content/{path}", 0, "would be written elsewhere", hint))
    if there and not there & _WRITABLE:  # a rename would ask nobody
        hint = "let it be written to, and do it again"
        raise OperationError(Problem(f"content/{path}", 0, "is write-protected", hint))
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _keep_mode(target: Path, beside: Path) -> None:
    """Who may read and write a file stays as it was."""
    there = _mode(target)
    if there and there != _mode(beside):  # some disks know but one
        beside.chmod(stat.S_IMODE(there))


def _mode(path: Path) -> int:
    """Kind and mode; 0 if there is no such file."""
    try:
        return path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0

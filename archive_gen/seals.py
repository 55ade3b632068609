"""Checksums of what a command leaves for the next one, so that a lost bit is noticed.

The whole file has one, looked at before a command changes it: a row that got lost shows in no
other way. Each piece of the build's state has one, too, for those who read a few pieces and must
not wait for the rest, and so has each compiled template.
"""

from __future__ import annotations

import contextlib
import functools
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SUM = ".crc"
_LENGTH = 4
_THREADS = 2
_PIECE = 1 << 24
_AT_ONCE = 1 << 20


class DamagedStateError(Exception):
    """What the last command left is not what it wrote."""


def seal(data: bytes, *keys: str) -> bytes:
    """``data`` with a checksum of it and of what it is kept under."""
    return _checksum(data, keys) + data


def unseal(sealed: bytes, *keys: str) -> bytes:
    """The data of ``seal``; raises ``DamagedStateError`` unless it was kept under these keys."""
    if not isinstance(sealed, bytes):  # a bit of its type
        raise DamagedStateError(keys)
    data = sealed[_LENGTH:]
    if _checksum(data, keys) != sealed[:_LENGTH]:
        raise DamagedStateError(keys)
    return data


def _checksum(data: bytes, keys: tuple[str, ...]) -> bytes:
    return zlib.crc32("\0".join(keys).encode(), zlib.crc32(data)).to_bytes(_LENGTH)


def demand_whole(path: Path) -> None:
    """Raise ``DamagedStateError`` if the file is not what the last command left.

    A row that got lost shows in no other way: its page would stay in the site for good.
    """
    with contextlib.suppress(OSError):
        if _sum_file(path).read_bytes() != _sum(path):
            raise DamagedStateError(path.name)


def is_whole(path: Path) -> bool:
    """Whether the file is known to be what the last command left, which nobody changes now."""
    try:
        return _sum_file(path).read_bytes() == _sum(path)
    except OSError:
        return False


def write_sum(path: Path) -> None:
    """Remember what the file is now, until ``drop_sum``."""
    if path.with_name(f"{path.name}-wal").exists():  # somebody reads: it is not complete yet
        return
    with contextlib.suppress(OSError):
        _sum_file(path).write_bytes(_sum(path))


def _sum(path: Path) -> bytes:
    """Of the pieces of a file; those of a large one are read by two threads, as nothing else is
    done meanwhile."""
    size = path.stat().st_size
    starts = range(0, size, _PIECE)
    if len(starts) < _THREADS:
        sums = [_piece_sum(path, start) for start in starts]
    else:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(_THREADS) as threads:
            sums = [*threads.map(functools.partial(_piece_sum, path), starts)]
    return b"%08x" % zlib.crc32(repr((size, sums)).encode())


def _piece_sum(path: Path, start: int) -> int:
    checksum = 0
    with path.open("rb") as file:
        file.seek(start)
        for _ in range(0, _PIECE, _AT_ONCE):
            checksum = zlib.crc32(file.read(_AT_ONCE), checksum)
    return checksum


def drop_sum(path: Path) -> None:
    """The file changes from now on."""
    _sum_file(path).unlink(missing_ok=True)


def _sum_file(path: Path) -> Path:
    return path.with_suffix(_SUM)

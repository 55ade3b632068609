"""Checksums of what a command leaves for the next one, so that a lost bit is noticed.

The whole file has one, looked at before a command changes it: a row that got lost shows in no
other way. Each piece of the build's state has one, too, for those who read a few pieces and must
not wait for the rest, and so has each compiled template.
"""

from __future__ import annotations

import contextlib
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SUM = ".crc"
_LENGTH = 4


class DamagedStateError(Exception):
    """What the last command left is not what it wrote."""


def seal(data: bytes, *keys: str) -> bytes:
    """``data`` with a checksum of it and of what it is kept under."""
    return zlib.crc32("\0".join(keys).encode(), zlib.crc32(data)).to_bytes(_LENGTH) + data


def unseal(sealed: bytes, *keys: str) -> bytes:
    """The data of ``seal``; raises ``DamagedStateError`` unless it was kept under these keys."""
    if not isinstance(sealed, bytes):  # a bit of its type
        raise DamagedStateError(keys)
    data = sealed[_LENGTH:]
    if seal(data, *keys) != sealed:
        raise DamagedStateError(keys)
    return data


def demand_whole(path: Path) -> None:
    """Raise ``DamagedStateError`` if the file is not what the last command left.

    A row that got lost shows in no other way: its page would stay in the site for good.
    """
    with contextlib.suppress(OSError):
        if _sum_file(path).read_bytes() != _sum(path):
            raise DamagedStateError(path.name)


def write_sum(path: Path) -> None:
    """Remember what the file is now, until ``drop_sum``."""
    if path.with_name(f"{path.name}-wal").exists():  # somebody reads: it is not complete yet
        return
    with contextlib.suppress(OSError):
        _sum_file(path).write_bytes(_sum(path))


def _sum(path: Path) -> bytes:
    checksum = 0
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            checksum = zlib.crc32(piece, checksum)
    return b"%08x" % checksum


def drop_sum(path: Path) -> None:
    """The file changes from now on."""
    _sum_file(path).unlink(missing_ok=True)


def _sum_file(path: Path) -> Path:
    return path.with_suffix(_SUM)

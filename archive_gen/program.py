"""Which program made something: its version, or in a checkout the state of its source."""

from __future__ import annotations

import functools
import hashlib
import os
from typing import TYPE_CHECKING

from archive_gen import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator


@functools.cache
def program_version() -> str:
    """Another after each change of the program, so that nothing outlives the code that made it.

    For build state only: it differs from machine to machine.
    """
    digest = hashlib.blake2b(__version__.encode(), digest_size=8)
    for entry in sorted(_sources(os.path.dirname(__file__)), key=lambda entry: entry.path):  # noqa: PTH120 (faster)
        status = entry.stat()
        digest.update(f"{entry.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return f"{__version__} {digest.hexdigest()}"


def _sources(folder: str) -> Iterator[os.DirEntry[str]]:
    """Every build asks for them: as ``Path`` they take three times as long."""
    with os.scandir(folder) as found:
        for entry in found:
            if entry.name.endswith(".py"):
                yield entry
            elif entry.is_dir():
                yield from _sources(entry.path)

"""Which program made something: its version, or in a checkout the state of its source."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from archive_gen import __version__


@functools.cache
def program_version() -> str:
    """Another after each change of the program, so that nothing outlives the code that made it.

    For build state only: it differs from machine to machine.
    """
    digest = hashlib.blake2b(__version__.encode(), digest_size=8)
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        status = path.stat()
        digest.update(f"{path.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return f"{__version__} {digest.hexdigest()}"

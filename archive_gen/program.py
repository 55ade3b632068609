"""Which program made something: its version, or in a checkout the state of its source."""

from __future__ import annotations

import functools
import hashlib
import os
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING

from archive_gen import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

_MADE_WITH = ("anyascii", "babel", "jinja2", "markdown", "markupsafe", "msgspec", "nh3", "yaml")
"""The libraries that have a say in what a page is."""


@functools.cache
def program_version() -> str:
    """Another after each change of the program and of what it makes pages with, so that nothing
    outlives the code that made it.

    For build state only: it differs from machine to machine.
    """
    digest = hashlib.blake2b(__version__.encode(), digest_size=8)
    for entry in sorted(_sources(os.path.dirname(__file__)), key=lambda entry: entry.path):  # noqa: PTH120 (faster)
        digest.update(_seen(entry.name, entry.stat()))
    for name in _MADE_WITH:
        # Whoever installs another version writes this file anew. The version itself takes long.
        spec = PathFinder.find_spec(name)
        if spec and spec.origin:
            digest.update(_seen(spec.origin, os.stat(spec.origin)))  # noqa: PTH116
    return f"{__version__} {digest.hexdigest()}"


def _seen(name: str, status: os.stat_result) -> bytes:
    return f"{name} {status.st_size} {status.st_mtime_ns}\n".encode()


def _sources(folder: str) -> Iterator[os.DirEntry[str]]:
    """Every build asks for them: as ``Path`` they take three times as long."""
    with os.scandir(folder) as found:
        for entry in found:
            if entry.name.endswith(".py"):
                yield entry
            elif entry.is_dir():
                yield from _sources(entry.path)

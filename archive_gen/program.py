"""Which program made something: all of its code, and the libraries that it makes pages with."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING

from archive_gen import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MADE_WITH = {
    "anyascii": "anyascii",
    "babel": "babel",
    "jinja2": "jinja2",
    "markdown": "markdown",
    "markupsafe": "markupsafe",
    "msgspec": "msgspec",
    "nh3": "nh3",
    "yaml": "pyyaml",
}
"""The libraries that have a say in what a page is, each with the name that it is installed by."""
_INSTALLED = ".dist-info"


@functools.cache
def program_version() -> str:
    """Another after each change of the program and of what it makes pages with, so that nothing
    outlives the code that made it.

    For build state only: what is not installed as a package is known by its files' times, which
    differ from machine to machine.
    """
    digest = hashlib.blake2b(__version__.encode(), digest_size=8)
    for known in _known():
        digest.update(f"{known}\n".encode("utf-8", "surrogateescape"))
    return f"{__version__} {digest.hexdigest()}"


def _known() -> Iterator[str]:
    package = os.path.dirname(__file__)  # noqa: PTH120 (faster, as all of it)
    beside = os.path.dirname(package)  # noqa: PTH120
    installed = _installed_in(beside)
    own = installed.get("archive_gen", "")
    yield from _recorded(f"{beside}/{own}/RECORD") or _seen_in(package)
    for module, name in _MADE_WITH.items():
        yield installed.get(name) or _seen_of(module)


def _installed_in(folder: str) -> Mapping[str, str]:
    """The packages that were installed in a folder: name → folder with name and version."""
    found = (name for name in sorted(os.listdir(folder)) if name.endswith(_INSTALLED))  # noqa: PTH208
    return {name.partition("-")[0].lower(): name for name in found}


def _recorded(path: str) -> list[str]:
    """What an installer notes of our files: their checksums. Empty if there is no such note."""
    with contextlib.suppress(OSError), open(path, encoding="utf-8") as file:  # noqa: PTH123
        return sorted(line for line in file if line.startswith("archive_gen/") and "=" in line)
    return []


def _seen_in(package: str) -> list[str]:
    """The files of a package, by size and time."""
    files = sorted(_sources(package), key=lambda entry: entry.path)
    return [_seen(entry.name, entry.stat()) for entry in files]


def _seen_of(module: str) -> str:
    """The file that whoever installs another version of a library writes anew."""
    spec = PathFinder.find_spec(module)
    return _seen(spec.origin, os.stat(spec.origin)) if spec and spec.origin else ""  # noqa: PTH116


def _seen(name: str, status: os.stat_result) -> str:
    return f"{name} {status.st_size} {status.st_mtime_ns}"


def _sources(folder: str) -> Iterator[os.DirEntry[str]]:
    """Every build asks for them: as ``Path`` they take three times as long."""
    with os.scandir(folder) as found:
        for entry in found:
            if entry.name.endswith(".py"):
                yield entry
            elif entry.is_dir():
                yield from _sources(entry.path)

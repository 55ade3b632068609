"""Second copies of a file: what shared folders leave when two people write at once, and what file
managers do (``flood (Ada's conflicted copy).md``, ``flood-DESKTOP-1A2B.md``, ``Copy of flood.md``).

They name them in the words of every language. What all have in common is the whole name of the
other file, and a mark behind it, or words before it, that no name has which this program gives.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

_BEHIND_NAME = re.compile(r"[ .(_~]|-(?=[A-Z])")
"""Behind a hyphen OneDrive has the name of a computer."""
_BEFORE_NAME = re.compile(r" ")


def copied_from(path: str, there: Container[str]) -> str:
    """The path of which ``path`` is a copy by its name; empty if there is none such ``there``."""
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    others = (f"{folder}{slash}{other}{dot}{ending}" for other in _names_in(stem))
    return next(filter(there.__contains__, others), "")


def _names_in(stem: str) -> Iterator[str]:
    yield from (stem[: mark.start()] for mark in _BEHIND_NAME.finditer(stem, 1))
    yield from (stem[mark.end() :] for mark in _BEFORE_NAME.finditer(stem))


def told(path: str, other: str) -> Problem:
    """That ``path`` is a copy of ``other``, both as a user would type them."""
    hint = "keep what is meant of the two in one, and delete the other"
    return Problem(path, 0, f"is a second copy of {other} by its name", hint)

"""The endings that words have beside their stems, by which the page knows a form when it sees one.

The page has no stemmers: of each word of the archive its entry names the family. Of a word that no
article has, the page looks for a beginning that some have, and takes the word for a form of it if
what is left is an ending in a language of the archive; else it is a slip. From words of three
letters stemmers take fewer, which ones depends on the last letter: *byu* has no form *byus*. The
tables of ``endings.json`` are made from the stemmers by ``training/write_endings.py``.
"""

from __future__ import annotations

import functools
import itertools
import json
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def endings_of(languages: Iterable[str]) -> str:
    """Those of some languages, as one text."""
    table = _tables()["endings"]
    return " ".join(sorted(set[str]().union(*(table.get(name, "").split() for name in languages))))


def short_endings_of(languages: Iterable[str]) -> dict[str, str]:
    """Those that words of three letters have, each with the letters that it stands behind."""
    table = _tables()["short"]
    behind: dict[str, set[str]] = {}
    for pair in itertools.chain.from_iterable(table.get(name, "").split() for name in languages):
        ending, _, letters = pair.partition(":")
        behind.setdefault(ending, set()).update(letters)
    return {ending: "".join(sorted(letters)) for ending, letters in sorted(behind.items())}


@functools.cache
def _tables() -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = json.loads(
        resources.files(__package__).joinpath("endings.json").read_bytes()
    )
    return tables

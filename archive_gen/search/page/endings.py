"""The endings that words have beside their stems, by which the page knows a form when it sees one.

The page has no stemmers: of each word of the archive its entry names the family. Of a word that no
article has, the page looks for a beginning that some have, and takes the word for a form of it if
what is left is an ending in a language of the archive; else it is a slip. The table
``endings.json`` is made from the stemmers by ``training/write_endings.py``.
"""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def endings_of(languages: Iterable[str]) -> str:
    """Those of some languages, as one text."""
    table = _table()
    return " ".join(sorted(set[str]().union(*(table.get(name, ()) for name in languages))))


@functools.cache
def _table() -> dict[str, list[str]]:
    data = resources.files(__package__).joinpath("endings.json").read_bytes()
    return {language: text.split() for language, text in json.loads(data).items()}

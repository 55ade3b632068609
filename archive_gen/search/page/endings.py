"""The endings that words have beside their stems, by which the page knows a form when it sees one.

The page has no stemmers: of each word of the archive its entry names the family. Of a word that no
article has, the page looks for a beginning that some have, and takes the word for a form of it in
the languages in which what is left is an ending; else it is a slip. From words of three
letters stemmers take fewer, which ones depends on the last letter: *byu* has no form *byus*. The
tables of ``endings.json`` are made from the stemmers by ``training/write_endings.py``.
"""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def endings_of(languages: Iterable[str]) -> dict[str, list[str]]:
    """Those of each language that has a stemmer, as two texts.

    The second has those of words of three letters, each with the letters that it stands behind.
    """
    tables = _tables()
    kinds = tables["endings"], tables["short"]
    return {name: [kind[name] for kind in kinds] for name in sorted(languages) if name in kinds[0]}


@functools.cache
def _tables() -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = json.loads(
        resources.files(__package__).joinpath("endings.json").read_bytes()
    )
    return tables

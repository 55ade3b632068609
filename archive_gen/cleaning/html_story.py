"""Which lines of an HTML page are the story: a logistic model over what is seen of each.

The extraction library's word is one of the things weighed, so the model does nothing but mend
it. Its weights are ``html_weights.txt``, which ``training/fit_html.py`` fits.
"""

from __future__ import annotations

import math
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from archive_gen.cleaning.html_features import line_features

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archive_gen.cleaning.base import Block
    from archive_gen.cleaning.html_lines import Spot

KEPT_LEAST = 0.45
"""A line that the library kept stays unless the model believes in it less than this, …"""
ADDED_LEAST = 0.6
"""… and one that it did not keep is added from here on."""


def find_story(blocks: Sequence[Block], spots: Sequence[Spot], kept: Sequence[bool]) -> list[int]:
    """The indexes of the story's lines, in order."""
    chances = story_chances(line_features(blocks, spots, kept), weights())
    return [
        index
        for index, (chance, keep) in enumerate(zip(chances, kept, strict=True))
        if chance >= (KEPT_LEAST if keep else ADDED_LEAST)
    ]


def story_chances(features: Sequence[Sequence[str]], table: Mapping[str, float]) -> list[float]:
    """How likely each line is of the story, 0–1."""
    return [_logistic(sum(table.get(name, 0.0) for name in names)) for names in features]


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, value))))


@cache
def weights() -> Mapping[str, float]:
    """Name → weight."""
    text = resources.files(__package__).joinpath("html_weights.txt").read_text(encoding="utf-8")
    rows = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(weight) for name, _, weight in rows if name}

"""How likely each line is story text: boosted decision trees, all lines of a page at once.

A tree asks of a line whether some feature of it (or of a line near it) is above a threshold. The
answers of all lines to one question are one big integer with a lane of 16 bits a line, so a walk
through a tree takes all lines along: ``&`` splits them, ``*`` gives those in a leaf its value,
``+`` adds up the trees. That is what makes trees fast enough without a numeric library.

The weights come from ``training/train_cleaning.py``.
"""

from __future__ import annotations

import math
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import msgspec

from archive_gen.cleaning.features import look_back, measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Block, Label
    from archive_gen.cleaning.features import Columns


_LANE = 2
"""Bytes for the sum of one line. The training keeps every possible sum below 65536."""


class Forest(msgspec.Struct, frozen=True, array_like=True):
    """Trees that are added up."""

    features: list[tuple[str, int]]
    """What is asked about: a column, and how many lines further down."""
    questions: list[tuple[int, int]]
    """Number of the feature, and the threshold that it is above or not."""
    trees: list[Any]
    """A leaf's value, or ``[question, tree for no, tree for yes]``."""
    scale: float
    """Steps of the integer sum for one unit of log odds."""
    zero: int
    """The integer sum that stands for even odds."""


class Weights(msgspec.Struct, frozen=True, array_like=True):
    """What the weights file holds."""

    first: Forest
    second: Forest


@cache
def load_weights() -> Weights:
    """The weights in the package."""
    data = resources.files(__package__).joinpath("weights.msgpack").read_bytes()
    return msgspec.msgpack.decode(data, type=Weights)


def score(blocks: Sequence[Block], labels: Sequence[Label | None]) -> list[float]:
    """How likely each line belongs to the body, 0 to 1; ``labels`` is what the rules say of it."""
    return judge(load_weights(), blocks, labels) if blocks else []


def judge(weights: Weights, blocks: Sequence[Block], labels: Sequence[Label | None]) -> list[float]:
    """The same with the given weights; there must be a line."""
    columns = measure(blocks)
    first = run(weights.first, columns)
    columns |= look_back(blocks, [chance(odds) for odds in first], labels)
    second = run(weights.second, columns)
    return [chance(before + more) for before, more in zip(first, second, strict=True)]


def chance(odds: float) -> float:
    """Log odds as a probability."""
    return 1 / (1 + math.exp(-odds))


def run(forest: Forest, columns: Columns) -> list[float]:
    """The log odds that the trees give for each line."""
    count = len(columns["words"])
    shifted = [_shift(columns[name], offset) for name, offset in forest.features]
    answers = [_above(shifted[feature], threshold) for feature, threshold in forest.questions]

    def walk(tree: Any, lanes: int) -> int:
        if not lanes:
            return 0
        if isinstance(tree, int):
            return lanes * tree
        question, no, yes = tree
        above = lanes & answers[question]
        return walk(no, lanes ^ above) + walk(yes, above)

    everyone = int.from_bytes(b"\1\0" * count, "little")
    total = sum(walk(tree, everyone) for tree in forest.trees)
    sums = memoryview(total.to_bytes(_LANE * count, "little")).cast("H")
    return [(value - forest.zero) / forest.scale for value in sums]


def _shift(column: bytes, offset: int) -> bytes:
    """Each line gets the value of the line ``offset`` further down; 0 if there is none."""
    if offset > 0:
        return (column + bytes(offset))[offset:]
    return (bytes(-offset) + column)[: len(column)]


def _above(column: bytes, threshold: int) -> int:
    """One lane a line: 1 where the feature is above the threshold."""
    lanes = bytearray(_LANE * len(column))
    lanes[::_LANE] = column.translate(_tables()[threshold])
    return int.from_bytes(lanes, "little")


@cache
def _tables() -> list[bytes]:
    return [bytes(value > threshold for value in range(256)) for threshold in range(256)]

"""How likely each line is story text: boosted decision trees, all lines of a page at once.

A tree asks every line the same few questions: is some feature of it (or of a line near it) above
a threshold? The answers, one bit each, are the number of the leaf (oblivious trees; Prokhorenkova
et al. 2018, https://arxiv.org/abs/1706.09516). All lines are asked together: the answers are
integers with a byte a line, ``|`` puts the bits together, ``bytes.translate`` looks up the leaves.
That is what makes hundreds of trees fast enough without a numeric library.

The weights come from ``training/train_cleaning.py``.
"""

from __future__ import annotations

import math
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING

import msgspec

from archive_gen.cleaning.features import measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.cleaning.base import Page
    from archive_gen.cleaning.columns import Columns


class Tree(msgspec.Struct, frozen=True, array_like=True):
    """Questions and, for each combination of answers, a leaf."""

    questions: list[int]
    """Their numbers; the first answer is the lowest bit of the leaf's number. At most 8."""
    leaves: bytes
    """The value of each leaf, 0 to 255."""


class Forest(msgspec.Struct, frozen=True, array_like=True, dict=True):
    """Trees that are added up; no sum of theirs exceeds 65535."""

    features: list[tuple[str, int]]
    """What is asked about: a column, and how many lines further down."""
    questions: list[tuple[int, int]]
    """Number of the feature, and the threshold that it is above or not."""
    trees: list[Tree]
    scale: float
    """Steps of the integer sum for one unit of log odds."""
    zero: int
    """The integer sum that stands for even odds."""

    @cached_property
    def asked_together(self) -> list[tuple[int, bytes, list[int]]]:
        """Up to eight questions about one feature: it, a bit for each answer, their numbers."""
        by_feature: dict[int, list[int]] = {}
        for number, (feature, _) in enumerate(self.questions):
            by_feature.setdefault(feature, []).append(number)
        return [
            (
                feature,
                _bits([self.questions[n][1] for n in numbers[at : at + 8]]),
                numbers[at : at + 8],
            )
            for feature, numbers in by_feature.items()
            for at in range(0, len(numbers), 8)
        ]


@cache
def load_weights() -> Forest:
    """The weights in the package."""
    data = resources.files(__package__).joinpath("weights.msgpack").read_bytes()
    return msgspec.msgpack.decode(data, type=Forest)


def score(page: Page) -> list[float]:
    """How likely each line belongs to the body, 0 to 1; ``page`` is what the rules say of it."""
    if not page.blocks:
        return []
    labels = [page.label(index) for index in range(len(page.blocks))]
    return judge(load_weights(), measure(page.blocks, labels, page.story))


def judge(forest: Forest, columns: Columns) -> list[float]:
    """The same from the features of the lines; there must be a line."""
    return [1 / (1 + math.exp(-odds)) for odds in run(forest, columns)]


def run(forest: Forest, columns: Columns) -> list[float]:
    """The log odds that the trees give for each line."""
    count = len(next(iter(columns.values())))
    shifted = [_shift(columns[name], offset) for name, offset in forest.features]
    ones = int.from_bytes(b"\1" * count, "little")
    answers = [0] * len(forest.questions)
    for feature, bits, numbers in forest.asked_together:
        together = int.from_bytes(shifted[feature].translate(bits), "little")
        for bit, number in enumerate(numbers):
            answers[number] = together >> bit & ones
    low_bytes = int.from_bytes(b"\xff\0" * (count // 2 + 1), "little")
    even = odd = 0  # the sums of every other line: two bytes for each
    for trees in _grouped(forest.trees):
        values = 0
        for tree in trees:
            leaf = 0
            for bit, question in enumerate(tree.questions):
                leaf |= answers[question] << bit
            leaves = leaf.to_bytes(count, "little")
            values += int.from_bytes(leaves.translate(tree.leaves.ljust(256)), "little")
        even += values & low_bytes
        odd += values >> 8 & low_bytes
    sums = [0] * count
    sums[::2] = _unpack(even, (count + 1) // 2)
    sums[1::2] = _unpack(odd, count // 2)
    return [(value - forest.zero) / forest.scale for value in sums]


def _grouped(trees: Sequence[Tree]) -> Iterator[list[Tree]]:
    """Trees one after the other whose sums fit into a byte."""
    group: list[Tree] = []
    room = 255
    for tree in trees:
        most = max(tree.leaves)
        if most > room:
            yield group
            group, room = [], 255
        group.append(tree)
        room -= most
    yield group


def _unpack(sums: int, count: int) -> list[int]:
    """Lanes of two bytes as numbers."""
    data = sums.to_bytes(2 * count + 2, "little")
    return [low | high << 8 for low, high in zip(data[: 2 * count : 2], data[1::2], strict=False)]


def _shift(column: bytes, offset: int) -> bytes:
    """Each line gets the value of the line ``offset`` further down; 0 if there is none."""
    if offset > 0:
        return (column + bytes(offset))[offset:]
    return (bytes(-offset) + column)[: len(column)]


def _bits(thresholds: Sequence[int]) -> bytes:
    """Value → a bit for each threshold, whether it is above it."""
    together = 0
    for bit, threshold in enumerate(thresholds):
        above = bytes(threshold + 1) + b"\1" * (255 - threshold)
        together |= int.from_bytes(above, "little") << bit
    return together.to_bytes(256, "little")

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
from collections import Counter
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from archive_gen.cleaning.model.features import measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archive_gen.cleaning.base import Page
    from archive_gen.cleaning.model.columns import Columns

_BITS = 8
"""Of a byte, in which the answers to a tree's questions stand."""


class Tree(msgspec.Struct, frozen=True, array_like=True):
    """Questions and, for each combination of answers, a leaf."""

    questions: list[int]
    """Their numbers; the first answer is the lowest bit of the leaf's number. At most 6."""
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
    def plan(self) -> Plan:
        """How to ask the questions and add up the answers; made once."""
        return _plan(self)


class Plan(NamedTuple):
    """A forest made ready: no answer has to be moved to its bit of a leaf's number."""

    answers: int
    """How many there are: a question has one for each bit that it is in some tree, and the last
    is none, for trees that ask fewer questions than others."""
    asked: list[tuple[int, bytes, list[tuple[int, int]]]]
    """A feature, its value → a bit for each of up to eight questions, and the answer in each."""
    trees: list[list[tuple[int, int, int, int, int, int, bytes]]]
    """Six answers and the leaves of trees one after the other whose sums fit into a byte."""


@cache
def load_weights(package: str) -> Forest:
    """The trees that ``package`` has learned."""
    data = resources.files(package).joinpath("weights.msgpack").read_bytes()
    return msgspec.msgpack.decode(data, type=Forest)


def score(page: Page) -> list[float]:
    """How likely each line belongs to the body, 0 to 1; ``page`` is what the rules say of it."""
    if not page.blocks:
        return []
    labels = page.labels()
    return judge(load_weights(__package__), measure(page.blocks, labels, page.story))


def judge(forest: Forest, columns: Columns) -> list[float]:
    """The same from the features of the lines; there must be a line."""
    return [1 / (1 + math.exp(-odds)) for odds in run(forest, columns)]


def run(forest: Forest, columns: Columns) -> list[float]:
    """The log odds that the trees give for each line."""
    count = len(next(iter(columns.values())))
    plan = forest.plan
    shifted = [_shift(columns[name], offset) for name, offset in forest.features]
    ones = int.from_bytes(b"\1" * count, "little")
    lanes = [ones << bit for bit in range(_BITS)]
    answers = [0] * plan.answers
    for feature, bits, placed in plan.asked:
        together = int.from_bytes(shifted[feature].translate(bits), "little")
        for bit, answer in placed:
            answers[answer] = together & lanes[bit]
    low_bytes = int.from_bytes(b"\xff\0" * (count // 2 + 1), "little")
    total = even = 0  # every other line's sum has room in two bytes
    for trees in plan.trees:
        values = 0
        for a, b, c, d, e, f, leaves in trees:  # written out: a loop takes a fifth more time
            leaf = answers[a] | answers[b] | answers[c] | answers[d] | answers[e] | answers[f]
            values += int.from_bytes(leaf.to_bytes(count, "little").translate(leaves), "little")
        total += values
        even += values & low_bytes
    odd = total - even >> 8  # the others' is what is left
    sums = [0] * count
    sums[::2] = _unpack(even, (count + 1) // 2)
    sums[1::2] = _unpack(odd, count // 2)
    return [(value - forest.zero) / forest.scale for value in sums]


def _plan(forest: Forest) -> Plan:
    places = _places(forest)
    pairs = dict.fromkeys(pair for place in places for pair in place.items())
    answers = {pair: number for number, pair in enumerate(pairs)}
    none = len(answers)
    groups: list[list[tuple[int, int, int, int, int, int, bytes]]] = []
    room = 0
    for tree, place in zip(forest.trees, places, strict=True):
        a, b, c, d, e, f = [answers[pair] for pair in place.items()] + [none] * (6 - len(place))
        most = max(tree.leaves)
        if not groups or most > room:
            groups.append([])
            room = 255
        bits = [place[question] for question in tree.questions]
        groups[-1].append((a, b, c, d, e, f, _moved(tree.leaves, bits)))
        room -= most
    return Plan(none + 1, list(_asked_together(forest.questions, answers)), groups)


def _places(forest: Forest) -> list[dict[int, int]]:
    """For each tree, a bit for each of its questions.

    One where the question has been before, if that is free; else one where few others about its
    feature are, for those at different bits are answered together.
    """
    bits_of: dict[int, list[int]] = {}  # question → where it is in some tree
    crowds: Counter[tuple[int, int]] = Counter()  # feature and bit → questions
    places: list[dict[int, int]] = []
    for tree in forest.trees:
        free = set(range(_BITS))
        place: dict[int, int] = {}
        asked = sorted(set(tree.questions))
        for question in sorted(asked, key=lambda question: question not in bits_of):
            bit = next((bit for bit in bits_of.get(question, ()) if bit in free), None)
            if bit is None:
                feature, _ = forest.questions[question]
                bit = min(free, key=lambda bit: (crowds[feature, bit], bit))
                crowds[feature, bit] += 1
                bits_of.setdefault(question, []).append(bit)
            place[question] = bit
            free.remove(bit)
        places.append(place)
    return places


def _moved(leaves: bytes, bits: Sequence[int]) -> bytes:
    """``leaves`` by numbers in which the answers stand at ``bits``."""
    places = [0]
    for bit in bits:
        places += [place | 1 << bit for place in places]
    table = bytearray(1 << _BITS)
    for place, leaf in zip(places, leaves, strict=True):
        table[place] = leaf
    return bytes(table)


def _asked_together(
    questions: Sequence[tuple[int, int]], answers: Mapping[tuple[int, int], int]
) -> Iterator[tuple[int, bytes, list[tuple[int, int]]]]:
    """Questions about one feature that differ in their bits: one look at its values answers all."""
    tables: dict[int, list[dict[int, tuple[int, int]]]] = {}
    for (question, bit), answer in answers.items():
        feature, threshold = questions[question]
        of_feature = tables.setdefault(feature, [])
        table = next((table for table in of_feature if bit not in table), None)
        if table is None:
            table = {}
            of_feature.append(table)
        table[bit] = (threshold, answer)
    for feature, of_feature in tables.items():
        for table in of_feature:
            thresholds = {bit: threshold for bit, (threshold, _) in table.items()}
            yield feature, _bits(thresholds), [(bit, answer) for bit, (_, answer) in table.items()]


def _unpack(sums: int, count: int) -> list[int]:
    """Lanes of two bytes as numbers."""
    data = sums.to_bytes(2 * count + 2, "little")
    return [low | high << 8 for low, high in zip(data[: 2 * count : 2], data[1::2], strict=False)]


def _shift(column: bytes, offset: int) -> bytes:
    """Each line gets the value of the line ``offset`` further down; 0 if there is none."""
    if offset > 0:
        return (column + bytes(offset))[offset:]
    return (bytes(-offset) + column)[: len(column)]


def _bits(thresholds: Mapping[int, int]) -> bytes:
    """Value → bits, each set where the value is above its threshold."""
    together = 0
    for bit, threshold in thresholds.items():
        above = bytes(threshold + 1) + b"\1" * (255 - threshold)
        together |= int.from_bytes(above, "little") << bit
    return together.to_bytes(256, "little")

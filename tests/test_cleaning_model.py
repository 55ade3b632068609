"""The features of lines, and the model that finds the story by them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.article import RawDocument
from archive_gen.cleaning import apply_rules, clean
from archive_gen.cleaning.blocks import split_blocks
from archive_gen.cleaning.features import measure
from archive_gen.cleaning.model import Forest, judge, load_weights, run, score

HERE = Path(__file__).resolve().parent
DUMPS = sorted((HERE / "fixtures" / "dumps").glob("*.txt"))
PAGES = st.lists(st.text(max_size=60), max_size=30).map("\n".join)


def chances_of(text: str) -> list[float]:
    page = apply_rules(split_blocks(text))
    return score(page.blocks, [page.label(index) for index in range(len(page.blocks))])


@given(PAGES)
def test_every_line_has_every_feature(text: str) -> None:
    blocks = split_blocks(text)
    columns = measure(blocks)
    assert all(len(column) == len(blocks) for column in columns.values())
    assert all(0 not in column for column in columns.values())  # 0 is for lines beyond the page


@given(PAGES)
def test_a_chance_for_every_line(text: str) -> None:
    chances = chances_of(text)
    assert len(chances) == len(split_blocks(text))
    assert all(0 <= chance <= 1 for chance in chances)
    assert chances == chances_of(text)


def test_words_do_not_matter_only_how_they_are_used() -> None:
    """Another language, letter for letter: the same lines are story."""
    text = (HERE / "fixtures" / "dumps" / "courier-2017-bridge-pier-seven.txt").read_text("utf-8")
    latin, letters = "abcdefghijklmnopqrstuvwxyz", "αβψδεφγηιξκλμνοπθρστυωχζϊϋ"
    greek = str.maketrans(latin + latin.upper(), letters + letters.upper())
    blocks, others = split_blocks(text), split_blocks(text.translate(greek))
    prompts = {index for index, block in enumerate(blocks) if block.prompt}
    mine, theirs = measure(blocks), measure(others)
    for name in ("words", "ends", "digits", "commas", "since prose", "topical words"):
        for index in set(range(len(blocks))) - prompts:
            assert mine[name][index] == theirs[name][index], name


def test_a_forest_answers_for_each_line_what_a_walk_would() -> None:
    """Against the plain way to use trees: one line at a time."""
    columns = {"words": bytes([3, 9, 200, 1]), "ends": bytes([1, 2, 2, 1])}
    tree = [0, 5, [1, 70, 900]]
    stump = [2, 0, 40]
    questions = [(0, 5), (1, 1), (2, 100)]
    features = [("words", 0), ("ends", 0), ("words", 1)]
    forest = Forest(features, questions, [tree, stump], 10.0, 100)

    def walk(node: int | list[Any], line: int) -> int:
        if isinstance(node, int):
            return node
        feature, threshold = questions[node[0]]
        name, offset = features[feature]
        there = line + offset
        value = columns[name][there] if there < 4 else 0
        return walk(node[2 if value > threshold else 1], line)

    expected = [(walk(tree, line) + walk(stump, line) - 100) / 10 for line in range(4)]
    assert run(forest, columns) == expected


def test_weights_are_small_and_their_sums_fit_their_lanes() -> None:
    weights = load_weights()
    assert len(msgspec.msgpack.encode(weights)) < 2_000_000
    for forest in (weights.first, weights.second):
        assert sum(highest(tree) for tree in forest.trees) < 2**16


def highest(tree: object) -> int:
    return tree if isinstance(tree, int) else max(map(highest, tree[1:]))  # type: ignore[index]


def test_weights_can_be_replaced() -> None:
    """Trees that say yes to all keep all: the judgement is the weights' alone."""
    yes = Forest([("words", 0)], [(0, 0)], [[0, 0, 100]], 10.0, 0)
    weights = msgspec.structs.replace(load_weights(), first=yes, second=yes)
    blocks = split_blocks("One\n\nTwo\nThree")
    assert all(chance > 0.9 for chance in judge(weights, blocks, [None] * 3))


def test_hostile_pages_end() -> None:
    for text in ("a" * 1_000_000, "x, " * 300_000, "(" * 200_000 + "a", "a.\n" * 20_000):
        clean(RawDocument("hostile.txt", text.encode(), text))

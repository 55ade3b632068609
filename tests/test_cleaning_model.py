"""The features of lines, and the model that finds the story by them."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_gen.article import RawDocument
from archive_gen.cleaning import Learned, apply_rules, clean
from archive_gen.cleaning.decide import threshold
from archive_gen.cleaning.expected import best_f1, expected_f1
from archive_gen.cleaning.lines.blocks import split_blocks
from archive_gen.cleaning.model.features import measure
from archive_gen.cleaning.model.trees import Forest, Tree, judge, load_weights, run, score
from archive_gen.cleaning.phrases import fold

HERE = Path(__file__).resolve().parent
DUMPS = sorted((HERE / "fixtures" / "dumps").glob("*.txt"))
PAGES = st.lists(st.text(max_size=60), max_size=30).map("\n".join)


def chances_of(text: str) -> list[float]:
    page = apply_rules(split_blocks(text))
    return score(page)


@given(PAGES)
def test_every_line_has_every_feature(text: str) -> None:
    blocks = split_blocks(text)
    columns = measure(blocks, [None] * len(blocks), range(0))
    assert all(len(column) == len(blocks) for column in columns.values())
    assert all(0 not in column for column in columns.values())  # 0 is for lines beyond the page


def test_what_is_seen_of_a_line_does_not_depend_on_the_letters_of_others() -> None:
    """Pages of few and of many different characters are looked at in two ways."""
    text = "A Line of 12 Words, “quoted”, at 10:45 on 7 October 2015.\n\n© Ève • Ünal"
    many = "".join(map(chr, range(0x4E00, 0x4F00)))
    few, full = split_blocks(text), split_blocks(f"{text}\n\n{many}")
    mine, theirs = (measure(each, [None] * len(each), range(0)) for each in (few, full))
    for name in ("capital words", "digits", "commas", "marks", "time"):
        assert theirs[name][: len(few)] == mine[name], name


@given(
    st.lists(st.text("aé9_'’-. \t|ßΣ\u0e01字😀\ufffe\ue000", max_size=20), max_size=5).map(
        "\n".join
    )
)
def test_lines_are_read_together_as_each_alone(text: str) -> None:
    """Folding and counting of words, in pages of few and of many different characters."""
    many = "".join(map(chr, range(0x400, 0x483))) + "".join(map(chr, range(0x48A, 0x590)))
    for page in (text, f"{text}\n{many}"):
        for block in split_blocks(page):
            assert block.key == fold(block.text)
            if not re.search("[\u0e01字]", page):
                words = re.findall(r"[^\W_]+(?:['’.\-][^\W_]+)*", block.text)
                assert block.words == len(words), block.text


@given(PAGES)
def test_a_line_said_again_is_read_as_the_first_time(text: str) -> None:
    once, twice = (
        [(b.text, b.key, b.words, b.ends, b.prompt, b.alone) for b in split_blocks(page)]
        for page in (text, f"{text}\n{text}")
    )
    assert twice == once * 2


def test_a_short_story_and_nothing_else_is_no_doubtful_page() -> None:
    text = (
        "Harbour wall will be rebuilt before winter\n\n"
        "The council voted on Tuesday to rebuild the harbour wall before the storms arrive.\n\n"
        "Engineers said the old stones had been loosened by the flood of 2013.\n\n"
        "Work begins in June and is expected to end in October, when the ferry returns."
    )
    assert clean(RawDocument("a.txt", text.encode(), text)).confidence > 0.7


@settings(deadline=None)
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
    mine, theirs = (measure(each, [None] * len(each), range(0)) for each in (blocks, others))
    for name in ("words", "ends", "digits", "commas", "since prose", "topical words"):
        for index in set(range(len(blocks))) - prompts:
            assert mine[name][index] == theirs[name][index], name


@given(st.integers(1, 40), st.randoms(use_true_random=False))
def test_a_forest_answers_for_each_line_what_a_walk_would(count: int, random: Random) -> None:
    """Against the plain way to use trees: one line at a time."""
    columns = {name: random.randbytes(count) for name in ("words", "ends")}
    features = [("words", 0), ("ends", 0), ("words", 1), ("ends", -2)]
    questions = [(random.randrange(4), random.randrange(256)) for _ in range(9)]
    trees = [
        Tree([random.randrange(9) for _ in range(depth)], random.randbytes(2**depth))
        for depth in (1, 3, 5, 6)
    ]
    forest = Forest(features, questions, trees, 10.0, 100)

    def leaf(tree: Tree, line: int) -> int:
        number = 0
        for bit, question in enumerate(tree.questions):
            feature, least = questions[question]
            name, offset = features[feature]
            there = line + offset
            value = columns[name][there] if 0 <= there < count else 0
            number += (value > least) << bit
        return tree.leaves[number]

    sums = [sum(leaf(tree, line) for tree in trees) for line in range(count)]
    assert run(forest, columns) == [(total - 100) / 10 for total in sums]


def test_weights_are_small_and_their_sums_fit_their_lanes() -> None:
    forest = load_weights("archive_gen.cleaning.model")
    assert len(msgspec.msgpack.encode(forest)) < 2_000_000
    assert sum(max(tree.leaves) for tree in forest.trees) < 2**16
    assert all(len(tree.leaves) == 2 ** len(tree.questions) for tree in forest.trees)


def test_weights_can_be_replaced() -> None:
    """Trees that say yes to all keep all: the judgement is the weights' alone."""
    yes = Forest([("words", 0)], [(0, 0)], [Tree([0], bytes([0, 100]))], 10.0, 0)
    blocks = split_blocks("One\n\nTwo\nThree")
    assert all(chance > 0.9 for chance in judge(yes, measure(blocks, [None] * 3, range(0))))


@given(st.lists(st.tuples(st.integers(1, 60), st.floats(0, 1)), min_size=1, max_size=9))
def test_the_threshold_draws_the_line_where_most_is_expected(
    lines: list[tuple[int, float]],
) -> None:
    """Against the plain way: try every choice of lines."""
    blocks = split_blocks("\n".join(" ".join(["word"] * words) for words, _ in lines))
    words, chances = zip(*lines, strict=True)
    best = max(
        expected_f1(chances, words, choice)
        for choice in itertools.product((False, True), repeat=len(lines))
    )
    assert best_f1(chances, words) == pytest.approx(best)
    assert 0 < threshold(blocks, chances) <= max(0.2, best / 2)


@given(st.lists(st.integers(5, 60), min_size=2, max_size=12), st.floats(0.0, 0.2))
def test_the_line_is_drawn_lower_where_a_page_is_in_doubt(sizes: list[int], doubt: float) -> None:
    """Where all is plain, neither paragraphs nor furniture are at stake."""
    blocks = split_blocks("\n".join(" ".join(["word"] * words) for words in sizes))
    lines = range(len(blocks))
    plain, doubted = ([abs(index % 2 - each) for index in lines] for each in (doubt / 2, doubt))
    assert threshold(blocks, doubted) <= threshold(blocks, plain)


def test_the_line_is_drawn_lower_where_the_source_is_known() -> None:
    """What it repeats is out, so of what is left less is furniture."""
    blocks = split_blocks("\n".join([" ".join(["word"] * 20)] * 6))
    chances = [0.9, 0.95, 0.9, 0.4, 0.1, 0.05]
    known = Learned(furniture=frozenset({"share this"}))
    assert threshold(blocks, chances, known) < threshold(blocks, chances)


def test_a_line_says_how_sure_it_is() -> None:
    page = clean(RawDocument(DUMPS[0].name, b"", DUMPS[0].read_text("utf-8")))
    sure = [line.confidence for line in page.lines if line.label]
    assert all(0 <= each <= 1 for each in sure)
    assert len(set(sure)) > 3
    assert sum(sure) / len(sure) > 0.8


def test_hostile_pages_end() -> None:
    for text in ("a" * 1_000_000, "x, " * 300_000, "(" * 200_000 + "a", "a.\n" * 20_000):
        clean(RawDocument("hostile.txt", text.encode(), text))

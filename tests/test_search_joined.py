"""Segments that are joined: the answers are those of the segments, and joining is done seldom."""

from __future__ import annotations

import contextlib
import itertools
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_gen.parallel import chunks
from archive_gen.search import join
from archive_gen.search.base import SearchDocument
from archive_gen.search.flat_join import LARGE, chains, write_joined
from archive_gen.search.joined import JoinedSegment
from archive_gen.search.open_index import OpenIndex
from archive_gen.search.query import parse_query
from archive_gen.search.schema import page_order
from archive_gen.search.searcher import Searcher
from archive_gen.search.snapshot import open_snapshot
from archive_gen.search.whoosh_index import WhooshIndex
from tests.contracts.search_corpus import QUERIES, corpus, document
from tests.test_search import ARTICLES, ASKED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from archive_gen.search.base import SortOrder
    from archive_gen.search.segment import Segment

SORTS: tuple[SortOrder, ...] = ("relevance", "newest", "oldest")
MANY = st.lists(ARTICLES, unique_by=lambda article: article.path, min_size=2, max_size=9)


def in_time(segments: Sequence[Segment]) -> list[Segment]:
    return sorted(segments, key=lambda segment: (segment.moments[0], segment.ties[0]))


@contextlib.contextmanager
def both(folder: Path) -> Iterator[tuple[OpenIndex, OpenIndex]]:
    """The index of several segments, and of the same joined."""
    segments = in_time(open_snapshot(folder).segments)
    write_joined(folder, segments)
    joined = JoinedSegment(folder, segments)
    yield OpenIndex(segments), OpenIndex([joined])
    joined.close()


def same_answers(one: OpenIndex, other: OpenIndex, query: str) -> None:
    node = parse_query(query)
    for sort, page in itertools.product(SORTS, (1, 2)):
        expected = one.answer(query, node, 5, page, sort)
        answer = other.answer(query, node, 5, page, sort)
        assert answer == expected
        assert [list(counts) for counts in answer.facets.values()] == [
            list(counts) for counts in expected.facets.values()
        ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(articles=MANY, cuts=st.sets(st.integers(1, 8)), gone=st.integers(0, 8), asked=ASKED)
def test_joined_segments_answer_as_one_by_one(
    tmp_path_factory: pytest.TempPathFactory,
    articles: list[SearchDocument],
    cuts: set[int],
    gone: int,
    asked: str,
) -> None:
    index = WhooshIndex(tmp_path_factory.mktemp("joined") / "index")
    articles.sort(key=page_order)
    ends = [0, *sorted(cut for cut in cuts if cut < len(articles)), len(articles)]
    for start, end in itertools.pairwise(ends):
        index.update(articles[start:end], [])
    index.update([], [article.path for article in articles[gone : gone + 1]])
    with both(index.folder) as (one, other):
        same_answers(one, other, asked)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    """The corpus in four segments."""
    opened = WhooshIndex(tmp_path_factory.mktemp("parts") / "index")
    for part in chunks(sorted(corpus(), key=page_order), 40):
        opened.update(part, [])
    opened.update([], [document(50).path, document(120).path])
    return opened


def test_whatever_is_asked(parts: WhooshIndex) -> None:
    with both(parts.folder) as (one, other):
        for query in QUERIES:
            same_answers(one, other, query)
        for path in (document(3).path, document(50).path, "none.md"):
            assert one.similar(path, 5) == other.similar(path, 5)


def test_a_letter_with_which_very_many_words_begin(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    chance = random.Random(3)  # noqa: S311
    words = [f"w{number}" for number in range(700)]
    articles = many(120)
    for part in chunks(articles, 40):
        texts = (" ".join(chance.choices(words, k=60)) for _ in part)
        index.update([replace(a, text=text) for a, text in zip(part, texts, strict=True)], [])
    index.update([], [articles[7].path])
    with both(index.folder) as (one, other):
        for query in ("w*", "w* flood", "title:w*", "w?*", "p*", "-w*"):
            same_answers(one, other, query)
        letters = other.segments[0].table("letters")
        assert letters.keys(range(len(letters))) == ["w"]


def many(count: int, first: int = 0) -> list[SearchDocument]:
    """Articles in the order of the index, a day each."""
    chance = random.Random(first)  # noqa: S311
    words = ("port", "ports", "flood", "council", "harbour", "bank")
    return [
        document(
            number,
            path=f"{number}.md",
            title=" ".join(chance.choices(words, k=3)),
            summary="",
            text=" ".join(chance.choices(words, k=8)) + f" {number % 50}",
            date=f"{1900 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}",
            language="en",
        )
        for number in range(first, first + count)
    ]


def add_in_parts(index: WhooshIndex, articles: list[SearchDocument], size: int) -> None:
    replaced = [article.path for article in articles]
    index.update_in_parts(lambda: map(index.write_part, chunks(articles, size)), replaced)
    join(index.folder)


def joined_files(index: WhooshIndex) -> dict[str, int]:
    """Name and identity: a file that is written again has another one."""
    return {path.name: path.stat().st_ino for path in index.folder.glob("*.joined.flat")}


@pytest.fixture
def large(tmp_path: Path) -> WhooshIndex:
    """Three large segments that follow each other."""
    index = WhooshIndex(tmp_path / "index")
    index.update([], [])
    add_in_parts(index, many(3 * LARGE), LARGE)
    return index


def test_parts_of_an_index_are_joined(large: WhooshIndex) -> None:
    assert len(joined_files(large)) == 1
    assert large.search("port", sort="newest").hits[0].path == f"{3 * LARGE - 1}.md"
    assert large.search("date:1900").total == 336


def test_a_small_change_joins_nothing_again(large: WhooshIndex) -> None:
    before = joined_files(large)
    large.update([document(3, path="3.md", title="Zebra"), document(9999, path="n.md")], ["4.md"])
    assert joined_files(large) == before
    assert [hit.path for hit in large.search("zebra").hits] == ["3.md"]
    assert large.search("*").total == 3 * LARGE


def test_a_few_new_articles_do_not_join_all_old_ones_again(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    index.update([], [])
    old = many(10 * LARGE)
    add_in_parts(index, old, 5 * LARGE)
    before = joined_files(index)
    add_in_parts(index, many(LARGE, first=len(old)), LARGE)
    assert joined_files(index) == before
    add_in_parts(index, many(LARGE, first=len(old) + LARGE), LARGE)
    assert len(joined_files(index)) == 2
    assert before.items() <= joined_files(index).items()
    assert index.search("*").total == 12 * LARGE


def test_parts_that_are_gone_are_searched_no_more(large: WhooshIndex) -> None:
    large.update([], [f"{number}.md" for number in range(LARGE)])
    large.update([document(1, path="new.md")], [])
    assert large.search("*").total == 2 * LARGE + 1
    assert len(joined_files(large)) == 1


def test_a_joined_file_that_is_lost_or_damaged_is_made_again(large: WhooshIndex) -> None:
    expected = [large.search(query) for query in ("port flood", "por*", '"port flood"')]
    large.close()
    [name] = joined_files(large)
    path = large.folder / name
    whole = path.read_bytes()
    path.unlink()
    chance = random.Random(5)  # noqa: S311
    for _ in range(12):
        searcher = Searcher(large.folder)
        found = [searcher.search(query) for query in ("port flood", "por*", '"port flood"')]
        searcher.close()
        assert found == expected
        at = chance.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])


def test_only_what_follows_in_time_is_joined(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    index.update([], [])
    articles = many(4 * LARGE)
    add_in_parts(index, articles[::2], LARGE)
    add_in_parts(index, articles[1::2], LARGE)
    snapshot = open_snapshot(index.folder)
    for chain in chains(snapshot.segments):
        for one, other in itertools.pairwise(chain):
            assert one.moments[-1] < other.moments[0]
    snapshot.close()
    assert index.search("port", sort="newest", limit=1).hits[0].path == articles[-1].path
    assert index.search("*").total == len(articles)

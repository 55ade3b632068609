"""Segments that are joined: the answers are those of the segments, and joining is done seldom."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_files

from archive_gen.layout import INDEX_FOLDER
from archive_gen.parallel import chunks
from archive_gen.search import join
from archive_gen.search.flat.file import FlatFile, FlatWriter
from archive_gen.search.flat.join import LARGE, chains, write_joined
from archive_gen.search.flat.joined import JoinedSegment, parts_of
from archive_gen.search.open_index import OpenIndex
from archive_gen.search.query import parse_query
from archive_gen.search.searcher import Searcher
from archive_gen.search.snapshot import open_snapshot
from archive_gen.search.values import SearchDocument
from archive_gen.search.whoosh.codec import LARGEST_PART, BlockWriter
from archive_gen.search.whoosh.index import WhooshIndex
from archive_gen.search.whoosh.merging import merge
from archive_gen.search.whoosh.schema import page_order, schema
from tests.archive_folder import ArchiveFolder
from tests.contracts.search_corpus import QUERIES, corpus, document
from tests.test_search import ARTICLES, ASKED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.search.flat.segment import Segment
    from archive_gen.search.values import Results, SortOrder

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


def sizes(index: WhooshIndex) -> dict[str, int]:
    """Segment → its documents, deleted ones included."""
    return {segment.name: len(segment.lengths) for segment in open_snapshot(index.folder).segments}


def test_a_large_segment_with_many_deleted_is_written_again_by_itself(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    articles = many(4 * LARGE)
    add_in_parts(index, articles, 2 * LARGE)
    first, second = sizes(index)
    gone = {article.path for article in articles[: LARGE // 2]}
    index.update([], gone)
    assert sizes(index) == {first: 2 * LARGE, second: 2 * LARGE}
    more = {article.path for article in articles[LARGE // 2 : LARGE]}
    index.update([], more)
    assert sizes(index).pop(second) == 2 * LARGE
    assert sorted(sizes(index).values()) == [LARGE, 2 * LARGE]
    assert len(joined_files(index)) == 1  # it is where it was in time
    anew = WhooshIndex(tmp_path / "anew")
    anew.update([article for article in articles if article.path not in gone | more], [])
    assert answers(index.folder) == answers(anew.folder)


def test_no_process_merges_more_than_a_part(large: WhooshIndex) -> None:
    files = whoosh_files.open_dir(str(large.folder), schema=schema())
    writer = BlockWriter(files)
    segments = [writer.codec.new_segment(files.storage, "MAIN") for _ in range(20)]
    for segment in segments:
        segment.set_doc_count(LARGEST_PART // 12)
    # Whoosh would merge most of these, and fail: they have no files.
    assert merge(files, writer, segments) == segments
    writer.cancel()


def test_what_is_searched_and_can_t_be_removed_stays_for_a_later_join(
    large: WhooshIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    [old] = joined_files(large)
    remove = os.remove

    def held(path: str | Path) -> None:
        if Path(path).name == old:  # as Windows does
            raise PermissionError(13, "The process cannot access the file", str(path))
        remove(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "remove", held)
        patch.setattr(os, "unlink", held)
        large.update([], [f"{number}.md" for number in range(LARGE)])
        large.update([document(1, path="new.md")], [])
    assert old in joined_files(large)
    assert large.search("*").total == 2 * LARGE + 1
    large.update([document(2, path="newer.md")], [])
    assert old not in joined_files(large)
    assert large.search("*").total == 2 * LARGE + 2


def answers(folder: Path) -> list[Results]:
    searcher = Searcher(folder)
    try:
        return [searcher.search(query) for query in ("port flood", "por*", '"port flood"')]
    finally:
        searcher.close()


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def place_of(path: Path, section: str) -> int:
    file = FlatFile(path)
    data = file.section(section)
    file.close()
    return path.read_bytes().index(data)


def test_without_a_whole_joined_file_the_answers_are_the_same(large: WhooshIndex) -> None:
    expected = answers(large.folder)
    [name] = joined_files(large)
    path = large.folder / name
    whole = path.read_bytes()
    chance = random.Random(5)  # noqa: S311
    for at in (*(chance.randrange(len(whole)) for _ in range(12)), place_of(path, "lengths")):
        path.write_bytes(flipped(whole, at))
        assert answers(large.folder) == expected
    large.update([document(9999, path="n.md", date="1800-01-01")], [])
    assert path.read_bytes() == whole


def files_of(index: WhooshIndex) -> set[tuple[str, int]]:
    return {(path.name, path.stat().st_ino) for path in index.folder.iterdir()}


def test_a_search_joins_nothing(large: WhooshIndex) -> None:
    expected = answers(large.folder)
    [name] = joined_files(large)
    (large.folder / name).unlink()
    before = files_of(large)
    large.folder.chmod(0o555)
    try:
        assert answers(large.folder) == expected
    finally:
        large.folder.chmod(0o755)
    assert files_of(large) == before


def test_a_search_before_segments_are_joined_is_followed_by_joined_ones(
    large: WhooshIndex,
) -> None:
    [path] = (large.folder / name for name in joined_files(large))
    path.unlink()
    searcher = Searcher(large.folder)
    expected = searcher.search("por*")
    join(large.folder)
    damaged = flipped(path.read_bytes(), place_of(path, "words.keys"))
    path.with_name("other").write_bytes(damaged)
    path.with_name("other").replace(path)
    assert searcher.search("por*") == expected
    assert not path.exists()  # it was opened, and found to be damaged
    searcher.close()


@pytest.mark.parametrize("section", ["lengths", "moments", "ties", "words.keys", "keys.offsets"])
def test_joining_mends_damaged_segments(large: WhooshIndex, section: str) -> None:
    large.close()
    for path in large.folder.glob("*.flat"):
        path.write_bytes(flipped(path.read_bytes(), place_of(path, section)))
    add_in_parts(large, many(LARGE, first=3 * LARGE), LARGE)
    [path] = (large.folder / name for name in joined_files(large))
    file = FlatFile(path)
    assert len(parts_of(file)) == 4
    file.close()
    mended = files_of(large)
    assert large.search("port*").total
    assert large.search("*").total == 4 * LARGE
    assert files_of(large) == mended


def test_a_build_mends_damaged_segments_and_joins_what_a_killed_one_did_not(
    tmp_path: Path,
) -> None:
    archive = ArchiveFolder(tmp_path / "site", "title: Test\nlist_files: false\n")
    index = WhooshIndex(archive.path / INDEX_FOLDER)
    write(archive, many(2 * LARGE))
    archive.build()
    [name] = joined_files(index)
    # As if it had been killed after its commit.
    (index.folder / name).unlink()
    (archive.path / ".archive/build.sqlite").unlink()
    archive.build()
    assert list(joined_files(index)) == [name]
    for path in index.folder.glob("*.flat"):
        path.write_bytes(flipped(path.read_bytes(), 5))
    write(archive, many(LARGE, first=2 * LARGE))
    assert archive.build().indexed == LARGE
    assert list(joined_files(index)) == [name]
    assert Searcher(index.folder).search("date:1900..2000").total == 3 * LARGE


def write(archive: ArchiveFolder, articles: list[SearchDocument]) -> None:
    for article in articles:
        archive.article(article.path, article.text, title=article.title, date=article.date[:4])


def test_threads_that_write_one_file_do_not_disturb_each_other(tmp_path: Path) -> None:
    both_write = threading.Barrier(2)

    def write_file(content: bytes) -> None:
        with FlatWriter(tmp_path / "file") as file:
            both_write.wait(60)
            file.section("content", content)
            both_write.wait(60)

    with ThreadPoolExecutor(2) as executor:
        list(executor.map(write_file, (b"one", b"two")))
    file = FlatFile(tmp_path / "file")
    assert file.section("content") in (b"one", b"two")
    file.close()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


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

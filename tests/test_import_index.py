"""An import opens neither what it has imported nor the articles that it made of it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from archive_gen.intake.index import INDEX_FILE
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.intake.outcome import Outcome
from archive_gen.parallel import Mapper, ProcessMapper, SerialMapper

STORY = "The ferry left the harbour at dawn with {n} goats on board, the captain of it said."


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A text, and two records in one file."""
    folder = tmp_path / "in"
    folder.mkdir()
    text = "\n".join(["A tale of goats", *(STORY.format(n=n) for n in range(3))])
    (folder / "a.txt").write_text(text, "utf-8")
    records = ({"title": f"Tale {n}", "text": STORY.format(n=n) * 3} for n in (7, 8))
    (folder / "b.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")
    return folder


def outcomes(folder: Path, mapper: Mapper | None = None, **known: object) -> list[Outcome]:
    content = folder.parent / "site" / "content"
    content.mkdir(parents=True, exist_ok=True)
    return list(ingest(content, folder.iterdir(), Stated(known), mapper or SerialMapper()))


def statuses(folder: Path, **known: object) -> list[str]:
    return [outcome.status for outcome in outcomes(folder, **known)]


def ruin(path: Path) -> None:
    """Let a file say nothing any more, and look as if it had not been touched."""
    before = path.stat()
    path.write_bytes(b"\0" * before.st_size)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_what_was_imported_is_opened_no_more(inputs: Path) -> None:
    first = outcomes(inputs)
    for path in [*inputs.iterdir(), *(inputs.parent / "site/content").glob("undated/*.md")]:
        ruin(path)
    second = outcomes(inputs)
    assert [outcome.status for outcome in second] == ["unchanged"] * 3
    told = [(outcome.input, outcome.path, outcome.title) for outcome in first]
    assert [(outcome.input, outcome.path, outcome.title) for outcome in second] == told


def test_what_changed_is_read_again(inputs: Path) -> None:
    outcomes(inputs)
    with (inputs / "b.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(json.dumps({"title": "Tale 9", "text": STORY.format(n=9) * 3}) + "\n")
    ruin(inputs / "a.txt")
    assert statuses(inputs) == ["unchanged", "unchanged", "unchanged", "new"]
    os.utime(inputs / "a.txt", ns=(1, 1))
    assert sorted(statuses(inputs)) == ["failed", "unchanged", "unchanged", "unchanged"]


def test_what_was_read_while_it_was_written_is_told_when_it_is_whole(inputs: Path) -> None:
    file = inputs / "a.txt"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    (half,) = [outcome.path for outcome in outcomes(inputs) if outcome.input == str(file)]
    file.write_bytes(whole)
    (again,) = [outcome for outcome in outcomes(inputs) if outcome.status == "new"]
    (problem,) = again.problems
    assert problem.message == f"has changed since content/{half} was made of it"
    os.utime(file, ns=(1, 1))  # another time is no other text
    assert [one.problems for one in outcomes(inputs)] == [()] * 3


def test_another_program_reads_everything_again(inputs: Path) -> None:
    outcomes(inputs)
    ruin(inputs / "a.txt")
    index = inputs.parent / "site/.archive" / INDEX_FILE
    with contextlib.closing(sqlite3.connect(index)) as connection, connection:
        connection.execute("UPDATE program SET version = 'one before this'")
    index.with_suffix(".crc").unlink()
    again = outcomes(inputs)
    assert sorted(outcome.status for outcome in again) == ["failed", "unchanged", "unchanged"]
    ruin(inputs / "b.jsonl")
    assert sorted(statuses(inputs)) == ["failed", "unchanged", "unchanged"]


def test_an_article_that_was_deleted_comes_back(inputs: Path) -> None:
    (first, *_) = outcomes(inputs)
    assert first.path is not None
    (inputs.parent / "site/content" / first.path).unlink()
    assert sorted(statuses(inputs)) == ["new", "unchanged", "unchanged"]


def test_what_is_stated_reaches_articles_whose_inputs_are_not_opened(inputs: Path) -> None:
    outcomes(inputs)
    for path in inputs.iterdir():
        ruin(path)
    assert statuses(inputs, source="Known Post") == ["updated"] * 3
    assert statuses(inputs, source="Known Post") == ["unchanged"] * 3
    assert {outcome.source for outcome in outcomes(inputs)} == {"Known Post"}


def test_problems_are_told_again(inputs: Path) -> None:
    with (inputs / "b.jsonl").open("a", encoding="utf-8") as stream:
        stream.write("{broken\n")
    for _ in range(2):
        (problem,) = [found for one in outcomes(inputs) for found in one.problems]
        assert problem.path.startswith(str(inputs / "b.jsonl"))


@pytest.mark.parametrize("damage", ["deleted", "rubbish", "empty"])
def test_the_index_may_go(inputs: Path, damage: str) -> None:
    outcomes(inputs)
    state = inputs.parent / "site" / ".archive"
    if damage == "deleted":
        shutil.rmtree(state)
    else:
        (state / INDEX_FILE).write_bytes(b"rubbish " * 4096 if damage == "rubbish" else b"")
    assert statuses(inputs) == ["unchanged"] * 3


def test_the_same_bytes_in_many_files_at_once_count_once(inputs: Path) -> None:
    text = (inputs / "a.txt").read_bytes()
    for n in range(100):
        (inputs / f"c{n:03}.txt").write_bytes(text)
    outcomes(inputs, ProcessMapper(4))
    (source,) = (inputs.parent / "site/content/_sources").glob("in.yaml")
    assert "\ndocuments: 1\n" in source.read_text("utf-8")


def test_names_in_no_encoding_are_as_good_as_any(inputs: Path) -> None:
    (inputs / "a.txt").rename(inputs / os.fsdecode(b"caf\xe9.txt"))
    assert statuses(inputs) == ["new"] * 3
    assert statuses(inputs) == ["unchanged"] * 3

"""The index after a crash, and with damaged files: the right answers or none, never wrong ones."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from archive_gen.search.searcher import Searcher
from archive_gen.search.values import IndexMissingError
from archive_gen.search.whoosh.index import WhooshIndex
from tests import killed_update
from tests.contracts.search_corpus import corpus, document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive_gen.search.values import SearchDocument

pytestmark = pytest.mark.soak
_KILLS = int(os.environ.get("ARCHIVE_SOAK", "8"))
_DAMAGES = 500 if "ARCHIVE_SOAK" in os.environ else 60
"""``make soak`` kills and damages more often."""
_QUERIES = ("port", "council port", '"flood barriers"', "tag:harbour", "date:2015", "por*")


def test_whenever_an_update_is_killed_the_index_has_one_of_its_states(tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311
    folder, number = tmp_path / "index", 1
    for _ in range(_KILLS):
        command = [sys.executable, "-m", "tests.killed_update", str(folder), str(number)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout
            done = int(child.stdout.readline())
            time.sleep(chance.uniform(0, 0.15))
            child.kill()
            finished = [done, *map(int, child.stdout.read().split())]
        found = state_of(folder)
        # What was reported is there; the update that was killed is there in full or not at all.
        assert found in (finished[-1], finished[-1] + 1)
        number = found + 1


def state_of(folder: Path) -> int:
    index = WhooshIndex(folder)
    hits = Searcher(folder).search("state*", limit=100).hits
    [text] = {"".join(piece for piece, _ in hit.snippet) for hit in hits}
    number = int(text.removeprefix("state"))
    assert {hit.path for hit in hits} == set(killed_update.state(number))
    assert set(index.digests()) == set(killed_update.state(number))
    assert {article.text for article in index.documents()} == {text}
    return number


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "index"
    index = WhooshIndex(folder)
    index.update(corpus(90), [])
    index.update([*corpus(20), document(300)], [document(30).path])
    index.close()
    return folder


def answers(folder: Path) -> list[object]:
    searcher = Searcher(folder)
    try:
        return [searcher.search(query) for query in _QUERIES]
    finally:
        searcher.close()


def damaged(data: bytes, how: str, chance: random.Random) -> bytes:
    if how == "flipped":
        at = chance.randrange(len(data))
        return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
    return data[: chance.randrange(len(data))]


@pytest.mark.parametrize("how", ["flipped", "shortened", "missing"])
@pytest.mark.parametrize("kind", [".flat", "view", "._stored.col", ".trm", ".pst", ".toc"])
def test_damage_changes_no_answer(tmp_path: Path, whole: Path, kind: str, how: str) -> None:
    expected = answers(whole)
    chance = random.Random(kind + how)  # noqa: S311
    for turn in range(1 if how == "missing" else _DAMAGES):
        folder = tmp_path / str(turn)
        shutil.copytree(whole, folder)
        target = max(
            (path for path in folder.iterdir() if path.name.endswith(kind)),
            key=lambda path: path.stat().st_size,
        )
        if how == "missing":
            target.unlink()
        else:
            target.write_bytes(damaged(target.read_bytes(), how, chance))
        try:
            assert answers(folder) == expected
        except IndexMissingError:
            # It says so; the next build makes it anew.
            index, new = WhooshIndex.open_or_create(folder)
            assert new
            index.update(corpus(3), [])
            assert index.search("port").total == 3
        shutil.rmtree(folder)


def test_an_index_that_may_not_be_written_is_searched_all_the_same(whole: Path) -> None:
    whole.chmod(0o555)
    try:
        assert answers(whole)
    finally:
        whole.chmod(0o755)


def test_two_processes_exclude_each_other(tmp_path: Path) -> None:
    index = WhooshIndex(tmp_path / "index")
    index.update(corpus(3), [])

    def while_another_process_tries() -> Iterator[SearchDocument]:
        command = [sys.executable, "-m", "tests.killed_update", str(index.folder), "1"]
        other = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert "another process is updating the search index" in other.stderr
        yield document(9, path="9.md")

    index.update(while_another_process_tries(), [])
    assert set(index.digests()) == {*(article.path for article in corpus(3)), "9.md"}

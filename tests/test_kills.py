"""``kill -9`` at a random instant of a build or an import: the next run repairs what it leaves.

``test_faults.py`` kills before each single operation on the disk; here several processes are at
work, and the moment may be any.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.archive_folder import ArchiveFolder
from tests.test_faults import bring_in, build, content, copy, dead_ends, imported

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(sys.platform == "win32", reason="has no fork"),
]
_KILLS = 100 if os.environ.get("ARCHIVE_SOAK") else 2
_DUMPS = Path(__file__).resolve().parent / "fixtures/dumps"
Start = Callable[[ArchiveFolder], "subprocess.Popen[bytes]"]


def write_articles(archive: ArchiveFolder) -> None:
    for number in range(90):
        archive.article(
            f"{number % 7}/{number}.md",
            date=f"201{number % 5}-0{number % 9 + 1}-11",
            tags=f"[Boats, T{number % 11}]",
        )


def edit(archive: ArchiveFolder) -> None:
    for number in range(0, 90, 9):
        archive.article(f"{number % 7}/{number}.md", date="2016-01-01", tags="[Docks]")
        archive.delete(f"{(number + 1) % 7}/{number + 1}.md")
        archive.article(f"new/{number}.md", tags="[Boats]")


def archive_command(archive: ArchiveFolder, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "archive_gen", *arguments, "--site", str(archive.path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def start_build(archive: ArchiveFolder) -> subprocess.Popen[bytes]:
    return archive_command(archive, "build", "--jobs", "3")


def start_import(archive: ArchiveFolder) -> subprocess.Popen[bytes]:
    return archive_command(archive, "import", str(_DUMPS), "--jobs", "3")


def killed(archive: ArchiveFolder, folder: Path, start: Start) -> Iterator[ArchiveFolder]:
    """Copies of ``archive``, in each of which a command was killed at another instant."""
    began = time.monotonic()
    told, _ = (process := start(copy(archive, folder / "timed"))).communicate()
    assert process.returncode == 0, told
    took = time.monotonic() - began
    chance = random.Random(5)  # noqa: S311
    for number in range(_KILLS):
        struck = copy(archive, folder / str(number))
        process = start(struck)
        # Its first third, the interpreter loads what it needs.
        time.sleep(chance.uniform(took / 3, took))
        process.kill()
        # Ends when the last of its processes has ended: none is left behind.
        process.communicate(timeout=120)
        yield struck
        shutil.rmtree(struck.path)


@pytest.mark.parametrize("start", ["cold", "warm"])
def test_a_build_that_is_killed(tmp_path: Path, start: str) -> None:
    archive = ArchiveFolder(tmp_path / "site")
    write_articles(archive)
    if start == "warm":
        archive.build()
        edit(archive)
    before, articles = archive.output(), content(archive)
    whole = copy(archive, tmp_path / "whole")
    whole.forget()
    shutil.rmtree(whole.path / "public", ignore_errors=True)
    whole.build()
    wanted = whole.output()
    for struck in killed(archive, tmp_path, start_build):
        there = struck.output()
        assert there in (before, wanted) or dead_ends(there) == []
        assert content(struck) == articles
        again = build(struck)
        assert again.status == 0, again.output
        assert struck.output() == wanted


def test_an_import_that_is_killed(tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path / "site")
    archive.article("mine.md", body="Not to be touched.")
    mine = content(archive)
    whole = copy(archive, tmp_path / "whole")
    assert bring_in(whole).status == 0
    wanted = imported(whole)
    for struck in killed(archive, tmp_path, start_import):
        there = imported(struck)
        assert mine.items() <= there.items()
        assert set(there) <= {*wanted, "content/_sources/.uncounted"}
        again = bring_in(struck)
        assert again.status == 0, again.output
        assert imported(struck) == wanted

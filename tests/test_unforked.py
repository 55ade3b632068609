"""Where processes can't be forked (macOS, Windows) the same comes out: all they need is sent."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.archive_folder import ArchiveFolder
from tests.test_determinism import digest

_ARTICLES = 1_100
"""Enough for several parts of the index and of each kind of page."""


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same archive twice."""
    one = ArchiveFolder(tmp_path_factory.mktemp("one") / "archive")
    for number in range(_ARTICLES):
        one.article(
            f"{number % 40:02}/story-{number}.md",
            f"The ferry number {number} left.\n\nIt *came* to pier {number % 7} at noon.",
            date=f"2015-{number % 12 + 1:02}-{number % 28 + 1:02}",
            tags=[f"tag {number % 9}"],
        )
    two = tmp_path_factory.mktemp("two") / "archive"
    shutil.copytree(one.path, two)
    return one.path, two


def forked(site: Path, *arguments: str) -> str:
    return _run([sys.executable, "-m", "archive_gen", *arguments, "--site", str(site)])


def unforked(site: Path, *arguments: str) -> str:
    script = str(Path(__file__).with_name("unforked.py"))
    return _run([sys.executable, script, *arguments, "--site", str(site)])


def _run(command: list[str]) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1]
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_build_and_a_later_one_make_the_same_site(archives: tuple[Path, Path]) -> None:
    one, two = archives
    forked(one, "build", "--jobs", "2")
    unforked(two, "build", "--jobs", "2")
    assert digest(two / "public") == digest(one / "public")
    for site in archives:
        (site / "content" / "00" / "story-40.md").write_text(
            "---\ntitle: Another story\ndate: 2016-01-01\n---\nIt snowed.\n", encoding="utf-8"
        )
    forked(one, "build", "--jobs", "2")
    made = json.loads(unforked(two, "build", "--jobs", "2", "--json"))
    assert made["indexed"] == 1
    assert digest(two / "public") == digest(one / "public")
    assert unforked(two, "search", "snowed", "--paths").split() == ["content/00/story-40.md"]
    unforked(two, "check", "--jobs", "2")


def test_an_import_and_a_cleaning_make_the_same_articles(tmp_path: Path) -> None:
    dumps = tmp_path / "dumps"
    dumps.mkdir()
    for number in range(40):
        (dumps / f"{number}.txt").write_text(
            f"Menu\nSearch\nFerry {number} leaves the quay for good\nBy Ada Quill\nMay 4, 2016\n"
            f"The ferry number {number} left the old quay at noon on Monday, its captain said.\n"
            "Nobody knows whether it will come back before the winter storms begin.\n"
            "Share this\nAll rights reserved\n",
            encoding="utf-8",
        )
    for name, run in (("one", forked), ("two", unforked)):
        site = ArchiveFolder(tmp_path / name).path
        run(site, "import", str(dumps), "--jobs", "2")
        run(site, "clean", "--again", "--jobs", "2")
    assert digest(tmp_path / "two" / "content") == digest(tmp_path / "one" / "content")

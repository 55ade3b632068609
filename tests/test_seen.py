"""Commands that tell of all articles read those alone that the last build has not seen as they are.

Whatever is known or not, changed or damaged, they tell the same.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive_gen.cli import group
from archive_gen.intake.index import open_index
from tests.archive_folder import ArchiveFolder
from tests.faults import Fault, run
from tests.test_damaged_state import damaged
from tests.test_import_index import ruin

PLAIN = """\
title: Test archive
taxonomies:
  desks: {key: desk, title: Desks}
"""
NAMED = f"""\
{PLAIN}
tags: {{Ports: [harbour]}}
names:
  authors: {{Leila Haddow: [L. Haddow]}}
  tags: {{Ferries: [ferry]}}
  desks: {{Sport: [Sports]}}
stories:
  The crossing: {{tags: [ferry]}}
"""
ASKED = (
    ("tags",),
    ("tags", "--json"),
    ("names",),
    *(("names", "--of", name) for name in ("tags", "stories", "desks")),
    ("names", "suggest"),
    ("addresses",),
    ("addresses", "--host", "courier.example", "--json"),
)
_STATE = ".archive/build.sqlite"
_FLIPS = 30


@pytest.fixture
def newsroom(archive: ArchiveFolder) -> ArchiveFolder:
    archive.settings(NAMED)
    archive.article(
        "2015/a.md",
        date="2015-10-07",
        tags="[ferry, Ports]",
        authors="[Leila Haddow, L. HADDOW]",
        url="https://courier.example/a",
        story="Another",
    )
    archive.article("2015/b.md", tags="[Ferry, FERRY, Fish]", desk="[Sports, 7]", place="Bray")
    archive.article("2016/b.md", date="2015-10-07", slug="a", url="https://courier.example/b")
    archive.article("draft.md", draft="true", tags="[ferry, Draft]", authors="Ada Quill")
    archive.article("fault.md", date="soon", tags="[Fault]")
    age(archive)
    return archive


def age(archive: ArchiveFolder) -> None:
    """Let no file be so fresh that it could change again within the same moment."""
    for path in (archive.path / "content").rglob("*.md"):
        if path.stat().st_mtime_ns > 10**18:
            os.utime(path, ns=(10**18, 10**18))


def told(archive: ArchiveFolder) -> list[tuple[int, str]]:
    runner = CliRunner()
    results = (runner.invoke(group, [*words, "--site", str(archive.path)]) for words in ASKED)
    return [(result.exit_code, result.output) for result in results]


def ruin_all(archive: ArchiveFolder, besides: str = "") -> None:
    """What is told of an article from now on, its file does not tell."""
    for path in (archive.path / "content").rglob("*.md"):
        if path.name != besides:
            ruin(path)


def test_what_a_build_has_seen_is_read_no_more(newsroom: ArchiveFolder) -> None:
    wanted = told(newsroom)
    assert wanted[0][1].startswith("      3  ferry  (not in site.yaml)\n      1  Draft")
    newsroom.build()
    assert told(newsroom) == wanted
    ruin_all(newsroom)
    assert told(newsroom) == wanted


def test_what_came_changed_or_went_since_is_told(newsroom: ArchiveFolder) -> None:
    newsroom.build()
    newsroom.article("2015/b.md", tags="[Boats]", url="https://courier.example/c")
    newsroom.article("new.md", tags="[New]", authors="Leyla Haddow")
    newsroom.article("draft.md", tags="[Draft]")
    newsroom.article("fault.md", date="later")
    newsroom.delete("2015/a.md")
    now = told(newsroom)
    newsroom.forget()
    assert told(newsroom) == now


def test_of_one_that_changed_only_that_one_is_read(newsroom: ArchiveFolder) -> None:
    newsroom.build()
    newsroom.article("2015/b.md", tags="[Boats]")
    age(newsroom)
    wanted = told(newsroom)
    ruin_all(newsroom, besides="b.md")
    assert told(newsroom) == wanted


@pytest.mark.parametrize("before", [NAMED, PLAIN])
def test_other_names_are_told_of_what_was_seen(newsroom: ArchiveFolder, before: str) -> None:
    newsroom.settings(before)
    newsroom.build()
    newsroom.settings(PLAIN if before == NAMED else NAMED)
    wanted = told(newsroom)
    newsroom.forget()
    assert told(newsroom) == wanted


def test_after_names_were_accepted_nothing_is_read_again(newsroom: ArchiveFolder) -> None:
    newsroom.settings(PLAIN)
    newsroom.build()
    newsroom.settings(NAMED)
    wanted = told(newsroom)[:-2]  # addresses are of what a build will make of each file
    ruin_all(newsroom)
    assert told(newsroom)[:-2] == wanted


@pytest.mark.parametrize(
    "settings",
    [
        "title: T\ntaxonomies: {tags: {key: desk, title: Tags}}\n",
        "title: T\ntaxonomies: {tags: {key: tags, title: Tags}, desks: {key: tags, title: D}}\n",
    ],
)
def test_a_taxonomy_may_be_made_of_another_key(newsroom: ArchiveFolder, settings: str) -> None:
    newsroom.build()
    newsroom.settings(settings)
    for _ in range(2):
        wanted = told(newsroom)
        newsroom.forget()
        assert told(newsroom) == wanted
        newsroom.build()


@pytest.mark.parametrize("seed", range(_FLIPS))
def test_a_damaged_state_misleads_nobody(newsroom: ArchiveFolder, seed: int) -> None:
    newsroom.build()
    wanted = told(newsroom)
    state = newsroom.path / _STATE
    state.write_bytes(damaged(state.read_bytes(), random.Random(seed)))  # noqa: S311
    assert told(newsroom) == wanted


def test_rows_that_got_lost_are_missed(newsroom: ArchiveFolder) -> None:
    newsroom.build()
    wanted = told(newsroom)
    with contextlib.closing(sqlite3.connect(newsroom.path / _STATE)) as state:
        state.execute("DELETE FROM files WHERE path = '2015/a.md'")
        state.commit()
    assert told(newsroom) == wanted


def test_nothing_is_written(newsroom: ArchiveFolder) -> None:
    newsroom.build()
    newsroom.article("2015/b.md", tags="[Boats]")
    before = files(newsroom.path)
    told(newsroom)
    assert files(newsroom.path) == before


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_a_tag_is_renamed_where_it_is_and_nothing_else_is_read(newsroom: ArchiveFolder) -> None:
    newsroom.article("other.md", tags="[Fish]")
    age(newsroom)
    newsroom.build()
    ruin(newsroom.path / "content/other.md")
    arguments = ["tags", "rename", "Ferry", "Boat", "--site", str(newsroom.path)]
    result = CliRunner().invoke(group, arguments)
    assert result.exit_code == 1  # for the one with a fault
    assert "content/fault.md:3" in result.output
    assert "content/other.md" not in result.output
    assert "'Boat' is in place of 'Ferry' in 3 articles." in result.output
    for name in ("2015/a.md", "2015/b.md", "draft.md"):
        assert "Boat" in (newsroom.path / "content" / name).read_text("utf-8")


@pytest.mark.parametrize("words", ASKED)
def test_an_archive_that_cannot_be_written_is_told_of(
    newsroom: ArchiveFolder, words: tuple[str, ...]
) -> None:
    newsroom.build()
    newsroom.article("2015/b.md", tags="[Boats]")
    arguments = [*words, "--site", str(newsroom.path)]
    wanted = CliRunner().invoke(group, arguments)
    outcome = run(arguments, Fault(newsroom.path, "read-only", moment=0))
    assert (outcome.status, outcome.output) == (wanted.exit_code, wanted.output)


# --- articles that cleaning was not sure of ---


@pytest.fixture
def imported(archive: ArchiveFolder) -> ArchiveFolder:
    for number in range(3):
        text = f"The ferry {number} left at dawn with {number} goats, its captain said.\n"
        (archive.path / f"{number}.txt").write_text(f"A tale of {number} goats\n{text * 3}")
    raw = map(str, archive.path.glob("*.txt"))
    result = CliRunner().invoke(group, ["import", *raw, "--site", str(archive.path)])
    assert result.exit_code == 0
    return archive


def doubtful(archive: ArchiveFolder) -> str:
    result = CliRunner().invoke(group, _doubts_of(archive))
    assert result.exit_code == 0
    return result.output


def _doubts_of(archive: ArchiveFolder) -> list[str]:
    return ["review", "--list", "--json", "--below", "1", "--site", str(archive.path)]


def test_what_is_doubtful_is_told_where_nothing_is_known(imported: ArchiveFolder) -> None:
    wanted = doubtful(imported)
    assert wanted.count("\n") == 3
    imported.forget()
    assert doubtful(imported) == wanted
    known = [path.name for path in (imported.path / ".archive").glob("*.sqlite")]
    assert known == ["doubts.sqlite"], "no article is taken in for it"


def test_what_is_doubtful_is_told_where_it_lies_now(imported: ArchiveFolder) -> None:
    content = imported.path / "content"
    first, second, third = sorted(content.rglob("*.md"))
    first.rename(content / "elsewhere.md")
    shutil.copy(second, content / "0.md")
    third.write_bytes(b"---\ndate: soon\n" + third.read_bytes()[4:])
    told = [json.loads(line)["path"] for line in doubtful(imported).splitlines()]
    assert sorted(told) == ["0.md", "elsewhere.md", third.relative_to(content).as_posix()]


@pytest.mark.parametrize("known", [True, False])
def test_what_is_doubtful_is_told_of_an_archive_that_cannot_be_written(
    imported: ArchiveFolder, known: bool
) -> None:
    wanted = doubtful(imported)
    if not known:
        imported.forget()
    outcome = run(_doubts_of(imported), Fault(imported.path, "read-only", moment=0))
    assert (outcome.status, outcome.output) == (0, wanted)
    assert known or not (imported.path / ".archive").exists()


def test_what_is_doubtful_is_told_while_an_import_runs(imported: ArchiveFolder) -> None:
    wanted = doubtful(imported)
    with open_index(imported.path / "content"):
        assert doubtful(imported) == wanted


def test_a_first_build_reads_each_article_and_each_record_once(imported: ArchiveFolder) -> None:
    opened: list[str] = []
    content = str(imported.path / "content")

    def note(event: str, arguments: tuple[object, ...]) -> None:
        path = str(arguments[0]) if event == "open" else ""
        if path.startswith(content) and path.endswith((".md", ".json")):
            opened.append(path)

    sys.addaudithook(note)
    imported.build()
    assert len(opened) == len(set(opened)) == 6

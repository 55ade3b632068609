"""Commands that write the same thing exclude each other, and say so."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from archive_gen.cli import group
from archive_gen.content import store
from archive_gen.layout import STATE_FOLDER
from archive_gen.locks import exclusive
from archive_gen.problems import Problem
from tests.archive_folder import ArchiveFolder

DUMPS = Path(__file__).resolve().parent / "fixtures" / "dumps"
DUMP = DUMPS / "courier-2017-bridge-pier-seven.txt"
BUSY = Problem("test", 0, "busy")


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    folder = ArchiveFolder(tmp_path / "site")
    result = CliRunner().invoke(group, ["import", "--site", str(folder.path), str(DUMP)])
    assert result.exit_code == 0, result.output
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", str(DUMPS)],
        ["clean", "--again"],
        ["sources", "drop", "courier", "Subscribe now"],
        ["redact", "ARTICLE", "--reason", "Privacy", "--yes"],
        ["new", "A story"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_nothing_is_written_while_another_command_writes_articles(
    archive: ArchiveFolder, arguments: list[str]
) -> None:
    content = archive.path / "content"
    before = contents(content)
    [article] = (content / "2017").rglob("*.md")
    named = [str(article) if one == "ARTICLE" else one for one in arguments]
    command = [*named[:1], "--site", str(archive.path), *named[1:]]
    with store.writing(content):
        refused = CliRunner().invoke(group, command)
    assert refused.exit_code == 1
    assert refused.stderr == "content: another command is writing articles — wait for its end\n"
    assert contents(content) == before


def test_nothing_is_redacted_while_a_build_runs(archive: ArchiveFolder) -> None:
    before = contents(archive.path / "content")
    [article] = (archive.path / "content" / "2017").rglob("*.md")
    command = ["redact", str(article.relative_to(archive.path)), "--reason", "Privacy", "--yes"]
    with exclusive(archive.path, "build", BUSY):
        refused = CliRunner().invoke(group, [*command, "--site", str(archive.path)])
    assert refused.exit_code == 1
    assert "a build of this archive is running" in refused.stderr
    assert contents(archive.path / "content") == before


def test_a_redaction_leaves_of_the_state_only_the_locks(archive: ArchiveFolder) -> None:
    site = ["--site", str(archive.path)]
    assert CliRunner().invoke(group, ["build", *site]).exit_code == 0
    [article] = (archive.path / "content" / "2017").rglob("*.md")
    inodes = {p.name: p.stat().st_ino for p in (archive.path / STATE_FOLDER).glob("*.lock")}
    assert inodes
    command = ["redact", str(article.relative_to(archive.path)), "--reason", "Privacy", "--yes"]
    assert CliRunner().invoke(group, [*command, *site]).exit_code == 0
    after = {p.name: p.stat().st_ino for p in (archive.path / STATE_FOLDER).glob("*.lock")}
    assert after == inodes


def test_what_is_remembered_keeps_itself_out_of_version_control(archive: ArchiveFolder) -> None:
    ignored = archive.path / STATE_FOLDER / ".gitignore"
    assert "*" in ignored.read_text("utf-8").splitlines()
    ignored.write_text("!build.sqlite\n", "utf-8")  # a person's own
    archive.build()
    assert ignored.read_text("utf-8") == "!build.sqlite\n"

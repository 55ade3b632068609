"""``archive new``: a file in its place that a build takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive_gen.cli import group
from archive_gen.content import frontmatter
from tests.archive_folder import ArchiveFolder


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    return ArchiveFolder(tmp_path / "site")


def new(archive: ArchiveFolder, *arguments: str) -> Result:
    return CliRunner().invoke(group, ["new", *arguments, "--site", str(archive.path)])


def test_an_article_with_all_that_is_known(archive: ArchiveFolder) -> None:
    title = 'Flood: "inquiry" opens'
    result = new(archive, title, "--date", "2015-03-12", "--tag", "Flood", "--author", "Ann Orr")
    path = archive.path / "content/2015/03/flood-inquiry-opens.md"
    assert result.stdout == f"{path}\n"
    article, problems = frontmatter.parse(path.read_text("utf-8"), "")
    assert problems == []
    assert article
    assert (article.title, article.tags, article.authors) == (title, ("Flood",), ("Ann Orr",))
    assert archive.build().problems == []
    assert "2015/03/12/flood-inquiry-opens/index.html" in archive.output()


def test_what_options_state_is_written_as_a_file_has_it(archive: ArchiveFolder) -> None:
    blank = ("--source", " ", "--author", "\t", "--tag", "", "--language", "")
    file = new(archive, " T ", *blank, "--place", " Port\nHalvane", "--tag", " a ", "--tag", "a")
    assert Path(file.stdout.strip()).read_text("utf-8") == (
        "---\ntitle: T\nplace: Port Halvane\ntags:\n- a\n---\n"
    )


def test_the_same_title_again_is_another_file(archive: ArchiveFolder) -> None:
    files = []
    for number in range(4):
        files.append(Path(new(archive, "Notice").stdout.strip()))
        files[-1].write_text(f"---\ntitle: Notice\n---\nNumber {number}.\n")
    assert [file.read_text()[-10:] for file in files] == [f"Number {n}.\n" for n in range(4)]
    assert {file.parent.name for file in files} == {"undated"}


@pytest.mark.parametrize(
    "arguments", [("",), (" \n",), ("T", "--date", "2015-02-30"), ("T", "--language", "?")]
)
def test_what_cannot_be_is_refused(archive: ArchiveFolder, arguments: tuple[str, ...]) -> None:
    result = new(archive, *arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert not list((archive.path / "content").rglob("*.md"))

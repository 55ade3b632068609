"""``archive addresses``: where each article was found, and where it is now."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive_gen.cli import group
from tests.archive_folder import ArchiveFolder

FERRY = "2015/10/07/ferry/"


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    archive = ArchiveFolder(tmp_path / "site")
    found = "https://www.Courier.example/story.php?id=7&p=1#top"
    archive.article("2015/10/ferry.md", date="2015-10-07", url=found)
    archive.article("2016/fähre.md", date="2016", url="http://bote.example/Fähre%20im")
    archive.article("2017/again.md", date="2017", url=found)
    archive.article("undated/own.md")
    return archive


def addresses(archive: ArchiveFolder, *more: str) -> Result:
    return CliRunner().invoke(group, ["addresses", "--site", str(archive.path), *more])


def test_each_found_article_has_a_line(archive: ArchiveFolder) -> None:
    result = addresses(archive)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"https://www.Courier.example/story.php?id=7&p=1 /{FERRY}",
        "http://bote.example/F%C3%A4hre%20im /2016/fahre/",
    ]


@pytest.mark.parametrize(
    "host", ["courier.example", "www.COURIER.example:80", "https://courier.example/"]
)
def test_of_one_host_for_its_own_server(archive: ArchiveFolder, host: str) -> None:
    archive.settings("title: Test\nbase_url: https://courier.example/archive\n")
    lines = addresses(archive, "--host", host).stdout.splitlines()
    assert lines == [f"/story.php?id=7&p=1 https://courier.example/archive/{FERRY}"]


def test_as_json_with_the_file(archive: ArchiveFolder) -> None:
    (line,) = addresses(archive, "--json", "--host", "courier.example").stdout.splitlines()
    told = {"old": "/story.php?id=7&p=1", "new": f"/{FERRY}", "path": "2015/10/ferry.md"}
    assert json.loads(line) == told


@pytest.mark.parametrize("host", ["elsewhere.example", "https://"])
def test_none_is_told_and_no_fault(archive: ArchiveFolder, host: str) -> None:
    result = addresses(archive, "--host", host)
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"No article has an original address at {host}." in result.stderr


def test_what_only_a_script_can_tell_leads_nowhere(archive: ArchiveFolder) -> None:
    archive.article("a.md", date="2015-10-07", url="https://courier.example/#!/story/1")
    archive.article("b.md", date="2015-10-07", url="https://courier.example/#/story/2")
    archive.article("c.md", date="2018", url="https://courier.example#top")
    lines = addresses(archive, "--host", "courier.example").stdout.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["/story.php?id=7&p=1", "/"]


def test_an_article_with_a_fault_is_told(archive: ArchiveFolder) -> None:
    (archive.path / "content" / "broken.md").write_text("---\ndate: soon\n---\nA text.\n")
    result = addresses(archive)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert "content/broken.md:2" in result.stderr


def test_of_two_articles_that_claim_one_address_each_has_its_own(archive: ArchiveFolder) -> None:
    archive.article("a/ferry.md", date="2015-10-07", url="https://bote.example/2")
    archive.article("b/ferry.md", date="2015-10-07", url="https://bote.example/3")
    archive.build()
    new = [line.split(" ")[1] for line in addresses(archive).stdout.splitlines()]
    assert len(set(new)) == len(new) == 4
    for url in new:
        assert (archive.path / "public" / url.strip("/") / "index.html").is_file()


PUBLIC = "title: Test\nbase_url: https://courier.example/archive\n"


def test_addresses_that_articles_had_are_written_into_them(archive: ArchiveFolder) -> None:
    archive.settings(PUBLIC)
    for name in "abcde":
        archive.article(f"{name}.md", date="2015-10-07")
    archive.article("f.md", date="2015-10-07", slug="mine", aliases="[/2015/f/]")
    archive.build()
    for name in "abcde":
        archive.article(f"{name}.md", date="2015-10-08")
    archive.article("f.md", date="2015-10-08", slug="mine", aliases="[/2015/f/]")
    assert "So have 3 more." in archive.build().notes
    # Then one goes on, one goes back, one is named otherwise, one is deleted, one has a successor.
    archive.article("a.md", date="2015-10-09")
    archive.article("b.md", date="2015-10-07")
    (archive.path / "content/c.md").rename(archive.path / "content/new.md")
    archive.delete("d.md")
    archive.article("2015/e.md", date="2015-10-07")
    archive.build()
    result = addresses(archive, "keep")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Old addresses are in 4 articles now" in result.stderr
    aliases = {
        path.name: re.findall(r"^- (/.*)$", path.read_text("utf-8"), re.MULTILINE)
        for path in (archive.path / "content").rglob("*.md")
        if "aliases:" in path.read_text("utf-8")
    }
    assert aliases == {
        "a.md": ["/2015/10/07/a/", "/2015/10/08/a/"],
        "b.md": ["/2015/10/08/b/"],
        "new.md": ["/2015/10/07/c/", "/2015/10/08/c/"],
        "f.md": ["/2015/f/", "/2015/10/07/mine/"],
    }
    assert (archive.build().notes, archive.build().problems) == ([], [])
    assert "2015/10/08/mine/index.html" in archive.page("2015/10/07/mine/index.html")
    assert "No article had another address" in addresses(archive, "keep").stderr


def test_no_old_address_is_forgotten_while_an_article_is_not_readable(
    archive: ArchiveFolder,
) -> None:
    archive.settings(PUBLIC)
    archive.build()
    archive.article("2015/10/ferry.md", date="2015-10-08")
    archive.build()
    archive.write("2015/10/ferry.md", "---\ntitle: [\n---\n")
    result = addresses(archive, "keep")
    assert result.exit_code == 1
    assert "content/2015/10/ferry.md:" in result.stderr
    archive.article("2015/10/ferry.md", date="2015-10-08")
    assert addresses(archive, "keep").exit_code == 0
    assert f"- /{FERRY}" in (archive.path / "content/2015/10/ferry.md").read_text("utf-8")

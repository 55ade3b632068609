"""Days that stand in the names of files: taken where a person says that they are those of the
articles, else only told."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive_gen.cli import group
from archive_gen.content import frontmatter

STORY = """Ferry sinks off the mole
By Ada Lund

The ferry to the islands sank in the night with forty people and a cow on board of it.
All of them were saved by the boats that lay in the harbour and had seen the lights go out.
"""


def imported(site: Path, *options: str) -> Result:
    (site / "content").mkdir(parents=True, exist_ok=True)
    (site / "site.yaml").write_text("title: T\n", "utf-8")
    given = ["import", str(site.parent / "dumps"), *options, "--site", str(site)]
    return CliRunner().invoke(group, given)


def put(folder: Path, name: str, text: str = STORY) -> Path:
    path = folder / "dumps" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return folder / "site"


def dates(site: Path) -> list[str]:
    found = (
        frontmatter.parse(path.read_text("utf-8"), "")[0]
        for path in sorted((site / "content").rglob("*.md"))
    )
    return [article.date.text if article and article.date else "" for article in found]


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("2015-10-07-ferry.txt", "2015-10-07"),
        ("20151007_ferry.txt", "2015-10-07"),
        ("https___post.example_2015_10_07_ferry.txt", "2015-10-07"),
        ("2015/10/07/ferry.txt", "2015-10-07"),
        ("2015/10/ferry.txt", "2015-10"),
        ("ferry-31-12-2015.txt", "2015-12-31"),
        ("ferry-07-10-2015.txt", ""),  # or July
        ("2015-13-45-ferry.txt", ""),
        ("1444176000-ferry.txt", ""),
        ("20151007120000.txt", "2015-10-07"),
        ("20151007120000/www.post.example/ferry.txt", ""),  # a copy of the Wayback Machine
    ],
)
def test_the_day_is_that_of_the_name_if_a_person_says_so(
    tmp_path: Path, name: str, date: str
) -> None:
    site = put(tmp_path, name)
    assert imported(site, "--dates-from-names").exit_code == 0
    assert dates(site) == [date]
    assert CliRunner().invoke(group, ["clean", "--again", "--site", str(site)]).exit_code == 0
    assert dates(site) == [date]


def test_else_it_is_told_and_may_be_taken_later(tmp_path: Path) -> None:
    site = put(tmp_path, "2015-10-07-ferry.txt")
    hint = "1 article without a day: a day is in the file's name"
    assert hint in imported(site).output
    assert dates(site) == [""]
    assert hint in imported(site).output
    assert "1 updated" in imported(site, "--dates-from-names").output
    assert dates(site) == ["2015-10-07"]
    assert hint not in imported(site).output


def test_an_article_with_a_day_is_not_told(tmp_path: Path) -> None:
    site = put(tmp_path, "2015-10-07-ferry.txt", STORY.replace("Lund", "Lund, 6 October 2015"))
    assert "a day is in" not in imported(site).output
    assert dates(site) == ["2015-10-06"]

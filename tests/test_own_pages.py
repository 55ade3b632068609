"""Pages that are no articles: the files of ``content/_pages/``."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from lxml import html

from archive_gen.building.current import Listed, report_if_current
from archive_gen.config import load_config
from archive_gen.serving.answers import Answers
from tests.archive_folder import ArchiveFolder
from tests.drawn import png
from tests.test_check import codes

if TYPE_CHECKING:
    from pathlib import Path


def page(archive: ArchiveFolder, name: str, body: str = "Some words.", **front: object) -> None:
    archive.article(f"_pages/{name}", body, **front)


def at_foot(archive: ArchiveFolder, url: str) -> list[tuple[str, str]]:
    """Text and address of the links at the foot of a page, down to the search."""
    links = html.fromstring(archive.page(url)).xpath("//footer//li/a")
    found = [(link.text_content(), link.get("href")) for link in links]
    return found[: [text for text, _ in found].index("Search")]


def told(archive: ArchiveFolder) -> list[str]:
    return [
        f"{problem.path}:{problem.line} {problem.message}" for problem in archive.build().problems
    ]


def test_every_page_leads_to_them_in_the_order_of_their_files(archive: ArchiveFolder) -> None:
    archive.article("a.md", date="2015-10-07")
    page(archive, "2-imprint.md", title="Impressum", language="de")
    page(archive, "1-about.md", title="About us")
    page(archive, "Rules of 2019-05.md", title="Rules")
    page(archive, "Who we are.md", title="Who", slug="people")
    archive.build()
    assert at_foot(archive, "2015/10/07/a/index.html") == [
        ("About us", "../../../../about/index.html"),
        ("Impressum", "../../../../imprint/index.html"),
        ("Rules", "../../../../rules-of-2019-05/index.html"),
        ("Who", "../../../../people/index.html"),
    ]
    assert at_foot(archive, "search/index.html")[1] == ("Impressum", "../imprint/index.html")
    assert '<a href="../imprint/index.html" lang="de">' in archive.page("search/index.html")
    shown = html.fromstring(archive.page("imprint/index.html"))
    assert shown.xpath("//h1/ancestor-or-self::*[@lang][1]/@lang") == ["de"]


def test_one_is_a_page_of_its_own_and_no_article(archive: ArchiveFolder) -> None:
    archive.settings("title: T\nbase_url: https://a.example/b\n")
    archive.article("a.md")
    page(archive, "about.md", "Hello *there*.<script>alert(1)</script>", title="About us")
    report = archive.build()
    shown = html.fromstring(archive.page("about/index.html"))
    assert shown.xpath("string(//h1)") == "About us"
    assert "<em>there</em>" in archive.page("about/index.html")
    assert "alert" not in archive.page("about/index.html")
    assert (report.articles, report.indexed) == (1, 1)
    assert "https://a.example/b/about/" in archive.page("sitemaps/pages.xml")
    assert "about" not in archive.page("feed.xml")


def test_another_text_renders_one_page_another_title_all(archive: ArchiveFolder) -> None:
    archive.article("a.md", date="2015-10-07")
    page(archive, "about.md", "First.")
    pages = archive.build().rendered
    page(archive, "about.md", "Second.")
    assert archive.build().rendered_by_kind == {"own": 1}
    assert archive.build().rendered == 0
    page(archive, "about.md", "Second.", title="Who we are")
    assert 5 < archive.build().rendered < pages  # what programs read has no foot
    archive.delete("_pages/about.md")
    assert archive.build().deleted == 1
    assert at_foot(archive, "index.html") == []


def test_a_fault_costs_a_line_as_long_as_it_is_there(archive: ArchiveFolder) -> None:
    archive.settings("title: T\ntaxonomies: {desks: {key: desk, title: Desks}}\n")
    archive.article("a.md")
    page(archive, "1-about.md")
    page(archive, "2-about.md")
    page(archive, "desks.md")
    page(archive, "search.md")
    archive.write("_pages/untitled.md", "---\nlanguage: en\n---\nWords.")
    expected = [
        "content/_pages/2-about.md:0 would be in the folder 'about', which another page has",
        "content/_pages/desks.md:0 would be in the folder 'desks', which the site itself has",
        "content/_pages/search.md:0 would be in the folder 'search', which the site itself has",
        "content/_pages/untitled.md:0 has no title",
    ]
    assert [line.replace("md:2 ", "md:0 ") for line in told(archive)] == expected
    assert len(told(archive)) == 4
    assert [text for text, _ in at_foot(archive, "index.html")] == ["1 about"]
    archive.delete("_pages/1-about.md")
    assert len(told(archive)) == 3
    assert [text for text, _ in at_foot(archive, "index.html")] == ["2 about"]


def test_years_and_names_of_the_site_are_no_addresses_of_theirs(archive: ArchiveFolder) -> None:
    archive.article("a.md", date="2015-10-07")
    page(archive, "2015.md")
    page(archive, "index.md")
    archive.build()
    assert "2015-10-07" in archive.page("2015/index.html")
    addresses = [address for _, address in at_foot(archive, "index.html")]
    assert all(re.fullmatch(r"(2015|index)-[0-9a-f]+/index\.html", each) for each in addresses)
    assert len(addresses) == 2


def test_an_old_address_of_an_article_gives_way(archive: ArchiveFolder) -> None:
    archive.article("a.md", date="2015-10-07", aliases="[/2015/about/, /undated/x/]")
    page(archive, "about.md", slug="undated")
    assert "which the site itself has" in told(archive)[0]
    assert "undated/x/index.html" in archive.output()


def test_its_pictures_lie_beside_it(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    page(archive, "about.md", "![Three of us](us.png) ![Nobody](gone.png)", title="About")
    picture = archive.path / "content/_pages/us.png"
    picture.write_bytes(png(30, 20))
    assert [problem.path for problem in archive.build().problems] == ["content/_pages/about.md"]
    [shown] = html.fromstring(archive.page("about/index.html")).xpath("//main//img")
    assert (shown.get("alt"), shown.get("width"), shown.get("height")) == (
        "Three of us",
        "30",
        "20",
    )
    first = f"about/{shown.get('src')}"
    assert archive.output()[first] == png(30, 20)
    assert "Nobody" in archive.page("about/index.html")
    picture.write_bytes(png(31, 20))
    archive.build()
    assert first not in archive.output()
    assert png(31, 20) in archive.output().values()
    picture.unlink()
    assert len(archive.build().problems) == 2
    assert png(31, 20) not in archive.output().values()


def test_a_picture_in_a_folder_of_theirs_is_looked_at_again(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    page(archive, "about.md", "![Three of us](img/us.png)", title="About")
    picture = archive.path / "content/_pages/img/us.png"
    picture.parent.mkdir()
    picture.write_bytes(png(30, 20))
    os.utime(archive.path / "content/a.md", ns=(10**18, 10**18))
    archive.build()
    assert not isinstance(report_if_current(archive.path), Listed | None)
    picture.write_bytes(png(31, 20))
    assert isinstance(report_if_current(archive.path), Listed | None)
    archive.build()
    assert png(31, 20) in archive.output().values()


@pytest.mark.parametrize("way", ["us.png", "img", "img/us.png"])
def test_no_link_leads_out_of_content(archive: ArchiveFolder, way: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "us.png").write_bytes(png(30, 20))
    archive.article("a.md")
    page(archive, "about.md", f"![Us]({'img/us.png' if 'img' in way else 'us.png'})")
    link = archive.path / "content/_pages" / way
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(outside if way == "img" else outside / "us.png")
    assert "there is no such file" in told(archive)[0]
    assert png(30, 20) not in archive.output().values()


def test_a_folder_that_is_a_link_has_none(archive: ArchiveFolder, tmp_path: Path) -> None:
    other = ArchiveFolder(tmp_path / "other")
    page(other, "secret.md")
    archive.article("a.md")
    (archive.path / "content/_pages").symlink_to(other.path / "content/_pages")
    assert told(archive) == []
    assert at_foot(archive, "index.html") == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_nobody_waits_for_a_pipe(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    page(archive, "about.md", "![Us](us.png)")
    for name in ("us.png", "pipe.md"):
        os.mkfifo(archive.path / "content/_pages" / name)
    assert len(told(archive)) == 1
    assert [text for text, _ in at_foot(archive, "index.html")] == ["about"]


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="nothing is closed to root")
def test_a_folder_that_cannot_be_listed_is_told(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    page(archive, "about.md")
    folder = archive.path / "content/_pages"
    folder.chmod(0)
    try:
        assert told(archive)[0].startswith("content/_pages/:0 can't be read")
    finally:
        folder.chmod(0o755)
    assert told(archive) == []


def test_a_site_with_them_is_whole_and_what_is_wrong_with_them_is_found(
    archive: ArchiveFolder,
) -> None:
    archive.article("a.md")
    page(archive, "about.md", "[The articles](../undated/index.html), [nothing](../no/index.html)")
    archive.build()
    assert codes(archive) == ["broken-link"]
    page(archive, "search.md")
    assert "own-page" in codes(archive)


def test_the_local_server_leads_to_them_too(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    page(archive, "about.md", title="About us")
    archive.build()
    found = Answers(archive.path, load_config(archive.path)).answer("/search/?q=words")
    assert b'href="../about/index.html">About us' in found.body


def test_they_come_and_go_as_in_a_build_from_nothing(tmp_path: Path) -> None:
    warm, cold = (ArchiveFolder(tmp_path / name) for name in ("warm", "cold"))
    warm.article("a.md")
    warm.build()
    page(warm, "about.md")
    warm.build()
    for archive in (warm, cold):
        archive.article("a.md")
        page(archive, "imprint.md")
    warm.delete("_pages/about.md")
    warm.build()
    cold.build()
    assert warm.output() == cold.output()
    shutil.rmtree(warm.path / "content/_pages")
    assert at_foot(warm, "index.html") != []
    warm.build()
    assert at_foot(warm, "index.html") == []


@pytest.mark.parametrize("name", [".about.md", "_about.md", "about.txt", "about.MD"])
def test_other_files_are_none(archive: ArchiveFolder, name: str) -> None:
    archive.article("a.md")
    page(archive, name)
    assert archive.build().problems == []
    assert at_foot(archive, "index.html") == []

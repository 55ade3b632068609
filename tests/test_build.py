"""Stories of an archive: build, change something, build again, look."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_gen.building import database, present
from archive_gen.building.build import build
from archive_gen.building.publish import MARKER, FolderSink
from archive_gen.catalogue import catalogue, entry_cache
from archive_gen.check import Subject, check
from archive_gen.config import load_config
from archive_gen.parallel import ProcessMapper, SerialMapper
from archive_gen.problems import OperationError, Problem, UsageError
from archive_gen.search.searcher import Searcher
from tests.archive_folder import ArchiveFolder
from tests.drawn import png
from tests.test_problems import CONFLICT


def small_archive(archive: ArchiveFolder) -> None:
    archive.article("2015/10/a.md", date="2015-10-07", source="Post", tags="[Syria, War]")
    archive.article("2015/10/b.md", date="2015-10-08", source="Post", tags="[Syria]")
    archive.article("2016/c.md", date="2016", place="Moscow", authors="[Ann Lee]")
    archive.article("undated/d.md", source="Mail")


def test_every_kind_of_page_appears(archive: ArchiveFolder) -> None:
    archive.settings("title: T\nbase_url: https://example.org/news\n")
    small_archive(archive)
    report = archive.build()
    assert report.problems == []
    assert {
        "index.html",
        "2015/index.html",
        "2015/10/index.html",
        "2015/10/07/index.html",
        "2015/10/07/a/index.html",
        "2016/index.html",
        "2016/c/index.html",
        "undated/index.html",
        "undated/d/index.html",
        "dates/index.html",
        "tags/index.html",
        "tags/syria/index.html",
        "sources/index.html",
        "sources/post/index.html",
        "authors/ann-lee/index.html",
        "places/moscow/index.html",
        "search/index.html",
        "404.html",
        "feed.xml",
        "sitemap.xml",
    } <= archive.output().keys()
    assert report.articles == 4
    assert report.rendered == report.pages
    assert 'href="/news/feed.xml"' in archive.page("404.html")  # it is shown at any address


def test_many_small_builds_leave_no_more_behind_than_one(archive: ArchiveFolder) -> None:
    small_archive(archive)
    archive.build()
    first = left_by_builds(archive)
    for number in range(30):
        archive.article("2015/10/new.md", f"Text {number}.", date="2015-10-07")
        archive.build()
        archive.delete("2015/10/new.md")
        archive.build()
    last = left_by_builds(archive)
    # An index has some segments more or less, of nine files each.
    assert len(last) <= len(first) + 3 * 9
    assert sum(last.values()) < 2 * sum(first.values())


def left_by_builds(archive: ArchiveFolder) -> dict[str, int]:
    """The files of ``.archive/`` and their sizes."""
    files = (path for path in (archive.path / ".archive").rglob("*") if path.is_file())
    return {path.name: path.stat().st_size for path in files}


def test_a_second_build_does_nothing(archive: ArchiveFolder) -> None:
    small_archive(archive)
    first = archive.build()
    before = archive.output()
    second = archive.build()
    assert (first.indexed, first.rendered) == (4, first.pages)
    assert (second.rendered, second.written, second.deleted) == (0, 0, 0)
    assert (second.indexed, second.unindexed) == (0, 0)
    assert (second.articles, second.pages) == (first.articles, first.pages)
    assert archive.output() == before


def test_forgetting_the_state_changes_no_byte(archive: ArchiveFolder) -> None:
    small_archive(archive)
    archive.build()
    before = archive.output()
    archive.forget()
    report = archive.build()
    assert archive.output() == before
    assert (report.written, report.deleted) == (0, 0)


def test_files_of_the_search_that_are_gone_are_forgotten(archive: ArchiveFolder) -> None:
    for number in range(40):
        archive.article(f"{number}.md", date=f"20{number:02}-10-07")
    archive.build()
    archive.delete("7.md")
    assert archive.build().deleted
    shutil.rmtree(archive.path / ".archive/search")
    assert archive.build().deleted == 0


def test_deleting_the_site_brings_it_back(archive: ArchiveFolder) -> None:
    small_archive(archive)
    archive.build()
    before = archive.output()
    shutil.rmtree(archive.path / "public")
    archive.build()
    assert archive.output() == before


LATER = {
    "an article": lambda it: it.article("2015/10/a.md", "New words.", title="New title"),
    "a page of one's own": lambda it: it.write("_pages/us.md", "---\ntitle: Us\n---\nNew words.\n"),
    "a setting": lambda it: it.settings("title: New title\n"),
    "a template": lambda it: it.template("article.html", "{{ body }}"),
}


@pytest.mark.parametrize("kept", ["older", "newer"])
@pytest.mark.parametrize("changed", LATER)
def test_a_site_that_is_not_the_last_builds_is_brought_up_to_date(
    archive: ArchiveFolder, kept: str, changed: str
) -> None:
    """A backup of it was put back, or of the state; or version control changed one of them."""
    small_archive(archive)
    archive.write("_pages/us.md", "---\ntitle: Us\n---\nWords.\n")
    archive.build()
    folder = archive.path / ("public" if kept == "older" else ".archive")
    shutil.copytree(folder, archive.path / "backup")
    LATER[changed](archive)
    archive.build()
    wanted = archive.output()
    shutil.rmtree(folder)
    (archive.path / "backup").rename(folder)
    report = archive.build()
    assert archive.output() == wanted
    assert report.notes == [
        "The site in public/ was not the one of the last build: all of it was made anew."
    ]
    assert archive.build().rendered == 0


def test_a_folder_of_an_earlier_setting_is_brought_up_to_date(archive: ArchiveFolder) -> None:
    small_archive(archive)
    archive.build()
    archive.settings("title: Test archive\noutput: www\n")
    archive.article("2015/10/a.md", title="New title")
    assert "The site was in public/" in archive.build().notes[0]
    archive.settings("title: Test archive\n")
    archive.build()
    assert archive.output() == archive.output("www")


def test_a_folder_that_only_changes_its_capitals_is_not_to_be_deleted(
    archive: ArchiveFolder,
) -> None:
    """On many disks it is the same one."""
    small_archive(archive)
    archive.build()
    archive.settings("title: Test archive\noutput: Public\n")
    assert archive.build().notes == []


def test_what_changes_no_page_is_no_other_site(archive: ArchiveFolder) -> None:
    small_archive(archive)
    archive.build()
    archive.write("2015/10/broken.md", "no front matter")
    archive.build()
    archive.delete("2015/10/broken.md")
    assert archive.build().rendered == 0
    with_state = archive.output()
    archive.forget()
    archive.build()
    assert archive.output() == with_state


def test_an_old_address_leads_to_the_article(archive: ArchiveFolder) -> None:
    archive.settings("title: T\nbase_url: https://a.example/\n")
    archive.article("flood.md", date="2015-10")
    archive.article("quay.md", date="2015-10")
    archive.build()
    archive.article("flood.md", date="2015-10-07")
    (archive.path / "content/quay.md").rename(archive.path / "content/pier.md")
    archive.article("pier.md", title="quay", date="2015-10")
    assert archive.build().notes == [
        "content/flood.md has another address; it had /2015/10/flood/",
        "content/pier.md has another address; it had /2015/10/quay/",
        "So that old addresses lead on, let 'archive addresses keep' write them into the articles.",
    ]
    archive.article("flood.md", date="2015-10-07", aliases="[/2015/10/flood/]")
    report = archive.build()
    assert (report.notes, report.problems) == ([], [])
    old = archive.page("2015/10/flood/index.html")
    assert 'url=../../../2015/10/07/flood/index.html"' in old
    assert "This article has another address now:" in old
    # Who has an address goes before who had it.
    archive.article("2015/flood.md", date="2015-10", title="Another")
    (problem,) = archive.build().problems
    assert str(problem).startswith(
        "content/flood.md: claims the old address /2015/10/flood/ that content/2015/flood.md has"
    )
    assert "Another" in archive.page("2015/10/flood/index.html")
    archive.delete("2015/flood.md")
    archive.build()
    assert "refresh" in archive.page("2015/10/flood/index.html")
    archive.article("flood.md", date="2015-10-07")
    archive.build()
    assert "2015/10/flood/index.html" not in archive.output()
    archive.article("flood.md", date="2015-10-07", aliases="[/2015/10/flood/]")
    archive.build()
    archive.delete("flood.md")
    archive.build()
    assert "2015/10/flood/index.html" not in archive.output()
    archive.article("pier.md", title="quay", date="2015-10-09", aliases="[/2015/10/pier/]")
    assert archive.build().notes == []


def test_a_change_of_most_articles_makes_what_a_new_build_makes(archive: ArchiveFolder) -> None:
    def write(day: int, tag: str, source: str) -> None:
        for number in range(240):
            front = {"date": f"2015-{number % 12 + 1:02}-{day:02}", "source": source}
            archive.article(f"{number}.md", tags=f"[{tag}, Boats]", **front)

    write(7, "Harbour", "Post")
    archive.build()
    write(8, "Quay", "The Post")
    report = archive.build()
    assert report.rendered_by_kind["article"] == 240
    changed = archive.output()
    assert "tags/harbour/index.html" not in changed
    archive.forget()
    archive.build()
    assert archive.output() == changed


def test_a_change_of_many_articles_of_a_large_archive_makes_what_a_new_build_makes(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large one not all that is known of its articles is at hand."""
    monkeypatch.setattr(present, "_FEW", 100)
    monkeypatch.setattr(catalogue, "_AT_HAND", 100)
    monkeypatch.setattr(entry_cache, "_MANY", 20)

    def write(numbers: range, tag: str) -> None:
        for number in numbers:
            archive.article(f"{number}.md", date=f"2015-{number % 12 + 1:02}-07", tags=f"[{tag}]")

    write(range(300), "Harbour")
    archive.build()
    write(range(90, 330), "Quay")
    for number in range(10):
        archive.delete(f"{number}.md")
    archive.build()
    changed = archive.output()
    archive.forget()
    archive.build()
    assert archive.output() == changed


def test_much_may_change_on_a_disk_where_no_memory_is_shared(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a network share nobody can read what the last build knew while another is written."""
    monkeypatch.setattr(database, "_READ_MEANWHILE", database._WITHOUT_SHARED_MEMORY)
    archive.bare_templates()
    archive.settings("title: T\nlist_files: false\npage_size: 5\n")
    long = "long " * 3_000  # more than SQLite keeps in its cache
    for word in ("Old", "New"):
        for number in range(0 if word == "Old" else 20, 220):
            archive.article(
                f"a{number}.md", title=f"{word} {long}", date=f"2015-10-{number % 28 + 1:02}"
            )
        archive.build()
    assert "New" in archive.page("2015/10/28/a27/index.html")


def test_a_touched_file_is_not_rendered(archive: ArchiveFolder) -> None:
    small_archive(archive)
    archive.build()
    os.utime(archive.path / "content/2015/10/a.md", ns=(1, 1))
    assert archive.build().rendered == 0


def test_a_time_that_two_writes_may_share_is_not_trusted(archive: ArchiveFolder) -> None:
    file = archive.path / "content/a.md"
    soon = time.time_ns() + 10**12  # not older than the build, as one of this very moment
    for body in ("One.", "Two."):
        archive.article("a.md", body)
        os.utime(file, ns=(soon, soon))
        archive.build()
        assert body in archive.page("undated/a/index.html")


def test_a_file_that_was_empty_when_it_was_listed_is_read_in_large_pieces(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor empties a file and writes it again, and a build that watches is in between."""
    (archive.path / "content" / "a.md").touch()
    words = "words " * 50_000
    asked: list[int] = []
    read = os.read

    def counted(descriptor: int, size: int) -> bytes:
        asked.append(size)
        return read(descriptor, size)

    def write(phase: str) -> None:
        if phase == "read":
            archive.article("a.md", words)
            monkeypatch.setattr(os, "read", counted)

    config = load_config(archive.path)
    sink = FolderSink(archive.path / config.output)
    report = build(archive.path, config, mapper=SerialMapper(), sink=sink, on_phase=write)
    assert report.problems == []
    assert words.strip() in archive.page("undated/a/index.html")
    assert len(asked) < 10


def test_a_comment_in_front_matter_renders_nothing(archive: ArchiveFolder) -> None:
    archive.write("a.md", "---\ntitle: A\n---\nText.\n")
    archive.build()
    archive.write("a.md", "---\n# a note to myself\ntitle: A\n---\nText.\n")
    assert archive.build().rendered == 0


def changed_files(archive: ArchiveFolder) -> int:
    """Build, and count the pages that are new or have other bytes than before."""
    before = archive.output()
    report = archive.build()
    after = archive.output()
    changed = {path for path in after if after[path] != before.get(path)} - {MARKER}
    assert report.written == len(changed)
    assert report.rendered == sum(
        path.endswith(("html", "xml", "json", "csv", "txt")) for path in changed
    )
    assert report.deleted == len(before.keys() - after.keys())
    return report.rendered


def test_a_body_edit_touches_one_page(archive: ArchiveFolder) -> None:
    small_archive(archive)
    archive.article("2015/11/e.md", date="2015-11-01", summary="The same.", body="Old.")
    archive.build()
    archive.article("2015/11/e.md", date="2015-11-01", summary="The same.", body="New.")
    assert changed_files(archive) == 1


def test_other_edits_render_just_what_shows_them(archive: ArchiveFolder) -> None:
    archive.bare_templates()
    small_archive(archive)
    archive.build()
    archive.article("2015/10/b.md", title="B2", date="2015-10-08", source="Post", tags="[Syria]")
    # article and its two neighbours, day, month, year, source, tag, home; the feeds of all, of the
    # source and the tag (two each), and of day, month and year; the articles of these six as data
    assert changed_files(archive) == 9 + 9 + 12
    archive.article("undated/d.md", source="Mail", tags="[War]")
    # its page, the tag's page, the index of tags, home: no list shows an article's tags; feeds and
    # data do: of all, its source and the tag, of the undated; and the index as data
    assert changed_files(archive) == 4 + 7 + 10
    archive.delete("2016/c.md")
    # home, dates, the article before it, the year before it with its month and two days, which led
    # to 2016; the feeds and the data of all; the indexes of places and authors are no more
    assert changed_files(archive) == 7 + 2 + 2


def test_a_title_a_tag_a_new_article_and_a_body_render_what_shows_them(
    archive: ArchiveFolder,
) -> None:
    small_archive(archive)
    archive.article("2015/11/e.md", date="2015-11-01", summary="Same.", body="Old.", tags="[War]")
    archive.build()
    archive.article("2015/11/e.md", date="2015-11-01", summary="Same.", body="New.", tags="[War]")
    assert changed_files(archive) == 1
    edited = {"date": "2015-11-01", "summary": "Same.", "body": "New."}
    archive.article("2015/11/e.md", title="E2", tags="[War]", **edited)
    # article, the neighbours on both sides, another with its tag, day, month, year, the tag's
    # page, home; the feeds of all and of the tag (two each), of day, month and year; their data
    assert changed_files(archive) == 9 + 7 + 10
    archive.article("2015/11/e.md", title="E2", tags="[War, Syria]", **edited)
    # article, two that are related by the tag, its page and that of the tag which now often comes
    # with it, the index of tags, home: no row shows an article's tags; the feeds of all, of both
    # tags, of day, month and year do, and so do their data, and those of the index
    assert changed_files(archive) == 7 + 9 + 14
    archive.article("2015/11/n.md", date="2015-11-02", summary="Same.")
    # article, the neighbours on both sides, its day and the day before, month, year, dates,
    # home; the feeds of all (two), of its day, the month and the year; their data and that of dates
    assert changed_files(archive) == 9 + 5 + 10
    archive.delete("2015/11/n.md")
    # the same without the article and its day
    assert changed_files(archive) == 7 + 4 + 8


def test_a_first_tag_and_a_last_render_all_pages_that_lead_to_the_list(
    archive: ArchiveFolder,
) -> None:
    for number in range(3):
        archive.article(f"undated/{number}.md", source="Post")
    archive.build()
    links = re.compile('<nav class="site-nav".*?</nav>', re.S)
    home = archive.path / "public" / "index.html"
    bare = home.read_text("utf-8")
    assert "tags/" not in links.findall(bare)[0]
    archive.article("undated/1.md", source="Post", tags="[Flood]")
    report = archive.build()
    assert report.changes["what every page leads to"] == "changed"
    assert report.rendered_by_kind["article"] == 3
    assert "tags/" in links.findall(home.read_text("utf-8"))[0]
    archive.article("undated/2.md", source="Post", tags="[Flood]")
    assert "what every page leads to" not in archive.build().changes
    for number in (1, 2):
        archive.article(f"undated/{number}.md", source="Post")
    assert archive.build().rendered_by_kind["article"] == 3
    assert home.read_text("utf-8") == bare
    assert not (archive.path / "public" / "tags").exists()


def test_a_template_edit_renders_its_pages_only(archive: ArchiveFolder) -> None:
    archive.bare_templates()
    small_archive(archive)
    archive.build()
    archive.template("undated.html", "{{ count }} undated")
    assert changed_files(archive) == 1


def test_a_setting_renders_the_pages_that_read_it(archive: ArchiveFolder) -> None:
    archive.bare_templates()
    archive.template("terms.html", "{{ site.title }}")
    small_archive(archive)
    archive.build()
    archive.settings("title: Another\n")
    assert changed_files(archive) == 4  # the four indexes of terms


def test_a_page_without_related_articles_is_not_made_new_by_them(archive: ArchiveFolder) -> None:
    for day in (1, 3, 5, 7):
        archive.article(f"2015/10/day-{day}.md", date=f"2015-10-0{day}", tags="[Flood]")
    archive.build()
    archive.article("2015/10/day-7.md", title="New", date="2015-10-07", tags="[Flood]")
    assert archive.build().rendered_by_kind["article"] == 4
    archive.template("article.html", "{{ entry.title }} {{ next.title if next }} {{ body }}")
    archive.build()
    archive.article("2015/10/day-7.md", title="Newer", date="2015-10-07", tags="[Flood]")
    assert archive.build().rendered_by_kind["article"] == 2


def test_lists_need_not_be_there_for_programs(archive: ArchiveFolder) -> None:
    small_archive(archive)
    archive.settings("title: T\nlist_files: false\nbase_url: https://example.org\n")
    archive.build()
    output = archive.output()
    for_programs = {path for path in output if path.endswith((".csv", ".json", "feed.xml"))}
    outside_search = {path for path in for_programs if not path.startswith(("search/", "assets/"))}
    assert outside_search <= {"feed.xml", "feed.json", "manifest.json"}
    for path, data in output.items():
        if path.endswith("index.html"):
            for link in re.findall(r'href="([^"#?:]+)[^":]*"', data.decode()):
                target = os.path.normpath(Path(path).parent / link)
                assert target in output, (path, link)


def test_what_the_settings_say_of_stories_reaches_what_shows_it(archive: ArchiveFolder) -> None:
    for day in range(1, 4):
        archive.article(f"2015/10/day-{day}.md", date=f"2015-10-0{day}", tags="[Flood]")
    archive.article("2015/10/day-4.md", date="2015-10-04", story="the flood")
    start = "title: T\nstories:\n  The flood:\n"
    archive.settings(f"{start}    about: Rain.\n")
    archive.build()
    page = archive.path / "public/stories/the-flood/index.html"
    assert page.read_text("utf-8").count('class="row"') == 1
    archive.settings(f"{start}    about: More rain.\n")
    assert archive.build().rendered_by_kind == {"term": 1, "home": 1}
    assert "<p>More rain.</p>" in archive.page("index.html")
    archive.settings(f"{start}    about: More rain.\n    tags: [flood]\n")
    archive.build()
    text = page.read_text("utf-8")
    assert text.count('class="row"') == 4
    assert text.index("2015/10/01/day-1/") < text.index("2015/10/04/day-4/")
    warm = archive.output()
    archive.forget()
    archive.build()
    assert archive.output() == warm


def test_a_long_index_is_also_there_by_size(archive: ArchiveFolder) -> None:
    for number in range(40):
        tags = [f"T{tag:02}" for tag in range(number, 40)]
        archive.article(f"undated/{number}.md", tags=str(tags))
    archive.build()
    page = archive.page("tags/index.html")
    by_size = page[page.index('id="most-used"') : page.index('class="index"')]
    # Not T00, which came once.
    assert re.findall(r"<bdi>(T\d\d)</bdi>", by_size) == [f"T{tag:02}" for tag in range(39, 0, -1)]


@pytest.mark.parametrize("count", [5, 40])
def test_terms_of_one_article_each_have_no_order_by_size(
    archive: ArchiveFolder, count: int
) -> None:
    for number in range(count):
        archive.article(f"undated/{number}.md", tags=f"[T{number:02}]")
    archive.build()
    page = archive.page("tags/index.html")
    assert page.count("<bdi>T00</bdi>") == 1
    assert "by-size" not in page
    assert "most-used" not in page


def test_a_long_list_without_dates_has_no_years(archive: ArchiveFolder) -> None:
    archive.settings("title: T\npage_size: 5\n")
    for number in range(40):
        archive.article(f"undated/{number}.md", tags="[Harbour]")
    archive.build()
    assert 'class="years"' not in archive.page("tags/harbour/index.html")


def test_a_short_index_is_also_there_by_size(archive: ArchiveFolder) -> None:
    for number, tags in enumerate(("[A, B, C]", "[B, C]", "[C]")):
        archive.article(f"undated/{number}.md", tags=tags)
    archive.build()
    before, _, by_size = archive.page("tags/index.html").partition('class="by-size"')
    assert [re.findall(r"<bdi>(\w)</bdi>", part) for part in (before, by_size)] == [
        ["A", "B", "C"],
        ["C", "B", "A"],
    ]


def test_a_new_style_sheet_and_a_new_address_reach_every_page(archive: ArchiveFolder) -> None:
    small_archive(archive)
    archive.build()
    old = {path for path in archive.output() if path.startswith("assets/")}
    archive.template("assets/style.css", "body { color: green }")
    archive.template("assets/.style.css.swp", "What an editor leaves.")
    archive.settings("title: T\nbase_url: https://example.org/moved\n")
    archive.build()
    (style,) = {path for path in archive.output() if path.startswith("assets/")} - old
    assert style.endswith(".css")  # of another name: a browser may have the old one
    for path, data in archive.output().items():
        if path.endswith("index.html"):
            assert style in data.decode(), path
    assert "https://example.org/moved/undated/d/" in archive.page("undated/d/index.html")


def test_a_template_that_gets_another_name_is_used(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    archive.template("later.html", "Nothing here.")
    archive.build()
    later = archive.path / "templates/later.html"
    later.rename(later.with_name("404.html"))
    archive.build()
    assert archive.page("404.html") == "Nothing here."


def test_a_faulty_article_is_named_and_the_rest_is_built(archive: ArchiveFolder) -> None:
    small_archive(archive)
    archive.write("bad.md", "---\ntitle: Bad\ndate: 2015-02-30\n---\nText.\n")
    for _ in range(2):  # the second time the file is not read, and its fault still stands
        report = archive.build()
        assert [(p.path, p.line) for p in report.problems] == [("content/bad.md", 3)]
        assert "day that does not exist" in report.problems[0].message
        assert report.articles == 4
    archive.write("bad.md", "---\ntitle: Good\ndate: 2015-02-28\n---\nText.\n")
    report = archive.build()
    assert (report.problems, report.articles) == ([], 5)
    assert "2015/02/28/bad/index.html" in archive.output()


def test_an_article_that_goes_bad_leaves_the_site(archive: ArchiveFolder) -> None:
    small_archive(archive)
    archive.build()
    archive.write("2015/10/a.md", "no front matter")
    report = archive.build()
    assert len(report.problems) == 1
    assert "2015/10/07/a/index.html" not in archive.output()


@pytest.mark.parametrize("is_gone", [False, True])
@pytest.mark.parametrize("name", ["a.md", "b.png"])
def test_what_changes_while_pages_are_made_is_told_and_waits_for_the_next_build(
    archive: ArchiveFolder, name: str, is_gone: bool
) -> None:
    archive.bare_templates()
    archive.article("a.md", date="2015-10-07")
    archive.build()
    page = archive.page("2015/10/07/a/index.html")
    archive.template("article.html", "{{ body }} anew")
    archive.article("b.md", date="2015-10-08", body="![b](b.png)")
    file = archive.path / "content" / name
    (archive.path / "content/b.png").write_bytes(png(3, 2))
    changed = png(4, 3) if name == "b.png" else b"---\ntitle: Another\n---\nWords.\n"

    def meanwhile(phase: str) -> None:
        if phase == "render" and is_gone:
            file.unlink(missing_ok=True)
        elif phase == "render":
            file.write_bytes(changed)

    sink, config = FolderSink(archive.path / "public"), load_config(archive.path)
    report = build(archive.path, config, mapper=SerialMapper(), sink=sink, on_phase=meanwhile)
    [problem] = report.problems
    assert problem.path == f"content/{name}"
    told = "can't be read: No such file or directory" if is_gone else "changed while the build ran"
    assert problem.message == told
    assert (archive.page("2015/10/07/a/index.html") == page) == (name == "a.md")
    archive.build()
    site = archive.output()
    archive.forget()
    shutil.rmtree(archive.path / "public")
    archive.build()
    assert archive.output() == site


def test_colliding_addresses_keep_both_articles(archive: ArchiveFolder) -> None:
    archive.article("one/same.md", body="First text.", date="2015-10-07")
    archive.article("two/same.md", body="Second text.", date="2015-10-07")
    for _ in range(2):
        report = archive.build()
        assert [problem.path for problem in report.problems] == ["content/two/same.md"]
        assert "content/one/same.md" in report.problems[0].message
    assert "First text." in archive.page("2015/10/07/same/index.html")
    others = [path for path in archive.output() if path.startswith("2015/10/07/same-")]
    assert len(others) == 1
    assert "Second text." in archive.page(others[0])
    archive.delete("one/same.md")
    assert archive.build().problems == []
    assert "Second text." in archive.page("2015/10/07/same/index.html")
    assert others[0] not in archive.output()


def test_serial_and_parallel_builds_make_the_same_bytes(tmp_path: Path) -> None:
    outputs = []
    for name, mapper in [("serial", None), ("two", ProcessMapper(2)), ("five", ProcessMapper(5))]:
        archive = ArchiveFolder(tmp_path / name)
        for number in range(450):
            archive.article(
                f"{number}.md",
                date=f"20{number % 10:02}-{number % 12 + 1:02}-{number % 28 + 1:02}",
                tags=f"[tag{number % 7}, tag{number % 3}]",
            )
        archive.bare_templates()
        archive.build(mapper)
        outputs.append(archive.output())
    assert outputs[0] == outputs[1] == outputs[2]


def test_two_builds_exclude_each_other(archive: ArchiveFolder) -> None:
    small_archive(archive)
    (archive.path / ".archive").mkdir()
    lock = FileLock(archive.path / ".archive" / "build.lock")
    with lock, pytest.raises(OperationError, match="another build"):
        archive.build()
    assert archive.build().problems == []


def test_a_folder_of_somebody_elses_is_left_alone(archive: ArchiveFolder) -> None:
    small_archive(archive)
    (archive.path / "public").mkdir()
    (archive.path / "public" / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="did not make"):
        archive.build()
    assert archive.output() == {"thesis.txt": b"years of work"}


def test_a_failing_template_publishes_nothing(archive: ArchiveFolder) -> None:
    small_archive(archive)
    archive.build()
    before = archive.output()
    archive.article("2015/10/a.md", title="Changed", date="2015-10-07")
    archive.template("article.html", "{# fine #}\n{{ entry.no_such_thing.at_all }}")
    with pytest.raises(OperationError) as caught:
        archive.build()
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("templates/article.html", 2)
    assert "while rendering /2015/10/07/a/" in problem.hint
    assert archive.output() == before
    assert Searcher(archive.path / ".archive/search").search("Changed").total == 0


IMPOSSIBLE = {
    "two values of one name": ("{% macro m(a, a) %}{% endmacro %}", "duplicate argument 'a'"),
    "too many loops": ("{% for a in 'a' %}" * 21 + "{% endfor %}" * 21, "too many statically"),
    "too many brackets": ("{{ " + "(" * 300 + "1" + ")" * 300 + " }}", "within each other"),
    "too long a sum": ("{{ " + "+".join("1" * 3000) + " }}", "in a row"),
    "the end of nothing": ("{{ ([]|map('upper')).__next__() }}", "StopIteration"),
    "too much memory": ("{{ entry.title * 9999999999999999 }}", "MemoryError"),
    "a block defined twice": (
        "{% block a %}{% endblock %}{% block a %}{% endblock %}",
        "block 'a' defined twice",
    ),
    "none of several": ("{% include ['_a.html', '_b.html'] %}", "none of the templates"),
    "itself as an include": ("{% include '_part.html' %}", "leads back to itself"),
    "a macro that calls itself": (
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "leads back to itself",
    ),
    "an asset of no name": ("{{ ('no' ~ 'ne.css')|asset }}", "no asset 'none.css'"),
    "an include of nothing": ("{% include '_a.html' %}", "no template '_a.html'"),
}


@pytest.mark.parametrize("part", [False, True], ids=["itself", "included"])
@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_a_template_that_cannot_work_is_told_in_one_line(
    case: str, part: bool, archive: ArchiveFolder
) -> None:
    text, told = IMPOSSIBLE[case]
    archive.article("a.md")
    archive.template("article.html", "{% include '_part.html' %}" if part else text)
    archive.template("_part.html", text)
    with pytest.raises(OperationError) as caught:
        archive.build()
    (problem,) = caught.value.problems
    assert told in problem.message
    assert problem.path.startswith("templates/")
    if problem.message.startswith("can't be made into code"):
        assert problem.path == f"templates/{'_part' if part else 'article'}.html"


@pytest.mark.parametrize("part", ["_figure.html", "_table.html"])
def test_a_part_of_an_articles_text_that_cannot_work_is_told_too(
    part: str, archive: ArchiveFolder
) -> None:
    (archive.path / "content/map.png").write_bytes(png())
    archive.article("a.md", "![A map](map.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    archive.template(part, "\n{{ entri.title }}")
    with pytest.raises(OperationError) as caught:
        archive.build()
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == (f"templates/{part}", 2)
    assert problem.message.startswith("there is no variable 'entri'")


def test_a_part_that_lacks_what_the_theme_asks_of_it_is_told_as_the_archives(
    archive: ArchiveFolder,
) -> None:
    archive.article("a.md")
    archive.template("_text.html", "{# nothing of what it had #}")
    with pytest.raises(OperationError, match="does not export the requested name"):
        archive.build()


SLIPS = {
    "a variable": (
        "\n{{ entri.title }}",
        "there is no variable 'entri'; did you mean 'entry'?",
        "while rendering /undated/a/",
    ),
    "an attribute": (
        "\n{{ entry.titel }}",
        "there is no 'titel' in this Entry; did you mean 'title'?",
        "while rendering /undated/a/",
    ),
    "a key": (
        "\n{{ {'abc': 1}.abd }}",
        "there is no 'abd' in this mapping; did you mean 'abc'?",
        "while rendering /undated/a/",
    ),
    "a filter": (
        "\n{{ 'x'|tojsn }}",
        "there is no filter 'tojsn'; did you mean 'tojson'?",
        "while rendering /undated/a/",
    ),
    "the theme's own": (
        "\n{% extends 'article.html' %}",
        "extends itself",
        "the theme's own is 'theme/article.html'",
    ),
    "an asset": (
        "\n{{ 'styl.css'|asset }}",
        "there is no asset 'styl.css'",
        "did you mean 'style.css'?",
    ),
    "a part": (
        "\n{{ part('_keyz.html') }}",
        "there is no template '_keyz.html'",
        "did you mean '_keys.html'?",
    ),
    "a template": (
        "\n{% extends 'theme/articl.html' %}",
        "there is no template 'theme/articl.html'",
        "did you mean 'theme/article.html'?",
    ),
    "a block": (
        "{% extends 'theme/article.html' %}\n{% block artcle_body %}x{% endblock %}",
        "there is no block 'artcle_body' in 'theme/article.html'",
        "did you mean 'article_body'?",
    ),
}


@pytest.mark.parametrize("case", SLIPS)
def test_a_slip_in_a_template_is_told_where_it_stands(case: str, archive: ArchiveFolder) -> None:
    text, message, hint = SLIPS[case]
    archive.article("a.md")
    archive.template("article.html", text)
    with pytest.raises(OperationError) as caught:
        archive.build()
    assert caught.value.problems == [Problem("templates/article.html", 2, message, hint)]


def test_a_template_that_was_not_merged_is_told(archive: ArchiveFolder) -> None:
    archive.template("_row.html", f"one\n{CONFLICT}")
    small_archive(archive)
    with pytest.raises(OperationError, match=r"templates/_row.html:2: two versions stand here"):
        archive.build()


def test_templates_that_extend_each_other_are_told(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    archive.template("base.html", "{% extends 'article.html' %}")
    with pytest.raises(OperationError, match="extends itself, by way of"):
        archive.build()


def test_a_block_of_ones_own_is_shown_in_one_of_the_theme(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    archive.template(
        "article.html",
        "{% from '_cite.html' import cite %}{% extends 'theme/article.html' %}"
        "{% block article_cite %}{% block own %}Mine.{% endblock %}{% endblock %}"
        "{% block more_footer %}Ours.{% endblock %}",
    )
    archive.build()
    assert "Mine." in archive.page("undated/a/index.html")
    assert "Ours." in archive.page("undated/a/index.html")


def test_a_page_of_ones_own_need_not_show_all_blocks_of_the_theme(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    archive.template("base.html", "<main>{% block main %}{% endblock %}</main>")
    archive.build()
    assert archive.page("404.html").startswith("<main>")


def test_a_block_of_a_template_that_is_chosen_when_it_runs_is_no_slip(
    archive: ArchiveFolder,
) -> None:
    archive.article("a.md")
    archive.template("_frame.html", "{% extends 'theme/' ~ 'base.html' %}")
    archive.template(
        "article.html", "{% extends '_frame.html' %}{% block main %}Chosen.{% endblock %}"
    )
    archive.build()
    assert "Chosen." in archive.page("undated/a/index.html")


@pytest.mark.parametrize("named", ["'_a.html' ignore missing", "['_a.html', '_b.html']"])
def test_a_template_that_may_be_missing_is_shown_once_it_is_there(
    named: str, archive: ArchiveFolder
) -> None:
    archive.article("a.md")
    archive.template("_b.html", "")
    archive.template("article.html", "[{% include " + named + " %}]")
    archive.build()
    assert archive.page("undated/a/index.html") == "[]"
    archive.template("_a.html", "now")
    archive.build()
    assert archive.page("undated/a/index.html") == "[now]"
    archive.template("_a.html", "new")
    archive.build()
    assert archive.page("undated/a/index.html") == "[new]"
    (archive.path / "templates/_a.html").unlink()
    archive.build()
    assert archive.page("undated/a/index.html") == "[]"


def test_a_damaged_state_is_replaced(archive: ArchiveFolder) -> None:
    small_archive(archive)
    archive.build()
    before = archive.output()
    (archive.path / ".archive/build.sqlite").write_bytes(b"not a database at all" * 100)
    archive.build()
    assert archive.output() == before


def test_the_state_of_an_older_version_is_replaced(archive: ArchiveFolder) -> None:
    small_archive(archive)
    archive.build()
    before = archive.output()
    state = archive.path / ".archive/build.sqlite"
    state.unlink()
    with contextlib.closing(sqlite3.connect(state)) as connection:
        connection.execute("CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT)")
        connection.execute("INSERT INTO facts VALUES ('version', '2')")
        for table in ("files", "stamps", "pages"):
            connection.execute(f"CREATE TABLE {table} (path TEXT PRIMARY KEY)")
        connection.commit()
    archive.build()
    assert archive.output() == before
    assert archive.build().rendered == 0


def failed_in_publishing(archive: ArchiveFolder, moment: str) -> None:
    script = Path(__file__).parent / "killed_build.py"
    killed = subprocess.run([sys.executable, script, archive.path, moment], check=False)
    assert killed.returncode == 9


@pytest.mark.parametrize("moment", ["announced", "half", "published"])
def test_the_build_after_a_killed_one_repairs(archive: ArchiveFolder, moment: str) -> None:
    small_archive(archive)
    archive.build()
    archive.delete("2015/10/a.md")
    archive.article("2015/10/n.md", date="2015-10-09", tags="[New]")
    failed_in_publishing(archive, moment)
    archive.build()
    repaired = archive.output()
    assert "2015/10/07/a/index.html" not in repaired
    assert "tags/new/index.html" in repaired
    shutil.rmtree(archive.path / "public")
    archive.forget()
    archive.build()
    assert repaired == archive.output()


@pytest.mark.parametrize("moment", ["announced", "half", "published"])
def test_what_a_killed_build_published_goes_with_the_edit(
    archive: ArchiveFolder, moment: str
) -> None:
    small_archive(archive)
    archive.build()
    before = archive.output()
    article = archive.path / "content/2015/10/a.md"
    text = article.read_text("utf-8")
    article.write_text(text.replace("Some words.", "Others."), "utf-8")
    archive.article("2015/10/n.md", date="2015-10-09", tags="[New]")
    failed_in_publishing(archive, moment)
    article.write_text(text, "utf-8")
    archive.delete("2015/10/n.md")
    archive.build()
    assert archive.output() == before


def test_without_state_what_is_gone_goes_from_the_site(archive: ArchiveFolder) -> None:
    small_archive(archive)
    archive.build()
    archive.delete("2015/10/a.md")
    archive.forget()
    archive.build()
    without = archive.output()
    assert "2015/10/07/a/index.html" not in without
    shutil.rmtree(archive.path / "public")
    archive.forget()
    archive.build()
    assert archive.output() == without


NAMES = ["a", "b", "c", "d", "C++", "C"]
DATES = ["2015-10-07", "2015-10-08", "2015-10", "2015", "2016-01-01", "2016-01-01T10:00:00Z", ""]
STAND_FOR = ["", "names: {tags: {C: [C++, d]}, sources: {The Post: post}}\n"]
SETTINGS = [
    f"title: {title}\npage_size: {size}\n{names}"
    for title, size, names in itertools.product("TU", (5, 6), STAND_FOR)
]
LOOKS = ["{{ body }}{{ site.title }}", "{{ terms }}{{ previous }}{{ next }}"]
PATHS = ["one/x.md", "one/y.md", "two/x.md", "z.md", "page-1.md", "10.md"]
PATHS += ["_pages/1-x.md", "_pages/x.md"]  # of which but one can have the address
PLACES = ["p.example/1", "p.example/2?a=1&b"]
FIRST = f"See [one](https://{PLACES[0]}), <https://{PLACES[0]}/#x> and [itself](http://q.example/)."
SECOND = f"See [one](https://{PLACES[0]}) and [two](https://{PLACES[1]} 'Two')."
ARTICLES = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["T", "U", "'10'"]),
        "body": st.sampled_from(["Text.", "Other *text*.", FIRST, SECOND]),
        "url": st.sampled_from(["", f"http://{PLACES[0]}/", f"https://www.{PLACES[1]}"]),
        "date": st.sampled_from(DATES),
        "tags": st.lists(st.sampled_from(NAMES), max_size=3),
        "source": st.sampled_from(["", "Post", "post"]),
        "versions": st.lists(st.sampled_from(["one/x.md", "z.md"]), max_size=2),
        "aliases": st.lists(st.sampled_from(["/undated/x/", "2015/z", "/2015/old/"]), max_size=2),
    }
)
CLOCKS = [1, 1_000_000_000, 9_000_000_000]
"""Seconds since 1970: a clock that was never set, one of the past and one of the future."""
EDIT = st.tuples(
    st.sampled_from(["write", "write", "retag", "rename", "delete", "clock"]),
    st.sampled_from(PATHS),
    ARTICLES,
    st.sampled_from(PATHS),
    st.sampled_from(CLOCKS),
)


def edit(archive: ArchiveFolder, number: int, what: tuple) -> None:
    """What a person may do to a file; to one that is not there, nothing."""
    kind, path, article, other, clock = what
    file = archive.path / "content" / path
    if kind == "write":
        archive.article(path, **{key: value for key, value in article.items() if value != ""})
    elif not file.exists():
        return
    elif kind == "retag":
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"(?m)^tags: .*$", f"tags: {article['tags']}", text), "utf-8")
    elif kind == "rename":
        target = archive.path / "content" / other
        target.parent.mkdir(exist_ok=True)
        file.replace(target)
    elif kind == "delete":
        file.unlink()
    else:
        # No two files of one size get one time: nothing would tell them apart.
        moment = clock * 1_000_000_000 + number
        os.utime(file, ns=(moment, moment))


@pytest.mark.soak
@settings(
    max_examples=500 if os.environ.get("ARCHIVE_SOAK") else 25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rounds=st.lists(
        st.tuples(
            st.lists(EDIT, min_size=1, max_size=5),
            st.sampled_from(SETTINGS),
            st.sampled_from(LOOKS),
        ),
        min_size=2,
        max_size=4,
    )
)
def test_an_incremental_site_is_the_cold_site(
    rounds: list, tmp_path_factory: pytest.TempPathFactory
) -> None:
    archive = ArchiveFolder(tmp_path_factory.mktemp("edits") / "a")
    archive.write("notes.txt", "An empty folder would be one whose disk is not there.")
    archive.bare_templates()
    numbers = itertools.count()
    for edits, settings_text, look in rounds:
        archive.settings(settings_text)
        archive.template("article.html", look)
        for what in edits:
            edit(archive, next(numbers), what)
        before = archive.output()
        report = archive.build()
        warm = archive.output()
        changed = {path for path in warm if warm[path] != before.get(path)} - {MARKER}
        assert report.written == len(changed)
        cold = ArchiveFolder(archive.path.with_name("cold"), settings_text)
        shutil.copytree(archive.path / "content", cold.path / "content", dirs_exist_ok=True)
        shutil.copytree(archive.path / "templates", cold.path / "templates")
        cold.build()
        assert warm == cold.output()
        shutil.rmtree(cold.path)


def test_when_very_many_files_change_the_site_is_what_a_cold_build_makes(tmp_path: Path) -> None:
    warm, cold = (ArchiveFolder(tmp_path / name, "title: T\n") for name in ("warm", "cold"))
    for name, day in (("stays", 8), ("goes", 7), ("changes", 6)):
        warm.article(f"{name}.md", date=f"2015-10-{day:02}", tags="[Boats]")
    warm.build()
    warm.delete("goes.md")
    cold.article("stays.md", date="2015-10-08", tags="[Boats]")
    for archive in (warm, cold):
        archive.article("changes.md", date="2015-10-09", tags="[Boats]")
        for number in range(1_001):
            archive.write(f"{number}.md", "No front matter.")
    assert len(warm.build().problems) == len(cold.build().problems) == 1_001
    assert warm.output() == cold.output()
    warm.article("stays.md", date="2015-10-10", tags="[Boats]")
    for number in range(1_001):
        warm.delete(f"{number}.md")
        cold.delete(f"{number}.md")
    cold.article("stays.md", date="2015-10-10", tags="[Boats]")
    cold.forget()
    assert warm.build().problems == cold.build().problems == []
    assert warm.output() == cold.output()


@pytest.mark.parametrize(
    "changed",
    [
        "title: Another\n",
        "title: T\ndescription: Another\n",
        "title: T\nabout: Another\n",
        "title: T\nlanguage: de\n",
        "title: T\nbase_url: https://example.org/news\n",
        "title: T\npage_size: 5\n",
        "title: T\nfeed_size: 1\n",
        "title: T\nlist_files: false\n",
        "title: T\ntaxonomies: {sources: {key: source, title: Papers}}\n",
        "title: T\ntags: {Boats: Ships}\n",
    ],
)
def test_after_any_setting_changed_the_site_is_what_a_cold_build_makes(
    tmp_path: Path, changed: str
) -> None:
    warm, cold = (ArchiveFolder(tmp_path / name, "title: T\n") for name in ("warm", "cold"))
    for archive in (warm, cold):
        for n in range(12):
            archive.article(f"{n}.md", date=f"2015-10-{n + 1:02}", tags="[Boats]", source="Post")
    warm.build()
    for archive in (warm, cold):
        archive.settings(changed)
        archive.build()
    assert warm.output() == cold.output()


def test_a_taxonomy_goes_with_its_setting(tmp_path: Path) -> None:
    desks = "title: T\ntaxonomies: {desks: {key: desk, title: Desks}}\n"
    warm, cold = (ArchiveFolder(tmp_path / name, desks) for name in ("warm", "cold"))
    for archive in (warm, cold):
        archive.article("a.md", date="2015-10-07", desk="Sport")
    warm.build()
    assert any(path.startswith("desks/") for path in warm.output())
    for archive in (warm, cold):
        archive.settings("title: T\n")
        archive.build()
    assert warm.output() == cold.output()


def test_lists_for_programs_have_stories_and_terms_of_own_taxonomies(tmp_path: Path) -> None:
    """A list of all articles tells what a program would find in their front matter."""
    desks = "title: T\ntaxonomies: {desks: {key: desk, title: Desks}}\n"
    warm, cold = (ArchiveFolder(tmp_path / name, desks) for name in ("warm", "cold"))
    for archive in (warm, cold):
        archive.article("a.md", date="2015-10-07", desk="[Sport, City]")
    warm.settings("title: T\n")
    warm.build()
    assert b",tags,url,original_url,rights,stories\r\n" in warm.output()["articles.csv"]
    warm.settings(desks)
    warm.build()
    assert b",tags,url,original_url,rights,stories,desks\r\n" in warm.output()["articles.csv"]
    for archive in (warm, cold):
        archive.article("b.md", date="2015-10-08", story="The flood")
        archive.build()
    assert warm.output() == cold.output()
    first, second = json.loads(warm.output()["articles.json"])["items"]
    assert (first["desks"], first.get("stories")) == (["Sport", "City"], None)
    assert (second["stories"], second.get("desks")) == (["The flood"], None)
    assert b",,,Sport; City" in warm.output()["2015/10/07/articles.csv"]


def test_lists_for_programs_say_where_an_article_was_found(tmp_path: Path) -> None:
    """Spelt as its file has it; an address that is mended is mended in them."""
    warm, cold = (ArchiveFolder(tmp_path / name) for name in ("warm", "cold"))
    warm.article("a.md", date="2015-10-07", url="http://www.paper.example/news?id=7")
    warm.build()
    [item] = json.loads(warm.output()["articles.json"])["items"]
    assert item["original_url"] == "http://www.paper.example/news?id=7"
    for archive in (warm, cold):
        archive.article("a.md", date="2015-10-07", url="https://www.paper.example/news?id=7")
        archive.build()
    assert warm.output() == cold.output()
    day = warm.output()["2015/10/07/articles.csv"].decode()
    assert day.count(",https://www.paper.example/news?id=7,") == 1


def demand_a_build_makes(archive: ArchiveFolder, wanted: dict[str, bytes]) -> None:
    """In every file, and nothing is left for the next build or a check to find."""
    archive.build()
    assert archive.output() == wanted
    assert archive.build().rendered == 0
    assert list(check(Subject(archive.path, load_config(archive.path), SerialMapper()))) == []


@pytest.mark.parametrize(
    "changed",
    [
        "title: T\nlanguage: de\n",
        "title: T\ntaxonomies: {sources: {key: place, title: Places}}\n",
        "title: T\nstories: {Ferries: {tags: [Boats]}}\n",
        "title: Another\n",
    ],
)
def test_settings_put_back_after_publishing_failed(archive: ArchiveFolder, changed: str) -> None:
    archive.settings("title: T\n")
    small_archive(archive)
    archive.article("boats.md", date="2015-10-09", tags="[Boats]", body="Ferries were running.")
    archive.build()
    before = archive.output()
    archive.settings(changed)
    failed_in_publishing(archive, "half")
    archive.settings("title: T\n")
    demand_a_build_makes(archive, before)


def test_another_language_of_the_site_puts_the_undated_in_its_order(
    archive: ArchiveFolder,
) -> None:
    for name, title in (("a", "Ål"), ("z", "Zorn"), ("e", "Eiche")):
        archive.article(f"undated/{name}.md", title=title)
    archive.build()
    assert _rows_of(archive.page("undated/index.html")) == ["Ål", "Eiche", "Zorn"]
    archive.settings("title: T\nlanguage: sv\n")
    archive.build()
    assert _rows_of(archive.page("undated/index.html")) == ["Eiche", "Zorn", "Ål"]
    archive.article("undated/b.md", title="Åbo")
    archive.build()
    assert _rows_of(archive.page("undated/index.html")) == ["Eiche", "Zorn", "Åbo", "Ål"]


def _rows_of(page: str) -> list[str]:
    return re.findall(r"(?:Ål|Åbo|Eiche|Zorn)(?=</a>)", page)


@pytest.mark.parametrize("moment", ["announced", "half", "published"])
def test_templates_and_language_put_back_after_publishing_failed(
    archive: ArchiveFolder, moment: str
) -> None:
    archive.settings("title: T\n")
    small_archive(archive)
    archive.build()
    before = archive.output()
    archive.settings("title: T\nlanguage: de\n")
    archive.template("article.html", "{{ body }}")
    failed_in_publishing(archive, moment)
    archive.settings("title: T\n")
    (archive.path / "templates/article.html").unlink()
    demand_a_build_makes(archive, before)


def test_an_index_of_which_nothing_is_known_is_of_the_language_set(tmp_path: Path) -> None:
    warm, cold = (ArchiveFolder(tmp_path / name, "title: T\n") for name in ("warm", "cold"))
    for archive in (warm, cold):
        archive.article("a.md", body="Ferries were running.")
        archive.article("b.md", body="Ferries were running.", language="en")
    warm.build()
    (warm.path / ".archive/build.sqlite").unlink()
    for archive in (warm, cold):
        archive.settings("title: T\nlanguage: de\n")
    assert (warm.build().indexed, cold.build().indexed) == (1, 2)
    assert warm.output() == cold.output()


@pytest.mark.parametrize(
    "changed",
    [
        "title: T\nlanguage: de\n",
        "title: T\ntaxonomies: {sources: {key: place, title: Places}}\n",
        "title: T\nstories: {Ferries: {tags: [Boats]}}\n",
    ],
)
def test_what_is_deleted_while_settings_change_is_found_no_more(
    tmp_path: Path, changed: str
) -> None:
    warm, cold = (ArchiveFolder(tmp_path / name, "title: T\n") for name in ("warm", "cold"))
    for archive in (warm, cold):
        for n in range(6):
            archive.article(f"{n}.md", date=f"2015-10-{n + 1:02}", tags="[Boats]")
    warm.build()
    for archive in (warm, cold):
        archive.delete("3.md")
        archive.settings(changed)
    cold.build()
    demand_a_build_makes(warm, cold.output())


def test_a_long_list_of_undated_articles_has_no_years(tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path / "site", "title: T\npage_size: 5\n")
    for number in range(20):
        archive.article(f"{number}.md", tags="[Boats]")
    assert archive.build().problems == []
    page = archive.output()["tags/boats/index.html"]
    assert b"Undated" in page
    assert b"Articles a year" not in page

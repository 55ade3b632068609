"""What a server wants at the root of the site: the files of ``templates/root/``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.archive_folder import ArchiveFolder
from tests.test_check import codes

if TYPE_CHECKING:
    from pathlib import Path


def test_the_site_has_them_as_they_are(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    archive.template("root/CNAME", "news.example")
    archive.template("root/.htaccess", "Options -Indexes")
    archive.template("root/.well-known/security.txt", "Contact: mailto:a@news.example")
    archive.template("root/google1.html", "google: {{ not a template")
    archive.template("root/.DS_Store", "a system's own")
    report = archive.build()
    assert (report.problems, report.notes) == ([], [])
    site = archive.output()
    assert site["CNAME"] == b"news.example"
    assert site[".htaccess"] == b"Options -Indexes"
    assert site[".well-known/security.txt"].startswith(b"Contact")
    assert site["google1.html"] == b"google: {{ not a template"
    assert ".DS_Store" not in site
    assert codes(archive) == []


def test_they_change_and_go_without_any_page(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    archive.template("root/CNAME", "news.example")
    archive.template("root/.htaccess", "Options -Indexes")
    archive.build()
    archive.template("root/.htaccess", "Options +Indexes")
    report = archive.build()
    assert (report.rendered, report.written) == (0, 1)
    assert archive.output()[".htaccess"] == b"Options +Indexes"
    for name in ("CNAME", ".htaccess"):
        (archive.path / "templates/root" / name).unlink()
    report = archive.build()
    assert (report.rendered, report.deleted) == (0, 2)
    assert not {"CNAME", ".htaccess"} & archive.output().keys()


def test_none_takes_the_place_of_what_the_build_makes(archive: ArchiveFolder) -> None:
    archive.article("a.md", date="2015-10-07")
    archive.build()
    before = archive.output()
    for name in ("index.html", "2015/index.html", "feed.xml", "search/manifest.js", ".archive-gen"):
        archive.template(f"root/{name}", "mine")
    assert len(archive.build().problems) == 5
    after = archive.output()
    assert {path for path in after if after[path] != before.get(path)} <= {".archive-gen"}
    assert b"mine" not in after[".archive-gen"]
    assert len(archive.build().problems) == 5  # as long as they are there
    assert codes(archive) == []


def test_none_takes_the_name_of_a_folder_of_the_site(archive: ArchiveFolder) -> None:
    archive.article("a.md", date="2015-10-07", tags="Harbour")
    archive.build()
    before = archive.output()
    for name in ("2015", "tags", "search", "robots.txt/a.txt", "Feed.xml"):
        archive.template(f"root/{name}", "mine")
    told = archive.build().problems
    assert [problem.path for problem in told] == [
        f"templates/root/{name}"
        for name in ("2015", "Feed.xml", "robots.txt/a.txt", "search", "tags")
    ]
    assert {path for path in archive.output() if path not in before} == set()
    assert codes(archive) == []
    # A name that only begins like one of a folder is nobody else's.
    for name in told:
        (archive.path / name.path).unlink()
    archive.template("root/tag", "mine")
    archive.template("root/tags0", "mine")
    assert archive.build().problems == []
    assert codes(archive) == []


def test_a_page_that_comes_later_takes_its_place(archive: ArchiveFolder, tmp_path: Path) -> None:
    archive.article("a.md")
    archive.template("root/about/index.html", "mine")
    assert archive.build().problems == []
    archive.article("_pages/about.md", title="About us")
    assert len(archive.build().problems) == 1
    assert "About us" in archive.page("about/index.html")
    cold = ArchiveFolder(tmp_path / "cold")
    cold.article("a.md")
    cold.template("root/about/index.html", "mine")
    cold.article("_pages/about.md", title="About us")
    cold.build()
    assert cold.output() == archive.output()
    archive.delete("_pages/about.md")
    assert archive.build().problems == []
    assert archive.page("about/index.html") == "mine"

"""Links in a text to where other articles once were lead to their pages here."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from archive_gen.cli import group
from archive_gen.urls import address_key
from tests.archive_folder import ArchiveFolder

SITE = "https://courier.example"


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    archive = ArchiveFolder(tmp_path / "site")
    archive.article("2015/flood.md", date="2015-10-07", url=f"{SITE}/news/flood.html", body="Rain.")
    return archive


def page(archive: ArchiveFolder, body: str, url: str = f"{SITE}/news/after.html") -> str:
    archive.article("2016/after.md", date="2016-01-02", url=url, body=body)
    archive.build()
    return (archive.path / "public/2016/01/02/after/index.html").read_text("utf-8")


HERE = 'href="../../../../2015/10/07/flood/index.html"'


@pytest.mark.parametrize(
    "address",
    [
        f"{SITE}/news/flood.html",
        "http://www.courier.example/news/flood.html#top",
        "HTTPS://Courier.Example/news/flo%6Fd.html/",
    ],
)
def test_a_link_to_an_article_of_the_archive_leads_to_its_page(
    archive: ArchiveFolder, address: str
) -> None:
    shown = page(archive, f"After [the flood]({address} 'Then') they met.")
    assert f'<p>After <a {HERE} title="Then">the flood</a> they met.</p>' in shown
    command = ["check", "links", "--site", str(archive.path)]
    assert CliRunner().invoke(group, command).exit_code == 0


@pytest.mark.parametrize(
    "address",
    [f"{SITE}/news/flood.html?page=2", f"{SITE}/news/Flood.html", "https://other.example/flood"],
)
def test_a_link_to_anywhere_else_stays(archive: ArchiveFolder, address: str) -> None:
    shown = page(archive, f"After [the flood]({address}) they met.")
    assert f'<a href="{address}" rel="nofollow noopener noreferrer">the flood</a>' in shown


@pytest.mark.parametrize("url", ["https://mail.example/1", ""])
def test_texts_of_other_sites_lead_there_too(archive: ArchiveFolder, url: str) -> None:
    shown = page(archive, f"[the flood]({SITE}/news/flood.html)", url=url)
    assert f"<a {HERE}>the flood</a>" in shown


def test_pages_that_lead_to_an_article_follow_it(archive: ArchiveFolder) -> None:
    assert HERE in page(archive, f"See [the flood]({SITE}/news/flood.html).")
    archive.delete("2015/flood.md")
    archive.article("2014/flood.md", date="2014-10-07", url=f"{SITE}/news/flood.html", body="Rain.")
    archive.build()
    moved = (archive.path / "public/2016/01/02/after/index.html").read_text("utf-8")
    assert 'href="../../../../2014/10/07/flood/index.html"' in moved
    archive.delete("2014/flood.md")
    archive.build()
    gone = (archive.path / "public/2016/01/02/after/index.html").read_text("utf-8")
    assert f'href="{SITE}/news/flood.html"' in gone


def test_a_body_edit_alone_renders_one_page(archive: ArchiveFolder) -> None:
    page(archive, f"See [the flood]({SITE}/news/flood.html).")
    archive.article(
        "2015/flood.md", date="2015-10-07", url=f"{SITE}/news/flood.html", body="Rain.", slug="rain"
    )
    before = archive.output()
    archive.build()
    after = archive.output()
    path = "2016/01/02/after/index.html"
    assert before[path] != after[path]
    assert b"2015/10/07/rain/index.html" in after[path]


@pytest.mark.parametrize("address", ["", "mailto:a@b.example", "/news", "http://[", "ftp://a.b/c"])
def test_what_is_no_web_address_has_no_key(address: str) -> None:
    assert address_key(address) == ""

"""Documents that come with pages which lead to them: imported, linked, and never from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import Result

from archive_gen import pictures
from archive_gen.intake import documents
from tests.archive_folder import ArchiveFolder
from tests.test_import_crawls import wacz, warc
from tests.test_import_pictures import FORMS, PROSE, Form, drawn, page, put, run, site

__all__ = ["site"]

MINUTES = b"%PDF-1.4 what the board has decided"
STORY = page().replace(
    PROSE,
    f"{PROSE}<p>What they decided is in <a href='/'>the paper</a> and in "
    "<a href='Story_files/Minutes%20of%20May.PDF#page=3'>the minutes</a>, which they all "
    "signed before they went home.</p>",
)
SAID = "in the paper and in [the minutes]({}#page=3), which they all"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    folder.mkdir()
    return folder


def imported(site: Path, *inputs: Path, exit_code: int = 0) -> Result:
    result = run(site, "import", *inputs, "--json")
    assert result.exit_code == exit_code, result.output
    return result


def problems(result: Result) -> list[str]:
    lines = map(json.loads, result.stdout.splitlines())
    return [problem["message"] for line in lines for problem in line["problems"]]


def text(site: Path) -> str:
    (path,) = (site / "content").rglob("*.md")
    return path.read_text("utf-8")


def document(site: Path) -> str:
    """The name of the one document."""
    ((path, data),) = drawn(site).items()
    assert data == MINUTES
    return path.rpartition("/")[2]


@pytest.mark.parametrize("form", FORMS)
def test_a_saved_page_brings_the_document_it_leads_to(site: Path, saved: Path, form: Form) -> None:
    files = {
        "a/Story.html": STORY,
        "a/Story_files/Minutes of May.PDF": MINUTES,
        "a/Story_files/other.pdf": b"%PDF-1.4 nobody leads here",
    }
    imported(site, form(saved, files))
    name = document(site)
    assert name.startswith("minutes-of-may-")
    assert name.endswith(".pdf")
    assert SAID.format(name) in text(site)
    before = text(site)
    assert run(site, "clean", "--again").exit_code == 0
    assert text(site) == before
    assert ArchiveFolder(site).build().problems == []
    assert run(site, "check").exit_code == 0
    (copy,) = (site / "public/2015").rglob("*.pdf")
    assert copy.read_bytes() == MINUTES


@pytest.mark.parametrize("packed", [warc, wacz])
def test_a_crawl_brings_documents(site: Path, saved: Path, packed: object) -> None:
    assert callable(packed)
    records = (
        ("text/html", "https://post.example/a/story.html", STORY.encode()),
        ("application/pdf", "https://post.example/a/Story_files/Minutes%20of%20May.PDF", MINUTES),
    )
    put(saved, {f"crawl.{packed.__name__}": packed(*records)})
    imported(site, saved)
    assert SAID.format(document(site)) in text(site)


POST = '<p>See <a href="https://a.example/up/2014/05/m.pdf">the minutes</a> and {}.</p>'


@pytest.mark.parametrize("there", [True, False])
def test_an_export_brings_documents_from_its_folder(site: Path, saved: Path, there: bool) -> None:
    record = {
        "title": "Board meets",
        "url": "https://a.example/board",
        "content": PROSE + POST.format('<a href="https://a.example/gone.pdf">more</a>'),
    }
    put(saved, {"posts.json": json.dumps([record])})
    if there:
        put(saved, {"up/2014/05/m.pdf": MINUTES})
    imported(site, saved / "posts.json")
    to = document(site) if there else "https://a.example/up/2014/05/m.pdf"
    assert f"See [the minutes]({to}) and [more](https://a.example/gone.pdf)." in text(site)


def test_an_entry_of_a_feed_keeps_what_goes_with_it(site: Path, saved: Path) -> None:
    feed = (
        '<rss version="2.0"><channel><title>T</title><link>https://a.example/</link><item>'
        "<title>The mayor speaks</title><description>She spoke for an hour.</description>"
        '<enclosure url="https://a.example/sound/2014/the%20mayor.mp3?x=1" type="audio/mpeg"/>'
        '<enclosure url="https://a.example/sound/2014/gone.mp3" type="audio/mpeg"/>'
        '<enclosure url="https://a.example/page.html" type="text/html"/>'
        "</item></channel></rss>"
    )
    put(saved, {"feed.xml": feed, "sound/2014/the mayor.mp3": b"ID3 sound"})
    imported(site, saved / "feed.xml")
    (path,) = drawn(site)
    assert f"[the mayor.mp3]({path.rpartition('/')[2]})" in text(site)
    assert "[gone.mp3](https://a.example/sound/2014/gone.mp3)" in text(site)
    assert "page.html" not in text(site)


def test_a_post_brings_documents_of_its_site(site: Path, saved: Path) -> None:
    post = (
        "---\ntitle: Board meets\n---\nSee [the minutes](/files/m.pdf#page=2), [again][m], "
        "[a report](gone.pdf).\n\n[m]: /files/m.pdf\n"
    )
    put(saved, {"_config.yml": "", "_posts/2015-10-07-a.md": post, "files/m.pdf": MINUTES})
    imported(site, saved)
    name = document(site)
    assert f"See [the minutes]({name}#page=2), [again][m], a report." in text(site)
    assert f"[m]: {name}" in text(site)


def test_only_those_that_the_story_leads_to_come_along(site: Path, saved: Path) -> None:
    terms = "<footer><a href='terms.pdf'>Terms of use</a></footer>"
    put(saved, {"a.html": STORY.replace("</body>", f"{terms}</body>"), "terms.pdf": MINUTES})
    imported(site, saved)
    assert drawn(site) == {}
    assert "in the paper and in the minutes, which they all" in text(site)


HOSTILE: Mapping[str, Mapping[str, bytes]] = {
    "../secret.pdf": {"../secret.pdf": MINUTES},
    "/etc/secret.pdf": {"etc/secret.pdf": MINUTES},
    "x.svg": {"x.svg": b"<svg/>"},
    "x.html": {"y.txt": b""},
    "x.pdf.js": {"x.pdf.js": b"alert(1)"},
    "javascript:x.pdf": {"x.pdf": MINUTES},
    "page.pdf": {"page.pdf": b" <!DOCTYPE html><script>alert(1)</script>"},
}


@pytest.mark.parametrize("address", HOSTILE)
def test_nothing_that_runs_or_lies_elsewhere_comes(site: Path, saved: Path, address: str) -> None:
    files = {f"pages/{name}": data for name, data in HOSTILE[address].items()}
    story = STORY.replace("Story_files/Minutes%20of%20May.PDF#page=3", address)
    put(saved, {"pages/story.html": story, **files})
    imported(site, saved / "pages/story.html", exit_code=int(address == "page.pdf"))
    assert drawn(site) == {}
    assert "in the paper and in the minutes, which they all" in text(site)


def test_what_is_a_web_page_or_too_large_is_told(
    site: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = STORY.replace("href='/'", "href='gone.pdf'")
    gone = b"<!DOCTYPE html><title>404"
    put(saved, {"a.html": story, "gone.pdf": gone, "Story_files/Minutes of May.PDF": MINUTES})
    monkeypatch.setattr(pictures, "MAX_DOCUMENT", len(MINUTES) - 1)
    told = problems(imported(site, saved, exit_code=1))
    assert [message.partition(": it ")[2] for message in told] == [
        "is a web page",
        "is larger than 0 MiB",
    ]
    assert drawn(site) == {}


def test_of_all_together_there_is_a_bound(
    site: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = STORY.replace("href='/'", "href='a.pdf'")
    put(saved, {"a.html": story, "a.pdf": MINUTES, "Story_files/Minutes of May.PDF": b"%PDF-"})
    monkeypatch.setattr(documents, "MAX_DOCUMENT", len(MINUTES) + 1)
    imported(site, saved)
    assert document(site).startswith("a-")

"""Documents beside articles: PDF, sound and film to which a text leads."""

from __future__ import annotations

import pytest
from lxml import html

from archive_gen import pictures
from archive_gen.content import frontmatter
from archive_gen.redact import remove_articles
from tests.archive_folder import ArchiveFolder
from tests.drawn import png
from tests.test_check import codes

PAGE = "2015/10/07/a/"


@pytest.fixture
def scan(archive: ArchiveFolder) -> ArchiveFolder:
    archive.article("2015/a.md", "See [the page](Scan%201.PDF#page=3).", date="2015-10-07")
    archive.article("b.md", "Another one.", date="2015-10-08")
    (archive.path / "content/2015/Scan 1.PDF").write_bytes(b"%PDF-1.4 first")
    return archive


def links(archive: ArchiveFolder) -> list[str]:
    shown = html.fromstring(archive.page(PAGE + "index.html"))
    return shown.xpath("//*[contains(@class, 'article-body')]//a/@href")


def test_a_document_lies_beside_the_page_that_leads_to_it(scan: ArchiveFolder) -> None:
    assert scan.build().problems == []
    [href] = links(scan)
    name, _, place = href.partition("#")
    assert place == "page=3"
    assert name.startswith("scan-1.")
    assert scan.output()[PAGE + name] == b"%PDF-1.4 first"
    assert "nofollow" not in scan.page(PAGE + "index.html")
    assert codes(scan) == []


def test_another_document_makes_one_page_new(scan: ArchiveFolder) -> None:
    scan.build()
    [before] = links(scan)
    (scan.path / "content/2015/Scan 1.PDF").write_bytes(b"%PDF-1.4 second one")
    report = scan.build()
    assert report.rendered_by_kind == {"article": 1}
    assert (report.indexed, report.written, report.deleted) == (0, 2, 1)
    [after] = links(scan)
    assert PAGE + before.partition("#")[0] not in scan.output()
    assert scan.output()[PAGE + after.partition("#")[0]] == b"%PDF-1.4 second one"
    assert scan.build().rendered == 0


def test_one_that_is_missing_is_told_and_comes_by_itself(scan: ArchiveFolder) -> None:
    file = scan.path / "content/2015/Scan 1.PDF"
    data = file.read_bytes()
    file.unlink()
    [problem] = scan.build().problems
    assert (problem.path, "leads to 'Scan%201.PDF" in problem.message) == (
        "content/2015/a.md",
        True,
    )
    assert sorted(codes(scan)) == ["broken-link", "lost-picture"]
    file.write_bytes(data)
    assert scan.build().problems == []
    cold = ArchiveFolder(scan.path.with_name("cold"))
    for path in ("2015/a.md", "b.md", "2015/Scan 1.PDF"):
        (cold.path / "content" / path).parent.mkdir(exist_ok=True)
        (cold.path / "content" / path).write_bytes((scan.path / "content" / path).read_bytes())
    cold.build()
    assert scan.output() == cold.output()


def test_one_that_no_text_leads_to_is_not_published(archive: ArchiveFolder) -> None:
    archive.article("a.md", "[Elsewhere](https://a.example/x.pdf) and [up](../../x.pdf).")
    (archive.path / "content/x.pdf").write_bytes(b"%PDF-1.4")
    (archive.path / "x.pdf").write_bytes(b"%PDF-1.4 secret")
    assert len(archive.build().problems) == 1
    assert not [path for path in archive.output() if path.endswith(".pdf")]


@pytest.mark.parametrize("name", ["x.html", "x.svg", "x.js", "x.xhtml", "x.pdf.html", "x.exe"])
def test_what_could_run_is_no_document(archive: ArchiveFolder, name: str) -> None:
    archive.article("a.md", f"[Open]({name}) ![Look]({name})")
    (archive.path / "content" / name).write_bytes(b"<script>alert(1)</script>")
    archive.build()
    assert not [path for path in archive.output() if b"alert(1)" in archive.output()[path]]


def test_a_document_is_no_picture(scan: ArchiveFolder) -> None:
    scan.settings("title: T\nbase_url: https://a.example\n")
    scan.article(
        "2015/a.md", "[Page](Scan%201.PDF) ![A map](map.png)", date="2015-10-07",
        images="[{src: Scan 1.PDF, caption: The page}]",
    )  # fmt: skip
    (scan.path / "content/2015/map.png").write_bytes(png())
    scan.build()
    shown = html.fromstring(scan.page(PAGE + "index.html"))
    assert [src[:4] for src in shown.xpath("//main//img/@src")] == ["map."]
    assert shown.xpath("//meta[@property='og:image']/@content")[0].endswith(".png")
    assert ".pdf" not in scan.page("feed.xml").replace("Scan%201.PDF", "")


def test_a_page_that_is_no_article_leads_to_documents_too(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    archive.article(
        "_pages/about.md",
        "[Our rules](rules.pdf#page=2), [a talk](talk.mp3), ![no picture](rules.pdf)",
    )
    (archive.path / "content/_pages/rules.pdf").write_bytes(b"%PDF-1.4 rules")
    assert [problem.path for problem in archive.build().problems] == ["content/_pages/about.md"]
    [file] = [path for path in archive.output() if path.endswith(".pdf")]
    assert archive.output()[file] == b"%PDF-1.4 rules"
    shown = archive.page("about/index.html")
    assert f'href="{file.removeprefix("about/")}#page=2"' in shown
    assert "<img" not in shown


def test_one_that_is_too_large_is_told(
    scan: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MAX_DOCUMENT", 5)
    [problem] = scan.build().problems
    assert problem.path == "content/2015/Scan 1.PDF"
    assert not [path for path in scan.output() if path.endswith(".pdf")]


def test_who_takes_an_article_out_is_told_of_its_documents(scan: ArchiveFolder) -> None:
    [done] = remove_articles(scan.path, ["2015/a.md"], "By request.")
    assert done.pictures == ("2015/Scan 1.PDF",)
    article, _ = frontmatter.parse_bytes((scan.path / "content/2015/a.md").read_bytes(), "a")
    assert article
    assert article.body == ""

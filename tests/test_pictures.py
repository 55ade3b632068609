"""Pictures beside articles: copied into the site, whole, from nowhere but ``content/``."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from archive_gen import pictures
from archive_gen.building.build import build
from archive_gen.building.publish import FolderSink
from archive_gen.check import Subject, check
from archive_gen.config import load_config
from archive_gen.parallel import SerialMapper
from archive_gen.pictures import Picture, examine, path_meant
from archive_gen.problems import OperationError
from tests.archive_folder import ArchiveFolder
from tests.drawn import gif, jpeg, png, webp

PAGE = "2015/10/07/story/"


def draw(archive: ArchiveFolder, path: str, data: bytes = b"") -> None:
    target = archive.path / "content" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data or png())


def story(archive: ArchiveFolder, body: str = "Words.", images: str = "") -> None:
    archive.article(
        "2015/story.md", body, date="2015-10-07", **({"images": images} if images else {})
    )


def shown(archive: ArchiveFolder, page: str = PAGE) -> dict[str, bytes]:
    """The pictures beside a page, by name."""
    return {
        path.removeprefix(page): data
        for path, data in archive.output().items()
        if path.startswith(page) and not path.endswith(".html")
    }


def images(html: str) -> list[dict[str, str]]:
    return [
        dict(re.findall(r'([a-z]+)="([^"]*)"', tag)) for tag in re.findall(r"<img [^>]*>", html)
    ]


def cold(archive: ArchiveFolder) -> dict[str, bytes]:
    """What a build from nothing makes of the same content."""
    config = load_config(archive.path)
    archive.forget()
    build(archive.path, config, mapper=SerialMapper(), sink=FolderSink(archive.path / "cold"))
    return archive.output("cold")


# -- what a page shows


def test_a_picture_of_the_front_matter_leads_the_article(archive: ArchiveFolder) -> None:
    draw(archive, "2015/Ships at dawn.PNG", png(640, 400))
    story(
        archive,
        images="[{src: Ships at dawn.PNG, caption: Ships, credit: A. Hand, alt: Two masts}]",
    )
    assert archive.build().problems == []
    ((name, data),) = shown(archive).items()
    assert re.fullmatch(r"ships-at-dawn\.[0-9a-f]{10}\.png", name)
    assert data == png(640, 400)
    html = archive.page(f"{PAGE}index.html")
    assert images(html) == [
        {"src": name, "alt": "Two masts", "width": "640", "height": "400", "decoding": "async"}
    ]
    assert html.index("<img") < html.index("<p>Words.")
    assert "<p>Ships</p>" in html
    assert "A. Hand" in html


def test_a_picture_of_the_text_stands_where_it_is_named(archive: ArchiveFolder) -> None:
    draw(archive, "2015/a.png", png(30, 20))
    draw(archive, "pictures/b.jpg", jpeg(300, 200))
    body = 'One.\n\n![Alt <&"](a.png "Under it")\n\nTwo ![B](../pictures/b.jpg) three.'
    story(archive, body)
    archive.build()
    html = archive.page(f"{PAGE}index.html")
    first, second = images(html)
    assert (first["width"], first["height"], first["loading"]) == ("30", "20", "lazy")
    assert first["alt"] == "Alt &lt;&amp;&#34;"
    assert (second["width"], second["height"], second["loading"]) == ("300", "200", "lazy")
    assert {first["src"], second["src"]} == shown(archive).keys()
    assert re.search(r"<p>One\.</p>\s*<figure>.*?<p>Under it</p>.*?</figure>", html, re.DOTALL)
    assert re.search(r"<p>Two <img [^>]*> three\.</p>", html)


def test_the_front_matter_has_the_words_for_a_picture_of_the_text(archive: ArchiveFolder) -> None:
    draw(archive, "2015/a.png")
    story(archive, "![](a.png)", images="[{src: ./a.png, caption: C, credit: D, alt: E}]")
    archive.build()
    html = archive.page(f"{PAGE}index.html")
    assert [image["alt"] for image in images(html)] == ["E"]
    assert html.count("<p>C</p>") == 1


@pytest.mark.parametrize("body", ["![The words](gone.png)", "A ![The words](gone.png) b."])
def test_a_picture_that_is_not_there_leaves_its_words(archive: ArchiveFolder, body: str) -> None:
    story(archive, body)
    (problem,) = archive.build().problems
    assert (problem.path, "gone.png" in problem.message) == ("content/2015/story.md", True)
    html = archive.page(f"{PAGE}index.html")
    assert "<img" not in html
    assert "The words" in html


def test_one_picture_named_twice_is_copied_once(archive: ArchiveFolder) -> None:
    draw(archive, "2015/a.png")
    draw(archive, "2015/unused.png")
    story(archive, "![x](a.png) ![y](./a.png)", images="[{src: a.png}, {src: a.png}]")
    archive.build()
    assert len(shown(archive)) == 1


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_disk_may_spell_accents_in_its_own_way(archive: ArchiveFolder, form: str) -> None:
    draw(archive, "2015/" + unicodedata.normalize(form, "café.png"))
    story(archive, "![x](caf%C3%A9.png)")
    assert archive.build().problems == []
    assert len(shown(archive)) == 1


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (png(7, 5), ("png", 7, 5)),
        (gif(7, 5), ("gif", 7, 5)),
        (webp(7, 5), ("webp", 7, 5)),
        (jpeg(7, 5), ("jpg", 7, 5)),
        (jpeg(7, 5, orientation=6), ("jpg", 5, 7)),
    ],
)
def test_kind_and_size_are_those_of_the_bytes(data: bytes, expected: tuple[str, int, int]) -> None:
    picture = examine("a.jpeg", data)
    assert isinstance(picture, Picture)
    assert (picture.ending, picture.width, picture.height) == expected


# -- what is no picture, or lies elsewhere


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>steal()</script></svg>",
        b"<!doctype html><script>steal()</script>",
        png()[:12],
        b"RIFF\0\0\0\0WEBP",
        b"\0\0\0\x20ftypavif",
    ],
)
def test_a_file_that_is_no_picture_has_one_line(archive: ArchiveFolder, data: bytes) -> None:
    (archive.path / "content/2015").mkdir()
    (archive.path / "content/2015/a.png").write_bytes(data)
    story(archive, "![x](a.png) ![x](a.png)", images="[{src: a.png, caption: C}]")
    for _ in range(2):  # the second build finds nothing to do, and tells it again
        (problem,) = archive.build().problems
        assert problem.path == "content/2015/a.png"
    assert "C" in archive.page(f"{PAGE}index.html")
    assert shown(archive) == {}


@given(st.binary(max_size=200), st.sampled_from([png(), jpeg(2, 2), gif(2, 2), webp(2, 2)]))
def test_no_bytes_are_too_strange_to_be_looked_at(tail: bytes, head: bytes) -> None:
    for cut in (4, 12, 24, len(head)):
        examine("a.png", head[:cut] + tail)


@pytest.mark.parametrize(
    "src",
    [
        "../../secret.png",
        "../../../../../../../../tmp/secret.png",
        "..%2F..%2Fsecret.png",
        "%2e%2e/%2e%2e/secret.png",
        "/secret.png",
        "%2Ftmp/secret.png",
        "file:secret.png",
        "C:secret.png",
        "..\\\\..\\\\secret.png",
        "2015/../../../secret.png",
        "linked.png",
        "linked/secret.png",
        "_kept/secret.png",
        ".hidden/secret.png",
        "drawing.svg",
        "a%00.png",
        ".",
        "..",
        "",
    ],
)
@pytest.mark.parametrize("where", ["text", "front matter"])
def test_nothing_outside_content_is_read(archive: ArchiveFolder, src: str, where: str) -> None:
    secret = png(9, 9, (1, 2, 3))
    (archive.path / "secret.png").write_bytes(secret)
    for path in ("_kept/secret.png", ".hidden/secret.png", "2015/_kept/secret.png"):
        draw(archive, path, secret)
    draw(archive, "2015/drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    (archive.path / "content/2015/linked.png").symlink_to(archive.path / "secret.png")
    (archive.path / "content/2015/linked").symlink_to(archive.path)
    if where == "text":
        story(archive, f"![x](<{src}>)")
    else:
        story(archive, images=f'[{{src: "{src}", caption: C}}]')
    report = archive.build()
    assert all(problem.path == "content/2015/story.md" for problem in report.problems)
    assert all(secret != data for data in archive.output().values())
    if (archive.path / f"public/{PAGE}index.html").exists():
        assert images(archive.page(f"{PAGE}index.html")) == []
        assert shown(archive) == {}


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_meant_path_stays_inside(folder: str, src: str) -> None:
    path = path_meant(f"{folder.strip('/')}/a.md".lstrip("/"), src)
    assert not path.startswith("/")
    assert ".." not in path.split("/")


def test_an_svg_is_told_from_a_picture_that_is_gone(archive: ArchiveFolder) -> None:
    draw(archive, "2015/a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    story(archive, images="[{src: a.svg}]")
    (problem,) = archive.build().problems
    assert "scripts" in problem.message


def test_a_picture_too_large_for_a_page_is_not_read(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MAX_BYTES", 1 << 20)
    draw(archive, "2015/a.png", png() + bytes(1 << 20))
    story(archive, images="[{src: a.png}]")
    (problem,) = archive.build().problems
    assert (problem.path, "1 MiB" in problem.message) == ("content/2015/a.png", True)


def test_a_strict_build_publishes_nothing_without_its_pictures(archive: ArchiveFolder) -> None:
    story(archive, images="[{src: gone.png}]")
    config = load_config(archive.path)
    sink = FolderSink(archive.path / "public")
    with pytest.raises(OperationError, match=r"gone\.png"):
        build(archive.path, config, mapper=SerialMapper(), sink=sink, strict=True)
    assert not (archive.path / "public").exists()


# -- work follows what changed


def test_a_build_without_news_copies_nothing(archive: ArchiveFolder) -> None:
    draw(archive, "2015/a.png")
    story(archive, images="[{src: a.png}]")
    first = archive.build()
    assert first.pages == archive.build().pages
    archive.article("other.md", date="2016")
    report = archive.build()
    name = f"public/{PAGE}{next(iter(shown(archive)))}"
    before = (archive.path / name).stat().st_mtime_ns
    assert report.written > 0
    draw(archive, "2015/unused.png")
    report = archive.build()
    assert (report.written, report.rendered, report.indexed) == (0, 0, 0)
    assert (archive.path / name).stat().st_mtime_ns == before


def test_a_new_picture_touches_its_own_article_and_the_feeds_that_show_it(
    archive: ArchiveFolder,
) -> None:
    for number in range(5):
        archive.article(f"{number}.md", date=f"2015-01-0{number + 1}", images="[{src: a.png}]")
        archive.article(f"other/{number}.md", date=f"2015-02-0{number + 1}")
    draw(archive, "a.png", png(3, 2))
    archive.build()
    archive.article("0.md", date="2015-01-01", images="[{src: b.png}]")
    draw(archive, "b.png")
    archive.build()
    draw(archive, "b.png", png(8, 8))
    report = archive.build()
    # the article; the feeds of all (two), of its day, month and year; and the picture
    assert (report.rendered, report.written, report.deleted) == (6, 7, 1)
    assert (report.indexed, report.changes) == (0, {"content/0.md": "picture"})
    (archive.path / "content/b.png").unlink()
    report = archive.build()
    assert (report.rendered, report.deleted, len(report.problems)) == (6, 1, 1)
    assert (report.indexed, report.changes) == (0, {"content/0.md": "picture"})
    archive.article("0.md", "Other words.", date="2015-01-01", images="[{src: b.png}]")
    draw(archive, "b.png")
    report = archive.build()
    assert (report.indexed, report.changes) == (1, {"content/0.md": "changed"})


def test_another_figure_makes_articles_anew(archive: ArchiveFolder) -> None:
    (archive.path / "content/map.png").write_bytes(png())
    archive.article("a.md", "![The map](map.png)", date="2015-10-07")
    archive.template("article.html", "{{ body|safe }}")
    archive.build()
    archive.template("_figure.html", "<figure class='mine'></figure>")
    assert archive.build().rendered == 1
    assert "class='mine'" in archive.page("2015/10/07/a/index.html")


def test_feeds_show_the_pictures_that_the_archive_has(archive: ArchiveFolder) -> None:
    archive.settings("title: T\nbase_url: https://example.org/news\n")
    draw(archive, "a.png")
    (archive.path / "content/photo.jpg").write_bytes(jpeg(4, 3))
    elsewhere = "https://elsewhere.example/b.png"
    images = f"[{{src: photo.jpg}}, {{src: a.png}}, {{src: '{elsewhere}'}}]"
    archive.article("x.md", date="2015-01-01", images=images)
    archive.build()
    there = {f"https://example.org/news/{path}" for path in archive.output()}
    (item,) = json.loads(archive.page("feed.json"))["items"]
    addresses = [attachment["url"] for attachment in item["attachments"]]
    assert item["image"] == addresses[0]
    assert set(addresses) <= there
    types = [attachment["mime_type"] for attachment in item["attachments"]]
    assert types == ["image/jpeg", "image/png"]
    entry = etree.fromstring(archive.page("2015/01/feed.xml").encode())
    enclosures = entry.findall(".//{*}link[@rel='enclosure']")
    assert [link.attrib["href"] for link in enclosures] == addresses
    assert [link.attrib["type"] for link in enclosures] == types


FILES = ("a.png", "2015/a.png", "2015/b.png")
STEPS = st.one_of(
    st.tuples(st.just("draw"), st.sampled_from(FILES), st.integers(1, 3)),
    st.tuples(st.just("spoil"), st.sampled_from(FILES), st.just(0)),
    st.tuples(st.just("delete"), st.sampled_from(FILES), st.just(0)),
    st.tuples(st.just("write"), st.sampled_from(("2015/x.md", "y.md")), st.integers(0, 7)),
    st.tuples(st.just("remove"), st.sampled_from(("2015/x.md", "y.md")), st.just(0)),
)
TEXTS = ("![x](a.png)", "![x](../a.png)", "![x](2015/b.png) ![x](b.png)", "No picture.")


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(STEPS, min_size=1, max_size=3), min_size=2, max_size=4))
def test_step_by_step_is_as_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[list[tuple[str, str, int]]]
) -> None:
    archive = ArchiveFolder(tmp_path_factory.mktemp("pictures") / "archive")
    for steps in rounds:
        for what, path, number in steps:
            take(archive, what, path, number)
        problems = archive.build().problems
    assert cold(archive) == archive.output()
    assert archive.build().problems == problems


def take(archive: ArchiveFolder, what: str, path: str, number: int) -> None:
    file = archive.path / "content" / path
    if what == "draw":
        draw(archive, path, png(number, number))
    elif what == "spoil":
        draw(archive, path, b"no picture")
    elif what == "write":
        archive.article(path, TEXTS[number % 4], date=f"2015-01-0{1 + number // 4}")
    else:
        file.unlink(missing_ok=True)


# -- archive check


def codes(archive: ArchiveFolder) -> set[tuple[str, str]]:
    config = load_config(archive.path)
    found = check(Subject(archive.path, config, SerialMapper()))
    return {(finding.code, finding.problem.path) for finding in found}


def test_a_check_looks_at_pictures(archive: ArchiveFolder) -> None:
    draw(archive, "2015/a.png")
    story(archive, "![x](a.png)", images="[{src: a.png}]")
    archive.build()
    assert codes(archive) == set()
    (name,) = shown(archive)
    copy: Path = archive.path / "public" / PAGE / name
    copy.write_bytes(b"damaged")
    assert codes(archive) == {("file-damaged", f"public/{PAGE}{name}")}
    copy.write_bytes(png())
    draw(archive, "2015/a.png", png(9, 9))
    assert codes(archive) == {("not-built", "content/2015/a.png")}
    draw(archive, "2015/a.png", b"none")
    assert ("bad-picture", "content/2015/a.png") in codes(archive)
    (archive.path / "content/2015/a.png").unlink()
    assert ("lost-picture", "content/2015/story.md") in codes(archive)

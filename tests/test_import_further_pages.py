"""Stories that a site parted into several pages are one article."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from archive_gen.intake.further_pages import first_pages
from tests.test_import_crawls import warc
from tests.test_import_mirrors import Archive, page

WORDS = "council market harbour vote roof trader stall summer pier crane ferry tide boat".split()


def part(number: int) -> list[str]:
    chosen = random.Random(number)  # noqa: S311
    return [
        f"Part {number} says in sentence {at} that the "
        + " ".join(chosen.choice(WORDS) for _ in range(25))
        + " stayed as they were."
        for at in range(4)
    ]


@pytest.fixture
def archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Archive:
    return Archive(tmp_path, capsys)


def put(archive: Archive, *files: str, title: str = "Fish market to close") -> None:
    for number, file in enumerate(files, start=1):
        shown = title if number == 1 else f"{title} - Page {number} of {len(files)}"
        archive.put(f"www.post.example/2011/{file}", page(shown, part(number)))


def parts_told(text: str) -> list[int]:
    return [number for number in range(1, 15) if f"Part {number} says in sentence 3" in text]


@pytest.mark.parametrize(
    "files",
    [
        ["a.html", "a.html?page=2", "a.html?page=3"],
        ["a.html", "a.html@page=2.html", "a.html@page=3.html"],
        ["a/index.html", "a/2/index.html", "a/3/index.html"],
        ["a.html", "a_2.html", "a_3.html"],
        ["a_1.html", "a_2.html", "a_3.html"],
        ["a,1.html", "a,2.html", "a,3.html"],
        ["a.html", "a-page-2.html", "a-page-3.html"],
        ["a.html", "a-p2.html", "a-p3.html"],
        ["story.php?id=7", "story.php?id=7&seite=2", "story.php?id=7&seite=3"],
        ["a.html", *(f"a.html?page={number}" for number in range(2, 13))],
    ],
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_pages_of_a_story_are_one_article(
    archive: Archive, files: list[str], jobs: str
) -> None:
    put(archive, *files)
    found = archive.run("import", str(archive.mirror), "--jobs", jobs)
    assert [item["status"] for item in found] == ["new", *["joined"] * (len(files) - 1)]
    assert parts_told(archive.article().body) == [*range(1, len(files) + 1)]


def test_so_are_those_of_a_crawl_and_of_records(archive: Archive) -> None:
    url = "https://post.example/a.html"
    crawled = [
        ("text/html", f"{url}{at}", page("Fish market to close", part(number)).encode())
        for number, at in ((1, ""), (2, "?page=2"))
    ]
    archive.mirror.mkdir()
    (archive.mirror / "a.warc").write_bytes(warc(*crawled))
    record = {"title": "Fish market to close", "url": f"{url}?page=3"}
    record["maintext"] = "\n\n".join(part(3))
    (archive.mirror / "b.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    assert [item["status"] for item in archive.take()] == ["new", "joined", "joined"]
    assert parts_told(archive.article().body) == [1, 2, 3]


def test_a_further_page_may_say_less_of_the_day(archive: Archive) -> None:
    day = '<meta property="article:published_time" content="2011-03-04">'
    archive.put("www.post.example/2011/03/a.html", page("Letters", part(1), day))
    archive.put("www.post.example/2011/03/a_2.html", page("Letters", part(2)))
    assert [item["status"] for item in archive.take()] == ["new", "joined"]


def test_a_second_import_changes_nothing(archive: Archive) -> None:
    put(archive, "a.html", "a_2.html")
    archive.take()
    before = files_of(archive)
    assert {item["status"] for item in archive.take()} == {"unchanged"}
    assert files_of(archive) == before


def test_a_page_that_comes_later_is_added_to_what_a_person_wrote(archive: Archive) -> None:
    put(archive, "a.html")
    archive.take()
    (path,) = (archive.folder / "content").rglob("*.md")
    path.write_text(path.read_text("utf-8").replace("Part 1 says", "Part 1 told"), "utf-8")
    put(archive, "a.html", "a_2.html")
    assert [item["status"] for item in archive.take()] == ["unchanged", "joined"]
    body = archive.article().body
    assert "Part 1 told in sentence 3" in body
    assert parts_told(body) == [2]


def test_all_pages_are_cleaned_again(archive: Archive) -> None:
    put(archive, "a.html", "a_2.html", "a_3.html")
    archive.take()
    (path,) = (archive.folder / "content").rglob("*.md")
    before = path.read_bytes()
    archive.run("clean", "--again")
    assert path.read_bytes() == before
    path.write_text(path.read_text("utf-8").replace("Fish market", "The fish market"), "utf-8")
    archive.run("clean", "--again")
    assert path.read_bytes() == before.replace(b"Fish market", b"The fish market")


def test_a_page_that_is_lost_is_told_and_no_text_goes(archive: Archive) -> None:
    put(archive, "a.html", "a_2.html")
    archive.take()
    (path,) = (archive.folder / "content").rglob("*.md")
    before = path.read_bytes()
    (lost,) = (
        file
        for file in (archive.folder / "content/_originals").rglob("*.html")
        if b"Part 2 says" in file.read_bytes()
    )
    lost.unlink()
    (told,) = archive.run("clean", "--again")
    assert told["status"] == "failed"
    assert path.read_bytes() == before


def test_of_a_story_that_was_redacted_no_page_is_left(archive: Archive) -> None:
    put(archive, "a.html", "a_2.html")
    archive.take()
    (path,) = (archive.folder / "content").rglob("*.md")
    archive.run("redact", str(path), "--yes", "--reason", "A court said so.")
    left = [name for name, data in files_of(archive).items() if b"says in sentence" in data]
    assert left == []
    assert {item["status"] for item in archive.take()} == {"left out"}


def test_a_passage_of_a_further_page_goes_from_its_original(archive: Archive) -> None:
    put(archive, "a.html", "a_2.html")
    archive.take()
    (path,) = (archive.folder / "content").rglob("*.md")
    archive.run(
        "redact", str(path), "--yes", "--passage", "Part 2 says in sentence 1", "--reason", "Wrong."
    )
    assert not any(b"Part 2 says in sentence 1" in data for data in files_of(archive).values())
    before = path.read_bytes()
    archive.run("clean", "--again")
    assert path.read_bytes() == before
    assert b"Part 2 says in sentence 3" in before


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a.html", "a-2.html"),  # another story of one headline, for content systems
        ("a.html", "b_2.html"),
        ("a.html", "a_3.html"),
    ],
)
def test_another_address_is_another_story(archive: Archive, first: str, second: str) -> None:
    put(archive, first, second)
    assert [item["status"] for item in archive.take()] == ["new", "new"]


def test_another_headline_is_another_story(archive: Archive) -> None:
    put(archive, "a.html")
    archive.put("www.post.example/2011/a_2.html", page("Market saved after all", part(2)))
    assert [item["status"] for item in archive.take()] == ["new", "new"]


def test_another_day_is_another_story(archive: Archive) -> None:
    day = '<meta property="article:published_time" content="2011-03-0{}">'
    for number, file in ((1, "letters.html"), (2, "letters_2.html")):
        archive.put(f"www.post.example/{file}", page("Letters", part(number), day.format(number)))
    assert [item["status"] for item in archive.take()] == ["new", "new"]


@pytest.mark.parametrize(
    ("address", "first", "number"),
    [
        ("http://a.example/b/2/", "http://a.example/b/", 2),
        ("http://a.example/b.html?x=1&page=3", "http://a.example/b.html?x=1", 3),
        ("http://a.example/b.html?pageno=2&x=1", "http://a.example/b.html?x=1", 2),
        ("http://a.example/b/page/12", "http://a.example/b", 12),
    ],
)
def test_where_the_first_page_may_be(address: str, first: str, number: int) -> None:
    firsts, found = first_pages(address)
    assert (firsts[0], found) == (first, number)


@pytest.mark.parametrize(
    "address", ["http://a.example/b.html", "", "http://a.example/b/1/", "http://[a/b_2.html"]
)
def test_most_addresses_are_of_no_further_page(address: str) -> None:
    assert first_pages(address) == ([], 1)


def files_of(archive: Archive) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in sorted((archive.folder / "content").rglob("*"))
        if path.is_file()
    }

"""WARC files as crawlers leave them: cut, damaged, packed as one, with notes of their own."""

from __future__ import annotations

import gzip
import hashlib
import io
from typing import TYPE_CHECKING

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive_gen.article import RawDocument
from archive_gen.importers import read_stream, warc
from archive_gen.importers.base import LeftOut

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = "<html><body><h1>Ferry {0}</h1><p>The ferry {0} sank in the night, {1}.</p></body></html>"
WORDS = "the harbour master said, and was found by a pilot at dawn {:,} fathoms down"


def record(number: int, *, packed: bool = True) -> bytes:
    """A record of one page, with text enough to be cut in."""
    page = PAGE.format(number, "; ".join(WORDS.format(n * n) for n in range(number, 40)))
    return record_of(f"http://post.example/{number}", page.encode(), packed=packed)


def record_of(url: str, data: bytes, coding: str = "", *, packed: bool = True) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    told = [("Content-Type", "text/html"), *([("Content-Encoding", coding)] if coding else [])]
    headers = StatusAndHeaders("200 OK", told, protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(url, "response", payload=io.BytesIO(data), http_headers=headers)
    )
    return out.getvalue()


def read(data: bytes) -> tuple[list[str], list[str]]:
    """The addresses of the pages, and the problems."""
    found = list(read_stream("a.warc.gz", io.BytesIO(data), warc.read))
    pages = [str(one.known["url"]) for one in found if isinstance(one, RawDocument)]
    return pages, [str(one) for one in found if not isinstance(one, RawDocument)]


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_within_which_a_crawl_ends_is_told_and_no_article(*, packed: bool) -> None:
    whole = record(1, packed=packed)
    last = record(2, packed=packed)
    assert read(whole + last) == (["http://post.example/1", "http://post.example/2"], [])
    pages, (problem,) = read(whole + last[: -len(last) // 4])
    assert pages == ["http://post.example/1"]
    assert problem.startswith("a.warc.gz: can't be read further: it ends within a record")


@pytest.mark.parametrize("left", [4, 12, 60, 200])
def test_wherever_a_packed_crawl_ends_it_is_told_and_what_stood_before_counts(left: int) -> None:
    pages, problems = read(record(1) + record(2)[:left])
    assert pages == ["http://post.example/1"]
    assert len(problems) == 1
    assert "object" not in problems[0]


@pytest.mark.parametrize("left", [9, 30, 60, 118, 200, 351, 366, 380])
def test_a_crawl_that_ends_within_a_head_is_told(left: int) -> None:
    whole, last = record(1, packed=False), record(2, packed=False)
    for before in (b"", whole):
        pages, problems = read(before + last[:left])
        assert pages == ["http://post.example/1"] * bool(before)
        assert len(problems) == 1


def numbered(count: int) -> list[bytes]:
    return [record(n) for n in range(1, count + 1)]


def damage_bytes(data: bytes) -> bytes:
    return data[:90] + bytes(b ^ 0xFF for b in data[90:130]) + data[130:]


def damage_mark(data: bytes) -> bytes:
    return b"\xff" + data[1:]


@pytest.mark.parametrize(
    "damage",
    [
        damage_bytes,
        damage_mark,
        lambda data: data[:200],  # and the next one follows
        lambda data: data[:2],
        lambda data: data[:-6] + b"\0" * 6,  # its checksum
        lambda data: data[:100] + b"\x1f\x8b\x08" * 3000 + data[100:],
        lambda data: data[:5] + b"lost and found " * 20_000,
    ],
)
def test_records_behind_a_damage_are_found_again(damage: Callable[[bytes], bytes]) -> None:
    records = numbered(6)
    records[1], records[4] = damage(records[1]), damage(records[4])
    pages, problems = read(b"".join(records))
    assert pages == [f"http://post.example/{n}" for n in (1, 3, 4, 6)]
    assert len(problems) == 1
    assert "damaged places were passed over: 2" in problems[0]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:900],  # and the next one follows
        lambda data: data[:200],  # in its head
        lambda data: data.replace(b"Content-Length: ", b"Content-Length: 9", 1),
        lambda data: data.replace(b"Content-Length: ", b"Content-Size: ", 1),
        lambda data: data[:-4] + b"lost and found " * 20_000,
    ],
    ids=["cut", "cut in its head", "too long", "of no length", "followed by something else"],
)
def test_records_behind_a_damage_are_found_again_without_compression(
    damage: Callable[[bytes], bytes],
) -> None:
    records = [record(n, packed=False) for n in range(1, 7)]
    records[1], records[4] = damage(records[1]), damage(records[4])
    pages, problems = read(b"".join(records))
    assert set(pages) >= {f"http://post.example/{n}" for n in (1, 3, 4, 6)}
    assert len(problems) == 1
    assert "damaged places were passed over: 2" in problems[0]
    texts = [
        one.text
        for one in read_stream("a", io.BytesIO(b"".join(records)), warc.read)
        if isinstance(one, RawDocument)
    ]
    assert not [text for text in texts if "WARC/" in text]


def test_a_page_that_tells_of_web_archives_is_whole() -> None:
    """What begins in it as a record does is none where it ends as it says."""
    inner = record(9, packed=False).decode("latin-1")
    noise = " ".join(hashlib.sha256(b"%d" % n).hexdigest() for n in range(9_000))
    for page in (inner, noise + inner + noise, noise * 3 + inner):
        told = record_of("http://post.example/told", page.encode("latin-1"), packed=False)
        crawl = record(1, packed=False) + told + record(2, packed=False)
        pages, problems = read(crawl)
        assert ([page.rpartition("/")[2] for page in pages], problems) == (["1", "told", "2"], [])


def test_a_damage_that_ends_a_crawl_is_told_once() -> None:
    first, second, third = numbered(3)
    pages, problems = read(first + damage_bytes(second) + third[:200])
    assert pages == ["http://post.example/1"]
    assert len(problems) == 2
    assert "passed over: 1" in problems[0]
    assert "it ends within a record" in problems[1]


def test_large_records_behind_a_damage_are_found_again() -> None:
    noise = " ".join(hashlib.sha256(b"%d" % n).hexdigest() for n in range(9_000))
    large = record_of("http://post.example/large", PAGE.format(7, noise).encode())
    assert len(large) > 4 * (1 << 16)
    broken = large[:150_000] + b"\0" * 4_000 + large[154_000:]
    pages, problems = read(record(1) + broken + record(2) + large + large[:200_000] + record(3))
    numbers = [page.rpartition("/")[2] for page in pages]
    assert numbers == ["1", "2", "large", "3"]
    assert len(problems) == 1


def test_marks_of_records_alone_cost_little() -> None:
    looks = record(1) + damage_bytes(record(2)) + b"\x1f\x8b\x08" * 200_000
    pages, problems = read(looks)
    assert pages == ["http://post.example/1"]
    assert "it ends within a record" in problems[0]


def test_a_crawl_that_was_packed_as_one_is_read() -> None:
    data = gzip.compress(record(1, packed=False) + record(2, packed=False))
    assert read(data) == (["http://post.example/1", "http://post.example/2"], [])


@pytest.mark.parametrize(
    "url",
    [
        "metadata://gnu.org/software/wget/warc/MANIFEST.txt",
        "metadata://gnu.org/software/wget/warc/wget_arguments.txt",
        "metadata://gnu.org/software/wget/warc/wget.log",
        "urn:X-wpull:log",
        "urn:text:http://post.example/1",
        "urn:textFinal:http://post.example/1",
    ],
)
def test_what_a_crawler_notes_of_its_work_is_no_article(url: str) -> None:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    log = io.BytesIO(b"FINISHED: the crawl took ten minutes, and 400 pages were saved.\n" * 9)
    writer.write_record(
        writer.create_warc_record(url, "resource", payload=log, warc_content_type="text/plain")
    )
    assert read(record(1) + out.getvalue()) == (["http://post.example/1"], [])


def test_damage_costs_a_line_with_the_name_of_the_file(capfd: pytest.CaptureFixture[str]) -> None:
    noise = " ".join(hashlib.sha256(b"%d" % n).hexdigest() for n in range(2_000))
    sent = bytearray(gzip.compress(PAGE.format(7, noise).encode()))
    sent[60_000:60_400] = b"\xff" * 400
    encoded = record_of("http://post.example/7", bytes(sent), "gzip", packed=False)
    pages, problems = read(record(1, packed=False) + encoded + record(2, packed=False))
    assert pages == ["http://post.example/1", "http://post.example/2"]
    assert problems[0].startswith("a.warc.gz#http://post.example/7: can't be read further:")
    shorter = record(3, packed=False).replace(b"sank", b"")
    read(record(1, packed=False) + shorter + record(2, packed=False))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "path",
    [
        "", "/", "/index.html", "/de/", "/tag/ferries", "/tags/ferries/page/3", "/category/a/b/",
        "/author/ada-quill/", "/2015/", "/2015/10", "/2015/10/07/", "/blog/", "/news/page/2/",
        "/search?q=ferry", "/?s=ferry&paged=2", "/topics/harbour?page=4",
    ],
)  # fmt: skip
def test_front_pages_and_lists_of_stories_are_no_articles(path: str) -> None:
    page = PAGE.format(1, WORDS.format(7)).encode()
    data = record_of(f"https://post.example{path}", page)
    [found] = read_stream("a.warc.gz", io.BytesIO(data), warc.read)
    assert isinstance(found, LeftOut)
    assert found.kind == "front pages and lists of stories"
    stated = page.replace(b"<body>", b'<meta property="og:type" content="article"><body>')
    assert len(read(record_of(f"https://post.example{path}", stated))[0]) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/?p=123", "/index.php?id=7", "/ferry", "/2015/10/ferry-sinks", "/2015/10/07/1234",
        "/tagesschau", "/category.html", "/authors-of-the-plan", "/story/2", "/news/ferry/",
    ],
)  # fmt: skip
def test_what_has_the_address_of_a_story_is_one(path: str) -> None:
    page = PAGE.format(1, WORDS.format(7)).encode()
    assert read(record_of(f"https://post.example{path}", page))[0] == [
        f"https://post.example{path}"
    ]

"""Pictures that a crawl holds: in WARC files in any order, brought along with the pages."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive_gen import pictures
from archive_gen.cli import group
from archive_gen.content.frontmatter import parse
from archive_gen.importers.crawls import crawl
from tests.archive_folder import ArchiveFolder
from tests.drawn import png
from tests.test_import_pictures import BARE, figure, in_story

URL = "https://post.example/2015/board.html"
PAGE = ("text/html", URL, in_story(figure('src="/img/ferry.png"') + BARE).encode())
FERRY = ("image/png", "https://post.example/img/ferry.png", png(640, 400))
MOLE = ("image/png", "http://post.example/2015/S_files/a.png", png(320, 200))  # in the open
Record = tuple[str, str, bytes]


def warc(*records: Record, compressed: bool = False, coding: str = "") -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=compressed)
    for kind, url, data in records:
        told = [("Content-Type", kind), *([("Content-Encoding", coding)] if coding else [])]
        headers = StatusAndHeaders("200 OK", told, protocol="HTTP/1.1")
        made = writer.create_warc_record(
            url, "response", payload=io.BytesIO(data), http_headers=headers
        )
        writer.write_record(made)
    return out.getvalue()


def wacz(*records: Record) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("archive/data.warc.gz", warc(*records, compressed=True))
        packed.writestr("datapackage.json", "{}")
        packed.writestr("pages/pages.jsonl", "{}")
    return out.getvalue()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "site.yaml").write_text("title: Test\n")
    return folder


def run(site: Path, *arguments: str | Path) -> Result:
    command, *rest = map(str, arguments)
    return CliRunner().invoke(group, [*command.split(), *rest, "--site", str(site)])


def imported(site: Path, files: dict[str, bytes], *options: str) -> Result:
    crawled = site.parent / "crawl"
    crawled.mkdir(exist_ok=True)
    for name, data in files.items():
        (crawled / name).write_bytes(data)
    return run(site, "import", crawled, *options)


def drawn(site: Path) -> list[bytes]:
    found = sorted((site / "content").rglob("*"))
    return [path.read_bytes() for path in found if pictures.is_beside_text(path.name)]


def times(site: Path) -> dict[Path, int]:
    """When each file was last written."""
    files = (path for path in (site / "content").rglob("*") if path.is_file())
    return {path: path.stat().st_mtime_ns for path in files}


def sources(site: Path) -> list[str]:
    (path,) = (site / "content").rglob("*.md")
    article, problems = parse(path.read_text("utf-8"), "")
    assert article, problems
    return [image.src for image in article.images]


@pytest.mark.parametrize(
    "files",
    [
        {"a.warc": warc(PAGE, FERRY, MOLE)},
        {"a.warc.gz": warc(MOLE, FERRY, PAGE, compressed=True)},
        {"a.warc": warc(PAGE), "b.warc": warc(FERRY, MOLE)},
        {"a.warc": warc(MOLE), "b.warc": warc(PAGE), "c.warc.gz": warc(FERRY, compressed=True)},
        {"a.wacz": wacz(PAGE, FERRY, MOLE)},
        {"a.wacz": wacz(PAGE), "b.warc": warc(FERRY, MOLE)},
    ],
)
@pytest.mark.parametrize("options", [(), ("--jobs", "2")])
def test_pages_bring_their_pictures(
    site: Path, files: dict[str, bytes], options: Sequence[str]
) -> None:
    result = imported(site, files, *options)
    assert result.exit_code == 0, result.output
    assert sorted(drawn(site)) == sorted([FERRY[2], MOLE[2]])
    assert [src.partition("-")[0] for src in sources(site)] == ["ferry", "a"]
    assert ArchiveFolder(site).build().problems == []
    assert len(list((site / "public/2015/10/07").glob("*/*.png"))) == 2


def test_a_second_import_copies_nothing(site: Path) -> None:
    files = {"a.warc": warc(PAGE, FERRY, MOLE)}
    imported(site, files)
    before = times(site)
    assert imported(site, files).exit_code == 0
    assert times(site) == before


def test_what_is_not_in_the_crawl_keeps_its_address(site: Path) -> None:
    other = ("image/png", "https://post.example/img/other.png", png(50, 50))
    assert imported(site, {"a.warc": warc(PAGE, other, MOLE)}).exit_code == 0
    assert drawn(site) == [MOLE[2]]
    assert sources(site)[0] == "https://post.example/img/ferry.png"


@pytest.mark.parametrize(
    "record",
    [
        ("image/png", FERRY[1], b"<svg onload=alert(1)>"),
        ("image/svg+xml", FERRY[1], b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("text/html", FERRY[1], FERRY[2]),
        ("image/png", "", FERRY[2]),
        ("image/png", "file:///img/ferry.png", FERRY[2]),
        ("image/png", "https://post.example/img/../img/ferry.png", FERRY[2]),
    ],
)
def test_what_is_no_picture_of_the_page_is_left(site: Path, record: Record) -> None:
    imported(site, {"a.warc": warc(PAGE, record)})
    assert drawn(site) == []
    assert sources(site)[0] == "https://post.example/img/ferry.png"


def test_a_damaged_picture_takes_no_page_with_it(site: Path) -> None:
    broken = (*FERRY[:2], gzip.compress(FERRY[2])[:10] + b"\xff" * 50)
    data = warc(broken, coding="gzip") + warc(PAGE, MOLE)
    result = imported(site, {"a.warc": data})
    assert result.exit_code == 0, result.output
    assert drawn(site) == [MOLE[2]]


def test_what_was_crawled_twice_counts_as_it_was_first(site: Path) -> None:
    later = (*FERRY[:2], png(9, 9))
    imported(site, {"a.warc": warc(PAGE, FERRY), "b.warc": warc(later)})
    assert drawn(site) == [FERRY[2]]


def test_there_is_a_bound(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawl, "MOST", len(FERRY[2]) + 10)
    result = imported(site, {"a.warc": warc(PAGE, FERRY, MOLE)}, "--json")
    assert drawn(site) == [FERRY[2]]
    problems = [p for line in result.stdout.splitlines() for p in json.loads(line)["problems"]]
    assert problems[0]["message"].startswith("pictures and documents left out: 1;")

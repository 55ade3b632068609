"""Archives and compressed files as programs make them, and as downloads break them."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import itertools
import lzma
import struct
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from archive_gen.article import RawDocument
from archive_gen.importers import holds_one, importer_for, read_stream
from archive_gen.importers.base import LeftOut
from archive_gen.intake.inputs import find_inputs
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archive_gen.importers.base import Found

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}
NOISE = " ".join(hashlib.sha256(b"%d" % n).hexdigest() for n in range(20_000))


def page(number: int) -> bytes:
    return f"<html><head><title>{number}</title></head><body>The ferry sank.</body></html>".encode()


INSIDE = {
    ".html": page(1),
    ".txt": b"Ferry sinks\n\nThe ferry sank in the night.\n",
    ".jsonl": b'{"title": "Ferry sinks", "text": "The ferry sank."}\n',
    ".csv": b"title,text\nFerry sinks,The ferry sank.\n",
    ".eml": b"From: a@b.example\nSubject: Ferry\nMIME-Version: 1.0\n\nThe ferry sank.\n",
    ".sql": b"CREATE TABLE a (title text, body text);\nINSERT INTO a VALUES ('F','It sank.');\n",
}


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, data in members:
            packed.writestr(name, data)
    return out.getvalue()


def tarred(*members: tuple[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as packed:
        for name, data in members:
            told = tarfile.TarInfo(name)
            told.size = len(data)
            packed.addfile(told, io.BytesIO(data))
    return out.getvalue()


def read(name: str, data: bytes) -> list[Found]:
    importer = importer_for(name)
    assert importer, name
    return list(read_stream("x", io.BytesIO(data), importer))


def names(found: list[Found]) -> list[str]:
    return [one.name for one in found if isinstance(one, RawDocument)]


def problems(found: list[Found]) -> list[str]:
    return [f"{one.path}: {one.message}" for one in found if isinstance(one, Problem)]


@pytest.mark.parametrize(("packing", "ending"), [*itertools.product(PACKERS, INSIDE)])
def test_one_packed_file_is_read_by_its_name_and_by_its_look(packing: str, ending: str) -> None:
    data = PACKERS[packing](INSIDE[ending])
    for name in (f"story{ending}{packing}", f"STORY{ending.upper()}{packing.upper()}", "-"):
        (found,) = read(name, data)
        assert isinstance(found, RawDocument), (name, found)
    assert not holds_one(f"story{ending}{packing}")


@pytest.mark.parametrize("packing", PACKERS)
@pytest.mark.parametrize("archive", [zipped, tarred])
def test_archives_of_packed_files_are_read(archive: Callable[..., bytes], packing: str) -> None:
    members = [(f"f{ending}{packing}", PACKERS[packing](data)) for ending, data in INSIDE.items()]
    for name in ("a.zip", "a.tar", "-"):
        assert len(names(read(name, archive(*members)))) == len(members)


@pytest.mark.parametrize("packing", PACKERS)
def test_a_large_packed_tar_is_known_by_its_look(packing: str) -> None:
    data = PACKERS[packing](tarred(("a.txt", NOISE.encode()), ("b.html", page(2))))
    assert len(data) > 1 << 18
    for name in ("-", f"a.tar{packing}"):
        assert names(read(name, data)) == ["x#a.txt", "x#b.html"]


@pytest.mark.parametrize("packing", PACKERS)
def test_a_packed_file_that_breaks_off_costs_a_line(packing: str) -> None:
    whole = PACKERS[packing](NOISE.encode())
    for data in (whole[: len(whole) // 2], whole[:4], b"<html>no such file</html>"):
        (problem,) = read(f"a.txt{packing}", data)
        assert isinstance(problem, Problem)


@pytest.mark.parametrize("method", [0, 8, 12, 14])
def test_each_way_to_pack_members_that_is_known(method: int) -> None:
    assert names(read("a.zip", zipped(("a.html", page(1)), method=method))) == ["x#a.html"]


def test_names_of_members_are_names_and_nothing_more() -> None:
    odd = [
        *("..\\..\\w\\s.html", "/abs/s.html", "../../up.html", "C:\\x\\s.html", "a#b.html"),
        *(
            "./here.html",
            "dup/",
            "dup/s.html",
            "d" * 120 + "/" + "e" * 150 + "/s.html",
            "ä.html",
            "日本.html",
        ),
    ]
    hidden = ["__MACOSX/._s.html", "__MACOSX/s.html", "a/._s.html", "a/._s #2.html", "a/.DS_Store"]
    hidden += [".Trash-1000/files/s.html", "$RECYCLE.BIN/S-1/$R1.html", "a/.git/s.html"]
    members = [
        (name, b"" if name.endswith("/") else page(n)) for n, name in enumerate(odd + hidden)
    ]
    kept = [f"x#{name}" for name in odd if not name.endswith("/")]
    assert names(read("a.zip", zipped(*members))) == kept
    files = [member for member in members if not member[0].endswith("/")]
    for form in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        assert names(read("a.tar", tarred(*files, form=form))) == kept


def test_names_of_dos_and_two_members_of_one_name() -> None:
    data = zipped(("xAA.html", page(1)), ("b.html", page(2)), ("c.html", page(3)))
    data = data.replace(b"xAA", b"x\x84\x81").replace(b"c.html", b"b.html")
    assert names(read("a.zip", data)) == ["x#xäü.html", "x#b.html", "x#b.html"]


def with_field(data: bytes, offset: int, value: int) -> bytes:
    """A zip file of which the first member has another value in its head and in the list."""
    changed = bytearray(data)
    for mark, more in ((b"PK\x03\x04", 0), (b"PK\x01\x02", 2)):
        struct.pack_into("<H", changed, changed.find(mark) + offset + more, value)
    return bytes(changed)


@pytest.mark.parametrize(
    ("offset", "value", "told"),
    [(6, 1, "is locked with a password"), (8, 9, "can't be unpacked: That compression method")],
)
def test_a_member_that_cannot_be_unpacked_costs_a_line(offset: int, value: int, told: str) -> None:
    data = with_field(zipped(("a.html", page(1)), ("b.html", page(2))), offset, value)
    found = read("a.zip", data)
    assert names(found) == ["x#b.html"]
    (problem,) = problems(found)
    assert problem.startswith(f"x#a.html: {told}")


@pytest.mark.parametrize("size", [40, 120, 300])
def test_a_zip_file_without_its_end_says_so(size: int) -> None:
    data = zipped(("a.html", page(1)), ("b.html", page(2)))
    (problem,) = read("a.zip", data[:-22][:size])
    assert isinstance(problem, Problem)
    assert "breaks off" in problem.message
    assert "zip -FF" in problem.hint


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.wacz"])
@pytest.mark.parametrize("data", [b"", b"PK", page(1), b"\0" * 100])
def test_what_is_no_archive_says_so(name: str, data: bytes) -> None:
    (problem,) = problems(read(name, data))
    assert "it begins as no zip or tar archive does" in problem


def test_links_and_devices_of_a_tar_archive_are_none_of_its_pages() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as packed:
        for name, kind, target in (
            ("link.html", tarfile.SYMTYPE, "/etc/passwd"),
            ("hard.html", tarfile.LNKTYPE, "a.html"),
            ("device.html", tarfile.CHRTYPE, ""),
            ("pipe.html", tarfile.FIFOTYPE, ""),
        ):
            told = tarfile.TarInfo(name)
            told.type, told.linkname = kind, target
            packed.addfile(told)
        told = tarfile.TarInfo("a.html")
        told.size = len(page(1))
        packed.addfile(told, io.BytesIO(page(1)))
    assert names(read("a.tar", out.getvalue())) == ["x#a.html"]


def test_an_archive_is_opened_within_another_and_no_further() -> None:
    innermost = zipped(("s.html", page(1)))
    inner = tarred(("s.html", page(2)), ("in.zip", innermost))
    found = read("a.zip", zipped(("in.tar.gz", gzip.compress(inner)), ("s.html", page(3))))
    assert names(found) == ["x#in.tar.gz#s.html", "x#s.html"]
    (problem,) = problems(found)
    assert problem.startswith("x#in.tar.gz#in.zip: an archive inside an archive inside")


@pytest.mark.parametrize("outer", [zipped, tarred])
@pytest.mark.parametrize("inner", [zipped, tarred])
def test_what_comes_before_a_page_with_pictures_is_read_once(
    outer: Callable[..., bytes], inner: Callable[..., bytes]
) -> None:
    illustrated = page(2).replace(b"The", b'<img src="x.png">The')
    pages = inner(("a.html", page(1)), ("b.html", illustrated), ("c.html", page(3)))
    found = read("x.zip", outer(("d.html", page(4)), ("in.zip", pages), ("e.html", page(5))))
    assert [name.split("#")[-1] for name in names(found)] == [f"{c}.html" for c in "dabce"]


def test_what_a_mirror_keeps_for_itself_is_no_article(tmp_path: Path) -> None:
    own = ("cookies.txt", "hts-log.txt", "robots.txt", "hts-cache/readme.txt", "a/robots.txt")
    own = (*own, "reports/crawl-report.txt", "reports/hosts-report.txt")
    files = dict.fromkeys((*own, "a/story.txt"), INSIDE[".txt"])
    found = read("x.zip", zipped(*files.items()))
    assert names(found) == ["x#a/story.txt"]
    assert [one.kind for one in found if isinstance(one, LeftOut)] == ["notes of crawlers"] * 7
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    inputs = find_inputs([tmp_path])
    assert inputs.files == [tmp_path / "a/story.txt"]
    assert inputs.passed_over.total() == len(own)

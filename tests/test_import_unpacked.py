"""An archive whose files tell of one another gives what the folder would that it was made of."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest

from archive_gen.article import Article
from archive_gen.content import frontmatter
from archive_gen.intake.ingest import ingest
from archive_gen.intake.inputs import find_inputs
from archive_gen.intake.learning import Stated
from archive_gen.intake.outcome import Outcome
from archive_gen.parallel import SerialMapper
from tests import faults
from tests.archive_folder import ArchiveFolder
from tests.drawn import png

TITLE = "Ferry returns to Orme Sound"
SAILED = "The car ferry between Port Orme and Hask sailed again on Sunday, weeks after a storm."
CROWD = "About two hundred people had come to the quay before sunrise to see it leave the harbour."
STORY = f"<p>{SAILED}</p><p>{CROWD}</p>"
SHOWN = "<figure><img src='{}'><figcaption>The ferry at the quay</figcaption></figure>"
RECORD = json.dumps(
    {"title": TITLE, "date": "2015-10-07", "body": SHOWN.format("img/a.png") + STORY}
)
PAGE = f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>{{}}{STORY}"
HEAD = f"---\ntitle: {TITLE}\ndate: 2015-10-07\ndraft: false\n---\n"
POST = f"{HEAD}![The ferry](/a.png)\n\n{SAILED}\n"
DRAFT = POST.replace("false", "true").replace(SAILED, CROWD)
NOTED = {"url": "https://orme.example/1", "timestamp": "1", "sources": [], "history": {}}
PICTURE = png(640, 400)
Files = dict[str, str | bytes]
FOLDERS: dict[str, tuple[Files, int]] = {
    "a list and its pictures": ({"list.jsonl": RECORD, "img/a.png": PICTURE}, 1),
    "a table that tells of texts": (
        {
            "metadata.csv": f"file,title,date\n1.txt,{TITLE},2015-10-07\n",
            "texts/1.txt": f"{SAILED}\n\n{CROWD}",
        },
        0,
    ),
    "a page that ArchiveBox saved": (
        {
            "data/ArchiveBox.conf": "",
            "data/archive/1615705800.12/index.json": json.dumps(NOTED),
            "data/archive/1615705800.12/singlefile.html": PAGE.format(""),
            "data/archive/1615705800.12/output.html": PAGE.format(f"<p>{CROWD[::-1]}</p>"),
            "data/archive/1615705800.12/headers.json": "{}",
        },
        0,
    ),
    "a site of Hugo": (
        {
            "blog/hugo.toml": "title = 'Orme'",
            "blog/static/a.png": PICTURE,
            "blog/content/posts/ferry.md": POST,
            "blog/content/posts/quay.md": DRAFT,
            "blog/themes/plain/about.md": POST.replace(TITLE, "A theme"),
        },
        1,
    ),
    "a page that a browser saved": (
        {
            "Ferry.html": PAGE.format(SHOWN.format("Ferry_files/the%20ferry.png")),
            "Ferry_files/the ferry.png": PICTURE,
            "Ferry_files/frame.html": PAGE.format("").replace(TITLE, "Anchors for sale"),
        },
        1,
    ),
}


def write(folder: Path, files: Files) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return folder


def zipped(files: Files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


def tarred(files: Files) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as packed:
        for name, data in files.items():
            content = data.encode() if isinstance(data, str) else data
            told = tarfile.TarInfo(name)
            told.size = len(content)
            packed.addfile(told, io.BytesIO(content))
    return out.getvalue()


def take(content: Path, raw: Path) -> tuple[list[Article], list[Outcome]]:
    """The articles of what lies at ``raw``, and all that became of it."""
    found = find_inputs([raw])
    assert found.problems == []
    outcomes = list(ingest(content, found.files, Stated({}), SerialMapper(), folders=found.folders))
    paths = sorted({str(one.path) for one in outcomes if one.path})
    parsed = [frontmatter.parse_bytes((content / path).read_bytes(), "")[0] for path in paths]
    return [article for article in parsed if article], outcomes


@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize(("files", "pictures"), FOLDERS.values(), ids=FOLDERS)
def test_an_archive_gives_what_its_folder_gives(
    tmp_path: Path, files: Files, pictures: int, pack: object
) -> None:
    name = "raw.zip" if pack is zipped else "raw.tar.gz"
    data = zipped(files) if pack is zipped else tarred(files)
    as_folder, _ = take(tmp_path / "folder", write(tmp_path / "raw", files))
    packed = write(tmp_path, {name: data}) / name
    from_archive, outcomes = take(tmp_path / "archive", packed)
    assert [article.title for article in from_archive] == [TITLE]
    assert from_archive == as_folder
    assert len(list((tmp_path / "archive").rglob("*.png"))) == pictures
    assert all(one.input.startswith(str(packed)) for one in outcomes if one.status == "new")
    again = take(tmp_path / "archive", packed)[1]
    assert {one.status for one in again if not one.left_out} == {"unchanged"}


def test_nothing_names_the_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    tempfile.tempdir = str(gone)
    try:
        files: Files = {"list.jsonl": RECORD, "img/a.png": PICTURE, "b.json": "{", "c.pdf": "x"}
        packed = write(tmp_path, {"raw.zip": zipped(files)}) / "raw.zip"
        _, outcomes = take(tmp_path / "content", packed)
    finally:
        tempfile.tempdir = None
    assert list(gone.iterdir()) == []
    told = [str(problem) for one in outcomes for problem in one.problems]
    assert len(told) == 1
    assert told[0].startswith(f"{packed}#b.json")
    assert ".pdf files" in [one.left_out for one in outcomes]
    for record in (tmp_path / "content").rglob("*.json"):
        assert "gone" not in record.read_text("utf-8")


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_no_name_in_an_archive_leads_out_of_its_folder(tmp_path: Path, pack: object) -> None:
    files: Files = {
        "../out.jsonl": RECORD,
        "/abs.jsonl": RECORD.replace("erry", "oat"),
        "a/../../out2.jsonl": RECORD,
        "list.jsonl": RECORD.replace("erry", "leet"),
        "img/a.png": PICTURE,
    }
    inside = tmp_path / "inside"
    inside.mkdir()
    tempfile.tempdir = str(inside)
    try:
        name = "raw.zip" if pack is zipped else "raw.tar.gz"
        data = zipped(files) if pack is zipped else tarred(files)
        articles, _ = take(tmp_path / "content", write(tmp_path, {name: data}) / name)
    finally:
        tempfile.tempdir = None
    assert sorted(article.title.split()[0] for article in articles) == ["Ferry", "Fleet", "Foat"]
    assert list(inside.iterdir()) == []
    assert not list(tmp_path.rglob("out*.jsonl"))


def test_a_link_in_an_archive_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PICTURE)
    with tarfile.open(tmp_path / "raw.tar", "w") as packed:
        told = tarfile.TarInfo("img/a.png")
        told.type, told.linkname = tarfile.SYMTYPE, str(tmp_path / "secret.png")
        packed.addfile(told)
        told = tarfile.TarInfo("img/b.png")
        told.size = len(PICTURE)
        packed.addfile(told, io.BytesIO(PICTURE))
        told = tarfile.TarInfo("list.jsonl")
        told.size = len(RECORD)
        packed.addfile(told, io.BytesIO(RECORD.encode()))
    (article,), _ = take(tmp_path / "content", tmp_path / "raw.tar")
    assert [image.src for image in article.images] == [""]


def test_two_files_of_one_name_cost_a_line(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as packed:
        for text in (RECORD, RECORD.replace("Ferry", "Boat")):
            told = tarfile.TarInfo("list.jsonl")
            told.size = len(text)
            packed.addfile(told, io.BytesIO(text.encode()))
        told = tarfile.TarInfo("img/a.png")
        told.size = len(PICTURE)
        packed.addfile(told, io.BytesIO(PICTURE))
    raw = write(tmp_path, {"raw.tar": out.getvalue()}) / "raw.tar"
    articles, outcomes = take(tmp_path / "content", raw)
    assert [article.title for article in articles] == [TITLE]
    (told_of,) = [problem for one in outcomes for problem in one.problems]
    assert str(told_of).startswith(f"{raw}#list.jsonl: can't be unpacked: File exists")


def test_archives_in_an_archive_are_folders_too_but_not_without_end(tmp_path: Path) -> None:
    files: Files = {"list.jsonl": RECORD, "img/a.png": PICTURE}
    for depth in range(2):
        files = {f"{depth}.zip": zipped(files)}
    raw = write(tmp_path, {"raw.zip": zipped(files)}) / "raw.zip"
    (article,), _ = take(tmp_path / "content", raw)
    assert article.images[0].src == ""  # it was read as it came, without what lay beside it
    (inner,) = files.values()
    shutil.rmtree(tmp_path / "content")
    raw = write(tmp_path, {"raw.zip": inner}) / "raw.zip"
    (article,), _ = take(tmp_path / "content", raw)
    assert article.images[0].src.startswith("a-")


def test_a_bomb_in_an_archive_costs_a_line(tmp_path: Path) -> None:
    bomb = b" " * (40 << 20)
    files: Files = {"bomb.json": bomb, "list.jsonl": RECORD, "img/a.png": PICTURE}
    raw = write(tmp_path, {"raw.zip": zipped(files)}) / "raw.zip"
    articles, outcomes = take(tmp_path / "content", raw)
    assert [article.title for article in articles] == [TITLE]
    told = [str(problem) for one in outcomes for problem in one.problems]
    assert told[0].startswith(f"{raw}#bomb.json: can't be unpacked: it unpacks to far more")


@pytest.mark.parametrize("damage", ["cut", "changed"])
def test_of_a_damaged_archive_what_stood_before_the_damage_counts(
    tmp_path: Path, damage: str
) -> None:
    noise = b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(9000))
    whole = tarred({"list.jsonl": RECORD, "img/a.png": PICTURE, "z.bin": noise})
    end = whole[-60:-30] if damage == "cut" else b"0" * 22 + whole[-38:]
    raw = write(tmp_path, {"raw.tar.gz": whole[:-60] + end}) / "raw.tar.gz"
    articles, outcomes = take(tmp_path / "content", raw)
    assert [article.title for article in articles] == [TITLE]
    (told,) = [problem for one in outcomes for problem in one.problems]
    assert told.path == str(raw)


@pytest.mark.skipif(sys.platform == "win32", reason="has no file size limit")
@pytest.mark.parametrize("name", ["export.zip", "export.tar", "rows.sqlite"])
def test_without_room_for_it_one_line_says_so(tmp_path: Path, name: str) -> None:
    """Not that its files are damaged, one by one."""
    site, given = ArchiveFolder(tmp_path / "site"), tmp_path / name
    table = "title,date,body\n" + "A story,2015-10-07,The crews went back to work.\n" * 9000
    files = {"list.csv": table.encode(), "pictures/a.jpg": b"\xff\xd8\xff" * 200_000}
    if name.endswith(".zip"):
        with zipfile.ZipFile(given, "w", zipfile.ZIP_DEFLATED) as packed:
            for path, data in files.items():
                packed.writestr(path, data)
    elif name.endswith(".tar"):
        with tarfile.open(given, "w") as tar:
            for path, data in files.items():
                entry = tarfile.TarInfo(path)
                entry.size = len(data)
                tar.addfile(entry, io.BytesIO(data))
    else:
        given.write_bytes(b"SQLite format 3\0" + bytes(1 << 19))
    call = ["import", str(given), "--jobs", "1", "--site", str(site.path)]
    done = faults.run(call, faults.Fault(site.path, largest=300_000))
    assert done.status == 1
    failed, told, summary = done.output.splitlines()
    assert failed.split() == ["failed", str(given)]
    assert told.startswith(f"{given}: takes more room than there is in {tempfile.gettempdir()}")
    assert summary == "Imported: 1 failed."

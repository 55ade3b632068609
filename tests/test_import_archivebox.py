"""The folder of ArchiveBox: of each page that it saved in many ways one article is made."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from archive_gen.article import Article
from archive_gen.content import frontmatter
from archive_gen.importers import read
from archive_gen.intake.ingest import ingest
from archive_gen.intake.inputs import Inputs, find_inputs
from archive_gen.intake.learning import Stated
from archive_gen.parallel import SerialMapper
from archive_gen.problems import Problem

TITLE = "Ferry returns to Orme Sound"
SAILED = "The car ferry between Port Orme and Hask sailed again on Sunday, weeks after a storm."
CROWD = "About two hundred people had come to the quay before sunrise to see it leave the harbour."
ADDRESS = "https://orme.example/news/ferry"
STORY = f"<p>{SAILED}</p><p>{CROWD}</p>"
PAGE = f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>{STORY}"
OF_WGET = "orme.example/news/ferry.html"
ALL = {
    "index.html": f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>Saved in 4 ways",
    "headers.json": '{"Status-Code": "200"}',
    "singlefile.html": f"{PAGE}<p>It was saved as one file, a clerk of the port said.</p>",
    "output.html": f"{PAGE}<p>It was saved by a browser, a clerk of the port said.</p>",
    OF_WGET: f"{PAGE}<p>It was saved by wget, a clerk of the port said.</p>",
    "readability/content.html": f"<div>{STORY}<p>It was found, a clerk of the port said.</p></div>",
    "readability/content.txt": f"{SAILED}\n{CROWD}",
    "readability/article.json": json.dumps({"title": TITLE, "byline": "Ada Quill"}),
    "htmltotext.txt": f"News\nSport\n{TITLE}\n{SAILED}\n{CROWD}",
    "output.pdf": "%PDF-1.4",
}


def saved(folder: Path, *names: str, wget: str = OF_WGET) -> Path:
    """A folder of ArchiveBox with a page that was saved in these ways."""
    page = folder / "data/archive/1615705800.12"
    result = {"status": "succeeded", "start_ts": "2021-03-15T09:33:01.5+00:00"}
    noted = {
        "schema": "Link",
        "url": ADDRESS,
        "title": TITLE,
        "timestamp": "1615705800.12",
        "tags": "harbour,ships",
        "sources": ["/data/sources/1615705800-import.txt"],
        "history": {"wget": [{**result, "output": wget}], "pdf": [{**result, "output": None}]},
    }
    files = {name: ALL[name] for name in names}
    for name, text in {**files, "index.json": json.dumps(noted)}.items():
        (page / name).parent.mkdir(parents=True, exist_ok=True)
        (page / name).write_text(text, "utf-8")
    data = folder / "data"
    for name in (
        "ArchiveBox.conf",
        "index.html",
        "sources/1615705800-import.txt",
        "logs/errors.log",
    ):
        (data / name).parent.mkdir(exist_ok=True)
        (data / name).write_text(f"{ADDRESS}\n{ADDRESS}/2\n", "utf-8")
    return data


def take(folder: Path, data: Path) -> tuple[list[Article], Inputs]:
    found = find_inputs([data])
    articles = []
    for outcome in ingest(folder / "content", found.files, Stated({}), SerialMapper()):
        assert outcome.status == "new", outcome.problems
        written = (folder / "content" / str(outcome.path)).read_bytes()
        article, problems = frontmatter.parse_bytes(written, "")
        assert article is not None, problems
        articles.append(article)
    return articles, found


@pytest.mark.parametrize(
    ("without", "told"),
    [
        (0, "saved as one file"),
        (1, "saved by a browser"),
        (2, "saved by wget"),
        (3, "found"),
    ],
)
def test_the_best_copy_of_a_page_is_read_and_the_others_are_counted(
    tmp_path: Path, without: int, told: str
) -> None:
    ways = ("singlefile.html", "output.html", OF_WGET)[:without]
    names = [name for name in ALL if name not in ways]
    (article,), found = take(tmp_path, saved(tmp_path, *names))
    end = f"It was {told}, a clerk of the port said."
    assert article.body.strip().split("\n\n") == [SAILED, CROWD, end]
    assert article.title == TITLE
    assert found.passed_over == {
        "more copies by ArchiveBox": len(names),
        "settings of ArchiveBox": 2,
        "sources/": 1,
        "logs/": 1,
    }


def test_what_is_noted_of_a_page_is_known_of_it(tmp_path: Path) -> None:
    (article,), _ = take(tmp_path, saved(tmp_path, *ALL))
    assert (article.url, article.tags) == (ADDRESS, ("harbour", "ships"))
    (record,) = (tmp_path / "content/_originals").glob("*/*.json")
    assert json.loads(record.read_bytes())["crawled"] == "2021-03-15"


def test_a_page_that_states_its_address_knows_better(tmp_path: Path) -> None:
    data = saved(tmp_path, *ALL)
    (file,) = data.rglob("singlefile.html")
    stated = '<head><link rel="canonical" href="https://orme.example/ferry">'
    file.write_text(ALL["singlefile.html"].replace("<head>", stated), "utf-8")
    (article,), _ = take(tmp_path, data)
    assert article.url == "https://orme.example/ferry"


def test_a_page_that_is_in_a_web_archive_alone_is_read_there(tmp_path: Path) -> None:
    data = saved(tmp_path, "index.html", "htmltotext.txt")
    (page,) = data.glob("archive/*")
    (page / "warc").mkdir()
    (page / "warc/1615705800.warc.gz").write_bytes(b"")
    assert find_inputs([data]).files == [page / "warc/1615705800.warc.gz"]


@pytest.mark.parametrize("wget", ["../../../secret.html", "a" * 5000, "\0", "."])
def test_no_copy_is_looked_for_elsewhere(tmp_path: Path, wget: str) -> None:
    (tmp_path / "secret.html").write_text(PAGE, "utf-8")
    data = saved(tmp_path, "index.html", wget=wget)
    assert find_inputs([data]).files == []


@pytest.mark.parametrize("noted", ["[1]", "{", '{"url": "https://orme.example"}'])
def test_any_other_folder_with_such_a_file_is_read_as_it_was(tmp_path: Path, noted: str) -> None:
    (tmp_path / "index.json").write_text(noted, "utf-8")
    for name in ("index.html", "output.html"):
        (tmp_path / name).write_text(PAGE, "utf-8")
    assert [file.name for file in find_inputs([tmp_path]).files] == [
        "index.html",
        "index.json",
        "output.html",
    ]


def test_a_zip_of_it_costs_a_line(tmp_path: Path) -> None:
    """Else there were an article for each of the ways."""
    saved(tmp_path, *ALL)
    file = Path(shutil.make_archive(str(tmp_path / "saved"), "zip", tmp_path, "data"))
    (problem,) = read(file)
    assert isinstance(problem, Problem)
    assert problem.hint == "unpack it first"


def test_a_page_in_the_folders_of_version_0_9(tmp_path: Path) -> None:
    data = tmp_path / "data"
    page = data / "archive/users/system/snapshots/20260104/orme.example/01934567-89ab"
    noted = [
        {"type": "Snapshot", "url": ADDRESS, "title": TITLE, "tags": "harbour,ships"},
        {"type": "ArchiveResult", "plugin": "singlefile", "status": "succeeded"},
    ]
    noted[0]["created_at"] = "2026-01-04T09:33:01+00:00"
    files = {
        "index.jsonl": "\n".join(map(json.dumps, noted)),
        "singlefile/singlefile.html": ALL["singlefile.html"],
        "dom/output.html": ALL["output.html"],
        "readability/content.html": ALL["readability/content.html"],
        "title/title.txt": TITLE,
        "headers/headers.json": ALL["headers.json"],
    }
    for name, text in files.items():
        (page / name).parent.mkdir(parents=True, exist_ok=True)
        (page / name).write_text(text, "utf-8")
    (data / "ArchiveBox.conf").write_text("", "utf-8")
    (article,), found = take(tmp_path, data)
    assert (article.title, article.url, article.tags) == (TITLE, ADDRESS, ("harbour", "ships"))
    assert article.body.strip().endswith("It was saved as one file, a clerk of the port said.")
    assert found.passed_over["more copies by ArchiveBox"] == len(files) - 1
    (record,) = (tmp_path / "content/_originals").glob("*/*.json")
    assert json.loads(record.read_bytes())["crawled"] == "2026-01-04"

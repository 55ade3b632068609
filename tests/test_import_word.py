"""Documents of Word: all of one is the article, under its title or its first line."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive_gen.article import Article, RawDocument
from archive_gen.cli import group
from archive_gen.importers import read
from archive_gen.intake.stated import clean_document
from archive_gen.problems import Problem
from tests.test_press_databases import NEXIS
from tests.word_files import line, note, packed, table

TITLE = "Board votes to rebuild north quay"
VOTED = "The harbour board voted on Tuesday to rebuild the north quay, eleven years after a storm."
WORK = "Work will begin in March and take two summers, said Ida Marsh, who chairs the board."


def article(folder: Path, body: str) -> Article:
    file = folder / "story.docx"
    file.write_bytes(packed(body))
    (found,) = read(file)
    assert isinstance(found, RawDocument)
    return clean_document(found).article


@pytest.mark.parametrize("style", ["Title", ""])
def test_a_document_is_an_article(tmp_path: Path, style: str) -> None:
    found = article(
        tmp_path,
        line(TITLE, style)
        + line("By Tom Hale")
        + line("4 May 2021")
        + line(VOTED)
        + line("Two summers", bold=True)
        + line(WORK)
        + line("We have waited.", "Quote")
        + line("The gulls came in at four,\nthe nets were hung.")
        + table(("Year", "Berths"), ("2010", "60"), ("2021", "40"))
        + line("It rained."),
    )
    assert (found.title, found.authors) == (TITLE, ("Tom Hale",))
    assert found.date is not None
    assert found.date.text == "2021-05-04"
    assert found.body.split("\n\n") == [
        VOTED,
        "## Two summers",
        WORK,
        "> We have waited.",
        "The gulls came in at four,  \nthe nets were hung.",
        "| Year | Berths |\n| --- | --- |\n| 2010 | 60 |\n| 2021 | 40 |",
        "It rained.",
    ]


def test_a_document_that_begins_with_a_paragraph_keeps_it(tmp_path: Path) -> None:
    long = f"{VOTED} {WORK}"
    assert article(tmp_path, line(long) + line(WORK)).body.split("\n\n") == [long, WORK]


def test_markup_in_a_document_is_text(tmp_path: Path) -> None:
    found = article(tmp_path, line(TITLE) + line(f"{VOTED} &lt;script&gt;x&lt;/script&gt;"))
    assert found.body == f"{VOTED} &lt;script>x&lt;/script>"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 and no more",
        packed(line(VOTED))[:-40],
        packed(""),
        packed("<w:p>"),
        packed("<w:p><w:r><w:drawing/></w:r></w:p>"),
    ],
    ids=["nothing", "a beginning", "cut", "empty", "broken", "a picture"],
)
def test_a_document_that_holds_no_text_costs_a_line(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "story.docx"
    file.write_bytes(data)
    (problem,) = read(file)
    assert isinstance(problem, Problem)


def test_a_document_that_unpacks_to_gigabytes_is_left(tmp_path: Path) -> None:
    file = tmp_path / "story.docx"
    file.write_bytes(packed(line("a" * 30_000_000)))
    (problem,) = read(file)
    assert isinstance(problem, Problem)
    assert "far more" in problem.message


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("a.doc", "soffice"),
        ("a.xlsx", "--convert-to csv"),
        ("a.ris", "text or HTML"),
    ],
)
def test_what_can_not_be_read_says_what_to_do(tmp_path: Path, name: str, way: str) -> None:
    file = tmp_path / name
    file.write_bytes(b"PK\x03\x04")
    (problem,) = read(file)
    assert isinstance(problem, Problem)
    assert way in problem.hint


def test_what_word_keeps_beside_an_open_document_is_none(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: Harbour\n", "utf-8")
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "story.txt").write_text(f"{TITLE}\n\n{VOTED}\n\n{WORK}\n", "utf-8")
    (folder / "~$story.docx").write_bytes(b"\x05Ida M")
    with zipfile.ZipFile(folder / "desk.zip", "w") as packed:
        packed.writestr("desk/~$story.docx", b"\x05Ida M")
        packed.writestr("desk/other.txt", f"{TITLE} again\n\n{WORK}\n\n{VOTED}\n")
    run = CliRunner().invoke(group, ["import", "--site", str(tmp_path), str(folder)])
    assert (run.exit_code, "~$" in run.output) == (0, False)


def test_a_folder_says_what_to_do_with_what_it_passes_over(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: Harbour\n", "utf-8")
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "story.txt").write_text(f"{TITLE}\n\n{VOTED}\n\n{WORK}\n", "utf-8")
    for name in ("a.doc", "b.doc", "c.ris"):
        (folder / name).write_bytes(b"x")
    told = CliRunner().invoke(group, ["import", "--site", str(tmp_path), str(folder)]).stderr
    assert "Passed over 3 files of other kinds: .doc 2, .ris 1." in told
    assert told.count("soffice") == 1


def nexis_in(form: str) -> bytes:
    parts = list(filter(str.strip, NEXIS.split("\n\n")))
    if form == "docx":
        return packed("".join(line(" ".join(part.split("\n"))) for part in parts))
    head = '<html><head><meta name="generator" content="LibreOffice 7.6"><style>p{}</style></head>'
    return f"{head}<body>{''.join(f'<p>{part}</p>' for part in parts)}</body></html>".encode()


@pytest.mark.parametrize("form", ["docx", "html"])
def test_a_download_of_a_press_database_is_many_articles(tmp_path: Path, form: str) -> None:
    file = tmp_path / f"nexis.{form}"
    file.write_bytes(nexis_in(form))
    first, second = (one for one in read(file) if isinstance(one, RawDocument))
    assert first.known["title"] == "Council votes to close the library"
    assert first.known["source"] == "Port Post"
    assert first.written_date.startswith("October 7, 2015")
    assert "Readers in the gallery" in first.text
    assert second.known["title"] == "Strike goes on"


def test_notes_stand_below_the_text_with_their_numbers(tmp_path: Path) -> None:
    body = line(TITLE, "Title") + line(VOTED) + note(1) + line(WORK) + note(2)
    file = tmp_path / "noted.docx"
    file.write_bytes(packed(body, "Minutes, 12 March 2019.", "The Harbour Post, 1911."))
    (found,) = read(file)
    assert isinstance(found, RawDocument)
    assert clean_document(found).article.body.split("\n\n") == [
        VOTED,
        "As they said.[1]",
        WORK,
        "As they said.[2]",
        "[1] Minutes, 12 March 2019.",
        "[2] The Harbour Post, 1911.",
    ]


LETTERHEAD = [
    "Port Halvane Harbour Board\n12 Quay Street\npress@harbour.example",
    "PRESS RELEASE",
    "Port Halvane, 4 May 2021",
]


def test_the_headline_of_a_letter_stands_below_its_head(tmp_path: Path) -> None:
    head = "".join(map(line, LETTERHEAD))
    found = article(tmp_path, head + line(TITLE, "Title") + line(VOTED) + line(WORK))
    assert found.title == TITLE
    assert found.date is not None
    assert (found.date.text, found.place, found.authors) == ("2021-05-04", "Port Halvane", ())
    assert found.body.split("\n\n") == [VOTED, WORK]


def test_a_heading_below_the_story_has_begun_is_none_of_its_head(tmp_path: Path) -> None:
    found = article(tmp_path, line(TITLE) + line(VOTED) + line("Next", "Title") + line(WORK))
    assert found.title == TITLE
    assert found.body.split("\n\n") == [VOTED, "## Next", WORK]

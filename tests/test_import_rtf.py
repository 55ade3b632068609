"""Rich Text Format: all of a document is the article, or it is a download of many."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive_gen.article import Article, RawDocument
from archive_gen.cli import group
from archive_gen.importers import read
from archive_gen.intake.stated import clean_document
from archive_gen.problems import Problem
from tests.rtf_files import FONTS, row, rtf, written
from tests.test_import_word import TITLE, VOTED
from tests.test_press_databases import FACTIVA, FACTIVA_BARE, NEXIS, PROQUEST

WORK = "Work will begin in March – and take “two summers” {at least} 🌊, said Ida Marsh of A\\B."


def found_in(folder: Path, data: bytes, name: str = "story.rtf") -> object:
    file = folder / name
    file.write_bytes(data)
    (found,) = read(file)
    return found


def article(folder: Path, data: bytes) -> Article:
    found = found_in(folder, data)
    assert isinstance(found, RawDocument)
    return clean_document(found).article


def test_a_document_is_an_article(tmp_path: Path) -> None:
    found = article(tmp_path, rtf(TITLE, "By Tom Hale", "4 May 2021", VOTED, "", WORK))
    assert (found.title, found.authors) == (TITLE, ("Tom Hale",))
    assert found.date is not None
    assert found.date.text == "2021-05-04"
    assert found.body.split("\n\n") == [VOTED, WORK]


def test_lists_and_tables_are_those_of_the_article(tmp_path: Path) -> None:
    found = article(
        tmp_path,
        written(
            TITLE,
            VOTED,
            r"{\*\pn\pnlvlblt}{\listtext\bullet\tab}The north wall",
            r"{\listtext\'b7\tab}The slipway < 40 m",
            r"{\listtext 3.\tab}A crane",
            r"{\listtext 4)\tab}A house",
            row("Year", "Berths")
            + row("2010", "")
            + row("2021", "40 & more")
            + r"\pard It rained.",
        ),
    )
    assert found.body.split("\n\n") == [
        VOTED,
        "- The north wall\n- The slipway < 40 m",
        "3. A crane\n4. A house",
        "| Year | Berths |\n| --- | --- |\n| 2010 |  |\n| 2021 | 40 & more |",
        "It rained.",
    ]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (r"\f1\'c3\'e0\'e2\'e0\'ed\'fc \'ee\'f2\'ea\'f0\'fb\'f2\'e0.", "Гавань открыта."),
        (r"Ma\u241\'f1ana se ver\'e1.", "Mañana se verá."),
        (r"\uc2\u24112\'8f\'ed\uc1 .", "帰."),
        ("The café is raw 8-bit.", "The café is raw 8-bit."),
    ],
)
def test_letters_are_those_of_the_font_and_the_code_page(
    tmp_path: Path, code: str, text: str
) -> None:
    found = article(tmp_path, written(TITLE, VOTED, code))
    assert found.body.split("\n\n")[-1] == text


def test_notes_stand_below_the_text(tmp_path: Path) -> None:
    first = r"{\super\chftn{\*\footnote \chftn\pard\plain {So the \b minutes\b0 \} of May.}}}"
    second = r"{\super\chftn {\footnote\ftnalt \pard\plain {\super\chftn } They were lost.}}"
    found = article(tmp_path, written(TITLE, f"{VOTED}{first}", f"It rained{second} then."))
    assert found.body.split("\n\n") == [
        f"{VOTED}[1]",
        "It rained[2] then.",
        "[1] So the minutes} of May.",
        "[2] They were lost.",
    ]


def test_what_a_reader_does_not_see_is_left_out(tmp_path: Path) -> None:
    picture = "{\\pict\\pngblip\\picw9 " + "89504e47\r\n" * 2_000 + "}"
    link = r'{\field{\*\fldinst{HYPERLINK "https://example.org/plan"}}{\fldrslt{the plan}}}'
    gone = r"{\rtlch\af0 \deleted\revauthdel1 He took money.}{\v Call her first.}\v0 "
    comment = r"{\*\atnid TH}{\*\annotation Is that safe to print?}"
    head = r"{\info{\title Memo}{\author Tom}}{\header Page 1}{\*\generator Word;}"
    found = article(
        tmp_path, written(head + TITLE, VOTED, picture + f"{gone}{comment}See {link} on C:\\\\v .")
    )
    assert found.title == TITLE
    assert found.body.split("\n\n") == [VOTED, "See the plan on C:\\v ."]


@pytest.mark.parametrize("download", [NEXIS, FACTIVA, FACTIVA_BARE, PROQUEST])
def test_a_download_of_a_press_database_is_many_articles(tmp_path: Path, download: str) -> None:
    file = tmp_path / "download.rtf"
    file.write_bytes(rtf(*download.split("\n")))
    first, second = (one for one in read(file) if isinstance(one, RawDocument))
    assert first.known["title"] == "Council votes to close the library"
    assert clean_document(first).article.authors == ("Ada Quill", "Bo Berg")
    assert second.known["title"] == "Strike goes on"
    assert first.document is None


def test_it_is_known_by_how_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(rtf(TITLE, VOTED)))
    monkeypatch.setattr(sys, "stdin", stream)
    (found,) = read(Path("-"))
    assert isinstance(found, RawDocument)
    assert clean_document(found).article.title == TITLE


def test_the_document_is_kept_beside_its_article(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: T\n", "utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "memo.rtf").write_bytes(rtf(TITLE, VOTED, WORK))
    ran = CliRunner().invoke(group, ["import", "--site", str(tmp_path), str(tmp_path / "memo.rtf")])
    assert ran.exit_code == 0, ran.output
    (kept,) = (tmp_path / "content").rglob("*.rtf")
    assert kept.read_bytes() == rtf(TITLE, VOTED, WORK)


ENDLESS_FONTS = r"{\fonttbl{" + r"\f1\fcharset1" * 3_000 + "}}"
MANY_FONTS = r"{\fonttbl{" + r"\f1\f1" * 20_000 + "x;}}"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"Not at all.", "it is no Rich Text Format"),
        (b"", "it is no Rich Text Format"),
        (rtf(), "has no text"),
        (rtf(VOTED, fonts=ENDLESS_FONTS), "its table of fonts is broken"),
        (rtf(VOTED, fonts=MANY_FONTS), "its table of fonts is broken"),
        (written(r"{\footnote " * 20_000), "has no text"),
        (written(VOTED + r"{\footnote They were", "lost."), ""),
        (written(VOTED, r"{\pict\bin}"), "can't be read further"),
        (written(VOTED, r"\u9999999999 x"), "can't be read further"),
        (written(VOTED, fonts=FONTS.replace("204", "78")), ""),
    ],
)
def test_a_broken_document_is_one_plain_line(tmp_path: Path, data: bytes, told: str) -> None:
    found = found_in(tmp_path, data)
    if told:
        assert isinstance(found, Problem)
        assert told in found.message
    else:
        assert isinstance(found, RawDocument)


def test_many_links_on_a_line_take_no_longer_than_as_many_on_lines_of_their_own(
    tmp_path: Path,
) -> None:
    link = r"{\field{\*\fldinst{ADDRESS}}{\fldrslt{harbour}}}"
    found = article(tmp_path, written(TITLE, VOTED, link * 20_000))
    assert found.body.split("\n\n")[-1] == "harbour" * 20_000

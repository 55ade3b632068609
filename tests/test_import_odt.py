"""Texts of LibreOffice: all of one is the article, but for what its pages do not show."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from archive_gen.article import Article, RawDocument
from archive_gen.importers import read
from archive_gen.intake.stated import clean_document
from archive_gen.problems import Problem
from tests.odt_files import items, line, note, packed, row, span
from tests.test_import_word import TITLE, VOTED, WORK


def found_in(folder: Path, data: bytes) -> object:
    file = folder / "story.odt"
    file.write_bytes(data)
    (found,) = read(file)
    return found


def article(folder: Path, body: str) -> Article:
    found = found_in(folder, packed(body))
    assert isinstance(found, RawDocument)
    assert found.document is not None
    return clean_document(found).article


@pytest.mark.parametrize("style", ["P1", "Text_20_body"])
def test_a_document_is_an_article(tmp_path: Path, style: str) -> None:
    link = '<text:a xlink:href="https://example.org/plan?a=1&amp;b=2">the plan</text:a>'
    found = article(
        tmp_path,
        line(TITLE, style)
        + line("By Tom Hale")
        + line("4 May 2021")
        + line(VOTED)
        + line(span("Two ", "B") + span("summers", "B"))
        + line(f"See {link}, {span('now', 'I')}<text:s text:c='3'/>or &lt;b&gt;never&lt;/b&gt;.")
        + line("We have waited.", "Quotations")
        + line("The gulls came in at four,<text:line-break/>the nets were hung.")
        + '<text:h text:outline-level="3">What it costs</text:h>'
        + line(WORK),
    )
    assert (found.title, found.authors) == (TITLE, ("Tom Hale",))
    assert found.date is not None
    assert found.date.text == "2021-05-04"
    assert found.body.split("\n\n") == [
        VOTED,
        "## Two summers",
        "See [the plan](https://example.org/plan?a=1&b=2), *now* or &lt;b>never&lt;/b>.",
        "> We have waited.",
        "The gulls came in at four,  \nthe nets were hung.",
        "## What it costs",
        WORK,
    ]


def test_lists_tables_and_notes_are_those_of_the_article(tmp_path: Path) -> None:
    inner = items("", line("of stone"))
    table = row(line("Year"), line("Berths")) + row(line("2021"), line("40") + line("or more"))
    found = article(
        tmp_path,
        line(TITLE)
        + line(f"{VOTED}{note('So the minutes.')}")
        + items("L1", line("A wall") + inner, line("A crane"))
        + items("L2", line("It is drawn."), line("It is built."))
        + f"<table:table><table:table-header-rows>{row(line('Year'), line('Berths'))}"
        + f"</table:table-header-rows>{row(line('2010'), '')}{row(line('2021'), line('40'))}"
        + "</table:table>"
        + line(WORK)
        + f"<table:table>{row(line('A'), line('B'))}"
        + f"{row(line('C'), f'<table:table>{table}</table:table>')}</table:table>",
    )
    assert found.body.split("\n\n") == [
        f"{VOTED}[1]",
        "- A wall\n- of stone\n- A crane",
        "1. It is drawn.\n2. It is built.",
        "| Year | Berths |\n| --- | --- |\n| 2010 |  |\n| 2021 | 40 |",
        WORK,
        "| A | B |\n| --- | --- |\n| C | Year Berths 2021 40 or more |",
        "[1] So the minutes.",
    ]


def test_what_its_pages_do_not_show_is_left_out(tmp_path: Path) -> None:
    deleted = f"<text:tracked-changes><text:deletion>{line('He took money.')}</text:deletion>"
    comment = f"<office:annotation>{line('Is that safe to print?')}</office:annotation>"
    hidden = "<text:hidden-text>Call her first.</text:hidden-text>"
    contents = f"<text:table-of-content>{line('Contents')}</text:table-of-content>"
    boxed = f"<draw:frame><draw:text-box>{line('The quay in 1961.')}</draw:text-box></draw:frame>"
    found = article(
        tmp_path,
        f"{deleted}</text:tracked-changes>"
        + contents
        + line(TITLE)
        + f"<text:section>{line(f'{comment}{VOTED}{hidden}{boxed}')}</text:section>"
        + line(WORK),
    )
    assert (found.title, found.body.split("\n\n")) == (TITLE, [VOTED, "The quay in 1961.", WORK])


def test_it_is_known_by_how_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(packed(line(TITLE) + line(VOTED) + line(WORK))))
    monkeypatch.setattr(sys, "stdin", stream)
    (found,) = read(Path("-"))
    assert isinstance(found, RawDocument)
    assert clean_document(found).article.title == TITLE


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "can't be read further"),
        (packed(line(VOTED))[:-40], "can't be read further"),
        (packed(""), "has no text"),
        (packed("<text:p>"), "has no text"),
        (packed("<draw:frame/>"), "has no text"),
        (packed(line(VOTED), "<manifest:encryption-data/>"), "is locked"),
        (packed(line("a" * 30_000_000)), "far more"),
    ],
    ids=["nothing", "cut", "empty", "broken", "a picture", "locked", "a bomb"],
)
def test_a_document_that_holds_no_text_costs_a_line(tmp_path: Path, data: bytes, told: str) -> None:
    found = found_in(tmp_path, data)
    assert isinstance(found, Problem)
    assert told in found.message

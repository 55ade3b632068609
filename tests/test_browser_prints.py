"""A page that a browser printed: what stands around its sheets is read, and is no part of it."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from archive_gen.importers import read
from tests.imported import imported

TITLE = "Ferry returns to Orme Sound after nine weeks, and brings the post with it"
WINDOW = f"{TITLE} | The Orme Courier"
ADDRESS = "https://courier.example/2021/03/ferry-returns.html"
MOMENT = "3/28/21, 3:01 PM"
STORY = [
    "The car ferry between Port Orme and the island of Hask sailed again on Sunday, nine weeks "
    "after its ramp broke in a storm that also took the roof of the harbour office and the lamp.",
    "About two hundred people had come to the quay before sunrise. Many of them had not seen "
    "their relatives on the other side since the first days of January, when the storm came.",
    "The county paid for the new ramp, which cost 1.4 million crowns. It was built in a yard at "
    "Tolland and came by barge, which had to wait two weeks for calm water off the point.",
    "Engineers will look at the old pier in April. Until then no lorry of more than twelve tonnes "
    "may go on board, the harbour master said on Monday.",
]
LINES = [
    *("Home", "News", "Sport"),
    *textwrap.wrap(TITLE, 40),
    *("By Ada Quill", "14 March 2021"),
    *(line for one in STORY for line in textwrap.wrap(one, 112)),
    *("More stories", "© The Orme Courier"),
]
PER_SHEET = 6
SHEETS = -(-len(LINES) // PER_SHEET)
FORMS = {
    "pdftotext": f"{MOMENT}\n\n{WINDOW}\n\n%s\n\n{ADDRESS}\n\n%d/{SHEETS}\n\n\f",
    "pdftotext -layout": f"{MOMENT}      {WINDOW}\n\n\n%s\n\n\n{ADDRESS}      %d/{SHEETS}\n\f",
    "pdftotext -raw": f"%s\n{MOMENT} {WINDOW}\n{ADDRESS} %d/{SHEETS}\n\f",
    "PyMuPDF": f"%s\n{MOMENT}\n{WINDOW}\n{ADDRESS}\n%d/{SHEETS}\n",
    "Firefox": f"{WINDOW}      {ADDRESS}\n%s\n%d of {SHEETS}      {MOMENT}\n\f",
    "in German": f"{WINDOW}\n\n{ADDRESS}\n\n%s\n\n%d von {SHEETS}\n\n28.03.21, 15:01\n\n\f",
}


def printed(form: str) -> str:
    sheets = range(SHEETS)
    cut = ["\n".join(LINES[at * PER_SHEET : (at + 1) * PER_SHEET]) for at in sheets]
    return "".join(form % (sheet, number) for number, sheet in enumerate(cut, start=1))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_a_browser_prints_around_a_page_is_read(tmp_path: Path, form: str) -> None:
    article = imported(tmp_path, printed(form))
    assert (article.title, article.url) == (TITLE, ADDRESS)
    assert str(article.date and article.date.text) == "2021-03-14"
    assert article.body.strip().split("\n\n") == STORY


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("11/9/21, 3:01 PM", "2021-11-09"),
        ("28/11/2021, 15:01", "2021-11-28"),
        ("28.11.21, 15:01", "2021-11-28"),
        ("2021/11/28 15:01", "2021-11-28"),
        ("09/11/2021, 15:01", None),
        ("31/31/2021, 15:01", None),
    ],
)
def test_the_day_of_print_is_told_where_it_is_plain(
    tmp_path: Path, moment: str, day: str | None
) -> None:
    (tmp_path / "story.txt").write_text(
        printed(FORMS["pdftotext"].replace(MOMENT, moment)), "utf-8"
    )
    (found,) = read(tmp_path / "story.txt")
    crawled = getattr(found, "crawled", None)
    assert (crawled and crawled.text) == day


def test_an_address_that_was_too_long_to_print_is_none(tmp_path: Path) -> None:
    article = imported(tmp_path, printed(FORMS["PyMuPDF"].replace(".html", "…")))
    assert (article.title, article.url) == (TITLE, "")


def test_where_no_line_is_the_headline_the_name_of_the_window_is(tmp_path: Path) -> None:
    named = printed(FORMS["PyMuPDF"].replace(WINDOW, "The post is back on the island of Hask"))
    lines = [line for line in named.split("\n") if line not in LINES[3:5]]
    assert imported(tmp_path, "\n".join(lines)).title == "The post is back on the island of Hask"


def test_a_story_that_counts_and_dates_is_none_that_was_printed(tmp_path: Path) -> None:
    story = "\n\n".join([TITLE, "By Ada Quill", "14 March 2021", *STORY[:2], "1/1", *STORY[2:]])
    assert imported(tmp_path, story).body.strip().split("\n\n") == STORY


def test_two_letters_that_a_pdf_has_in_one_sign_are_two(tmp_path: Path) -> None:
    text = printed(FORMS["PyMuPDF"]).replace("office", "oﬃce").replace("first", "ﬁrst")
    assert imported(tmp_path, text).body.strip().split("\n\n") == STORY

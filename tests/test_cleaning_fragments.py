"""Texts in which each link and each bold word of a page is a line of its own."""

from __future__ import annotations

import pytest

from archive_gen.article import RawDocument
from archive_gen.cleaning import clean
from archive_gen.cleaning.lines.blocks import split_paragraphs

MENU = "Home\nNews\nSport\nWeather\nAbout us\n"
STORY = """\
Ferry crews end their longest strike
October 7, 2015
Ferry crews at
Lorne Harbour
went back to work on Monday after a strike of nineteen days,
the longest
in the history of the port.
The harbour office agreed to shorter shifts, and
Odile Marrant
, who speaks for the crews, gave up their demand for a bonus (
as she had said
) on Sunday.
Hanna Quell
's report on the talks was read out to all who waited at the quay, according to the
Lorne Courier.
"We are tired and we are glad," said the master of the
Corvina
. The first ferry left at six with forty passengers and a van full of bread.
Nobody on the island could remember a strike that had lasted for more than a week.
"""
PARAGRAPHS = """\
Ferry crews at Lorne Harbour went back to work on Monday after a strike of nineteen days, the \
longest in the history of the port.

The harbour office agreed to shorter shifts, and Odile Marrant, who speaks for the crews, gave up \
their demand for a bonus (as she had said) on Sunday.

Hanna Quell's report on the talks was read out to all who waited at the quay, according to the \
Lorne Courier.

"We are tired and we are glad," said the master of the Corvina. The first ferry left at six with \
forty passengers and a van full of bread.

Nobody on the island could remember a strike that had lasted for more than a week."""


def body(text: str) -> str:
    return clean(RawDocument("a.txt", b"", text)).article.body


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        MENU + STORY + "Contact us\nImprint\n",
        STORY.replace("Ferry crews at\n", "Ferry crews at \n").replace("\nwent", "\n went"),
    ],
    ids=["alone", "between menus", "with its blanks"],
)
def test_paragraphs_are_put_together(text: str) -> None:
    article = clean(RawDocument("a.txt", b"", text)).article
    assert article.body == PARAGRAPHS
    assert article.title == "Ferry crews end their longest strike"
    assert article.date is not None
    assert article.date.text == "2015-10-07"


def test_lines_keep_their_numbers() -> None:
    blocks = split_paragraphs(STORY)
    assert [(block.line, block.last) for block in blocks[:5]] == [
        (1, 1), (2, 2), (3, 7), (8, 12), (13, 15),
    ]  # fmt: skip


def test_so_are_lines_of_the_source_that_are_indented() -> None:
    text = """\
Ferry crews end their longest strike
October 7, 2015
Ferry crews at Lorne Harbour went back to work on Monday after a strike of nineteen days, and the
      first ferry left the harbour at six with forty passengers, a van of bread and the bishop of
      the islands, who had waited for all of the nineteen days.
The harbour office agreed to shorter shifts, and the crews gave up their demand for a bonus. Odile
      Marrant, who speaks for them, said that they were tired and glad.
"We are glad," said the master of the Corvina, which is the oldest of the ferries and has been on
      the line since it was opened.
"""
    assert [" ".join(part.split()) for part in text.replace("\n      ", " ").split("\n")[2:-1]] == (
        body(text).split("\n\n")
    )


@pytest.mark.parametrize(
    "lines",
    [
        "two cups of flour\na pinch of salt\nhalf a pound of butter\nfour eggs, beaten\nmilk",
        "news\nsport and games\nweather for today\nabout us\ncontact and imprint",
        "        * Ferry crews at Lorne Harbour end their strike of nineteen days\n"
        "        * Harbour office agrees to shorter shifts for all of its crews\n"
        "        * Nobody can remember a strike that lasted for more than a week\n"
        "        * First ferry leaves at six with forty passengers and the bishop",
    ],
    ids=["of a recipe", "a menu", "indented"],
)
def test_lists_stay_lists(lines: str) -> None:
    text = f"{PARAGRAPHS}\n\n{lines}\n"
    assert len(split_paragraphs(text)) == 5 + len(lines.splitlines())


def test_verse_stays_verse() -> None:
    verse = """\
The ferry leaves at six o'clock,
with bread and forty men on board,
      and all the bells of Lorne Harbour
      are ringing on the northern quay
"""
    assert len(split_paragraphs(verse)) == 4


@pytest.mark.parametrize(
    ("named", "headline"),
    [
        ("Ferry crews end their strike | Lorne Courier", "Ferry crews end their strike"),
        ("Ferry crews end their strike - lorne-courier.com", "Ferry crews end their strike"),
        ("Ferry crews end their strike | for good", ""),
        ("Ferry crews | Lorne Courier", ""),
    ],
)
def test_the_name_of_the_site_behind_a_headline_is_none_of_it(named: str, headline: str) -> None:
    """A name that nothing else tells; what may be a part of the headline stays."""
    text = f"{named}\n\n{STORY[37:]}"
    assert clean(RawDocument("a.txt", b"", text)).article.title == (headline or named)


def test_what_a_window_is_called_is_the_headline_without_the_site() -> None:
    text = (
        f"Ferry crews end their longest strike | The Lorne Courier\n{STORY[37:]}\nThe Lorne Courier"
    )
    assert clean(RawDocument("a.txt", b"", text)).article.title == (
        "Ferry crews end their longest strike"
    )

"""Tables within the story of a web page: those of data stay, layouts and menus are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_gen.article import ARTICLE, HTML, RawDocument
from archive_gen.cleaning import clean
from archive_gen.cleaning.base import Cell, Label, Page
from archive_gen.cleaning.html.tables import as_markdown
from archive_gen.cleaning.lines.blocks import split_blocks
from archive_gen.markup import to_html
from tests.html_pages import HEADLINE, STORY, cleaned, paragraphs

VOTES = (
    "<table><tr><th>Ward</th><th>Yes</th><th>No</th></tr>"
    "<tr><td>Quay|Mole</td><td>1,204</td><td></td></tr>"
    "<tr><td><b>Old</b> Town</td><td>980</td><td>911*</td></tr></table>"
)
WRITTEN = "\n".join(
    (
        "| Ward | Yes | No |",
        "| --- | --- | --- |",
        "| Quay\\|Mole | 1,204 |  |",
        "| Old Town | 980 | 911\\* |",
    )
)


def page(between: str) -> str:
    first, *rest = (f"<p>{each}</p>" for each in STORY)
    return (
        f"<!doctype html><html lang='en'><head><title>{HEADLINE}</title></head><body><article>"
        f"<h1>{HEADLINE}</h1>{first}{between}{''.join(rest)}</article></body></html>"
    )


def test_a_table_of_data_stays_where_it_stands() -> None:
    found = cleaned(page(VOTES))
    assert paragraphs(found) == [STORY[0], WRITTEN, *STORY[1:]]
    assert to_html(found.article.body).count("<td>") == 6


def test_two_tables_are_two() -> None:
    found = paragraphs(cleaned(page(VOTES + VOTES.replace("Old", "New"))))
    assert found[1:3] == [WRITTEN, WRITTEN.replace("Old", "New")]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td><a href='/1'>Home 1</a></td><td><a href='/2'>News 2</a></td></tr>"
        "<tr><td><a href='/3'>Sport 3</a></td><td><a href='/4'>Shop 4</a></td></tr></table>",
        "<table><tr><td>Share</td><td>Print</td></tr><tr><td>Mail</td><td>Save</td></tr></table>",
        "<table><tr><td>1911</td></tr><tr><td>2019</td></tr></table>",
        f"<table class='related-stories'>{VOTES.removeprefix('<table>')}",
    ],
    ids=["links", "buttons", "one column", "other stories"],
)
def test_others_do_not(table: str) -> None:
    assert "| --- |" not in cleaned(page(table)).article.body


def rows(table: str) -> list[list[str]]:
    """The cells of the first table in the built page."""
    html = to_html(cleaned(page(table)).article.body)
    found = re.findall(r"<tr>(.*?)</tr>", html.replace("\n", ""))
    return [[unescape(cell) for cell in re.findall(r"<t[hd]>(.*?)</t[hd]>", row)] for row in found]


def written(*lines: Sequence[str]) -> str:
    cells = ("".join(f"<td>{escape(cell)}</td>" for cell in line) for line in lines)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in cells)}</table>"


def test_figures_stand_under_their_heads_where_cells_span_rows_and_columns() -> None:
    assert rows(
        "<table><thead><tr><th rowspan=9>Year</th><th colspan=2>Party</th><th>Votes</th></tr>"
        "</thead><tr><td rowspan=2>1999</td><td>Left</td><td>North</td><td>10</td></tr>"
        "<tr><td>Right</td><td>South</td><td>20</td></tr>"
        "<tr><td>2003</td><td>Left</td><td>North</td><td>30</td></tr></table>"
    ) == [
        ["Year", "Party", "", "Votes"],
        ["1999", "Left", "North", "10"],
        ["", "Right", "South", "20"],
        ["2003", "Left", "North", "30"],
    ]


def test_columns_without_a_word_are_none() -> None:
    table = [["", "Left", "", "1"], ["", "Right", "", "2"]]
    assert rows(written(*table)) == [["Left", "1"], ["Right", "2"]]


@pytest.mark.parametrize("span", ["0", "-1", "x", "9" * 5000, "99999999"])
def test_spans_without_sense_cost_nothing(span: str) -> None:
    table = f"<table><tr><td colspan={span} rowspan={span}>1</td></tr>"
    body = cleaned(page(f"{table}{'<tr><td>2</td><td>3</td></tr>' * 50}</table>")).article.body
    assert len(body) < 5000


def test_a_wide_table_takes_no_more_room_than_its_words() -> None:
    wide = f"<table><tr><td>1</td>{'<td></td>' * 1000}<td>2</td></tr>"
    body = cleaned(page(f"{wide}{'<tr><td>3</td><td>4</td></tr>' * 1000}</table>")).article.body
    assert len(body) < 100_000


def test_each_cell_of_a_table_is_looked_at_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = [0, 0]
    label = Page.label

    def counting(self: Page, index: int) -> Label | None:
        looked[-1] += 1
        return label(self, index)

    monkeypatch.setattr(Page, "label", counting)
    for turn, number in enumerate((100, 200)):
        looked[-1] = 0
        cleaned(page(written(*[("Left", str(n)) for n in range(number)])))
        looked[turn] = looked[-1]
    assert looked[1] < 2.5 * looked[0]


def test_a_caption_stands_above_its_table() -> None:
    found = paragraphs(cleaned(page(VOTES.replace("<tr>", "<caption>In 1999</caption><tr>", 1))))
    assert found == [STORY[0], "In 1999", WRITTEN, *STORY[1:]]


def test_a_long_note_breaks_no_table() -> None:
    note = "counted twice " * 12
    table = [("Ward", "Votes"), ("1 Left", "10"), ("Quay", note.strip())]
    assert rows(written(*table)) == [list(row) for row in table]


def test_many_short_lines_break_no_table_either() -> None:
    lines = "".join(f"<li>A short line of praise, the {n}th</li>" for n in range(20))
    table = (
        f"<table><tr><th>For</th><th>Against</th></tr><tr><td>{lines}</td><td>1</td></tr></table>"
    )
    assert [len(row) for row in rows(table)] == [2, 2]


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from("ab \\|`*_[](){}:<>&;#1.-"), max_size=12))
def test_a_cell_shows_its_text_whatever_it_holds(text: str) -> None:
    cell = " ".join(f"{text} x".split())
    cells = {0: Cell(0, 0, 0), 1: Cell(0, 0, 1)}
    shown = to_html(as_markdown(cells, Page(split_blocks(f"{cell}\n7"), "", range(2), ())))
    assert [unescape(each) for each in re.findall(r"<th>(.*?)</th>", shown)] == [cell, "7"]


def test_a_layout_is_no_table() -> None:
    story = "".join(f"<p>{each}</p>" for each in STORY)
    layout = (
        f"<html><head><title>{HEADLINE}</title></head><body><table><tr><td>1</td><td><table><tr>"
        f"<td><h1>{HEADLINE}</h1>{story}</td></tr></table></td></tr><tr><td>2</td><td>3</td></tr>"
        "</table></body></html>"
    )
    assert paragraphs(cleaned(layout)) == STORY


def test_a_table_of_a_feed_stays() -> None:
    text = f"<p>{STORY[0]}</p>{VOTES}"
    body = clean(RawDocument("a", text.encode(), text, HTML + ARTICLE)).article.body
    assert body == f"{STORY[0]}\n\n{WRITTEN.replace('Old', '**Old**')}"


def test_markup_in_a_cell_is_text() -> None:
    hostile = VOTES.replace("980", "980 &lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:y)")
    html = to_html(cleaned(page(hostile)).article.body)
    assert "<script" not in html
    assert "href" not in html

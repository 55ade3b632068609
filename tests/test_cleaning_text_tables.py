"""Tables of a text are tables of its article: rows of cells with tabs or spaces between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.article import ARTICLE, PLAIN, RawDocument
from archive_gen.cleaning import clean
from archive_gen.cleaning.base import Cleaned, Label
from archive_gen.cleaning.forms.tabular import without_tables
from archive_gen.markup import to_html

HEAD = ["Board votes to rebuild the north quay after eleven years", "By Tom Hale", "4 May 2021"]
STORY = [
    "The harbour board voted on Tuesday to rebuild the north quay, eleven years after a storm tore "
    "its outer wall away and left the fishing fleet without a berth in winter.",
    "Work will begin in March and take two summers, said Ida Marsh, who chairs the board. The cost "
    "has risen from twelve million crowns to fourteen since last autumn.",
    "“We have waited long enough, and every year that we wait costs us another two metres of the "
    "quay,” she said. “Boats that go to San Telmo in winter may stay there for good.”",
]
BELOW = "The council meets again in June, when the ministry has to agree to the plan and the loan."
ROWS = [["Party", "Yes", "No"], ["Harbour list", "11", "2"], ["Town list", "4", "9"]]
TABLE = (
    "| Party | Yes | No |\n| --- | --- | --- |\n| Harbour list | 11 | 2 |\n| Town list | 4 | 9 |"
)
TABBED = "\n".join("\t".join(row) for row in ROWS)
SPACED = "Party          Yes   No\nHarbour list    11    2\nTown list        4    9"
LYNX = "   Party        Yes No\n   Harbour list 11  2\n   Town list    4   9"
DRAWN = """\
┌────────────┬───┬──┐
│Party       │Yes│No│
├────────────┼───┼──┤
│Harbour list│11 │2 │
├────────────┼───┼──┤
│Town list   │4  │9 │
└────────────┴───┴──┘"""
FOLDED = """\
+---------+-----+----+
| Party   | Yes | No |
+---------+-----+----+
| Harbour | 11  | 2  |
| list    |     |    |
+---------+-----+----+
| Town    | 4   | 9  |
| list    |     |    |
+---------+-----+----+"""
PIPED = "Party| Yes| No  \n---|---|---  \nHarbour list| 11| 2  \nTown list| 4| 9  "
HTML2TEXT = """\
 _____________________
|Party_______|Yes|No|
|Harbour_list|11_|2_|
|Town_list___|4__|9_|"""


def cleaned(*parts: str, media_type: str = PLAIN) -> Cleaned:
    text = "\n\n".join(parts)
    known = {"title": HEAD[0]} if media_type.endswith(ARTICLE) else {}
    return clean(RawDocument("x", text.encode(), text, media_type, known))


@pytest.mark.parametrize(
    "rows",
    [
        TABBED,
        TABBED.replace("\t", " \t"),
        TABBED.replace("\n", "\n\n"),
        SPACED,
        LYNX,
        DRAWN,
        FOLDED,
        HTML2TEXT,
        PIPED,
        TABLE,
    ],
    ids="tabs firefox blank-lines spaces lynx w3m folded html2text piped markdown".split(),
)
@pytest.mark.parametrize("below", [[BELOW], []], ids=["within the story", "at its end"])
def test_a_table_of_the_story_is_kept_with_its_heading(rows: str, below: list[str]) -> None:
    found = cleaned(*HEAD, *STORY, "Figures of the vote", rows, *below)
    assert found.article.body.split("\n\n") == [*STORY, "## Figures of the vote", TABLE, *below]
    told = [line.text for line in found.lines if line.label is Label.TABLE]
    assert told == [row for row in rows.split("\n") if row]


def test_it_is_a_table_for_readers() -> None:
    body = to_html(cleaned(*HEAD, *STORY, TABBED, BELOW).article.body)
    assert "<td>Harbour list</td>\n<td>11</td>" in body


def test_a_short_report_keeps_its_long_table() -> None:
    rows = [("Harlow", "3", "1"), *((f"Club {at}", str(at), "0") for at in range(20))]
    body = cleaned(*HEAD, *STORY[:2], "\n".join(map("\t".join, rows))).article.body
    assert body.startswith("\n\n".join([*STORY[:2], "| Harlow | 3 | 1 |"]))
    assert body.endswith("| Club 19 | 19 | 0 |")


def test_the_story_goes_on_below_a_table_at_its_end() -> None:
    facts = "Attendance: 612\nReferee: J. Carrow"
    page = [
        *HEAD,
        *STORY,
        facts,
        "League table",
        TABBED,
        BELOW,
        "Follow us on Facebook",
        "More sport",
    ]
    assert cleaned(*page).article.body.endswith(f"{TABLE}\n\n{BELOW}")
    notice = (
        "Copyright 2021 The Harbour Post. No part of this page may be sold, lent or hired again."
    )
    assert cleaned(*HEAD, *STORY, TABBED, notice).article.body.endswith(TABLE)


def test_a_table_of_a_text_without_spaces() -> None:
    story = (
        "港务局周二投票决定重建北码头，十一年前一场风暴摧毁了它的外墙，渔船队冬天没有泊位可停。" * 2
    )
    more = "工程将于三月开始，历时两个夏天，费用已从一千二百万上涨到一千四百万。"
    body = cleaned(
        "码头重建", story, more, "党派\t赞成\t反对\n港口\t11\t2\n城市\t4\t9"
    ).article.body
    assert body.endswith(
        "| 党派 | 赞成 | 反对 |\n| --- | --- | --- |\n| 港口 | 11 | 2 |\n| 城市 | 4 | 9 |"
    )


def test_of_a_text_that_is_an_article_it_is_kept_too() -> None:
    found = cleaned(*STORY, TABBED, BELOW, media_type=PLAIN + ARTICLE)
    assert found.article.body.split("\n\n") == [*STORY, TABLE, BELOW]


def test_cells_that_are_empty_or_mean_something_to_markdown() -> None:
    rows = "Berth\tBoat\tTons\n1\t*Ann*\t12\n2\t\t9\n3\ta|b\t"
    *_, table = cleaned(*HEAD, *STORY, rows).article.body.split("\n\n")
    assert table.split("\n")[2:] == [r"| 1 | \*Ann\* | 12 |", "| 2 |  | 9 |", r"| 3 | a\|b |  |"]
    assert "<td>a|b</td>" in to_html(table)


def test_a_table_above_the_story_is_none_of_it() -> None:
    weather = "Monday\t12\t4\nTuesday\t14\t6\nWednesday\t9\t3"
    found = cleaned(weather, *HEAD, *STORY, BELOW)
    assert found.article.body.split("\n\n") == [*STORY, BELOW]
    assert {line.label for line in found.lines[:3]} == {Label.FURNITURE}


@pytest.mark.parametrize(
    "line",
    [
        "By Tom Hale  The Harbour Post\nPublished  May 4, 2021 8:34am",
        "Home\tNews\tSport",
        "| Home | News | Sport |",
        "-----\n=====",
        "Home | News | Sport\nPort | Town | Isles",
        "1.\tA new wall of 212 metres\n2.\tForty berths\n3.\tA crane",
        "•\tA new wall of 212 metres\n•\tForty berths in 2023",
        "A boat  was lost.\nNobody on board\nknows why  2021",
        "Bears seen on a hill  - Local 01/30/2013, 8:27 p.m.\nSenator denies it  - Politics 1/30",
    ],
)
def test_what_is_no_table_stays_in_the_text(line: str) -> None:
    text = "\n\n".join([*HEAD, line, *STORY])
    assert without_tables(text) == (text, ())


def test_a_text_that_is_all_table_stays_as_it_is() -> None:
    text = "\n".join(["Votes of the council", "", TABBED])
    assert without_tables(text) == (text, ())
    assert "Harbour list 11 2" in cleaned(text).article.body


@given(st.text(st.sampled_from("a1. \t\n|-_"), max_size=120))
def test_each_line_is_in_the_text_or_a_table(end: str) -> None:
    text = "\n".join([*STORY, *STORY, *STORY, TABBED, end])
    left, tables = without_tables(text)
    rows = {number for table in tables for number in table.lines}
    for number, (line, now) in enumerate(zip(text.split("\n"), left.split("\n"), strict=True), 1):
        assert now == ("" if number in rows else line)
    assert all("".join(cells) for table in tables for cells in table.rows.values())

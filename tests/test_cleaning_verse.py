"""Verse, addresses and recipes keep the ends of their lines, and lists their numbers."""

from __future__ import annotations

import pytest

from archive_gen.article import ARTICLE, HTML, PLAIN, RawDocument
from archive_gen.cleaning import clean
from archive_gen.markup import to_html

READ = (
    "The poem was read on Tuesday at the quay, where some two hundred people had come together to "
    "remember the crew of the Margaret Ann, which was lost in the storm of 1911."
)
FOUND = (
    "Mr Hale wrote it in 1912, a year after the storm, and it was found among his papers when the "
    "house at Mill Street was sold last spring to a family from Harlow."
)
GULLS = [
    "The gulls came in from Cray at four,",
    "the nets were hung along the wall,",
    "and no one asked what they were for,",
    "for no one came to ask at all.",
]
BOAT = ["My father tied the last boat down", "and walked up through the evening rain."]
IN_LINES = [READ, "  \n".join(GULLS), "  \n".join(BOAT), FOUND]


def story(text: str, media_type: str) -> list[str]:
    known = {"title": "The last boat"} if media_type.endswith(ARTICLE) else {}
    return clean(RawDocument("x", text.encode(), text, media_type, known)).article.body.split(
        "\n\n"
    )


def page(inside: str) -> str:
    return (
        "<html><head><title>The last boat</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>The last boat</h1>{inside}</article></body></html>"
    )


@pytest.mark.parametrize(
    "verse",
    [
        f"<p>{'<br>'.join(GULLS)}</p><p>{'<br />'.join(BOAT)}</p>",
        f"<div>{'<br>'.join(GULLS)}<br><br>{'<br>'.join(BOAT)}</div>",
    ],
    ids=["paragraphs", "empty lines"],
)
@pytest.mark.parametrize("media_type", [HTML, HTML + ARTICLE])
def test_lines_of_verse_stay_lines(media_type: str, verse: str) -> None:
    text = f"<p>{READ}</p>{verse}<p>{FOUND}</p>"
    assert story(page(text) if media_type == HTML else text, media_type) == IN_LINES


def test_they_are_lines_for_readers() -> None:
    assert to_html(IN_LINES[2]) == f"<p>{BOAT[0]}<br>\n{BOAT[1]}</p>"


def test_quoted_lines_stay_quoted() -> None:
    text = f"<p>{READ}</p><blockquote>{'<br>'.join(BOAT)}</blockquote><p>{FOUND}</p>"
    assert story(text, HTML + ARTICLE)[1] == f"> {BOAT[0]}  \n> {BOAT[1]}"


def test_a_break_between_long_paragraphs_parts_them() -> None:
    assert story(f"<div>{READ}<br>{FOUND}</div>", HTML + ARTICLE) == [READ, FOUND]


@pytest.mark.parametrize("media_type", [PLAIN, PLAIN + ARTICLE])
def test_lines_of_text_stay_lines_where_blank_ones_part_paragraphs(media_type: str) -> None:
    parts = [READ, "\n".join(GULLS), "\n".join(BOAT), FOUND]
    head = "The last boat\n\nBy Tom Hale\n\n" if media_type == PLAIN else ""
    assert story(head + "\n\n".join(parts), media_type) == IN_LINES


@pytest.mark.parametrize(
    "lines",
    [
        ["- The pier is moved", "- the clay is drained,", "- the road is closed."],
        ["1. First the pier is moved,", "2. then the clay is drained."],
        ["(1) the pier, and", "(2) the road."],
        ["What comes next", "The council meets in May."],
        ["Franchise fee: $49,000", "Term: ten years"],
        ["organic cotton", "linen", "hemp, handmade", "fair trade."],
        ["Suggested companions", "Best overall", "Ordinary way:"],
        ["Pros:", "Keyboard lowers", "Strong, light", "Dual use"],
        ["Ada Quill, 44,", "of Harlow"],
    ],
)
@pytest.mark.parametrize("media_type", [PLAIN, PLAIN + ARTICLE])
def test_lists_tables_and_headings_without_blank_lines_are_no_verse(
    media_type: str, lines: list[str]
) -> None:
    head = "The last boat\n\nBy Tom Hale\n\n" if media_type == PLAIN else ""
    text = story(head + "\n\n".join([READ, "\n".join(lines), FOUND]), media_type)
    assert "  \n" not in "\n\n".join(text)


def test_items_of_a_list_are_items_each() -> None:
    text = f"The last boat\n\n{READ}\n\nThe plan:\n\n- A pier,\n- a road\n- a quay.\n\n{FOUND}"
    assert story(text, PLAIN)[2] == "- A pier,\n- a road\n- a quay."
    text = f"The last boat\n\n{READ}\n\n1. Tea, and\n2. cake\n\n{FOUND}"
    assert story(text, PLAIN)[1] == "1. Tea, and\n2. cake"


def test_where_each_line_is_a_paragraph_verse_is_paragraphs() -> None:
    lines = [READ, *GULLS, FOUND]
    assert story("\n".join(lines), PLAIN + ARTICLE) == lines


def test_what_looks_like_markup_at_the_start_of_a_line_is_none() -> None:
    (part,) = story("<p>Tea<br>- and cake<br># 9 Mill Street<br>1. door</p>", HTML + ARTICLE)
    assert to_html(part) == "<p>Tea<br>\n- and cake<br>\n# 9 Mill Street<br>\n1. door</p>"


def test_numbered_lists_are_numbered() -> None:
    lists = "<ol><li>Whisk</li><li>Wait<br>an hour</li><li>Bake</li></ol><ul><li>Salt</li></ul>"
    assert story(f"<p>{READ}</p>{lists}", HTML + ARTICLE)[1:] == [
        "1. Whisk\n2. Wait  \n  an hour\n3. Bake",
        "- Salt",
    ]


def test_preformatted_lines_stay_lines() -> None:
    lines = "\n".join([*GULLS, "", *BOAT])
    text = f"<p>{READ}</p><pre>\n{lines}\n</pre><p>{FOUND}</p>"
    assert story(text, HTML + ARTICLE) == IN_LINES


def test_raised_numbers_of_notes_are_no_digits_of_a_year() -> None:
    text = f"<p>{READ}<sup><a href='#n1'>1</a></sup> H<sub>2</sub>O, 3 m<sup>2</sup></p>"
    assert story(text, HTML + ARTICLE) == [f"{READ}[1] H2O, 3 m2"]


def test_a_text_may_be_all_verse() -> None:
    text = "\n\n".join(
        ("The last boat\nBy Edith Rowe", "\n".join(GULLS), "\n".join(BOAT), "Cray, 1911")
    )
    assert story(text, PLAIN)[:2] == ["  \n".join(GULLS), "  \n".join(BOAT)]
    lines = ["Marsh End to Penbury", "Take the boat and walk back.", "Oak Hill", "Steep at first."]
    text = "\n\n".join(("Four walks", "\n".join(lines[:2]), "\n".join(lines[2:])))
    assert "  \n" not in clean(RawDocument("x", b"", text)).article.body


def test_the_name_of_a_newspaper_above_a_headline_is_none() -> None:
    verse = "\n\n".join(("\n".join(GULLS), "\n".join(BOAT)))
    text = f"The Harlow Mercury\nPoetry Corner\nThe Last Boat\nBy Edith Rowe\n\n{verse}"
    assert clean(RawDocument("x", b"", text)).article.title == "The Last Boat"

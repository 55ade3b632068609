"""What stands at the ends of a dump's story and is none of it by its form."""

from __future__ import annotations

import pytest

from archive_gen.cleaning import NOTHING_LEARNED, Label, Learned, apply_rules, judged, label
from archive_gen.cleaning.base import Mark
from archive_gen.cleaning.lines.blocks import split_blocks
from archive_gen.cleaning.phrases import fold

HEADLINE = "Ferry crews at Lorne Harbour end their longest strike"
STORY = """\
Ferry crews at Lorne Harbour went back to work on Monday after a strike of nineteen days.
The harbour office agreed to shorter shifts, and the crews gave up their demand for a bonus.
"We are tired and we are glad," said Odile Marrant, who speaks for the crews of the ferries.
The first ferry left the harbour at six with forty passengers and a van full of bread."""


def labels(*lines: str, learned: Learned = NOTHING_LEARNED) -> dict[str, Label | None]:
    blocks = split_blocks("\n\n".join([HEADLINE, *lines]))
    page = label(blocks, learned)
    return {block.text: page.label(index) for index, block in enumerate(page.blocks)}


def in_story(line: str, where: int, learned: Learned = NOTHING_LEARNED) -> Label | None:
    """What ``line`` is before paragraph ``where`` of the story."""
    paragraphs = STORY.split("\n")
    paragraphs.insert(where, line)
    return labels(*paragraphs, learned=learned)[line]


def test_a_heading_heads_something() -> None:
    assert in_story("What the island says", 2) is Label.SUBHEADING
    assert in_story("What the island says", 4) is Label.FURNITURE


@pytest.mark.parametrize("where", [0, 2, 4])
def test_a_mail_address_alone_is_no_story(where: int) -> None:
    assert in_story("hanna.quell@lornecourier.example.com", where) is Label.FURNITURE


@pytest.mark.parametrize(
    "line",
    ["Illustration: Hanna Quell/Lorne Courier", "Credits: Ada Lund;", "Photo courtesy of Bo Lund"],
)
def test_who_made_a_picture_is_no_heading(line: str) -> None:
    assert in_story(line, 1) in (Label.CREDIT, Label.FURNITURE, Label.CAPTION)


def test_a_sentence_that_begins_with_pictures_stays() -> None:
    assert in_story("Photo by photo she put the old harbour together.", 1) is Label.BODY


def test_what_a_person_keeps_stays() -> None:
    line = "hanna.quell@lornecourier.example.com"
    kept = Learned(kept=frozenset([fold(line)]))
    assert in_story(line, 4, kept) is Label.BODY


def test_a_name_as_first_heading_is_none() -> None:
    paragraphs = STORY.split("\n")
    for line, expected in (
        ("Village Pictures", Label.FURNITURE),
        ("At a glance", Label.SUBHEADING),
    ):
        blocks = split_blocks("\n\n".join([HEADLINE, line, *paragraphs]))
        plain = apply_rules(blocks)
        plain.marks[1] = Mark(1, Label.SUBHEADING, "a short line above prose")
        page = judged(plain, [0.0, 0.5, *[0.9] * len(paragraphs)])
        assert page.label(1) is expected


def test_the_length_of_a_recording_heads_nothing() -> None:
    story = [f"{line} That was on day {day}." for day in range(4) for line in STORY.split("\n")]
    found = labels("5 March 2018", *story[:12], "50:55", *story[12:])
    assert found["50:55"] is Label.FURNITURE


def test_what_sources_say_is_story() -> None:
    assert in_story("Sources: the ferry is to be sold to the north.", 2) is Label.BODY


def test_the_times_of_a_programme_stay() -> None:
    times = ["18:00", "19:30", "21:15"]
    first, *rest = STORY.split("\n")
    evening = [line for time in times for line in (time, f"{rest[0]} It begins at that time.")]
    found = labels(first, *evening, *rest)
    assert Label.FURNITURE not in [found[time] for time in times]


def test_where_a_chart_is_from_is_no_story_but_where_the_story_is_from() -> None:
    assert in_story("Source: Bank of Lorne", 2) is Label.CREDIT
    assert in_story("Source: Bank of Lorne", 4) is not Label.CREDIT

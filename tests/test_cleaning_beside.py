"""What stands beside the story in a form that needs no judgement: and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.cleaning import BODY_LABELS, Label, apply_rules, label
from archive_gen.cleaning.base import Learned
from archive_gen.cleaning.lines.blocks import split_blocks
from archive_gen.cleaning.phrases import fold

STORY = [
    "The night ferry to the islands will not run this week, the harbour master said on Monday.",
    "Two of its three engines were found to be cracked when it was lifted out of the water.",
    "Passengers can change their tickets at the kiosk on the quay until the end of the month.",
    "The day ferry runs as before, and the mail goes with the boats of the fishermen until then.",
]
STORY_ENDS = [
    "The owner of the ferry has asked the state for the money that a third engine would cost.",
    "A decision is expected before the winter, when the sea is too rough for the smaller boats.",
    "Until then the islanders will have to plan their days around the timetable of the day ferry.",
]
TITLE = "Harbour master calls off the night ferry"
LINES = st.sampled_from(
    [
        *STORY,
        "Reply",
        "Log in to leave a comment",
        "November 19, 2019 at 8:56 am",
        "She bought a lighthouse for the price of a car and now she cannot find the door",
        "Why the most famous goose of the valley has moved to a hotel at the other end...",
        '<a href="https://ads.quay-post.example/">Buy boats</a>',
        "",
        "Harbour",
    ]
)


def body_of(lines: list[str], learned: Learned | None = None) -> list[str]:
    return label(split_blocks("\n".join(lines)), learned or Learned()).texts(*BODY_LABELS)


@given(st.lists(LINES, max_size=60))
def test_each_line_is_spoken_of_once_and_never_comes_to_the_body(lines: list[str]) -> None:
    page = label(split_blocks("\n".join(lines)))
    beside = [mark.index for mark in page.beside]
    assert len(set(beside)) == len(beside)
    assert not set(beside) & set(page.indexes(*BODY_LABELS))
    assert set(beside) <= set(range(len(page.blocks)))


def test_a_dump_that_was_written_twice_line_by_line_keeps_its_story() -> None:
    lines = [line for line in [TITLE, *STORY] for _ in range(2)]
    assert set(STORY) <= set(body_of(lines))


def test_times_without_a_day_are_those_of_a_live_report() -> None:
    lines = [TITLE, "", *STORY]
    entries = [
        f"The harbour master said that {number} boats had come back to the quay by then."
        for number in ("eight", "nine", "ten", "eleven", "twelve")
    ]
    for hour, entry in enumerate(entries, start=10):
        lines += [f"{hour}:30", entry]
    assert not apply_rules(split_blocks("\n".join(lines))).beside


def test_a_page_without_full_stops_is_no_list_of_headlines() -> None:
    lines = [line.rstrip(".") for line in STORY] * 3
    assert not apply_rules(split_blocks("\n".join(lines))).beside


def test_comments_are_known_by_their_control_though_the_site_repeats_it() -> None:
    comments = [
        "They have known about those engines for years and painted over the rust every spring.",
        "I took that boat to my wedding. It was late then, too, and nobody said a word of regret.",
        "Buy a new one. The town has spent more on the fountain that does not work than on this.",
    ]
    lines = [TITLE, "", *STORY, "", "Reply"]
    for comment in comments:
        lines += [comment, "Reply"]
    assert body_of(lines, Learned(furniture=frozenset({"reply"}))) == STORY


def test_a_person_may_keep_what_stands_beside() -> None:
    said = "A choir of forty sang in an empty hall after its train had been sent to the wrong town."
    lines = [TITLE, "", *STORY, said, said]
    key = split_blocks(said)[0].key
    assert said not in body_of(lines)
    assert said in body_of(lines, Learned(kept=frozenset({key})))


def gallery(
    count: int, text: str = "A goose on the quay of port number {}, seen from the sea"
) -> list[str]:
    return [
        line for n in range(1, count + 1) for line in (f"{n}/{count}", text.format(n), "Ada Lund")
    ]


@pytest.mark.parametrize("place", [2, 5])
def test_a_gallery_is_no_part_of_the_story_in_which_it_stands(place: int) -> None:
    lines = [TITLE, *STORY, *STORY_ENDS]
    dump = "\n\n".join([*lines[:place], *gallery(9), *lines[place:]])
    assert label(split_blocks(dump)).texts(*BODY_LABELS) == lines[1:]


def test_a_story_that_is_told_in_numbered_slides_stays() -> None:
    told = gallery(9, "On day {} the boats of the island came back with less herring than before.")
    assert set(told[1:10:3]) <= set(body_of([TITLE, STORY[0], *told]))


def test_what_a_person_keeps_stays_in_a_gallery() -> None:
    kept = gallery(9)[4]
    dump = "\n\n".join([TITLE, *STORY, *STORY_ENDS, *gallery(9)])
    found = label(split_blocks(dump), Learned(kept=frozenset({fold(kept)})))
    assert kept in found.texts(*BODY_LABELS)


def test_the_stamp_of_a_story_is_none_of_the_headlines_below_it() -> None:
    stamp = "October 19, 2017 | 1:59pm | Updated October 20, 2017 | 10:21am"
    other = "The famous goose number {} of the valley has moved to a hotel at the sea"
    lines = [TITLE, "", stamp, *map(other.format, range(9)), "", *STORY, *STORY_ENDS]
    found = label(split_blocks("\n".join(lines)))
    assert found.texts(Label.DATE) == [stamp]

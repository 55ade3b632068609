"""Live reports: their entries, and the times at which they were written."""

from __future__ import annotations

import pytest

from archive_gen.article import RawDocument
from archive_gen.cleaning import clean
from tests.html_pages import cleaned

HEADLINE = "Storm Ada: latest updates as trains are cancelled"
LEAD = "Storm Ada has brought winds of up to 90mph to the west coast of the island on Wednesday."
ENTRIES = [
    ("18:47", "That's all for today", "Thank you for following our report of the storm until now."),
    ("17:30", "Schools to open", "The county council says that all schools but three will open."),
    ("16:20", "Bridge reopens", "The bridge over the Severn has been opened to cars again."),
    ("14:12", "A roof in the field", "Maggie Dunn of Penbury has lost the roof of her old barn."),
    ("12:48", "Two are hurt", "Two people have been taken to hospital after a tree fell."),
    ("11:05", "All trains cancelled", "No trains will run west of Bristol until further notice."),
]
FOOT = "Share this article\nMost read\n12:00\nPlane lands\n11:00\nCat found\n10:00\nDog lost"


def dump(entries: list[tuple[str, str, str]]) -> str:
    """The body that is read from a dump of a live report."""
    lines = [HEADLINE, "By Nina Frost", "14 February 2018", LEAD]
    lines += [line for entry in entries for line in entry]
    text = "\n".join((*lines, FOOT))
    return clean(RawDocument("a.txt", b"", text)).article.body.strip()


def test_a_live_report_keeps_its_entries_and_their_times() -> None:
    expected = [LEAD, *(f"## {time}\n\n{head}\n\n{text}" for time, head, text in ENTRIES)]
    assert dump(ENTRIES).split("\n\n") == "\n\n".join(expected).split("\n\n")


@pytest.mark.parametrize(
    "times",
    [
        ("6.47pm", "5.30pm", "4.20pm", "2.12pm", "12.48pm", "11.05am"),
        ("18:47 GMT", "17:30 GMT", "16:20 GMT", "14:12 GMT", "12:48 GMT", "11:05 GMT"),
        ("11:05 Uhr", "12:48 Uhr", "14:12 Uhr", "16:20 Uhr", "17:30 Uhr", "18:47 Uhr"),
        ("11 am", "12 pm", "2 pm", "4 pm", "5 pm", "6 pm"),
        ("12 am", "1 am", "11 am", "12 pm", "1 pm", "2 pm"),
    ],
)
def test_clocks_are_written_in_many_ways(times: tuple[str, ...]) -> None:
    entries = [(time, *entry[1:]) for time, entry in zip(times, ENTRIES, strict=True)]
    body = dump(entries)
    assert all(f"## {time}\n\n{head}" in body for time, head, _ in entries)


def test_so_a_web_page_does() -> None:
    blocks = "".join(
        f"<div class=block><time>{time}</time><h2>{head}</h2><p>{text}</p></div>"
        for time, head, text in ENTRIES
    )
    page = f"<html><body><h1>{HEADLINE}</h1><p>{LEAD}</p>{blocks}</body></html>"
    body = cleaned(page).article.body
    assert all(f"## {time}\n\n## {head}\n\n{text}" in body for time, head, text in ENTRIES)


@pytest.mark.parametrize("times", ["0:59 2:41 0:12 9:01 1:13 7:44", "1:1 2:2 3:3 4:4 5:5 6:6"])
def test_what_is_in_no_order_or_no_time_is_no_live_report(times: str) -> None:
    entries = [(time, *entry[1:]) for time, entry in zip(times.split(), ENTRIES, strict=True)]
    assert f"## {times.split()[1]}\n\n{ENTRIES[1][1]}\n\n" not in dump(entries)

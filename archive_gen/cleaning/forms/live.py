"""Live reports: entries that each begin with a clock time in a line of its own.

To the model such a line is a date or a number: it keeps some and loses others, and in a short
report loses entries, too.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, Label, Mark
from archive_gen.cleaning.decide import is_open

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Block, Page

_ZONE = r"(?:gmt|bst|utc|[ecmp][sd]t|ces?t|msk|ist|jst|ae[sd]t)"
_CLOCK = re.compile(
    r"(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d))?"
    rf"\s?(?P<half>[ap]\.?m\.?|uhr|h)?\s?(?:\(?{_ZONE}\)?)?",
    re.IGNORECASE,
)
_LEAST = 5
"""Entries of a report, at least."""
_ORDERED = 0.8
"""Share of the entries that come in the order of their times, forwards or backwards."""
_HEADLINE = 14
"""Words of the headline of an entry, at most."""
_SENTENCE = 6
"""Words of a sentence, at least."""
_LONGEST_TIME = 16
"""Characters."""
_HALF_A_DAY = 12 * 60
_TOLD = 0.75
"""The chance that lines of a report get."""


def keep_reports(page: Page) -> None:
    """Keep the entries of a live report, their times as subheadings."""
    entries = find_entries(page.blocks)
    if not _are_story(page, entries):
        return
    for entry in entries:
        page.marks[entry.start] = Mark(
            entry.start, Label.SUBHEADING, "the time of an entry of a live report", certain=True
        )
        page.chances[entry.start] = max(page.chances[entry.start], _TOLD)
        for index in entry[1:]:
            if page.label(index) not in BODY_LABELS and is_open(page.marks[index]):
                page.marks[index] = Mark(index, Label.BODY, "of an entry of a live report")
                page.chances[index] = max(page.chances[index], _TOLD)


def _are_story(page: Page, entries: Sequence[range]) -> bool:
    """Whether some line of the entries was kept, or they have more words than all that was; else
    they may be news that stand beside another story."""
    lines = {index for entry in entries for index in entry}
    story = page.indexes(*BODY_LABELS)
    if not lines.isdisjoint(story):
        return True
    kept = sum(page.blocks[index].words for index in story)
    return sum(page.blocks[index].words for index in lines) > kept


def find_entries(blocks: Sequence[Block]) -> list[range]:
    """Of each entry its time, its headline, and its first sentences; nothing where a page is no
    live report."""
    times = {
        index: time
        for index, block in enumerate(blocks)
        if len(block.text) <= _LONGEST_TIME and (time := _minutes(block.text)) >= 0
    }
    if len(times) < _LEAST:
        return []
    found = [_entry(blocks, start, stop) for start, stop in pairwise((*times, len(blocks)))]
    entries = [entry for entry in found if blocks[entry[-1]].ends]
    steps = [
        later - earlier for earlier, later in pairwise(times[entry.start] for entry in entries)
    ]
    ordered = max(sum(step >= 0 for step in steps), sum(step <= 0 for step in steps))
    is_report = len(entries) >= _LEAST and ordered >= _ORDERED * len(steps)
    return entries if is_report else []


def _entry(blocks: Sequence[Block], start: int, stop: int) -> range:
    """From a time in line ``start`` over a headline to the last of the sentences that follow."""
    end = start + 1
    if end < stop and not _is_sentence(blocks[end]) and _may_head(blocks[end]):
        end += 1
    while end < stop and _is_sentence(blocks[end]):
        end += 1
    return range(start, end)


def _may_head(block: Block) -> bool:
    return block.words <= _HEADLINE and not block.prompt


def _is_sentence(block: Block) -> bool:
    return block.ends and block.words >= _SENTENCE and not block.prompt


def _minutes(text: str) -> int:
    """The clock time that is all of ``text``, in minutes from midnight; -1 if it is none."""
    match = _CLOCK.fullmatch(text) if text[:1].isdigit() else None
    if not match or not (match["minute"] or match["half"]):
        return -1
    half = (match["half"] or "")[:1].casefold()
    time = int(match["hour"]) * 60 + int(match["minute"] or 0)
    if half in ("a", "p"):
        time = time % _HALF_A_DAY + (_HALF_A_DAY if half == "p" else 0)
    return time

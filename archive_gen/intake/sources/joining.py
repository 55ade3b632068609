"""Two versions of a source's file in ``_sources/`` joined, as git merges what two people did.

Counts add up: what either has counted since the version that both began with. A decision that
either made, or took back, holds. Text in, text out; our comments stay.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archive_gen.cleaning.furniture import Counts
from archive_gen.cleaning.phrases import fold
from archive_gen.intake.sources.source_files import (
    OPPOSITE,
    Decision,
    Source,
    parse,
    with_counts,
    with_decision,
    with_links,
    without_decision,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES: tuple[Decision, Decision] = ("drop", "keep")
"""In this order the last word is that a line is story."""


def join(base: str, ours: str, theirs: str) -> tuple[str, list[str]]:
    """Our file with what they did; and the lines that one kept and the other dropped.

    ``base`` is the version that both began with, empty if there was none. A line that is
    disputed is kept: to lose a paragraph is worse. Raises ``ValueError`` with a sentence for a
    person if a version can't be read or ours can't be changed in place.
    """
    before = _read(base, "the common version") if base.strip() else Source("")
    mine, other = _read(ours, "our version"), _read(theirs, "their version")
    text, disputed = ours, []
    for name in _NAMES:
        opposite = OPPOSITE[name]
        old, now = _keys(before.lines(name)), _keys(other.lines(name))
        for line in before.lines(name):
            if fold(line) not in now:
                text = without_decision(text, line, name)
        ours_now = _keys(mine.lines(opposite)) - _keys(before.lines(opposite))
        for line in (line for line in other.lines(name) if fold(line) not in old):
            if fold(line) in ours_now:
                disputed.append(line)
            if name == "keep" or fold(line) not in ours_now:
                text = with_decision(text, line, name)
    if other.links != before.links:
        text = with_links(text, other.links)
    return with_counts(text, _added(before.counts, mine.counts, other.counts)), disputed


def _added(base: Counts, ours: Counts, theirs: Counts) -> Counts:
    """What was counted before, and by either since; exact as long as no document is in both."""
    return Counts(
        max(0, ours.documents + theirs.documents - base.documents),
        max(0, ours.day_first + theirs.day_first - base.day_first),
        max(0, ours.month_first + theirs.month_first - base.month_first),
        _summed(base.lines, ours.lines, theirs.lines),
        _summed(base.below, ours.below, theirs.below),
    )


def _summed(base: Counter[str], ours: Counter[str], theirs: Counter[str]) -> Counter[str]:
    lines = Counter(ours)
    lines.update(theirs)
    lines.subtract(base)
    return +lines


def _read(text: str, named: str) -> Source:
    source, problems = parse(text, "")
    if source is None:
        raise ValueError(f"{named} can't be read: {problems[0].message}")
    return source


def _keys(lines: Sequence[str]) -> frozenset[str]:
    return frozenset(map(fold, lines))

"""Features of place: where a line stands among paragraphs, prompts, dates and marked lines."""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, Label
from archive_gen.cleaning.model.columns import (
    column,
    log_column,
    rising_column,
    signed_column,
    since,
    until,
    windows,
    within,
)
from archive_gen.cleaning.model.words import PROSE_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Block
    from archive_gen.cleaning.model.columns import Columns

_LONGEST = 80
"""Words of a line that count: a page in one line shall not outweigh all."""
_RUN_ENDS = 3
"""So many lines without prose end a run of it."""

_RULE_CODES: dict[Label | None, int] = {None: 1} | {
    label: code
    for code, label in enumerate(
        sorted(Label, key=lambda label: (label not in BODY_LABELS, list(Label).index(label))), 2
    )
}
_KINDS = {
    kind: code
    for code, kind in enumerate(
        (
            "",
            "log in",
            "subscribe",
            "share",
            "cookies",
            "legal",
            "menu",
            "comments",
            "advertisement",
            "related",
        ),
        start=1,
    )
}
_OTHER_KIND = len(_KINDS) + 1
_OF_THE_PAGE = frozenset({"log in", "subscribe", "share", "cookies", "legal", "menu"})


def among_prose(blocks: Sequence[Block]) -> Columns:
    """Where the line stands among the paragraphs of the page."""
    prose = [block.words if block.ends and block.words >= PROSE_WORDS else 0 for block in blocks]
    short = [not block.ends and block.words < PROSE_WORDS for block in blocks]
    sums = [0, *accumulate([words if words < _LONGEST else _LONGEST for words in prose])]
    shorts = [0, *accumulate(short)]
    gaps = [0, *accumulate([block.gap_before and block.gap_after for block in blocks])]
    total = sums[-1] or 1
    columns = {
        "prose before": column([40 * before // total for before in sums[:-1]]),
        "prose words before": log_column(sums[:-1]),
        "prose words after": log_column([total - before for before in sums[1:]]),
        "since prose": since(prose),
        "until prose": until(prose),
    }
    before, after = windows(sums, 20)
    columns |= {
        "prose within 20 before": log_column(before),
        "prose within 20 after": log_column(after),
    }
    for reach in (8, 20):
        columns |= {
            f"short within {reach}": _share_within(shorts, reach),
            f"gaps within {reach}": _share_within(gaps, reach),
        }
    return columns


def _share_within(sums: Sequence[int], reach: int) -> bytes:
    """How many lines from ``reach`` before each to as many after it count, in twentieths.

    ``sums``: how many do up to each line.
    """
    counts, count = within(sums, reach), len(sums) - 1
    shares = bytearray(bytes(counts).translate(_twentieths(2 * reach + 1)))
    # At the page's edges fewer lines are near.
    for index in {*range(min(reach, count)), *range(max(0, count - reach), count)}:
        near = min(count, index + reach + 1) - max(0, index - reach)
        shares[index] = _twentieths(near)[counts[index]]
    return bytes(shares)


@cache
def _twentieths(whole: int) -> bytes:
    """A part of ``whole`` → how many twentieths of it that is, as a column says it."""
    return column([20 * min(part, whole) // whole for part in range(256)])


def in_runs(blocks: Sequence[Block]) -> Columns:
    """The run of prose that the line is in, beside the largest of the page."""
    run, apart, sizes, numbers = 0, 0, [0], []
    for block in blocks:
        words = block.words
        if words >= 20 or (words >= 6 and block.ends):
            apart = 0
            sizes[run] += words if words < _LONGEST else _LONGEST
        else:
            apart += 1
            if apart == _RUN_ENDS:
                run += 1
                sizes.append(0)
        numbers.append(run)
    most = max(sizes)
    best = sizes.index(most)
    of_run = {
        "run size": log_column(sizes),
        "run share": column([40 * size // (most or 1) for size in sizes]),
        "run from best": signed_column(range(-best, len(sizes) - best), 30),
    }
    return {name: bytes([values[run] for run in numbers]) for name, values in of_run.items()}


def among_prompts(blocks: Sequence[Block]) -> Columns:
    """The page's own words: what comes after ``Comments`` or ``Read more`` is rarely story."""
    kinds = [block.prompt for block in blocks]
    of_page = [kind in _OF_THE_PAGE for kind in kinds]
    return {
        "kind": bytes([_KINDS.get(kind, _OTHER_KIND) for kind in kinds]),
        "since comments": since([kind == "comments" for kind in kinds]),
        "since related": since([kind == "related" for kind in kinds]),
        "since page": since(of_page),
        "until page": until(of_page),
        "until others": until([kind in ("comments", "related") for kind in kinds]),
    }


def among_dates(dated: Sequence[bool]) -> Columns:
    """Lists of stories and comments are dated line by line; ``dated``: short, with time or year."""
    return {"since dated": since(dated), "until dated": until(dated)}


def among_marks(labels: Sequence[Label | None], story: range) -> Columns:
    """What the rules say of the line, and where headline and best run of prose stand to it."""
    count = len(labels)
    title = labels.index(Label.TITLE) if Label.TITLE in labels else None
    return {
        "rule": bytes([_RULE_CODES[label] for label in labels]),
        "since title": b"\xff" * count if title is None else rising_column(-title, count, 60),
        "story starts in": rising_column(story.start - count + 1, count, 60)[::-1],
        "story ended": rising_column(-story.stop, count, 60),
    }

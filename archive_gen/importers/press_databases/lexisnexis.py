"""LexisNexis: ``1 of 20 DOCUMENTS`` above each article, or ``End of Document`` below it.

The older form has its labels in capitals (``BYLINE:``), the newer one has not (``Byline:``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.importers.press_databases.base import (
    COUNTED,
    NO_PARTS,
    NUMBER,
    Parts,
    date_in,
    is_copyright,
    is_date,
    is_day,
    is_long,
    one_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive_gen.importers.press_databases.base import Fields

_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
_LENGTH = re.compile(rf"^[ \t]*(?:LENGTH|Length):[ \t]+{COUNTED}", re.MULTILINE)
_FULL = 50
"""Characters of a line that was broken at its end, at least."""
_LABEL = re.compile(r"([A-Z][A-Z-]{2,24}|[A-Z][a-z]+(?:-[A-Z][a-z]+)?):(?:[ \t]+|$)(.*)", re.DOTALL)
_HEAD = frozenset("byline section length dateline highlight".split())
_FOOT = frozenset(
    "load-date language graphic publication-type journal-code correction-date subject "
    "organization person company industry geographic acc-no notes url type".split()
)
_SURE = frozenset("load-date publication-type journal-code acc-no".split())
"""No text has these."""
_TERMS = "Classification"
_BODY = re.compile(r"Body[ \t]*(?:\n|\Z)")
_BODY_IN_CAPITALS = re.compile(r"BODY(?::[ \t]|:?[ \t]*(?:\n|\Z))")
_MOST_ABOVE_BODY = 4
"""Blocks between the head and the line that says ``Body``: more of what a label began."""
_MOST_ABOVE = 5
"""Blocks of title, source and day."""
_COVER = re.compile(
    r"^[ \t]*(?:Job Number|User Name|Date and Time|Documents?[ \t]\(\d)", re.MULTILINE
)


def divide(text: str) -> Parts:
    """By the lines that end an article, else by those that count them."""
    if not _LENGTH.search(text):
        return NO_PARTS
    if _END.search(text):
        *parts, after = _END.split(text)
        return Parts("", parts, after)
    before, *parts = NUMBER.split(text)
    return Parts(before, parts, "") if parts else NO_PARTS


def read(part: str) -> Fields:
    """Title, source and day; labelled blocks; the text; a foot of labels that is left behind.

    Where a word processor saved the newer form as text, each line is a block.
    """
    return _read(re.split(r"\n[ \t]*\n", part)) or _read(part.split("\n"))


def _read(parts: Iterable[str]) -> Fields:
    blocks = [block.strip() for block in parts if block.strip()]
    labels = [_label(block) for block in blocks]
    counted = [i for i, block in enumerate(blocks) if _LENGTH.match(block)]
    if len(counted) != 1:
        return {}
    in_capitals = _is_in_capitals(blocks[counted[0]])
    of_head = [
        label if _is_in_capitals(block) == in_capitals else ""
        for block, label in zip(blocks, labels, strict=True)
    ]
    first = next(i for i, label in enumerate(of_head) if label in _HEAD)
    start = _end_of_head(of_head, first)
    end = _start_of_foot(blocks, labels, start)
    above = _above(blocks[:first], in_capitals=in_capitals)
    spare = " ".join(_spare(blocks[end:], labels[end:]))
    if not above or counted[0] >= start or is_long(spare):
        return {}
    stated = {labels[i]: _value(blocks[i]) for i in range(first, start)}
    body = _without_mark(blocks[start:end], _BODY_IN_CAPITALS if in_capitals else _BODY)
    return {
        **above,
        "author": stated.get("byline", ""),
        "place": stated.get("dateline", ""),
        "summary": stated.get("highlight", ""),
        "content_text": "\n\n".join(map(_paragraph, body)),
    }


def _is_in_capitals(block: str) -> bool:
    return block.partition(":")[0].isupper()


def _without_mark(blocks: Sequence[str], mark: re.Pattern[str]) -> Sequence[str]:
    """Without the line above the text that says that it is one."""
    at = next((i for i, block in enumerate(blocks[:_MOST_ABOVE_BODY]) if mark.match(block)), None)
    if at is None:
        return blocks
    rest = mark.sub("", blocks[at], count=1)
    return [*blocks[:at], *([rest] if rest else ()), *blocks[at + 1 :]]


def _end_of_head(labels: Sequence[str], first: int) -> int:
    """Behind the last label of the head: it says each once, and nothing between them."""
    end = at = first
    while at < len(labels) and labels[at] and labels[at] not in labels[first:at]:
        at += 1
        if labels[at - 1] in _HEAD:
            end = at
    return end


def _start_of_foot(blocks: Sequence[str], labels: Sequence[str], start: int) -> int:
    """Where the text ends: at what no text says, or at what nothing but labels follow."""
    spare = [i for i in range(start, len(blocks)) if _spare(blocks[i : i + 1], labels[i : i + 1])]
    only = spare[-1] + 1 if spare else start
    sure = (
        i for i in range(start, len(blocks)) if labels[i] in _SURE or _are_terms(blocks, labels, i)
    )
    end = min(next(sure, len(blocks)), len(blocks))
    end = next((i for i in range(only, end) if _is_of_foot(blocks[i], labels[i])), end)
    while end > start and _is_of_foot(blocks[end - 1], labels[end - 1]):
        end -= 1
    return end


def _are_terms(blocks: Sequence[str], labels: Sequence[str], at: int) -> bool:
    return blocks[at] == _TERMS and any(label in _FOOT for label in labels[at + 1 : at + 2])


def _is_of_foot(block: str, label: str) -> bool:
    """Whether it is of the foot also right below a text, to which ``Notes: …`` may belong."""
    return (label in _FOOT and _is_in_capitals(block)) or is_copyright(block)


def _spare(blocks: Sequence[str], labels: Sequence[str]) -> list[str]:
    """What has no place in a foot."""
    return [
        block
        for block, label in zip(blocks, labels, strict=True)
        if label not in _FOOT and block != _TERMS and not is_copyright(block)
    ]


def _above(blocks: Sequence[str], *, in_capitals: bool) -> Fields:
    """Title, source and day: the older form, which has its labels in capitals, has the title last,
    the newer one first. Nothing if there is no day or no source above it."""
    blocks = [block for block in map(_without_copyright, blocks) if block]
    near = range(max(1, len(blocks) - _MOST_ABOVE), len(blocks))
    dates = [i for i in near if is_day(blocks[i])]
    dates = dates or [i for i in near if is_date(blocks[i])]
    at = (min if in_capitals else max)(dates, default=0)
    if at == 0:
        return {}
    is_last = at == 1 or (in_capitals and at + 1 < len(blocks))
    title = blocks[at + 1 :] if is_last else blocks[at - 2 : at - 1]
    spare = blocks[: at - 1] if is_last else [*blocks[: at - 2], *blocks[at + 1 :]]
    if is_long(" ".join(spare)) and not any(map(_COVER.search, spare)):
        return {}
    return {
        "title": one_line(title),
        "source": one_line([blocks[at - 1]]),
        "date": date_in(blocks[at]),
    }


def _paragraph(block: str) -> str:
    """A block in one line if it was broken to the width of the page."""
    lines = [" ".join(line.split()) for line in block.split("\n")]
    is_broken = all(len(line) >= _FULL for line in lines[:-1])
    return (" " if is_broken else "\n").join(lines)


def _label(block: str) -> str:
    match = _LABEL.match(block)
    name = match[1].lower() if match else ""
    return name if name in _HEAD or name in _FOOT else ""


def _value(block: str) -> str:
    match = _LABEL.match(block)
    return one_line([match[2]]) if match else ""


def _without_copyright(block: str) -> str:
    return "\n".join(line for line in block.split("\n") if not is_copyright(line.strip()))

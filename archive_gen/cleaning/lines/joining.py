"""Lines that belong together as one: what stands between their parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.scripts import are_in_a_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ITEM = re.compile(r"\s*(?:[•▪●■‣◦*+–—-]|\(?\d{1,3}[.)]|\[\d{1,3}\])\s")
"""Begins a line of its own."""
RULE = re.compile(r"\s*[-_=*~—–─]{3,}\s*")
"""A line that parts."""
COLUMNS = re.compile(r"\t| {3}")
"""Parts the columns of a table, whose rows stay rows."""
HYPHENS = 0.05
"""Share of lines that end within a word where words were parted; one line alone tells nothing."""
NARROW = 50
"""Characters of a line: in all narrower columns words are parted."""
_COMPOSITORS = "¬\xad⸗"
"""Signs with which no writer parts a word, only print and who reads it by machine."""
_PARTS = ("-", *_COMPOSITORS)
_OPENERS = ("(", "[", "“", "«", "„", "‘")
_CLOSER = re.compile(r"[,;.:!?)\]”’](?!\w)|['’]\w{1,2}\b")
"""Stands at the word before it."""


def parts_of(lines: Sequence[str], runs: Sequence[range]) -> list[tuple[int, int]]:
    """Start and stop of each line of the text once each of ``runs`` is joined to one line."""
    inner = {index for run in runs for index in run[1:]}
    stops = {run.start: run.stop for run in runs}
    return [(i, stops.get(i, i + 1)) for i in range(len(lines)) if i not in inner]


def joined(full: Sequence[int]) -> Iterator[range]:
    """``full`` lines, each with the one after it, as ranges."""
    start = end = -1
    for index in full:
        if index != end:
            if start >= 0:
                yield range(start, end + 1)
            start = index
        end = index + 1
    if start >= 0:
        yield range(start, end + 1)


def joiner(lines: Sequence[str], runs: Sequence[range]) -> Callable[[Sequence[str]], str]:
    """What joins the parts of a line: ``join``, or ``join_words`` where words are parted.

    In mail a hyphen at the end of a line is the writer's, in print it is mostly the compositor's:
    there many more lines end with one. Where columns are narrow one is enough.
    """
    inner = [index for run in runs for index in run[:-1]]
    parted = sum(is_parted(lines[index].rstrip(), lines[index + 1].lstrip()) for index in inner)
    is_narrow = max([len(lines[index].strip()) for index in inner], default=0) < NARROW
    return join_words if parted > max(not is_narrow, HYPHENS * len(inner)) else join


def join(lines: Sequence[str]) -> str:
    """The parts of one line put together; a hyphen at the end of one stays, a blank does not."""
    text = ""
    for line in lines:
        part = " ".join(line.split())
        goes_on = is_parted(text, part)
        text = text.rstrip(_COMPOSITORS) if goes_on else text
        is_close = (
            not text or text.endswith(_OPENERS) or _CLOSER.match(part) or are_in_a_row(text, part)
        )
        text += part if goes_on or is_close else f" {part}"
    return text


def join_words(lines: Sequence[str]) -> str:
    """``join``, but that a hyphen at the end goes: ``Thurs-``, ``day`` → ``Thursday``."""
    text = ""
    for line in lines:
        part = " ".join(line.split())
        text = text[:-1] + part if is_parted(text, part) else f"{text} {part}".lstrip()
    return text


def is_parted(line: str, after: str) -> bool:
    """Whether a word goes on from the end of ``line`` to the start of the next."""
    return line.endswith(_PARTS) and line[-2:-1].isalpha() and after[:1].islower()

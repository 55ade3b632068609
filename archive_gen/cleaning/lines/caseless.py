"""Texts that were broken to a width, in scripts whose letters have no case.

In Chinese and Japanese a line ends anywhere, in others where a word does; and small letters, which
tell elsewhere that a sentence goes on, there are none. What tells is that most long lines are about
as long as each other on paper, and that few of them end as sentences do, while sentences end within
them, or paragraphs end so. Lists of headlines are as even, but there no sentence ends.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width

from archive_gen.cleaning.characters import ends_sentence
from archive_gen.cleaning.lines.joining import COLUMNS, ITEM, RULE, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LETTERS = (
    "\u0590-\u06ff\u0900-\u0dff\u1000-\u109f\u1200-\u137f\u1780-\u17ff"
    "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
)
"""Hebrew, Arabic, the scripts of India, Burmese, Ethiopic, Khmer, Japanese, Chinese and Korean, all
of which end sentences with a mark."""
_BEGINS = re.compile(rf"\W{{0,9}}[{_LETTERS}]")
_SENTENCE = re.compile(rf"[{_LETTERS}][.!?。！？؟।۔።៕។။][”’»」』）)]?(?=[^.!?]{{2}})")
"""Ends within a line."""
_INDENTED = re.compile(r"[\u3000\t]|  ")
_WIDTHS = range(30, 200)
"""Letters as wide as Latin ones, of which a Chinese one takes two."""
_ENOUGH = 3
"""Full lines, at least."""
_ABOUT = 0.85
"""Of the width: a line that reaches so far is full, as is one on which no more word had room."""
_LONGEST_WORD = 16
_LONG = 0.6
"""Share of the width of long lines, …"""
_FULL = 0.6
"""… of which so many are full."""
_ENDING = 0.3
"""Share of the full lines that end as sentences do, at most."""
_WITHIN = 0.2
"""Share of them within which a sentence ends, at least, …"""
_PARAGRAPHS = 0.5
"""… or of the paragraphs that end as sentences do."""
_WIDER = 1.15
"""Times the width: a longer line is none of those that were broken, …"""
_LONGER = 0.15
"""… as this share of the long ones may be."""
_MOST = 0.9
"""Share of the lines that are no longer than the width."""
_TWICE = "WFA"
"""What takes two places, as Unicode calls it; what may take one or two takes two among these."""


def find_caseless_runs(lines: Sequence[str]) -> list[range]:
    """The ranges of indexes of ``lines`` that belong together; none in a text that was not broken,
    or whose letters have case."""
    begun = {i for i, line in enumerate(lines) if _BEGINS.match(line)}
    if len(begun) < _ENOUGH:
        return []
    pairs = [i for i, (line, after) in enumerate(pairwise(lines)) if line.strip() and after.strip()]
    if not pairs or 2 * len(begun.intersection(pairs)) < len(pairs):
        return []
    full = _full(lines, {i: _width(lines[i]) for i in pairs})
    runs = list(joined([*_of_paragraphs(lines, full)]))
    ending = sum(ends_sentence(lines[i].rstrip()) for i in full)
    within = sum(1 for i in full if _SENTENCE.search(lines[i]))
    paragraphs = sum(ends_sentence(lines[run[-1]].rstrip()) for run in runs)
    is_prose = within >= _WITHIN * len(full) or paragraphs >= _PARAGRAPHS * len(runs)
    return runs if is_prose and ending <= _ENDING * len(full) else []


def _full(lines: Sequence[str], widths: dict[int, int]) -> list[int]:
    """The lines that end for want of room, of those whose ``widths`` are given; none where too many
    are shorter or longer."""
    width = sorted(widths.values())[int(_MOST * (len(widths) - 1))]
    full = [
        i
        for i, taken in widths.items()
        if _LONG * width <= taken <= _WIDER * width
        and (taken >= _ABOUT * width or taken + _next_word(lines[i + 1]) >= width)
    ]
    followed = sum(taken >= _LONG * width for taken in widths.values())
    long = [taken for taken in map(_width, lines) if taken >= _LONG * width]
    wider = sum(taken > _WIDER * width for taken in long)
    are_enough = len(full) >= max(_ENOUGH, _FULL * followed)
    return full if are_enough and width in _WIDTHS and wider <= _LONGER * len(long) else []


def _of_paragraphs(lines: Sequence[str], full: Sequence[int]) -> Iterator[int]:
    """Those of the full lines after which a paragraph goes on."""
    for index in full:
        line, after = lines[index], lines[index + 1]
        parts = ITEM.match(after) or RULE.fullmatch(after) or COLUMNS.search(after.strip())
        if not parts and (_INDENTED.match(line) or not _INDENTED.match(after)):
            yield index


def _next_word(line: str) -> int:
    """How wide the first word is; 0 of a line without blanks, which could have ended anywhere."""
    word = line.split(None, 1)[0]
    return _width(word) if len(word) <= _LONGEST_WORD else 0


def _width(line: str) -> int:
    return sum(map(_places, line.strip()))


@lru_cache(1 << 14)
def _places(letter: str) -> int:
    """How many a letter takes in a line; vowels above and below others take none."""
    if category(letter) == "Mn":
        return 0
    return 2 if east_asian_width(letter) in _TWICE else 1

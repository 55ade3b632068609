"""What can be seen of each line and of its surroundings, in any language.

Here the features of a line alone; those of its words and of its place have modules of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from archive_gen.cleaning.characters import kinds, mapped
from archive_gen.cleaning.model.columns import column, log_column, twentieths
from archive_gen.cleaning.model.place import (
    among_dates,
    among_marks,
    among_prompts,
    among_prose,
    in_runs,
)
from archive_gen.cleaning.model.words import SEEN, copies, words_shared
from archive_gen.cleaning.story import is_cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Block, Label
    from archive_gen.cleaning.model.columns import Columns

_TIME = re.compile(rb"(?<!9)99?[:.]99(?!9)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SIZES = bytes(
    max(0, min(words, 6)) if words < 8 else 7 + (words >= 12) + (words >= 20)
    for words in range(-1, 255)
)
_ANY = bytes(value > 1 for value in range(256))


_MARKS = {
    "#": "|©@#•·→›»▶►▼*_/\\=<>{}[]~^+",
    ",": ",;،、，；",
}


def _shape_of(mark: str) -> str:
    """The ASCII character that stands for characters like ``mark``."""
    if mark.isalpha():
        return "A" if mark.isupper() else "a"
    if mark.isdigit():
        return "9"
    kind = next((kind for kind, marks in _MARKS.items() if mark in marks), mark)
    return kind if kind.isascii() else "?"


_SHAPES = kinds(_shape_of)
_CAPITAL = ord("A")


def measure(blocks: Sequence[Block], labels: Sequence[Label | None], story: range) -> Columns:
    """The features of all lines; ``labels`` is what the rules say of them.

    ``story`` is the main run of prose (``story.py``).
    """
    columns = _alone(blocks)
    columns |= _shape(blocks)
    columns |= _same_shape(columns)
    columns |= words_shared(blocks, labels)
    columns |= copies(blocks)
    columns |= among_prose(blocks)
    columns |= in_runs(blocks)
    columns |= among_prompts(blocks)
    columns |= among_dates(_dated(columns))
    columns |= among_marks(labels, story)
    return columns


_LAST = {
    mark: number
    for number, group in enumerate(
        (
            ".。।",
            "!！",
            "?？؟",
            "…",
            ":：",
            ",،、，;；",
            "\"”’»›」』“'",
            ")]）",
            "-–—",
            "|/>»→",
        ),
        start=4,
    )
    for mark in group
}
_FIRST = {
    mark: number
    for number, group in enumerate(
        (
            '"“„«「『',
            "'‘‹",
            "(（[",
            "-–—",
            "•▪●■‣◦*·",
            "#@",
            "|/>»→",
            "©",
            "\u200b",
        ),
        start=5,
    )
    for mark in group
}


@lru_cache(4096)
def _last(mark: str) -> int:
    """The class of a last character."""
    return _LAST.get(mark, 1 if mark.isalpha() else 2 if mark.isdigit() else 3)


@lru_cache(4096)
def _first(mark: str) -> int:
    """The class of a first character."""
    if mark.isalpha():
        return 1 if mark.isupper() else 2 if mark.islower() else 3
    return 4 if mark.isdigit() else _FIRST.get(mark, 0)


def _alone(blocks: Sequence[Block]) -> Columns:
    """What a block says of itself."""
    texts = [block.text for block in blocks]
    return {
        "words": column([block.words for block in blocks]),
        "characters": log_column(map(len, texts)),
        "ends": column([block.ends for block in blocks]),
        "last": column([_last(text[-1]) for text in texts]),
        "first": column([_first(text[0]) for text in texts]),
        "prompt": column([bool(block.prompt) + block.alone for block in blocks]),
        "gap before": column([block.gap_before for block in blocks]),
        "gap after": column([block.gap_after for block in blocks]),
        "cut": column([is_cut(text) for text in texts]),
    }


def _shape(blocks: Sequence[Block]) -> Columns:
    """Digits, capitals and marks."""
    seen = "\n".join([block.text[:SEEN] for block in blocks])
    shapes = mapped(seen, _SHAPES)[0].encode().split(b"\n")[: len(blocks)]
    sizes = list(map(len, shapes))
    digits = [shape.count(b"9") for shape in shapes]
    initials = [shape.count(b" A") + (shape[0] == _CAPITAL) for shape in shapes]
    words = [block.key.count(" ", 0, SEEN) + 1 for block in blocks]
    times = [
        (_has_time(shape) + 2 * _has_year(block.text, shape)) if count > 2 else 0
        for block, shape, count in zip(blocks, shapes, digits, strict=True)
    ]
    return {
        "capital words": twentieths(map(min, initials, words), words),
        "digits": twentieths(digits, sizes),
        "commas": column([shape.count(b",") for shape in shapes]),
        "marks": column([shape.count(b"#") for shape in shapes]),
        "time": column(times),
    }


def _has_time(shape: bytes) -> bool:
    return (b":99" in shape or b".99" in shape) and _TIME.search(shape) is not None


def _has_year(text: str, shape: bytes) -> bool:
    return b"9999" in shape and _YEAR.search(text, 0, SEEN) is not None


def _same_shape(columns: Columns) -> Columns:
    """How many lines of the page look alike: cards, comments and tables repeat a form."""
    sizes = columns["words"].translate(_SIZES)
    digits = columns["digits"].translate(_ANY)
    forms = list(
        zip(
            sizes,
            digits,
            *(columns[name] for name in ("last", "first", "gap before", "gap after")),
            strict=True,
        )
    )
    alike = Counter(forms)
    return {"same shape": log_column([alike[form] - 1 for form in forms])}


def _dated(columns: Columns) -> list[bool]:
    """Which short lines hold a time of day or a year."""
    return [
        time > 1 and words < 17
        for time, words in zip(columns["time"], columns["words"], strict=True)
    ]

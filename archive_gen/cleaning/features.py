"""What can be seen of each line and of its surroundings, in any language.

Here the features of a line alone; those of its words and of its place have modules of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from archive_gen.cleaning.columns import column, log_column
from archive_gen.cleaning.feature_place import (
    among_dates,
    among_marks,
    among_prompts,
    among_prose,
    in_runs,
)
from archive_gen.cleaning.feature_words import SEEN, copies, words_shared
from archive_gen.cleaning.story import find_story

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Block, Label
    from archive_gen.cleaning.columns import Columns

_TIME = re.compile(rb"(?<!9)99?[:.]99(?!9)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CUT = ("...", "…", "[…]", "[...]")
"""How the beginning of another story ends in a teaser."""
_SIZES = bytes(
    max(0, min(words, 6)) if words < 8 else 7 + (words >= 12) + (words >= 20)
    for words in range(-1, 255)
)
_ANY = bytes(value > 1 for value in range(256))
_SHAPE_NAMES = (
    "capitals",
    "capital words",
    "digits",
    "commas",
    "marks",
    "quotes",
    "time",
    "word length",
    "colons",
    "brackets",
    "inner ends",
)


class _Shapes(dict[int, str]):
    """Character → one that stands for its kind; each is looked up once in a run."""

    def __missing__(self, code: int) -> str:
        mark = chr(code)
        if mark.isalpha():
            kind = "A" if mark.isupper() else "a"
        elif mark.isdigit():
            kind = "9"
        else:
            kind = next((kind for kind, marks in _MARKS.items() if mark in marks), mark)
        self[code] = kind
        return kind


_MARKS = {
    "#": "|©@#•·→›»▶►▼*_/\\=<>{}[]~^+",
    '"': '"“”„«「」『』‘',
    ",": ",;،、，；",
    "(": "(（",
    ".": ".!?。！？؟।",
}
_SHAPES = _Shapes()
_ASCII_SHAPES = "".join(_SHAPES[code] for code in range(128)).encode().ljust(256)
_CAPITAL = ord("A")


def measure(blocks: Sequence[Block], labels: Sequence[Label | None]) -> Columns:
    """The features of all lines; ``labels`` is what the rules say of them."""
    columns = _alone(blocks)
    columns |= _shape(blocks)
    columns |= _same_shape(columns)
    columns |= words_shared(blocks, labels)
    columns |= copies(blocks)
    columns |= among_prose(blocks)
    columns |= in_runs(blocks)
    columns |= among_prompts(blocks)
    columns |= among_dates(_dated(columns))
    columns |= among_marks(labels, find_story(blocks))
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
        "asks": column([text.count("?") + text.count("!") for text in texts]),
        "cut": column([text.endswith(_CUT) for text in texts]),
    }


def _shape(blocks: Sequence[Block]) -> Columns:
    """Digits, capitals and marks."""
    rows = []
    for block in blocks:
        text = block.text[:SEEN]
        size = len(text)
        words = block.key[:SEEN].count(" ") + 1
        shape = _see(text)
        count = shape.count
        digits = count(b"9")
        capitals = count(b"A")
        rows.append(
            (
                20 * capitals // size,
                int(20 * min(1.0, (count(b" A") + (shape[0] == _CAPITAL)) / words))
                if capitals
                else 0,
                20 * digits // size,
                count(b","),
                count(b"#"),
                count(b'"'),
                bool(_TIME.search(shape)) + 2 * bool(_YEAR.search(text)) if digits else 0,
                4 * size // words,
                count(b":"),
                count(b"("),
                count(b". "),
            )
        )
    return {name: column([row[i] for row in rows]) for i, name in enumerate(_SHAPE_NAMES)}


def _see(text: str) -> bytes:
    """The kinds of all characters, a byte each."""
    if text.isascii():
        return text.encode().translate(_ASCII_SHAPES)
    return text.translate(_SHAPES).encode("ascii", "replace")


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

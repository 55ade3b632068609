"""What can be seen of each line and of its surroundings, in any language.

A feature is a column of bytes, one for each line. 0 stands for "no such line" (before the first
and after the last); what is measured takes 1 to 255. No feature knows words of a language: the
words that a page's own paragraphs share take the place of a list of stop words.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate, chain
from operator import add, mul, sub
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from archive_gen.cleaning.base import BODY_LABELS, Label
from archive_gen.cleaning.story import find_story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from archive_gen.cleaning.base import Block

_N = TypeVar("_N", int, float)
Columns: TypeAlias = "dict[str, bytes]"

_SEEN = 4000
"""Characters of a line that are looked at: more say nothing new."""
_PROSE_WORDS = 12
_TOP = 255

_TIME = re.compile(r"(?<!9)99?[:.h]99(?!9)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
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


_RULE_CODES: dict[Label | None, int] = {None: 1} | {
    label: code
    for code, label in enumerate(
        sorted(Label, key=lambda label: (label not in BODY_LABELS, list(Label).index(label))), 2
    )
}


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


def measure(blocks: Sequence[Block]) -> Columns:
    """The features of all lines: name → one byte a line."""
    columns = {name: _column(map(see, blocks)) for name, see in _OF_ONE_LINE.items()}
    columns |= _shape(blocks)
    columns |= _words_shared(blocks)
    columns |= _place(blocks)
    columns |= _story_sum(blocks)
    return columns


def _column(values: Iterable[float]) -> bytes:
    """Values from 0 up, as bytes from 1 to 255."""
    return bytes([1 + int(value) if value < _TOP - 1 else _TOP for value in values])


def _log(value: float) -> int:
    """Four steps an octave, for what spans orders of magnitude."""
    whole = int(value)
    if whole < 8:
        return whole
    bits = whole.bit_length()
    return bits * 4 - 8 + (whole >> (bits - 3) & 3)


_LOGS = bytes(1 + _log(value) for value in range(4096))


def _log_column(values: Iterable[int]) -> bytes:
    """Whole numbers of any size, as the bytes of their logarithms."""
    return bytes([_LOGS[value] if value < 4096 else 1 + _log(value) for value in values])


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


def _last(block: Block) -> int:
    """The class of the last character."""
    mark = block.text[-1]
    return _LAST.get(mark, 1 if mark.isalpha() else 2 if mark.isdigit() else 3)


def _first(block: Block) -> int:
    """The class of the first character."""
    mark = block.text[0]
    if mark.isalpha():
        return 1 if mark.isupper() else 2 if mark.islower() else 3
    return 4 if mark.isdigit() else _FIRST.get(mark, 0)


_OF_ONE_LINE: dict[str, Callable[[Block], float]] = {
    "words": lambda block: block.words,
    "characters": lambda block: _log(len(block.text)),
    "ends": lambda block: block.ends,
    "last": _last,
    "first": _first,
    "prompt": lambda block: bool(block.prompt) + block.alone,
    "gap before": lambda block: block.gap_before,
    "gap after": lambda block: block.gap_after,
}


def _shape(blocks: Sequence[Block]) -> Columns:
    """Digits, capitals and marks."""
    rows = []
    for block in blocks:
        text = block.text[:_SEEN]
        size = len(text)
        words = block.key[:_SEEN].count(" ") + 1
        shape = text.translate(_SHAPES)
        digits = shape.count("9")
        rows.append(
            (
                20 * shape.count("A") / size,
                20 * min(1.0, (shape.count(" A") + (shape[0] == "A")) / words),
                20 * digits / size,
                shape.count(","),
                shape.count("#"),
                shape.count('"'),
                bool(_TIME.search(shape)) + 2 * bool(_YEAR.search(text)) if digits else 0,
                4 * size / words,
                text.count(":"),
                shape.count("("),
                shape.count(". "),
            )
        )
    return {name: _column(row[i] for row in rows) for i, name in enumerate(_SHAPE_NAMES)}


def _words_shared(blocks: Sequence[Block]) -> Columns:
    """How much a line speaks with the words of the page's paragraphs, and of its short lines."""
    split = [frozenset(block.key[:_SEEN].split()) for block in blocks]
    prose = [block.ends and block.words >= _PROSE_WORDS for block in blocks]
    in_prose = _count(words for words, is_prose in zip(split, prose, strict=True) if is_prose)
    in_short = _count(words for words, is_prose in zip(split, prose, strict=True) if not is_prose)
    often = _at_least(in_prose, max(3, sum(prose) / 4))
    passed_over = often | {word for word in in_prose.keys() | in_short.keys() if len(word) <= 3}
    prose_again, short_again = _at_least(in_prose, 2), _at_least(in_short, 2)
    topical, common, elsewhere = [], [], []
    for words, is_prose in zip(split, prose, strict=True):
        telling = words - passed_over
        known = telling & (prose_again if is_prose else in_prose.keys())
        named = telling & (in_short.keys() if is_prose else short_again)
        topical.append(20 * len(known) / (len(telling) or 1))
        common.append(20 * len(words & often) / (len(words) or 1))
        elsewhere.append(20 * len(named) / (len(telling) or 1))
    copies = Counter(block.key for block in blocks)
    starts = Counter(block.key[:14] for block in blocks)
    return {
        "topical words": _column(topical),
        "common words": _column(common),
        "words of short lines": _column(elsewhere),
        "copies": _column(copies[block.key] - 1 for block in blocks),
        "same start": _column(starts[block.key[:14]] - 1 for block in blocks),
    }


def _count(lines: Iterable[frozenset[str]]) -> Counter[str]:
    """In how many lines each word stands."""
    return Counter(chain.from_iterable(lines))


def _at_least(counts: Counter[str], least: float) -> frozenset[str]:
    return frozenset(word for word, count in counts.items() if count >= least)


def _place(blocks: Sequence[Block]) -> Columns:
    """Where the line stands among the paragraphs of the page."""
    count = len(blocks)
    prose = [block.words if block.ends and block.words >= _PROSE_WORDS else 0 for block in blocks]
    long = [block.ends or block.words >= _PROSE_WORDS for block in blocks]
    sums = [0, *accumulate(min(words, 80) for words in prose)]
    shorts = [0, *accumulate(not each for each in long)]
    gaps = [0, *accumulate(block.gap_before and block.gap_after for block in blocks)]
    total = sums[-1] or 1
    columns = {
        "from end": _log_column(range(count - 1, -1, -1)),
        "prose before": _column([40 * before / total for before in sums[:-1]]),
        "prose words before": _log_column(sums[:-1]),
        "prose words after": _log_column([total - before for before in sums[1:]]),
        "since prose": _log_column(_since(prose)),
        "until prose": _log_column(_until(prose)),
        "short run before": _log_column(_since(long)),
        "short run after": _log_column(_until(long)),
        "page prose": _log_column([sums[-1]]) * count,
        "page prose share": _column([40 * sum(map(bool, prose)) / (count or 1)]) * count,
        "page gaps": _column([20 * gaps[-1] / (count or 1)]) * count,
    }
    for reach in (3, 8, 20):
        spans = list(map(add, *_windows(range(count + 1), reach)))
        columns |= {
            f"prose within {reach} before": _log_column(_windows(sums, reach)[0]),
            f"prose within {reach} after": _log_column(_windows(sums, reach)[1]),
            f"short within {reach}": _share_within(shorts, reach, spans),
            f"gaps within {reach}": _share_within(gaps, reach, spans),
        }
    return columns


def _windows(sums: Sequence[_N], reach: int) -> tuple[list[_N], list[_N]]:
    """How much a running sum grows in the ``reach`` lines before, and after, each line."""
    start = [*[sums[0]] * reach, *sums]
    stop = [*sums[reach + 1 :], *[sums[-1]] * (reach + 1)]
    return list(map(sub, sums[:-1], start)), list(map(sub, stop, sums[1:]))


def _share_within(sums: Sequence[int], reach: int, spans: Sequence[int]) -> bytes:
    """The share of lines within ``reach`` that ``sums`` counts, the line itself among them."""
    before, after = _windows(sums, reach)
    own = map(sub, sums[1:], sums)
    return _column(
        20 * (b + o + a) / (span + 1)
        for b, o, a, span in zip(before, own, after, spans, strict=True)
    )


def _since(present: Iterable[object]) -> list[int]:
    """How many lines ago the last true one was (for lines before the first: a lot)."""
    found, ago = [], 200
    for value in present:
        found.append(ago)
        ago = 0 if value else ago + 1
    return found


def _until(present: Sequence[object]) -> list[int]:
    """The same, looking down."""
    return _since(reversed(present))[::-1]


def _story_sum(blocks: Sequence[Block]) -> Columns:
    """Where the line stands to the best run of prose."""
    story = find_story(blocks)
    lines = range(len(blocks))
    return {
        "story starts in": _column([60 + max(-60, min(60, story.start - i)) for i in lines]),
        "story ended": _column([60 + max(-60, min(60, i - story.stop)) for i in lines]),
    }


def look_back(
    blocks: Sequence[Block], scores: Sequence[float], labels: Sequence[Label | None]
) -> Columns:
    """Features for a second look: what the first look and the rules made of each line."""
    kept = [score > 0.5 for score in scores]
    sizes = [min(block.words, 80) for block in blocks]
    sums = [0.0, *accumulate(map(mul, scores, sizes))]
    words = [0, *accumulate(sizes)]
    total = sums[-1] or 1.0
    columns = {
        "rule": bytes([_RULE_CODES[label] for label in labels]),
        "first look": _column(40 * score for score in scores),
        "story before": _column(40 * before / total for before in sums[:-1]),
        "story words before": _log_column(map(int, sums[:-1])),
        "story words after": _log_column(max(0, int(total - before)) for before in sums[1:]),
        "since story": _log_column(_since(kept)),
        "until story": _log_column(_until(kept)),
    }
    for reach in (2, 6, 15):
        for side, story, around in zip(
            ("before", "after"), _windows(sums, reach), _windows(words, reach), strict=True
        ):
            columns[f"story share {reach} {side}"] = _column(
                40 * told / (said or 1) for told, said in zip(story, around, strict=True)
            )
    return columns | _words_of_story(blocks, kept)


def _words_of_story(blocks: Sequence[Block], kept: Sequence[bool]) -> Columns:
    """How much a line speaks with the words of the lines taken for story."""
    split = [frozenset(block.key[:_SEEN].split()) for block in blocks]
    known = _count(words for words, is_kept in zip(split, kept, strict=True) if is_kept)
    short = {word for words in split for word in words if len(word) <= 3}
    passed_over = short | _at_least(known, sum(kept) / 4 + 1e-9)
    again = _at_least(known, 2)
    shares = []
    for words, own in zip(split, kept, strict=True):
        telling = words - passed_over
        said = telling & (again if own else known.keys())
        shares.append(20 * len(said) / (len(telling) or 1))
    return {"words of story": _column(shares)}

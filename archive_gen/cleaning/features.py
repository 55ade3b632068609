"""What can be seen of each line and of its surroundings, in any language.

A feature is a column of bytes, one for each line. 0 stands for "no such line" (before the first
and after the last); what is measured takes 1 to 255. No feature knows words of a language: the
words that a page's own paragraphs share take the place of a list of stop words.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from archive_gen.cleaning.story import find_story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from archive_gen.cleaning.base import Block

Columns: TypeAlias = "dict[str, bytes]"

_SEEN = 4000
"""Characters of a line that are looked at: more say nothing new."""
_PROSE_WORDS = 12
_TOP = 255

_TIME = re.compile(r"(?<!9)99?[:.h]99(?!9)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHAPE_NAMES = (
    "capitals", "capital words", "digits", "commas", "marks", "quotes", "time", "word length",
    "colons", "brackets", "inner ends",
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
    '"': "\"“”„«「」『』‘",
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
    """Steps of a fifth of an octave, for what spans orders of magnitude."""
    return int(value) if value < 8 else int(value).bit_length() * 4 - 8 + _fraction(int(value))


def _fraction(value: int) -> int:
    """The two bits below the highest one."""
    return (value >> (value.bit_length() - 3)) & 3


_LAST = {mark: number for number, group in enumerate((
    ".。।", "!！", "?？؟", "…", ":：", ",،、，;；", "\"”’»›」』“'", ")]）", "-–—", "|/>»→",
), start=4) for mark in group}
_FIRST = {mark: number for number, group in enumerate((
    "\"“„«「『", "'‘‹", "(（[", "-–—", "•▪●■‣◦*·", "#@", "|/>»→", "©", "\u200b",
), start=5) for mark in group}


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
        rows.append((
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
        ))
    return {name: _column(row[i] for row in rows) for i, name in enumerate(_SHAPE_NAMES)}


def _words_shared(blocks: Sequence[Block]) -> Columns:
    """How much a line speaks with the words of the page's paragraphs, and of its short lines."""
    split = [frozenset(block.key[:_SEEN].split()) for block in blocks]
    prose = [block.ends and block.words >= _PROSE_WORDS for block in blocks]
    in_prose: Counter[str] = Counter()
    in_short: Counter[str] = Counter()
    for words, is_prose in zip(split, prose, strict=True):
        (in_prose if is_prose else in_short).update(words)
    paragraphs = max(1, sum(prose))
    often = {word for word, count in in_prose.items() if count >= max(3, paragraphs / 4)}
    topical, common, elsewhere = [], [], []
    for words, is_prose in zip(split, prose, strict=True):
        own = int(is_prose)
        rare = [word for word in words if len(word) > 3 and word not in often]
        known = sum(in_prose[word] > own for word in rare)
        topical.append(20 * known / (len(rare) or 1))
        common.append(20 * len(words & often) / (len(words) or 1))
        elsewhere.append(20 * sum(in_short[word] > 1 - own for word in rare) / (len(rare) or 1))
    copies = Counter(block.key for block in blocks)
    starts = Counter(block.key[:14] for block in blocks)
    return {
        "topical words": _column(topical),
        "common words": _column(common),
        "words of short lines": _column(elsewhere),
        "copies": _column([copies[block.key] - 1 for block in blocks]),
        "same start": _column([starts[block.key[:14]] - 1 for block in blocks]),
    }


def _place(blocks: Sequence[Block]) -> Columns:
    """Where the line stands among the paragraphs of the page."""
    count = len(blocks)
    prose = [block.words if block.ends and block.words >= _PROSE_WORDS else 0 for block in blocks]
    short = [int(not block.ends and block.words < _PROSE_WORDS) for block in blocks]
    gapped = [int(block.gap_before and block.gap_after) for block in blocks]
    sums = [0, *accumulate(min(words, 80) for words in prose)]
    shorts = [0, *accumulate(short)]
    gaps = [0, *accumulate(gapped)]
    total = sums[-1] or 1
    lines = range(count)
    since = list(_since(prose))
    until = list(_since(prose[::-1]))[::-1]
    run = list(_since([1 - each for each in short]))
    run_after = list(_since([1 - each for each in short][::-1]))[::-1]
    columns = {
        "from end": _column(_log(count - 1 - i) for i in lines),
        "prose before": _column([40 * sums[i] / total for i in lines]),
        "prose words before": _column([_log(sums[i]) for i in lines]),
        "prose words after": _column([_log(total - sums[i + 1]) for i in lines]),
        "since prose": _column(map(_log, since)),
        "until prose": _column(map(_log, until)),
        "short run before": _column(map(_log, run)),
        "short run after": _column(map(_log, run_after)),
        "page prose": _column([_log(sums[-1])] * count),
        "page prose share": _column([40 * sum(map(bool, prose)) / (count or 1)] * count),
        "page gaps": _column([20 * gaps[-1] / (count or 1)] * count),
    }
    for reach in (3, 8, 20):
        edges = [(max(0, i - reach), min(count, i + reach + 1), i) for i in lines]
        columns[f"prose within {reach} before"] = _column([_log(sums[i] - sums[a]) for a, _, i in edges])
        columns[f"prose within {reach} after"] = _column([_log(sums[b] - sums[i + 1]) for _, b, i in edges])
        columns[f"short within {reach}"] = _column([20 * (shorts[b] - shorts[a]) / (b - a) for a, b, _ in edges])
        columns[f"gaps within {reach}"] = _column([20 * (gaps[b] - gaps[a]) / (b - a) for a, b, _ in edges])
    return columns


def _since(present: Sequence[int]) -> Iterable[int]:
    """How many lines ago the last one was that is not 0 (lines before the first: a lot)."""
    ago = 200
    for value in present:
        yield ago
        ago = 0 if value else ago + 1


def _story_sum(blocks: Sequence[Block]) -> Columns:
    """Where the line stands to the best run of prose."""
    story = find_story(blocks)
    lines = range(len(blocks))
    return {
        "story starts in": _column([60 + max(-60, min(60, story.start - i)) for i in lines]),
        "story ended": _column([60 + max(-60, min(60, i - story.stop)) for i in lines]),
    }


def look_back(blocks: Sequence[Block], scores: Sequence[float]) -> Columns:
    """Features for a second look, from how likely the first found each line to be story."""
    count = len(blocks)
    lines = range(count)
    kept = [score > 0.5 for score in scores]
    sums = [0.0, *accumulate(s * min(b.words, 80) for s, b in zip(scores, blocks, strict=True))]
    words = [0, *accumulate(min(block.words, 80) for block in blocks)]
    total = sums[-1] or 1.0
    columns = {
        "first look": _column(40 * score for score in scores),
        "story before": _column(40 * sums[i] / total for i in lines),
        "story words before": _column(_log(sums[i]) for i in lines),
        "story words after": _column(_log(max(0.0, total - sums[i + 1])) for i in lines),
        "since story": _column(map(_log, _since(kept))),
        "until story": _column(map(_log, list(_since(kept[::-1]))[::-1])),
    }
    for reach in (2, 6, 15):
        ends = [(max(0, i - reach), min(count, i + reach + 1)) for i in lines]
        columns[f"story share {reach} before"] = _column(
            40 * (sums[i] - sums[a]) / (words[i] - words[a] or 1) for i, (a, _) in enumerate(ends)
        )
        columns[f"story share {reach} after"] = _column(
            40 * (sums[b] - sums[i + 1]) / (words[b] - words[i + 1] or 1)
            for i, (_, b) in enumerate(ends)
        )
    return columns | _words_of_story(blocks, kept)


def _words_of_story(blocks: Sequence[Block], kept: Sequence[bool]) -> Columns:
    """How much a line speaks with the words of the lines taken for story."""
    split = [{word for word in block.key[:_SEEN].split() if len(word) > 3} for block in blocks]
    known = Counter(word for words, is_kept in zip(split, kept, strict=True) if is_kept for word in words)
    rare = {word for word, seen in known.items() if seen * 4 <= sum(kept)}
    shares = []
    for words, own in zip(split, kept, strict=True):
        telling = words & rare if own else words - (known.keys() - rare)
        said = sum(known[word] > own for word in telling)
        shares.append(20 * said / (len(telling) or 1))
    return {"words of story": _column(shares)}

"""What stands around a line of an HTML page: the elements above it, and what is written alike.

A story's paragraphs have the same tags and class names on nearly every site, and those of a
teaser have others; which ones these are, each page says itself by where its prose stands.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from operator import add
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from archive_gen.cleaning.model.columns import column, log_column, rising_column

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive_gen.cleaning.base import Block
    from archive_gen.cleaning.html.lines import Spot
    from archive_gen.cleaning.model.columns import Columns

_Key = TypeVar("_Key", str, int)
_STYLE = "lines kept share prose linked size".split()
_ABOVE = "lines kept share linked prose words".split()
_UP = (1, 2, 3)
"""Elements around a line that are looked at, counted from the one that holds its paragraph."""
_PLACE = "from-title from-first-long from-last-long up-to-story down-from-story".split()
NAMES = (
    *(f"style {name}" for name in _STYLE),
    *(f"up{steps} {name}" for steps in _UP for name in _ABOVE),
    *_PLACE,
)
"""The columns, in order."""
_DEEP = 4
"""So many of the elements around a line are looked at."""
_PARAGRAPH = 25
"""Words of a line that is surely a paragraph if the library kept it."""
_FAR = 100
_NO_DIGITS = str.maketrans("", "", "0123456789")


class Sums(NamedTuple):
    """What a group of lines has together: numbers of lines or of words."""

    lines: int = 0
    words: int = 0
    kept: int = 0
    kept_words: int = 0
    linked: int = 0
    linked_words: int = 0
    prose: int = 0


def around(
    blocks: Sequence[Block], spots: Sequence[Spot], kept: Sequence[bool], title: str
) -> Columns:
    """The columns for all lines; ``title`` is the folded headline."""
    rows = list(zip(blocks, spots, kept, strict=True))
    all_kept = sum(block.words for block, _, keep in rows if keep) or 1
    found = zip(_written_alike(rows, all_kept), _above(rows, all_kept), strict=True)
    table = b"".join(chain.from_iterable(found))
    width = len(NAMES) - len(_PLACE)
    return {name: table[at::width] for at, name in enumerate(NAMES[:width])} | _places(rows, title)


def _written_alike(rows: Sequence[tuple[Block, Spot, bool]], all_kept: int) -> Iterable[bytes]:
    """Of the lines whose elements have the same tags and class names."""
    styles = [_style(spot.style) for _, spot, _ in rows]
    sums = sums_of(styles, rows)
    most = max((each.prose for each in sums.values()), default=0) or 1
    told = {
        style: column(
            (
                each.lines,
                100 * each.kept // each.lines,
                100 * each.kept_words // all_kept,
                100 * each.prose // most,
                100 * each.linked // each.lines,
                each.words // each.lines,
            )
        )
        for style, each in sums.items()
    }
    return [told[style] for style in styles]


@lru_cache(1 << 13)
def _style(style: str) -> str:
    """Without numbers, which only count: ``paragraph-12``."""
    return style.translate(_NO_DIGITS)


def _above(rows: Sequence[tuple[Block, Spot, bool]], all_kept: int) -> Iterable[bytes]:
    """Of all that stands in the element that holds a line, and in those around that one."""
    holders = [spot.path[-1] for _, spot, _ in rows]
    paths = {spot.path[-1]: spot.path for _, spot, _ in rows}
    inside: dict[int, list[int]] = {}
    for holder, each in sums_of(holders, rows).items():
        for number in paths[holder][-_DEEP:]:
            total = inside.get(number)
            inside[number] = [*each] if total is None else list(map(add, total, each))
    one = {number: _of_element(Sums(*total), all_kept) for number, total in inside.items()}
    told = {
        holder: b"".join([one[path[max(0, len(path) - steps)]] for steps in _UP])
        for holder, path in paths.items()
    }
    return [told[holder] for holder in holders]


def _of_element(sums: Sums, all_kept: int) -> bytes:
    words = sums.words or 1
    lines, size = log_column((sums.lines, sums.words))
    shares = (
        100 * sums.kept_words // words,
        100 * sums.kept_words // all_kept,
        100 * sums.linked_words // words,
        100 * sums.prose // words,
    )
    return bytes((lines, *column(shares), size))


def sums_of(keys: Sequence[_Key], rows: Sequence[tuple[Block, Spot, bool]]) -> dict[_Key, Sums]:
    """What the lines of each key have together."""
    found: dict[_Key, list[int]] = {}
    for key, (block, spot, keep) in zip(keys, rows, strict=True):
        sums = found.get(key)
        if sums is None:
            sums = found[key] = [0] * len(Sums._fields)
        words = block.words
        sums[0] += 1
        sums[1] += words
        if keep:
            sums[2] += 1
            sums[3] += words
        if spot.linked > 0.5:
            sums[4] += 1
            sums[5] += words
        elif words >= 8 and block.ends:
            sums[6] += words
    return {key: Sums(*sums) for key, sums in found.items()}


def _places(rows: Sequence[tuple[Block, Spot, bool]], title: str) -> Columns:
    """How far headline, first and last sure paragraph are, in lines and in elements."""
    long = [i for i, (b, _, keep) in enumerate(rows) if keep and b.words >= _PARAGRAPH and b.ends]
    first, last = (long[0], long[-1]) if long else (0, len(rows))
    headline = _headline(rows, title)
    story = _holder([rows[index] for index in long])
    paths = {spot.path[-1]: spot.path for _, spot, _ in rows}
    shared = {holder: _shared(path, story) for holder, path in paths.items()}
    known = [shared[spot.path[-1]] for _, spot, _ in rows]
    count = len(rows)
    return {
        "from-title": rising_column(-headline, count, _FAR) if headline >= 0 else b"\1" * count,
        "from-first-long": rising_column(-first, count, _FAR),
        "from-last-long": rising_column(-last, count, _FAR),
        "up-to-story": column([len(story) - each for each in known]),
        "down-from-story": column(
            [len(spot.path) - each for (_, spot, _), each in zip(rows, known, strict=True)]
        ),
    }


def _headline(rows: Sequence[tuple[Block, Spot, bool]], title: str) -> int:
    """The last line that is the headline, else the first in an ``h1``; -1 for none."""
    same = [n for n, (block, _, _) in enumerate(rows) if block.key == title]
    return same[-1] if same else next((n for n, (_, s, _) in enumerate(rows) if s.kind == "h1"), -1)


def _holder(rows: Sequence[tuple[Block, Spot, bool]]) -> tuple[int, ...]:
    """The path of the element that holds the most words of ``rows``."""
    words: dict[tuple[int, ...], int] = {}
    for block, spot, _ in rows:
        words[spot.path] = words.get(spot.path, 0) + block.words
    return max(words, key=words.__getitem__, default=())


def _shared(path: tuple[int, ...], other: tuple[int, ...]) -> int:
    """How many elements both stand in."""
    for count, (mine, theirs) in enumerate(zip(path, other, strict=False)):
        if mine != theirs:
            return count
    return min(len(path), len(other))

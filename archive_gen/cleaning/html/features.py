"""What is seen of each line of an HTML page: what ``story`` lets its trees ask about.

A feature is a column of bytes, one for each line, as in ``features``. It says something of the
line, of the elements around it, or of where it stands among the lines that the extraction
library kept. Nearly all of it is independent of language.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from archive_gen.cleaning.html.around import NAMES as AROUND
from archive_gen.cleaning.html.around import around, sums_of
from archive_gen.cleaning.html.hints import AREAS, HINTS
from archive_gen.cleaning.html.lines import KINDS
from archive_gen.cleaning.html.words import NAMES as WORDS
from archive_gen.cleaning.html.words import shared_words, stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from archive_gen.cleaning.base import Block
    from archive_gen.cleaning.html.lines import Spot
    from archive_gen.cleaning.model.columns import Columns

_HINTS = (*sorted(AREAS), *HINTS, "hidden")
_KINDS = {kind: code for code, kind in enumerate(sorted(KINDS), 2)}
_PROMPT_KINDS = "subscribe share cookies legal menu comments advertisement related".split()
_PROMPTS = {kind: code for code, kind in enumerate(("log in", *_PROMPT_KINDS), 1)}
_OWN = (
    "kept words characters linked ends bold kind prompt gap-before gap-after first last digits "
    "capitals copies copy stated described"
).split()
_AROUND = (
    "siblings kept-of-siblings share-of-kept prose-of-siblings prose-of-page linked-siblings "
    "steps-to-half steps-to-most depth same-as-before same-as-after"
).split()
_PLACE = "passed left since-kept until-kept run place since-title prose-near prose-wide".split()
_ROW = (
    *_OWN,
    *_AROUND,
    *_PLACE,
    *(f"in {hint}" for hint in _HINTS),
    *(f"at {hint}" for hint in _HINTS),
)
NAMES = (*_ROW, *AROUND, *WORDS)
"""The columns."""
_TOP = 255
_START = 40
"""So many characters of a description tell where else it stands."""
_FIRSTS = {mark: n for n, marks in enumerate(("•*-–—·▪", "\"“«„「'‘", "(["), 4) for mark in marks}
_LASTS = {
    mark: n
    for n, marks in enumerate((":：", ",;،", "…", "?!？！؟", ".。।", '"”»’'), 2)
    for mark in marks
}
_BEGIN = 200
"""So many characters of a line are counted by kind."""
_NO_DIGITS = bytes(code for code in range(128) if not chr(code).isdigit())
_NO_CAPITALS = bytes(code for code in range(128) if not chr(code).isupper())
_NOT_ASCII = re.compile(r"[^\0-\x7f]")


@dataclass(frozen=True, slots=True)
class Told:
    """What a page's head says of its story, folded; empty where it says nothing."""

    body: str = ""
    """The whole text, as JSON-LD has it on some pages."""
    summary: str = ""
    title: str = ""


def line_features(
    blocks: Sequence[Block], spots: Sequence[Spot], kept: Sequence[bool], told: Told
) -> Columns:
    """The columns for all lines; ``kept`` is the extraction library's word for each."""
    rows = [
        bytes((*own, *around, *place)) + _hint_bytes(spot.hints, spot.near)
        for own, around, place, spot in zip(
            _own(blocks, spots, kept, told),
            _around(blocks, spots, kept),
            _places(blocks, spots, kept),
            spots,
            strict=True,
        )
    ]
    table = b"".join(rows)
    return {
        **{name: table[at :: len(_ROW)] for at, name in enumerate(_ROW)},
        **around(blocks, spots, kept, told.title),
        **shared_words(blocks, kept, told.title),
        **stated(blocks, kept, told.body),
    }


def _own(
    blocks: Sequence[Block], spots: Sequence[Spot], kept: Sequence[bool], told: Told
) -> Iterator[tuple[int, ...]]:
    body, start = f" {told.body} ", told.summary[:_START]
    copies = Counter(block.key for block in blocks)
    seen: Counter[str] = Counter()
    for block, spot, keep in zip(blocks, spots, kept, strict=True):
        text = block.text
        begin = text[:_BEGIN]
        yield (
            1 + keep,
            1 + _least(block.words),
            1 + _least(len(text) // 4),
            1 + round(spot.linked * 100),
            1 + block.ends,
            1 + spot.bold,
            _KINDS.get(spot.kind, 1),
            1 + 2 * _PROMPTS.get(block.prompt, 0) + block.alone,
            1 + block.gap_before,
            1 + block.gap_after,
            _first(text[0]),
            _LASTS.get(text[-1], 1),
            1 + _count(begin, str.isdigit, _NO_DIGITS) * 100 // len(begin),
            1 + _count(begin, str.isupper, _NO_CAPITALS) * 100 // len(begin),
            _least(copies[block.key]),
            1 + _least(seen[block.key]),
            (2 + (f" {block.key} " in body)) if told.body else 1,
            (2 + (block.key[:_START] == start)) if start else 1,
        )
        seen[block.key] += 1


def _count(text: str, is_one: Callable[[str], bool], others: bytes) -> int:
    """How many characters are ones; those of ASCII that are not stand in ``others``."""
    plain = text.encode("ascii", "ignore")
    found = len(plain.translate(None, others))
    if len(plain) < len(text):
        found += sum(map(is_one, _NOT_ASCII.findall(text)))
    return found


def _first(mark: str) -> int:
    return _FIRSTS.get(mark) or (3 if mark.islower() else 2 if mark.isupper() else 1)


def _least(value: int) -> int:
    return min(value, _TOP - 1)


def _around(
    blocks: Sequence[Block], spots: Sequence[Spot], kept: Sequence[bool]
) -> Iterator[tuple[int, ...]]:
    """What stands in the element that holds a line, and how far up most of the prose is."""
    paths = {spot.path[-1]: spot.path for spot in spots}
    holders = [spot.path[-1] for spot in spots]
    sums = sums_of(holders, list(zip(blocks, spots, kept, strict=True)))
    most = max((each.prose for each in sums.values()), default=0) or 1
    all_kept = sum(each.kept_words for each in sums.values()) or 1
    all_prose = sum(each.prose for each in sums.values()) or 1
    prose_in: Counter[int] = Counter()
    for holder, path in paths.items():
        for number in path:
            prose_in[number] += sums[holder].prose
    told = {
        holder: (
            1 + _least(each.lines),
            1 + each.kept * 100 // each.lines,
            1 + each.kept_words * 100 // all_kept,
            1 + each.prose * 100 // most,
            1 + each.prose * 100 // all_prose,
            1 + each.linked * 100 // each.lines,
            1 + _steps(paths[holder], prose_in, all_prose * 0.5),
            1 + _steps(paths[holder], prose_in, all_prose * 0.8),
            1 + _least(len(paths[holder])),
        )
        for holder, each in sums.items()
    }
    for above, holder, below in zip([-1, *holders], holders, [*holders[1:], -1], strict=False):
        yield (*told[holder], 1 + (above == holder), 1 + (below == holder))


def _steps(path: tuple[int, ...], prose: Counter[int], enough: float) -> int:
    """How many elements up from the line to one with ``enough`` words of prose in it."""
    for steps, number in enumerate(reversed(path)):
        if prose[number] >= enough:
            return steps
    return 50


def _places(
    blocks: Sequence[Block], spots: Sequence[Spot], kept: Sequence[bool]
) -> Iterator[tuple[int, ...]]:
    """How far the kept words have gone by, and how far kept lines and prose are."""
    count = len(blocks)
    words = [block.words if keep else 0 for block, keep in zip(blocks, kept, strict=True)]
    total = sum(words) or 1
    since, until, runs = _distances(kept), _distances(kept[::-1])[::-1], _runs(kept)
    titles = _distances([spot.kind == "h1" for spot in spots])
    prose = [
        min(60, block.words) if block.ends and spot.linked < 0.5 and block.words >= 6 else 0
        for block, spot in zip(blocks, spots, strict=True)
    ]
    sums = [0]
    for value in prose:
        sums.append(sums[-1] + value)
    passed = 0
    for index in range(count):
        yield (
            1 + passed * 250 // total,
            1 + (total - passed) * 250 // total,
            since[index],
            until[index],
            runs[index],
            1 + index * 250 // count,
            titles[index],
            _density(sums, index, 2, count),
            _density(sums, index, 8, count),
        )
        passed += words[index]


def _density(sums: list[int], index: int, reach: int, count: int) -> int:
    low, high = max(0, index - reach), min(count, index + reach + 1)
    return 1 + (sums[high] - sums[low]) * 4 // (high - low)


def _distances(flags: Sequence[bool]) -> list[int]:
    """For each place, how far back the last flag is: 1 for here; 255 for none."""
    last, found = -1000, []
    for index, flag in enumerate(flags):
        last = index if flag else last
        found.append(min(_TOP, 1 + index - last))
    return found


def _runs(flags: Sequence[bool]) -> list[int]:
    """How long the run of equal flags around each place is."""
    found: list[int] = []
    start = 0
    for index in range(1, len(flags) + 1):
        if index == len(flags) or flags[index] != flags[start]:
            found.extend([min(_TOP, index - start)] * (index - start))
            start = index
    return found


@lru_cache(maxsize=1 << 12)
def _hint_bytes(hints: frozenset[str], near: frozenset[str]) -> bytes:
    return bytes(1 + (hint in hints) for hint in _HINTS) + bytes(
        1 + (hint in near) for hint in _HINTS
    )

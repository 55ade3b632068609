"""What is seen of each line of an HTML page, as names: what ``html_story`` weighs.

A name says something of the line, of its neighbours, or of where it stands among the lines that
the extraction library kept. Nearly all of it is independent of language.
"""

from __future__ import annotations

import bisect
import itertools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.cleaning.base import Block
    from archive_gen.cleaning.html_lines import Spot

_WORDS = (1, 2, 4, 7, 11, 16, 25, 40, 80)
_LINKED = (0.0, 0.299, 0.799, 0.999)
_PASSED = (0.0, 0.05, 0.3, 0.8, 0.95, 0.999)
_SHARE = (0.0, 0.1, 0.5)
_PROSE = (0.0, 0.2, 0.6)
_FAR = 8
_FIRSTS = {"bullet": "•*-–—", "quote": '"“«„「', "bracket": "("}
_MARKS = {"copyright": "©", "at-sign": "@"}


@dataclass(frozen=True, slots=True)
class _Sight:
    """One line, in the few steps that are told apart."""

    kept: int
    words: int
    linked: int
    ends: int
    kind: str
    parent: int
    prompt: str
    share: int
    """Of the kept words, how many have the same element around them."""
    prose: int
    """How much prose that element holds, against the one that holds most."""


def line_features(
    blocks: Sequence[Block], spots: Sequence[Spot], kept: Sequence[bool]
) -> list[list[str]]:
    """The names for each line; ``kept`` is the extraction library's word for it."""
    sights = _sights(blocks, spots, kept)
    copies = Counter(block.key for block in blocks)
    seen: set[str] = set()
    result = []
    for index, (names, place) in enumerate(
        zip(map(_own, sights), _places(blocks, kept), strict=True)
    ):
        block, spot, sight = blocks[index], spots[index], sights[index]
        names += place
        names += (f"{name}t{sight.kept}" for name in _places_in_tree(spot, sight))
        names += _neighbours(sights, index)
        names += (f"{name}t{sight.kept}" for name in _form(block.text, block.words))
        names += _phrases(block, sight)
        if copies[block.key] > 1:
            again = "again" if block.key in seen else "first"
            names.append(f"copies{min(copies[block.key], 3)}{again}t{sight.kept}")
        seen.add(block.key)
        names.append(f"{place[0]}share{sight.share}")
        result.append(names)
    return result


def _sights(blocks: Sequence[Block], spots: Sequence[Spot], kept: Sequence[bool]) -> list[_Sight]:
    kept_words: Counter[int] = Counter()
    prose: Counter[int] = Counter()
    for block, spot, keep in zip(blocks, spots, kept, strict=True):
        if keep:
            kept_words[spot.parent] += block.words
        if block.words >= 8 and block.ends and spot.linked < 0.5:
            prose[spot.parent] += block.words
    total = max(1, kept_words.total())
    most = max(prose.values(), default=1)
    return [
        _Sight(
            kept=int(keep),
            words=bisect.bisect_left(_WORDS, block.words),
            linked=bisect.bisect_left(_LINKED, spot.linked),
            ends=int(block.ends),
            kind=spot.kind,
            parent=spot.parent,
            prompt=block.prompt,
            share=bisect.bisect_left(_SHARE, kept_words[spot.parent] / total),
            prose=bisect.bisect_left(_PROSE, prose[spot.parent] / most),
        )
        for block, spot, keep in zip(blocks, spots, kept, strict=True)
    ]


def _own(s: _Sight) -> list[str]:
    t = f"t{s.kept}"
    return [
        t,
        f"{t}words{s.words}ends{s.ends}",
        f"{t}linked{s.linked}",
        f"{t}share{s.share}",
        f"{t}kind{s.kind}",
        f"{t}prose{s.prose}",
        f"words{s.words}ends{s.ends}kind{s.kind}",
        f"share{s.share}words{s.words}",
        f"share{s.share}linked{s.linked}",
        f"share{s.share}kind{s.kind}",
    ]


def _places(blocks: Sequence[Block], kept: Sequence[bool]) -> Iterator[list[str]]:
    """How far the kept words have gone by, and how far the next kept line is."""
    indexes = [index for index, keep in enumerate(kept) if keep]
    words = [block.words if keep else 0 for block, keep in zip(blocks, kept, strict=True)]
    passed = [0, *itertools.accumulate(words)]
    total = max(1, passed[-1])
    for index, block in enumerate(blocks):
        t = int(kept[index])
        step = bisect.bisect_left(_PASSED, passed[index] / total)
        at = bisect.bisect_left(indexes, index)
        near = [abs(i - index) for i in indexes[max(0, at - 1) : at + 1]]
        long = bisect.bisect_left(_WORDS, block.words)
        yield [
            f"part{step}t{t}",
            f"part{step}words{long}ends{int(block.ends)}t{t}",
            f"away{min(near, default=_FAR) if min(near, default=_FAR) < _FAR else _FAR}",
        ]


def _places_in_tree(spot: Spot, sight: _Sight) -> Iterator[str]:
    for hint in spot.hints:
        yield f"in-{hint}"
    for hint in spot.near:
        yield f"at-{hint}"
        yield f"at-{hint}words{min(sight.words, 5)}"
    if spot.bold:
        yield f"bold{sight.ends}"
        yield f"boldwords{sight.words}"


def _neighbours(sights: Sequence[_Sight], index: int) -> Iterator[str]:
    me = sights[index]
    for step in (-3, -2, -1, 1, 2, 3):
        at = index + step
        if not 0 <= at < len(sights):
            yield f"n{step}none"
            continue
        other = sights[at]
        yield f"n{step}t{other.kept}words{min(other.words, 6)}"
        yield f"n{step}t{other.kept}{me.kept}"
        yield f"n{step}same{int(other.parent == me.parent)}t{me.kept}"
        if abs(step) == 1:
            yield f"n{step}linked{other.linked}t{me.kept}"
            yield f"n{step}kind{other.kind}t{me.kept}"
            yield f"n{step}words{other.words}ends{other.ends}kind{me.kind}"
        if other.prompt and -2 <= step <= 1:
            yield f"n{step}prompt-{other.prompt}t{me.kept}"


def _phrases(block: Block, sight: _Sight) -> Iterator[str]:
    if block.prompt:
        yield f"prompt-{block.prompt}{int(block.alone)}"
        yield f"prompt{int(block.alone)}ends{sight.ends}t{sight.kept}"


def _form(text: str, words: int) -> Iterator[str]:
    for name, firsts in _FIRSTS.items():
        if text[0] in firsts:
            yield name
    for name, mark in _MARKS.items():
        if mark in text:
            yield name
    if text.endswith((":", "：")):
        yield "colon"
    if words < 12 and any(map(str.isdigit, text)):
        yield "digits"
    if text[0].islower() or text.isupper():
        yield "small" if text[0].islower() else "capitals"

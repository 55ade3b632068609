"""What speaks for a headline: each line that could be it is measured by ``FEATURES``.

The sum of what was measured, each times its weight, is its score.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from archive_gen.cleaning.base import Block, Page
from archive_gen.cleaning.characters import ends_with_colon
from archive_gen.cleaning.dates.in_text import SHORT_TIMED, find_date
from archive_gen.cleaning.headline.candidates import (
    LONGEST,
    USUAL,
    YEAR,
    is_prose,
    is_statement,
    possible_lines,
)
from archive_gen.cleaning.metadata import read_authors
from archive_gen.cleaning.names import is_name
from archive_gen.cleaning.people.bylines import is_by_alone
from archive_gen.scripts import WITH_VOWELS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_TRAIL = re.compile(r"\s[>›»/]\s")
_WITH_VOWELS = re.compile(f"[{WITH_VOWELS}]")
OPENING = 12
"""So many lines of the story repeat the words of its headline, if any do."""
LENGTHS: Mapping[str, range] = MappingProxyType(
    {
        "1 word": range(2),
        "2 words": range(2, 3),
        "3 words": range(3, 4),
        "4 or 5 words": range(4, 6),
        "6 to 9 words": range(6, 10),
        "17 to 24 words": range(17, 25),
        "25 words and more": range(25, LONGEST + 1),
    }
)
"""Features that say how many words a line has."""


def measure(page: Page) -> dict[int, dict[str, float]]:
    """The lines that could be the headline, by index, with the value of each feature."""
    view = View(page)
    return {
        index: {name: float(feature(view, index)) for name, feature in FEATURES.items()}
        for index in possible_lines(page)
    }


@dataclass
class View:
    """A page with what several features ask of it, found once."""

    page: Page
    credits: dict[int, bool] = field(default_factory=dict)
    shared: dict[int, list[int]] = field(default_factory=dict)

    @cached_property
    def pictured(self) -> set[int]:
        """The lines that speak of a picture."""
        return {index for picture in self.page.pictures for index in picture.indexes}

    @cached_property
    def dense(self) -> bool:
        """Whether the page, or all of it above the story, has hardly a blank line, so that gaps
        say nothing there."""
        return any(map(_are_crowded, (self.page.blocks, self.page.blocks[: self.page.story.start])))

    @cached_property
    def opening(self) -> Counter[str]:
        """In how many of the story's first lines each of their terms stands."""
        first = self.page.story[:OPENING]
        return Counter(term for i in first for term in set(terms_of(self.page.blocks[i])))

    @cached_property
    def copies(self) -> Counter[str]:
        """How often the page says each line."""
        return Counter(block.key for block in self.page.blocks)

    @cached_property
    def short_lines(self) -> str:
        """All lines that are no paragraphs, folded."""
        lines = (block.key for block in self.page.blocks if block.words <= LONGEST)
        return "\n".join(lines)

    def block(self, index: int) -> Block | None:
        """Block ``index``; None beyond the page's edge."""
        return self.page.blocks[index] if 0 <= index < len(self.page.blocks) else None

    def credit(self, index: int) -> bool:
        """Whether a line says who wrote the story or when: stands below a headline."""
        if index not in self.credits:
            block = self.page.blocks[index]
            self.credits[index] = bool(block.words <= 20 and is_credit(block))
        return self.credits[index]

    def shares(self, index: int) -> list[int]:
        """For each term of a line, in how many of the story's first lines it stands."""
        if index not in self.shared:
            terms = set(terms_of(self.page.blocks[index]))
            self.shared[index] = sorted(self.opening.get(term, 0) for term in terms)
        return self.shared[index]


def _are_crowded(blocks: Sequence[Block]) -> bool:
    """Whether hardly a blank line stands between them; above the first one is the page's edge."""
    return sum(block.gap_before for block in blocks[1:]) * 10 <= len(blocks)


def is_credit(block: Block) -> bool:
    """Whether a line says who wrote the story or when."""
    return bool(is_by_alone(block.text) or read_authors(block.text) or _has_date(block))


def _has_date(block: Block) -> bool:
    if SHORT_TIMED.search(block.text):
        return True
    return bool(YEAR.search(block.text)) and find_date(block.text) is not None


def terms_of(block: Block) -> list[str]:
    """The first five letters of words of four and more: most languages inflect the ends of words.

    In scripts without spaces, every pair of letters; runs of four where vowels are letters, too.
    """
    words = block.key.split()
    if block.words <= 2 * len(words):
        return [word[:5] for word in words if len(word) > 3]
    size = 4 if _WITH_VOWELS.search(block.key) else 2
    return [word[i : i + size] for word in words for i in range(len(word) - size + 1)]


# What speaks for a headline in the line alone.


def _words_in(span: range) -> Feature:
    return lambda view, i: view.page.blocks[i].words in span


def _statement(view: View, i: int) -> bool:
    return is_statement(view.page.blocks[i])


def _dated(view: View, i: int) -> bool:
    block = view.page.blocks[i]
    return block.words < 14 and _has_date(block)


def _lower_case(view: View, i: int) -> bool:
    return view.page.blocks[i].text[0].islower()


# What speaks for it in where it stands: alone, above the story but not far.


def _distance(view: View, i: int) -> int:
    return max(0, view.page.story.start - i)


def _alone(view: View, i: int) -> bool:
    block = view.page.blocks[i]
    return block.gap_before and block.gap_after


def _in_menu(view: View, i: int) -> bool:
    return not view.page.blocks[i].gap_before and i - 1 in view.page.marks


def _crowded(view: View, i: int) -> bool:
    block = view.page.blocks[i]
    return not view.dense and not block.gap_before and not block.gap_after


def _credits_above(view: View, i: int) -> int:
    return min(2, sum(map(view.credit, range(max(0, i - 8), i))))


def _credits_below(view: View, i: int) -> bool:
    return any(map(view.credit, range(i + 1, min(i + 5, len(view.page.blocks)))))


def _before_prose(view: View, i: int) -> bool:
    after = view.block(i + 1)
    return after is not None and is_prose(after)


def _before_long(view: View, i: int) -> bool:
    after = view.block(i + 1)
    return after is not None and not after.ends and after.words >= 8


def _after_prose(view: View, i: int) -> int:
    """Sentences just above: what follows them is a headline of something else."""
    above = view.page.blocks[max(0, i - 6) : i]
    return min(3, sum(map(is_prose, above)))


# How much of the line comes again: in the story, or anywhere.


def _shared(view: View, i: int) -> int:
    return min(6, sum(map(bool, view.shares(i))))


def _topical(view: View, i: int) -> float:
    shares = view.shares(i)
    return sum(map(math.log1p, shares)) / max(3, len(shares))


def _copied(view: View, i: int) -> bool:
    block = view.page.blocks[i]
    return block.words >= 4 and view.copies[block.key] > 1


def _within(view: View, i: int) -> bool:
    """Whether the line is a part of another short line."""
    block = view.page.blocks[i]
    return block.words >= 4 and view.short_lines.count(block.key) > view.copies[block.key]


def _copied_below(view: View, i: int) -> bool:
    """Whether the line comes again between here and the story."""
    block = view.page.blocks[i]
    below = view.page.blocks[i + 1 : view.page.story.start + 2]
    return view.copies[block.key] > 1 and any(other.key == block.key for other in below)


def _below_headline(view: View, i: int) -> float:
    """How much of the story's words a headline right above has: then this is its standfirst."""
    above = (j for j in (i - 1, i - 2) if _like_headline(view, j))
    return max([_topical(view, j) for j in above], default=0.0)


def _like_headline(view: View, i: int) -> bool:
    block = view.block(i)
    if block is None or i in view.page.marks or block.words not in USUAL:
        return False
    parted = view.dense or _alone(view, i)
    return parted and not block.ends and not block.prompt and not view.credit(i)


Feature: TypeAlias = "Callable[[View, int], float]"

FEATURES: Mapping[str, Feature] = MappingProxyType(
    {
        "any line": lambda _, __: 1,
        "dense page": lambda v, _: v.dense,
        **{name: _words_in(span) for name, span in LENGTHS.items()},
        "statement": _statement,
        "question or call": lambda v, i: v.page.blocks[i].ends and not _statement(v, i),
        "colon": lambda v, i: ends_with_colon(v.page.blocks[i].text),
        "prompt": lambda v, i: bool(v.page.blocks[i].prompt),
        "trail": lambda v, i: bool(_TRAIL.search(v.page.blocks[i].text)),
        "date": _dated,
        "credit": lambda v, i: v.credit(i),
        "name": lambda v, i: is_name(v.page.blocks[i].text),
        "lower case": _lower_case,
        "capitals": lambda v, i: v.page.blocks[i].text.isupper(),
        "of a picture": lambda v, i: i in v.pictured,
        "log distance": lambda v, i: math.log1p(_distance(v, i)),
        "distance": lambda v, i: _distance(v, i) / 10,
        "in the story": lambda v, i: i >= v.page.story.start,
        "first line": lambda _, i: i == 0,
        "alone": _alone,
        "crowded": _crowded,
        "gap before": lambda v, i: v.page.blocks[i].gap_before,
        "gap after": lambda v, i: v.page.blocks[i].gap_after,
        "in a menu": _in_menu,
        "credits above": _credits_above,
        "credits below": _credits_below,
        "before prose": _before_prose,
        "before long line": _before_long,
        "after prose": _after_prose,
        "shared words": _shared,
        "topical": _topical,
        "below a headline": _below_headline,
        "copied": _copied,
        "copied below": _copied_below,
        "part of a line": _within,
    }
)

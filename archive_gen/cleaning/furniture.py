"""What the pages of one source repeat: lines that are the site's, not a story's.

Counts are mergeable: those of two batches add up to those of both, in any order.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Label, Learned
from archive_gen.cleaning.dates.in_text import find_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive_gen.cleaning.base import Block, Page

REPEATED = "repeated on this site"
"""The prompt of a block that its source repeats."""
ENOUGH = 3
"""A line of this many documents of a source is furniture, …"""
SHARE = 0.1
"""… if these are also so many of its documents: a large source has refrains of its own."""
_EVERYWHERE = 0.95
"""A line of so many documents of a source is its masthead if it does not stand below stories."""
_REMEMBERED = 0.01
"""Lines of a smaller share are forgotten, and so are those of one document: else a large source
would be remembered by all its teasers."""
_AGREE = 0.9
"""Share of the telling dates that must agree on day or month first, to be the source's habit."""
_BELOW = 0.9
"""A line ends stories if it stands below them in such a share of its documents."""
_LIKELY = 0.5
"""The chance from which a line looks like story."""
_DOUBTED = 0.6
"""A line of only two documents is furniture where its chance to be story is lower."""
_SURE = 0.8
"""The chance from which a line counts for how much of a story has been told."""
_BEGUN = 0.1
"""Share of a story, at least, that must stand above the line that ends it."""
_MOST_REPEATED = 0.5
"""Share of the words that look like story: where more are repeated, the whole story is a copy."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What one document adds to what is known of its source."""

    source: str
    """Its source as far as can be said before cleaning; empty if nothing names one."""
    keys: frozenset[str] = frozenset()
    """What its lines say; a line counts once a document."""
    day_first: bool | None = None
    """How it writes numeric dates; None if it does not tell."""
    below: frozenset[str] = frozenset()
    """Those of ``keys`` that stand nowhere but where its story is all but told."""


@dataclass(slots=True)
class Counts:
    """How many documents of one source were seen, and how many of them hold a line."""

    documents: int = 0
    day_first: int = 0
    """Documents that write 25/12/2015."""
    month_first: int = 0
    """Documents that write 12/25/2015."""
    lines: Counter[str] = field(default_factory=Counter)
    """Key of a line → documents."""
    below: Counter[str] = field(default_factory=Counter)
    """Key of a line → those of them where it stands below the story."""

    def add(self, observed: Observed) -> None:
        """Count one document."""
        self.documents += 1
        self.day_first += observed.day_first is True
        self.month_first += observed.day_first is False
        self.lines.update(observed.keys)
        self.below.update(observed.below)

    def merge(self, other: Counts) -> None:
        """Add what was counted elsewhere."""
        self.documents += other.documents
        self.day_first += other.day_first
        self.month_first += other.month_first
        self.lines.update(other.lines)
        self.below.update(other.below)

    @property
    def least(self) -> int:
        """In how many documents a line must stand to be remembered."""
        return max(2, int(self.documents * _REMEMBERED))

    def furniture(self) -> frozenset[str]:
        """The keys of the lines that the source repeats."""
        return self._of_documents(max(ENOUGH, self.documents * SHARE))

    def masthead(self) -> frozenset[str]:
        """The keys of those of ``furniture`` that stand above nearly all stories."""
        found = self._of_documents(max(ENOUGH, self.documents * _EVERYWHERE))
        return frozenset(key for key in found if self.below[key] * 2 < self.lines[key])

    def twice(self) -> frozenset[str]:
        """The keys of the lines that the source repeats if two documents are enough."""
        return self._of_documents(max(2, self.documents * SHARE)) - self.furniture()

    def ends(self) -> frozenset[str]:
        """The keys of those of ``furniture`` below which no story goes on."""
        return frozenset(
            key for key in self.furniture() if self.below[key] >= self.lines[key] * _BELOW
        )

    def _of_documents(self, least: float) -> frozenset[str]:
        return frozenset(key for key, number in self.lines.items() if number >= least)

    def order(self) -> bool | None:
        """Whether the day comes first in its dates; None unless two documents or more agree."""
        first, told = self.day_first, self.day_first + self.month_first
        if max(first, told - first) < 2 or max(first, told - first) < told * _AGREE:
            return None
        return first * 2 > told


def learn(counts: Counts, keep: Iterable[str] = (), drop: Iterable[str] = ()) -> Learned:
    """What cleaning takes from ``counts`` and the keys that a person decided on, who wins."""
    kept = frozenset(keep)
    dropped = frozenset(drop) - kept
    furniture = (counts.furniture() - kept) | dropped
    twice = counts.twice() - kept - dropped
    ends, masthead = counts.ends() - kept, counts.masthead() - kept
    return Learned(furniture, twice, kept, dropped, counts.order(), ends, masthead)


def for_page(learned: Learned, blocks: Sequence[Block], chances: Sequence[float]) -> Learned:
    """What of ``learned`` holds for a page; ``chances`` is how likely each line is story.

    Where most of what looks like its story is repeated, the story itself is: it was found
    several times, corrected or reprinted. Then only what a person dropped is furniture there.
    """
    lines = list(zip(blocks, chances, strict=True))
    likely = [block for block, chance in lines if chance >= _LIKELY]
    seen = (learned.furniture | learned.twice) - learned.dropped
    repeated = [block for block in likely if block.key in seen]
    if sum(b.words for b in repeated) <= _MOST_REPEATED * sum(b.words for b in likely):
        doubted = {block.key for block, chance in lines if chance < _DOUBTED}
        doubted &= learned.twice - learned.kept
        return dataclasses.replace(learned, furniture=learned.furniture | doubted)
    story = frozenset(block.key for block in repeated)
    return dataclasses.replace(
        learned, furniture=learned.furniture - story, ends=learned.ends - story
    )


def without_own(learned: Learned, plain: Page) -> Learned:
    """What of ``learned`` holds for a page that reads as ``plain`` where nothing is learned.

    Other pages of a source announce a story by its headline, and those who write many of its
    stories sign each: neither is furniture where it tells of the story itself. Nor is the day of
    a story, though others are of the same, if it stands below the headline and no other day does.
    """
    title = plain.index_of(Label.TITLE)
    if title is None:
        return learned
    headline = {plain.blocks[title].key} - learned.masthead
    bylines = {plain.blocks[index].key for index in plain.indexes(Label.BYLINE)}
    dated = [plain.blocks[index] for index in plain.indexes(Label.DATE) if index > title]
    days = [block.key for block in dated if find_date(block.text)]
    if not learned.furniture.issuperset(days):
        days = []
    own = headline.union(bylines, days) - learned.dropped
    return dataclasses.replace(learned, furniture=learned.furniture - own)


def end_of_story(learned: Learned, blocks: Sequence[Block], chances: Sequence[float]) -> int:
    """The index of the line below which no story of the source goes on; behind all if none is.

    One above nearly all of what is surely story ends none here.
    """
    sure = [b.words * (chance >= _SURE) for b, chance in zip(blocks, chances, strict=True)]
    least = max(1, sum(sure) * _BEGUN)
    begun = (index for index, told in enumerate(accumulate(sure)) if told >= least)
    first = next(begun, len(blocks))
    last = {block.key: index for index, block in enumerate(blocks)}
    found = [last[key] for key in learned.ends if key in last]
    return min([index for index in found if index >= first], default=len(blocks))

"""All documents in the page's order: which number each has, and in which file it is."""

from __future__ import annotations

import functools
import itertools
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive_gen.search.page.merging import ABSENT
from archive_gen.search.page.numbers import (
    block_of,
    date_in,
    first_year,
    grain_of,
    keys_of_date,
    month_of,
    numbers_of,
    numbers_of_month,
    numbers_of_year,
    year_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet


@dataclass(frozen=True)
class Layout:
    """The documents; each list has an item for each of them."""

    keys: list[int]
    """See ``numbers.order_key``."""
    documents: list[int]
    """Their numbers in the index."""
    numbers: list[int]
    """Their numbers in the page."""
    first: int
    """The first year; 0 if no document has a date."""

    @classmethod
    def of(cls, keys: Sequence[int], documents: Sequence[int]) -> Layout:
        """Of documents, in any order: the order key of each, and its number in the index."""
        order = sorted(range(len(keys)), key=keys.__getitem__)
        ordered = [*map(keys.__getitem__, order)]
        first = first_year(ordered)
        found = [*map(documents.__getitem__, order)]
        return cls(ordered, found, numbers_of(ordered, first), first)

    def ranks(self, size: int) -> list[int]:
        """Number in the index, below ``size`` → number in the page; ``ABSENT`` if there is none."""
        ranks = [ABSENT] * size
        for document, number in zip(self.documents, self.numbers, strict=True):
            ranks[document] = number
        return ranks

    def blocks(self) -> Iterator[tuple[str, slice]]:
        """The files of documents, and whose documents are in each."""
        for month in self.months():
            yield from self.blocks_of_month(month)

    def months(self) -> list[int]:
        """The months with documents."""
        found: list[int] = []
        at = 0
        while at < len(self.numbers):
            found.append(month_of(self.numbers[at]))
            at = self.of_month(found[-1]).stop
        return found

    def blocks_of_month(self, month: int) -> Iterator[tuple[str, slice]]:
        """The same of a month."""
        part = self.of_month(month)
        at = part.start
        for name, count in _blocks(self.numbers[part]):
            yield name, slice(at, at + count)
            at += count

    def block_at(self, place: int) -> str:
        """The file of the document in a place of the lists."""
        month = month_of(self.numbers[place])
        return block_of(self.numbers[place], grain_of(self.numbers[self.of_month(month)]))

    def number(self, key: int) -> int:
        """The number of the document with an order key."""
        return self.numbers[bisect_left(self.keys, key)]

    def of_month(self, month: int) -> slice:
        """Where the documents of a month stand."""
        first, last = numbers_of_month(month)
        return slice(bisect_left(self.numbers, first), bisect_left(self.numbers, last))

    def of_year(self, year: int) -> slice:
        """Where the documents of a year stand."""
        first, last = numbers_of_year(year, self.first)
        return slice(bisect_left(self.numbers, first), bisect_left(self.numbers, last))

    def of_date(self, date: int) -> slice:
        """Where the documents of a date stand."""
        first, last = keys_of_date(date)
        return slice(bisect_left(self.keys, first), bisect_left(self.keys, last))

    @functools.cached_property
    def years(self) -> list[tuple[int, int]]:
        """Each year with the number of its documents; year 0 is for those without a date."""
        years = dict.fromkeys(year_of(month, self.first) for month in self.months())
        return [(year, len(self.numbers[self.of_year(year)])) for year in years]

    @functools.cached_property
    def grains(self) -> str:
        """A digit for each month up to the last with documents, see ``grain_of``."""
        grains = {month: grain_of(self.numbers[self.of_month(month)]) for month in self.months()}
        return "".join(str(grains.get(month, 0)) for month in range(max(grains, default=-1) + 1))


@dataclass(frozen=True, slots=True)
class Moves:
    """What some documents that came or went have changed for others."""

    before: dict[int, int] = field(default_factory=dict)
    """Order key → number before, of the documents of all days where some came or went."""
    moved: set[int] = field(default_factory=set)
    """Order keys of documents that had other numbers."""
    written: set[str] = field(default_factory=set)
    """Files whose documents are others, or have other numbers."""
    lost: set[str] = field(default_factory=set)
    """Files that no document is in any more."""


def moves(layout: Layout, gone: AbstractSet[int], come: AbstractSet[int]) -> Moves:
    """From order keys that are no more and those that are new; the first year has not changed."""
    found = Moves()
    then = found.before
    now: dict[int, int] = {}
    for date in {date_in(key) for key in gone | come}:
        here = layout.of_date(date)
        now.update(zip(layout.keys[here], layout.numbers[here], strict=True))
        past = sorted({*layout.keys[here]} - come | {key for key in gone if date_in(key) == date})
        then.update(zip(past, numbers_of(past, layout.first), strict=True))
    found.moved.update(key for key, number in then.items() if now.get(key, number) != number)
    for month in set(map(month_of, [*then.values(), *now.values()])):
        here = layout.of_month(month)
        members = list(zip(layout.numbers[here], layout.keys[here], strict=True))
        past_members = [member for member in members if member[1] not in now]
        past_members += [(n, key) for key, n in then.items() if month_of(n) == month]
        new, old = _by_block(members), _by_block(sorted(past_members))
        found.written.update(name for name, inside in new.items() if inside != old.get(name))
        found.lost.update(old.keys() - new.keys())
    return found


def _by_block(members: Sequence[tuple[int, int]]) -> dict[str, list[tuple[int, int]]]:
    rest = iter(members)
    return {
        name: list(itertools.islice(rest, count))
        for name, count in _blocks([number for number, _ in members])
    }


def _blocks(numbers: Sequence[int]) -> list[tuple[str, int]]:
    """The files of the documents of a month, and how many are in each."""
    grain = grain_of(numbers)
    names = (block_of(number, grain) for number in numbers)
    return [(name, sum(1 for _ in members)) for name, members in itertools.groupby(names)]

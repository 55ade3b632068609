"""What common words weigh beside each other: the page shows the best hits of two before it counts.

The best documents of one common word (see ``best``) are as a rule not the best of another.
So for each common family there are files that say what the others weigh in its best documents.
With them the page knows by the score of both words all documents that are among the best of either;
in any other, both weigh no more than they do outside their best at most, and so the first hits are
nearly always certain. (The threshold algorithm of Fagin, Lotem, Naor: "Optimal aggregation
algorithms for middleware", 2003; these files are its random access.)

A *column* is one digit for each of the best documents of a family, in order: what another weighs
there, 0 if it has none of its words. How rare each family is the page takes from ``COUNTS``.
"""

from __future__ import annotations

import itertools
from array import array
from typing import TYPE_CHECKING, NamedTuple

from archive_gen.search.page.best import Best, best_name, highest, told
from archive_gen.search.page.cuts import number_of
from archive_gen.search.page.notation import DIGITS
from archive_gen.search.page.vocabulary import Root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from archive_gen.search.page.best import Weighed
    from archive_gen.search.page.cuts import Cuts

COUNTS = "pairs/counts"
"""The file with the number of documents of each family with a list that is cut."""
GROUPS = 32
"""Files of each family: what a query of two loads is little, and an update writes few."""
_KINDS = 3
"""Families of so many kinds have columns: lists of rarer ones are short."""
_NONE = DIGITS[0]

Columns = dict[str, str]
"""Key of a family → its column."""


class Family(NamedTuple):
    """A family with a list that is cut."""

    root: Root
    best: Best
    documents: int
    """How many have it."""
    highest: bytes
    """If the family is common, the numbers of its best documents, 8 bytes each,"""
    numbers: bytes
    """those of all of them,"""
    weights: str
    """and what it weighs in each, a digit."""

    @classmethod
    def of(cls, root: Root, weighed: Weighed, cuts: Cuts) -> Family:
        """A family that weighs so much in its documents."""
        count = len(weighed.numbers)
        low, found = highest(weighed)
        if not is_common(count, cuts):
            return cls(root, told(low, found), count, b"", b"", "")
        rows, numbers = (array("q", each.numbers).tobytes() for each in (found, weighed))
        return cls(root, told(low, found), count, rows, numbers, digits_of(weighed.postings))


def is_common(count: int, cuts: Cuts) -> bool:
    """Whether a family with so many documents has columns; ``best.js`` asks the same."""
    return cuts.bits - count.bit_length() < _KINDS


def key_of(root: Root) -> str:
    """How the page's files name a family."""
    return ":".join(root)


def root_of(key: str) -> Root:
    """The family that ``key_of`` names."""
    language, _, stem = key.partition(":")
    return language, stem


def group_of(key: str) -> int:
    """Which file of each other family has the column of a family."""
    return number_of(key) % GROUPS


def pairs_name(root: Root, group: int) -> str:
    """The file with columns of a group, for the best documents of a family."""
    return f"pairs{best_name(root).removeprefix('best')}-{group}"


def grouped(keys: Iterable[str]) -> dict[int, list[str]]:
    """The keys of families, sorted, in the groups that have some."""
    ordered = sorted(keys, key=lambda key: (group_of(key), key))
    return {group: [*found] for group, found in itertools.groupby(ordered, group_of)}


def all_pairs(families: Sequence[Family], cuts: Cuts) -> Iterator[tuple[str, Columns]]:
    """The files with columns: name, and key of each other family of the group → its column."""
    common = [family for family in families if is_common(family.documents, cuts)]
    rows = {family.root: array("q", family.highest) for family in common}
    listed = sorted({*itertools.chain.from_iterable(rows.values())})
    # What each family weighs in all of these; from there each column is only cut out.
    lines = "".join([column(_digits(family), listed) for family in common])
    beside = {number: lines[at :: len(listed)] for at, number in enumerate(listed)}
    keys = [*map(key_of, rows)]
    for root, found in rows.items():
        whole = "".join(map(beside.__getitem__, found))
        columns = {key: whole[at :: len(keys)] for at, key in enumerate(keys)}
        del columns[key_of(root)]
        for group, members in grouped(columns).items():
            yield pairs_name(root, group), {key: columns[key] for key in members}


def _digits(family: Family) -> dict[int, str]:
    return dict(zip(array("q", family.numbers), family.weights, strict=True))


def digits_of(postings: Iterable[int]) -> str:
    """The weight of each posting."""
    return "".join([DIGITS[posting >> 5] for posting in postings])


def column(digits: Mapping[int, str], rows: Iterable[int]) -> str:
    """The digits of some documents."""
    return "".join(map(digits.get, rows, itertools.repeat(_NONE)))


class Rows(NamedTuple):
    """The best documents of a family after an update, and where they were before."""

    numbers: Sequence[int]
    before: Sequence[int]
    """For each, its place among the best before; any where ``others`` says more."""
    others: Mapping[int, Mapping[Root, int]]
    """Place → posting of each family, for documents that were none of them or have changed."""

    @classmethod
    def of(
        cls,
        before: Iterable[int],
        now: Sequence[int],
        changed: Mapping[int, Mapping[Root, int]],
        posting_of: Callable[[int], Mapping[Root, int]],
    ) -> Rows:
        """``before``, ``now``: numbers; ``changed``: number → posting of each family in documents
        that say something else; ``posting_of`` tells that of any other."""
        places = {number: place for place, number in enumerate(before)}
        others = {
            place: changed.get(number) or posting_of(number)
            for place, number in enumerate(now)
            if number in changed or number not in places
        }
        return cls(now, [places.get(number, 0) for number in now], others)

    def column(self, root: Root, before: str) -> str:
        """The column of a family, from what it was before."""
        digits = [*map(before.__getitem__, self.before)]
        for place, postings in self.others.items():
            digits[place] = DIGITS[postings.get(root, 0) >> 5]
        return "".join(digits)

"""Which articles a reader of one may want next: those nearest in time that share its terms.

Everything here is local: an article's related ones follow from a few articles before and after
it in the lists of its terms. So a new article changes what a handful of others show, where
"the most alike of the whole archive" would change with every article anywhere.
"""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from archive_gen.catalogue.order import term_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.catalogue.catalogue import Catalogue
    from archive_gen.catalogue.entry import Entry
    from archive_gen.dates import ArchiveDate

SHOWN = 4
_REACH = 4
"""How many articles of a term's list are looked at, before and after."""
_NOT_TOPICS = ("sources", "authors", "places")
_RARE = 16
"""The weight of a term that has few articles in all."""


def related(entry: Entry, versions: Iterable[Entry], catalogue: Catalogue) -> list[Entry]:
    """At most ``SHOWN`` articles, the most alike first; none for an undated one.

    ``versions`` are shown elsewhere.

    A shared term weighs by how rare it is hereabouts: the binary logarithm of the days that the
    articles looked at span. Among equals the nearest in time come first.
    """
    weights: dict[int, int] = {}
    for taxonomy, key in topics(entry):
        before, after = catalogue.numbers_around(entry, taxonomy, key, _REACH)
        weight = _rarity(before, after, catalogue)
        for number in (*before, *after):
            weights[number] = weights.get(number, 0) + weight
    for version in versions:
        weights.pop(catalogue.by_path.numbers[version.path], None)
    # Most are too light to be among the best, and need not be looked at.
    least = sorted(weights.values())[-SHOWN:][:1]
    likely = [(w, catalogue.entry(number)) for number, w in weights.items() if w >= least[0]]
    day = _day(entry.date)
    likely.sort(key=lambda each: (-each[0], abs(_day(each[1].date) - day), each[1].path))
    return [other for _, other in likely[:SHOWN]]


def within_reach(entry: Entry, catalogue: Catalogue) -> Iterator[Entry]:
    """Every article that may show ``entry`` as related, or did before it changed."""
    for taxonomy, key in topics(entry):
        for side in catalogue.around(entry, taxonomy, key, _REACH):
            yield from side


def topics(entry: Entry) -> Iterator[tuple[str, str]]:
    """The terms that say what an article is about, as (taxonomy, key)."""
    for taxonomy, names in entry.terms.items():
        if taxonomy not in _NOT_TOPICS:
            for key in dict.fromkeys(map(term_key, names)):
                yield taxonomy, key


def _rarity(before: Sequence[int], after: Sequence[int], catalogue: Catalogue) -> int:
    if len(before) < _REACH or len(after) < _REACH:
        return _RARE
    first, last = catalogue.entry(before[0]), catalogue.entry(after[-1])
    return 1 + (_day(last.date) - _day(first.date)).bit_length()


def _day(date: ArchiveDate | None) -> int:
    return _ordinal(date.year, date.month or 1, date.day or 1) if date else 0


@lru_cache(maxsize=1 << 16)
def _ordinal(year: int, month: int, day: int) -> int:
    return datetime.date(year, month, day).toordinal()

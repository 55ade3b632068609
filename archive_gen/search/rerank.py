"""The first page in its final order: titles that are what was asked for come first.

The score of an article says how much its words weigh. Among the best, somebody who types words
of a headline wants the article whose headline they are: all of the words, all as they were typed,
in this order, with little else, side by side; what comes first in this list outweighs all that
follows, and the score tells those apart that are equal in all of it. So the best ``FIRST`` hits
are ordered once more. All in whole numbers, as ``ranking.js`` does it.

Whoever types one word in another form than the title has it may do so with each, so it does not
count how many are as typed. Of ``oil*``, as a word is asked for that is still being typed, *oil* is
what was typed, where one of the titles has it, and else any word that begins so. Short words of
a title count less than long ones, because they are left out when it is remembered.
"""

from __future__ import annotations

import itertools
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple

from archive_gen.search import analysis

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST = 20
"""So many hits, one page of the site's search, are ordered once more."""
_FINE = 256
_COARSE = 8
_SHORT = 3
_LONG = 6
"""Letters from which on a word counts four times a short one."""


class Meant(NamedTuple):
    """What one word of a query means, as word keys."""

    typed: AbstractSet[str]
    """Those that are as it was typed."""
    words: AbstractSet[str]
    whole: AbstractSet[str] = frozenset()
    """Of one with a ``*`` or ``~``, what is left without them."""


def points(titles: Sequence[str], query: Sequence[Meant]) -> list[int]:
    """How much each of the best titles is what was asked for, below 2 ** 18.

    A point is worth more than any score of the same answer.
    """
    keys = [list(map(analysis.key, analysis.words(title))) for title in titles]
    forms = frozenset(itertools.chain.from_iterable(keys))
    told = [Meant(meant.whole & forms or meant.typed, meant.words) for meant in query]
    return [_points(own, told) for own in keys]


def _points(keys: list[str], query: Sequence[Meant]) -> int:
    """How much a title of these keys is what was asked for."""
    places = [
        (place, number)
        for place, key in enumerate(keys)
        for number, meant in enumerate(query)
        if key in meant.words
    ]
    if not places:
        return 0
    found = len({number for _, number in places})
    as_typed = all(not meant.typed.isdisjoint(keys) for meant in query)
    weights = list(map(_weight, keys))
    covered = sum(weights[place] for place in {place for place, _ in places})
    pairs = list(itertools.pairwise(places))
    in_order = sum(b[1] > a[1] for a, b in pairs)
    together = sum(b[0] - a[0] == 1 for a, b in pairs)
    more = max(1, len(query) - 1)
    total = _share(_COARSE, found, len(query)) * 2 + as_typed
    total = total * _COARSE + _share(_COARSE, in_order, more)
    total = total * _FINE + _share(_FINE, covered, sum(weights))
    return total * _COARSE + _share(_COARSE, together, more)


def _weight(word: str) -> int:
    """How much a word of a title counts."""
    return min(max(len(word), _SHORT), _LONG) - _SHORT + 1


def _share(steps: int, part: int, whole: int) -> int:
    """A part in steps from 0 to ``steps - 1``."""
    return (steps - 1) * min(part, whole) // whole

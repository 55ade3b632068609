"""The first page in its final order: titles that are what was asked for come first.

The score of an article says how much its words weigh. Among the best, somebody who types words
of a headline wants the article whose headline they are: all of the words, few others, side by
side, in this order. So the best ``FIRST`` hits are ordered once more. All in whole numbers, as
``search.js`` does it.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from archive_gen.search import analysis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

FIRST = 20
"""So many hits, one page of the site's search, are ordered once more."""
BASE = 40
"""What a score is multiplied with if the title adds nothing."""
_ALL_WORDS = 20
_COVERED = 20
_TOGETHER = 5
_IN_ORDER = 5


def boosted(score: int, title: str, groups: Sequence[AbstractSet[str]]) -> int:
    """``BASE`` times ``score``, with what the title adds.

    ``groups``: for each word of the query the word keys that it means.
    """
    keys = list(map(analysis.key, analysis.words(title)))
    places = [
        (place, number)
        for place, key in enumerate(keys)
        for number, group in enumerate(groups)
        if key in group
    ]
    if not places:
        return score * BASE
    found = len({number for _, number in places})
    covered = len({place for place, _ in places})
    pairs = list(itertools.pairwise(places))
    together = sum(b[0] - a[0] == 1 for a, b in pairs)
    in_order = sum(b[1] - a[1] == 1 for a, b in pairs)
    more = max(1, len(groups) - 1)
    return score * (
        BASE
        + _ALL_WORDS * found // len(groups)
        + _COVERED * covered // len(keys)
        + _TOGETHER * min(together, more) // more
        + _IN_ORDER * min(in_order, more) // more
    )

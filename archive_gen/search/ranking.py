"""The best of all that matches, exactly, without scoring all of it.

A word of a query scores an article by its weight there and by the article's length: few
different values. So each word has its documents in *buckets* of one score, best first. The first
``count`` are found as Fagin's threshold algorithm does it: take buckets from the top, score
their documents in full, and stop when what is left can't reach the last of the best. Where that
takes long, because many are nearly equal, everything is scored bucket by bucket instead.
(Fagin, Lotem, Naor: "Optimal aggregation algorithms for middleware", 2003.)
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyroaring import BitMap

from archive_gen.search import bits, scoring

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archive_gen.search.matching import Found, Group, Leaf
    from archive_gen.search.segment import Segment

Ranked = list[tuple[int, int]]
"""Score and document, best first."""
_SCORED_AT_ONCE = 4_000
"""So many matches are scored all; and so many are looked at before the rest is scored all."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What scores depend on beyond the segment."""

    documents: int
    average_length: float
    matching: Mapping[Leaf, int]
    """Leaf → documents of the whole archive that have its terms."""


class Ranking:
    """Scores what was found in one segment."""

    def __init__(self, found: Found, segment: Segment, statistics: Statistics) -> None:
        self._segment = segment
        self.documents = found.documents & segment.live
        self._scorers = [
            _Scorer(group, documents & self.documents, segment, statistics, leaf)
            for leaf, documents, group in found.scored
        ]

    def best(self, count: int) -> Ranked:
        """The ``count`` best; among equally good ones the highest numbers."""
        if not self._scorers or count < 1:
            return [(0, document) for document in highest(self.documents, count)]
        if len(self._scorers) == 1 and self._scorers[0].documents == self.documents:
            return self._best_of_one(count)
        if len(self.documents) > max(_SCORED_AT_ONCE, 4 * count):
            found = self._best_by_threshold(count)
            if found is not None:
                return found
        return self._best_of_all(count)

    def scores(self, documents: Sequence[int]) -> Ranked:
        """The scores of some documents that match."""
        return [(sum(s.score(document) for s in self._scorers), document) for document in documents]

    def _best_of_one(self, count: int) -> Ranked:
        ranked: Ranked = []
        buckets = iter(self._scorers[0].buckets())
        bucket = next(buckets, None)
        while bucket and len(ranked) < count:
            score, documents = bucket
            while (bucket := next(buckets, None)) and bucket[0] == score:
                documents = documents | bucket[1]
            ranked += [(score, n) for n in highest(documents, count - len(ranked))]
        return ranked

    def _best_of_all(self, count: int) -> Ranked:
        scores = dict.fromkeys(self.documents, 0)
        for scorer in self._scorers:
            for score, documents in scorer.buckets():
                for document in documents:
                    scores[document] += score
        return heapq.nlargest(count, ((score, document) for document, score in scores.items()))

    def _best_by_threshold(self, count: int) -> Ranked | None:
        """None if too many are nearly equal for this way."""
        lists = [scorer.buckets() for scorer in self._scorers]
        at = [0] * len(lists)
        bounds = [buckets[0][0] if buckets else 0 for buckets in lists]
        best: Ranked = []
        seen: set[int] = set()
        while len(best) < count or sum(bounds) >= best[0][0]:
            # The word that can still give most leads to the best soonest.
            place = max(range(len(lists)), key=bounds.__getitem__)
            if not bounds[place]:
                break
            documents = lists[place][at[place]][1]
            if len(seen) + len(documents) > _SCORED_AT_ONCE:
                return None
            new = [document for document in documents if document not in seen]
            seen.update(new)
            for ranked in self.scores(new):
                if len(best) < count:
                    heapq.heappush(best, ranked)
                elif ranked > best[0]:
                    heapq.heapreplace(best, ranked)
            at[place] += 1
            rest = lists[place]
            bounds[place] = rest[at[place]][0] if at[place] < len(rest) else 0
        return sorted(best, reverse=True)


class _Scorer:
    """What one word of the query gives to the documents of a segment."""

    def __init__(
        self,
        group: Group,
        documents: BitMap,
        segment: Segment,
        statistics: Statistics,
        leaf: Leaf,
    ) -> None:
        self.documents = group.documents & documents
        self._group = group
        self._segment = segment
        self._average = statistics.average_length
        self._rarity = scoring.rarity(statistics.documents, statistics.matching[leaf])
        self._known: dict[tuple[int, int], int] = {}

    def score(self, document: int) -> int:
        """The score of one document; 0 if it does not have the word where it counts."""
        if document not in self.documents:
            return 0
        weight = bits.weight_of(self._group.planes, document)
        return self._of(weight, self._segment.lengths[document])

    def buckets(self) -> list[tuple[int, BitMap]]:
        """Scores, greatest first, each with documents that have it; a score may come again."""
        found = [
            (self._of(weight, length), here)
            for weight, documents in bits.levels(self._group.planes, self.documents)
            for length, here in self._by_length(documents)
        ]
        found.sort(key=lambda bucket: -bucket[0])
        return found

    def _by_length(self, documents: BitMap) -> Iterator[tuple[int, BitMap]]:
        if len(documents) < len(scoring.LENGTHS):
            lengths = self._segment.lengths
            groups: defaultdict[int, list[int]] = defaultdict(list)
            for document in documents:
                groups[lengths[document]].append(document)
            for length, members in groups.items():
                yield length, BitMap(members)
            return
        for length, everything in enumerate(self._segment.length_classes):
            if here := documents & everything:
                yield length, here

    def _of(self, weight: int, length: int) -> int:
        key = weight, length
        if key not in self._known:
            impact = scoring.impact(weight, scoring.LENGTHS[length], self._average)
            self._known[key] = self._rarity * impact
        return self._known[key]


def highest(documents: BitMap, count: int) -> list[int]:
    """The highest numbers, from the highest."""
    return list(documents[-count:])[::-1] if count > 0 else []


def lowest(documents: BitMap, count: int) -> list[int]:
    """The lowest numbers, from the lowest."""
    return list(documents[:count])

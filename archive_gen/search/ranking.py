"""The best of all that matches, exactly, without scoring all of it.

A word of a query scores an article by its weight there and by the article's length: few
different values. So articles are taken in sets that have one length and the same weight of each
word, those first that can score most, and sets that can't reach the last of the best so far are
left out: branch and bound. (Land, Doig: "An automatic method of solving discrete programming
problems", 1960.)

With each word the sets become more and smaller, until each has one article. So by many words all
of them are scored.
"""

from __future__ import annotations

import functools
import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyroaring import BitMap

from archive_gen.search import scoring
from archive_gen.search.flat import bits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archive_gen.search.flat.lists import FlatLists
    from archive_gen.search.matching import Found, Group, Leaf

Ranked = list[tuple[int, int]]
"""Score and document, best first."""
_FEW = 50
"""So many are scored one by one."""
_MANY = 4
"""Of more words, sets are not taken."""


class Impacts:
    """What a document earns of a word's rarity, by its length class and the word's weight."""

    def __init__(self, average_length: float) -> None:
        self._average = average_length
        self._rows: dict[int, list[int]] = {}
        self.gains = functools.lru_cache(maxsize=1 << 12)(self._gains)

    def row(self, length: int) -> list[int]:
        """The impacts of a length class, by weight up to ``scoring.MAX_WEIGHT``."""
        if length not in self._rows:
            self._rows[length] = [
                scoring.impact(weight, scoring.LENGTHS[length], self._average)
                for weight in range(scoring.MAX_WEIGHT + 1)
            ]
        return self._rows[length]

    def _gains(self, rarity: int, length: int) -> list[int]:
        """What a word of some rarity gives to documents of a length class, by weight."""
        return [rarity * impact for impact in self.row(length)]


@dataclass(frozen=True, slots=True)
class Statistics:
    """What scores depend on beyond the segment."""

    documents: int
    impacts: Impacts
    matching: Mapping[Leaf, int]
    """Leaf → documents of the whole archive that have its terms."""


class Ranking:
    """Scores what was found in one segment."""

    def __init__(self, found: Found, segment: FlatLists, statistics: Statistics) -> None:
        self._segment = segment
        self.documents = found.documents & segment.live
        self._scorers = [
            _Scorer(group, documents & self.documents, segment, statistics, leaf)
            for leaf, documents, group in found.scored
        ]

    def best(self, count: int, floor: int = 0) -> Ranked:
        """The ``count`` best; among equally good ones the highest numbers.

        Fewer, if some would score less than ``floor``.
        """
        if not self._scorers or count < 1:
            return [(0, document) for document in highest(self.documents, count)]
        if len(self.documents) <= _FEW:
            return heapq.nlargest(count, self.scores(list(self.documents)))
        if len(self._scorers) > _MANY:
            return heapq.nlargest(count, self._all_scores())
        best = _Best(count, floor)
        levels = [(scorer, own) for scorer in self._scorers if (own := scorer.levels())]
        for length, everything in enumerate(self._segment.length_classes):
            if here := self.documents & everything:
                words = [_Word(scorer.gains(length), own) for scorer, own in levels]
                _descend(best, sorted(words, key=_most, reverse=True), 0, here)
        return sorted(best.found, reverse=True)

    def _all_scores(self) -> Iterator[tuple[int, int]]:
        """The scores of all documents, added up word by word."""
        scores = dict.fromkeys(self.documents, 0)
        lengths = self._segment.lengths
        for scorer in self._scorers:
            gains = [scorer.gains(length) for length in range(len(scoring.LENGTHS))]
            for weight, documents in scorer.levels():
                for document in documents:
                    scores[document] += gains[lengths[document]][weight]
        return ((score, document) for document, score in scores.items())

    def scores(self, documents: Sequence[int]) -> Ranked:
        """The scores of some documents that match."""
        return [(sum(s.score(document) for s in self._scorers), document) for document in documents]


class _Best:
    """The best so far."""

    def __init__(self, count: int, floor: int) -> None:
        self.found: Ranked = []
        self.floor = floor
        """What scores less is of no use."""
        self._count = count

    def add(self, score: int, documents: BitMap) -> None:
        """Documents that have a score of ``floor`` or more."""
        for document in highest(documents, self._count):
            if len(self.found) < self._count:
                heapq.heappush(self.found, (score, document))
            elif (score, document) > self.found[0]:
                heapq.heapreplace(self.found, (score, document))
            else:
                break
        if len(self.found) == self._count:
            self.floor = max(self.floor, self.found[0][0])


class _Word:
    """What one word of the query can give to documents of one length."""

    def __init__(self, gains: Sequence[int], levels: list[tuple[int, BitMap]]) -> None:
        """``gains``: weight → score; ``levels``: weights, greatest first, and who has them."""
        self.gains = gains
        self.levels = levels
        self.most = gains[levels[0][0]]


def _descend(best: _Best, words: Sequence[_Word], score: int, documents: BitMap) -> None:
    """Find the best of documents that have a score already, and get more by ``words``."""
    if not words:
        best.add(score, documents)
        return
    word, rest = words[0], words[1:]
    most = score + sum(map(_most, rest))
    for weight, having in word.levels:
        more = word.gains[weight]
        if most + more < best.floor:
            return
        if here := documents & having:
            _descend(best, rest, score + more, here)
            documents = documents - here
            if not documents:
                return
    if most >= best.floor:
        _descend(best, rest, score, documents)


def _most(word: _Word) -> int:
    return word.most


class _Scorer:
    """What one word of the query gives to the documents of a segment."""

    def __init__(
        self,
        group: Group,
        documents: BitMap,
        segment: FlatLists,
        statistics: Statistics,
        leaf: Leaf,
    ) -> None:
        self.documents = group.documents & documents
        self._group = group
        self._segment = segment
        self._impacts = statistics.impacts
        self._rarity = scoring.rarity(statistics.documents, statistics.matching[leaf])

    def score(self, document: int) -> int:
        """The score of one document; 0 if it does not have the word where it counts."""
        if document not in self.documents:
            return 0
        weight = min(bits.weight_of(self._group.planes, document), scoring.MAX_WEIGHT)
        return self._rarity * self._impacts.row(self._segment.lengths[document])[weight]

    def levels(self) -> list[tuple[int, BitMap]]:
        """The weights that it has, as they count, greatest first, and in which documents."""
        levels = bits.levels(self._group.planes, self.documents)
        return [(min(weight, scoring.MAX_WEIGHT), documents) for weight, documents in levels]

    def gains(self, length: int) -> list[int]:
        """What it gives to documents of a length class, by weight."""
        return self._impacts.gains(self._rarity, length)


def highest(documents: BitMap, count: int) -> list[int]:
    """The highest numbers, from the highest."""
    return list(documents[-count:])[::-1] if count > 0 else []


def lowest(documents: BitMap, count: int) -> list[int]:
    """The lowest numbers, from the lowest."""
    return list(documents[:count])

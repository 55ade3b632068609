"""Facets: how many of the matches each year, tag, source and place has, to narrow an answer by."""

from __future__ import annotations

import functools
from collections import Counter
from typing import TYPE_CHECKING

from pyroaring import BitMap

from archive_gen.search.flat.lists import FACETS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.search.flat.lists import FlatLists

_Key = tuple[str, str]
"""Facet and keyword."""
_Facet = tuple[_Key, str, BitMap]
"""A keyword, one of its spellings, and the documents that have it so."""


class Facets:
    """Counts how many of the matches each year, tag, source and place has."""

    def __init__(self, segments: Sequence[FlatLists]) -> None:
        self._segments = segments

    def counts(self, matching: Sequence[BitMap]) -> dict[str, dict[str, int]]:
        """The counts for the matches of each segment, most first.

        Spellings that are one keyword count together, under the commonest of them.
        """
        found: dict[_Key, dict[str, int]] = {}
        twice: Counter[_Key] = Counter()
        for part, documents in zip(self._parts, matching, strict=False):
            if documents:
                part.count(documents, found, twice)
        shown: dict[str, list[tuple[int, str]]] = {name: [] for name in FACETS}
        for key, texts in found.items():
            total = sum(texts.values()) - twice.get(key, 0)
            shown[key[0]].append((-total, _commonest(texts)))
        return {name: {text: -total for total, text in sorted(shown[name])} for name in FACETS}

    @functools.cached_property
    def _parts(self) -> list[_Part]:
        return [_Part(segment.facets) for segment in self._segments]


def _commonest(texts: dict[str, int]) -> str:
    if len(texts) == 1:
        return next(iter(texts))
    return min(texts, key=lambda text: (-texts[text], text))


class _Part:
    """The facets of some documents."""

    def __init__(self, facets: list[_Facet]) -> None:
        self.facets = facets

    def count(
        self, documents: BitMap, found: dict[_Key, dict[str, int]], twice: Counter[_Key]
    ) -> None:
        """Add to the counts of each spelling, and of articles that have a keyword in two."""
        for key, spelling, own in self.facets:
            if count := own.intersection_cardinality(documents):
                texts = found.setdefault(key, {})
                texts[spelling] = texts.get(spelling, 0) + count
        for key, listed in self._respelt.items():
            counts = [own.intersection_cardinality(documents) for own in listed]
            twice[key] += sum(counts) - BitMap.union(*listed).intersection_cardinality(documents)

    @functools.cached_property
    def _respelt(self) -> dict[_Key, list[BitMap]]:
        """The documents of each spelling, if there are several."""
        found: dict[_Key, list[BitMap]] = {}
        for key, _, documents in self.facets:
            found.setdefault(key, []).append(documents)
        return {key: listed for key, listed in found.items() if len(listed) > 1}

"""Counts to narrow an answer by."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyroaring import BitMap

    from archive_gen.search.segment import Segment

FACETS = ("years", "tags", "sources")


def facets(matching: Iterable[tuple[Segment, BitMap]]) -> dict[str, dict[str, int]]:
    """How many of the matches each year, tag and source has, most first.

    Spellings that are one keyword count together, under the commonest of them.
    """
    found: dict[tuple[str, str], dict[str, int]] = {}
    twice: Counter[tuple[str, str]] = Counter()
    for segment, documents in matching:
        for key, spelling, own in segment.facets:
            if count := own.intersection_cardinality(documents):
                texts = found.setdefault(key, {})
                texts[spelling] = texts.get(spelling, 0) + count
        for key, listed in segment.respelt.items():
            # One article may have a tag in two spellings.
            counts = [own.intersection_cardinality(documents) for own in listed]
            joined = listed[0].union(*listed)
            twice[key] += sum(counts) - joined.intersection_cardinality(documents)
    shown: dict[str, list[tuple[int, str]]] = {name: [] for name in FACETS}
    for key, texts in found.items():
        total = sum(texts.values()) - twice[key]
        spelling = min(texts, key=lambda text: (-texts[text], text))
        shown[key[0]].append((-total, spelling))
    return {name: {text: -total for total, text in sorted(shown[name])} for name in FACETS}

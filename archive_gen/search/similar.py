"""More like this: the words that tell an article from the others."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archive_gen.search import analysis, scoring

if TYPE_CHECKING:
    from archive_gen.search.correction import Words
    from archive_gen.search.values import SearchDocument

_WORDS = 20
_CANDIDATES = 200
_LEAST = 2
"""A word of this article alone leads to no other."""


def telling_words(document: SearchDocument, index: Words) -> list[str]:
    """The words that are frequent in the article and rare in the archive, best first."""
    weights: Counter[str] = Counter()
    parts = (
        (scoring.TITLE_WEIGHT, document.title),
        (scoring.SUMMARY_WEIGHT, document.summary),
        (1, document.text),
    )
    for weight, text in parts:
        for word in analysis.words(text):
            weights[analysis.key(word)] += weight
    scores = []
    for word, weight in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:_CANDIDATES]:
        frequency = index.frequency(word, exact=True)
        if frequency >= _LEAST and len(word) > 1:
            scores.append((-weight * scoring.rarity(index.size, frequency), word))
    return [word for _, word in sorted(scores)[:_WORDS]]

"""From matches to an answer: the best in exact order, counts to narrow by, a better spelling."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from archive_gen.search import analysis, edits, matching
from archive_gen.search.query import All, Node, Text
from archive_gen.search.query import Any as AnyOf
from archive_gen.search.schema import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from archive_gen.search.base import SortOrder
    from archive_gen.search.matching import Matches
    from archive_gen.search.postings import WhooshPostings


def best(matches: Matches, index: WhooshPostings, sort: SortOrder, count: int) -> list[int]:
    """The first ``count`` documents in order.

    Equally good ones come newest first, then by path. ``oldest`` is ``newest`` turned round,
    but documents without a date are last in both.
    """
    moments = index.moments
    ranks: Mapping[SortOrder, Callable[[int], Any]] = {
        "relevance": lambda document: (-matches[document], -moments[document]),
        "newest": lambda document: -moments[document],
        "oldest": lambda document: moments[document] or float("inf"),
    }
    rank = ranks[sort]
    ranked = [(rank(document), document) for document in matches]
    if count < len(ranked):
        # Paths are only read of those that can be among the first.
        last = heapq.nsmallest(count, ranked)[-1][0] if count else None
        ranked = [pair for pair in ranked if last is not None and pair[0] <= last]
    ranked.sort(key=lambda pair: index.path(pair[1]), reverse=sort == "oldest")
    ranked.sort(key=lambda pair: pair[0])
    return [document for _, document in ranked[:count]]


def facets(matches: Iterable[int], index: WhooshPostings) -> dict[str, dict[str, int]]:
    """How many of the matches each year, tag and source has, most first.

    Spellings that are one keyword count together, under the commonest of them.
    """
    years: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    for combined, count in Counter(map(index.facts.__getitem__, matches)).items():
        period, source, *own_tags = combined.split(SEPARATOR)
        years[period[:4]] += count
        sources[source] += count
        for tag in dict.fromkeys(own_tags):
            tags[tag] += count
    return {"years": _ordered(years), "tags": _ordered(tags), "sources": _ordered(sources)}


def suggestion(text: str, node: Node, index: WhooshPostings) -> str | None:
    """The query with words that no article has replaced by the nearest that some have."""
    better = text
    for word in _plain_words(node):
        if len(word) > 1 and not _is_known(word, index):
            nearest = _nearest(word, index)
            if nearest:
                pattern = rf"(?<!\w){re.escape(word)}(?!\w)"
                better = re.sub(pattern, nearest, better, flags=re.IGNORECASE)
    return better if better != text else None


def _ordered(counts: Counter[str]) -> dict[str, int]:
    spellings: dict[str, list[tuple[int, str]]] = {}
    for text, count in counts.items():
        spellings.setdefault(analysis.keyword(text), []).append((-count, text))
    spellings.pop("", None)
    totals = [(sum(n for n, _ in found), min(found)[1]) for found in spellings.values()]
    return {text: -total for total, text in sorted(totals)}


def _plain_words(node: Node) -> Iterator[str]:
    if isinstance(node, Text):
        yield from (word for _, word in analysis.query_words(node.text))
    elif isinstance(node, (All, AnyOf)):
        for part in node.parts:
            yield from _plain_words(part)


def _is_known(word: str, index: WhooshPostings) -> bool:
    return any(index.postings(term) for term in matching.families(word, index))


def _nearest(word: str, index: WhooshPostings) -> str | None:
    near = edits.near(analysis.key(word), {term.word for term in index.vocabulary})
    counts: Counter[str] = Counter()
    wanted = {candidate for _, candidate in near}
    for term in index.vocabulary:
        if term.word in wanted:
            counts[term.word] += len(index.postings(term))
    ranked = [
        (distance, candidate[0] != word[0], -counts[candidate], candidate)
        for distance, candidate in near
        if counts[candidate]
    ]
    return min(ranked)[3] if ranked else None

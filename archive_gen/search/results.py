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

    Equal ones come newest first (oldest first, if that was asked for), then by path.
    Documents without a date are last in both orders of time.
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
        last = heapq.nsmallest(count, ranked)[-1][0]
        ranked = [pair for pair in ranked if pair[0] <= last]
    ranked.sort(key=lambda pair: (pair[0], index.path(pair[1])))
    return [document for _, document in ranked[:count]]


def facets(matches: Iterable[int], index: WhooshPostings) -> dict[str, dict[str, int]]:
    """How many of the matches each year, tag and source has, most first."""
    facts = index.facts
    years: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    for combined, count in Counter(facts[document] for document in matches).items():
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
                better = re.sub(pattern, lambda _, new=nearest: new, better, flags=re.IGNORECASE)
    return better if better != text else None


def _ordered(counts: Counter[str]) -> dict[str, int]:
    counts.pop("", None)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


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

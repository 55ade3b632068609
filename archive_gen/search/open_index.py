"""Answers from the segments of one state of the index."""

from __future__ import annotations

import dataclasses
import functools
import math
from typing import TYPE_CHECKING

from archive_gen.dates import parse_date
from archive_gen.search import correction, relaxing, scoring, similar
from archive_gen.search.facets import Facets
from archive_gen.search.matching import Found, Leaf, Matcher
from archive_gen.search.meaning import Meaning, meaning
from archive_gen.search.query_tree import All, Node, Text, leaves
from archive_gen.search.query_tree import Any as AnyOf
from archive_gen.search.ranking import Impacts, Ranking, Statistics, highest, lowest
from archive_gen.search.rerank import FIRST, Meant, points
from archive_gen.search.snippets import Marker
from archive_gen.search.values import Hit, Results

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyroaring import BitMap

    from archive_gen.search.flat.joined import JoinedSegment
    from archive_gen.search.flat.lists import FlatLists
    from archive_gen.search.flat.segment import Segment
    from archive_gen.search.values import SearchDocument, SortOrder

_FEW = 3


class OpenIndex:
    """Answers from the segments of one state."""

    def __init__(self, segments: Sequence[Segment | JoinedSegment]) -> None:
        self.segments = segments
        self.languages = sorted({name for segment in segments for name in segment.languages})
        self._words_of_length = functools.cache(self._find_words)
        self._near = functools.lru_cache(maxsize=64)(self._find_near)
        self.matchers = [Matcher(segment, self.languages, self._near) for segment in segments]
        self._facets = Facets(segments)

    def matches(self, node: Node) -> int:
        """How many documents match."""
        return sum(
            matcher.match(node).documents.intersection_cardinality(segment.live)
            for segment, matcher in zip(self.segments, self.matchers, strict=True)
        )

    def similar(self, path: str, limit: int) -> Results | None:
        """Articles that share the rare words of one; None if it is not in the index."""
        for segment in self.segments:
            number = segment.number_of(path)
            if number is not None and number in segment.live:
                words = similar.telling_words(segment.document(number), self)
                node = AnyOf(tuple(Text(word, exact=True) for word in words))
                found = self._answer(path, Meaning(node), limit + 1, 1, "relevance")
                hits = tuple(hit for hit in found.hits if hit.path != path)[:limit]
                return dataclasses.replace(
                    found, total=max(0, found.total - 1), hits=hits, limit=limit
                )
        return None

    def frequency(self, word: str, *, exact: bool = False) -> int:
        """In how many documents a word stands: in any form, or in exactly this one."""
        return sum(
            group.documents.intersection_cardinality(segment.live)
            for segment, matcher in zip(self.segments, self.matchers, strict=True)
            for _, group in matcher.groups(Text(word, exact))
        )

    def commonness(self, word: str) -> int:
        """The class of how many documents have exactly this word."""
        return correction.commonness(self.frequency(word, exact=True))

    def near(self, word: str, edits: int) -> list[str]:
        """The other words of the archive that are at most ``edits`` slips away."""
        near = (other for distance, other in self._near(word, edits) if distance)
        return [other for other in near if self.frequency(other, exact=True)]

    def _find_near(self, word: str, edits: int) -> list[tuple[int, str]]:
        """The same with the word itself, if the archive has it.

        A slip adds, drops or changes a letter, or swaps two neighbours (the restricted
        Damerau-Levenshtein distance).
        """
        # Loaded when it is needed: few queries are fuzzy.
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        near: list[tuple[int, str]] = []
        for length in range(max(1, len(word) - edits), len(word) + edits + 1):
            known = self._words_of_length(length)
            found = extract(word, known, scorer=OSA.distance, score_cutoff=edits, limit=None)
            near += [(int(distance), other) for other, distance, _ in found]
        return sorted(near)

    def _find_words(self, length: int) -> list[str]:
        parts = (segment.words_of_length(length) for segment in self.segments)
        return list(set[str]().union(*parts))

    def meet(self, word: str, others: Iterable[str], *, title: bool = False) -> int:
        """How many documents have exactly this word, and the ``others`` in any form.

        With ``title`` all of them in the title.
        """
        rest = (Text(other, title=title) for other in others)
        return self.matches(All((Text(word, exact=True, title=title), *rest)))

    def answer(
        self, query: str, node: Node | None, limit: int, page: int, sort: SortOrder
    ) -> Results:
        """Everything that is said about a query."""
        if node is None:
            return Results(query, 0, (), self._facets.counts([]), None)
        meant = meaning(query, node, self)
        results = self._answer(query, meant, limit, page, sort)
        if not results.total:
            other = relaxing.alternatives(meant.likeliest, self)
        else:
            other = relaxing.closer(meant.likeliest, self) if meant.missing else ()
        is_little = meant.least or results.total < _FEW
        is_as_typed = is_little and not (meant.searched or other)
        return dataclasses.replace(
            results,
            alternatives=other,
            suggestion=correction.suggestion(query, node, self) if is_as_typed else None,
        )

    def _answer(
        self, query: str, meant: Meaning, limit: int, page: int, sort: SortOrder
    ) -> Results:
        """What is found by what is looked for."""
        found = [matcher.match(meant.node) for matcher in self.matchers]
        matching = [
            f.documents & segment.live for f, segment in zip(found, self.segments, strict=True)
        ]
        total = sum(map(len, matching))
        best = self._best(meant.node, found, sort, limit * (page - 1), limit)
        marker = Marker({word for m in self.matchers for word in m.words(meant.node)})
        return Results(
            query=query,
            total=total,
            hits=tuple(_hit(document, score, marker) for score, document in best),
            facets=self._facets.counts(matching),
            suggestion=None,
            page=page,
            limit=limit,
            searched=meant.searched,
            least=meant.least,
            missing=meant.missing,
        )

    def _best(
        self, node: Node, found: list[Found], sort: SortOrder, start: int, count: int
    ) -> list[tuple[int, SearchDocument]]:
        """``count`` hits from number ``start``: final scores and documents."""
        by_title = sort == "relevance" and start < FIRST and any(f.scored for f in found)
        first: list[tuple[int, SearchDocument]] = []
        if by_title:
            meant = self._words_meant(node)
            ranked = self._ranked(node, found, sort, FIRST)
            worth = ranked[0][0] + 1 if ranked else 0
            best = [self.segments[n].document(d) for _, n, d in ranked]
            asked = points([document.title for document in best], meant)
            for (score, _, _), document, own in zip(ranked, best, asked, strict=True):
                first.append((score + worth * own, document))
            first.sort(key=lambda hit: -hit[0])
            first = first[start : start + count]
            start += len(first)
            count = count - len(first) if start >= FIRST else 0
        rest = self._ranked(node, found, sort, start + count)[start:] if count else []
        return first + [(score, self.segments[n].document(d)) for score, n, d in rest]

    def _words_meant(self, node: Node) -> list[Meant]:
        found: list[Meant] = []
        for part in leaves(node):
            each = [matcher.words_meant(part) for matcher in self.matchers]
            for meant in zip(*each, strict=True):
                found.append(
                    Meant(*(frozenset[str]().union(*sets) for sets in zip(*meant, strict=True)))
                )
        return found

    def _ranked(
        self, node: Node, found: list[Found], sort: SortOrder, count: int
    ) -> list[tuple[int, int, int]]:
        """The first ``count`` in order: score, number of the segment, document."""
        statistics = self._statistics(node)
        ranked: list[tuple[int, int, int]] = []
        scores: list[int] = []
        for number, segment in enumerate(self.segments):
            if not found[number].documents:
                continue
            ranking = Ranking(found[number], segment, statistics)
            if sort == "relevance":
                best = ranking.best(count, scores[count - 1] if len(scores) >= count > 0 else 0)
                scores = sorted([*scores, *(score for score, _ in best)], reverse=True)[:count]
            else:
                best = ranking.scores(_by_date(ranking.documents, segment, sort, count))
            ranked += [(score, number, document) for score, document in best]
        if len(self.segments) > 1:
            ranked.sort(key=lambda hit: _key(self.segments[hit[1]], sort, hit[0], hit[2]))
        return ranked[:count]

    @functools.cached_property
    def size(self) -> int:
        """How many documents there are."""
        return sum(len(segment.live) for segment in self.segments)

    @functools.cached_property
    def _impacts(self) -> Impacts:
        total = sum(segment.total_length for segment in self.segments)
        return Impacts(total / max(1, self.size))

    def _statistics(self, node: Node) -> Statistics:
        matching: dict[Leaf, int] = {}
        for part in dict.fromkeys(leaves(node)):
            for segment, matcher in zip(self.segments, self.matchers, strict=True):
                for leaf, group in matcher.groups(part):
                    count = group.documents.intersection_cardinality(segment.live)
                    matching[leaf] = matching.get(leaf, 0) + count
        return Statistics(self.size, self._impacts, matching)


def _by_date(documents: BitMap, segment: FlatLists, sort: SortOrder, count: int) -> list[int]:
    if sort == "newest":
        return highest(documents, count)
    period, undated = segment.runs[0]
    dated = documents.copy()
    dated.remove_range(0, 0 if period else undated)
    found = lowest(dated, count)
    return found + lowest(documents - dated, count - len(found))


def _key(segment: FlatLists, sort: SortOrder, score: int, document: int) -> tuple[float, ...]:
    """What brings the documents of several segments into order."""
    moment, tie = segment.moments[document], segment.ties[document]
    if sort == "relevance":
        return -score, -moment, -tie
    if sort == "newest":
        return -moment, -tie
    return moment or math.inf, tie


def _hit(document: SearchDocument, score: int, marker: Marker) -> Hit:
    return Hit(
        title=document.title,
        date=parse_date(document.date) if document.date else None,
        source=document.source,
        tags=document.tags,
        url=document.url,
        path=document.path,
        snippet=marker.snippet((document.text, document.summary)),
        score=round(score / scoring.SCALE, 4),
        language=document.language,
        heading=marker.mark(document.title),
    )

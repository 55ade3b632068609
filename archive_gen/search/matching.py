"""Which articles of a segment match a query tree, and what their scores are made of.

Every match is found, none is skipped: sets of documents are intersected and joined whole.
Scores are left to ``ranking``, which needs them of few.
"""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyroaring import BitMap

from archive_gen.search import analysis
from archive_gen.search.flat import bits
from archive_gen.search.flat.segment import BLOCK, PLACE
from archive_gen.search.flat.weights import added
from archive_gen.search.query_tree import (
    All,
    Any,
    Dates,
    Fuzzy,
    Keyword,
    Most,
    Node,
    Not,
    Text,
    Undated,
    Wild,
)
from archive_gen.search.rerank import Meant
from archive_gen.search.scoring import TITLE_PLACES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from archive_gen.search.analysis import Term
    from archive_gen.search.flat.joined import JoinedSegment
    from archive_gen.search.flat.segment import Segment


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Terms that mean the same: their weights in a document count together."""

    documents: BitMap
    planes: bits.Planes


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Documents that match, and the groups that score those of their sets."""

    documents: BitMap
    scored: tuple[tuple[Leaf, BitMap, Group], ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A group of a query, whatever the segment: its rarity is that in the whole archive."""

    node: Node
    word: int = 0
    """Which word of a phrase."""


class Matcher:
    """Matches query trees in one segment; keeps what it made of their parts."""

    def __init__(
        self,
        segment: Segment | JoinedSegment,
        languages: Sequence[str],
        near: Callable[[str, int], list[tuple[int, str]]],
    ) -> None:
        """``languages``: those of all segments; ``near``: the words of all within some edits."""
        self._near = near
        self._segment = segment
        self._languages = languages
        self._groups = functools.lru_cache(maxsize=256)(self._make_groups)
        self._terms = functools.lru_cache(maxsize=256)(self._find_terms)
        self._leaves: Mapping[type, Callable[..., Found]] = {
            Text: functools.lru_cache(maxsize=256)(self._text),
            Wild: self._one_group, Fuzzy: self._one_group,
            Keyword: self._keyword, Dates: self._dates, Undated: self._undated,
            Not: self._not, All: self._all, Any: self._any, Most: self._most,
        }  # fmt: skip

    def match(self, node: Node) -> Found:
        """What ``node`` matches, deleted documents included."""
        return self._leaves[type(node)](node)

    def groups(self, node: Node) -> Sequence[tuple[Leaf, Group]]:
        """The groups that a scored node consists of."""
        return self._groups(node)

    def words(self, node: Node) -> Iterator[str]:
        """The words by which documents match ``node``: what to mark in a text."""
        if isinstance(node, (All, Any, Most)):
            for part in node.parts:
                yield from self.words(part)
        elif isinstance(node, (Text, Wild, Fuzzy)):
            yield from itertools.chain.from_iterable(self._words(node))

    def words_meant(self, node: Text | Wild | Fuzzy) -> list[Meant]:
        """For each word of ``node`` the words that match it."""
        found = list(map(frozenset, self._words(node)))
        if not isinstance(node, Text):
            plain = node.pattern.strip("*") if isinstance(node, Wild) else node.word
            whole = frozenset([analysis.keyword(plain)])
            return [Meant(words, words, whole) for words in found]
        typed = (frozenset([analysis.key(word)]) for _, word in analysis.query_words(node.text))
        return list(map(Meant, typed, found))

    def families(self, word: str) -> list[Term]:
        """The terms that a typed word means: those of its families in each language.

        Depends only on the word's key, so that diacritics may be left out. For a word whose
        diacritics change its stem the index keeps the stem under ``alias``.
        """
        plain = analysis.key(word)
        roots = {(language, analysis.stem(language, plain)) for language in self._languages}
        for alias in self._segment.aliases_of(plain):
            language, _, stem = alias.partition(" ")
            roots.add((language, stem))
        return [term for root in sorted(roots) for term in self._segment.family(*root)]

    def _words(self, node: Text | Wild | Fuzzy) -> list[list[str]]:
        """The words of the terms of each group."""
        prefix = _prefix_of(node)
        if prefix is not None:
            return [self._segment.words_beginning(prefix)]
        return [[term.word for term in terms] for terms in self._terms(node)]

    def _find_terms(self, node: Text | Wild | Fuzzy) -> list[list[Term]]:
        """The terms of each group."""
        if isinstance(node, Text):
            wanted = analysis.query_words(node.text)
            exact = node.exact or len(wanted) > 1
            return [self._terms_of_word(word, exact=exact) for _, word in wanted]
        return [self._wild_terms(node) if isinstance(node, Wild) else self._fuzzy_terms(node)]

    def _terms_of_word(self, word: str, *, exact: bool) -> list[Term]:
        if analysis.is_single(word):
            return self._segment.terms_beginning(word)
        return self._segment.terms_of_word(analysis.key(word)) if exact else self.families(word)

    def _wild_terms(self, node: Wild) -> list[Term]:
        plain = analysis.keyword(node.pattern)
        prefix = re.split(r"[*?]", plain, maxsplit=1)[0]
        return self._segment.terms_of_pattern(_word_pattern(plain), prefix)

    def _fuzzy_terms(self, node: Fuzzy) -> list[Term]:
        words = self._near(analysis.keyword(node.word), node.edits)
        return [term for _, word in words for term in self._segment.terms_of_word(word)]

    def _make_groups(self, node: Text | Wild | Fuzzy) -> list[tuple[Leaf, Group]]:
        prefix = _prefix_of(node)
        if prefix is not None:
            planes = [self._segment.planes_beginning(prefix, title=node.title)]
        else:
            found = map(self._segment.weights_of, self._terms(node))
            planes = [added(weights, title=node.title) for weights in found]
        return [
            (Leaf(node, number), Group(bits.union(total), total))
            for number, total in enumerate(planes)
        ]

    def _one_group(self, node: Wild | Fuzzy) -> Found:
        [(leaf, group)] = self.groups(node)
        return Found(group.documents, ((leaf, group.documents, group),))

    def _text(self, node: Text) -> Found:
        groups = self.groups(node)
        if not groups:
            return Found(BitMap())
        documents = BitMap.intersection(*(group.documents for _, group in groups))
        if len(groups) > 1:
            documents &= self._in_sequence(node, documents)
        return Found(documents, tuple((leaf, documents, group) for leaf, group in groups))

    def _in_sequence(self, node: Text, having: BitMap) -> BitMap:
        """Documents in which the words stand together, each in its place.

        ``having``: those that have all of them.
        """
        return bits.union(
            [
                self._in_sequence_in(part, node).shift(base)
                for base, part in self._segment.parts
                if having.range_cardinality(base, base + len(part.lengths))
            ]
        )

    def _in_sequence_in(self, part: Segment, node: Text) -> BitMap:
        """The same in one part of the segment, as it numbers them."""
        offsets = [offset for offset, _ in analysis.query_words(node.text)]
        words = [[part.positions(term) for term in terms] for terms in self._terms(node)]
        found = BitMap()
        for block in range(len(part.lengths) // BLOCK + 1):
            there = [bits.union([places[block] for places in terms if places]) for terms in words]
            pairs = zip(there, offsets, strict=True)
            starts = BitMap.intersection(*(here.shift(-offset * PLACE) for here, offset in pairs))
            if node.title:
                starts.remove_range(TITLE_PLACES * PLACE, BLOCK * PLACE)
            low = set(map((BLOCK - 1).__and__, starts))
            found |= BitMap([block * BLOCK + number for number in low])
        return found

    def _keyword(self, node: Keyword) -> Found:
        if "*" in node.value or "?" in node.value:
            matches = wildcard(node.value)
            values = [v for v in self._segment.keywords(node.field) if matches(v)]
        else:
            values = [analysis.keyword(node.value)]
        return Found(bits.union([self._segment.keyword(node.field, v) for v in values]))

    def _dates(self, node: Dates) -> Found:
        if node.first == node.last:
            return Found(BitMap(self._segment.keyword("date", node.first)))
        # '~' follows every character of a period: a year is not before one of its months, and what
        # is undated not before anything.
        last = f"{node.last}~"
        return self._periods(lambda period: node.first <= period and f"{period}~" <= last)

    def _undated(self, _node: Undated) -> Found:
        return self._periods(lambda period: not period)

    def _periods(self, test: Callable[[str], bool]) -> Found:
        found, at = BitMap(), 0
        for period, count in self._segment.runs:
            if test(period):
                found.add_range(at, at + count)
            at += count
        return Found(found)

    def _not(self, node: Not) -> Found:
        return Found(self._everything() - self.match(node.part).documents)

    def _all(self, node: All) -> Found:
        wanted = [self.match(part) for part in node.parts if not isinstance(part, Not)]
        documents = self._everything()
        for found in wanted:
            documents &= found.documents
        for part in node.parts:
            if isinstance(part, Not):
                documents -= self.match(part.part).documents
        return Found(
            documents,
            tuple((leaf, own & documents, g) for found in wanted for leaf, own, g in found.scored),
        )

    def _any(self, node: Any) -> Found:
        parts = list(map(self.match, node.parts))
        documents = bits.union([found.documents for found in parts])
        return Found(documents, tuple(scored for found in parts for scored in found.scored))

    def _most(self, node: Most) -> Found:
        parts = list(map(self.match, node.parts))
        counts = bits.total([found.documents] for found in parts)
        documents = bits.union(
            [d for count, d in bits.levels(counts, bits.union(counts)) if count >= node.least]
        )
        return Found(
            documents,
            tuple((leaf, own & documents, g) for found in parts for leaf, own, g in found.scored),
        )

    def _everything(self) -> BitMap:
        return BitMap(range(len(self._segment.lengths)))


def _prefix_of(node: Node) -> str | None:
    """What the words begin with that a node asks for, if it asks for nothing else of them."""
    plain = analysis.keyword(node.pattern) if isinstance(node, Wild) else ""
    return plain[:-1] if re.fullmatch(r"[^*?]+\*", plain) else None


@functools.lru_cache(maxsize=64)
def wildcard(pattern: str) -> Callable[[str], object]:
    """A test for words or keywords: ``*`` stands for any characters, ``?`` for one."""
    parts = re.split(r"([*?])", analysis.keyword(pattern))
    expression = "".join({"*": ".*", "?": "."}.get(part, re.escape(part)) for part in parts)
    return re.compile(expression, re.DOTALL).fullmatch


@functools.lru_cache(maxsize=64)
def _word_pattern(plain: str) -> re.Pattern[bytes]:
    """The same for lines that begin with a word, in UTF-8."""
    jokers = {"*": rb"[^\x1f\n]*", "?": rb"(?:[^\x80-\xff\x1f\n]|[\xc2-\xf4][\x80-\xbf]+)"}
    parts = re.split(r"([*?])", plain)
    expression = b"".join(
        jokers.get(part) or re.escape(part.encode("utf-8", "surrogatepass")) for part in parts
    )
    return re.compile(rb"^" + expression + rb"\x1f", re.MULTILINE)

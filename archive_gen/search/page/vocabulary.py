"""The words of an archive as the page's index groups them: all of them, or those asked for.

After an edit few shards differ. Their words are looked up in the flat segments, so an update
costs what it changes and hardly more in a larger archive.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING, Protocol

from archive_gen.search import analysis
from archive_gen.search.whoosh.schema import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from archive_gen.search.analysis import Term
    from archive_gen.search.flat.segment import Segment

Root = tuple[str, str]
"""Language and stem: what the words of a family have in common."""


class Vocabulary(Protocol):
    """The terms that some document has; every list of them is sorted."""

    @property
    def languages(self) -> Collection[str]:
        """The languages whose stems are in the index."""

    def of_word(self, word: str) -> Sequence[Term]:
        """The terms of a word in all languages."""

    def family(self, root: Root) -> Sequence[Term]:
        """The terms of a family."""

    def aliases(self, word: str) -> Collection[Root]:
        """The families that ``word`` leads to only because it was typed without diacritics."""


class WholeVocabulary:
    """Every term, in memory."""

    def __init__(self, terms: Iterable[Term], keywords: Iterable[str]) -> None:
        """``keywords``: the terms of the field ``keys``."""
        words: defaultdict[str, list[Term]] = defaultdict(list)
        families: defaultdict[Root, list[Term]] = defaultdict(list)
        aliases: defaultdict[str, set[Root]] = defaultdict(set)
        self.languages: set[str] = set()
        for term in sorted(terms):
            words[term.word].append(term)
            families[term[:2]].append(term)
        for text in keywords:
            field, _, value = text.partition(SEPARATOR)
            if field == "stems":
                self.languages.add(value)
            elif field.startswith("alias "):
                aliases[field[6:]].add(_root(value))
        self._words: Mapping[str, list[Term]] = words
        self._families: Mapping[Root, list[Term]] = families
        self._aliases: Mapping[str, set[Root]] = aliases

    def of_word(self, word: str) -> Sequence[Term]:
        """See ``Vocabulary``."""
        return self._words.get(word, ())

    def family(self, root: Root) -> Sequence[Term]:
        """See ``Vocabulary``."""
        return self._families.get(root, ())

    def aliases(self, word: str) -> Collection[Root]:
        """See ``Vocabulary``."""
        return self._aliases.get(word, ())

    @functools.cached_property
    def ordered_keys(self) -> list[str]:
        """The keys that may have an entry, in the order of the page's strings.

        A stem is often a word that people type ("bank") though articles only have others of its
        family ("banks").
        """
        return sorted(self._words.keys() | {stem for _, stem in self._families}, key=page_order)


class SegmentVocabulary:
    """Looks up in the segments what is asked for. Raises ``DamagedError``."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        # Those of which nothing is deleted first: what they have needs no second look elsewhere.
        self._segments = sorted(segments, key=lambda each: len(each.lengths) - len(each.live))
        self.languages = {name for segment in segments for name in segment.languages}
        self._words: dict[str, list[Term]] = {}
        self.family = functools.cache(self._family)

    def of_word(self, word: str) -> Sequence[Term]:
        """See ``Vocabulary``."""
        found = self._words.get(word)
        if found is None:
            terms: set[Term] = set()
            for segment in self._segments:
                terms.update(segment.living_terms_of_word(word, terms))
            found = self._words[word] = sorted(terms)
        return found

    def know(self, word: str, terms: Sequence[Term]) -> None:
        """Its terms in all languages, for whoever has them from elsewhere."""
        self._words[word] = [*terms]

    def frequency(self, term: Term) -> int:
        """How many documents have a term."""
        return sum(
            segment.weights(term).documents().intersection_cardinality(segment.live)
            for segment in self._segments
        )

    def is_in_title(self, term: Term) -> bool:
        """Whether a document has a term in its title."""
        return any(
            segment.weights(term).titles().intersect(segment.live) for segment in self._segments
        )

    def aliases(self, word: str) -> Collection[Root]:
        """See ``Vocabulary``."""
        return {_root(value) for segment in self._segments for value in segment.aliases_of(word)}

    def is_key(self, key: str) -> bool:
        """Whether a document has the word, or a word whose stem this is."""
        return bool(
            self.of_word(key) or any(self.family((language, key)) for language in self.languages)
        )

    def sharing(self, roots: Collection[Root]) -> set[str]:
        """The keys that lead to one of ``roots``, and perhaps others."""
        if not roots:  # as a rule: no article has a new word
            return set()
        stems: defaultdict[str, set[str]] = defaultdict(set)
        for language, stem in roots:
            stems[language].add(stem)
        found = {
            word
            for segment in self._segments
            for word, value in segment.aliases()
            if _root(value) in roots
        }
        known = (keys for segment in self._segments for keys in (segment.words, segment.stems))
        keys = list(set[str]().union(*known))
        for language, wanted in stems.items():
            found |= analysis.may_have_stems(language, keys, wanted)
        return found

    def _family(self, root: Root) -> Sequence[Term]:
        return sorted({term for segment in self._segments for term in segment.family(*root)})


def page_order(text: str) -> bytes:
    """JavaScript compares strings by UTF-16 units."""
    return text.encode("utf-16-be", "surrogatepass")


def _root(value: str) -> Root:
    language, _, stem = value.partition(" ")
    return language, stem

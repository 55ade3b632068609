"""Queries for one known article: three words of its title, as typed, with a slip, in other forms.

How well they can be answered at all is limited: agencies send many articles whose titles have
the same few words.
"""

from __future__ import annotations

import itertools
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from archive_gen.search import analysis

_WORDS = 3
_SHORTEST = 4
"""Letters that a word must have to be asked for."""
_SINGULAR = frozenset({"news"})
"""They end like a plural and have no other number."""
_stem = partial(analysis.stem, "en")


@dataclass(frozen=True)
class Item:
    """An article that is looked for."""

    title: str
    words: list[str]
    """Three different words of the title, in its order."""
    queries: dict[str, list[str]]
    """Kind of query → its words."""


class KnownItems:
    """The titles of an archive, to draw queries from."""

    def __init__(self, titles: list[str], shortest: int = _SHORTEST) -> None:
        """``shortest``: the letters that a word has at least."""
        self._titles = titles
        self._articles = Counter(titles)
        self._words = {title: _telling(title, shortest) for title in self._articles}
        self._known = {word for title in self._articles for word in analysis.words(title)}
        self._with: defaultdict[str, set[str]] = defaultdict(set)
        for title, words in self._words.items():
            for word in words:
                self._with[word].add(title)
                self._with[f"stem {_stem(word)}"].add(title)

    def sample(self, count: int, seed: int) -> Iterator[Item]:
        """Of ``count`` articles those whose titles have enough words."""
        chance = random.Random(seed)
        for title in chance.sample(self._titles, min(count, len(self._titles))):
            words = self._words[title]
            if len(words) >= _WORDS:
                wanted = [
                    words[place] for place in sorted(chance.sample(range(len(words)), _WORDS))
                ]
                slipped, at = list(wanted), chance.randrange(_WORDS)
                slipped[at] = mistype(slipped[at], chance)
                queries = {"as typed": wanted, "one slip": slipped}
                if (other := self._other(wanted)) != wanted:
                    queries["inflected"] = other
                yield Item(title, wanted, queries)

    def reachable(self, words: list[str], *, forms: bool) -> float:
        """The reciprocal rank that can be expected of the best order there is.

        It puts those titles first from which just these words would be drawn most often. In one
        sample a ranking may be luckier. With ``forms`` other forms of a word count as the word.
        """
        form, mark = (_stem, "stem ") if forms else (str, "")
        wanted = list(map(form, words))
        groups = []
        for title in set[str].intersection(*(self._with[mark + word] for word in wanted)):
            own = list(map(form, self._words[title]))
            drawn = sum(list(some) == wanted for some in itertools.combinations(own, _WORDS))
            groups.append((drawn / math.comb(len(own), _WORDS), self._articles[title]))
        groups.sort(reverse=True)
        before = list(itertools.accumulate((articles for _, articles in groups), initial=0))
        total = sum(chance * articles for chance, articles in groups)
        return sum(
            chance * articles / total / (place + 1)
            for (chance, articles), place in zip(groups, before, strict=False)
            if place < 10
        )

    def _other(self, words: Iterable[str]) -> list[str]:
        """The other number of each word, where some title has it: nobody types "withs"."""
        others = [(word, inflected(word)) for word in words]
        return [other if other in self._known else word for word, other in others]


def _telling(title: str, shortest: int) -> list[str]:
    return list(dict.fromkeys(word for word in analysis.words(title) if len(word) >= shortest))


def reciprocal(titles: list[str], wanted: str) -> float:
    """One by the place of a title among the first ten, or 0."""
    # Agencies send one story under one title again: any of them is the one.
    return 1 / (titles.index(wanted) + 1) if wanted in titles else 0.0


def mistype(word: str, chance: random.Random) -> str:
    """Two letters swapped, one left out, changed or added."""
    at, letter = chance.randrange(1, len(word) - 1), chance.choice("abcdefghijklmnopqrstuvwxyz")
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    others = (word[:at] + word[at + 1 :], word[:at] + letter + word[at + 1 :])
    return chance.choice((swapped, *others, word[:at] + letter + word[at:]))


def inflected(word: str) -> str:
    """The singular of a plural, the plural of the rest, as English spells them."""
    if word in _SINGULAR:
        return word
    if re.search(r"[^aeiou]ies$", word):
        return f"{word[:-3]}y"
    if re.search(r"(?:ss|x|zz|ch|sh)es$", word):
        return word[:-2]
    if re.search(r"[^siu]s$", word):
        return word[:-1]
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search(r"(?:s|x|z|ch|sh)$", word) else f"{word}s"

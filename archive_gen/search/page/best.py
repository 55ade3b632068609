"""The articles that may score highest by a common word: the page shows them before it counts all.

The list of a common word is far longer than what its best hits stand in. So for each family with a
list that is cut there is a file of the documents with the highest *levels*, and what others can
weigh at most. A level follows from what all words of the family weigh in a document and from its
length, and grows with what they score; the average length, which changes with every article, has
no part in it. ``best.js`` looks whether the others could be among the first hits: as a rule they
can't. (The first of the layers of Anh, Moffat: "Pruned query evaluation using pre-computed
impacts", 2006.)
"""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from archive_gen.search.page.cuts import file_name
from archive_gen.search.page.lists import Listed, read_documents, read_postings, written_postings
from archive_gen.search.scoring import LENGTHS, MAX_WEIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive_gen.search.page.vocabulary import Root

LEAST = 1_000
"""So many documents are in the list at least."""
_STEPS = 4
"""Levels for each doubling."""
_USUAL_LENGTH = 181


class Best(NamedTuple):
    """What the page knows of the best documents of a family."""

    low: int
    """Their lowest level."""
    others: list[int]
    """For each length class what the family weighs at most in any other."""
    postings: str
    """The documents, each with what all words of the family weigh there."""


class Weighed(NamedTuple):
    """What a family weighs."""

    numbers: Sequence[int]
    """The page's numbers of its documents, in order."""
    postings: Sequence[int]
    """What all its words weigh in each."""


def _level_of(weight: int, length: int) -> int:
    """The level of a weight and a length class."""
    # In proportion to weight / (1 - b + b * length / usual length), as BM25 has it with b = 0.6.
    worth = (weight << 20) // (2 * _USUAL_LENGTH + 3 * LENGTHS[length])
    exponent = worth.bit_length()
    return _STEPS * exponent + (worth >> exponent - 3 & 3) if worth else 0


LEVEL = [_level_of(posting >> 5, posting >> 1 & 15) for posting in range(MAX_WEIGHT + 1 << 5)]
"""Posting → its level."""


def sum_of(first: int, second: int) -> int:
    """A posting with the weights of both."""
    return min((first >> 5) + (second >> 5), MAX_WEIGHT) << 5 | second & 31


def best_after(before: Best, gone: Iterable[int], come: Iterable[tuple[int, int]]) -> Best | None:
    """The same after an update, from what they were; None if others may be among them now.

    ``gone``: numbers of documents; ``come``: numbers with what the family weighs there.
    """
    known = dict(read_postings(before.postings))
    for number in gone:
        known.pop(number, None)
    known.update((number, posting) for number, posting in come if LEVEL[posting] >= before.low)
    numbers = sorted(known)
    return best(Weighed(numbers, [known[n] for n in numbers])) if len(known) >= LEAST else None


def best(weighed: Weighed) -> Best:
    """The best documents of a family."""
    return told(*highest(weighed))


def highest(weighed: Weighed) -> tuple[int, Listed]:
    """The lowest level of the best documents of a family, and these."""
    low = _lowest(Counter(weighed.postings))
    high = [LEVEL[posting] >= low for posting in weighed.postings]
    numbers, postings = (list(itertools.compress(each, high)) for each in weighed)
    return low, Listed(numbers, postings, [])


def told(low: int, found: Listed) -> Best:
    """What the page knows of what is ``highest``."""
    return Best(low, _heaviest_below(low), written_postings(found))


def documents_in(found: Best) -> list[int]:
    """The numbers of the best documents, in order."""
    return read_documents(found.postings)


def best_name(root: Root) -> str:
    """The file of the best documents of a family; ``terms.js`` has the same function."""
    language, stem = root
    return f"best/{language}-{file_name(stem)}"


def weighed(family: Sequence[Listed]) -> Weighed:
    """What a family weighs in each document, wherever its words stand, from their lists."""
    [first, *others] = family
    if not others:
        return Weighed(first.numbers, [posting & ~1 for posting in first.postings])
    whole: dict[int, int] = {}
    for listed in family:
        postings = dict(zip(listed.numbers, listed.postings, strict=True))
        both = [
            (number, sum_of(postings[number], whole[number])) for number in postings.keys() & whole
        ]
        whole |= postings
        whole.update(both)
    numbers = sorted(whole)
    return Weighed(numbers, [whole[number] & ~1 for number in numbers])


def _lowest(counts: Counter[int]) -> int:
    """The level from which on there are enough documents; ``counts``: of each posting."""
    by_level: Counter[int] = Counter()
    for posting, count in counts.items():
        by_level[LEVEL[posting]] += count
    found = 0
    for level in sorted(by_level, reverse=True):
        found += by_level[level]
        if found >= LEAST:
            return level
    return 0


def _heaviest_below(level: int) -> list[int]:
    classes = range(len(LENGTHS))
    return [max(_weights_below(level, length), default=0) for length in classes]


def _weights_below(level: int, length: int) -> Iterable[int]:
    return (w for w in range(1, MAX_WEIGHT + 1) if LEVEL[w << 5 | length << 1] < level)

"""Features of words: whether a line speaks with the words of the page's story.

No feature knows words of a language: the words that a page's own paragraphs share take the place
of a list of stop words, and of a topic.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Label
from archive_gen.cleaning.columns import column
from archive_gen.cleaning.phrases import words as phrase_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive_gen.cleaning.base import Block
    from archive_gen.cleaning.columns import Columns

SEEN = 4000
"""Characters of a line that are looked at: more say nothing new."""
PROSE_WORDS = 12
"""A sentence of so many words is taken for a paragraph."""
_STEM = 6
"""Letters of a word that count: most languages bend the ends of their words."""
_OPENING = 5
"""So many paragraphs from the headline on tell what the story is about."""
_NEAR = 4
"""Paragraphs before or after a line that it is compared with."""


def words_shared(blocks: Sequence[Block], labels: Sequence[Label | None]) -> Columns:
    """How much a line speaks with the words of paragraphs, of short lines, of the opening."""
    split = [frozenset([word[:_STEM] for word in block.key[:SEEN].split()]) for block in blocks]
    prose = [block.ends and block.words >= PROSE_WORDS for block in blocks]
    in_prose = _count(words for words, is_prose in zip(split, prose, strict=True) if is_prose)
    in_short = _count(words for words, is_prose in zip(split, prose, strict=True) if not is_prose)
    often = _at_least(in_prose, max(3, sum(prose) / 4))
    passed_over = often.union(
        *[[word for word in c if len(word) <= 3] for c in (in_prose, in_short)]
    )
    telling = [words - passed_over for words in split]
    prose_again, short_again = _at_least(in_prose, 2), _at_least(in_short, 2)
    # A line's own words do not count as shared: in its own kind, a word must stand twice.
    anywhere = frozenset(in_prose)
    in_both = anywhere & in_short.keys()
    of_phrases = phrase_words(_STEM)
    prompting = [len(words & of_phrases) for words in split]
    topical, elsewhere = [], []
    for words, is_prose in zip(telling, prose, strict=True):
        size = len(words) or 1
        topical.append(20 * len(words & (prose_again if is_prose else anywhere)) // size)
        elsewhere.append(20 * len(words & (in_both if is_prose else short_again)) // size)
    return {
        "topical words": column(topical),
        "common words": column([20 * len(words & often) // (len(words) or 1) for words in split]),
        "words of short lines": column(elsewhere),
        "telling words": column(map(len, telling)),
        "phrase words": column(prompting),
        "phrase share": column(
            [20 * count // (len(words) or 1) for count, words in zip(prompting, split, strict=True)]
        ),
        **_opening(telling, prose, labels),
        **_cohesion(telling, prose),
    }


def copies(blocks: Sequence[Block]) -> Columns:
    """Lines that the page says more than once."""
    keys = [block.key for block in blocks]
    times = Counter(keys)
    return {"copies": column([times[key] - 1 for key in keys])}


def _count(lines: Iterable[frozenset[str]]) -> Counter[str]:
    """In how many lines each word stands."""
    return Counter(chain.from_iterable(lines))


def _at_least(counts: Counter[str], least: float) -> frozenset[str]:
    return frozenset([word for word, count in counts.items() if count >= least])


def _opening(
    telling: Sequence[frozenset[str]], prose: Sequence[bool], labels: Sequence[Label | None]
) -> Columns:
    """The words of the headline and of the first paragraphs below it."""
    title = labels.index(Label.TITLE) if Label.TITLE in labels else -1
    headline = telling[title] if title >= 0 else frozenset()
    first = [i for i in range(max(0, title), len(prose)) if prose[i]][:_OPENING]
    said = _count([headline, *(telling[index] for index in first)])
    again, mine = _at_least(said, 2), frozenset(first)
    heard = frozenset(said)
    counts = [
        len(words & (again if index in mine else heard)) for index, words in enumerate(telling)
    ]
    return {
        "opening words": column(
            [20 * count // (len(words) or 1) for count, words in zip(counts, telling, strict=True)]
        ),
    }


def _cohesion(telling: Sequence[frozenset[str]], prose: Sequence[bool]) -> Columns:
    """The words of the last paragraphs above a line, and of the next ones below it."""
    paragraphs = [words for words, is_prose in zip(telling, prose, strict=True) if is_prose]
    none: frozenset[str] = frozenset()
    unions = [
        none.union(*paragraphs[max(0, start) : max(0, start + _NEAR)])
        for start in range(-_NEAR, len(paragraphs) + 1)
    ]
    before, after = [], []
    passed = [0, *accumulate(prose)]
    for index, words in enumerate(telling):
        size = (len(words) + 2) / 30
        before.append(int(len(words & unions[passed[index]]) / size))
        after.append(int(len(words & unions[passed[index + 1] + _NEAR]) / size))
    return {"cohesion before": column(before), "cohesion after": column(after)}

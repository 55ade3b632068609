"""Features of words: whether a line speaks with the words of the page's story.

No feature knows words of a language: the words that a page's own paragraphs share take the place
of a list of stop words, and of a topic.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, compress
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Label
from archive_gen.cleaning.model.columns import column
from archive_gen.cleaning.phrases import words as phrase_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Block
    from archive_gen.cleaning.model.columns import Columns

SEEN = 4000
"""Characters of a line that are looked at: more say nothing new."""
PROSE_WORDS = 12
"""A sentence of so many words is taken for a paragraph."""
_STEM = 6
"""Letters of a word that count: most languages bend the ends of their words."""
_STEMS = re.compile(rf"([^ ]{{4,{_STEM}}})[^ ]*")
"""Words of three letters and less say little."""
_OPENING = 5
"""So many paragraphs from the headline on tell what the story is about."""


def words_shared(blocks: Sequence[Block], labels: Sequence[Label | None]) -> Columns:
    """How much a line speaks with the words of paragraphs, of prompts, of the opening."""
    prose = [block.ends and block.words >= PROSE_WORDS for block in blocks]
    keys = [block.key for block in blocks]
    # What a dump says again is looked at once.
    stems = {key: frozenset(_STEMS.findall(key, 0, SEEN)) for key in dict.fromkeys(keys)}
    in_prose = Counter(chain.from_iterable([stems[key] for key in compress(keys, prose)]))
    often = _at_least(in_prose, max(3, sum(prose) / 4))
    # A paragraph's own words do not count as shared: in its own kind, a word must stand twice.
    anywhere, again = frozenset(in_prose) - often, _at_least(in_prose, 2) - often
    # So it is with those of the headline and the first paragraphs below it.
    title = labels.index(Label.TITLE) if Label.TITLE in labels else None
    first = [index for index in range(title or 0, len(prose)) if prose[index]][:_OPENING]
    headline = [] if title is None else [title]
    said = Counter(chain.from_iterable([stems[keys[i]] - often for i in headline + first]))
    heard, heard_again = frozenset(said), _at_least(said, 2)
    telling = {key: len(words) - len(words & often) or 1 for key, words in stems.items()}
    of_phrases = phrase_words(_STEM)
    spoken = {key: len(words & of_phrases) for key, words in stems.items()}
    topical = {key: 20 * len(words & anywhere) // telling[key] for key, words in stems.items()}
    opening = {key: 20 * len(words & heard) // telling[key] for key, words in stems.items()}
    of_topic, heard_in = [topical[key] for key in keys], [opening[key] for key in keys]
    for index in compress(range(len(keys)), prose):
        key = keys[index]
        of_topic[index] = 20 * len(stems[key] & again) // telling[key]
    for index in first:
        key = keys[index]
        heard_in[index] = 20 * len(stems[key] & heard_again) // telling[key]
    return {
        "topical words": column(of_topic),
        "phrase words": column([spoken[key] for key in keys]),
        "opening words": column(heard_in),
    }


def copies(blocks: Sequence[Block]) -> Columns:
    """Lines that the page says more than once."""
    keys = [block.key for block in blocks]
    times = Counter(keys)
    return {"copies": column([times[key] - 1 for key in keys])}


def _at_least(counts: Counter[str], least: float) -> frozenset[str]:
    return frozenset([word for word, count in counts.items() if count >= least])

"""The headline: which line before the story it is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Label, Mark
from archive_gen.cleaning.dates.in_text import find_date
from archive_gen.cleaning.dates.shown import is_life
from archive_gen.cleaning.headline.candidates import LONGEST, possible_lines
from archive_gen.cleaning.headline.features import FEATURES, LENGTHS, OPENING, View, is_credit
from archive_gen.cleaning.headline.weights import WEIGHTS
from archive_gen.cleaning.mastheads import find_newspaper
from archive_gen.cleaning.phrases import fold
from archive_gen.cleaning.site import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.cleaning.base import Block, Page
    from archive_gen.cleaning.headline.features import Feature

_MOST_COPIES = 4
"""A line that a page says more often is no headline of it."""
_TOP = 3
"""So many lines of a text may be its head and its headline."""
_DECKS = 4
"""Lines below a headline that may be further headlines before there is a sentence."""
_LONGEST_HEADING = 14
"""Words."""
_LONGEST_SENTENCE = 8
"""Words of a headline in small letters that ends as a sentence."""
_LOOKED_FOR = (
    "topical",
    "shared words",
    "below a headline",
    "credits below",
    "name",
    "date",
    "credit",
    "trail",
    "credits above",
    "copied below",
    "part of a line",
)
"""Features that look at more than a line and its neighbours, or at every letter; those first that
tell most."""
_HIGHEST = {"shared words": 6, "topical": math.log1p(OPENING)}
"""Of the dear features that speak for a headline; 1 for all others."""
_AT_A_GLANCE = [
    (WEIGHTS[name], feature)
    for name, feature in FEATURES.items()
    if name not in _LOOKED_FOR and name not in LENGTHS
]
_BY_LENGTH = [
    sum(WEIGHTS[name] for name, span in LENGTHS.items() if words in span)
    for words in range(LONGEST + 1)
]
"""What the number of its words says of a line."""
_AT_MOST = [max(0.0, WEIGHTS[name]) * _HIGHEST.get(name, 1) for name in _LOOKED_FOR]
_DEAR = [
    (WEIGHTS[name], FEATURES[name], sum(_AT_MOST[number:]))
    for number, name in enumerate(_LOOKED_FOR, start=1)
]
"""Weight, feature, and what all those after it add at most."""


def title(page: Page) -> Iterator[Mark]:
    """The best line above the story, and other lines that repeat it."""
    best, reason = choose(page), "headline: stands above the story and shares its words"
    first = first_heading(page) if best is None or page.blocks[best].text.isupper() else None
    if first is not None and (best is None or _are_decks(page.blocks[first : best + 1])):
        best, reason = first, "headline: the text begins with it"
    if best is None:
        return
    yield Mark(best, Label.TITLE, reason)
    if first is not None:
        yield from _decks(page, best)
    key = page.blocks[best].key
    for index, block in enumerate(page.blocks):
        # With the site's name after it, it is a longer line that begins alike.
        if index != best and block.key.startswith(key) and _says(block, key, page.site):
            yield Mark(index, Label.FURNITURE, "repeats the headline")


def _says(block: Block, key: str, site: str) -> bool:
    """Whether a line says ``key``, with or without the name of the site after it."""
    return key in (block.key, fold(stem(block.text, site)))


def choose(page: Page) -> int | None:
    """The index of the headline; None if no line is like one.

    Most lines lose by what is seen at a glance: whatever the dear features said, another line
    has more.
    """
    view = View(page)
    glances = {
        index: _BY_LENGTH[page.blocks[index].words] + _score(view, index, _AT_A_GLANCE)
        for index in possible_lines(page)
        if view.copies[page.blocks[index].key] <= _MOST_COPIES
    }
    best, most = None, 0.0
    for index in sorted(glances, key=lambda index: (-glances[index], index)):
        if glances[index] + sum(_AT_MOST) < most:
            break
        score = _looked_closely(view, index, glances[index], most)
        better = score > most or (score == most and best is not None and index < best)
        if better and not is_life(page.blocks[index].text):
            best, most = index, score
    return best


def first_heading(page: Page) -> int | None:
    """The index of a line with which a text begins and that is no sentence of it, above one.

    Of a short text too little tells for any line to be like a headline; print has its head above.
    """
    possible = possible_lines(page)
    newspaper, head = find_newspaper(page.blocks)
    for index, block in enumerate(page.blocks[:_TOP]):
        if index in possible and _is_heading(block):
            return index if _has_text_below(page.blocks, index) else None
        if not (find_date(block.text) or (newspaper and index == head)):
            return None
    return None


def _has_text_below(blocks: Sequence[Block], index: int) -> bool:
    """Whether a sentence follows, perhaps below more headlines; in a tiny text, any line."""
    block = blocks[index]
    least = block.words * (2 if block.ends and not block.text.isupper() else 1)
    for other in blocks[index + 1 : index + 1 + _DECKS]:
        if other.words > least and not other.text.isupper() and not other.prompt:
            return other.ends or len(blocks) <= _TOP
    return False


def _are_decks(blocks: Sequence[Block]) -> bool:
    """Whether all are headings in capitals, as print sets them below each other."""
    return bool(blocks) and all(block.text.isupper() for block in blocks)


def _decks(page: Page, title: int) -> Iterator[Mark]:
    """The further headlines below that of a text in print, whose words the story has, too."""
    for index in range(title + 1, min(title + 1 + _DECKS, len(page.blocks))):
        block = page.blocks[index]
        if index in page.marks or not (block.text.isupper() and _is_heading(block)):
            return
        yield Mark(index, Label.LEAD, "a further headline below the first", certain=True)


def _is_heading(block: Block) -> bool:
    most = _LONGEST_SENTENCE if block.ends and not block.text.isupper() else _LONGEST_HEADING
    return 2 <= block.words <= most and not block.prompt and not is_credit(block)


def _looked_closely(view: View, index: int, score: float, least: float) -> float:
    """The score with the dear features; of a line that can't reach ``least`` only a part."""
    for weight, feature, left in _DEAR:
        score += weight * feature(view, index)
        if score + left < least:
            break
    return score


def _score(view: View, index: int, features: Sequence[tuple[float, Feature]]) -> float:
    return sum([weight * feature(view, index) for weight, feature in features])

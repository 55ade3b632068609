"""Pages that only lead to stories: a section of a site, a list of tags, what a search found.

What they show of each story reads like one. They are known by their form: headlines that are links
part all that they say into pieces of a few sentences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Page
    from archive_gen.cleaning.html.lines import Spot

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_LINKED = 0.9
"""The share of its letters: a time or a mark may stand beside the link."""
_SHORTEST = 3
"""Words of a headline: sections are called by less."""
_FEWEST = 3
"""Stories."""
_ABOVE, _LARGEST = 0.2, 0.5
"""The share of all words that may stand above the first headline, or below one of them."""
_TEASER = 100
"""Words of what is shown of a story, as a mean: below headings of a guide that lead to what it
speaks of, there is more."""


def only_leads_to_stories(page: Page, spots: Sequence[Spot]) -> bool:
    """Whether a page shows a little of each of several stories, and is none itself."""
    story = page.indexes(*BODY_LABELS)
    words = [block.words for block in page.blocks]
    if len(story) >= _FEWEST and all(spots[index].linked >= _LINKED for index in story):
        return True  # all of each teaser is a link
    kept = frozenset(story)
    pieces = [0]
    for index, spot in enumerate(spots):
        if spot.kind in _HEADINGS and spot.linked >= _LINKED and words[index] >= _SHORTEST:
            pieces.append(0)
        elif index in kept:
            pieces[-1] += words[index]
    above, *told = pieces
    told = [piece for piece in told if piece]
    total = above + sum(told)
    return (
        len(told) >= _FEWEST
        and above <= _ABOVE * total
        and max(told) <= _LARGEST * total
        and total <= _TEASER * len(told)
    )


def leads_to_stories(name: str) -> Problem:
    """What there is to tell of such a page."""
    message = "only leads to stories, by its form"
    return Problem(name, 0, message, "'archive remove' takes the article out, if it is none")

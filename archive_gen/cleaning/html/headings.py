"""Which lines that a page marks up as headings head nothing: a standfirst above the story, and
paragraphs that a site sets large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Label, Mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.cleaning.base import Block
    from archive_gen.cleaning.html.lines import Spot

HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_LONGEST = 30
"""Words of a heading that asks nothing; of interviews the questions are headings, too."""
_STANDFIRST = 9
"""Words, at least, of a standfirst that ends as no sentence, or asks; …"""
_SENTENCE = 5
"""… and of one that ends as a sentence."""
_ASKS = ("?", "？", "؟", ";")


def no_headings(
    blocks: Sequence[Block], spots: Sequence[Spot], story: Sequence[int]
) -> Iterator[Mark]:
    """Those among the lines of ``story`` that are paragraphs all the same."""
    if story and _is_standfirst(blocks, spots, story):
        yield Mark(story[0], Label.BODY, "a standfirst, which heads nothing")
    for index in story:
        block = blocks[index]
        asks = block.text.endswith(_ASKS)
        if spots[index].kind in HEADINGS and block.words > _LONGEST and not asks:
            yield Mark(index, Label.BODY, "too long for a heading")


def _is_standfirst(blocks: Sequence[Block], spots: Sequence[Spot], story: Sequence[int]) -> bool:
    """Whether the first line of a story is a sentence above it, or longer than most headings
    and the only one that is written so."""
    first, *others = story
    block, spot = blocks[first], spots[first]
    if spot.kind not in HEADINGS or not others or spots[others[0]].kind in HEADINGS:
        return False
    if block.ends and not block.text.endswith(_ASKS):
        return block.words >= _SENTENCE
    alike = ((spots[index].kind, spots[index].style) for index in others)
    return block.words >= _STANDFIRST and (spot.kind, spot.style) not in alike

"""The pictures of an HTML page that belong to its story, and what the page says of them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Picture
from archive_gen.cleaning.html.stated.head import web_address
from archive_gen.cleaning.pictures import split_caption, split_credit
from archive_gen.pictures import ENDINGS, is_beside
from archive_gen.urls import path_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from archive_gen.cleaning.base import Block
    from archive_gen.cleaning.html.lines import Shown, Spot

NEAR = 25
"""A picture may stand so many lines above the story."""
_ABOVE_TITLE = 3
"""The same of one that stands above the headline, inside the article's own element."""
_LONGEST = 80
"""Words of a caption."""
_LEAST_STORY = 2
"""Lines of the story, or less, of which none is taken for a caption: a picture may be all of it."""
_SMALLEST = 100
"""Pixels: what a page shows smaller is an ornament."""
_OTHERS = frozenset("nav aside footer form related share comment about sell tags hidden".split())
"""Where the pictures of other stories, of authors and of the site stand."""
_TAKEN = re.compile(
    r"\b(?:photo(?:graph)?s?|foto|picture|image|bild|fotografía|imagen|imagem|фото)\b",
    re.IGNORECASE,
)
_ORNAMENT = re.compile(
    r"(?<![a-z])(?:ads?|badge|banner|blank|button|emoji|g?r?avatars?|icons?|loading|logos?|pixel|"
    r"placeholder|smil(?:ey|ies)|spacer|sprite)(?![a-z])|\.svg$",
    re.IGNORECASE,
)
"""In the address or the class names of a picture that is none of the story."""


def story_pictures(
    blocks: Sequence[Block],
    spots: Sequence[Spot],
    shown: Sequence[Shown],
    story: range,
    title: int | None,
    in_story: Collection[int],
    address: str,
) -> tuple[Picture, ...]:
    """Those with a ``figcaption`` close to the story, and those without that stand in it, in order.

    ``title`` is the line of the headline, ``in_story`` has the lines that are story, and
    ``address`` is the page's own.
    """
    alts = {source: picture.alt for picture in shown for source in picture.sources}
    found = dict(_captioned(blocks, spots, story, alts, address))
    told = {source for picture in found.values() for source in picture.sources}
    for number, picture in enumerate(shown):
        fresh = told.isdisjoint(picture.sources)
        if fresh and _is_of(picture, story, title) and not _is_ornament(picture):
            told.update(picture.sources)
            found[picture.line, number + 1] = _bare(picture, blocks, spots, in_story, address)
    return tuple(picture for _, picture in sorted(found.items(), key=lambda item: item[0]))


def _captioned(
    blocks: Sequence[Block],
    spots: Sequence[Spot],
    story: range,
    alts: dict[str, str],
    address: str,
) -> Iterator[tuple[tuple[int, int], Picture]]:
    """What stands in a ``figcaption``, and where; its lines speak of one picture."""
    captions = [
        index
        for index in range(max(0, story.start - NEAR), story.stop)
        if spots[index].kind == "figcaption" and blocks[index].words <= _LONGEST
    ]
    for indexes in _together(captions, spots):
        sources = spots[indexes[0]].picture
        src = web_address(sources[0], address) if sources else ""
        alt = alts.get(sources[0], "") if sources else ""
        yield (indexes[0], 0), Picture(indexes, *_words(blocks, spots, indexes), src, sources, alt)


def _together(captions: Sequence[int], spots: Sequence[Spot]) -> Iterator[tuple[int, ...]]:
    """Lines of captions, those together that speak of one picture: one after the other they stand
    in one caption, or the later in another of the same picture, which names its maker alone."""
    group: list[int] = []
    for index in captions:
        spot, above = spots[index], spots[index - 1]
        is_credit = bool(spot.picture) and spot.picture == above.picture and _is_credit(spot)
        if group and not (index == group[-1] + 1 and (spot.caption == above.caption or is_credit)):
            yield tuple(group)
            group = []
        group.append(index)
    if group:
        yield tuple(group)


def _is_credit(spot: Spot) -> bool:
    return not split_caption(spot.text, spot.credit)[0]


def _bare(
    picture: Shown,
    blocks: Sequence[Block],
    spots: Sequence[Spot],
    in_story: Collection[int],
    address: str,
) -> Picture:
    """A picture without a ``figcaption``: its words may stand in the next line all the same."""
    first = picture.sources[0]
    src = web_address(first, address) or (first if is_beside(first) else "")
    below = picture.line
    brief = below < len(spots) and blocks[below].words <= _LONGEST
    named = brief and "caption" in spots[below].near and below not in in_story
    told = brief and len(in_story) > _LEAST_STORY and _says_who_took_it(blocks[below])
    indexes = (below,) if named or told else ()
    return Picture(indexes, *_words(blocks, spots, indexes), src, picture.sources, picture.alt)


def _says_who_took_it(block: Block) -> bool:
    """Whether a line ends with who took a picture: ``The old bridge. (Photo by Bo Lund)``."""
    caption, credit = split_credit(block.text) if "://" not in block.text else ("", "")
    return bool(caption and credit) and _TAKEN.search(block.text, len(caption)) is not None


def _words(
    blocks: Sequence[Block], spots: Sequence[Spot], indexes: Sequence[int]
) -> tuple[str, str]:
    """Caption and credit."""
    texts = [split_caption(blocks[index].text, spots[index].credit) for index in indexes]
    captions = dict.fromkeys(caption for caption, _ in texts if caption)
    makers = dict.fromkeys(credit for _, credit in texts if credit)
    return " ".join(captions), " / ".join(makers)


def _is_of(picture: Shown, story: range, title: int | None) -> bool:
    """Whether it stands between the headline and the end of the story, and not aside."""
    if not _OTHERS.isdisjoint(picture.hints):
        return False
    low = story.start if title is None else max(title + 1, story.start - NEAR)
    if title is not None and "article" in picture.hints:
        low = min(low, title - _ABOVE_TITLE)
    return low <= picture.line < story.stop


def _is_ornament(picture: Shown) -> bool:
    """Whether it is small, named as an ornament, or a link to something else than itself."""
    get = picture.element.get
    sizes = (get("width") or "", get("height") or "")
    if any(size.isdecimal() and int(size[:6]) < _SMALLEST for size in sizes):
        return True
    if any(map(_ORNAMENT.search, (*map(path_of, picture.sources), get("class") or ""))):
        return True
    link = next(picture.element.iterancestors("a"), None)
    target = str(link.get("href") or "") if link is not None else ""
    return bool(target) and PurePosixPath(path_of(target)).suffix not in ENDINGS

"""Pages whose ``title`` names the site alone: what their readers saw as the headline.

Old sites have one title for all of their pages, and headlines that only their size tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, Label, Mark, Page
from archive_gen.cleaning.headline.features import terms_of
from archive_gen.cleaning.html.marks import heading_above
from archive_gen.cleaning.lines.blocks import split_blocks
from archive_gen.cleaning.phrases import fold
from archive_gen.cleaning.pictures import split_credit
from archive_gen.cleaning.rules.title import choose

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from archive_gen.cleaning.base import Found
    from archive_gen.cleaning.html.lines import Spot

_BY_CHANCE = 0.25
"""Share of the words of a site's name that a story may have, too."""


def headline_instead(page: Page, spots: Sequence[Spot], title: Found) -> str:
    """The line above the story that speaks of it, where ``title`` does not, and only the ``title``
    element says it, or nothing does; else empty."""
    if title.origin not in ("title element", ""):
        return ""
    story = _stems("\n".join(page.texts(*BODY_LABELS)))
    if not story or _speaks_of(title.value, story, page):
        return ""
    best = choose(Page(page.blocks, page.site, page.story, page.pictures, marks=_credited(page)))
    shown = "" if best is None or page.blocks[best].ends else page.blocks[best].text
    lines = (heading_above(page, spots), shown)
    told = (line for line in lines if not _stems(line).isdisjoint(story))
    return next((line for line in told if fold(line) != fold(title.value)), "")


def _speaks_of(title: str, story: AbstractSet[str], page: Page) -> bool:
    """Whether a title says what the story is about: it has a word of it, or, as the name of a site
    may have one by chance, some of its words where no line of the page shows it."""
    told = _stems(title)
    shown = page.index_of(Label.TITLE) is not None
    return len(told & story) > (0 if shown else len(told) * _BY_CHANCE)


def _credited(page: Page) -> dict[int, Mark]:
    """The lines that name who took a picture, below which old pages say it without markup."""
    lines = (index for index, block in enumerate(page.blocks) if split_credit(block.text)[1])
    return {index: Mark(index, Label.CAPTION, "names who took a picture") for index in lines}


def _stems(text: str) -> set[str]:
    return {term for block in split_blocks(text) for term in terms_of(block)}

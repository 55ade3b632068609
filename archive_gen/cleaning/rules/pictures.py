"""Captions and credits, of this story's pictures or of another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Label, Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.cleaning.base import Page


def pictures(page: Page) -> Iterator[Mark]:
    """The lines of each picture that stands between headline and end of the story."""
    title = page.index_of(Label.TITLE)
    first = page.story.start - 12 if title is None else title - 3
    for picture in page.pictures:
        inside = first <= picture.indexes[0] <= page.story.stop
        label = (Label.CAPTION if picture.caption else Label.CREDIT) if inside else Label.TEASER
        reason = "caption and credit of a picture" if inside else "a picture of another story"
        for number, index in enumerate(picture.indexes):
            again = "repeats the caption" if number and inside else reason
            yield Mark(index, label, again)

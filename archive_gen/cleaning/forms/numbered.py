"""Items of lists that a text numbers itself: ``3. Marsh End``."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, Label, Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.cleaning.base import Page

_NUMBER = re.compile(r"\A\(?(\d{1,2})[.)]\s+(?=\S)")


def mark_numbers(page: Page) -> None:
    """Keep the numbers of items that are counted upwards.

    Markdown counts by itself, so those that are counted otherwise, as in a countdown, are no list.
    """
    numbers: dict[int, int] = {}
    for items in _items(page):
        if all(later - earlier == 1 for earlier, later in pairwise(items.values())):
            numbers |= items
        else:
            for index in items:
                page.marks[index] = Mark(index, Label.BODY, "numbered, but not counted upwards")
    page.numbers = numbers


def _items(page: Page) -> Iterator[dict[int, int]]:
    """Index → number, of items that follow one another without any other line of the story."""
    found: dict[int, int] = {}
    for index in page.indexes(*BODY_LABELS):
        number = _NUMBER.match(page.blocks[index].text)
        if page.label(index) is Label.LIST and number:
            found[index] = int(number[1])
        elif found:
            yield found
            found = {}
    if found:
        yield found

"""The rules' word and the model's, brought together.

The rules name lines; which of the others belong to the story, the model knows better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, Label, Mark

if TYPE_CHECKING:
    from archive_gen.cleaning.base import Page

_KEEP_FROM = {Label.FURNITURE: 0.5, Label.TEASER: 0.5, Label.LEAD: 0.85}
"""The chance from which a line is story although the rules say otherwise.

Of titles, bylines, dates and captions the rules know more: where the model read those as story,
it was wrong.
"""
_DROP_BELOW = {
    Label.BODY: 0.25,
    Label.LIST: 0.15,
    Label.QUOTE: 0.15,
    Label.SUBHEADING: 0.1,
    Label.DATELINE: 0.0,
}
"""The chance below which a line is not story although the rules say so. Low: to lose a paragraph
is worse than to keep a line of furniture."""


def decide(page: Page, chances: list[float]) -> None:
    """Set the marks of ``page`` right where the model is sure that they are wrong."""
    page.chances = chances
    for index, chance in enumerate(chances):
        mark = page.marks[index]
        if not mark.certain:
            page.marks[index] = _judge(mark, chance)


def _judge(mark: Mark, chance: float) -> Mark:
    if mark.label in BODY_LABELS and chance < _DROP_BELOW[mark.label]:
        return Mark(mark.index, Label.FURNITURE, f"reads as no part of the story ({chance:.2f})")
    if chance >= _KEEP_FROM.get(mark.label, 2.0):
        return Mark(mark.index, Label.BODY, f"reads as story text ({chance:.2f})")
    return mark

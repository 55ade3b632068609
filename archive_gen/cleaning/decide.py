"""The rules' word and the model's, brought together.

The rules name lines; which of the others belong to the story, the model knows better: those whose
chance is above the threshold at which the page's expected F1 is highest, or a little below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, NOTHING_LEARNED, Label, Mark
from archive_gen.cleaning.expected import best_f1
from archive_gen.cleaning.story import best_run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive_gen.cleaning.base import Block, Learned, Page

ENDED = "below a line that no story of this source goes on after"
_NAMED = frozenset(
    {Label.TITLE, Label.BYLINE, Label.DATE, Label.CAPTION, Label.CREDIT, Label.KEYWORDS}
)
"""Labels that the model may not change: where it read such lines as story, it was wrong as often
as right."""
_KEEP_FROM = {Label.LEAD: 0.85, Label.TEASER: 0.6, Label.FURNITURE: 0.6}
"""Label → the chance above which a line is story all the same."""
_STANDFIRST = 15
"""Words: a lead of so many or more is mostly the story's first paragraph."""
_LONG_LEAD_FROM = 0.35
"""The chance above which such a lead is story. Between this and 0.5, three in five are."""
_SUBHEADING_FROM = 0.04
"""The chance above which a subheading is kept. Below it, one in eleven is story."""
_DATELINE_FROM = 0.1
"""The same of a dateline: where lines are wrapped by hand, the model misses its sentence's end."""
_LEAN = 0.16
"""How far below the best threshold the line is drawn: to lose a paragraph is worse than to keep a
line of furniture."""
_LEAN_WHERE_LEARNED = 0.22
"""The same where it is known what the source repeats: of what is left less is furniture."""
_LEAN_IN_DOUBT = 0.7
"""How much further for each unit by which the expected F1 falls short of 1: where a page is plain,
its chances are right."""
_FLOOR = 0.12
"""The lowest threshold, however little of the page is story."""
_LEAST_OF_ALL = min(*_KEEP_FROM.values(), _LONG_LEAD_FROM, _FLOOR)
"""No line outside of the body comes into it with less of a chance."""
_BELOW_END_FROM = 0.8
"""The chance from which a line is kept below the line with which its source ends stories."""
_LIKELY = 0.25
"""Lines of a lower chance count against the run that they stand in."""
_MOST_IN_HEAD = 12
"""Lines, at most, between a headline and its story."""
_LONGEST = 200
"""Words of a line that count, at most."""


def settle(page: Page, chances: Sequence[float]) -> None:
    """Give each line its chance; where a rule is certain, that is 0 or 1."""
    page.chances = list(chances)
    for index, mark in page.marks.items():
        if mark.certain:
            page.chances[index] = float(mark.label in BODY_LABELS)


def decide(page: Page, lines: range, least: float) -> None:
    """Correct the marks of ``lines`` where the model disagrees.

    ``least``: the chance above which a line is story (``threshold``).
    """
    for index in lines:
        mark, chance = page.marks[index], page.chances[index]
        if chance <= _LEAST_OF_ALL and mark.label not in BODY_LABELS:
            continue  # as most lines of a page are
        if is_open(mark):
            needed = _least(mark, page.blocks[index].words, least)
            page.marks[index] = _judge(mark, chance, needed)


def is_open(mark: Mark) -> bool:
    """Whether neither a person nor the rules know surely what a line is."""
    return not mark.certain and mark.label not in _NAMED


def end_story(page: Page, end: int) -> None:
    """Drop what ``decide`` kept below line ``end``, but for lines that are sure."""
    below = range(end + 1, len(page.blocks))
    leave_out(page, (i for i in below if page.chances[i] < _BELOW_END_FROM), ENDED)


def leave_out(page: Page, lines: Iterable[int], reason: str) -> None:
    """Drop those of ``lines`` that were taken for story, unless a person keeps them."""
    for index in lines:
        if page.label(index) in BODY_LABELS and not page.marks[index].certain:
            page.marks[index] = Mark(index, Label.FURNITURE, reason, certain=True)
            page.chances[index] = 0.0


def better_run(page: Page) -> range | None:
    """The run of lines that holds most of what the model finds likely to be story.

    None if the rules had it right: they had chosen this run, or a headline right above it, or the
    model finds no story above their headline. The lines above it must have been decided on; all,
    if there is no headline.
    """
    title = page.index_of(Label.TITLE)
    above = range(len(page.blocks) if title is None else title)
    if not any(page.marks[index].label in BODY_LABELS for index in above):
        return None
    pairs = zip(page.chances, words_that_count(page.blocks), strict=True)
    run = best_run([size * (chance - _LIKELY) for chance, size in pairs])
    heads = title is not None and 0 < run.start - title <= _MOST_IN_HEAD
    return None if heads or run == page.story else run


def threshold(
    blocks: Sequence[Block], chances: Sequence[float], learned: Learned = NOTHING_LEARNED
) -> float:
    """The chance above which a line is taken for story."""
    best = best_f1(chances, words_that_count(blocks))
    lean = _LEAN_WHERE_LEARNED if learned.furniture else _LEAN
    return max(_FLOOR, best / 2 - lean - _LEAN_IN_DOUBT * (1 - best))


def words_that_count(blocks: Sequence[Block]) -> list[int]:
    """How many words of each line count: a page in one line shall not outweigh all."""
    return [words if (words := block.words) < _LONGEST else _LONGEST for block in blocks]


def _least(mark: Mark, words: int, least: float) -> float:
    """The chance above which a marked line is story; ``least`` where the mark says nothing."""
    if mark.label is Label.SUBHEADING:
        return _SUBHEADING_FROM
    if mark.label is Label.DATELINE:
        return _DATELINE_FROM
    if mark.label is Label.LEAD and words >= _STANDFIRST:
        return _LONG_LEAD_FROM
    return least if mark.guess else _KEEP_FROM.get(mark.label, least)


def _judge(mark: Mark, chance: float, least: float) -> Mark:
    is_story = chance > least
    if is_story == (mark.label in BODY_LABELS):
        return mark
    if is_story:
        return Mark(mark.index, Label.BODY, f"reads as story text ({chance:.2f})")
    return Mark(mark.index, Label.FURNITURE, f"reads as no part of the story ({chance:.2f})")

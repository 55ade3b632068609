"""The rules' word and the model's, brought together.

The rules name lines; which of the others belong to the story, the model knows better: those whose
chance is above the threshold at which the page's expected F1 is highest, or a little below it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, NOTHING_LEARNED, Label, Mark
from archive_gen.cleaning.characters import ends_with_colon
from archive_gen.cleaning.expected import best_f1
from archive_gen.cleaning.model.words import PROSE_WORDS
from archive_gen.cleaning.names import is_name
from archive_gen.cleaning.story import best_run

if TYPE_CHECKING:
    from collections.abc import Sequence

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
_ANNOUNCES = 5
"""Words, at least, of a line of the story that announces a list; shorter ones are headings and
prompts."""
_ANNOUNCES_BELOW = 7
"""The same of a line below the story, from which a picture may have parted it."""
_NEAR = 3
"""Lines, at most, between the story and such a line."""
_LIST = 8
"""Lines, at least, of a list that is kept."""
_MOST_LISTED = 40
"""Lines of it that are kept, at most: further down as many are of menus as of the story."""
_NOTICE = re.compile(r"©|\(c\)\s|copyright\s", re.IGNORECASE)
"""A notice of copyright ends a page, and a list with it."""
_LISTED = 0.75
"""The chance that lines of such a list get: three in four of them are story."""
_MOST_IN_HEADING = 9
"""Words, at most, of a heading; a longer line at the end is a note (``Ada Lund contributed …``)."""
_MOST_IN_NAME = 3
"""Words."""
_EVEN = 0.5
_MAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,200}\.\w{2,12}")
_CREDIT = re.compile(
    r"(?:illustration|photograph|photo|image|credit|foto|grafik)s?\s?:", re.IGNORECASE
)
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
        if _is_open(mark):
            needed = _least(mark, page.blocks[index].words, least)
            page.marks[index] = _judge(mark, chance, needed)


def end_story(page: Page, end: int) -> None:
    """Drop what ``decide`` kept below line ``end``, but for lines that are sure."""
    for index in range(end + 1, len(page.blocks)):
        mark = page.marks[index]
        is_doubted = page.chances[index] < _BELOW_END_FROM and not mark.certain
        if mark.label in BODY_LABELS and is_doubted:
            page.marks[index] = Mark(index, Label.FURNITURE, ENDED, certain=True)
            page.chances[index] = 0.0


def keep_lists(page: Page) -> None:
    """Keep what the story announces: many short lines below a line of it that ends with a colon.

    Who won, who died, what it costs: to the model such lines read like a menu.
    """
    done = 0
    for index, block in enumerate(page.blocks):
        if index < done or block.words < _ANNOUNCES or not ends_with_colon(block.text):
            continue
        if not _announces(page, index):
            continue
        listed = _short_lines(page.blocks, index + 1)
        done = listed.stop  # what a line within a list announces is of that list
        if len(listed) < _LIST:
            continue
        if page.label(index) not in BODY_LABELS and _is_open(page.marks[index]):
            page.marks[index] = Mark(index, Label.BODY, "announces a list")
        for other in filter(lambda other: _is_open(page.marks[other]), listed[:_MOST_LISTED]):
            page.marks[other] = Mark(other, Label.LIST, "of a list that the story announces")
            page.chances[other] = max(page.chances[other], _LISTED)


def _announces(page: Page, index: int) -> bool:
    """Whether a line with a colon at its end may announce a list: in the story or near below it."""
    block = page.blocks[index]
    if page.label(index) in BODY_LABELS:
        return True
    above = range(max(0, index - _NEAR), index)
    is_near = any(page.label(other) in BODY_LABELS for other in above)
    return is_near and block.words >= _ANNOUNCES_BELOW and not block.prompt


def _is_open(mark: Mark) -> bool:
    """Whether neither a person nor the rules know surely what a line is."""
    return not mark.certain and mark.label not in _NAMED


def _short_lines(blocks: Sequence[Block], start: int) -> range:
    """From ``start`` to before the next paragraph, phrase or notice of the page."""
    ends = (index for index in range(start, len(blocks)) if _ends_list(blocks[index]))
    return range(start, next(ends, len(blocks)))


def _ends_list(block: Block) -> bool:
    return bool(block.prompt or block.words >= PROSE_WORDS or _NOTICE.match(block.text))


def tidy_story(page: Page) -> None:
    """Take out of the story what is none of it by its form: headings that head nothing, the
    writer's name below it, a mail address alone, who made a picture."""
    story = page.indexes(*BODY_LABELS)
    _trim_start(page, story)
    _trim_end(page, story)
    for index in story:
        block = page.blocks[index]
        if block.words > _MOST_IN_HEADING:
            continue
        if _MAIL.fullmatch(block.text):
            _take_out(page, index, Label.FURNITURE, "a mail address")
        elif _CREDIT.match(block.text):
            _take_out(page, index, Label.CREDIT, "says who made a picture")


def _trim_start(page: Page, story: Sequence[int]) -> None:
    for index in story:
        if not _is_name_above(page, index):
            break
        _take_out(page, index, Label.FURNITURE, "a name above the story")


def _is_name_above(page: Page, index: int) -> bool:
    """Whether the first line of a story is a name: a heading that is one, or a few doubtful
    words, for not all scripts have capitals."""
    block = page.blocks[index]
    if page.label(index) is Label.SUBHEADING:
        return is_name(block.text, _MOST_IN_NAME)
    return block.words <= _MOST_IN_NAME and _is_doubtful(page, index)


def _trim_end(page: Page, story: Sequence[int]) -> None:
    for index in reversed(story):
        block = page.blocks[index]
        is_heading = page.label(index) is Label.SUBHEADING
        if page.label(index) is Label.LIST:
            break
        if is_name(block.text, _MOST_IN_NAME):
            _take_out(page, index, Label.BYLINE, "a name at the end")
        elif block.words <= _MOST_IN_HEADING and (is_heading or _is_doubtful(page, index)):
            _take_out(page, index, Label.FURNITURE, "a heading at the end heads nothing")
        elif not is_heading:
            break
        else:
            page.marks[index] = Mark(index, Label.BODY, "a note at the end")


def _is_doubtful(page: Page, index: int) -> bool:
    """Whether a line that is no sentence is less likely story than not."""
    return page.chances[index] < _EVEN and not page.blocks[index].ends


def _take_out(page: Page, index: int, label: Label, reason: str) -> None:
    """Unless a person said that the line stays."""
    if not page.marks[index].certain:
        page.marks[index] = Mark(index, label, reason, certain=True)
        page.chances[index] = 0.0


def better_run(page: Page) -> range | None:
    """The run of lines that holds most of what the model finds likely to be story.

    None if the rules had it right: they had chosen this run, or a headline right above it, or the
    model finds no story above their headline. The lines above it must have been decided on.
    """
    title = page.index_of(Label.TITLE) or 0
    if not any(page.marks[index].label in BODY_LABELS for index in range(title)):
        return None
    pairs = zip(page.chances, words_that_count(page.blocks), strict=True)
    run = best_run([size * (chance - _LIKELY) for chance, size in pairs])
    heads = 0 < run.start - title <= _MOST_IN_HEAD
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

"""Lists that the story announces: who won, who died, what it costs; its facts, and its numbers.

To the model their many short lines read like a menu, and numbers like those of a page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, Label, Mark
from archive_gen.cleaning.characters import BULLET, ends_with_colon
from archive_gen.cleaning.decide import is_open
from archive_gen.cleaning.model.words import PROSE_WORDS
from archive_gen.cleaning.rules.prompts import begins_notice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.cleaning.base import Block, Page

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
_FEWEST_MARKED = 3
"""Lines of a list with marks, at least."""
_DASHES = "–—"
"""What is said begins with these, too."""
_GOES_ON_FROM = 0.05
"""The chance from which the story goes on below it."""
_CELL_FROM = 0.3
"""The chance from which a number is a cell: seven in eight are."""
_LONGEST_CELL = 6
"""Words."""
_FACT = re.compile(r"[^\W\d][^:：.!?]{1,30}[:：]\s\S.*")
"""``Attendance: 612``."""
_LONGEST_FACT = 16
"""Words."""
_FEWEST_FACTS = 3
"""Lines in a row."""
_FEWEST_KEPT = 2
"""Facts in a row, at least, that are story anyway, and a third of all: five in six of the rest are
then, too."""
_LISTED = 0.75
"""The chance that lines of such a list get: three in four of them are story."""


def keep_lists(page: Page) -> None:
    """Keep many short lines below a line of the story that ends with a colon."""
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
        if page.label(index) not in BODY_LABELS and is_open(page.marks[index]):
            page.marks[index] = Mark(index, Label.BODY, "announces a list")
        for other in filter(lambda other: is_open(page.marks[other]), listed[:_MOST_LISTED]):
            page.marks[other] = Mark(other, Label.LIST, "of a list that the story announces")
            page.chances[other] = max(page.chances[other], _LISTED)


def keep_marked_lists(page: Page) -> None:
    """Keep lines with bullets or numbers before them below a line of the story with a colon at its
    end, or a short one right below the story."""
    for index, block in enumerate(page.blocks):
        if block.prompt or not ends_with_colon(block.text):
            continue
        items = _marked_lines(page.blocks, index + 1)
        if len(items) < _FEWEST_MARKED or not _is_below_story(page, index):
            continue
        if page.label(index) not in BODY_LABELS:
            page.marks[index] = Mark(index, Label.BODY, "announces a list")
        for item in items:
            _keep_item(page, item)
        keep_below(page, items.stop)


def _keep_item(page: Page, index: int) -> None:
    """Make a line an item of a list, unless it is what somebody says."""
    label = page.label(index)
    is_said = label is Label.BODY and page.blocks[index].text[0] in _DASHES
    if is_open(page.marks[index]) and not is_said and label is not Label.QUOTE:
        page.marks[index] = Mark(index, Label.LIST, "of a list that the story announces")
        page.chances[index] = max(page.chances[index], _LISTED)


def keep_below(page: Page, index: int) -> None:
    """Keep the paragraph right below a list or a table of the story, which to the model stands
    below its end."""
    if index >= len(page.blocks) or page.label(index) in BODY_LABELS:
        return
    block = page.blocks[index]
    if not block.ends or block.words < PROSE_WORDS or block.prompt or begins_notice(block):
        return
    if is_open(page.marks[index]) and page.chances[index] >= _GOES_ON_FROM:
        page.marks[index] = Mark(index, Label.BODY, "goes on below a list or a table")


def _marked_lines(blocks: Sequence[Block], start: int) -> range:
    """The lines from ``start`` on that a bullet or a number begins."""
    ends = (index for index in range(start, len(blocks)) if not _is_marked(blocks[index]))
    return range(start, next(ends, len(blocks)))


def _is_marked(block: Block) -> bool:
    return not block.prompt and BULLET.match(block.text) is not None


def _is_below_story(page: Page, index: int) -> bool:
    """Whether a line is of the story, or its heading of a list."""
    if page.label(index) in BODY_LABELS:
        return True
    is_heading = is_open(page.marks[index]) and page.blocks[index].words <= _LONGEST_CELL
    return is_heading and index > 0 and page.label(index - 1) in BODY_LABELS


def keep_numbers(page: Page) -> None:
    """Keep the numbers that stand between two short lines of the story, as cells of tables do."""
    story = frozenset(page.indexes(*BODY_LABELS))
    for index in sorted(story):
        above, number, below = index, index + 1, index + 2
        if number in story or below not in story or page.chances[number] < _CELL_FROM:
            continue
        may_be = is_open(page.marks[number]) and not page.blocks[number].prompt
        if may_be and _is_number(page.blocks[number]) and _is_cell(page, above, below):
            page.marks[number] = Mark(number, Label.BODY, "a number between the cells of a table")


def keep_facts(page: Page) -> None:
    """Keep lines as ``Attendance: 612`` in a row of such lines of which some are kept."""
    for row in _rows_of_facts(page):
        kept = sum(page.label(index) in BODY_LABELS for index in row)
        if kept >= max(_FEWEST_KEPT, len(row) / _FEWEST_FACTS):
            for index in row:
                if page.label(index) not in BODY_LABELS:
                    page.marks[index] = Mark(index, Label.BODY, "stands among facts of the story")
                    page.chances[index] = max(page.chances[index], _LISTED)


def _rows_of_facts(page: Page) -> Iterator[range]:
    start = 0
    for index in range(len(page.blocks) + 1):
        if index < len(page.blocks) and _is_fact(page, index):
            continue
        if index - start >= _FEWEST_FACTS:
            yield range(start, index)
        start = index + 1


def _is_fact(page: Page, index: int) -> bool:
    block = page.blocks[index]
    may_be = block.words <= _LONGEST_FACT and not block.prompt and is_open(page.marks[index])
    return may_be and _FACT.fullmatch(block.text) is not None


def _is_number(block: Block) -> bool:
    return not any(map(str.isalpha, block.text))


def _is_cell(page: Page, *lines: int) -> bool:
    blocks = (page.blocks[line] for line in lines)
    return all(block.words <= _LONGEST_CELL and not block.ends for block in blocks)


def _announces(page: Page, index: int) -> bool:
    """Whether a line with a colon at its end may announce a list: in the story or near below it."""
    block = page.blocks[index]
    if page.label(index) in BODY_LABELS:
        return True
    above = range(max(0, index - _NEAR), index)
    is_near = any(page.label(other) in BODY_LABELS for other in above)
    return is_near and block.words >= _ANNOUNCES_BELOW and not block.prompt


def _short_lines(blocks: Sequence[Block], start: int) -> range:
    """From ``start`` to before the next paragraph, phrase or notice of the page."""
    ends = (index for index in range(start, len(blocks)) if _ends_list(blocks[index]))
    return range(start, next(ends, len(blocks)))


def _ends_list(block: Block) -> bool:
    return bool(block.prompt or block.words >= PROSE_WORDS or begins_notice(block))

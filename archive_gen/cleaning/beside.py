"""What stands beside the story in so regular a form that it needs no judgement.

Of the model's features none is of the page alone, so that a page of three hundred headlines is to
it three hundred lines that each might be a paragraph. A reader sees the list.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Label, Mark
from archive_gen.cleaning.model.words import PROSE_WORDS
from archive_gen.cleaning.story import is_cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.cleaning.base import Block

HEADLINES = "one of many headlines in a row"
COMMENTS = "among comments"
TWICE = "said twice in a row"
CODE = "the page's code"
GALLERY = "among the pictures of a gallery"
_HEADLINE = range(9, 46)
"""Words of a headline that may be taken for a paragraph."""
_LABEL = 6
"""A shorter line does not part headlines: a section, a name, a number of comments."""
_MANY = 8
"""So many headlines in a row are no part of a story: their words are story in 4 of 100."""
_LONG, _NEAR = 8, 2
"""Words and lines: of what stands twice so near, the words are story in 3 of 100."""
_MOST_TWICE = 0.8
_PARAGRAPHS = 3
"""A page with fewer sentences may be written without full stops."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TIME = re.compile(r"(?<!\d)\d\d?[:.]\d\d(?!\d)")
_TAG = re.compile(r"<(?:a|img|script|iframe|object|embed) [^>]*=")
_LONGEST_STAMP = 16
_STAMPS = 4
"""So many lines with day and time are those of comments, below a story as long as this: …"""
_STORY = 40
"""… words of its paragraphs."""
_REACH = 14
"""Lines from one comment to the next."""
_CONTROLS = frozenset({"comments", "log in"})
_LONGEST_CONTROL = 8
_COUNTER = re.compile(r"(\d{1,3})\s?(?:/|[^\W\d_]{1,3})\s?(\d{1,3})(?![\d/.,])")
"""``3/12``, ``3 of 12``, also where the caption sticks to it."""
_FEWEST_SLIDES = 3
_FEWEST_OUTSIDE = 100
"""Words of paragraphs outside of a gallery: with fewer, what it shows is the story."""
_AGAIN = 3
"""So many times a control of one comment: ``Reply``, ``Log in to leave a comment``."""


def find_beside(blocks: Sequence[Block], story: range) -> tuple[Mark, ...]:
    """What is plainly of no story, each line once; ``story`` is the main run of prose."""
    paragraphs = [
        block.words if block.ends and block.words >= PROSE_WORDS else 0 for block in blocks
    ]
    found = (
        (_comments(blocks, paragraphs), Label.FURNITURE, COMMENTS),
        (_headlines(blocks, paragraphs, story), Label.TEASER, HEADLINES),
        (_said_twice(blocks, paragraphs), Label.FURNITURE, TWICE),
        (_code(blocks), Label.FURNITURE, CODE),
    )
    marks: dict[int, Mark] = {}
    for indexes, label, reason in found:
        for index in indexes:
            marks.setdefault(index, Mark(index, label, reason, certain=True))
    return tuple(marks.values())


def _headlines(blocks: Sequence[Block], paragraphs: Sequence[int], story: range) -> Iterator[int]:
    """Long lines one after the other, outside of the story, of which none ends as a sentence."""
    if len(paragraphs) - paragraphs.count(0) < _PARAGRAPHS:
        return
    run: list[int] = []
    for index, block in enumerate(blocks):
        if block.words < _LABEL:
            continue
        is_headline = block.words in _HEADLINE and (not block.ends or is_cut(block.text))
        if is_headline and index not in story and not _is_stamp(block):
            run.append(index)
            continue
        yield from _if_many(run)
        run = []
    yield from _if_many(run)


def _if_many(run: list[int]) -> list[int]:
    return run if len(run) >= _MANY else []


def _comments(blocks: Sequence[Block], paragraphs: Sequence[int]) -> Iterator[int]:
    """All between lines that each comment has: day and time, or the same control."""
    for chain in _chains(_stamps(blocks, paragraphs)):
        if len(chain) >= _STAMPS:
            longest = max(below - above for above, below in pairwise(chain))
            # A name may come before the day, and the text of the last comment comes after it.
            yield from range(chain[0] - 1, min(len(blocks), chain[-1] + longest))
    for places in _controls(blocks):
        for chain in _chains(places):
            if len(chain) >= _AGAIN:
                yield from range(chain[0], chain[-1] + 1)


def _stamps(blocks: Sequence[Block], paragraphs: Sequence[int]) -> Iterator[int]:
    """The lines below a story that say a day and a time."""
    told = list(accumulate(paragraphs))
    for index in range(bisect_left(told, _STORY) + 1, len(blocks)):
        if _is_stamp(blocks[index]):
            yield index


def _controls(blocks: Sequence[Block]) -> Iterable[list[int]]:
    """Where each control of comments stands."""
    places: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        if block.prompt in _CONTROLS and block.words <= _LONGEST_CONTROL:
            places.setdefault(block.key, []).append(index)
    return places.values()


def _said_twice(blocks: Sequence[Block], paragraphs: Sequence[int]) -> list[int]:
    """Long lines that stand twice, next to each other: what pictures and films show.

    Nothing where nearly all of the page is: its dump was written twice.
    """
    seen: dict[str, int] = {}
    twice: dict[int, None] = {}
    for index, block in enumerate(blocks):
        if block.words >= _LONG:
            if index - seen.get(block.key, -_NEAR - 1) <= _NEAR:
                twice |= {seen[block.key]: None, index: None}
            seen[block.key] = index
    again = sum(paragraphs[index] for index in twice)
    return list(twice) if again <= _MOST_TWICE * sum(paragraphs) else []


def find_galleries(blocks: Sequence[Block]) -> list[int]:
    """The lines of galleries, which count their pictures from the first to the last, where the
    story is told outside of them."""
    rows = list(_counted(blocks))
    if not rows:
        return []
    found = [index for slides in rows for index in _of_slides(slides, len(blocks))]
    inside = frozenset(found)
    outside = sum(
        block.words
        for index, block in enumerate(blocks)
        if index not in inside and block.ends and block.words >= PROSE_WORDS
    )
    return found if outside >= _FEWEST_OUTSIDE else []


def _counted(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """Where ``1/12``, ``2/12`` … ``12/12`` stand, near one another, for each such row."""
    row: list[int] = []
    last = count = 0
    for index, block in enumerate(blocks):
        match = _COUNTER.match(block.text) if block.text[0].isdecimal() else None
        if match is None:
            continue
        number, of = int(match[1]), int(match[2])
        if number == 1:
            row, count = [index], of
        elif row and (number, of) == (last + 1, count) and index - row[-1] <= _REACH:
            row.append(index)
        elif (number, of) != (last, count):
            row = []
        last = number
        if row and number == of >= _FEWEST_SLIDES:
            yield row
            row = []


def _of_slides(slides: Sequence[int], count: int) -> range:
    """From the first counter to the end of the last slide, which is as long as the shortest;
    ``count`` is that of all lines."""
    shortest = min(below - above for above, below in pairwise(slides))
    return range(slides[0], min(count, slides[-1] + shortest))


def _code(blocks: Sequence[Block]) -> Iterator[int]:
    """Lines of markup that the scraper took for text."""
    for index, block in enumerate(blocks):
        if block.text[0] == "<" and _TAG.match(block.text):
            yield index


def _chains(indexes: Iterable[int]) -> Iterator[list[int]]:
    """Those near one another, together."""
    chain: list[int] = []
    for index in indexes:
        if chain and index - chain[-1] > _REACH:
            yield chain
            chain = []
        chain.append(index)
    yield chain


def _is_stamp(block: Block) -> bool:
    """Whether a short line says a day with its year, and a time."""
    return (
        block.words <= _LONGEST_STAMP
        and ("20" in block.text or "19" in block.text)  # as most lines have not
        and _YEAR.search(block.text) is not None
        and _TIME.search(block.text) is not None
    )

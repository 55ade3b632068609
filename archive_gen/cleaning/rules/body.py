"""The story itself, and what is left over."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Label, Mark
from archive_gen.cleaning.characters import BULLET, ends_with_colon
from archive_gen.cleaning.datelines import read_dateline

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from archive_gen.cleaning.base import Block, Page

_OPENING = 4
"""Words that must come again before the whole line is looked for, …"""
_MANY = 100
"""… where more lines than this would each be looked for in all of the story."""
_CLOSE = 2
"""Lines from a caption to one that says the same."""
_HEADING = 12
"""Words of a heading, at most."""
_SIGNED = re.compile(r"[—–―]\s*[^\W\d_a-z]")
_QUOTED = re.compile(r"[\"“”„«「『][^\"“”„«»「」『』]{12,}[\"“”»」』]")


def dateline(page: Page) -> Iterator[Mark]:
    """The story's first paragraph, if it begins with a place."""
    paragraphs = [i for i in page.story if i not in page.marks and page.blocks[i].words > 7]
    for index in paragraphs[:2]:
        if read_dateline(page.blocks[index].text, page.blocks):
            yield Mark(index, Label.DATELINE, "first paragraph, begins with a place")
            return


def repeated_quote(page: Page) -> Iterator[Mark]:
    """A sentence of the story set large beside it.

    A short line that is no sentence is rather a heading, in words that the story has, too. What a
    caption or a teaser farther away says in the words of the story is no reason to drop these.
    """
    blocks = page.blocks
    free = [index for index in page.story if index not in page.marks]
    short = [index for index in free if _may_be_pull_quote(blocks[index])]
    told, starts = _longest_first({blocks[index].key for index in free} if short else set())
    if len(short) > _MANY:
        again = _said_again(told, {_opening(blocks[index].key) for index in short})
        short = [index for index in short if _opening(blocks[index].key) in again]
    for index in short:
        key = blocks[index].key
        is_part = told.find(key, 0, starts[len(key)]) >= 0  # only a longer line can hold it
        if is_part or _says_caption(page, index):
            yield Mark(
                index, Label.FURNITURE, "pull quote: repeats a sentence of the story", certain=True
            )


def _says_caption(page: Page, index: int) -> bool:
    """Whether a line says what a caption close by says, too: a page shows both to different
    readers."""
    near = range(max(0, index - _CLOSE), min(len(page.blocks), index + _CLOSE + 1))
    key = page.blocks[index].key
    return any(page.label(i) is Label.CAPTION and key in page.blocks[i].key for i in near)


def _longest_first(keys: Set[str]) -> tuple[str, dict[int, int]]:
    """All ``keys`` as one text, and for each length where in it those begin that are no longer."""
    ordered = sorted(keys, key=lambda key: (-len(key), key))
    starts: dict[int, int] = {}
    start = 0
    for key in ordered:
        starts.setdefault(len(key), start)
        start += len(key) + 1
    return "\n".join(ordered), starts


def _said_again(told: str, openings: Set[tuple[str, ...]]) -> Set[tuple[str, ...]]:
    """Those of ``openings`` that come twice; looked for all at once."""
    words = told.split()
    seen = Counter(
        filter(openings.__contains__, zip(*[words[n:] for n in range(_OPENING)], strict=False))
    )
    return {opening for opening in openings if seen[opening] > 1 or len(opening) < _OPENING}


def _may_be_pull_quote(block: Block) -> bool:
    return 4 <= block.words <= 40 and (block.ends or block.words > _HEADING)


def _opening(key: str) -> tuple[str, ...]:
    return tuple(key.split(" ", _OPENING)[:_OPENING])


def quotes(page: Page) -> Iterator[Mark]:
    """Words of another, set apart: signed with a dash, or in quotation marks after a colon."""
    for index in page.story[1:]:
        above, block = page.blocks[index - 1], page.blocks[index]
        if index in page.marks or index - 1 in page.marks:
            continue
        if _SIGNED.match(block.text) and block.words <= 12 and not block.ends and above.words >= 4:
            yield Mark(index - 1, Label.QUOTE, "the next line says whose words they are")
            yield Mark(index, Label.QUOTE, "whose words the line above are")
        elif ends_with_colon(above.text) and _QUOTED.fullmatch(block.text):
            yield Mark(index, Label.QUOTE, "stands in quotation marks below a colon")


def lists(page: Page) -> Iterator[Mark]:
    """Lines with bullets, and short lines after a colon."""
    after_colon = False
    for index in page.story:
        block = page.blocks[index]
        short = block.words <= 25 and index not in page.marks
        if BULLET.match(block.text) and index not in page.marks:
            yield Mark(index, Label.LIST, "begins with a bullet or number")
        elif after_colon and short and _has_company(page, index):
            yield Mark(index, Label.LIST, "one of several short lines after a colon")
            continue
        after_colon = index not in page.marks and ends_with_colon(block.text)


def _has_company(page: Page, index: int) -> bool:
    """Whether a line without blank line between it and this one comes before or after."""
    block = page.blocks[index]
    return not (block.gap_before and block.gap_after)


def body(page: Page) -> Iterator[Mark]:
    """Sentences of the story, and short lines that stand between them as subheadings."""
    for index in page.story:
        block = page.blocks[index]
        if index in page.marks:
            continue
        if block.prompt and (not block.ends or block.words < 20):
            yield Mark(index, Label.FURNITURE, f"prompt: {block.prompt}")
        elif block.ends or block.words >= 20 or ends_with_colon(block.text):
            yield Mark(index, Label.BODY, "prose in the main run of the page")
        elif _is_subheading(page, index):
            yield Mark(index, Label.SUBHEADING, "a short line alone between paragraphs")
        else:
            yield Mark(
                index, Label.TEASER, "a short line in the story that is no sentence", guess=True
            )


def _is_subheading(page: Page, index: int) -> bool:
    block = page.blocks[index]
    return (
        block.words <= 14
        and index + 1 in page.story
        and _is_paragraph(page.blocks[index + 1])
        and index - 1 in page.story
        and page.blocks[index - 1].words >= 3
        and (page.blocks[index - 1].ends or page.label(index - 1) is not None)
    )


def _is_paragraph(block: Block) -> bool:
    return block.words >= 8 and (block.ends or ends_with_colon(block.text))


def opening(page: Page) -> Iterator[Mark]:
    """Paragraphs below the headline that a teaser or a menu cuts off from the main run."""
    title = page.index_of(Label.TITLE)
    if title is None:
        return
    for index in range(max(title + 1, page.story.start - 8), page.story.start):
        block = page.blocks[index]
        alone = block.gap_before and block.gap_after
        last = index == page.story.start - 1
        if index in page.marks or block.prompt:
            continue
        if last and block.words >= 8 and read_dateline(block.text):
            yield Mark(index, Label.DATELINE, "begins with a place, right above the main run")
        elif (block.ends and block.words >= 12) or (last and alone and block.words >= 8):
            yield Mark(index, Label.BODY, "a paragraph between headline and main run")


def rest(page: Page) -> Iterator[Mark]:
    """Everything else belongs to the page."""
    for index, block in enumerate(page.blocks):
        if index in page.marks:
            continue
        where = "before" if index < page.story.start else "after"
        kind = f"{block.prompt}, " if block.prompt else ""
        yield Mark(index, Label.FURNITURE, f"{kind}{where} the story", guess=True)

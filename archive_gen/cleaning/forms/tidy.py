"""What is none of the story by its form, at its ends and within it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, Label, Mark
from archive_gen.cleaning.dates.in_text import find_date
from archive_gen.cleaning.model.words import PROSE_WORDS
from archive_gen.cleaning.names import is_name
from archive_gen.cleaning.paywalls import is_paywall

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.cleaning.base import Block, Page

_MOST_IN_HEADING = 9
"""Words, at most, of a heading; a longer line at the end is a note (``Ada Lund contributed …``)."""
_MOST_IN_NAME = 3
"""Words, at most, of a name that stands alone."""
_END = 3
"""Lines of a story among which a page says that there is more of it."""
_MOST_BARE = 40
"""Lines of a text that is kept whole because it has no other story."""
_MOST_IN_DATE = 5
"""Words of a line that is nothing but a date."""
_EVEN = 0.5
"""The chance below which a line is likelier no story than story."""
_OF_ARTICLE = frozenset(
    {Label.TITLE, Label.BYLINE, Label.DATE, Label.LEAD, Label.CAPTION, Label.CREDIT, Label.KEYWORDS}
)
"""What lines of an article are that are not of its story."""
_MAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,200}\.\w{2,12}")
_CREDIT = re.compile(
    r"(?:illustration|photograph|photo|picture|image|credit|foto|grafik)s?"
    r"(?:\s?:|\s(?:by|courtesy)\s(?!.*[.!?]\Z))",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:sources?|quellen?|fuentes?|fontes?|źródło|источник|bron|kilde|källa)\s?[:：]\s?"
    r"(?!.*[.!?]\Z)\S",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")
"""Of a film or a recording."""
_MOST_LENGTHS = 2
"""More in one story are the times of a programme."""


def tidy_story(page: Page) -> None:
    """Take out of the story what is none of it by its form: headings that head nothing, the
    writer's name below it, a mail address alone, who made a picture or where a chart is from."""
    story = page.indexes(*BODY_LABELS)
    _trim_start(page, story)
    _trim_end(page, story)
    if _is_bare(page):
        _keep_all(page, frozenset(story))
    for index in list(chart_sources(page.blocks, story)):
        _take_out(page, index, Label.CREDIT, "says where a chart is from")
    lengths = [index for index in story if _LENGTH.fullmatch(page.blocks[index].text)]
    for index in lengths if len(lengths) <= _MOST_LENGTHS else ():
        _take_out(page, index, Label.FURNITURE, "the length of a recording")
    for index in story:
        block = page.blocks[index]
        if block.words <= _MOST_IN_HEADING and _MAIL.fullmatch(block.text):
            _take_out(page, index, Label.FURNITURE, "a mail address")
        elif says_who_made_a_picture(block):
            _take_out(page, index, Label.CREDIT, "says who made a picture")


def _is_bare(page: Page) -> bool:
    """Whether most of a short text is lost though it says nothing in a page's own name: it is a
    table of results, a programme, or all in one line."""
    blocks = page.blocks
    spoken = any(block.prompt and (block.alone or block.ends) for block in blocks)
    if len(blocks) > _MOST_BARE or spoken or page.beside:
        return False
    story = page.indexes(*BODY_LABELS)
    sentences = sum(blocks[index].ends and blocks[index].words >= PROSE_WORDS for index in story)
    kept = sum(blocks[index].words for index in story)
    told = sum(blocks[index].words for index in page.indexes(*_OF_ARTICLE))
    return sentences <= 1 and 2 * kept < sum(block.words for block in blocks) - told


def _keep_all(page: Page, story: frozenset[int]) -> None:
    """Keep ``story`` and all lines below the headline that tell nothing else of the article."""
    title = page.index_of(Label.TITLE)
    first = 0 if title is None else title + 1
    for index in range(first, len(page.blocks)):
        label, block = page.label(index), page.blocks[index]
        if label in BODY_LABELS or (label in _OF_ARTICLE and index not in story):
            continue
        if first <= index <= first + 1 and block.words <= _MOST_IN_DATE and find_date(block.text):
            page.marks[index] = Mark(index, Label.DATE, "a date, close to the headline")
        else:
            page.marks[index] = Mark(index, Label.BODY, "the text has no other story")
            page.chances[index] = _EVEN


def says_who_made_a_picture(block: Block) -> bool:
    """Whether a line is as ``Illustration: Ada Lund``."""
    return block.words <= _MOST_IN_HEADING and _CREDIT.match(block.text) is not None


def chart_sources(blocks: Sequence[Block], story: Sequence[int]) -> Iterator[int]:
    """The lines of a story as ``Source: OECD``, below its charts; one at its end names its own."""
    last = max((index for index in story if blocks[index].ends), default=-1)
    for index in story:
        block = blocks[index]
        if index < last and block.words <= _MOST_IN_HEADING and _SOURCE.match(block.text):
            yield index


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
    for index in story[-_END:]:
        if is_paywall(page.blocks[index].text):
            _take_out(page, index, Label.FURNITURE, "says that readers must pay for the rest")
    for index in reversed(page.indexes(*BODY_LABELS)):
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

"""Byline, date line, keywords and lead: the short lines around the story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Label, Mark
from archive_gen.cleaning.characters import ends_with_colon
from archive_gen.cleaning.datelines import read_dateline
from archive_gen.cleaning.dates.in_text import find_age, find_date, find_dates
from archive_gen.cleaning.dates.shown import is_life, says_published, tells_time
from archive_gen.cleaning.furniture import REPEATED
from archive_gen.cleaning.keywords import find_listed, read_keywords
from archive_gen.cleaning.metadata import read_authors
from archive_gen.cleaning.names import is_name
from archive_gen.cleaning.people.agencies import agency_of
from archive_gen.cleaning.people.bylines import is_by_alone
from archive_gen.scripts import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.cleaning.base import Block, Page

_LETTERS = re.compile(r"[^\W\d_]{2,}")
_CLAUSE = re.compile(rf"[{UNSPACED}]{{8}}")
"""Of a script that puts no spaces between words: more than stands beside an age."""
_FARTHER = 25
"""A date stands at most so many lines below the headline."""
_BELOW = 4
"""Lines below the story that may say when it was posted."""
_UNTIMED, _TIMED = 8, 12
"""Words beside a date close to the headline; and beside one with a time of day."""
_LONGEST_POSTING = 80
"""Words of what a blog's software writes below a story."""
_OF_ITSELF = re.compile(
    r"this (?:entry|post|article)|posted|dieser (?:eintrag|beitrag|artikel)|"
    r"(?:ce|cet|cette) (?:entrée|article|billet)|est[ea] (?:entrada|artículo|artigo|post)|"
    r"quest[oa] (?:articolo|voce)|dit (?:bericht|artikel)|ten wpis|эта запись|запись",
    re.IGNORECASE,
)
_BEHIND = 4
"""Words with such a time, at most: more tell of an event."""
_TIME_ONLY = re.compile(r"\(?(?:[^\W\d]+\s*(?::\s*)?)?\d{1,2}[:.]\d\d\s*[^\W\d]{0,4}\)?")


def dates(page: Page) -> Iterator[Mark]:
    """Short lines near the headline that say when the story appeared."""
    title = page.index_of(Label.TITLE)
    if title is None:
        return
    near = {*range(max(0, title - 3), title), *page.header(), page.story.stop}
    found = [index for index in sorted(near) if is_dated(page, index, _words_beside(page, index))]
    if not found:
        farther = range(title + 1, min(title + _FARTHER, page.story.stop))
        found = [index for index in farther if is_dated(page, index, 4)][:1]
    if not found:
        below = range(page.story.stop, min(page.story.stop + _BELOW, len(page.blocks)))
        found = [i for i in below if i not in page.marks and tells_of_posting(page.blocks[i])][:1]
    for index in found:
        yield Mark(index, Label.DATE, "a date, close to the headline")


def _words_beside(page: Page, index: int) -> int:
    """How many words may stand beside a date: more, if it tells the time of day behind it
    (``The Harlow Mercury  Last updated: Thursday, Mar. 09, 2017 4:46PM EST``)."""
    block = page.blocks[index] if index < len(page.blocks) else None
    found = find_date(block.text) if block and not block.ends else None
    after = found.after if found else ""
    return _TIMED if tells_time(after) and len(after.split()) <= _BEHIND else _UNTIMED


def is_dated(page: Page, index: int, words: int) -> bool:
    """Whether a line gives a time and at most so many words."""
    block = page.blocks[index] if index < len(page.blocks) else None
    if not block or block.words > 16 or index in page.marks:
        return False
    found = find_date(block.text)
    around = len(_LETTERS.findall(found.before + found.after)) if found else 99
    dated = around <= words or _TIME_ONLY.fullmatch(block.text) or _is_age(block.text)
    return bool(dated) and not read_authors(block.text) and not is_life(block.text)


def tells_of_posting(block: Block) -> bool:
    """Whether a line begins by saying when it was published, and goes on about something else:
    ``This entry was posted on Monday, May 5th, 2008 at 4:12 pm and is filed under …``."""
    if block.words > _LONGEST_POSTING or not says_published(block.text):
        return False
    found = find_date(block.text)
    before = found.before if found else ""
    if block.ends and not _OF_ITSELF.match(before):
        return False  # ``First published on 4 May 2015 in the Courier.``
    return says_published(before) and len(before.split()) <= _UNTIMED


def _is_age(text: str) -> bool:
    """Whether ``3 hours ago`` is nearly all that ``text`` says."""
    age = find_age(text)
    if age is None or _CLAUSE.search(text):
        return False
    return len(_LETTERS.findall(age.before + age.after)) <= 4


def byline(page: Page) -> Iterator[Mark]:
    """``By …``, or a name alone beside the date."""
    header = page.header()
    near = [*header, *range(page.story.stop, min(len(page.blocks), page.story.stop + 12))]
    announced = False
    for index in near:
        block = page.blocks[index]
        if index in page.marks or block.words > 16 or block.ends:
            announced = False
        elif announced and is_name(block.text):
            yield Mark(index, Label.BYLINE, "a name after 'by'")
            announced = False
        elif is_by_alone(block.text) and index in header:
            yield Mark(index, Label.BYLINE, "announces a name")
            announced = True
        elif index in header and agency_of(block.text):
            yield Mark(index, Label.BYLINE, "the name of an agency")
        elif read_authors(block.text) and (index in header or ":" in block.text[:12]):
            yield Mark(index, Label.BYLINE, "'by' and a name")
        elif (
            index in header
            and not block.prompt
            and is_name(block.text)
            and _beside_date(page, index)
        ):
            yield Mark(index, Label.BYLINE, "a name beside the date")


def _beside_date(page: Page, index: int) -> bool:
    return Label.DATE in (page.label(index - 1), page.label(index + 1))


def keywords(page: Page) -> Iterator[Mark]:
    """``Tags: …``, or keywords in lines of their own below ``Tags``, in the story or below it."""
    for index, block in enumerate(page.blocks):
        if block.words <= 40 and read_keywords(block.text):
            yield Mark(index, Label.KEYWORDS, "a list of keywords")
    for index in find_listed(page.blocks, page.story.start + 1) if page.story else ():
        yield Mark(index, Label.KEYWORDS, "of a list of keywords")


def lead(page: Page) -> Iterator[Mark]:
    """The standfirst: a sentence or two, set apart from the story's first paragraph."""
    title = page.index_of(Label.TITLE)
    if title is None:
        return
    index = title + 1
    while index in page.marks:
        index += 1
    last = min(page.story.stop, len(page.blocks)) - 1
    if index >= last or not _could_be_lead(page, index):
        return
    following = index + 1
    while following < last and _sets_apart(page, following):
        following += 1
    set_apart = following > index + 1 or _is_short_opening(page, title, index)
    if set_apart or read_dateline(page.blocks[following].text):
        yield Mark(index, Label.LEAD, "stands between headline and story")


def _sets_apart(page: Page, index: int) -> bool:
    """Whether a line belongs between lead and story: not an advertisement or a teaser."""
    label = page.label(index)
    if label is Label.FURNITURE:
        return page.blocks[index].prompt not in ("advertisement", REPEATED)
    return label in (Label.BYLINE, Label.DATE, Label.CAPTION, Label.CREDIT)


def _is_short_opening(page: Page, title: int, index: int) -> bool:
    """One short sentence below picture or byline, before a paragraph three times as long."""
    block, following = page.blocks[index], page.blocks[index + 1]
    return index > title + 1 and block.ends and block.words * 3 <= min(48, following.words)


def _could_be_lead(page: Page, index: int) -> bool:
    block = page.blocks[index]
    told = block.prompt or read_dateline(block.text) or _tells_of_article(block)
    return 6 <= block.words <= 60 and not told and not ends_with_colon(block.text)


def _tells_of_article(block: Block) -> bool:
    """Whether a line that no other rule knows names authors, days or keywords all the same."""
    names = not block.ends and (read_authors(block.text) or read_keywords(block.text))
    return bool(names) or len(list(find_dates(block.text))) > 1

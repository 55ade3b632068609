"""Short lines beside a story, in which it may be signed, taken apart."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from archive_gen.cleaning.base import BODY_LABELS, Label
from archive_gen.cleaning.dates.in_text import find_date
from archive_gen.cleaning.furniture import REPEATED
from archive_gen.cleaning.mastheads import find_newspaper
from archive_gen.cleaning.people.bylines import (
    BY_LATER,
    NEAR_HEADLINE,
    NEAR_HEADLINE_ALONE,
    writers_of,
)
from archive_gen.cleaning.people.name_lists import announced_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.cleaning.base import Block, Page

_GAP = re.compile(r"(?<!\s)(?:\s{2,}|\t)")
_PARTS = re.compile(r" ?[|•·●∙⋅] ?| [-–—/] ")
"""Between a name and what else its line says."""
_GOES_ON = re.compile(r"(?: \|)? (and|und|et|y|e|&) \| |(,) \| ", re.IGNORECASE)
"""A gap within a list of names."""
_STUCK = re.compile(
    r"(?<=[a-zß-ÿ])(?=(?:Contact|Follow|Published|Updated|Posted|Share)\b)|"
    r"(?<=[a-zß-ÿ]{3})(?=[A-ZÀ-ÖØ-Þ])|(?<=[A-Z]{2})(?=[A-Z][a-z]{2}[a-z.]* \d)|"
    r"(?<=[a-zß-ÿ])(?=\d)"
)
"""Where a dump lost the space between a name and a role, a date or a number."""
_LINKS = re.compile(r"\A(?:social links for|more by|view all posts by)\s+", re.IGNORECASE)
ADDRESS = re.compile(r"@\w|\w\.(?:com|net|org)\b")
"""What stands beside the name of somebody who writes: an account, a mail address, a publication."""
KOREAN = re.compile(r"([가-힣]{2,4})\s+기자(?:\s|$)")
SOURCE = re.compile(
    r"(?:source|quelle|fuente|fonte|źródło|zdroj|источник|джерело|kaynak|sumber|nguồn|πηγή|المصدر|"
    r"منبع|स्रोत|সূত্র|来源|來源|出典|출처)\s?[:：]\s?([^\s|][^|]{1,40}?)(?:\s|$)",
    re.IGNORECASE,
)
"""What a page says that its story is from."""
_ABOVE = 3
"""Lines above the headline in which the story may be signed."""
_BELOW = 12
"""Lines below the story in which it may be signed."""
_MOST_WORDS = 16
"""Of a line that signs."""
Signatures: TypeAlias = tuple[tuple[str, int], ...]
"""Names, and for each the line in which it stands, counted from 1."""


class SideLine(NamedTuple):
    """A short line beside the story, taken apart."""

    at: int
    """The index of its block."""
    number: int
    """Counted from 1 over the dump."""
    parts: tuple[str, ...]
    announced: tuple[str, ...]
    """The parts that begin as bylines do, without what announces the name."""
    alone: bool
    """Whether it only announces a name."""

    def signed_by(self, names: Sequence[str]) -> Signatures:
        """The names, each with the number of the line."""
        return tuple((name, self.number) for name in names)


def around_headline(page: Page, lines: Sequence[str]) -> list[SideLine]:
    """What stands around the headline; ``lines`` are the dump's as they were."""
    return [_taken_apart(page, index, lines) for index in _around(page)]


def below_story(page: Page, lines: Sequence[str]) -> list[SideLine]:
    """What stands below the story; ``lines`` are the dump's as they were."""
    return [_taken_apart(page, index, lines) for index in _below(page)]


def _around(page: Page) -> list[int]:
    """The lines below the headline, then those above, that are of no story and no picture.

    A line that all pages of a site have names nobody, but may announce who signs this one.
    """
    title = page.index_of(Label.TITLE)
    if title is None:
        return []
    told = {Label.BYLINE, Label.DATE, None}
    newspaper, head = find_newspaper(page.blocks)
    return [
        index
        for index in (*page.header(), *range(max(0, title - _ABOVE), title))
        if (page.label(index) in told or writers_of(page.blocks[index].text))
        and not (newspaper and index == head)
        and page.blocks[index].words <= _MOST_WORDS
        and _may_sign(page.blocks[index])
    ]


def _may_sign(block: Block) -> bool:
    """Whether a line is no phrase of the page, or announces who signs all the same."""
    if not block.alone or NEAR_HEADLINE_ALONE.fullmatch(block.text):
        return True
    return block.prompt != REPEATED and bool(NEAR_HEADLINE.match(block.text))


def _below(page: Page) -> list[int]:
    """The last line of the story and those below."""
    story = page.indexes(*BODY_LABELS)
    last = story[-1] if story else len(page.blocks)
    near = range(last, min(len(page.blocks), last + _BELOW))
    return [index for index in near if page.blocks[index].words <= _MOST_WORDS]


def _taken_apart(page: Page, index: int, lines: Sequence[str]) -> SideLine:
    block = page.blocks[index]
    text = lines[block.line - 1].strip()
    if " ".join(text.split()) != block.text:  # of several lines, or with the numbers of links
        text = block.text
    text = _LINKS.sub("", text)
    if NEAR_HEADLINE_ALONE.fullmatch(text):
        return SideLine(index, block.line, (), (), alone=True)
    if writers := writers_of(text):
        return SideLine(index, block.line, (writers,), (writers,), alone=False)
    text = _GOES_ON.sub(r" \1\2 ", _GAP.sub(" | ", text))
    parts = tuple(filter(None, _PARTS.split(_STUCK.sub(" | ", text))))
    return SideLine(index, block.line, parts, tuple(_announced_in(parts)), alone=False)


def _announced_in(parts: Sequence[str]) -> Iterator[str]:
    """The parts after what announces a name; it may stand in the part before, or after a date."""
    for before, part in pairwise(("", *parts)):
        date = find_date(part) if BY_LATER.search(part) else None
        later = BY_LATER.search(date.after) if date else None
        if NEAR_HEADLINE_ALONE.fullmatch(before):
            yield part
        elif later and date:
            yield date.after[later.end() :]
        elif NEAR_HEADLINE.match(part):
            yield NEAR_HEADLINE.sub("", part, count=1)


def names_in(text: str, page: Page, at: int) -> tuple[str, ...]:
    """Whom a text of line ``at`` names that is announced as names."""
    dated = any(page.label(index) is Label.DATE for index in (at - 2, at - 1, at + 1))
    return announced_names(text, page.site, dated=dated)

"""Who signs the story of a text dump.

A line that announces a name is believed before a name with a role, that before a name beside the
date, and all of them before a name below the story.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import Label
from archive_gen.cleaning.dates.in_text import SHORT_TIMED, find_age, find_date
from archive_gen.cleaning.mastheads import is_newspaper
from archive_gen.cleaning.names import tells_role
from archive_gen.cleaning.people.agencies import agency_of
from archive_gen.cleaning.people.side_lines import (
    ADDRESS,
    KOREAN,
    SOURCE,
    around_headline,
    below_story,
    names_in,
)
from archive_gen.cleaning.people.signed_below import signed_below, source_below
from archive_gen.cleaning.people.unannounced import (
    PROSE,
    box,
    is_all,
    may_be_place,
    named_elsewhere,
    unannounced,
    unsaid,
)
from archive_gen.cleaning.phrases import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Page
    from archive_gen.cleaning.people.side_lines import SideLine, Signatures

_FOLLOW = re.compile(r"follow|suivre|seguir|folgen|segui|volgen|następuj|takip et", re.IGNORECASE)
_ACCOUNT = re.compile(r"@\w")
"""What stands below the name of somebody who writes: a button to follow, an account."""
_SPAN = re.compile(r"\d{1,2}\+? (?:min(?:ute)?|hour|hr|day|week|month|year)s?", re.IGNORECASE)
"""How long ago, beside a name (``Ada Lund   7 hours``)."""
_REPORTERS = re.compile(
    r"本?[报報刊台]?\s?(?:记者|記者|通讯员)\s?[:：]?\s?([一-鿿]{2,4}(?:[ 、，,][一-鿿]{2,4}){0,4})"
)
"""``本报记者 李晓明 王芳``: all of a line."""
_HAN_COMMAS = re.compile(r"[ 、，,]")
_PUBLICATIONS = frozenset(
    "bee enquirer globe news post press record register star sun today".split()
)
"""Last words of the names of newspapers, beside a writer's name; alone they are called so less."""
_MOST_IN_PUBLICATION = 5
"""Words."""
_RIGHT_BELOW = 5
"""Lines below the headline in which a name counts that stands again below the story."""


def find_signatures(page: Page, lines: Sequence[str]) -> Signatures:
    """The names that sign the story, in order, each with the line of the dump it stands in.

    Persons, agencies and desks. ``lines`` are the dump's as they were: wide gaps in them divide.
    ``page`` has no marks of what was dropped, for dumps often drop the line that signs.
    """
    around = around_headline(page, lines)
    for find in (_announced, _with_role, _dated, _boxed, _alone):
        if found := find(page, around):
            return found
    below = below_story(page, lines)
    return signed_below(page, below) or _agency_alone(around) or source_below(below)


def _announced(page: Page, lines: Sequence[SideLine]) -> Signatures:
    """``By …`` and the lines beside it that do so, too; or the names below ``By`` alone."""
    found: dict[str, int] = {}
    last, waiting = -2, False
    for line in lines:
        if found and line.at != last + 1:
            break
        texts = line.announced or (line.parts[:1] if waiting else ())
        names = [name for text in texts for name in names_in(text, page, line.at)]
        for name in names:
            found.setdefault(name, line.number)
        last = line.at if names else last
        waiting = line.alone or (waiting and bool(names))
    others = {name: line for name, line in found.items() if fold(name) != page.blocks[0].key}
    return tuple((others or found).items())  # with the site's name at the top of the page aside


def _is_publication(text: str) -> bool:
    """Whether what stands beside a name is where its bearer writes: ``USA TODAY``."""
    words = text.split()
    named = 2 <= len(words) <= _MOST_IN_PUBLICATION and all(word[:1].isupper() for word in words)
    return is_newspaper(text) or (named and words[-1].casefold() in _PUBLICATIONS)


def _speaks_of_writer(page: Page, at: int) -> bool:
    """Whether the lines below line ``at`` say what somebody does, or offer to follow somebody."""
    below = [block.text for block in page.blocks[at + 1 : at + 3]]
    if not below:
        return False
    return tells_role(below[0]) or bool(_FOLLOW.fullmatch(below[0]) or _ACCOUNT.match(below[-1]))


def _with_role(page: Page, lines: Sequence[SideLine]) -> Signatures:
    """``Ada Lund, Political Editor``; the role may stand in the line below."""
    for line in lines:
        text = page.blocks[line.at].text
        if korean := KOREAN.search(text):
            return ((korean[1], line.number),)
        if reporters := _REPORTERS.fullmatch(text):
            return line.signed_by(_HAN_COMMAS.split(reporters[1]))
        own = any(tells_role(part) or ADDRESS.search(part) for part in line.parts)
        if "/" not in text:  # so pictures are credited
            own = own or any(map(_is_publication, line.parts[1:2]))
        if line.parts and (own or _speaks_of_writer(page, line.at)):
            text = line.parts[0]
            names = unsaid(text, page) if own else unannounced(text, page, line.at)
            if names:
                return line.signed_by(names)
    return ()


def _dated(page: Page, lines: Sequence[SideLine]) -> Signatures:
    """A name in a date line, or in the line above or below one."""
    for line in lines:
        near = (line.at - 1, line.at + 1)
        own = page.label(line.at) is Label.DATE or _is_dated(line)
        if line.parts and (own or any(page.label(i) is Label.DATE for i in near)):
            text = line.parts[0]
            names = unsaid(text, page) if own else unannounced(text, page, line.at)
            if names and not may_be_place(names[0], page.blocks[line.at].text):
                return line.signed_by(names)
    return ()


def _boxed(page: Page, lines: Sequence[SideLine]) -> Signatures:
    """A name alone that stands alone again below the story, above what tells of the writer."""
    title = page.index_of(Label.TITLE) or 0
    for line in lines:
        is_near = title < line.at <= title + _RIGHT_BELOW
        if is_near and len(line.parts) == 1 and box(line.parts[0], page):
            names = unannounced(line.parts[0], page, line.at)
            if is_all(names, line.parts[0]):
                return line.signed_by(names)
    return ()


def _alone(page: Page, lines: Sequence[SideLine]) -> Signatures:
    """A name alone right below the headline, of somebody of whom nothing else on the page tells."""
    title = page.index_of(Label.TITLE) or 0
    for line in lines:
        if title < line.at <= title + 2 and len(line.parts) == 1:
            names = unannounced(line.parts[0], page, line.at)
            told = any(named_elsewhere(name, page, line.at) for name in names)
            if is_all(names, line.parts[0]) and not told and not _heads_teaser(page, line.at):
                return line.signed_by(names)
    return ()


def _heads_teaser(page: Page, at: int) -> bool:
    """Whether a line and the sentence below it stand together elsewhere, too."""
    line, *below = page.blocks[at : at + 2]
    if not below or below[0].words < PROSE:
        return False
    pairs = [(above.key, block.key) for above, block in pairwise(page.blocks)]
    return pairs.count((line.key, below[0].key)) > 1


def _is_dated(line: SideLine) -> bool:
    dated = (find_date(part) or find_age(part) or _SPAN.fullmatch(part) for part in line.parts[1:])
    return any(dated) or any(map(SHORT_TIMED.search, line.parts))


def _agency_alone(lines: Sequence[SideLine]) -> Signatures:
    """An agency's name as all of a line, or ``来源：新华社``, where nobody signs."""
    for line in lines:
        for part in line.parts:
            source = SOURCE.search(part)
            name = source[1] if source else part
            if agency_of(name) and (source or len(line.parts) == 1):
                return ((name, line.number),)
    return ()

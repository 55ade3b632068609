"""The running head of a newspaper: its name and its day, above all stories of a page of print."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.cleaning.dates.in_text import find_date, is_weekday
from archive_gen.cleaning.names import is_particle, level_capitals, tells_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Block

_YEAR = re.compile(r"\d{4}")
_NEWSPAPERS_LIST = (
    "advertiser argus chronicle courier courrier dispatch despatch examiner gazette gazeta gaceta "
    "gazzetta herald intelligencer journal mercury messenger observer sentinel standard "
    "telegraph times tribune zeitung tageblatt anzeiger nachrichten kurier merkur rundschau "
    "volksblatt dépêche figaro diario correo corriere giornale messaggero courant dagblad "
    "handelsblad tidning tidende aftonblad dziennik газета вестник ведомости"
)
_NEWSPAPERS = frozenset(_NEWSPAPERS_LIST.split(" "))
"""Words that hardly a person or a place is called by."""
_MOST_WORDS = 6
"""Of a name."""
_MOST_AFTER = 5
"""Words after the date: the page, the price, the number."""
_HEAD = 16
"""Words of a line that may be one."""
_TOP = 3
"""So many lines of a text may be its head."""
_PAGE = re.compile(
    r"(?:(?:page|p|seite|s|pagina|página|pág|sida|side|strona|str|стр)[. ]{0,2})?"
    r"[a-z]?\d{1,3}\b\W*",
    re.IGNORECASE,
)
"""The number of a page, as it stands in front of a newspaper's name: ``Page 3``, ``B7 |``."""
_EDGES = " ,.;:|·•–—-()"


def read_masthead(text: str) -> str | None:
    """The newspaper's name in ``THE HARLOW MERCURY, SATURDAY, OCTOBER 9, 1897.``

    Empty where it may be the name of something else; None if there is no date in ``text``, or
    neither a day of the week nor the name of a newspaper before it.
    """
    date = find_date(text) if _YEAR.search(text) else None
    if date is None:
        return None
    words = date.before.split()
    name = _without_page_and_day(date.before.split(",")[0])
    if is_newspaper(name) and len(date.after.split()) <= _MOST_AFTER:
        return level_capitals(name)
    return "" if words and is_weekday(words[-1].casefold()) else None


def _without_page_and_day(head: str) -> str:
    """What stands before a date, without the number of the page in front and the day behind."""
    plain = head.strip(_EDGES)
    page = _PAGE.match(plain)
    words = plain[page.end() if page else 0 :].split()
    while words and is_weekday(words[-1].strip(_EDGES).casefold()):
        words.pop()
    return " ".join(words).strip(_EDGES)


def is_day(text: str) -> bool:
    """Whether a line begins with a day of the week and tells its year, though perhaps no date that
    can be read: ``Tuesday, the 4th inst., 1897``."""
    first = text.partition(" ")[0].strip(_EDGES).casefold()
    return is_weekday(first) and bool(_YEAR.search(text)) and len(text.split()) <= _MOST_WORDS


def is_newspaper(name: str) -> bool:
    """Whether a name ends as those of newspapers do, or begins so: ``Courrier de Harlow``."""
    words = [word.strip(_EDGES) for word in name.split()]
    kinds = [word.casefold() for word in words]
    capital = all(not word[:1].islower() or is_particle(word) for word in words)
    if not capital or tells_role(name) or not 2 <= len(words) <= _MOST_WORDS:
        return False
    opens = kinds[0] in _NEWSPAPERS and is_particle(words[1])
    return kinds[-1] in _NEWSPAPERS or opens or (kinds[1] in _NEWSPAPERS and kinds[0] == "the")


def find_newspaper(blocks: Sequence[Block]) -> tuple[str, int]:
    """The name at the head of a text, and the index of its line; an empty name if there is none.

    The date may stand in the line below it, if a headline follows.
    """
    for index, block in enumerate(blocks[:_TOP]):
        if block.words <= _HEAD and _YEAR.search(block.text):
            name = read_masthead(block.text)
            if name:
                return name, index
            above = blocks[index - 1].text.strip(_EDGES) if index else ""
            below = blocks[index + 1 : index + 2]
            heads = any(other.words <= _HEAD for other in below)
            if heads and is_newspaper(above) and (find_date(block.text) or is_day(block.text)):
                return level_capitals(above), index - 1
    return "", 0

"""The names in a line that signs a story: persons, told from the roles and firms among them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.cleaning.dates.in_text import find_date
from archive_gen.cleaning.names import is_role, level_capitals, tells_role
from archive_gen.cleaning.people.agencies import agency_of, is_desk
from archive_gen.cleaning.people.persons import freed, looks_like_person, may_sign, once

if TYPE_CHECKING:
    from collections.abc import Callable

_REMARK = re.compile(r"\s?\([^()]{1,40}\)\Z")
_OF_DATE = re.compile(
    r"\s(?:last\s)?(?:published|posted|updated|publiziert|veröffentlicht|aktualisiert|publié|"
    r"publicado|pubblicato)\b.*|\s\S{0,60}@.*|\s(?:on|am|vom|le|el|il|op|den)\Z",
    re.IGNORECASE,
)
"""What leads over from a name to a date, and a name's account or mail address."""
_DIGIT = re.compile(r"\d")
_COMMAS = re.compile(r"(?<!\s)\s*[,;،、/／]\s*")
_ANDS = re.compile(r" (?:and|und|et|y|e|en|och|og|i|и|та|ve|mit|with|و|&) (?=\S)", re.IGNORECASE)
_NO_PERSON = re.compile(
    r"\b(?:"
    r"advertisement|agency|alliance|archive|article|associates|association|auto|bank|bio|"
    r"board|books|brand|button|by|cent(?:er|re)|checked|checklists?|chronicle|coalition|"
    r"collective|college|commission|committee|company|content|coordinator|council|customer|"
    r"delivery|"
    r"department|division|"
    r"edition|"
    r"facebook|finance|fot|fotos?|foundation|games|gazette|get|getty|group|güncelleme|hospital|"
    r"image|images|inc|inhalte?|"
    r"institute|insurance|journal|labs|league|learn|lines|links|listen|los angeles|ltd|marketing|"
    r"mayor|menu|minister|ministry|modal|modified|more|most|new york|network|newsletter|our|page|"
    r"paid|partners|"
    r"pause|photos?|pictures?|play|podcast|president|press|print|productions|reading|"
    r"reprints|review|search|section|services|shar(?:e|ing)|society|solutions|story|"
    r"studios?|support|systems|team|technologies|telegraph|today|topics?|tribune|university|us|"
    r"video|"
    r"watch|your"
    r")\b",
    re.IGNORECASE,
)
"""What short lines about a headline speak of that have the form of a name."""
_SURNAMES = frozenset("bank brand button gardener lines mayor page partners press story".split())
"""Those, and trades, that people are called, too: last in a name that a line announces."""
_AT = re.compile(r"\s(?:[Ff]or|FOR|at|in|from|für|pour|para|per|voor|bei)\s.*")
"""Whom or where a person writes for."""


def announced_names(text: str, site: str, *, dated: bool) -> tuple[str, ...]:
    """Whom a text that is announced as names does name: persons, agencies, a desk, or a pen name.

    A pen name stands beside a date (in the text, or ``dated``): ``By Night`` and ``Text Size`` are
    no bylines.
    """
    found = _persons(text, site, signs_announced)
    if found:
        return found
    date = find_date(text)
    name = freed(_ANDS.split(_COMMAS.split(date.before if date else text)[0])[0], site)
    is_pen_name = len(name.split()) == 1 and may_sign(name, site) and not is_role(name)
    is_signed = (is_pen_name and (date or dated)) or agency_of(name) or is_desk(name)
    return (name,) if is_signed else ()


def persons_in(text: str, site: str) -> tuple[str, ...]:
    """The persons in a list of names and roles, and the agencies among them."""
    return _persons(text, site, _signs)


def _persons(text: str, site: str, signs: Callable[[str, str], bool]) -> tuple[str, ...]:
    """``signs`` says of those before a comma whether a name, beside the site's, is a person's:
    ``By Hanna Quell, Salt Quay Lines`` names a firm.
    """
    date = find_date(text)
    named = _OF_DATE.sub("", (date.before if date else text).rstrip())
    found: list[str] = []
    for part in _COMMAS.split(_DIGIT.split(named, 1)[0]):
        for name in _ANDS.split(part):
            name = once(freed(_AT.sub("", _REMARK.sub("", name)).rstrip(" *&"), site))
            if not (agency_of(name) or signs(name, site)):
                break
            found.append(name)
        signs = _signs
    persons = [level_capitals(name) for name in dict.fromkeys(found)]
    return tuple(persons) if any(not agency_of(name) for name in persons) else ()


def _signs(name: str, site: str) -> bool:
    return looks_like_person(name, site) and not _NO_PERSON.search(name) and not tells_role(name)


def signs_announced(name: str, site: str) -> bool:
    """Whether a name that is announced is a person's: ``By Andrew Lines`` says more than what the
    last word of it may mean."""
    given, _, last = name.rpartition(" ")
    if last.casefold() not in _SURNAMES or not looks_like_person(name, site):
        return _signs(name, site)
    is_other = is_role(name) or tells_role(given) or _NO_PERSON.search(given)
    return bool(given) and not is_other

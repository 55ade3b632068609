"""What marked lines say of the story: title, date, authors, place, source, keywords."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, Label
from archive_gen.cleaning.datelines import is_place
from archive_gen.cleaning.dates.in_text import find_date, is_weekday
from archive_gen.cleaning.mastheads import is_newspaper
from archive_gen.cleaning.names import is_name, is_named_as_place, level_capitals, split_names
from archive_gen.cleaning.people.bylines import OPENING, writers_of
from archive_gen.cleaning.phrases import fold

if TYPE_CHECKING:
    from archive_gen.cleaning.base import Page
    from archive_gen.cleaning.datelines import Dateline

_BARS = re.compile(r"(?<!\s)\s*[|•·]\s*|\s[-–—]\s")
_DIGITS = re.compile(r"\d")
_OF_DATES_LIST = (
    "published updated posted first last modified on at am pm created filed date time publié mis "
    "jour modifié publicado actualizado atualizado veröffentlicht aktualisiert erstellt zuletzt "
    "stand uhr pubblicato aggiornato gepubliceerd opublikowano aktualizacja опубликовано обновлено "
    "дата yayınlanma güncelleme giriş tarihi diterbitkan comments comment min read minute minutes "
    "updated: published: posted: share print email photo foto news breaking top story"
)
_OF_DATES = frozenset(_OF_DATES_LIST.split(" "))
"""Words beside a date that are no name, though they begin with capitals."""
_COPYRIGHT = re.compile(r"(?:©|\(c\)\s|copyright\s)(?:[\s\d,–-]|©|\(c\)|by\s)*", re.IGNORECASE)
_SECTIONS = frozenset(
    "letters editorial editorials opinion obituaries sports leserbriefe kommentar nachrufe "
    "courrier cartas editoriales obituarios lettere".split()
)
"""What stands before a date at the head of a page, as places do."""
_NOTICE = 30
"""Words of a notice of copyright."""


def read_authors(text: str) -> tuple[str, ...]:
    """The names in a byline; empty if ``text`` does not begin as one."""
    match = OPENING.match(text)
    if match:
        rest = text[match.end() :]
    elif "／" in text or "/" in text:  # as in few lines
        rest = writers_of(text)
    else:
        return ()
    date = find_date(rest)
    return split_names(date.before if date else rest)


def place_before_date(text: str) -> str:
    """``Port Halvane, 20 de febrero de 2018`` → ``Port Halvane``; a newspaper is none."""
    found = find_date(text)
    if not found or not found.before.rstrip().endswith((",", "،")):
        return ""
    place = found.before.rstrip(" ,،")
    words = place.split()
    usable = 0 < len(words) <= 3 and is_place(place) and not re.search(r"[\d:|,]", place)
    usable = usable and not is_newspaper(place) and place.casefold() not in _SECTIONS
    return place if usable and not any(map(is_weekday, (place, *words))) else ""


def guess_source(page: Page, agency: str) -> str:
    """The name of the site, if more than endings of lines speak for it; without one the agency's.

    A dump has many lines that end alike (``… - Privacy Policy``, ``… – WINNER``). The site's own
    name stands in a notice of copyright, in a byline, behind the headline, or in credits.
    """
    votes: Counter[str] = Counter()
    for name in [page.site, agency, *(_credit_agency(p.credit) for p in page.pictures)]:
        if name:
            votes[name] += 1
    names = {name: fold(name) for name in votes}
    for block in page.blocks:
        signed = block.text.startswith("©")
        for name, key in names.items():
            if block.key == key or (signed and name in block.text):
                votes[name] += 1
    if not page.site or not names:
        return agency if agency and votes[agency] > 1 else ""
    related = [name for name in votes if name == page.site or _share_word(name, page.site)]
    if len(related) < 2 and not _is_vouched_for(page):
        return ""
    return max(related, key=lambda name: (votes[name], len(name)))


def _is_vouched_for(page: Page) -> bool:
    """Whether the page begins with the site, or notice, byline or the headline's line name it."""
    site, title = page.site, fold(" ".join(page.texts(Label.TITLE)[:1]))
    return page.blocks[0].text.startswith(site) or any(
        _COPYRIGHT.sub("", block.text, count=1).startswith(site)
        if _COPYRIGHT.match(block.text)
        else (block.text.endswith(site) and bool(OPENING.match(block.text)))
        or (bool(title) and block.key == f"{title} {fold(site)}")
        for block in page.blocks
        if block.words <= _NOTICE and site in block.text
    )


def _share_word(one: str, other: str) -> bool:
    return bool(set(fold(one).split()) & set(fold(other).split()))


def _credit_agency(credit: str) -> str:
    return credit[2:].split(" / ")[0] if credit.startswith("© ") and " / " in credit else ""


def find_place(page: Page, dateline: Dateline | None) -> str:
    """From the dateline, else from before the date.

    There as many people stand as places: two words are a place only if the story names it, or one
    of them is of places.
    """
    if dateline and dateline.place:
        return dateline.place
    places = (place_before_date(text) for text in page.texts(Label.DATE))
    place = next((place for place in places if place), "")
    if not is_name(place) or is_named_as_place(place):
        return place
    return place if any(place in text for text in page.texts(*BODY_LABELS)) else ""


def marked_signatures(page: Page) -> tuple[tuple[str, int], ...]:
    """All names in the lines marked as bylines and dates, in order, each with its line."""
    names: dict[str, int] = {}
    for label, read in ((Label.BYLINE, _in_byline), (Label.DATE, _beside_date)):
        for index in page.indexes(label):
            block = page.blocks[index]
            if not (names and label is Label.DATE):
                for name in read(block.text):
                    names.setdefault(level_capitals(name), block.line)
    return tuple(names.items())


def _in_byline(text: str) -> tuple[str, ...]:
    date = find_date(text)
    return read_authors(text) or split_names(date.before if date else text)


def _beside_date(text: str) -> tuple[str, ...]:
    """``Ada Quill - 7 October 2015``, ``25.04. | Von Ada Quill``."""
    for part in _BARS.split(text):
        named = read_authors(part)
        if named:
            return named
        date = find_date(part)
        name = (date.before if date else _DIGITS.split(part)[0]).strip(" -–—:")
        words = name.casefold().split()
        if is_name(name, 3) and not any(word in _OF_DATES or is_weekday(word) for word in words):
            return (name,)
    return ()

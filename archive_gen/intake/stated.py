"""The front matter that came with a document, put right before cleaning takes it for true.

A crawler writes down what it finds: a date in words, an agency among the authors, two names as one.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

import msgspec

from archive_gen.cleaning import NOTHING_LEARNED, clean
from archive_gen.cleaning.compose import AGENCY, CONTAINER
from archive_gen.cleaning.datelines import titled
from archive_gen.cleaning.dates.in_text import Reading, find_age, find_date, is_month, is_weekday
from archive_gen.cleaning.dates.order import order_of_language
from archive_gen.cleaning.dates.publication import before, last_day
from archive_gen.cleaning.names import is_name, is_role, leading_name, level_capitals, split_names
from archive_gen.cleaning.people.agencies import agency_of, is_desk
from archive_gen.dates import parse_date
from archive_gen.intake.further_pages import joined
from archive_gen.intake.pictures import with_pictures
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.article import RawDocument
    from archive_gen.cleaning import Cleaned, Learned
    from archive_gen.dates import ArchiveDate

_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_DASHES = "—–-"
_NO_NAME = re.compile(r"https?://\S*|[^\s@]{1,64}@[^\s@.]{1,64}\.\S+|[(<]\s*[)>]", re.IGNORECASE)


def clean_document(raw: RawDocument, learned: Learned = NOTHING_LEARNED) -> Cleaned:
    """The article in ``raw``, with the front matter that came with it put right."""
    known = dict(raw.known)
    doubts: dict[str, Problem] = {}
    if raw.written_date and "date" not in known:
        date, is_open = _read(raw, day_first=learned.day_first)
        known["date"] = date
        doubts = {"date": _open_date(raw)} if is_open else {}
    # The command line says what it means.
    if "authors" in known and raw.origins.get("authors", CONTAINER) == CONTAINER:
        known |= _sorted_authors(known["authors"])
    if "place" in known and raw.origins.get("place", CONTAINER) == CONTAINER:
        known |= _read_place(known["place"])
    known = {key: value for key, value in known.items() if value}
    cleaned = clean(dataclasses.replace(raw, known=known), learned)
    if raw.beside is None:  # else they are still to be found
        cleaned = with_pictures(cleaned, raw.pictures)
    if doubts:
        cleaned = dataclasses.replace(cleaned, doubts={**cleaned.doubts, **doubts})
    return _whole(cleaned, [clean_document(page, learned) for page in raw.further])


def _whole(first: Cleaned, further: Sequence[Cleaned]) -> Cleaned:
    """A story that a site parted into pages; their lines are counted on."""
    if not further:
        return first
    pages = (first, *further)
    lines = enumerate((line for page in pages for line in page.lines), start=1)
    return dataclasses.replace(
        first,
        article=joined(first.article, [page.article for page in further]),
        lines=tuple(msgspec.structs.replace(line, line=number) for number, line in lines),
        pictures={image: found for page in pages for image, found in page.pictures.items()},
    )


def _read(raw: RawDocument, *, day_first: bool | None) -> tuple[ArchiveDate | None, bool]:
    """The date that is written, and whether day and month are open; not later than the crawl."""
    latest = last_day(raw.crawled) if raw.crawled else None
    if day_first is None:
        day_first = order_of_language(str(raw.known.get("language") or ""))
    found = find_date(raw.written_date, Reading(day_first, latest))
    if found:
        return parse_date(found.date), found.open
    age = find_age(raw.written_date) if raw.crawled and raw.crawled.day else None
    return (before(raw.crawled, age) if age and raw.crawled else None), False


def _open_date(raw: RawDocument) -> Problem:
    message = f"day and month of '{raw.written_date[:40]}' can't be told apart"
    hint = "no other date of this source tells which is which; give the date with --date"
    return Problem(raw.name, 0, message, hint)


def _sorted_authors(names: tuple[str, ...]) -> dict[str, Any]:
    """The authors among ``names``, and the agency if there is one."""
    plain = [tidy for name in names if (tidy := " ".join(_NO_NAME.sub(" ", name).split()))]
    single = [part for name in plain for part in _parts(name)]
    if len(single) > 1:  # alone it may be all that is known
        single = [name for name in single if not is_role(name)]
    agencies = [agency for name in single if (agency := agency_of(name))]
    people = [level_capitals(name) for name in single if not agency_of(name) and not is_desk(name)]
    found: dict[str, Any] = {"authors": tuple(dict.fromkeys(people))}
    return {**found, AGENCY: agencies[0]} if agencies else found


def _parts(name: str) -> tuple[str, ...]:
    """``Ada Quill and Bo Berg`` are two; a name that is none of a person stays as it is."""
    names = split_names(name)
    several = len(names) > 1 and all(is_name(one) or agency_of(one) for one in names)
    return names if several else (leading_name(name),)


def _read_place(text: str) -> dict[str, Any]:
    """The place in what may be a whole dateline, and the agency if it names one.

    ``STAMFORD, Conn., Feb 26`` is Stamford, Conn.; ``PARIS (AFP) –`` is Paris. Before a dash
    an agency stands in brackets though nobody knows it; else a region may.
    """
    agency = next(filter(None, map(agency_of, _IN_BRACKETS.findall(text))), "")
    is_whole = text.endswith(tuple(_DASHES))
    parts = (_IN_BRACKETS.sub(" ", text) if agency or is_whole else text).split(",")
    named: list[str] = []
    for part in parts:
        words = part.split()
        if named and words and all(map(is_weekday, words)):
            break
        kept = _without_day(words)
        named.append(" ".join(kept).rstrip(f" {_DASHES}"))
        if len(kept) < len(words):  # what follows the day is about the weather, or a cycle
            break
    place = ", ".join(titled(name) for name in named if name)
    found = {"place": place or text}
    return {**found, AGENCY: agency} if agency else found


def _without_day(words: list[str]) -> list[str]:
    """``words`` without the day with which they end: ``7 April``, ``Monday, 7 April 2015``."""
    kinds = [_part_of_day(word) for word in words]
    for start, kind in enumerate(kinds):
        day = kinds[start:]
        if kind and all(day) and day.count("month") == 1 and "digits" in day:
            return words[:start]
    return words


def _part_of_day(word: str) -> str:
    plain = word.strip(f".{_DASHES}")
    if plain.isdigit():
        return "digits"
    if is_month(plain):
        return "month"
    return "weekday" if not plain or is_weekday(plain) else ""

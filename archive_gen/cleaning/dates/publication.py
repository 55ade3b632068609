"""When an article appeared: what its lines, its address and the day of the crawl say together."""

from __future__ import annotations

import calendar
import dataclasses
import datetime
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive_gen.article import PLAIN
from archive_gen.cleaning.base import BODY_LABELS, Label
from archive_gen.cleaning.datelines import read_dateline
from archive_gen.cleaning.dates.in_text import (
    Reading,
    date_order,
    find_age,
    find_date,
    find_dates,
)
from archive_gen.cleaning.dates.names import names
from archive_gen.cleaning.dates.order import order_of_story
from archive_gen.cleaning.dates.short import is_of_recording, short_dated, short_days
from archive_gen.cleaning.dates.shown import is_of_post, says_changed, shown_dates
from archive_gen.cleaning.lines.blocks import has_word
from archive_gen.dates import ArchiveDate, day_of_moment, parse_date
from archive_gen.urls import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.article import RawDocument
    from archive_gen.cleaning.base import Page
    from archive_gen.cleaning.dates.in_text import Age, FoundDate
    from archive_gen.cleaning.dates.shown import Shown

_IN_PATH = re.compile(
    r"(?<![^/_.-])(?P<year>(?:19|20)\d\d)[/_.-]?(?P<month>[01]\d|[a-z]{3,9})[/_.-]?"
    r"(?P<day>[0-3]\d)(?![^/_.-])"
)
_DAY_FIRST_IN_PATH = re.compile(
    r"(?<![^/_.-])(?P<day>[0-3]\d)[_.-](?P<month>[01]\d)[_.-](?P<year>(?:19|20)\d\d)(?![^/_.-])"
)
_MOMENT_IN_PATH = re.compile(
    r"/[a-z]?(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)"
    r"(?:[01]\d|2[0-3])(?:[0-5]\d){1,2}\d{0,8}(?![^/_.-])"
)
"""``/A2026012914320005196``: an article's number that begins with the moment of its making."""
_MONTH_IN_PATH = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>0[1-9]|1[0-2])/")
_BETWEEN_NAMES, _NAMES = re.compile(r"[/\\#?]"), 4
"""A file and three folders."""
_NUMERIC = re.compile(r"\d[./-]\s?\d{1,2}[./-]\s?\d{4}")
_FACTS = 16
"""Words of a line that states facts of the article, no story."""
_NEAR = 25
"""Such a line stands at most so many below the headline, or above the story."""
_RIGHT_ABOVE = 2
_OPENING = 60
"""Characters of a dateline before its date."""
_BRACKETS = ("()", "[]", "（）", "【】")
_DASH = re.compile(r"[ )]{0,3}(?:[(/][^()/]{2,40}[)/] ?)?(?:--|[—–_-])")
_WORD = re.compile(r"[^\W\d_]{2,}")
_BESIDE = 4
"""Words beside the only date of a page."""
_NOON = datetime.time(12)
_SPANS = {"minute": datetime.timedelta(minutes=1), "hour": datetime.timedelta(hours=1)}


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and where it was found."""

    date: ArchiveDate
    origin: str
    open_line: int = 0
    """The line whose day and month can't be told apart; 0 if there is none."""


def find_publication_date(page: Page, raw: RawDocument, *, day_first: bool | None) -> Dated | None:
    """The best date, none later than the crawl; None if nothing tells.

    A day in a date line or byline, else in the address, else how long ago the page says it was,
    else that of the dateline (``HARLOW, 3 May 2016 –``), which is that of the news, or in
    brackets above the story, else one in a
    line beyond the header; then what is known to the month or year alone. A day on which a dump
    says that it was changed counts only with the time of day: who tells that changes news in the
    hours after it appeared, others bring guides up to date after years. Where it is all that there
    is, the date is uncertain. (The markup of a page would state the day of publication, too.) So is
    the only day that a dump names, in a line that says hardly more.
    """
    reading = Reading(day_first, last_day(raw.crawled) if raw.crawled else None)
    address = str(raw.known.get("url") or "")
    if day_first is None and _depend_on_order(page):
        reading = dataclasses.replace(reading, day_first=_own_order(page, raw))
    shown = shown_dates(page, reading)
    changed: list[Shown] = []
    if raw.media_type == PLAIN:
        changed = [one for one in shown if one.changed and not one.timed]
        shown = [one for one in shown if one not in changed]
    month = date_in_address(address)
    found = [
        *_in_lines(one for one in shown if not one.beyond),
        *_above_story(page, reading),
        *_in_address(address, reading.latest),
        *(_in_month(page, month) if month else _in_short(page, reading)),
        *_by_age(page, raw.crawled),
        *_in_opening(page, reading),
        *_in_lines(one for one in shown if one.beyond),
    ]
    best = min(found, key=lambda dated: not dated.date.day, default=None)
    best = best or next(map(_of_change, _in_lines(changed)), None)
    return best or (_only_day(page, reading) if raw.media_type == PLAIN else None)


def last_day(date: ArchiveDate) -> datetime.date:
    """The last day that ``date`` can mean."""
    month = date.month or 12
    day = date.day or calendar.monthrange(date.year, month)[1]
    return datetime.date(date.year, month, day)


def _depend_on_order(page: Page) -> bool:
    opening = [page.blocks[index].text[:_OPENING] for index in page.indexes(*BODY_LABELS)[:1]]
    telling = (*page.texts(Label.DATE, Label.BYLINE), *opening)
    return any(map(_NUMERIC.search, telling)) or any(True for _ in short_dated(page))


def _own_order(page: Page, raw: RawDocument) -> bool | None:
    """The order of day and month that another date of the page tells, else its language."""
    told = date_order(" \n".join(b.text for b in page.blocks if b.words <= _FACTS))
    if told is not None:
        return told
    stated = str(raw.known.get("language") or "")
    return order_of_story(stated, " ".join(page.texts(*BODY_LABELS)))


def _of_change(dated: Dated) -> Dated:
    return Dated(parse_date(f"{dated.date.text}?"), f"change in {dated.origin}", dated.open_line)


def _only_day(page: Page, reading: Reading) -> Dated | None:
    """The one day that the short lines below the headline name, in a line of its own."""
    title = page.index_of(Label.TITLE)
    if title is None:
        return None
    days: dict[str, FoundDate] = {}
    lines: dict[str, int] = {}
    for index in range(title + 1, len(page.blocks)):
        block = page.blocks[index]
        if block.words <= _FACTS and page.label(index) not in BODY_LABELS:
            for found in find_dates(block.text, reading):
                days.setdefault(found.date, found)
                lines.setdefault(found.date, index)
            if len(days) > 1:
                return None
    if not days:
        return None
    ((day, found),) = days.items()
    index = lines[day]
    text = page.blocks[index].text
    alone = len(_WORD.findall(found.before + found.after)) <= _BESIDE
    else_ = is_of_post(text) or is_of_recording(text) or says_changed(text)
    if len(day) < len("2015-10-07") or not alone or else_:
        return None
    return Dated(parse_date(f"{day}?"), f"the only date, in line {page.blocks[index].line}")


def _in_lines(shown: Iterable[Shown]) -> Iterator[Dated]:
    for one in shown:
        yield Dated(one.date, one.origin, one.line if one.open else 0)


def _above_story(page: Page, reading: Reading) -> Iterator[Dated]:
    """A line that is nothing but a date, right above the story of a page without a headline."""
    body = page.indexes(*BODY_LABELS)
    if not body or page.index_of(Label.TITLE) is not None:
        return
    for block in page.blocks[max(0, body[0] - _RIGHT_ABOVE) : body[0]]:
        found = find_date(block.text, reading)
        if found and not has_word(found.before + found.after):
            yield _dated(found, "date line", block.line)


def _in_opening(page: Page, reading: Reading) -> Iterator[Dated]:
    """The day in a dateline, or alone in brackets, with which the first paragraph begins."""
    for index in page.indexes(*BODY_LABELS)[:1]:
        block = page.blocks[index]
        found = find_date(block.text[: 2 * _OPENING], reading)
        if found is None or len(found.before) > _OPENING:
            continue
        is_opening = page.label(index) is Label.DATELINE
        if is_opening and (_DASH.match(found.after) or _follows_dateline(found, block.text)):
            yield _dated(found, "dateline", block.line)
        elif found.before + found.after[:1] in _BRACKETS:
            yield _dated(found, "first paragraph", block.line)


def _follows_dateline(found: FoundDate, text: str) -> bool:
    """Whether a date stands right behind the dateline: ``PORT-LOUIS (AFP) - 14.06.2016 The …``."""
    dateline = read_dateline(text)
    return dateline is not None and len(found.before) == dateline.length


def _dated(found: FoundDate, kind: str, line: int) -> Dated:
    return Dated(parse_date(found.date), f"{kind} in line {line}", line if found.open else 0)


def _in_address(url: str, latest: datetime.date | None) -> Iterator[Dated]:
    date = date_in_address(url)
    if date and not (latest and (date.year, date.month, date.day) > latest.timetuple()[:3]):
        yield Dated(date, "address")


def _in_month(page: Page, month: ArchiveDate) -> Iterator[Dated]:
    """``25.04.24`` near the headline, if the address tells that it is of April 2024."""
    if month.day:
        return
    title, body = page.index_of(Label.TITLE), page.indexes(*BODY_LABELS)
    start = max(0, (body[0] if body else 0) - _NEAR) if title is None else title + 1
    for block in page.blocks[start : start + _NEAR]:
        for day in short_days(block.text).values() if block.words <= _FACTS else ():
            if (day.year, day.month) == (month.year, month.month):
                yield Dated(parse_date(day.isoformat()), f"line {block.line} and the address")


def _in_short(page: Page, reading: Reading) -> Iterator[Dated]:
    """``25.04.24 | 14:07`` below the headline; where it can mean two days, the year alone."""
    for index in short_dated(page):
        block = page.blocks[index]
        days = {} if says_changed(block.text) else short_days(block.text)
        latest = reading.latest
        days = {order: day for order, day in days.items() if not latest or day <= latest}
        known = [days[reading.day_first]] if reading.day_first in days else [*days.values()]
        if len(set(known)) == 1:
            yield Dated(parse_date(known[0].isoformat()), f"line {block.line}")
        elif known:
            yield Dated(parse_date(f"{known[0].year}"), f"line {block.line}", block.line)


def date_in_address(url: str) -> ArchiveDate | None:
    """The day that an address names (``/2015/10/07/``), or the month (``/2015/10/``).

    ``/07-10-2015`` is none: nobody knows whether it is of October.
    """
    path = path_of(url).casefold()
    places = (_IN_PATH, _DAY_FIRST_IN_PATH, _MOMENT_IN_PATH)
    for match in (match for place in places for match in place.finditer(path)):
        month = match["month"]
        if match.re is _DAY_FIRST_IN_PATH and match["day"] <= "12" and match["day"] != month:
            continue
        number = int(month) if month.isdecimal() else sum(names().months.get(month, ()))
        try:
            return parse_date(f"{match['year']}-{number:02}-{match['day']}")
        except ValueError:
            continue
    found = _MONTH_IN_PATH.search(path)
    return parse_date(f"{found['year']}-{found['month']}") if found else None


def date_in_name(name: str) -> ArchiveDate | None:
    """The day or the month that the name of a file tells, or those of its folders
    (``2015-10-07-flood.txt``, ``2015/10/flood.txt``). Folders of copies tell of the copies."""
    parts = itertools.filterfalse(day_of_moment, _BETWEEN_NAMES.split(name)[-_NAMES:])
    return date_in_address(f"http:///{'/'.join(parts)}")


def _by_age(page: Page, crawled: ArchiveDate | None) -> Iterator[Dated]:
    if crawled is None or not crawled.day:
        return
    for index in page.indexes(Label.DATE):
        block = page.blocks[index]
        age = find_age(block.text)
        if age:
            origin = f"{Label.DATE} in line {block.line}, counted from the crawl"
            yield Dated(before(crawled, age), origin)


def before(crawled: ArchiveDate, age: Age) -> ArchiveDate:
    """The date that lies ``age`` before the day ``crawled``, as precisely as both tell.

    Hours before a day without a clock time may be of the day before: the date is approximate.
    So is the month of what is told in weeks or months, and the year of what is told in years.
    """
    day = datetime.date(crawled.year, crawled.month, crawled.day)
    if age.unit in _SPANS:
        clock = datetime.time.fromisoformat(crawled.time[:8]) if crawled.time else _NOON
        earlier = datetime.datetime.combine(day, clock) - age.count * _SPANS[age.unit]
        return parse_date(earlier.date().isoformat() + ("" if crawled.time else "~"))
    if age.unit == "day":
        return parse_date((day - datetime.timedelta(days=age.count)).isoformat())
    if age.unit == "week":
        return parse_date(f"{day - datetime.timedelta(weeks=age.count):%Y-%m}~")
    if age.unit == "month":
        year, month = divmod(day.year * 12 + day.month - 1 - age.count, 12)
        return parse_date(f"{year:04}-{month + 1:02}~")
    return parse_date(f"{day.year - age.count:04}~")

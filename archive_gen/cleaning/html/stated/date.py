"""When an HTML page says that its article appeared.

What the markup states for machines and what the page shows its readers are witnesses. Where they
agree, the markup is believed to the minute. Where they differ by a day, the clocks of two places
may be meant. Where the page shows another day than its markup, without calling it a change,
readers know the article by the day that they see: sites state once when an address came to be,
and show when what stands there now was published. So they do if the markup states both days, as
where the dates of teasers come first.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

from archive_gen.cleaning.base import Found
from archive_gen.cleaning.dates.in_text import find_date
from archive_gen.cleaning.dates.publication import date_in_address
from archive_gen.cleaning.html.stated.json_ld import text_of
from archive_gen.dates import ArchiveDate, is_zero_of_clock, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.cleaning.dates.shown import Shown
    from archive_gen.cleaning.html.stated.head import Head

_NAMES = (
    "article:published_time article:published:time og:published_time og:article:published_time "
    "article.published datepublished date_published parsely-pub-date sailthru.date publishdate "
    "publish-date publish_date published-date pubdate sw-pubdate pub_date publication_date "
    "dc.date.issued dcterms.issued article:create_at bt:pubdate ptime pdate "
    "cxenseparse:recs:publishtime cxenseparse:publishtime rnews:datepublished "
    "originalpublicationdate article_date_original dcsext.articlefirstpublished "
    "shareaholic:article_published_time published published_on citation_publication_date "
    "citation_date"
).split()
_VAGUE_NAMES = (
    "dcterms.created dcterms.date dc.date dc.date.created date.created lastpubdate date timestamp "
    "created"
).split()
"""Of what, these do not say: as likely of the page's last change."""
_VAGUE = frozenset(f"meta {name}" for name in _VAGUE_NAMES)
_CHANGE_NAMES = "article:modified_time og:updated_time datemodified last-modified".split()
_STAMP = re.compile(
    r"\s*(?P<date>\d{4}-\d\d-\d\d)(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s?"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_DIGITS = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?:\d{4,6})?\s*")
_SHOWS = re.compile(r"publish|\bdate|-date|_date|timestamp|posted|entry-date|dateline", re.I)
_CHANGED = re.compile(r"modif|updat|aktualis|stand\b", re.I)
_LONGEST = 80
"""Characters of an element that shows a date and little else."""
_EAST, _WEST = datetime.timedelta(hours=14), datetime.timedelta(hours=12)
"""No place's clock differs more from Greenwich's."""


def find_date_of(tree: Any, head: Head, address: str, shown: Sequence[Shown]) -> Found:
    """The day that the article appeared; the value is None if its markup does not tell.

    ``shown`` are the dates around the headline, the most telling first. Where the markup states
    nothing they are left to be read as those of a text dump are.
    """
    linked = date_in_address(address)
    stated = _stated(tree, head)
    if stated:
        fresh = [date for date in shown if date.date.day and not (date.changed or date.open)]
        return _settled(stated, fresh, _changes(head), _times(tree), linked)
    if shown or (linked and linked.day):
        return Found(None, "")
    alone = _alone(tree, head)
    of_address = not linked or (alone.value and alone.value.period.startswith(linked.period))
    return alone if of_address else Found(None, "")


def stated_days(tree: Any, head: Head, address: str) -> Iterator[str]:
    """Every day that markup and address name, of the article or of something else."""
    dates = [found.value for found in _stated(tree, head)] + _times(tree)
    linked = date_in_address(address)
    yield from (date.period for date in (*dates, *([linked] if linked else ())) if date.day)


def read_stamp(text: str) -> ArchiveDate | None:
    """A date as a page's markup writes it, machine-readable or not."""
    match = _STAMP.match(text)
    if match:
        time = f"T{match['time']}{match['zone'] or ''}" if match["time"] else ""
        return _parse(match["date"] + time) or _parse(match["date"])
    match = _DIGITS.fullmatch(text)
    if match:
        return _parse("-".join(match.groups()))
    found = find_date(text[:200])
    return _parse(found.date) if found and found.date else None


def _stated(tree: Any, head: Head) -> list[Found]:
    """Every day that the page states for machines, the most trusted first."""
    places = [*head.linked("datePublished"), *head.told(_NAMES), *_marked(tree)]
    places += [*head.linked("dateCreated"), *head.told(_VAGUE_NAMES)]
    dates = ((read_stamp(text), origin) for text, origin in places)
    return [
        Found(date, origin)
        for date, origin in dates
        if date and date.day and not is_zero_of_clock(date)
    ]


def _settled(
    stated: Sequence[Found],
    fresh: Sequence[Shown],
    changes: frozenset[str],
    times: Sequence[ArchiveDate],
    linked: ArchiveDate | None,
) -> Found:
    """What is stated first, unless readers are shown another day."""
    first = stated[0]
    seen = {date.date.period for date in fresh}
    if first.value.period in seen:
        return first
    local = _as_local(first, stated, times, linked)
    if not fresh or local.value.period in seen:
        return local
    best = fresh[0]
    apart = (_day(best.date) - _day(first.value)).days
    moment = _moment(first.value)
    if abs(apart) == 1 and moment is not None:
        believed = _is_somewhere(moment, _day(best.date))
    else:
        later = apart > 0 and (not best.above or best.date.period in changes)
        told = any(found.value.period == best.date.period for found in stated)
        believed = best.published or first.origin in _VAGUE or later or told
    return Found(best.date, best.origin) if believed else local


def _changes(head: Head) -> frozenset[str]:
    """The days on which the page says that it was changed."""
    places = (*head.linked("dateModified"), *head.told(_CHANGE_NAMES))
    dates = (read_stamp(text) for text, _ in places)
    return frozenset(date.period for date in dates if date)


def _is_somewhere(moment: datetime.datetime, day: datetime.date) -> bool:
    """Whether it was ``day`` in some place at a moment that is told in Greenwich time."""
    if moment.utcoffset():
        return False
    return (moment - _WEST).date() <= day <= (moment + _EAST).date()


def _day(date: ArchiveDate) -> datetime.date:
    return datetime.date(date.year, date.month, date.day)


def _marked(tree: Any) -> Iterator[Found]:
    """What microdata and the markup of blogs call the date of publication."""
    # One step, not a union of three: those are put in order one by one.
    marks = "@itemprop or self::time[@pubdate] or self::abbr[contains(@class, 'published')]"
    for element in tree.xpath(f"//*[{marks}]"):
        named = element.get("itemprop")
        if named is None or "datepublished" in named.lower():
            stamp = element.get("datetime") or element.get("content") or element.get("title")
            yield Found(stamp or element.text or "", f"{element.tag} element")


def _as_local(
    found: Found, stated: Sequence[Found], times: Sequence[ArchiveDate], linked: ArchiveDate | None
) -> Found:
    """A moment told in Greenwich time, on the day that it was where the page was written.

    The day is that of the same moment told in another zone, of a clock time that differs from it
    by a zone's worth of whole quarters of an hour, or the address's, if that is the next to it.
    """
    moment = _moment(found.value)
    if moment is None or moment.tzinfo is None or moment.utcoffset():
        return found
    for other in (*(date for date, _ in stated), *times):
        if other.period != found.value.period and _same_moment(moment, _moment(other)):
            return Found(other, found.origin)
    if linked and linked.day and abs((_day(linked) - moment.date()).days) == 1:
        return Found(linked, "address")
    return found


def _moment(date: ArchiveDate) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(date.text) if date.time else None
    except ValueError:
        return None


def _same_moment(moment: datetime.datetime, other: datetime.datetime | None) -> bool:
    if other is None:
        return False
    if other.tzinfo is not None:
        return bool(other.utcoffset()) and abs(other - moment) < datetime.timedelta(minutes=1)
    apart = abs(other - moment.replace(tzinfo=None))
    return apart <= _EAST and not apart % datetime.timedelta(minutes=15)


def _times(tree: Any, *, changes: bool = True) -> list[ArchiveDate]:
    """What the ``time`` elements say; without ``changes`` those of changes are left out."""
    dates = (
        read_stamp(element.get("datetime") or element.text_content())
        for element in tree.iter("time")
        if changes or not _CHANGED.search(f"{element.get('class')} {element.get('itemprop')}")
    )
    return [date for date in dates if date]


def _alone(tree: Any, head: Head) -> Found:
    """The one day that ``time`` elements, else elements named for dates, show.

    Where they show none or several, the day that JSON-LD states of the page as a page.
    """
    times = _times(tree, changes=False)
    for dates, origin in ((times, "time element"), (_named(tree), "date on the page")):
        if len({date.period for date in dates}) == 1:
            return Found(dates[0], origin)
        if dates:
            break
    page = read_stamp(text_of(head.web_page.get("datePublished")))
    return Found(page if page and not is_zero_of_clock(page) else None, "JSON-LD of the page")


def _named(tree: Any) -> list[ArchiveDate]:
    """The dates in elements whose class says that a date is what they hold."""
    dates = []
    for element in tree.xpath("//span|//div|//p|//li|//small|//em|//dd"):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if names != " " and _SHOWS.search(names) and not _CHANGED.search(names):
            text = " ".join(element.text_content()[:400].split())
            found = find_date(text) if len(text) <= _LONGEST else None
            if found and found.date and not _CHANGED.search(text):
                dates.append(_parse(found.date))
    return [date for date in dates if date]


def _parse(text: str) -> ArchiveDate | None:
    try:
        date = parse_date(text)
    except ValueError:
        return None
    return date if 1900 <= date.year <= 2100 else None

"""When an HTML page says that its article appeared.

A date that the page states for machines counts before its address, and that before a date which
is only shown. A shown date counts only if the page shows no other: nothing is guessed.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archive_gen.cleaning.dates_in_text import find_date
from archive_gen.cleaning.html_head import Found
from archive_gen.dates import ArchiveDate, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.cleaning.html_head import Head

_NAMES = (
    "article:published_time article:published:time og:published_time og:article:published_time "
    "article.published datepublished date_published parsely-pub-date sailthru.date publishdate "
    "publish-date publish_date published-date pubdate sw-pubdate pub_date publication_date "
    "dc.date.issued dcterms.created dcterms.date dcterms.issued dc.date dc.date.created "
    "dcsext.articlefirstpublished date.created cxenseparse:recs:publishtime "
    "cxenseparse:publishtime rnews:datepublished article:create_at originalpublicationdate "
    "article_date_original bt:pubdate ptime pdate lastpubdate citation_publication_date "
    "citation_date date timestamp created"
).split()
_STAMP = re.compile(
    r"\s*(?P<date>\d{4}-\d\d-\d\d)(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s?"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_DIGITS = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?:\d{4,6})?\s*")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_SHOWS = re.compile(r"publish|\bdate|-date|_date|timestamp|posted|entry-date|dateline", re.I)
_CHANGED = re.compile(r"modif|updat|aktualis|stand\b", re.I)
_LONGEST = 80
"""Characters of an element that shows a date and little else."""
_FARTHEST = datetime.timedelta(hours=14)
"""No place's clock differs more from Greenwich's."""


def find_date_of(tree: Any, head: Head, address: str) -> Found:
    """The day that the article appeared; the value is None if the page does not tell."""
    stated = _stated(tree, head)
    linked = _in_address(address)
    if stated:
        return _as_local(stated[0], stated, _times(tree), linked)
    if linked:
        return Found(linked, "address")
    return _shown(tree)


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
    """Every date that the page states for machines, the most trusted first."""
    places = [*head.linked("datePublished"), *head.told(_NAMES), *_marked(tree)]
    places += head.linked("dateCreated")
    dates = ((read_stamp(text), origin) for text, origin in places)
    return [Found(date, origin) for date, origin in dates if date]


def _marked(tree: Any) -> Iterator[Found]:
    """What microdata and the markup of blogs call the date of publication."""
    marks = "//*[@itemprop] | //time[@pubdate] | //abbr[contains(@class, 'published')]"
    for element in tree.xpath(marks):
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
    day = datetime.date.fromisoformat(linked.period) if linked else moment.date()
    return Found(linked, "address") if abs(day - moment.date()).days == 1 else found


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
    return apart <= _FARTHEST and not apart % datetime.timedelta(minutes=15)


def _in_address(address: str) -> ArchiveDate | None:
    match = _IN_ADDRESS.search(urlsplit(address).path) if address else None
    return _parse("-".join(match.groups())) if match else None


def _times(tree: Any) -> list[ArchiveDate]:
    """What the ``time`` elements say, those of changes left out."""
    dates = (
        read_stamp(element.get("datetime") or element.text_content())
        for element in tree.iter("time")
        if not _CHANGED.search(f"{element.get('class')} {element.get('itemprop')}")
    )
    return [date for date in dates if date]


def _shown(tree: Any) -> Found:
    """The one day that ``time`` elements, else elements named for dates, show."""
    for dates, origin in ((_times(tree), "time element"), (_named(tree), "date on the page")):
        if dates:
            alone = len({date.period for date in dates}) == 1
            return Found(dates[0] if alone else None, origin)
    return Found(None, "")


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

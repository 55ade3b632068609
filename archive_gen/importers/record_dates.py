"""Dates as machines write them in records, mails and pages."""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_to_datetime

from archive_gen.dates import ArchiveDate, is_zero_of_clock, parse_date

_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(?!\d)")
"""ISO's basic form, as agencies write it."""
_CTIME = re.compile(
    r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d)"
    r"(?: ([+-]\d{4}|UTC|GMT))? (\d{4})$"
)
"""As C and Twitter write a moment; made into one of a mail."""
_HOURS_OF_ZONE = re.compile(r"(?<=\d\d:\d\d)(?:\.\d{1,9})?[+-]\d\d$")
"""As PostgreSQL writes it."""
_FRACTION = re.compile(r"(:\d\d)\.\d+")
_MIDNIGHT = re.compile(r"(?<=^\d{4}-\d\d-\d\d)[T ]00:00:00(?:\+00:?00)?$")
"""Without a zone, or with none to speak of: so programs write a day alone."""
_DAY = re.compile(r"(\d{4})([-/.]?)(\d\d)\2(\d\d)(?!\d)")
_MAIL_DATE = re.compile(r"(?:[A-Za-z]{3},? )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d")
_OF_DRUPAL = re.compile(r"([A-Z][a-z]{2}), (\d\d)/(\d\d)/(\d{4}) - (\d\d:\d\d)$")
"""As Drupal shows a moment: which number is the month, the day of the week tells."""
_SECONDS = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
_WEEKDAYS = "MonTueWedThuFriSatSun"
_FIRST_SECOND = 100_000_000
_MILLISECONDS = 100_000_000_000


def read_date(value: object) -> ArchiveDate | None:
    """A date as machines write it: ISO with or without a zone, as in a mail, seconds since 1970.

    The first of these seconds is none: so machines write what nobody told them.
    """
    date = any_date(value)
    return None if date and is_zero_of_clock(date) else date


def any_date(value: object) -> ArchiveDate | None:
    """The same, with the first of these seconds: whether ``value`` is written so at all."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _since_1970(value)
    text = value.strip() if isinstance(value, str) else ""
    if _SECONDS.fullmatch(text):
        return _since_1970(float(text))
    if text[:1].isalpha():
        text = _CTIME.sub(r"\2 \1 \5 \3 \4", text, count=1)
    elif text[8:9] == "T":
        text = _COMPACT.sub(r"\1-\2-\3T\4:\5:\6", text, count=1)
    elif text[-3:-2] in ("+", "-"):
        text = _HOURS_OF_ZONE.sub(r"\g<0>:00", text, count=1)
    iso = _FRACTION.sub(r"\1", re.sub(r"(\d)\s*(?:UTC|GMT)$", r"\1Z", text))
    iso = _MIDNIGHT.sub("", iso)
    in_mail = iso_of_mail(text) if _MAIL_DATE.match(text) else ""
    for candidate in (iso, _day_alone(text), in_mail, _by_weekday(text)):
        try:
            return parse_date(candidate)
        except ValueError:
            continue
    return None


def _by_weekday(text: str) -> str:
    match = _OF_DRUPAL.match(text)
    if match is None:
        return ""
    weekday, *parts, clock = match.groups()
    found = []
    for form in ("%m %d %Y", "%d %m %Y"):
        try:
            day = datetime.datetime.strptime(" ".join(parts), form).date()
        except ValueError:
            continue
        if day.isocalendar().weekday - 1 == _WEEKDAYS.find(weekday) // 3:
            found.append(day.isoformat())
    return f"{found[0]}T{clock}" if len(set(found)) == 1 else ""


def _day_alone(text: str) -> str:
    match = _DAY.match(text)
    return f"{match[1]}-{match[3]}-{match[4]}" if match else ""


def iso_of_mail(text: str) -> str:
    """The moment in a mail's ``Date`` (RFC 5322) as ISO 8601 writes it; empty if it is none."""
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _since_1970(seconds: float) -> ArchiveDate | None:
    """A moment of 1973 or later; milliseconds where seconds would be too many."""
    # Compared before it is divided: JSON has whole numbers that no float can hold.
    if not _FIRST_SECOND <= seconds < 1000 * _MILLISECONDS:
        return None
    seconds = seconds / 1000 if seconds >= _MILLISECONDS else seconds
    moment = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)
    return parse_date(f"{moment:%Y-%m-%dT%H:%M:%SZ}")

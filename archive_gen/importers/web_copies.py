"""A page as the Wayback Machine or archive.today shows it → the page that it is a copy of.

They put a bar above it and their own address before each link and picture:
``https://web.archive.org/web/20151007120000im_/https://example.org/a.jpg``.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
from typing import TYPE_CHECKING

from archive_gen.dates import ArchiveDate, parse_date
from archive_gen.urls import is_web_address

if TYPE_CHECKING:
    from archive_gen.article import RawDocument

_COPY = (
    r"https?://(?:web\.archive\.org/web/(?P<wayback>\d{4,14})(?:[a-z]{2}_)?"
    r"|archive\.(?:today|is|ph|li|vn|fo|md)/(?P<today>\d{4}\.\d\d\.\d\d)-\d{6})/"
)
_ADDRESS = re.compile(_COPY + r"(?P<page>https?:/{1,2}\S+)")
_BEFORE_LINKS = re.compile(
    r"(?:(?:https?:)?//web\.archive\.org)?/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?:|mailto:|//)"
    r"|https?://archive\.(?:today|is|ph|li|vn|fo|md)/(?:o/\w{4,6}/|\d{4}\.\d\d\.\d\d-\d{6}/)(?=https?:)"
)
_BAR_BEGINS = "<!-- BEGIN WAYBACK TOOLBAR INSERT -->"
_BAR_ENDS = "<!-- END WAYBACK TOOLBAR INSERT -->"
_SIGNS = (
    "BEGIN WAYBACK TOOLBAR INSERT",
    "End Wayback Rewrite JS Include",
    "RETRIEVED FROM THE INTERNET ARCHIVE",
)
_NOTED = re.compile(r"__wm\.wombat\(\"(https?://[^\"\s]+)\",\"(\d{8})\d{0,6}\"")
_ARCHIVED = re.compile(r"FILE ARCHIVED ON [\d:]{5,8} (\w{3} \d\d, \d{4}) AND RETRIEVED FROM")


def original_address(address: str) -> str:
    """The address of the page that ``address`` is a copy of; any other stays."""
    found = _ADDRESS.fullmatch(address)
    # A browser that saves a page writes one slash of two.
    page = re.sub(r"^(https?):/(?!/)", r"\1://", found["page"]) if found else ""
    return page if is_web_address(page) else address


def day_of_copy(address: str) -> ArchiveDate | None:
    """When the copy at ``address`` was made; None if it is none."""
    found = _ADDRESS.fullmatch(address)
    digits = (found["wayback"] or found["today"].replace(".", "")) if found else ""
    return _day(digits[:8])


def as_before_copying(document: RawDocument) -> RawDocument:
    """``document`` without what the copier added; any other page as it is."""
    text = document.text
    if not any(sign in text for sign in _SIGNS):
        return document
    noted = _NOTED.search(text)
    archived = _ARCHIVED.search(text)
    made = _day(noted[2]) if noted else _day_in_words(archived[1]) if archived else None
    is_told = noted and is_web_address(noted[1]) and "url" not in document.known
    told = {"url": noted[1]} if noted and is_told else {}
    return dataclasses.replace(
        document,
        text=_BEFORE_LINKS.sub("", _without_bar(text)),
        known={**told, **document.known},
        origins={**dict.fromkeys(told, "the Wayback Machine"), **document.origins},
        crawled=made or document.crawled,
    )


def _without_bar(text: str) -> str:
    kept, at = [], 0
    while (start := text.find(_BAR_BEGINS, at)) >= 0:
        end = text.find(_BAR_ENDS, start)
        if end < 0:
            break
        kept.append(text[at:start])
        at = end + len(_BAR_ENDS)
    return "".join((*kept, text[at:]))


def _day(digits: str) -> ArchiveDate | None:
    try:
        return parse_date(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}") if len(digits) == 8 else None
    except ValueError:
        return None


def _day_in_words(text: str) -> ArchiveDate | None:
    try:
        day = datetime.datetime.strptime(text, "%b %d, %Y").date()
    except ValueError:
        return None
    return parse_date(day.isoformat())

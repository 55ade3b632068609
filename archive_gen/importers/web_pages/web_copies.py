"""A page as the Wayback Machine, archive.today or the cache of a search engine shows it → the page
that it is a copy of.

They put a bar above it and their own address before each link and picture:
``https://web.archive.org/web/20151007120000im_/https://example.org/a.jpg``. Of a text that was
copied from the screen only what the bar says is left.
"""

from __future__ import annotations

import contextlib
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
_ABOVE_TEXT = 1000
"""Characters: what stands above a text that was copied from the screen begins in the first ones."""
_COPIED_TEXT = re.compile(
    r"^(?:The Wayback Machine - )?(https?://(?:web\.)?archive\.\S{1,2000})$", re.MULTILINE
)
_CACHED_TEXT = re.compile(
    r"^This is Google['’]s cache of (https?://\S{1,2000}?)\.? "
    r"It is a snapshot of the page as it appeared on (.{1,16}\d{4})\b",
    re.MULTILINE,
)
_DAY = r"\d{1,2} [A-Z][a-z]{2} \d{4}"
_OF_BAR = re.compile(
    r"^(?:The Wayback Machine - http|This is Google['’]s cache of |Full version\s"
    r"|Tip: To quickly find ).*"
    rf"|^[ \t]*(?:[\d,]{{1,9}} captures?|{_DAY} [-–] {_DAY}|About this capture|COLLECTED BY"
    r"|TIMESTAMPS|(?:Organization|Collection): .*|success|fail"
    r"|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[ \t]*$",
    re.MULTILINE,
)
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


def with_bar_read(document: RawDocument) -> RawDocument:
    """``document``, a text copied from the screen, with what the bar above it says: of which page
    it is a copy, and of when. The lines of the bar are blank then."""
    head = document.text[:_ABOVE_TEXT]
    copied, cached = _COPIED_TEXT.search(head), _CACHED_TEXT.search(head)
    if copied:
        page, made = original_address(copied[1]), day_of_copy(copied[1])
    elif cached:
        page, made = cached[1], _day_in_words(cached[2])
    else:
        return document
    if made is None or not is_web_address(page):
        return document
    return dataclasses.replace(
        document,
        text=_OF_BAR.sub("", head) + document.text[_ABOVE_TEXT:],
        known={"url": page, **document.known},
        origins={"url": "the bar above the copy", **document.origins},
        crawled=document.crawled or made,
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
    """``Oct 09, 2015`` or ``9 Oct 2015``."""
    for form in ("%b %d, %Y", "%d %b %Y"):
        with contextlib.suppress(ValueError):
            return parse_date(datetime.datetime.strptime(text, form).date().isoformat())
    return None

"""Factiva: ``Document GRDN0000…`` below each article, with its two-letter fields or without."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.importers.press_databases.base import (
    COUNTED,
    NO_PARTS,
    Parts,
    date_in,
    is_copyright,
    is_date,
    is_day,
    is_long,
    one_line,
    values_between,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.importers.press_databases.base import Fields

_ACCESSION = re.compile(
    r"^(?:AN[ \t]{0,9}\n?)?[ \t]{0,9}"
    r"Document [A-Za-z][A-Za-z0-9]{2,12}?(?:19|20)\d{6}\w{5,20}[ \t]*$",
    re.MULTILINE,
)
"""A code of the source, filled up with zeros; a day; a number."""
_TAG = re.compile(
    r"^(HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|SE|CLM|DLN|LP|TD|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|ART|CT|VOL)"
    r"(?:(?P<inline>\t| {2,9})|(?P<alone>[ \t]*$)| )",
    re.MULTILINE,
)
_NARROW = re.compile(r"^HD \S", re.MULTILINE)
"""Some set tags off by one space only."""
_CODES = re.compile(r"\s*\w{2,12} : ")
_CODED = frozenset(("CO", "IN", "NS", "RE"))
_LEAD, _TEXT, _TAIL = 1, 2, 3
_PLACES = {
    **dict.fromkeys("HD BY CR WC PD ET SN SC ED PG LA CY SE CLM DLN VOL".split(), 0),
    "LP": _LEAD,
    "TD": _TEXT,
    **dict.fromkeys("RF CO IN NS RE IPC IPD PUB AN ART CT".split(), _TAIL),
}
"""In this order they stand."""
_WORDS = re.compile(COUNTED)
_CLOCK = re.compile(r"\d{1,2}:\d\d(?: [AP]M)?(?: \w+)?")
_CODE = re.compile(r"(?=\d{0,9}[A-Z])[A-Z0-9]{1,10}")
_LANGUAGES = frozenset(
    "english deutsch german français french español spanish italiano italian português portuguese "
    "nederlands dutch русский russian polski polish svenska swedish dansk danish norsk norwegian "
    "suomi finnish čeština czech magyar hungarian türkçe turkish català catalan slovenčina slovak "
    "български bulgarian العربية arabic 日本語 japanese 中文 chinese 한국어 korean".split()
)
_BY = re.compile(r"(?:By|Von|Par|Por|Door) \w")
_MOST_OF_HEAD = 12
"""Lines between the number of words and the text, and words of each."""


def divide(text: str) -> Parts:
    """By the lines that end an article with its number."""
    *parts, after = _ACCESSION.split(text)
    return Parts("", parts, after) if parts else NO_PARTS


def read(part: str) -> Fields:
    """By its tags (``HD``, ``PD``, ``TD``, …); without them by the order of its lines."""
    values = _tagged(part)
    if "HD" in values and "PD" in values and ("TD" in values or "LP" in values):
        return {
            "title": one_line([values["HD"]]),
            "author": one_line([values.get("BY", "")]),
            "source": one_line([values.get("SN", "")]),
            "date": date_in(values["PD"]),
            "content_text": f"{values.get('LP', '')}\n\n{values.get('TD', '')}".strip(),
        }
    return _untagged([line.strip() for line in part.strip().split("\n")])


def _tagged(part: str) -> Fields:
    """Tag → value; what begins like a tag in the midst of the text is none. Nothing if there seem
    to be two articles, or much stands above the first tag."""
    is_narrow = _NARROW.search(part) is not None
    found: dict[str, re.Match[str]] = {}
    place = 0
    for mark in _TAG.finditer(part):
        tag, at = mark[1], _PLACES[mark[1]]
        if not _is_field(mark, part, is_narrow=is_narrow, in_foot=place == _TAIL):
            continue
        if tag in found and at in (_LEAD, _TEXT):
            return {}
        if tag not in found and at >= place:
            found[tag] = mark
            place = at
    marks = list(found.values())
    is_whole = marks and not is_long(part[: marks[0].start()])
    return values_between(marks, part) if is_whole else {}


def _is_field(mark: re.Match[str], part: str, *, is_narrow: bool, in_foot: bool) -> bool:
    """Whether a tag is set off as its place wants; in the foot that needs codes, or other tags of
    it above: a line of its own may be a heading."""
    tag, place = mark[1], _PLACES[mark[1]]
    is_wide = bool(mark["inline"]) or mark["alone"] is not None
    if tag in _CODED:
        return (is_wide or is_narrow) and bool(_CODES.match(part, mark.end()))
    if place == _TAIL:
        return bool(mark["inline"]) or in_foot
    return is_wide or (is_narrow and place == 0)


def _untagged(lines: list[str]) -> Fields:
    counted = [i for i, line in enumerate(lines) if _WORDS.match(line) and _is_day_next(lines, i)]
    if len(counted) != 1 or not counted[0]:
        return {}
    at = counted[0]
    above = [line for line in lines[:at] if line]
    # Above the title may stand its section; below it, who wrote it.
    signed = len(above) > 2 or (len(above) == 2 and _is_byline(*above))
    end = _language_at(lines, at + 1)
    head = [line for line in lines[at + 1 : end] if line]
    named = [line for line in head if not (is_date(line) or _CLOCK.fullmatch(line))]
    is_head = any(map(_CODE.fullmatch, named[1:])) and not is_long(" ".join(above[:-2]))
    if not is_head or any(len(line.split()) > _MOST_OF_HEAD for line in head):
        return {}
    start = end + 1
    while start < len(lines) and (not lines[start] or is_copyright(lines[start])):
        start += 1
    return {
        "title": above[-2] if signed else above[-1],
        "author": above[-1] if signed else "",
        "source": named[0],
        "date": date_in(next(filter(is_date, head), "")),
        "content_text": "\n".join(lines[start:]).strip(),
    }


def _is_byline(title: str, line: str) -> bool:
    return bool(_BY.match(line)) or len(line.split()) < len(title.split())


def _is_day_next(lines: Sequence[str], at: int) -> bool:
    line = next((line for line in lines[at + 1 : at + 4] if line), "")
    return is_day(line)


def _language_at(lines: Sequence[str], start: int) -> int:
    """Where the language stands, with which a head ends; ``start`` if nowhere."""
    among = range(start, min(len(lines), start + 2 * _MOST_OF_HEAD))
    return next((i for i in among if lines[i].casefold().partition(" - ")[0] in _LANGUAGES), start)

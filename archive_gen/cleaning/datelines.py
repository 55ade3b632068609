"""The place, and perhaps the agency, with which a story begins: ``MOSCOW (Sputnik) — The …``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive_gen.cleaning.characters import has_case
from archive_gen.cleaning.dates.in_text import find_date
from archive_gen.cleaning.names import with_capitals
from archive_gen.cleaning.people.agencies import agency_of
from archive_gen.cleaning.phrases import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Block

_SMALL = frozenset(
    "of de del la las los le les da do dos das am an der im on upon the sur en".split()
)
"""Words within names of places: ``Rio de Janeiro``, ``Frankfurt am Main``."""
_SHORT = 5
"""Words of a line that may name a place."""
_LETTERS = r"\w\u064b-\u0652\u0900-\u0dff\u0e00-\u0eff\u200c"
"""Letters, and the vowels that some scripts write as signs beside them."""
_IN_PLACE = rf"{_LETTERS}.'’\- "
_PLACE = rf"(?P<place>[^\W\d_][{_IN_PLACE}]{{1,40}}?)"
_PLACES = rf"(?P<place>[^\W\d_][{_IN_PLACE}/]{{1,40}}?)"
"""Also two of them: ``BRUSSELS/LONDON``."""
_CAPITALS = r"(?P<place>[^\W\d_][\w.'’\- ]{1,40}?)"
_AGENCY = r"\((?P<agency>[^()]{2,40})\)"
_DASH = r"\s{0,9}(?:--|[—–_-])\s+"
_DATELINES = (
    re.compile(rf"{_PLACES}(?:,[^(—–]{{1,40}})?\s{{0,9}}{_AGENCY}\.?{_DASH}"),
    re.compile(
        rf"{_CAPITALS}(?:,\s{{0,9}}[^—–]{{3,30}})?{_DASH}(?P<agency>[^\W\d][\w ]{{2,30}})\.\s"
    ),
    re.compile(rf"{_CAPITALS}(?:,(?:[^—–.]|(?<=[A-Z\d])\.|\.(?=,|\s?[—–-]|\s\d)){{1,40}})?{_DASH}"),
)
_HAN_NAME = r"(?P<author>[一-鿿·]{2,4})"
_BY_HAN = rf"(?:[（(](?:记者|通讯员|記者)\s?{_HAN_NAME}[^（()）]{{0,30}}[)）])?"
_OF_AGENCIES = (
    # القاهرة – (أ ف ب); МОСКВА, 13 октября. /ТАСС/; Praha 13. října (ČTK); Madrid, 13 oct (EFE).-
    re.compile(
        rf"{_PLACE}(?:[,،፣]?\s?\d{{1,2}}\.? {_PLACE.replace('place', 'month')}\.?)?"
        rf"\s{{0,9}}(?:[—–-]\s?)?(?:{_AGENCY}|/(?P<between>[^/]{{2,20}})/)[\s.]?"
    ),
    # (رويترز) - …
    re.compile(rf"(?P<place>){_AGENCY}(?:{_DASH}|\s)"),
    # دمشق - سانا …, in scripts without capitals; of those of India a hyphen joins two words
    re.compile(
        rf"(?P<place>[\u0590-\u0dff\u0e00-\u0eff][{_LETTERS} ]{{1,40}}?)"
        r"(?:(?<=[\u0590-\u08ff])\s?[—–-]\s?|\s[—–-]\s)"
        r"(?P<agency>[^\W\d][^\s،:.—–-]{1,15})(?:\s?[:.،—–-]|\s)"
    ),
    # (대전=연합뉴스) 김민지 기자 = …
    re.compile(
        r"[(\[](?P<place>[가-힣]{2,6})\s?=\s?(?P<agency>[^()=\[\]]{2,12})[)\]]"
        r"(?:\s?(?P<author>[가-힣]{2,4})\s?(?:기자|특파원)\s?=)?"
    ),
    # 新华社南京10月13日电（记者 王晓燕）…
    re.compile(
        r"(?P<agency>[一-鿿]{2}[社网])(?P<place>[一-鿿]{2,8}?)(?:\d{1,2}月)?\d{1,2}日[电電讯訊]"
        + _BY_HAN
    ),
    # （中央社記者陳怡君台北13日電）…: most names have three characters, most of these cities two
    re.compile(
        r"[（(](?P<agency>[一-鿿]{2}社)記者(?P<author>[一-鿿]{3})(?P<place>[一-鿿]{2})"
        r"\d{1,2}日(?:專?電)[)）]"
    ),
    # 【ソウル時事】, ［ワシントン 13日 ロイター］
    re.compile(
        r"[【［\[](?P<place>[^\W\d]{2,12}?)(?:\s?\d{1,2}日\s?|[＝=]|\s)?"
        r"(?P<agency>時事|共同|ロイター|AFP時事|AFP|AP)[】］\]]"
    ),
)
"""Datelines that count only with an agency that is known."""
_MARKED = re.compile(r"[-—–_(/\[（【［日]")
_FARTHEST = 200
"""Each of these has such a mark, and the first of them no farther from its beginning."""
_ENDS_SENTENCE = re.compile(r"[^\W\d_]{4}\.$")
"""A heading run into its paragraph (``STRAYING CATTLE. - Henry …``), and no ``St.`` or ``D.C.``."""
_PLACE_STOP = re.compile(r"(?P<place>[^\W\d_][\w\-]{3,30}(?: [^\W\d_][\w\-]{1,20})?)\.\s")


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place, and perhaps the agency, with which a story begins."""

    place: str
    """Empty where only an agency is named."""
    agency: str
    author: str = ""
    length: int = 0
    """How many characters of the paragraph it takes."""


_SALUTATIONS = frozenset(("sir", "sirs", "madam", "sir or madam"))
"""With these and a dash letters to the editor begin."""


def read_dateline(text: str, elsewhere: Sequence[Block] = ()) -> Dateline | None:
    """The dateline at the beginning of a paragraph.

    A place before a full stop counts only if a short line ``elsewhere`` names it, or is it.
    """
    is_marked = _MARKED.search(text, 0, _FARTHEST) is not None
    for pattern in _DATELINES if is_marked else ():
        match = pattern.match(text)
        if match:
            place = match["place"].strip()
            agency = match.groupdict().get("agency") or ""
            if place.casefold() in _SALUTATIONS:
                return None
            if _ENDS_SENTENCE.search(place):
                return None
            sure = pattern is _DATELINES[0] or _is_dated(match)
            if place.isupper() or (sure and _may_be_place(place, agency)):
                return Dateline(titled(place), agency, length=match.end())
    found = _of_agency(text) if is_marked else None
    match = None if found else _PLACE_STOP.match(text)
    if match and _is_named(fold(match["place"]), elsewhere):
        return Dateline(match["place"], "", length=match.end())
    return found


def _is_dated(match: re.Match[str]) -> bool:
    """Whether a day, and perhaps what is beside it, stands between the place and the dash."""
    date = find_date(match[0])
    return date is not None and date.before.rstrip(" ,") == match["place"].strip()


def _of_agency(text: str) -> Dateline | None:
    for pattern in _OF_AGENCIES:
        match = pattern.match(text)
        found = _with_agency(match) if match else None
        if match and found and not _goes_on(text[match.end() :]):
            return found
    return None


def _goes_on(text: str) -> bool:
    """Whether a sentence goes on, as after ``Huber (SID) won``: below a dateline one begins."""
    return next(filter(str.isalpha, text), "").islower()


def _with_agency(match: re.Match[str]) -> Dateline | None:
    parts: dict[str, str | None] = match.groupdict()
    agency = parts.get("agency") or parts.get("between") or ""
    place = (parts["place"] or "").strip()
    if not agency_of(agency) or not (place.isupper() or _may_be_place(place, agency)):
        return None
    return Dateline(titled(place), agency, parts.get("author") or "", match.end())


def _is_named(place: str, blocks: Sequence[Block]) -> bool:
    return any(
        block.words <= _SHORT and (block.key == place or place in block.key.split())
        for block in blocks
    )


def _may_be_place(place: str, agency: str) -> bool:
    """Whether it has the form of a place; one with small words in it, beside a known agency."""
    first, *others = place.split() or [""]
    large = [word for word in others[:-1] if word not in _SMALL] + others[-1:]
    return is_place(" ".join([first, *large])) and (
        len(large) == len(others) or bool(agency_of(agency))
    )


def is_place(text: str) -> bool:
    """Whether ``text`` has the form of the name of a place."""
    words = text.split()
    return len(words) <= 4 and all(w[0].isupper() or not has_case(w[0]) for w in words)


def titled(place: str) -> str:
    """A name in capitals as a name is written; short ones may be abbreviations."""
    if len(place) <= 3 or not place.isupper():
        return place
    words = with_capitals(place).split(" ")
    inner = [word.lower() if word.lower() in _SMALL else word for word in words[1:-1]]
    return " ".join([*words[:1], *inner, *words[1:][-1:]])

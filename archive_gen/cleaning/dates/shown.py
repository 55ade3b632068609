"""The dates that a page shows its readers around the headline, and what it says they are of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from archive_gen.cleaning.base import BODY_LABELS, Label
from archive_gen.cleaning.dates.in_text import NOTHING_KNOWN, Reading, find_date, find_dates
from archive_gen.cleaning.dates.short import short_dated
from archive_gen.cleaning.names import is_name
from archive_gen.cleaning.people.bylines import announces
from archive_gen.dates import ArchiveDate, parse_date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from archive_gen.cleaning.base import Page
    from archive_gen.cleaning.dates.in_text import FoundDate

_CHANGED = re.compile(
    r"updat|modif|edited|revis|reviewed|aktualis|geändert|änderung|mis à jour|mise à jour|"
    r"actuali[sz]|atualiz|aggiorn|bijgewerkt|zaktualiz|aktualiz|обновл|изменен|оновлен|güncelle|"
    r"تحديث|تعديل|به‌روز|更新|修正|修改|수정|"
    r"oppdatert|uppdatera|opdater|päivitetty|diperbarui|cập nhật|"
    r"अपडेट|আপডেট|ενημέρωση|ενημερώθηκε|frissít|עודכן|עדכון|แก้ไข|อัปเดต|อัพเดท|ปรับปรุง|"
    r"última act|ultima modif|ultima revis|обновлён|змінен|به[ \u200c]?روز|ویرایش|اپ ?ڈیٹ|"
    r"புதுப்பிக்க|अद्यतन|অদ্যতন|ažuriran|업데이트|最新更新|改訂|dikemas ?kini|imesasishwa|ተሻሽሏል|ታድሷል",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"publi[sc]|publish|posted|erstellt|veröffentlich|erschienen|geplaatst|pubblicat|opublik|"
    r"опублик|опубліков|yayın|نشر|发布|發布|公開|掲載|投稿|입력|등록|diterbitkan|đăng|"
    r"प्रकाशित|প্রকাশ|δημοσ|megjelen|פורסם|เผยแพร่|julkaistu|objavljen|"
    r"розміщен|размещен|додано|dodano|zverejn|uverejn|zveřejn|vydán|giriş tarihi|eklenme|"
    r"انتشار|منتشر|شائع|پوسٹ|பதிவு|வெளியிட|发表|刊登|出版|發佈|發表|刊出|上稿|配信|게재|송고|승인|"
    r"dipublikasi|xuất bản|imechapishwa|ታተመ|የታተመ",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?:date|datum|fecha|data|дата)\s?:", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_SPAN = 60
"""Characters."""
_YEARS_APART = 5
_MOST_IN_DATES = 24
"""Words."""
_CLOCK = re.compile(
    r"(?<!\d)\d{1,2}[:.h]\d\d(?![\d.])|\d\s?(?:[ap]\.?m\b|uhr|時|시)", re.IGNORECASE
)
_POSTED = ("—", "–", "-")
"""So ends a post of another place that the story shows: ``— Ada Lund (@lund) May 4, 2019``."""
_DROPPED = (Label.FURNITURE, Label.TEASER)
_HEADER = 9
"""So many lines below a headline are of its header although the story has begun: with a lead."""
_MOST_AS_LABEL = 3
"""Words of a line that says what the date in the next one is of."""


class Shown(NamedTuple):
    """A date in a line near the headline."""

    date: ArchiveDate
    label: Label
    """Of the line: a date line or a byline."""
    line: int
    above: bool
    """Whether the line stands above the headline: a masthead may show the day of the visit."""
    beyond: bool
    """Whether it stands below the lines between headline and story, as that of a teaser may."""
    published: bool
    """Whether the page says in words that this is when it was published."""
    changed: bool
    """Whether it says that this is when it was changed."""
    timed: bool
    """Whether it tells the time of day."""
    open: bool
    """Whether day and month can't be told apart."""

    @property
    def origin(self) -> str:
        """``date line in line 7``."""
        return f"{self.label} in line {self.line}"


def shown_dates(page: Page, reading: Reading = NOTHING_KNOWN) -> list[Shown]:
    """The dates in the date lines and bylines of ``page``, the most telling first.

    Those that the page calls dates of publication come first, then those below the headline,
    then those above it, then those beyond the header, and what it calls a change comes last. Of
    days beside each other that are the same in this the earliest comes first.
    """
    title, end = page.index_of(Label.TITLE) or 0, _end_of_header(page)
    found = [
        Shown(
            parse_date(date.date),
            page.marks[index].label,
            page.blocks[index].line,
            index < title,
            index >= end,
            bool(_PUBLISHED.search(words)) and not _CHANGED.search(words),
            bool(_CHANGED.search(words)),
            tells_time(page.blocks[index].text),
            date.open,
        )
        for index in page.indexes(Label.DATE, Label.BYLINE)
        if not is_of_post(page.blocks[index].text)
        for date, words in _with_words(page, index, reading)
    ]
    return _earlier_first(sorted(found, key=_how_telling))


def _end_of_header(page: Page) -> int:
    """The index of the first line that stands in the story, or below it."""
    header, story = page.header(), page.indexes(*BODY_LABELS)
    return max(header.start + _HEADER, min(header.stop, story[0] if story else header.stop))


def _how_telling(shown: Shown) -> tuple[bool, ...]:
    return (shown.changed, not shown.published, shown.beyond, shown.above)


def _earlier_first(found: list[Shown]) -> list[Shown]:
    """``found`` with the earliest of the dates in its first line and the next one first."""
    beside = [
        shown
        for shown in found
        if _how_telling(shown) == _how_telling(found[0])
        and shown.date.day
        and 0 <= shown.line - found[0].line <= 1
    ]
    first = min(beside, key=lambda shown: shown.date.sort_key[:3], default=None)
    return [first, *(shown for shown in found if shown is not first)] if first else found


def is_of_post(text: str) -> bool:
    """Whether a line signs and dates a post that the story shows."""
    return text.startswith(_POSTED) and "(@" in text


def order_by(page: Page, days: frozenset[str]) -> bool | None:
    """Whether the day comes first in this page's dates: the order in which they are of ``days``.

    None if both orders give days that are known, or neither.
    """
    fits = [
        order
        for order in (True, False)
        if any(shown.date.period in days for shown in shown_dates(page, Reading(order)))
    ]
    return fits[0] if len(fits) == 1 else None


def is_life(text: str) -> bool:
    """Whether a line is nothing but the days of a birth and a death, or of others years apart:
    ``May 3, 1931 - June 5, 2012``."""
    days = list(find_dates(text)) if len(text) <= _LONGEST_SPAN else []
    if len(days) != 2:
        return False
    first, last = days
    between = last.before[len(text) - len(first.after) :]
    apart = parse_date(last.date).year - parse_date(first.date).year
    return apart >= _YEARS_APART and not _LETTER.search(first.before + between + last.after)


def tells_time(text: str) -> bool:
    """Whether a line tells a time of day."""
    return bool(_CLOCK.search(text))


def says_published(text: str) -> bool:
    """Whether a line says of its date that it is of publication."""
    return bool(_PUBLISHED.search(text) or _DATED.match(text)) and not _CHANGED.search(text)


def says_changed(text: str) -> bool:
    """Whether a line says of its date that it is of a change."""
    return bool(_CHANGED.search(text)) and not _PUBLISHED.search(text)


def unmarked(page: Page, signed: Collection[int]) -> Iterator[int]:
    """Lines that tell the day, beside the headline or a line that signs, and are none of story.

    They hold more than date lines do (two days, a name, or the newspaper's), or write years short.
    """
    title = page.index_of(Label.TITLE)
    dated = (page.blocks[index].text for index in page.indexes(Label.DATE))
    if title is None or not all(map(is_of_post, dated)):
        return
    near = {*range(title - 2, title + 3), *(index + step for index in signed for step in (-1, 1))}
    yield from short_dated(page)
    for index in sorted(near):
        block = page.blocks[index] if 0 <= index < len(page.blocks) else None
        if block and page.label(index) in _DROPPED and block.words <= _MOST_IN_DATES:
            date = find_date(block.text)
            told = date and (_PUBLISHED.search(block.text) or _is_signed(date.before))
            if told and not is_life(block.text):
                yield index


def _is_signed(text: str) -> bool:
    """Whether what stands before a date is nothing but a name, if anything."""
    return not _LETTER.search(text) or announces(text) or is_name(text.strip(" |•·–—-,"), 3)


def _with_words(page: Page, index: int, reading: Reading) -> Iterator[tuple[FoundDate, str]]:
    """Each date of a line with the words before it, which may stand in the line before."""
    text, start = page.blocks[index].text, 0
    before = page.blocks[index - 1] if index else None
    announced = before.text if before and before.words <= _MOST_AS_LABEL else ""
    for date in find_dates(text, reading):
        words = text[start : len(date.before)]
        if not start and not _LETTER.search(words):
            words = announced
        start = len(text) - len(date.after)
        yield date, words

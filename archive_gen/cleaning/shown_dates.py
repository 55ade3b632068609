"""The dates that a page shows its readers around the headline, and what it says they are of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from archive_gen.cleaning.base import Label
from archive_gen.cleaning.dates_in_text import find_date, find_dates
from archive_gen.dates import ArchiveDate, parse_date

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterator

    from archive_gen.cleaning.base import Page
    from archive_gen.cleaning.dates_in_text import FoundDate

_CHANGED = re.compile(
    r"updat|modif|edited|revis|reviewed|aktualis|geändert|änderung|mis à jour|mise à jour|"
    r"actuali[sz]|atualiz|aggiorn|bijgewerkt|zaktualiz|aktualiz|обновл|изменен|оновлен|güncelle|"
    r"تحديث|تعديل|به‌روز|更新|修正|修改|수정|"
    r"oppdatert|uppdatera|opdater|päivitetty|diperbarui|cập nhật|"
    r"अपडेट|আপডেট|ενημέρωση|ενημερώθηκε|frissít|עודכן|עדכון|แก้ไข|อัปเดต",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"publi[sc]|publish|posted|erstellt|veröffentlich|erschienen|geplaatst|pubblicat|opublik|"
    r"опублик|опубліков|yayın|نشر|发布|發布|公開|掲載|投稿|입력|등록|diterbitkan|đăng|"
    r"प्रकाशित|প্রকাশ|δημοσ|megjelen|פורסם|เผยแพร่|julkaistu|objavljen",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?:date|datum|fecha|data|дата)\s?:", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_MOST_IN_DATES = 24
"""Words."""
_DROPPED = (Label.FURNITURE, Label.TEASER)
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
    published: bool
    """Whether the page says in words that this is when it was published."""
    changed: bool
    """Whether it says that this is when it was changed."""
    open: bool
    """Whether day and month can't be told apart."""

    @property
    def origin(self) -> str:
        """``date line in line 7``."""
        return f"{self.label} in line {self.line}"


def shown_dates(
    page: Page,
    *,
    day_first: bool | None = None,
    latest: datetime.date | None = None,
) -> list[Shown]:
    """The dates in the date lines and bylines of ``page``, the most telling first.

    Those that the page calls dates of publication come first, then those below the headline,
    then those above it, and what it calls a change comes last.
    """
    title = page.index_of(Label.TITLE) or 0
    found = [
        Shown(
            parse_date(date.date),
            label,
            page.blocks[index].line,
            index < title,
            bool(_PUBLISHED.search(words)) and not _CHANGED.search(words),
            bool(_CHANGED.search(words)),
            date.open,
        )
        for label in (Label.DATE, Label.BYLINE)
        for index in page.indexes(label)
        for date, words in _with_words(page, index, day_first, latest)
    ]
    return sorted(found, key=lambda shown: (shown.changed, not shown.published, shown.above))


def order_by(page: Page, days: frozenset[str]) -> bool | None:
    """Whether the day comes first in this page's dates: the order in which they are of ``days``.

    None if both orders give days that are known, or neither.
    """
    fits = [
        order
        for order in (True, False)
        if any(shown.date.period in days for shown in shown_dates(page, day_first=order))
    ]
    return fits[0] if len(fits) == 1 else None


def says_published(text: str) -> bool:
    """Whether a line says of its date that it is of publication."""
    return bool(_PUBLISHED.search(text) or _DATED.match(text)) and not _CHANGED.search(text)


def unmarked(page: Page, signed: Collection[int]) -> Iterator[int]:
    """Lines that tell the day, below the headline or beside one that signs, and are none of story.

    They hold more than date lines do: two days, or the newspaper's name.
    """
    title = page.index_of(Label.TITLE)
    if page.index_of(Label.DATE) is not None or title is None:
        return
    near = {title + 1, title + 2, *(index + step for index in signed for step in (-1, 1))}
    for index in sorted(near):
        block = page.blocks[index] if 0 <= index < len(page.blocks) else None
        if block and page.label(index) in _DROPPED and block.words <= _MOST_IN_DATES:
            date = find_date(block.text)
            if date and (_PUBLISHED.search(block.text) or not _LETTER.search(date.before)):
                yield index


def _with_words(
    page: Page,
    index: int,
    day_first: bool | None,  # noqa: FBT001
    latest: datetime.date | None,
) -> Iterator[tuple[FoundDate, str]]:
    """Each date of a line with the words before it, which may stand in the line before."""
    text, start = page.blocks[index].text, 0
    before = page.blocks[index - 1] if index else None
    announced = before.text if before and before.words <= _MOST_AS_LABEL else ""
    for date in find_dates(text, day_first=day_first, latest=latest):
        words = text[start : len(date.before)]
        if not start and not _LETTER.search(words):
            words = announced
        start = len(text) - len(date.after)
        yield date, words

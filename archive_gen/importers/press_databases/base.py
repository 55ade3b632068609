"""The contract of a press database, and what the forms of several have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Fields: TypeAlias = "dict[str, str]"
"""By the names that ``records`` knows; the text is ``content_text``."""

NUMBER = re.compile(
    r"^[ \t]*(?:(?:Document|Dokument) \d+ (?:of|von|de|sur) \d+"
    r"|\d+ (?:of|von|de|sur) \d+ (?:DOCUMENTS?|DOKUMENTEN?))[ \t]*$",
    re.MULTILINE,
)
"""The line above an article that counts it among the others."""
COUNTED = r"\d[\d,.\u00a0 ]{0,8} (?:words|Wörter|mots|palabras|parole|palavras|woorden|слов)[ \t]*$"
"""What a head says of an article's length, to the end of the line: a part of an expression."""
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_DAY_OF_MONTH = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_OF_COPYRIGHT = re.compile(
    r"\(?(?:copyright[ ,]{0,2}(?:©|\(c\)|(?:1[6-9]|20)\d\d)|©|\(c\)|all rights reserved)",
    re.IGNORECASE,
)
"""A sentence may begin with the word."""
_SHORT = 60
"""Words of what stands before and after the articles."""
_LONGEST_DATE = 8
"""Words."""


class Parts(NamedTuple):
    """A text as its database divides it."""

    before: str
    articles: Sequence[str]
    after: str


NO_PARTS = Parts("", (), "")


class Database(Protocol):
    """One press database: a module of this folder."""

    def divide(self, text: str) -> Parts:
        """A text of this database in its parts; ``NO_PARTS`` if it is none of its texts."""
        ...

    def read(self, part: str) -> Fields:
        """The fields of one article; none if its head is not as the database writes it."""
        ...


def values_between(marks: Sequence[re.Match[str]], part: str) -> dict[str, str]:
    """What each mark names → what stands between it and the next one."""
    values: dict[str, str] = {}
    for mark, end in zip(marks, [*(m.start() for m in marks[1:]), len(part)], strict=False):
        values.setdefault(mark[1], part[mark.end() : end].strip())
    return values


def is_long(part: str) -> bool:
    """Whether a text is more than may be left out: it may be an article."""
    return len(part.split()) > _SHORT


def is_copyright(block: str) -> bool:
    """Whether it says nothing but whose the rights are."""
    return bool(_OF_COPYRIGHT.match(block)) and not is_long(block)


def is_date(block: str) -> bool:
    """Whether it is short and names a year."""
    return len(block.split()) <= _LONGEST_DATE and bool(_YEAR.search(block))


def is_day(block: str) -> bool:
    """Whether it is a date that names a day of the month as well."""
    return is_date(block) and bool(_DAY_OF_MONTH.search(block))


def date_in(text: str) -> str:
    """A date without what is said beside it: ``October 7, 2015 Wednesday, Final Edition``."""
    line = one_line([text])
    year = _YEAR.search(line)
    return line[: year.end()] if year and not line.startswith(year[0]) else line


def one_line(parts: Iterable[str]) -> str:
    """``parts`` one after the other, all white space as single spaces."""
    return " ".join(" ".join(parts).split())

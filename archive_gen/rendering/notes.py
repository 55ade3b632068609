"""What was said of an article after it appeared: corrections, and a notice above its text.

Both are front matter that a person wrote, in one of several natural shapes::

    notice: Withdrawn from the paper's own site in May 2016.
    corrections:
    - date: 2015-10-09
      text: An earlier version misstated the number of boats.
    - The harbour master's name was misspelt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive_gen.dates import ArchiveDate, parse_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive_gen.article import Article


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction, and when it was made if anyone says so."""

    text: str
    date: ArchiveDate | None = None


def notice(article: Article) -> str:
    """A notice to be read before the article; empty for nearly all."""
    value = article.extra.get("notice")
    return str(value).strip() if isinstance(value, (str, int, float)) else ""


def corrections(article: Article) -> list[Correction]:
    """The corrections in the order they are written; what makes no sense is passed over."""
    value = article.extra.get("corrections", ())
    items = value if isinstance(value, (list, tuple)) else [value]
    return [found for found in map(_correction, items) if found.text]


def _correction(item: object) -> Correction:
    if isinstance(item, dict):
        return Correction(_text(item, "text"), _date(_text(item, "date")))
    return Correction(str(item).strip() if isinstance(item, (str, int, float)) else "")


def _text(item: Mapping[object, object], key: str) -> str:
    value = item.get(key)
    return "" if value is None or isinstance(value, (dict, list)) else str(value).strip()


def _date(text: str) -> ArchiveDate | None:
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None

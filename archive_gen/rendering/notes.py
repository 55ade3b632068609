"""What was said of an article after it appeared: corrections, a notice above its text, its rights.

All are front matter that a person wrote, in one of several natural shapes::

    notice: Withdrawn from the paper's own site in May 2016.
    corrections:
    - date: 2015-10-09
      text: An earlier version misstated the number of boats.
    - The harbour master's name was misspelt.
    rights: https://creativecommons.org/licenses/by/4.0/
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive_gen.dates import ArchiveDate, parse_date
from archive_gen.urls import is_web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive_gen.article import Article


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction, and when it was made if anyone says so."""

    text: str
    date: ArchiveDate | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """Who may do what with an article; both are empty if nobody says so."""

    text: str
    url: str
    """``text``, if it is the web address of a licence or a statement."""


def notice(article: Article) -> str:
    """A notice to be read before the article; empty for nearly all."""
    value = article.extra.get("notice")
    return str(value).strip() if isinstance(value, (str, int, float)) else ""


def rights(of_archive: str, article: Article) -> Rights:
    """Who has the rights in it, or what says so: its own word, or the archive's."""
    text = article.rights or of_archive
    return Rights(text, text if is_web_address(text) else "")


def corrections(article: Article) -> list[Correction]:
    """The corrections in the order they are written; what makes no sense is passed over."""
    value = article.extra.get("corrections", ())
    items = value if isinstance(value, (list, tuple)) else [value]
    return [found for found in map(_correction, items) if found.text]


def _correction(item: object) -> Correction:
    if isinstance(item, dict):
        return Correction(_text(item, "text"), _date(_text(item, "date")))
    return Correction(str(item).strip() if isinstance(item, (str, int, float)) else "")


def _text(item: Mapping[Any, Any], key: str) -> str:
    value = item.get(key)
    return "" if value is None or isinstance(value, (dict, list)) else str(value).strip()


def _date(text: str) -> ArchiveDate | None:
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None

"""What another copy of an article says of it, where the article itself says nothing.

A site shows a story on its page, on one for phones and on one for printing; which of them states
the day or the writer nobody knows before. What a person changed stays: also what he took out.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import msgspec

from archive_gen.cleaning.compose import FIRST_WORDS
from archive_gen.content import frontmatter
from archive_gen.dates import ArchiveDate
from archive_gen.intake import provenance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive_gen.article import Article
    from archive_gen.intake.provenance import Record

_KEYS = (
    *("title", "date", "source", "summary", "authors", "place", "language", "tags", "url"),
    "document",
)


def gaps(
    there: Article, record: Record, copy: Article, origins: Mapping[str, str]
) -> dict[str, Any]:
    """Front-matter key → what ``copy`` has of it, by its ``origins``, and neither the article has
    that is ``there``, nor had it as it was imported; a day in place of its month or year, too."""
    written = record.article()
    if written is None:
        return {}
    return {
        key: told
        for key in _KEYS
        if getattr(there, key) == getattr(written, key)
        and _says_more(_said(there, record.origins, key), told := _said(copy, origins, key))
    }


def _said(article: Article, origins: Mapping[str, str], key: str) -> Any:
    """What an article says; a title that stands in for one says nothing."""
    is_title = key != "title" or origins.get(key) != FIRST_WORDS
    return getattr(article, key) if is_title else ""


def _says_more(here: Any, copy: Any) -> bool:
    if not here or not copy:
        return bool(copy)
    return isinstance(here, ArchiveDate) and copy.text.startswith(f"{here.text}-")


def of_copy(values: Mapping[str, Any], name: str) -> dict[str, str]:
    """Key → that its value comes from a copy of that name."""
    return dict.fromkeys(values, f"a copy of it, {provenance.short_name(name)}")


def filled(record: Record, values: Mapping[str, Any], origins: Mapping[str, str]) -> Record:
    """The record of an import with ``values``, and where each comes from."""
    told = {key: origins[key] for key in values if key in origins}
    written = record.article()
    return dataclasses.replace(
        record,
        written=frontmatter.dump(msgspec.structs.replace(written, **values)) if written else "",
        known={**record.known, **provenance.plain(values)},
        told={**record.told, **told},
        origins={**record.origins, **told},
        doubts={key: words for key, words in record.doubts.items() if key not in values},
    )

"""Is the archive whole? A table of checks; a new one is a module here and a line below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.check.articles import articles
from archive_gen.check.base import Finding, Subject
from archive_gen.check.links import links
from archive_gen.check.originals import originals
from archive_gen.check.site import site
from archive_gen.check.sources import sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archive_gen.check.base import Check

__all__ = ["CHECKS", "Finding", "Subject", "check"]

CHECKS: Mapping[str, Check] = {
    "articles": articles,
    "originals": originals,
    "sources": sources,
    "site": site,
    "links": links,
}


def check(subject: Subject) -> Iterator[Finding]:
    """Everything that is not as it should be, check by check. Nothing is written."""
    for find in CHECKS.values():
        yield from find(subject)

"""Pages that only led to stories, and became articles: a section of a site, a list of tags.

Nothing on a page says that it is one, as no address need. But when the stories are in the archive,
too, their headlines are how its paragraphs begin.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from archive_gen.cleaning.phrases import fold
from archive_gen.content import disk, frontmatter
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from archive_gen.check.base import Reading

_KEY = 10
"""Letters by which a headline is looked up; a shorter one may begin anything."""
_FEWEST = 2
"""Headlines."""


def lists_of_stories(content: Path, readings: Sequence[Reading]) -> Iterator[Problem]:
    """The articles of which half the paragraphs begin with headlines of others. Those with a day
    or an author are none."""
    headlines = _Headlines(readings)
    for reading in readings:
        entry = reading.entry
        if entry is None or not reading.original or entry.date or entry.terms["authors"]:
            continue
        data = disk.read(content, reading.path) or b""
        article, _ = frontmatter.parse_bytes(data, reading.path)
        paragraphs = list(filter(None, map(fold, article.body.split("\n")))) if article else []
        told = {headlines.beginning(paragraph, reading.path) for paragraph in paragraphs} - {""}
        if len(told) >= _FEWEST and 2 * len(told) >= len(paragraphs):
            message = f"{len(told)} of its {len(paragraphs)} paragraphs are headlines of others"
            hint = "'archive remove' takes it out, if it only led to them"
            yield Problem(f"content/{reading.path}", 0, message, hint)


class _Headlines:
    """Those of all articles, by how they begin."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for reading in readings:
            headline = fold(reading.entry.title) if reading.entry else ""
            if len(headline) >= _KEY:
                self._found[headline[:_KEY]].append((headline, reading.path))

    def beginning(self, paragraph: str, path: str) -> str:
        """The headline of another article than that at ``path`` with which a paragraph begins."""
        found = self._found.get(paragraph[:_KEY], [])
        return next((line for line, at in found if at != path and paragraph.startswith(line)), "")

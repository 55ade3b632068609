"""What press databases write when asked for text: many articles in one file.

A table of databases; a new one is a module here and a line below. Each article has a head that
says title, source, day and author, and a foot of terms that is left behind.

Any text may hold a line that looks like one of theirs. So an article is read only where all of its
head is as its database writes it, and what its text says is not taken for a field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.importers.press_databases import factiva, lexisnexis, proquest
from archive_gen.importers.press_databases.base import is_long

if TYPE_CHECKING:
    from archive_gen.importers.press_databases.base import Database, Fields

DATABASES: tuple[Database, ...] = (lexisnexis, factiva, proquest)
"""In this order they are tried: the first that knows the head of any article reads the text."""
_ONE_OF = ("ocument", "DOCUMENT", "okument", "DOKUMENT")
"""Each of their forms has one of these words; most other texts have none."""


def articles(text: str) -> list[tuple[str, Fields | None]]:
    """The articles in such a text, each as it stands there and by its fields: without any where
    its head is unknown. What stands before and after them has None in their place if it is short.
    Of any other text there are none."""
    if not any(map(text.__contains__, _ONE_OF)):
        return []
    text = text.replace("\f", "\n")
    for database in DATABASES:
        before, parts, after = database.divide(text)
        found = [(part, database.read(part)) for part in (before, *parts, after) if part.strip()]
        if any(fields for _, fields in found):
            frame = [part for part in (before, after) if not is_long(part)]
            return [(p, fields if fields or p not in frame else None) for p, fields in found]
    return []

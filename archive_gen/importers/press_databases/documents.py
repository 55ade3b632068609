"""The articles in a text that a press database wrote, whatever file it came in."""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING

from archive_gen.importers.base import LeftOut
from archive_gen.importers.press_databases import articles
from archive_gen.importers.records.record import document
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.article import RawDocument
    from archive_gen.importers.press_databases.base import Fields

NOTES = "notes beside articles"


def of_press(name: str, text: str) -> Iterator[RawDocument | Problem | LeftOut]:
    """The articles that a press database put into a text; none of any other."""
    numbers = itertools.count(1)
    for part, fields in articles(text):
        if fields is None:
            yield LeftOut(NOTES, name)
        else:
            yield _article(f"{name}#{next(numbers)}", part, fields)


def _article(name: str, part: str, fields: Fields) -> RawDocument | Problem:
    if not fields:
        return Problem(name, 0, "has no head as its database writes it", "give it as a file alone")
    found = document(name, fields)
    if isinstance(found, Problem):
        return without_text(name)
    return dataclasses.replace(found, data=part.encode())


def without_text(name: str) -> Problem:
    """The problem of an article of a press database that has a head alone."""
    return Problem(name, 0, "has no text", "the database may have kept its head alone")

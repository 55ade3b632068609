"""The stories in a database → documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.importers.base import LeftOut
from archive_gen.importers.databases.stories import records
from archive_gen.importers.records.record import document_if_shown
from archive_gen.problems import Problem

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from archive_gen.importers.base import Found

_HINT = "export the table of articles, with columns as title, date and text: .csv or .json"


def documents(name: str, database: sqlite3.Connection) -> Iterator[Found]:
    """A document for each story; a ``Problem`` if no table has any."""
    number = 0
    for number, record in enumerate(records(database), start=1):
        member = f"{name}#{number}"
        if isinstance(record, LeftOut):
            yield LeftOut(record.kind, member)
        else:
            yield document_if_shown(member, record)
    if not number:
        yield Problem(name, 0, "no table in it is known to hold titles and texts", _HINT)

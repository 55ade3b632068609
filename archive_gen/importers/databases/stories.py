"""The stories in a database → records.

Of systems that are known one query brings together what belongs to a story. Of any other database
each table counts that has a column for titles and one for texts.
"""

from __future__ import annotations

import itertools
import json
import re
import sqlite3
from typing import TYPE_CHECKING, Any

from archive_gen.importers.base import LeftOut
from archive_gen.importers.cms_exports import COMMENTS, is_filed
from archive_gen.importers.databases.loaded import quoted
from archive_gen.importers.databases.tables import SYSTEMS
from archive_gen.importers.records.column_names import in_english
from archive_gen.importers.records.fields import fold_name
from archive_gen.importers.records.record import knows_fields, with_day_of_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archive_gen.importers.databases.tables import System

_TITLES = frozenset(("title", "headline"))
_NUMBER_OF_SITE = re.compile(r"(?<!\d)\d++_$")
_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^' "
    "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY rowid"
)


_OF_READERS = re.compile(
    r"(?:^|_|(?<=[a-z])(?=C))(?:comments?|kommentare?|commentaires?|comentarios?|commenti)$",
    re.IGNORECASE,
)
"""Tables of what readers said."""
_NAMED = tuple({name for system in SYSTEMS for name in (system.stories, *system.beside)})


def may_tell(table: str, columns: Sequence[str]) -> bool:
    """Whether the rows of a table are of stories, or of what belongs to some."""
    return table.endswith(_NAMED) or _is_of_stories(columns)


def records(connection: sqlite3.Connection) -> Iterator[Mapping[str, Any] | LeftOut]:
    """The stories of the systems that are known, or else the rows of all tables of stories; what
    readers said is left out.

    Raises ``sqlite3.Error`` if the database is damaged.
    """
    tables = [name for (name,) in connection.execute(_TABLES)]
    is_known = False
    for system in SYSTEMS:
        for table in tables:
            prefix = table.removesuffix(system.stories)
            if prefix != table and _holds(connection, _select(system, prefix)):
                is_known = True
                yield from _of_system(connection, system, prefix)
    for table in () if is_known else tables:
        rows = connection.execute(f"SELECT * FROM {quoted(table)}")  # noqa: S608 (quoted)
        columns = in_english(name for name, *_ in rows.description)
        if _is_of_stories(columns):
            said = LeftOut(COMMENTS) if _OF_READERS.search(table) else None
            for row in rows:
                yield said or with_day_of_row(dict(zip(columns, map(_plain, row), strict=True)))


def _is_of_stories(columns: Sequence[str]) -> bool:
    english = in_english(columns)
    return knows_fields(english) and not _TITLES.isdisjoint(map(fold_name, english))


def _of_system(
    connection: sqlite3.Connection, system: System, prefix: str
) -> Iterator[dict[str, Any]]:
    texts = {name: f"({query} LIMIT 1)" for name, query in system.texts.items()}
    lists = {
        f"filed {number}": f"(SELECT json_group_array(said) FROM ({query}))"  # noqa: S608 (ours)
        for number, query in enumerate(system.lists)
    }
    more = {
        name: f"{_with_names(query, prefix)} AS {quoted(name)}"
        for name, query in {**texts, **lists}.items()
        if _holds(connection, _select(system, prefix, [_with_names(query, prefix)]))
    }
    rows = connection.execute(_select(system, prefix, more.values()))
    columns = [name for name, *_ in rows.description]
    for row in rows:
        record = dict(zip(columns, map(_plain, row), strict=True))
        terms = [json.loads(record.pop(name)) for name in lists if name in more]
        yield {**record, "tags": list(filter(_is_filed, itertools.chain(*terms)))}


def _is_filed(term: Any) -> bool:
    return isinstance(term, str) and is_filed(term)


def _select(system: System, prefix: str, more: Iterable[str] = ()) -> str:
    shown = ", ".join((system.shown, *more))
    return f"SELECT {shown} FROM {_with_names(system.tables, prefix)} ORDER BY story.rowid"  # noqa: S608 (all of it is ours, and names are quoted)


def _with_names(query: str, prefix: str) -> str:
    prefix = prefix.replace('"', '""')
    return query.format(p=prefix, base=_NUMBER_OF_SITE.sub("", prefix))


def _holds(connection: sqlite3.Connection, query: str) -> bool:
    """Whether the database has what ``query`` asks for."""
    try:
        connection.execute(f"EXPLAIN {query}")
    except sqlite3.OperationalError:
        return False
    return True


def _plain(value: Any) -> Any:
    """Of bytes the text that they are; empty if they are none."""
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode()
    except UnicodeDecodeError:
        return ""

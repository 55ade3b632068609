"""The stories in a database → records.

Content systems keep the names of authors, tags and sections, and some the texts, in tables of
their own: of those that are known one query brings together what belongs to a story. Of any other
database each table counts that has a column for titles and one for texts.
"""

from __future__ import annotations

import itertools
import json
import re
import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archive_gen.importers.databases.loaded import quoted
from archive_gen.importers.records.column_names import in_english
from archive_gen.importers.records.record import knows_fields
from archive_gen.importers.records.systems import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_TITLES = frozenset(("title", "headline"))
_NUMBER_OF_SITE = re.compile(r"(?<!\d)\d++_$")
_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^' "
    "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY rowid"
)


@dataclass(frozen=True, slots=True)
class _System:
    """A content system. ``{p}`` in SQL is what the names of all its tables begin with, ``{base}``
    the same of a network of sites; ``story`` is a row of ``stories``."""

    stories: str
    """The table, without what its name begins with."""
    shown: str
    """The columns of a record: no other system's table has all of them."""
    tables: str
    """Where they stand."""
    beside: tuple[str, ...]
    """The other tables."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Field → a query for its value. One that fails, in another version, is left out."""
    lists: tuple[str, ...] = ()
    """The same for what a story is filed under: each a column ``said``."""


def _drupal(
    stories: str, texts: str, joined: str, shown: str, beside: tuple[str, str, str]
) -> _System:
    """A version of Drupal, whose table ``texts`` is ``joined`` to that of stories; ``beside`` are
    those of users, of what is filed under which term, and of terms."""
    users, filed, terms = beside
    return _System(
        stories,
        f"story.*, {shown}",
        f'"{{p}}{stories}" AS story JOIN "{{p}}{texts}" {joined}',
        (texts, *beside),
        {"author": f'SELECT name FROM "{{p}}{users}" AS user WHERE user.uid = story.uid'},  # noqa: S608 (ours)
        (
            f'SELECT name AS said FROM "{{p}}{filed}" AS filed '  # noqa: S608 (ours)
            f'JOIN "{{p}}{terms}" USING (tid) WHERE filed.nid = story.nid',
        ),
    )


_SYSTEMS = (
    _System(
        "posts",  # WordPress
        "story.post_title, story.post_content, story.*",
        '"{p}posts" AS story',
        ("users", "terms", "term_taxonomy", "term_relationships"),
        {"display_name": 'SELECT display_name FROM "{base}users" WHERE ID = story.post_author'},
        (
            'SELECT name AS said FROM "{p}term_relationships" AS filed '
            'JOIN "{p}term_taxonomy" USING (term_taxonomy_id) JOIN "{p}terms" USING (term_id) '
            "WHERE filed.object_id = story.ID AND taxonomy IN ('post_tag', 'category')",
        ),
    ),
    _drupal(  # 8 and later
        "node_field_data",
        "node__body",
        "AS body ON body.entity_id = story.nid AND body.langcode = story.langcode",
        "body_value, body_summary",
        ("users_field_data", "taxonomy_index", "taxonomy_term_field_data"),
    ),
    _drupal(  # 7
        "node",
        "field_data_body",
        "AS body ON body.entity_id = story.nid AND body.entity_type = 'node'",
        "body_value, body_summary",
        ("users", "taxonomy_index", "taxonomy_term_data"),
    ),
    _drupal(  # 5 and 6
        "node",
        "node_revisions",
        "AS revision USING (vid)",
        "revision.body AS body_value, revision.teaser AS body_summary",
        ("users", "term_node", "term_data"),
    ),
    _System(
        "content",  # Joomla
        "story.introtext, story.fulltext, story.*",
        '"{p}content" AS story',
        ("users", "categories", "tags", "contentitem_tag_map"),
        {"author": 'SELECT name FROM "{p}users" AS user WHERE user.id = story.created_by'},
        (
            'SELECT title AS said FROM "{p}contentitem_tag_map" AS filed '
            'JOIN "{p}tags" AS tag ON tag.id = filed.tag_id '
            "WHERE filed.content_item_id = story.id "
            "AND filed.type_alias = 'com_content.article'",
            'SELECT title AS said FROM "{p}categories" AS category WHERE category.id = story.catid',
        ),
    ),
)
_NAMED = tuple({name for system in _SYSTEMS for name in (system.stories, *system.beside)})


def may_tell(table: str, columns: Sequence[str]) -> bool:
    """Whether the rows of a table are of stories, or of what belongs to some."""
    return table.endswith(_NAMED) or _is_of_stories(columns)


def records(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """The stories of the systems that are known, or else the rows of all tables of stories.

    Raises ``sqlite3.Error`` if the database is damaged.
    """
    tables = [name for (name,) in connection.execute(_TABLES)]
    is_known = False
    for system in _SYSTEMS:
        for table in tables:
            prefix = table.removesuffix(system.stories)
            if prefix != table and _holds(connection, _select(system, prefix)):
                is_known = True
                yield from _of_system(connection, system, prefix)
    for table in () if is_known else tables:
        rows = connection.execute(f"SELECT * FROM {quoted(table)}")  # noqa: S608 (quoted)
        columns = in_english(name for name, *_ in rows.description)
        if _is_of_stories(columns):
            for row in rows:
                yield dict(zip(columns, map(_plain, row), strict=True))


def _is_of_stories(columns: Sequence[str]) -> bool:
    english = in_english(columns)
    return knows_fields(english) and not _TITLES.isdisjoint(map(fold_name, english))


def _of_system(
    connection: sqlite3.Connection, system: _System, prefix: str
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
        yield {**record, "tags": list(itertools.chain(*terms))}


def _select(system: _System, prefix: str, more: Iterable[str] = ()) -> str:
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

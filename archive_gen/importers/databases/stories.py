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

from archive_gen.importers.base import LeftOut
from archive_gen.importers.cms_exports import COMMENTS, is_filed
from archive_gen.importers.databases.loaded import quoted
from archive_gen.importers.records.column_names import in_english
from archive_gen.importers.records.record import knows_fields, with_day_of_row
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


_OF_DRUPAL = (
    "field_subtitle field_summary field_teaser field_author field_byline field_date "
    "field_publish_date field_published"
).split()
"""Fields that many of its sites have, each in a table of its own."""
_IMAGE = "field_image"
_PICTURES = (
    "SELECT json_group_array(json_object("
    "'uri', uri, 'title', field_image_title, 'alt', field_image_alt)) "
    'FROM "{table}" AS shown LEFT JOIN "{{p}}file_managed" AS file '
    "ON file.fid = shown.field_image_{key} WHERE shown.entity_id = story.nid{more}"
)


def _drupal(
    stories: str,
    texts: str,
    joined: str,
    shown: str,
    beside: tuple[str, str, str],
    fields: tuple[str, str] = ("", ""),
) -> _System:
    """A version of Drupal, whose table ``texts`` is ``joined`` to that of stories; ``beside`` are
    those of users, of what is filed under which term, and of terms; with ``fields`` begin those of
    other fields, and their columns with the number of a file."""
    users, filed, terms = beside
    begin, key = fields
    more = " AND shown.entity_type = 'node'" if begin == "field_data_" else ""
    others = {
        name: f'SELECT {name}_value FROM "{{p}}{begin}{name}" AS shown '  # noqa: S608 (ours)
        f"WHERE shown.entity_id = story.nid{more}"
        for name in _OF_DRUPAL
    }
    pictures = _PICTURES.format(
        name="field_image", table="{p}" + begin + "field_image", key=key, more=more
    )
    return _System(
        stories,
        f"story.*, {shown}",
        f'"{{p}}{stories}" AS story LEFT JOIN "{{p}}{texts}" {joined}',
        (texts, *beside, *(begin + name for name in (*_OF_DRUPAL, _IMAGE)), "file_managed"),
        {
            "author": f'SELECT name FROM "{{p}}{users}" AS user WHERE user.uid = story.uid',  # noqa: S608 (ours)
            **(others | {"shown_pictures": pictures} if begin else {}),
        },
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
        ("node__", "target_id"),
    ),
    _drupal(  # 7
        "node",
        "field_data_body",
        "AS body ON body.entity_id = story.nid AND body.entity_type = 'node'",
        "body_value, body_summary",
        ("users", "taxonomy_index", "taxonomy_term_data"),
        ("field_data_", "fid"),
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
    _System(
        "k2_items",  # K2, with which many newspapers extended Joomla
        "story.introtext, story.fulltext, story.trash, story.*",
        '"{p}k2_items" AS story',
        ("users", "k2_categories", "k2_tags", "k2_tags_xref"),
        {"author": 'SELECT name FROM "{p}users" AS user WHERE user.id = story.created_by'},
        (
            'SELECT name AS said FROM "{p}k2_tags_xref" AS filed '
            'JOIN "{p}k2_tags" AS tag ON tag.id = filed.tagID WHERE filed.itemID = story.id',
            'SELECT name AS said FROM "{p}k2_categories" AS c WHERE c.id = story.catid',
        ),
    ),
    _System(
        "tx_news_domain_model_news",  # TYPO3
        "story.bodytext, story.datetime, story.*",
        '"{p}tx_news_domain_model_news" AS story',
        (
            "sys_category",
            "sys_category_record_mm",
            "tx_news_domain_model_tag",
            "tx_news_domain_model_news_tag_mm",
            "tt_content",
        ),
        {
            "elements": "SELECT group_concat(bodytext, char(10)) FROM (SELECT element.bodytext "
            'FROM "{p}tt_content" AS element WHERE element.tx_news_related_news = story.uid '
            "AND element.hidden = '0' AND element.deleted = '0' ORDER BY element.rowid)"
        },
        (
            'SELECT title AS said FROM "{p}sys_category_record_mm" AS filed '
            'JOIN "{p}sys_category" AS category ON category.uid = filed.uid_local '
            "WHERE filed.uid_foreign = story.uid AND filed.fieldname = 'categories' "
            "AND filed.tablenames = 'tx_news_domain_model_news'",
            'SELECT title AS said FROM "{p}tx_news_domain_model_news_tag_mm" AS filed '
            'JOIN "{p}tx_news_domain_model_tag" AS tag ON tag.uid = filed.uid_foreign '
            "WHERE filed.uid_local = story.uid",
        ),
    ),
    _System(
        "articles",  # SPIP
        "story.id_article, story.statut, story.chapo, story.*",
        '"{p}articles" AS story',
        (
            "auteurs",
            "auteurs_liens",
            "auteurs_articles",
            "mots",
            "mots_liens",
            "mots_articles",
            "rubriques",
        ),
        {
            "authors": "SELECT group_concat(nom, '; ') FROM \"{p}auteurs_liens\" AS signed "
            'JOIN "{p}auteurs" USING (id_auteur) '
            "WHERE signed.id_objet = story.id_article AND signed.objet = 'article'",
            "author": "SELECT group_concat(nom, '; ') FROM \"{p}auteurs_articles\" AS signed "
            'JOIN "{p}auteurs" USING (id_auteur) WHERE signed.id_article = story.id_article',
        },
        (
            'SELECT titre AS said FROM "{p}mots_liens" AS filed JOIN "{p}mots" USING (id_mot) '
            "WHERE filed.id_objet = story.id_article AND filed.objet = 'article'",
            'SELECT titre AS said FROM "{p}mots_articles" AS filed JOIN "{p}mots" USING (id_mot) '
            "WHERE filed.id_article = story.id_article",
            'SELECT titre AS said FROM "{p}rubriques" AS r WHERE r.id_rubrique = story.id_rubrique',
        ),
    ),
    _System(
        "breves",  # its short news
        "story.id_breve, story.statut, story.*",
        '"{p}breves" AS story',
        (),
    ),
    _System(
        "tt_news",  # TYPO3, before
        "story.bodytext, story.short, story.datetime, story.*",
        '"{p}tt_news" AS story',
        ("tt_news_cat", "tt_news_cat_mm"),
        lists=(
            'SELECT title AS said FROM "{p}tt_news_cat_mm" AS filed '
            'JOIN "{p}tt_news_cat" AS category ON category.uid = filed.uid_foreign '
            "WHERE filed.uid_local = story.uid",
        ),
    ),
)
_OF_READERS = re.compile(
    r"(?:^|_|(?<=[a-z])(?=C))(?:comments?|kommentare?|commentaires?|comentarios?|commenti)$",
    re.IGNORECASE,
)
"""Tables of what readers said."""
_NAMED = tuple({name for system in _SYSTEMS for name in (system.stories, *system.beside)})


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
            said = LeftOut(COMMENTS) if _OF_READERS.search(table) else None
            for row in rows:
                yield said or with_day_of_row(dict(zip(columns, map(_plain, row), strict=True)))


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
        yield {**record, "tags": list(filter(_is_filed, itertools.chain(*terms)))}


def _is_filed(term: Any) -> bool:
    return isinstance(term, str) and is_filed(term)


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

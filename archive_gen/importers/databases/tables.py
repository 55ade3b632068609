"""The tables in which content systems keep a story, its authors and what it is filed under."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class System:
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
) -> System:
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
    return System(
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


SYSTEMS = (
    System(
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
    System(
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
    System(
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
    System(
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
    System(
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
    System(
        "breves",  # its short news
        "story.id_breve, story.statut, story.*",
        '"{p}breves" AS story',
        (),
    ),
    System(
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

"""What content systems call the fields of an article.

One table: a system is known by two of its fields at least, of which few other records have the
first. Only what has a name of its own there is listed; names that many systems share are those of
``records``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from archive_gen.importers.cms_exports import DRAFTS, FOR_SUBSCRIBERS, PAGES, PRIVATE, as_page
from archive_gen.importers.records import drupal, joomla, spip, tumblr, typo3
from archive_gen.importers.records.fields import Fields, fold_name, joined_values
from archive_gen.importers.records.unseen import (
    WITHDRAWN,
    Hidden,
    as_draft,
    if_empty,
    if_one_of,
    in_wordpress,
    in_workspace,
    leads_away,
    without_body,
)


@dataclass(frozen=True, slots=True)
class _System:
    marks: tuple[frozenset[str], ...]
    """The fields of any of these sets tell that a record is of the system."""
    telling: frozenset[str]
    """The first of each set, which few other records have."""
    names: Mapping[str, tuple[str, ...]]
    """Our name → theirs, best first. ``a.b`` is ``b`` within ``a``, ``a+b`` both, one after the
    other."""
    hidden: tuple[Hidden, ...]
    as_html: Callable[[str], str] | None = None
    """What makes HTML of the text as it is stored."""
    above: Callable[[Fields], str] | None = None
    """The pictures that stand above it, as HTML."""


def _system(
    marks: str,
    *hidden: Hidden,
    as_html: Callable[[str], str] | None = None,
    above: Callable[[Fields], str] | None = None,
    **names: str,
) -> _System:
    return _System(
        tuple(frozenset(map(fold_name, one.split("+"))) for one in marks.split()),
        frozenset(fold_name(one.partition("+")[0]) for one in marks.split()),
        {ours: tuple(theirs.split()) for ours, theirs in names.items()},
        hidden,
        as_html,
        above,
    )


_BODY = "maintext"
"""The name of ours that comes before all others that a text may have."""
_BETWEEN = {_BODY: "\n\n", "authors": " "}
"""What stands between the values of two fields."""
_SYSTEMS = (
    _system(  # Drupal: a table of its database, and what its JSON:API and REST interfaces answer
        "body_value+status body_value+created body_value+body_format body_value+langcode "
        "langcode+nid langcode+uid langcode+drupal_internal__nid langcode+default_langcode "
        "field_tags+body uid+created+body",
        if_one_of("status", "0 false f off no unpublished", DRAFTS),
        if_one_of("type", "page webform", PAGES),
        if_one_of("type.target_id", "page webform", PAGES),
        without_body,
        as_html=drupal.as_page,
        above=drupal.pictures,
        maintext="body_value body.processed body.value body",
        summary="body_summary body.summary field_summary field_subtitle field_teaser",
        date="field_date field_publish_date field_published published_at published date created",
        authors="field_author field_authors field_byline author uid",
        tags="field_tags field_keywords field_topics field_category",
        language="langcode",
    ),
    _system(  # TYPO3: tx_news, tt_news
        "bodytext+hidden bodytext+deleted bodytext+datetime bodytext+crdate",
        if_one_of("hidden", "1 true t yes", DRAFTS),
        if_one_of("deleted", "1 true t yes", DRAFTS),
        in_workspace,
        leads_away,
        above=typo3.pictures,
        maintext="bodytext+elements",
        title="title header",
        summary="teaser summary short subheader",
        date="date datetime crdate",
    ),
    _system(  # Joomla
        "introtext+fulltext",
        if_one_of("state", "0 -2 unpublished trashed", DRAFTS),
        if_one_of("trash", "1", DRAFTS),
        maintext="introtext+fulltext",
        as_html=joomla.as_page,
        above=joomla.pictures,
        summary="metadesc",
        date="publish_up created",
        authors="created_by_alias author",
        tags="tags metakey",
    ),
    _system(  # WordPress: a table of its database, and what a plugin exports
        "post_content+post_title post_content+post_status post_content+post_type "
        "post_type+content+excerpt post_type+content+permalink post_type+content+slug",
        in_wordpress,
        maintext="post_content content",
        as_html=as_page,
        title="post_title title",
        summary="post_excerpt excerpt",
        date="post_date date",
        authors="author_first_name+author_last_name display_name author_name author post_author",
        tags="tags+categories post_tag category",
        url="permalink link guid",
    ),
    _system(  # SPIP
        "id_article+statut id_breve+statut",
        if_one_of("statut", "prepa prop refuse poubelle", DRAFTS),
        maintext="texte+ps body text",
        as_html=spip.as_page,
        title="titre title",
        summary="chapo summary descriptif",
        date="date date_heure",
    ),
    _system(  # Plone
        "review_state+@type review_state+effective review_state+creators",
        if_one_of("review_state", "private pending internal internally_published", PRIVATE),
        maintext="text.data text",
        summary="description",
        date="effective created",
        authors="creators",
        tags="subjects subject",
        language="language.token language",
    ),
    _system(  # Tumblr
        "post_url+blog_name post_url+reblog_key",
        if_one_of("state", "draft queued private unapproved", DRAFTS),
        above=tumblr.pictures,
        maintext="body content caption question+answer text+source description",
        url="post_url",  # that of a link leads elsewhere
        source="blog.title blog_name",
    ),
    _system(  # ANS of Arc XP, https://github.com/washingtonpost/ans-schema
        "content_elements+headlines content_elements+revision content_elements+credits "
        "content_elements+taxonomy content_elements+display_date",
        if_one_of("revision.published", "false 0", DRAFTS),
        maintext="promo_items.basic+content_elements",
        title="headlines.basic",
        summary="subheadlines.basic description.basic",
        date="display_date first_publish_date publish_date created_date",
        authors="credits.by",
        tags="taxonomy.tags taxonomy.seo_keywords",
        source="source.name distributor.name",
        place="dateline",
    ),
    _system(  # ninjs of the IPTC, https://iptc.org/std/ninjs/userguide/
        "versioncreated+uri pubstatus+uri body_html+uri+headline bodies+uri+headlines",
        if_one_of("pubstatus", "canceled cancelled withheld", WITHDRAWN),
        maintext="body_html body_xhtml bodies body_text",
        title="headline headlines",
        summary="description_text descriptions",
        date="firstpublished firstcreated versioncreated contentcreated",
        authors="byline bylines by",
        tags="subject subjects keywords",
        place="located place",
        source="provider infosources copyrightholder",
    ),
    _system(  # PHP-Nuke and what came of it
        "hometext+bodytext",
        maintext="hometext+bodytext",
        date="time date",
        authors="informant aid",
    ),
    _system(  # Textpattern
        "body_html+title_html",
        if_one_of("status", "1 2 3", DRAFTS),
        maintext="body_html",
        summary="excerpt_html",
        date="posted",
        authors="author_id",
        tags="keywords category1",
    ),
    _system(  # beehiiv
        "web_title+content_html",
        if_one_of("status", "archived", DRAFTS),
        if_one_of("audience", "premium", FOR_SUBSCRIBERS),
        title="web_title",
        summary="web_subtitle",
        date="publish_date created_at",
    ),
    _system(  # Wix, which has tags by their ids
        "rich_content+plain_content",
        if_empty("published_date"),
        maintext="rich_content plain_content",
        tags="categories main_category",
    ),
    # Strapi 5, whose entries have all of these
    _system("document_id+published_at+created_at+updated_at+locale", if_empty("published_at")),
    _system(  # goose3
        "cleaned_text+title cleaned_text+opengraph cleaned_text+domain",
        maintext="cleaned_text",
        url="meta.canonical opengraph.url final_url",
        source="opengraph.site_name domain",
        summary="opengraph.description meta.description",
        language="meta.lang",
        tags="tags",
    ),
    _system(  # Firecrawl, Crawl4AI, and others that crawl for programs
        "markdown+metadata",
        markdown="markdown.raw_markdown markdown",
        title="title metadata.title metadata.ogTitle metadata.og:title",
        summary="description metadata.description",
        date="metadata.publishedTime metadata.article:published_time",
        authors="metadata.author",
        source="metadata.ogSiteName metadata.og:site_name",
        tags="metadata.keywords",
        language="metadata.language metadata.languageCode",
        url="url metadata.sourceURL metadata.url metadata.canonicalUrl",
    ),
    _system(  # The Guardian's interface
        "webTitle+webPublicationDate webTitle+webUrl",
        maintext="fields.body fields.bodytext",
        title="webTitle",
        summary="fields.trailtext fields.standfirst",
        date="webPublicationDate",
        authors="fields.byline",
        url="webUrl",
        source="fields.publication",
    ),
)


_TELLING = frozenset(name for system in _SYSTEMS for name in system.telling)
"""Of all systems: most records have none of these."""


def in_our_words(fields: Fields) -> Fields:
    """A record by folded names with those of ours that it has under its system's names."""
    system = _system_of(fields)
    if system is None:
        return fields
    found = {}
    for ours, theirs in system.names.items():
        between = _BETWEEN.get(ours, "; ")
        values = (joined_values(fields, name.split("+"), between) for name in theirs)
        value = next(filter(None, values), None)
        if value is not None:
            found[ours] = value
    text = found.get(_BODY)
    if isinstance(text, str):
        html = system.as_html(text) if system.as_html else text
        found[_BODY] = f"{_above(system, fields, text)}{html}"
    return {**fields, **found}


def _above(system: _System, fields: Fields, text: str) -> str:
    """The pictures above a text, if that is HTML: no other can show any."""
    shown = system.above(fields) if system.above else ""
    return shown if "<" in text else ""


def hidden_kind_of(record: Any) -> str:
    """What a record is that its system never showed (``drafts``); empty for any other value."""
    if not isinstance(record, dict):
        return ""
    fields = {fold_name(str(name)): value for name, value in record.items()}
    system = _system_of(fields)
    rules = (as_draft, *(system.hidden if system else ()))
    return next(filter(None, (hidden(fields) for hidden in rules)), "")


def _system_of(fields: Fields) -> _System | None:
    if _TELLING.isdisjoint(fields):
        return None
    for system in _SYSTEMS:
        if any(mark <= fields.keys() for mark in system.marks):
            return system
    return None

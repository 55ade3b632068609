"""What content systems call the fields of an article, and how they say that readers never saw it.

One table: a system is known by two of its fields at least, of which few other records have the
first. Only what has a name of its own there is listed; names that many systems share are those of
``records``. What readers never saw is what a field says in so many words; any other value than
those listed is no reason to leave out a text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from archive_gen.importers.cms_exports import (
    DRAFTS,
    FOR_SUBSCRIBERS,
    PAGES,
    PRIVATE,
    as_page,
    hidden_row,
)
from archive_gen.importers.records import drupal, joomla, spip, tumblr, typo3

WITHDRAWN = "withdrawn stories"
WITHOUT_TEXT = "entries without a text"
LINKS = "links to other pages"


@lru_cache(1 << 12)
def fold_name(name: str) -> str:
    """A field's name without what people write differently: ``Date Publish``, ``datePublish``."""
    return "".join(c for c in name.casefold() if c.isalnum() or c == "@")


_Fields: TypeAlias = "Mapping[str, Any]"
"""A record by folded names."""
_Hidden: TypeAlias = "Callable[[_Fields], str]"
"""What a record is that readers never saw (``drafts``); empty for what they saw."""


@dataclass(frozen=True, slots=True)
class _System:
    marks: tuple[frozenset[str], ...]
    """The fields of any of these sets tell that a record is of the system."""
    telling: frozenset[str]
    """The first of each set, which few other records have."""
    names: Mapping[str, tuple[str, ...]]
    """Our name → theirs, best first. ``a.b`` is ``b`` within ``a``, ``a+b`` both, one after the
    other."""
    hidden: tuple[_Hidden, ...]
    as_html: Callable[[str], str] | None = None
    """What makes HTML of the text as it is stored."""
    above: Callable[[_Fields], str] | None = None
    """The pictures that stand above it, as HTML."""


def _system(
    marks: str,
    *hidden: _Hidden,
    as_html: Callable[[str], str] | None = None,
    above: Callable[[_Fields], str] | None = None,
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


def _if(path: str, hides: str, kind: str) -> _Hidden:
    """For a field that has one of the values ``hides`` where readers never saw an entry."""
    values = frozenset(hides.split())

    def hidden(fields: _Fields) -> str:
        return kind if _word(_value(fields, path)) in values else ""

    return hidden


def _word(value: Any) -> str:
    """A value as a word: ``true``, ``1`` (also where a table has it as ``1.0``)."""
    is_plain = isinstance(value, (str, int, float))
    return str(value).strip().casefold().removesuffix(".0") if is_plain else ""


def is_draft(fields: _Fields) -> bool:
    """Whether a record by folded names calls itself a draft, as many systems do."""
    words = {name: _word(fields.get(name)) for name in _OF_DRAFTS}
    return any(word in _OF_DRAFTS[name] for name, word in words.items())


_NO = ("false", "f", "no", "off", "0")
"""PostgreSQL has one letter for each."""
_YES = ("true", "t", "yes")
_OF_DRAFTS = {
    "draft": _YES,  # a number may be that of the draft
    "isdraft": (*_YES, "1"),
    "published": _NO,  # or it is a date
    "ispublished": _NO,
    "online": _NO,
    "active": _NO,
    "visible": _NO,
    "status": (*_NO, "draft", "unpublished"),
    "state": ("false", "0", "draft", "unpublished"),  # or a part of a country
}


def _as_draft(fields: _Fields) -> str:
    return DRAFTS if is_draft(fields) else ""


def _without_day(fields: _Fields) -> str:
    return DRAFTS if is_empty(fields["publishedat"]) else ""


def is_empty(value: Any) -> bool:
    """Whether a field is not filled; databases write that as a word into their tables."""
    return not value or (isinstance(value, str) and value.strip() in _OF_NOTHING)


_OF_NOTHING = ("", "NULL", r"\N")


def _in_wordpress(fields: _Fields) -> str:
    kind, status = (fields.get("post" + name) or fields.get(name) for name in ("type", "status"))
    password = fields.get("postpassword")
    return hidden_row(kind, status, "" if is_empty(password) else password)


def _without_body(fields: _Fields) -> str:
    """An entry of Drupal's database that is something else than a text: a poll, a gallery."""
    is_empty_one = "bodyvalue" in fields and is_empty(fields["bodyvalue"])
    return WITHOUT_TEXT if is_empty_one and not fields.get("body") else ""


def _without_a_day(fields: _Fields) -> str:
    return DRAFTS if is_empty(fields.get("publisheddate")) else ""


def _leads_away(fields: _Fields) -> str:
    """News of TYPO3 that is a link alone."""
    is_link = _word(fields.get("type")) in ("1", "2") and not fields.get("bodytext")
    return LINKS if is_link else ""


def _in_workspace(fields: _Fields) -> str:
    """A version that an editor of TYPO3 works on, while readers see another."""
    return DRAFTS if _word(fields.get("t3verwsid")) not in ("", "0", "none") else ""


_NO_DAY = "0000-00-00"
_BODY = "maintext"
"""The name of ours that comes before all others that a text may have."""
_BETWEEN = {_BODY: "\n\n", "authors": " "}
"""What stands between the values of two fields."""
_SYSTEMS = (
    _system(  # Drupal: a table of its database, and what its JSON:API and REST interfaces answer
        "body_value+status body_value+created body_value+body_format body_value+langcode "
        "langcode+nid langcode+uid langcode+drupal_internal__nid langcode+default_langcode "
        "field_tags+body uid+created+body",
        _if("status", "0 false f off no unpublished", DRAFTS),
        _if("type", "page webform", PAGES),
        _if("type.target_id", "page webform", PAGES),
        _without_body,
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
        _if("hidden", "1 true t yes", DRAFTS),
        _if("deleted", "1 true t yes", DRAFTS),
        _in_workspace,
        _leads_away,
        above=typo3.pictures,
        maintext="bodytext+elements",
        title="title header",
        summary="teaser summary short subheader",
        date="date datetime crdate",
    ),
    _system(  # Joomla
        "introtext+fulltext",
        _if("state", "0 -2 unpublished trashed", DRAFTS),
        _if("trash", "1", DRAFTS),
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
        _in_wordpress,
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
        _if("statut", "prepa prop refuse poubelle", DRAFTS),
        maintext="texte+ps body text",
        as_html=spip.as_page,
        title="titre title",
        summary="chapo summary descriptif",
        date="date date_heure",
    ),
    _system(  # Plone
        "review_state+@type review_state+effective review_state+creators",
        _if("review_state", "private pending internal internally_published", PRIVATE),
        maintext="text.data text",
        summary="description",
        date="effective created",
        authors="creators",
        tags="subjects subject",
        language="language.token language",
    ),
    _system(  # Tumblr
        "post_url+blog_name post_url+reblog_key",
        _if("state", "draft queued private unapproved", DRAFTS),
        above=tumblr.pictures,
        maintext="body content caption question+answer text+source description",
        url="post_url",  # that of a link leads elsewhere
        source="blog.title blog_name",
    ),
    _system(  # ANS of Arc XP, https://github.com/washingtonpost/ans-schema
        "content_elements+headlines content_elements+revision content_elements+credits "
        "content_elements+taxonomy content_elements+display_date",
        _if("revision.published", "false 0", DRAFTS),
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
        _if("pubstatus", "canceled cancelled withheld", WITHDRAWN),
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
        _if("status", "1 2 3", DRAFTS),
        maintext="body_html",
        summary="excerpt_html",
        date="posted",
        authors="author_id",
        tags="keywords category1",
    ),
    _system(  # beehiiv
        "web_title+content_html",
        _if("status", "archived", DRAFTS),
        _if("audience", "premium", FOR_SUBSCRIBERS),
        title="web_title",
        summary="web_subtitle",
        date="publish_date created_at",
    ),
    _system(  # Wix, which has tags by their ids
        "rich_content+plain_content",
        _without_a_day,
        maintext="rich_content plain_content",
        tags="categories main_category",
    ),
    # Strapi 5, whose entries have all of these
    _system("document_id+published_at+created_at+updated_at+locale", _without_day),
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


def in_our_words(fields: _Fields) -> _Fields:
    """A record by folded names with those of ours that it has under its system's names."""
    system = _system_of(fields)
    if system is None:
        return fields
    found = {}
    for ours, theirs in system.names.items():
        between = _BETWEEN.get(ours, "; ")
        values = (_joined(fields, name.split("+"), between) for name in theirs)
        value = next(filter(None, values), None)
        if value is not None:
            found[ours] = value
    text = found.get(_BODY)
    if isinstance(text, str):
        html = system.as_html(text) if system.as_html else text
        found[_BODY] = f"{_above(system, fields, text)}{html}"
    return {**fields, **found}


def _above(system: _System, fields: _Fields, text: str) -> str:
    """The pictures above a text, if that is HTML: no other can show any."""
    shown = system.above(fields) if system.above else ""
    return shown if "<" in text else ""


def hidden_kind_of(record: Any) -> str:
    """What a record is that its system never showed (``drafts``); empty for any other value."""
    if not isinstance(record, dict):
        return ""
    fields = {fold_name(str(name)): value for name, value in record.items()}
    system = _system_of(fields)
    rules = (_as_draft, *(system.hidden if system else ()))
    return next(filter(None, (hidden(fields) for hidden in rules)), "")


def _system_of(fields: _Fields) -> _System | None:
    if _TELLING.isdisjoint(fields):
        return None
    for system in _SYSTEMS:
        if any(mark <= fields.keys() for mark in system.marks):
            return system
    return None


def _joined(fields: _Fields, names: Sequence[str], between: str) -> Any:
    """The value of a field; of several those that are filled, one after the other."""
    values = [value for name in names if (value := _value(fields, name))]
    if len(values) < 2:
        return next(iter(values), None)
    texts = [value for value in values if isinstance(value, str)]
    if texts == values:
        return between.join(texts)
    return [one for value in values for one in (value if isinstance(value, list) else [value])]


def _value(fields: Mapping[str, Any], path: str) -> Any:
    """What stands at ``a.b``; a day that a database has for none is nothing."""
    first, *inner = path.split(".")
    value = fields.get(fold_name(first))
    for name in inner:
        value = _object(value)
        found = (one for key, one in value.items() if fold_name(str(key)) == fold_name(name))
        value = next(found, None)
    named = _object(value).get("value")  # as Drupal has all of them
    value = value if named is None or named == "" else named
    is_no_day = isinstance(value, str) and value.startswith(_NO_DAY)
    return None if is_no_day else value


def _object(value: Any) -> _Fields:
    """An object, alone or in a list; an empty one for any other value."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, dict) else {}

"""What content systems without pages of their own answer and export, as JSON → records.

JSON:API (Drupal) and Strapi 4 have the fields of an entry in ``attributes``, and name other entries
beside them; Contentful has a value for each language, and names others by id. Documents of Sanity
are in ``sanity``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from archive_gen.importers.base import LeftOut
from archive_gen.importers.cms_exports import DRAFTS, PAGES
from archive_gen.importers.records import sanity
from archive_gen.importers.records.marks import object_of, objects_of
from archive_gen.urls import resolved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_Record: TypeAlias = "Mapping[str, Any]"
_Others: TypeAlias = "Mapping[tuple[str, str], _Record]"
"""Kind and id → the fields of an entry that others name."""
_PAGE_OF_DRUPAL = "node--page"
_OF_DRUPAL = "node--"
_OF_STRAPI = frozenset(("createdAt", "updatedAt", "publishedAt"))
_FILED = ("field_tags", "tags", "categories", "category", "topics")
_HoldsText: TypeAlias = "Callable[[_Record], bool]"
_DEEPEST = 60
_LOCALE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


def entries(value: _Record, holds_text: _HoldsText) -> Iterator[_Record | LeftOut] | None:
    """The entries in an answer or export of such a system; None for any other value.

    What readers never saw is left out. Some have no text: authors and categories.
    """
    data = objects_of(value.get("data"))
    are_entries = all(isinstance(one.get("attributes"), dict) for one in data)
    if are_entries and any(holds_text(_attributes(one)) for one in data):
        return _of_json_api(data, objects_of(value.get("included")))
    for key in ("entries", "items"):
        found = objects_of(value.get(key))
        if found and all(_is_entry(one) for one in found):
            return _of_contentful(value, found, holds_text)
    return iter([sanity.shown(value)]) if sanity.is_document(value) else None


def _of_json_api(data: list[_Record], included: list[_Record]) -> Iterator[_Record | LeftOut]:
    """https://jsonapi.org/format/#document-top-level"""
    others = {(str(one.get("type")), str(one.get("id"))): _attributes(one) for one in included}
    for one in data:
        fields = _attributes(one)
        if one.get("type") == _PAGE_OF_DRUPAL:
            yield LeftOut(PAGES)
        elif _is_hidden(one, fields):
            yield LeftOut(DRAFTS)
        else:
            related = one.get("relationships")
            named = {**fields, **(related if isinstance(related, dict) else {})}
            told = {key: _related(field, others) for key, field in named.items()}
            yield _with_tags({"url": _address(one, fields), **told})


def _address(entry: _Record, fields: _Record) -> str:
    """Where readers found an entry of Drupal: its path on the host that answered."""
    links, path = entry.get("links"), fields.get("path")
    own = links.get("self") if isinstance(links, dict) else None
    asked = own.get("href") if isinstance(own, dict) else own
    alias = path.get("alias") if isinstance(path, dict) else None
    if isinstance(asked, str) and isinstance(alias, str):
        return resolved(asked, alias)
    return ""


def _with_tags(record: _Record) -> _Record:
    """``record`` with what it is filed under as its tags, if it has none."""
    filed = next((record[name] for name in _FILED if record.get(name)), None)
    return {**record, "tags": filed} if filed and not record.get("tags") else record


def _is_hidden(entry: _Record, fields: _Record) -> bool:
    """Strapi says when readers saw an entry, Drupal whether."""
    is_of_drupal = str(entry.get("type")).startswith(_OF_DRUPAL)
    is_of_strapi = "type" not in entry and fields.keys() >= _OF_STRAPI
    return (is_of_strapi and fields["publishedAt"] is None) or (
        is_of_drupal and fields.get("status") is False
    )


def _attributes(entry: _Record) -> _Record:
    fields = entry.get("attributes")
    return fields if isinstance(fields, dict) else {}


def _related(field: Any, others: _Others) -> Any:
    """What another entry says that a field names; any other field as it is."""
    data = field.get("data") if isinstance(field, dict) else None
    if not isinstance(data, (dict, list)):
        return field
    named = [
        _attributes(one) or others.get((str(one.get("type")), str(one.get("id"))), {})
        for one in objects_of(data)
    ]
    return named if isinstance(data, list) else next(iter(named), None)


def _of_contentful(
    value: _Record, found: list[_Record], holds_text: _HoldsText
) -> Iterator[_Record | LeftOut]:
    """https://www.contentful.com/developers/docs/references/content-management-api/entries/

    An entry becomes an article for each language in which it has a text.
    """
    included = value.get("includes")
    more = objects_of(object_of(included).get("Entry"))
    others = {str(one["sys"].get("id")): one["fields"] for one in found + more if _is_entry(one)}
    assets = _assets(objects_of(value.get("assets")) + objects_of(object_of(included).get("Asset")))
    for entry in found:
        system, fields = entry["sys"], entry["fields"]
        if "version" in system and "publishedVersion" not in system:
            yield LeftOut(DRAFTS)
            continue
        for one in _translations(fields, holds_text) or [fields]:
            named = {key: _linked(field, others) for key, field in one.items()}
            shown = {key: _with_pictures(field, assets, _DEEPEST) for key, field in named.items()}
            when = system.get("firstPublishedAt") or system.get("createdAt")
            leads = [field for field in shown.values() if field in assets.values()]
            yield _with_tags({"dateCreated": when, "images": leads, **shown})


def _assets(found: list[_Record]) -> dict[str, _Record]:
    """Id → a picture as rich text has it, with the description that stands below it."""
    pictures: dict[str, _Record] = {}
    for one in filter(_is_entry, found):
        file, said = (_told_once(one["fields"].get(key)) for key in ("file", "description"))
        address = object_of(file).get("url")
        if isinstance(address, str) and address:
            source = f"https:{address}" if address.startswith("//") else address
            pictures[str(one["sys"].get("id"))] = {
                "type": "image",
                "url": source,
                "caption": said if isinstance(said, str) else "",
            }
    return pictures


def _told_once(field: Any) -> Any:
    """A value that is told in one language, or in any of several."""
    is_each = isinstance(field, dict) and bool(field) and all(map(_LOCALE.fullmatch, field))
    return next(iter(field.values())) if is_each else field


def _with_pictures(field: Any, assets: Mapping[str, _Record], deepest: int) -> Any:
    """A field with pictures in place of links to them."""
    if not deepest or not isinstance(field, (dict, list)):
        return field
    if isinstance(field, list):
        return [_with_pictures(one, assets, deepest - 1) for one in field]
    link = object_of(field.get("data")).get("target") if "nodeType" in field else field
    system = object_of(object_of(link).get("sys"))
    if system.get("linkType") == "Asset":
        return assets.get(str(system.get("id")), field)
    if "nodeType" not in field:
        return field
    return {**field, "content": _with_pictures(field.get("content"), assets, deepest - 1)}


def _is_entry(value: _Record) -> bool:
    return isinstance(value.get("sys"), dict) and isinstance(value.get("fields"), dict)


def _locales(fields: _Record) -> list[str]:
    """The languages of the fields, if each of them has a value for some."""
    values = [field for field in fields.values() if isinstance(field, dict)]
    codes = [str(key) for field in values for key in field]
    is_each = len(values) == len(fields) and all(map(_LOCALE.fullmatch, codes))
    return list(dict.fromkeys(codes)) if is_each else []


def _translations(fields: _Record, holds_text: _HoldsText) -> list[_Record]:
    """The fields in each language in which there is a text; else in the first one.

    What is not translated is told in one language for all.
    """
    locales = _locales(fields)
    if not locales:
        return []
    with_text = [one for one in locales if holds_text(_in_locale(fields, one))]
    first = {key: next(iter(field.values()), None) for key, field in fields.items()}
    return [
        {**({"language": one} if len(locales) > 1 else {}), **first, **_in_locale(fields, one)}
        for one in with_text or locales[:1]
    ]


def _in_locale(fields: _Record, locale: str) -> _Record:
    return {key: field[locale] for key, field in fields.items() if locale in field}


def _linked(field: Any, others: Mapping[str, _Record]) -> Any:
    """What the entries are called to which a field leads; any other field as it is."""
    links = field if isinstance(field, list) else [field]
    ids = [_id_of_link(link) for link in links]
    if not ids or not all(ids):
        return field
    found = [others.get(one, {}) for one in ids]
    named = [_in_locale(one, locales[0]) if (locales := _locales(one)) else one for one in found]
    return named if isinstance(field, list) else named[0]


def _id_of_link(link: Any) -> str:
    system = link.get("sys") if isinstance(link, dict) else None
    is_link = isinstance(system, dict) and system.get("linkType") == "Entry"
    return str(system.get("id")) if isinstance(system, dict) and is_link else ""

"""What a page states of its article in JSON-LD, by schema.org's vocabulary."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

from archive_gen.cleaning.html.stated.json_values import objects_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|Report|\w*ScholarlyArticle)")
_COMMENTED = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
_MARKUP = re.compile(r"<[^<>]*>")
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")


def objects_of(scripts: Iterable[str]) -> list[dict[str, Any]]:
    """Every object that these elements hold."""
    return [item for text in scripts for item in objects_in(_parse(text))]


def find_web_page(objects: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The object of the page as a page: the first that is one; empty if none."""
    return next((item for item in objects if "WebPage" in _types(item).split()), {})


def find_article(objects: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The object of the article: the one with the most of what we look for; empty if none.

    Where it only refers to its publisher, that is put in its place. Not so authors: the person to
    whom such a page refers is as often the one who put it online.
    """
    article = max(filter(_is_article, objects), key=_fullness, default=None)
    if article is None:
        return {}
    named = {item["@id"]: item for item in objects if _is_named(item)}
    return {**article, "publisher": _resolved(article.get("publisher"), named)}


def _is_named(item: Mapping[str, Any]) -> bool:
    return isinstance(item.get("@id"), str) and isinstance(item.get("name"), str)


def _resolved(value: Any, named: Mapping[str, Any]) -> Any:
    """``value``, or what it refers to (JSON-LD 1.1, node references)."""
    reference = value.get("@id") if isinstance(value, dict) and "name" not in value else None
    return named.get(reference, value) if isinstance(reference, str) else value


def names_of(value: Any) -> tuple[list[str], list[str]]:
    """The persons and the organisations that ``value`` names (a string, object or list)."""
    persons: list[str] = []
    organisations: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            persons.append(item)
        elif isinstance(item, dict):
            name = item.get("name") or _full_name(item)
            names = [n for n in (name if isinstance(name, list) else [name]) if isinstance(n, str)]
            (organisations if "Organization" in _types(item) else persons).extend(names)
    return [_bare(name) for name in persons], [_bare(name) for name in organisations]


def _bare(name: str) -> str:
    """Without the link to the person's page that some systems put around it."""
    return _MARKUP.sub(" ", html.unescape(name)).strip()


def _full_name(item: Mapping[str, Any]) -> str:
    parts = (item.get("givenName"), item.get("familyName"))
    return " ".join(part for part in parts if isinstance(part, str))


def text_of(value: Any) -> str:
    """A string, or an object's name or address, or the first of a list."""
    if isinstance(value, list):
        return text_of(value[0]) if value else ""
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@id") or value.get("url") or "")
    return value if isinstance(value, str) else ""


def _parse(text: str) -> Any:
    bare = _COMMENTED.sub("", text)
    for attempt in (bare, _TRAILING_COMMA.sub("", bare)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _types(item: Mapping[str, Any]) -> str:
    kinds = item.get("@type")
    return (
        " ".join(k for k in kinds if isinstance(k, str)) if isinstance(kinds, list) else str(kinds)
    )


def _is_article(item: Mapping[str, Any]) -> bool:
    return any(_ARTICLE.fullmatch(kind) for kind in _types(item).split())


def _fullness(item: Mapping[str, Any]) -> int:
    wanted = ("headline", "datePublished", "author", "articleBody", "publisher", "keywords")
    return sum(bool(item.get(key)) for key in wanted)

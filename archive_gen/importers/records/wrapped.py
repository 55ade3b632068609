"""A JSON value → the records in it, however they are wrapped.

Interfaces and tools answer with records inside lists and objects: ``{"articles": […]}``, search
hits with ``_source``, schema.org's ``@graph`` whose nodes name one another by ``@id``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive_gen.importers.base import LeftOut
from archive_gen.importers.cms_exports import SETTINGS, hidden_post, with_embedded
from archive_gen.importers.records import activities, meta, social, telegram
from archive_gen.importers.records.content_apis import entries
from archive_gen.importers.records.ghost import is_ghost, posts
from archive_gen.importers.records.record import holds_text, known_values
from archive_gen.importers.records.systems import hidden_kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DEEPEST = 6
"""Wrappers in one another; answers of search servers have four."""
_POSTS = (telegram.posts, meta.posts, activities.posts, social.chats)


def records(value: Any, deepest: int = _DEEPEST) -> Iterator[Any]:
    """The records in ``value`` in their order; a value that holds none is yielded itself.

    A post that readers did not see is ``LeftOut``.
    """
    yield from list(_inside(value, deepest)) or [_shown(value)]


def _shown(record: Any) -> Any:
    """A record; ``LeftOut`` if readers never saw it. Of what wraps records nothing is asked: it
    speaks of itself, or of the list."""
    hidden = hidden_post(record) or hidden_kind_of(record)
    return LeftOut(hidden) if hidden else record


def _inside(value: Any, deepest: int) -> Iterator[Any]:
    if isinstance(value, list) and deepest:
        for item in value:
            yield from records(item, deepest - 1)
    elif isinstance(value, dict):
        told = (posted for posts_in in _POSTS if (posted := posts_in(value)) is not None)
        yield from next(told, None) or _inside_object(value, deepest)


def _inside_object(value: Mapping[str, Any], deepest: int) -> Iterator[Any]:
    if "@graph" in value:
        yield from _graph(value["@graph"])
    elif (found := entries(value, holds_text)) is not None:
        for one in found:
            yield from [one] if isinstance(one, LeftOut) else _of_entry(one, deepest)
    elif isinstance(value.get("items"), list) and deepest:
        yield from _feed(value, deepest)
    elif is_ghost(value):
        yield from posts(value)
    elif (record := _record(value)) is not None:
        # What has a title and no text may be a list of articles: then it is told that it failed.
        is_list = not holds_text(record) and _articles_in(value, deepest)
        shown = record if is_list else _shown(record)
        yield shown if isinstance(shown, LeftOut) else with_embedded(record)
    elif deepest:
        yield from _in_fields(value, deepest - 1)


def _of_entry(entry: Mapping[str, Any], deepest: int) -> Iterator[Any]:
    """An entry of a content system, or the articles in it; what has no text says something of
    others, as authors and categories do."""
    if holds_text(entry):
        yield _shown(entry)
        return
    yield from _articles_in(entry, deepest) or [LeftOut(SETTINGS)]


def _articles_in(value: Mapping[str, Any], deepest: int) -> list[Any]:
    inner = _in_fields(value, deepest - 1) if deepest else ()
    return [one for one in inner if _is_read(one) and "title" in known_values(one)]


def _record(value: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The record that an object is, or holds in ``fields`` as in Airtable and Firestore."""
    inner = value.get("fields")
    if not holds_text(value) and isinstance(inner, dict) and _is_read(inner):
        return inner
    return value if holds_text(value) or "title" in known_values(value) else None


def _in_fields(value: Mapping[str, Any], deepest: int) -> Iterator[Any]:
    """What the fields of an object hold that is no record."""
    inner = [item for item in value.values() if isinstance(item, (dict, list))]
    told = [(item, list(_inside(item, deepest))) for item in inner]
    are_listed = any(isinstance(item, list) and any(map(_is_read, found)) for item, found in told)
    for item, found in told:
        # An object beside the list says something of all: the name of the blog.
        if isinstance(item, list) or not are_listed or any(map(_is_read, found)):
            yield from found


def _is_read(record: Any) -> bool:
    return isinstance(record, dict) and holds_text(record)


def _feed(feed: Mapping[str, Any], deepest: int) -> Iterator[Any]:
    """JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/: what is said of all, and its items."""
    shared = {"source": feed.get("title"), "language": feed.get("language")}
    shared["creator"] = feed.get("authors") or feed.get("author")
    for item in feed["items"]:
        if isinstance(item, dict) and holds_text(item):
            shown = _shown(item)
            yield shown if isinstance(shown, LeftOut) else {**shared, **item}
        else:
            yield from records(item, deepest - 1)


def _graph(nodes: Any) -> Iterator[Any]:
    """The nodes with a text, with what they name by ``@id`` put in its place."""
    known = [node for node in nodes if isinstance(node, dict)] if isinstance(nodes, list) else []
    by_id = {node["@id"]: node for node in known if isinstance(node.get("@id"), str)}
    for node in known:
        if holds_text(node):
            yield {key: _resolved(value, by_id) for key, value in node.items()}


def _resolved(value: Any, by_id: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_resolved(item, by_id) for item in value]
    if isinstance(value, dict) and value.keys() == {"@id"}:
        return by_id.get(str(value["@id"]), value)
    return value

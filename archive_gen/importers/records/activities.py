"""What somebody published on Mastodon and its like: ActivityStreams → records.

Its export holds all that was sent, to everybody or to one. (https://docs.joinmastodon.org/spec/activitypub/,
https://www.w3.org/TR/activitystreams-vocabulary/)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from archive_gen.importers.base import ADDRESSES, LeftOut
from archive_gen.importers.cms_exports import COMMENTS, PRIVATE, SETTINGS
from archive_gen.importers.own_html import as_lines
from archive_gen.importers.records.marks import object_of, objects_of
from archive_gen.importers.records.social import OF_OTHERS, post

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_Record: TypeAlias = "Mapping[str, Any]"
_COLLECTIONS = ("OrderedCollection", "OrderedCollectionPage")
_ACTIVITIES = {"Create": "", "Announce": OF_OTHERS}
"""What was done → what it is if it is none of somebody's own."""
_EVERYBODY = frozenset(("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"))
_ACTOR = "preferredUsername"
_HASHTAG, _PICTURE = "Hashtag", "image/"


def posts(value: _Record) -> Iterator[_Record | LeftOut] | None:
    """The posts in an export, or one of them; None for any other value."""
    items = value.get("orderedItems")
    if value.get("type") in _COLLECTIONS and isinstance(items, list):
        return (_of_activity(object_of(item)) for item in items)
    if str(value.get("type")) in _ACTIVITIES and "actor" in value and "object" in value:
        return iter([_of_activity(value)])
    return iter([LeftOut(SETTINGS)]) if _ACTOR in value and "@context" in value else None


def _of_activity(activity: _Record) -> _Record | LeftOut:
    note = object_of(activity.get("object"))
    if kind := _ACTIVITIES.get(str(activity.get("type"))):
        return LeftOut(kind)
    if not isinstance(note.get("content"), str):
        return LeftOut(ADDRESSES)
    if _EVERYBODY.isdisjoint((*_names(note.get("to")), *_names(note.get("cc")))):
        return LeftOut(PRIVATE)
    return LeftOut(COMMENTS) if note.get("inReplyTo") else _of_note(note)


def _of_note(note: _Record) -> _Record | LeftOut:
    """A post, which has no headline; a longer text of a blog, which has one, is as it is."""
    content, files = note["content"], objects_of(note.get("attachment"))
    tags = [one.get("name") for one in objects_of(note.get("tag")) if one.get("type") == _HASHTAG]
    told = {
        "date": note.get("published"),
        "url": note.get("url"),
        "tags": [tag.lstrip("#") for tag in tags if isinstance(tag, str)],
    }
    if note.get("name"):
        return {**told, "title": note["name"], "content_html": content}
    pictures = {
        str(one.get("url")).lstrip("/"): str(one.get("name") or "")
        for one in files
        if str(one.get("mediaType")).startswith(_PICTURE)
    }
    return post([(as_lines(content), {"marks": ()})], pictures, told)


def _names(value: Any) -> list[str]:
    named = value if isinstance(value, list) else [value]
    return [one for one in named if isinstance(one, str)]

"""What Facebook and Instagram export as JSON → posts, as records.

Beside what a page published lies what its owner wrote to others; that is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from archive_gen.importers.base import LeftOut
from archive_gen.importers.cms_exports import SETTINGS
from archive_gen.importers.records.marks import object_of, objects_of
from archive_gen.importers.records.social import post

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archive_gen.importers.records.social import Run

_Record: TypeAlias = "Mapping[str, Any]"
_OF_FACEBOOK = frozenset("timestamp data title attachments tags".split())
_LISTED, _NOTES = "_v2", "notes_v2"
"""How Facebook names lists of what somebody did there, and the one of long posts."""
_FILMS = (".mp4", ".mov", ".srt")


def posts(value: _Record) -> Iterator[_Record | LeftOut] | None:
    """A post, or what is none; None for any other value."""
    if isinstance(value.get("timestamp"), int) and _OF_FACEBOOK.issuperset(value):
        return iter([_of_facebook(value)])
    if len(value) == 1 and all(key.endswith(_LISTED) and key != _NOTES for key in value):
        return iter([LeftOut(SETTINGS)])
    media = objects_of(value.get("media"))
    if media and all("uri" in one and "creation_timestamp" in one for one in media):
        return iter([_of_instagram(value, media)])
    return None


def _of_facebook(told: _Record) -> _Record | LeftOut:
    said = [one["post"] for one in objects_of(told.get("data")) if isinstance(one.get("post"), str)]
    beside = [
        one for at in objects_of(told.get("attachments")) for one in objects_of(at.get("data"))
    ]
    shown = [object_of(one.get("media")) for one in beside]
    return _of_meta(said, shown, told["timestamp"])


def _of_instagram(told: _Record, media: list[_Record]) -> _Record | LeftOut:
    """A post; of one with a single picture text and day are said of that."""
    said, when = told.get("title"), told.get("creation_timestamp")
    if len(media) == 1:
        said, when = said or media[0].get("title"), when or media[0]["creation_timestamp"]
    return _of_meta([said] if isinstance(said, str) else [], media, when)


def _of_meta(said: Iterable[str], shown: Iterable[_Record], when: Any) -> _Record | LeftOut:
    sources = [one["uri"] for one in shown if isinstance(one.get("uri"), str)]
    pictures = [_in_utf8(source) for source in sources if not source.endswith(_FILMS)]
    runs: list[Run] = [(_in_utf8(text), {"marks": ()}) for text in said]
    return post(runs, dict.fromkeys(pictures, ""), {"date": when})


def _in_utf8(text: str) -> str:
    """A text of which Facebook writes each byte as a character."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text

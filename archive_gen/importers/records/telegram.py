"""What Telegram Desktop exports as JSON → the posts of channels, as records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from archive_gen.importers.base import LeftOut
from archive_gen.importers.cms_exports import PRIVATE, SETTINGS
from archive_gen.importers.records.marks import object_of, objects_of
from archive_gen.importers.records.social import CHATS, OF_OTHERS, post

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archive_gen.importers.records.social import Run

_Record: TypeAlias = "Mapping[str, Any]"
_PUBLIC, _PRIVATE = "public_channel", "private_channel"
_OF_PEOPLE = frozenset(
    "saved_messages replies verification_codes personal_chat bot_chat private_group "
    "private_supergroup public_supergroup".split()
)


def posts(value: _Record) -> Iterator[_Record | LeftOut] | None:
    """The posts in an export, or one of them; None for any other value."""
    if isinstance(value.get("messages"), list) and isinstance(value.get("type"), str):
        if value["type"] in (_PUBLIC, _PRIVATE):
            return _of_channel(value)
        return iter([LeftOut(CHATS)]) if value["type"] in _OF_PEOPLE else None
    if str(value.get("from_id")).startswith("channel"):  # one of a list that was made lines
        return _of_channel({"name": value.get("from"), "messages": [value]})
    chats = objects_of(object_of(value.get("chats")).get("list"))
    if chats and all("messages" in chat for chat in chats):
        return _of_account([*chats, *objects_of(object_of(value.get("left_chats")).get("list"))])
    if value.get("_") == "Message" and isinstance(value.get("message"), str):
        return iter([_of_telethon(value)])
    return None


def _of_account(chats: list[_Record]) -> Iterator[_Record | LeftOut]:
    """Of all that somebody has on Telegram what is public."""
    for chat in chats:
        if chat.get("type") == _PUBLIC:
            yield from _of_channel(chat)
        else:
            yield LeftOut(PRIVATE if chat.get("type") == _PRIVATE else CHATS)


def _of_channel(channel: _Record) -> Iterator[_Record | LeftOut]:
    name = channel.get("name")
    for message in objects_of(channel.get("messages")):
        if message.get("type") != "message":
            yield LeftOut(SETTINGS)
        elif message.get("forwarded_from", name) != name:
            yield LeftOut(OF_OTHERS)
        else:
            told = {"date": message.get("date"), "source": name, "author": message.get("author")}
            text, photo = message.get("text"), message.get("photo")
            runs = [_run(part) for part in (text if isinstance(text, list) else [text])]
            yield post(runs, {photo: ""} if isinstance(photo, str) else {}, told)


def _run(part: Any) -> Run:
    """A part of a message: a text, or one with what it is."""
    told = object_of(part)
    text = told.get("text") if told else part
    marks = {"marks": [told.get("type")], "href": told.get("href")}
    return (text if isinstance(text, str) else "", marks)


def _of_telethon(message: _Record) -> _Record | LeftOut:
    """A message as the library Telethon has it, which researchers fetch channels with."""
    if not message.get("post"):  # of a group or a chat
        return LeftOut(CHATS)
    if message.get("fwd_from"):
        return LeftOut(OF_OTHERS)
    told = {"date": message.get("date"), "author": message.get("post_author")}
    return post([(message["message"], {"marks": ()})], {}, told)

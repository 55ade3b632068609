"""Channels of Telegram and pages of Facebook, where newsrooms publish that have no site → records.

A post becomes an article if it has a text of some length; what people write to one another in chats
never does. (After what Telegram Desktop and Facebook export as JSON.)
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote

from archive_gen.importers.base import LeftOut
from archive_gen.importers.cms_exports import PRIVATE, SETTINGS
from archive_gen.importers.records.figures import figure
from archive_gen.importers.records.marks import escaped, marked, object_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_Record: TypeAlias = "Mapping[str, Any]"
Run: TypeAlias = "tuple[str, _Record]"
"""A part of a text, and what marks it: ``{"marks": ["bold"], "href": …}``."""
CHATS = "chats"
SHORT = "short posts"
OF_OTHERS = "posts of others"
_LEAST = 200
"""Characters of a post that is an article."""
_LONGEST_TITLE = 150
_FIRST_WORDS = 100
"""Characters of a headline that is made of a post without one."""
HASHTAG = "hashtag"
_FULL_STOPS = tuple(".。۔।።")
_MORE = "…"
_PUBLIC, _PRIVATE = "public_channel", "private_channel"
_OF_PEOPLE = frozenset(
    "saved_messages replies verification_codes personal_chat bot_chat private_group "
    "private_supergroup public_supergroup".split()
)
_OF_FACEBOOK = frozenset("timestamp data title attachments tags".split())


def posts(value: _Record) -> Iterator[_Record | LeftOut] | None:
    """The posts in an export of Telegram, or a post of Facebook; None for any other value."""
    if isinstance(value.get("messages"), list) and isinstance(value.get("type"), str):
        if value["type"] in (_PUBLIC, _PRIVATE):
            return _of_channel(value)
        return iter([LeftOut(CHATS)]) if value["type"] in _OF_PEOPLE else None
    if str(value.get("from_id")).startswith("channel"):  # one of a list that was made lines
        return _of_channel({"name": value.get("from"), "messages": [value]})
    chats = _objects(object_of(value.get("chats")).get("list"))
    if chats and all("messages" in chat for chat in chats):
        return _of_account([*chats, *_objects(object_of(value.get("left_chats")).get("list"))])
    if value.get("_") == "Message" and isinstance(value.get("message"), str):
        return iter([_of_telethon(value)])
    if isinstance(value.get("timestamp"), int) and _OF_FACEBOOK.issuperset(value):
        return iter([_of_facebook(value)])
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
    for message in _objects(channel.get("messages")):
        if message.get("type") != "message":
            yield LeftOut(SETTINGS)
        elif message.get("forwarded_from", name) != name:
            yield LeftOut(OF_OTHERS)
        else:
            told = {"date": message.get("date"), "source": name, "author": message.get("author")}
            text, photo = message.get("text"), message.get("photo")
            runs = [_run(part) for part in (text if isinstance(text, list) else [text])]
            yield post(runs, [photo] if isinstance(photo, str) else [], told)


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
    return post([(message["message"], {"marks": ()})], [], told)


def _of_facebook(told: _Record) -> _Record | LeftOut:
    said = [one["post"] for one in _objects(told.get("data")) if isinstance(one.get("post"), str)]
    beside = [one for at in _objects(told.get("attachments")) for one in _objects(at.get("data"))]
    shown = [object_of(one.get("media")).get("uri") for one in beside]
    pictures = [_in_utf8(source) for source in shown if isinstance(source, str)]
    return post(
        [(_in_utf8(text), {"marks": ()}) for text in said], pictures, {"date": told["timestamp"]}
    )


def _in_utf8(text: str) -> str:
    """A text of which Facebook writes each byte as a character."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def post(runs: Sequence[Run], pictures: Iterable[str], told: _Record) -> _Record | LeftOut:
    """A post as a record, with ``told`` of it; its first line is the headline if it is short.

    ``pictures`` are the paths of their files in the export.
    """
    lines = [line for line in _lines(runs) if line[0].strip()]
    if sum(len(text) for text, _ in lines) < _LEAST:
        return LeftOut(SHORT)
    first = " ".join(lines[0][0].split())
    is_sentence = first.endswith(_FULL_STOPS)
    has_headline = len(lines) > 1 and len(first) <= _LONGEST_TITLE and not is_sentence
    title = first if has_headline else textwrap.shorten(first, _FIRST_WORDS, placeholder=_MORE)
    story = "".join(f"<p>{html}</p>" for _, html in lines[has_headline:])
    # A remark in brackets stands in place of a file that was not exported.
    files = (quote(path, errors="replace") for path in pictures if not path.startswith("("))
    shown = "".join(figure(path, "") for path in files)
    tags = [text.lstrip("#").replace("_", " ") for text, told in runs if HASHTAG in told["marks"]]
    title = title if title != _MORE else ""  # of a script without spaces
    return {**told, "title": title, "tags": tags, "content_html": shown + story}


def _lines(runs: Iterable[Run]) -> list[tuple[str, str]]:
    """The lines of a text, each also as HTML."""
    lines = [("", "")]
    for text, marks in runs:
        for at, part in enumerate(text.split("\n")):
            before = ("", "") if at else lines.pop()
            lines.append((before[0] + part, before[1] + marked(marks, escaped(part))))
    return lines


def _objects(value: Any) -> list[_Record]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []

"""The pages that Telegram Desktop makes of a channel: posts in the order in which they came."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

from archive_gen.importers.base import LeftOut
from archive_gen.importers.own_html import classes, parsed
from archive_gen.importers.records.record import document
from archive_gen.importers.records.social import CHATS, HASHTAG, OF_OTHERS, post

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.importers.base import Found
    from archive_gen.importers.records.social import Run

_MARK = 'class="page_body chat_page"'
_WHEN = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d:\d\d))?")
_SPACES = re.compile(r"\s+")
_TAGS = {"strong": "bold", "em": "italic"}


def is_chat(page: str) -> bool:
    """Whether a page is one of such an export."""
    return _MARK in page


def posts(name: str, page: str) -> Iterator[Found]:
    """The posts of a channel. Where others than the channel itself write it is a chat, which is
    left out."""
    root = parsed(page)
    channel = _text(_first(root, "page_header"))
    messages = [one for one in root.iter("div") if {"message", "default"} <= classes(one)]
    if any(_writer(message) not in ("", channel) for message in messages):
        yield LeftOut(CHATS, name)
        return
    for number, message in enumerate(messages, start=1):
        yield _post(f"{name}#{number}", message, channel)


def _post(name: str, message: Any, channel: str) -> Found:
    if _first(message, "forwarded") is not None:
        return LeftOut(OF_OTHERS, name)
    said, when = _first(message, "text"), _first(message, "date")
    runs = list(_runs(said, (), "")) if said is not None else []
    shown = [one.get("href", "") for one in message.iter("a") if "photo_wrap" in classes(one)]
    told = {
        "date": _WHEN.sub(r"\3-\2-\1T\4\5", when.get("title", "")) if when is not None else "",
        "source": channel,
        "author": _text(_first(message, "signature")),
    }
    record = post(runs, dict.fromkeys(shown, ""), told)
    if isinstance(record, LeftOut):
        return dataclasses.replace(record, name=name)
    return document(name, record)


def _runs(element: Any, marks: Sequence[str], href: str) -> Iterator[Run]:
    """The parts of a text. The line ends of the page are none of it."""
    told: Run = (_SPACES.sub(" ", element.text or ""), {"marks": marks, "href": href})
    yield ("\n", {"marks": ()}) if element.tag == "br" else told
    for inner in element.iterchildren("br", "strong", "em", "a", "span", "u", "s", "code"):
        is_tag = inner.tag == "a" and str(inner.text).startswith("#")
        inner_marks = (*marks, HASHTAG if is_tag else _TAGS.get(inner.tag, ""))
        yield from _runs(inner, inner_marks, inner.get("href") or href)
        yield _SPACES.sub(" ", inner.tail or ""), {"marks": marks, "href": href}


def _writer(message: Any) -> str:
    """Who sent a message; empty if it was the one before."""
    names = (one for one in message.iter("div") if "from_name" in classes(one))
    own = (one for one in names if "forwarded" not in classes(one.getparent()))
    return _text(next(own, None))


def _first(element: Any, name: str) -> Any:
    """The first element in another one of a class; None if there is none."""
    return next((one for one in element.iter("div") if name in classes(one)), None)


def _text(element: Any) -> str:
    return "" if element is None else " ".join(element.text_content().split())

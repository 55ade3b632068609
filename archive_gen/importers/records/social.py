"""What newsrooms publish where they have no site: channels, pages, accounts.

A post becomes an article if it has a text of some length; what people write to one another in chats
never does.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote

from archive_gen.importers.base import LeftOut
from archive_gen.importers.records.figures import figure
from archive_gen.importers.records.marks import escaped, marked

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
_OF_CHATS = ("participants", "members", "guild")
"""What else stands beside the messages of a chat: of Facebook, Instagram, Discord."""


def chats(value: _Record) -> Iterator[LeftOut] | None:
    """What people wrote to one another, which is left out; None for any other value."""
    is_chat = isinstance(value.get("messages"), list) and any(key in value for key in _OF_CHATS)
    return iter([LeftOut(CHATS)]) if is_chat else None


def post(runs: Sequence[Run], pictures: Mapping[str, str], told: _Record) -> _Record | LeftOut:
    """A post as a record, with ``told`` of it; its first line is the headline if it is short.

    ``pictures``: path of the file in the export → what it says to those who can't see it.
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
    shown = "".join(
        figure(quote(path, errors="replace"), "", alt)
        for path, alt in pictures.items()
        if not path.startswith("(")
    )
    tags = [text.lstrip("#").replace("_", " ") for text, told in runs if HASHTAG in told["marks"]]
    title = title if title != _MORE else ""  # of a script without spaces
    tags = [*told.get("tags", ()), *tags]
    return {**told, "title": title, "tags": tags, "content_html": shown + story}


def _lines(runs: Iterable[Run]) -> list[tuple[str, str]]:
    """The lines of a text, each also as HTML."""
    lines = [("", "")]
    for text, marks in runs:
        for at, part in enumerate(text.split("\n")):
            before = ("", "") if at else lines.pop()
            lines.append((before[0] + part, before[1] + marked(marks, escaped(part))))
    return lines

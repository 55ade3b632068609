"""A passage of a text, however the files of an archive write it: found, and a mark in its place."""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import html5
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_GONE = "(…)"
"""In brackets with which no value of YAML begins as anything but a text."""
_ESCAPES = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_MARKS = re.compile(r"<[^<>]{0,200}>")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Soft hyphens, joiners and marks of direction."""


def pattern_of(passage: str) -> re.Pattern[str]:
    """``passage`` with any white space, in any case, and with the escapes of each format."""
    words = (r"\\?".join(map(_spelt, word)) for word in passage.split())
    return re.compile(r"\\?" + r"(?:\s|&nbsp;|>\s)+\\?".join(words), re.IGNORECASE)


def _spelt(character: str) -> str:
    """A pattern for a character as it is, doubled as YAML has it, or as a reference of HTML."""
    if character.isascii() and character.isalnum():
        return character
    names = (name for name, meant in html5.items() if meant == character and name[-1] == ";")
    references = (f"#0*{ord(character)};", f"#x0*{ord(character):x};", *names)
    plain = "''?" if character == "'" else re.escape(character)
    return f"(?:{plain}|&(?:{'|'.join(references)}))"


def replaced(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """``text`` with a mark in place of what ``patterns`` find."""
    for pattern in patterns:
        text = pattern.sub(_GONE, text)
    return text


def plain(text: str) -> str:
    """A text without escapes, tags, white space and what nobody sees, for comparing."""
    text = _MARKS.sub("", html.unescape(_ESCAPES.sub(_unescaped, text)))
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return "".join(text.casefold().split())


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    return " " if match[2] in "nrt" else match[2]

"""A passage of a text, however the files of an archive write it: found, and a mark in its place."""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import html5
from typing import TYPE_CHECKING

from archive_gen.markdown_text import addresses_in, without_addresses

if TYPE_CHECKING:
    from collections.abc import Iterable

_GONE = "(…)"
"""In brackets with which no value of YAML begins as anything but a text."""
_ESCAPES = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_TAGS = re.compile(r"<[^<>]{0,200}>")
_MARKS = re.compile(r"[*_\[\]]")
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Soft hyphens, joiners and marks of direction."""
_SEAM = rf"(?:[\\*_\[{_UNSEEN}]|\](?:\((?:https?://|mailto:)[^\s()]*\))?)*"
"""What may stand between two characters: an escape, what opens or closes stress or a link, and
what nobody sees."""
_MARKDOWN = re.compile(r"\\.|\*+|(?<![^\W_])_+|_+(?![^\W_])|\[|\]\([^\s()]*\)", re.DOTALL)
_UNSEEN_ONE = re.compile(f"[{_UNSEEN}]")


def pattern_of(passage: str) -> re.Pattern[str]:
    """``passage`` with any white space, in any case, its accents with their letters or behind them,
    with the escapes of each format, and marks of links and stress anywhere in it."""
    seen = unicodedata.normalize("NFC", _UNSEEN_ONE.sub("", passage))
    bare = _MARKS.sub("", without_addresses(seen)) or seen
    words = (_SEAM.join(map(_spelt, word)) for word in bare.split())
    gap = rf"{_SEAM}(?:\s|&nbsp;|>\s)+{_SEAM}"
    return re.compile(r"\\?" + gap.join(words), re.IGNORECASE)


def _spelt(character: str) -> str:
    """A pattern for a character as it is, doubled as YAML has it, or as a reference of HTML."""
    if character.isascii() and character.isalnum():
        return character
    names = (name for name, meant in html5.items() if meant == character and name[-1] == ";")
    references = (f"#0*{ord(character)};", f"#x0*{ord(character):x};", *names)
    forms = dict.fromkeys((character, unicodedata.normalize("NFD", character)))
    plain = "''?" if character == "'" else "|".join(map(re.escape, forms))
    return f"(?:{plain}|&(?:{'|'.join(references)}))"


def replaced(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """``text`` with a mark in place of what ``patterns`` find."""
    for pattern in patterns:
        text = pattern.sub(_mark, text)
    return text


def _mark(match: re.Match[str]) -> str:
    """What stands in place of a passage: with what opens in it and closes behind it, and with
    what it closes."""
    text = match[0]
    opened: list[str] = []
    closed = []
    for found in _MARKDOWN.finditer(text):
        mark = found[0]
        if mark[0] == "\\":
            continue
        opening = "[" if mark[0] == "]" else mark
        if mark != "[" and opening in opened:
            opened.remove(opening)
        elif mark == "[" or (mark[0] in "*_" and text[found.start() - 1].isspace()):
            opened.append(mark)
        else:
            closed.append(mark)
    return "".join([*opened, _GONE, *closed])


def sought(passage: str) -> str:
    """A passage as it stands in what ``plain`` makes of a text that holds it."""
    return plain(without_addresses(passage))


def plain(text: str) -> str:
    """A text without escapes, tags, white space and what nobody sees, for comparing.

    The addresses of links, which part its words, stand at its end.
    """
    text = _TAGS.sub("", html.unescape(_ESCAPES.sub(_unescaped, text)))
    text = "".join([_MARKS.sub("", without_addresses(text)), *addresses_in(text)])
    text = unicodedata.normalize("NFKC", _UNSEEN_ONE.sub("", text))
    return "".join(text.casefold().split())


_STRIDE = 16
_PIECE = 16


class Passages:
    """Many passages, looked for in many texts at once.

    Of a text only each sixteenth piece is looked at: whatever passage it holds has one of them
    among its first sixteen, if it is as long as that. So ten thousand take no longer than ten.
    """

    def __init__(self, passages: Iterable[str]) -> None:
        self._sought = [(passage, sought(passage)) for passage in passages]
        self._short: set[int] = set()
        self._by_piece: dict[str, list[int]] = {}
        for number, (_, word) in enumerate(self._sought):
            if len(word) < _STRIDE + _PIECE - 1:
                self._short.add(number)
                continue
            for start in range(_STRIDE):
                self._by_piece.setdefault(word[start : start + _PIECE], []).append(number)

    def first_in(self, text: str) -> str | None:
        """The first of them that ``text`` holds, however it is written there."""
        text = plain(text)
        pieces = {text[start : start + _PIECE] for start in range(0, len(text), _STRIDE)}
        likely = self._short.union(*(self._by_piece[p] for p in pieces & self._by_piece.keys()))
        held = (self._sought[number] for number in sorted(likely))
        return next((passage for passage, word in held if word in text), None)


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    return " " if match[2] in "nrt" else match[2]

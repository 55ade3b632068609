"""What a scraper left of HTML in the text of a page: ``It&#8217;s``, ``<b>``, ``<br/>``, ``<p>``.

Many take out some tags and no more. A text that was read well has such signs where it speaks of
HTML; so escaped signs count only where all of its ampersands are of them, or several mean something
else than syntax, and a tag only if it is closed, one of a block also only if it begins a line.
"""

from __future__ import annotations

import html
import re
from html.entities import name2codepoint

_ESCAPED = re.compile(r"&(?:([A-Za-z]{2,8}\d{0,2})|#\d{2,7}|#[xX][\dA-Fa-f]{2,6});")
_OF_SYNTAX = frozenset(("&amp;", "&lt;", "&gt;", "&#38;", "&#60;", "&#62;"))
"""What texts on HTML have, too."""
_LEAST = 3
"""Escaped signs other than these that no text has which was read well."""
_TWICE = 2
"""So often a page may have escaped its text."""
_OF_LINES = r"p|div|h[1-6]|li|ul|ol|blockquote|section|article"
_WITHIN_LINES = "a|abbr|b|big|cite|em|font|i|nobr|q|small|span|strike|strong|sub|sup|u"
_BREAKS = "br|hr"
_TAG = re.compile(
    rf"<(?P<close>/?)(?P<name>{_BREAKS}|{_OF_LINES}|{_WITHIN_LINES})(?:\s*/?|\s+[A-Za-z][^<>\n]*)>",
    re.IGNORECASE,
)
_BLOCK_BEGINS_A_LINE = re.compile(rf"^[ \t]*<({_OF_LINES})[\s>]", re.IGNORECASE | re.MULTILINE)
_ENDS_LINE = re.compile(f"{_BREAKS}|{_OF_LINES}", re.IGNORECASE)


def stripped(text: str) -> str:
    """``text`` without tags, of which those of blocks part lines, and with signs as they were
    meant."""
    if "<" in text:
        text = _without_tags(text)
    for _ in range(_TWICE):
        if "&" not in text or not _is_escaped(text):
            break
        text = html.unescape(text)
    return text


def _is_escaped(text: str) -> bool:
    signs = [sign[0] for sign in _ESCAPED.finditer(text) if not sign[1] or _is_known(sign[1])]
    meant = sum(sign not in _OF_SYNTAX for sign in signs)
    return meant >= _LEAST or len(signs) == text.count("&")


def _is_known(name: str) -> bool:
    return name in name2codepoint or name == "apos"


def _without_tags(text: str) -> str:
    names = _names_of_tags(text)
    if not names:
        return text
    return "\n".join(_line_without(line, names) for line in text.split("\n"))


def _names_of_tags(text: str) -> set[str]:
    """The names of elements that are left, in small letters."""
    opened, closed = set[str](), set[str]()
    for tag in _TAG.finditer(text):
        (closed if tag["close"] else opened).add(tag["name"].lower())
    blocks = {name.lower() for name in _BLOCK_BEGINS_A_LINE.findall(text)}
    return {
        name
        for name in opened
        if re.fullmatch(_BREAKS, name)
        or (name in closed and (name in blocks or not re.fullmatch(_OF_LINES, name)))
    }


def _line_without(line: str, names: set[str]) -> str:
    """A line without these tags; several if tags part it."""
    if "<" not in line:
        return line
    parts = _TAG.sub(lambda tag: _in_place_of(tag, names), line).split("\n")
    return "\n".join(filter(None, map(str.strip, parts))) if len(parts) > 1 else parts[0]


def _in_place_of(tag: re.Match[str], names: set[str]) -> str:
    if tag["name"].lower() not in names:
        return tag[0]
    return "\n" if _ENDS_LINE.fullmatch(tag["name"]) else ""

"""Pages that a program turned into Markdown: menus, teasers, links and pictures, all of it.

html2text, markdownify, Turndown, Pandoc and the services that crawl by them write such. What is
made of it are the lines that a plain dump of the page has, which cleaning knows.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FEW = 8
"""Links: with fewer a text may be one that only speaks of Markdown."""
_ADDRESSED = re.compile(r"\]\(\s*<?[^\s()#<]")
"""The end of a link, but not of one to a place of the same text."""
_LINES_OF_A_PAGE = 20
"""Lines that are nothing but links: so many at least has a page that ends in ``.md``, …"""
_SHARE_OF_A_PAGE = 0.25
"""… such a share of all, …"""
_AROUND = 3
"""… and so many on either side of its first paragraph: a person begins with words, or has a list
of links and no more."""
_PARAGRAPH = 25
"""Words."""
_SIGNS = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
_HIDDEN = {sign: chr(0xFDD0 + at) for at, sign in enumerate(_SIGNS)}
"""What is escaped is no mark: meanwhile a character stands for it that no text may have."""
_SHOWN = {ord(hidden): sign for sign, hidden in _HIDDEN.items()}
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BEGINS, _ENDS = "\x02", "\x03"
"""Around the text of a link."""
_TOLD = r"\{(?>(?:[^{}\"]++|\"[^\"]*\")*)\}"
"""What Pandoc tells of an element: its names, and what its page calls it."""
_TEXT = r"\[((?>(?:[^\[\]]++|\[[^\[\]]*\])*))\]"
_TITLED = (
    r"\s*+(?:<[^<>\n]*>|(?>(?:[^()\s]++|\([^()\s]*\))*))\s++"
    r"\"(?>(?:[^\"]|\"(?!\s*\))){0,500})\"\s*+"
)
_BALANCED = r"(?>(?:[^()]++|\((?>(?:[^()]++|\([^()]*\))*)\))*)"
_PLACE = rf"\((?:{_TITLED}|{_BALANCED})\)(?:{_TOLD})?"
_PICTURE = re.compile(rf"!{_TEXT}{_PLACE}")
_LINK = re.compile(rf"{_TEXT}{_PLACE}")
_DEEP = 2
"""So often a link may stand in the text of another, as boxes that can be clicked have it."""
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]*)>")
_DEFINED = re.compile(
    r"^ {0,3}\[([^\[\]\n]+)\]:[ \t]+\S+(?:[ \t]+\"[^\"\n]*\")?[ \t]*$", re.MULTILINE
)
_REFERENCE = re.compile(r"!?\[([^\[\]]*)\] ?\[([^\[\]]*)\]")
_SPAN = re.compile(rf"{_TEXT}{_TOLD}")
_OF_PANDOC = re.compile(
    rf"(`++)[^`]*+\1\{{=html\}}|^`{{3,}}[ ]*\{{=html\}}\n[^`]*+`{{3,}}$"
    rf"|^[ \t]*:{{3,}}[ \t]*(?:{_TOLD}|[\w-]++)?|[ \t]\{{[#.][^{{}}\n]*+\}}[ \t]*$",
    re.MULTILINE,
)
_AS_PANDOC = (":::", "]{", "{=html}")
_PARTS = re.compile(
    r"([*_-])(?:[ \t]*\1){2,}|=+|-+|:::.*|\|?(?:[ \t]*:?-+:?[ \t]*\|)*(?:[ \t]*:?-+:?)?"
)
"""A line that underlines, or parts: paragraphs, rows of a table, parts of a page."""
_QUOTED = re.compile(r"\A\s*(?:>\s?)+")
_ITEM = re.compile(r"\A\s*(?:[*+-](?:\s+|$))+")
_HEADING = re.compile(r"\s*#{1,6}(?:\s+|$)")
_BEGINS_LINE = re.compile(rf"\s*\d{{1,3}}[.)]\s|{_HEADING.pattern}")
_BROKEN = ("  ", "\\")
"""With these ends a line that was meant to end."""
_CELL = 12
"""Words: a cell with more is one of a table that lays out a page."""
_STRESSED = re.compile(
    r"\*\*(?=[^\s*])([^*]*+)(?<=\S)\*\*"
    r"|(?<![\w*])\*{1,3}(?=[^\s*])([^*]*+)(?<=\S)\*{1,3}(?![\w*])"
    r"|(?<!\w)_{1,3}(?=[^\s_])([^_]*+)(?<=\S)_{1,3}(?!\w)"
)
_LEFT = re.compile(r"(?<!\S)(?:_+|\*{2,4})(?!\S)|(?<=[^\s*])\*{4}(?![*\w])|(?<![\w*])\*{2,3}(?=\w)")
"""Stress on nothing, as of a sign that a page shows by its style; or that nothing ends."""
_LINKED = re.compile(f"{_BEGINS}[^{_BEGINS}{_ENDS}]*{_ENDS}")
_PARTED_WORD = re.compile(r"[^\W\d_]-")


class _Line(NamedTuple):
    text: str
    is_link: bool = False
    """Whether it says nothing but what is a link."""


def unmarked(text: str) -> str:
    """The lines that a page shows of which ``text`` is Markdown; any other text as it is."""
    return shown(text) if _has_links(text) else text


def shown(text: str) -> str:
    """The lines of a page in Markdown, without pictures, addresses, marks; a paragraph is one."""
    return "\n".join(line.text for line in _lines(text))


def is_page(text: str) -> bool:
    """Whether Markdown clearly is a page, and nothing that a person wrote: lines of links stand
    above and below its first words."""
    if not _has_links(text):
        return False
    lines = [line for line in _lines(text) if line.text]
    above = len(list(takewhile(lambda line: not _is_paragraph(line), lines)))
    sides = [sum(line.is_link for line in side) for side in (lines[:above], lines[above:])]
    least = max(_LINES_OF_A_PAGE, _SHARE_OF_A_PAGE * len(lines))
    return min(sides) >= _AROUND and sum(sides) >= least


def _is_paragraph(line: _Line) -> bool:
    return not line.is_link and len(line.text.split()) >= _PARAGRAPH


def _has_links(text: str) -> bool:
    return text.count("](") >= _FEW and len(_ADDRESSED.findall(text)) >= _FEW


def _lines(text: str) -> Iterator[_Line]:
    """The lines that a reader sees, blank ones included."""
    paragraph: list[str] = []
    for line in [*_without_addresses(text).split("\n"), ""]:
        line = _QUOTED.sub("", line, count=1)
        bare = _ITEM.sub("", line, count=1)
        said = _plain(bare)
        is_blank, is_row = bool(_PARTS.fullmatch(said.strip())), said.startswith("|")
        begins = is_row or bare != line or bool(_BEGINS_LINE.match(said))
        if paragraph and (is_blank or begins):
            yield from _joined(paragraph)
            paragraph = []
        if is_blank:
            yield _Line("")
        elif is_row:
            yield from map(_line, _cells(bare))
        else:
            paragraph.append(bare)
            if bare.endswith(_BROKEN):
                yield from _joined(paragraph)
                paragraph = []


def _without_addresses(text: str) -> str:
    """``text`` without pictures, each link as its text between two signs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _ESCAPED.sub(lambda sign: _HIDDEN[sign[1]], text)
    text = _PICTURE.sub("", text)
    for _ in range(_DEEP):
        text = _LINK.sub(rf"{_BEGINS}\1{_ENDS}", text)
    text = _AUTOLINK.sub(r"\1", text)
    if names := {name.casefold() for name in _DEFINED.findall(text)}:
        text = _REFERENCE.sub(lambda link: _referred(link, names), _DEFINED.sub("", text))
    if any(map(text.__contains__, _AS_PANDOC)):
        for _ in range(_DEEP):
            text = _SPAN.sub(r"\1", text)
        text = _OF_PANDOC.sub("", text)
    return text


def _referred(link: re.Match[str], names: set[str]) -> str:
    """The text of a link by name, nothing of a picture; what has no address stays."""
    if (link[2] or link[1]).casefold() not in names:
        return link[0]
    return "" if link[0].startswith("!") else f"{_BEGINS}{link[1]}{_ENDS}"


def _plain(line: str) -> str:
    return line.replace(_BEGINS, "").replace(_ENDS, "")


def _cells(row: str) -> list[str]:
    """The lines of a row: cells with data are one, those that lay out a page one each."""
    cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
    if any(len(cell.split()) > _CELL for cell in cells):
        return cells
    return ["  ".join(filter(None, cells))]


def _joined(lines: Sequence[str]) -> list[_Line]:
    """The line that a paragraph is; lines that are links alone are several."""
    if len(lines) > 1 and all(map(_is_link_alone, lines)):
        return [_line(line) for line in lines]
    text = ""
    for line in map(str.strip, lines):
        text += line if not text or _PARTED_WORD.fullmatch(text[-2:]) else f" {line}"
    return [_line(text)]


def _is_link_alone(line: str) -> bool:
    line = line.strip()
    return line.startswith(_BEGINS) and line.find(_ENDS) == len(line) - 1


def _line(text: str) -> _Line:
    """A line without marks."""
    is_link = _BEGINS in text and not any(map(str.isalnum, _LINKED.sub("", text)))
    plain = _plain(text).rstrip("\\")
    if heading := _HEADING.match(plain):
        plain = plain[heading.end() :].rstrip(" #")
    for _ in range(_DEEP if "*" in plain or "_" in plain else 0):
        plain = _STRESSED.sub(lambda said: said[1] or said[2] or said[3], plain)
    return _Line(_LEFT.sub("", plain).translate(_SHOWN).strip(), is_link)

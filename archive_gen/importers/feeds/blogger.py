"""The captions of Blogger, which are cells of tables."""

from __future__ import annotations

import re

_START = re.compile(r"<table\b[^<>]*\bclass=[\"'][^\"'<>]*\btr-caption-container\b[^<>]*>", re.I)
_END = "</table>"
_PICTURE = re.compile(r"(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?", re.I)
_CAPTION = re.compile(r"<td\b[^<>]*\bclass=[\"'][^\"'<>]*\btr-caption(?=[\s\"'])[^<>]*>", re.I)
_END_OF_CELL = re.compile(r"</td\b|</tr\b", re.I)


def with_figures(text: str) -> str:
    """``text`` with figures in place of the tables in which Blogger puts a picture above its
    caption."""
    before, *parts = _START.split(text)
    return "".join([before, *map(_with_figure, parts)])


def _with_figure(text: str) -> str:
    """A text that begins within such a table."""
    table, end, rest = text.partition(_END)
    picture, caption = _PICTURE.search(table), _CAPTION.search(table)
    if not (end and picture and caption):
        return f"<table>{text}"
    said = _END_OF_CELL.split(table[caption.end() :], maxsplit=1)[0]
    return f"<figure>{picture[0]}<figcaption>{said}</figcaption></figure>{rest}"

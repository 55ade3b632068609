"""The pieces that a page of a PDF draws → its lines, in whichever direction they are read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from math import inf
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CELLS = "\t"
"""Between the cells of a row."""
_GAP = 2
"""How far the cells of a table are apart, at least, in sizes of letters."""
_NARROW, _WIDE, _LAST_NARROW = 0.55, 1.0, "\u2e80"
_LEFTWARD = frozenset(("R", "AL"))
"""What Unicode calls letters that are written from right to left."""
_NO_LETTERS = re.compile(r"\W+")
_OPENING, _CLOSING = "([{«‹", ")]}»›"
_BRACKET = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]")
_SPACED = re.compile(f"([{re.escape(_OPENING)}]) | ([{re.escape(_CLOSING)}])")
_STOP = re.compile(r" ([.,:;!?،؛؟]) ?(?!\d)")
_MIRRORED = str.maketrans(_OPENING + _CLOSING, _CLOSING + _OPENING)
_FORMS = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]")
"""Hebrew and Arabic letters in the form that they have in their place in a word."""


class Line(NamedTuple):
    """A line of a page, or a piece of one; lengths are in the page's own unit."""

    words: str
    along: float
    """Where it begins, on the way on which it is read, however the page is turned."""
    up: float
    """How high it stands."""
    size: float
    """Of its letters."""
    is_bold: bool = False
    """Whether the name of its font says so."""


def lines_of(pieces: Sequence[Line]) -> Iterator[Line]:
    """The lines of which these are pieces."""
    found = list(_pieces_of_lines(pieces))
    if _is_leftward("".join(piece.words for piece in pieces)):
        yield from _leftward(found)
    else:
        yield from (_begun(line, _said(line)) for line in found)


def _pieces_of_lines(pieces: Iterable[Line]) -> Iterator[list[Line]]:
    """The pieces of each line that says something."""
    line: list[Line] = []
    for piece in pieces:
        first, *more = piece.words.split("\n")
        line.append(piece._replace(words=first))
        for words in more:
            if _said(line).strip():
                yield line
            line = [piece._replace(words=words)]
    if _said(line).strip():
        yield line


def _said(pieces: Iterable[Line]) -> str:
    """The words of a line, with tabs where the cells of a table are apart."""
    words: list[str] = []
    end = inf
    for piece in pieces:
        if piece.words.strip():
            if piece.along - end > _GAP * piece.size:
                words.append(CELLS)
            end = piece.along + piece.size * sum(map(_width, piece.words))
        words.append(piece.words)
    return "".join(words)


def _width(letter: str) -> float:
    """About how wide a letter is, in sizes; rather too wide."""
    return _WIDE if letter.isupper() or letter > _LAST_NARROW else _NARROW


def _begun(line: Iterable[Line], words: str) -> Line:
    """``words`` where the pieces of their line begin."""
    return next(piece for piece in line if piece.words.strip())._replace(words=words.strip())


def _is_leftward(words: str) -> bool:
    """Whether most letters are of a script that is written from right to left."""
    kinds = Counter(map(unicodedata.bidirectional, words))
    return sum(kinds[kind] for kind in _LEFTWARD) > kinds["L"]


def _leftward(lines: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """The lines of a page that is read from right to left.

    Some programs tell of a bracket how it looks there, which is as its counterpart: then the first
    of the page is one that closes.
    """
    read = [_from_right(line) for line in lines]
    bracket = next(filter(None, map(_BRACKET.search, filter(_has_leftward, read))), None)
    is_mirrored = bracket is not None and bracket[0] in _CLOSING
    for line, words in zip(lines, read, strict=True):
        turned = " ".join((words.translate(_MIRRORED) if is_mirrored else words).split())
        tidy = _SPACED.sub(r"\1\2", _STOP.sub(r"\1 ", turned))
        whole = _FORMS.sub(lambda form: unicodedata.normalize("NFKC", form[0]), tidy)
        yield _begun(line, whole if _has_leftward(words) else words)


def _from_right(line: Sequence[Line]) -> str:
    """The words of a line, of which a page has the pieces from left to right, mostly, and so the
    signs in a piece without letters."""
    if not _has_leftward(_said(line)):
        return _said(line)
    found = sorted((piece for piece in line if piece.words), key=lambda piece: piece.along)
    parts = (piece.words for piece in reversed(found))
    return "".join(part[::-1] if _NO_LETTERS.fullmatch(part) else part for part in parts)


def _has_leftward(words: str) -> bool:
    return not _LEFTWARD.isdisjoint(map(unicodedata.bidirectional, words))

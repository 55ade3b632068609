"""The pieces that a page of a PDF draws → its lines, in whichever direction they are read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from archive_gen.scripts import KANA_AND_HAN, WIDE_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CELLS = "\t"
"""Between the cells of a row."""
_ALIGNED = 0.35
"""How far, at most, cells of one column begin from each other, in sizes of letters."""
_FEWEST_CELLS = 5
"""Rows and columns of such a table together, at least."""
_PIECES_OF_ITEM, _LONGEST_MARK = 2, 3
"""Pieces of an item of a list, of which the first is its number or bullet, and its letters."""
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


_MARKS = f"{WIDE_MARKS}“”‘’"
_LETTERS = f"{KANA_AND_HAN}{_MARKS}"
_AROUND_MARK = re.compile(f"(?<=[{_LETTERS}]) +(?=[{_MARKS}])|(?<=[{_MARKS}]) +(?=[{_LETTERS}])")
"""Blanks beside a mark of Chinese or Japanese: the library reads them out of its own room."""
_KANA_OR_HAN = re.compile(f"[{KANA_AND_HAN}]")


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
    """Whether the names of all its fonts say so."""


def lines_of(pieces: Sequence[Line]) -> Iterator[Line]:
    """The lines of which these are pieces."""
    found = list(_pieces_of_lines(pieces))
    if _is_leftward("".join(piece.words for piece in pieces)):
        yield from _leftward(found)
    else:
        rows = _rows(found)
        told = (_row(line) if at in rows else _said(line) for at, line in enumerate(found))
        yield from map(_begun, found, told)


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


def _rows(lines: Sequence[Sequence[Line]]) -> frozenset[int]:
    """The lines of which each piece begins right above or below one of the next: the cells of a
    narrow table are no further apart than words. Of two columns there have to be three rows."""
    cells = [_cells(line) for line in lines]
    found: list[int] = []
    run = [0]
    for at in range(1, len(lines) + 1):
        if at < len(lines) and _are_columns(cells[at - 1], cells[at]):
            run.append(at)
            continue
        if len(run) > 1 and len(run) + len(cells[run[0]]) >= _FEWEST_CELLS:
            found += run
        run = [at]
    return frozenset(found)


def _are_columns(above: Sequence[Line], below: Sequence[Line]) -> bool:
    near = len(above) == len(below) > 1 and all(
        abs(one.along - other.along) < _ALIGNED * one.size
        for one, other in zip(above, below, strict=True)
    )
    is_list = len(above) == _PIECES_OF_ITEM and len(above[0].words.strip()) <= _LONGEST_MARK
    return near and not is_list


def _cells(line: Iterable[Line]) -> list[Line]:
    return [piece for piece in line if piece.words.strip()]


def _row(line: Iterable[Line]) -> str:
    return CELLS.join(piece.words.strip() for piece in _cells(line))


def _width(letter: str) -> float:
    """About how wide a letter is, in sizes; rather too wide."""
    return _WIDE if letter.isupper() or letter > _LAST_NARROW else _NARROW


def _begun(line: Iterable[Line], words: str) -> Line:
    """``words`` where the pieces of their line begin."""
    pieces = _cells(line)
    is_bold = all(piece.is_bold for piece in pieces)
    words = _AROUND_MARK.sub("", words) if _KANA_OR_HAN.search(words) else words
    return pieces[0]._replace(words=words.strip(), is_bold=is_bold)


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

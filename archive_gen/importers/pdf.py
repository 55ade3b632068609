"""A PDF: the text of its pages, in the order in which the program that made it wrote it.

What is cleaned, and kept as the original, is that text, as of a text file with form feeds between
pages.
"""

from __future__ import annotations

import io
import logging
from collections import Counter
from itertools import chain, groupby, pairwise, zip_longest
from math import hypot, inf
from typing import TYPE_CHECKING, Any, NamedTuple

from archive_gen.importers import text
from archive_gen.importers.base import damaged, of_one_document
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pypdf import PageObject

    from archive_gen.importers.base import Found

_LARGE = 1.15
"""How many times as large as those of most lines the letters of a heading are, at least."""
_ALIKE = 0.9
"""How large the letters of one line are beside those of the next in a heading; a machine that
reads print measures each line."""
_HEADING = 6
"""No heading has more lines."""
_APART = 1.25
"""How many times as far as most lines paragraphs are from each other, at least."""
_FAR = 3
"""So many sizes of their letters no two lines of a paragraph are from each other."""
_OFTEN = 0.1
"""The share of all lines."""
_INDENT, _MOST_INDENT = 0.7, 4
"""How far the first line of a paragraph may stand out, in sizes of its letters."""
_MOST_PAGES = 2000
_MOST_STEPS = 5_000_000
"""Letters, and orders to draw something, of all pages: to read one takes microseconds. …"""
_A_STEP = 16
"""… So do as many bytes of what says how to draw, as most orders have about as many."""
# The library tells of each fault that it mends.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class _Line(NamedTuple):
    """A line of a page, or a piece of one; lengths are in the page's own unit."""

    words: str
    along: float
    """Where it begins, on the way on which it is read, however the page is turned."""
    up: float
    """How high it stands."""
    size: float
    """Of its letters."""


class _TooMuchError(Exception):
    """There is more than any article has."""


@of_one_document
def read(name: str, data: bytes) -> Iterator[Found]:
    """The one article of the document, or all that a press database put into it."""
    from pypdf.errors import FileNotDecryptedError

    try:
        written = _text_of(list(_pages(data)))
    except FileNotDecryptedError:
        yield Problem(name, 0, "is locked with a password", "save it without one")
    except _TooMuchError as error:
        yield Problem(name, 0, f"has more than {error}, which no article has", "divide it")
    except Exception as error:  # the library may stumble in any way over a broken file
        yield damaged(name, str(error) or "it is no PDF")
    else:
        if written.strip():
            yield from text.articles(name, written)
        else:
            hint = "let a machine read it first: ocrmypdf FILE FILE"
            yield Problem(name, 0, "has no text, only pictures", hint)


def _pages(data: bytes) -> Iterator[list[_Line]]:
    """The lines of each page."""
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(data)).pages
    if len(pages) > _MOST_PAGES:
        raise _TooMuchError(f"{_MOST_PAGES:,} pages")
    left = _MOST_STEPS

    def spend(steps: int) -> None:
        nonlocal left
        left -= steps
        if left < 0:
            raise _TooMuchError(f"{_MOST_STEPS:,} letters and strokes")

    for page in pages:
        yield list(_lines(_pieces(page, spend)))


def _pieces(page: PageObject, spend: Callable[[int], None]) -> list[_Line]:
    """What the page writes, piece by piece, with ends of lines in some of them."""
    found: list[_Line] = []

    def visit(words: str, page_matrix: Any, matrix: Any, _font: object, size: float) -> None:
        spend(len(words))
        found.append(_Line(words, *_place(matrix, page_matrix, size)))

    contents = page.get_contents()
    if contents is not None:
        spend(len(contents.get_data()) // _A_STEP)
    page.extract_text(visitor_text=visit, visitor_operand_before=lambda *_: spend(1))
    return found


def _place(text: Sequence[float], page: Sequence[float], size: float) -> tuple[float, float, float]:
    """Where text begins, along its line and across, and how large its letters are: its matrix is
    one of the page's, which has one of its own (ISO 32000-2, 9.4.4)."""
    along_x, along_y, up_x, up_y, x, y = (
        text[row] * page[column] + text[row + 1] * page[column + 2] + own * page[column + 4]
        for row, own in ((0, 0), (2, 0), (4, 1))
        for column in (0, 1)
    )
    width, height = hypot(along_x, along_y) or 1, hypot(up_x, up_y) or 1
    along = (x * along_x + y * along_y) / width
    return along, (x * up_x + y * up_y) / height, round(size * height, 1)


def _lines(pieces: Iterable[_Line]) -> Iterator[_Line]:
    """The lines of which these are pieces."""
    line: list[_Line] = []
    for piece in pieces:
        first, *more = piece.words.split("\n")
        line.append(piece._replace(words=first))
        for words in more:
            yield from _joined(line)
            line = [piece._replace(words=words)]
    yield from _joined(line)


def _joined(pieces: Sequence[_Line]) -> Iterator[_Line]:
    """The line of some pieces; nothing where these are blank."""
    if begin := next((piece for piece in pieces if piece.words.strip()), None):
        yield begin._replace(words="".join(piece.words for piece in pieces).strip())


def _text_of(pages: Sequence[Sequence[_Line]]) -> str:
    """The lines with an empty one between paragraphs, those of a heading in one; form feeds between
    pages."""
    letters = Counter[int]()
    for line in chain(*pages):
        letters[round(line.size)] += len(line.words)
    heading = _LARGE * max(letters, key=lambda size: letters[size], default=0) or inf
    apart = _APART * _leading(two for lines in pages for two in pairwise(lines))
    written = []
    for lines in pages:
        between = _without_long_headings(_between(lines, heading, apart))
        words = (line.words for line in lines)
        written.append("".join(chain(*zip_longest(words, between, fillvalue=""))))
    return "\f".join(written)


def _leading(pairs: Iterable[tuple[_Line, _Line]]) -> float:
    """How far the lines of a paragraph are from each other, in sizes of their letters: as most
    are that are not much further apart; there may be more paragraphs of one line."""
    found = Counter(round(_down(*two), 1) for two in pairs if 0 < _down(*two) < _FAR)
    often = (down for down, number in found.items() if number >= _OFTEN * found.total())
    return min(often, default=_FAR)


def _between(lines: Sequence[_Line], heading: float, apart: float) -> Iterator[str]:
    """What stands between each two lines; letters of a heading have at least its size, and lines
    with more than ``apart`` between them belong to two paragraphs."""
    for at, (before, line) in enumerate(pairwise(lines)):
        smaller, larger = sorted((before.size, line.size))
        if smaller >= max(heading, _ALIKE * larger):
            yield " "
        elif larger >= heading or _down(before, line) > apart:
            yield "\n\n"
        else:
            yield "\n\n" if _is_indented(*lines[at : at + 3]) else "\n"


def _without_long_headings(between: Iterable[str]) -> Iterator[str]:
    """The same, but that text is no heading only because small print is most of a document."""
    for mark, found in groupby(between):
        run = list(found)
        yield from ["\n"] * len(run) if mark == " " and len(run) >= _HEADING else run


def _down(before: _Line, line: _Line) -> float:
    """How much lower a line stands than the one before, in sizes of its letters."""
    return (before.up - line.up) / (line.size or 1)


def _is_indented(before: _Line, line: _Line, after: _Line | None = None) -> bool:
    """Whether a line begins further along than those around it, as a paragraph does."""
    if after is None:
        return False
    unit = line.size or 1
    is_flush = abs(before.along - after.along) < _INDENT * unit
    return is_flush and _INDENT <= (line.along - after.along) / unit <= _MOST_INDENT

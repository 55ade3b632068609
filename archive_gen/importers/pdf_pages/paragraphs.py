"""The lines of a PDF → its text: which of them are of one paragraph, and which of one heading."""

from __future__ import annotations

from collections import Counter
from itertools import chain, groupby, pairwise, zip_longest
from math import inf
from typing import TYPE_CHECKING

from archive_gen.importers.pdf_pages.lines import CELLS
from archive_gen.scripts import are_in_a_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.importers.pdf_pages.lines import Line

_LARGE = 1.15
"""How many times as large as those of most lines the letters of a heading are, at least."""
_ALIKE = 0.9
"""How large the letters of one line are beside those of the next in a heading; a machine that
reads print measures each line."""
_WITHIN_HEADING = ("", " ")
"""What stands between the lines of one."""
_HEADING = 6
"""No heading has more lines."""
_APART = 1.25
"""How many times as far as most lines paragraphs are from each other, at least."""
_FAR = 3
"""So many sizes of their letters no two lines of a paragraph are from each other."""
_FAR_IN_HEADING = 2.2
"""The same of a heading."""
_OFTEN = 0.1
"""The share of all lines."""
_GOING_ON = frozenset(",-‐–—(")
"""Signs at which no paragraph ends."""
_SHORT = 0.8
"""How long the last line of a heading is beside the line below it, at most."""
_INDENT, _MOST_INDENT = 0.7, 4
"""How far the first line of a paragraph may stand out, in sizes of its letters."""


def text_of(pages: Sequence[Sequence[Line]]) -> str:
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


def _leading(pairs: Iterable[tuple[Line, Line]]) -> float:
    """How far the lines of a paragraph are from each other, in sizes of their letters: as most
    are that are not much further apart; there may be more paragraphs of one line."""
    found = Counter(round(_down(*two), 1) for two in pairs if 0 < _down(*two) < _FAR)
    often = (down for down, number in found.items() if number >= _OFTEN * found.total())
    return min(often, default=_FAR)


def _between(lines: Sequence[Line], heading: float, apart: float) -> Iterator[str]:
    """What stands between each two lines; letters of a heading have at least its size, and lines
    with more than ``apart`` between them belong to two paragraphs."""
    for at, (before, line) in enumerate(pairwise(lines)):
        smaller, larger = sorted((before.size, line.size))
        if CELLS in before.words and CELLS in line.words and _down(before, line) < _FAR:
            yield "\n"
        elif smaller >= max(heading, _ALIKE * larger) and _is_one_heading(before, line):
            yield "" if are_in_a_row(before.words, line.words) else " "
        elif larger >= heading or _down(before, line) > apart:
            yield "\n\n"
        else:
            is_new = _is_of_another_weight(before, line) or _is_indented(*lines[at : at + 3])
            yield "\n\n" if is_new else "\n"


def _is_one_heading(before: Line, line: Line) -> bool:
    """Whether two lines with large letters are of one heading, and no rows of a table."""
    is_near = _down(before, line) < _FAR_IN_HEADING
    return is_near and before.is_bold == line.is_bold and CELLS not in before.words + line.words


def _without_long_headings(between: Iterable[str]) -> Iterator[str]:
    """The same, but that text is no heading only because small print is most of a document."""
    for mark, found in groupby(between):
        run = list(found)
        yield from ["\n"] * len(run) if mark in _WITHIN_HEADING and len(run) >= _HEADING else run


def _down(before: Line, line: Line) -> float:
    """How much lower a line stands than the one before, in sizes of its letters."""
    return (before.up - line.up) / (line.size or 1)


def _is_of_another_weight(before: Line, line: Line) -> bool:
    """Whether a heading or a lead in bold type begins or ends between two lines, and no sentence
    with bold words goes on."""
    if before.is_bold == line.is_bold or line.words[:1].islower():
        return False
    if line.is_bold:
        return not before.words[-1:].isalnum() and before.words[-1:] not in _GOING_ON
    return len(before.words) < _SHORT * len(line.words)


def _is_indented(before: Line, line: Line, after: Line | None = None) -> bool:
    """Whether a line begins further along than those around it, as a paragraph does."""
    if after is None:
        return False
    unit = line.size or 1
    is_flush = abs(before.along - after.along) < _INDENT * unit
    return is_flush and _INDENT <= (line.along - after.along) / unit <= _MOST_INDENT

"""Where the tables of a text are: rows with bars around their cells, with tabs between them, or
with cells below each other.

Bars are what ``w3m`` and ``elinks`` draw, ``html2text`` and Markdown write; tabs are what browsers
copy and PDFs become; ``lynx`` leaves nothing but spaces.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby, pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from archive_gen.cleaning.base import Table
from archive_gen.scripts import KANA_AND_HAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Rows = Mapping[int, tuple[str, ...]]
    """Number of a line → its cells."""

_BARS = "|│┃║"
_BAR = re.compile(f"[{_BARS}]")
_BORDER = re.compile(r"[-=_+:*.| \u2500-\u257f]{3,}")
_RULE = re.compile(r":?-{2,}:?(?: ?\| ?:?-{2,}:?)+")
_TAB = re.compile(r" *\t *")
_OF_ITEM = re.compile(r"\(?\w{1,3}[.)]|[^\w\s]")
"""What stands before the items of a list."""
_FEWEST = 2
"""Rows, and columns."""
_FEWEST_ALIGNED = 3
"""The same where only spaces are between cells: such there are between a name and a date, too."""
_MOST_COLUMNS = 12
_MOST_WORDS = 12
"""Of a cell; bars may be around a note."""
_MOST_BETWEEN_BARS = 60
_NUMBERS = 0.25
"""The share of cells with a number, at least, where no bars say that it is a table."""
_ALIKE = 0.75
"""The share of rows that have as many cells as most."""
_FULL = 0.8
"""The share of cells that say something, where only spaces are between them."""
_MOST_ALIGNED = 200
"""Lines, and characters of a line; what is longer is no table that somebody could read."""
_HALVES = re.compile(f"[{KANA_AND_HAN}]")
"""Of a word, about, in scripts without spaces."""


class _Line(NamedTuple):
    number: int
    text: str
    kind: str
    """``bars``, ``tabs``, or neither."""


def find_tables(lines: Sequence[str]) -> Iterator[Table]:
    """The tables among the lines of a text, of which the first has the number 1."""
    piped = frozenset(_piped(lines))
    numbered = [
        _Line(n, line, "bars" if n in piped else _kind(line))
        for n, line in enumerate(lines, 1)
        if line.strip()
    ]
    for kind, run in groupby(numbered, key=lambda line: line.kind):
        if kind == "bars":
            table = _barred([*run])
            found = [table] if _is_table(table.rows, _FEWEST, _MOST_BETWEEN_BARS) else []
        elif kind == "tabs":
            table = Table({line.number: _cells(_TAB.split(line.text.rstrip())) for line in run})
            is_table = _is_table(table.rows, _FEWEST, _MOST_WORDS) and _has_numbers(table.rows)
            found = [table] if is_table else []
        else:
            found = [*_aligned(run)]
        yield from found


def words(text: str) -> int:
    """How many there are; for scripts without spaces, an estimate."""
    return len(text.split()) + len(_HALVES.findall(text)) // 2


def _kind(line: str) -> str:
    inside = line.strip()
    if not inside[0].isalnum():  # most are told by one letter
        is_row = inside[0] in _BARS and inside[-1] in _BARS
        if (is_row and len(_BAR.findall(inside)) > _FEWEST) or _BORDER.fullmatch(inside):
            return "bars"
    return "tabs" if "\t" in inside and _is_tabbed(_cells(_TAB.split(line))) else ""


def _is_tabbed(cells: Sequence[str]) -> bool:
    """Whether a line has cells, not only a tab behind its number or bullet, as an item of a list
    in a word processor."""
    told = [cell for cell in cells if cell]
    return len(told) > _FEWEST or (len(told) == _FEWEST and not _OF_ITEM.fullmatch(told[0]))


def _piped(lines: Sequence[str]) -> Iterator[int]:
    """The numbers of the lines of tables without bars at their edges: a rule tells of them."""
    done = 0
    for at, line in enumerate(lines):
        if at <= done or line[:1] not in "-:" or not _RULE.fullmatch(line.strip()):
            continue
        bars = line.count("|")
        ends = (below for below in range(at + 1, len(lines)) if lines[below].count("|") != bars)
        done = next(ends, len(lines))
        if lines[at - 1].count("|") == bars:
            yield from range(at, done + 1)


def _cells(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in parts)


def _is_table(rows: Rows, fewest: int, most_words: int) -> bool:
    """Whether there are several rows, nearly all as wide as each other, of short cells."""
    if len(rows) < fewest or any(words(cell) > most_words for row in rows.values() for cell in row):
        return False
    (width, times), *_ = Counter(map(len, rows.values())).most_common(1)
    return fewest <= width <= _MOST_COLUMNS and times >= _ALIKE * len(rows)


def _has_numbers(rows: Rows) -> bool:
    cells = [cell for row in rows.values() for cell in row if cell]
    return sum(any(map(str.isdigit, cell)) for cell in cells) >= _NUMBERS * len(cells)


# --- bars ---------------------------------------------------------------------------------------


def _barred(run: Sequence[_Line]) -> Table:
    """Rows between borders, which are none."""
    written = {line.number: line.text.strip() for line in run}
    borders = {number for number, text in written.items() if _BORDER.fullmatch(text)}
    texts = {number: text for number, text in written.items() if number not in borders}
    edge = 1 if all(text[0] in _BARS for text in texts.values()) else 0
    parts = {number: _BAR.split(text) for number, text in texts.items()}
    rows = {at: _cells(cells[edge : len(cells) - edge]) for at, cells in parts.items()}
    groups = [[*group] for is_row, group in groupby(written, key=rows.__contains__) if is_row]
    if _FEWEST < len(groups) < len(rows):
        rows = {group[0]: _in_one([rows[number] for number in group]) for group in groups}
    if any(cell.endswith("_") for row in rows.values() for cell in row):  # in place of spaces
        rows = {at: _cells(cell.replace("_", " ") for cell in row) for at, row in rows.items()}
    return Table(rows, tuple(number for number in written if number not in rows))


def _in_one(lines: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The row that takes several lines, as where each row has borders of its own."""
    return tuple(" ".join(filter(None, cells)) for cells in zip_longest(*lines, fillvalue=""))


# --- spaces -------------------------------------------------------------------------------------


def _aligned(run: Iterable[_Line]) -> Iterator[Table]:
    """Those of the paragraphs that are tables."""
    for lines in _paragraphs(run):
        if _FEWEST_ALIGNED <= len(lines) <= _MOST_ALIGNED and _may_be(lines):
            rows = dict(_cut(lines))
            is_table = _is_table(rows, _FEWEST_ALIGNED, _MOST_WORDS) and _has_numbers(rows)
            if is_table and _is_full(rows):
                yield Table(rows)


def _paragraphs(run: Iterable[_Line]) -> Iterator[list[_Line]]:
    """The lines between blank ones."""
    paragraph: list[_Line] = []
    for line in run:
        if paragraph and line.number != paragraph[-1].number + 1:
            yield paragraph
            paragraph = []
        paragraph.append(line)
    yield paragraph


def _is_full(rows: Rows) -> bool:
    """Whether few cells are empty: the lines of a short text end where they like."""
    cells = [cell for row in rows.values() for cell in row]
    return sum(map(bool, cells)) >= _FULL * len(cells)


def _may_be(lines: Sequence[_Line]) -> bool:
    """Whether some of the lines have wide gaps, and none is too long."""
    is_short = all(len(line.text) <= _MOST_ALIGNED for line in lines)
    return is_short and any("  " in line.text.strip() for line in lines)


def _cut(lines: Sequence[_Line]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Number of a line → its parts between what is blank in all of them."""
    width = max(len(line.text) for line in lines)
    texts = [line.text.ljust(width) for line in lines]
    blank = [all(text[at] == " " for text in texts) for at in range(width)]
    wide = [any(text[at : at + 2] == "  " for text in texts) for at in range(width)]
    starts = [
        at
        for at in range(width)
        if not blank[at] and (at == 0 or (blank[at - 1] and (at == 1 or wide[at - 2])))
    ]
    for line, text in zip(lines, texts, strict=True):
        yield line.number, _cells(text[a:b] for a, b in pairwise([*starts, width]))

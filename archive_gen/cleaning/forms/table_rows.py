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
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

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


def find_tables(lines: Sequence[str]) -> Iterator[Table]:
    """The tables among the lines of a text, of which the first has the number 1; in no order."""
    piped = frozenset(_piped(lines))
    kinds = {
        number: kind
        for number, line in enumerate(lines, 1)
        if not line[:1].isalnum() or "\t" in line or number in piped  # as few lines are
        if (kind := "bars" if number in piped else _kind(line))
    }
    for kind, run in _runs(lines, kinds):
        table = _barred(run) if kind == "bars" else _tabbed(run)
        if table:
            yield table
    yield from _aligned(lines, kinds)


def _runs(lines: Sequence[str], kinds: Mapping[int, str]) -> Iterator[tuple[str, list[_Line]]]:
    """Lines of one kind, with none but blank lines between them."""
    run: list[_Line] = []
    last = 0
    for number, kind in kinds.items():
        is_next = number == last + 1 or not any(map(str.strip, lines[last : number - 1]))
        if run and not (is_next and kinds[last] == kind):
            yield kinds[last], run
            run = []
        run.append(_Line(number, lines[number - 1]))
        last = number
    if run:
        yield kinds[last], run


def words(text: str) -> int:
    """How many there are; for scripts without spaces, an estimate."""
    return len(text.split()) + len(_HALVES.findall(text)) // 2


def _kind(line: str) -> str:
    """``bars`` or ``tabs`` if a line may be of such a table."""
    inside = line.strip()
    if not inside:
        return ""
    if not inside[0].isalnum():
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


# --- tabs ---------------------------------------------------------------------------------------


def _tabbed(run: Sequence[_Line]) -> Table | None:
    rows = {line.number: _cells(_TAB.split(line.text.rstrip())) for line in run}
    is_table = _is_table(rows, _FEWEST, _MOST_WORDS) and _has_numbers(rows)
    return Table(rows) if is_table else None


# --- bars ---------------------------------------------------------------------------------------


def _barred(run: Sequence[_Line]) -> Table | None:
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
    if not _is_table(rows, _FEWEST, _MOST_BETWEEN_BARS):
        return None
    return Table(rows, tuple(number for number in written if number not in rows))


def _in_one(lines: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The row that takes several lines, as where each row has borders of its own."""
    return tuple(" ".join(filter(None, cells)) for cells in zip_longest(*lines, fillvalue=""))


# --- spaces -------------------------------------------------------------------------------------


def _aligned(lines: Sequence[str], kinds: Container[int]) -> Iterator[Table]:
    """Those of the paragraphs with wide gaps that are tables, without lines of other ``kinds``."""
    done = 0
    for number, line in enumerate(lines, 1):
        if number <= done or "  " not in line or "  " not in line.strip():
            continue
        start = next((n for n in range(number, done, -1) if _ends(lines, n - 1, kinds)), done + 1)
        done = next(
            (n for n in range(number, len(lines)) if _ends(lines, n + 1, kinds)), len(lines)
        )
        paragraph = [_Line(n, lines[n - 1]) for n in range(start, done + 1)]
        is_short = all(len(line.text) <= _MOST_ALIGNED for line in paragraph)
        if is_short and _FEWEST_ALIGNED <= len(paragraph) <= _MOST_ALIGNED:
            rows = dict(_cut(paragraph))
            is_table = _is_table(rows, _FEWEST_ALIGNED, _MOST_WORDS) and _has_numbers(rows)
            if is_table and _is_full(rows):
                yield Table(rows)


def _ends(lines: Sequence[str], number: int, kinds: Container[int]) -> bool:
    """Whether a line is none of the paragraph beside it."""
    return number < 1 or number in kinds or not lines[number - 1].strip()


def _is_full(rows: Rows) -> bool:
    """Whether few cells are empty: the lines of a short text end where they like."""
    cells = [cell for row in rows.values() for cell in row]
    return sum(map(bool, cells)) >= _FULL * len(cells)


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

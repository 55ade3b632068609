"""The lines of a page as a person reads what became of them."""

from __future__ import annotations

import shutil
import unicodedata
from itertools import accumulate
from typing import TYPE_CHECKING

import click

from archive_gen.cleaning import BODY_LABELS, DROPPED_LABELS
from archive_gen.cli.shell import printable

if TYPE_CHECKING:
    from archive_gen.cleaning import Label, Line

_COLOURS = {"title": "cyan", "lead": "cyan", "caption": "blue", "credit": "blue", "table": "green"}
_GAP = "  "
_WITHOUT_TERMINAL = 160
"""Columns where nobody says how many there are, as in a pipe."""
_NARROWEST = 20
"""Columns of text that are shown on any terminal: of less nobody can judge a line."""


def explained(line: Line) -> str:
    """Number, keep or drop, label, how sure it is, and as much of a line as the terminal is wide;
    in colour."""
    label = line.label
    text = printable(" ".join(line.text.split()))
    kept = "drop" if label in DROPPED_LABELS else "keep"
    left = f"{line.line:>5}  {kept}  {label or '':<10}  {line.confidence:.2f}"
    room = shutil.get_terminal_size((_WITHOUT_TERMINAL, 0)).columns - len(left) - len(_GAP)
    return f"{click.style(left, fg=_colour(label))}{_GAP}{_cut(text, max(room, _NARROWEST))}"


def _cut(text: str, room: int) -> str:
    """As much of ``text`` as fits into ``room`` columns."""
    ends = list(accumulate(map(_columns, text)))
    if not ends or ends[-1] <= room:
        return text
    return text[: sum(end < room for end in ends)] + "…"


def _columns(character: str) -> int:
    """How many columns a terminal gives to a character."""
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _colour(label: Label | None) -> str:
    if label in DROPPED_LABELS:
        return "red"
    return "green" if label in BODY_LABELS else _COLOURS.get(label or "", "yellow")

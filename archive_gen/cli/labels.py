"""The lines of a page as a person reads what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archive_gen.cleaning import BODY_LABELS, DROPPED_LABELS
from archive_gen.cli.shell import printable

if TYPE_CHECKING:
    from archive_gen.cleaning import Label, Line

_COLOURS = {"title": "cyan", "lead": "cyan", "caption": "blue", "credit": "blue", "table": "green"}
_WIDTH = 66


def explained(line: Line) -> str:
    """Number, keep or drop, label, how sure it is, and the beginning of a line; in colour."""
    label = line.label
    text = printable(" ".join(line.text.split()))
    shown = text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
    kept = "drop" if label in DROPPED_LABELS else "keep"
    left = f"{line.line:>5}  {kept}  {label or '':<10}  {line.confidence:.2f}"
    return f"{click.style(left, fg=_colour(label))}  {shown}"


def _colour(label: Label | None) -> str:
    if label in DROPPED_LABELS:
        return "red"
    return "green" if label in BODY_LABELS else _COLOURS.get(label or "", "yellow")

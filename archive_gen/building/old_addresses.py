"""Addresses that articles had: noted by each build until they are written into the articles.

Without them a build knows only the last one: who had not written down an old address by then, had
lost it. They lie in ``.archive/moved.txt``, a line each: the old one, a space, the new one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from archive_gen.catalogue.changes import Move

_FILE = "moved.txt"


def note(folder: Path, moves: Iterable[Move]) -> None:
    """Add to what is ``noted`` in the ``folder`` of the state."""
    lines = "".join(f"{move.old} {move.new}\n" for move in moves)
    if lines:
        with (folder / _FILE).open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(lines)


def noted(folder: Path) -> dict[str, str]:
    """Old address → the one that the article had next."""
    try:
        text = (folder / _FILE).read_text("utf-8", "replace")
    except FileNotFoundError:
        return {}
    pairs = (line.split(" ") for line in text.splitlines())
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def forget(folder: Path) -> None:
    """Note none any more."""
    (folder / _FILE).unlink(missing_ok=True)

"""What a person decides about the lines of a source, written into its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.content import store
from archive_gen.intake.sources import with_decision
from archive_gen.problems import OperationError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from archive_gen.intake.sources import Decision


def save_decision(content: Path, file: str, line: str, decision: Decision) -> None:
    """Keep or drop ``line`` in the ``file`` of a source.

    Raises ``OperationError`` if that is written so that it can't be changed in place.
    """
    path = store.source_path(file)
    text = (store.read(content, path) or b"").decode("utf-8", "replace")
    try:
        changed = with_decision(text, line, decision)
    except ValueError as error:
        problem = Problem(f"content/{path}", 0, str(error), "change it by hand")
        raise OperationError(problem) from None
    store.write(content, path, changed.encode("utf-8"))

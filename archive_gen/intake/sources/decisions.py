"""What a person decides about the lines of a source, written into its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.content import disk, store
from archive_gen.intake.sources.source_files import parse_bytes, with_decision, with_links
from archive_gen.problems import OperationError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archive_gen.intake.sources.source_files import Decision


def save_decision(content: Path, file: str, line: str, decision: Decision) -> None:
    """Keep or drop ``line`` in the ``file`` of a source.

    Raises ``OperationError`` if that is written so that it can't be changed in place.
    """
    _save(content, file, lambda text: with_decision(text, line, decision))


def save_links(content: Path, file: str, decision: Decision) -> None:
    """Keep or drop the links of web pages of a source. Raises as ``save_decision`` does."""
    _save(content, file, lambda text: with_links(text, decision))


def _save(content: Path, file: str, change: Callable[[str], str]) -> None:
    path = store.source_path(file)
    text, source, problems = parse_bytes(disk.read(content, path) or b"", f"content/{path}")
    if source is None:
        raise OperationError(problems)
    try:
        changed = change(text)
    except ValueError as error:
        problem = Problem(f"content/{path}", 0, str(error), "change it by hand")
        raise OperationError(problem) from None
    disk.write(content, path, changed.encode("utf-8"))

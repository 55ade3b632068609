"""What a build did: the value that ``archive build`` prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.catalogue.changes import Move
    from archive_gen.problems import Problem

_TOLD = 3
"""Articles with another address that are named."""
_KEEP = "So that old addresses lead on, let 'archive addresses keep' write them into the articles."


@dataclass(slots=True)
class BuildReport:
    """What a build did. ``docs/building.md`` describes the fields."""

    output: str = ""
    """The folder that the site is in, below the archive's."""
    articles: int = 0
    drafts: int = 0
    pages: int = 0
    rendered: int = 0
    written: int = 0
    deleted: int = 0
    indexed: int = 0
    unindexed: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What a person should know, though nothing is wrong any more."""
    changes: dict[str, str] = field(default_factory=dict)
    """What the build took notice of → what became of it, as ``docs/building.md`` says."""
    rendered_by_kind: dict[str, int] = field(default_factory=dict)


def told_moved(moves: Sequence[Move]) -> list[str]:
    """What readers who come by an old address need."""
    if not moves:
        return []
    told = [
        f"content/{move.path} has another address; it had /{move.old}" for move in moves[:_TOLD]
    ]
    more = len(moves) - len(told)
    counted = [f"So have {more:,} more."] if more else []
    return [*told, *counted, _KEEP]

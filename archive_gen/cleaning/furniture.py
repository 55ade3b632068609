"""What the pages of one source repeat: lines that are the site's, not a story's.

Counts are mergeable: those of two batches add up to those of both, in any order.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive_gen.cleaning.base import Block

REPEATED = "repeated on this site"
"""The prompt of a block that its source repeats."""
ENOUGH = 3
"""A line of this many documents of a source is furniture, …"""
SHARE = 0.1
"""… if these are also so many of its documents: a large source has refrains of its own."""


@dataclass(slots=True)
class Counts:
    """How many documents of each source hold a line; a line counts once a document."""

    documents: Counter[str] = field(default_factory=Counter)
    """Source → documents."""
    lines: dict[str, Counter[str]] = field(default_factory=dict)
    """Source → key of a line → documents."""

    def add(self, source: str, keys: Iterable[str]) -> None:
        """Count one document by the keys of its lines."""
        self.documents[source] += 1
        self.lines.setdefault(source, Counter()).update(set(keys))

    def merge(self, other: Counts) -> None:
        """Add what was counted elsewhere."""
        self.documents.update(other.documents)
        for source, lines in other.lines.items():
            self.lines.setdefault(source, Counter()).update(lines)

    def furniture(self, source: str) -> frozenset[str]:
        """The keys of the lines that ``source`` repeats; empty for a source not seen."""
        least = max(ENOUGH, self.documents[source] * SHARE)
        return frozenset(k for k, n in self.lines.get(source, Counter()).items() if n >= least)


def table(counts: Counts) -> Mapping[str, frozenset[str]]:
    """Source → its furniture, for those that have some."""
    found = {source: counts.furniture(source) for source in sorted(counts.lines)}
    return {source: keys for source, keys in found.items() if keys}


def as_furniture(block: Block) -> Block:
    """``block``, as one that is nothing but a phrase of the page."""
    return dataclasses.replace(block, prompt=REPEATED, alone=True)

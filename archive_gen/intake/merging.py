"""Three ways into one: what cleaning wrote before, what stands in the file, what it writes now.

What a person changed stays. Where both changed the same place, a person's word counts, and the
place is told. The body goes paragraph by paragraph, after S. Khanna, K. Kunal and B. C. Pierce,
"A Formal Investigation of Diff3" (2007).
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive_gen.intake.provenance import KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archive_gen.article import Article


@dataclass(frozen=True, slots=True)
class Merged:
    """The article to write, as changes of the one in the file."""

    changes: Mapping[str, Any]
    """Front-matter key → new value."""
    body: str
    edits: tuple[str, ...]
    """What a person changed and keeps: front-matter keys, and ``body``."""
    conflicts: tuple[str, ...]
    """Those of them that cleaning would now change, too."""


def merge(base: Article, ours: Article, theirs: Article) -> Merged:
    """``ours`` is the file, ``theirs`` the new cleaning, ``base`` the cleaning before."""
    changes: dict[str, Any] = {}
    edits, conflicts = [], []
    for key in KEYS:
        before, mine, new = (getattr(article, key) for article in (base, ours, theirs))
        if mine == before and new != mine:
            changes[key] = new
        elif mine != before:
            edits.append(key)
            if new not in (before, mine):
                conflicts.append(key)
    body, clash = merge_bodies(base.body, ours.body, theirs.body)
    if ours.body != base.body:
        edits.append("body")
    if clash:
        conflicts.append("body")
    return Merged(changes, body, tuple(edits), tuple(conflicts))


def merge_bodies(base: str, ours: str, theirs: str) -> tuple[str, bool]:
    """The merged body, and whether both changed the same place."""
    if ours in (base, theirs):
        return theirs, False
    if theirs == base:
        return ours, False
    texts = tuple(text.split("\n\n") if text else [] for text in (base, ours, theirs))
    merged, clash = _merge(*texts)
    return "\n\n".join(merged), clash


def _merge(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> tuple[list[str], bool]:
    in_ours, in_theirs = _matches(base, ours), _matches(base, theirs)
    merged: list[str] = []
    clash = False
    at_base = at_ours = at_theirs = 0
    ends = (len(base), len(ours), len(theirs))
    anchors = [(i, in_ours[i], in_theirs[i]) for i in in_ours if i in in_theirs]
    for anchor in (*anchors, ends):
        before = base[at_base : anchor[0]]
        mine, new = ours[at_ours : anchor[1]], theirs[at_theirs : anchor[2]]
        merged += new if mine == before else mine
        clash |= mine != before and new not in (before, mine)
        merged += base[anchor[0] : anchor[0] + 1]
        at_base, at_ours, at_theirs = (place + 1 for place in anchor)
    return merged, clash


def _matches(one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Index in ``one`` → index in ``other`` of the paragraphs that stayed."""
    blocks = difflib.SequenceMatcher(None, one, other).get_matching_blocks()
    return {block.a + n: block.b + n for block in blocks for n in range(block.size)}

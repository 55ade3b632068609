"""What is looked for: the query as typed, or what was probably meant when nothing matches it.

First comes a better spelling of all the words, then most of the words, and last as many words as
some article has. What no article has is left out before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive_gen.search import correction, relaxing
from archive_gen.search.query import parse_made
from archive_gen.search.query_tree import All, Most, Node, in_titles

if TYPE_CHECKING:
    from archive_gen.search.correction import Words

_FEW = 10
"""So many articles leave room on the first page."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is looked for."""

    node: Node
    searched: str | None = None
    """The query that was searched, if it is not the one typed."""
    least: int = 0
    """So many of the words are enough; 0: all that the query asks for must match."""
    missing: tuple[str, ...] = ()
    """Parts of the query that no article has, when nothing matches all of it; of what is found with
    fewer words, as they are spelt there."""
    likeliest: str = ""
    """The query with all of its words, in the likeliest spelling."""


def meaning(text: str, node: Node, index: Words) -> Meaning:
    """The query as typed if anything matches, else what was probably meant."""
    if found := index.matches(node):
        is_slip = found <= _FEW and not index.matches(in_titles(node))
        wider = correction.widened(text, node, index) if is_slip else None
        return _spelt(wider) or Meaning(node)
    better = _spelt(correction.corrected(text, node, index))
    if better and index.matches(better.node):
        return better
    typed = Meaning(node, likeliest=text)
    # Where all words are known it may be a filter that leaves nothing, and no word be at fault.
    if better and not correction.unknown(node, index):
        better = None
    return _with_fewer([better, typed] if better else [typed], index)


def _spelt(text: str | None) -> Meaning | None:
    node = parse_made(text)
    return Meaning(node, text, likeliest=text or "") if node else None


def _with_fewer(asked: list[Meaning], index: Words) -> Meaning:
    """One of these with fewer words, the best spelling first; the query as typed is the last."""
    known = [_without_missing(meant, index) for meant in asked]
    fewer = [_most_met(meant, index) for meant in known]
    for meant in fewer:
        if _has_most(meant.node) and index.matches(meant.node):
            return meant
    for meant in fewer:
        if index.matches(meant.node):
            return meant
    return replace(asked[-1], missing=known[-1].missing, likeliest=asked[0].likeliest)


def _without_missing(meant: Meaning, index: Words) -> Meaning:
    known = relaxing.known(meant.likeliest, meant.node, index)
    searched = meant.searched if known.text == meant.likeliest else known.text
    return replace(meant, node=known.node, searched=searched, missing=known.missing)


def _most_met(meant: Meaning, index: Words) -> Meaning:
    if index.matches(meant.node):
        return meant
    node, least = relaxing.most_met(meant.node, index)
    return replace(meant, node=node, least=least)


def _has_most(node: Node) -> bool:
    """Whether most of the words are looked for together."""
    parts = node.parts if isinstance(node, All) else (node,)
    return not any(isinstance(p, Most) and 2 * p.least <= len(p.parts) for p in parts)

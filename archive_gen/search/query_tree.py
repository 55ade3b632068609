"""What a query asks for, as a tree: what ``query`` makes of a typed line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Text:
    """Words that stand together in this order; one word also matches its inflections."""

    text: str
    exact: bool = False
    """Quoted: no inflections."""
    title: bool = False
    """Only in titles."""


@dataclass(frozen=True, slots=True)
class Wild:
    """A word with ``*`` (any characters) and ``?`` (one)."""

    pattern: str
    title: bool = False


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word spelt with up to ``edits`` mistakes."""

    word: str
    edits: int
    title: bool = False


@dataclass(frozen=True, slots=True)
class Keyword:
    """An article's tag, source, author, place or language; ``*`` and ``?`` as in ``Wild``."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Dates:
    """Articles of the periods from ``first`` to ``last``, both included; empty is open."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Undated:
    """Articles whose date nobody knows."""


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that ``part`` does not match."""

    part: Node


@dataclass(frozen=True, slots=True)
class All:
    """Every part matches; without parts: every article."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part matches."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Most:
    """At least ``least`` of the parts match. Nobody types it: see ``relaxing``."""

    parts: tuple[Node, ...]
    least: int


Node = Text | Wild | Fuzzy | Keyword | Dates | Undated | Not | All | Any | Most


def leaves(node: Node) -> Iterator[Text | Wild | Fuzzy]:
    """The scored nodes of a tree."""
    if isinstance(node, (Text, Wild, Fuzzy)):
        yield node
    elif isinstance(node, (All, Any, Most)):
        for part in node.parts:
            yield from leaves(part)


def in_titles(node: Node) -> Node:
    """The same, asked of titles alone."""
    if isinstance(node, (Text, Wild, Fuzzy)):
        return replace(node, title=True)
    if isinstance(node, (All, Any, Most)):
        return replace(node, parts=tuple(map(in_titles, node.parts)))
    return node

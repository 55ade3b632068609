"""Links and stress within the lines of a page, noted while it is walked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

STRESS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
"""Element → what stands around its words in Markdown."""
MARKED = frozenset(("a", *STRESS))
"""Elements that say something of a part of a line."""
Marked: TypeAlias = "tuple[tuple[str, ...], tuple[tuple[int, int, Any], ...]]"
"""The parts in which a line was read, and from which part to before which each element marks it."""


class Markup:
    """What is open, and what was closed in the line that is being read.

    A line is read in parts. An element that holds several lines marks each; one in another of
    its kind marks nothing more.
    """

    def __init__(self) -> None:
        self._depth = {True: 0, False: 0}
        self._open: dict[bool, tuple[int, Any]] = {}
        """Whether it is a link → the part with which the outermost one begins."""
        self._closed: list[tuple[int, int, Any]] = []

    def enter(self, element: Any, part: int) -> None:
        """``element`` begins with part number ``part``."""
        is_link = element.tag == "a"
        if not self._depth[is_link]:
            self._open[is_link] = (part, element)
        self._depth[is_link] += 1

    def leave(self, element: Any, part: int) -> None:
        """``element`` ends before ``part``."""
        is_link = element.tag == "a"
        self._depth[is_link] -= 1
        if not self._depth[is_link]:
            start, opened = self._open.pop(is_link)
            if start < part:
                self._closed.append((start, part, opened))

    def take(self, parts: Sequence[str]) -> Marked | None:
        """What marks the line that ``parts`` make, if anything does; the next one begins."""
        for is_link, (start, element) in self._open.items():
            self._closed.append((start, len(parts), element))
            self._open[is_link] = (0, element)
        if not self._closed:
            return None
        marked = tuple(parts), tuple(self._closed)
        self._closed.clear()
        return marked

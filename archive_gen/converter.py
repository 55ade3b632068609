"""Python-Markdown as this archive uses it. What it makes is not safe: ``markup`` is the gate."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class _HeadingsFromTheSecondLevel(Treeprocessor):
    """Whatever levels a text uses, the highest becomes the second and none between is skipped."""

    def run(self, root: Element) -> None:
        used = {element.tag for element in root.iter() if element.tag in _HEADINGS}
        levels = {tag: f"h{min(level, 6)}" for level, tag in enumerate(sorted(used), start=2)}
        for element in root.iter() if used else ():
            element.tag = levels.get(element.tag, element.tag)


class _House(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (the library's name)
        md.treeprocessors.register(_HeadingsFromTheSecondLevel(md), "headings", 1)


_thread = threading.local()


def converter() -> markdown.Markdown:
    """One for each thread: a converter keeps notes while it works."""
    if not hasattr(_thread, "converter"):
        _thread.converter = markdown.Markdown(
            extensions=["sane_lists", "tables", _House()], output_format="html"
        )
    made: markdown.Markdown = _thread.converter
    return made

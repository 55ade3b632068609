"""ALTO: what a machine read on a page of print, with the place of each word.
https://www.loc.gov/standards/alto/

Its lines become those of a text, its blocks the paragraphs. Cleaning joins the lines of a column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive_gen.article import PLAIN, RawDocument
from archive_gen.importers.base import damaged, parse_xml
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = 4096


def documents(name: str, data: bytes) -> Iterator[RawDocument | Problem]:
    """The text of such a file; nothing of any other."""
    if b"alto" not in data[:_HEAD].lower():
        return
    root, end = parse_xml(data)
    if root is None or _tag(root) != "alto":
        return
    blocks = ("\n".join(map(_line, block.iterfind("{*}TextLine"))) for block in _blocks(root))
    text = "\n\n".join(filter(str.strip, blocks))
    if text:
        yield RawDocument(name, data, text, PLAIN)
    else:
        yield Problem(name, 0, "holds no text", "let a machine read the page again")
    if end:
        yield damaged(name, end)


def _blocks(root: Any) -> Iterator[Any]:
    return (one for one in root.iter("{*}TextBlock"))


def _line(line: Any) -> str:
    """The words of a line, and the hyphen with which it breaks one."""
    words = (part.get("CONTENT") or "" for part in line.iterfind("{*}String"))
    hyphen = "-" if line.find("{*}HYP") is not None else ""
    return " ".join(filter(None, words)) + hyphen


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]

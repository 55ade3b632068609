"""ALTO: what a machine read on a page of print, with the place of each word.
https://www.loc.gov/standards/alto/

Its lines become those of a text, its blocks the paragraphs. Cleaning joins the lines of a column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive_gen.article import PLAIN, RawDocument
from archive_gen.importers.base import damaged, head_of_xml, no_print, parse_xml
from archive_gen.scripts import in_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.problems import Problem

_HYPHENS = "-\xad"
"""Some programs write it at the end of the word, too."""


def documents(name: str, data: bytes) -> Iterator[RawDocument | Problem]:
    """The text of such a file; nothing of any other."""
    if b"alto" not in head_of_xml(data).lower():
        return
    root, end = parse_xml(data)
    if root is None or _tag(root) != "alto":
        return
    blocks = (
        "\n".join(map(_line, one.iterfind("{*}TextLine"))) for one in root.iter("{*}TextBlock")
    )
    text = "\n\n".join(filter(str.strip, blocks))
    if text:
        yield RawDocument(name, data, text, PLAIN)
    elif not end:
        yield no_print(name)
    if end:
        yield damaged(name, end)


def _line(line: Any) -> str:
    """The words of a line, and the hyphen with which it breaks one."""
    text = in_line(part.get("CONTENT") or "" for part in line.iterfind("{*}String"))
    is_broken = line.find("{*}HYP") is not None
    return f"{text.rstrip(_HYPHENS)}-" if is_broken else text


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]

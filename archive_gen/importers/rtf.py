"""Rich Text Format, as press databases and old word processors write it."""

from __future__ import annotations

import codecs
import itertools
import re
from html import escape
from typing import TYPE_CHECKING

from archive_gen.importers.base import damaged, of_one_document
from archive_gen.importers.office import in_document, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.importers.base import Found

BEGINS = b"{\\rtf"
_FAILURES = (IndexError, LookupError, OverflowError, TypeError, ValueError)
"""What the library fails with on a document that is not as it should be."""
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
_PICTURE = re.compile("[0-9a-fA-F\r\n]{1000,}")
"""Its bytes as digits, which the library would look at one by one."""
_UNSEEN = re.compile(r"(?<!\\)(\{(?:\\[a-z]+-?\d*\s*)*?)(?=\\(?:deleted|v)(?![a-z\d]))")
"""Where a group begins whose words were deleted while changes were recorded, or are hidden."""
_NOTE = re.compile(r"\{\s*(?:\\\*)?\\footnote(?![a-z])")
"""Its beginning, at the foot of a page or the end of the document."""
_BRACE = re.compile(r"\\.|([{}])", re.DOTALL)
_LARGEST_FONTS = 64 << 10
"""Characters of the table of fonts. In a broken one the library may search each part from each."""
_LINE_OF_ITEM = re.compile(
    r"\s*(?:(?P<bullet>[•·▪\uf0a7\uf0b7])|(?P<number>\d{1,3})[.)])\t(?P<text>.+)"
)
"""The mark of a list's item, as a program writes it for others that know no lists."""
_END_OF_CELL = "|"


@of_one_document
def read(name: str, data: bytes) -> Iterator[Found]:
    """The one article of the document, or all that a press database put into it."""
    try:
        lines = _text_of(data).split("\n")
    except _FAILURES as error:
        yield damaged(name, str(error) or "it is no Rich Text Format")
        return
    yield from in_document(name, data, "".join(_blocks(lines)), ".rtf")


def _text_of(data: bytes) -> str:
    """A line for each paragraph and for each row of a table."""
    from striprtf.striprtf import font_table_group, rtf_to_text

    if not data.lstrip().startswith(BEGINS):
        raise ValueError("it is no Rich Text Format")
    encoding = _encoding(data)
    written = _with_notes(_PICTURE.sub("", data.decode(encoding, "replace")))
    fonts = font_table_group(written)
    if len(fonts) > _LARGEST_FONTS or "\\fcharset" in fonts.rpartition(";")[2]:
        raise ValueError("its table of fonts is broken")
    # The library knows no such group, but one that a reader may ignore.
    written = _UNSEEN.sub(r"\1\\*", written)
    # Where links lead it looks for in all that follows, again for each of them.
    written = written.replace("\\fldinst{", "\\fldinst {")
    found: str = rtf_to_text(written, encoding, errors="replace")
    # It writes a character of more than 16 bits as its two halves.
    return found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _with_notes(written: str) -> str:
    """The notes, which the library leaves out, as paragraphs below the text: ``[1] …``."""
    parts: list[str] = []
    notes: list[str] = []
    at = 0
    while found := _NOTE.search(written, at):
        end = _end_of_group(written, found.end())
        if end == len(written):  # the document breaks off
            break
        notes.append(written[found.end() : end])
        parts += (written[at : found.start()], f"[{len(notes)}]")
        at = end + 1
    if not notes:
        return written
    body, brace, behind = f"{''.join(parts)}{written[at:]}".rpartition("}")
    below = (f"\\par\\pard\\plain [{number}] {{{note}}}" for number, note in enumerate(notes, 1))
    return f"{body}{''.join(below)}{brace}{behind}"


def _end_of_group(written: str, inside: int) -> int:
    """Where the group ends in which a place is."""
    depth = 1
    for found in _BRACE.finditer(written, inside):
        depth += {"{": 1, "}": -1}.get(found[1], 0)
        if not depth:
            return found.start()
    return len(written)


def _encoding(data: bytes) -> str:
    said = _CODE_PAGE.search(data)
    try:
        return codecs.lookup(f"cp{int(said[1])}" if said else "cp1252").name
    except LookupError:
        return "cp1252"


def _blocks(lines: list[str]) -> Iterator[str]:
    """The lines as HTML."""
    for kind, of_kind in itertools.groupby(filter(str.strip, lines), _kind):
        together = list(of_kind)
        if kind == "tr":
            yield _table(together)
        elif kind == "p":
            yield from (within("p", escape(line.strip())) for line in together)
        else:
            yield _list(kind, together)


def _kind(line: str) -> str:
    """The element that it is a part of."""
    if line.endswith(_END_OF_CELL) and line.count(_END_OF_CELL) > 1:
        return "tr"
    item = _LINE_OF_ITEM.fullmatch(line)
    return "p" if item is None else "ul" if item["bullet"] else "ol"


def _table(rows: list[str]) -> str:
    head, *others = (row.removesuffix(_END_OF_CELL).split(_END_OF_CELL) for row in rows)
    return within("table", "".join([_row("th", head), *(_row("td", cells) for cells in others)]))


def _row(element: str, cells: list[str]) -> str:
    return within("tr", "".join(within(element, escape(cell.strip())) for cell in cells))


def _list(kind: str, lines: list[str]) -> str:
    items = [item for line in lines if (item := _LINE_OF_ITEM.fullmatch(line))]
    written = "".join(within("li", escape(item["text"].strip())) for item in items)
    first = items[0]["number"]
    return f'<ol start="{first}">{written}</ol>' if first else within(kind, written)

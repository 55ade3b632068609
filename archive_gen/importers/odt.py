"""A text of LibreOffice and its kin: OpenDocument 1.3, part 3.

Left out is what nobody sees on its pages: comments, what was deleted while changes were recorded,
hidden text; also tables of contents, and pictures.
"""

from __future__ import annotations

import zipfile
import zlib
from html import escape
from typing import TYPE_CHECKING, Any

from archive_gen.importers.base import damaged, of_one_document, parse_xml
from archive_gen.importers.office import in_document, opened, within
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.importers.base import Found

_FAILURES = (
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _STYLE, _OFFICE = (
    f"{{{_OASIS}{part}:1.0}}" for part in ("text", "table", "style", "office")
)
_FO = f"{{{_OASIS}xsl-fo-compatible:1.0}}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_PARAGRAPH, _HEADING, _LIST = f"{_TEXT}p", f"{_TEXT}h", f"{_TEXT}list"
_BOX = f"{{{_OASIS}drawing:1.0}}text-box"
_ROW = f"{_TABLE}table-row"
_ROWS = tuple(f"{_TABLE}table-{name}" for name in ("header-rows", "rows", "row-group"))
_CELLS = tuple(f"{_TABLE}{name}" for name in ("table-cell", "covered-table-cell"))
_UNSEEN = frozenset(
    [
        *(f"{_OFFICE}{name}" for name in ("annotation", "annotation-end", "forms")),
        *(f"{_TEXT}{name}" for name in ("tracked-changes", "hidden-text", "hidden-paragraph")),
        *(f"{_TEXT}{name}" for name in ("table-of-content", "ruby-text", "sequence-decls")),
        f"{{{_OASIS}drawing:1.0}}frame",
    ]
)
"""Elements that are no part of the lines around them."""
_SPACES = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "<br>"}
_OF_STYLE = {"Title": "h1", "Quotations": "blockquote"}
"""A style of paragraphs → the element that it stands for."""


@of_one_document
def read(name: str, data: bytes) -> Iterator[Found]:
    """The one article of the document."""
    try:
        with opened(data) as packed:
            is_locked = b"encryption-data" in packed.read("META-INF/manifest.xml")
            text = "" if is_locked else "".join(_Document(packed).blocks())
    except _FAILURES as error:
        yield damaged(name, str(error) or "it is no OpenDocument text")
        return
    if is_locked:
        yield Problem(name, 0, "is locked", "save it without a password")
        return
    yield from in_document(name, data, text, ".odt")


class _Document:
    """Its text as HTML."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        root = _root(packed, "content.xml")
        named = [name for name in packed.namelist() if name == "styles.xml"]
        parts = [*(_root(packed, name) for name in named), root]
        styles = [style for part in parts for style in part.iter(f"{_STYLE}style")]
        self._parents = {_name(style): style.get(f"{_STYLE}parent-style-name") for style in styles}
        self._bold, self._italic = (
            {_name(style) for style in styles if _says(style, f"{_FO}font-{key}", value)}
            for key, value in (("weight", "bold"), ("style", "italic"))
        )
        lists = (style for part in parts for style in part.iter(f"{_TEXT}list-style"))
        self._numbered = {_name(style) for style in lists if _is_numbered(style)}
        self._body = next(root.iter(f"{_OFFICE}text"), ())
        self._notes: list[str] = []

    def blocks(self) -> Iterator[str]:
        """Paragraphs, headings, lists and tables, then the notes."""
        yield from self._blocks(self._body)
        for number, note in enumerate(self._notes, 1):
            yield f"<p>[{number}] {note}</p>"

    def _blocks(self, elements: Iterable[Any]) -> Iterator[str]:
        for element in elements:
            tag = element.tag
            if tag == _PARAGRAPH:
                yield from self._paragraph(element)
            elif tag == _HEADING:
                yield self._heading(element)
            elif tag == _LIST and next(element.iter(_HEADING), None) is None:
                yield self._list(element, "ul")
            elif tag == f"{_TABLE}table":
                yield self._table(element)
            elif tag not in _UNSEEN and isinstance(tag, str):  # a section, numbered headings
                yield from self._blocks(element)

    def _paragraph(self, element: Any) -> Iterator[str]:
        text = self._inline(element)
        style = element.get(f"{_TEXT}style-name")
        if text.strip():
            kind = next((_OF_STYLE[name] for name in self._chain(style) if name in _OF_STYLE), "p")
            is_bold = kind == "p" and style in self._bold
            yield within(kind, within("strong", text) if is_bold else text)
        for box in element.iter(_BOX):
            yield from self._blocks(box)

    def _heading(self, element: Any) -> str:
        level = str(element.get(f"{_TEXT}outline-level"))
        return within(f"h{level if level in '123456' else 6}", self._inline(element))

    def _chain(self, style: str | None) -> Iterator[str]:
        """A style and those on which it is based."""
        seen: set[str] = set()
        while style and style not in seen:
            seen.add(style)
            yield style
            style = self._parents.get(style)

    def _list(self, element: Any, kind: str) -> str:
        """``kind``: of the list around it, which has the style of both."""
        style = element.get(f"{_TEXT}style-name")
        if style:
            kind = "ol" if style in self._numbered else "ul"
        items = (within("li", self._item(item, kind)) for item in element.iterchildren("*"))
        return within(kind, "".join(items))

    def _item(self, element: Any, kind: str) -> str:
        text = "<br>".join(self._inline(part) for part in element if part.tag == _PARAGRAPH)
        return text + "".join(self._list(part, kind) for part in element if part.tag == _LIST)

    def _table(self, element: Any) -> str:
        head, *others = [*_rows(element)] or [()]
        written = [self._row(head, "th"), *(self._row(row, "td") for row in others)]
        return within("table", "".join(written))

    def _row(self, row: Iterable[Any], kind: str) -> str:
        cells = (cell for cell in row if cell.tag in _CELLS)
        return within("tr", "".join(within(kind, self._cell(cell)) for cell in cells))

    def _cell(self, element: Any) -> str:
        return "<br>".join(map(self._inline, element.iter(_PARAGRAPH, _HEADING)))

    def _inline(self, element: Any) -> str:
        """What stands in a paragraph's line."""
        parts = [escape(element.text or "")]
        for child in element:
            parts += (self._piece(child), escape(child.tail or ""))
        return "".join(parts).replace("</strong><strong>", "").replace("</em><em>", "")

    def _piece(self, element: Any) -> str:
        tag = element.tag
        if tag in _SPACES:
            return _SPACES[tag]
        if tag in _UNSEEN or not isinstance(tag, str):
            return ""
        if tag == f"{_TEXT}note":
            return self._note(element)
        text = self._inline(element)
        if tag == f"{_TEXT}a":
            return f'<a href="{escape(element.get(_LINK) or "")}">{text}</a>'
        style = element.get(f"{_TEXT}style-name") if tag == f"{_TEXT}span" else None
        if style in self._italic:
            text = within("em", text)
        return within("strong", text) if style in self._bold else text

    def _note(self, element: Any) -> str:
        at = len(self._notes)
        self._notes.append("")
        bodies = element.iterchildren(f"{_TEXT}note-body")
        paragraphs = (paragraph for body in bodies for paragraph in body.iter(_PARAGRAPH))
        self._notes[at] = " ".join(map(self._inline, paragraphs))
        return f"[{at + 1}]"


def _root(packed: zipfile.ZipFile, part: str) -> Any:
    root, _ = parse_xml(packed.read(part))
    if root is None:
        raise ValueError(f"{part} is broken")
    return root


def _rows(element: Any) -> Iterator[Any]:
    for part in element:
        if part.tag == _ROW:
            yield part
        elif part.tag in _ROWS:
            yield from _rows(part)


def _name(style: Any) -> str:
    return str(style.get(f"{_STYLE}name"))


def _says(style: Any, key: str, value: str) -> bool:
    return any(part.get(key) == value for part in style)


def _is_numbered(style: Any) -> bool:
    """Whether the first level of a list of this style has numbers."""
    level = next(style.iterchildren("*"), None)
    return level is not None and str(level.tag).endswith("-number")

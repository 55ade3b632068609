"""Texts of LibreOffice, as small as they can be."""

from __future__ import annotations

import io
import zipfile

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = " ".join(
    f'xmlns:{short}="{_OASIS}{name}:1.0"'
    for short, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
    }.items()
)
_STYLES = """
<style:style style:name="P1" style:parent-style-name="Title"/>
<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="I"><style:text-properties fo:font-style="italic"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-number text:level="1"/></text:list-style>
"""


def line(text: str, style: str = "Text_20_body") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def span(text: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def items(style: str, *parts: str) -> str:
    """A list whose items are these paragraphs or lists."""
    inside = "".join(f"<text:list-item>{part}</text:list-item>" for part in parts)
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:list{named}>{inside}</text:list>"


def row(*cells: str) -> str:
    inside = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
    return f"<table:table-row>{inside}</table:table-row>"


def note(text: str) -> str:
    citation = "<text:note-citation>1</text:note-citation>"
    return f"<text:note>{citation}<text:note-body>{line(text)}</text:note-body></text:note>"


def packed(body: str, manifest: str = "<manifest/>") -> bytes:
    data = io.BytesIO()
    content = (
        f"<office:document-content {_NAMES} xmlns:xlink='http://www.w3.org/1999/xlink'>"
        f"<office:automatic-styles>{_STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(data, "w") as members:
        members.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name, text in {"content.xml": content, "META-INF/manifest.xml": manifest}.items():
            members.writestr(name, text, zipfile.ZIP_DEFLATED)
    return data.getvalue()

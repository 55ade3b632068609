"""A document of Word, as a newsroom's folders hold them."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, cast
from xml.parsers.expat import ExpatError

from archive_gen.importers.base import damaged, of_one_document
from archive_gen.importers.office import in_document, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.importers.base import Found

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
p[style-name='Caption'] => p:fresh
"""
_FAILURES = (
    AttributeError,
    ExpatError,
    IndexError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the library fails with on a document that is not as it should be."""
_NOTES = re.compile(r'<ol><li id="(?:foot|end)note-')
_NOTE = re.compile(r'<li id="(?:foot|end)note-[^"<>]{1,40}"><p>\s*')
_WAY_BACK = re.compile(r'\s?<a href="#(?:foot|end)note-ref-[^"<>]{1,40}">↑</a>')


@of_one_document
def read(name: str, data: bytes) -> Iterator[Found]:
    """The one article of the document, or all that a press database put into it."""
    try:
        text = _as_html(data)
    except _FAILURES as error:
        yield damaged(name, str(error) or "it is no document of Word")
        return
    yield from in_document(name, data, text, ".docx")


def _with_notes(text: str) -> str:
    """The notes below the text as paragraphs that begin as the text refers to them: ``[1] …``."""
    found = _NOTES.search(text)
    if found is None:
        return text
    number = itertools.count(1)
    notes = _NOTE.sub(lambda _: f"<p>[{next(number)}] ", text[found.start() :])
    for mark in ("<ol>", "</ol>", "</li>"):
        notes = notes.replace(mark, "")
    return text[: found.start()] + _WAY_BACK.sub("", notes)


def _as_html(data: bytes) -> str:
    """Raises ``TooLargeError`` for a document that unpacks to far more than an article."""
    import mammoth

    opened(data).close()
    made = mammoth.convert_to_html(
        io.BytesIO(data), style_map=_STYLES, convert_image=_without_picture
    )
    return _with_notes(cast("str", made.value))


def _without_picture(_picture: object) -> list[object]:
    return []

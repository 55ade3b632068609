"""A document of Word, as a newsroom's folders hold them: all of it is the article.

Its headline is its title, or its first line if that is short.
"""

from __future__ import annotations

import io
import itertools
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, cast
from xml.parsers.expat import ExpatError

from archive_gen.article import ARTICLE, HTML, RawDocument
from archive_gen.importers.base import (
    TooLargeError,
    damaged,
    of_one_document,
    room_for,
    with_document,
)
from archive_gen.importers.own_html import as_lines
from archive_gen.importers.press_databases.documents import of_press
from archive_gen.problems import Problem

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
_SUBHEADING = re.compile(r"<p><strong>([^<>]{1,100}[^<>.,;:!?…])</strong></p>")
"""A short paragraph that is bold as a whole, and no sentence."""
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
    if not text.strip():
        yield Problem(name, 0, "has no text", "pictures of text are not read")
        return
    if found := list(of_press(name, as_lines(text))):
        yield from found
        return
    text = _with_notes(_SUBHEADING.sub(r"<h2>\1</h2>", text))
    made = RawDocument(name, text.encode("utf-8", "replace"), text, HTML + ARTICLE)
    yield from with_document(iter([made]), name, data, ".docx")


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

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(member.file_size for member in packed.infolist()) > room_for(len(data)).left:
            raise TooLargeError(0, "it unpacks to far more than an article would")
    made = mammoth.convert_to_html(
        io.BytesIO(data), style_map=_STYLES, convert_image=_without_picture
    )
    return cast("str", made.value)


def _without_picture(_picture: object) -> list[object]:
    return []

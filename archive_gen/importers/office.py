"""What documents of word processors have in common: all of one is the article.

Its headline is its title, or its first line if that is short.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from archive_gen.article import ARTICLE, HTML, RawDocument
from archive_gen.importers.base import TooLargeError, room_for, with_document
from archive_gen.importers.own_html import as_lines
from archive_gen.importers.press_databases.documents import of_press
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.importers.base import Found

_SUBHEADING = re.compile(r"<p><strong>([^<>]{1,100}[^<>.,;:!?…])</strong></p>")
"""A short paragraph that is bold as a whole, and no sentence."""


def in_document(name: str, data: bytes, text: str, ending: str) -> Iterator[Found]:
    """The one article of a document, or all that a press database put into it. ``text`` is what it
    says, as HTML."""
    if not text.strip():
        yield Problem(name, 0, "has no text", "pictures of text are not read")
    elif found := list(of_press(name, as_lines(text))):
        yield from found
    else:
        text = _SUBHEADING.sub(r"<h2>\1</h2>", text)
        made = RawDocument(name, text.encode("utf-8", "replace"), text, HTML + ARTICLE)
        yield from with_document(iter([made]), name, data, ending)


def opened(data: bytes) -> zipfile.ZipFile:
    """A document that is a zip archive.

    Raises ``TooLargeError`` if it unpacks to far more than an article; see ``zipfile`` for others.
    """
    packed = zipfile.ZipFile(io.BytesIO(data))
    if sum(member.file_size for member in packed.infolist()) > room_for(len(data)).left:
        raise TooLargeError(0, "it unpacks to far more than an article would")
    return packed


def within(element: str, text: str) -> str:
    """``text``, which is HTML, as all that an element holds."""
    return f"<{element}>{text}</{element}>"

"""A saved web page."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from archive_gen.article import HTML, RawDocument
from archive_gen.importers.base import read_whole
from archive_gen.importers.encodings import decode_html
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def read(name: str, stream: BinaryIO) -> Iterator[RawDocument | Problem]:
    """The one document of an HTML file."""
    data = read_whole(name, stream)
    yield data if isinstance(data, Problem) else page(name, data)


def page(
    name: str, data: bytes, declared: str = "", known: Mapping[str, object] | None = None
) -> RawDocument | Problem:
    """The document that ``data`` is; ``declared`` is the encoding that came with it."""
    text = decode_html(data, declared)
    if text is None:
        hint = "save the page again as UTF-8"
        return Problem(name, 0, "can't be read as a web page", hint)
    return RawDocument(name, data, text.replace("\0", ""), HTML, known or {})

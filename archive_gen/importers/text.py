"""A text file: one page, one text block a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from archive_gen.article import RawDocument
from archive_gen.importers.base import read_whole
from archive_gen.importers.encodings import decode
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.importers.base import Found


def read(name: str, stream: BinaryIO) -> Iterator[Found]:
    """The one document of a text file."""
    data = read_whole(name, stream)
    if isinstance(data, Problem):
        yield data
        return
    text = decode(data)
    if text is None or "\0" in text:
        hint = "save it as UTF-8, or leave it out if it is no text at all"
        yield Problem(name, 0, "can't be read as text", hint)
    else:
        yield RawDocument(name=name, data=data, text=text)

"""A Markdown file, as site generators and notebooks keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from archive_gen.article import ARTICLE, MARKDOWN
from archive_gen.importers.base import no_text, read_whole
from archive_gen.importers.encodings import decode
from archive_gen.importers.posts import post
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.importers.base import Found


def read(name: str, stream: BinaryIO) -> Iterator[Found]:
    """The one article of the file."""
    data = read_whole(name, stream)
    if isinstance(data, Problem):
        yield data
        return
    text = decode(data)
    yield no_text(name) if text is None else post(name, data, text, MARKDOWN + ARTICLE)

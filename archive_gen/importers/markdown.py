"""A Markdown file, as site generators and notebooks keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.article import ARTICLE, MARKDOWN
from archive_gen.importers.base import no_text, of_one_document
from archive_gen.importers.encodings import decode
from archive_gen.importers.posts import post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.importers.base import Found


@of_one_document
def read(name: str, data: bytes) -> Iterator[Found]:
    """The one article of the file."""
    text = decode(data)
    yield no_text(name) if text is None else post(name, data, text, MARKDOWN + ARTICLE)

"""A Markdown file, as site generators and notebooks keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.article import ARTICLE, MARKDOWN, RawDocument
from archive_gen.importers.base import no_text, of_one_document
from archive_gen.importers.encodings import decode
from archive_gen.importers.posts import begins_with_front_matter, post
from archive_gen.importers.texts.heads import are_above_markdown
from archive_gen.importers.texts.joined import one_text
from archive_gen.importers.texts.marked import is_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.importers.base import Found


@of_one_document
def read(name: str, data: bytes) -> Iterator[Found]:
    """The one article of the file."""
    text = decode(data)
    if text is None:
        yield no_text(name)
        return
    found = post(name, data, text, MARKDOWN + ARTICLE)
    is_post = not isinstance(found, RawDocument) or begins_with_front_matter(text)
    yield found if is_post or not _is_dump(text) else one_text(name, data, text)


def _is_dump(text: str) -> bool:
    """Whether it is no text that somebody wrote, but a page that a program turned into Markdown."""
    return are_above_markdown(text) or is_page(text)

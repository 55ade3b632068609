"""The articles of an archive one after the other, for commands that look at all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.content import frontmatter, listing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive_gen.article import Article


def readable_articles(content: Path) -> Iterator[Article]:
    """Every article that can be read; ``archive check`` tells of the others."""
    for file in listing.scan(content):
        try:
            data = (content / file.path).read_bytes()
        except OSError:
            continue
        article, _ = frontmatter.parse_bytes(data, file.path)
        if article:
            yield article

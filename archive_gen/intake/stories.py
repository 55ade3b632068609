"""Articles that tell a story which is in the archive already: the same again, or another version.

The same text from the same address or the same source is a duplicate; so is nearly the same on a
page that says that it is a copy of another. Nearly the same text, the
same text from another source, and another text from the same address are versions of one story.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.cleaning.phrases import fold
from archive_gen.content import disk, frontmatter, listing
from archive_gen.intake import provenance
from archive_gen.intake.versions import sketch
from archive_gen.urls import site

if TYPE_CHECKING:
    from pathlib import Path

    from archive_gen.article import Article
    from archive_gen.intake.index import Index
    from archive_gen.intake.versions import Sketch

_FAMILY = 12
"""What more articles than these say nearly alike is a form that is filled in, not a story."""


class KnownStories:
    """What an archive tells already. An import asks for each new article, in order."""

    def __init__(self, content: Path, index: Index) -> None:
        self._content = content
        self._index = index
        self._bodies: dict[str, bytes] = {}
        """Path → digest of the text, for those that were asked for."""
        self._unwritten: dict[str, Article | None] = {}
        """Path → article, for files that are not on the disk yet; None for one that changes."""

    def duplicate(self, article: Article, its: Sketch) -> str | None:
        """The path of the article with the same text from the same address or source."""
        for path in self._index.from_url(article.url):
            if self._body(path) == its.digest:
                return path
        return next(
            (path for path in self._index.same(its) if self._is_reprint(path, article, its)), None
        )

    def copied(self, address: str, its: Sketch) -> str | None:
        """The path of the article from ``address`` with nearly the same text."""
        from_there = self._index.from_url(address)
        near = self._index.near(its) if from_there else ()
        return next((path for path in from_there if path in near), None)

    def others(self, article: Article, its: Sketch) -> tuple[str, ...]:
        """The paths of other versions of the story of ``article``, below ``content/``."""
        near = self._index.near(its)
        near = near if len(near) <= _FAMILY else []
        return tuple(dict.fromkeys((*self._index.from_url(article.url), *near)))

    def add(self, path: str, article: Article, its: Sketch) -> None:
        """Know ``article``, too, which will lie at ``path``."""
        if article.url:
            self._bodies[path] = its.digest
        self._index.add(listing.FoundFile(path, 0, 0), article, its)
        self._unwritten[path] = article

    def changed(self, path: str) -> None:
        """Know that the file at ``path`` will be another, with the same text."""
        self._unwritten.setdefault(path, None)

    def written(self) -> None:
        """Know that all of them are on the disk."""
        for path in self._unwritten:
            self._index.stamp(self._content, path)
        self._unwritten.clear()

    def _is_reprint(self, path: str, article: Article, its: Sketch) -> bool:
        """Whether one source says again what it says at ``path``: by its name, or at its site.

        A text of a few words says it only under the same headline: ``Watch the video``.
        """
        other = self._read(path)
        if other is None or (its.is_short and fold(other.title) != fold(article.title)):
            return False
        both = other.source and article.source
        same = not both or fold(other.source) == fold(article.source)
        return same or bool(article.url and site(article.url) == site(other.url))

    def _body(self, path: str) -> bytes:
        """The text that was imported, whatever a person made of it since."""
        if path not in self._bodies:
            self._bodies[path] = sketch(self._imported_body(path)).digest
        return self._bodies[path]

    def _imported_body(self, path: str) -> str:
        article = self._read(path)
        if article is None:
            return ""
        record = provenance.read(self._content, article.original)
        return ((record.article() if record else None) or article).body

    def _read(self, path: str) -> Article | None:
        if article := self._unwritten.get(path):
            return article
        return frontmatter.parse_bytes(disk.read(self._content, path) or b"", path)[0]

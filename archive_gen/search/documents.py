"""An article as the search index holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen import markup
from archive_gen.config import BUILT_IN_TAXONOMIES, STORIES
from archive_gen.search.values import SearchDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.article import Article
    from archive_gen.catalogue.entry import Entry
    from archive_gen.loading.kept import ReadyArticle

_FIELDS = {"authors": "author", "source": "source", "place": "place", "tags": "tag"}
"""Front-matter key → the field of a query."""


def document_of(entry: Entry, ready: ReadyArticle) -> SearchDocument:
    """Plain text, and the terms that searches can be narrowed by."""
    article = ready.article
    return SearchDocument(
        path=entry.path,
        url=entry.url,
        title=entry.title,
        summary=article.summary,
        text=markup.plain_text(ready.body),
        date=entry.date.text if entry.date else "",
        source=entry.source,
        authors=article.authors,
        place=entry.place,
        tags=article.tags,
        language=entry.language,
        digest=entry.search_digest,
        unshown_keywords=tuple(_unshown_keywords(entry, article)),
        terms=tuple(_terms(entry, article)),
    )


def _unshown_keywords(entry: Entry, article: Article) -> Iterator[tuple[str, str]]:
    for story in entry.terms.get(STORIES, ()):
        yield "story", story
    for key, field in _FIELDS.items():
        for value in article.as_written.get(key, ()):
            yield field, value


def _terms(entry: Entry, article: Article) -> Iterator[tuple[str, str]]:
    """All of its terms that are not among its tags, names and stories, or that are of a taxonomy
    of the archive's own."""
    stories = entry.terms.get(STORIES, ())
    known = {entry.source, entry.place, *article.authors, *article.tags, *stories}
    for taxonomy, terms in entry.terms.items():
        is_own = taxonomy not in BUILT_IN_TAXONOMIES
        yield from ((taxonomy, term) for term in terms if is_own or term not in known)

"""The page of each article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.pages.base import Archive, ArticleData, Link, Page, TermLinks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.catalogue import Entry


def names(archive: Archive) -> Iterable[str]:
    """A group an article, named by its path."""
    return archive.catalogue.by_path


def touched(entry: Entry, archive: Archive) -> Iterable[str]:
    """The article, those beside it in time, and its other versions: they show its title."""
    yield entry.path
    for other in (*archive.catalogue.neighbours(entry), *archive.catalogue.versions(entry)):
        if other:
            yield other.path


def plan(name: str, archive: Archive) -> Iterator[Page]:
    """The one page of an article."""
    catalogue = archive.catalogue
    entry = catalogue.by_path.get(name)
    if not entry:
        return
    previous, following = catalogue.neighbours(entry)
    data = ArticleData(
        entry=entry,
        terms=tuple(_term_links(entry, archive)),
        previous=_link(previous),
        next=_link(following),
        versions=tuple(version.row() for version in catalogue.versions(entry)),
    )
    yield Page(entry.url, "article.html", data, article=entry.path)


def _term_links(entry: Entry, archive: Archive) -> Iterator[TermLinks]:
    for name, taxonomy in archive.config.taxonomies.items():
        terms = [
            (spelling, archive.catalogue.term(name, spelling)) for spelling in entry.terms[name]
        ]
        links = {term.url: Link(spelling, term.url) for spelling, term in terms if term}
        if links:
            yield TermLinks(name, taxonomy.title, tuple(links.values()))


def _link(entry: Entry | None) -> Link | None:
    return Link(entry.title, entry.url, entry.language) if entry else None

"""The page of each article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.catalogue.order import term_key
from archive_gen.config import STORIES
from archive_gen.pages.base import Archive, Page
from archive_gen.pages.related import related, within_reach
from archive_gen.pages.values import ArticleData, Document, Link, StorySteps, TermLinks
from archive_gen.pages.versions import versions_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.catalogue.catalogue import Catalogue
    from archive_gen.catalogue.entry import Entry, Row

_TEMPLATE = "article.html"


def names(archive: Archive) -> Iterable[str]:
    """A group an article, named by its path."""
    return archive.catalogue.by_path


def touched(entry: Entry, archive: Archive) -> Iterable[str]:
    """The article, and those that show its title or lead to it: beside it in time, versions,
    related ones, those whose texts have its address."""
    catalogue = archive.catalogue
    yield entry.path
    yield from catalogue.linking_to(entry)
    beside = (
        *catalogue.neighbours(entry),
        *_beside_in_source(entry, catalogue),
        *_beside_in_stories(entry, catalogue),
    )
    for other in (*beside, *catalogue.versions(entry), *within_reach(entry, catalogue)):
        if other:
            yield other.path


def plan(name: str, archive: Archive) -> Iterator[Page]:
    """The one page of an article."""
    catalogue = archive.catalogue
    entry = catalogue.by_path.get(name)
    if not entry:
        return
    previous, following = beside = catalogue.neighbours(entry)
    # What the steps through the whole archive show already is not shown twice.
    before, after = (
        other if other not in beside else None for other in _beside_in_source(entry, catalogue)
    )
    versions = catalogue.versions(entry)
    data = ArticleData(
        entry=entry,
        terms=tuple(_term_links(entry, archive)),
        previous=_link(previous),
        next=_link(following),
        source_previous=_link(before),
        source_next=_link(after),
        stories=tuple(_stories(entry, catalogue)),
        versions=tuple(version.mention() for version in versions),
        comparison=versions_url(entry, versions) if versions else "",
        related=tuple(_related(entry, versions, archive)),
        pictures=archive.album.shown_by(entry),
        linked=tuple(_linked(entry, catalogue)),
        documents=tuple(
            Document(src, file.address(src), file.ending.upper(), file.size)
            for src, file in archive.album.documents(entry)
        ),
    )
    yield Page(entry.url, _TEMPLATE, data, article=entry.path)


def _related(entry: Entry, versions: Sequence[Entry], archive: Archive) -> Iterator[Row]:
    if archive.shows(_TEMPLATE, "related"):
        for other in related(entry, versions, archive.catalogue):
            yield other.mention()


def _linked(entry: Entry, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for place in entry.links:
        if there := catalogue.found_at(place):
            yield place, there.url


def _beside_in_source(entry: Entry, catalogue: Catalogue) -> tuple[Entry | None, Entry | None]:
    names = entry.terms.get("sources")
    return _beside(entry, catalogue, "sources", names[0]) if names else (None, None)


def _beside_in_stories(entry: Entry, catalogue: Catalogue) -> Iterator[Entry | None]:
    for name in entry.terms.get(STORIES, ()):
        yield from _beside(entry, catalogue, STORIES, name)


def _beside(
    entry: Entry, catalogue: Catalogue, taxonomy: str, name: str
) -> tuple[Entry | None, Entry | None]:
    """The dated articles with a term just before and just after ``entry``."""
    before, after = catalogue.around(entry, taxonomy, term_key(name), 1)
    return (before[0] if before else None, after[0] if after else None)


def _stories(entry: Entry, catalogue: Catalogue) -> Iterator[StorySteps]:
    for name in entry.terms.get(STORIES, ()):
        term = catalogue.terms.named(STORIES, name)
        if term:
            previous, following = _beside(entry, catalogue, STORIES, name)
            yield StorySteps(name, term.url, _link(previous), _link(following))


def _term_links(entry: Entry, archive: Archive) -> Iterator[TermLinks]:
    for name, taxonomy in archive.config.taxonomies.items():
        spellings = entry.terms[name]
        if name == STORIES or not spellings:
            continue
        terms = [
            (spelling, archive.catalogue.terms.named(name, spelling)) for spelling in spellings
        ]
        links = {term.url: Link(spelling, term.url) for spelling, term in terms if term}
        if links:
            yield TermLinks(name, taxonomy.title, tuple(links.values()))


def _link(entry: Entry | None) -> Link | None:
    return Link(entry.title, entry.url, entry.language) if entry else None

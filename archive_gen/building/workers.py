"""What a build does with pages and articles, piece by piece: these functions run in workers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from archive_gen.building.fingerprints import Fingerprints, unpack
from archive_gen.content.imported import read_import
from archive_gen.layout import CONTENT_FOLDER
from archive_gen.loading.kept import Place, Reader, ReadyArticle
from archive_gen.loading.load import article_digest, read_article, read_picture, ready_article
from archive_gen.loading.names import as_named
from archive_gen.pages import Group, plan
from archive_gen.pictures import Picture
from archive_gen.problems import ArchiveError, Problem, failed_on, unreadable
from archive_gen.search.documents import document_of
from archive_gen.urls import output_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from archive_gen.catalogue.entry import Entry
    from archive_gen.pages.base import Archive, Page
    from archive_gen.rendering.render import Renderer
    from archive_gen.search.values import SearchDocument
    from archive_gen.search.whoosh.index import WhooshIndex


class Articles(msgspec.Struct, frozen=True):
    """Where the text of each article is found."""

    content: Path
    places: Mapping[str, Place]
    """Of the articles that this build has read already."""
    kept: Reader
    names: Mapping[str, Mapping[str, str]]
    """See ``SiteConfig.names_by_key``."""

    def find(self, entry: Entry) -> tuple[ReadyArticle | None, Problem | None]:
        """The article that ``entry`` was made from, or why it is not to be had."""
        place = self.places.get(entry.path)
        return (self.kept.read(place), None) if place else self._read_again(entry)

    def _read_again(self, entry: Entry) -> tuple[ReadyArticle | None, Problem | None]:
        """If its file still says the same."""
        path = f"content/{entry.path}"
        try:
            article, problems = read_article(self.content, entry.path)
        except OSError as error:
            return None, unreadable(path, error)
        if article is None:
            return None, problems[0]
        article = as_named(article, self.names)
        imported = read_import(self.content, article.original)
        if article_digest(article, imported) != entry.digest:
            hint = "run 'archive build' again"
            return None, Problem(path, 0, "changed while the build ran", hint)
        return ready_article(article, imported), None


class RenderContext(msgspec.Struct, frozen=True):
    """What rendering needs besides the names of the groups; shipped once a worker."""

    renderer: Renderer
    archive: Archive
    stage: Callable[[str, bytes], bool]
    """Takes the bytes of a file of the site; returns whether they are new."""
    articles: Articles


class Made(msgspec.Struct, frozen=True):
    """What became of one page, or of another file of the site."""

    url: str
    group: Group
    fingerprint: str
    rendered: bool
    staged: bool
    """Its bytes are new and wait to be published."""
    problem: Problem | None = None
    failed: bool = False
    """The program failed on it. The next build tries again, and until then there is no such page:
    the one of before may show what is not to be seen any more."""


_ENCODER = msgspec.msgpack.Encoder()
decode_made = msgspec.msgpack.Decoder(list[Made]).decode


def render_groups(context: RenderContext, work: Sequence[tuple[Group, Fingerprints]]) -> bytes:
    """Plan groups of pages and render those that are not as they were.

    Returns a list of ``Made``, encoded: that travels faster than its objects would.
    """
    made = [
        _make(context, group, page, known.get(page.url, ""))
        for group, fingerprints in work
        for known in (unpack(fingerprints),)
        for page in plan(group, context.archive)
    ]
    return _ENCODER.encode(made)


def read_documents(articles: Articles, entries: Iterable[Entry]) -> list[SearchDocument]:
    """The search documents of articles; one that can't be read any more is left out."""
    found = ((entry, articles.find(entry)[0]) for entry in entries)
    return [document_of(entry, ready) for entry, ready in found if ready]


class IndexContext(msgspec.Struct, frozen=True):
    """What writing a part of the search index needs."""

    articles: Articles
    entries: Mapping[str, Entry]
    """By path."""
    index: WhooshIndex


def index_articles(context: IndexContext, paths: Sequence[str]) -> object:
    """Write a part of the index, for ``WhooshIndex.update_in_parts``."""
    entries = map(context.entries.__getitem__, paths)
    return context.index.again().write_part(read_documents(context.articles, entries))


def _make(context: RenderContext, group: Group, page: Page, known: str) -> Made:
    if isinstance(page.data, Picture):
        return _copy(context, group, page, known)
    fingerprint = context.renderer.fingerprint(page)
    if fingerprint == known:
        return Made(page.url, group, fingerprint, rendered=False, staged=False)
    bodies: list[str] = []
    ready = problem = None
    if page.compared:
        found = [context.articles.find(entry)[0] for entry in page.compared]
        bodies = [one.body for one in found if one]
    elif page.article:
        ready, problem = context.articles.find(page.data.entry)
    if problem or len(bodies) < len(page.compared):
        # Which one of those compared is not to be had, its own page says.
        return Made(page.url, group, "", rendered=False, staged=False, problem=problem)
    data = _rendered(context.renderer, page, ready, bodies)
    if isinstance(data, Problem):
        return Made(page.url, group, "", rendered=False, staged=False, problem=data, failed=True)
    staged = context.stage(output_path(page.url), data)
    return Made(page.url, group, fingerprint, rendered=True, staged=staged)


def _rendered(
    renderer: Renderer, page: Page, ready: ReadyArticle | None, bodies: Sequence[str]
) -> bytes | Problem:
    """One page on which the program fails must not stop thousands."""
    try:
        return renderer.render(page, ready, bodies)
    except (ArchiveError, OSError):
        raise
    except Exception as error:
        made = f"{renderer.config.output}/{output_path(page.url)}"
        return failed_on(f"{CONTENT_FOLDER}/{page.article}" if page.article else made, error)


def _copy(context: RenderContext, group: Group, page: Page, known: str) -> Made:
    """Put a picture beside its article's page."""
    picture: Picture = page.data
    if picture.digest == known:
        return Made(page.url, group, known, rendered=False, staged=False)
    data = read_picture(context.articles.content, picture)
    if isinstance(data, Problem):
        return Made(page.url, group, "", rendered=False, staged=False, problem=data)
    staged = context.stage(output_path(page.url), data)
    return Made(page.url, group, picture.digest, rendered=False, staged=staged)

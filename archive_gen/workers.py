"""What a build does with pages and articles, piece by piece: these functions run in workers."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive_gen import markup
from archive_gen.load import article_digest, read_article
from archive_gen.pages import Group, plan
from archive_gen.problems import Problem
from archive_gen.render import Renderer
from archive_gen.search.documents import document_of
from archive_gen.urls import output_path

if TYPE_CHECKING:
    from pathlib import Path

    from archive_gen.article import Article
    from archive_gen.catalogue import Entry
    from archive_gen.pages.base import Archive, Page
    from archive_gen.publish import Sink
    from archive_gen.search.base import SearchDocument

Fingerprints = Mapping[str, str]
"""Url → fingerprint of pages as they were made last."""


@dataclass(frozen=True)
class RenderContext:
    """What rendering needs besides the names of the groups; shipped once a worker."""

    site: Path
    archive: Archive
    sink: Sink

    @functools.cached_property
    def renderer(self) -> Renderer:
        """One for each worker."""
        return Renderer(self.site, self.archive.config)

    def __getstate__(self) -> dict[str, object]:
        # Compiled templates stay where they were compiled.
        return {name: value for name, value in self.__dict__.items() if name != "renderer"}


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one page, or of another file of the site."""

    url: str
    group: Group
    fingerprint: str
    rendered: bool
    staged: bool
    """Its bytes are new and wait to be published."""
    problem: Problem | None = None


def render_groups(context: RenderContext, work: Sequence[tuple[Group, Fingerprints]]) -> list[Made]:
    """Plan groups of pages and render those that are not as they were."""
    return [
        _make(context, group, page, known.get(page.url, ""))
        for group, known in work
        for page in plan(group, context.archive)
    ]


def read_documents(content: Path, entries: Sequence[Entry]) -> list[SearchDocument]:
    """The search documents of articles; one that can't be read any more is left out."""
    documents = []
    for entry in entries:
        article, _ = _read_again(content, entry)
        if article is not None:
            documents.append(document_of(entry, article))
    return documents


def _make(context: RenderContext, group: Group, page: Page, known: str) -> Made:
    fingerprint = context.renderer.fingerprint(page)
    if fingerprint == known:
        return Made(page.url, group, fingerprint, rendered=False, staged=False)
    if not page.article:
        data = context.renderer.render(page)
    else:
        article, problem = _read_again(context.site / "content", page.data.entry)
        if article is None:
            return Made(page.url, group, "", rendered=False, staged=False, problem=problem)
        data = context.renderer.render(page, article, markup.to_html(article.body))
    staged = context.sink.stage(output_path(page.url), data)
    return Made(page.url, group, fingerprint, rendered=True, staged=staged)


def _read_again(content: Path, entry: Entry) -> tuple[Article | None, Problem | None]:
    """The article that ``entry`` was made from, if its file still says the same."""
    path = f"content/{entry.path}"
    try:
        article, problems = read_article(content, entry.path)
    except OSError as error:
        return None, Problem(path, 0, f"can't be read: {error.strerror}", "check its permissions")
    if article is None:
        return None, problems[0]
    if article_digest(article) != entry.digest:
        return None, Problem(path, 0, "changed while the build ran", "run 'archive build' again")
    return article, None

"""Pages that are no articles, such as "About us" and an imprint: the files of ``_pages/``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from archive_gen import markup
from archive_gen.content import frontmatter
from archive_gen.content.listing import OWN_PAGES
from archive_gen.layout import CONTENT_FOLDER
from archive_gen.pictures import Picture, examine_file, fault_of, is_beside, is_document, path_meant
from archive_gen.problems import Problem, unreadable
from archive_gen.texts import quoted
from archive_gen.urls import slugify

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

_PLACE = re.compile(r"\A\d{1,9}[-_. ]+(?=.)")
"""Before the name of a file: it says where the page stands among the others, no more."""


class OwnPage(Struct, frozen=True):
    """A page that is no article."""

    slug: str
    """The folder of the site that it is in."""
    title: str
    language: str
    """Empty for that of the site."""
    body: str
    """Safe HTML."""
    pictures: tuple[tuple[str, Picture], ...] = ()
    """Those in its text that there are, and the documents to which it leads, each with the address
    by which the text means it."""


class OwnPages(Struct, frozen=True):
    """All of them, in the order of their files' names, and what is wrong with other files."""

    pages: tuple[OwnPage, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_own_pages(content: Path, taken: Container[str]) -> OwnPages:
    """The pages in ``content``; none if there is no such folder.

    ``taken`` are folders of the site that no page can have.
    """
    pages: dict[str, OwnPage] = {}
    problems: list[Problem] = []
    for name, data in _files(content):
        shown = f"{CONTENT_FOLDER}/{OWN_PAGES}/{name}"
        if isinstance(data, OSError):
            problems.append(unreadable(shown, data))
            continue
        article, faults = frontmatter.parse_bytes(data, shown)
        problems += faults
        if article is None:
            continue
        slug = article.slug or slugify(_PLACE.sub("", name.removesuffix(".md"), count=1))
        if slug in taken or slug in pages:
            problems.append(_told_taken(shown, slug, is_page=slug in pages))
            continue
        found, faults = _pictures(content, f"{OWN_PAGES}/{name}", article.body)
        problems += faults
        body = markup.to_html(article.body)
        pages[slug] = OwnPage(slug, article.title, article.language, body, tuple(found.items()))
    return OwnPages(tuple(pages.values()), tuple(problems))


def links(found: OwnPages) -> tuple[tuple[str, str, str], ...]:
    """What every page shows of them: title, url and language of each."""
    return tuple((page.title, f"{page.slug}/", page.language) for page in found.pages)


def _files(content: Path) -> Iterator[tuple[str, bytes | OSError]]:
    """Name and bytes of each, or why it can't be read."""
    folder = content / OWN_PAGES
    if not folder.is_dir():
        return
    for path in sorted(folder.glob("*.md")):
        if path.name[0] in "._" or path.is_symlink():
            continue  # as everywhere in the folder of articles
        try:
            yield path.name, path.read_bytes()
        except OSError as error:
            yield path.name, error


def _pictures(content: Path, path: str, text: str) -> tuple[dict[str, Picture], list[Problem]]:
    found: dict[str, Picture] = {}
    problems = []
    named = (*markup.picture_sources(text), *filter(is_document, markup.links(text)))
    for src in filter(is_beside, dict.fromkeys(named)):
        meant = path_meant(path, src)
        try:
            picture = examine_file(meant, (content / meant).read_bytes())
        except OSError:
            picture = fault_of(path, src)
        if isinstance(picture, Problem):
            problems.append(picture)
        else:
            found[src] = picture
    return found, problems


def _told_taken(shown: str, slug: str, *, is_page: bool) -> Problem:
    whose = "another page" if is_page else "the site itself"
    message = f"would be in the folder {quoted(slug)}, which {whose} has"
    return Problem(shown, 0, message, "give it another 'slug'")

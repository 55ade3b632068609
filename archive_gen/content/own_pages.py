"""Pages that are no articles, such as "About us" and an imprint: the files of ``_pages/``."""

from __future__ import annotations

import contextlib
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from archive_gen import markup
from archive_gen.content import frontmatter
from archive_gen.content.listing import OWN_PAGES
from archive_gen.layout import CONTENT_FOLDER
from archive_gen.pictures import Picture, examine_file, fault_of, is_beside, is_document, path_meant
from archive_gen.problems import Problem, failed_on, unreadable
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
        try:
            page, faults = _read(content, name, data)
        except Exception as error:
            page, faults = None, [failed_on(shown, error)]
        if page and (page.slug in taken or page.slug in pages):
            problems.append(_told_taken(shown, page.slug, is_page=page.slug in pages))
            continue
        problems += faults
        if page:
            pages[page.slug] = page
    return OwnPages(tuple(pages.values()), tuple(problems))


def _read(content: Path, name: str, data: bytes) -> tuple[OwnPage | None, list[Problem]]:
    path = f"{OWN_PAGES}/{name}"
    article, problems = frontmatter.parse_bytes(data, f"{CONTENT_FOLDER}/{path}")
    if article is None:
        return None, problems
    slug = article.slug or slugify(_PLACE.sub("", name.removesuffix(".md"), count=1))
    found, faults = _pictures(content, path, article.body)
    body = markup.to_html(article.body)
    page = OwnPage(slug, article.title, article.language, body, tuple(found.items()))
    return page, problems + faults


def links(found: OwnPages) -> tuple[tuple[str, str, str], ...]:
    """What every page shows of them: title, url and language of each."""
    return tuple((page.title, f"{page.slug}/", page.language) for page in found.pages)


def _files(content: Path) -> Iterator[tuple[str, bytes | OSError]]:
    """Name and bytes of each, or why it, or the folder, can't be read."""
    try:
        names = sorted(path.name for path in (content / OWN_PAGES).iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        yield "", error
        return
    for name in names:
        path = f"{OWN_PAGES}/{name}"
        # As everywhere in the folder of articles, what begins so is none.
        if name.endswith(".md") and name[0] not in "._" and _is_file(content, path):
            try:
                yield name, (content / path).read_bytes()
            except OSError as error:
                yield name, error


def _is_file(content: Path, path: str) -> bool:
    """Whether there is a file below ``content``, and no link on the way: nothing outside is read.

    A pipe is none: whoever opens it waits for ever.
    """
    ways = (PurePosixPath(path), *PurePosixPath(path).parents[:-1])
    return (content / path).is_file() and not any((content / way).is_symlink() for way in ways)


def _pictures(content: Path, path: str, text: str) -> tuple[dict[str, Picture], list[Problem]]:
    found: dict[str, Picture] = {}
    problems = []
    named = (*markup.picture_sources(text), *filter(is_document, markup.links(text)))
    for src in filter(is_beside, dict.fromkeys(named)):
        meant = path_meant(path, src)
        picture = _picture(content, meant) or fault_of(path, src)
        if isinstance(picture, Problem):
            problems.append(picture)
        else:
            found[src] = picture
    return found, problems


def _picture(content: Path, path: str) -> Picture | Problem | None:
    """What is at ``path``; None if there is no such file that can be read."""
    with contextlib.suppress(OSError):
        if _is_file(content, path):
            return examine_file(path, (content / path).read_bytes())
    return None


def _told_taken(shown: str, slug: str, *, is_page: bool) -> Problem:
    whose = "another page" if is_page else "the site itself"
    message = f"would be in the folder {quoted(slug)}, which {whose} has"
    return Problem(shown, 0, message, "give it another 'slug'")

"""Links of the built site: every one that stays inside leads to a file, and to a place in it."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml import html as lxml_html

from archive_gen.check.base import Finding
from archive_gen.parallel import chunks
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive_gen.check.base import Subject

_CHUNK = 100


@dataclass(frozen=True, slots=True)
class _Context:
    folder: Path
    files: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Link:
    page: str
    line: int
    target: str
    """A file of the site."""
    fragment: str


def links(subject: Subject) -> Iterator[Finding]:
    """Follow every link of every page, once its file is known to be there."""
    if not subject.is_built:
        return
    context = _Context(subject.sink.folder, frozenset(subject.sink.files()))
    pages = sorted(path for path in context.files if path.endswith(".html"))
    into: defaultdict[str, list[_Link]] = defaultdict(list)
    for found in subject.mapper.map(_follow, context, chunks(pages, _CHUNK)):
        for link in found:
            if link.target not in context.files:
                yield _broken(subject, link, f"links to '{link.target}', which is not there")
            elif link.target.endswith(".html"):  # what a place in a PDF is called, its reader knows
                into[link.target].append(link)
    yield from _lost_places(subject, context, into)


def _lost_places(
    subject: Subject, context: _Context, into: Mapping[str, Sequence[_Link]]
) -> Iterator[Finding]:
    """Links to a place in a page that is there, and has no such place."""
    for targets in subject.mapper.map(_places, context, chunks(sorted(into), _CHUNK)):
        for target, places in targets.items():
            for link in into[target]:
                if link.fragment not in places:
                    message = f"links to '#{link.fragment}', which is not in '{target}'"
                    yield _broken(subject, link, message)


def _broken(subject: Subject, link: _Link, message: str) -> Finding:
    hint = "mend the address in the article, or the template"
    problem = Problem(f"{subject.config.output}/{link.page}", link.line, message, hint)
    return Finding(problem, "broken-link")


def _follow(context: _Context, pages: Sequence[str]) -> list[_Link]:
    """Links to what is not there, and those to a place in another page; each target once a page."""
    return [link for page in pages for link in _to_follow(context, page)]


def _to_follow(context: _Context, page: str) -> Iterator[_Link]:
    tree = _parse(context.folder / page)
    places: frozenset[str] | None = None
    for link in _links_of(tree, page):
        if link.target == page and link.fragment:
            # As nearly all pages have such links, and hundreds of thousands would have to wait.
            places = _places_of(tree) if places is None else places
            if link.fragment not in places:
                yield link
        elif link.fragment or link.target not in context.files:
            yield link


def _links_of(tree: lxml_html.HtmlElement, page: str) -> Iterator[_Link]:
    seen = set()
    for element, _, address, _ in tree.iterlinks():
        inside = _inside(page, address)
        if inside and inside not in seen:
            seen.add(inside)
            yield _Link(page, element.sourceline or 0, *inside)


def _inside(page: str, address: str) -> tuple[str, str] | None:
    """The file and the place in it that a relative address names; None for all others."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme or parts.netloc or address.startswith("/"):
        return None
    path = posixpath.join(posixpath.dirname(page), unquote(parts.path)) if parts.path else page
    return posixpath.normpath(path), unquote(parts.fragment)


def _places(context: _Context, pages: Sequence[str]) -> Mapping[str, frozenset[str]]:
    return {page: _places_of(_parse(context.folder / page)) for page in pages}


def _places_of(tree: lxml_html.HtmlElement) -> frozenset[str]:
    return frozenset(map(str, tree.xpath("//@id | //a/@name")))


def _parse(path: Path) -> lxml_html.HtmlElement:
    try:
        return lxml_html.document_fromstring(path.read_bytes(), parser=_PARSER)
    except (OSError, etree.ParserError):  # gone meanwhile, or empty: no links
        return lxml_html.document_fromstring("<p>")


_PARSER = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)

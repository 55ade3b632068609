"""Who wrote the article of an HTML page.

Persons only: desks are left out, and an agency is named apart, for pages that no person signs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archive_gen.cleaning.base import Found
from archive_gen.cleaning.html.stated.json_ld import names_of
from archive_gen.cleaning.people.agencies import agency_of
from archive_gen.cleaning.people.bylines import without_by
from archive_gen.cleaning.people.name_lists import signs_announced
from archive_gen.cleaning.people.persons import (
    LONGEST_BYLINE,
    may_sign,
    read_byline,
    read_persons,
)
from archive_gen.cleaning.phrases import fold
from archive_gen.texts import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.cleaning.html.stated.head import Head

_NAMES = (
    "author article:author authors parsely-author sailthru.author dc.creator dcterms.creator byl "
    "article:author_name article.author og:article:author cxenseparse:author creator dcsext.author "
    "citation_author shareaholic:article_author_name"
).split()
_BYLINE = re.compile(
    r"\bby-?line|author-?_?name|(?:^|[\s_-])author(?:s|\b)|article-?author", re.IGNORECASE
)
_OF_OTHERS = re.compile(r"comment|reply|respond|related|recommend|teaser", re.I)
_FARTHEST_UP = 5
"""So many elements up it is looked for comments and teasers."""


def find_authors_of(tree: Any, head: Head, shown: Found, header: str) -> Found:
    """The persons that the first place names which names any.

    ``shown`` are those of the byline that readers see, ``header`` is the text around it. Lists for
    machines name photographers and editors, too: of those who are in a list, the ones whom
    readers see at the headline count, if there are any.
    """
    site = head.site.value
    linked, organisations = names_of(head.article.get("author"))
    told = [found.value for found in head.told(_NAMES)]
    seen = f" {fold(header)} "
    for names, origin in ((linked, "JSON-LD author"), (told, "meta author")):
        persons = _persons(names, site)
        if persons:
            visible = tuple(name for name in persons if f" {fold(name)} " in seen)
            # Whoever put a text into the system is not always who signed it.
            signed = shown.value if origin == "meta author" and not visible else ()
            return shown if signed else Found(visible or persons, origin)
    if find_agency(head).value:
        return shown
    marked = _marked_persons(tree, site)
    if marked or shown.value:
        return Found(marked, "byline in the markup") if marked else shown
    return _by_other_names(site, (*linked, *organisations), told)


def _by_other_names(site: str, linked: Sequence[str], told: Sequence[str]) -> Found:
    """What a page states as its author that has not the form of a person's name.

    Bloggers go by one name, institutes sign what they publish, and the site of a person is named
    as the person is.
    """
    for names, origin in ((linked, "JSON-LD author"), (told, "meta author")):
        others = tuple(
            dict.fromkeys(name for name in map(_unannounced, names) if may_sign(name, site))
        )
        if others:
            return Found(others, origin)
    return Found((), "")


def _unannounced(text: str) -> str:
    """``By Celebrity Wire`` without its first word; ``AFPRelaxnews`` begins with none."""
    line = one_line(text)
    name = without_by(line)
    return name if f" {name}" in line else line


def find_agency(head: Head) -> Found:
    """The news agency that is named as author; for pages that name no person."""
    persons, organisations = names_of(head.article.get("author"))
    told = [Found(name, "JSON-LD author") for name in (*organisations, *persons)]
    for name, origin in (*told, *head.told(_NAMES)):
        line = without_by(name)
        if agency_of(line):
            return Found(line, origin)
    return Found()


def _persons(names: list[str], site: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person for text in names for person in read_persons(text, site)))


def _marked_persons(tree: Any, site: str) -> tuple[str, ...]:
    """Whom the page's markup calls the author: by ``rel`` or microdata, else by class."""
    named, classed = _named_elements(tree)
    marked = [next((e for e in one.iter() if e.get("itemprop") == "name"), one) for one in named]
    persons = [_signed(_text(element), site) for element in marked if not _of_others(element)]
    found = tuple(dict.fromkeys(name for names in persons for name in names))
    return found or next((names for names in _classed(classed, site) if names), ())


def _named_elements(tree: Any) -> tuple[list[Any], list[Any]]:
    """The elements that ``rel`` or microdata call the author, and those whose class or id does."""
    named, classed = [], []
    for element in tree.iter("*"):
        told = element.attrib
        if not told:
            continue
        get = told.get
        if "author" in f"{get('rel', '')} {get('itemprop', '')}".split():
            named.append(element)
        names = f"{get('class')} {get('id')}"
        if ("uthor" in names or "yline" in names) and _BYLINE.search(names):
            classed.append(element)
    return named, classed


def _classed(elements: Iterable[Any], site: str) -> Iterator[tuple[str, ...]]:
    for element in elements:
        text = _text(element)
        if len(text) <= LONGEST_BYLINE and not _of_others(element):
            yield _signed(text, site)


def _signed(text: str, site: str) -> tuple[str, ...]:
    """The persons in what an element holds: a name, or what else a page writes beside one."""
    return tuple(name for name in read_byline(text, site) if signs_announced(name, site))


def _text(element: Any) -> str:
    """What is in ``element``; its parts are apart, as readers see them."""
    return " ".join(" ".join(element.itertext()).split())


def _of_others(element: Any) -> bool:
    """Whether it stands among comments, teasers, or what is on every page."""
    for _ in range(_FARTHEST_UP):
        if element is None or element.tag in ("article", "main", "body"):
            return False
        if _OF_OTHERS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
        element = element.getparent()
    return False

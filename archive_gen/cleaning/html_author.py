"""Who wrote the article of an HTML page.

Persons only: desks are left out, and an agency is named apart, for pages that no person signs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archive_gen.cleaning.agencies import agency_of
from archive_gen.cleaning.html_head import Found, one_line
from archive_gen.cleaning.json_ld import names_of
from archive_gen.cleaning.names import level_capitals
from archive_gen.cleaning.phrases import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.cleaning.html_head import Head

_NAMES = (
    "author article:author authors parsely-author sailthru.author dc.creator dcterms.creator byl "
    "article:author_name article.author og:article:author cxenseparse:author creator dcsext.author "
    "citation_author shareaholic:article_author_name"
).split()
_AND = re.compile(
    r"(?<!\s)(?:\s*[;,&|/、،·]\s*|\s+(?:and|und|et|y|e|i|og|och|en|и|та|و)\s+(?=\S)|\s{2,})",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:story by|written by|posted by|reported by|by|von|par|por|door|автор|текст|oleh)"
    r"(?:\s*:)?\s+(?=\S)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?<!\s)\s*(?:[,(|–—-]\s*)?\b(?:senior|chief|staff|political|special|foreign|business|sports?"
    r"|contributing|opinion)?\s*"
    r"(?:reporter|editor|writer|correspondent|columnist|journalist|contributor)\b.*|\s기자$",
    re.IGNORECASE | re.DOTALL,
)
_NO_PERSON = re.compile(
    r"https?:|www\.|@|\d|^(?:the|in|on|news)\b|\b(?:staff|editors?|editorial|editorial board|"
    r"news ?desk|newsroom|desk|redaktion|redacci[oó]n|redazione|rédaction|redactie|redação|admin|"
    r"administrator|associated press|reuters|agence|agency|agencies|agenc[ij]as?|afp|dpa|ansa|efe|"
    r"tass|bloomberg|wire|press association|correspondent|contributors?|contributing|officer|"
    r"head of|team|media|unknown|anonymous|guest|publisher|times|news|magazine|report|tv|online)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"\bby-?line|author-?_?name|(?:^|[\s_-])author(?:s|\b)|article-?author", re.I)
_LONGEST = 120
"""Characters of a byline."""


def find_authors_of(tree: Any, head: Head) -> Found:
    """The persons that the first place names which names any."""
    site = head.site.value
    linked, _ = names_of(head.article.get("author"))
    told = [found.value for found in head.told(_NAMES)]
    for names, origin in ((linked, "JSON-LD author"), (told, "meta author")):
        persons = _persons(names, site)
        if persons:
            return Found(persons, origin)
    return Found(_persons(_marked(tree), site), "byline in the markup")


def find_agency(head: Head) -> Found:
    """The news agency that is named as author; for pages that name no person."""
    persons, organisations = names_of(head.article.get("author"))
    told = [Found(name, "JSON-LD author") for name in (*organisations, *persons)]
    for name, origin in (*told, *head.told(_NAMES)):
        line = _BY.sub("", one_line(name), count=1)
        if agency_of(line):
            return Found(line, origin)
    return Found("", "")


def read_persons(text: str, site: str = "") -> tuple[str, ...]:
    """The persons that a byline or a meta element names."""
    line = _BY.sub("", one_line(text), count=1)
    parts = (_freed(part, site) for part in _AND.split(line))
    return tuple(dict.fromkeys(level_capitals(part) for part in parts if _is_person(part, site)))


def _persons(names: list[str], site: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person for text in names for person in read_persons(text, site)))


def _freed(part: str, site: str) -> str:
    """A name without the role or the publication that follows it."""
    part = _ROLE.sub("", part)
    if site and part.endswith(f" {site}"):
        part = part.removesuffix(site)
    return part.strip(" ,:;()-–—*")


def _is_person(text: str, site: str) -> bool:
    words = text.split()
    spaced = text.isascii() or any(c.isupper() for c in text)
    return (
        (2 if spaced else 1) <= len(words) <= 5
        and len(text) <= 60
        and not _NO_PERSON.search(text)
        and fold(text) != fold(site)
    )


def _marked(tree: Any) -> list[str]:
    """Names that the page's markup calls the author's: by ``rel`` or microdata, else by class."""
    found = [
        next((e for e in element.iter() if e.get("itemprop") == "name"), element).text_content()
        for element in tree.xpath("//*[contains(@rel, 'author') or contains(@itemprop, 'author')]")
        if "author" in f"{element.get('rel') or ''} {element.get('itemprop') or ''}".split()
    ]
    return found or list(_classed(tree))[:1]


def _classed(tree: Any) -> Iterator[str]:
    named = tree.xpath(
        "//*[contains(@class, 'uthor') or contains(@class, 'yline') "
        "or contains(@id, 'uthor') or contains(@id, 'yline')]"
    )
    for element in named:
        if _BYLINE.search(f"{element.get('class')} {element.get('id')}"):
            text = element.text_content()
            if len(text) <= _LONGEST and read_persons(text):
                yield text

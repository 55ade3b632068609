"""Who wrote the article of an HTML page.

Persons only: desks are left out, and an agency is named apart, for pages that no person signs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archive_gen.cleaning.agencies import agency_of, is_desk
from archive_gen.cleaning.dates_in_text import find_date
from archive_gen.cleaning.html_head import Found, one_line
from archive_gen.cleaning.html_sections import EVERYWHERE
from archive_gen.cleaning.json_ld import names_of
from archive_gen.cleaning.names import is_name as has_form_of_name
from archive_gen.cleaning.names import level_capitals, split_names
from archive_gen.cleaning.phrases import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    r"(?:(?:(?:photos and )?story|words|written|posted|reported|published|authored|created"
    r"|this post was written) ?by|by|(?:veröffentlicht |erstellt |eingestellt |geschrieben )?von"
    r"|par|por|door|di|автор|текст|oleh|authors?|autor(?:in|en)?|auteur|autore|text|interview"
    r"|zeige alle beiträge von|alle beiträge von|view all posts by|more (?:about|from))"
    r"(?:\s?:\s?|\s(?=\S)|(?-i:(?=[A-ZÀ-ÖØ-Þ])))",
    re.IGNORECASE,
)
_BY_LATER = re.compile(r"(?<!\w)(?:by|von|par|por)\s(?P<names>\S.*)", re.IGNORECASE)
"""``Posted on May 4, 2019 by Ada Lund``."""
_ROLE = re.compile(
    r"(?<!\s)\s*(?:[,(|–—-]\s*)?\b(?:senior|chief|staff|political|special|foreign|business|sports?"
    r"|contributing|opinion)?\s*"
    r"(?:reporter|editor|writer|correspondent|columnist|journalist|contributor|(?:co-)?founder|ceo"
    r"|director|manager|redakteur(?:in)?|chefredakteur(?:in)?|subscribe|follow)\b.*"
    r"|\s(?-i:[Ff](?:or|OR)\s(?:[Tt]he|THE)\s).*|,?\s(?-i:in)\s.*|\s기자$",
    re.IGNORECASE | re.DOTALL,
)
_OF_DATE = re.compile(
    r"\s(?:last|updated|published|posted|stand|on|am|vom|le|el)\b.*", re.IGNORECASE | re.DOTALL
)
_NO_PERSON = re.compile(
    r"https?:|www\.|@|\d|^(?:the|in|on|news|about|all|view|more|name|archiv|table|über)\b|"
    r"\b(?:staff|editors?|editorial|editorial board|news ?desk|newsroom|desk|redaktion|"
    r"redacci[oó]n|redazione|rédaction|redactie|redação|admin|administrator|"
    r"associated press|reuters|agence|agency|agencies|"
    r"agenc[ij]as?|afp|dpa|ansa|efe|tass|bloomberg|wire|press association|correspondent|"
    r"contributors?|contributing|officer|head of|team|media|unknown|anonymous|guest|publisher|"
    r"times|news|magazine|report|tv|online|published|posted|publiziert|author|posts|profile|"
    r"articles?|artikel|beiträge|says|sagt|writes|schreibt|consultant|certified|creator|reviewer|"
    r"facebook|twitter|linkedin|whatsapp|telegram|instagram|pinterest|youtube|tiktok|"
    r"expert|comments?|sponsored|specialist|follow|subscribe)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"https?:|www\.|[@\d_/\\<>{}]|\.\w|admin|unknown|anonymous|guest|editor|author|sponsored", re.I
)
_MOST_WORDS = 6
_BYLINE = re.compile(
    r"\bby-?line|author-?_?name|(?:^|[\s_-])author(?:s|\b)|article-?author", re.IGNORECASE
)
_OF_OTHERS = re.compile(r"comment|reply|respond|related|recommend|teaser", re.I)
_FARTHEST_UP = 5
"""So many elements up it is looked for comments and teasers."""
_LONGEST = 120
"""Characters of a byline."""


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
        others = tuple(dict.fromkeys(one_line(n) for n in names if is_name(n, site)))
        if others:
            return Found(others, origin)
    return Found((), "")


def is_name(text: str, site: str) -> bool:
    """Whether ``text`` is a name at all: no account, address, desk, agency, and not the site's."""
    name = one_line(text)
    words, key, own = name.split(), fold(name), fold(site)
    if not key or key in EVERYWHERE or len(words) > _MOST_WORDS or _NO_NAME.search(name):
        return False
    if name[0].islower() or (len(words) == 1 and name.isupper() and name.isascii()):
        return False
    if agency_of(freed(name, site)) or is_desk(name):
        return False
    of_site = bool(own) and (key in own or own in key)
    return not of_site or (len(words) > 1 and looks_like_person(name))


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
    """The persons that a meta element or JSON-LD names."""
    line = _BY.sub("", one_line(text), count=1)
    parts = (freed(part, site) for part in _AND.split(line))
    return tuple(dict.fromkeys(level_capitals(part) for part in parts if _is_person(part, site)))


def read_byline(text: str, site: str = "") -> tuple[str, ...]:
    """The persons that a byline shows: it holds more than names, so only what looks like one."""
    line = _BY.sub("", one_line(text), count=1)
    if len(line) > _LONGEST or agency_of(line):
        return ()
    date = find_date(line)
    if date:
        after = _BY_LATER.search(date.after)
        line = after["names"] if after else _OF_DATE.sub("", date.before)
    names = [_once(freed(name, site)) for name in split_names(line)]
    return tuple(name for name in dict.fromkeys(names) if looks_like_person(name, site))


def _once(name: str) -> str:
    """``Ada Lund Ada Lund``, of a picture's text and the name beside it → ``Ada Lund``."""
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half and words[:half] == words[half:] else name


def announces(text: str) -> bool:
    """Whether ``text`` begins as bylines do; the name may stick to it (``ByAda Lund``)."""
    return bool(_BY.match(text))


def looks_like_person(name: str, site: str = "") -> bool:
    """Whether ``name`` has the form of a person's and is not that of a desk, agency or site."""
    cased = name.lower() != name.upper()
    return _is_person(name, site) and (has_form_of_name(name) or not cased) and not agency_of(name)


def _persons(names: list[str], site: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person for text in names for person in read_persons(text, site)))


def freed(part: str, site: str) -> str:
    """A name without the role or the publication that follows it."""
    part = _ROLE.sub("", part)
    at = part.casefold().find(f" {site.casefold()}") if site else -1
    part = part[:at] if at > 0 else part
    return part.strip(" ,:;()-–—*")


def _is_person(text: str, site: str) -> bool:
    words = text.split()
    spaced = text.isascii() or any(c.isupper() for c in text)
    return (
        (2 if spaced else 1) <= len(words) <= 5
        and len(text) <= 60
        and not _NO_PERSON.search(text)
        and not _names_site(fold(text), fold(site))
    )


def _names_site(key: str, site: str) -> bool:
    """Whether it is the site's name, be it with something that sticks to it (``TimesNovember``)."""
    return key == site or (" " in site and key.startswith(site))


def _marked_persons(tree: Any, site: str) -> tuple[str, ...]:
    """Whom the page's markup calls the author: by ``rel`` or microdata, else by class."""
    named, classed = _named_elements(tree)
    marked = [next((e for e in one.iter() if e.get("itemprop") == "name"), one) for one in named]
    persons = [read_byline(_text(element), site) for element in marked if not _of_others(element)]
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
        if len(text) <= _LONGEST and not _of_others(element):
            yield read_byline(text, site)


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

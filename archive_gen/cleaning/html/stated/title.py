"""The headline of an HTML page: what readers see of it, freed of the site's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archive_gen.cleaning.base import Found
from archive_gen.cleaning.phrases import fold
from archive_gen.texts import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from archive_gen.cleaning.base import Block
    from archive_gen.cleaning.html.stated.head import Head

_TITLES = "og:title twitter:title headline dc.title parsely-title sailthru.title title".split()
_BETWEEN = re.compile(r"(?<!\s)\s+(?:[-–—|·•:»«~]|::)\s+")
_AS_SITE = re.compile(
    r"(?<![\w-])[\w-]+\.(?:com|org|net|co\.uk|de|fr)\s*(?:[:|–—-]+)\s+(?=\S)", re.IGNORECASE
)
"""``Example.com: Headline``."""
_ARCHIVE = re.compile(
    r"\A(?:.{1,200}\s)?[»|–-]\s(?:blog archive?|archives?|archive? du blog|archivio blog|"
    r"archivo(?: del blog)?|arquivo(?: do blog)?|blog-archiv|blogarchief|архив блога)\s»\s(?=\S)",
    re.IGNORECASE,
)
"""``Site » Blog Archive » Headline``, as blogs were long titled."""
_PRINTED = re.compile(
    r"\A(?:print(?:er)?[ -](?:friendly )?(?:view|version|page)|printer-friendly|print|druckversion|"
    r"druckansicht|version imprimable|versión para imprimir|versão para impressão|"
    r"versione (?:stampabile|per la stampa)|printversie|wersja do druku|версия для печати)"
    r"(?:\s?[:|»–-]\s?|\Z)|\s?[:|«–-]\s?(?:print(?:er)?[ -](?:friendly )?(?:view|version|page)|"
    r"printer-friendly|druckversion|druckansicht|version imprimable|versión para imprimir|"
    r"versão para impressão|versione stampabile|printversie|wersja do druku|версия для печати)\Z",
    re.IGNORECASE,
)
_EDGE = " -–—|·•:»«~"
_LIKE = 0.3
_UNNAMED = frozenset(
    "untitled document,untitled,untitled page,no title,new page 1,new page,default,index,"
    "title here,document title,unbenanntes dokument,neue seite 1,document sans titre,"
    "documento sin título,documento senza titolo,naamloos document,dokument bez tytułu,"
    "документ без названия".split(",")
)
"""What editors of web pages wrote where nobody gave a title."""
_NOTICE = re.compile(r"\W*(?:©|\(c\)|copyright\b)", re.IGNORECASE)
_HOME = re.compile(r"(?:https?:)?//[^/?#]{1,200}/?|/|\./", re.IGNORECASE)
"""The address of a site's root."""
_LONGEST_NAME = 5
"""Words of the name of a site."""
_LEAST_SHORTENED = 3
_LONGEST_HEADLINE = 20
"""Words."""
_LONGEST_KICKER = 3
"""Words of what may stand before a headline in the same heading: a section, ``Opinion``."""


def find_title(tree: Any, head: Head) -> Found:
    """The ``h1`` that the head speaks of; else what the head says, without the site's name."""
    told = [Found(one_line(v), o) for v, o in (*head.linked("headline"), *head.told(_TITLES))]
    told += [Found(one_line(t.text_content()), "title element") for t in tree.iter("title")][:1]
    told = [Found(_plain(found.value), found.origin) for found in told]
    site = fold(head.site.value)
    told = [found for found in told if fold(found.value) not in ("", site, *_UNNAMED)]
    headings = [one_line(h.text_content()) for h in tree.iter("h1") if not _leads_home(h)]
    best = max(headings, key=lambda text: _likeness(text, told), default="")
    if best and (not told or _likeness(best, told) >= _LIKE):
        return Found(_without_kicker(best, told), "h1")
    if not told:
        return Found()
    shown = _shown_part(told[0].value, tree)
    shown = "" if fold(shown) == site else shown
    if not shown and told[0].origin == "title element":
        shown = _longer_shown(told[0].value, tree)
    return Found(shown or _without_site(told[0].value, site), told[0].origin)


def find_site_name(
    tree: Any, title: str, blocks: Iterable[Block], sections: AbstractSet[str]
) -> Found:
    """``Headline | Site`` → ``Site``, where the page claims its copyright under that name, or leads
    to its home by it; what it names its ``sections`` is no site."""
    text = next((one_line(each.text_content()) for each in tree.iter("title")), "")
    name = _BETWEEN.split(text)[-1]
    headline = text[: -len(name)].rstrip(_EDGE)
    key = fold(name)
    is_name = 0 < len(key.split()) <= _LONGEST_NAME and key not in sections
    if not is_name or fold(headline) != fold(title):
        return Found()
    return Found(name, "title element") if is_named(tree, name, blocks) else Found()


def is_named(tree: Any, name: str, blocks: Iterable[Block]) -> bool:
    """Whether the page claims its copyright under ``name``, or leads to its home by it."""
    notices = (block.text for block in blocks if _NOTICE.match(block.text))
    return any(name in notice for notice in notices) or fold(name) in _names_of_home(tree)


def _names_of_home(tree: Any) -> Iterator[str]:
    """What links to the root of the site say, or the pictures in them."""
    for link in tree.iter("a"):
        if _HOME.fullmatch(link.get("href") or ""):
            yield fold(one_line(link.text_content()))
            yield from (fold(one_line(image.get("alt") or "")) for image in link.iter("img"))


def _plain(title: str) -> str:
    """Without what the software of blogs, and of pages to be printed, writes into all titles;
    empty where the rest is a site's name."""
    rest, printed = _PRINTED.subn("", _ARCHIVE.sub("", title, count=1), count=1)
    return "" if printed and _count(rest) < _LEAST_SHORTENED else rest


def _leads_home(heading: Any) -> bool:
    """Whether a heading is the name of the site: a link to its root, and nothing else."""
    said = one_line(heading.text_content())
    links = (link for link in heading.iter("a") if _HOME.fullmatch(link.get("href") or ""))
    return any(one_line(link.text_content()) == said for link in links)


def _shown_part(text: str, tree: Any) -> str:
    """``Site - Headline`` → ``Headline``, where the page shows that alone; else empty.

    What comes later and is no longer than what is before it is the site's name.
    """
    parts = _BETWEEN.split(text)
    starts = [text.index(part, 1) for part in parts[1:]]
    later = {text[at:] for at in starts if _count(text[at:]) > _count(text[:at])}
    return (
        max((line for line in _lines(tree) if line in later), key=len, default="") if later else ""
    )


def _longer_shown(text: str, tree: Any) -> str:
    """``Site - Bridge opens`` → ``Bridge opens again in May``, which the page shows; else empty.

    The names of pages were once kept short.
    """
    parts = [part for part in _BETWEEN.split(text) if _count(part) >= _LEAST_SHORTENED]
    longer = (line for line in _lines(tree, "a") if _count(line) <= _LONGEST_HEADLINE)
    others = (line for line in longer if line not in text)
    return next((line for line in others if any(_goes_on(line, part) for part in parts)), "")


def _goes_on(line: str, part: str) -> bool:
    return line.startswith(f"{part} ") and not line.endswith((".", "…"))


def _count(text: str) -> int:
    """How many words it has."""
    return len(fold(text).split())


def _lines(tree: Any, without: str = "") -> Iterator[str]:
    """The texts with which the elements of the body begin, but for those ``without``."""
    body = tree.find("body")
    parts = () if body is None else body.iter()
    return (one_line(p.text) for p in parts if isinstance(p.text, str) and p.tag != without)


def _likeness(heading: str, told: Sequence[Found]) -> float:
    """How much of the words of ``heading`` and of what the head says are the same, 0–1."""
    words = set(fold(heading).split())
    if not words:
        return 0.0
    others = [set(fold(found.value).split()) for found in told]
    return max((len(words & o) / max(len(words), min(len(o), 30)) for o in others), default=0.0)


def _without_kicker(heading: str, told: Sequence[Found]) -> str:
    """``Politics | Headline`` → ``Headline``, where another value proves it."""
    for other in (str(found.value) for found in told):
        before = heading[: -len(other)].rstrip(_EDGE)
        if other != heading and heading.endswith(other) and before:
            return other if len(before.split()) <= _LONGEST_KICKER else heading
    return heading


def _without_site(text: str, site: str) -> str:
    """``Headline - Site`` → ``Headline``."""
    parts = _BETWEEN.split(text)
    if len(parts) > 1 and (fold(parts[-1]) == site or len(fold(parts[-1]).split()) <= 3):
        text = text[: text.rindex(parts[-1])].rstrip(_EDGE)
    return _AS_SITE.sub("", text, count=1)

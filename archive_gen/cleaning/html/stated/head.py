"""The head of an HTML page: its meta elements, its JSON-LD, and what they say of the page."""

from __future__ import annotations

import dataclasses
import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive_gen.cleaning.base import Found
from archive_gen.cleaning.html.stated.json_ld import (
    find_article,
    find_web_page,
    objects_of,
    text_of,
)
from archive_gen.cleaning.people.agencies import agency_of
from archive_gen.language_tags import is_language_tag
from archive_gen.texts import fold_term, one_line, strip_unwanted
from archive_gen.urls import is_web_address, resolved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_SITES = "og:site_name application-name article:publisher dc.publisher publisher copyright".split()
_KEYWORDS = (
    "article:tag news_keywords keywords parsely-tags sailthru.tags dc.subject dcterms.subject "
    "cxenseparse:keywords"
).split()
_SUMMARIES = "og:description description twitter:description dc.description".split()
_LANGUAGES = "og:locale content-language dc.language language".split()
_BETWEEN_TAGS = re.compile(r"(?<!\s)\s*[,;|]\s*")
_FOR_MACHINES = re.compile(
    r"[@/:]|.*_|\d{5,}$|[\da-f]{4,}(?:-[\da-f]{4,}){3,}$|\w+://", re.IGNORECASE
)
"""A keyword that a site's software has given itself: ``type_news``, ``@subscriber``, numbers."""
_MOST_LINKED = 25
_UNSORTED = frozenset(
    map(
        fold_term,
        "uncategorized,uncategorised,allgemein,unkategorisiert,nicht kategorisiert,non classé,"
        "sin categoría,sem categoria,senza categoria,geen categorie,bez kategorii,без рубрики,"
        "okategoriserade,ukategorisert,ikke kategoriseret,yleinen,未分类,未分類".split(","),
    )
)
"""What the software of blogs calls the section of what nobody put into one."""
_SLOGAN = re.compile(r"\s(?:[|·](?:\s.*)?|[^\s@]+@\S+)\Z")
"""What a site says after its name; or how to write to it."""
_NO_NAME = re.compile(r"/?#|[{$%<]{1,2} ?[\w$.]|©|\(c\)|copyright\b", re.IGNORECASE)
"""A reference that leads nowhere, a place in a template that nobody filled, or a notice."""
_OWNER = re.compile(
    r"\A(?:Blogger|Substack|Medium|WordPress)\Z|(?<![^\W_])(?:g?GmbH|AG|eG|UG|KG|Inc|Ltd|LLC|PLC|Pty|S\.A|S\.?r\.?l"
    r"|Sp\. ?z ?o\. ?o|B\.V)(?![^\W_])"
)
"""A platform, or a company by its form: its paper has another name."""
_MARKUP = re.compile(r"<[^<>]*>")
_PARAGRAPH_ENDS = re.compile(
    r"\n+|</?(?:p|div|br|h[1-6]|li|ul|ol|blockquote)\b[^<>]*>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Head:
    """What a page states of itself, as it stands there."""

    metas: Mapping[str, list[str]]
    """Name → contents, in order."""
    article: Mapping[str, Any]
    """The article's object in JSON-LD; empty if there is none."""
    web_page: Mapping[str, Any]
    """The page's own; empty if there is none."""
    site: Found
    """The name of the publication."""

    def told(self, names: Iterable[str]) -> Iterator[Found]:
        """The contents of the meta elements with these names, in the order of the names."""
        for name in names:
            for value in self.metas.get(name, ()):
                yield Found(value, f"meta {name}")

    def linked(self, *keys: str) -> Iterator[Found]:
        """What the JSON-LD object says under these keys."""
        for key in keys:
            text = text_of(self.article.get(key))
            if text:
                yield Found(text, f"JSON-LD {key}")

    @property
    def is_of_article(self) -> bool:
        """Whether the page says that it is an article; that it is one to those who share it
        (``og:type``) systems also say of lists."""
        return bool(self.article) or "article:published_time" in self.metas

    @property
    def summary(self) -> Found:
        """The description of the page."""
        return _first(self.told(_SUMMARIES))

    @property
    def story(self) -> str:
        """The whole story where JSON-LD has it, without markup."""
        return _MARKUP.sub(" ", html.unescape(text_of(self.article.get("articleBody"))))

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs of ``story``, as far as JSON-LD parts them."""
        story = html.unescape(text_of(self.article.get("articleBody")))
        parts = (" ".join(_MARKUP.sub(" ", part).split()) for part in _PARAGRAPH_ENDS.split(story))
        return [part for part in parts if part]


def read_head(tree: Any) -> Head:
    """What the meta elements and the JSON-LD of ``tree`` state."""
    metas = _metas(tree)
    scripts = [s.text for s in tree.iter("script") if "ld+json" in s.get("type", "") and s.text]
    objects = objects_of(scripts)
    head = Head(metas, find_article(objects), find_web_page(objects), Found())
    return dataclasses.replace(head, site=_site(head))


def find_language(tree: Any, head: Head) -> Found:
    """The language that the page says it is in."""
    root = tree if tree.tag == "html" else next(tree.iter("html"), tree)
    attribute = root.get("lang") or root.get("xml:lang") or ""
    places = (Found(attribute, "html lang"), *head.linked("inLanguage"), *head.told(_LANGUAGES))
    for text, origin in places:
        tag = text.strip().replace("_", "-")
        if is_language_tag(tag):
            return Found(tag, origin)
    return Found()


def find_tags(tree: Any, head: Head) -> Found:
    """The page's own keywords: the first place that has some counts, the links of its text last."""
    stated = head.article.get("keywords")
    texts = [text_of(value) for value in (stated if isinstance(stated, list) else [stated])]
    places = [("JSON-LD keywords", texts)]
    places += [(f"meta {name}", head.metas.get(name, [])) for name in _KEYWORDS]
    places.append(("links to tags", list(_linked_tags(tree))))
    for origin, values in places:
        words = [word for value in values for word in _BETWEEN_TAGS.split(one_line(value))]
        named = (word.strip(" #\"',;|&") for word in words if not _FOR_MACHINES.match(word))
        tags: dict[str, str] = {}
        for word in named:
            if 1 < len(word) <= 60:
                tags.setdefault(fold_term(word), word)  # a page says ``News`` and ``news``
        if tags:
            return Found(tuple(tags.values()), origin)
    return Found((), "")


def _linked_tags(tree: Any) -> Iterator[str]:
    """The keywords to whose pages a page links as its own; more than a story has are a site's."""
    links = [link for link in tree.iter("a") if "tag" in (link.get("rel") or "").split()]
    names = [link.text_content() for link in links if "tag-" not in (link.get("class") or "")]
    names = [name for name in names if fold_term(one_line(name)) not in _UNSORTED]
    yield from names if len(names) <= _MOST_LINKED else ()


def find_address(tree: Any, head: Head, given: str) -> Found:
    """The canonical address; relative ones are read from where the page was found."""
    links = [
        Found(str(link.get("href") or ""), "link rel=canonical")
        for link in tree.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    ]
    for value, origin in (*links, *head.told(["og:url"])):
        url = web_address(value, given)
        if url:
            return Found(url, origin)
    return Found(given, "")


def web_address(value: str, base: str) -> str:
    """``value`` as an absolute http or https address; empty if it is none."""
    url = resolved(base, strip_unwanted(value).strip())
    return url if is_web_address(url) else ""


def _metas(tree: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = meta.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _site(head: Head) -> Found:
    """The first name; where that is of who owns or feeds the site, another that has none of it."""
    names = list(_sites(head))
    for name, origin in names:
        others = (other for other, _ in names if name.casefold() not in other.casefold())
        if not (_is_of_other(name) and any(not _is_of_other(other) for other in others)):
            return Found(name, origin)
    return Found()


def _is_of_other(name: str) -> bool:
    return bool(_OWNER.search(name) or agency_of(name))


def _sites(head: Head) -> Iterator[Found]:
    for text, origin in (*head.linked("publisher"), *head.told(_SITES)):
        name = _SLOGAN.sub("", one_line(text).lstrip("@")).strip('"')
        if name and "//" not in name and len(name) <= 60 and not _NO_NAME.match(name):
            yield Found(name, origin)


def _first(places: Iterator[Found]) -> Found:
    text, origin = next(places, Found())
    return Found(one_line(text), origin)

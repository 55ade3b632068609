"""What an HTML page states of its article in its head and around its headline."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from archive_gen.cleaning.dates_in_text import find_date
from archive_gen.cleaning.json_ld import find_article, names_of, text_of
from archive_gen.cleaning.names import level_capitals
from archive_gen.cleaning.phrases import fold
from archive_gen.dates import ArchiveDate, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_DATES = (
    "article:published_time og:published_time og:article:published_time article.published "
    "datepublished date_published parsely-pub-date sailthru.date publishdate publish-date "
    "publish_date published-date pubdate pub_date publication_date dc.date.issued dcterms.created "
    "dcterms.date dcterms.issued dc.date dc.date.created dcsext.articlefirstpublished date.created "
    "cxenseparse:recs:publishtime cxenseparse:publishtime rnews:datepublished article:create_at "
    "originalpublicationdate article_date_original bt:pubdate ptime pdate lastpubdate "
    "citation_publication_date citation_date date timestamp created"
).split()
_TITLES = "og:title twitter:title headline dc.title parsely-title sailthru.title title".split()
_AUTHORS = (
    "author article:author authors parsely-author sailthru.author dc.creator dcterms.creator byl "
    "article:author_name article.author og:article:author cxenseparse:author creator dcsext.author "
    "citation_author shareaholic:article_author_name"
).split()
_SITES = "og:site_name application-name article:publisher dc.publisher publisher copyright".split()
_KEYWORDS = (
    "article:tag news_keywords keywords parsely-tags sailthru.tags dc.subject dcterms.subject "
    "cxenseparse:keywords"
).split()
_SUMMARIES = "og:description description twitter:description dc.description".split()
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_STAMP = re.compile(
    r"\s*(?P<date>\d{4}-\d\d-\d\d)(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s?"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_DIGITS = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(?:\d{4,6})?\s*")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_SUFFIX = re.compile(r"\s+(?:[-–—|·•:»«~]|::)\s+")
_AND = re.compile(
    r"\s*[;,&|/、،·]\s*|\s+(?:and|und|et|y|e|i|og|och|en|и|та|و)\s+(?=\S)|\s{2,}", re.IGNORECASE
)
_BY = re.compile(
    r"(?:story by|written by|posted by|reported by|by|von|par|por|door|автор|текст|oleh)"
    r"\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"https?:|www\.|@|\d|\b(?:staff|editors?|editorial|editorial board|news ?desk|newsroom|desk|"
    r"redaktion|redacci[oó]n|redazione|rédaction|redactie|redação|admin|administrator|"
    r"associated press|reuters|agence|agency|agencies|agenc[ij]as?|afp|dpa|ansa|efe|tass|bloomberg|"
    r"wire|press association|correspondent|contributors?|team|media|unknown|"
    r"anonymous|guest|publisher|times|news|magazine|tv|online)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\s*(?:[,(|–—-]\s*)?\b(?:senior|chief|staff|political|special|foreign|business|sports?)?\s*"
    r"(?:reporter|editor|writer|correspondent|columnist|journalist|contributor)\b.*$",
    re.IGNORECASE,
)


_BYLINE = re.compile(r"\bby-?line|author-?_?name|(?:^|[\s_-])author(?:s|\b)|article-?author", re.I)
_LONGEST_BYLINE = 120
_DATED = re.compile(r"publish|\bdate|-date|_date|timestamp|posted|entry-date|dateline", re.I)
_LONGEST_DATE = 80


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page says of its article; empty where it says nothing."""

    title: str = ""
    date: ArchiveDate | None = None
    authors: tuple[str, ...] = ()
    source: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    url: str = ""
    summary: str = ""


def read_metadata(tree: Any, address: str = "") -> Stated:
    """What ``tree`` states; ``address`` is where it was found, if that is known."""
    metas = _metas(tree)
    scripts = [s.text for s in tree.iter("script") if "ld+json" in s.get("type", "") and s.text]
    article = find_article(scripts)
    url = _address(tree, metas, address)
    site = _site(article, metas)
    return Stated(
        title=_title(tree, article, metas, site),
        date=_date(tree, article, metas, url or address),
        authors=_authors(tree, article, metas, site),
        source=site,
        language=_language(tree, article, metas),
        tags=_tags(article, metas),
        url=url,
        summary=_line(next(_values(metas, _SUMMARIES), "")),
    )


def _metas(tree: Any) -> dict[str, list[str]]:
    """Name → contents, in order."""
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = meta.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _values(metas: Mapping[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    return (value for name in names for value in metas.get(name, ()))


def _line(text: str) -> str:
    """One line; what was escaped twice is read twice."""
    return " ".join(html.unescape(text).split())


def _title(tree: Any, article: Mapping[str, Any], metas: Mapping[str, list[str]], site: str) -> str:
    """The ``h1`` that the head speaks of; else what the head says, without the site's name."""
    told = [_line(text_of(article.get("headline")))]
    told += [_line(value) for value in _values(metas, _TITLES)]
    told += [_line(t.text_content()) for t in tree.iter("title")][:1]
    told = [text for text in told if fold(text) and fold(text) != fold(site)]
    headings = [(h, _line(h.text_content())) for h in tree.iter("h1")]
    best = max(headings, key=lambda item: _likeness(item[1], told), default=None)
    if best and _likeness(best[1], told) >= 0.5:
        return best[1]
    return _without_site(told[0], site, told) if told else (headings[0][1] if headings else "")


def _likeness(heading: str, told: list[str]) -> float:
    """How much of the words of ``heading`` and of what the head says are the same, 0–1."""
    words = set(fold(heading).split())
    if not words:
        return 0.0
    others = [set(fold(text).split()) for text in told]
    return max((len(words & o) / max(len(words), min(len(o), 30)) for o in others), default=0.0)


def _without_site(text: str, site: str, told: list[str]) -> str:
    """``Headline - Site`` → ``Headline``, where another value or the site's name proves it."""
    parts = _SUFFIX.split(text)
    if len(parts) < 2:
        return text
    shorter = [other for other in told if other != text and text.startswith(other)]
    if shorter:
        return max(shorter, key=len)
    last = fold(parts[-1])
    if last == fold(site) or len(last.split()) <= 3:
        return text[: text.rindex(parts[-1])].rstrip(" -–—|·•:»«~")
    return text


def _date(
    tree: Any, article: Mapping[str, Any], metas: Mapping[str, list[str]], address: str
) -> ArchiveDate | None:
    stamps = [text_of(article.get("datePublished")), text_of(article.get("dateCreated"))]
    stamps += _values(metas, _DATES)
    stamps += [e.get("datetime") or e.get("content") or e.text or "" for e in _dated(tree)]
    for stamp in stamps:
        date = read_stamp(stamp)
        if date:
            return date
    match = _IN_ADDRESS.search(urlsplit(address).path) if address else None
    if match:
        return _parse("-".join(match.groups()))
    times = [read_stamp(t.get("datetime") or t.text_content()) for t in tree.iter("time")]
    days = {date.period for date in times if date}
    if len(days) == 1:
        return next(date for date in times if date)
    return _shown_date(tree) if not days else None


def _shown_date(tree: Any) -> ArchiveDate | None:
    """The first date in an element whose class says that a date is what it holds."""
    for element in tree.iter("span", "div", "p", "time", "li", "small", "em"):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if names != " " and _DATED.search(names):
            text = " ".join(element.text_content()[:400].split())
            found = find_date(text) if len(text) <= _LONGEST_DATE else None
            if found and found.date:
                return _parse(found.date)
    return None


def _dated(tree: Any) -> Iterator[Any]:
    for element in tree.iter("time", "span", "abbr", "div", "p"):
        if "datepublished" in (element.get("itemprop") or "").lower() or (
            element.tag == "time" and element.get("pubdate") is not None
        ):
            yield element


def read_stamp(text: str) -> ArchiveDate | None:
    """A date as a page's markup writes it, machine-readable or not."""
    match = _STAMP.match(text)
    if match:
        time = f"T{match['time']}{match['zone'] or ''}" if match["time"] else ""
        return _parse(match["date"] + time) or _parse(match["date"])
    match = _DIGITS.fullmatch(text)
    if match:
        return _parse("-".join(match.groups()))
    found = find_date(text[:200])
    return _parse(found.date) if found and found.date else None


def _parse(text: str) -> ArchiveDate | None:
    try:
        date = parse_date(text)
    except ValueError:
        return None
    return date if 1900 <= date.year <= 2100 else None


def _authors(
    tree: Any, article: Mapping[str, Any], metas: Mapping[str, list[str]], site: str
) -> tuple[str, ...]:
    """Persons only: agencies, desks and the site itself are left out."""
    persons, _ = names_of(article.get("author"))
    for names in (persons, list(_values(metas, _AUTHORS)), _marked(tree)):
        found = tuple(dict.fromkeys(n for text in names for n in read_persons(text, site)))
        if found:
            return found
    return ()


def _marked(tree: Any) -> list[str]:
    """Names that the page's markup calls the author's."""
    found = []
    classed: list[str] = []
    for element in tree.iter("a", "span", "p", "div", "address", "strong", "h3", "h4", "li"):
        marks = f"{element.get('rel') or ''} {element.get('itemprop') or ''}".split()
        if "author" in marks:
            inner = next((e for e in element.iter() if e.get("itemprop") == "name"), element)
            found.append(inner.text_content())
        elif not classed and _BYLINE.search(f"{element.get('class')} {element.get('id')}"):
            text = element.text_content()
            classed = [text] if len(text) <= _LONGEST_BYLINE and read_persons(text) else []
    return found or classed


def read_persons(text: str, site: str = "") -> tuple[str, ...]:
    """The persons that a byline or a meta tag names."""
    line = _BY.sub("", _line(text), count=1)
    parts = (_ROLE.sub("", part).strip(" .,:;()-–—*") for part in _AND.split(line))
    return tuple(dict.fromkeys(level_capitals(part) for part in parts if _is_person(part, site)))


def _is_person(text: str, site: str) -> bool:
    words = text.split()
    spaced = text.isascii() or any(c.isupper() for c in text)
    return (
        (2 if spaced else 1) <= len(words) <= 5
        and len(text) <= 60
        and not _NO_PERSON.search(text)
        and fold(text) != fold(site)
    )


def _site(article: Mapping[str, Any], metas: Mapping[str, list[str]]) -> str:
    names = [text_of(article.get("publisher")), *_values(metas, _SITES)]
    lines = (_line(name).lstrip("@") for name in names)
    return next((s for s in lines if s and "//" not in s and len(s) <= 60), "")


def _language(tree: Any, article: Mapping[str, Any], metas: Mapping[str, list[str]]) -> str:
    root = tree if tree.tag == "html" else next(tree.iter("html"), tree)
    stated = [root.get("lang") or root.get("xml:lang") or "", text_of(article.get("inLanguage"))]
    stated += _values(metas, ("og:locale", "content-language", "dc.language", "language"))
    for text in stated:
        if _LANGUAGE.fullmatch(text.strip()):
            return text.strip().replace("_", "-")
    return ""


def _tags(article: Mapping[str, Any], metas: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The page's own keywords: the first place that has some counts."""
    stated = article.get("keywords")
    places = [stated if isinstance(stated, list) else [stated]]
    places += [metas.get(name, []) for name in _KEYWORDS]
    for values in places:
        words = [w for value in values for w in re.split(r"\s*[,;|]\s*", _line(text_of(value)))]
        found = tuple(dict.fromkeys(w.strip(" #\"'") for w in words if 1 < len(w) <= 60))
        if found:
            return found
    return ()


def _address(tree: Any, metas: Mapping[str, list[str]], given: str) -> str:
    """The canonical address; relative ones are read from where the page was found."""
    links: list[str] = [
        str(link.get("href") or "")
        for link in tree.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    ]
    for value in [*links, *metas.get("og:url", ())]:
        try:
            url: str = urljoin(given, value.strip())
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc and not re.search(r'[\s<>"]', url):
            return url
    return given

"""Articles in XML of agencies, editorial systems, editions of texts and notebooks: a table of what
each of them calls things. NITF and what trafilatura writes have modules of their own.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive_gen.importers.base import LeftOut, damaged, head_of_xml, numbered, parse_xml
from archive_gen.importers.cms_exports import DRAFTS, OTHER_MEDIA
from archive_gen.importers.records.record import document
from archive_gen.importers.records.unseen import WITHDRAWN
from archive_gen.importers.xml import nitf

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from archive_gen.article import RawDocument
    from archive_gen.problems import Problem

_IN_HTML = {
    "bq": "blockquote",
    "cit": "blockquote",
    "head": "h2",
    "hl2": "h2",
    "l": "span",
    "lb": "br",
    "lg": "p",
    "list": "ul",
    "item": "li",
    "quote": "blockquote",
    "row": "tr",
    "cell": "td",
    "figDesc": "figcaption",
    "media": "figure",
    "media-caption": "figcaption",
}
"""Elements of TEI and of agencies → those of HTML."""


_ABOVE = ("head", "dateline", "byline")
"""What may stand above the text within its element."""
_NOT_READ = ("pb", "cb", "milestone", "fw", *nitf.NOT_SHOWN)
"""Where pages begin and what stands at their heads; of pictures what no reader sees."""
_PUT_RIGHT = ("sic", "orig")
"""What an edition has put right, if it says so beside it."""
_HEADLINES = ("head", "h1", "hl1")
_BESIDE = "texts beside the articles"
_WORDS = 4
"""Words in a row that tell a text from another."""
_PARAGRAPHS = ("p", "l", "item", "cell", "head")
_KNOWN = frozenset(
    "a b blockquote br div em figcaption figure h1 h2 h3 h4 h5 h6 i img li ol p script span strong "
    "style sub sup table tbody td th tr u ul".split()
) | frozenset(_IN_HTML)
_OF_EDITION = ("date", "source", "language")
"""What the head of an edition says of all that is in it."""
_AFTER_DAY = re.compile(r"(?<=\d) ?\([^()]{1,60}\)[ –—-]{0,9}$")
"""The agency in a dateline: ``HARLOW, May 4 (Agency)``."""
_HOST = re.compile(r"(?<=\w) \([\w-]{1,60}(?:\.[\w-]{1,60}){1,5}\)$")
"""What trafilatura writes behind the name of a site."""
_TAG = re.compile(r"</?[A-Za-z][\w:-]{0,30}(?:\s[^<>]{0,500})?/?>")
_DECLARED = re.compile(r"<(?:\?xml|!DOCTYPE)[^<>]{0,300}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    mark: bytes
    """What stands near the beginning of each of its files."""
    articles: tuple[str, ...]
    """The elements that are articles; where there is none of the first kind, of the second."""
    bodies: tuple[str, ...]
    """The element with the text."""
    paths: Mapping[str, tuple[str, ...]]
    """Our field → where it stands, best first; ``a@b`` is the attribute ``b`` of ``a``."""
    hidden: tuple[tuple[str, frozenset[str], str], ...]
    """Path, values of what readers saw, kind of all else."""


def _vocabulary(
    mark: str, articles: str, bodies: str, *hidden: tuple[str, str, str], **paths: str
) -> _Vocabulary:
    return _Vocabulary(
        mark.encode(),
        tuple(articles.split(" | ")),
        tuple(bodies.split(" | ")),
        {name: tuple(path.split(" | ")) for name, path in paths.items()},
        tuple((path, frozenset(shown.split()), kind) for path, shown, kind in hidden),
    )


_VOCABULARIES = (
    _vocabulary(  # NewsML-G2, https://iptc.org/standards/newsml-g2/
        "iptc.org/std/nar",
        "newsItem",
        ".//contentSet/inlineXML | .//contentSet/inlineData",
        (".//itemMeta/itemClass@qcode", "text composite", OTHER_MEDIA),
        (".//itemMeta/pubStatus@qcode", "usable", WITHDRAWN),
        title=".//contentMeta/headline",
        summary=".//contentMeta/description[@role='drol:summary'] | .//contentMeta/description",
        author=".//contentMeta/by | .//contentMeta/creator/name",
        date=".//itemMeta/firstCreated | .//itemMeta/versionCreated | .//contentCreated",
        place=".//contentMeta/located/name | .//contentMeta/dateline",
        source=".//itemMeta/provider/name | .//itemMeta/provider@literal",
        language=".//contentMeta/language@tag",
        tags=".//contentMeta/subject/name | .//contentMeta/keyword",
    ),
    _vocabulary(  # NewsML 1
        "<NewsML",
        "NewsItem",
        ".//ContentItem/DataContent",
        (".//NewsManagement/Status@FormalName", "usable", WITHDRAWN),
        title=".//NewsLines/HeadLine",
        summary=".//NewsLines/SubHeadLine",
        author=".//NewsLines/ByLine",
        date=".//NewsManagement/FirstCreated | .//NewsManagement/ThisRevisionCreated",
        place=".//NewsLines/DateLine",
        source=".//AdministrativeMetadata/Provider/Party@FormalName",
        language=".//DescriptiveMetadata/Language@FormalName",
        tags=".//NewsLines/KeywordLine",
    ),
    _vocabulary(  # Escenic
        "xmlns.escenic.com",
        "content",
        "field[@name='body'] | field[@name='BODY']",
        (".@state", "published", DRAFTS),
        title="field[@name='title'] | field[@name='TITLE']",
        summary="field[@name='leadtext'] | field[@name='LEADTEXT']",
        author="field[@name='byline'] | field[@name='BYLINE']",
        date=".@publishdate | .@creationdate",
    ),
    _vocabulary(  # TEI, https://tei-c.org/release/doc/tei-p5-doc/en/html/
        "tei-c.org/ns",
        "div[@type='article'] | TEI",
        "text//body | .",
        title="head | teiHeader//titleStmt/title",
        author="byline | teiHeader//titleStmt/author",
        date=".//dateline/date@when | teiHeader//sourceDesc//date@when"
        " | teiHeader//publicationStmt/date@when | teiHeader//sourceDesc//date",
        source="teiHeader//biblFull/publicationStmt/publisher | teiHeader//sourceDesc//title"
        " | teiHeader//publicationStmt/publisher",
        summary="teiHeader//profileDesc/abstract",
        language="text@lang",
        tags="teiHeader//textClass/keywords/term[@type='tags']",
        url="teiHeader//sourceDesc//ptr@target",
    ),
    _vocabulary(  # Evernote
        "<en-export",
        "note",
        "content",
        title="title",
        author="note-attributes/author",
        date="created",
        url="note-attributes/source-url",
        tags="tag",
    ),
)


def documents(name: str, data: bytes) -> Iterator[RawDocument | Problem | LeftOut]:
    """The articles in such a file; none in any other."""
    start = head_of_xml(data)
    vocabulary = next((one for one in _VOCABULARIES if one.mark in start), None)
    if vocabulary is None:
        return
    root, end = parse_xml(data)
    if root is None:
        return
    from lxml import etree

    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    for element in root.iter("{*}*"):
        element.tag = element.tag.rpartition("}")[2]
    kinds = (_all(root, kind) for kind in vocabulary.articles)
    found = next(filter(None, kinds), [])
    yield from _told(name, found, vocabulary)
    if found and end:
        yield damaged(name, end)


def _told(
    name: str, articles: Sequence[Any], vocabulary: _Vocabulary
) -> Iterator[RawDocument | Problem | LeftOut]:
    """What is in ``articles``, and what stands beside them in their texts."""
    around = {above for article in articles for above in article.iterancestors()}
    texts = dict.fromkeys(text for one in articles for text in one.iterancestors("body"))
    items: list[RawDocument | Problem | LeftOut] = []
    # Those in others first: what they say is not said again around them.
    for member, article in reversed(list(numbered(name, articles))):
        hidden = _hidden(article, vocabulary)
        if hidden:
            items.append(LeftOut(hidden, member))
        elif article not in around or _says(article):
            items.append(document(member, _record(article, vocabulary)))
        if around:
            article.clear(keep_tail=True)
            article.tag = _NOT_READ[0]
    yield from reversed(items)
    yield from (LeftOut(_BESIDE, name) for text in texts for _ in _beside(text, around))


def _beside(text: Any, around: Container[Any]) -> Iterator[Any]:
    """The elements below ``text`` that say something, without those around articles."""
    waiting = [text]
    while waiting:
        element = waiting.pop()
        if element in around:
            waiting.extend(reversed(element))
            between = (element.text, *(one.tail for one in element))
            if any(text and text.strip() for text in between):
                yield element
        elif element.tag not in _NOT_READ and _says(element):
            yield element


def _says(element: Any) -> bool:
    return any(map(str.strip, element.itertext()))


def _hidden(article: Any, vocabulary: _Vocabulary) -> str:
    for path, shown, kind in vocabulary.hidden:
        said = next(_said(article, path), "").rpartition(":")[2].casefold()
        if said and said not in shown:
            return kind
    return ""


def _record(article: Any, vocabulary: _Vocabulary) -> dict[str, Any]:
    inner = article.find(".//nitf")
    stated = nitf.record(inner) if inner is not None else {}
    for field, paths in vocabulary.paths.items():
        scopes = [article, *(article.iterancestors("TEI") if field in _OF_EDITION else ())]
        values = ([*_said(scope, path)] for scope in scopes for path in paths)
        found = next(filter(None, values), [])
        if found:
            stated[field] = found if field == "tags" and len(found) > 1 else found[0]
    if "source" in stated:
        stated["source"] = _HOST.sub("", str(stated["source"]))
    if "place" in stated:
        stated["place"] = _AFTER_DAY.sub("", str(stated["place"]))
    if inner is None:
        stated["content_html"] = _body(article, vocabulary, str(stated.get("title", "")))
    return stated


def _all(root: Any, path: str) -> list[Any]:
    return [*(() if root.tag != path else (root,)), *root.iterfind(f".//{path}")]


def _said(article: Any, path: str) -> Iterator[str]:
    """What stands at a path, on one line each."""
    place, _, attribute = (path, "", "") if path.endswith("]") else path.partition("@")
    for element in article.iterfind(place):
        texts = element.itertext() if not attribute else _values(element, attribute)
        text = " ".join("".join(texts).split())
        if text:
            yield text


def _values(element: Any, name: str) -> list[str]:
    """An attribute, whichever namespace it is of."""
    return [value for key, value in element.attrib.items() if key.rpartition("}")[2] == name]


def _body(article: Any, vocabulary: _Vocabulary, title: str) -> str:
    """The text as HTML, without what stands above it in the same element."""
    found = (list(article.iterfind(path)) for path in vocabulary.bodies)
    bodies = _unlike(next(filter(None, found), []))
    return "".join(_one_body(body, title) for body in bodies)


def _unlike(bodies: Sequence[Any]) -> list[Any]:
    """The parts of a text; of several forms of the same words the longest."""
    if len(bodies) < 2:
        return list(bodies)
    known: set[tuple[str, ...]] = set()
    kept = set()
    for body in sorted(bodies, key=_length, reverse=True):
        words = re.findall(r"\w+", " ".join(body.itertext()).casefold())
        runs = {tuple(words[at : at + _WORDS]) for at in range(max(1, len(words) - _WORDS + 1))}
        if len(runs & known) * 2 < len(runs):
            kept.add(body)
        known |= runs
    return [body for body in bodies if body in kept]


def _one_body(body: Any, title: str) -> str:
    inner = (body.find(path) for path in ("body", "html/body"))
    body = next((one for one in inner if one is not None), body)
    if len(body) == 0:
        plain = next(iter(_values(body, "contenttype")), "").startswith("text/plain")
        return (_in_paragraphs if plain else _within_html)(body.text or "")
    _take_out(body, title)
    return _as_html(body)


def _take_out(body: Any, title: str) -> None:
    """Remove what is not of the text: what stands above it, and marks of pages. What stands after
    it in its line stays."""
    from lxml import etree

    gone = _NOT_READ[0]
    for element in list(body.iter(*_ABOVE, *_HEADLINES)):
        if element.tag not in _HEADLINES or next(_said(element, "."), "") == title:
            element.tag = gone
    for element in list(body.iter(*_PUT_RIGHT)):
        beside = element.getparent()
        if beside.tag == "choice" and len(beside) > 1:
            element.tag = gone
    etree.strip_elements(body, *_NOT_READ, with_tail=False)


def _as_html(body: Any) -> str:
    from lxml import etree

    for line in body.iterfind(".//lg/l"):
        if line.getnext() is not None:
            line.addnext(line.makeelement("br"))
    for paragraph in body.iter(*_PARAGRAPHS):
        for element in paragraph.iterdescendants("*"):
            element.tag = element.tag if element.tag in _KNOWN else "span"
    for element in body.iter(*_IN_HTML):
        element.tag = _IN_HTML[element.tag]
    body.tag, body.tail = "div", None
    return str(etree.tostring(body, encoding="unicode"))


def _length(element: Any) -> int:
    return sum(map(len, element.itertext()))


def _within_html(text: str) -> str:
    """HTML that stands in XML as text, without what declares it; of other text its paragraphs."""
    return _DECLARED.sub("", text) if _TAG.search(text) else _in_paragraphs(text)


def _in_paragraphs(text: str) -> str:
    parts = (html.escape(part) for part in re.split(r"\n[ \t]*\n", text) if part.strip())
    return "".join(f"<p>{part}</p>" for part in parts)

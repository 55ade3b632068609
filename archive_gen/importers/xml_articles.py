"""Articles in XML of agencies, editorial systems, editions of texts and notebooks: a table of what
each of them calls things. NITF and what trafilatura writes have modules of their own.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive_gen.importers import nitf
from archive_gen.importers.base import LeftOut, parse_xml
from archive_gen.importers.cms_exports import DRAFTS, OTHER_MEDIA
from archive_gen.importers.records import document
from archive_gen.importers.systems import WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archive_gen.article import RawDocument
    from archive_gen.problems import Problem

_ENOUGH = 4096
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
}
"""Elements of TEI and of agencies → those of HTML."""


_ABOVE = ("head", "dateline", "byline")
"""What may stand above the text within its element."""
_NOT_READ = ("pb", "cb", "milestone", "fw", "sic", "orig")
"""Where pages begin and what stands at their heads; what an edition has put right beside it."""
_PARAGRAPHS = ("p", "l", "item", "cell", "head")
_KNOWN = frozenset(
    "a b blockquote br div em figcaption figure h1 h2 h3 h4 h5 h6 i img li ol p script span strong "
    "style sub sup table tbody td th tr u ul".split()
) | frozenset(_IN_HTML)
_OF_EDITION = ("date", "source", "language")
"""What the head of an edition says of all that is in it."""
_AFTER_DAY = re.compile(r"(?<=\d) ?\([^()]{1,60}\)[ –—-]{0,9}$")
"""The agency in a dateline: ``HARLOW, May 4 (Agency)``."""
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
        "text/body | .",
        title="head | teiHeader//titleStmt/title",
        author="byline | teiHeader//titleStmt/author",
        date=".//dateline/date@when | teiHeader//sourceDesc//date@when"
        " | teiHeader//publicationStmt/date@when",
        source="teiHeader//sourceDesc//title | teiHeader//publicationStmt/publisher",
        language="text@lang",
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
    start = data[:_ENOUGH]
    vocabulary = next((one for one in _VOCABULARIES if one.mark in start), None)
    root = parse_xml(data) if vocabulary else None
    if vocabulary is None or root is None:
        return
    from lxml import etree

    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    for element in root.iter("{*}*"):
        element.tag = element.tag.rpartition("}")[2]
    kinds = (_all(root, kind) for kind in vocabulary.articles)
    found = next(filter(None, kinds), [])
    for number, article in enumerate(found, start=1):
        member = name if len(found) == 1 else f"{name}#{number}"
        hidden = _hidden(article, vocabulary)
        yield LeftOut(hidden, member) if hidden else document(member, _record(article, vocabulary))


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
            stated[field] = found if field == "tags" else found[0]
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
    found = (one for path in vocabulary.bodies for one in article.iterfind(path))
    body = max(found, key=_length, default=None)
    if body is None:
        return ""
    inner = body.find(".//body")
    body = body if inner is None else inner
    if len(body) == 0:
        return _within_html(body.text or "")
    _take_out(body, title)
    return _as_html(body)


def _take_out(body: Any, title: str) -> None:
    """Remove what is not of the text: what stands above it, and marks of pages."""
    for element in list(body.iter(*_ABOVE, *_NOT_READ)):
        if element.tag != "head" or next(_said(element, "."), "") == title:
            _remove(element)


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


def _remove(element: Any) -> None:
    """Take an element out; what stands after it in its line stays."""
    above, tail = element.getparent(), element.tail
    if above is not None:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + (tail or "")
        else:
            above.text = (above.text or "") + (tail or "")
        above.remove(element)


def _within_html(text: str) -> str:
    """HTML that stands in XML as text, without what declares it; of other text its paragraphs."""
    if "<" in text:
        return _DECLARED.sub("", text)
    parts = (html.escape(part) for part in re.split(r"\n[ \t]*\n", text) if part.strip())
    return "".join(f"<p>{part}</p>" for part in parts)

"""An article in NITF, the XML of agencies and of newspapers' own archives.
https://iptc.org/standards/nitf/"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from archive_gen.importers.base import damaged, head_of_xml, numbered, parse_xml
from archive_gen.importers.records.record import document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.article import RawDocument
    from archive_gen.problems import Problem

_LEAD = "LEAD: "
"""What it wrote before its first words for years."""
_MARK = b"<nitf"
_IN_HTML = {"hl2": "h2", "media": "figure", "media-caption": "figcaption", "bq": "blockquote"}
NOT_SHOWN = ("media-producer", "media-metadata", "media-reference", "media-object")


def documents(name: str, data: bytes) -> Iterator[RawDocument | Problem]:
    """The articles in such a file, alone or wrapped; none in any other."""
    if _MARK not in head_of_xml(data):
        return
    root, end = parse_xml(data)
    found = [] if root is None else list(root.iter("{*}nitf"))
    for member, article in numbered(name, found):
        yield document(member, record(article))
    if found and end:
        yield damaged(name, end)


def record(article: Any) -> dict[str, Any]:
    """What an element ``nitf`` says, by the names that ``records`` knows."""
    for element in article.iter("{*}*"):  # with or without a namespace, a name is a name
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    content = article.find(".//body.content")
    pubdata = article.find(".//pubdata")
    pub = {} if pubdata is None else pubdata.attrib
    issue = article.find(".//date.issue")
    return {
        "title": _said(article, ".//hedline/hl1") or _said(article, ".//head/title"),
        "summary": _said(article, ".//hedline/hl2") or _said(article, ".//abstract"),
        "author": _signed(article),
        "date": (None if issue is None else issue.get("norm")) or pub.get("date.publication"),
        "place": _said(article, ".//body.head/dateline/location"),
        "source": pub.get("name") or _said(article, ".//body.head/distributor"),
        "url": pub.get("ex-ref"),
        "tags": [
            one.get("key") for one in article.iterfind(".//key-list/keyword") if one.get("key")
        ],
        "language": article.get("{http://www.w3.org/XML/1998/namespace}lang"),
        "content_html": "" if content is None else _as_html(content) + _below(article),
    }


def _signed(article: Any) -> str | list[str]:
    """Who wrote it, without what they are: by the first byline, which is as it was printed; others
    are spelt for machines."""
    byline = article.find(".//body.head/byline")
    if byline is None:
        return ""
    people = [_text(person) for person in byline.iter("person")]
    for role in list(byline.iter("byttl")):
        role.tail = f" {role.tail or ''}"
        role.clear(keep_tail=True)
    return people or _text(byline)


def _below(article: Any) -> str:
    """Who reported and edited it, as a line below the text."""
    line = _said(article, ".//body.end/tagline")
    return f"<p>{escape(line)}</p>" if line else ""


def _said(article: Any, path: str) -> str:
    return _text(article.find(path))


def _text(element: Any) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _as_html(content: Any) -> str:
    from lxml import etree

    # The New York Times has a lead paragraph once more in a block of its own.
    blocks = content.findall("block[@class='full_text']")
    if blocks:
        for other in content.findall("block"):
            if other not in blocks:
                content.remove(other)
        first = blocks[0].find("p")
        if first is not None and first.text:
            first.text = first.text.removeprefix(_LEAD)
    for media in content.iter("media"):
        _sign(media)
    for element in list(content.iter(*NOT_SHOWN)):
        element.getparent().remove(element)
    for element in content.iter("body.content", "block", *_IN_HTML):
        element.tag = _IN_HTML.get(element.tag, "div")
    content.tail = None
    return str(etree.tostring(content, encoding="unicode"))


def _sign(media: Any) -> None:
    """Put the name of who took a picture behind its caption."""
    caption, producer = media.find("media-caption"), _said(media, "media-producer")
    if caption is not None and producer and producer not in _text(caption):
        name = caption.makeelement("span")
        name.text = f" Photo: {producer}"
        caption.append(name)

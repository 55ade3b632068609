"""The XML that trafilatura writes: ``<doc title="…"><main><p>…``, one or several in
``<documents>``. https://trafilatura.readthedocs.io/en/latest/corefunctions.html

And what WikiExtractor writes, which only looks like it: ``<doc id="…" title="…">``, lines of text,
``</doc>``, one after the other. https://github.com/attardi/wikiextractor
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from archive_gen.importers.base import damaged, head_of_xml, numbered, parse_xml
from archive_gen.importers.records.record import document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.article import RawDocument
    from archive_gen.problems import Problem

_IN_HTML = {
    "main": "div",
    "head": "h2",
    "list": "ul",
    "item": "li",
    "quote": "blockquote",
    "lb": "br",
    "hi": "b",
    "ref": "span",
    "row": "tr",
    "cell": "td",
}
_ATTRIBUTE = re.compile(r'([a-z]{1,20})="([^"]*)"')
_BEGINNINGS = (b"<doc ", b"<documents")


def documents(name: str, data: bytes) -> Iterator[RawDocument | Problem]:
    """The articles in such a file; none in any other."""
    start = head_of_xml(data)
    if start.startswith(b"<?xml"):
        start = start.partition(b"?>")[2].lstrip()
    if not start.startswith(_BEGINNINGS):
        return
    if is_of_wiki(start) and b"<main" not in data:
        yield from _wiki_pages(name, data.decode("utf-8-sig", "replace"))
        return
    root, end = parse_xml(data)
    found = [] if root is None else list(root.iter("doc"))
    for member, doc in numbered(name, found):
        yield document(member, _record(doc))
    if found and end:
        yield damaged(name, end)


def is_of_wiki(start: bytes) -> bool:
    """Whether data that begin so are WikiExtractor's."""
    return start.startswith(b'<doc id="')


def _wiki_pages(name: str, text: str) -> Iterator[RawDocument | Problem]:
    pages = [page for page in text.split("</doc>") if page.strip()]
    for member, page in numbered(name, pages):
        told, _, said = page.partition("<doc ")[2].partition(">")
        stated = {key: unescape(value) for key, value in _ATTRIBUTE.findall(told)}
        title = stated.get("title", "")
        # No feature of XML but its entities is used, and those not always.
        body = unescape(said).strip().removeprefix(f"{title}\n").strip()
        yield document(member, {"title": title, "url": stated.get("url"), "text": body})


def _record(doc: Any) -> dict[str, Any]:
    from lxml import etree

    main = doc.find("main")
    if main is None:
        return dict(doc.attrib)
    for element in main.iter(*_IN_HTML):
        element.tag = _IN_HTML[element.tag]
    main.tail = None
    stated = dict(doc.attrib)
    # ``source`` is the address, ``hostname`` what stands in for the name of the site.
    named = {"source_name": stated.get("sitename") or stated.get("hostname")}
    return {**stated, **named, "content_html": etree.tostring(main, encoding="unicode")}

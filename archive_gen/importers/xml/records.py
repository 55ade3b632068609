"""XML that is a list of records: ``<item><title>…``, as crawlers write it, and rows of a database,
``<row><field name="title">…``, as MySQL and phpMyAdmin do.
"""

from __future__ import annotations

import re
from html import escape
from itertools import chain
from typing import TYPE_CHECKING, Any

from archive_gen.importers.base import damaged, head_of_xml, numbered, parse_xml
from archive_gen.importers.records.column_names import in_english
from archive_gen.importers.records.record import (
    document_if_shown,
    known_values,
    knows_fields,
    states_value,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.importers.base import Found

_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]{0,60}:)?([A-Za-z][\w.-]{0,60})")
_OTHERS = frozenset((b"rss", b"feed", b"rdf", b"channel", b"urlset", b"html", b"opml"))
"""What others read, or what holds no records."""
_NAME = "name"
"""An attribute that says what an element is."""
_NULL = "NULL"
"""What phpMyAdmin writes for nothing."""
_DUMPS = frozenset(("text", "raw_text", "dump"))
"""Fields that a record without a title has for what is to be cleaned."""
_BLOCKS = frozenset(
    "blockquote div dl dt dd figure figcaption h1 h2 h3 h4 h5 h6 li ol p pre table tbody td th "
    "thead tr ul".split()
)
_OF_HTML = _BLOCKS | frozenset(
    "a abbr b big br cite code del em font i img ins mark q s small span strike strong sub sup tt "
    "u".split()
)
_HEADINGS = ("head", "heading", "subheading", "title", "subtitle")
_BLANK = re.compile(r"\n[ \t]*\n")


def documents(name: str, data: bytes) -> Iterator[Found]:
    """The records in such a file; none in any other."""
    first = _ROOT.search(head_of_xml(data))
    if first is None or first[1].lower() in _OTHERS:
        return
    root, end = parse_xml(data)
    found = [] if root is None else list(_records(root))
    for member, record in numbered(name, found):
        yield document_if_shown(member, record)
    if found and end:
        yield damaged(name, end)


def _records(root: Any) -> Iterator[dict[str, Any]]:
    """What elements say whose children are named like a text, and a title or the like."""
    from lxml import etree

    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    waiting = [root]
    while waiting:
        element = waiting.pop()
        children = list(element.iterchildren("{*}*"))
        names = in_english(map(_name, children))
        if knows_fields(names) and any(map(states_value, names)):
            yield {**_attributes(element), **_record(names, children)}
        else:
            waiting.extend(reversed(children))


def _record(names: Iterable[str], elements: Iterable[Any]) -> dict[str, Any]:
    """What the fields say; those of one name together."""
    fields: dict[str, list[Any]] = {}
    for name, element in zip(names, elements, strict=True):
        fields.setdefault(name, []).append(element)
    said = {name: _field(name, same) for name, same in fields.items()}
    for name in fields.keys() & _DUMPS:
        if "content" not in said and isinstance(said[name], str) and any(map(len, fields[name])):
            said["content"] = said.pop(name)  # it has markup, and is no dump
    return said


def _attributes(element: Any) -> dict[str, str]:
    """What the element of a record itself says of it: ``<item date="2015-10-07">``."""
    return {
        name: value
        for key, value in element.attrib.items()
        if states_value(name := key.rpartition("}")[2]) and name != _NAME
    }


def _field(name: str, elements: Sequence[Any]) -> Any:
    if knows_fields([name]):
        if any(map(len, elements)):
            return "".join(map(_markup, elements))
        texts = [text for text in map(_text, elements) if text.strip()]
        return texts[0] if len(texts) == 1 else texts
    values = [value for value in map(_value, elements) if value]
    if len(values) < 2:
        return values[0] if values else ""
    every = list(chain.from_iterable(one if isinstance(one, list) else [one] for one in values))
    takes_many = any(isinstance(one, tuple) for one in known_values({name: every}).values())
    return every if takes_many else values[0]


def _name(element: Any) -> str:
    """The name of a field: its attribute ``name``, or that of the element."""
    return str(element.get(_NAME) or _tag(element))


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: Any) -> Any:
    """What a field says that is no story: a text, a list, or values with names."""
    inner = list(element.iterchildren("{*}*"))
    if not inner:
        return _text(element)
    tags = [_tag(one).lower() for one in inner]
    if _has_text(element) or not _OF_HTML.isdisjoint(tags):
        return _markup(element)
    if len(set(tags)) == 1:
        return [value for value in map(_value, inner) if value]
    return {_name(one): _value(one) for one in reversed(inner)}


def _text(element: Any) -> str:
    text = "".join(element.itertext())
    return "" if text == _NULL and _tag(element) == "column" else text


def _has_text(element: Any) -> bool:
    """Whether text stands between the elements in ``element``."""
    between = (element.text, *(one.tail for one in element))
    return any(text and text.strip() for text in between)


def _markup(element: Any) -> str:
    """All that stands in ``element`` as HTML: what no HTML has is a paragraph, or a part of one
    where text stands beside it."""
    from lxml import etree

    for one in list(element.iterdescendants("{*}*")):
        one.tag = _in_html(one)
        one.attrib.clear()
    blocks = any(one.tag in _BLOCKS for one in element.iterdescendants("*"))
    inner = "".join(etree.tostring(one, encoding="unicode") for one in element)
    whole = escape(element.text or "", quote=False) + inner
    if blocks:
        return f"<div>{whole}</div>"
    parts = _BLANK.split(whole)
    return "".join(f"<p>{part}</p>" for part in parts if part.strip())


def _in_html(element: Any) -> str:
    tag = _tag(element).lower()
    if tag in _OF_HTML:
        return tag
    if _has_text(element.getparent()):
        return "span"
    if tag in _HEADINGS:
        return "h2"
    return "div" if len(element) and not _has_text(element) else "p"

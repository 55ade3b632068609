"""XML that is a list of records: ``<item><title>…``, as crawlers write it, and rows of a database,
``<row><field name="title">…``, as MySQL and phpMyAdmin do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archive_gen.importers.base import LeftOut, parse_xml
from archive_gen.importers.column_names import in_english
from archive_gen.importers.records import document, knows_fields, states_value
from archive_gen.importers.systems import hidden_kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.article import RawDocument
    from archive_gen.problems import Problem

_ENOUGH = 4096
_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]{0,60}:)?([A-Za-z][\w.-]{0,60})")
_OTHERS = frozenset((b"rss", b"feed", b"rdf", b"channel", b"urlset", b"html", b"opml"))
"""What others read, or what holds no records."""


def documents(name: str, data: bytes) -> Iterator[RawDocument | Problem | LeftOut]:
    """The records in such a file; none in any other."""
    first = _ROOT.search(data[:_ENOUGH])
    root = None if first is None or first[1].lower() in _OTHERS else parse_xml(data)
    found = [] if root is None else list(_records(root))
    for number, record in enumerate(found, start=1):
        member = name if len(found) == 1 else f"{name}#{number}"
        hidden = hidden_kind_of(record)
        yield LeftOut(hidden, member) if hidden else document(member, record)


def _records(root: Any) -> Iterator[dict[str, Any]]:
    """What elements say whose children are named like a text, and a title or the like."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        children = list(element.iterchildren("{*}*"))
        names = in_english(map(_name, children))
        if knows_fields(names) and any(map(states_value, names)):
            yield {key: _value(one) for key, one in zip(names, children, strict=True)}
        else:
            waiting.extend(reversed(children))


def _name(element: Any) -> str:
    """The name of a field: its attribute ``name``, or that of the element."""
    return str(element.get("name") or element.tag.rpartition("}")[2])


def _value(element: Any) -> str | list[str]:
    """The text of a field; of elements in it, that of each, or what markup it holds."""
    from lxml import etree

    inner = list(element.iterchildren("{*}*"))
    if not inner:
        return "".join(element.itertext())
    if len({one.tag for one in inner}) == 1 and inner[0].tag.lower() not in ("p", "div"):
        return ["".join(one.itertext()).strip() for one in inner]
    return "".join(etree.tostring(one, encoding="unicode") for one in inner)

"""What editors keep of links and of stress within a text → HTML.

Some have it as keys of a text or as a number, some as a list of marks, as ranges of characters, or
as a node around the text.
"""

from __future__ import annotations

import html
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_Node: TypeAlias = "Mapping[str, Any]"
_TAGS = {"bold": "strong", "strong": "strong", "italic": "em", "em": "em", "emphasis": "em"}
_OF_LEXICAL = ((1, "bold"), (2, "italic"))
"""Bit of a text's ``format`` → what it means."""
_LINKS = frozenset(("link", "hyperlink", "autolink", "a"))
_LISTS = ("marks", "decorations")
_RANGES = ("formatting", "inlineStyleRanges", "entityRanges")
_HOLDERS = ("attrs", "data", "fields", "linkData", "link")
"""Objects in which a link may have its address."""
_ADDRESSES = ("href", "url", "uri")
_MOST_RANGES = 200
"""Of a paragraph; what has more is no text for people."""


def marked(node: _Node, text: str) -> str:
    """``text``, the HTML of what ``node`` says, with the links and the stress that it has."""
    return _wrapped(_names(node), _address(node), text) if text else ""


def ranged(node: _Node, text: str) -> str:
    """A plain text as HTML, with the ranges of it that ``node`` marks; lines stay lines."""
    ranges = [one for one in map(_range, _listed(node, *_RANGES)) if one]
    if not ranges or len(ranges) > _MOST_RANGES:
        return escaped(text)
    data = text.encode("utf-16-le", "surrogatepass")  # both of Draft.js and Tumblr count so
    size = len(data) // 2
    edges = sorted({0, size, *(min(max(e, 0), size) for r in ranges for e in r[:2])})
    parts = []
    for start, stop in pairwise(edges):
        over = [mark for first, last, mark in ranges if first <= start and stop <= last]
        address = next(filter(None, map(_target, over)), "")
        part = data[2 * start : 2 * stop].decode("utf-16-le", "replace")
        parts.append(_wrapped(map(_name, over), address, escaped(part)))
    return "".join(parts)


def with_links(block: _Node, node: _Node) -> _Node:
    """A text of Portable Text with the links that its block tells by their keys."""
    links = {one.get("_key"): one for one in _listed(block, "markDefs") if object_of(one)}
    if not links:
        return node
    marks = [links.get(mark, mark) if isinstance(mark, str) else mark for mark in _marks(node)]
    return {**node, "marks": marks}


def with_entities(document: Any) -> Any:
    """A document of Draft.js with the links of its blocks in place of their numbers."""
    entities = object_of(object_of(document).get("entityMap"))
    if not entities:
        return document
    blocks = [
        {
            **block,
            "entityRanges": [
                {**object_of(entities.get(str(one.get("key")))), **one}
                for one in _listed(block, "entityRanges")
                if object_of(one)
            ],
        }
        for block in _listed(document, "blocks")
        if object_of(block)
    ]
    return {**document, "blocks": blocks}


def _wrapped(names: Iterator[str] | map[str], address: str, text: str) -> str:
    for tag in dict.fromkeys(_TAGS[name] for name in names if name in _TAGS):
        text = f"<{tag}>{text}</{tag}>"
    return f'<a href="{html.escape(address)}">{text}</a>' if address else text


def _names(node: _Node) -> Iterator[str]:
    """The names of what marks a text."""
    for holder in (node, object_of(node.get("annotations"))):
        yield from (name for name in _TAGS if holder.get(name) is True)
    bits = node.get("format")
    if isinstance(bits, int):
        yield from (name for bit, name in _OF_LEXICAL if bits & bit)
    yield from map(_name, _marks(node))


def _address(node: _Node) -> str:
    """Where a text leads; empty for most."""
    kinds = (node.get(key) for key in ("type", "_type", "nodeType"))
    if not _LINKS.isdisjoint(kind.casefold() for kind in kinds if isinstance(kind, str)):
        return _target(node)
    own = node.get("href")  # of Notion
    link = next((mark for mark in _marks(node) if _name(mark) in _LINKS), None)
    return _target(link) or (own if isinstance(own, str) else "")


def _marks(node: _Node) -> list[Any]:
    return _listed(node, *_LISTS)


def _listed(node: _Node, *keys: str) -> list[Any]:
    values = (node.get(key) for key in keys)
    return [one for value in values if isinstance(value, list) for one in value]


def _name(mark: Any) -> str:
    """``bold`` of a mark that is a word, or an object of that type or style."""
    told = object_of(mark)
    names = (told.get(key) for key in ("type", "_type", "style")) if told else (mark,)
    return next((name.casefold() for name in names if isinstance(name, str)), "")


def _target(link: Any) -> str:
    """The address of a link, or of an object in it."""
    for _ in _HOLDERS:
        told = object_of(link)
        for key in _ADDRESSES:
            if isinstance(told.get(key), str):
                return str(told[key])
        link = next((told[key] for key in _HOLDERS if object_of(told.get(key))), None)
    return ""


def _range(mark: Any) -> tuple[int, int, _Node] | None:
    """From where to where a range goes: Tumblr tells its end, Draft.js its length."""
    match mark:
        case {"start": int(start), "end": int(stop)}:
            return start, stop, mark
        case {"offset": int(start), "length": int(length)}:
            return start, start + length, mark
    return None


def escaped(text: str) -> str:
    """A plain text as HTML; lines stay lines."""
    return html.escape(text).replace("\n", "<br>")


def object_of(value: Any) -> _Node:
    """``value`` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def objects_of(value: Any) -> list[_Node]:
    """The objects in a list; one alone as a list of it."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, dict)]

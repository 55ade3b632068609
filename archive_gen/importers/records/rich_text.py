"""Rich text, as editors in a browser keep it in JSON → HTML.

Each of them has a tree or a list of nodes that say what they are, and differs in the names:
Portable Text (Sanity), the blocks of Strapi and Slate, the documents of Contentful, ProseMirror and
Lexical, Draft.js, Editor.js, Ricos (Wix), Tumblr's posts, and ANS, the format of Arc XP.
"""

from __future__ import annotations

import html
import json
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeAlias

from archive_gen.importers.records.marks import (
    escaped,
    marked,
    object_of,
    ranged,
    with_entities,
    with_links,
)
from archive_gen.markup import to_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_Node: TypeAlias = "Mapping[str, Any]"
_DEEPEST = 40
"""Nodes in one another, at most; an editor makes ten."""
_INSIDE = tuple("content_elements items blocks root document children content nodes leaves".split())
"""Where a node has others; those of the first are blocks for sure."""
_PARAGRAPHS = frozenset("block paragraph p text unstyled normal div section".split())
_QUOTES = frozenset("quote blockquote pullquote".split())
_ORDERED_ITEMS = frozenset(("orderedlistitem", "numberedlistitem"))
_ITEMS = _ORDERED_ITEMS | frozenset(
    "listitem li listitemchild lic unorderedlistitem bulletedlistitem todo".split()
)
_ORDERED = frozenset("orderedlist numberedlist ol".split())
_LISTS = _ORDERED | frozenset(
    "list bulletlist bulletedlist unorderedlist checklist tasklist ul".split()
)
_KINDS_OF_LIST = ("style", "listType", "list_type", "format", "tag")
_OF_ORDERED = ("ordered", "number", "numbered", "ol")
_ROWS = frozenset(("tablerow", "tr"))
_CELLS = frozenset("tablecell tableheadercell tableheader td th".split())
_PICTURES = frozenset("image picture figure photo".split())
_BREAKS = frozenset("break hardbreak linebreak br".split())
_ELSEWHERE = frozenset(
    "interstitiallink linklist video audio embed oembed oembedresponse story reference".split()
)
"""What leads to other pages, or is shown from there."""
_BLOCKS = (
    (_PARAGRAPHS - {"text"})
    | _QUOTES
    | _ITEMS
    | _LISTS
    | _ROWS
    | _CELLS
    | _PICTURES
    | {"h", "table", "rawhtml"}
)
_OPENING = ("{", "[", "\n", " ")
_HEADS = ("heading", "subheading", "subtitle")
_TEXTS = ("text", "paragraph", "html", "content")
_PLAIN_TEXTS = ("text", "value", "plain_text")
_OTHER_TEXTS = ("title", "message", "code", "label", "character")
"""Where a node that has none of these says something."""
_OF_MENTION = ("label", "name", "id")
_RICH = "rich_text"
_COMPONENT = "__component"
_OF_COMPONENT = ("body", "text", "content", "quote", "richText")
_HEADS_OF_COMPONENT = ("title", "heading", "author")
_OF_SECTIONS = frozenset((*_HEADS, *_TEXTS, "id", "order", "index"))
_TAGS = {
    **dict.fromkeys(_QUOTES, "blockquote"),
    **dict.fromkeys(_ITEMS, "li"),
    **dict.fromkeys(_LISTS, "ul"),
    **dict.fromkeys(_ORDERED, "ol"),
    **dict.fromkeys(_ROWS, "tr"),
    **dict.fromkeys(_CELLS, "td"),
    "h": "h2",
    "table": "table",
}


def as_html(value: Any) -> str:
    """The HTML of a rich text, also of one as a string of JSON; empty if ``value`` is none.

    Nothing of it is trusted: it is as hostile as any other HTML of an article.
    """
    value = with_entities(_parsed(value) if isinstance(value, str) else value)
    nodes = _nodes_of(value) if value is not None else []
    if nodes and all(node.keys() <= _OF_SECTIONS for node in nodes):
        return "".join(map(_section, nodes))
    if nodes and all(isinstance(node.get(_COMPONENT), str) for node in nodes):
        return "".join(map(_component, nodes))
    known = any(_kind(node) in _BLOCKS or _is_paragraph(node) for node in nodes)
    return _blocks(nodes, _DEEPEST) if known else ""


def _section(node: _Node) -> str:
    """A part of a text that says nothing of itself, below its heading if it has one."""
    heading, text = (
        next((str(node[key]) for key in keys if _is_said(node.get(key))), "")
        for keys in (_HEADS, _TEXTS)
    )
    body = text if "<" in text else f"<p>{html.escape(text)}</p>"
    return f"<h2>{html.escape(heading)}</h2>{body}" if heading else body


def _component(node: _Node) -> str:
    """A part of a *dynamic zone* of Strapi: Markdown, a quote, or pictures."""
    name = str(node[_COMPONENT]).casefold()
    said = next((node[key] for key in _OF_COMPONENT if node.get(key)), "")
    text = as_html(said) or (to_html(said) if isinstance(said, str) else "")
    title = next((str(node[key]) for key in _HEADS_OF_COMPONENT if _is_said(node.get(key))), "")
    heading = html.escape(title)
    if "quote" in name:
        return f"<blockquote>{text}</blockquote>{f'<p>{heading}</p>' if heading else ''}"
    files = (_nodes_of([node.get(key)]) for key in ("file", "image", "media"))
    shown = [*(one for found in files for one in found), *_nodes_of(node.get("files"))]
    return f"{f'<h2>{heading}</h2>' if heading else ''}{text}{''.join(map(_figure, shown))}"


def _parsed(text: str) -> Any:
    if not text.startswith(_OPENING):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _nodes_of(value: Any) -> list[_Node]:
    """The nodes in ``value``: a list of them, or a node that has them."""
    for _ in range(_DEEPEST):
        if isinstance(value, list):
            return [_plain(node) for node in value if isinstance(node, (dict, str))]
        found = _inner(value) if isinstance(value, dict) else None
        if found is None:
            return []
        value = found
    return []


def _inner(node: _Node) -> Any:
    return next((node[key] for key in _INSIDE if isinstance(node.get(key), (list, dict))), None)


def _plain(node: _Node | str) -> _Node:
    """A node with what Editor.js and Ricos have in an object of its own; of a string, one that
    says it."""
    if isinstance(node, str):
        return {"content": node}
    own = node.get("textData")
    if isinstance(own, dict):
        return {**node, "text": own.get("text"), "decorations": own.get("decorations")}
    own = node.get(str(node.get("type")))
    if isinstance(own, dict) and isinstance(own.get(_RICH), list):
        return {**node, **own}  # Notion
    own = node.get("data") or node.get("imageData")
    if not isinstance(own, dict):
        return node
    # A text of Editor.js is HTML, as a ``content`` is.
    return {**{("content" if key == "text" else key): own[key] for key in own}, **node}


def _kind(node: _Node) -> str:
    """What a node is, in plain letters: ``heading-2`` and ``h2`` are ``h``."""
    if isinstance(node.get("listItem"), str):
        return "listitem"  # Portable Text
    names = (node.get(key) for key in ("_type", "nodeType", "type", "object"))
    kind = next((_letters(name) for name in names if isinstance(name, str)), "")
    more = {"block": node.get("style"), "text": node.get("subtype")}.get(kind)
    if isinstance(more, str) and (closer := _letters(more)) not in ("", "normal"):
        kind = closer
    return "h" if kind.startswith(("heading", "header")) and kind not in _CELLS else kind


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, name)).casefold()


def _is_paragraph(node: _Node) -> bool:
    """Whether it is a text that stands among blocks, as ANS and Tumblr have them."""
    return _kind(node) == "text" and any(isinstance(node.get(k), str) for k in ("text", "content"))


def _blocks(nodes: Iterable[_Node], deepest: int) -> str:
    parts = []
    for tag, group in groupby(nodes, _list_around):
        inside = "".join(_block(node, deepest) for node in group)
        parts.append(f"<{tag}>{inside}</{tag}>" if tag else inside)
    return "".join(parts)


def _list_around(node: _Node) -> str:
    """The list in which a node belongs that stands without one."""
    kind = _kind(node)
    if kind not in _ITEMS:
        return ""
    return "ol" if kind in _ORDERED_ITEMS or node.get("listItem") in _OF_ORDERED else "ul"


def _block(node: _Node, deepest: int, tag: str = "") -> str:
    kind = _kind(node)
    if kind in _ELSEWHERE:
        return ""
    if not deepest:
        return f"<p>{_all_text(node)}</p>"
    if kind in _PICTURES:
        return _figure(node)
    if kind == "rawhtml":
        return _html_of(node)
    if kind == "table":
        return _table(node, deepest)
    if kind in _LISTS:
        return _list(_nodes_of(node), _list_tag(node), deepest) + _signed(node)
    tag = tag or _TAGS.get(kind, "p")
    inside = _inside(node, deepest)
    if tag == "li" and inside.startswith("<p>") and inside.count("<p>") == 1:
        inside = inside.replace("<p>", "", 1).replace("</p>", "", 1)
    return f"<{tag}>{inside}</{tag}>{_signed(node)}" if inside or tag != "p" else _signed(node)


def _list_tag(node: _Node) -> str:
    is_ordered = any(node.get(key) in _OF_ORDERED for key in _KINDS_OF_LIST)
    return "ol" if is_ordered else _TAGS[_kind(node)]


def _list(nodes: Iterable[_Node], tag: str, deepest: int) -> str:
    return f"<{tag}>{''.join(_item(node, tag, deepest - 1) for node in nodes)}</{tag}>"


def _item(node: _Node, tag: str, deepest: int) -> str:
    """An item, which in Editor.js has those of the list in it beside its text."""
    inner = node.get("items")
    if _kind(node) in _LISTS or not deepest or not isinstance(inner, list):
        return _block(node, deepest, "" if _kind(node) in _LISTS else "li")
    text = _line({key: value for key, value in node.items() if key != "items"}, deepest)
    return f"<li>{text}{_list(_nodes_of(inner), tag, deepest) if inner else ''}</li>"


def _inside(node: _Node, deepest: int) -> str:
    """What a block holds: its text, and blocks."""
    nodes = [] if node.get("leaves") else _nodes_of(node)
    rich = node.get(_RICH)
    if isinstance(rich, list):
        text = "".join(_line(one, deepest - 1) for one in _nodes_of(rich))
        return f"{text}{_blocks(nodes, deepest - 1)}"
    is_sure = any(isinstance(node.get(key), list) for key in _INSIDE[:3])
    if is_sure or any(_kind(one) in _BLOCKS for one in nodes):
        own = node.get("content") if isinstance(node.get("content"), str) else ""
        return f"{own}{_blocks(nodes, deepest - 1)}"
    return _line(node, deepest)


def _line(node: _Node, deepest: int) -> str:
    """The text of a node that holds no blocks, as HTML."""
    if _kind(node) in _BREAKS:
        return "<br>"
    if not deepest:
        return _all_text(node)
    inner = "".join(_line(with_links(node, one), deepest - 1) for one in _nodes_of(node))
    return marked(node, inner or _own_text(node))


def _own_text(node: _Node) -> str:
    said = (node.get(key) for key in _PLAIN_TEXTS)
    text = next((text for text in said if isinstance(text, str)), "")
    if text:
        return ranged(node, text)
    return _html_of(node) or "<br>".join(map(escaped, _other_texts(node)))


def _other_texts(node: _Node) -> list[str]:
    """What a warning, a mention and the like say."""
    told = {**node, **object_of(node.get("attrs"))}
    if "mention" in _kind(node):
        return [str(told[key]) for key in _OF_MENTION if _is_said(told.get(key))][:1] or [
            str(told[key]) for key in _OTHER_TEXTS if _is_said(told.get(key))
        ]
    return [str(told[key]) for key in _OTHER_TEXTS if _is_said(told.get(key))]


def _all_text(node: _Node) -> str:
    """The text of a node and of all in it, without their kinds."""
    parts = []
    waiting: list[Any] = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(reversed(one))
        elif isinstance(one, dict):
            one = _plain(one)
            parts.append(_own_text(one))
            inner = (one.get(key) for key in (_RICH, *_INSIDE))
            waiting.extend(value for value in inner if isinstance(value, (list, dict)))
    return " ".join(filter(None, parts))


def _html_of(node: _Node) -> str:
    """What ANS and Editor.js have as HTML."""
    text = node.get("content") or node.get("html")
    return text if isinstance(text, str) else ""


def _signed(node: _Node) -> str:
    """Whose words a quote has, as a line below it."""
    who = node.get("citation") or (node.get("caption") if _kind(node) in _QUOTES else None)
    text = _line(_plain(who), 1) if isinstance(who, (dict, str)) else ""
    return f"<p>{text}</p>" if text else ""


def _figure(node: _Node) -> str:
    """A picture, if it has a caption."""
    told = {**node, **object_of(node.get("image"))}
    caption = next((told[k] for k in ("caption", "description") if _is_said(told.get(k))), "")
    source = told.get("url") or told.get("src")
    image = f'<img src="{html.escape(source)}">' if isinstance(source, str) else ""
    said = f"{caption}{_credit(told)}"
    return f"<figure>{image}<figcaption>{said}</figcaption></figure>" if caption else ""


def _credit(picture: _Node) -> str:
    """Who took it, as ANS says it."""
    people = object_of(picture.get("credits")).get("by")
    named = (object_of(one).get("name") for one in (people if isinstance(people, list) else ()))
    names = [str(name) for name in named if _is_said(name)]
    return f" Photo: {', '.join(names)}" if names else ""


def _is_said(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _table(node: _Node, deepest: int) -> str:
    rows = node.get("rows") or node.get("content")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return f"<table>{_blocks(_nodes_of(node), deepest - 1)}</table>"
    head = node.get("header")
    written = [_row(head, "th", deepest)] if isinstance(head, list) else []
    written += [_row(row, "td", deepest) for row in rows]
    return f"<table>{''.join(written)}</table>"


def _row(cells: Iterable[Any], tag: str, deepest: int) -> str:
    nodes = _nodes_of(list(cells))
    return f"<tr>{''.join(_block(node, deepest - 1, tag) for node in nodes)}</tr>"

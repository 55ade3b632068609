"""An export of Ghost: its tables of posts, authors and tags → records.

A post is there as HTML; where that is missing, as its editor keeps it: Lexical, before version 5
Mobiledoc. In both a picture, a box or a part in Markdown is a *card* with fields of its own.
(After the renderers of Ghost and https://github.com/bustle/mobiledoc-kit.)
"""

from __future__ import annotations

import html
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from archive_gen.importers.base import LeftOut
from archive_gen.importers.cms_exports import DRAFTS, FOR_SUBSCRIBERS, PAGES
from archive_gen.importers.records.rich_text import as_html
from archive_gen.markup import to_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    _Card = Callable[[Mapping[str, Any]], str]

_OF_STRESS = frozenset("b strong i em".split())
_OF_TEXT = frozenset("p h1 h2 h3 h4 h5 h6 blockquote aside".split())


def is_ghost(value: Mapping[str, Any]) -> bool:
    """Whether an object holds the tables of a Ghost export."""
    return all(isinstance(value.get(table), list) for table in ("posts", "users", "posts_tags"))


def posts(tables: Mapping[str, Any]) -> Iterator[Mapping[str, Any] | LeftOut]:
    """The published posts of a Ghost export, as records, and what else there is."""
    authors = _joined(tables, "posts_authors", "author_id", "users")
    tags = _joined(tables, "posts_tags", "tag_id", "tags")
    people = {str(row.get("id")): row.get("name") for row in _rows(tables, "users")}
    captions = {
        str(row.get("post_id")): _text(row, "feature_image_caption")
        for row in _rows(tables, "posts_meta")
    }
    for post in _rows(tables, "posts"):
        if hidden := _hidden(post):
            yield LeftOut(hidden)
        else:
            key = str(post.get("id"))
            # All of it is the article, not a page to look for one in.
            told = {
                "content_html": _with_lead(post, captions.get(key, "")),
                "excerpt": post.get("custom_excerpt"),
            }
            own = {key: value for key, value in post.items() if key != "html"}
            mine = authors[key] or people.get(str(post.get("author_id")))
            yield {**own, **told, "authors": mine, "tags": tags[key]}


def _hidden(post: Mapping[str, Any]) -> str:
    if post.get("type", "post") != "post" or post.get("page"):
        return PAGES
    if post.get("status") != "published":
        return DRAFTS
    return "" if post.get("visibility") in (None, "public") else FOR_SUBSCRIBERS


def _joined(
    tables: Mapping[str, Any], between: str, key: str, other: str
) -> defaultdict[str, list[str]]:
    """Post → names, by the table that joins posts with another one."""
    names = {str(row.get("id")): row.get("name") for row in _rows(tables, other)}
    found = defaultdict(list)
    for row in sorted(_rows(tables, between), key=_place):
        name = names.get(str(row.get(key)))
        if isinstance(name, str) and not name.startswith("#"):  # tags of the editors alone
            found[str(row.get("post_id"))].append(name)
    return found


def _place(row: Mapping[str, Any]) -> int:
    place = row.get("sort_order")
    return place if isinstance(place, int) else 0


def _rows(tables: Mapping[str, Any], table: str) -> list[Mapping[str, Any]]:
    return [row for row in _list(tables.get(table)) if isinstance(row, dict)]


def _with_lead(post: Mapping[str, Any], caption: str) -> str:
    """The text of a post below the picture above it; empty if there is no text."""
    text = _text(post, "html") or _of_lexical(post) or _of_mobiledoc(post)
    source = _text(post, "feature_image")
    return f"{_figure(source, caption)}{text}" if text and source and source not in text else text


def _of_lexical(post: Mapping[str, Any]) -> str:
    root = _parsed(post.get("lexical")).get("root")
    nodes = root.get("children") if isinstance(root, dict) else None
    return "".join(_node(node) for node in _list(nodes) if isinstance(node, dict))


def _node(node: Mapping[str, Any]) -> str:
    kind = _text(node, "type").removeprefix("extended-")
    if kind in _CARDS:
        return _CARDS[kind](node)
    return as_html([{**node, "type": "quote" if kind == "aside" else kind}])


def _of_mobiledoc(post: Mapping[str, Any]) -> str:
    document = _parsed(post.get("mobiledoc"))
    parts = []
    for section in _list(document.get("sections")):
        match section:
            case [1, str(tag), list(markers), *_]:
                tag = tag if tag in _OF_TEXT else "p"
                parts.append(f"<{tag}>{_marked(markers, document)}</{tag}>")
            case [2, str(source)]:
                parts.append(_figure(source))
            case [3, str(tag), list(items), *_]:
                tag = "ol" if tag == "ol" else "ul"
                lines = (f"<li>{_marked(_list(item), document)}</li>" for item in items)
                parts.append(f"<{tag}>{''.join(lines)}</{tag}>")
            case [10, number]:
                parts.append(_named(_at(document, "cards", number)))
    return "".join(parts)


def _named(card: Any) -> str:
    match card:
        case [str(kind), dict(fields), *_] if kind in _CARDS:
            return _CARDS[kind](fields)
    return ""


def _marked(markers: list[Any], document: Mapping[str, Any]) -> str:
    """The text of markers: each says what opens before it, and how much closes behind it."""
    parts: list[str] = []
    opened: list[str] = []
    for marker in markers:
        match marker:
            case [int(kind), list(opening), int(closing), value]:
                for number in opening:
                    tag, written = _opening(_at(document, "markups", number))
                    opened.append(tag)
                    parts.append(written)
                parts.append(_atom(_at(document, "atoms", value)) if kind else _escaped(value))
                parts += [
                    f"</{tag}>" for _, tag in zip(range(closing), _ends(opened), strict=False)
                ]
    return "".join([*parts, *(f"</{tag}>" for tag in _ends(opened))])


def _ends(opened: list[str]) -> Iterator[str]:
    """The tags that are open, each closed as it is asked for."""
    while opened:
        yield opened.pop()


def _opening(markup: Any) -> tuple[str, str]:
    """The tag of a markup, and what opens it."""
    match markup:
        case ["a", ["href", str(address), *_], *_]:
            return "a", f'<a href="{html.escape(address)}">'
        case [str(tag), *_] if tag in _OF_STRESS:
            return tag, f"<{tag}>"
    return "span", "<span>"


def _atom(atom: Any) -> str:
    match atom:
        case ["soft-return", *_]:
            return "<br>"
        case [_, str(text), *_]:
            return html.escape(text)
    return ""


def _escaped(value: Any) -> str:
    return html.escape(value) if isinstance(value, str) else ""


def _at(document: Mapping[str, Any], name: str, number: Any) -> Any:
    """An entry of a table of the document, by its number."""
    table = _list(document.get(name))
    return table[number] if isinstance(number, int) and 0 <= number < len(table) else None


def _figure(source: str, caption: str = "", alt: str = "") -> str:
    """A picture; its caption is HTML."""
    image = f'<img src="{html.escape(source)}" alt="{html.escape(alt)}">'
    return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"


def _picture(card: Mapping[str, Any]) -> str:
    return _figure(_text(card, "src"), _text(card, "caption"), _text(card, "alt"))


def _gallery(card: Mapping[str, Any]) -> str:
    pictures = [one for one in _list(card.get("images")) if isinstance(one, dict)]
    caption = _text(card, "caption")
    below = f"<figure><figcaption>{caption}</figcaption></figure>" if caption else ""
    return "".join(map(_picture, pictures)) + below


def _markdown(card: Mapping[str, Any]) -> str:
    return to_html(_text(card, "markdown"))


def _code(card: Mapping[str, Any]) -> str:
    return f"<pre><code>{html.escape(_text(card, 'code'))}</code></pre>"


def _headed(heading: str, text: str) -> _Card:
    """A card of a heading and a text below it, both as HTML."""

    def shown(card: Mapping[str, Any]) -> str:
        above, below = _text(card, heading), _text(card, text)
        below = below if below.lstrip().startswith("<p") else f"<p>{below}</p>"
        return f"<h3>{above}</h3>{below}" if above else below

    return shown


_CARDS: dict[str, _Card] = {
    "image": _picture,
    "gallery": _gallery,
    "html": lambda card: _text(card, "html"),
    "markdown": _markdown,
    "card-markdown": _markdown,
    "code": _code,
    "codeblock": _code,
    "callout": _headed("", "calloutText"),
    "toggle": _headed("heading", "content"),
    "header": _headed("header", "subheader"),
}
"""Kind of a card → what shows it. Those that lead elsewhere, ask for money or play something
show nothing."""


def _parsed(document: Any) -> Mapping[str, Any]:
    """A document that stands as a string of JSON in its column."""
    try:
        found = json.loads(document) if isinstance(document, str) else document
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []

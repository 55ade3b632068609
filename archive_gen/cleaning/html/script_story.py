"""The story of a page that leaves all of it to a script: in the data that the page hands to it.

``<script id="__NEXT_DATA__" type="application/json">`` of Next.js, ``__NUXT_DATA__`` of Nuxt, and
objects that are assigned to a name of the window (``window.__INITIAL_STATE__ = {…}``). What is the
story there, no standard says: the longest prose beside the page's own headline, below a key that
names an article's text.
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

from archive_gen.cleaning.html.stated.json_values import objects_in, unflattened
from archive_gen.cleaning.phrases import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ASSIGNED = re.compile(r"\s*(?:window|self|globalThis)\.[\w$]{1,60}\s*=\s*(?=\{)")
_TITLES = ("headline", "title", "hed", "heading", "name")
_BESIDE = re.compile(
    r"relat|recommend|more|teaser|summary|descri|seo|meta|caption|alt|author|bio|comment|promo"
    r"|excerpt|dek|intro|standfirst|headline|title|url|href|slug|image|credit|tags?$|nav|menu|footer"
    r"|repl(?:y|ies)|response|discuss|message|terms|legal|polic|privacy|consent|cookie|paywall|subscri"
    r"|newsletter|disclaimer|latest|popular|trending",
    re.IGNORECASE,
)
"""Keys below which stands something else than the story."""
_OF_READERS = re.compile(r"comment(?!ar)|repl(?:y|ies)|responses|discussion", re.IGNORECASE)
"""Keys below which stands nothing of a newsroom."""
_TEXT = re.compile(
    r"body|content|(?<!con)text|article(?!s)|story|paragraph|html|markdown|blocks|copy",
    re.IGNORECASE,
)
"""Keys that name an article's text: nothing else is its story."""
_ENDS = re.compile(r"</(?:p|h[1-6]|li|blockquote|div)>|<br\s*/?>|\n", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]*>")
_INLINE = (None, "text", "span", "link")
_FEWEST = 5
"""Words of a paragraph."""
_DEEPEST = 60


def has_data(tree: Any) -> bool:
    """Whether a page hands such data to a script."""
    return any(True for _ in _texts(tree))


def find_story(tree: Any) -> tuple[str, list[str]]:
    """The headline and the paragraphs in a page's data; empty if nothing there is its story."""
    titles = " ".join(
        fold(text) for text in tree.xpath("//title/text() | //meta[@property='og:title']/@content")
    )
    best: tuple[str, list[str]] = ("", [])
    most = 0
    for data in filter(None, _data(tree)):
        for item in objects_in(data, _is_of_newsroom):
            headline = _headline(item, f" {titles} ")
            paragraphs = list(_story(item, 0)) if headline else []
            words = sum(len(each.split()) for each in paragraphs)
            if words > most:
                best, most = (headline, paragraphs), words
    return best


def _data(tree: Any) -> Iterator[Any]:
    for text in _texts(tree):
        value = _parsed(text)
        yield unflattened(value) if isinstance(value, list) else value


def _texts(tree: Any) -> Iterator[str]:
    for script in tree.iter("script"):
        text = script.text or ""
        if script.get("type") == "application/json":
            yield text
        elif match := _ASSIGNED.match(text):
            yield text[match.end() :]


def _parsed(text: str) -> Any:
    try:
        return json.JSONDecoder(strict=False).raw_decode(text.lstrip())[0]
    except (ValueError, RecursionError):
        return None


def _is_of_newsroom(key: str) -> bool:
    return not _OF_READERS.search(key)


def _headline(item: Mapping[str, Any], titles: str) -> str:
    named = (item[key] for key in _TITLES if isinstance(item.get(key), str))
    return next((text for text in named if fold(text) and f" {fold(text)} " in titles), "")


def _story(value: Any, depth: int) -> Iterator[str]:
    """The paragraphs below the keys of an object that name an article's text."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _story(each, depth + 1)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if _BESIDE.search(key):
                continue
            if _TEXT.search(key):
                yield from _prose([inner], [None], depth + 1)
            else:
                yield from _story(inner, depth + 1)


def _prose(values: Iterable[Any], keys: Iterable[str | None], depth: int) -> Iterator[str]:
    """The paragraphs below values, in their order."""
    for key, value in zip(keys, values, strict=True):
        if depth > _DEEPEST or (key is not None and _BESIDE.search(key)):
            continue
        if isinstance(value, str):
            yield from _paragraphs(value)
        elif isinstance(value, dict):
            yield from _prose(value.values(), value.keys(), depth + 1)
        elif isinstance(value, list) and _is_one_paragraph(value):
            yield from _paragraphs("".join(part["text"] for part in value))
        elif isinstance(value, list):
            yield from _prose(value, [None] * len(value), depth + 1)


def _is_one_paragraph(parts: list[Any]) -> bool:
    """Whether a list holds the parts of a paragraph, as editors of rich text keep them."""
    return bool(parts) and all(
        isinstance(part, dict)
        and isinstance(part.get("text"), str)
        and (part.get("type") or part.get("_type")) in _INLINE
        for part in parts
    )


def _paragraphs(text: str) -> Iterator[str]:
    for part in _ENDS.split(text):
        line = " ".join(html.unescape(_MARKUP.sub(" ", part)).split())
        if len(line.split()) >= _FEWEST:
            yield line

"""Markdown → HTML that can run nothing: the one gate through which article text reaches a page.

Python-Markdown makes the HTML, an allow-list sanitiser (``nh3``, a binding of ammonia) keeps
what a text needs. Whatever is not on the list below does not exist for a reader's browser.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import nh3

from archive_gen.scripts import is_wide
from archive_gen.short_cuts import REL, html_without_parser, paragraphs, words_without_parser
from archive_gen.urls import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Set

    _Filter = Callable[[str, str, str], str | None]

_TAGS = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em "
    "figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small "
    "span strong sub sup table tbody td tfoot th thead time tr u ul var wbr".split()
)
_ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "del": {"datetime"},
    "ins": {"datetime"},
}
_SCHEMES = {"http", "https", "mailto"}
_DROP_WITH_CONTENT = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math"}

# A browser skips these wherever they stand in an address, and the others at its ends.
_SKIPPED = str.maketrans("", "", "\t\n\r")
_TRIMMED = "".join(map(chr, range(0x21)))
_FOREIGN = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)
# Nothing stands between server and path that could make it another's: no name, no backslash.
_ON_SERVER = re.compile(
    r"(?P<origin>https?://[a-z0-9.-]+(?::[0-9]+)?)/[^\s\\<>\"']*", re.IGNORECASE
)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
# Where a line begins quotes and items within each other.
_NESTED = re.compile(
    r"^(?P<marks>(?:[ \t]*(?:>|(?:[*+-]|\d+[.)])(?=[ \t])))+).*", re.MULTILINE | re.ASCII
)
_LEVEL = re.compile(r">|[*+-]|(?<!\d)\d+[.)]|\t|[ ]{4}")
_RULE = re.compile(r"[ \t]*([*-])(?:[ \t]*\1)*[ \t]*")
# Lines at each of which the rest of their block is taken apart anew.
_DIVIDER = re.compile(r"^ {0,3}(?:#|(?:=+|-+|[*_-](?:[ ]*[*_-]){2,})[ ]*$)", re.MULTILINE)
_MAX_LEVELS = 32
_MAX_BLOCKS = 20_000
_MAX_TAGS = 10_000
_MAX_ENTITIES = 100_000
_MAX_CELLS = 200_000
# The sanitiser compares each attribute of a tag with all before it.
_CROWDED = re.compile(r"<[A-Za-z](?:[^<>\s]*+\s++){5000}")
_MAX_SEARCH = 3_000_000
_MAX_COPYING = 1_000_000_000
_FEW = 20
TAG = re.compile(r'<[^>"]*+(?:"[^"]*+"?+[^>"]*+)*+>?')
"""A tag as ``to_html`` writes it."""
_BLOCK_EDGE = re.compile(
    r"<(?=/?(?:p|div|h\d|hr|br|[uod]l|li|dt|dd|blockquote|pre|table|t[rhd]|caption|fig\w+)[ >])"
)
_IMG_TAG = re.compile(r"<img\b", re.IGNORECASE)
IMG = re.compile(r'<img(?: [a-z]+="[^"]*")*>')
"""A picture as ``to_html`` writes it."""
LINK = re.compile(r'<a(?: [a-z]+="[^"]*")*>')
"""What opens a link, as ``to_html`` writes it."""
_LEADS = re.compile(r' (?:href|rel)="[^"]*"')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_SPACES = re.compile(r"[ \t\u00a0]+")


def to_html(text: str) -> str:
    """Safe HTML of a Markdown text.

    Headings begin at the second level, since the first is the page's own. Pictures are kept
    when they lie in the site itself.
    """
    text = text.replace(ROOT, "")
    short = html_without_parser(text)
    return through_markdown(text) if short is None else short


@lru_cache(maxsize=2)  # the pictures of a text, its links and its HTML are asked for in a row
def through_markdown(text: str) -> str:
    """``to_html`` without its short cuts: the definition of its result."""
    return _through_markdown(text, _filter_attribute)


def to_html_with_pictures(text: str, origins: Set[str]) -> str:
    """``to_html`` that keeps pictures of these servers, too (``https://pictures.example.org``)."""
    return _through_markdown(text.replace(ROOT, ""), partial(_filter_with, origins))


def foreign_picture(src: str, origins: Set[str]) -> str:
    """``src`` as the address of a picture on one of these servers; empty if it is none."""
    found = _ON_SERVER.fullmatch(_address(src))
    return found[0] if found and found["origin"].lower() in origins else ""


def _through_markdown(text: str, attribute_filter: _Filter) -> str:
    text = _with_newlines(text)
    if _is_tangled(text):
        return paragraphs(_BLANK_LINES.sub("\n\n", text.replace("\0", "")))
    # Loading Python-Markdown takes longer than most builds have for a text, and few texts need it.
    from archive_gen.converter import converter

    safe = nh3.clean(
        converter().reset().convert(text),
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=attribute_filter,
        url_schemes=set(_SCHEMES),
        clean_content_tags=set(_DROP_WITH_CONTENT),
        link_rel=REL,
        strip_comments=True,
    )
    return safe.replace(ROOT, "")


def picture_sources(text: str) -> tuple[str, ...]:
    """The addresses of the pictures in a Markdown text, in order."""
    if not ("![" in text or ("<" in text and _IMG_TAG.search(text))):
        return ()
    return tuple(_source(tag) for tag in IMG.findall(to_html(text)))


def links(text: str) -> tuple[str, ...]:
    """The addresses to which a Markdown text leads, in order."""
    tags = LINK.findall(to_html(text)) if "](" in text or "<" in text else ()
    return tuple(attributes(tag).get("href", "") for tag in tags)


def _source(tag: str) -> str:
    return attributes(tag).get("src", "")


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag as ``to_html`` writes it."""
    return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(tag)}


def led_elsewhere(safe_html: str, to: Callable[[str], str]) -> str:
    """What ``to_html`` made, with other addresses in those links for which ``to`` knows one: they
    stay in the site."""

    def led(match: re.Match[str]) -> str:
        href = to(attributes(match[0]).get("href", ""))
        return f'<a href="{html.escape(href)}"{_LEADS.sub("", match[0])[2:]}' if href else match[0]

    return LINK.sub(led, safe_html)


def plain_text(safe_html: str) -> str:
    """The text of what ``to_html`` made, a line for each block."""
    text = html.unescape(TAG.sub("", _BLOCK_EDGE.sub("\n<", safe_html)))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def excerpt(text: str, limit: int = 240) -> str:
    """The first paragraph of a Markdown text, plain, cut at a word after ``limit`` characters, of
    Chinese, Japanese or Korean after half as many."""
    for block in _blocks(_with_newlines(text)):
        if not block.startswith(("#", "|", "```")):
            words = " ".join(_words_of(block))
            if words:
                return _cut(words, limit // 2 if is_wide(words) else limit)
    return ""


def _words_of(block: str) -> list[str]:
    words = words_without_parser(block)
    return words if words is not None else plain_text(to_html(block)).split()


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", limit // 2, limit)
    return text[: cut if cut > 0 else limit].rstrip(" ,;:—–-") + "…"


def _with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _blocks(text: str) -> Iterator[str]:
    start = 0
    for match in _BLANK_LINES.finditer(text):
        if block := text[start : match.start()].strip("\n"):
            yield block
        start = match.end()
    if block := text[start:].strip("\n"):
        yield block


def _is_tangled(text: str) -> bool:
    """Whether Markdown or the sanitiser would take too long over ``text``, or recurse too deeply.

    No text for people comes near. The answer depends on the text alone, where a
    ``RecursionError`` would depend on who calls.
    """
    return (
        text.count("<") > _MAX_TAGS
        or text.count("\n\n") > _MAX_BLOCKS
        or text.count("&") > _MAX_ENTITIES
        or text.count("|") > _MAX_CELLS
        or _CROWDED.search(text) is not None
        or _search(text, "<", ">") > _MAX_SEARCH
        or any(map(_nests_deeply, _NESTED.finditer(text)))
        or sum(_search(block, "[", "]") + _search(block, "(", ")") for block in _blocks(text))
        > _MAX_SEARCH
        or sum(len(block) * len(_DIVIDER.findall(block)) for block in _blocks(text)) > _MAX_SEARCH
        or sum(len(block) * _marks(block) for block in _blocks(text)) > _MAX_COPYING
    )


def _nests_deeply(line: re.Match[str]) -> bool:
    levels = len(_LEVEL.findall(line["marks"]))
    return levels > _MAX_LEVELS and not _RULE.fullmatch(line[0])


def _search(text: str, opening: str, closing: str) -> int:
    """How many characters are looked at to find the end of each bracket, at most."""
    if text.count(opening) < _FEW:
        return 0
    depth = deepest = 0
    for bracket in re.findall(f"[{re.escape(opening + closing)}]", text):
        depth = depth + 1 if bracket == opening else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest * len(text) if deepest > _FEW else 0


def _marks(block: str) -> int:
    """How many marks may each have the block copied."""
    return sum(map(block.count, ("*", "_", "`", "[", "<", "&", "\\", "  \n")))


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    if ROOT in value:  # from an entity; without it the address could be another's
        return None
    foreign = tag == "img" and name == "src" and _FOREIGN.match(_address(value))
    return None if foreign else value


def _filter_with(origins: Set[str], tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src" and (address := foreign_picture(value, origins)):
        return address
    return _filter_attribute(tag, name, value)


def _address(value: str) -> str:
    """What a browser reads of an address."""
    return value.translate(_SKIPPED).strip(_TRIMMED)

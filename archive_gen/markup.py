"""Markdown → HTML that can run nothing: the one gate through which article text reaches a page.

Python-Markdown makes the HTML, an allow-list sanitiser (``nh3``, a binding of ammonia) keeps
what a text needs. Whatever is not on the list below does not exist for a reader's browser.
"""

from __future__ import annotations

import functools
import html
import re
from typing import TYPE_CHECKING

import markdown
import nh3
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from archive_gen.urls import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

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
    "blockquote": {"cite"},
    "del": {"datetime"},
    "ins": {"datetime"},
}
_SCHEMES = {"http", "https", "mailto"}
_DROP_WITH_CONTENT = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math"}

_FOREIGN = re.compile(r"[\s\x00-\x20]*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
# Text that Markdown, with the extensions below, turns into nothing but paragraphs.
_ACTIVE = re.compile(
    r"""[\\`*_\[\]<|\t\r\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufdd0]   # acts anywhere
      | &(?=[#\w])                       # an entity, perhaps
      | ^[^\S\n]                         # code
      | ^(?:[#>+-]|\d+[.)]|[=~:])        # headings, quotes, lists, rules
      | [^\S\n]$                         # a hard break
    """,
    re.MULTILINE | re.VERBOSE,
)
_ESCAPES = str.maketrans({"&": "&amp;", ">": "&gt;", "<": "&lt;", "\xa0": "&nbsp;"})
_TAG = re.compile(r'<[^>"]*(?:"[^"]*"[^>"]*)*>')
_BLOCK_END = re.compile(r"</(?:p|h\d|li|blockquote|td|th|tr|pre|dt|dd|figcaption|caption)>|<[bh]r>")
_SPACES = re.compile(r"[ \t\u00a0]+")


def to_html(text: str) -> str:
    """Safe HTML of a Markdown text.

    Headings begin at the second level, since the first is the page's own. Pictures are kept
    when they lie in the site itself.
    """
    text = text.replace(ROOT, "")
    if not _ACTIVE.search(text):
        return _paragraphs(text)
    return through_markdown(text)


def through_markdown(text: str) -> str:
    """``to_html`` without its short cut for plain paragraphs: the definition of its result."""
    try:
        rough = _converter().reset().convert(text)
    except RecursionError:  # nested deeper than any text for people
        rough = _paragraphs(text)
    return nh3.clean(
        rough,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_filter_attribute,
        url_schemes=set(_SCHEMES),
        clean_content_tags=set(_DROP_WITH_CONTENT),
        link_rel="nofollow noopener noreferrer",
        strip_comments=True,
    )


def plain_text(safe_html: str) -> str:
    """The text of what ``to_html`` made, a line for each block."""
    text = html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", safe_html)))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def excerpt(text: str, limit: int = 240) -> str:
    """The first paragraph of a Markdown text, plain, cut at a word after ``limit`` characters."""
    for block in _blocks(text):
        if not block.startswith(("#", "|", "```")):
            words = " ".join(plain_text(to_html(block)).split())
            if words:
                return _cut(words, limit)
    return ""


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", limit // 2, limit)
    return text[: cut if cut > 0 else limit].rstrip(" ,;:—–-") + "…"


def _blocks(text: str) -> Iterator[str]:
    start = 0
    for match in _BLANK_LINES.finditer(text):
        if block := text[start : match.start()].strip("\n"):
            yield block
        start = match.end()
    if block := text[start:].strip("\n"):
        yield block


def _paragraphs(text: str) -> str:
    escaped = text.translate(_ESCAPES)
    return "\n".join(f"<p>{block}</p>" for block in _blocks(escaped))


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src" and _FOREIGN.match(value):
        return None
    return value


class _DemoteHeadings(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in ("h1", "h2", "h3", "h4", "h5"):
                element.tag = f"h{int(element.tag[1]) + 1}"


class _House(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (the library's name)
        md.treeprocessors.register(_DemoteHeadings(md), "demote_headings", 1)


@functools.cache
def _converter() -> markdown.Markdown:
    return markdown.Markdown(extensions=["sane_lists", "tables", _House()], output_format="html")

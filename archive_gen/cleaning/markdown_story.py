"""A text that its writer wrote as Markdown: it stays as it was written.

What only the writer's own site understood goes: templates' tags, attributes, links within that
site. Pictures become the article's, notes and fenced code what plain Markdown has for them.
"""

from __future__ import annotations

import dataclasses
import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import msgspec

from archive_gen.cleaning.base import Label, Mark, Page, Picture
from archive_gen.cleaning.blocks import split_blocks
from archive_gen.cleaning.compose import compose
from archive_gen.cleaning.phrases import fold
from archive_gen.cleaning.rules import body
from archive_gen.urls import is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.article import RawDocument
    from archive_gen.cleaning.base import Cleaned

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[^`]*$|\s*\{% *(?:end)?highlight\b[^%]*%\}\s*$")
_UNDERLINE = re.compile(r"=+ *")
_FIGURE = re.compile(
    r"\{\{[<%]\s*figure\s([^{}]{1,2000})[>%]\}\}|\{%\s*include\s+fig\S*\s([^{}]{1,2000})%\}"
)
_IMG = re.compile(r"<img\b([^<>]{0,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PICTURE = re.compile(r"!\[([^\[\]]*)\]\(\s*<?([^()\s<>]+)>?(?:\s+[\"']([^\"']*)[\"'])?\s*\)")
_EMBEDDED = re.compile(r"!\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]")
_LINK = re.compile(
    r"(?<!!)\[([^\[\]]*)\]\(\s{0,9}<?([^()\s<>]*)>?(?:\s{1,9}[\"'][^\"']*[\"'])?\s{0,9}\)"
)
_WIKI_LINK = re.compile(r"(?<!!)\[\[(?:[^\[\]|]+\|)?([^\[\]|]+)\]\]")
_NOTE = re.compile(r"\[\^([^\[\]\s]{1,40})\]:?")
_CODE = re.compile(r"((?<!`)`+[^`]+`+)")
_LITERAL = re.compile(r"""\{\{\s*["']([^"'{}]+)["']\s*\|[^{}]*\}\}""")
"""``{{ "/a.jpg" | relative_url }}``"""
_OF_SITE = re.compile(
    r"<!--.{0,2000}?-->|\{%.{0,500}?%\}|\{\{.{0,500}?\}\}|\{:[^{}]*\}"
    r"|(?<=\S)[ \t]*\{#[\w-]+\}[ \t]*$|^\* TOC$"
)
"""What templates of Jekyll, Hugo and Eleventy, kramdown and comments mean."""


def clean_markdown(raw: RawDocument) -> Cleaned:
    """The article whose body is ``raw.text``; a heading that is its title is left out."""
    blocks = split_blocks(raw.text)
    reading = _Reading(str(raw.known.get("url") or ""))
    shown = reading.lines(raw.text.split("\n"))
    page = Page(blocks, "", range(len(blocks)), tuple(reading.pictures))
    title = _title(raw, page, shown)
    if title and not raw.known.get("title"):
        known, origins = {**raw.known, "title": title}, {**raw.origins, "title": "heading above"}
        raw = dataclasses.replace(raw, known=known, origins=origins)
    for index, block in enumerate(blocks):
        if not shown[block.line - 1].strip():
            mark = Mark(index, Label.FURNITURE, "its own site alone understands it")
            page.marks.setdefault(index, mark)
    for mark in body.dateline(page):
        page.marks.setdefault(mark.index, mark)
    for index in page.story:
        page.marks.setdefault(index, Mark(index, Label.BODY, "all of it is the article"))
    for index in page.indexes(Label.TITLE):
        shown[blocks[index].line - 1] = ""
        if _UNDERLINE.fullmatch((*shown, "")[blocks[index].line]):
            shown[blocks[index].line] = ""
    cleaned = compose(raw, page)
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(shown)).strip("\n").rstrip()
    return dataclasses.replace(cleaned, article=msgspec.structs.replace(cleaned.article, body=text))


def _title(raw: RawDocument, page: Page, shown: list[str]) -> str:
    """The heading with which the text begins, if it says nothing else than the title known."""
    seen = (i for i, block in enumerate(page.blocks) if shown[block.line - 1].strip())
    index = next(seen, None)
    if index is None:
        return ""
    first = page.blocks[index]
    is_heading = first.text.startswith("# ")
    if not is_heading and not _UNDERLINE.fullmatch((*shown, "")[first.line]):
        return ""
    title = first.text.strip("# ") if is_heading else first.text
    known = str(raw.known.get("title") or "")
    if known and fold(known) != fold(title):
        return ""
    page.marks[index] = Mark(index, Label.TITLE, "the heading of the text")
    return title


class _Reading:
    """The lines of a text as an archive shows them, and its pictures."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.pictures: list[Picture] = []

    def lines(self, lines: list[str]) -> list[str]:
        """Each line as it is shown: empty where nothing of it is."""
        fence = ""
        found = []
        for line in lines:
            match = _FENCE.match(line)
            mark = (match[1] or "{") if match else ""
            if mark and not fence:
                fence = mark
                found.append("")
            elif mark and mark[0] == fence[0] and len(mark) >= len(fence):
                fence = ""
                found.append("")
            elif fence:
                found.append(f"    {line}" if line.strip() else "")
            else:
                found.append(self._line(line))
        return found

    def _line(self, line: str) -> str:
        if line.startswith(("    ", "\t")) or not any(map(line.__contains__, "[{<*")):
            return line
        parts = _CODE.split(line)
        return "".join(
            part if part.startswith("`") else self._part(part) for part in parts
        ).rstrip() + (line[len(line.rstrip()) :] if line.strip() else "")

    def _part(self, text: str) -> str:
        text = _FIGURE.sub(lambda match: self._figure(match[1] or match[2]), text)
        plain = _OF_SITE.sub("", _LITERAL.sub(r"\1", text))
        text = text if plain == text else re.sub(r"(?<=\S) {2,}(?=\S)", " ", plain)
        text = _IMG.sub(lambda match: self._figure(match[1]), text)
        text = _PICTURE.sub(lambda m: self._see(m[2], m[1], m[3] or ""), text)
        text = _EMBEDDED.sub(lambda m: self._see(m[1], "", ""), text)
        text = _WIKI_LINK.sub(r"\1", text)
        text = _NOTE.sub(r"\[\1\]", text)
        return _LINK.sub(self._link, text)

    def _figure(self, written: str) -> str:
        told = {name.lower(): unescape(one or other) for name, one, other in _told(written)}
        src = (
            told.get("src") or told.get("url") or told.get("image_path") or told.get("image") or ""
        )
        return self._see(src, told.get("alt", ""), told.get("caption") or told.get("title", ""))

    def _see(self, src: str, alt: str, caption: str) -> str:
        alt, caption = (" ".join(text.split()) for text in (alt, caption))
        if src or caption:
            on_web = self._on_web(src)
            sources = tuple(dict.fromkeys(filter(None, (on_web, src))))
            self.pictures.append(Picture((), caption, "", on_web, sources, alt))
        return ""

    def _link(self, match: re.Match[str]) -> str:
        """A link that leads to somewhere from here, too; else its text."""
        text, address = match[1], match[2]
        if is_web_address(address) or address.startswith("mailto:"):
            return match[0] if text.strip() else ""
        place = self._on_web(address) if address else ""
        return f"[{text}]({place})" if text.strip() and place else text

    def _on_web(self, address: str) -> str:
        """What an address in the text means on the web; empty if nobody knows."""
        try:
            place = urljoin(self.address, address) if self.address else address
        except ValueError:
            return ""
        return place if is_web_address(place) else ""


def _told(written: str) -> Iterator[tuple[str, str, str]]:
    return ((m[1], m[2] or "", m[3] or "") for m in _ATTRIBUTE.finditer(written))

"""A text that its writer wrote as Markdown: it stays as it was written.

What only the writer's own site understood goes: templates' tags, attributes, links within that
site. Pictures become the article's, notes and fenced code what plain Markdown has for them.
"""

from __future__ import annotations

import dataclasses
import re
from html import unescape
from typing import TYPE_CHECKING

import msgspec

from archive_gen.cleaning.articles.markdown_lines import read_lines
from archive_gen.cleaning.articles.plain import mark_as_story
from archive_gen.cleaning.base import Label, Mark, Page, Picture
from archive_gen.cleaning.compose import compose
from archive_gen.cleaning.lines.blocks import split_blocks
from archive_gen.cleaning.phrases import fold
from archive_gen.urls import is_web_address, resolved

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archive_gen.article import RawDocument
    from archive_gen.cleaning.base import Cleaned

_UNDERLINE = re.compile(r"=+ *")
_FIGURE = re.compile(
    r"\{\{[<%]\s*figure\s([^{}]{1,2000})[>%]\}\}|\{%\s*include\s+fig\S*\s([^{}]{1,2000})%\}"
)
_IMG = re.compile(
    r"""<img\b((?>(?:[^<>"']|"[^"<]{0,2000}+"|'[^'<]{0,2000}+'){0,2000}))>""", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"""([\w-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PICTURE = re.compile(
    r"!\[([^\[\]]*)\]\(\s*<?((?>(?:[^()\s<>]++|\([^()\s<>]*\)){1,99}))>?(?:\s+[\"']([^\"']*)[\"'])?\s*\)"
)
_EMBEDDED = re.compile(r"!\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]")
_LINK = re.compile(
    r"(?<!!)\[([^\[\]]*)\]\(\s{0,9}<?((?>(?:[^()\s<>]++|\([^()\s<>]*\)){0,99}))>?(?:\s{1,9}[\"'][^\"']*[\"'])?\s{0,9}\)"
)
_WIKI_LINK = re.compile(r"(?<!!)\[\[(?:[^\[\]|]+\|)?([^\[\]|]+)\]\]")
_NOTE = re.compile(r"\[\^([^\[\]\s]{1,40})\]:?")
_DEFINITION = re.compile(
    r" {0,3}\[([^\[\]^][^\[\]]*)\]:[ \t]*+<?([^\s<>]*+)>?"
    r"(?:[ \t]++(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*+$"
)
_PLACE = re.compile(r"#|[A-Za-z]+:|\S*(?:/|\.(?:html?|md|php)\b)")
"""What is an address, and no word: ``[Clerk]: Yes.`` defines nothing."""
_REFERENCE = re.compile(r"(!?)(?<!\\)\[([^\[\]]+)\](?:\[([^\[\]]*)\]|(?![\[(]))")
_LITERAL_PART = re.compile(
    r"(?<!`)`+[^`]+`+|\$\$?[^$]+\$\$?|(?:\\[A-Za-z]{1,20}|[\^_])(?:\{\{[^{}]{0,500}\}\})+"
)
"""Code and formulas."""
_FORMULA = re.compile(r"\A\$\$|\\[A-Za-z]|[\^_]\{")
"""Between dollars, or two: the rest are prices."""
_LITERAL = re.compile(r"""\{\{\s*["']([^"'{}]+)["']\s*\|[^{}]*\}\}""")
"""``{{ "/a.jpg" | relative_url }}``"""
_OF_SITE = re.compile(r"\{%.{0,500}?%\}|\{\{.{0,500}?\}\}|(?<=\S)[ \t]*\{#[\w-]+\}[ \t]*$|^\* TOC$")
"""What templates of Jekyll, Hugo and Eleventy mean."""
_KRAMDOWN = re.compile(r"\{:([^{}]*)\}")
_NAMED = re.compile(r"""[.#][\w-]{1,80}(?=[\s.#]|$)|[\w:-]{1,80}=(?:"[^"]*"|'[^']*')""")
_ORDER = re.compile(r":(?:nomarkdown|options)\b[^{}]*|/\w*|[\w -]*")
_LONGEST_ORDER = 500
_WRAPPER = re.compile(
    r"<(/?)(?:div|section|article|main|aside|center|header|footer)(?![\w-])([^<>]{0,2000})>",
    re.IGNORECASE,
)
"""Elements that a page of ours has not, and in which Markdown would not be read."""


def clean_markdown(raw: RawDocument) -> Cleaned:
    """The article whose body is ``raw.text``; a heading that is its title is left out."""
    blocks = split_blocks(raw.text)
    reading = _Reading(str(raw.known.get("url") or ""), raw.pictures)
    shown = reading.lines(raw.text.split("\n"))
    page = Page(blocks, "", range(len(blocks)), tuple(reading.pictures))
    title = _title(raw, page, shown)
    if title and not raw.known.get("title"):
        known, origins = {**raw.known, "title": title}, {**raw.origins, "title": "heading above"}
        raw = dataclasses.replace(raw, known=known, origins=origins)
    for index, block in enumerate(blocks):
        if not shown[block.line - 1].strip():
            page.mark([Mark(index, Label.FURNITURE, "its own site alone understands it")])
    mark_as_story(page)
    for index in page.indexes(Label.TITLE):
        shown[blocks[index].line - 1] = ""
        if _UNDERLINE.fullmatch((*shown, "")[blocks[index].line]):
            shown[blocks[index].line] = ""
    cleaned = compose(raw, page)
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(shown))
    text = re.sub(r"(?m)^ {4}$", "", text).strip("\n").rstrip()  # blank lines of code
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

    def __init__(self, address: str, files: Mapping[str, str]) -> None:
        self.address = address
        self.files = files
        """Address in the text → the document beside the article that it means."""
        self.pictures: list[Picture] = []
        self.places: dict[str, str] = {}
        """Name → address, as references use them."""

    def lines(self, lines: list[str]) -> list[str]:
        """Each line as it is shown: empty where nothing of it is."""
        shown = read_lines(lines)
        texts = ["" if line.is_code else line.text for line in shown]
        self.places = dict(filter(None, map(_defined, texts)))
        wrappers = _wrappers(texts)
        return [
            line.text if line.is_code else "" if number in wrappers else self._line(line.text)
            for number, line in enumerate(shown)
        ]

    def _line(self, line: str) -> str:
        if not any(map(line.__contains__, "[{<*")):
            return line
        if defined := _defined(line):
            address = defined[1]
            place = self._place(address)
            return _plain(line).replace(address, place, 1) if address and place else ""
        parts: list[str] = []
        at = 0
        for start, end in _literal(line):
            parts += self._part(line[at:start]), line[start:end]
            at = end
        shown = "".join((*parts, self._part(line[at:]))).rstrip()
        return shown + (line[len(line.rstrip()) :] if line.strip() else "")

    def _part(self, text: str) -> str:
        text = _FIGURE.sub(lambda match: self._figure(match[1] or match[2]), text)
        plain = _KRAMDOWN.sub(_without_names, _plain(text))
        text = text if plain == text else re.sub(r"(?<=\S) {2,}(?=\S)", " ", plain)
        text = _IMG.sub(lambda match: self._figure(match[1]), text)
        text = _PICTURE.sub(lambda m: self._see(m[2], m[1], m[3] or ""), text)
        text = _EMBEDDED.sub(lambda m: self._see(m[1], "", ""), text)
        text = _WIKI_LINK.sub(r"\1", text)
        text = _NOTE.sub(r"\[\1\]", text)
        text = _REFERENCE.sub(self._reference, text) if self.places else text
        return _LINK.sub(self._link, text)

    def _reference(self, match: re.Match[str]) -> str:
        """A link by name that leads to somewhere from here, too; else its text."""
        text = match[2]
        address = self.places.get(_name(match[3] or text))
        if address is None:
            return match[0]
        if match[1]:
            return self._see(address, text, "")
        return match[0] if self._place(address) else text

    def _figure(self, written: str) -> str:
        told = {name.lower(): unescape(one or other) for name, one, other in _told(written)}
        src = (
            told.get("src") or told.get("url") or told.get("image_path") or told.get("image") or ""
        )
        said = told.get("caption") or told.get("title", "")
        credit = told.get("attr") or told.get("credit", "")
        return self._see(src, told.get("alt", ""), said, credit)

    def _see(self, src: str, alt: str, caption: str, credit: str = "") -> str:
        alt, caption, credit = (" ".join(text.split()) for text in (alt, caption, credit))
        if src or caption:
            on_web = self._on_web(src)
            sources = tuple(dict.fromkeys(filter(None, (on_web, src))))
            self.pictures.append(Picture((), caption, credit, on_web, sources, alt))
        return ""

    def _link(self, match: re.Match[str]) -> str:
        """A link that leads to somewhere from here, too; else its text."""
        text, address = match[1], match[2]
        place = self._place(address)
        if place == address and place:
            return match[0] if text.strip() else ""
        return f"[{text}]({place})" if text.strip() and place else text

    def _place(self, address: str) -> str:
        """Where a link leads from here: to a document beside the article, or on the web."""
        if address in self.files:
            return self.files[address]
        return address if _leads(address) or not address else self._on_web(address)

    def _on_web(self, address: str) -> str:
        """What an address in the text means on the web; empty if nobody knows."""
        place = resolved(self.address, address)
        return place if is_web_address(place) else ""


def _plain(text: str) -> str:
    """Without what templates mean."""
    return _OF_SITE.sub("", _LITERAL.sub(r"\1", text))


def _defined(line: str) -> tuple[str, str] | None:
    """The name and the address that a line defines for references; it may be a template's."""
    if "]:" not in line:
        return None
    plain = _plain(line)
    found = _DEFINITION.match(plain)
    if not found or not (_PLACE.match(found[2]) or (not found[2] and plain != line)):
        return None
    return _name(found[1]), found[2]


def _name(written: str) -> str:
    return " ".join(written.casefold().split())


def _leads(address: str) -> bool:
    """Whether an address is the same from everywhere."""
    return is_web_address(address) or address.startswith("mailto:")


def _literal(line: str) -> Iterator[tuple[int, int]]:
    """Where code and formulas stand in a line."""
    found = _LITERAL_PART.search(line)
    while found:
        is_price = found[0].startswith("$") and not _FORMULA.search(found[0])
        if not is_price:
            yield found.span()
        found = _LITERAL_PART.search(line, found.start() + 1 if is_price else found.end())


def _without_names(match: re.Match[str]) -> str:
    """Nothing for what kramdown takes for attributes, or an order; ``{:a, :b}`` is text."""
    rest = _NAMED.sub("", match[1]).strip()
    line = match.string if len(match.string) <= _LONGEST_ORDER else ""
    alone = match[0] == line.strip() or not rest[:1].isalpha()
    return "" if not rest or (alone and _ORDER.fullmatch(rest)) else match[0]


def _wrappers(lines: list[str]) -> set[int]:
    """Numbers of the lines that are nothing but elements around Markdown, or the end of such."""
    opened: list[bool] = []
    found = set()
    for number, line in enumerate(lines):
        if "<" not in line:
            continue
        alone = not _WRAPPER.sub("", line).strip()
        apart = alone and not "".join(lines[number + 1 : number + 2]).strip()
        gone = []
        for ends, attributes in _WRAPPER.findall(line):
            if ends:
                gone.append(bool(opened) and opened.pop())
            else:
                opened.append(apart or (alone and "markdown=" in attributes))
                gone.append(opened[-1])
        if alone and all(gone):
            found.add(number)
    return found


def _told(written: str) -> Iterator[tuple[str, str, str]]:
    return ((m[1], m[2] or "", m[3] or "") for m in _ATTRIBUTE.finditer(written))

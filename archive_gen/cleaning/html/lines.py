"""An HTML tree → the lines that a reader sees, each with where it stood.

The walk is iterative: no depth of nesting that a page may have stops it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from archive_gen.cleaning.base import Cell
from archive_gen.cleaning.html.hints import hints_of
from archive_gen.cleaning.html.inline import MARKED, Markup
from archive_gen.cleaning.html.open_tables import OF_TABLES, Tables
from archive_gen.cleaning.lines.blocks import has_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.html.inline import Marked

_SKIPPED = frozenset(
    "script style noscript template svg math iframe object embed select textarea input button "
    "head audio video canvas map datalist".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meta "
    "output q rp rt ruby s samp small span strike strong sub sup time tt u var wbr link".split()
)
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 blockquote figure section article ul ol table".split())
KINDS = frozenset("p h1 h2 h3 h4 h5 h6 li blockquote figcaption td th dt dd pre summary".split())
_CAPTION = "figcaption"
_CREDIT = re.compile(
    r"credit|copyright|attribution|photographer|source|author|byline|fotograf|quelle", re.IGNORECASE
)
"""In the names of an element of a caption that says who made the picture."""
_MOST_IN_CREDIT = 15
"""Words."""
_OTHER = 1 << 30
"""More than any page has of ``<br>``: something else parts two lines."""
_FIGURE_DEPTH = 8
"""A picture stands at most so many elements inside its ``figure``."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One line of a page, and where it stood."""

    text: str
    kind: str
    """The tag of the nearest element that says what it is (``p``, ``h2``, ``li``, …)."""
    path: tuple[int, ...]
    """Numbers of the elements around its paragraph, outermost first; siblings share it."""
    linked: float
    """Share of its letters inside links, 0–1."""
    bold: bool
    """Whether it is bold or slanted as a whole."""
    hints: frozenset[str]
    """Areas (``nav``, ``figure``, …) and what class names around it say (``related``, …)."""
    near: frozenset[str]
    """The same, of the nearest two elements only."""
    gap: bool
    """Whether a paragraph begins here."""
    picture: tuple[str, ...]
    """The addresses of the picture that it is the caption of, as the page writes them: the one
    on the web first."""
    cell: Cell | None
    """Its place in a table, if that lies in no other one and holds none, and is not too wide."""
    style: str
    """Tags and class names of the nearest two elements: what a site writes alike has the same."""
    after_break: bool
    """Whether a single ``<br>`` parts it from the line above, and nothing else."""
    first: int = 1
    """The number at which its list begins."""
    marked: Marked | None = None
    """Its links, and what is stressed in it."""
    caption: int = 0
    """The number of the ``figcaption`` in which it stands, counted from 1."""
    credit: str = ""
    """What class names call a credit, of a picture's caption."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of a page."""

    sources: tuple[str, ...]
    """Its addresses as the page writes them: the one on the web first."""
    alt: str
    """What the page says for those who can't see it."""
    line: int
    """The index of the line in or above which it stands."""
    hints: frozenset[str]
    """As of a ``Spot``."""
    element: Any


@dataclass(slots=True)
class _Open:
    """An element that is open in the walk."""

    tag: str
    path: tuple[int, ...]
    hints: frozenset[str]
    own: frozenset[str]
    element: Any
    picture: tuple[str, ...] = ()
    """The first picture in a ``figure``."""


def read_spots(tree: Any) -> list[Spot]:
    """The lines of ``tree`` that hold a word, in order; hidden ones carry the hint ``hidden``."""
    return read_page(tree)[0]


def read_page(tree: Any) -> tuple[list[Spot], list[Shown]]:
    """The lines of ``tree``, and its pictures, in order."""
    walk = _Walk()
    walk.run(tree)
    return walk.spots, walk.pictures


def lines_of(spots: Sequence[Spot]) -> str:
    """The lines as text, a blank line before each paragraph."""
    return "".join(("\n\n" if spot.gap else "\n") + spot.text for spot in spots).lstrip("\n")


class _Walk:
    """The state of one walk: what is open, and the line that is being read."""

    def __init__(self) -> None:
        self.open: list[_Open] = [_Open("", (0,), frozenset(), frozenset(), None)]
        self.parts: list[str] = []
        self.linked = self.letters = self.bold = 0
        self.links = self.bolds = 0
        self.gap = True
        self.breaks = _OTHER
        """How many ``<br>`` stand before the line, if nothing else does."""
        self.count = 0
        self.spots: list[Spot] = []
        self.pictures: list[Shown] = []
        self.tables = Tables()
        self.markup = Markup()
        self.captions = self.last_caption = 0
        """How many captions are open, and the number of the last that began."""
        self.credit: Any = None
        """The element within a line that says who made a picture, …"""
        self.credited = range(0)
        """… and its parts, once they are read; those of one that is open have no end yet."""

    def run(self, tree: Any) -> None:
        from lxml.etree import iterwalk

        walk = iterwalk(tree, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if tag in _SKIPPED:
                    walk.skip_subtree()
                else:
                    self._start(tag, element)
                continue
            if event == "end" and tag not in _SKIPPED:
                self._end(tag, element)
            tail = element.tail
            if tail:
                self._text(tail)
        self._flush()

    def _start(self, tag: str, element: Any) -> None:
        if tag == "br":
            self._flush()
            self.breaks += 1
        elif tag in _INLINE:
            self.links += tag == "a"
            self.bolds += tag in ("b", "strong", "em", "i")
            if tag in MARKED:
                self.markup.enter(element, len(self.parts))
            elif tag == "img":
                self._see(element)
            self._see_credit(element)
        else:
            self._flush()
            self.breaks = _OTHER
            self.gap = self.gap or tag in _PARAGRAPHS
            self.count += 1
            if tag in OF_TABLES:
                self.tables.enter(tag, element)
            above = self.open[-1]
            own = hints_of(tag, element)
            hints = above.hints | own if own else above.hints
            self.open.append(_Open(tag, (*above.path, self.count), hints, own, element))
            self.captions += tag == _CAPTION
            self.last_caption += tag == _CAPTION
        text = element.text
        if text:
            self._text(text)

    def _end(self, tag: str, element: Any) -> None:
        if tag == "br":
            return
        if tag in _INLINE:
            self.links -= tag == "a"
            self.bolds -= tag in ("b", "strong", "em", "i")
            if tag in MARKED:
                self.markup.leave(element, len(self.parts))
            if element is self.credit:
                self.credit, self.credited = None, range(self.credited.start, len(self.parts))
        else:
            self._flush()
            self.breaks = _OTHER
            self.gap = self.gap or tag in _PARAGRAPHS
            self.open.pop()
            self.captions -= tag == _CAPTION
            if tag in OF_TABLES:
                self.tables.leave(tag)

    def _see_credit(self, element: Any) -> None:
        if self.captions and self.credit is None and _says_credit(element):
            self.credit, self.credited = element, range(len(self.parts), _OTHER)

    def _see(self, image: Any) -> None:
        sources = _sources(image)
        if not sources:
            return
        alt = " ".join(unescape(image.get("alt") or "").split())  # often escaped twice
        alt = alt if has_word(alt) else ""
        hints = self.open[-1].hints
        self.pictures.append(Shown(sources, alt, len(self.spots), hints, image))
        for figure in reversed(self.open[-_FIGURE_DEPTH:]):
            if figure.tag == "figure":
                figure.picture = figure.picture or sources
                return

    def _text(self, text: str) -> None:
        if not self.parts and not text.strip(" \n"):
            return  # between two elements: most texts of a page are
        self.parts.append(text)
        letters = len(text) - text.count(" ") - text.count("\n")
        self.letters += letters
        self.linked += letters if self.links else 0
        self.bold += letters if self.bolds else 0

    def _flush(self) -> None:
        if not self.parts:
            return
        text = " ".join("".join(self.parts).split())
        marked = self.markup.take(self.parts)
        if has_word(text):
            self.spots.append(self._spot(text, marked))
            self.gap = False
            self.breaks = 0
        self.parts.clear()
        self.credited = range(_OTHER) if self.credit is not None else range(0)
        self.letters = self.linked = self.bold = 0

    def _spot(self, text: str, marked: Marked | None) -> Spot:
        inner = self.open[-1]
        kinds = [e.tag for e in reversed(self.open[-3:]) if e.tag in KINDS]
        # What stands in paragraphs of a caption is the caption all the same.
        kind = _CAPTION if _CAPTION in kinds else next(iter(kinds), "")
        # What holds a paragraph is the element around it; text that stands bare has its own.
        holder = self.open[-2] if inner.tag in KINDS and len(self.open) > 1 else inner
        letters = max(1, self.letters)
        around = self.open[-_FIGURE_DEPTH:] if kind == _CAPTION else ()
        return Spot(
            text=text,
            kind=kind,
            path=holder.path,
            linked=self.linked / letters,
            bold=self.bold * 10 >= letters * 9,
            hints=inner.hints,
            near=inner.own | holder.own,
            gap=self.gap,
            picture=next((e.picture for e in reversed(around) if e.picture), ()),
            cell=self.tables.cell(),
            style=f"{_style(holder)}\n{_style(inner)}",
            after_break=self.breaks == 1,
            first=_first_number(holder) if holder.tag == "ol" else 1,
            marked=marked,
            caption=self.last_caption if kind == _CAPTION else 0,
            credit=self._credit(text) if kind == _CAPTION else "",
        )

    def _credit(self, text: str) -> str:
        """What the names of elements call a credit, of the line ``text`` of a caption."""
        for opened in reversed(self.open):
            if opened.tag == _CAPTION:
                break
            if _says_credit(opened.element) and len(text.split()) <= _MOST_IN_CREDIT:
                return text
        parts = self.parts[self.credited.start : self.credited.stop]
        credit = " ".join("".join(parts).split())
        return credit if len(credit.split()) <= _MOST_IN_CREDIT else ""


def _says_credit(element: Any) -> bool:
    """Whether the names of an element say that it tells who made a picture."""
    if element is None:
        return False
    get = element.get
    return bool(_CREDIT.search(f"{get('class') or ''} {get('itemprop') or ''}"))


def _first_number(opened: _Open) -> int:
    """At which number a list begins."""
    told = "" if opened.element is None else opened.element.get("start", "").strip()
    return max(1, int(told)) if told.isascii() and told.isdigit() and len(told) < 10 else 1


def _style(opened: _Open) -> str:
    names = "" if opened.element is None else opened.element.get("class", "")
    return f"{opened.tag} {names}"


def _sources(image: Any) -> tuple[str, ...]:
    """Where a picture is, also if scripts load it only when it is looked at."""
    first = (image.get("srcset") or image.get("data-srcset") or "").split(" ")[0].rstrip(",")
    places = (image.get("data-src"), image.get("data-lazy-src"), image.get("src"), first)
    found = (place for place in places if place and not place.startswith("data:"))
    return tuple(dict.fromkeys(found))

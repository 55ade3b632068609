"""What cleaning speaks of: the lines of a page, and what each of them is."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import msgspec

from archive_gen.markdown_text import marked_up, moved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from archive_gen.article import Article, Image
    from archive_gen.markdown_text import Span
    from archive_gen.problems import Problem


class Label(StrEnum):
    """What a line of a page is."""

    TITLE = "title"
    BYLINE = "byline"
    DATE = "date line"
    DATELINE = "dateline"
    """A paragraph of the story that begins with a place: ``MOSCOW (Sputnik) — The …``."""
    LEAD = "lead"
    BODY = "body"
    SUBHEADING = "subheading"
    QUOTE = "quote"
    LIST = "list"
    CAPTION = "caption"
    CREDIT = "credit"
    KEYWORDS = "keywords"
    TEASER = "teaser"
    """Of another story."""
    FURNITURE = "furniture"
    """Of the page, not of any story: menus, buttons, prompts, notices."""
    TABLE = "table"
    """A cell of a table within the story. Last: models know the others by their places."""


BODY_LABELS = frozenset({Label.DATELINE, Label.BODY, Label.SUBHEADING, Label.QUOTE, Label.LIST})
"""What the body of the article is made of."""
DROPPED_LABELS = frozenset({Label.TEASER, Label.FURNITURE})


@dataclass(frozen=True, slots=True)
class Learned:
    """What is known of a source before one of its pages is cleaned."""

    furniture: frozenset[str] = frozenset()
    """Keys of lines that it repeats, or that a person dropped."""
    twice: frozenset[str] = frozenset()
    """Keys of lines in two documents: furniture only where the model doubts them, too."""
    kept: frozenset[str] = frozenset()
    """Keys of lines that are story wherever they stand, because a person said so."""
    dropped: frozenset[str] = frozenset()
    """Those of ``furniture`` that a person decided on."""
    day_first: bool | None = None
    """Whether ``04/05/2015`` is a day of May here; None if no page of it tells."""
    ends: frozenset[str] = frozenset()
    """Those of ``furniture`` that stand below the stories: where one comes, a story has ended."""
    masthead: frozenset[str] = frozenset()
    """Those of ``furniture`` that stand above nearly all stories: no headline is among them."""
    keeps_links: bool = False
    """Whether its web pages keep the links and the stress of their stories: a person said so."""


NOTHING_LEARNED = Learned()


# A page has thousands of lines and marks: structs are made ten times as fast as dataclasses.


class Block(msgspec.Struct, frozen=True, gc=False):
    """One line of a page that is not blank, with what can be seen of it alone."""

    line: int
    """Counted from 1 over the raw text."""
    last: int
    """The same as ``line``, or of a line that was broken to a width the last part."""
    text: str
    """Trimmed, every run of white space one space."""
    key: str
    """``text`` case-folded, letters and digits only: equal keys say the same."""
    words: int
    """For scripts without spaces, an estimate."""
    ends: bool
    """Whether it ends as a sentence does."""
    prompt: str
    """The kind of furniture whose phrase it begins with; empty if none."""
    alone: bool
    """Whether a prompt is all that it is: ``Subscribe``, ``Share on X``."""
    gap_before: bool
    """Whether a blank line (or the page's edge) comes before."""
    gap_after: bool


CAPTION_PLACE = (-1, 0)
"""Row and column of what a table's caption says."""


class Cell(msgspec.Struct, frozen=True, gc=False):
    """A place in a table of a page; each number counts from 0.

    A cell over several rows or columns stands in the first of each.
    """

    table: int
    row: int
    column: int

    @property
    def is_caption(self) -> bool:
        """Whether it is no cell, but the table's caption."""
        return (self.row, self.column) == CAPTION_PLACE


class Table(msgspec.Struct, frozen=True, gc=False):
    """A table in a text, a row in a line."""

    rows: dict[int, tuple[str, ...]]
    """Number of a line → its cells; the first row is the head."""
    more: tuple[int, ...] = ()
    """The other lines that are of it, such as borders."""

    @property
    def lines(self) -> list[int]:
        """The numbers of all its lines."""
        return sorted((*self.rows, *self.more))


NOWHERE = -1
"""The place of tables that are none of the story."""


class Mark(msgspec.Struct, frozen=True, gc=False):
    """What a rule says of a line."""

    index: int
    """Of the block."""
    label: Label
    reason: str
    certain: bool = False
    """Whether the model may not overrule it."""
    guess: bool = False
    """Whether the rule says so only because no other speaks of the line: the model decides."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the story, or at least what the page says of it."""

    indexes: tuple[int, ...]
    """The blocks that speak of it."""
    caption: str
    credit: str
    src: str = ""
    """Its address, http or https."""
    sources: tuple[str, ...] = ()
    """Its addresses as the page writes them."""
    alt: str = ""
    """What the page says of it for those who can't see it."""


@dataclass(slots=True)
class Page:
    """The lines of a page, what was found in them, and what the rules have said so far."""

    blocks: tuple[Block, ...]
    site: str
    """The name that ends titles and captions here (``… - Sputnik International``)."""
    story: range
    """The indexes of the main run of prose; empty if there is none."""
    pictures: tuple[Picture, ...]
    beside: tuple[Mark, ...] = ()
    """Marks of lines that are plainly part of no story, such as comments."""
    marks: dict[int, Mark] = field(default_factory=dict)
    """Index → what the first rule that spoke says."""
    cells: Mapping[int, Cell] = field(default_factory=dict)
    """Index of a block → its place in a table of the story."""
    tables: dict[int, list[Table]] = field(default_factory=dict)
    """Index of a block of the story → the tables right below it; or ``NOWHERE``."""
    broken: frozenset[int] = frozenset()
    """Indexes of blocks that are a further line of the paragraph of the block before."""
    numbers: Mapping[int, int] = field(default_factory=dict)
    """Index of an item of a numbered list → its number."""
    spans: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    """Index of a block → its links and what is stressed in it."""
    chances: list[float] = field(default_factory=list)
    """How likely the model finds each block to be story text, 0–1."""

    def mark(self, marks: Iterable[Mark]) -> None:
        """Take in what a rule says of lines of which none before it has spoken.

        A rule reads what has been said so far while its own words are taken in.
        """
        for mark in marks:
            self.marks.setdefault(mark.index, mark)

    def markdown(self, index: int, start: int = 0) -> str:
        """A block from character ``start`` on as Markdown, with its links and stress."""
        text, spans = self.blocks[index].text, self.spans.get(index, ())
        if not start:
            return marked_up(text, spans)
        left = [moved(span, -start) for span in spans if span.start >= start]
        return marked_up(text[start:], left)

    def keep(self, keys: frozenset[str]) -> None:
        """Mark the lines that a person has found to be story."""
        for index, block in enumerate(self.blocks):
            if block.key in keys:
                self.marks[index] = Mark(index, Label.BODY, "kept by a person", certain=True)

    def label(self, index: int) -> Label | None:
        """What block ``index`` is, as far as the rules before have said."""
        mark = self.marks.get(index)
        return mark.label if mark else None

    def labels(self) -> list[Label | None]:
        """The same for all blocks."""
        labels: list[Label | None] = [None] * len(self.blocks)
        for index, mark in self.marks.items():
            labels[index] = mark.label
        return labels

    def index_of(self, label: Label) -> int | None:
        """The first block with ``label``."""
        return min([i for i, mark in self.marks.items() if mark.label is label], default=None)

    def header(self) -> range:
        """From the title a little way into the story: where byline, date and lead stand."""
        title = self.index_of(Label.TITLE)
        if title is None:
            return range(0)
        return range(title + 1, min(max(self.story.start, title + 9), self.story.stop))

    def texts(self, *labels: Label) -> list[str]:
        """The blocks with one of ``labels``, in order."""
        return [self.blocks[index].text for index in self.indexes(*labels)]

    def indexes(self, *labels: Label) -> list[int]:
        """Where the blocks with one of ``labels`` stand, in order."""
        wanted = frozenset(labels)  # asked three times as fast as a tuple
        return sorted([index for index, mark in self.marks.items() if mark.label in wanted])


Rule: TypeAlias = "Callable[[Page], Iterable[Mark]]"
"""Says what some lines are. Lines that an earlier rule has marked stay as they are."""


class Line(msgspec.Struct, frozen=True, gc=False):
    """One line of the input, explained."""

    line: int
    text: str
    label: Label | None
    """None for a blank line."""
    reason: str
    confidence: float = 1.0
    """How sure the label is, 0–1."""


class Found(NamedTuple):
    """A value of an article, and where it was found (``byline in line 4``); empty if it was not."""

    value: Any = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article, and how it was found."""

    article: Article
    lines: tuple[Line, ...]
    confidence: float
    """0–1: how much the page looks like one story with some furniture."""
    doubts: Mapping[str, Problem]
    """Front-matter key, or ``body`` → what a person should look at."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Front-matter key → where its value was found: ``byline in line 4``, ``JSON-LD``, …"""
    pictures: Mapping[Image, tuple[str, ...]] = field(default_factory=dict)
    """Picture of the article → its addresses as the page writes them."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What there is to tell."""
        return tuple(self.doubts.values())

"""A labelled page → ``Article``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archive_gen.article import Article, Image
from archive_gen.cleaning.base import BODY_LABELS, Cleaned, Label, Line
from archive_gen.cleaning.dates_in_text import FoundDate, find_date
from archive_gen.cleaning.metadata import (
    find_authors,
    find_place,
    guess_source,
    read_dateline,
    read_keywords,
)
from archive_gen.dates import parse_date
from archive_gen.markdown_text import escape
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from archive_gen.article import RawDocument
    from archive_gen.cleaning.base import Page

_BULLET = re.compile(r"(?:[•▪●■‣◦*·–—-]|\(?\d{1,2}[.)])\s+")
_UNTITLED_WORDS = 12


def compose(raw: RawDocument, page: Page) -> Cleaned:
    """The article that the marks of ``page`` describe; values in ``raw.known`` win."""
    problems: list[Problem] = []
    dated = _find_date(page)
    found: dict[str, Any] = {
        "title": _find_title(page),
        "date": parse_date(dated.date) if dated and dated.date else None,
        "summary": " ".join(page.texts(Label.LEAD)),
        "authors": find_authors(page),
        "tags": _find_keywords(page),
        "images": _find_images(page),
        "body": write_body(page),
    }
    opening = page.texts(Label.DATELINE)
    places = frozenset(block.key for block in page.blocks) | frozenset(_short_words(page))
    dateline = read_dateline(opening[0], places) if opening else None
    found["place"] = find_place(page, dateline)
    found["source"] = guess_source(page, dateline.agency if dateline else "")
    values = {**found, **{key: value for key, value in raw.known.items() if value}}
    if dated and not dated.date and not raw.known.get("date"):
        problems.append(_ambiguous(raw, page))
    if not values["title"]:
        values["title"] = _first_words(page) or "Untitled"
        hint = "write one into the article, or give the text a first line with it"
        problems.append(Problem(raw.name, 0, "no headline found", hint))
    if not values["body"]:
        hint = "see what became of each line with 'archive import --explain'"
        problems.append(Problem(raw.name, 0, "no story found", hint))
    return Cleaned(Article(**values), explain(raw.text, page), confidence(page), tuple(problems))


def write_body(page: Page) -> str:
    """The story as Markdown."""
    parts: list[str] = []
    previous: Label | None = None
    for index, block in enumerate(page.blocks):
        label = page.label(index)
        if label not in BODY_LABELS:
            continue
        joined = label is Label.LIST and previous is Label.LIST
        parts.append(("\n" if joined else "\n\n") + _markdown(label, block.text))
        previous = label
    return "".join(parts).strip()


def _markdown(label: Label | None, text: str) -> str:
    if label is Label.SUBHEADING:
        return f"## {escape(text)}"
    if label is Label.QUOTE:
        return f"> {escape(text)}"
    if label is Label.LIST:
        return f"- {escape(_BULLET.sub('', text, count=1))}"
    return escape(text)


def explain(text: str, page: Page) -> tuple[Line, ...]:
    """Every line of ``text`` with its label and the reason."""
    marks = {page.blocks[index].line: mark for index, mark in page.marks.items()}
    lines = []
    for number, line in enumerate(text.split("\n"), start=1):
        mark = marks.get(number)
        reason = mark.reason if mark else ""
        lines.append(Line(number, line, mark.label if mark else None, reason))
    return tuple(lines)


def confidence(page: Page) -> float:
    """0–1: lower for a page without headline, with little prose, or with doubtful lines.

    A doubtful line is one inside the story that was dropped without a phrase saying why.
    """
    kept = [b for i, b in enumerate(page.blocks) if page.label(i) in BODY_LABELS]
    words = sum(block.words for block in kept)
    doubtful = sum(page.label(i) is Label.TEASER and page.blocks[i].words > 3 for i in page.story)
    unmarked = sum(not block.ends and block.words >= 20 for block in kept)
    score = 1.0 if page.index_of(Label.TITLE) is not None else 0.6
    score *= min(1.0, 0.3 + words / 140)
    score *= 1.0 - min(0.6, (doubtful + unmarked) / (len(kept) + 2))
    return round(score, 2)


def _find_title(page: Page) -> str:
    return " ".join(page.texts(Label.TITLE)[:1])


def _find_date(page: Page) -> FoundDate | None:
    """The first full date in a date line, else in a byline."""
    lines = [*page.texts(Label.DATE), *page.texts(Label.BYLINE)]
    return next((found for found in map(find_date, lines) if found), None)


def _find_keywords(page: Page) -> tuple[str, ...]:
    words = [word for text in page.texts(Label.KEYWORDS) for word in read_keywords(text)]
    return tuple(dict.fromkeys(words))


def _find_images(page: Page) -> tuple[Image, ...]:
    mine = (p for p in page.pictures if page.label(p.indexes[0]) is Label.CAPTION)
    return tuple(dict.fromkeys(Image(caption=p.caption, credit=p.credit) for p in mine))


def _short_words(page: Page) -> set[str]:
    return {word for block in page.blocks if block.words <= 12 for word in block.key.split()}


def _first_words(page: Page) -> str:
    for text in page.texts(*BODY_LABELS):
        words = text.split()
        return " ".join(words[:_UNTITLED_WORDS]) + ("…" if len(words) > _UNTITLED_WORDS else "")
    return ""


def _ambiguous(raw: RawDocument, page: Page) -> Problem:
    for index, block in enumerate(page.blocks):
        found = find_date(block.text) if page.label(index) in (Label.DATE, Label.BYLINE) else None
        if found:
            hint = "day and month can't be told apart; give the date with --date"
            return Problem(raw.name, block.line, f"date left out: '{block.text}'", hint)
    raise AssertionError("called only for a page with a date")

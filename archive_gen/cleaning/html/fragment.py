"""An article's own HTML, as a feed or a record carries it: every line of it is story.

So is a document of a word processor, whose head states what its lines may not tell.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

from archive_gen.cleaning.articles.plain import WHOLE
from archive_gen.cleaning.base import Found, Label, Mark, Page
from archive_gen.cleaning.compose import compose
from archive_gen.cleaning.dates.shown import shown_dates
from archive_gen.cleaning.html.extraction import load_tree
from archive_gen.cleaning.html.headings import HEADINGS
from archive_gen.cleaning.html.lines import lines_of, read_page
from archive_gen.cleaning.html.marks import (
    BUTTONS,
    CLOSE,
    cells,
    kind_of,
    page_of,
    text_above,
)
from archive_gen.cleaning.html.pictures import story_pictures
from archive_gen.cleaning.html.spans import kept_spans
from archive_gen.cleaning.html.stated.author import find_authors_of
from archive_gen.cleaning.html.stated.date import find_date_of
from archive_gen.cleaning.html.stated.head import read_head
from archive_gen.cleaning.html.stated.metadata import read_metadata
from archive_gen.cleaning.lines.blocks import split_blocks
from archive_gen.cleaning.phrases import fold
from archive_gen.cleaning.rules import body, header

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archive_gen.article import RawDocument
    from archive_gen.cleaning.base import Block, Cleaned
    from archive_gen.cleaning.html.lines import Shown, Spot
    from archive_gen.markdown_text import Span

_LINK = "a link that asks for something, or leads back"
_HEAD = re.compile(r"<(?:head|title)[\s>]", re.IGNORECASE)
_NEAR = 4096
_OF_HEAD = ("date", "authors", "tags", "url")
"""What the head of a document states besides its headline."""
_LONGEST_OF_HEAD = 16
"""Words of a line between headline and story, …"""
_SHORTEST_SENTENCE = 10
"""… and of one that ends as a sentence does."""
_LONGEST_HEADLINE = 20
"""Words."""
_FEWEST_LINES = 2
"""Of a text that has a headline."""
_LONGEST_WAY_BACK = 14
"""Words beside the title in a line that says where else the article stands."""


def clean_fragment(raw: RawDocument) -> Cleaned:
    """The article of such HTML; ``raw.known`` wins over what a document says of itself."""
    whole = load_tree(raw.text) if _HEAD.search(raw.text, 0, _NEAR) else None
    if whole is not None:
        return _clean_document(raw, whole)
    tree = load_tree(f"<html><body><article>{raw.text}</article></body></html>")
    text, page = _fragment(raw, tree)
    return compose(dataclasses.replace(raw, text=text), page)


def _fragment(raw: RawDocument, tree: Any | None) -> tuple[str, Page]:
    spots, pictures = ([], []) if tree is None else read_page(tree)
    text = lines_of(spots)
    address, title = (str(raw.known.get(key) or "") for key in ("url", "title"))
    spans = kept_spans(spots, address, raw.pictures)
    return text, _all_story(split_blocks(text), spots, spans, pictures, address, title)


def _clean_document(raw: RawDocument, tree: Any) -> Cleaned:
    """With what its head states where its lines tell nothing."""
    head = read_head(tree)
    text, page = _fragment(raw, tree)
    address = str(raw.known.get("url") or "")
    stated = read_metadata(tree, head, address)
    stated["date"] = find_date_of(tree, head, address, shown_dates(page))
    stated["authors"] = find_authors_of(tree, head, Found((), ""), text_above(page))
    raw = dataclasses.replace(raw, text=text)
    if page.index_of(Label.TITLE) is None:
        raw = _with_values(raw, stated, ("title",))
    cleaned = compose(raw, page)
    open_ones = [key for key in _OF_HEAD if not getattr(cleaned.article, key)]
    filled = _with_values(raw, stated, open_ones)
    return cleaned if filled is raw else compose(filled, _fragment(raw, tree)[1])


def _with_values(raw: RawDocument, stated: Mapping[str, Found], keys: Iterable[str]) -> RawDocument:
    """``raw`` with what is stated for ``keys``; what it knows itself wins."""
    found = {key: stated[key] for key in keys if key in stated and stated[key].value}
    if not found:
        return raw
    known = {**{key: one.value for key, one in found.items()}, **raw.known}
    origins = {**{key: one.origin for key, one in found.items()}, **raw.origins}
    return dataclasses.replace(raw, known=known, origins=origins)


def _all_story(
    blocks: tuple[Block, ...],
    spots: Sequence[Spot],
    spans: Mapping[int, Sequence[Span]],
    shown: Sequence[Shown],
    address: str,
    title: str,
) -> Page:
    """A page of which every line is story, its captions apart, and links that are left in it."""
    story = range(len(blocks))
    buttons = {index for index in story if _is_button(blocks[index], spots[index])}
    if blocks and _leads_back(blocks[-1], spots[-1], title):
        buttons.add(len(blocks) - 1)
    captions = {index for index in story if spots[index].kind == "figcaption"}
    mine = [index for index in story if index not in buttons | captions]
    # One below the last line is of the story, too.
    within = [dataclasses.replace(one, line=min(one.line, len(blocks) - 1)) for one in shown]
    pictures = story_pictures(blocks, spots, within, story, None, frozenset(mine), address)
    page = page_of(blocks, spots, story, pictures)
    page.spans = spans
    head = [] if title else list(_head_of_story(page, spots))
    page.story = range(len(head), len(blocks)) if head else story
    page.mark((*cells(page), *head, *body.dateline(page)))
    page.mark(Mark(index, Label.FURNITURE, _LINK) for index in sorted(buttons))
    page.mark(Mark(index, Label.CAPTION, WHOLE) for index in sorted(captions))
    page.mark(Mark(index, _kind_of(page, spots, index), WHOLE) for index in story)
    return page


def _kind_of(page: Page, spots: Sequence[Spot], index: int) -> Label:
    """As in pages, but that headings of sections may be of the highest kind."""
    is_heading = index > 0 and spots[index].kind == "h1" and not page.blocks[index].ends
    return Label.SUBHEADING if is_heading else kind_of(spots, index)


def _head_of_story(page: Page, spots: Sequence[Spot]) -> Iterator[Mark]:
    """The headline with which a document begins, and who wrote it when, in the lines around it."""
    at = _headline_at(page.blocks, spots)
    if at is None:
        return
    near = range(at + 1, min(at + CLOSE, len(page.blocks)))
    first = next((i for i in near if not _is_of_head(page.blocks[i])), at + 1)
    headline = Mark(at, Label.TITLE, "the line with which it begins")
    head = Page(page.blocks, "", range(first, len(page.blocks)), (), marks={at: headline})
    for rule in (header.dates, header.byline):
        head.mark(mark for mark in rule(head) if mark.index < first)
    head.mark(Mark(index, Label.FURNITURE, "above the headline") for index in range(at))
    yield from head.marks.values()


def _headline_at(blocks: Sequence[Block], spots: Sequence[Spot]) -> int | None:
    """The first line, or below a letter's head the only heading of the highest kind."""
    if len(spots) < _FEWEST_LINES:
        return None
    highest = [index for index, spot in enumerate(spots) if spot.kind == "h1"]
    above = blocks[: highest[0]] if len(highest) == 1 else ()
    if 0 < len(above) < CLOSE and all(map(_is_of_head, above)):
        return highest[0]
    return 0 if _is_headline(blocks[0], spots[0]) else None


def _is_headline(block: Block, spot: Spot) -> bool:
    """Whether a first line may be one: a heading, or short and no sentence."""
    is_short = block.words <= _LONGEST_HEADLINE and not block.ends
    return spot.kind in ("h1", *HEADINGS) or (is_short and spot.kind != "li")


def _is_of_head(block: Block) -> bool:
    """Whether a line may stand between headline and story: it is short, or no sentence."""
    return block.words <= (_SHORTEST_SENTENCE if block.ends else _LONGEST_OF_HEAD)


def _leads_back(block: Block, spot: Spot, title: str) -> bool:
    """Whether a line says where else the article stands: *The post … appeared first on …*."""
    key = fold(title)
    brief = block.words <= len(key.split()) + _LONGEST_WAY_BACK
    return bool(key and key in block.key and brief and 0.3 < spot.linked < 1)


def _is_button(block: Block, spot: Spot) -> bool:
    """Whether a line of an article's own HTML is only a link, and that to subscribe or share."""
    return bool(block.alone and block.prompt in BUTTONS and spot.linked == 1)

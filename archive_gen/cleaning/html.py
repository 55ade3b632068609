"""An HTML page → ``Article``: the library finds the story, our rules and the head do the rest.

Nothing of the page's markup survives: what is kept are lines of text, and they reach Markdown
through the same gate as the lines of a text dump.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from archive_gen.cleaning.base import Label, Mark, Page, Picture
from archive_gen.cleaning.blocks import split_blocks
from archive_gen.cleaning.compose import compose
from archive_gen.cleaning.extraction import extracted, load_tree
from archive_gen.cleaning.html_lines import read_spots
from archive_gen.cleaning.html_metadata import read_metadata
from archive_gen.cleaning.html_story import find_story
from archive_gen.cleaning.phrases import fold
from archive_gen.cleaning.pictures import split_credit
from archive_gen.cleaning.rules import body, header, prompts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.article import RawDocument
    from archive_gen.cleaning.base import Block, Cleaned
    from archive_gen.cleaning.html_lines import Spot
    from archive_gen.cleaning.html_metadata import Stated

_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_NEAR = 25
"""A picture's text may stand so many lines above the story."""


def clean_html(raw: RawDocument, furniture: frozenset[str] = frozenset()) -> Cleaned:
    """The article of an HTML page; its lines are those that a reader sees.

    ``furniture`` are keys of lines that are known to belong to the site.
    """
    tree = load_tree(raw.text)
    if tree is None:
        return compose(dataclasses.replace(raw, text=""), label_html((), (), (), "", furniture))
    stated = read_metadata(tree, str(raw.known.get("url") or ""))
    spots = read_spots(tree)
    text = lines_of(spots)
    blocks = split_blocks(text)
    page = label_html(
        blocks, spots, extracted(tree, [b.key for b in blocks]), stated.title, furniture
    )
    known = {**_told(stated), **{key: value for key, value in raw.known.items() if value}}
    cleaned = compose(dataclasses.replace(raw, text=text, known=known), page)
    return _with_summary(cleaned, stated.summary)


def clean_fragment(raw: RawDocument) -> Cleaned:
    """An article's own HTML, as a feed carries it: every line of it is story."""
    tree = load_tree(f"<html><body><article>{raw.text}</article></body></html>")
    spots = [] if tree is None else read_spots(tree)
    text = lines_of(spots)
    blocks = split_blocks(text)
    page = _all_story(blocks, spots)
    return compose(dataclasses.replace(raw, text=text), page)


def read_lines(page: str) -> str:
    """The lines of a page that a reader sees, as text."""
    tree = load_tree(page)
    return "" if tree is None else lines_of(read_spots(tree))


def lines_of(spots: Sequence[Spot]) -> str:
    """The lines as text, a blank line before each paragraph."""
    return "".join(("\n\n" if spot.gap else "\n") + spot.text for spot in spots).lstrip("\n")


def label_html(
    blocks: tuple[Block, ...],
    spots: Sequence[Spot],
    kept: Sequence[bool],
    title: str,
    furniture: frozenset[str],
) -> Page:
    """Say what each line is; ``kept`` is the extraction library's word for each."""
    story = [
        index
        for index in find_story(blocks, spots, kept)
        if blocks[index].key not in furniture and blocks[index].key != fold(title)
    ]
    span = range(story[0], story[-1] + 1) if story else range(0)
    page = Page(blocks, "", span, tuple(_pictures(blocks, spots, span)))
    for mark in _marks(page, spots, frozenset(story), title):
        page.marks.setdefault(mark.index, mark)
    return page


def _marks(page: Page, spots: Sequence[Spot], story: frozenset[int], title: str) -> Iterator[Mark]:
    yield from _title(page, title)
    for picture in page.pictures:
        yield Mark(picture.indexes[0], Label.CAPTION, "caption of a picture of the story")
    for index in page.story:
        if index not in story:
            yield Mark(index, Label.FURNITURE, "stands in the story and is not of it")
    outside = (i for i in page.header() if i not in page.story)
    for rule in (header.dates, header.byline):
        # A date below the story is as likely that of another.
        yield from (mark for mark in rule(page) if mark.index < page.story.start)
    for mark in header.lead(page):
        if mark.index not in story or "lead" in spots[mark.index].near:
            yield mark
    yield from (mark for mark in body.dateline(page) if mark.index in story)
    for index in sorted(story):
        yield Mark(index, _label(spots[index]), "the story, by the page's markup")
    yield from (mark for mark in prompts.prompts(page) if mark.index in set(outside))
    yield from body.rest(page)


def _title(page: Page, title: str) -> Iterator[Mark]:
    key = fold(title)
    same = [index for index, block in enumerate(page.blocks) if key and block.key == key]
    above = [index for index in same if index < page.story.start]
    best = above[-1] if above else None
    if best is not None:
        yield Mark(best, Label.TITLE, "the headline that the page's head names")
    for index in same:
        if index != best:
            yield Mark(index, Label.FURNITURE, "repeats the headline")


def _pictures(blocks: Sequence[Block], spots: Sequence[Spot], story: range) -> Iterator[Picture]:
    """What stands in a ``figcaption`` close to the story."""
    for index in range(max(0, story.start - _NEAR), story.stop):
        if spots[index].kind == "figcaption" and blocks[index].words <= 80:
            caption, credit = split_credit(blocks[index].text)
            yield Picture((index,), caption, credit)


def _label(spot: Spot) -> Label:
    if spot.kind in _HEADINGS:
        return Label.SUBHEADING
    if "blockquote" in spot.hints:
        return Label.QUOTE
    return Label.LIST if spot.kind == "li" else Label.BODY


def _all_story(blocks: tuple[Block, ...], spots: Sequence[Spot]) -> Page:
    page = Page(blocks, "", range(len(blocks)), ())
    for index, spot in enumerate(spots):
        picture = spot.kind == "figcaption"
        label = Label.CAPTION if picture else _label(spot)
        page.marks[index] = Mark(index, label, "all of it is the article")
    return page


def _told(stated: Stated) -> dict[str, Any]:
    """What the head states, as front matter; the summary waits for the body."""
    return {
        field.name: getattr(stated, field.name)
        for field in dataclasses.fields(stated)
        if field.name != "summary" and getattr(stated, field.name)
    }


def _with_summary(cleaned: Cleaned, summary: str) -> Cleaned:
    """The head's description, if the story does not begin with it and it is not cut short."""
    article = cleaned.article
    key = fold(summary)
    cut = summary.rstrip(" ]").endswith(("…", "..."))
    if article.summary or cut or len(key.split()) < 6 or key[:60] in fold(article.body):
        return cleaned
    return dataclasses.replace(cleaned, article=dataclasses.replace(article, summary=summary))

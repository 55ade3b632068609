"""An HTML page → ``Article``: a library proposes the story, our trees and the head do the rest.

Nothing of the page's markup survives: what is kept are lines of text, and they reach Markdown
through the same gate as the lines of a text dump.
"""

from __future__ import annotations

import dataclasses
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from archive_gen.cleaning.base import BODY_LABELS, NOTHING_LEARNED, Label, Mark, Page, Picture
from archive_gen.cleaning.blocks import split_blocks
from archive_gen.cleaning.compose import compose
from archive_gen.cleaning.extraction import extracted, load_tree
from archive_gen.cleaning.html_features import Told
from archive_gen.cleaning.html_head import Found, read_head, web_address
from archive_gen.cleaning.html_lines import read_spots
from archive_gen.cleaning.html_metadata import read_metadata
from archive_gen.cleaning.html_story import expected_score, least_chance, story_chances
from archive_gen.cleaning.phrases import fold
from archive_gen.cleaning.pictures import split_credit
from archive_gen.cleaning.rules import body, header, prompts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archive_gen.article import RawDocument
    from archive_gen.cleaning.base import Block, Cleaned, Learned, Line
    from archive_gen.cleaning.html_lines import Spot

_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_NEAR = 25
"""A picture's text may stand so many lines above the story."""
_MODEL = "the story, by the page's markup"
_LEFT = "stands in the story and is not of it"


def clean_html(raw: RawDocument, learned: Learned) -> Cleaned:
    """The article of an HTML page; its lines are those that a reader sees."""
    tree = load_tree(raw.text)
    if tree is None:
        return compose(dataclasses.replace(raw, text=""), Page((), "", range(0), ()))
    head = read_head(tree)
    stated = read_metadata(tree, head, str(raw.known.get("url") or ""))
    spots = read_spots(tree)
    text = lines_of(spots)
    blocks = split_blocks(text)
    kept = extracted(tree, [block.key for block in blocks])
    chances = story_chances(blocks, spots, kept, told(head.story, head.summary.value))
    page = label_html(blocks, spots, chances, stated, learned)
    cleaned = _composed(raw, text, page, stated, learned)
    return dataclasses.replace(
        cleaned,
        lines=_with_confidence(cleaned.lines, page),
        confidence=_confidence(page),
    )


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


def told(story: str, summary: str) -> Told:
    """What the head says of the story, as the features compare it with lines."""
    body = fold(story)
    return Told(body if len(body) >= 200 else "", fold(summary))


def label_html(
    blocks: tuple[Block, ...],
    spots: Sequence[Spot],
    chances: Sequence[float],
    stated: Mapping[str, Found],
    learned: Learned = NOTHING_LEARNED,
) -> Page:
    """Say what each line is; ``chances`` is how likely the trees find each to be story."""
    title = stated["title"].value if "title" in stated else ""
    key = fold(title)
    least = least_chance(chances, [block.words for block in blocks])
    story = [
        index
        for index, block in enumerate(blocks)
        if block.key in learned.kept
        or (chances[index] >= least and block.key != key and block.key not in learned.furniture)
    ]
    span = range(story[0], story[-1] + 1) if story else range(0)
    address = stated["url"].value if "url" in stated else ""
    page = Page(blocks, "", span, tuple(_pictures(blocks, spots, span, address)))
    page.chances = list(chances)
    for index, block in enumerate(blocks):
        if block.key in learned.kept:
            page.marks[index] = Mark(index, Label.BODY, "kept by a person", certain=True)
    for mark in _marks(page, spots, frozenset(story), title):
        page.marks.setdefault(mark.index, mark)
    return page


def _marks(page: Page, spots: Sequence[Spot], story: frozenset[int], title: str) -> Iterator[Mark]:
    yield from _title(page, title)
    for index in sorted({index for picture in page.pictures for index in picture.indexes}):
        yield Mark(index, Label.CAPTION, "caption of a picture of the story")
    for index in sorted(frozenset(page.story) - story):
        yield Mark(index, Label.FURNITURE, _LEFT)
    outside = frozenset(page.header()) - frozenset(page.story)
    for rule in (header.dates, header.byline):
        # A date below the story is as likely that of another.
        yield from (mark for mark in rule(page) if mark.index < page.story.start)
    for mark in header.lead(page):
        if mark.index not in story or "lead" in spots[mark.index].near:
            yield mark
    yield from (mark for mark in body.dateline(page) if mark.index in story)
    for index in sorted(story):
        yield Mark(index, _label(spots[index]), _MODEL)
    yield from (mark for mark in prompts.prompts(page) if mark.index in outside)
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


def _pictures(
    blocks: Sequence[Block], spots: Sequence[Spot], story: range, address: str
) -> Iterator[Picture]:
    """What stands in a ``figcaption`` close to the story; its lines speak of one picture."""
    captions = [
        index
        for index in range(max(0, story.start - _NEAR), story.stop)
        if spots[index].kind == "figcaption" and blocks[index].words <= 80
    ]
    for _, group in groupby(captions, key=lambda index: spots[index].path):
        indexes = tuple(group)
        texts = [split_credit(blocks[index].text) for index in indexes]
        caption = " ".join(caption for caption, _ in texts if caption)
        credit = " / ".join(credit for _, credit in texts if credit)
        yield Picture(indexes, caption, credit, web_address(spots[indexes[0]].picture, address))


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


def _composed(
    raw: RawDocument, text: str, page: Page, stated: Mapping[str, Found], learned: Learned
) -> Cleaned:
    """The article, and for each value that the head told where it stood."""
    mine = {key: value for key, value in raw.known.items() if value}
    told = {key: found for key, found in stated.items() if key not in (*mine, "summary")}
    known = {**{key: found.value for key, found in told.items()}, **mine}
    origins = {**{key: found.origin for key, found in told.items()}, **raw.origins}
    raw = dataclasses.replace(raw, text=text, known=known, origins=origins)
    return _filled(compose(raw, page, day_first=learned.day_first), stated)


def _filled(cleaned: Cleaned, stated: Mapping[str, Found]) -> Cleaned:
    """With the head's description as summary, and an agency as author, if there is no other."""
    spare: dict[str, Found] = {}
    if "agency" in stated and not cleaned.article.authors:
        spare["authors"] = Found((stated["agency"].value,), stated["agency"].origin)
    if "summary" in stated and _adds(cleaned, stated["summary"].value):
        spare["summary"] = stated["summary"]
    return dataclasses.replace(
        cleaned,
        article=dataclasses.replace(cleaned.article, **{k: f.value for k, f in spare.items()}),
        origins={**cleaned.origins, **{key: found.origin for key, found in spare.items()}},
    )


def _adds(cleaned: Cleaned, summary: str) -> bool:
    """Whether the head's description says what the story does not begin with, and all of it."""
    article, key = cleaned.article, fold(summary)
    cut = summary.rstrip(" ]").endswith(("…", "..."))
    brief = len(key.split()) < 6
    return not (article.summary or cut or brief or key[:60] in fold(article.body))


def _with_confidence(lines: Sequence[Line], page: Page) -> tuple[Line, ...]:
    """The lines, each with the trees' chance that its label is right where they decided."""
    chances = {b.line: chance for b, chance in zip(page.blocks, page.chances, strict=True)}
    return tuple(
        msgspec.structs.replace(line, confidence=_sureness(line.label, chances[line.line]))
        if line.reason in (_MODEL, _LEFT)
        else line
        for line in lines
    )


def _sureness(label: Label | None, chance: float) -> float:
    return round(chance if label in BODY_LABELS else 1 - chance, 2)


def _confidence(page: Page) -> float:
    """How good the choice of lines is likely to be: the F-measure that the chances promise."""
    words = [block.words for block in page.blocks]
    chosen = [page.label(index) in BODY_LABELS for index in range(len(words))]
    return round(expected_score(page.chances, words, chosen), 2)

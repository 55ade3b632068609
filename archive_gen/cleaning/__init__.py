"""Raw text → labelled lines → ``Article``. Pure.

Lines become ``Block``s, the main run of prose is found, and then each rule of the table says
what some lines are. The first rule that speaks of a line decides. To meet a page habit, add a
rule (or a phrase to ``phrases.txt``) and a case to ``tests/cases/``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, DROPPED_LABELS, Cleaned, Label, Line, Page
from archive_gen.cleaning.blocks import split_blocks
from archive_gen.cleaning.compose import compose
from archive_gen.cleaning.decide import decide
from archive_gen.cleaning.model import score
from archive_gen.cleaning.pictures import find_pictures
from archive_gen.cleaning.rules import body, header, pictures, prompts, teasers, title
from archive_gen.cleaning.site import find_site
from archive_gen.cleaning.story import find_story

if TYPE_CHECKING:
    from archive_gen.article import RawDocument
    from archive_gen.cleaning.base import Block, Rule

__all__ = ["BODY_LABELS", "DROPPED_LABELS", "Cleaned", "Label", "Line", "clean", "label"]

RULES: tuple[tuple[str, Rule], ...] = (
    ("prompts", prompts.prompts),
    ("title", title.title),
    ("pictures", pictures.pictures),
    ("announced teasers", teasers.announced_teasers),
    ("pictured teasers", teasers.pictured_teasers),
    ("keywords", header.keywords),
    ("dates", header.dates),
    ("byline", header.byline),
    ("lead", header.lead),
    ("opening", body.opening),
    ("repeated quote", body.repeated_quote),
    ("dateline", body.dateline),
    ("lists", body.lists),
    ("body", body.body),
    ("rest", body.rest),
)


def clean(raw: RawDocument) -> Cleaned:
    """The article in ``raw``, with every line explained. Values in ``raw.known`` win."""
    page = label(split_blocks(raw.text))
    return compose(raw, page)


def label(blocks: tuple[Block, ...]) -> Page:
    """Say what each block is: the rules first, then the model on what is story."""
    page = apply_rules(blocks)
    decide(page, score(blocks, [page.label(index) for index in range(len(blocks))]))
    return page


def apply_rules(blocks: tuple[Block, ...]) -> Page:
    """What the rules alone say."""
    site = find_site(blocks)
    page = Page(blocks, site, find_story(blocks), find_pictures(blocks, site))
    for _, rule in RULES:
        for mark in rule(page):
            page.marks.setdefault(mark.index, mark)
    return page

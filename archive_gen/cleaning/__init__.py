"""Raw text → labelled lines → ``Article``. Pure.

Lines become ``Block``s, the main run of prose is found, and then each rule of the table says
what some lines are. The first rule that speaks of a line decides. To meet a page habit, add a
rule (or a phrase to ``phrases.txt``) and a case to ``tests/cases/``.

==================  ==========================================================================
``base``            what cleaning speaks of: lines, labels, pages, what is learned of a source
``characters``      what characters tell, of all of a page at once
``phrases``         the phrases by which pages speak to readers (``phrases.txt``)
``lines/``          raw text → ``Block``s, with what can be seen of each line alone
``names``           names of people, places and publications in short lines
``dates/``          dates in a text and around a headline, and which is the article's
``people/``         who wrote a story
``mastheads``       the running head of a page of print
``datelines``       the place with which a story begins
``keywords``        the keywords of a story, in one line or in several
``metadata``        what marked lines say of the story
``site``            the name of the site, as it ends titles and captions, and its host
``furniture``       what the pages of one source repeat
``story``           the best run of lines, by what each of them weighs
``beside``          what stands beside the story in a regular form
``main_run``        where the story stands, without that and what its source repeats
``pictures``        captions and credits of pictures
``headline/``       what speaks for a headline, and how much
``rules/``          what a rule says of some lines, in the order of ``RULES``
``model/``          how likely each line is story
``decide``          the word of the rules and that of the model, brought together
``forms/``          what is of the story, or is not, by its form
``confidence``      how sure a page and each line of it is
``expected``        how good a choice of lines is likely to be
``language``        the language of a text
``error_pages``     what a server says in place of a page
``site_pages``      pages that a site has of itself
``paywalls``        stories that stop where readers must pay
``compose``         a labelled page → ``Article``
``html/``           web pages
``articles/``       texts that are an article and nothing else
``observe``         what a document tells of its source, before cleaning
==================  ==========================================================================
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from archive_gen.article import ARTICLE, HTML, MARKDOWN, PLAIN
from archive_gen.cleaning.articles.markdown import clean_markdown
from archive_gen.cleaning.articles.plain import clean_story
from archive_gen.cleaning.base import (
    BODY_LABELS,
    DROPPED_LABELS,
    NOTHING_LEARNED,
    Cleaned,
    Label,
    Learned,
    Line,
    Page,
)
from archive_gen.cleaning.beside import GALLERY, find_galleries
from archive_gen.cleaning.compose import compose
from archive_gen.cleaning.decide import (
    better_run,
    decide,
    end_story,
    leave_out,
    settle,
    threshold,
)
from archive_gen.cleaning.error_pages import is_error_page
from archive_gen.cleaning.forms.announced import (
    keep_facts,
    keep_lists,
    keep_marked_lists,
    keep_numbers,
)
from archive_gen.cleaning.forms.live import keep_reports
from archive_gen.cleaning.forms.numbered import mark_numbers
from archive_gen.cleaning.forms.parted import keep_parted
from archive_gen.cleaning.forms.single_line import (
    find_single_line,
    keep_single_line,
    lost_line_ends,
)
from archive_gen.cleaning.forms.tabular import place_tables, without_tables
from archive_gen.cleaning.forms.tidy import tidy_story
from archive_gen.cleaning.forms.verse import mark_verse
from archive_gen.cleaning.furniture import REPEATED, end_of_story, for_page, without_own
from archive_gen.cleaning.lines.blocks import as_prompt, split_paragraphs
from archive_gen.cleaning.main_run import find_story
from archive_gen.cleaning.mastheads import read_masthead
from archive_gen.cleaning.model.trees import score
from archive_gen.cleaning.observe import observe
from archive_gen.cleaning.paywalls import behind_paywall, find_paywall
from archive_gen.cleaning.pictures import find_pictures
from archive_gen.cleaning.rules import body, header, pictures, prompts, teasers, title
from archive_gen.cleaning.site import find_site
from archive_gen.cleaning.site_pages import is_site_page
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from archive_gen.article import RawDocument
    from archive_gen.cleaning.base import Block, Rule

__all__ = [
    "BODY_LABELS",
    "DROPPED_LABELS",
    "NOTHING_LEARNED",
    "Cleaned",
    "Label",
    "Learned",
    "Line",
    "apply_rules",
    "clean",
    "judged",
    "label",
    "observe",
]

_NO_ARTICLE = "'archive remove' takes the article out, if it is none"
RULES: tuple[tuple[str, Rule], ...] = (
    ("prompts", prompts.prompts),
    ("title", title.title),
    ("pictures", pictures.pictures),
    ("beside", teasers.beside),
    ("keywords", header.keywords),
    ("announced teasers", teasers.announced_teasers),
    ("pictured teasers", teasers.pictured_teasers),
    ("dates", header.dates),
    ("byline", header.byline),
    ("lead", header.lead),
    ("opening", body.opening),
    ("repeated quote", body.repeated_quote),
    ("dateline", body.dateline),
    ("quotes", body.quotes),
    ("lists", body.lists),
    ("body", body.body),
    ("rest", body.rest),
)


def clean(raw: RawDocument, learned: Learned = NOTHING_LEARNED) -> Cleaned:
    """The article in ``raw``, with every line explained. Values in ``raw.known`` win.

    The error page of a server has no confidence at all, and is told; so is a page that a site has
    of itself, or that only leads to stories. Told are, too, a story that stops where readers must
    pay, and a text that lost its line ends.
    """
    cleaned = _cleaned(raw, learned)
    if is_error_page(cleaned.article.title, cleaned.article.body):
        problem = Problem(
            raw.name, 0, "reads as what a server says in place of a page", _NO_ARTICLE
        )
        cleaned = dataclasses.replace(cleaned, confidence=0.0)
    elif raw.media_type == HTML and is_site_page(cleaned.article.title):
        problem = Problem(raw.name, 0, "reads as a form or a notice of the site", _NO_ARTICLE)
        cleaned = dataclasses.replace(cleaned, confidence=0.0)
    elif line := find_paywall(cleaned.lines, cleaned.article.body):
        problem = behind_paywall(raw.name, line)
    elif raw.media_type == PLAIN and (line := find_single_line(cleaned.lines)):
        problem = lost_line_ends(raw.name, line)
    else:
        return cleaned
    return dataclasses.replace(cleaned, doubts={"body": problem, **cleaned.doubts})


def _cleaned(raw: RawDocument, learned: Learned) -> Cleaned:
    if raw.media_type == HTML:
        from archive_gen.cleaning.html.page import clean_html  # its libraries take long to load

        return clean_html(raw, learned)
    if raw.media_type == HTML + ARTICLE:
        from archive_gen.cleaning.html.fragment import clean_fragment

        return clean_fragment(raw)
    if raw.media_type == MARKDOWN + ARTICLE:
        return clean_markdown(raw)
    if raw.media_type == PLAIN + ARTICLE:
        return clean_story(raw)
    text, tables = without_tables(raw.text)
    page = label(split_paragraphs(text), learned)
    place_tables(page, tables)
    mark_verse(page)
    mark_numbers(page)
    return compose(raw, page, day_first=learned.day_first)


def label(blocks: tuple[Block, ...], learned: Learned = NOTHING_LEARNED) -> Page:
    """Label each block: the rules first, then the model decides what is story.

    The model sees the page as if nothing were learned of its source, as in its training.
    """
    plain = apply_rules(blocks)
    return judged(plain, score(plain), learned)


def judged(plain: Page, chances: list[float], learned: Learned = NOTHING_LEARNED) -> Page:
    """Label each block of ``plain``, a page that the rules have marked as if nothing were learned.

    ``chances`` is the model's chance, 0–1, that each block is story.
    """
    blocks = plain.blocks
    keys = [block.key for block in blocks]
    known = (learned.furniture, learned.twice, learned.kept)
    if all(each.isdisjoint(keys) for each in known):
        page = _decided(plain, chances)
    else:
        learned = without_own(for_page(learned, blocks, chances), plain)
        page = _decided(apply_rules(blocks, learned), chances, learned)
        end_story(page, end_of_story(learned, blocks, chances))
    leave_out(page, find_galleries(blocks), GALLERY)
    keep_reports(page)
    keep_lists(page)
    keep_marked_lists(page)
    keep_numbers(page)
    keep_facts(page)
    keep_parted(page)
    keep_single_line(page)
    tidy_story(page)
    return page


def _decided(page: Page, chances: list[float], learned: Learned = NOTHING_LEARNED) -> Page:
    """``page`` with its marks corrected by the model.

    If the model finds story above the headline, or without one, the rules have taken the wrong run
    of prose for the story, or found none, as in a notice of short lines: they are asked again, with
    the run that the model prefers.
    """
    settle(page, chances)
    least, count = threshold(page.blocks, page.chances, learned), len(page.blocks)
    title = page.index_of(Label.TITLE)
    first = count if title is None else title
    decide(page, range(first), least)
    run = better_run(page)
    if run is None:
        decide(page, range(first, count), least)
        return page
    again = Page(page.blocks, page.site, run, page.pictures, page.beside)
    _mark(again, learned)
    settle(again, chances)
    decide(again, range(count), threshold(again.blocks, again.chances, learned))
    return again


def apply_rules(blocks: tuple[Block, ...], learned: Learned = NOTHING_LEARNED) -> Page:
    """The page as the rules mark it; lines that the source repeats are prompts to them."""
    furniture, as_written = learned.furniture, blocks
    if furniture:
        blocks = tuple(as_prompt(b, REPEATED) if _is_repeated(b, furniture) else b for b in blocks)
    site = find_site(blocks)
    story, beside = find_story(blocks, as_written, furniture)
    page = Page(blocks, site, story, find_pictures(blocks, site), beside)
    _mark(page, learned)
    return page


def _is_repeated(block: Block, furniture: frozenset[str]) -> bool:
    """Whether a line is the site's; the head of an issue stands on all its pages and dates them."""
    return block.key in furniture and not read_masthead(block.text)


def _mark(page: Page, learned: Learned) -> None:
    """Mark what a person kept, and then whatever the rules say of other lines."""
    page.keep(learned.kept)
    for _, rule in RULES:
        page.mark(rule(page))

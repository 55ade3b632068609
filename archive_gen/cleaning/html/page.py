"""An HTML page → ``Article``: a library proposes the story, our trees and the head do the rest.

What is kept are lines of text, which reach Markdown through the same gate as those of a text dump;
their links and their stress only where a person said so of the source.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import msgspec

from archive_gen.cleaning.base import BODY_LABELS, Found, Label, Page
from archive_gen.cleaning.compose import compose
from archive_gen.cleaning.dates.in_text import Reading, date_order
from archive_gen.cleaning.dates.order import order_of_story
from archive_gen.cleaning.dates.shown import order_by, shown_dates
from archive_gen.cleaning.expected import expected_f1
from archive_gen.cleaning.html.extraction import extracted, load_tree
from archive_gen.cleaning.html.features import Told
from archive_gen.cleaning.html.lines import lines_of, read_page
from archive_gen.cleaning.html.marks import (
    BY_MODEL,
    LEFT_OUT,
    heading_above,
    label_html,
    signed_by,
    text_above,
)
from archive_gen.cleaning.html.site_title import headline_instead
from archive_gen.cleaning.html.spans import document_spans, kept_spans
from archive_gen.cleaning.html.stated.author import find_authors_of
from archive_gen.cleaning.html.stated.date import find_date_of, stated_days
from archive_gen.cleaning.html.stated.head import read_head
from archive_gen.cleaning.html.stated.metadata import read_metadata
from archive_gen.cleaning.html.stated.sections import section_keys
from archive_gen.cleaning.html.stated.title import find_site_name, is_named
from archive_gen.cleaning.html.story import story_chances
from archive_gen.cleaning.html.story_lists import leads_to_stories, only_leads_to_stories
from archive_gen.cleaning.html.untold import show_untold
from archive_gen.cleaning.lines.blocks import split_blocks
from archive_gen.cleaning.paywalls import behind_paywall, is_for_payers, is_stub
from archive_gen.cleaning.people.persons import looks_like_person, may_sign
from archive_gen.cleaning.phrases import fold
from archive_gen.cleaning.site import find_host

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archive_gen.article import RawDocument
    from archive_gen.cleaning.base import Cleaned, Learned, Line

_OF_ONE_STORY: Mapping[str, Any] = {"date": None, "authors": (), "summary": "", "place": ""}


def clean_html(raw: RawDocument, learned: Learned) -> Cleaned:
    """The article of an HTML page; its lines are those that a reader sees."""
    tree = load_tree(raw.text)
    if tree is None:
        return compose(dataclasses.replace(raw, text=""), Page((), "", range(0), ()))
    head = read_head(tree)
    untold = show_untold(tree, head)
    stated = read_metadata(tree, head, str(raw.known.get("url") or ""))
    spots, pictures = read_page(tree)
    text = lines_of(spots)
    blocks = split_blocks(text)
    kept = extracted(tree, [block.key for block in blocks])
    title = stated.get("title", Found()).value
    address = stated.get("url", Found()).value
    if "source" not in stated and not find_host(raw, address)[0]:
        site = find_site_name(tree, title, blocks, section_keys(tree, head))
        stated |= {"source": site} if site.value else {}
    says = told(head.story, head.summary.value, title)
    chances = story_chances(blocks, spots, kept, says)
    page = label_html(blocks, spots, pictures, chances, stated, learned)
    instead = headline_instead(page, spots, stated.get("title", Found()))
    heading = instead or ("" if title else heading_above(page, spots))
    if heading:
        named = bool(title) and is_named(tree, title, blocks)
        stated = _with_heading(stated, heading, named=named)
        page = label_html(blocks, spots, pictures, chances, stated, learned)
    language = str(stated.get("language", Found("")).value)
    learned = _with_order(learned, page, stated_days(tree, head, address), language)
    shown = shown_dates(page, Reading(learned.day_first))
    seen = {
        "date": find_date_of(tree, head, address, shown),
        "authors": find_authors_of(tree, head, signed_by(page, head.site.value), text_above(page)),
    }
    stated |= {key: found for key, found in seen.items() if found.value}
    page.spans = (
        kept_spans(spots, address, raw.pictures)
        if learned.keeps_links
        else document_spans(spots, raw.pictures)
    )
    cleaned = _composed(raw, text, page, stated, learned)
    if is_for_payers(head.article) and is_stub(cleaned.article.body):
        doubts = {"body": behind_paywall(raw.name), **cleaned.doubts}
        cleaned = dataclasses.replace(cleaned, doubts=doubts)
    if cleaned.origins.get("authors", "").startswith("byline in line"):
        cleaned = _without_sections(cleaned, section_keys(tree, head), head.site.value)
    is_list = not head.is_of_article and only_leads_to_stories(page, spots)
    if is_list:
        cleaned = _of_list(cleaned, raw, title)
    return dataclasses.replace(
        cleaned,
        lines=_with_confidence(cleaned.lines, page),
        origins={**cleaned.origins, **({"body": untold} if untold else {})},
        confidence=0.0 if is_list else _confidence(page),
    )


def _of_list(cleaned: Cleaned, raw: RawDocument, title: str) -> Cleaned:
    """A page that leads to stories, without what it says of one of them; its head knows its
    ``title``, where it states one."""
    taken = {key: none for key, none in _OF_ONE_STORY.items() if not raw.known.get(key)}
    own = {} if raw.known.get("title") or not title else {"title": title}
    return dataclasses.replace(
        cleaned,
        article=msgspec.structs.replace(cleaned.article, **taken, **own),
        origins={key: found for key, found in cleaned.origins.items() if key not in taken},
        doubts={"body": leads_to_stories(raw.name)},
    )


def _with_heading(stated: Mapping[str, Found], heading: str, *, named: bool) -> dict[str, Found]:
    """With the heading that readers saw; the title before it was the site's, as is a description
    that says the same. ``named``: whether the page calls the site so."""
    title = stated.get("title", Found("")).value
    found = {**stated, "title": Found(heading, "heading above the story")}
    if named and "source" not in stated:
        found["source"] = Found(title, "title element")
    if "summary" in stated and fold(stated["summary"].value) == fold(title):
        del found["summary"]
    return found


def _with_order(learned: Learned, page: Page, days: Iterable[str], language: str) -> Learned:
    """With the order of day and month that this page tells, else its language, if its source's is
    not known."""
    if learned.day_first is not None or not any(date.open for date in shown_dates(page)):
        return learned
    order = date_order("\n".join(block.text for block in page.blocks))
    if order is None:
        order = order_by(page, frozenset(days))
    if order is None:
        order = order_of_story(language, " ".join(page.texts(*BODY_LABELS)))
    return dataclasses.replace(learned, day_first=order)


def told(story: str, summary: str, title: str) -> Told:
    """What the head says of the story, as the features compare it with lines."""
    body = fold(story)
    return Told(body if len(body) >= 200 else "", fold(summary), fold(title))


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
        article=msgspec.structs.replace(cleaned.article, **{k: f.value for k, f in spare.items()}),
        origins={**cleaned.origins, **{key: found.origin for key, found in spare.items()}},
    )


def _without_sections(cleaned: Cleaned, sections: frozenset[str], site: str) -> Cleaned:
    """Without authors of a byline that are the names of sections, or no names at all."""
    article = cleaned.article
    names = tuple(
        name
        for name in article.authors
        if fold(name) not in sections and (looks_like_person(name, site) or may_sign(name, site))
    )
    if names == article.authors:
        return cleaned
    origins = {key: found for key, found in cleaned.origins.items() if names or key != "authors"}
    article = msgspec.structs.replace(article, authors=names)
    return dataclasses.replace(cleaned, article=article, origins=origins)


def _adds(cleaned: Cleaned, summary: str) -> bool:
    """Whether the head's description says what the story does not begin with, and all of it."""
    article, key = cleaned.article, fold(summary)
    cut = summary.rstrip(" ]").endswith(("…", "..."))
    brief = len(key.split()) < 6
    says_title = key == fold(article.title)
    return not (article.summary or cut or brief or says_title or key[:60] in fold(article.body))


def _with_confidence(lines: Sequence[Line], page: Page) -> tuple[Line, ...]:
    """The lines, each with the trees' chance that its label is right where they decided."""
    chances = {b.line: chance for b, chance in zip(page.blocks, page.chances, strict=True)}
    return tuple(
        msgspec.structs.replace(line, confidence=_sureness(line.label, chances[line.line]))
        if line.reason in (BY_MODEL, LEFT_OUT)
        else line
        for line in lines
    )


def _sureness(label: Label | None, chance: float) -> float:
    return round(chance if label in BODY_LABELS else 1 - chance, 2)


def _confidence(page: Page) -> float:
    """How good the choice of lines is likely to be: the F-measure that the chances promise."""
    words = [block.words for block in page.blocks]
    chosen = [page.label(index) in BODY_LABELS for index in range(len(words))]
    return round(expected_f1(page.chances, words, chosen), 2)

"""What each line of an HTML page is, once it is known how likely each is to be story."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import NOTHING_LEARNED, Found, Label, Mark, Page
from archive_gen.cleaning.dates.in_text import find_date, find_dates
from archive_gen.cleaning.dates.shown import says_changed, says_published, tells_time
from archive_gen.cleaning.forms.live import keep_reports
from archive_gen.cleaning.forms.tidy import chart_sources, says_who_made_a_picture
from archive_gen.cleaning.forms.verse import broken_lines
from archive_gen.cleaning.furniture import for_page
from archive_gen.cleaning.html.headings import HEADINGS, no_headings
from archive_gen.cleaning.html.pictures import NEAR, story_pictures
from archive_gen.cleaning.html.story import least_chance
from archive_gen.cleaning.html.tables import cells_of_story
from archive_gen.cleaning.metadata import marked_signatures
from archive_gen.cleaning.names import tells_role
from archive_gen.cleaning.people.agencies import agency_of
from archive_gen.cleaning.people.bylines import BY_LATER, announces, is_by_alone
from archive_gen.cleaning.people.persons import read_byline
from archive_gen.cleaning.phrases import fold
from archive_gen.cleaning.rules import body, header, prompts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archive_gen.cleaning.base import Block, Learned, Picture
    from archive_gen.cleaning.html.lines import Shown, Spot

BUTTONS = frozenset(("log in", "subscribe", "share", "comments"))
"""Prompts that stand within stories, too, and where stories are cut off."""
_LONGEST_CLAIM, _LONGEST_NOTICE = 20, 45
"""Words of a line that says that all rights are reserved, and of one that begins as a notice."""
_BEFORE_ADDRESS = 30
"""Characters that may announce the page's address (``Permalink: https://…``)."""
_PRINTED_FROM = re.compile(
    r"(?:.{0,60}\b)?(?:printed from|find this (?:article|story) at|"
    r"this (?:article|story) was printed from|gedruckt von|ausgedruckt von|imprimé depuis|"
    r"impreso desde|stampato da)\s?:?\s?"
    r"(?:https?://|www\.)\S+",
    re.IGNORECASE,
)
CLOSE = 6
"""Lines above the story in which date and author are looked for where no headline is near."""
_FIRST = 2
"""Lines of the story among which a date may have been taken for a part of it."""
_MOST_OPENING = 6
"""Lines of byline, role and date above the first sentence."""
_LONGEST_ROLE = 5
"""Words of a line that says what a writer does."""
_LONGEST_BYLINE = 16
"""Words."""
BY_MODEL = "the story, by the page's markup"
LEFT_OUT = "stands in the story and is not of it"


def label_html(
    blocks: tuple[Block, ...],
    spots: Sequence[Spot],
    shown: Sequence[Shown],
    chances: Sequence[float],
    stated: Mapping[str, Found],
    learned: Learned = NOTHING_LEARNED,
) -> Page:
    """Say what each line is; ``chances`` is how likely the trees find each to be story."""
    title = stated.get("title", Found()).value
    key = fold(title)
    learned = for_page(learned, blocks, chances)
    least = least_chance(chances, [block.words for block in blocks])
    address = stated.get("url", Found()).value
    story = [
        index
        for index, block in enumerate(blocks)
        if block.key in learned.kept
        or (
            chances[index] >= least
            and block.key != key
            and block.key not in learned.furniture
            and not _says_the_site(block)
            and not says_who_made_a_picture(block)
            and not _says_address(block, address)
        )
    ]
    story = story[_before_headline(blocks, story, key) :]
    of_charts = frozenset(chart_sources(blocks, story))
    story = [index for index in story if index not in of_charts]
    span = story_span(story)
    headline = next((i for i in reversed(range(span.start)) if key and blocks[i].key == key), None)
    pictures = story_pictures(blocks, spots, shown, span, headline, frozenset(story), address)
    page = page_of(blocks, spots, span, pictures)
    page.chances = list(chances)
    page.keep(learned.kept)
    page.mark(_marks(page, spots, frozenset(story), stated))
    keep_reports(page)
    return page


def page_of(
    blocks: tuple[Block, ...],
    spots: Sequence[Spot],
    story: range,
    pictures: tuple[Picture, ...],
) -> Page:
    """The page with what its markup tells: tables, broken lines and numbered lists; no marks."""
    return Page(
        blocks,
        "",
        story,
        pictures,
        cells=cells_of_story(blocks, spots, story),
        broken=broken_lines(blocks, (i for i, spot in enumerate(spots) if spot.after_break)),
        numbers=_numbers(spots),
    )


def _numbers(spots: Sequence[Spot]) -> dict[int, int]:
    """The items of numbered lists, counted: one that is left out leaves its number."""
    counts: Counter[tuple[int, ...]] = Counter()
    found = {}
    for index, spot in enumerate(spots):
        if spot.kind == "li" and spot.style.startswith("ol ") and not spot.after_break:
            counts[spot.path] += 1
            found[index] = counts[spot.path] + spot.first - 1
    return found


def _before_headline(blocks: Sequence[Block], story: Sequence[int], key: str) -> int:
    """How many lines were taken for the story's that stand above the headline: a name in a
    masthead. None is where they are more than a few words, or sentences."""
    headline = next((i for i in story_span(story) if key and blocks[i].key == key), None)
    above = [index for index in story if headline is not None and index < headline]
    is_story = any(blocks[index].ends or blocks[index].words > _LONGEST_BYLINE for index in above)
    return 0 if is_story or len(above) > _FIRST else len(above)


def story_span(story: Sequence[int]) -> range:
    """From the first to the last line of the story."""
    return range(story[0], story[-1] + 1) if story else range(0)


def _says_the_site(block: Block) -> bool:
    """Whether a line among the story's asks readers for something, or claims the copyright."""
    return (
        (block.alone and block.prompt in BUTTONS)
        or (block.words <= _LONGEST_CLAIM and prompts.is_notice(block))
        or (block.words <= _LONGEST_NOTICE and prompts.begins_notice(block))
    )


def _says_address(block: Block, address: str) -> bool:
    """Whether a line gives the page's own address, as those do that are made for printing."""
    if _PRINTED_FROM.fullmatch(block.text):
        return True
    own = address.partition("://")[2].rstrip("/")
    brief = len(block.text) <= len(address) + _BEFORE_ADDRESS
    return bool(own) and brief and block.text.rstrip("/").endswith(own)


def _marks(
    page: Page, spots: Sequence[Spot], story: frozenset[int], stated: Mapping[str, Found]
) -> Iterator[Mark]:
    yield from _title(page, spots, stated.get("title", Found()).value)
    for index in sorted({index for picture in page.pictures for index in picture.indexes}):
        yield Mark(index, Label.CAPTION, "caption of a picture of the story")
    yield from cells(page)
    yield from (mark for mark in header.keywords(page) if mark.index >= page.story.start)
    if page.index_of(Label.TITLE) is None:
        yield from _dates_above(page)
    yield from _date_at_edge(page, story)
    site = str(stated.get("source", Found()).value)
    yield from _opening_byline(page, story, site)
    for found in (header.dates(page), _bylines(page, site)):
        # A date below the story is as likely that of another.
        yield from (m for m in found if m.index < page.story.stop and m.index not in story)
    yield from _announced_date(page, story)
    for index in sorted(frozenset(page.story) - story):
        yield Mark(index, Label.FURNITURE, LEFT_OUT)
    outside = frozenset(page.header()) - frozenset(page.story)
    for mark in header.lead(page):
        if mark.index not in story or "lead" in spots[mark.index].near:
            yield mark
    yield from (mark for mark in body.dateline(page) if mark.index in story)
    yield from no_headings(page.blocks, spots, sorted(story))
    for index in sorted(story):
        yield Mark(index, kind_of(spots, index), BY_MODEL)
    yield from (mark for mark in prompts.prompts(page) if mark.index in outside)
    yield from body.rest(page)


def cells(page: Page) -> Iterator[Mark]:
    """The cells of tables within the story."""
    return (Mark(index, Label.TABLE, "a table within the story") for index in page.cells)


def _bylines(page: Page, site: str) -> Iterator[Mark]:
    """Lines that say who wrote it; the site's own name is none, whatever the rule says."""
    title = page.index_of(Label.TITLE)
    for mark in header.byline(page):
        block = page.blocks[mark.index]
        of_site = site and fold(site) in block.key and not find_date(block.text)
        if not of_site or read_byline(block.text, site):
            yield mark
    start = page.story.start
    low = max(0, start - CLOSE) if title is None else title + 1
    for index in range(low, min(start, low + NEAR)):
        text = page.blocks[index].text
        alone = is_by_alone(page.blocks[index - 1].text) if index else False
        if (
            (alone or announces(text))
            and read_byline(text, site)
            and page.blocks[index].words <= _LONGEST_BYLINE
        ):
            yield Mark(index, Label.BYLINE, "'by' and a name, above the story")
            return


def _opening_byline(page: Page, story: frozenset[int], site: str) -> Iterator[Mark]:
    """A line among the first of the story that announces a name and says hardly more."""
    signed = page.label(page.story.start - 1) is Label.BYLINE if page.story.start else False
    for index in _opening_lines(page, story):
        text = page.blocks[index].text
        if signed and page.blocks[index].words <= _LONGEST_ROLE and tells_role(text):
            yield Mark(index, Label.FURNITURE, "what its writer does")
        elif announces(text) and read_byline(text, site):
            yield Mark(index, Label.BYLINE, "'by' and a name, where the story begins")
            signed = True
        elif agency_of(text):
            yield Mark(index, Label.BYLINE, "an agency's name, where the story begins")


def _opening_lines(page: Page, story: frozenset[int]) -> Iterator[int]:
    """The short lines among the first two of the story, and a few more if none is longer before."""
    brief = True
    for number, index in enumerate(sorted(story)[:_MOST_OPENING]):
        block = page.blocks[index]
        brief_too = block.words <= _LONGEST_BYLINE and not block.ends
        brief = brief and brief_too
        if brief or (brief_too and number < _FIRST):
            yield index


def _title(page: Page, spots: Sequence[Spot], title: str) -> Iterator[Mark]:
    key = fold(title)
    same = [index for index, block in enumerate(page.blocks) if key and block.key == key]
    above = [index for index in same if index < page.story.start]
    best = above[-1] if above else None
    if best is not None:
        yield Mark(best, Label.TITLE, "the headline that the page's head names")
    for index in same:
        if index != best:
            yield Mark(index, Label.FURNITURE, "repeats the headline")
    if best is None:
        yield from _parted_title(page, spots, key)


def _dates_above(page: Page) -> Iterator[Mark]:
    """Dates close above the story of a page whose headline stands in its head alone."""
    for index in range(max(0, page.story.start - CLOSE), page.story.start):
        if header.is_dated(page, index, 4):
            yield Mark(index, Label.DATE, "a date, close to the story")


def _date_at_edge(page: Page, story: frozenset[int]) -> Iterator[Mark]:
    """A line among the first of the story that holds a date and hardly more; or the last one, if it
    says when the story was posted."""
    for index in sorted({*sorted(story)[:_FIRST], *_opening_lines(page, story)}):
        text = page.blocks[index].text
        if _tells_when(page, index, text):
            yield Mark(index, Label.DATE, "a date, where the story begins")
    for index in sorted(story)[-1:]:
        if header.tells_of_posting(page.blocks[index]):
            yield Mark(index, Label.DATE, "says when it was posted, where the story ends")


def _tells_when(page: Page, index: int, text: str) -> bool:
    """Whether a line is a date, or ``Posted: 2:51 pm``, with hardly anything beside it."""
    if found := find_date(text):
        signed = BY_LATER.search(found.after) is not None and not says_changed(text)
        return header.is_dated(page, index, 3 + 3 * (signed or says_published(text)))
    told = says_published(text) or says_changed(text)
    return told and tells_time(text) and page.blocks[index].words <= _LONGEST_ROLE


def _announced_date(page: Page, story: frozenset[int]) -> Iterator[Mark]:
    """The one line that says when the page was published, where nothing else tells a date."""
    if page.index_of(Label.DATE) is not None or not story:
        return
    near = range(max(0, page.story.start - CLOSE), min(len(page.blocks), page.story.stop + NEAR))
    found = [
        index
        for index in near
        if index not in story
        and says_published(page.blocks[index].text)
        and len(list(find_dates(page.blocks[index].text))) == 1
        and (header.is_dated(page, index, 8) or header.tells_of_posting(page.blocks[index]))
    ]
    if len(found) == 1:
        yield Mark(found[0], Label.DATE, "says when it was published")


def _parted_title(page: Page, spots: Sequence[Spot], key: str) -> Iterator[Mark]:
    """The lines of a headline that is broken into several."""
    for index in range(page.story.start):
        part = page.blocks[index].key
        if spots[index].kind == "h1" and part and f" {part} " in f" {key} ":
            yield Mark(index, Label.TITLE, "a line of the headline")


def kind_of(spots: Sequence[Spot], index: int) -> Label:
    """Which kind of story text a line is, by its markup."""
    spot = spots[index]
    if spot.kind in HEADINGS:
        return Label.SUBHEADING
    if "blockquote" in spot.hints:
        return Label.QUOTE
    return Label.LIST if spot.kind == "li" or _begins_item(spots, index) else Label.BODY


def _begins_item(spots: Sequence[Spot], index: int) -> bool:
    """Whether it is the first paragraph of a list item."""
    spot = spots[index]
    is_first = index == 0 or spots[index - 1].path != spot.path
    return spot.kind == "p" and spot.style.startswith("li ") and is_first


def signed_by(page: Page, site: str) -> Found:
    """The persons that bylines and date lines name."""
    signed = [(read_byline(name, site), line) for name, line in marked_signatures(page)]
    if not any(names for names, _ in signed):
        lines = (page.blocks[index] for index in page.indexes(Label.BYLINE))
        signed = [(read_byline(line.text, site), line.line) for line in lines]
    names = tuple(dict.fromkeys(name for names, _ in signed for name in names))
    line = next((line for names, line in signed if names), 0)
    return Found(names, f"byline in line {line}")


def heading_above(page: Page, spots: Sequence[Spot]) -> str:
    """The last heading above the story's first paragraph; empty if none is close."""
    story = (i for i in page.story if page.label(i) is Label.BODY and spots[i].kind == "p")
    first = next(story, page.story.stop)
    near = reversed(range(max(0, first - CLOSE), first))
    headings = (i for i in near if spots[i].kind in ("h1", *HEADINGS))
    found = next(headings, None)
    return "" if found is None else page.blocks[found].text


def text_above(page: Page) -> str:
    """What readers see from the headline on until the story goes."""
    title = page.index_of(Label.TITLE)
    start = page.story.start
    low = max(0, start - CLOSE) if title is None else title
    lines = page.blocks[low : min(start + 3, low + 2 * NEAR)]
    return "\n".join(block.text for block in lines)

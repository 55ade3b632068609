"""A labelled page → ``Article``."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from archive_gen.article import Article, Image
from archive_gen.cleaning.base import (
    BODY_LABELS,
    DROPPED_LABELS,
    NOWHERE,
    Cleaned,
    Found,
    Label,
    Line,
    Mark,
)
from archive_gen.cleaning.characters import BULLET
from archive_gen.cleaning.confidence import confidence, line_confidences
from archive_gen.cleaning.datelines import read_dateline
from archive_gen.cleaning.dates.publication import find_publication_date
from archive_gen.cleaning.dates.shown import unmarked
from archive_gen.cleaning.forms import tabular
from archive_gen.cleaning.html.tables import as_markdown
from archive_gen.cleaning.keywords import read_keywords, split_keywords
from archive_gen.cleaning.language import contradicts, detect_language
from archive_gen.cleaning.mastheads import find_newspaper
from archive_gen.cleaning.metadata import (
    find_place,
    guess_source,
)
from archive_gen.cleaning.people.agencies import agency_of, is_desk
from archive_gen.cleaning.people.signatures import find_signatures
from archive_gen.cleaning.phrases import fold
from archive_gen.cleaning.site import find_host, stem
from archive_gen.language_tags import written_tag
from archive_gen.problems import Problem
from archive_gen.texts import tidy

if TYPE_CHECKING:
    from archive_gen.article import RawDocument
    from archive_gen.cleaning.base import Cell, Page
    from archive_gen.cleaning.datelines import Dateline
    from archive_gen.cleaning.people.side_lines import Signatures

_OF_WINDOW = re.compile(
    r"\A((?:\S+\s+){3,60}?\S+)\s+(?:\|\s+[^\W\d_a-z][^|]{1,40}|[-–—·•|]\s+[\w-]{2,40}\.[a-z]{2,3})\Z"
)
"""A headline, and a name behind it that can be nothing but that of the site: ``| The Courier``,
``- courier.example``."""
_SECTION = re.compile(
    r" [|] (?:opinion|editorial|commentary|analysis|column|video)\Z", re.IGNORECASE
)
_UNTITLED_WORDS = 12
_NAMES = {Label.TITLE: "headline"}
AGENCY = "agency"
"""The front-matter key of the news agency; one of those that the tool itself does not need."""
CONTAINER = "the record it came in"
FIRST_WORDS = "the first words"
"""Where a title is from that stands in for one."""
COMMAND_LINE = "command line"
"""Origins that no text outweighs."""
_BREAK = "  \n"
"""A line's end within a paragraph of Markdown."""
_WITH_LINES: dict[Label | None, tuple[Label, ...]] = {
    Label.BODY: (Label.BODY, Label.DATELINE),
    Label.QUOTE: (Label.QUOTE,),
    Label.LIST: (Label.LIST,),
}
"""Label of a line → labels of the line above of which it may be a further line."""
_OPENINGS: dict[Label | None, str] = {Label.SUBHEADING: "## ", Label.QUOTE: "> "}
"""Label of a line → what stands before it in Markdown."""
_GOES_ON = "goes on from the line above"
_OF_TABLES = (
    (Label.FURNITURE, "a row of a table beside the story"),
    (Label.TABLE, "a row of a table in the story"),
)


def compose(raw: RawDocument, page: Page, *, day_first: bool | None = None) -> Cleaned:
    """The article that the marks of ``page`` describe; values in ``raw.known`` win.

    ``day_first``: whether ``04/05/2015`` is a day of May; None if nobody knows.
    """
    telling = {i: mark for i, mark in page.marks.items() if mark.label not in DROPPED_LABELS}
    kept = dataclasses.replace(page, marks=telling)  # a third of a page, and looked through often
    signatures = find_signatures(kept, raw.text.split("\n"))
    for mark in _of_header(page, signatures):
        page.marks[mark.index] = kept.marks[mark.index] = mark
    found, open_line = _find_values(raw, kept, signatures, day_first=day_first)
    given = {
        key: Found(value, raw.origins.get(key, CONTAINER))
        for key, stated in raw.known.items()
        if (value := _writable(stated))
    }
    values = {**found, **given}
    if "place" not in given and fold(values["place"].value) == fold(values["source"].value):
        values["place"] = Found()  # ``Bay Courier, 7 October 2015``
    doubts: dict[str, Problem] = {}
    if open_line and "date" not in given:
        doubts["date"] = _open_date(raw.name, open_line)
    body = write_body(kept)
    _settle_language(values, " ".join(kept.texts(*BODY_LABELS)))
    if not values["title"].value:
        values["title"] = Found(_first_words(kept) or "Untitled", FIRST_WORDS)
        hint = "write one into the article, or give the text a first line with it"
        doubts["title"] = Problem(raw.name, 0, "no headline found", hint)
    if not body:
        hint = "see what became of each line with 'archive import --explain'"
        doubts["body"] = Problem(raw.name, 0, "no story found", hint)
    origins = {key: found.origin for key, found in values.items() if found.value}
    stated = {key: found.value for key, found in values.items()}
    agency, own = stated.pop(AGENCY), stated.pop("extra", {})
    extra = {AGENCY: agency, **own} if agency else own
    article = Article(body=body, extra=extra, **stated)
    lines, pictures = explain(raw.text, page), _find_images(kept)
    return Cleaned(article, lines, confidence(page), doubts, origins, pictures)


def _writable(value: Any) -> Any:
    """``value`` as an article's file states it: its texts on one line, without controls."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, tuple):
        return tuple(filter(None, map(_writable, value)))
    if isinstance(value, Image):
        image = Image(*map(tidy, (value.caption, value.credit, value.src, value.alt)))
        return image if image != Image() else None
    return value


def _find_values(
    raw: RawDocument, page: Page, signatures: Signatures, *, day_first: bool | None
) -> tuple[dict[str, Found], int]:
    """Front-matter key → what the page tells; and the line of a date whose month is open, or 0."""
    dated = find_publication_date(page, raw, day_first=day_first)
    dateline, in_dateline = _find_dateline(page)
    of_place = in_dateline if dateline and dateline.place else _where(page, Label.DATE)
    values = {
        "title": Found(_find_title(page), _where(page, Label.TITLE)),
        "date": Found(dated.date, dated.origin) if dated else Found(None),
        "summary": Found(" ".join(page.texts(Label.LEAD)), _where(page, Label.LEAD)),
        "authors": _find_authors(signatures, dateline, in_dateline),
        "tags": Found(_find_keywords(page), _where(page, Label.KEYWORDS)),
        "images": Found(tuple(_find_images(page)), _where(page, Label.CAPTION) or "the story"),
        "place": Found(find_place(page, dateline), of_place),
        "source": _find_source(raw, page, dateline.agency if dateline else ""),
        AGENCY: _find_agency(signatures, dateline, in_dateline),
    }
    return values, dated.open_line if dated else 0


def _find_dateline(page: Page) -> tuple[Dateline | None, str]:
    """The dateline with which the story opens, or that of an agency in a line above it
    (``PORT-LOUIS (AFP) - 14.06.2016``), and where it stands."""
    opening = page.texts(Label.DATELINE)
    if opening:
        return read_dateline(opening[0], page.blocks), _where(page, Label.DATELINE)
    for index in page.indexes(Label.DATE):
        found = read_dateline(f"{page.blocks[index].text} ")
        if found and agency_of(found.agency):
            return found, f"{Label.DATE} in line {page.blocks[index].line}"
    return None, ""


def _find_authors(signatures: Signatures, dateline: Dateline | None, in_dateline: str) -> Found:
    """The persons who sign, else the one whom the dateline names."""
    persons = [pair for pair in signatures if not agency_of(pair[0]) and not is_desk(pair[0])]
    if persons:
        return Found(tuple(name for name, _ in persons), f"byline in line {persons[0][1]}")
    return Found((dateline.author,), in_dateline) if dateline and dateline.author else Found(())


def _find_agency(signatures: Signatures, dateline: Dateline | None, in_dateline: str) -> Found:
    """The agency that the dateline names, else the first that signs."""
    if dateline and agency_of(dateline.agency):
        return Found(agency_of(dateline.agency), in_dateline)
    found = ((agency_of(name), line) for name, line in signatures)
    return next((Found(name, f"byline in line {line}") for name, line in found if name), Found())


def _find_source(raw: RawDocument, page: Page, agency: str) -> Found:
    """The host, which all pages of a site share, before a name that only some of them tell."""
    host, origin = find_host(raw, str(raw.known.get("url") or ""))
    if host:
        return Found(host, origin)
    name = guess_source(page, agency)
    if name:
        return Found(name, "the page's own name")
    newspaper, index = find_newspaper(page.blocks)
    return Found(newspaper, f"head in line {page.blocks[index].line}") if newspaper else Found()


def _of_header(page: Page, signatures: Signatures) -> list[Mark]:
    """What lines are that sign or date the story: they stand among the furniture as often, or like
    a standfirst."""
    numbers = {line for _, line in signatures}
    signed = [index for index in page.marks if page.blocks[index].line in numbers]
    marks = [
        Mark(index, Label.BYLINE, "names who signs the story")
        for index in signed
        if page.label(index) in (*DROPPED_LABELS, Label.LEAD)
    ]
    dated = (Mark(index, Label.DATE, "tells the day") for index in unmarked(page, signed))
    return [*marks, *dated]


def _where(page: Page, label: Label) -> str:
    """``headline in line 7``: the first line with ``label``."""
    index = page.index_of(label)
    return "" if index is None else f"{_NAMES.get(label, label)} in line {page.blocks[index].line}"


def _settle_language(values: dict[str, Found], body: str) -> None:
    """Detect the language if nobody states it, or if a page states one that is plainly wrong."""
    found = values.get("language", Found())
    stated, origin = str(found.value), found.origin
    values["language"] = Found(written_tag(stated), origin)
    if not stated:
        values["language"] = Found(detect_language(body), "detected")
    elif origin not in (CONTAINER, COMMAND_LINE):
        other = contradicts(stated, body)
        if other:
            values["language"] = Found(other, f"detected; {origin} states {stated}")


def write_body(page: Page) -> str:
    """The story as Markdown."""
    parts: list[str] = []
    previous: Label | None = None
    last, number = -1, 0
    tables = _tables(page)
    for index in page.indexes(*BODY_LABELS, Label.TABLE):
        label = page.label(index)
        if label is Label.TABLE:
            cells = tables.pop(page.cells[index].table, None)
            parts += ["\n\n" + as_markdown(cells, page)] if cells else []
            previous = label
            continue
        if index in page.broken and last == index - 1 and previous in _WITH_LINES.get(label, ()):
            parts.append(_BREAK + _goes_on(page, index))
        else:
            before, number = number, page.numbers.get(index, 0)
            is_new = number == 1 or bool(number) != bool(before)
            joined = label is previous is Label.LIST and not is_new
            parts.append(("\n" if joined else "\n\n") + _markdown(page, index, number))
        previous, last = label, index
        if index in page.tables:
            parts += ["\n\n" + tabular.as_markdown(table) for table in page.tables[index]]
            previous = Label.TABLE
    return "".join(parts).strip()


def _tables(page: Page) -> dict[int, dict[int, Cell]]:
    """Number of a table → its lines."""
    found: defaultdict[int, dict[int, Cell]] = defaultdict(dict)
    for index, cell in page.cells.items():
        if page.label(index) is Label.TABLE:
            found[cell.table][index] = cell
    return dict(found)


def _goes_on(page: Page, index: int) -> str:
    """A further line of a paragraph; one of a list item is set in."""
    is_of_list = page.label(index) is Label.LIST
    return f"  {page.markdown(index)}" if is_of_list else _markdown(page, index)


def _markdown(page: Page, index: int, number: int = 0) -> str:
    """A line as Markdown; ``number``: that of an item of a numbered list."""
    label = page.label(index)
    if label is Label.LIST:
        bullet = BULLET.match(page.blocks[index].text)
        mark = f"{number}." if number else "-"
        return f"{mark} {page.markdown(index, bullet.end() if bullet else 0)}"
    return _OPENINGS.get(label, "") + page.markdown(index)


def explain(text: str, page: Page) -> tuple[Line, ...]:
    """Every line of ``text`` with its label and the reason."""
    sure = line_confidences(page)
    texts = text.split("\n")
    told: dict[int, Line] = {}
    for index, mark in page.marks.items():
        block = page.blocks[index]
        first, label = block.line, mark.label
        told[first] = Line(first, texts[first - 1], label, mark.reason, sure[index])
        for number in range(first + 1, block.last + 1) if block.last > first else ():
            told[number] = Line(number, texts[number - 1], label, _GOES_ON, sure[index])
    for place, tables in page.tables.items():
        label, reason = _OF_TABLES[place != NOWHERE]
        for number in (number for table in tables for number in table.lines):
            told[number] = Line(number, texts[number - 1], label, reason)
    return tuple(
        [told.get(number) or Line(number, line, None, "") for number, line in enumerate(texts, 1)]
    )


def _find_title(page: Page) -> str:
    # What stood before a mark, such as the name of a series, a dump may have in another line.
    title = " ".join(page.texts(Label.TITLE)[:1]).lstrip(":|·•–— ")
    # A dump may begin with what the page's window is called.
    return _SECTION.sub("", stem(title, page.site) or _OF_WINDOW.sub(r"\1", title))


def _find_keywords(page: Page) -> tuple[str, ...]:
    texts = page.texts(Label.KEYWORDS)
    words = [word for text in texts for word in read_keywords(text) or split_keywords(text)]
    return tuple(dict.fromkeys(words))


def _find_images(page: Page) -> dict[Image, tuple[str, ...]]:
    """The pictures of the article, with their addresses as the page writes them.

    A caption without its picture is none where a picture has the same: a page writes it for
    telephones and for desks, or once more over the story.
    """
    shown = [
        one
        for one in page.pictures
        if not one.indexes or any(page.label(index) is Label.CAPTION for index in one.indexes)
    ]
    captioned = {one.caption for one in shown if one.src}
    found: dict[Image, tuple[str, ...]] = {}
    for one in shown:
        if one.src or one.caption not in captioned:
            found.setdefault(Image(one.caption, one.credit, one.src, one.alt), one.sources)
    return found


def _first_words(page: Page) -> str:
    for text in page.texts(*BODY_LABELS):
        words = BULLET.sub("", text, count=1).split()
        return " ".join(words[:_UNTITLED_WORDS]) + ("…" if len(words) > _UNTITLED_WORDS else "")
    return ""


def _open_date(name: str, line: int) -> Problem:
    hint = "no page of this source tells which is which; give the date with --date"
    return Problem(name, line, "day and month of the date can't be told apart", hint)

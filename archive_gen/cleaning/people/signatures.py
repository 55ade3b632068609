"""Who signs the story of a text dump.

A line that announces a name is believed before a name with a role, that before a name beside the
date, and all of them before a name below the story.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from archive_gen.cleaning.base import BODY_LABELS, Label
from archive_gen.cleaning.characters import has_case
from archive_gen.cleaning.dates.in_text import SHORT_TIMED, find_age, find_date
from archive_gen.cleaning.furniture import REPEATED
from archive_gen.cleaning.mastheads import find_newspaper, is_newspaper
from archive_gen.cleaning.names import is_name, tells_role
from archive_gen.cleaning.people.agencies import agency_of
from archive_gen.cleaning.people.bylines import (
    BY_LATER,
    NEAR_HEADLINE,
    NEAR_HEADLINE_ALONE,
    writers_of,
)
from archive_gen.cleaning.people.japanese import signed_in_brackets
from archive_gen.cleaning.people.name_lists import announced_names, persons_in
from archive_gen.cleaning.phrases import fold
from archive_gen.scripts import HANGUL, KANA_AND_HAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.cleaning.base import Block, Page

_GAP = re.compile(r"(?<!\s)(?:\s{2,}|\t)")
_PARTS = re.compile(r" ?[|•·●∙⋅] ?| [-–—/] ")
"""Between a name and what else its line says."""
_GOES_ON = re.compile(r"(?: \|)? (and|und|et|y|e|&) \| |(,) \| ", re.IGNORECASE)
"""A gap within a list of names."""
_STUCK = re.compile(
    r"(?<=[a-zß-ÿ])(?=(?:Contact|Follow|Published|Updated|Posted|Share)\b)|"
    r"(?<=[a-zß-ÿ]{3})(?=[A-ZÀ-ÖØ-Þ])|(?<=[A-Z]{2})(?=[A-Z][a-z]{2}[a-z.]* \d)|"
    r"(?<=[a-zß-ÿ])(?=\d)"
)
"""Where a dump lost the space between a name and a role, a date or a number."""
_ADDRESS = re.compile(r"@\w|\w\.(?:com|net|org)\b")
"""What stands beside the name of somebody who writes: an account, a mail address, a publication."""
_FOLLOW = re.compile(r"follow|suivre|seguir|folgen|segui|volgen|następuj|takip et", re.IGNORECASE)
_ACCOUNT = re.compile(r"@\w")
"""What stands below the name of somebody who writes: a button to follow, an account."""
_SPAN = re.compile(r"\d{1,2}\+? (?:min(?:ute)?|hour|hr|day|week|month|year)s?", re.IGNORECASE)
"""How long ago, beside a name (``Ada Lund   7 hours``)."""
_LINKS = re.compile(r"\A(?:social links for|more by|view all posts by)\s+", re.IGNORECASE)
_COLON = re.compile(r"[:：]")
_KOREAN = re.compile(r"([가-힣]{2,4})\s+기자(?:\s|$)")
_REPORTING = re.compile(r"(?:記者|记者|撰文)\s?([一-鿿]{2,4})[／/](?:[一-鿿]{2,4})(?:報導|报道)")
"""``記者陳怡君／台北報導``."""
_REPORTERS = re.compile(
    r"本?[报報刊台]?\s?(?:记者|記者|通讯员)\s?[:：]?\s?([一-鿿]{2,4}(?:[ 、，,][一-鿿]{2,4}){0,4})"
)
"""``本报记者 李晓明 王芳``: all of a line."""
_HAN_COMMAS = re.compile(r"[ 、，,]")
_SOURCE = re.compile(
    r"(?:source|quelle|fuente|fonte|źródło|zdroj|источник|джерело|kaynak|sumber|nguồn|πηγή|المصدر|"
    r"منبع|स्रोत|সূত্র|来源|來源|出典|출처)\s?[:：]\s?([^\s|][^|]{1,40}?)(?:\s|$)",
    re.IGNORECASE,
)
"""What a page says that its story is from."""
_IN_BRACKETS = re.compile(
    r"[(（\[](?:(?:avec|with|mit|con|com) )?(?P<name>[^()（）\[\]]{2,30})[)）\]]", re.IGNORECASE
)
"""``(NAN)``, ``(Avec AFP)``: all of a line."""
_VIETNAMESE = re.compile("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
"""Letters of no other language."""
_CLOSING = re.compile(
    r"(?:(?:i am|we are|i remain),? )?(?:yours|sincerely|respectfully|faithfully|cordially"
    r"|with kind|kind regards|best regards|mit freundlich|hochachtungsvoll|cordialement|veuillez"
    r"|atentamente|distinti saluti|с уважением)\b.{0,30}",
    re.IGNORECASE,
)
"""With which a letter closes: its writer's name follows."""
_STYLE = re.compile(r"\(?(?:mrs?|ms|miss|dr|prof|rev|sir|lady)\.?\)?\s+", re.IGNORECASE)
_WITHOUT_SPACES = re.compile(f"[{KANA_AND_HAN}{HANGUL}]")
"""Of scripts in which any short line has the form of a name."""
_HAN_NAME = re.compile(r"[一-鿿々]{1,3} [一-鿿々ぁ-ん]{1,4}")
"""Unless it is parted as names alone are: ``松本 綾``."""
_PUBLICATIONS = frozenset(
    "bee enquirer globe news post press record register star sun today".split()
)
"""Last words of the names of newspapers, beside a writer's name; alone they are called so less."""
_MOST_IN_PUBLICATION = 5
"""Words."""
_RIGHT_BELOW = 5
"""Lines below the headline in which a name counts that stands again below the story."""
_ABOVE = 3
"""Lines above the headline in which the story may be signed."""
_BELOW = 12
"""Lines below the story in which it may be signed."""
_MOST_WORDS = 16
"""Of a line that signs."""
_PROSE = 8
"""Words, at least, of a sentence that may tell of a writer."""


Signatures: TypeAlias = tuple[tuple[str, int], ...]
"""Names, and for each the line in which it stands, counted from 1."""


class _Line(NamedTuple):
    """A short line beside the story, taken apart."""

    at: int
    """The index of its block."""
    number: int
    """Counted from 1 over the dump."""
    parts: tuple[str, ...]
    announced: tuple[str, ...]
    """The parts that begin as bylines do, without what announces the name."""
    alone: bool
    """Whether it only announces a name."""

    def signed_by(self, names: Sequence[str]) -> Signatures:
        """The names, each with the number of the line."""
        return tuple((name, self.number) for name in names)


def find_signatures(page: Page, lines: Sequence[str]) -> Signatures:
    """The names that sign the story, in order, each with the line of the dump it stands in.

    Persons, agencies and desks. ``lines`` are the dump's as they were: wide gaps in them divide.
    ``page`` has no marks of what was dropped, for dumps often drop the line that signs.
    """
    header = [_taken_apart(page, index, lines) for index in _header(page)]
    for find in (_announced, _with_role, _dated, _boxed, _alone):
        found = find(page, header)
        if found:
            return found
    footer = [_taken_apart(page, index, lines) for index in _footer(page)]
    return _below(page, footer) or _agency_alone(header) or _source_below(footer)


def _header(page: Page) -> list[int]:
    """The lines below the headline, then those above, that are of no story and no picture.

    A line that all pages of a site have names nobody, but may announce who signs this one.
    """
    title = page.index_of(Label.TITLE)
    if title is None:
        return []
    told = {Label.BYLINE, Label.DATE, None}
    newspaper, head = find_newspaper(page.blocks)
    return [
        index
        for index in (*page.header(), *range(max(0, title - _ABOVE), title))
        if (page.label(index) in told or writers_of(page.blocks[index].text))
        and not (newspaper and index == head)
        and page.blocks[index].words <= _MOST_WORDS
        and _may_sign(page.blocks[index])
    ]


def _may_sign(block: Block) -> bool:
    """Whether a line is no phrase of the page, or announces who signs all the same."""
    if not block.alone or NEAR_HEADLINE_ALONE.fullmatch(block.text):
        return True
    return block.prompt != REPEATED and bool(NEAR_HEADLINE.match(block.text))


def _footer(page: Page) -> list[int]:
    """The last line of the story and those below."""
    story = page.indexes(*BODY_LABELS)
    last = story[-1] if story else len(page.blocks)
    near = range(last, min(len(page.blocks), last + _BELOW))
    return [index for index in near if page.blocks[index].words <= _MOST_WORDS]


def _taken_apart(page: Page, index: int, lines: Sequence[str]) -> _Line:
    block = page.blocks[index]
    text = lines[block.line - 1].strip()
    if " ".join(text.split()) != block.text:  # of several lines, or with the numbers of links
        text = block.text
    text = _LINKS.sub("", text)
    if NEAR_HEADLINE_ALONE.fullmatch(text):
        return _Line(index, block.line, (), (), alone=True)
    if writers := writers_of(text):
        return _Line(index, block.line, (writers,), (writers,), alone=False)
    text = _GOES_ON.sub(r" \1\2 ", _GAP.sub(" | ", text))
    parts = tuple(filter(None, _PARTS.split(_STUCK.sub(" | ", text))))
    return _Line(index, block.line, parts, tuple(_announced_in(parts)), alone=False)


def _announced_in(parts: Sequence[str]) -> Iterator[str]:
    """The parts after what announces a name; it may stand in the part before, or after a date."""
    for before, part in pairwise(("", *parts)):
        date = find_date(part) if BY_LATER.search(part) else None
        later = BY_LATER.search(date.after) if date else None
        if NEAR_HEADLINE_ALONE.fullmatch(before):
            yield part
        elif later and date:
            yield date.after[later.end() :]
        elif NEAR_HEADLINE.match(part):
            yield NEAR_HEADLINE.sub("", part, count=1)


def _announced(page: Page, lines: Sequence[_Line]) -> Signatures:
    """``By …`` and the lines beside it that do so, too; or the names below ``By`` alone."""
    found: dict[str, int] = {}
    last, waiting = -2, False
    for line in lines:
        if found and line.at != last + 1:
            break
        texts = line.announced or (line.parts[:1] if waiting else ())
        names = [name for text in texts for name in _names(text, page, line.at)]
        for name in names:
            found.setdefault(name, line.number)
        last = line.at if names else last
        waiting = line.alone or (waiting and bool(names))
    others = {name: line for name, line in found.items() if fold(name) != page.blocks[0].key}
    return tuple((others or found).items())  # with the site's name at the top of the page aside


def _is_publication(text: str) -> bool:
    """Whether what stands beside a name is where its bearer writes: ``USA TODAY``."""
    words = text.split()
    named = 2 <= len(words) <= _MOST_IN_PUBLICATION and all(word[:1].isupper() for word in words)
    return is_newspaper(text) or (named and words[-1].casefold() in _PUBLICATIONS)


def _speaks_of_writer(page: Page, at: int) -> bool:
    """Whether the lines below line ``at`` say what somebody does, or offer to follow somebody."""
    below = [block.text for block in page.blocks[at + 1 : at + 3]]
    if not below:
        return False
    return tells_role(below[0]) or bool(_FOLLOW.fullmatch(below[0]) or _ACCOUNT.match(below[-1]))


def _with_role(page: Page, lines: Sequence[_Line]) -> Signatures:
    """``Ada Lund, Political Editor``; the role may stand in the line below."""
    for line in lines:
        text = page.blocks[line.at].text
        east_asian = _KOREAN.search(text) or _REPORTING.search(text)
        if east_asian:
            return ((east_asian[1], line.number),)
        if reporters := _REPORTERS.fullmatch(text):
            return line.signed_by(_HAN_COMMAS.split(reporters[1]))
        own = any(tells_role(part) or _ADDRESS.search(part) for part in line.parts)
        if "/" not in text:  # so pictures are credited
            own = own or any(map(_is_publication, line.parts[1:2]))
        if line.parts and (own or _speaks_of_writer(page, line.at)):
            text = line.parts[0]
            names = _unsaid(text, page) if own else _unannounced(text, page, line.at)
            if names:
                return line.signed_by(names)
    return ()


def _dated(page: Page, lines: Sequence[_Line]) -> Signatures:
    """A name in a date line, or in the line above or below one."""
    for line in lines:
        near = (line.at - 1, line.at + 1)
        own = page.label(line.at) is Label.DATE or _is_dated(line)
        if line.parts and (own or any(page.label(i) is Label.DATE for i in near)):
            text = line.parts[0]
            names = _unsaid(text, page) if own else _unannounced(text, page, line.at)
            if names and not _may_be_place(names[0], page.blocks[line.at].text):
                return line.signed_by(names)
    return ()


def _may_be_place(name: str, text: str) -> bool:
    """Whether a name beside a date is as likely that of a city: ``القاهرة - 5 مايو 2015``.

    In scripts without capitals one word is no person, nor do two before the date tell.
    """
    if has_case(name) or _WITHOUT_SPACES.search(name):
        return False
    return " " not in name or find_date(text) is not None


def _boxed(page: Page, lines: Sequence[_Line]) -> Signatures:
    """A name alone that stands alone again below the story, above what tells of the writer."""
    title = page.index_of(Label.TITLE) or 0
    for line in lines:
        is_near = title < line.at <= title + _RIGHT_BELOW
        if is_near and len(line.parts) == 1 and _box(line.parts[0], page):
            names = _unannounced(line.parts[0], page, line.at)
            if _is_all(names, line.parts[0]):
                return line.signed_by(names)
    return ()


def _alone(page: Page, lines: Sequence[_Line]) -> Signatures:
    """A name alone right below the headline, of somebody of whom nothing else on the page tells."""
    title = page.index_of(Label.TITLE) or 0
    for line in lines:
        if title < line.at <= title + 2 and len(line.parts) == 1:
            names = _unannounced(line.parts[0], page, line.at)
            told = any(_named_elsewhere(name, page, line.at) for name in names)
            if _is_all(names, line.parts[0]) and not told and not _heads_teaser(page, line.at):
                return line.signed_by(names)
    return ()


def _is_all(names: Sequence[str], text: str) -> bool:
    """Whether a line, in a script with capitals, is nothing but ``names`` and what joins them."""
    words = len(" ".join(names).split())
    return bool(names) and has_case(text) and len(text.split()) < words + len(names)


def _named_elsewhere(name: str, page: Page, at: int) -> bool:
    words, key = set(fold(name).split()), page.blocks[at].key
    return any(words.intersection(block.key.split()) for block in page.blocks if block.key != key)


def _heads_teaser(page: Page, at: int) -> bool:
    """Whether a line and the sentence below it stand together elsewhere, too."""
    line, *below = page.blocks[at : at + 2]
    if not below or below[0].words < _PROSE:
        return False
    pairs = [(above.key, block.key) for above, block in pairwise(page.blocks)]
    return pairs.count((line.key, below[0].key)) > 1


def _box(name: str, page: Page) -> int:
    """The index of the last line that is nothing but ``name``, above a sentence on that person.

    0 if there is none in the second half of the story or below it.
    """
    key, words = fold(name), set(name.split())
    story = page.indexes(*BODY_LABELS)
    first = story[len(story) // 2] if story else len(page.blocks)
    for index in range(len(page.blocks) - 1, first, -1):
        if page.blocks[index].key in (key, f"about {key}"):
            below = page.blocks[index + 1 : index + 3]
            if any(
                block.words >= _PROSE and words.intersection(block.text.split()) for block in below
            ):
                return index
    return 0


def _is_dated(line: _Line) -> bool:
    dated = (find_date(part) or find_age(part) or _SPAN.fullmatch(part) for part in line.parts[1:])
    return any(dated) or any(map(SHORT_TIMED.search, line.parts))


def _unannounced(text: str, page: Page, at: int) -> tuple[str, ...]:
    """``_unsaid``, but for beside a picture: there stands who is in it or who took it."""
    return () if page.label(at + 1) in (Label.CREDIT, Label.CAPTION) else _unsaid(text, page)


def _unsaid(text: str, page: Page) -> tuple[str, ...]:
    """The persons in a line that only looks like names, if nothing says that they are others.

    Nobody signs a story that tells of him, and no name's words stand in small letters elsewhere.
    """
    names = persons_in(text, page.site)
    told = any(
        (fold(name) == page.blocks[0].key and not has_case(name))
        or (_WITHOUT_SPACES.search(name) and not _HAN_NAME.fullmatch(name))
        or _is_told_of(name, page)
        for name in names
    )
    return () if told else names


def _is_told_of(name: str, page: Page) -> bool:
    last, small = fold(name).split()[-1], name.lower()
    end = _box(name, page) or len(page.blocks)
    keys = [page.blocks[index].key for index in page.indexes(*BODY_LABELS) if index < end]
    told = sum(last in key and last in key.split() for key in keys)
    return told > 1 or (small != name and any(small in block.text for block in page.blocks))


def _agency_alone(lines: Sequence[_Line]) -> Signatures:
    """An agency's name as all of a line, or ``来源：新华社``, where nobody signs."""
    for line in lines:
        for part in line.parts:
            source = _SOURCE.search(part)
            name = source[1] if source else part
            if agency_of(name) and (source or len(line.parts) == 1):
                return ((name, line.number),)
    return ()


def _source_below(lines: Sequence[_Line]) -> Signatures:
    """``Source: Reuters`` or ``(Reuters)`` below the story."""
    for line in lines:
        text = " | ".join(line.parts)
        source = _SOURCE.match(text) or _IN_BRACKETS.fullmatch(text)
        if source and agency_of(source[1]):
            return ((source[1], line.number),)
    return ()


def _below(page: Page, lines: Sequence[_Line]) -> Signatures:
    """``Text: Ada Lund`` or ``구현모 기자 mo@courier.example`` below the story, or the name below
    ``Yours faithfully,``."""
    closed = False
    for line in lines:
        text = page.blocks[line.at].text
        korean = _KOREAN.search(text)
        if korean and _ADDRESS.search(text):
            return ((korean[1], line.number),)
        if line.announced and _COLON.search(text, 0, 12):
            return line.signed_by(_names(line.announced[0], page, line.at))
        if closed:
            return line.signed_by(persons_in(_STYLE.sub("", text), page.site))
        closed = bool(_CLOSING.fullmatch(text))
    return signed_in_brackets(page) or _vietnamese(page, lines) or _at_end(page, lines)


def _vietnamese(page: Page, lines: Sequence[_Line]) -> Signatures:
    """The names that are all of the line right below a Vietnamese story, as its papers sign."""
    story = page.indexes(*BODY_LABELS)
    if not any(_VIETNAMESE.search(title) for title in page.texts(Label.TITLE)):
        return ()
    for line in lines:
        block = page.blocks[line.at]
        is_below = bool(story) and line.at == story[-1] + 1 and not block.prompt
        if is_below and all(is_name(part) for part in line.parts):
            return line.signed_by(line.parts)
    return ()


def _at_end(page: Page, lines: Sequence[_Line]) -> Signatures:
    """The names with which the story ends, if nothing else tells of them."""
    return tuple(
        (name, line.number)
        for line in lines
        if page.label(line.at) is Label.BYLINE and line.parts
        for name in _unannounced(line.parts[0], page, line.at)
        if not _named_elsewhere(name, page, line.at)
    )


def _names(text: str, page: Page, at: int) -> tuple[str, ...]:
    """Whom a text of line ``at`` names that is announced as names."""
    dated = any(page.label(index) is Label.DATE for index in (at - 2, at - 1, at + 1))
    return announced_names(text, page.site, dated=dated)

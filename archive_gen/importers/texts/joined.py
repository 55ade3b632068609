"""Articles that a person or a program put into one text, with lines of signs between them
(``=====``, ``* * *``, ``--- 3 ---``), with the same fields above each (``URL: …``), or each on a
page of its own.

Such lines stand within a story, too. So a text is parted only where above and below each line of
one form stands an article with a headline of its own and a day, and where these are several: a
note that was added to a story may have both.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

from archive_gen.article import RawDocument
from archive_gen.importers.press_databases.base import is_day
from archive_gen.importers.texts.heads import with_head_read
from archive_gen.importers.texts.marked import is_page, unmarked
from archive_gen.importers.texts.unstripped import stripped
from archive_gen.importers.web_pages.web_copies import with_bar_read
from archive_gen.problems import Problem
from archive_gen.scripts import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_PAGE = "\f"
_SIGNS = "=*#~+–—-"
_RULE = re.compile(rf"([{_SIGNS}])(?:\s?\1){{2,200}}(?:\s?0\s?\1(?:\s?\1){{2,200}})?")
_FIELD = re.compile(r"[^\W\d_][\w -]{0,30}[:：]")
_NUMBER = re.compile(r"[0-9]{1,5}")
_FORMS = 4
"""So many forms of lines are tried: a text may have any number of them."""
_HEAD = 5
"""Lines above a story: headline, standfirst, byline, day."""
_HEADLINE = re.compile(rf"(?=.{{1,200}}$)(?:\S+\s+\S+\s+\S|.*[{UNSPACED}]{{6}})")
"""Three words at least: what has one or two is a part of a story (*Monday*, *Correction*)."""
_DAY_OF_EAST_ASIA = re.compile(r"[0-9]{4}\s?[年년]\s?[0-9]{1,2}\s?[月월]\s?[0-9]{1,2}\s?[日일]")
_LONGEST_DATE = 40
"""Characters of a line that is a date in these scripts, and what stands beside it."""
_LEAST_STORY = 150
"""Characters of a part; what is shorter is no article."""
_SEVERAL = 3
_MAY_BE_ANOTHER = "another article may begin at this line, and was not parted from those above it"
_PART_IT = "make a file of each; or, if they are three or more, begin all with headline and day"


def parted(name: str, data: bytes, text: str) -> Iterator[RawDocument | Problem]:
    """The articles in ``text``, which is ``data`` decoded; nothing if it is one.

    Where it may be several, but not all of them are sure, it is one, with a ``Problem``.
    """
    pages = [page.strip("\r\n") for page in text.split(_PAGE) if page.strip()]
    if len(_headlines_of_pages(pages)) == len(pages) > 1:
        yield from _of_pages(name, data, text, pages)
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for cuts in _divisions(lines):
        found = _parts(lines, cuts)
        headlines = [_headline(part) for _, part in found]
        number = len(set(filter(None, headlines)))
        if number == len(found) >= _SEVERAL:
            yield from _several(name, [part for _, part in found])
            return
        if number > 1:
            doubtful = next((at for at, told in enumerate(headlines) if at and not told), 1)
            yield one_text(name, data, text)
            yield Problem(name, found[doubtful][0], _MAY_BE_ANOTHER, _PART_IT)
            return


def _several(name: str, parts: Iterable[str]) -> Iterator[RawDocument]:
    for number, part in enumerate(parts, start=1):
        yield one_text(f"{name}#{number}", part.encode(), part)


def _of_pages(
    name: str, data: bytes, text: str, pages: Sequence[str]
) -> Iterator[RawDocument | Problem]:
    if len(pages) >= _SEVERAL:
        yield from _several(name, pages)
        return
    yield one_text(name, data, text)
    line = text.partition(pages[1])[0].count("\n") + 1
    yield Problem(name, line, _MAY_BE_ANOTHER, _PART_IT)


def _headlines_of_pages(pages: Iterable[str]) -> set[str]:
    """The headlines of those that begin with one: what counts the pages of one article is none."""
    return {headline for page in pages if (headline := _NUMBER.sub("", _headline(page)))}


def one_text(name: str, data: bytes, text: str) -> RawDocument:
    """The document of one article, with what stands above it."""
    page = with_bar_read(RawDocument(name=name, data=data, text=text))
    if headed := with_head_read(page):
        return headed
    text = stripped(unmarked(page.text))
    return page if text is page.text else dataclasses.replace(page, text=text)


def _form(line: str) -> str:
    """How a line of signs is made, whatever its number is; empty for any other line."""
    line = line.strip()
    if not line or line[0] not in _SIGNS:
        return ""
    form = _NUMBER.sub("0", line, count=1)
    return form if _RULE.fullmatch(form) else ""


def _divisions(lines: Sequence[str]) -> Iterator[list[tuple[int, int]]]:
    """Each way in which the text may be parted: where a part ends, and where the next begins."""
    # A page in Markdown has such lines wherever its markup parts anything.
    rules = [] if is_page("\n".join(lines)) else [_form(line) for line in lines]
    for form, _ in Counter(filter(None, rules)).most_common(_FORMS):
        yield [(at, at + 1) for at, rule in enumerate(rules) if rule == form]
    first = next((line for line in lines if line.strip()), "")
    if field := _FIELD.match(first):
        after_blank = (at for at in range(1, len(lines)) if not lines[at - 1].strip())
        yield [(at, at) for at in after_blank if lines[at].startswith(field[0])]


def _parts(lines: Sequence[str], cuts: Sequence[tuple[int, int]]) -> list[tuple[int, str]]:
    """What stands between the cuts, each with the number of its first line."""
    found = []
    for (_, start), (end, _) in itertools.pairwise([(0, 0), *cuts, (len(lines), 0)]):
        said = [at for at in range(start, end) if lines[at].strip()]
        if said:
            found.append((said[0] + 1, "\n".join(lines[said[0] : end])))
    return found


def _headline(part: str) -> str:
    """The headline of an article with a day below it, or what fields above it tell; empty if it is
    none."""
    if len(part) < _LEAST_STORY:
        return ""
    headline, *below = [line.strip() for line in part.split("\n") if line.strip()][:_HEAD]
    known = one_text("", b"", part).known
    address, title = known.get("url"), known.get("title")
    has_day = bool(known.get("date")) or any(map(_is_day, below))
    if (address and title) or (has_day and (address or title)):
        return str(address or title)
    is_headline = _HEADLINE.match(headline) and not _is_day(headline)
    return headline.casefold() if is_headline and has_day else ""


def _is_day(line: str) -> bool:
    return is_day(line) or bool(len(line) <= _LONGEST_DATE and _DAY_OF_EAST_ASIA.search(line))

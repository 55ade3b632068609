"""The text of a PDF, as ``pdftotext`` writes it: pages with form feeds between them, and above and
below each a line that many have, a name or a number."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

_PAGE = "\f"
_EDGE = 3
"""So many lines above and below are looked at."""
_NUMBER = re.compile(r"[0-9]+")
_GAP = re.compile(r"[ ]{0,20}\S(?:[ ]?\S){14,99}[ ]{3,99}(?=\S(?:[ ]?\S){9})")
"""What stands before the second column of a line: words and a gap, and words behind it. Tables
have less in most cells."""
_COLUMNED = 12
"""Lines."""
_ENDS_SENTENCE = tuple(".!?…:。！？؟۔।\"'’”»)]")


def in_one(text: str) -> str:
    """``text`` without its pages: what they have in common above and below goes, and a paragraph
    that goes on is whole again. Any other text as it is.

    Above the first page only what counts the pages goes: the name of a newspaper and its day are
    known of the article.
    """
    if _PAGE not in text:
        return text
    pages = [_filled(page) for page in text.split(_PAGE) if page.strip()]
    if len(pages) < 2:
        return text
    common = _common(pages)
    counting = {form for form, lines in common.items() if len(lines) > 1}
    whole: list[str] = []
    for page in pages:
        above = _number_of(page, common if whole else counting)
        below = _number_of(reversed(page[above:]), common)
        lines = page[above : len(page) - below]
        if whole and whole[-1].rstrip().endswith(_ENDS_SENTENCE):
            whole.append("")
        whole += _filled("\n".join(lines))
    return "\n".join(whole)


def is_in_columns(text: str) -> bool:
    """Whether lines of columns stand side by side in most lines of ``text``, as ``pdftotext
    -layout`` puts them: of each the second part begins at the same place."""
    lines = [line.expandtabs() for line in text.split("\n") if line.strip()]
    begun = Counter(gap.end() for line in lines if (gap := _GAP.match(line)))
    (_, number), *_ = begun.most_common(1) or [(0, 0)]
    return number >= _COLUMNED and 2 * number > len(lines)


def _filled(page: str) -> list[str]:
    """The lines of a page, from the first to the last one that says something."""
    lines = page.split("\n")
    said = [at for at, line in enumerate(lines) if line.strip()]
    return lines[said[0] : said[-1] + 1] if said else []


def _common(pages: list[list[str]]) -> dict[str, set[str]]:
    """The forms of the lines that stand at the edge of half of the pages, and of two at least; and
    these lines."""
    found: Counter[str] = Counter()
    lines: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        said = [" ".join(line.split()) for line in page if line.strip()]
        at_edge = {*said[:_EDGE], *said[-_EDGE:]}
        found.update(set(map(_form, at_edge)))
        for line in at_edge:
            lines[_form(line)].add(line)
    often = (form for form, count in found.items() if count > 1 and 2 * count >= len(pages))
    return {form: lines[form] for form in often}


def _number_of(lines: Iterable[str], common: Container[str]) -> int:
    """How many of the first lines are common, or say nothing and stand among these."""
    return len(list(takewhile(lambda line: not line.strip() or _form(line) in common, lines)))


def _form(line: str) -> str:
    """A line whatever its numbers are."""
    return " ".join(_NUMBER.sub("0", line).casefold().split())

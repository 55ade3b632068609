"""Names that nothing announces: whether they are those of persons who sign."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, Label
from archive_gen.cleaning.characters import has_case
from archive_gen.cleaning.dates.in_text import find_date
from archive_gen.cleaning.names import is_named_as_place
from archive_gen.cleaning.people.name_lists import persons_in
from archive_gen.cleaning.phrases import fold
from archive_gen.scripts import HANGUL, KANA_AND_HAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Page

_WITHOUT_SPACES = re.compile(f"[{KANA_AND_HAN}{HANGUL}]")
"""Of scripts in which any short line has the form of a name."""
_HAN_NAME = re.compile(r"[一-鿿々]{1,3} [一-鿿々ぁ-ん]{1,4}")
"""Unless it is parted as names alone are: ``松本 綾``."""
PROSE = 8
"""Words, at least, of a sentence that may tell of a writer."""


def unannounced(text: str, page: Page, at: int) -> tuple[str, ...]:
    """``unsaid``, but for beside a picture: there stands who is in it or who took it."""
    return () if page.label(at + 1) in (Label.CREDIT, Label.CAPTION) else unsaid(text, page)


def unsaid(text: str, page: Page) -> tuple[str, ...]:
    """The persons in a line that only looks like names, if nothing says that they are others.

    Nobody signs a story that tells of him, and no name's words stand in small letters elsewhere.
    """
    names = persons_in(text, page.site)
    told = any(
        (fold(name) == page.blocks[0].key and not has_case(name))
        or is_named_as_place(name)
        or (_WITHOUT_SPACES.search(name) and not _HAN_NAME.fullmatch(name))
        or _is_told_of(name, page)
        for name in names
    )
    return () if told else names


def _is_told_of(name: str, page: Page) -> bool:
    last, small = fold(name).split()[-1], name.lower()
    end = box(name, page) or len(page.blocks)
    keys = [page.blocks[index].key for index in page.indexes(*BODY_LABELS) if index < end]
    told = sum(last in key and last in key.split() for key in keys)
    return told > 1 or (small != name and any(small in block.text for block in page.blocks))


def is_all(names: Sequence[str], text: str) -> bool:
    """Whether a line, in a script with capitals, is nothing but ``names`` and what joins them."""
    words = len(" ".join(names).split())
    return bool(names) and has_case(text) and len(text.split()) < words + len(names)


def named_elsewhere(name: str, page: Page, at: int) -> bool:
    """Whether another line than line ``at`` has a word of ``name``."""
    words, key = set(fold(name).split()), page.blocks[at].key
    return any(words.intersection(block.key.split()) for block in page.blocks if block.key != key)


def box(name: str, page: Page) -> int:
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
                block.words >= PROSE and words.intersection(block.text.split()) for block in below
            ):
                return index
    return 0


def may_be_place(name: str, text: str) -> bool:
    """Whether a name beside a date is as likely that of a city: ``القاهرة - 5 مايو 2015``.

    In scripts without capitals one word is no person, nor do two before the date tell.
    """
    if has_case(name) or _WITHOUT_SPACES.search(name):
        return False
    return " " not in name or find_date(text) is not None

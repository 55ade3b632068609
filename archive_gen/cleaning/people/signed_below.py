"""Who signs a story below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS, Label
from archive_gen.cleaning.names import is_name
from archive_gen.cleaning.people.agencies import agency_of
from archive_gen.cleaning.people.japanese import signed_in_brackets
from archive_gen.cleaning.people.name_lists import persons_in
from archive_gen.cleaning.people.side_lines import ADDRESS, KOREAN, SOURCE, names_in
from archive_gen.cleaning.people.unannounced import named_elsewhere, unannounced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Page
    from archive_gen.cleaning.people.side_lines import SideLine, Signatures

_COLON = re.compile(r"[:：]")
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


def signed_below(page: Page, lines: Sequence[SideLine]) -> Signatures:
    """``Text: Ada Lund`` or ``구현모 기자 mo@courier.example`` below the story, or the name below
    ``Yours faithfully,``."""
    closed = False
    for line in lines:
        text = page.blocks[line.at].text
        korean = KOREAN.search(text)
        if korean and ADDRESS.search(text):
            return ((korean[1], line.number),)
        if line.announced and _COLON.search(text, 0, 12):
            return line.signed_by(names_in(line.announced[0], page, line.at))
        if closed:
            return line.signed_by(persons_in(_STYLE.sub("", text), page.site))
        closed = bool(_CLOSING.fullmatch(text))
    return signed_in_brackets(page) or _vietnamese(page, lines) or _at_end(page, lines)


def _vietnamese(page: Page, lines: Sequence[SideLine]) -> Signatures:
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


def _at_end(page: Page, lines: Sequence[SideLine]) -> Signatures:
    """The names with which the story ends, if nothing else tells of them."""
    return tuple(
        (name, line.number)
        for line in lines
        if page.label(line.at) is Label.BYLINE and line.parts
        for name in unannounced(line.parts[0], page, line.at)
        if not named_elsewhere(name, page, line.at)
    )


def source_below(lines: Sequence[SideLine]) -> Signatures:
    """``Source: Reuters`` or ``(Reuters)`` below the story."""
    for line in lines:
        text = " | ".join(line.parts)
        source = SOURCE.match(text) or _IN_BRACKETS.fullmatch(text)
        if source and agency_of(source[1]):
            return ((source[1], line.number),)
    return ()

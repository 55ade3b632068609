"""Who signs a Japanese story: names in brackets, at its end or right below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.cleaning.base import BODY_LABELS

if TYPE_CHECKING:
    from archive_gen.cleaning.base import Page

_COMMAS = re.compile(r" ?[、，・／/] ?")
_END = re.compile(r"(?:\A|[。」』])[【（(]([一-鿿々ヶぁ-んァ-ヶー、，・／/ ]{3,30})[】）)]\Z")
_NAME = re.compile(r"(?=[^ ]{3,6}\Z|[^ ]+ [^ ]+\Z)[一-鿿々ヶ]{1,3} ?[一-鿿々ぁ-んァ-ヶ]{1,3}")
_NO_NAME = re.compile(
    r"記事|写真|動画|特集|限定|会員|速報|関連|提供|敬称|通信|新聞|本紙|編集|取材|撮影|以上|転載|無断|詳報|"
    r"独自|社説|解説|連載|続報|訂正|全文|前編|後編|[都道府県市区町村部社局版課省庁党]\Z"
)
"""What else stands in brackets at the end of a story."""
_KANA = re.compile(r"[ぁ-んァ-ヶ]")


def signed_in_brackets(page: Page) -> tuple[tuple[str, int], ...]:
    """``…と話した。【佐藤健一、山本花子】`` → the names, each with its line, counted from 1."""
    ends = page.indexes(*BODY_LABELS)[-2:]
    if not any(_KANA.search(page.blocks[index].text) for index in ends):
        return ()
    for block in page.blocks[ends[-1] : ends[-1] + 2]:
        signed = _END.search(block.text)
        if signed:
            names = _COMMAS.split(signed[1])
            if all(_NAME.fullmatch(n) and not _NO_NAME.search(n) for n in names):
                return tuple((name, block.line) for name in names)
    return ()

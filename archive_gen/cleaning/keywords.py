"""The keywords of a story: ``Tags: a, b``, or each in a line of its own below ``Tags``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive_gen.cleaning.metadata import read_authors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.cleaning.base import Block

_ANNOUNCES = (
    r"tags?|keywords?|filed under|(?:related|article|post) tags?|schlag(?:worte?|wörter)|"
    r"stich(?:worte|wörter)|"
    r"mots[- ]clés|étiquettes|etiquetas|archivado en|palabras clave|"
    r"palavras[- ]chave|parole chiave|trefwoorden|tagi|słowa kluczowe|теги|метки|"
    r"ключевые слова|كلمات مفتاحية|الكلمات المفتاحية|الكلمات الدلالية|الوسوم|وسوم|etiketler|标签|"
    r"关键词|关键字|標籤|關鍵詞|關鍵字|タグ|キーワード|태그|키워드|תגיות|תגים|"
    r"برچسب[ \u200c]?ها|کلیدواژه[ \u200c]?ها|"
    r"ٹیگز?|टैग्?स?|ট্যাগ|குறிச்சொற்கள்|แท็ก|từ khóa|kata kunci|anahtar kelimeler|мітки|"
    r"ключові слова|klíčová slova|štítky|ετικέτες|taggar|avainsanat|"
    r"címkék|maneno muhimu"
)
_TOPICS = r"(?:related )?topics?|themen|temas|chủ đề|topik|теми|темы|témata|ämnen"
"""What announces keywords beside a colon; alone it is as often the head of a menu."""
_LINE = re.compile(rf"(?:{_ANNOUNCES}|{_TOPICS})\s*[:：]\s*(?P<list>.+)", re.IGNORECASE)
_ALONE = re.compile(rf"(?:{_ANNOUNCES})\s*[:：]?|(?:{_TOPICS})\s*[:：]", re.IGNORECASE)
_COMMAS = re.compile(r"(?<!\s)\s*[,;·•|،、，؛/]\s*")
_LONGEST = 60
"""Characters of a keyword."""
_MOST_WORDS = 5
"""Words of a keyword that has its own line, or of each in a line of several."""
_MOST_LISTED = 20
"""Keywords of one story; more are those of a site."""
_MOST_ANNOUNCING = 3
"""Words."""
_SENTENCE = 5
"""Words."""
_COUNTS = re.compile(r"\A\d|\(\d+\)\Z")
"""``12 comments``, ``Votes (70)``."""


def read_keywords(text: str) -> tuple[str, ...]:
    """The keywords that a line such as ``Tags: a, b`` lists."""
    match = _LINE.fullmatch(text) if ":" in text or "：" in text else None
    return split_keywords(match["list"]) if match else ()


def split_keywords(text: str) -> tuple[str, ...]:
    """The keywords in ``a, b``; none in what only announces some."""
    if _ALONE.fullmatch(text):
        return ()
    words = (word.strip(" .#") for word in _COMMAS.split(text))
    return tuple(dict.fromkeys(word for word in words if word and len(word) <= _LONGEST))


def find_listed(blocks: Sequence[Block], start: int) -> range:
    """Where keywords stand in lines of their own, from ``start`` on, with the line that announces
    them; empty if they nowhere do.

    They end at a blank line, a phrase of the page, or a line that is none. A name right above a
    sentence heads what the page says of its writer.
    """
    for index in range(start, len(blocks)):
        if blocks[index].words <= _MOST_ANNOUNCING and _ALONE.fullmatch(blocks[index].text):
            stop = _end_of_list(blocks, index + 1)
            if index + 1 < stop <= index + 1 + _MOST_LISTED:
                return range(index, stop)
    return range(0)


def _end_of_list(blocks: Sequence[Block], first: int) -> int:
    stop = first
    several = first < len(blocks) and len(split_keywords(blocks[first].text)) > 1
    while stop < len(blocks) and (stop == first or not blocks[stop].gap_before):
        words = split_keywords(blocks[stop].text)
        is_like_first = not several or len(words) > 1
        if not (words and is_like_first and _is_listed(blocks[stop], words)):
            break
        stop += 1
    below = blocks[stop] if stop < len(blocks) else None
    heads = below is not None and below.ends and below.words >= _SENTENCE and not below.gap_before
    return stop - 1 if heads and stop > first + 1 else stop


def _is_listed(block: Block, words: Sequence[str]) -> bool:
    """Whether a line is nothing but keywords: no count, heading, button or byline."""
    text = block.text
    if block.prompt or block.ends or text.endswith((":", "：")) or read_authors(text):
        return False
    return not _COUNTS.search(text) and all(len(word.split()) <= _MOST_WORDS for word in words)

"""Scripts that put no spaces between words, and how texts in them are joined and cut."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

KANA_AND_HAN = "\u3040-\u30ff\u3400-\u9fff"
"""Of Japanese and Chinese: two characters are about as long as a word."""
HANGUL = "\uac00-\ud7af"
"""Of Korean, which does put spaces; but what other languages say with small words is written on
to the word."""
WITH_VOWELS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer, whose vowels and tones are characters, too: four are a word."""
UNSPACED = KANA_AND_HAN + WITH_VOWELS
"""All that part no words."""
WIDE_MARKS = "\u3001-\u303f\uff01-\uff60"
"""Stops, quotes and brackets of Chinese and Japanese."""
_WIDE = re.compile(f"[{KANA_AND_HAN}{HANGUL}]")
_SAMPLE = 200
_IN_A_ROW = re.compile(f"[{UNSPACED}{WIDE_MARKS}]")


def are_in_a_row(before: str, after: str) -> bool:
    """Whether no blank belongs between two parts of a text, for the letters that meet there."""
    return any(map(_IN_A_ROW.match, (before[-1:], after[:1])))


def in_line(words: Iterable[str]) -> str:
    """What a machine read as words, with a blank between two where one belongs."""
    text = ""
    for word in filter(None, words):
        text += word if not text or are_in_a_row(text, word) else f" {word}"
    return text


def is_wide(text: str) -> bool:
    """Whether it begins with letters of Chinese, Japanese or Korean: each is as wide as two others,
    and says more."""
    sample = text[:_SAMPLE]
    return not sample.isascii() and 3 * len(_WIDE.findall(sample)) > len(sample)

"""What characters tell, and all of a page looked at together: each is asked about once."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING, TypeAlias

from archive_gen.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable

BULLET = re.compile(r"\A(?:[•‣◦]\s*|(?:[▪●■*·–—-]|\(?\d{1,2}[.)])\s+)(?=\S)")
"""With which an item of a list begins: a mark or a number, and white space where it is needed."""
_ASCII = "".join(map(chr, range(128)))
_NO_CHARACTER = "\ufffe"
_STAND_INS = [chr(code) for code in range(0xE000, 0xE100)]
# How sentences end: Latin, Greek, CJK, Arabic, Urdu, Devanagari, Ethiopic, Khmer, Burmese.
_ENDS = frozenset(".!?…;。！？；｡؟۔।॥።፧៕။")
_COLONS = (":", "：")
_CLOSERS = "\"'”’»›)]）」』“* "
_MARKS = frozenset(("Mn", "Mc"))
_THAI, _LAO = ("\u0e01", "\u0e4e"), ("\u0e81", "\u0ede")
_PARAGRAPH = 90
"""Characters of a line in a script without full stops, Thai or Lao, that hardly a headline has."""
_LOOKS = range(0xFE00, 0xFE10)
"""Variation selectors: they belong to signs, as to a coloured heart."""


def is_of_word(mark: str) -> bool:
    """Whether ``mark`` is a letter, a digit, or a sign that stands with a letter.

    The vowels of Devanagari, Bengali, Tamil or Thai are such signs.
    """
    if mark.isalnum():
        return True
    return unicodedata.category(mark) in _MARKS and ord(mark) not in _LOOKS


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does, closing quotes and brackets aside.

    Thai and Lao have no mark for it: a long line is taken for a paragraph.
    """
    if not text[-1:].isalnum() and text.rstrip(_CLOSERS)[-1:] in _ENDS:
        return True
    return len(text) >= _PARAGRAPH and _is_without_stops(text.rstrip(_CLOSERS)[-1:])


def _is_without_stops(mark: str) -> bool:
    return any(first <= mark <= last for first, last in (_THAI, _LAO))


def ends_with_colon(text: str) -> bool:
    """Whether ``text`` announces what follows it."""
    return text.endswith(_COLONS)


def has_case(text: str) -> bool:
    """Whether ``text`` has letters of a script that knows capitals."""
    return text.lower() != text.upper()


Kinds: TypeAlias = Memo[int, str]
"""Code of a character → one that stands for its kind."""


def kinds(kind: Callable[[str], str]) -> Kinds:
    """The kinds of characters that ``kind`` tells; it is asked for each once in a run."""
    return Memo(lambda code: kind(chr(code)))


def mapped(text: str, *views: Kinds) -> list[str]:
    """For each of ``views``, the text with the kind of each character in its place.

    Most pages have no more than 256 different characters: numbered by a codec made for the page,
    all of them are translated at once, which takes a tenth of the time of ``str.translate``.
    """
    others = _beyond_ascii(text)
    alphabet = _ASCII + "".join(others)
    if len(alphabet) > 256 or not others.isdisjoint((_NO_CHARACTER, *_STAND_INS)):
        return [text.translate(view) for view in views]
    numbered = alphabet
    for mark, stand_in in zip(filter(_is_astral, others), _STAND_INS, strict=False):
        # The codec is five times as slow where characters take more than two bytes.
        text, numbered = text.replace(mark, stand_in), numbered.replace(mark, stand_in)
    numbers = codecs.charmap_build(numbered.ljust(256, _NO_CHARACTER))
    data = codecs.charmap_encode(text, "strict", numbers)[0]
    return [codecs.charmap_decode(data, "strict", alphabet.translate(view))[0] for view in views]


def others_in(text: str, marks: str) -> list[str]:
    """Those of ``marks`` that are in ``text``; most pages have none of the rarer ones."""
    beyond = _beyond_ascii(text)
    return [mark for mark in marks if (mark in text if mark.isascii() else mark in beyond)]


def _beyond_ascii(text: str) -> set[str]:
    """The different characters that are not of ASCII; in UTF-8 all their bytes are above it."""
    data = text.encode("utf-8", "surrogatepass").translate(None, _ASCII.encode())
    return set(data.decode("utf-8", "surrogatepass"))


def _is_astral(mark: str) -> bool:
    return mark > "\uffff"

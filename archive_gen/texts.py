"""Plain text: without characters that are never text, on one line, folded."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Controls, half surrogates, byte order marks, non-characters (urls.ROOT is one): never text.
_CLASS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
_UNWANTED = re.compile(f"[{_CLASS}]+")
_WANTED = re.compile(f"[^{_CLASS}]*+")
_MEANT = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
"""Controls that are punctuation of Windows, read as Latin-1; browsers take them for that, too."""
_MAY_BE_MEANT = re.compile("[\x80-\x9f]")
_BREAKS = re.compile(r"(?<![ \t])[ \t]*[\n\r\t\u2028\u2029]\s*")


def strip_unwanted(text: str) -> str:
    """``text`` without characters that are never part of a text."""
    # Nearly all texts have none, and counting what is wanted takes a third of the time of looking
    # for what is not.
    return text if _WANTED.fullmatch(text) else _UNWANTED.sub("", as_meant(text))


def encodable(text: str) -> str:
    """``text`` without half a character, which JSON can name and no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def as_meant(text: str) -> str:
    """``text`` with the quotation marks and dashes that a wrong encoding made controls of."""
    return text.translate(_MEANT) if _MAY_BE_MEANT.search(text) else text


def tidy(value: str) -> str:
    """``value`` as one line, without what is not text."""
    if not value.isprintable():
        value = _BREAKS.sub(" ", strip_unwanted(value))
    return value.strip()


def one_line(text: str) -> str:
    """``text`` as one line; what a page had escaped twice is read twice."""
    return " ".join(html.unescape(text).split())


def quoted(text: str) -> str:
    """``text`` as a message names it: on one line of no more than 60 characters, in quotes."""
    text = tidy(text)
    return f"'{text if len(text) <= 60 else text[:59] + '…'}'"


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The one of ``known`` of which ``word`` is likeliest a slip; empty if none is near.

    ``cutoff``: how alike they must be, 0–1.
    """
    import difflib  # takes long to load, and is needed for faults alone

    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=cutoff)), "")


def fold_term(text: str) -> str:
    """What two spellings of a term, as of a tag, have in common."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())

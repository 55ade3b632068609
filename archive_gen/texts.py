"""What is text at all, and a value as one line of it."""

from __future__ import annotations

import re
import unicodedata

# Controls, half surrogates, byte order marks, non-characters (urls.ROOT is one): never text.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_BREAKS = re.compile(r"(?<![ \t])[ \t]*[\n\r\t\u2028\u2029]\s*")


def strip_unwanted(text: str) -> str:
    """``text`` without characters that are never part of a text."""
    return _UNWANTED.sub("", text)


def tidy(value: str) -> str:
    """``value`` as one line, without what is not text."""
    if not value.isprintable():
        value = _BREAKS.sub(" ", strip_unwanted(value))
    return value.strip()


def quoted(text: str) -> str:
    """``text`` as a message names it: on one line of no more than 60 characters, in quotes."""
    text = tidy(text)
    return f"'{text if len(text) <= 60 else text[:59] + '…'}'"


def fold_term(text: str) -> str:
    """What two spellings of a term, as of a tag, have in common."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())

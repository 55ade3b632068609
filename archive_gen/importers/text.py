"""A text file: one page, one text block a line."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import charset_normalizer

from archive_gen.article import RawDocument
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(path: Path) -> Iterator[RawDocument | Problem]:
    """The one document of a text file."""
    data = path.read_bytes()
    text = decode(data)
    if text is None or "\0" in text:
        hint = "save it as UTF-8, or leave it out if it is no text at all"
        yield Problem(str(path), 0, "can't be read as text", hint)
    else:
        yield RawDocument(name=str(path), data=data, text=text)


def decode(data: bytes) -> str | None:
    """``data`` as text with plain line feeds; None if no encoding fits.

    A byte order mark decides, then UTF-8 if it is valid, then the likeliest old encoding.
    """
    named = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(named)
    except UnicodeDecodeError:
        guess = charset_normalizer.from_bytes(data).best()
        if guess is None:
            return None
        text = str(guess)
    return text.replace("\r\n", "\n").replace("\r", "\n")

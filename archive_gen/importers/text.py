"""A text file: one page, one text block a line; or many articles, as a press database, a blog or a
person writes them."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import TYPE_CHECKING

from archive_gen import importers
from archive_gen.article import RawDocument
from archive_gen.importers import csv_table, html, json_lines, sgml
from archive_gen.importers.base import ADDRESSES, LeftOut, of_one_document
from archive_gen.importers.encodings import decode
from archive_gen.importers.press_databases.documents import of_press
from archive_gen.importers.texts.browser_prints import read_print, with_headline
from archive_gen.importers.texts.joined import one_text, parted
from archive_gen.importers.texts.literals import bytes_meant, text_meant
from archive_gen.importers.texts.movable_type import entries
from archive_gen.importers.texts.printed import in_one, is_in_columns
from archive_gen.problems import Problem
from archive_gen.urls import is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.importers.base import Found, Importer


_BREAK = re.compile("[\v\u2028\u2029]")
"""Ends of lines and paragraphs as word processors and the Mac's editors write them."""
_LIGATURE = re.compile("[\ufb00-\ufb06]")
"""One sign for two letters (``ﬁ``), as programs find it in a PDF."""
_COLUMNS = "columns stand side by side in its lines, which are read across"
_NO_COLUMNS = "make the text again without them: pdftotext FILE, without -layout"
_TEXT_FOR_EACH_NUL = 100
"""Characters: a program or a disk may leave a zero byte in a text, other files are full of them."""
_OF_NO_TEXT = re.compile("[\x01-\x08\x0e-\x19\x1c-\x1f\x7f\ufffd]")


@of_one_document
def read(name: str, data: bytes) -> Iterator[Found]:
    """The one document of a text file, or all that somebody put into it.

    Programs name what they write ``.txt``, too, when it is a web page, records or a table.
    """
    meant = bytes_meant(data)
    if importers.is_html(meant):
        yield from html.read(name, io.BytesIO(data))
        return
    if sgml.begins(meant):
        yield from sgml.read(name, io.BytesIO(meant))
        return
    text = _decoded(meant)
    if text and (importer := _importer_of_records(text)):
        yield from importer(name, io.BytesIO(data))
        return
    text = text_meant(text) if text else text
    if text is None:
        hint = "save it as UTF-8, or leave it out if it is no text at all"
        yield Problem(name, 0, "can't be read as text", hint)
    elif not text.strip():
        yield Problem(name, 0, "is empty", "leave it out")
    elif _are_addresses(text):
        yield LeftOut(ADDRESSES, name)
    else:
        yield from _articles(name, data, text)


def articles(name: str, text: str) -> Iterator[Found]:
    """The same for a text that was found in a file of another form."""
    data = _tidy(text).encode("utf-8", "replace")
    yield from _articles(name, data, data.decode("utf-8"))


def _articles(name: str, data: bytes, text: str) -> Iterator[Found]:
    yield from list(_several(name, data, text)) or _one(name, data, text)


def _importer_of_records(text: str) -> Importer | None:
    """What reads a text of records or a table that a spreadsheet parted by tabs."""
    if json_lines.is_record(text):
        return json_lines.read
    return csv_table.read if csv_table.has_header(text) else None


def _are_addresses(text: str) -> bool:
    first, *more = text.split(maxsplit=1)
    return bool(more) and is_web_address(first) and all(map(is_web_address, more[0].split()))


def _several(name: str, data: bytes, text: str) -> Iterator[Found]:
    """What is in a text that holds many articles; nothing of one that is an article."""
    yield from list(entries(name, text)) or list(of_press(name, text)) or parted(name, data, text)


def _one(name: str, data: bytes, text: str) -> Iterator[Found]:
    yield _printed(name, data, text) or one_text(name, data, in_one(text))
    if is_in_columns(text):
        yield Problem(name, 0, _COLUMNS, _NO_COLUMNS)


def _printed(name: str, data: bytes, text: str) -> RawDocument | None:
    """The page that a browser printed, with what it says around the sheets."""
    found = read_print(text)
    if found is None:
        return None
    headline, lines = with_headline(in_one(found.text).split("\n"), found.title)
    told = {"url": found.address, "title": headline}
    known = {name: value for name, value in told.items() if value}
    return RawDocument(
        name=name,
        data=data,
        text="\n".join(lines),
        known=known,
        crawled=found.day,
        origins=dict.fromkeys(known, "what the browser printed around the page"),
    )


def _decoded(data: bytes) -> str | None:
    """``data`` as text, without zero bytes if all else is plainly text; None if it is none."""
    text = decode(data)
    text = _tidy(text) if text else text
    nuls = text.count("\0") if text else 0
    if not text or not nuls:
        return text
    if nuls * _TEXT_FOR_EACH_NUL > len(text) or _OF_NO_TEXT.search(text):
        return None
    return text.replace("\0", "")


def _tidy(text: str) -> str:
    return _LIGATURE.sub(_apart, _BREAK.sub("\n", text))


def _apart(ligature: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", ligature[0])

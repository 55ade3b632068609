"""Newswire in SGML, as research keeps it: Reuters-21578, the collections of TREC, Gigaword.

Each article is a ``<DOC>`` or a ``<REUTERS>``, which begins with a line. Elements are named in
capitals; some files never close theirs, and none declares what it holds.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, BinaryIO

from archive_gen.importers.base import MAX_DOCUMENT, LeftOut, damaged, no_text
from archive_gen.importers.encodings import decode
from archive_gen.importers.records.record import document
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive_gen.importers.base import Found

_BEGINS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,99}(?:<!DOCTYPE[^<>]{0,200}>\s{0,99})?<(?:DOC|REUTERS)[\s>]"
)
_ARTICLE = (b"<DOC>", b"<DOC ", b"<REUTERS>", b"<REUTERS ")
_ENDS = (b"</DOC>", b"</REUTERS>")
_FIELDS = {
    "title": ("TITLE", "HEADLINE", "HEAD", "HL", "TI"),
    "date": ("DATE", "DATE_TIME", "DATE1", "DD"),
    "author": ("BYLINE", "AUTHOR"),
    "dateline": ("DATELINE",),
    "source": ("SO", "PUB"),
    "tags": ("TOPICS", "SUBJECT"),
}
"""Field → the elements that say it, as the collections call them."""
_TEXTS = ("TEXT", "BODY")
"""One of them may stand in the other, beside what is no text."""
_LEAD = ("LP",)
"""First paragraphs that the text does not say again."""
_FIELD = re.compile(rf"<({'|'.join(sum(_FIELDS.values(), ()))})>[^<]{{0,2000}}</\1>")
_TAG = re.compile(r"</?[A-Z][\w-]{0,30}(?:\s[^<>]{0,300})?/?>")
_PARAGRAPH = re.compile(r"</?[DP]>|\n[ \t]{0,99}(?=\n)|\n(?=[ \t]{2,99}\S)")
"""Where a paragraph begins, or a name in a list. Some files only indent its first line."""
_END = re.compile(r"\s(?:reuters?|end)\s{0,99}\Z", re.IGNORECASE)
_NUMBER = re.compile(r"<DOC(?:NO>|\s[^<>]{0,99}?id=\")\s{0,9}(\w[\w.-]{0,60})", re.IGNORECASE)
_DAY_OF_NUMBER = re.compile(r"(?:[A-Z]{2,5}|_)(\d{8}|\d{6})[.-]")
"""``AFP_ENG_20030408.0001``, ``AP880408-0001``."""
_YEAR = re.compile(r"\d{4}")
_DASHES = re.compile(r"\n[ \t]{0,99}-{3,20}[ \t]{0,99}(?=\n)")
_ISSUE = re.compile(r"^FT {1,3}\d\d [A-Z]{3} \d\d / ")
_BEHIND_NAME = re.compile(r" \(|, PAGE ")
_CENTURY = "19"
"""Of years with two digits: these collections were made in it."""
_FILLER = re.compile(r"\W|blah", re.IGNORECASE)
"""What Reuters-21578 has for the texts of messages that were a headline alone."""
_HEADLINES = "headlines without a text"


def begins(head: bytes) -> bool:
    """Whether a file that begins with ``head`` holds such articles."""
    return _BEGINS.match(head) is not None


def read(name: str, stream: BinaryIO) -> Iterator[Found]:
    """The document of each article, in their order; read article by article."""
    number = 0
    for number, (data, is_whole) in enumerate(_articles(stream), start=1):
        member = f"{name}#{number}"
        if len(data) > MAX_DOCUMENT:
            size = f"an article is larger than {MAX_DOCUMENT >> 20} MiB"
            yield Problem(member, 0, size, "leave it out; no article is as large as that")
            continue
        text = decode(data)
        yield no_text(member) if text is None else _document(member, text)
        if not is_whole:
            yield damaged(member, "its end is missing")
    if not number:
        yield Problem(name, 0, "is SGML without <DOC> and <REUTERS>", "save it as HTML")


def _articles(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """The bytes of each article, without those that are more than one may have; and whether it is
    closed."""
    lines: list[bytes] = []
    size = 0
    while line := stream.readline(MAX_DOCUMENT + 1):
        if line.lstrip(b"\xef\xbb\xbf \t").startswith(_ARTICLE):
            if lines:
                yield b"".join(lines), False
            lines, size = [], 0
        elif not lines:
            continue  # between two
        if size <= MAX_DOCUMENT:
            lines.append(line)
            size += len(line)
        if any(map(line.__contains__, _ENDS)):
            yield b"".join(lines), True
            lines = []
    if lines:
        yield b"".join(lines), False


def _document(name: str, article: str) -> Found:
    said = {field: _paragraphs(_first(article, names)) for field, names in _FIELDS.items()}
    title, signed = _headline(_first(article, _FIELDS["title"]))
    lead, text = _first(article, _LEAD), _innermost(article)
    paragraphs = _paragraphs(_FIELD.sub("", f"{lead}\n\n{text}"))
    if not _FILLER.sub("", " ".join(paragraphs)):
        return LeftOut(_HEADLINES, name)
    record: dict[str, object] = {field: " ".join(value) for field, value in said.items()}
    record |= {"title": title, "author": record["author"] or signed}
    record["source"] = _BEHIND_NAME.split(str(record["source"]))[0]
    record["date"] = _day(str(record["date"])) or _day_of_number(article) or record["date"]
    record["tags"] = said["tags"]
    if article.startswith("<REUTERS"):
        record["source"] = "Reuters"
    kind = "content_text" if record["title"] else "raw_text"
    return document(name, {**record, kind: _END.sub("", "\n\n".join(paragraphs))})


def _headline(written: str) -> tuple[str, str]:
    """A headline, and who is named below it: the Wall Street Journal has all of that in one, with
    dashes between, the Financial Times its issue before it."""
    title, *below = (" ".join(_paragraphs(part)) for part in _DASHES.split(written))
    signed = next((part for part in below if part.startswith("By ")), "")
    return _ISSUE.sub("", title), signed.partition(" Staff ")[0]


def _first(article: str, elements: Iterable[str]) -> str:
    """What stands in the first of such elements; all behind it where it is not closed."""
    for element in elements:
        start = re.search(rf"<{element}(?:\s[^<>]{{0,300}})?>", article)
        if start:
            return article[start.end() :].partition(f"</{element}>")[0]
    return ""


def _innermost(article: str) -> str:
    texts = filter(None, (_first(article, (element,)) for element in _TEXTS))
    return min(texts, key=len, default="")


def _paragraphs(text: str) -> list[str]:
    parts = (html.unescape(_TAG.sub(" ", part)) for part in _PARAGRAPH.split(text))
    return [line for part in parts if (line := " ".join(part.split()))]


def _day(written: str) -> str:
    """A date as it is written; ``910514`` of the last century as others have it."""
    if len(written) == 6 and written.isdecimal():
        return f"{_CENTURY}{written}" if written[:2] > "31" else ""
    return written if _YEAR.search(written) else ""


def _day_of_number(article: str) -> str:
    number = _NUMBER.search(article)
    day = _DAY_OF_NUMBER.search(number[1]) if number else None
    return _day(day[1]) if day else ""

"""What a scraper or a mail program wrote above a text: ``URL: …``, ``Title: …``, ``Date: …``."""

from __future__ import annotations

import dataclasses
import json
import re
from email.utils import parseaddr
from typing import TYPE_CHECKING, NamedTuple

from archive_gen import importers
from archive_gen.article import RawDocument
from archive_gen.importers.records.column_names import in_english
from archive_gen.importers.records.record import document, states_value
from archive_gen.importers.texts.marked import shown
from archive_gen.urls import is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FIELD = re.compile(r"(?P<name>[^\W\d_][\w -]{0,30}?)\s?[:：]\s*(?P<value>.*)")
_FENCED = re.compile(r"\A---[ \t]{0,9}\n((?:[^\n]{1,5000}\n){1,40}?)---[ \t]{0,9}(?=\n)")
"""Fields between two lines, as trafilatura has them above a text: values are quoted or not."""
_QUOTED = re.compile(r'^([^\W\d_][\w -]{0,30}: )("[^\n]*")$', re.MULTILINE)
_ABOVE_MARKDOWN = re.compile(
    r"\A\s*((?:[^\W\d_][\w -]{0,30}: [^\n]{0,5000}(?:\r?\n){1,3}){1,9})Markdown Content:[ \t]*\r?\n"
)
"""Fields with blank lines between them, as Jina Reader has them above a page in Markdown."""
_HEADLINE = re.compile(r"^# +([^\n]+)$", re.MULTILINE)
_MOST_LINES = 40
_MOST_WORDS = 3
"""Of the name of a field."""
_MOST_UNKNOWN = 12
"""Words of a line with a field of no name that we know; more may be of the story."""
_OF_MAIL = {
    **dict.fromkeys(("subject", "betreff", "objet", "asunto", "oggetto", "тема"), "title"),
    **dict.fromkeys(("sent", "gesendet", "envoyé", "enviado", "inviato", "отправлено"), "date"),
    **dict.fromkeys(("from", "von", "de", "da", "от"), "sender"),
    **dict.fromkeys(("to", "cc", "bcc", "an", "à", "para", "a", "кому", "reply-to"), "recipient"),
    "by": "author",
}
"""Names that mail programs write → names of ours."""
_OF_NO_RECORD = frozenset(("sender", "recipient"))
_OF_TEXTS = frozenset(("name", "lead", "site", "place"))
"""Names of fields with which lines of texts begin, too."""


class _Field(NamedTuple):
    """A line above a text."""

    at: int
    """Its index."""
    name: str
    """As ``records`` knows it, where it does."""
    value: str


def with_head_read(found: RawDocument) -> RawDocument | None:
    """``found``, a text, with what the fields above it say; None if neither address nor headline
    is there.

    The lines of these fields are blank then, but for the headline, which is looked for in the text.
    What stands below them may be HTML.
    """
    lines = _with_fields_first(found.text).split("\n")
    head = _head(lines)
    told = [field for field in head if _is_known(field.name)]
    fields = {field.name: field.value for field in reversed(told) if field.value}
    if not ("url" in fields or ("title" in fields and len(fields) > 1)):
        return None
    below = "\n".join(lines[head[-1].at + 1 :])
    for field in told:
        lines[field.at] = field.value if field.name == "title" else ""
    sender = parseaddr(fields.get("sender", ""))[0]
    if sender and "@" not in sender:
        fields.setdefault("source", sender)
    text = {"body": below} if importers.is_html(below.encode()) else {"raw_text": "\n".join(lines)}
    read = document(found.name, {**fields, **text})
    if not isinstance(read, RawDocument):
        return None
    return dataclasses.replace(
        read,
        data=found.data,
        known={**read.known, **found.known},
        origins={**dict.fromkeys(read.known, "a field above the text"), **found.origins},
        crawled=found.crawled or read.crawled,
    )


def are_above_markdown(text: str) -> bool:
    """Whether ``text`` is a page in Markdown below fields that say so."""
    return bool(_ABOVE_MARKDOWN.match(text))


def _with_fields_first(text: str) -> str:
    """``text`` with the fields above it one a line, and nothing around them."""
    if page := _ABOVE_MARKDOWN.match(text):
        below = shown(text[page.end() :])
        fields = [field for field in page[1].splitlines() if field]
        if headline := _HEADLINE.search(text, page.end()):
            # The title of a page goes on with the name of its site.
            title = f"Title: {headline[1].strip()}"
            fields = [title if field.startswith(f"{title} ") else field for field in fields]
        return "\n".join([*fields, "", below])
    return _FENCED.sub(lambda head: f"\n{_QUOTED.sub(_unquoted, head[1])}\n", text)


def _unquoted(field: re.Match[str]) -> str:
    """A field whose value is a string of JSON, with what that says; any other as it is."""
    try:
        value = json.loads(field[2])
    except ValueError:
        return field[0]
    return field[1] + " ".join(value.split())


def _is_known(name: str) -> bool:
    return name in _OF_NO_RECORD or (states_value(name) and name.casefold() not in _OF_TEXTS)


def _head(lines: Sequence[str]) -> list[_Field]:
    """The fields in the first lines, above the first line that is none."""
    found = list(_fields(lines[:_MOST_LINES]))
    names = in_english(_OF_MAIL.get(name.casefold(), name) for _, name, _ in found)
    return [_Field(i, name.casefold(), v) for (i, _, v), name in zip(found, names, strict=True)]


def _fields(lines: Sequence[str]) -> Iterator[_Field]:
    begun = False
    for index, line in enumerate(lines):
        text = line.strip()
        field = _FIELD.fullmatch(text)
        if not begun and is_web_address(text):
            yield _Field(index, "url", text)
        elif field and len(field["name"].split()) <= _MOST_WORDS and _may_be(field):
            yield _Field(index, field["name"].strip(), field["value"])
        elif begun or text:
            return
        begun = begun or bool(text)


def _may_be(field: re.Match[str]) -> bool:
    known = _is_known(_OF_MAIL.get(field["name"].casefold(), in_english([field["name"]])[0]))
    return known or len(field["value"].split()) <= _MOST_UNKNOWN

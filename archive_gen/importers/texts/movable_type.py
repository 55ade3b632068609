"""What Movable Type and TypePad export: entries as text, parted by lines of eight dashes, and their
parts by lines of five. https://movabletype.org/documentation/appendices/import-export-format.html
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from archive_gen.importers.base import LeftOut
from archive_gen.importers.cms_exports import COMMENTS, DRAFTS, as_page
from archive_gen.importers.records.record import document
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.article import RawDocument

_BEGINS = ("AUTHOR:", "TITLE:")
_HAS = "\n-----\nBODY:\n"
_ENTRY = re.compile(
    r"^--------[ \t]*$(?=\n*(?:\Z|(?:AUTHOR|TITLE|BASENAME|STATUS|DATE|UNIQUE URL):))", re.MULTILINE
)
"""The line after an entry; any other like it is a rule in a text."""
_PART = re.compile(r"^-----[ \t]*\n(?=(?:BODY|EXTENDED BODY|EXCERPT|KEYWORDS|COMMENT|PING):)", re.M)
_SAID = re.compile(r"^([A-Z][A-Z ]{2,20}):[ \t]*(\S.*)$", re.MULTILINE)
_RULE = "-----"
_OF_READERS = ("COMMENT", "PING")
_AS_WRITTEN = ("0", "none", "richtext")
"""Texts whose lines are not to be made paragraphs."""
_IN_TEXTILE = re.compile(r"^CONVERT BREAKS:[ \t]*textile", re.MULTILINE | re.IGNORECASE)
_NO_TEXTILE = 'look for h2. and bq. at the beginning of lines, and for "words":address'
_WHEN = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M")


def entries(name: str, text: str) -> Iterator[RawDocument | Problem | LeftOut]:
    """The entries of such an export; none of any other text. Drafts and what readers wrote are
    left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff\n ")
    if not (text.startswith(_BEGINS) and _HAS in text):
        return
    in_textile = 0
    for number, entry in enumerate(filter(str.strip, _ENTRY.split(text)), start=1):
        yield from _entry(f"{name}#{number}", entry)
        in_textile += bool(_IN_TEXTILE.search(entry))
    if in_textile:
        message = f"{in_textile} entries are in Textile, whose marks stay in their texts"
        yield Problem(name, 0, message, _NO_TEXTILE)


def _entry(name: str, entry: str) -> Iterator[RawDocument | Problem | LeftOut]:
    head, *parts = _PART.split(entry.rstrip().removesuffix(_RULE))
    said = _SAID.findall(head)
    values = dict(reversed(said))
    if values.get("STATUS", "Publish").lower() != "publish":
        yield LeftOut(DRAFTS, name)
        return
    named = [part.partition(":") for part in parts]
    texts = {key: text.strip() for key, _, text in reversed(named)}
    terms = [value for key, value in said if key.endswith("CATEGORY")]
    tags = values.get("TAGS") or texts.get("KEYWORDS", "").replace("\n", ",")
    terms += [tag.strip('" ') for tag in tags.split(",")]
    record = {
        "title": values.get("TITLE"),
        "author": values.get("AUTHOR"),
        "date": _day(values.get("DATE", "")),
        "url": values.get("UNIQUE URL"),
        "tags": [term for term in terms if term],
        "summary": texts.get("EXCERPT"),
    }
    body = "\n\n".join(filter(None, (texts.get("BODY"), texts.get("EXTENDED BODY"))))
    kind = values.get("CONVERT BREAKS", "1").lower()
    if "markdown" in kind:
        yield document(name, {**record, "markdown": body})
    else:
        html = body if kind in _AS_WRITTEN else as_page(body)
        yield document(name, {**record, "content_html": html})
    for key, _, _ in named:
        if key in _OF_READERS:
            yield LeftOut(COMMENTS, name)


def _day(written: str) -> str:
    """A date as such exports have it, the month first."""
    for form in _WHEN:
        try:
            return datetime.datetime.strptime(written.strip(), form).isoformat()
        except ValueError:
            continue
    return written  # which the other dates of its source may tell

"""A page of Medium's export: below the story it says who wrote it, when, and where it stood."""

from __future__ import annotations

import dataclasses
import re
from html import unescape
from typing import TYPE_CHECKING

from archive_gen.importers.base import LeftOut
from archive_gen.importers.cms_exports import DRAFTS
from archive_gen.importers.records.record import known_values

if TYPE_CHECKING:
    from archive_gen.article import RawDocument
    from archive_gen.importers.base import Found

_BEGINS = "<footer><p>"
_ENDS = 'Exported from <a href="https://medium.com"'
_LONGEST = 4000
"""Characters of a foot."""
_WHEN = re.compile(r'<time class="dt-published" datetime="([^"]{4,40})"')
_WHO = re.compile(r'class="p-author h-card">([^<>]{1,200})</a>')
_WHERE = re.compile(r'<a href="([^"<>]{1,2000})" class="p-canonical"')


def with_foot(document: RawDocument) -> Found:
    """``document`` with what its foot says, if it is such a page; a draft is left out."""
    foot = _foot(document.text)
    if not foot:
        return document
    found = (mark.search(foot) for mark in (_WHEN, _WHO, _WHERE))
    when, who, where = (unescape(match[1]) if match else "" for match in found)
    if not when:
        return LeftOut(DRAFTS, document.name)
    known = known_values({"date": when, "authors": [who], "url": where})
    return dataclasses.replace(document, known=known)


def _foot(text: str) -> str:
    """What stands below the story; nothing if it is no such page."""
    end = text.rfind(_ENDS)
    start = text.rfind(_BEGINS, max(0, end - _LONGEST), end) if end >= 0 else -1
    foot = text[start:end] if start >= 0 else ""
    return "" if "</footer>" in foot else foot

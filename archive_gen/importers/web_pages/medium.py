"""A page of Medium's export: below the story it says who wrote it, when, and where it stood."""

from __future__ import annotations

import dataclasses
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from archive_gen.article import ARTICLE, HTML
from archive_gen.importers.base import LeftOut
from archive_gen.importers.cms_exports import COMMENTS, DRAFTS
from archive_gen.importers.own_html import classes, parsed, written
from archive_gen.importers.records.record import known_values

if TYPE_CHECKING:
    from archive_gen.article import RawDocument
    from archive_gen.importers.base import Found

_BEGINS = "<footer>"
_ENDS = 'Exported from <a href="https://medium.com"'
_LONGEST = 4000
"""Characters of a foot."""
_WHEN = re.compile(r'<time class="dt-published" datetime="([^"]{4,40})"')
_WHO = re.compile(r'class="p-author h-card">([^<>]{1,200})</a>')
_WHERE = re.compile(r'<a href="([^"<>]{1,2000})" class="p-canonical"')
_ABOUT = re.compile(r'class="p-tag">([^<>]{1,200})</a>')
_TITLE, _SUMMARY, _STORY = ".//h1", './/*[@class="p-summary"]', './/*[@class="e-content"]'
_OF_TITLE = "graf--title"
_NOT_OF_STORY = frozenset((_OF_TITLE, "graf--subtitle", "graf--mixtapeEmbed"))


def with_foot(document: RawDocument) -> Found:
    """``document`` with what such a page says of its story, which is all of the article; drafts
    and answers to others are left out, and any other page stays as it is."""
    foot = _foot(document.text)
    if not foot:
        return document
    found = (mark.search(foot) for mark in (_WHEN, _WHO, _WHERE))
    when, who, where = (unescape(match[1]) if match else "" for match in found)
    if not when:
        return LeftOut(DRAFTS, document.name)
    root = parsed(document.text)
    body = root.find(_STORY)
    title, summary = _said(root, _TITLE), _said(root, _SUMMARY)
    tags = list(map(unescape, _ABOUT.findall(foot)))
    known = known_values({"date": when, "authors": [who], "url": where, "tags": tags})
    if body is None:
        return dataclasses.replace(document, known=known)
    if _is_answer(body, title):
        return LeftOut(COMMENTS, document.name)
    known |= known_values({"title": title, "summary": summary})
    return dataclasses.replace(document, text=_text(body), media_type=HTML + ARTICLE, known=known)


def _is_answer(body: Any, title: str) -> bool:
    """Whether it is a remark on another story: it has no headline, and so its first words are told
    as one; and it shows nothing."""
    if any(_OF_TITLE in element.get("class", "") for element in body.iter("h2", "h3", "h4")):
        return False
    words = " ".join(body.text_content().split())
    begins = title.rstrip(" .…")
    return bool(begins) and words.startswith(begins) and body.find(".//figure") is None


def _text(body: Any) -> str:
    """The story as HTML, without what is told above it, and boxes with links to other ones."""
    for element in list(body.iter("h2", "h3", "h4", "div")):
        if not _NOT_OF_STORY.isdisjoint(classes(element)):
            element.drop_tree()
    return written(body)


def _said(root: Any, path: str) -> str:
    return " ".join(str(root.findtext(path) or "").split())


def _foot(text: str) -> str:
    """What stands below the story; nothing if it is no such page."""
    end = text.rfind(_ENDS)
    start = text.rfind(_BEGINS, max(0, end - _LONGEST), end) if end >= 0 else -1
    foot = text[start:end] if start >= 0 else ""
    return "" if "</footer>" in foot else foot

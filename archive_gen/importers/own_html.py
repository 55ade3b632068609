"""An article's own HTML as a tree, for what a system does to it beside its text."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from archive_gen.texts import strip_unwanted

_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_END = re.compile(r"</(?:p|h[1-6]|li|td|th)>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def parsed(text: str) -> Any:
    """An element that holds what ``text`` does, mended where it is broken."""
    from lxml import html  # takes long to load, and few exports need it

    page = f"<html><body>{strip_unwanted(text)}</body></html>"
    body = html.document_fromstring(page).find("body")
    body.tag = "div"
    return body


def written(element: Any) -> str:
    """``element`` as HTML, without what follows it."""
    from lxml import etree

    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def classes(element: Any) -> set[str]:
    """The names of its classes."""
    return set(element.get("class", "").split())


def as_lines(text: str) -> str:
    """The text of a document of a word processor, a blank line between its paragraphs."""
    body = " ".join(text[max(text.find("<body"), 0) :].split())
    return unescape(_TAG.sub("", _END.sub("\n\n", _BREAK.sub("\n", body))))

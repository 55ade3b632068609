"""A post of Substack's export: the HTML of its page, with what asks readers to subscribe."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from archive_gen.importers.own_html import classes, parsed, written

_NOT_OF_STORY = frozenset(
    "subscription-widget-wrap-editor subscription-widget-wrap subscription-widget button-wrapper "
    "captioned-button-wrap embedded-post-wrap embedded-publication-wrap digest-post-embed "
    "community-chat install-substack-app-embed poll-embed".split()
)
_ANCHOR, _NUMBER, _NOTE = "footnote-anchor", "footnote-number", "footnote-content"
_QUOTE, _GALLERY = "pullquote", "image-gallery-embed"
_KNOWN = _NOT_OF_STORY | {_ANCHOR, _NUMBER, _NOTE, _QUOTE, _GALLERY}


def as_story(text: str) -> str:
    """``text`` without its boxes and buttons: notes have their numbers in brackets, as where they
    are called, pulled quotes are quotes, and galleries figures."""
    body = parsed(text)
    for element in list(body.iter("div", "p", "a")):
        kinds = _KNOWN & classes(element)
        if kinds & _NOT_OF_STORY:
            element.drop_tree()
        elif _ANCHOR in kinds:
            element.text = f"[{element.text_content().strip()}]"
        elif _NUMBER in kinds:
            _number(element)
        elif _QUOTE in kinds:
            element.tag = "blockquote"
        elif _GALLERY in kinds:
            element.append(parsed(_figures(element.get("data-attrs", ""))))
    return written(body)


def _number(mark: Any) -> None:
    """Put the number of a note before its first words."""
    note = mark.getnext()
    first = note if note is None or len(note) == 0 else note[0]
    if first is not None:
        first.text = f"[{mark.text_content().strip()}] {(first.text or '').lstrip()}"
        mark.drop_tree()


def _figures(attributes: str) -> str:
    """The pictures of a gallery; the first has the caption of all."""
    try:
        gallery = json.loads(attributes)["gallery"]
        sources = [str(image["src"]) for image in gallery["images"]]
        caption = escape(str(gallery.get("caption") or ""))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ""
    captions = [caption, *[""] * len(sources)]
    return "".join(
        f'<figure><img src="{escape(source)}"><figcaption>{said}</figcaption></figure>'
        for source, said in zip(sources, captions, strict=False)
    )

"""The text of an article as Drupal stores it: HTML, in which its editors put pictures by number."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from archive_gen.importers.records.figures import figure, json_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN = re.compile(r"\[\[\{[^\[\]]{0,4000}(?:\[[^\[\]]{0,1000}\][^\[\]]{0,4000}){0,9}\}\]\]")
_ASSISTED = re.compile(r"\[img_assist\|[^\[\]]{0,1000}\]")
"""What modules of Drupal 7 and before replace by a picture."""
_CAPTIONED = re.compile(
    r"<(?:img|drupal-media|drupal-entity)\b[^<>]*\bdata-caption=\"([^\"]*)\"[^<>]*>"
)
_FILES = "public://"
_FOLDER = "sites/default/files/"
"""Where a site has such files, as long as nobody moved them."""


def as_page(text: str) -> str:
    """``text`` with its captions, which stand in attributes, and without marks of modules."""
    text = _ASSISTED.sub("", _TOKEN.sub("", text)) if "[" in text else text
    return _CAPTIONED.sub(_with_caption, text)


def _with_caption(shown: re.Match[str]) -> str:
    return f"<figure>{shown[0]}<figcaption>{unescape(shown[1])}</figcaption></figure>"


def pictures(fields: Mapping[str, Any]) -> str:
    """The pictures that a story shows above its text, as a database tells them."""
    told = json_of(fields.get("shownpictures"), list) or []
    rows = [row for row in told if isinstance(row, dict)]
    return "".join(
        figure(
            str(row.get("uri") or "").replace(_FILES, _FOLDER),
            str(row.get("title") or ""),
            str(row.get("alt") or ""),
        )
        for row in rows
    )

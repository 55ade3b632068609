"""The text of an article as Joomla stores it: HTML, with tags in braces that its plugins replace.

Only tags of plugins are known here; any other brace is the writer's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archive_gen.importers.records.figures import figure, json_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILES = "gallery|youtube|vimeo|mp3|mp4|flv|audio|dailymotion"
"""Tags that enclose the name of a folder or a file, which nobody was to read."""
_TAGS = re.compile(
    rf"\{{({_FILES})(?:[ =][^{{}}<>\n]{{0,200}})?\}}[^{{}}<>\n]{{0,500}}\{{/\1\}}"
    r"|\{(?:(?:mos)?loadposition|loadmodule(?:id)?) [^{}<>\n]{1,200}\}"
    r"|\{jcomments (?:on|off|lock)\}|\{mosimage\}|\{mospagebreak(?: [^{}<>\n]{1,200})?\}"
    r"|\{emailcloak=(?:on|off)\}",
    re.IGNORECASE,
)

_PLACES = ("image_fulltext", "image_intro")
"""Joomla shows the first above an article, and the other one in lists."""


def as_page(text: str) -> str:
    """``text`` without the tags of plugins. The names of pictures are not in a ``{gallery}``."""
    return _TAGS.sub("", text)


def pictures(fields: Mapping[str, Any]) -> str:
    """The picture above an article, and that of K2, of which the database has the words alone."""
    told = json_of(fields.get("images"), dict) or {}
    place = next((place for place in _PLACES if told.get(place)), "")
    if place:
        source, alt, caption = (
            str(told.get(place + key) or "") for key in ("", "_alt", "_caption")
        )
        return figure(source.partition("#")[0], caption, alt)
    said = (str(fields.get(key) or "") for key in ("imagecaption", "imagecredits"))
    return figure("", " Photo: ".join(filter(None, said)))

"""The text of an article as Joomla stores it: HTML, with tags in braces that its plugins replace.

Only tags of plugins are known here; any other brace is the writer's.
"""

from __future__ import annotations

import re

_FILES = "gallery|youtube|vimeo|mp3|mp4|flv|audio|dailymotion"
"""Tags that enclose the name of a folder or a file, which nobody was to read."""
_TAGS = re.compile(
    rf"\{{({_FILES})(?:[ =][^{{}}<>\n]{{0,200}})?\}}[^{{}}<>\n]{{0,500}}\{{/\1\}}"
    r"|\{(?:(?:mos)?loadposition|loadmodule(?:id)?) [^{}<>\n]{1,200}\}"
    r"|\{jcomments (?:on|off|lock)\}|\{mosimage\}|\{mospagebreak(?: [^{}<>\n]{1,200})?\}"
    r"|\{emailcloak=(?:on|off)\}",
    re.IGNORECASE,
)


def as_page(text: str) -> str:
    """``text`` without the tags of plugins. The names of pictures are not in a ``{gallery}``."""
    return _TAGS.sub("", text)

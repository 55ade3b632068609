"""The name of the site, as it ends titles and captions: ``… - Sputnik International``.

Its host stands in for it where nothing tells it.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from archive_gen.cleaning.phrases import fold
from archive_gen.urls import host, is_folder_of_host

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive_gen.article import RawDocument
    from archive_gen.cleaning.base import Block

_SUFFIX = re.compile(r"^(.+\S)\s+[-–—|·•]\s+([^-–—|·•\d.:,!?]{2,40})$")
_SEPARATOR = re.compile(r"[-–—|·•](?<=\s.)\s")
"""By the sign first, of which most lines have none."""
_LONGEST = 43
"""Characters of the longest suffix, separator and spaces with it."""


def find_site(blocks: Sequence[Block]) -> str:
    """The suffix that two lines share, or one line has and another begins with."""
    endings: Counter[str] = Counter()
    for text, times in Counter([block.text for block in blocks]).items():
        if not _SEPARATOR.search(text, max(0, len(text) - _LONGEST)):
            continue
        match = _SUFFIX.match(text)
        if match and len(match[2].split()) <= 5 and match[2][0] == match[2][0].upper():
            endings[match[2]] += times
    keys = "\n".join(["", *[block.key for block in blocks], ""]) if endings else ""
    support = {name: count + _begins_a_line(name, keys) for name, count in endings.items()}
    best = max(support, key=lambda name: (support[name], len(name)), default="")
    return best if best and support[best] >= 2 else ""


def stem(text: str, site: str) -> str:
    """``text`` without the site's suffix; empty if it has none."""
    match = _SUFFIX.match(text) if site and text.endswith(site) else None
    return match[1] if match and match[2] == site else ""


def _begins_a_line(name: str, keys: str) -> bool:
    key = fold(name)
    return f"\n{key}\n" in keys or f"\n{key} " in keys


def find_host(raw: RawDocument, address: str = "") -> tuple[str, str]:
    """The host of a page and where it stands; both empty if nothing tells it.

    Crawlers save the pages of a host in a folder of its name.
    """
    if name := host(address):
        return name, "address"
    folder = PurePosixPath(raw.folder.replace("#", "/")).name.lower()
    if is_folder_of_host(folder):
        return folder.removeprefix("www."), "folder"
    return "", ""

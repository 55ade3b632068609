"""The folder that a browser saves beside a page: ``Story_files`` beside ``Story.html``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_OF_PAGE = re.compile(r"(.+)[_.-][^\W\d_]+")
_PAGES = ("html", "htm", "xhtml")


def stems_of_pages(names: Iterable[str]) -> set[str]:
    """The names of the web pages among files, without their endings."""
    parts = (name.rpartition(".") for name in names)
    return {stem for stem, _, ending in parts if stem and ending.lower() in _PAGES}


def is_of_page(folder: str, stems: Collection[str]) -> bool:
    """Whether a browser made the folder, in any language, beside one of the pages."""
    match = _OF_PAGE.fullmatch(folder)
    return match is not None and match[1] in stems

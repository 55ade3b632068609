"""The host of a page, which stands in for the name of its site where nothing tells it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from archive_gen.urls import host

if TYPE_CHECKING:
    from archive_gen.article import RawDocument

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# Of a folder's name the end must be one that folders hardly have otherwise.
_FOLDER = re.compile(
    rf"(?:{_LABEL}\.){{1,4}}(?:com|org|net|info|news|edu|gov|biz|(?:com?|net|org|gov|edu|ac)\.[a-z]{{2}})"
    rf"|www\.(?:{_LABEL}\.){{1,3}}[a-z]{{2,18}}"
)


def find_host(raw: RawDocument, address: str = "") -> tuple[str, str]:
    """The host of a page and where it stands; both empty if nothing tells it.

    Crawlers save the pages of a host in a folder of its name.
    """
    if name := host(address):
        return name, "address"
    folder = PurePosixPath(raw.folder.replace("#", "/")).name.lower()
    if _FOLDER.fullmatch(folder):
        return folder.removeprefix("www."), "folder"
    return "", ""

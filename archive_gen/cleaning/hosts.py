"""The host of a page, which stands in for the name of its site where nothing tells it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from archive_gen.urls import host, is_folder_of_host

if TYPE_CHECKING:
    from archive_gen.article import RawDocument


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

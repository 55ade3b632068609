"""Pages of a mirrored site, as wget, HTTrack and others lay them out: ``HOST/PATH`` in a folder.

What a page was at tells of its day, and where its links lead, and old addresses lead
to the archive by it. A page that states its address itself knows better.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from archive_gen.article import HTML, RawDocument
from archive_gen.importers.base import LeftOut
from archive_gen.importers.copies import as_copy, joined, stated_address
from archive_gen.importers.list_pages import LISTS, is_list
from archive_gen.importers.records.record import known_values
from archive_gen.urls import is_folder_of_host, is_web_address

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from archive_gen.importers.base import Found

_ENTRIES = "entries of feeds beside the pages"
_FEEDS = (".xml", ".rss", ".atom")
_ORIGIN = "the folder of its host"
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,18}")
_OF_COPY = re.compile(
    r"(?:m|mobile|amp|wap)\.(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,18}|(?:amp|print|printable)(?:\.html?)?"
    r"|[^?@]{1,200}[?@](?:amp|print|printable|outputtype=amp)(?:=[^&=]{0,9})?(?:\.html?)?",
    re.IGNORECASE,
)
"""Names of hosts, folders and files of pages for phones and for printing."""
_INDEX = re.compile(r"index\.html?(?=\?|$)", re.IGNORECASE)
_QUERY = re.compile(r"@(?=[\w-]{1,40}=)")
"""Windows keeps no question mark in a name: wget writes this one."""
_ENDING = ".html"
_OF_PROGRAM = re.compile(r"\?|\.(?:php\d?|aspx?|jsp|cgi|cfm|pl)$", re.IGNORECASE)
"""What no name has to which a server gave that ending: ``wget -E`` gives it to every page."""


def is_of_copy(file: Path) -> bool:
    """Whether a file is named as one of a page for phones or for printing."""
    return any(map(_OF_COPY.fullmatch, file.parts))


def as_mirrored(item: Found, file: Path, folders: Collection[Path]) -> Found:
    """``item``, found in ``file``; a page of a mirror with the address at which it was.

    Left out is what only leads to stories, and what a feed says of them. Of ``folders`` a person
    asked for all: what is around them is named as he likes.
    """
    if not isinstance(item, RawDocument) or not item.media_type.startswith(HTML):
        return item
    *around, name = _parts(item.name, file, folders)
    host = next((folder for folder in reversed(around) if _is_host(folder, item.text)), "")
    if not host:
        return item
    if around[-1].lower().endswith(_FEEDS):
        return LeftOut(_ENTRIES, item.name)
    address = _address(host, [*around[_last(around, host) + 1 :], name])
    if is_list(address, item.text):
        return LeftOut(LISTS, item.name)
    stated = stated_address(item.text)
    if "url" not in item.known and not is_web_address(stated):
        known = known_values({"url": joined(address, stated)})
        origins = {**item.origins, **dict.fromkeys(known, _ORIGIN)}
        item = dataclasses.replace(item, known={**item.known, **known}, origins=origins)
    return as_copy(item, address)


def _parts(name: str, file: Path, folders: Collection[Path]) -> Sequence[str]:
    """The names of the folders around a page, from the one that was asked for, of the containers
    that hold it, and its own."""
    member = re.split("[/#]", name.removeprefix(str(file)))[1:] if name != str(file) else []
    around = [folder for folder in folders if file.is_relative_to(folder)]
    if not around:
        return member or (file.name,)
    asked = min(around, key=lambda folder: len(folder.parts))
    return (asked.absolute().name, *file.relative_to(asked).parts, *member)


def _is_host(folder: str, page: str) -> bool:
    """Whether a folder's name is that of a host: no other folder has it, or the page names it."""
    name = folder.lower()
    return is_folder_of_host(name) or bool(_HOST.fullmatch(name) and f"//{name}/" in page)


def _last(names: Sequence[str], name: str) -> int:
    return len(names) - 1 - names[::-1].index(name)


def _address(host: str, path: Sequence[str]) -> str:
    *folders, name = path
    at_server = "/".join([*folders, _at_server(name)])
    return f"http://{host.lower()}/{quote(at_server, safe='/%:@!$&()*+,;=~?')}"


def _at_server(name: str) -> str:
    """What a file was called there: programs that mirror a site change a name as they must."""
    asked = _QUERY.sub("?", name, count=1)
    page = asked.removesuffix(_ENDING)
    return _INDEX.sub("", page if _OF_PROGRAM.search(page) else asked)

"""Pages of a mirrored site, as wget, HTTrack and others lay them out: ``HOST/PATH`` in a folder.

Programs that fetch copies of the Wayback Machine put a folder around or into that of the host which
is named by the moment of the copy: ``20151007120000/HOST/PATH``, ``HOST/20151007120000/PATH``.

Other programs call a file by all of its address, quoted: ``https%3A%2F%2FHOST%2FPATH.txt``.

What a page was at tells of its day, and where its links lead, and old addresses lead
to the archive by it. A page that states its address itself knows better.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from archive_gen.article import HTML, RawDocument
from archive_gen.dates import day_of_moment
from archive_gen.importers.base import LeftOut
from archive_gen.importers.beside import Folder
from archive_gen.importers.crawls.copies import as_copy, joined, stated_address
from archive_gen.importers.crawls.list_pages import LISTS, is_list
from archive_gen.importers.records.record import known_values
from archive_gen.pictures import is_beside, path_meant
from archive_gen.urls import FOR_PHONES, host, is_folder_of_host, is_web_address

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from archive_gen.dates import ArchiveDate
    from archive_gen.importers.base import Found

_ENTRIES = "entries of feeds beside the pages"
_FEEDS = (".xml", ".rss", ".atom")
_ORIGIN = "the folder of its host"
_ORIGIN_OF_NAME = "the name of its file"
_QUOTED = re.compile(r"(https?%3A%2F%2F[^/#]+?)(?:\.(?:txt|text|md))?", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,18}")
_OF_COPY = re.compile(
    rf"{FOR_PHONES}(?:[a-z0-9-]{{1,63}}\.){{1,5}}[a-z]{{2,18}}|(?:amp|print|printable)(?:\.html?)?"
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
    if not isinstance(item, RawDocument):
        return item
    if quoted := _QUOTED.fullmatch(item.name.rpartition("/")[2]):
        address = _at_server(unquote(quoted[1]))
        return as_copy(_at(item, address, _ORIGIN_OF_NAME), address)
    if not item.media_type.startswith(HTML):
        return item
    asked = min(filter(file.is_relative_to, folders), key=lambda one: len(one.parts), default=None)
    *around, name = _parts(item.name, file, asked)
    at = _host_among(around, item.text)
    if at is None:
        return item
    if around[-1].lower().endswith(_FEEDS):
        return LeftOut(_ENTRIES, item.name)
    top, made = _top_of(around, at)
    address = _address([around[at], *around[top:], name])
    if is_list(address, item.text):
        return LeftOut(LISTS, item.name)
    item = _at(item, address, _ORIGIN)
    if asked and isinstance(item.beside, Folder):
        beside = Mirror(asked, "/".join([*around, name]), "/".join(around[:top]))
        item = dataclasses.replace(item, beside=beside)
    item = dataclasses.replace(item, crawled=item.crawled or made)
    return as_copy(item, str(item.known.get("url") or address))


def _at(page: RawDocument, address: str, origin: str) -> RawDocument:
    """``page`` with the address at which it was, if it states none itself."""
    stated = stated_address(page.text) if page.media_type.startswith(HTML) else ""
    if "url" in page.known or is_web_address(stated):
        return page
    known = known_values({"url": joined(address, stated)})
    origins = {**page.origins, **dict.fromkeys(known, origin)}
    return dataclasses.replace(page, known={**page.known, **known}, origins=origins)


@dataclass(frozen=True, slots=True)
class Mirror:
    """The files of a mirror, at the addresses that one of its pages writes."""

    folder: Path
    """That of the whole mirror: nothing around it is read."""
    page: str
    """The path of the page's file, with the name of that folder before it."""
    of_host: str
    """The same of the folder of its host."""

    def __call__(self, address: str) -> bytes | None:
        """The bytes of the file that was at ``address``: of this host, or of another one whose
        folder is beside its folder."""
        name, _, below = file_meant(address, self.page, self.of_host).partition("/")
        is_in_it = below and name == self.page.partition("/")[0]
        return Folder(self.folder)(quote(below)) if is_in_it else None


def file_meant(address: str, page: str, of_host: str) -> str:
    """The path of the file that was at ``address``, as the page at path ``page`` writes it; the
    folder of its host is at path ``of_host``. Empty if that may be nowhere."""
    if is_beside(address):
        return path_meant(page, address)
    try:
        place = urlsplit(address.strip())
        name = place.hostname or ""
    except ValueError:
        return ""
    around, slash, own = of_host.rpartition("/")
    is_own = not name or host(f"//{name}") == host(f"//{own}")
    if place.scheme not in ("", "http", "https"):
        return ""
    at = of_host if is_own else f"{around}{slash}{name}"
    return path_meant(f"{at}/page", place.path.lstrip("/"))


def folder_of_host(page: str, text: str) -> str:
    """The path of the folder of its host, for the page at path ``page``; empty if it has none."""
    names = page.split("/")
    at = _host_among(names[:-1], text)
    return "" if at is None else "/".join(names[: at + 1])


def _host_among(folders: Sequence[str], text: str) -> int | None:
    """The place of the innermost folder that is one of a host."""
    places = reversed(range(len(folders)))
    return next((at for at in places if _is_host(folders[at], text)), None)


def _top_of(folders: Sequence[str], at: int) -> tuple[int, ArchiveDate | None]:
    """How many of ``folders`` hold all of the host whose folder is at ``at``; and the day of the
    copy, where a folder around or within that one tells."""
    around, inside = ("".join(folders[place : place + 1]) for place in (max(0, at - 1), at + 1))
    made = day_of_moment(inside)
    return (at + 2, made) if made else (at + 1, day_of_moment(around))


def _parts(name: str, file: Path, asked: Path | None) -> Sequence[str]:
    """The names of the folders around a page, from the one that was asked for, of the containers
    that hold it, and its own."""
    member = re.split("[/#]", name.removeprefix(str(file)))[1:] if name != str(file) else []
    if asked is None:
        return member or (file.name,)
    return (asked.absolute().name, *file.relative_to(asked).parts, *member)


def _is_host(folder: str, page: str) -> bool:
    """Whether a folder's name is that of a host: no other folder has it, or the page names it."""
    name = folder.lower()
    return is_folder_of_host(name) or bool(_HOST.fullmatch(name) and f"//{name}/" in page)


def _address(parts: Sequence[str]) -> str:
    """``parts``: the folder of the host, those in it, and the name of the file."""
    of_host, *folders, name = parts
    at_server = "/".join([*folders, _at_server(name)])
    return f"http://{of_host.lower()}/{quote(at_server, safe='/%:@!$&()*+,;=~?')}"


def _at_server(name: str) -> str:
    """What a file was called there: programs that mirror a site change a name as they must."""
    asked = _QUERY.sub("?", name, count=1)
    page = asked.removesuffix(_ENDING)
    return _INDEX.sub("", page if _OF_PROGRAM.search(page) else asked)

"""The pictures and documents that came with a saved page: files in a folder, members, parts.

What a page writes may be hostile. On a disk nothing above the page's own folder is read, or above
the folder of a post's site if a person asked for that; no link is followed. A member or part is
looked up by its name in a list of what there is.
"""

from __future__ import annotations

import dataclasses
import html
import re
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive_gen.article import ARTICLE, HTML, MARKDOWN, RawDocument
from archive_gen.importers.site_people import with_names
from archive_gen.pictures import (
    MAX_BYTES,
    MAX_DOCUMENT,
    is_beside,
    is_document,
    most_bytes,
    path_meant,
)
from archive_gen.urls import host

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from archive_gen.importers.base import Found

_MOST = 100
"""So many addresses of a page are looked up among members and parts."""
_OF_SITES = tuple(
    "_config.yml _config.toml hugo.toml hugo.yaml .eleventy.js eleventy.config.js "
    "eleventy.config.mjs zola.toml".split()
)
"""Files by which the folder of a site is known: Jekyll's, Hugo's, Eleventy's, Zola's."""
_OF_ANYTHING = ("config.toml", "config.yaml")
"""Older sites of Hugo and Zola have these, and so has much else; with ``content/`` they are one."""
ARCHIVEBOX = "ArchiveBox.conf"
"""A file beside the folder in which ArchiveBox keeps pages."""
_OWN_FOLDERS = {
    **dict.fromkeys(
        ("_config.yml", "_config.toml"), ("_site", "_layouts", "_includes", "_sass", "vendor")
    ),
    **dict.fromkeys(
        ("hugo.toml", "hugo.yaml", "hugo.json"),
        ("public", "layouts", "themes", "resources", "archetypes"),
    ),
    **dict.fromkeys((".eleventy.js", "eleventy.config.js", "eleventy.config.mjs"), ("_site",)),
    ARCHIVEBOX: ("sources", "logs"),
}
"""File in the folder of a site → those beside it with templates, or the site as it was made; and
the same of ArchiveBox, which notes there what it was asked for."""
_PROGRAMS = "node_modules"
_SHOWN = (HTML, HTML + ARTICLE, MARKDOWN + ARTICLE)
"""Types of what shows pictures."""
_TAG = re.compile(r"<img\b[^<>]*", re.IGNORECASE)
_TARGET = re.compile(
    r"""<a\s[^<>]*?href\s*=\s*(?:"([^"<>]+)|'([^'<>]+)|([^\s"'<>]+))"""
    r"""|\][(:][ \t]{0,9}<?([^\s()<>]{1,2000})""",
    re.IGNORECASE,
)
"""Where a link of HTML or of Markdown leads."""
_OF_MARKDOWN = re.compile(r"!\[[^\[\]]{0,500}\]\([ \t]{0,9}<?([^\s()<>]{1,2000})")
_ADDRESS = re.compile(r"""src(set)?\s*=\s*(?:"([^"]+)|'([^']+)|([^\s"'>]+))""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Folder:
    """The files in the folder of a page."""

    path: Path

    def __call__(self, address: str) -> bytes | None:
        """The bytes of the file that ``address`` means; the first ones if it is too large."""
        meant = path_meant("page", address) if is_beside(address) else ""
        for name in dict.fromkeys((meant, unicodedata.normalize("NFD", meant))) if meant else ():
            try:
                return _read(self.path, name)
            except (OSError, ValueError):
                continue
        return None


@dataclass(frozen=True, slots=True)
class SiteFolder:
    """The files of the site that a post is of, as generators find them."""

    path: Path
    """The folder of the post."""
    around: tuple[Path, ...] = ()
    """Folders around the post, the innermost first: the site's may be one of them."""

    @property
    def site(self) -> Path | None:
        """The folder of the site."""
        return next(filter(_is_site, self.around), None)

    def __call__(self, address: str) -> bytes | None:
        """The bytes of the file that ``address`` means: ``/a.jpg`` lies in the site's folder."""
        if not address.startswith("/"):
            return Folder(self.path)(address)
        site = self.site
        places = [site, site / "static", site / "public"] if site else []
        found = (Folder(place)(address.lstrip("/")) for place in places)
        return next(filter(None, found), None)


_DEEPEST = 12
"""An address of more parts names no file of an export."""
SMALLER_COPY = r"-(?:scaled|rotated|\d{1,5}x\d{1,5})"
"""What WordPress adds to the name of a picture for that of a smaller copy of it."""
_OF_COPY = re.compile(rf"{SMALLER_COPY}(?=\.\w{{3,4}}$)")
_RESIZED = re.compile(r"i\d\.wp\.com")
_UPLOADED = "files.wordpress.com"


@dataclass(frozen=True, slots=True)
class ExportFolder:
    """The files of a site that lie beside its export, wherever the site had them:
    ``https://example.org/wp-content/uploads/2014/05/a.jpg`` is ``uploads/2014/05/a.jpg`` here."""

    path: Path
    """The folder of the export."""
    host: str = ""
    """That of the site; empty if the export does not tell."""

    def __call__(self, address: str) -> bytes | None:
        """The bytes of the file whose path is the longest end of that of ``address``: two parts
        at least, since many pictures have one name. Of another site's picture none."""
        try:
            place = urlsplit(address)
        except ValueError:
            return None
        parts = list(filter(None, place.path.split("/")))
        is_of_web = place.scheme in ("", "http", "https")
        if len(parts) > _DEEPEST or (is_of_web and not self._is_own(host(address), parts)):
            return None
        return self._find(parts) or self._find_whole(parts)

    def _find(self, parts: Sequence[str]) -> bytes | None:
        ends = ("/".join(parts[at:]) for at in range(len(parts) - 1))
        return next(filter(None, map(Folder(self.path), ends)), None)

    def _find_whole(self, parts: Sequence[str]) -> bytes | None:
        """The picture of which a smaller copy is asked for: often it alone was kept."""
        name = _OF_COPY.sub("", parts[-1]) if parts else ""
        return self._find([*parts[:-1], name]) if parts and name != parts[-1] else None

    def _is_own(self, place: str, parts: Sequence[str]) -> bool:
        """Whether the site's pictures come from ``place``: its own, one below or above it, or one
        of those that WordPress serves them from."""
        if not place or not self.host:
            return True
        if _RESIZED.fullmatch(place):  # the path begins with the host
            return self._is_own(host(f"//{parts[0]}"), parts[1:]) if parts else False
        blog, _, rest = place.partition(".")
        return (
            place == self.host
            or place.endswith(f".{self.host}")
            or self.host.endswith(f".{place}")
            or (rest == _UPLOADED and blog == self.host.partition(".")[0])
        )


def own_folders(files: Iterable[str]) -> frozenset[str]:
    """The folders in which no one writes posts, beside files of these names."""
    own = (_OWN_FOLDERS.get(name, ()) for name in files)
    return frozenset((_PROGRAMS, *(folder for folders in own for folder in folders)))


def _is_site(folder: Path) -> bool:
    if any((folder / name).is_file() for name in _OF_SITES):
        return True
    return any((folder / name).is_file() for name in _OF_ANYTHING) and (folder / "content").is_dir()


def _read(folder: Path, name: str) -> bytes:
    """Raises ``OSError`` if that is no plain file, reached without a link."""
    path = folder.resolve().joinpath(*name.split("/"))
    if path.resolve() != path or not stat.S_ISREG(path.lstat().st_mode):
        raise OSError(0, "no plain file")
    with path.open("rb") as stream:
        return stream.read(most_bytes(name) + 1)


@dataclass(frozen=True, slots=True)
class Parts:
    """Files that were read along with a page."""

    files: Mapping[str, bytes]
    """By the address that the page writes."""

    def __call__(self, address: str) -> bytes | None:
        """The bytes of the file that ``address`` means."""
        return self.files.get(address)

    @property
    def size(self) -> int:
        """Bytes of all."""
        return sum(map(len, self.files.values()))


def with_folder(item: Found, path: Path) -> Found:
    """``item``; if it is a page or a post, with what lies in the folder of its file at ``path``."""
    if not isinstance(item, RawDocument) or item.beside is not None:
        return item
    folders: dict[str, Callable[[str], bytes | None]] = {
        HTML: Folder(path.parent),
        HTML + ARTICLE: Folder(path.parent),
        MARKDOWN + ARTICLE: SiteFolder(path.parent),
    }
    return dataclasses.replace(item, beside=folders.get(item.media_type))


def with_export_folder(found: Iterable[Found], path: Path) -> Iterator[Found]:
    """What was ``found`` in the file at ``path``; articles of an export with what lies beside it.

    The site is that of the first address: a file may hold what others published, too.
    """
    site = ""
    for item in found:
        if isinstance(item, RawDocument) and item.beside is None and item.media_type in _SHOWN:
            site = site or host(str(item.known.get("url") or ""))
            yield dataclasses.replace(item, beside=ExportFolder(path.parent, site))
        else:
            yield item


def with_site(item: Found, path: Path, folders: Collection[Path]) -> Found:
    """``item``; if it is a post of a site that lies in one of ``folders`` as its file at ``path``
    does, with what lies in the folder of the site.

    Nothing outside ``folders`` is looked at: a person let these be imported, and no more.
    """
    if not isinstance(item, RawDocument) or not isinstance(item.beside, SiteFolder):
        return item
    parents = tuple(path.parents)
    outermost = max((at for at, folder in enumerate(parents) if folder in folders), default=-1)
    around = SiteFolder(path.parent, parents[: outermost + 1])
    named = item if around.site is None else with_names(item, around.site)
    return dataclasses.replace(named, beside=around)


def with_parts(document: RawDocument, find: Callable[[str], bytes | None]) -> RawDocument:
    """``document`` with those of its pictures that ``find`` has, 64 MiB of them at most, and of
    the documents to which it leads, 256 MiB."""
    files = {
        **_parts(addresses(document.text), find, MAX_BYTES),
        **_parts(documents(document.text), find, MAX_DOCUMENT),
    }
    return dataclasses.replace(document, beside=Parts(files)) if files else document


def _parts(
    wanted: Iterable[str], find: Callable[[str], bytes | None], left: int
) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for address in wanted:
        data = find(address)
        left -= len(data or b"")
        if left < 0:
            break
        if data:
            files[address] = data
    return files


def addresses(text: str) -> Iterator[str]:
    """The addresses of pictures in a page or a post, each once."""
    found: dict[str, None] = {}
    for tag in _TAG.finditer(text):
        for match in _ADDRESS.finditer(tag[0]):
            address = html.unescape(match[2] or match[3] or match[4]).strip()
            if match[1]:  # behind each address of several stands for what it is
                address = address.split(" ")[0].rstrip(",")
            if not address.startswith("data:"):
                found[address] = None
        if len(found) >= _MOST:
            break
    found.update((match[1], None) for match in _OF_MARKDOWN.finditer(text))
    yield from list(found)[:_MOST]


def documents(text: str) -> Iterator[str]:
    """The addresses of documents to which a page or a post leads, each once."""
    links = (html.unescape(next(filter(None, found.groups()))) for found in _TARGET.finditer(text))
    named = dict.fromkeys(address.strip() for address in links if is_document(address.strip()))
    yield from list(named)[:_MOST]

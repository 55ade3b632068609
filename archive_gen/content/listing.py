"""What lies in ``content/``: the files that a site is made from, listed and never opened.

Nothing here follows a symbolic link. Of a large archive nearly all time goes into asking for the
size and time of each file; several processes then share the folders that the last build saw.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from archive_gen.content.stamps import decode_stamps, encode_stamps
from archive_gen.pictures import ENDINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set

    from archive_gen.content.stamps import Stamp, Stamps

OWN_PAGES = "_pages"
"""The folder of pages that are no articles; see ``own_pages``."""
_ARTICLE = ".md"
_ALL = (_ARTICLE, *ENDINGS)
# Bytes of stamps from which on several processes pay: some thirty a file.
_MANY = 1 << 19
# Pieces of work for each process: none waits long for the last one.
_PIECES = 8
# Where it can be had, an open folder spares the system the way to it for each of its files.
_BY_DESCRIPTOR = os.scandir in os.supports_fd


class FoundFile(NamedTuple):
    """An article's file as the folder lists it."""

    path: str
    """Below ``content/``, with slashes."""
    size: int
    mtime_ns: int


class _Folder(NamedTuple):
    """What is in one folder."""

    stamps: bytes
    below: Sequence[str]
    """Names of folders."""


def scan(content: Path) -> Iterator[FoundFile]:
    """Every Markdown file below ``content``, sorted by path.

    Names that begin with ``_`` or ``.`` are passed over, links too. A folder that can't be
    listed is found as if it were a file: whoever opens it is told why. Raises ``OSError`` if
    that is ``content`` itself.
    """
    return _in_order(_walked(str(content), (_ARTICLE,), {}))


def scan_with_pictures(content: Path) -> Iterator[FoundFile]:
    """``scan`` with the pictures, too: all that a site is built from."""
    return _in_order(stamps_of(content))


def scan_named_like(content: Path, endings: Collection[str]) -> Iterator[FoundFile]:
    """The files that no site is made from, whose names end so in capitals or small letters."""
    for file in _in_order(_walked(str(content), ("",), {})):
        if not file.path.endswith(_ALL) and file.path.lower().endswith(tuple(endings)):
            yield file


def scan_links(content: Path) -> Iterator[str]:
    """The paths of symbolic links that are named as an article, or lead to a folder."""
    for folder, below, names in os.walk(content):
        below[:] = sorted(name for name in below if name[0] not in "_.")
        for name in sorted([*below, *names]):
            path = Path(folder, name)
            if path.is_symlink() and (name in below or name.endswith(_ARTICLE)):
                yield path.relative_to(content).as_posix()


def _nothing() -> None:
    pass


def stamps_of(
    content: Path,
    known: Stamps | None = None,
    jobs: int = 1,
    meanwhile: Callable[[], object] = _nothing,
) -> Stamps:
    """``scan_with_pictures`` folder by folder, without those that have no such file.

    ``known`` are those of an earlier time. Where they are many, up to ``jobs`` processes list
    these folders. As soon as one of them is not as it was ``meanwhile`` is called, while other
    processes list the rest.
    """
    listed: Mapping[str, _Folder | None] = {}
    if known and jobs > 1 and sum(map(len, known.values())) >= _MANY:
        listed = _listed_at_once(str(content), known, jobs, meanwhile)
    return _walked(str(content), _ALL, listed)


def digest_of_own_pages(content: Path) -> str:
    """Of all that pages that are no articles are made from: equal while no file changes.

    Empty if there is none.
    """
    found = os.walk(content / OWN_PAGES)
    paths = sorted(Path(folder, name) for folder, _, names in found for name in names)
    stamps = [(os.fsencode(path.relative_to(content)), _state_of(path)) for path in paths]
    return hashlib.blake2b(repr(stamps).encode(), digest_size=16).hexdigest() if stamps else ""


def _state_of(path: Path) -> object:
    """The bytes of a page; of others, which may be large, size and time."""
    try:
        found = path.stat()
        is_page = path.suffix == _ARTICLE and stat.S_ISREG(found.st_mode)
        return path.read_bytes() if is_page else (found.st_size, found.st_mtime_ns)
    except OSError:
        return None


def _in_order(stamps: Stamps) -> Iterator[FoundFile]:
    found = (
        FoundFile(folder + name, size, mtime_ns)
        for folder, data in stamps.items()
        for name, size, mtime_ns in decode_stamps(data)
    )
    return iter(sorted(found))


def _walked(
    content: str, endings: tuple[str, ...], listed: Mapping[str, _Folder | None]
) -> dict[str, bytes]:
    """Every folder that is reached from ``content`` without a link; ``listed`` are some of them.

    What is listed and not reached, behind a link for example, is left out.
    """
    found: dict[str, bytes] = {}
    with contextlib.suppress(FileNotFoundError):
        ahead = [("", listed.get("") or _list(content, "", endings))]
        while ahead:
            path, folder = ahead.pop()
            unlisted: list[Stamp] = []
            for name in folder.below:
                below = f"{path}{name}/"
                try:
                    inside = listed.get(below) or _list(content, below, endings)
                except FileNotFoundError:
                    continue
                except OSError:
                    unlisted.append((_text(name), 0, 0))
                else:
                    ahead.append((below, inside))
            stamps = folder.stamps
            if unlisted:
                stamps = encode_stamps(sorted([*decode_stamps(stamps), *unlisted]))
            if stamps:
                found[_text(path)] = stamps
    return found


def _listed_at_once(
    content: str, known: Stamps, jobs: int, meanwhile: Callable[[], object]
) -> Mapping[str, _Folder | None]:
    """The folders that are ``known``, and those around them, each listed by some process."""
    # Imported here: most archives are small.
    from archive_gen.parallel import ProcessMapper

    around = {path[: at + 1] for path in known for at, c in enumerate(path) if c == "/"}
    # A new folder shows in the one around it; the newest articles are in the last one as a rule.
    paths = [*sorted({"", *around} - known.keys()), *sorted(known, reverse=True)]
    work = _pieces({path: len(known.get(path, b"")) for path in paths}, jobs)
    listed: dict[str, _Folder | None] = {}
    for part in ProcessMapper(jobs).map(_list_some, content, work):
        listed |= part
        if any(_is_new(content, path, folder, known, around) for path, folder in part.items()):
            meanwhile()
            meanwhile = _nothing
    return listed


def _is_new(
    content: str, path: str, folder: _Folder | None, known: Stamps, around: Set[str]
) -> bool:
    """Whether a folder is not as it was, or holds one with files that had none."""
    if folder is None or folder.stamps != known.get(path, b""):
        return True
    below = (f"{path}{name}/" for name in folder.below)
    return any(_has_files(f"{content}/{path}") for path in below if path not in around)


def _has_files(folder: str) -> bool:
    """Whether there are any, or may be: it can't be listed then."""
    try:
        return bool(_walked(folder, _ALL, {}))
    except OSError:
        return True


def _pieces(sizes: Mapping[str, int], jobs: int) -> Iterator[Sequence[str]]:
    """The keys in pieces of about the same size."""
    enough = sum(sizes.values()) // (jobs * _PIECES)
    piece: list[str] = []
    size = 0
    for path, own in sizes.items():
        piece.append(path)
        size += own
        if size > enough:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _list_some(content: str, paths: Sequence[str]) -> dict[str, _Folder | None]:
    """Some folders; None for those that can't be listed."""
    found: dict[str, _Folder | None] = {}
    for path in paths:
        try:
            found[path] = _list(content, path, _ALL)
        except OSError:
            found[path] = None
    return found


def _list(content: str, path: str, endings: tuple[str, ...]) -> _Folder:
    """One folder. Raises ``OSError``."""
    folder = f"{content}/{path}".removesuffix("/")
    if not _BY_DESCRIPTOR:
        return _list_open(folder, endings)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        return _list_open(descriptor, endings)
    finally:
        os.close(descriptor)


def _list_open(folder: str | int, endings: tuple[str, ...]) -> _Folder:
    files: list[Stamp] = []
    below: list[str] = []
    with os.scandir(folder) as listing:
        for entry in listing:
            name = entry.name
            if name[0] in "_.":
                continue
            if name.endswith(endings) and entry.is_file(follow_symlinks=False):
                files += _stamp(_text(name), entry)
            elif entry.is_dir(follow_symlinks=False):
                below.append(name)
    return _Folder(encode_stamps(sorted(files)) if files else b"", below)


def _text(name: str) -> str:
    """A name as it can be written down: what is no UTF-8 in it is spelt, so that whoever opens
    the file is told that there is none."""
    return name if name.isascii() else name.encode("utf-8", "backslashreplace").decode("utf-8")


def _stamp(name: str, entry: os.DirEntry[str]) -> Sequence[Stamp]:
    """None if it is gone already."""
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return ()
    except OSError:
        return ((name, 0, 0),)
    return ((name, status.st_size, status.st_mtime_ns),)

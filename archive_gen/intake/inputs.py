"""What an import reads: the files that a call means, and their documents in pieces.

Small files are opened by whoever works on a piece; a container is read here, a piece at a
time. So neither a hundred thousand files nor a container of any size is ever in memory.
"""

from __future__ import annotations

import dataclasses
import glob
import itertools
import os
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias, cast

from archive_gen.article import RawDocument
from archive_gen.importers import (
    IMPORTERS,
    STANDARD_INPUT,
    cannot_read,
    holds_one,
    importer_for,
    is_asset,
    is_hidden,
    is_of_crawler,
    is_other,
    looks_known,
    read,
    read_stream,
)
from archive_gen.importers.base import OF_CRAWLERS, Found, LeftOut
from archive_gen.importers.beside import ARCHIVEBOX, Parts, own_folders, with_parts, with_site
from archive_gen.importers.crawls.mirrors import as_mirrored
from archive_gen.importers.folders import archivebox
from archive_gen.importers.folders.saved_pages import is_of_page, stems_of_pages
from archive_gen.importers.unpacking import is_of_folder, unpacked
from archive_gen.parallel import chunks
from archive_gen.problems import Problem, failed_on

if TYPE_CHECKING:
    import io
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.importers.base import Room

Item: TypeAlias = Path | Found
_KNOWN = " ".join(sorted(IMPORTERS))
_NOTES = {"bagit.txt": "tag files of bags", ARCHIVEBOX: "settings of ArchiveBox"}
"""File beside which a BagIt bag (RFC 8493) and ArchiveBox have notes, and else only folders."""
_COPIES = "more copies by ArchiveBox"
_DEEPEST = 2
"""Archives in one another that become folders."""
_PIECE = 16
_PIECE_BYTES = 1 << 20
"""A piece that holds so much is full, however few its documents."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some inputs, or documents of a container, for one call of a worker."""

    items: tuple[Item, ...]
    container: Path | None = None
    """The file that all of them are from; without one each item is a file."""

    def files(self) -> Iterator[tuple[Path, Found]]:
        """Each document, with the file that it is from."""
        for item in self.items:
            if not isinstance(item, Path):
                yield self.container or Path(), item
            else:
                for found in _opened(item, None):
                    yield item, found


@dataclass(slots=True)
class Inputs:
    """What the paths of a call stand for."""

    files: list[Path] = field(default_factory=list)
    """To import, sorted."""
    folders: list[Path] = field(default_factory=list)
    """Those that were asked for, themselves or by a pattern for what lies in them."""
    problems: list[Problem] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    """Ending → files in folders that may hold text, but in no form that is known; and folders of
    site generators, and of the archive itself → all files in them."""


class _Own:
    """What an archive consists of: its articles and its pages would come in once more."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = [Path(os.path.realpath(path)) for path in paths]

    def holds(self, path: Path) -> bool:
        """Whether ``path`` is one of these, or lies in one."""
        real = Path(os.path.realpath(path)) if self._paths else path
        return any(real.is_relative_to(own) for own in self._paths)


def find_inputs(paths: Iterable[Path], own: Iterable[Path] = ()) -> Inputs:
    """The files to import: files as given, what patterns fit, all that folders hold.

    A file that is named is taken for what it looks like if its ending is unknown; in folders
    and patterns only web pages are. Nothing is imported of the archive's ``own`` files and folders.
    """
    found = Inputs()
    files: set[Path] = set()
    folders = _Own(own)
    for path in paths:
        files.update(_find(path, found, folders))
    found.files = sorted(files)
    return found


def _find(path: Path, found: Inputs, own: _Own) -> Iterator[Path]:
    if str(path) == STANDARD_INPUT:
        yield path
    elif own.holds(path):
        hint = "name the folder of the raw pages"
        found.problems.append(Problem(str(path), 0, "is a part of this archive", hint))
    elif path.is_dir():
        found.folders.append(path)
        yield from _chosen(path, _walk(path, found, own), "holds nothing to import", found)
    elif path.exists():
        if not path.is_file():
            found.problems.append(_no_file(path))
        elif importer_for(path) is None and is_other(path.name):
            found.problems.append(cannot_read(path))
        else:
            yield path
    elif glob.has_magic(str(path)):
        found.folders.append(_before_pattern(path))
        # Not pathlib's own: it takes no absolute pattern.
        fitting = map(Path, glob.iglob(str(path), recursive=True))  # noqa: PTH207
        held = lru_cache(own.holds)
        files = (file for file in fitting if not file.is_dir() and not held(file.parent))
        yield from _chosen(path, files, "fits nothing to import", found)
    else:
        hint = "check the spelling"
        found.problems.append(Problem(str(path), 0, "there is no such file", hint))


def _before_pattern(path: Path) -> Path:
    return Path(*itertools.takewhile(lambda part: not glob.has_magic(part), path.parts))


def _chosen(asked: Path, files: Iterable[Path], nothing: str, found: Inputs) -> Iterator[Path]:
    """Those of ``files`` that can be imported; if there are none, that is a problem."""
    none = True
    for file in files:
        if file.exists() and not file.is_file():
            found.problems.append(_no_file(file))
            continue
        try:
            known = importer_for(file) is not None or looks_known(file)
        except OSError as error:
            known = False
            found.problems.append(_unreadable(file, error))
        if known:
            none = False
            yield file
        elif not is_asset(file.name):
            found.passed_over[file.suffix.lower() or "no ending"] += 1
    if none:
        found.problems.append(Problem(str(asked), 0, nothing, f"known: {_KNOWN}"))


def _walk(folder: Path, found: Inputs, own: _Own) -> Iterator[Path]:
    """All files below, but for what is hidden, what a browser saved beside a page, what a site
    generator has beside posts or a crawler beside pages, and what the archive has made; of the
    last three the files are counted."""

    def told(error: OSError) -> None:
        found.problems.append(_unreadable(Path(error.filename or folder), error))

    for parent, folders, names in os.walk(folder, onerror=told):
        pages = stems_of_pages(names)
        if (copies := archivebox.best_copies(Path(parent), names)) is not None:
            found.passed_over[_COPIES] += _number_of_files(Path(parent)) - len(copies)
            folders[:] = []
            yield from copies
            continue
        apart = {*own_folders(names), *filter(is_of_crawler, folders)}
        apart.update(name for name in folders if own.holds(Path(parent, name)))
        for mark in _NOTES.keys() & set(names):
            found.passed_over[_NOTES[mark]] += len(names)
            names = []
        for name in sorted(apart.intersection(folders)):
            if number := _number_of_files(Path(parent, name)):
                found.passed_over[f"{name}/"] += number
        found.passed_over.update(filter(is_of_crawler, names))
        folders[:] = sorted(
            name
            for name in folders
            if not is_hidden(name) and name not in apart and not is_of_page(name, pages)
        )
        kept = (name for name in names if not is_hidden(name) and not is_of_crawler(name))
        yield from (Path(parent, name) for name in kept)


def _number_of_files(folder: Path) -> int:
    return sum(len(names) for _, _, names in os.walk(folder))


def _no_file(path: Path) -> Problem:
    """Of a pipe without a writer nobody would ever see the end."""
    hint = "save what comes from it in a file, or give it to 'archive import -'"
    return Problem(str(path), 0, "is a pipe or a device, no file", hint)


def _unreadable(path: Path, error: OSError) -> Problem:
    hint = "see who may read it" if isinstance(error, PermissionError) else ""
    return Problem(str(path), 0, f"can't be read: {error.strerror or error}", hint)


@contextmanager
def spooled(files: Sequence[Path]) -> Iterator[BinaryIO | None]:
    """Standard input, if it is among ``files``, as a file that can be read again."""
    if Path(STANDARD_INPUT) not in files:
        yield None
        return
    with tempfile.TemporaryFile() as kept:
        # Not ``read``: on a terminal it would ask for a second Ctrl-D.
        source = cast("io.BufferedReader", sys.stdin.buffer)
        while data := source.read1(_PIECE_BYTES):
            kept.write(data)
        kept.flush()
        yield kept


def pieces(files: Sequence[Path], standard_input: BinaryIO | None) -> Iterator[Piece]:
    """All that is in ``files``, in their order."""
    for single, group in itertools.groupby(files, holds_one):
        if single:
            yield from map(Piece, chunks(group, _PIECE))
        else:
            for path in group:
                yield from _pieces(path, _opened(path, standard_input))


def _pieces(path: Path, found: Iterable[Found]) -> Iterator[Piece]:
    held: list[Item] = []
    size = 0
    for item in found:
        held.append(item)
        size += _weight(item) if isinstance(item, RawDocument) else 0
        if len(held) == _PIECE or size > _PIECE_BYTES:
            yield Piece(tuple(held), path)
            held, size = [], 0
    if held:
        yield Piece(tuple(held), path)


def _weight(document: RawDocument) -> int:
    return len(document.text) + (document.beside.size if isinstance(document.beside, Parts) else 0)


def _opened(path: Path, standard_input: BinaryIO | None) -> Iterator[Found]:
    try:
        importer = importer_for(path)
        if standard_input is not None and str(path) == STANDARD_INPUT and importer:
            # A stream of its own: whoever reads one may close it.
            with os.fdopen(os.dup(standard_input.fileno()), "rb") as stream:
                stream.seek(0)
                yield from read_stream("standard input", stream, importer)
        else:
            yield from _read(path)
    except OSError as error:
        yield _unreadable(path, error)
    except Exception as error:
        yield failed_on(str(path), error)


def _read(path: Path, room: Room | None = None, depth: int = 0) -> Iterator[Found]:
    """What lies in a file, ``depth`` archives deep; ``room``: how much may still come out of
    archives in the one around it."""
    if depth == _DEEPEST or not is_of_folder(path):
        yield from read(path)
        return
    with unpacked(path, room) as (folder, left, problems):
        yield from problems
        inside = find_inputs([folder])
        yield from (_of_archive(one, path, folder) for one in inside.problems)
        for name, count in sorted(inside.passed_over.items()):
            yield from [LeftOut(_kind_in_archive(name), str(path))] * count
        for file in inside.files:
            for item in _read(file, left, depth + 1):
                told = as_mirrored(with_site(item, file, (folder,)), file, (folder,))
                yield _of_archive(told, path, folder)


def _of_archive(item: Found, path: Path, folder: Path) -> Found:
    """What was found in a ``folder`` that is gone soon, as of the archive at ``path``."""
    if isinstance(item, Problem):
        return dataclasses.replace(item, path=_in_archive(item.path, path, folder))
    item = dataclasses.replace(item, name=_in_archive(item.name, path, folder))
    if isinstance(item, RawDocument) and item.beside is not None:
        return with_parts(dataclasses.replace(item, beside=None), item.beside)
    return item


def _in_archive(name: str, path: Path, folder: Path) -> str:
    inside = name.removeprefix(str(folder)).lstrip(os.sep).replace(os.sep, "/")
    return f"{path}#{inside}" if inside else str(path)


def _kind_in_archive(name: str) -> str:
    """What was passed over in a folder, in the words in which it is told of an archive."""
    if is_of_crawler(name.rstrip("/")):
        return OF_CRAWLERS
    return f"{name} files" if name.startswith(".") else name

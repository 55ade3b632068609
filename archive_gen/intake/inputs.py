"""The files that a call of an import means: some that are named, all that folders hold."""

from __future__ import annotations

import glob
import itertools
import os
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from archive_gen.importers import (
    IMPORTERS,
    STANDARD_INPUT,
    cannot_read,
    importer_for,
    is_asset,
    is_hidden,
    is_of_crawler,
    is_other,
    kind_of,
    looks_known,
)
from archive_gen.importers.beside import ARCHIVEBOX, own_folders
from archive_gen.importers.folders import archivebox
from archive_gen.importers.folders.attached import PDF, pdfs_are_articles
from archive_gen.importers.folders.saved_pages import is_of_page, stems_of_pages
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_KNOWN = " ".join(sorted(IMPORTERS))
_NOTES = {"bagit.txt": "tag files of bags", ARCHIVEBOX: "settings of ArchiveBox"}
"""File beside which a BagIt bag (RFC 8493) and ArchiveBox have notes, and else only folders."""
_COPIES = "more copies by ArchiveBox"
_PAGE = "html"
"""What a file of no known ending is taken for."""


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


def _chosen(asked: Path, files: Iterable[Path], nothing: str, found: Inputs) -> list[Path]:
    """Those of ``files`` that can be imported; if there are none, that is a problem."""
    known = list(_known(files, found))
    if not known:
        found.problems.append(Problem(str(asked), 0, nothing, f"known: {_KNOWN}"))
    return _without_attached(known, found)


def _without_attached(known: list[Path], found: Inputs) -> list[Path]:
    """Those of the files of a folder that are no PDFs to which pages lead; these are counted."""
    kinds = {file: kind_of(file.name) or _PAGE for file in known}
    if pdfs_are_articles(set(kinds.values())):
        return known
    attached = {file for file, kind in kinds.items() if kind == PDF}
    found.passed_over.update(file.suffix.lower() for file in attached)
    return [file for file in known if file not in attached]


def _known(files: Iterable[Path], found: Inputs) -> Iterator[Path]:
    """Those of ``files`` that an importer knows; others are counted."""
    for file in files:
        if file.exists() and not file.is_file():
            found.problems.append(_no_file(file))
            continue
        try:
            known = importer_for(file) is not None or looks_known(file)
        except OSError as error:
            known = False
            found.problems.append(unreadable(file, error))
        if known:
            yield file
        elif not is_asset(file.name):
            found.passed_over[file.suffix.lower() or "no ending"] += 1


def _walk(folder: Path, found: Inputs, own: _Own) -> Iterator[Path]:
    """All files below, but for what is hidden, what a browser saved beside a page, what a site
    generator has beside posts or a crawler beside pages, and what the archive has made; of the
    last three the files are counted."""

    def told(error: OSError) -> None:
        found.problems.append(unreadable(Path(error.filename or folder), error))

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


def unreadable(path: Path, error: OSError) -> Problem:
    """A file or folder that can't be opened, or not be read to its end."""
    hint = "see who may read it" if isinstance(error, PermissionError) else ""
    return Problem(str(path), 0, f"can't be read: {error.strerror or error}", hint)

"""What an import reads: the files that a call means, and their documents in pieces.

Small files are opened by whoever works on a piece; a container is read here, a piece at a
time. So neither a hundred thousand files nor a container of any size is ever in memory.
"""

from __future__ import annotations

import glob
import itertools
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from archive_gen.article import RawDocument
from archive_gen.importers import (
    IMPORTERS,
    STANDARD_INPUT,
    holds_one,
    importer_for,
    read,
    read_stream,
)
from archive_gen.parallel import chunks
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Piece: TypeAlias = tuple[Path | RawDocument | Problem, ...]
"""What is worth a trip to a worker."""
_PIECE = 16
_PIECE_BYTES = 1 << 20
"""A piece that holds so much is full, however few its documents."""


def find_inputs(paths: Iterable[Path]) -> tuple[list[Path], list[Problem]]:
    """The files to import, sorted: files as given, what patterns fit, all that folders hold."""
    files: set[Path] = set()
    problems: list[Problem] = []
    for path in paths:
        found, problem = _find(path)
        files |= found
        problems += problem
    return sorted(files), problems


def _find(path: Path) -> tuple[set[Path], list[Problem]]:
    hint = f"known: {', '.join(sorted(IMPORTERS))}"
    if str(path) == STANDARD_INPUT:
        return {path}, []
    if path.is_dir():
        below = {file for file in _walk(path) if importer_for(file)}
        return below, [] if below else [Problem(str(path), 0, "holds nothing to import", hint)]
    if path.exists():
        known = importer_for(path) is not None
        wrong = [Problem(str(path), 0, "can't import this kind of file", hint)]
        return ({path}, []) if known else (set(), wrong)
    if not glob.has_magic(str(path)):
        return set(), [Problem(str(path), 0, "there is no such file", "check the spelling")]
    # Not pathlib's own: it takes no absolute pattern.
    fitting = {Path(name) for name in glob.iglob(str(path), recursive=True)}  # noqa: PTH207
    files = {file for file in fitting if file.is_file() and importer_for(file)}
    return files, [] if files else [Problem(str(path), 0, "fits nothing to import", hint)]


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in names if not name.startswith("."))


@contextmanager
def spooled(files: Sequence[Path]) -> Iterator[BinaryIO | None]:
    """Standard input, if it is among ``files``, as a file that can be read again."""
    if Path(STANDARD_INPUT) not in files:
        yield None
        return
    with tempfile.TemporaryFile() as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        kept.flush()
        yield kept


def pieces(files: Sequence[Path], standard_input: BinaryIO | None) -> Iterator[Piece]:
    """All that is in ``files``, in their order."""
    for single, group in itertools.groupby(files, holds_one):
        if single:
            yield from chunks(group, _PIECE)
        else:
            for path in group:
                yield from _pieces(_opened(path, standard_input))


def documents(piece: Piece) -> Iterator[RawDocument | Problem]:
    """The documents of a piece."""
    for item in piece:
        if isinstance(item, Path):
            yield from _opened(item, None)
        else:
            yield item


def _pieces(found: Iterable[RawDocument | Problem]) -> Iterator[Piece]:
    held: list[Path | RawDocument | Problem] = []
    size = 0
    for item in found:
        held.append(item)
        size += len(item.text) if isinstance(item, RawDocument) else 0
        if len(held) == _PIECE or size > _PIECE_BYTES:
            yield tuple(held)
            held, size = [], 0
    if held:
        yield tuple(held)


def _opened(path: Path, standard_input: BinaryIO | None) -> Iterator[RawDocument | Problem]:
    try:
        importer = importer_for(path)
        if standard_input is not None and str(path) == STANDARD_INPUT and importer:
            # A stream of its own: whoever reads one may close it.
            with os.fdopen(os.dup(standard_input.fileno()), "rb") as stream:
                stream.seek(0)
                yield from read_stream("standard input", stream, importer)
        else:
            yield from read(path)
    except OSError as error:
        yield Problem(str(path), 0, f"can't be read: {error.strerror or error}")

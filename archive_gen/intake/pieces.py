"""The documents of the files that an import reads, in pieces.

Small files are opened by whoever works on a piece; a container is read here, a piece at a
time. So neither a hundred thousand files nor a container of any size is ever in memory.
"""

from __future__ import annotations

import dataclasses
import itertools
import os
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias, cast

from archive_gen.article import RawDocument
from archive_gen.importers import (
    STANDARD_INPUT,
    holds_one,
    importer_for,
    is_of_crawler,
    read,
    read_stream,
)
from archive_gen.importers.base import OF_CRAWLERS, Found, LeftOut, damaged, lacks_room
from archive_gen.importers.beside import Parts, with_parts, with_site
from archive_gen.importers.crawls.mirrors import as_mirrored
from archive_gen.importers.unpacking import is_of_folder, unpacked
from archive_gen.intake.inputs import find_inputs, unreadable
from archive_gen.parallel import AHEAD, chunks
from archive_gen.problems import Problem, failed_on, naming

if TYPE_CHECKING:
    import io
    from collections.abc import Iterable, Iterator, Sequence

    from archive_gen.importers.base import Room

Item: TypeAlias = Path | Found
_DEEPEST = 2
"""Archives in one another that become folders."""
_PIECE = 16
_PIECE_BYTES = 1 << 20
"""A piece that holds so much is full, however few its documents."""
_EMPTY = AHEAD - 1
"""Behind a heavy piece at most: one fewer than wait for each process, so that all have work."""


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


@contextmanager
def spooled(files: Sequence[Path]) -> Iterator[BinaryIO | None]:
    """Standard input, if it is among ``files``, as a file that can be read again."""
    if Path(STANDARD_INPUT) not in files:
        yield None
        return
    with tempfile.TemporaryFile() as kept:
        # Not ``read``: on a terminal it would ask for a second Ctrl-D.
        source = cast("io.BufferedReader", sys.stdin.buffer)
        with naming(tempfile.gettempdir()):
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
            # A piece waits for its turn with some others, however heavy: where it is, most of these
            # are empty, so that what waits stays small.
            yield from itertools.repeat(Piece((), path), min(size // _PIECE_BYTES, _EMPTY))
            held, size = [], 0
    if held:
        yield Piece(tuple(held), path)


def _weight(document: RawDocument) -> int:
    beside = document.beside.size if isinstance(document.beside, Parts) else 0
    own = document.document.data if document.document else b""
    return len(document.text) + beside + (len(own) if isinstance(own, bytes) else 0)


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
        yield damaged(str(path), error) if lacks_room(error) else unreadable(path, error)
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
    if isinstance(item, RawDocument) and item.document:
        document = dataclasses.replace(item.document, data=item.document.read())
        item = dataclasses.replace(item, document=document)
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

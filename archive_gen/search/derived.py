"""What is derived from Whoosh's files after each commit: flat files of the segments, and the view.

They may be deleted at any time: whoever first finds one missing, old or damaged derives it again,
so a process that is killed between two of them does no harm. Only an update joins segments.

Nothing is derived from a file of Whoosh's whose checksum is wrong: then the archive has no index,
and the next build makes it from nothing.
"""

from __future__ import annotations

import base64
import contextlib
import zlib
from typing import TYPE_CHECKING, Any

from pyroaring import BitMap

from archive_gen.search.flat.file import DamagedError, FlatFile
from archive_gen.search.flat.joined import is_joined, joined_name, parts_of
from archive_gen.search.flat.lists import SUFFIX
from archive_gen.search.flat.segment import Segment
from archive_gen.search.values import IndexBrokenError
from archive_gen.search.version import STAMP
from archive_gen.search.view import View, joined_files, known_view, names_in, state_of, write_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path


def derive(folder: Path) -> None:
    """Make what is missing or damaged of the segments' flat files, and the view.

    Raises ``IndexMissingError`` when Whoosh's files are not what was written.
    """
    if view := derived_view(folder):
        write_view(folder, view)


def derived_view(folder: Path) -> View | None:
    """The same, but for writing the view; None if another process commits meanwhile."""
    state = state_of(folder)
    old = known_view(folder)
    if old and old.state == state:
        _demand_whole(folder, old)
    try:
        return _derived(folder, state, old.files if old else {})
    except Exception as error:
        if state_of(folder) != state:
            return None
        if old is None or old.state != state:
            raise broken(folder, type(error).__name__) from error
        raise


def _derived(folder: Path, state: str, known: Mapping[str, list[int]]) -> View:
    from archive_gen.search.flat.join import LARGE
    from archive_gen.search.whoosh.segments import segments

    with segments(folder) as leaves:
        deleted = {name: _flat(folder, name, leaf) for name, leaf in leaves}
        large = [name for name, leaf in leaves if leaf.doc_count_all() >= LARGE]
    files = _measured(folder, _files_of(folder, state, deleted), known)
    return View(state, deleted, files, _chains(folder, large))


def check(folder: Path) -> None:
    """Compare Whoosh's files with what was written.

    Raises ``IndexBrokenError`` if they differ, ``IndexMissingError`` if there is no index.

    A checksum takes a fifth of a millisecond a megabyte: little beside an update.
    """
    state, view = state_of(folder), known_view(folder)
    if view is None or view.state != state:
        raise broken(folder, "nobody knows what was written")
    _demand_whole(folder, view)


def repair(folder: Path, error: DamagedError) -> None:
    """Take away the damaged file that ``error`` names, if it can be made again.

    Without one of Whoosh's own there is no index: raises ``IndexMissingError``.
    """
    name = str(error)
    if not name.endswith(SUFFIX):
        raise broken(folder, name)
    with contextlib.suppress(OSError):  # it is gone, or must stay: then it is found again
        (folder / name).unlink()


def broken(folder: Path, what: str) -> IndexBrokenError:
    """Says so for good: without its stamp an index is made anew by the next build."""
    with contextlib.suppress(OSError):
        (folder / STAMP).unlink()
    return IndexBrokenError(f"the search index is broken ({what})")


def _demand_whole(folder: Path, view: View) -> None:
    for name, written in view.files.items():
        try:
            found = _measure(folder / name)
        except OSError as error:
            found = [-1, error.errno or 0]
        if found != written:
            if state_of(folder) != view.state:  # another process has committed meanwhile
                return
            raise broken(folder, name)


def _flat(folder: Path, name: str, leaf: Any) -> str:
    """Makes sure of a segment's flat file; its deleted documents as text."""
    from archive_gen.search.flat.write import deleted_numbers
    from archive_gen.search.whoosh.segments import flatten

    try:
        deleted = deleted_numbers(leaf, folder, name)
    except (OSError, DamagedError):
        flatten(leaf)
        deleted = deleted_numbers(leaf, folder, name)
    return base64.b85encode(deleted.serialize()).decode()


def _chains(folder: Path, names: Sequence[str]) -> list[list[str]]:
    """The names of segments that are to be joined."""
    from archive_gen.search.flat.join import chains

    with _segments_of(folder, names) as segments:
        return [[segment.name for segment in chain] for chain in chains(segments)]


def join(folder: Path) -> None:
    """Make what is missing of the files in which segments are joined; take away the others.

    Flat files of segments that turn out to be damaged are made again. Only who updates the index
    joins, so no two do it at once. Raises ``IndexMissingError`` as ``derive`` does.
    """
    mended: set[str] = set()
    while True:
        try:
            return _join(folder)
        except DamagedError as error:
            if str(error) in mended:
                return None  # not to be mended here: the segments are searched one by one
            mended.add(str(error))
            repair(folder, error)
            derive(folder)


def _join(folder: Path) -> None:
    view = known_view(folder)
    try:
        for names in view.chains if view else []:
            if not _is_joined_already(folder, names):
                _write_joined(folder, names)
    except OSError:
        if view and state_of(folder) != view.state:  # another process has committed meanwhile
            return
        raise
    needed = joined_files(folder, view) if view else []
    for path in map(folder.joinpath, filter(is_joined, names_in(folder))):
        if path not in needed:
            # Where a file that is being searched can't be removed (Windows), a later join does it.
            with contextlib.suppress(OSError):
                path.unlink()


def _write_joined(folder: Path, names: Sequence[str]) -> None:
    from archive_gen.search.flat.join import write_joined

    with _segments_of(folder, names) as segments:
        write_joined(folder, segments)


@contextlib.contextmanager
def _segments_of(folder: Path, names: Iterable[str]) -> Iterator[list[Segment]]:
    """Some segments, for as long as they are looked at."""
    with contextlib.ExitStack() as closing:
        segments = []
        for name in names:
            segments.append(Segment(folder, name, BitMap()))
            closing.callback(segments[-1].close)
        yield segments


def _is_joined_already(folder: Path, names: Sequence[str]) -> bool:
    try:
        file = FlatFile(folder / joined_name(names))
        try:
            return parts_of(file) == names
        finally:
            file.close()
    except (OSError, DamagedError):
        return False


def _files_of(folder: Path, state: str, segments: Iterable[str]) -> list[str]:
    """Whoosh's files of a state."""
    stems = tuple(f"{name}." for name in segments)
    own = [n for n in names_in(folder) if n.startswith(stems) and SUFFIX not in n] if stems else []
    return [f"_MAIN_{state.split()[-1]}.toc", *sorted(own)]


def _measured(
    folder: Path, names: Iterable[str], known: Mapping[str, list[int]]
) -> dict[str, list[int]]:
    # Files never change, so each is read once.
    return {name: known.get(name) or _measure(folder / name) for name in names}


def _measure(path: Path) -> list[int]:
    size = checksum = 0
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            size += len(piece)
            checksum = zlib.crc32(piece, checksum)
    return [size, checksum]

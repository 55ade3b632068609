"""The state of the index that a search sees: its segments, and what is deleted in each.

Whoosh's own table of contents is a pickle that only Whoosh can read. The file ``view`` says the
same in a few lines, with the number of the commit that it belongs to; it and the flat files are
made right after each commit, and by whoever first finds them missing, old or damaged. So they
may be deleted at any time, and a process that is killed between two of them does no harm.

Segments that follow each other in time have one more flat file, in which they are joined:
searching reads that, and what brings the page's index up to date reads each by itself. Only an
update joins. A search that finds no such file, or one that is not whole, reads the segments.

The view also has the sizes and checksums of Whoosh's files. Nothing is derived from a file that
does not agree with them: then there is no index, and the next build makes it anew.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import os
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pyroaring import BitMap

from archive_gen.search.base import IndexMissingError
from archive_gen.search.flat_file import DamagedError, FlatFile, beside_name
from archive_gen.search.flat_lists import SUFFIX, FlatLists
from archive_gen.search.joined import JoinedSegment, is_joined, joined_name, parts_of
from archive_gen.search.segment import Segment
from archive_gen.search.version import STAMP, stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

S = TypeVar("S", bound=FlatLists)

VIEW = "view"
_TABLE_OF_CONTENTS = re.compile(r"_MAIN_(\d+)\.toc")
_TRIES = 3


@dataclass(frozen=True, slots=True)
class View:
    """What the file of that name says."""

    state: str
    segments: dict[str, str]
    """Name → deleted documents, as text."""
    files: dict[str, list[int]]
    """Whoosh's files: size and checksum."""
    chains: list[list[str]]
    """The names of segments that are joined, each chain in the order of time."""


class Snapshot(Generic[S]):
    """The segments of one state of the index."""

    def __init__(self, state: str, segments: list[S], joined: Mapping[Path, object]) -> None:
        """``joined``: the files in which segments are to be joined, and which file each was."""
        self._state = state
        self._joined = joined
        self.segments = segments

    def is_latest(self, folder: Path) -> bool:
        """Whether nothing was committed or joined since. Raises ``IndexMissingError``."""
        return state_of(folder) == self._state and all(
            _identity(path) == identity for path, identity in self._joined.items()
        )

    def close(self) -> None:
        """Release the files."""
        for segment in self.segments:
            segment.close()


def state_of(folder: Path) -> str:
    """Names the latest commit. Raises ``IndexMissingError``."""
    stamp = stamp_of(folder)
    numbers = [int(m[1]) for name in _names(folder) if (m := _TABLE_OF_CONTENTS.fullmatch(name))]
    if not numbers:
        raise IndexMissingError("there is no search index")
    return f"{stamp} {max(numbers)}"


def open_snapshot(folder: Path) -> Snapshot[Segment]:
    """The latest state, each segment by itself. Raises ``IndexMissingError``."""
    return _opened(folder, _segments)


def open_joined(folder: Path) -> Snapshot[Segment | JoinedSegment]:
    """The latest state in as few segments as possible. Raises ``IndexMissingError``."""
    return _opened(folder, _joined_segments)


def _opened(folder: Path, segments: Callable[[Path, View], list[S]]) -> Snapshot[S]:
    for _ in range(_TRIES):
        state = state_of(folder)
        try:
            view = _read_view(folder, state)
            # Looked at before they are opened: what is joined meanwhile is seen to be new.
            joined = {path: _identity(path) for path in _joined_files(folder, view)}
            return Snapshot(state, segments(folder, view), joined)
        except (OSError, DamagedError):
            # Missing, of another commit, or damaged; or a commit takes files away meanwhile.
            describe(folder)
    raise broken(folder, "its files come and go")


def describe(folder: Path) -> None:
    """Make what is missing or damaged of the segments' flat files, and the view.

    Raises ``IndexMissingError`` when Whoosh's files are not what was written.
    """
    state = state_of(folder)
    old = _known_view(folder)
    if old and old.state == state:
        _demand_whole(folder, old)
    try:
        view = _described(folder, state, old.files if old else {})
    except Exception as error:
        if state_of(folder) != state:  # another process has committed meanwhile
            return
        if old is None or old.state != state:
            raise broken(folder, type(error).__name__) from error
        raise
    _write_view(folder, view)


def _described(folder: Path, state: str, known: Mapping[str, list[int]]) -> View:
    from archive_gen.search.flat_join import LARGE
    from archive_gen.search.whoosh_segments import segments

    with segments(folder) as leaves:
        deleted = {name: _flat(folder, name, leaf) for name, leaf in leaves}
        large = [name for name, leaf in leaves if leaf.doc_count_all() >= LARGE]
    files = _measured(folder, _files_of(folder, state, deleted), known)
    return View(state, deleted, files, _chains(folder, large))


def check(folder: Path) -> None:
    """Compare Whoosh's files with what was written; raises ``IndexMissingError``.

    A checksum takes a fifth of a millisecond a megabyte: little beside an update.
    """
    view = _known_view(folder)
    if view is None or view.state != state_of(folder):
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


def broken(folder: Path, what: str) -> IndexMissingError:
    """Says so for good: without its stamp an index is made anew by the next build."""
    with contextlib.suppress(OSError):
        (folder / STAMP).unlink()
    return IndexMissingError(f"the search index is broken ({what})")


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
    from archive_gen.search.flat_write import deleted_numbers
    from archive_gen.search.whoosh_segments import flatten

    try:
        deleted = deleted_numbers(leaf, folder, name)
    except (OSError, DamagedError):
        flatten(leaf)
        deleted = deleted_numbers(leaf, folder, name)
    return base64.b85encode(deleted.serialize()).decode()


def _chains(folder: Path, names: Sequence[str]) -> list[list[str]]:
    """The names of segments that are to be joined."""
    from archive_gen.search.flat_join import chains

    with _segments_of(folder, names) as segments:
        return [[segment.name for segment in chain] for chain in chains(segments)]


def join(folder: Path) -> None:
    """Make what is missing of the files in which segments are joined; take away the others.

    Flat files of segments that turn out to be damaged are made again. Only who updates the index
    joins, so no two do it at once. Raises ``IndexMissingError`` as ``describe`` does.
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
            describe(folder)


def _join(folder: Path) -> None:
    view = _known_view(folder)
    try:
        for names in view.chains if view else []:
            if not _is_joined_already(folder, names):
                _write_joined(folder, names)
    except OSError:
        if view and state_of(folder) != view.state:  # another process has committed meanwhile
            return
        raise
    needed = _joined_files(folder, view) if view else []
    for path in map(folder.joinpath, filter(is_joined, _names(folder))):
        if path not in needed:
            path.unlink(missing_ok=True)


def _write_joined(folder: Path, names: Sequence[str]) -> None:
    from archive_gen.search.flat_join import write_joined

    with _segments_of(folder, names) as segments:
        write_joined(folder, segments)


def _joined_files(folder: Path, view: View) -> list[Path]:
    return [folder / joined_name(names) for names in view.chains]


def _identity(path: Path) -> object:
    """Tells a file from another one of its name; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


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
    own = [n for n in _names(folder) if n.startswith(stems) and SUFFIX not in n] if stems else []
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


def _write_view(folder: Path, view: View) -> None:
    text = json.dumps([view.state, view.segments, view.files, view.chains])
    beside = beside_name(folder / VIEW)
    beside.write_text(f"{zlib.crc32(text.encode()):08x} {text}", "utf-8")
    beside.replace(folder / VIEW)


def _known_view(folder: Path) -> View | None:
    try:
        checksum, _, text = (folder / VIEW).read_bytes().partition(b" ")
    except OSError:
        return None
    if checksum != b"%08x" % zlib.crc32(text):
        return None
    return View(*json.loads(text))


def _read_view(folder: Path, state: str) -> View:
    view = _known_view(folder)
    if view is None or view.state != state:
        raise DamagedError(VIEW)
    return view


def _segments(folder: Path, view: View) -> list[Segment]:
    with _opening(folder, view) as opened:
        return [segment for segment in opened.values() if segment.live]


def _joined_segments(folder: Path, view: View) -> list[Segment | JoinedSegment]:
    with _opening(folder, view) as opened:
        chains = [[opened.pop(name) for name in names] for names in view.chains]
        joined = itertools.chain.from_iterable(_joined(folder, chain) for chain in chains)
        return [each for each in (*joined, *opened.values()) if each.live]


def _joined(folder: Path, chain: list[Segment]) -> Sequence[Segment | JoinedSegment]:
    """A chain as one; as it is, if it is not joined yet or its file is not whole."""
    try:
        return [JoinedSegment(folder, chain)]
    except (OSError, DamagedError):
        return chain


@contextlib.contextmanager
def _opening(folder: Path, view: View) -> Iterator[dict[str, Segment]]:
    """All segments, which are closed again if something goes wrong."""
    with contextlib.ExitStack() as closing:
        opened: dict[str, Segment] = {}
        for name, deleted in view.segments.items():
            opened[name] = Segment(folder, name, BitMap.deserialize(base64.b85decode(deleted)))
            closing.callback(opened[name].close)
        yield opened
        closing.pop_all()


def _names(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:  # a search looks each time: no paths of 100 names
            return [entry.name for entry in entries]
    except OSError:
        return []

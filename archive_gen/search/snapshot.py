"""The state of the index that a search sees: its segments, and what is deleted in each.

Segments that follow each other in time have one more flat file, in which they are joined:
searching reads that, and what brings the page's index up to date reads each by itself. A search
that finds no such file, or one that is not whole, reads the segments.
"""

from __future__ import annotations

import base64
import contextlib
import itertools
from typing import TYPE_CHECKING, Generic, TypeVar

from pyroaring import BitMap

from archive_gen.search.derived import broken, derived_view
from archive_gen.search.flat.file import DamagedError
from archive_gen.search.flat.joined import JoinedSegment
from archive_gen.search.flat.lists import FlatLists
from archive_gen.search.flat.segment import Segment
from archive_gen.search.view import View, joined_files, read_view, state_of, write_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

S = TypeVar("S", bound=FlatLists)

_TRIES = 3


class Snapshot(Generic[S]):
    """The segments of one state of the index."""

    def __init__(self, view: View, segments: list[S], joined: Mapping[Path, object]) -> None:
        """``joined``: the files in which segments are to be joined, and which file each was."""
        self._view = view
        self._joined = joined
        self.segments = segments

    @property
    def build(self) -> str:
        """Names the state: see ``View.build``."""
        return self._view.build

    def is_latest(self, folder: Path) -> bool:
        """Whether nothing was committed or joined since. Raises ``IndexMissingError``."""
        return state_of(folder) == self._view.state and all(
            _identity(path) == identity for path, identity in self._joined.items()
        )

    def close(self) -> None:
        """Release the files."""
        for segment in self.segments:
            segment.close()


def open_snapshot(folder: Path) -> Snapshot[Segment]:
    """The latest state, each segment by itself. Raises ``IndexMissingError``."""
    return _opened(folder, _segments)


def open_joined(folder: Path) -> Snapshot[Segment | JoinedSegment]:
    """The latest state in as few segments as possible. Raises ``IndexMissingError``."""
    return _opened(folder, _joined_segments)


def _opened(folder: Path, segments: Callable[[Path, View], list[S]]) -> Snapshot[S]:
    made: View | None = None
    for _ in range(_TRIES):
        state = state_of(folder)
        try:
            view = made if made and made.state == state else read_view(folder, state)
            # Looked at before they are opened: what is joined meanwhile is seen to be new.
            joined = {path: _identity(path) for path in joined_files(folder, view)}
            return Snapshot(view, segments(folder, view), joined)
        except (OSError, DamagedError):
            # Missing, of another commit, or damaged; or a commit takes files away meanwhile.
            made = derived_view(folder)
            with contextlib.suppress(OSError):  # a folder that can only be read is searched, too
                if made:
                    write_view(folder, made)
    raise broken(folder, "its files come and go")


def _identity(path: Path) -> object:
    """Tells a file from another one of its name; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


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

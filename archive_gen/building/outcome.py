"""What became of the pages and other files of a build, taken in as it comes from the workers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archive_gen.building.workers import decode_made
from archive_gen.urls import output_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archive_gen.building.workers import Made
    from archive_gen.pages import Group
    from archive_gen.problems import Problem

    Remember = Callable[[Iterable[tuple[str, Group, str]]], None]


class Outcome:
    """What a build has made so far.

    ``before`` are the files that it may replace, as paths in the output folder. ``remember``
    takes url, group and fingerprint of each page.
    """

    def __init__(self, before: Iterable[str], remember: Remember) -> None:
        self._remember = remember
        self.gone = set(before)
        """Files that were there and have not been made again."""
        self.staged: list[str] = []
        """Files whose bytes are new, as paths in the output folder."""
        self.rendered: Counter[str] = Counter()
        """Kind → how many pages of it were rendered."""
        self.problems: list[Problem] = []
        self.failed: set[Group] = set()
        """Groups with a page on which the program failed."""

    def take(self, rendered: Iterable[bytes]) -> None:
        """Take in what calls of ``render_groups`` return."""
        for made in map(decode_made, rendered):
            self.take_files(made)

    def take_files(self, files: Iterable[Made]) -> None:
        """Take in some files."""
        rows = []
        for file in files:
            if file.problem:
                self.problems.append(file.problem)
            if file.failed:
                self.failed.add(file.group)
                continue
            path = output_path(file.url)
            self.gone.discard(path)
            if file.staged:
                self.staged.append(path)
            if file.rendered:
                self.rendered[file.group[0]] += 1
            rows.append((file.url, file.group, file.fingerprint))
        self._remember(rows)

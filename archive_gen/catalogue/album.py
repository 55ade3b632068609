"""Pictures and documents of an archive: which each article shows or leads to, and which it looks
for in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.pictures import Picture, fault_of, path_meant, same_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archive_gen.catalogue.entry import Entry
    from archive_gen.problems import Problem


class Album:
    """Every such file below ``content/``: only these can be shown, wherever a path leads."""

    def __init__(self, files: Mapping[str, Picture | None]) -> None:
        """``files``: path below ``content/`` → the picture, None for a file that is none."""
        self._files = {same_name(path): picture for path, picture in files.items()}

    def shown_by(self, entry: Entry) -> tuple[Picture, ...]:
        """The pictures of an article that there are, each once, in the order it names them."""
        return tuple(file for file in self.beside(entry) if file.is_shown)

    def beside(self, entry: Entry) -> tuple[Picture, ...]:
        """The same, and the documents that it leads to."""
        return tuple(dict.fromkeys(file for _, file in self._named(entry)))

    def documents(self, entry: Entry) -> Iterator[tuple[str, Picture]]:
        """The documents of an article that there are, each with an address that means it."""
        return ((src, file) for src, file in self._named(entry) if not file.is_shown)

    def _named(self, entry: Entry) -> Iterator[tuple[str, Picture]]:
        for src in entry.pictures:
            if file := self._files.get(path_meant(entry.path, src)):
                yield src, file

    def faults(self, named: Mapping[str, Sequence[str]]) -> list[Problem]:
        """A line for each file that an article names and that there is not.

        ``named`` are those that each article names, by its path. A file that is there and is no
        picture has a line of its own.
        """
        return [
            fault_of(path, src)
            for path, sources in sorted(named.items())
            for src in sources
            if path_meant(path, src) not in self._files
        ]


def showing(paths: Iterable[str], named: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The articles that name one of the pictures at ``paths``, there or not."""
    wanted = {same_name(path) for path in paths}
    for article, sources in named.items() if wanted else ():
        if any(path_meant(article, src) in wanted for src in sources):
            yield article

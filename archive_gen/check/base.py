"""The contract of a check, and what all of them look at."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from archive_gen import pictures
from archive_gen.building.publish import FolderSink
from archive_gen.catalogue.album import Album
from archive_gen.catalogue.catalogue import Catalogue
from archive_gen.content import frontmatter, listing
from archive_gen.content.imported import read_import
from archive_gen.content.store import CONTENT_FOLDER
from archive_gen.loading.load import entry_of, file_digest
from archive_gen.parallel import chunks
from archive_gen.pictures import is_picture
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from archive_gen.catalogue.entry import Entry
    from archive_gen.config import SiteConfig
    from archive_gen.content.listing import FoundFile
    from archive_gen.parallel import Mapper
    from archive_gen.pictures import Picture

_CHUNK = 200


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something in the archive that is not as it should be."""

    problem: Problem
    code: str
    """Names the kind of fault, and never changes: ``docs/checking.md`` lists them."""
    fixable: bool = False
    """Whether ``archive build`` mends it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's file as it is now."""

    path: str
    """Below ``content/``."""
    digest: str
    """As the build's state notes it; empty if the file can't be read."""
    entry: Entry | None
    problems: tuple[Problem, ...]
    original: str = ""
    other_keys: tuple[str, ...] = ()
    """Front-matter keys that are not ours."""
    found_at: str = ""
    """Its original address."""


@dataclass(frozen=True, slots=True)
class PictureReading:
    """A picture's file as it is now."""

    path: str
    digest: str
    """As the build's state notes it; empty if the file can't be read."""
    picture: Picture | None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class _Context:
    """What reading needs besides the paths."""

    content: Path
    config: SiteConfig


@dataclass(frozen=True)
class Subject:
    """The archive to check. What several checks need is read once."""

    site: Path
    """Absolute."""
    config: SiteConfig
    mapper: Mapper

    @property
    def content(self) -> Path:
        """The folder of the articles."""
        return self.site / CONTENT_FOLDER

    @property
    def sink(self) -> FolderSink:
        """Where the site is published."""
        return FolderSink(self.site / self.config.output)

    @functools.cached_property
    def readings(self) -> Sequence[Reading]:
        """Every article's file, by path."""
        context = _Context(self.content, self.config)
        files = listing.scan(self.content)
        return [
            reading
            for part in self.mapper.map(_read_files, context, chunks(files, _CHUNK))
            for reading in part
        ]

    @functools.cached_property
    def pictures(self) -> Sequence[PictureReading]:
        """Every picture's file, by path."""
        files = (file for file in listing.scan_with_pictures(self.content) if is_picture(file.path))
        return [
            reading
            for part in self.mapper.map(_read_pictures, self.content, chunks(files, _CHUNK))
            for reading in part
        ]

    @functools.cached_property
    def album(self) -> Album:
        """Which article shows which picture."""
        return Album({reading.path: reading.picture for reading in self.pictures})

    @functools.cached_property
    def catalogue(self) -> Catalogue:
        """The articles that can be read, in order."""
        return Catalogue(reading.entry for reading in self.readings if reading.entry)

    @functools.cached_property
    def is_built(self) -> bool:
        """Whether there is a whole site to compare with."""
        return self.sink.is_whole()


Check: TypeAlias = Callable[[Subject], Iterator[Finding]]
"""Looks at one side of an archive, writes nothing, and yields what it finds in a fixed order."""


def _read_files(context: _Context, files: Sequence[FoundFile]) -> list[Reading]:
    """Read files below ``context.content``; one that vanishes meanwhile is a problem."""
    return [_read(context, file) for file in files]


def _read_pictures(content: Path, files: Sequence[FoundFile]) -> list[PictureReading]:
    """The same for pictures."""
    return [_read_picture(content, file) for file in files]


def _read_picture(content: Path, file: FoundFile) -> PictureReading:
    if too_large := pictures.oversized(file.size, f"content/{file.path}"):
        return PictureReading(file.path, "", None, too_large)
    try:
        data = (content / file.path).read_bytes()
    except OSError as error:
        what = f"can't be read: {error.strerror}"
        problem = Problem(f"content/{file.path}", 0, what, "check its permissions")
        return PictureReading(file.path, "", None, problem)
    found = pictures.examine(file.path, data)
    digest = pictures.digest_of(data)
    if isinstance(found, Problem):
        return PictureReading(file.path, digest, None, found)
    return PictureReading(file.path, digest, found)


def _read(context: _Context, file: FoundFile) -> Reading:
    path, shown = file.path, f"content/{file.path}"
    if too_large := frontmatter.oversized(file.size, shown):
        return Reading(path, "", None, (too_large,))
    try:
        data = (context.content / path).read_bytes()
    except OSError as error:
        problem = Problem(shown, 0, f"can't be read: {error.strerror}", "check its permissions")
        return Reading(path, "", None, (problem,))
    digest = file_digest(context.content, data)
    article, problems = frontmatter.parse_bytes(data, shown)
    if article is None:
        return Reading(path, digest, None, tuple(problems))
    return Reading(
        path,
        digest,
        entry_of(article, read_import(context.content, article.original), path, context.config),
        tuple(problems),
        article.original,
        tuple(article.extra),
        article.url,
    )

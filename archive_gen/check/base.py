"""The contract of a check, and what all of them look at."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from archive_gen.building.publish import FolderSink
from archive_gen.catalogue.album import Album
from archive_gen.catalogue.catalogue import Catalogue
from archive_gen.content import listing
from archive_gen.content.own_pages import OwnPages, read_own_pages
from archive_gen.layout import CONTENT_FOLDER
from archive_gen.loading.load import Candidate, load_file
from archive_gen.parallel import chunks
from archive_gen.pictures import is_beside_text, path_meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from archive_gen.article import Article
    from archive_gen.catalogue.entry import Entry
    from archive_gen.config import SiteConfig
    from archive_gen.content.listing import FoundFile
    from archive_gen.loading.load import ContentFile
    from archive_gen.parallel import Mapper
    from archive_gen.pictures import Picture
    from archive_gen.problems import Problem

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
    """An article's file, or a picture's, as it is now."""

    path: str
    """Below ``content/``."""
    digest: str
    """As the build's state notes it; empty if the file can't be read."""
    entry: Entry | None
    """None for a picture, and for a file that holds no article."""
    picture: Picture | None
    """The same for pictures."""
    problems: tuple[Problem, ...]
    original: str = ""
    other_keys: tuple[str, ...] = ()
    """Front-matter keys that are not ours."""
    found_at: str = ""
    """Its original address."""
    document: str = ""
    """The file of which it is the text, below ``content/``."""


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
        return self._read(listing.scan(self.content))

    @property
    def articles(self) -> int:
        """How many there are; none is opened for it."""
        return sum(1 for _ in listing.scan(self.content))

    @functools.cached_property
    def pictures(self) -> Sequence[Reading]:
        """Every picture's file, by path."""
        files = listing.scan_with_pictures(self.content)
        return self._read(file for file in files if is_beside_text(file.path))

    @functools.cached_property
    def own_pages(self) -> OwnPages:
        """Pages that are no articles."""
        return read_own_pages(self.content, self.config.folders)

    def _read(self, files: Iterable[FoundFile]) -> Sequence[Reading]:
        context = _Context(self.content, self.config)
        parts = self.mapper.map(_read_files, context, chunks(files, _CHUNK))
        return [*itertools.chain.from_iterable(parts)]

    @functools.cached_property
    def album(self) -> Album:
        """Which article shows which picture."""
        return Album({reading.path: reading.picture for reading in self.pictures})

    @functools.cached_property
    def catalogue(self) -> Catalogue:
        """The articles that can be read, in order."""
        entries = (reading.entry for reading in self.readings if reading.entry)
        return Catalogue(entries, self.config.language)

    @functools.cached_property
    def is_built(self) -> bool:
        """Whether there is a whole site to compare with."""
        return self.sink.is_whole()


Check: TypeAlias = Callable[[Subject], Iterator[Finding]]
"""Looks at one side of an archive, writes nothing, and yields what it finds in a fixed order."""


def _read_files(context: _Context, files: Sequence[FoundFile]) -> list[Reading]:
    """Read files below ``context.content``; one that vanishes meanwhile is a problem."""
    candidates = (Candidate(file.path, file.size, known_digest="") for file in files)
    loaded = (load_file(context.content, context.config, candidate) for candidate in candidates)
    return [_reading(file, article) for file, article, _ in filter(None, loaded)]


def _reading(file: ContentFile, article: Article | None) -> Reading:
    read = Reading(file.path, file.digest, file.entry, file.picture, file.problems)
    if article is None:
        return read
    return dataclasses.replace(
        read,
        original=article.original,
        other_keys=tuple(article.extra),
        found_at=article.url,
        document=path_meant(file.path, article.document) if article.document else "",
    )

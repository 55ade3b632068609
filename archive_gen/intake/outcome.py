"""What becomes of one document of an import, on the way and at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from archive_gen.importers.base import LeftOut
from archive_gen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from archive_gen.article import Article
    from archive_gen.intake.provenance import Record
    from archive_gen.intake.versions import Sketch

Status = Literal["new", "joined", "unchanged", "updated", "duplicate", "failed", "left out"]
"""``joined``: it is a further page of an article's story."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document."""

    input: str
    path: str | None
    """Below ``content/``; None if nothing was written."""
    status: Status
    title: str = ""
    date: str = ""
    """EDTF, empty if unknown."""
    source: str = ""
    confidence: float | None = None
    """Of the cleaning, 0–1; None where nothing was cleaned."""
    kept: int = 0
    """Lines."""
    dropped: int = 0
    problems: tuple[Problem, ...] = ()
    left_out: str = ""
    """What kind of entry it is (``drafts``), where it is left out."""


@dataclass(frozen=True, slots=True)
class Known:
    """A document that was imported before."""

    name: str
    original: str


@dataclass(frozen=True, slots=True)
class Made:
    """A document, cleaned."""

    name: str
    article: Article
    record: Record
    problems: tuple[Problem, ...]
    sketch: Sketch
    pictures: Mapping[str, bytes | Path]
    """Name beside the article → the bytes, or where the file lies that has them."""
    found_at: str = ""
    """The address at which it was found, if that is known."""
    copy_of: str = ""
    """The address of the page of which it says that it is a copy."""
    was_there: bool = False
    """Whether it was imported before: only what is told of it may be new."""


Item: TypeAlias = Known | Made | Problem | LeftOut
"""A document as the second pass hands it over; a problem where it could not be read."""

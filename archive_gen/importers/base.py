"""The contract of an importer: it opens a container and yields what lies in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from archive_gen.article import RawDocument
from archive_gen.problems import Problem

Importer: TypeAlias = Callable[[Path], Iterator[RawDocument | Problem]]
"""Reads the file at a path: documents in their order, and a ``Problem`` for each part that can't
be read. A document's ``name`` begins with the path as it was given. May raise ``OSError``."""

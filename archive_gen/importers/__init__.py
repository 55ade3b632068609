"""Which importer opens a file, by the ending of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.importers import text

if TYPE_CHECKING:
    from pathlib import Path

    from archive_gen.importers.base import Importer

IMPORTERS: dict[str, Importer] = {
    ".text": text.read,
    ".txt": text.read,
}


def importer_for(path: Path) -> Importer | None:
    """The importer for a file; None if no importer knows its ending."""
    return IMPORTERS.get(path.suffix.lower())

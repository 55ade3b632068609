"""Folders in which some files tell how others are read.

===============  =============================================================
``exports``      exports of newsletters and blogs
``archivebox``   a page that ArchiveBox saved in many ways
``described``    a table or a record beside texts
``attached``     PDFs beside pages and posts, which lead to them
``saved_pages``  what a browser saves beside a page
===============  =============================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.importers.folders import archivebox, described, exports

if TYPE_CHECKING:
    from pathlib import Path

    from archive_gen.importers.base import Importer


def importer_beside(path: Path) -> Importer | None:
    """How the file at ``path`` is read by what others beside it tell; None if none does.

    Raises ``OSError`` if what tells can't be read.
    """
    ways = (exports.importer_beside, archivebox.importer_beside, described.importer_beside)
    return next(filter(None, (way(path) for way in ways)), None)

"""The article that an import makes of one text file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.content import frontmatter
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.parallel import SerialMapper

if TYPE_CHECKING:
    from pathlib import Path

    from archive_gen.article import Article


def imported(folder: Path, text: str, name: str = "page.txt") -> Article:
    """The one that ``text`` holds, in a file of this name."""
    (folder / name).write_text(text, "utf-8")
    (found,) = ingest(folder, [folder / name], Stated({}), SerialMapper())
    article, problems = frontmatter.parse_bytes((folder / str(found.path)).read_bytes(), "")
    assert article, problems
    return article

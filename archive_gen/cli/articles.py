"""Articles as a person names them on the command line, and what is asked of all of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from archive_gen.cli.progress import Progress
from archive_gen.content import listing
from archive_gen.content.reading import Answer, asked
from archive_gen.layout import CONTENT_FOLDER
from archive_gen.parallel import ProcessMapper
from archive_gen.problems import Problem, UsageError
from archive_gen.texts import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archive_gen.article import Article

_NEAR = 0.7


def find_article(site: Path, named: str) -> str:
    """The path below ``content/`` of the article at ``named``: from here, from the site's folder,
    from ``content/``, or only the file's name.

    Raises ``UsageError`` if there is none, or more than one.
    """
    content = site / CONTENT_FOLDER
    for start in (Path.cwd(), site, content):
        path = Path(os.path.normpath(start.absolute() / named))
        if path.suffix == ".md" and path.is_file() and path.is_relative_to(content.absolute()):
            return path.relative_to(content.absolute()).as_posix()
    paths = [file.path for file in listing.scan(content)]
    name = Path(named).name.removesuffix(".md") + ".md"
    same = [path for path in paths if Path(path).name == name]
    if len(same) == 1 and len(Path(named).parts) == 1:
        return same[0]
    near = [f"{CONTENT_FOLDER}/{path}" for path in same or _likeliest(name, paths)]
    hint = f"did you mean {' or '.join(near[:3])}?" if near else "see 'archive search'"
    raise UsageError(Problem(named, 0, "there is no such article", hint))


def ask_all(site: Path, ask: Callable[[Article], Answer]) -> Iterator[Answer]:
    """What ``ask`` answers of each article that can be read, by path; a terminal shows how far."""
    content = site / CONTENT_FOLDER
    files = [*listing.scan(content)]
    answers = asked(content, files, ask, ProcessMapper(os.cpu_count() or 1))
    return Progress().each("reading", answers, len(files))


def _likeliest(name: str, paths: list[str]) -> list[str]:
    """Those whose files have the name that ``name`` may be a slip of."""
    stem = name.removesuffix(".md")
    stems = [Path(path).stem for path in paths]
    meant = nearest(stem, stems, _NEAR)
    return [path for path, of in zip(paths, stems, strict=True) if meant and of == meant]

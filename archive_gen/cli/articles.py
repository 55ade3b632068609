"""Articles as a person names them on the command line, and what is asked of all of them."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from archive_gen.building.seen import Seen, all_changed, seen_statements
from archive_gen.cli.progress import Progress
from archive_gen.content import listing
from archive_gen.content.reading import Answer, asked
from archive_gen.layout import CONTENT_FOLDER
from archive_gen.loading.load import decode_file
from archive_gen.memo import Memo
from archive_gen.parallel import ProcessMapper
from archive_gen.problems import Problem, UsageError
from archive_gen.texts import fold_term, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from archive_gen.article import Article
    from archive_gen.config import SiteConfig

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
    return _ask(site, [file.path for file in listing.scan(site / CONTENT_FOLDER)], ask)


def all_stated(
    site: Path, config: SiteConfig, keys: Sequence[str]
) -> Iterator[Sequence[tuple[str, ...]]]:
    """What each article that can be read states for some front-matter keys, as its file has it.

    In no order. Only those are read that the last build has not seen as they are.
    """
    seen = _seen(site, config, keys)
    names = _names(config)
    for packed in seen.unchanged:
        file = decode_file(packed.record)
        yield [file.stated(names[key], key) for key in keys]
    yield from _ask(site, [file.path for file in seen.changed], partial(_values, keys))


def paths_stating(site: Path, config: SiteConfig, key: str, term: str) -> list[str]:
    """The articles that may state ``term`` for a front-matter key, however they spell it, by path.

    Those that can't be read, or have to be, are among them.
    """
    seen = _seen(site, config, [key])
    found = [file.path for file in seen.changed]
    folded, name = Memo(fold_term), _names(config).get(key, "")
    for file in (decode_file(packed.record) for packed in seen.unchanged):
        if file.problems or folded[term] in map(folded.__getitem__, file.stated(name, key)):
            found.append(file.path)
    return sorted(found)


def _seen(site: Path, config: SiteConfig, keys: Sequence[str]) -> Seen:
    """Nothing is known of what no taxonomy is made of."""
    known = _names(config).keys() >= {*keys}
    return seen_statements(site, config, os.cpu_count() or 1) if known else all_changed(site)


def _names(config: SiteConfig) -> dict[str, str]:
    """Front-matter key → the taxonomy, or one of those, that is made of it."""
    return {taxonomy.key: name for name, taxonomy in config.taxonomies.items()}


def _values(keys: Sequence[str], article: Article) -> list[tuple[str, ...]]:
    return [article.values(key) for key in keys]


def _ask(site: Path, paths: Sequence[str], ask: Callable[[Article], Answer]) -> Iterator[Answer]:
    content, mapper = site / CONTENT_FOLDER, ProcessMapper(os.cpu_count() or 1)
    return Progress().each("reading", asked(content, paths, ask, mapper), len(paths))


def _likeliest(name: str, paths: list[str]) -> list[str]:
    """Those whose files have the name that ``name`` may be a slip of."""
    stem = name.removesuffix(".md")
    stems = [Path(path).stem for path in paths]
    meant = nearest(stem, stems, _NEAR)
    return [path for path, of in zip(paths, stems, strict=True) if meant and of == meant]

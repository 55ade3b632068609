"""Who the authors of a site are: posts name them by ids, and files of the site tell their names."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from archive_gen import yaml_nodes
from archive_gen.importers.records.values import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from archive_gen.article import RawDocument

_LISTS = tuple(
    "_data/authors.yml _data/authors.yaml _data/authors.json data/authors.yml data/authors.yaml "
    "data/authors.toml data/authors.json".split()
)
"""Files of Jekyll and Hugo that tell of all, by id."""
_EACH = ("data/authors/*.*", "_data/authors/*.*")
"""Files that tell of one each, by their names."""
_PAGES = ("content/authors/*/_index.md", "content/author/*/_index.md")
"""Pages of Hugo, by their folders."""
_NAMES = ("name", "display_name", "title")
_MOST = 1 << 20
"""Bytes of such a file."""


def with_names(post: RawDocument, site: Path) -> RawDocument:
    """``post`` with the names of its authors in place of their ids, as far as its site tells."""
    authors = post.known.get("authors", ())
    people = _people(site) if authors else {}
    named = tuple(dict.fromkeys(people.get(author, author) for author in authors))
    known = {**post.known, "authors": named}
    return post if named == authors else dataclasses.replace(post, known=known)


@lru_cache(4)
def _people(site: Path) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for id_, told in _told(site):
        stated = [told.get(key) for key in _NAMES] if isinstance(told, dict) else [told]
        name = next(filter(None, map(line_of, stated)), "")
        if name:
            found.setdefault(id_, name)
    return found


def _told(site: Path) -> Iterator[tuple[str, Any]]:
    for name in _LISTS:
        told = _read(site, site / name)
        yield from told.items() if isinstance(told, dict) else ()
    for pattern in _EACH:
        yield from ((file.stem, _read(site, file)) for file in sorted(site.glob(pattern)))
    for pattern in _PAGES:
        yield from ((file.parent.name, _read(site, file)) for file in sorted(site.glob(pattern)))


def _read(site: Path, file: Path) -> Any:
    """What a file says; nothing if it is none, is reached by a link, or can't be read."""
    try:
        is_linked = file.resolve() != site.resolve() / file.relative_to(site)
        if is_linked or not file.is_file() or file.stat().st_size > _MOST:
            return None
        text = file.read_text("utf-8", "replace")
        if file.suffix == ".json":
            return json.loads(text)
        return tomllib.loads(text) if file.suffix == ".toml" else _of_yaml(text)
    except (OSError, ValueError, RecursionError):
        return None


def _of_yaml(text: str) -> Any:
    """YAML, alone or above a page."""
    parts = text.split("---", 2)
    faults = yaml_nodes.Faults("", parts[1] if len(parts) > 2 and not parts[0].strip() else text, 1)
    root = yaml_nodes.compose(faults)
    told = yaml_nodes.plain(root, faults) if root is not None else None
    return None if faults.found else told

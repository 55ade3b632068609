"""A tag that is called otherwise from now on, in the articles that have it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from archive_gen.content.editing import edit
from archive_gen.texts import fold_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from archive_gen.article import Article
    from archive_gen.problems import Problem


def rename_tag(content: Path, paths: Iterable[str], old: str, new: str) -> Iterator[str | Problem]:
    """Let the articles at ``paths`` that have the tag ``old``, however they spell it, have ``new``.

    Yields the path of each that was written, below ``content``, and what is wrong with one that
    could not be. All else in its file stays as it is.
    """
    for path in paths:
        found = edit(content, path, partial(_with_tag, old=fold_term(old), new=new))
        if found:
            yield path if found is True else found


def _with_tag(article: Article, old: str, new: str) -> Article:
    if old not in map(fold_term, article.tags):
        return article
    kept: dict[str, str] = {}  # of both, if it had both, one
    for tag in article.tags:
        name = new if fold_term(tag) == old else tag
        kept.setdefault(fold_term(name), name)
    return msgspec.structs.replace(article, tags=tuple(kept.values()))

"""A tag that is called otherwise from now on, in the articles that have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_gen.content import frontmatter, store
from archive_gen.problems import Problem, unreadable
from archive_gen.texts import fold_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_BY_HAND = "change its tags by hand"


def rename_tag(content: Path, paths: Iterable[str], old: str, new: str) -> Iterator[str | Problem]:
    """Let the articles at ``paths`` that have the tag ``old``, however they spell it, have ``new``.

    Yields the path of each that was written, below ``content``, and what is wrong with one that
    could not be. All else in its file stays as it is.
    """
    wanted = fold_term(old)
    for path in paths:
        shown = f"{content.name}/{path}"
        try:
            data = (content / path).read_bytes()
        except OSError as error:
            yield unreadable(shown, error)
            continue
        article, _ = frontmatter.parse_bytes(data, shown)  # a build tells what is wrong with it
        if article is None or wanted not in map(fold_term, article.tags):
            continue
        kept: dict[str, str] = {}  # of both, if it had both, one
        for tag in article.tags:
            name = new if fold_term(tag) == wanted else tag
            kept.setdefault(fold_term(name), name)
        tags = tuple(kept.values())
        if tags == article.tags:
            continue
        try:
            text = frontmatter.splice(data.decode("utf-8"), {"tags": tags})
        except ValueError as error:
            yield Problem(shown, 0, str(error), _BY_HAND)
        else:
            store.write(content, path, text.encode("utf-8"))
            yield path

"""What an article's file states, changed: all else in it stays byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive_gen.content import disk, frontmatter
from archive_gen.layout import CONTENT_FOLDER
from archive_gen.problems import OperationError, Problem, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archive_gen.article import Article


def edit(content: Path, path: str, change: Callable[[Article], Article]) -> bool | Problem:
    """Let the file at ``path`` below ``content`` state what ``change`` makes of its article.

    Returns whether anything is other than before, or why the file stays as it was. Raises
    ``OSError`` if nothing can be written there.
    """
    try:
        data = disk.read(content, path)
    except OSError as error:
        return unreadable(f"{CONTENT_FOLDER}/{path}", error)
    after = edited(path, data or b"", change)
    if isinstance(after, Problem) or after == data:
        return after if isinstance(after, Problem) else False
    try:
        disk.write_all(content, {path: after}, {path: data})
    except OperationError as error:
        return error.problems[0]
    return True


def edited(path: str, data: bytes, change: Callable[[Article], Article]) -> bytes | Problem:
    """The bytes of the file at ``path`` below ``content/`` with such a change, or why it is none
    that can be changed: as no article, or as its front matter is written."""
    shown = f"{CONTENT_FOLDER}/{path}"
    before, problems = frontmatter.parse_bytes(data, shown)
    if before is None:
        return problems[0]
    after = change(before)
    changes = _changes(before, after)
    text = data.decode("utf-8")
    try:
        if changes:
            text = frontmatter.splice(text, changes)
        if after.body != before.body:
            text = frontmatter.with_body(text, after.body)
    except ValueError as error:
        what = " and ".join(f"'{key}'" for key in changes)
        hint = f"write it as 'key: value' lines, or change {what} by hand"
        return Problem(shown, 0, f"can't be changed: {error}", hint)
    return text.encode("utf-8")


def _changes(before: Article, after: Article) -> dict[str, Any]:
    """Key → its new value."""
    known = {key: getattr(after, key) for key in frontmatter.KNOWN_KEYS}
    return {
        **{key: value for key, value in known.items() if value != getattr(before, key)},
        **{key: value for key, value in after.extra.items() if value != before.extra.get(key)},
    }

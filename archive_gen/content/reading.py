"""What commands ask of all articles of an archive, one after the other."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, TypeVar

from archive_gen.content import frontmatter
from archive_gen.parallel import chunks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from archive_gen.article import Article
    from archive_gen.parallel import Mapper

Answer = TypeVar("Answer")
_CHUNK = 200


def asked(
    content: Path, paths: Iterable[str], ask: Callable[[Article], Answer], mapper: Mapper
) -> Iterator[Answer]:
    """What ``ask`` answers of each article at ``paths`` that can be read, in their order.

    Where others do the work, only the answers come back. ``archive check`` tells of what can't be
    read.
    """
    parts = mapper.map(_asked, (content, ask), chunks(paths, _CHUNK))
    return itertools.chain.from_iterable(parts)


def _asked(context: tuple[Path, Callable[[Article], Answer]], paths: Sequence[str]) -> list[Answer]:
    content, ask = context
    return [ask(article) for path in paths if (article := _read(content, path))]


def _read(content: Path, path: str) -> Article | None:
    try:
        data = (content / path).read_bytes()
    except OSError:
        return None
    return frontmatter.parse_bytes(data, path)[0]

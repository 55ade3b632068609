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
    from archive_gen.content.listing import FoundFile
    from archive_gen.parallel import Mapper

Answer = TypeVar("Answer")
_CHUNK = 200


def asked(
    content: Path, files: Iterable[FoundFile], ask: Callable[[Article], Answer], mapper: Mapper
) -> Iterator[Answer]:
    """What ``ask`` answers of each article that can be read, in the order of ``files``.

    Where others do the work, only the answers come back. ``archive check`` tells of what can't be
    read.
    """
    parts = mapper.map(_asked, (content, ask), chunks(files, _CHUNK))
    return itertools.chain.from_iterable(parts)


def _asked(
    context: tuple[Path, Callable[[Article], Answer]], files: Sequence[FoundFile]
) -> list[Answer]:
    content, ask = context
    return [ask(article) for file in files if (article := _read(content, file))]


def _read(content: Path, file: FoundFile) -> Article | None:
    try:
        data = (content / file.path).read_bytes()
    except OSError:
        return None
    return frontmatter.parse_bytes(data, file.path)[0]

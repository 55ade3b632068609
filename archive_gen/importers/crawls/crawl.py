"""What the web archives of one import hold together: a crawl may lie in many files.

An import reads them twice. What the first reading finds is there for the second, wherever in
the crawl it lies.
"""

from __future__ import annotations

import contextlib
import tempfile
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 16 << 30
"""Bytes of pictures and documents that are kept for the pages of a crawl, in a temporary file."""


@dataclass(slots=True)
class Crawl:
    """What was read so far."""

    pages: set[str] = field(default_factory=set)
    """Addresses and digests of the pages."""
    _file: IO[bytes] | None = None
    _places: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Address of a picture or document → where in the file it begins, and its bytes."""
    _end: int = 0

    def has(self, address: str) -> bool:
        """Whether it is kept already: what was crawled twice counts once, as it was first."""
        return _key(address) in self._places

    def keep(self, address: str, data: bytes) -> bool:
        """Keep the bytes of what a page shows or leads to, if there is room for them."""
        if self._end + len(data) > MOST:
            return False
        self._file = self._file or tempfile.TemporaryFile()  # noqa: SIM115
        self._file.seek(self._end)
        self._file.write(data)
        self._places[_key(address)] = (self._end, len(data))
        self._end += len(data)
        return True

    def find(self, address: str) -> bytes | None:
        """The bytes that were kept for ``address``; None if none were."""
        place = self._places.get(_key(address))
        if place is None or self._file is None:
            return None
        self._file.seek(place[0])
        return self._file.read(place[1])

    def close(self) -> None:
        """Give back the room that all this took."""
        if self._file:
            self._file.close()


def _key(address: str) -> str:
    """The same whether it was fetched in the open or not."""
    return address.partition("#")[0].partition("://")[2]


_crawl: ContextVar[Crawl | None] = ContextVar("crawl", default=None)


@contextlib.contextmanager
def read_together() -> Iterator[None]:
    """Let the files that are read within, even twice, be one crawl."""
    crawl = Crawl()
    token = _crawl.set(crawl)
    try:
        yield
    finally:
        _crawl.reset(token)
        crawl.close()


@contextlib.contextmanager
def crawl_of_file() -> Iterator[Crawl]:
    """The crawl to which a file belongs; it is one of its own where nothing is read together."""
    crawl = _crawl.get()
    if crawl is not None:
        yield crawl
    else:
        with contextlib.closing(Crawl()) as alone:
            yield alone

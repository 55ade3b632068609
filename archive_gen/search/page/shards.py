"""Shards: files of keys with what the page knows of each, cut so that an edit moves few cuts."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any

from archive_gen.search.page.cuts import number_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MIN_SHARD = 6_000
"""From so many characters on a shard may end; from half of them on it ends before a long entry."""
MAX_SHARD = 9_000
_SHORT = 5
"""Letters of a short key: a fifth of all words."""

Shard = list[tuple[str, Any]]
"""Keys with what the page knows of each, in order."""


def shard_name(first_key: str) -> str:
    """The file of the shard that begins with a key; ``shards.js`` has the same function.

    Readable where that is possible everywhere; else a number made from the key.
    """
    if re.fullmatch(r"[a-z0-9]{1,24}", first_key):
        return f"w-{first_key}"
    return f"x-{number_of(first_key):08x}"


def shards(entries: Iterable[tuple[str, Any]]) -> Iterator[Shard]:
    """All entries, cut into shards."""
    cutter = Cutter()
    for key, value in entries:
        yield from cutter.add(key, value)
    yield from cutter.end()


class Cutter:
    """Cuts at short keys that a checksum picks, and before long entries.

    So an entry more or less moves few of the cuts, who asks for a word loads little besides, and
    the manifest, which has the first key of each shard, is short.
    """

    def __init__(self) -> None:
        self._shard: Shard = []
        self._size = 0
        self._names: set[str] = set()

    def add(self, key: str, value: Any) -> Iterator[Shard]:
        """Take the next entry; yields the shard that ends before it."""
        size = entry_size(key, value)
        if self.cuts_before(key, size):
            yield from self.end()
            self._names.add(shard_name(key))
        self._shard.append((key, value))
        self._size += size

    def cuts_before(self, key: str, size: int = 0) -> bool:
        """Whether a shard begins with ``key``; ``size``: of its entry, 0 for whether any does."""
        before = self._size
        cut = (
            before > MAX_SHARD
            or (before > MIN_SHARD and len(key) <= _SHORT and zlib.crc32(key.encode()) % 2 == 0)
            or (before > MIN_SHARD // 2 and before + size > MAX_SHARD)
        )
        return not self._shard or (cut and shard_name(key) not in self._names)

    def end(self) -> Iterator[Shard]:
        """The shard that is begun, if one is."""
        if self._shard:
            yield self._shard
        self._shard, self._size = [], 0


def entry_size(key: str, value: Any) -> int:
    """How many characters an entry adds to a shard."""
    return len(key) + (len(value) if isinstance(value, str) else sum(map(len, value)))

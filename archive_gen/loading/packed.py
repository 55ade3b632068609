"""Content files as encoded bytes, each decoded only when it is asked for.

As objects they take four times the memory. And forked processes do not share objects for long:
Python counts references in them, so that looking at one copies its memory. So the bytes of many
files are one object, of which a file knows its part.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from archive_gen.catalogue.entry import Entry
from archive_gen.loading.load import FileRecord, decode_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.loading.load import ContentFile


class PackedFile(NamedTuple):
    """A ``FileRecord`` whose record is a part of the bytes of many."""

    path: str
    digest: str
    is_article: bool
    records: bytes
    start: int
    stop: int

    @property
    def record(self) -> bytes:
        """See ``FileRecord``."""
        return self.records[self.start : self.stop]


def packed(files: Sequence[FileRecord]) -> Iterator[PackedFile]:
    """``files``, some hundred of them, with their records as one."""
    records = b"".join(file.record for file in files)
    ends = accumulate((len(file.record) for file in files), initial=0)
    for file, span in zip(files, pairwise(ends), strict=True):
        yield PackedFile(file.path, file.digest, file.is_article, records, *span)


class PackedFiles:
    """Files, those that are articles undecoded."""

    def __init__(self, packed: Sequence[PackedFile]) -> None:
        self.packed = packed

    @property
    def paths(self) -> Iterator[str]:
        """Of each."""
        return (file.path for file in self.packed)

    @property
    def articles(self) -> Mapping[str, PackedFile]:
        """Those that are articles, by path."""
        return {file.path: file for file in self.packed if file.is_article}

    @property
    def others(self) -> Iterator[ContentFile]:
        """Pictures, and files with faults."""
        return (decode_file(file.record) for file in self.packed if not file.is_article)

    def __len__(self) -> int:
        return len(self.packed)


class _Record(msgspec.Struct, array_like=True):
    """What matters of a ``ContentFile`` here: the rest, which follows, need not be decoded."""

    entry: Entry | None


_decode = msgspec.msgpack.Decoder(_Record).decode


class PackedEntries(Mapping[str, Entry]):
    """Path → entry of ``articles``, in no order."""

    def __init__(self, articles: Mapping[str, PackedFile]) -> None:
        self._articles = articles

    def __getitem__(self, path: str) -> Entry:
        entry = _decode(self._articles[path].record).entry
        if entry is None:
            raise KeyError(path)
        return entry

    def __len__(self) -> int:
        return len(self._articles)

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def __contains__(self, path: object) -> bool:
        return path in self._articles

"""Content files as encoded bytes, each decoded only when it is asked for.

As objects they take four times the memory. And forked processes do not share objects for long:
Python counts references in them, so that looking at one copies its memory. Bytes stay shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from archive_gen.catalogue.entry import Entry
from archive_gen.loading.load import decode_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive_gen.loading.load import ContentFile, PackedFile


class PackedFiles:
    """Files, those that are articles undecoded."""

    def __init__(self, packed: Sequence[PackedFile]) -> None:
        self.packed = packed

    @property
    def paths(self) -> Iterator[str]:
        """Of each."""
        return (file.path for file in self.packed)

    @property
    def articles(self) -> Mapping[str, bytes]:
        """What is known of those that are articles, by path; see ``PackedEntries``."""
        return {file.path: file.record for file in self.packed if file.is_article}

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
    """Path → entry of the articles among ``records``, in no order."""

    def __init__(self, records: Mapping[str, bytes]) -> None:
        self._records = records
        """By path; each holds an article."""

    def __getitem__(self, path: str) -> Entry:
        entry = _decode(self._records[path]).entry
        if entry is None:
            raise KeyError(path)
        return entry

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __contains__(self, path: object) -> bool:
        return path in self._records

"""Content files as the bytes that a build remembers of them, each decoded when it is asked for.

The objects of an article take four times the memory. And a process that only looks at an object
writes to it, so that no two can share it; bytes they share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

import msgspec

from archive_gen.entry import Entry
from archive_gen.load import ContentFile, decode_file, encode_file

if TYPE_CHECKING:
    from collections.abc import Iterator


class PackedFiles(Sequence[ContentFile]):
    """``records`` are the files at ``paths``, encoded as ``load.encode_file`` does."""

    def __init__(self, paths: Sequence[str], records: Sequence[bytes]) -> None:
        self.paths = paths
        self.records = records

    @classmethod
    def of(cls, files: Sequence[ContentFile]) -> PackedFiles:
        """The same files."""
        return cls([file.path for file in files], [*map(encode_file, files)])

    def __len__(self) -> int:
        return len(self.records)

    @overload
    def __getitem__(self, at: int) -> ContentFile: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[ContentFile]: ...
    def __getitem__(self, at: int | slice) -> ContentFile | Sequence[ContentFile]:
        """One, or a list of some."""
        records = self.records[at]
        return decode_file(records) if isinstance(records, bytes) else [*map(decode_file, records)]

    def __iter__(self) -> Iterator[ContentFile]:
        return map(decode_file, self.records)


@dataclass(slots=True)
class _Record:
    """What matters of a ``ContentFile`` here: the rest need not be decoded."""

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

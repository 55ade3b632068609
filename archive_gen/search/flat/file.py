"""A file of named sections and numbered records, read where it lies and never wrong unnoticed.

Each section and each record carries its checksum (CRC-32), looked at when it is first used:
opening a file of any size reads its last kilobytes only. A file is written beside its name and
renamed, so that there is a whole one or none.

Layout: records and sections, the directory of sections (JSON), then ``_FOOTER``.
"""

from __future__ import annotations

import json
import mmap
import os
import shutil
import struct
import sys
import threading
import zlib
from array import array
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

_MAGIC = b"archive flat 1\n"
_FOOTER = struct.Struct("<QII15s")
"""Where the directory begins, its length, its checksum, and what kind of file this is."""
_CHECKSUM = struct.Struct("<I")

Place = tuple[int, int]
"""Where a record begins and how long it is, its checksum included."""


class DamagedError(Exception):
    """A file does not hold what was written."""


def beside_name(path: Path) -> Path:
    """Where a file is written before it is renamed: each thread of each process has its own."""
    return path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.tmp")


class FlatWriter:
    """Writes the file ``path``; it is there when the ``with`` block has ended well."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._beside = beside_name(path)
        self._file = self._beside.open("wb")
        self._at = 0
        self._sections: dict[str, tuple[int, int, int]] = {}

    def __enter__(self) -> FlatWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        try:
            with self._file:  # what it holds back may find no room
                if kind is None:
                    self._write_directory()
            if kind is None:
                if self._path.is_dir():  # nobody's: all that lies in the index is made by it
                    shutil.rmtree(self._path)
                self._beside.replace(self._path)
        finally:
            self._beside.unlink(missing_ok=True)

    def _write_directory(self) -> None:
        directory = json.dumps(self._sections).encode()
        self._file.write(directory)
        footer = (self._at, len(directory), zlib.crc32(directory), _MAGIC)
        self._file.write(_FOOTER.pack(*footer))

    def record(self, data: bytes) -> Place:
        """Write a record; it is read by the place that is returned."""
        place = self._at, len(data) + _CHECKSUM.size
        self._write(data + _CHECKSUM.pack(zlib.crc32(data)))
        return place

    def section(self, name: str, data: bytes) -> None:
        """Write a section."""
        self._sections[name] = (self._at, len(data), zlib.crc32(data))
        self._write(data)

    def numbers(self, name: str, code: str, values: Sequence[int]) -> None:
        """Write a section of numbers of one size; ``code`` as in ``array``."""
        self.section(name, array(code, values).tobytes())

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._at += len(data)


def mapped(path: Path) -> mmap.mmap:
    """The bytes of a file that nobody changes. Raises ``OSError``, ``DamagedError`` if it is empty.

    On Linux and macOS they are this process's own: of a disk that a program serves (pools of
    disks, network shares) the system gives others only if that program lets it.
    """
    with path.open("rb") as file:
        try:
            if sys.platform == "win32":
                return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            return mmap.mmap(file.fileno(), 0, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ)
        except ValueError:
            raise DamagedError(path.name) from None


class FlatFile:
    """Reads a file that ``FlatWriter`` wrote. Raises ``OSError`` and ``DamagedError``."""

    def __init__(self, path: Path) -> None:
        self._data = mapped(path)
        self._name = path.name
        self._sections: dict[str, tuple[int, int, int]] = self._directory()

    def section(self, name: str) -> bytes:
        """A section, copied."""
        try:
            start, length, checksum = self._sections[name]
        except KeyError:
            raise DamagedError(self._name) from None
        data = self._data[start : start + length]
        return self._checked(data, checksum)

    def numbers(self, name: str, code: Literal["I", "Q", "q"]) -> memoryview[int]:
        """A section of numbers."""
        return memoryview(self.section(name)).cast(code)

    def record(self, place: Place) -> bytes:
        """A record."""
        start, length = place
        end = start + length - _CHECKSUM.size
        checksum = self._data[end : end + _CHECKSUM.size]
        return self._checked(self._data[start:end], int.from_bytes(checksum, "little"))

    def records(self, places: Iterable[Place]) -> Iterator[bytes]:
        """Many records, each in a third of the time."""
        data, size = self._data, _CHECKSUM.size
        for start, length in places:
            end = start + length - size
            record = data[start:end]
            if zlib.crc32(record) != int.from_bytes(data[end : end + size], "little"):
                raise DamagedError(self._name)
            yield record

    def close(self) -> None:
        """Release the file."""
        self._data.close()

    def _directory(self) -> Any:
        end = len(self._data) - _FOOTER.size
        if end < 0:
            raise DamagedError(self._name)
        start, length, checksum, magic = _FOOTER.unpack(self._data[end:])
        if magic != _MAGIC or start + length != end:
            raise DamagedError(self._name)
        return json.loads(self._checked(self._data[start:end], checksum))

    def _checked(self, data: bytes, checksum: int) -> bytes:
        if zlib.crc32(data) != checksum:
            raise DamagedError(self._name)
        return data

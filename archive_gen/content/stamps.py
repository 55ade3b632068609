"""Name, size and time of each file of a folder, encoded as one value.

Equal values mean that nothing in the folder changed; only others are decoded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import msgspec

Stamp: TypeAlias = tuple[str, int, int]
"""Name, size and mtime in nanoseconds of a file."""
Stamps: TypeAlias = Mapping[str, bytes]
"""Path of a folder below ``content/``, with a slash at its end → the ``Stamp``s of its files,
sorted and encoded. The mtime is 0 where it was too fresh to be trusted: another
write could leave the same."""

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[tuple[str, int, int]])


def encode_stamps(files: Sequence[Stamp]) -> bytes:
    """Equal for equal stamps."""
    return _ENCODER.encode(files)


def decode_stamps(data: bytes | None) -> Sequence[Stamp]:
    """What was encoded; none of nothing."""
    return _DECODER.decode(data) if data else ()


def distrusted(stamps: Stamps) -> Stamps:
    """The same files, of which none is taken for unchanged."""
    return {
        folder: encode_stamps([(name, -1, -1) for name, _, _ in decode_stamps(data)])
        for folder, data in stamps.items()
    }

"""The fingerprints with which the pages of a group were made last, packed.

As objects those of a large site took a tenth of the memory of a build that makes all pages anew:
processes that are forked copied them.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

Fingerprints: TypeAlias = bytes
"""What ``pack`` makes."""

pack = msgspec.msgpack.Encoder().encode
"""Url → fingerprint, as bytes."""
unpack = msgspec.msgpack.Decoder(dict[str, str]).decode
"""The other way."""

NO_PAGES: Fingerprints = pack({})
"""Of a group that had none."""

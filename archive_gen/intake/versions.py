"""Texts that are the same or nearly: reprints and corrections of a story, found at import.

A text is known by its *sketch*: the smallest hashes of its shingles, runs of four words. The
share of hashes that two sketches have in common estimates that of their shingles (A. Z. Broder,
*On the resemblance and containment of documents*, 1997). Two texts that share most shingles
nearly always share one of their eight smallest, so only the texts that do are compared.

Pure; ``index`` keeps the sketches.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import dataclass
from itertools import accumulate

from archive_gen.markdown_text import without_addresses
from archive_gen.scripts import UNSPACED

NEAR = 0.4
"""Texts that share so much of their shingles are versions of one story. Two reports of one event
by different hands rarely share a fifth; with one word in ten changed, half is left."""
_WORD = re.compile(rf"[{UNSPACED}]|[^\W_]+")
_RUN = 4
_KEPT = 128
_LEADS = 8
"""So many are looked up."""
_FEWEST = 24
"""A text with fewer shingles is compared as a whole only: captions and briefs are all alike."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What tells whether two texts are the same or nearly."""

    digest: bytes
    """Equal for texts with the same words; empty for a text without any."""
    shingles: tuple[int, ...]
    """The smallest hashes, ascending, 32 bits; fewer than 24 for a short text."""

    @property
    def is_short(self) -> bool:
        """Whether there is too little to compare but the whole."""
        return len(self.shingles) < _FEWEST

    @property
    def leads(self) -> tuple[int, ...]:
        """The hashes under which it is looked up."""
        return self.shingles[:_LEADS]


def sketch(text: str) -> Sketch:
    """The sketch of an article's body."""
    words = _WORD.findall(without_addresses(text).casefold())
    if not words:
        return Sketch(b"", ())
    data = " ".join(words).encode()
    digest = hashlib.blake2b(data, digest_size=16).digest()
    starts = list(accumulate([len(word) + 1 for word in data.split(b" ")], initial=0))
    stops = [stop - 1 for stop in starts[_RUN:]]
    runs = {data[start:stop] for start, stop in zip(starts, stops, strict=False)}
    # A checksum is quick, and multiplied (Knuth's way) in no order that the text could set.
    hashes = [checksum * 0x9E3779B1 & 0xFFFFFFFF for checksum in map(zlib.crc32, runs)]
    return Sketch(digest, tuple(sorted(hashes)[:_KEPT]))


def likeness(one: Sketch, other: Sketch) -> float:
    """How much two texts share, 0-1: an estimate of the Jaccard index of their shingles."""
    first, second = set(one.shingles), set(other.shingles)
    smallest = sorted(first | second)[:_KEPT]
    return len(first & second & set(smallest)) / len(smallest) if smallest else 0.0

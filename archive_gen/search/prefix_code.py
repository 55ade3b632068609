"""Codes in which what is frequent takes few bits: Huffman's, canonical as in RFC 1951, 3.2.2.

Codes of one length are numbers that follow each other in the order of their symbols, after those
of shorter ones. So how many codes there are of each length, and the symbols by length, tell all.
(Huffman: "A method for the construction of minimum-redundancy codes", 1952.)
"""

from __future__ import annotations

import heapq
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive_gen.search.rice import BitReader


class PrefixCode(NamedTuple):
    """A code, by which ``search.js`` knows it too."""

    counts: list[int]
    """How many symbols have a code of no bit, of one, …"""
    symbols: list[int]
    """By the length of their code, then in order."""

    @classmethod
    def of(cls, frequencies: Mapping[int, int]) -> PrefixCode:
        """The shortest, for symbols with these frequencies."""
        lengths = _lengths(frequencies)
        counts = Counter(lengths.values())
        symbols = sorted(lengths, key=lambda symbol: (lengths[symbol], symbol))
        return cls([counts[length] for length in range(max(counts) + 1)], symbols)

    def codes(self) -> dict[int, str]:
        """Symbol → its bits."""
        found: dict[int, str] = {}
        symbols = iter(self.symbols)
        code = 0
        for length, count in enumerate(self.counts):
            code <<= 1
            for _ in range(count):
                found[next(symbols)] = f"{code:0{length}b}" if length else ""
                code += 1
        return found

    def read(self, bits: BitReader) -> int:
        """The next symbol."""
        code = first = known = 0
        for count in self.counts:
            if code - first < count:
                break
            known += count
            first = first + count << 1
            code = code << 1 | bits.bit()
        return self.symbols[known + code - first]


def _lengths(frequencies: Mapping[int, int]) -> dict[int, int]:
    """How many bits the code of each symbol has."""
    lengths = dict.fromkeys(frequencies, 0)
    # Trees by how often their symbols come. Of two alike, the one that was made first.
    trees = [(count, n, [s]) for n, (s, count) in enumerate(sorted(frequencies.items()))]
    heapq.heapify(trees)
    for made in range(len(trees), 2 * len(trees) - 1):
        (first, _, some), (second, _, others) = heapq.heappop(trees), heapq.heappop(trees)
        for symbol in (both := some + others):
            lengths[symbol] += 1
        heapq.heappush(trees, (first + second, made, both))
    return lengths

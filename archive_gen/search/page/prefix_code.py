"""Codes in which what is frequent takes few bits: Huffman's, canonical as in RFC 1951, 3.2.2.

Codes of one length are numbers that follow each other in the order of their symbols, after those
of shorter ones. So how many codes there are of each length, and the symbols by length, tell all.
(Huffman: "A method for the construction of minimum-redundancy codes", 1952.)
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive_gen.search.rice import BitReader


class PrefixCode(NamedTuple):
    """A code, by which ``codec.js`` knows it too."""

    counts: list[int]
    """How many symbols have a code of no bit, of one, …"""
    symbols: list[int]
    """By the length of their code, then in order."""

    @classmethod
    def of(cls, frequencies: Mapping[int, int]) -> PrefixCode:
        """The shortest, for symbols with these frequencies."""
        lengths = _lengths(frequencies)
        counts = [0] * (max(lengths.values()) + 1)
        for length in lengths.values():
            counts[length] += 1
        symbols = sorted(lengths, key=lambda symbol: (lengths[symbol], symbol))
        return cls(counts, symbols)

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
        code = first = known = length = 0
        ahead = bits.ahead(len(self.counts) - 1)  # one call: most codes have several bits
        for count in self.counts:
            if code - first < count:
                break
            known += count
            first = first + count << 1
            code = code << 1 | ahead[length] & 1
            length += 1
        bits.skip(length)
        return self.symbols[known + code - first]


def _lengths(frequencies: Mapping[int, int]) -> dict[int, int]:
    """How many bits the code of each symbol has."""
    symbols = sorted(frequencies)
    most = 2 * len(symbols)
    # A tree is how often its symbols come, times this, and its number: the first made of two alike
    # comes first.
    trees = [frequencies[symbol] * most + n for n, symbol in enumerate(symbols)]
    heapq.heapify(trees)
    parents = [0] * most
    for made in range(len(symbols), most - 1):
        first, second = heapq.heappop(trees), trees[0]
        parents[first % most] = parents[second % most] = made
        heapq.heapreplace(trees, (first // most + second // most) * most + made)
    depths = [0] * most
    for tree in range(most - 3, -1, -1):
        depths[tree] = depths[parents[tree]] + 1
    return dict(zip(symbols, depths, strict=False))

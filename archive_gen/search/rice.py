"""Numbers as bits, in Rice code: how the index and the page's files keep what has no usual value.

It suits numbers of which twice as large ones are half as frequent: so many ones as a number has
multiples of ``2 ** k``, a zero, and the rest in ``k`` bits. (Rice: "Some practical universal
noiseless coding techniques", 1979.)

Bits are characters here, 0 and 1; ``packed`` makes them digits of the ``notation``.
"""

from __future__ import annotations

import base64
import functools

from archive_gen.memo import SmallMemo


@functools.cache
def rice(k: int) -> SmallMemo[str]:
    """The code of each number for ``k``."""
    return SmallMemo(functools.partial(_code, k), 1 << 10)


def _code(k: int, number: int) -> str:
    ones = "1" * (number >> k)
    return f"{ones}0{number & (1 << k) - 1:0{k}b}" if k else f"{ones}0"


def fitting(total: int, count: int) -> int:
    """The ``k`` that suits so many numbers with this sum.

    The shortest for numbers that are spread geometrically. (Kiely: "Selecting the Golomb
    parameter in Rice coding", 2004.)
    """
    return max(0, ((2 * total + count) // (2 * count)).bit_length() - 1) if count else 0


def packed(bits: bytes) -> str:
    """Bits as digits of six, the last filled up with zeros."""
    full = -(-len(bits) // 24) * 24
    data = int(bits.ljust(full, b"0") or b"0", 2).to_bytes(full // 8, "big")
    return base64.urlsafe_b64encode(data)[: -(-len(bits) // 6)].decode()


def unpacked(digits: str) -> bytes:
    """The bits, as ``packed`` made digits of them."""
    data = base64.urlsafe_b64decode(digits + "A" * (-len(digits) % 4))
    return f"{int.from_bytes(data, 'big'):0{8 * len(data)}b}".encode()


class BitReader:
    """Reads bits from the first to the last."""

    def __init__(self, bits: bytes) -> None:
        self._bits = bits
        self._at = 0

    def bit(self) -> bool:
        """The next bit."""
        self._at += 1
        return self._bits[self._at - 1] == ord("1")

    def ahead(self, count: int) -> bytes:
        """The next bits, fewer if there are not so many; they stay the next."""
        return self._bits[self._at : self._at + count]

    def skip(self, count: int) -> None:
        """Go on behind so many bits."""
        self._at += count

    def plain(self, count: int) -> int:
        """A number in so many bits."""
        start = self._at
        self._at += count
        return int(self._bits[start : self._at] or b"0", 2)

    def number(self, k: int) -> int:
        """A number in Rice code."""
        zero = self._bits.index(b"0", self._at)
        ones, self._at = zero - self._at, zero + 1
        return ones << k | self.plain(k)

"""Inputs made from other inputs, the same ones every time."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

LARGEST = 4096
"""Bytes of a mutation: what grows with its input is tried elsewhere (``test_bombs``)."""
_TELLING = (
    *(b"\0", b"\n", b"\r", b"\t", b" ", b"'", b'"', b"\\", b"<", b">", b"&", b"[", b"{", b"*"),
    *(b":", b"-", b"#", b"%", b"=", b"~", b"|", b"\xff", b"\x80", b"\xed\xa0\x80", b"\xef\xbb\xbf"),
    *(b"0", b"9999", b"-1", b"1e999", "\u2028".encode(), "\u202e".encode(), "İ".encode()),
)


def mutations(seeds: Sequence[bytes], count: int, seed: str) -> Iterator[bytes]:
    """``count`` inputs, each a few changes away from one of ``seeds``."""
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret
    for _ in range(count):
        data = chance.choice(seeds)[:LARGEST]
        for _ in range(chance.choice((1, 1, 2, 4, 8))):
            data = chance.choice(_CHANGES)(data, chance, seeds)[:LARGEST]
        yield data


def _flip(data: bytes, chance: random.Random, _seeds: Sequence[bytes]) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def _cut(data: bytes, chance: random.Random, _seeds: Sequence[bytes]) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _end(data: bytes, chance: random.Random, _seeds: Sequence[bytes]) -> bytes:
    return data[: chance.randint(0, len(data))]


def _repeat(data: bytes, chance: random.Random, _seeds: Sequence[bytes]) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 30)) + data[end:]


def _splice(data: bytes, chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    other = chance.choice(seeds)
    start, end = _span(other, chance)
    at = chance.randint(0, len(data))
    return data[:at] + other[start:end] + data[at:]


def _insert(data: bytes, chance: random.Random, _seeds: Sequence[bytes]) -> bytes:
    start, end = _span(data, chance, most=4)
    return data[:start] + chance.choice(_TELLING) + data[end:]


def _span(data: bytes, chance: random.Random, most: int = 64) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + chance.randint(0, most))


_CHANGES = (_flip, _cut, _end, _repeat, _splice, _insert, _insert)

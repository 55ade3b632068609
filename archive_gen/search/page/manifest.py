"""What the page's index says of all documents: its manifest, the first file that a query loads.

The first keys of a group's shards are one text. A capital letter, of which no key has any, begins
each of them and says how many letters it shares with the one before: A none, B one, up to 25.
("Front coding", as in Witten, Moffat, Bell: "Managing Gigabytes", 4.1.)
"""

from __future__ import annotations

import hashlib
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive_gen.search.page.endings import endings_of
from archive_gen.search.page.lists import written_numbers
from archive_gen.search.page.notation import shared
from archive_gen.search.version import FORMAT, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archive_gen.search.page.cuts import Cuts
    from archive_gen.search.page.layout import Layout

_MOST_SHARED = 25
_KEY = re.compile("([A-Z])([^A-Z]*)")
_ALL = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is of all documents."""

    build: str
    """Another one for other contents of the index: 16 hexadecimal digits, see ``contents``."""
    format: int
    """Of the files: a page of another version does not understand them."""
    documents: int
    length: int
    """The sum of their lengths."""
    first: int
    """The first year; 0 if no document has a date."""
    years: list[int]
    """Those with documents; 0 is for those without a date."""
    grains: str
    """See ``Layout.grains``."""
    cuts: list[str]
    """For each kind of lists that are cut the first number of each piece; see ``lists``."""
    groups: dict[str, list[str]]
    """The first key of each shard."""
    lengths: list[int]
    """Those that words have; see ``words``."""
    endings: dict[str, list[str]]
    """See ``endings_of``."""

    @classmethod
    def of(
        cls,
        layout: Layout,
        cuts: Cuts,
        *,
        contents: int,
        length: int,
        groups: Mapping[str, list[str]],
        lengths: Iterable[int],
        languages: Iterable[str],
    ) -> Manifest:
        """``contents``: see the function of this name."""
        return cls(
            build=f"{contents:016x}",
            format=FORMAT,
            documents=len(layout.numbers),
            length=length,
            first=layout.first,
            years=[year for year, _ in layout.years],
            grains=layout.grains,
            cuts=written_cuts(cuts),
            groups=dict(groups),
            lengths=sorted(lengths),
            endings=endings_of(languages),
        )

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> Manifest:
        """From what ``value`` gave."""
        groups = {group: keys_in(text) for group, text in value["groups"].items()}
        return cls(**{**value, "groups": groups})

    @property
    def value(self) -> dict[str, Any]:
        """What the page gets; ``shards.js`` reads it."""
        own = {name: getattr(self, name) for name in self.__slots__}
        return own | {"groups": {group: written_keys(keys) for group, keys in self.groups.items()}}

    @property
    def contents(self) -> int:
        """See the function of this name."""
        return int(self.build, 16)


def contents(documents: Iterable[bytes]) -> int:
    """A number for what an index holds, below 2 ** 64; ``documents``: see ``schema.identified``.

    A sum, so that an update finds it from what comes and goes. It is another one for a program
    that writes other files.
    """
    return contents_after(_number(VERSION.encode()), [], documents)


def contents_after(before: int, gone: Iterable[bytes], come: Iterable[bytes]) -> int:
    """The same after an update."""
    return (before - sum(map(_number, gone)) + sum(map(_number, come))) & _ALL


def _number(identified: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(identified, digest_size=8).digest(), "big")


def written_cuts(cuts: Cuts) -> list[str]:
    """Where lists are cut, as text."""
    return list(map(written_numbers, cuts.starts))


def written_keys(keys: Sequence[str]) -> str:
    """Keys as text."""
    return "".join(itertools.starmap(_written_key, itertools.pairwise(["", *keys])))


def _written_key(before: str, key: str) -> str:
    count = shared(before, key, _MOST_SHARED)
    return chr(ord("A") + count) + key[count:]


def keys_in(text: str) -> list[str]:
    """The keys that ``written_keys`` wrote; ``shards.js`` has the same function."""
    found: list[str] = []
    before = ""
    for count, rest in _KEY.findall(text):
        before = before[: ord(count) - ord("A")] + rest
        found.append(before)
    return found

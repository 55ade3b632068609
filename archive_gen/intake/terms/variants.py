"""Names that may mean the same, for a person to decide: ``Haddow, L.`` and ``Leila Haddow``.

Nothing is known of languages or of persons. Names are put beside each other that share a key: the
same words in any order or spacing (key collision, as OpenRefine clusters values), the same words
but for initials, the letters of one name but for a slip (deletion neighbourhoods, T. Bocek and
others, *Fast similarity search in large dictionaries*, 2007). An initial stands for a word only
where one name alone fits it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anyascii import anyascii

from archive_gen.scripts import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_TURNED = re.compile(r"([^,]+),([^,]+)")
"""``Haddow, Leila``."""
_SERVER = re.compile(r"(?:www\.)?([\w-]{2,})(?:\.[a-z][\w-]*)+")
_ARTICLES = frozenset("the der die das le la les el los las il".split())
_SLIP_FROM = 10
"""A name of fewer letters is too like others: Iran is no slip of Iraq."""


@dataclass(frozen=True, slots=True)
class Variants:
    """Names that may be one."""

    name: str
    """The fullest of them; of several that of most articles."""
    others: tuple[str, ...]
    """Those of most articles first."""
    count: int
    """In how many articles they stand."""


def variants(counts: Mapping[str, int]) -> list[Variants]:
    """Groups of names that may be one, those of most articles first.

    ``counts``: name → articles that have it.
    """
    words = {name: _words(name) for name in counts}
    groups = _Groups(counts)
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    for name in counts:
        for key in _keys(words[name]):
            by_key[key].append(name)
    for alike in by_key.values():
        groups.join(alike)
    for short, full in _initialled(words):
        groups.join((short, full))
    found = [_variants(names, counts, words) for names in groups.all() if len(names) > 1]
    return sorted(found, key=lambda group: (-group.count, group.name))


class _Groups:
    """Names that belong together, whichever led to it (union–find)."""

    def __init__(self, names: Iterable[str]) -> None:
        self._leader = {name: name for name in names}

    def join(self, names: Iterable[str]) -> None:
        leaders = [self._led_by(name) for name in names]
        for leader in leaders[1:]:
            self._leader[self._led_by(leader)] = self._led_by(leaders[0])

    def all(self) -> Iterable[list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in self._leader:
            found[self._led_by(name)].append(name)
        return found.values()

    def _led_by(self, name: str) -> str:
        while (leader := self._leader[name]) != name:
            self._leader[name] = name = self._leader[leader]
        return name


def _variants(
    names: list[str], counts: Mapping[str, int], words: Mapping[str, tuple[str, ...]]
) -> Variants:
    def place(name: str) -> tuple[int, int, str]:
        return sum(len(word) == 1 for word in words[name]), -counts[name], name

    first = min(names, key=place)
    others = sorted(set(names) - {first}, key=lambda name: (-counts[name], name))
    return Variants(first, tuple(others), sum(counts[name] for name in names))


def _words(name: str) -> tuple[str, ...]:
    """The words of a name, in the order in which they are spoken, without accents."""
    if server := _SERVER.fullmatch(name):
        name = server[1]
    if turned := _TURNED.fullmatch(name):
        name = f"{turned[2]} {turned[1]}"
    if not _UNSPACED.search(name):  # there many names sound alike
        name = anyascii(name)
    found = tuple(_WORD.findall(name.lower().replace("'", "")))
    return found[1:] if found[:1] and found[0] in _ARTICLES and len(found) > 1 else found


def _keys(words: tuple[str, ...]) -> Iterator[str]:
    """What it has in common with names that may be the same."""
    letters = "".join(words)
    if not letters:
        return
    yield f"words {' '.join(sorted(words))}"
    yield f"letters {letters}"
    full = [word for word in words if len(word) > 1]
    if len(full) > 1:
        yield f"words {' '.join(sorted(full))}"
    if len(letters) >= _SLIP_FROM and not any(map(str.isdecimal, letters)):
        yield from _but_for_a_slip(letters)


def _but_for_a_slip(letters: str) -> Iterator[str]:
    """Two words of which one has a letter more, less, another or in another place share one."""
    yield f"slip {letters}"
    for at in range(1, len(letters)):
        yield f"slip {letters[:at]}{letters[at + 1 :]}"


def _initialled(words: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Each name with initials, and the only one without that it can stand for."""
    full: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name, of in words.items():
        if len(of) > 1 and len(of[0]) > 1:
            full[of[0][0], of[-1]].append(name)
    for name, of in words.items():
        if len(of) > 1 and len(of[0]) == 1 < len(of[-1]):
            fitting = [other for other in full[of[0], of[-1]] if _fits(of, words[other])]
            if len({words[other] for other in fitting}) == 1:
                yield from ((name, other) for other in fitting)


def _fits(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether no word between the first and the last speaks against it."""
    pairs = zip(short[1:-1], full[1:-1], strict=False)
    return all(a == b or (len(a) == 1 and b[0] == a) for a, b in pairs)

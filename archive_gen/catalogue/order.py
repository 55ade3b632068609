"""The order of all articles, as lists of numbers that are kept from build to build.

Articles are numbered in one order: first the undated by title, then the dated, oldest first. The
articles of a period or of a term are lists of such numbers, so that a build after a small change
reads only the entries that it shows. ``apply`` brings all lists up to date in a few passes.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left, insort
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
from msgspec.structs import replace

from archive_gen.alphabets import alphabet
from archive_gen.texts import fold_term

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from archive_gen.catalogue.entry import Entry
    from archive_gen.dates import ArchiveDate

_FOUR_BYTES = "I"
_NOWHERE = (1 << 32) - 1


term_key = lru_cache(maxsize=1 << 16)(fold_term)
"""``fold_term``, remembered: a few names stand in most articles."""


def place_of(entry: Entry, language: str) -> tuple[Any, ...]:
    """What sorts articles as they are numbered, those without a date as names in ``language``."""
    if entry.date:
        return (1, entry.date.sort_key, entry.path)
    return (0, alphabet(language).key(entry.title), entry.path)


if TYPE_CHECKING:
    Numbers: TypeAlias = array[int]
else:  # only newer Pythons know what it is an array of
    Numbers = array
"""Of articles, ascending, four bytes each."""
_TermLists: TypeAlias = "tuple[Numbers, dict[str, int], str]"
"""The articles with a term, how many spell it how, and how one does."""


@dataclass(slots=True)
class Order:
    """See above. No list is empty."""

    paths: list[str] = field(default_factory=list)
    """By number."""
    claims: list[str] = field(default_factory=list)
    """The address that each article asks for, by number."""
    undated: int = 0
    """How many articles have no date."""
    periods: dict[str, Numbers] = field(default_factory=dict)
    """Year, month or day → the articles that stand in it."""
    terms: dict[str, dict[str, Numbers]] = field(default_factory=dict)
    """Taxonomy → key → the articles that have the term."""
    spellings: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)
    """Taxonomy → key → how many articles spell the term how."""
    versions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Path → the paths that the article names as other versions of it, if it names any."""
    pictures: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Path → the pictures that the article names, if it names any."""
    links: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Path → checksums of where the article's text leads, if it leads anywhere."""
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Path → the addresses that the article's page had, if it says so of any."""
    addresses: Numbers = field(default_factory=lambda: _none())
    """By number: a checksum of where readers found the article."""
    language: str = ""
    """In whose alphabet the undated are in order."""

    @classmethod
    def of(cls, entries: Iterable[Entry], language: str) -> Order:
        """The order of ``entries``, which are sorted by ``place_of``."""
        order = cls(language=language)
        # A few dates, and a few sets of terms, are those of most articles.
        lists_of_date: dict[str, list[Numbers]] = {}
        lists_of_terms: dict[tuple[str, tuple[str, ...]], list[_TermLists]] = {}
        for number, entry in enumerate(entries):
            order.paths.append(entry.path)
            order.claims.append(entry.url)
            order.addresses.append(checksum(entry.found_at))
            order.undated += not entry.date
            if entry.date:
                text = entry.date.text
                if text not in lists_of_date:
                    lists_of_date[text] = order._lists_of_date(entry.date)
                for numbers in lists_of_date[text]:
                    numbers.append(number)
            for terms in entry.terms.items():
                if terms not in lists_of_terms:
                    lists_of_terms[terms] = order._lists_of_terms(*terms)
                for numbers, counts, spelling in lists_of_terms[terms]:
                    numbers.append(number)
                    counts[spelling] += 1
            order._enter_named(entry)
        return order

    def apply(
        self, removed: Collection[Entry], added: Collection[Entry], load: Callable[[str], Entry]
    ) -> bool:
        """Take articles out and put others in; one that changed is among both.

        ``removed`` are as they were put in. ``load`` finds any article that is here by its path.
        Returns whether anything is new here: not if articles differ in their texts only.
        """
        if _without_texts(removed) == _without_texts(added):
            return False
        leaving = {entry.path for entry in removed}
        gone = {path: number for number, path in enumerate(self.paths) if path in leaving}
        for entry in removed:
            self._leave(gone[entry.path], entry)
        ordered = sorted(added, key=self.place_of)
        before = {entry.path: self.place_of(entry) for entry in removed}
        if before == {entry.path: self.place_of(entry) for entry in ordered}:
            places = [gone[entry.path] for entry in ordered]
        else:
            places = self._renumber([*gone.values()], ordered, load)
        for number, entry in zip(places, ordered, strict=True):
            self.claims[number] = entry.url
            self.addresses[number] = checksum(entry.found_at)
            for listed in self._lists_of_date(entry.date) if entry.date else ():
                insort(listed, number)
            for terms in entry.terms.items():
                for listed, counts, spelling in self._lists_of_terms(*terms):
                    insort(listed, number)
                    counts[spelling] += 1
            self._enter_named(entry)
        return True

    def place_of(self, entry: Entry) -> tuple[Any, ...]:
        """What sorts ``entry`` among the others."""
        return place_of(entry, self.language)

    def _lists_of_date(self, date: ArchiveDate) -> list[Numbers]:
        """Those of its periods; a new one is begun."""
        return [self.periods.get(each) or _begun(self.periods, each) for each in date.periods]

    def _lists_of_terms(self, taxonomy: str, names: tuple[str, ...]) -> list[_TermLists]:
        """Those of some terms, each once; a new one is begun."""
        found: list[_TermLists] = []
        for key, spelling in _spellings(names):
            keys = self.terms.setdefault(taxonomy, {})
            counts = self.spellings.setdefault(taxonomy, {}).setdefault(key, {})
            counts.setdefault(spelling, 0)
            found.append((keys.get(key) or _begun(keys, key), counts, spelling))
        return found

    def _enter_named(self, entry: Entry) -> None:
        if entry.versions:
            self.versions[entry.path] = entry.versions
        if entry.pictures:
            self.pictures[entry.path] = entry.pictures
        if entry.links:
            self.links[entry.path] = tuple(map(checksum, entry.links))
        if entry.aliases:
            self.aliases[entry.path] = entry.aliases

    def _leave(self, number: int, entry: Entry) -> None:
        for period in entry.date.periods if entry.date else ():
            _take(self.periods, period, number)
        for taxonomy, key, spelling in _spelt_terms(entry):
            _take(self.terms[taxonomy], key, number)
            counts = self.spellings[taxonomy][key]
            counts[spelling] -= 1
            if not counts[spelling]:
                del counts[spelling]
            if not counts:
                del self.spellings[taxonomy][key]
            if not self.terms[taxonomy]:
                del self.terms[taxonomy], self.spellings[taxonomy]
        self.versions.pop(entry.path, None)
        self.pictures.pop(entry.path, None)
        self.links.pop(entry.path, None)
        self.aliases.pop(entry.path, None)

    def _renumber(
        self, gone: Sequence[int], added: Sequence[Entry], load: Callable[[str], Entry]
    ) -> list[int]:
        """Close the gaps and make room; returns the numbers of those ``added``."""

        def place_at(path: str) -> tuple[Any, ...]:
            return self.place_of(load(path))

        gone_undated = bisect_left(gone, self.undated)
        before = [bisect_left(self.paths, self.place_of(entry), key=place_at) for entry in added]
        events = [(number, 0, at) for at, number in enumerate(before)]
        events += [(number, 1, -1) for number in gone]
        paths, claims, found, places = self.paths, self.claims, self.addresses, [0] * len(added)
        self.paths, self.claims, self.addresses = [], [], _none()
        moved: list[int] = []
        done = 0
        for number, _, at in [*sorted(events), (len(paths), 2, -1)]:
            moved += range(len(self.paths), len(self.paths) + number - done)
            self.paths += paths[done:number]
            self.claims += claims[done:number]
            self.addresses += found[done:number]
            done = number
            if at >= 0:
                places[at] = len(self.paths)
                self.paths.append(added[at].path)
                self.claims.append(added[at].url)
                self.addresses.append(checksum(added[at].found_at))
            elif number < len(paths):
                moved.append(_NOWHERE)
                done += 1
        self.undated += sum(not entry.date for entry in added) - gone_undated
        self._move(min(events)[0], moved)
        return places

    def _move(self, first: int, moved: Sequence[int]) -> None:
        """Every number from ``first`` on is to be the one that ``moved`` has for it."""
        for lists in (self.periods, *self.terms.values()):
            for key, numbers in lists.items():
                if numbers[-1] >= first:
                    lists[key] = array(_FOUR_BYTES, map(moved.__getitem__, numbers))


def checksum(address: str) -> int:
    """Four bytes that tell most addresses apart; 0 for none."""
    return zlib.crc32(address.encode())


def encoded(order: Order) -> bytes:
    """For this machine."""
    return _ENCODER.encode(order)


def decoded(data: bytes) -> Order:
    """What was ``encoded``."""
    return _decoder().decode(data)


def _without_texts(entries: Iterable[Entry]) -> dict[str, Entry]:
    return {entry.path: replace(entry, digest="", summary="") for entry in entries}


def _spelt_terms(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """Taxonomy, key and spelling of each term of an article, each term once."""
    for taxonomy, names in entry.terms.items():
        for key, name in _spellings(names):
            yield taxonomy, key, name


def _spellings(names: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    """Key and spelling of each term, each once."""
    return {term_key(name): name for name in names}.items() if names else ()  # most have none


def _none() -> Numbers:
    return array(_FOUR_BYTES)


def _begun(lists: dict[str, Numbers], key: str) -> Numbers:
    """A new list, still empty."""
    numbers = lists[key] = _none()
    return numbers


def _take(lists: dict[str, Numbers], key: str, number: int) -> None:
    numbers = lists[key]
    del numbers[bisect_left(numbers, number)]
    if not numbers:
        del lists[key]


def _as_bytes(numbers: Any) -> bytes:
    data: bytes = numbers.tobytes()
    return data


def _from_bytes(_kind: type, data: bytes) -> Numbers:
    numbers = _none()
    numbers.frombytes(data)
    return numbers


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_as_bytes)


@cache
def _decoder() -> msgspec.msgpack.Decoder[Order]:
    return msgspec.msgpack.Decoder(Order, dec_hook=_from_bytes)

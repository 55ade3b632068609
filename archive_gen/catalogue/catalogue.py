"""The order of an archive: articles by date, by term and by neighbour.

Built from ``Entry`` values alone, so that it can be made without opening an article.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, overload

from archive_gen.catalogue.addresses import settle_aliases, settle_urls
from archive_gen.catalogue.entry import Entry, Term, oldest_first
from archive_gen.catalogue.entry_cache import EntryCache
from archive_gen.catalogue.order import Order, checksum, place_of, term_key
from archive_gen.catalogue.terms import Terms
from archive_gen.catalogue.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archive_gen.problems import Problem


_Named = TypeVar("_Named")
_AT_ONCE = 500
# In an archive of so many articles all entries stay objects from the first look on. Processes that
# are forked have them at once, and copy those that they use: too much memory of a large archive.
_AT_HAND = 20_000


class Picked(Sequence[Entry]):
    """Some of a catalogue's entries, in order. Each is read when it is asked for."""

    __slots__ = ("_catalogue", "numbers")

    def __init__(self, catalogue: Catalogue, numbers: Sequence[int]) -> None:
        self._catalogue = catalogue
        self.numbers = numbers
        """As the catalogue's ``order`` has them."""

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        """One, or a list of some."""
        if isinstance(at, slice):
            return self._catalogue.entries(self.numbers[at])
        return self._catalogue.entry(self.numbers[at])

    def __iter__(self) -> Iterator[Entry]:
        for start in range(0, len(self.numbers), _AT_ONCE):
            yield from self._catalogue.entries(self.numbers[start : start + _AT_ONCE])

    @property
    def urls(self) -> Sequence[str]:
        """The address of each."""
        return [*map(self._catalogue.urls.__getitem__, self.numbers)]

    @property
    def dated(self) -> Picked:
        """Those that have a date."""
        start = bisect_left(self.numbers, self._catalogue.order.undated)
        return Picked(self._catalogue, self.numbers[start:])

    def among(self, others: Picked) -> Picked:
        """Those that are among ``others``, too."""
        wanted = set(others.numbers)
        return Picked(self._catalogue, [n for n in self.numbers if n in wanted])

    def by_year(self) -> dict[str, Picked]:
        """Year → those of that year; the year of undated ones is empty."""
        return self._divided(self._catalogue.timeline.year_at)

    def by_month(self) -> dict[str, Picked]:
        """Month → the dated of that month; those that stand in none of a year are in its 00."""
        timeline, found = self._catalogue.timeline, dict[str, Picked]()
        for year, members in self.dated.by_year().items():
            numbers: Sequence[int] = members.numbers
            if in_none := timeline.only_in(year).intersection(numbers):
                found[f"{year}-00"] = Picked(self._catalogue, sorted(in_none))
                numbers = [number for number in numbers if number not in in_none]
            found |= Picked(self._catalogue, numbers)._divided(timeline.month_at)
        return found

    def _divided(self, period_at: Callable[[int], tuple[str, int]]) -> dict[str, Picked]:
        found: dict[str, Picked] = {}
        numbers, start = self.numbers, 0
        while start < len(numbers):
            period, end = period_at(numbers[start])
            stop = bisect_left(numbers, end, start)
            found[period] = Picked(self._catalogue, numbers[start:stop])
            start = stop
        return found


class _ByPath(Mapping[str, Entry]):
    """Sorted by path."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.numbers = {path: number for number, path in enumerate(catalogue.order.paths)}

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.numbers))

    def __contains__(self, path: object) -> bool:
        return path in self.numbers

    def __getitem__(self, path: str) -> Entry:
        return self._catalogue.entry(self.numbers[path])


class Catalogue:
    """All entries in order. Every list in it is oldest first."""

    def __init__(self, entries: Iterable[Entry], language: str = "en") -> None:
        """``language``: the site's, whose alphabet has the undated in order."""
        ordered = sorted(entries, key=lambda entry: place_of(entry, language))
        by_path = {entry.path: entry for entry in ordered}
        self._begin(Order.of(ordered, language), {}, by_path, {})

    @classmethod
    def of_all(cls, entries: Mapping[str, Entry], language: str) -> Catalogue:
        """The catalogue of all ``entries``. Of a large archive they are read one by one, here and
        later."""
        at_hand = dict(entries) if len(entries) <= _AT_HAND else {}
        found = at_hand or entries
        places = sorted(place_of(entry, language) for entry in found.values())
        ordered = (found[place[-1]] for place in places)
        return cls.of_order(Order.of(ordered, language), at_hand, entries, {})

    @classmethod
    def of_order(
        cls,
        order: Order,
        now: Mapping[str, Entry],
        others: Mapping[str, Entry],
        slugs: Mapping[str, Mapping[str, str]],
    ) -> Catalogue:
        """The catalogue of an order made before. What is not in ``now`` is read from ``others``.

        ``slugs`` are those that terms had; they hold where no term came or went.
        """
        catalogue = cls.__new__(cls)
        catalogue._begin(order, now, others, slugs)
        return catalogue

    def _begin(
        self,
        order: Order,
        now: Mapping[str, Entry],
        others: Mapping[str, Entry],
        slugs: Mapping[str, Mapping[str, str]],
    ) -> None:
        self.order = order
        self.elsewhere, self._collisions = settle_urls(order.paths, order.claims)
        """Path → address of the articles that do not have the one they claim."""
        self._spanned: tuple[Entry | None, tuple[int, int]] = (None, (0, 0))
        """The last answer of ``_span``: the same question comes many times in a row."""
        cache = EntryCache(order.paths, self.elsewhere, now, others)
        self.read_all = cache.read_all
        """Be ready for all articles to be looked at."""
        self.entry = cache.entry
        """The article of a number of ``order``."""
        self.entries = cache.entries
        """The articles of some numbers. Those that are not at hand are read together."""
        self.timeline = Timeline(order.periods, len(order.paths))
        self.terms = Terms(order, slugs)
        self.by_path = _ByPath(self)
        self.dated = Picked(self, range(order.undated, len(order.paths)))
        self.undated = Picked(self, range(order.undated))
        self.everything = Picked(self, range(len(order.paths)))
        """The undated by title, then the dated."""

    @cached_property
    def urls(self) -> Sequence[str]:
        """The address of each article, by number."""
        order, elsewhere = self.order, self.elsewhere
        if not elsewhere:
            return order.claims
        pairs = zip(order.paths, order.claims, strict=True)
        return [elsewhere.get(path, claim) for path, claim in pairs]

    @property
    def former_urls(self) -> Mapping[str, str]:
        """Address that the page of an article had → the article's path."""
        return self._aliases[0]

    @property
    def collisions(self) -> list[Problem]:
        """Articles that claim an address, or an old one, which another has."""
        return [*self._collisions, *self._aliases[1]]

    @cached_property
    def _aliases(self) -> tuple[Mapping[str, str], list[Problem]]:
        if not self.order.aliases:
            return {}, []
        urls = dict(zip(self.urls, self.order.paths, strict=True))
        return settle_aliases(self.order.aliases, urls)

    def neighbours(self, entry: Entry) -> tuple[Entry | None, Entry | None]:
        """The dated articles just before and just after ``entry``, which need not be here."""
        if not entry.date:
            return (None, None)
        first, end = self._span(entry)
        return (
            self.entry(first - 1) if first > self.order.undated else None,
            self.entry(end) if end < len(self.order.paths) else None,
        )

    def _span(self, entry: Entry) -> tuple[int, int]:
        """Where ``entry`` begins and ends in the order: one place, or none if it is not here."""
        known, span = self._spanned
        if known is not entry:
            span = self._find_span(entry)
            self._spanned = (entry, span)
        return span

    def _find_span(self, entry: Entry) -> tuple[int, int]:
        number = self.by_path.numbers.get(entry.path, -1)
        if number >= 0 and ((here := self.entry(number)) is entry or here == entry):
            return number, number + 1
        place, numbers = self.order.place_of(entry), range(len(self.order.paths))

        def place_at(number: int) -> tuple[Any, ...]:
            return self.order.place_of(self.entry(number))

        return bisect_left(numbers, place, key=place_at), bisect_right(numbers, place, key=place_at)

    # -- periods

    def in_period(self, period: str) -> Picked:
        """The articles of a year, month or day; those known only to the month have no day."""
        return Picked(self, self.order.periods.get(period, ()))

    def only_in(self, period: str) -> Picked:
        """The articles of a period that stand in none that lies within it."""
        return Picked(self, sorted(self.timeline.only_in(period)))

    # -- terms

    def with_term(self, term: Term) -> Picked:
        """The articles that have ``term``, undated first, then oldest first."""
        return self.with_term_key(term.taxonomy, term_key(term.name))

    def with_term_key(self, taxonomy: str, key: str) -> Picked:
        """``with_term`` by what the term's spellings share: none if no article has it."""
        return Picked(self, self.order.terms.get(taxonomy, {}).get(key, ()))

    def around(
        self, entry: Entry, taxonomy: str, key: str, count: int
    ) -> tuple[Sequence[Entry], Sequence[Entry]]:
        """The ``count`` dated articles with a term just before and just after ``entry``.

        ``key`` is what the term's spellings share. Both oldest first. ``entry`` need not be
        here, nor have the term.
        """
        before, after = self.numbers_around(entry, taxonomy, key, count)
        return self.entries(before), self.entries(after)

    def numbers_around(
        self, entry: Entry, taxonomy: str, key: str, count: int
    ) -> tuple[Sequence[int], Sequence[int]]:
        """``around`` as numbers of ``order``."""
        numbers = self.order.terms.get(taxonomy, {}).get(key)
        if not entry.date or not numbers:
            return ((), ())
        first, end = self._span(entry)
        before = bisect_left(numbers, first)
        after = before
        while after < len(numbers) and numbers[after] < end:  # itself, if it has the term
            after += 1
        start = max(0, before - count)
        if numbers[0] < self.order.undated:
            start = max(start, bisect_left(numbers, self.order.undated))
        return numbers[start:before], numbers[after : after + count]

    # -- links in texts

    @cached_property
    def _linking(self) -> Mapping[int, Sequence[str]]:
        """Checksum → the paths of the articles whose texts lead to such an address."""
        return _naming(self.order.links)

    @cached_property
    def _by_place(self) -> Mapping[int, Sequence[int]]:
        """Checksum → the numbers of the articles that were found at such an address."""
        found: dict[int, list[int]] = defaultdict(list)
        for number, place in enumerate(self.order.addresses):
            if place in self._linking:
                found[place].append(number)
        return dict(found)

    def linking_to(self, entry: Entry) -> Sequence[str]:
        """The paths of the articles whose texts may lead to where ``entry`` was found."""
        return self._linking.get(checksum(entry.found_at), ()) if entry.found_at else ()

    def found_at(self, place: str) -> Entry | None:
        """The article that readers found at ``place``, the first in order if there are several."""
        numbers = self._by_place.get(checksum(place), ())
        return next((one for one in map(self.entry, numbers) if one.found_at == place), None)

    # -- versions

    @cached_property
    def _named_by(self) -> Mapping[str, Sequence[str]]:
        return _naming(self.order.versions)

    def in_versions(self) -> Iterable[str]:
        """The paths of all articles that name another version, or that are named as one."""
        named = (path for path in self._named_by if path in self.by_path)
        return sorted({*self.order.versions, *named})

    def versions(self, entry: Entry) -> Sequence[Entry]:
        """The other versions of an article's story, oldest first, whichever names which."""
        if not entry.versions and entry.path not in self._named_by:
            return ()
        found: set[str] = set()
        ahead = [entry.path, *entry.versions]
        while ahead:
            path = ahead.pop()
            if path not in found and (path in self.by_path or path == entry.path):
                found.add(path)
                ahead += (*self.order.versions.get(path, ()), *self._named_by.get(path, ()))
        return oldest_first(self.by_path[path] for path in found - {entry.path})


def _naming(named: Mapping[str, Sequence[_Named]]) -> dict[_Named, list[str]]:
    """What articles name → the paths of those that name it; ``named`` has the former by path."""
    naming: dict[_Named, list[str]] = defaultdict(list)
    for path, others in named.items():
        for other in others:
            naming[other].append(path)
    return dict(naming)

"""The order of an archive: articles by date, by term and by neighbour.

Built from ``Entry`` values alone, so that it can be made without opening an article.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from archive_gen.dates import ArchiveDate
from archive_gen.problems import Problem
from archive_gen.urls import article_url, short_digest, slugify, term_url

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of an article."""

    url: str
    """Its address; the catalogue settles it when two articles claim the same."""
    title: str
    summary: str
    """The standfirst, or the beginning of the text."""
    date: ArchiveDate | None
    source: str
    place: str
    language: str
    """BCP 47, never empty."""


@dataclass(frozen=True, slots=True)
class Entry(Row):
    """All that the rest of the archive knows of an article."""

    path: str
    """Its file, below ``content/``."""
    terms: Mapping[str, tuple[str, ...]]
    """Taxonomy → the terms as this article spells them."""
    versions: tuple[str, ...]
    digest: str
    """Of everything the article says: equal digest, equal page."""
    pictures: tuple[str, ...] = ()
    """Those beside the article's file, as it names them; see ``pictures.path_meant``."""

    def row(self) -> Row:
        """The part that lists show: the rest may change without touching them."""
        return Row(
            self.url,
            self.title,
            self.summary,
            self.date,
            self.source,
            self.place,
            self.language,
        )

    def mention(self) -> Row:
        """A row for a list that shows no summaries."""
        return Row(self.url, self.title, "", self.date, self.source, self.place, self.language)

    @property
    def search_digest(self) -> str:
        """Of everything that the search index holds of it."""
        return f"{self.digest}{short_digest(self.url)}"


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a taxonomy, with all its spellings."""

    taxonomy: str
    slug: str
    name: str
    """The commonest spelling."""
    count: int
    url: str


@lru_cache(maxsize=1 << 16)
def term_key(name: str) -> str:
    """What two spellings of one term share."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


class Catalogue:
    """All entries in order. Every list in it is oldest first."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        settled, self.collisions = _settle_addresses(sorted(entries, key=lambda e: e.path))
        self.by_path: Mapping[str, Entry] = {entry.path: entry for entry in settled}
        self.dated: Sequence[Entry] = sorted((e for e in settled if e.date), key=_order)
        self.undated: Sequence[Entry] = sorted(
            (e for e in settled if not e.date), key=lambda e: (e.title.casefold(), e.path)
        )

    @cached_property
    def _order_keys(self) -> Sequence[tuple[object, ...]]:
        return [_order(entry) for entry in self.dated]

    def neighbours(self, entry: Entry) -> tuple[Entry | None, Entry | None]:
        """The dated articles just before and just after ``entry``, which need not be here."""
        if not entry.date:
            return (None, None)
        first, end = self._span(entry)
        return (
            self.dated[first - 1] if first else None,
            self.dated[end] if end < len(self.dated) else None,
        )

    @cached_property
    def _ranks(self) -> Mapping[str, int]:
        """Path → place in ``dated``."""
        return {entry.path: rank for rank, entry in enumerate(self.dated)}

    def _span(self, entry: Entry) -> tuple[int, int]:
        """Where ``entry`` begins and ends in ``dated``: one place, or none if it is not here."""
        rank = self._ranks.get(entry.path, -1)
        if rank >= 0 and self.dated[rank] is entry:
            return rank, rank + 1
        order = _order(entry)
        return bisect_left(self._order_keys, order), bisect_right(self._order_keys, order)

    @cached_property
    def _by_period(self) -> Mapping[str, list[Entry]]:
        periods: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.dated:
            for period in entry.date.periods if entry.date else ():
                periods[period].append(entry)
        return dict(periods)

    @cached_property
    def _periods(self) -> Mapping[int, Sequence[str]]:
        return {
            length: sorted(p for p in self._by_period if len(p) == length) for length in (4, 7, 10)
        }

    def in_period(self, period: str) -> Sequence[Entry]:
        """The articles of a year, month or day; those known only to the month have no day."""
        return self._by_period.get(period, ())

    def years(self) -> Sequence[str]:
        """The years that have articles."""
        return self._periods[4]

    def all_periods(self) -> Iterable[str]:
        """Every year, month and day that has articles."""
        return self._by_period

    def sibling_periods(self, period: str) -> Sequence[str]:
        """The years, or the months of a year, or the days of a month, that have articles."""
        periods = self._periods[len(period)]
        parent = period[: max(0, len(period) - 3)]
        after = parent + "\uffff"
        return periods[bisect_left(periods, parent) : bisect_left(periods, after)]

    def adjacent_periods(self, period: str) -> tuple[str | None, str | None]:
        """The nearest periods of the same length, before and after, that have articles."""
        periods = self._periods[len(period)]
        before = bisect_left(periods, period)
        after = bisect_right(periods, period)
        return (
            periods[before - 1] if before else None,
            periods[after] if after < len(periods) else None,
        )

    @cached_property
    def _by_term(self) -> Mapping[str, Mapping[str, list[tuple[Entry, str]]]]:
        """Taxonomy → term key → (entry, spelling), undated first, then oldest first."""
        taxonomies: dict[str, dict[str, list[tuple[Entry, str]]]] = defaultdict(dict)
        for entry in (*self.undated, *self.dated):
            for taxonomy, names in entry.terms.items():
                if names:
                    terms = taxonomies[taxonomy]
                    for key, name in {term_key(name): name for name in names}.items():
                        terms.setdefault(key, []).append((entry, name))
        return dict(taxonomies)

    @cached_property
    def term_slugs(self) -> Mapping[str, Mapping[str, str]]:
        """Taxonomy → term key → slug. Different terms never share a slug."""
        return {taxonomy: _settle_slugs(sorted(terms)) for taxonomy, terms in self._by_term.items()}

    @cached_property
    def _terms(self) -> Mapping[str, Mapping[str, Term]]:
        return {
            taxonomy: {
                slug: self._term(taxonomy, key, slug)
                for key, slug in self.term_slugs[taxonomy].items()
            }
            for taxonomy in self._by_term
        }

    def _term(self, taxonomy: str, key: str, slug: str) -> Term:
        uses = self._by_term[taxonomy][key]
        spellings = Counter(name for _, name in uses)
        name = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
        return Term(taxonomy, slug, name, len(uses), term_url(taxonomy, slug))

    def terms(self, taxonomy: str) -> Sequence[Term]:
        """All terms of a taxonomy in alphabetical order."""
        terms = self._terms.get(taxonomy, {}).values()
        return sorted(terms, key=lambda term: (_alphabetical(term.name), term.slug))

    def term(self, taxonomy: str, name: str) -> Term | None:
        """The term that ``name`` is a spelling of."""
        slug = self.term_slugs.get(taxonomy, {}).get(term_key(name))
        return self._terms[taxonomy][slug] if slug else None

    def with_term(self, term: Term) -> Sequence[Entry]:
        """The articles that have ``term``, undated first, then oldest first."""
        return self.with_term_key(term.taxonomy, term_key(term.name))

    def with_term_key(self, taxonomy: str, key: str) -> Sequence[Entry]:
        """``with_term`` by what the term's spellings share."""
        return [entry for entry, _ in self._by_term[taxonomy][key]]

    def around(
        self, entry: Entry, taxonomy: str, key: str, count: int
    ) -> tuple[Sequence[Entry], Sequence[Entry]]:
        """The ``count`` dated articles with a term just before and just after ``entry``.

        ``key`` is what the term's spellings share. Both oldest first. ``entry`` need not be
        here, nor have the term.
        """
        ranks = self._ranks_by_term.get(taxonomy, {}).get(key)
        if not entry.date or not ranks:
            return ((), ())
        first, end = self._span(entry)
        before = bisect_left(ranks, first)
        after = bisect_left(ranks, end, before)
        return (
            [self.dated[rank] for rank in ranks[max(0, before - count) : before]],
            [self.dated[rank] for rank in ranks[after : after + count]],
        )

    @cached_property
    def _ranks_by_term(self) -> Mapping[str, Mapping[str, Sequence[int]]]:
        """Taxonomy → term key → places in ``dated``, ascending: found fast, being numbers."""
        ranks = self._ranks
        return {
            taxonomy: {
                key: [ranks[entry.path] for entry, _ in uses if entry.date]
                for key, uses in terms.items()
            }
            for taxonomy, terms in self._by_term.items()
        }

    @cached_property
    def _named_by(self) -> Mapping[str, Sequence[str]]:
        naming: dict[str, list[str]] = defaultdict(list)
        for entry in self.by_path.values():
            for other in entry.versions:
                naming[other].append(entry.path)
        return dict(naming)

    def in_versions(self) -> Iterable[str]:
        """The paths of all articles that name another version, or that are named as one."""
        naming = (path for path, entry in self.by_path.items() if entry.versions)
        named = (path for path in self._named_by if path in self.by_path)
        return dict.fromkeys((*naming, *named))

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
                named = self.by_path[path].versions if path in self.by_path else ()
                ahead += (*named, *self._named_by.get(path, ()))
        others = [self.by_path[path] for path in found - {entry.path}]
        return sorted(others, key=lambda e: (e.date is None, _order(e)))


def _order(entry: Entry) -> tuple[object, ...]:
    date = entry.date.sort_key if entry.date else ()
    return (date, entry.path)


def _alphabetical(name: str) -> tuple[str, str]:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return (bare.casefold(), name)


def _settle_addresses(entries: Iterable[Entry]) -> tuple[list[Entry], list[Problem]]:
    """Give each entry an address of its own; the first by path keeps the one it claims."""
    owners: dict[str, str] = {}
    settled: list[Entry] = []
    collisions: list[Problem] = []
    for entry in entries:
        owner = owners.setdefault(entry.url, entry.path)
        if owner != entry.path:
            other = _free(entry.url.rstrip("/"), entry.path, "/", owners)
            collisions.append(
                Problem(
                    f"content/{entry.path}",
                    0,
                    f"claims the address /{entry.url} that content/{owner} has",
                    f"it is published at /{other}; rename the file or set 'slug:'",
                )
            )
            entry = replace(entry, url=other)
            owners[other] = entry.path
        settled.append(entry)
    return settled, collisions


def _settle_slugs(keys: Iterable[str]) -> Mapping[str, str]:
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for key in keys:
        slug = slugify(key)
        if slug in taken:
            slug = _free(slug, key, "", taken)
        taken.add(slug)
        slugs[key] = slug
    return slugs


def _free(name: str, owner: str, end: str, taken: Container[str]) -> str:
    """``name`` with a suffix that follows from ``owner``, and that nobody has taken."""
    salt = owner
    while (free := f"{name}-{short_digest(salt)}{end}") in taken:
        salt += "+"
    return free


def claimed_url(slug: str, path: str, date: ArchiveDate | None) -> str:
    """The address that an article's own file asks for: its ``slug`` or its file's name."""
    stem = path.rpartition("/")[2].removesuffix(".md")
    return article_url(slugify(slug or stem), date)

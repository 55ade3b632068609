"""The terms of an archive: their names, their addresses, and which articles share them."""

from __future__ import annotations

import operator
from collections import Counter, defaultdict
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from archive_gen.catalogue.addresses import settle_slugs
from archive_gen.catalogue.entry import Term
from archive_gen.catalogue.order import term_key
from archive_gen.urls import term_url

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archive_gen.catalogue.order import Order

# Questions for shared terms that are answered without a table of the terms of all articles.
_FEW_QUESTIONS = 5


class Terms:
    """All terms of all taxonomies. A term's key is what its spellings share."""

    def __init__(self, order: Order, known_slugs: Mapping[str, Mapping[str, str]]) -> None:
        """``known_slugs`` are those that terms had; they hold where no term came or went."""
        self._order = order
        self._known_slugs = known_slugs
        self._questions = 0
        """How often ``shared`` was asked."""
        self._terms: dict[tuple[str, str], Term] = {}
        """Those that were asked for, by taxonomy and key."""
        self._keys: dict[str, Sequence[Sequence[str]]] = {}
        """Taxonomy → the keys that each article has, by number."""

    @cached_property
    def slugs(self) -> Mapping[str, Mapping[str, str]]:
        """Taxonomy → term key → slug. Different terms never share a slug."""
        return {
            taxonomy: self._settled(taxonomy, keys) for taxonomy, keys in self._order.terms.items()
        }

    def _settled(self, taxonomy: str, terms: Mapping[str, Any]) -> Mapping[str, str]:
        known = self._known_slugs.get(taxonomy, {})
        return known if known.keys() == terms.keys() else settle_slugs(sorted(terms))

    def _term(self, taxonomy: str, key: str, slug: str) -> Term:
        term = self._terms.get((taxonomy, key))
        if term is None:
            spellings = self._order.spellings[taxonomy][key]
            name = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
            count = len(self._order.terms[taxonomy][key])
            term = Term(taxonomy, slug, name, count, term_url(taxonomy, slug))
            self._terms[taxonomy, key] = term
        return term

    def of(self, taxonomy: str) -> Sequence[Term]:
        """All terms of a taxonomy in the order of their addresses."""
        slugs = self.slugs.get(taxonomy, {})
        by_slug = sorted(slugs.items(), key=operator.itemgetter(1))
        return [self._term(taxonomy, key, slug) for key, slug in by_slug]

    def named(self, taxonomy: str, name: str) -> Term | None:
        """The term that ``name`` is a spelling of."""
        key = term_key(name)
        slug = self.slugs.get(taxonomy, {}).get(key)
        return self._term(taxonomy, key, slug) if slug else None

    def spellings(self, taxonomy: str, key: str) -> Mapping[str, int]:
        """How many articles spell a term how."""
        return self._order.spellings.get(taxonomy, {}).get(key, {})

    def shared(self, taxonomy: str, numbers: Sequence[int]) -> Mapping[str, int]:
        """Term key → how many of the articles with ``numbers`` have it."""
        self._questions += 1
        if self._questions > _FEW_QUESTIONS:
            keys = self._keys_by_number(taxonomy)
            return Counter(chain.from_iterable(map(keys.__getitem__, numbers)))
        members = set(numbers)
        terms = self._order.terms.get(taxonomy, {})
        counts = {key: len(members.intersection(having)) for key, having in terms.items()}
        return {key: count for key, count in counts.items() if count}

    def _keys_by_number(self, taxonomy: str) -> Sequence[Sequence[str]]:
        found = self._keys.get(taxonomy)
        if found is None:
            gathered: dict[int, list[str]] = defaultdict(list)
            for key, numbers in self._order.terms.get(taxonomy, {}).items():
                for number in numbers:
                    gathered[number].append(key)
            # Many articles have the same terms as another.
            same: dict[tuple[str, ...], tuple[str, ...]] = {}
            each = (tuple(gathered.pop(number, ())) for number in range(len(self._order.paths)))
            found = self._keys[taxonomy] = [same.setdefault(keys, keys) for keys in each]
        return found

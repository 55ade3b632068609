"""The files of the best hits of common words, after an update.

For each family whose list is cut they hold its best documents (``best``), the weights of other
families in these (``pairs``), and the number of its documents.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from archive_gen.search.page.best import LEVEL, best, best_after, best_name, documents_in
from archive_gen.search.page.files import best_file, columns_file, counts_file
from archive_gen.search.page.pairs import (
    GROUPS,
    Rows,
    column,
    digits_of,
    grouped,
    is_common,
    key_of,
    pairs_name,
    root_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from archive_gen.search.analysis import Term
    from archive_gen.search.page.best import Best, Weighed
    from archive_gen.search.page.files import File
    from archive_gen.search.page.made import Made
    from archive_gen.search.page.terms import ListsOnDemand
    from archive_gen.search.page.vocabulary import Root

Postings = dict["Root", int]
"""The posting of each family in a document."""
_Weighed = tuple[int, int]
"""The number of a document, and the posting of a family in it."""
_Change = tuple[set[_Weighed], set[_Weighed]]
"""The documents that an update removes from a family, and those that it adds."""


class Changed:
    """How an update changes the postings of families."""

    def __init__(self) -> None:
        self.families: defaultdict[Root, _Change] = defaultdict(lambda: (set(), set()))
        self.documents: dict[int, Postings] = {}
        """The documents with any change, by number."""

    def add(self, was: int, old: Postings, now: int, new: Postings) -> None:
        """Add a document: its number and postings before, and after."""
        before = {(root, (was, posting)) for root, posting in old.items()}
        after = {(root, (now, posting)) for root, posting in new.items()}
        for root, weighed in before - after:
            self.families[root][0].add(weighed)
        for root, weighed in after - before:
            self.families[root][1].add(weighed)
        if new and before != after:
            self.documents[now] = new


class CommonFiles:
    """The files after an update."""

    def __init__(
        self,
        lists: ListsOnDemand,
        family: Callable[[Root], Sequence[Term]],
        made: Made,
        changed: Changed,
        postings_at: Callable[[int], Postings],
    ) -> None:
        """``family``: the terms of one; ``postings_at``: the postings of a document by number."""
        self._lists = lists
        self._family = family
        self._made = made
        self._changed = changed
        self._postings_at = postings_at
        self._best: dict[Root, Best | None] = {}

    def changes(self, recut: AbstractSet[Root]) -> Iterator[File]:
        """The files that differ; one that is to be removed has no bytes.

        ``recut`` are the families whose lists are cut now and were not, or the other way round.
        """
        before = self._made.counts
        counts = dict(before)
        for root in recut:
            if self._lists.is_cut(self._family(root)):
                yield from self._family_changes(root, counts)
            else:
                counts.pop(root, None)
                yield f"{best_name(root)}.js", b""
        for root in self._changed.families.keys() - recut:
            if root in counts:  # most words are rare
                yield from self._family_changes(root, counts)
        yield counts_file(counts)
        yield from self._pairs(self._common(before), self._common(counts))

    def _family_changes(self, root: Root, counts: dict[Root, int]) -> Iterator[File]:
        gone, come = self._changed.families.get(root, (set(), set()))
        before = self._made.best(root)  # None also if the file is lost
        if root in counts:
            counts[root] += len(come) - len(gone)
        else:
            counts[root] = len(self._whole(root).numbers)
        if before is None or any(LEVEL[posting] >= before.low for _, posting in gone ^ come):
            after = best_after(before, [number for number, _ in gone], come) if before else None
            found = self._best[root] = after or best(self._whole(root))
            yield best_file(root, found)

    def _common(self, counts: Mapping[Root, int]) -> set[Root]:
        return {root for root, count in counts.items() if is_common(count, self._lists.cuts)}

    def _pairs(self, before: set[Root], common: set[Root]) -> Iterator[File]:
        groups = grouped(map(key_of, common))
        for root in sorted(common):
            if before != common or self._has_other_rows(root):
                yield from self._columns(root, groups)
        for root in before - common:
            yield from ((f"{pairs_name(root, group)}.js", b"") for group in range(GROUPS))

    def _has_other_rows(self, root: Root) -> bool:
        """Whether another family may weigh something else in one of its best."""
        if root in self._best:
            return True
        if not any(root in postings for postings in self._changed.documents.values()):
            return False
        low = self._best_of(root).low
        return any(LEVEL[p.get(root, 0)] >= low for p in self._changed.documents.values())

    def _columns(self, root: Root, groups: Mapping[int, Sequence[str]]) -> Iterator[File]:
        was = self._made.best(root)
        numbers = documents_in(self._best_of(root))
        before = documents_in(was) if was else []
        rows = Rows.of(before, numbers, self._changed.documents, self._postings_at)
        for group in range(GROUPS):
            name = pairs_name(root, group)
            known = self._made.columns(name) if was else {}
            columns = {
                key: rows.column(root_of(key), known[key])
                if key in known
                else column(self._digits(root_of(key)), numbers)
                for key in groups.get(group, ())
                if key != key_of(root)
            }
            if columns != known:
                yield columns_file(name, columns) if columns else (f"{name}.js", b"")

    def _best_of(self, root: Root) -> Best:
        found = self._best.get(root) or self._made.best(root)
        if found is None:  # its file is lost
            found = self._best[root] = best(self._whole(root))
        return found

    def _whole(self, root: Root) -> Weighed:
        return self._lists.weighed(self._family(root))

    def _digits(self, root: Root) -> dict[int, str]:
        numbers, postings = self._whole(root)
        return dict(zip(numbers, digits_of(postings), strict=True))

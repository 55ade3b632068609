"""How the articles differ from those that the last build published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archive_gen.catalogue.album import showing
from archive_gen.pictures import is_beside_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive_gen.catalogue.catalogue import Catalogue
    from archive_gen.catalogue.entry import Entry


class EntryChange(Struct, frozen=True):
    """One article that came, changed or went: at least one side is there."""

    path: str
    old: Entry | None
    new: Entry | None
    moved: bool
    """Its address, or that of a term that it has, is another: perhaps by another's doing."""

    @property
    def is_text_only(self) -> bool:
        """Whether nothing is new but what its own page shows."""
        if not (self.old and self.new) or self.moved:
            return False
        return replace(self.old, digest=self.new.digest) == self.new

    @property
    def is_picture_only(self) -> bool:
        """Whether nothing is new but the file of a picture that it names."""
        return not self.moved and self.old == self.new

    @property
    def kind(self) -> str:
        """``new``, ``changed``, ``deleted``, ``picture`` or ``moved``: another one's doing."""
        if not self.old:
            return "new"
        if not self.new:
            return "deleted"
        if self.is_picture_only:
            return "picture"
        return "changed" if self.old.digest != self.new.digest else "moved"


class Before(Struct, frozen=True):
    """What the last build knew of the articles."""

    entries: Mapping[str, Entry]
    """By path, with the addresses that they claim."""
    elsewhere: Mapping[str, str]
    """Path → the address of those that did not have the one they claim."""
    term_slugs: Mapping[str, Mapping[str, str]]
    """Taxonomy → term key → slug."""

    def entry(self, path: str) -> Entry | None:
        """An article as it was published."""
        entry = self.entries.get(path)
        url = self.elsewhere.get(path)
        return replace(entry, url=url) if entry and url else entry


class EntryChanges(Iterable[EntryChange]):
    """The articles that are not as they were, sorted by path. Each is looked at when it is asked
    for: of a first build that is every article there is."""

    def __init__(
        self, paths: Sequence[str], moved: Set[str], before: Before, catalogue: Catalogue
    ) -> None:
        self._paths = paths
        self._moved = moved
        self._before = before
        self._now = catalogue.by_path

    def __iter__(self) -> Iterator[EntryChange]:
        changes = map(self._change, self._paths)
        return (change for change in changes if change.old or change.new)

    def kinds(self) -> Iterator[tuple[str, str]]:
        """Path and ``kind`` of each, without a look at what only came or only went."""
        for path in self._paths:
            if path in self._now:
                was_there = path in self._before.entries
                yield path, self._change(path).kind if was_there else "new"
            elif path in self._before.entries:
                yield path, "deleted"

    def _change(self, path: str) -> EntryChange:
        return EntryChange(path, self._before.entry(path), self._now.get(path), path in self._moved)


def entry_changes(before: Before, files: Set[str], catalogue: Catalogue) -> EntryChanges:
    """How articles differ from those of the last build; ``files`` are the paths that changed.

    Besides those whose files changed, these are the articles that show a picture whose file
    changed, those that another one's coming or going gave a new address, and those with a term
    whose address became another.
    """
    paths = set(files)
    paths |= set(showing(filter(is_beside_text, paths), catalogue.order.pictures))
    was, now = before.elsewhere, catalogue.elsewhere
    moved = {path for path in was.keys() | now.keys() if was.get(path) != now.get(path)}
    moved |= _with_moved_terms(before, catalogue)
    return EntryChanges(sorted(paths | moved), moved, before, catalogue)


def _with_moved_terms(before: Before, catalogue: Catalogue) -> set[str]:
    return {
        entry.path
        for taxonomy, slugs in catalogue.terms.slugs.items()
        if slugs is not before.term_slugs.get(taxonomy)
        for key, slug in slugs.items()
        if before.term_slugs.get(taxonomy, {}).get(key, slug) != slug
        for entry in catalogue.with_term_key(taxonomy, key)
    }


class Move(Struct, frozen=True):
    """An article whose page has another address."""

    path: str
    old: str
    """The url that its page had."""
    new: str


def moved_pages(changes: EntryChanges) -> list[Move]:
    """The articles whose page has another address.

    An article under another path is known by saying the same. Left out are those that lead readers
    on (``aliases``).
    """
    gone = {c.old.digest: c.old.url for c in changes if c.old and not c.new}
    moved = []
    for change in changes:
        now = change.new
        if now:
            before = change.old.url if change.old else gone.get(now.digest, now.url)
            if before not in (now.url, *now.aliases):
                moved.append(Move(change.path, before, now.url))
    return moved

"""Shards are cut again where an update changed them, until a cut falls where one was."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any

from archive_gen.search.page.edits import named_in
from archive_gen.search.page.files import keyword_file, places_file, terms_file, words_file
from archive_gen.search.page.shards import Cutter, entry_size, shard_name
from archive_gen.search.page.terms import KeywordsOnDemand
from archive_gen.search.page.vocabulary import page_order
from archive_gen.search.page.words import by_length, words_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from archive_gen.search.page.edits import Edit
    from archive_gen.search.page.files import File
    from archive_gen.search.page.keys import Written
    from archive_gen.search.page.made import Made
    from archive_gen.search.page.shards import Shard
    from archive_gen.search.page.state import State


def term_files(
    written: dict[str, Written], made: Made, groups: dict[str, list[str]]
) -> Iterator[File]:
    """The files of terms and of their places that differ; ``groups`` learns the first keys."""
    places: dict[str, str | None] = {}
    shards_before: dict[str, list[str]] = {}
    changed = {key for key, each in written.items() if each.differs}
    own = {key for key in changed if written[key].has_places}

    def entries_from(first: str) -> dict[str, Any]:
        entries = made.entries("terms", first)
        places.update(zip(entries, made.places(first), strict=True))
        shards_before[first] = [*entries]
        return entries

    def entry_of(key: str) -> str:
        if key in own:
            places[key] = written[key].places
        return written[key].entry

    firsts, groups["terms"] = groups["terms"], []
    for shard in _recut(entries_from, entry_of, firsts, changed):
        first, entry = shard[0]
        groups["terms"].append(first)
        if len(shard) > 1 or entry:
            yield terms_file(shard)
            words = [word for word, _ in shard]
            if words != shards_before.get(first) or not own.isdisjoint(words):
                yield places_file(shard, places.get)


def word_files(written: dict[str, Written], made: Made, lengths: set[int]) -> Iterator[File]:
    """The files of all words that differ, one that is to go without bytes; ``lengths`` learns
    which there are."""
    changed = by_length({key: each.mark for key, each in written.items() if each.has_places})
    for length, marks in changed.items():
        before = made.words(length)
        after = {word: mark for word, mark in (before | marks).items() if mark}
        if after != before:
            yield words_file(length, after) if after else (f"{words_name(length)}.js", b"")
        (lengths.add if after else lengths.discard)(length)


def keyword_files(
    now: State,
    edits: Sequence[Edit],
    neighbours: list[Edit],
    made: Made,
    groups: dict[str, list[str]],
) -> Iterator[File]:
    """The same for the files of keywords."""
    changed: defaultdict[str, set[str]] = defaultdict(set)
    for edit in (*edits, *neighbours):
        for name, keyword, _ in edit.differences(named_in):
            changed[name].add(keyword)
    for name, keys in sorted(changed.items()):
        listed = KeywordsOnDemand(name, now.segments, now.contents, now.lists.ranks)
        firsts, groups[name] = groups[name], []
        for shard in _recut(partial(made.entries, name), listed.entry, firsts, keys):
            groups[name].append(shard[0][0])
            if len(shard) > 1 or shard[0][1]:
                yield keyword_file(name, shard)


def _recut(
    entries_from: Callable[[str], dict[str, Any]],
    entry_of: Callable[[str], Any],
    firsts: list[str],
    changed: set[str],
) -> Iterator[Shard]:
    """All shards of a group; of one that is as it was, only the first key with an empty entry.

    ``entries_from`` gives what the shard that begins with a key had before, and ``entry_of``
    what the page is to know of a key that has changed.
    """
    ordered = [page_order(first) for first in firsts]
    changed_in: defaultdict[int, list[str]] = defaultdict(list)
    for key in changed:
        changed_in[max(0, bisect_right(ordered, page_order(key)) - 1)].append(key)
    # Where a first key is gone, the shard before it may go on.
    touched = changed_in.keys() | {n - 1 for n, first in enumerate(firsts) if first in changed}
    cutter = Cutter()

    def still_begins_with(key: str) -> bool:
        if cutter.cuts_before(key):
            return True
        return cutter.cuts_before(key, entry_size(key, entries_from(key)[key]))

    for n in range(max(1, len(firsts))):
        if n not in touched and still_begins_with(firsts[n]):
            yield from cutter.end()
            yield [(firsts[n], "")]
            continue
        entries = {**entries_from(firsts[n])} if firsts else {}
        entries.update((key, entry_of(key)) for key in changed_in[n])
        for key in sorted(entries, key=page_order):
            if entries[key]:
                yield from cutter.add(key, entries[key])
    yield from cutter.end()


def shard_files(groups: dict[str, list[str]]) -> set[str]:
    """The files of all shards."""
    names = {
        f"{group}/{shard_name(first)}.js" for group, firsts in groups.items() for first in firsts
    }
    return names | {f"places{name[5:]}" for name in names if name.startswith("terms/")}

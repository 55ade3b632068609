"""Entries by number: each is read when it is asked for, and the latest are kept in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archive_gen.catalogue.entry import Entry

# Articles whose entries are kept: those near each other in time are needed together. Four times as
# many took 30 MB more in each process, and saved no time.
_MANY = 1_500


@runtime_checkable
class ReadAtOnce(Protocol):
    """A mapping of entries that finds several at once faster than one by one."""

    def some(self, paths: Sequence[str]) -> Iterable[Entry]:
        """The entries at ``paths``, in any order."""
        ...

    def in_memory(self) -> Mapping[str, Entry]:
        """The same entries, for whoever looks at all of them: one by one they take longer."""
        ...


class EntryCache:
    """The entries at ``paths``, with their addresses where these are ``elsewhere``.

    ``others`` is asked for what is not in ``now``.
    """

    def __init__(
        self,
        paths: Sequence[str],
        elsewhere: Mapping[str, str],
        now: Mapping[str, Entry],
        others: Mapping[str, Entry],
    ) -> None:
        self._paths = paths
        self._elsewhere = elsewhere
        self._now = now
        self._read_from(others)
        self._recent: dict[int, Entry] = {}
        """The latest articles that were asked for, by number."""
        self._older: dict[int, Entry] = {}
        """Those asked for before them."""

    def read_all(self) -> None:
        """Be ready for all entries to be looked at."""
        if self._at_once is not None:
            self._read_from(self._at_once.in_memory())

    def _read_from(self, others: Mapping[str, Entry]) -> None:
        self._others = others
        self._at_once = others if isinstance(others, ReadAtOnce) else None

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_recent": {}, "_older": {}}

    def entry(self, number: int) -> Entry:
        """The article of a number of ``order``."""
        entry = self._recent.get(number)
        if entry is None:
            entry = self._older.get(number) or self._settled(self._read(number))
            self._keep(number, entry)
        return entry

    def entries(self, numbers: Sequence[int]) -> list[Entry]:
        """The articles of some numbers. Those that are not at hand are read together."""
        if self._at_once is not None:  # how many they are is not asked: that takes a look at each
            self._read_ahead(self._at_once, numbers)
        return [*map(self.entry, numbers)]

    def _read_ahead(self, others: ReadAtOnce, numbers: Sequence[int]) -> None:
        at_hand = (self._recent, self._older)
        missing = {
            path: number
            for number in numbers
            if not any(number in kept for kept in at_hand)
            and (path := self._paths[number]) not in self._now
        }
        if len(missing) > 1:
            for entry in others.some([*missing]):
                self._keep(missing[entry.path], self._settled(entry))

    def _keep(self, number: int, entry: Entry) -> None:
        if len(self._recent) >= _MANY:
            self._older, self._recent = self._recent, {}
        self._recent[number] = entry

    def _read(self, number: int) -> Entry:
        path = self._paths[number]
        return self._now.get(path) or self._others[path]

    def _settled(self, entry: Entry) -> Entry:
        url = self._elsewhere.get(entry.path)
        return replace(entry, url=url) if url else entry

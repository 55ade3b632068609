"""Values that are made when they are first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

K = TypeVar("K")
V = TypeVar("V")


class Memo(dict[K, V]):
    """Key → what ``make`` makes of it, once.

    For what is looked up by the million: half the time of ``functools.cache``, and what takes a
    mapping, as ``str.translate`` does, takes it.
    """

    def __init__(self, make: Callable[[K], V]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: K) -> V:
        value = self[key] = self._make(key)
        return value


class SmallMemo(dict[int, V]):
    """The same of numbers; only those below a bound stay, as nearly all of them are."""

    def __init__(self, make: Callable[[int], V], bound: int) -> None:
        super().__init__()
        self._make = make
        self._bound = bound

    def __missing__(self, number: int) -> V:
        value = self._make(number)
        if number < self._bound:
            self[number] = value
        return value

"""The values in the JSON of a page, of which a hostile page may have any number at any depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST = 20_000
"""So many values are looked at, or put together."""
_DEEPEST = 60


def objects_in(
    value: Any, is_wanted: Callable[[str], bool] = lambda _key: True
) -> Iterator[dict[str, Any]]:
    """Every object in ``value``, at any depth, but for those below keys that are not wanted."""
    waiting = [value]
    for _ in range(_MOST):
        if not waiting:
            return
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            inner = (inner for key, inner in item.items() if is_wanted(key))
            waiting.extend(one for one in inner if isinstance(one, (dict, list)))
        elif isinstance(item, list):
            waiting.extend(reversed(item))


def unflattened(values: list[Any]) -> Any:
    """What the first of ``values`` stands for; ``values`` itself if it names no other.

    So Nuxt and SvelteKit hand data to their scripts: each value stands once, and others name it by
    its number (https://github.com/sveltejs/devalue). A few that name one another would make any
    number of values.
    """
    first = values[0] if values else None
    numbers: list[Any] = []
    if isinstance(first, dict):
        numbers = list(first.values())
    elif isinstance(first, list):
        numbers = first[1:] if _is_kind(first) else first
    if not numbers or not all(type(number) is int for number in numbers):
        return values
    return _Flat(values).value_of(0, 0)


class _Flat:
    """Values by number."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values
        self._left = _MOST

    def value_of(self, number: Any, depth: int) -> Any:
        """The value of that number, with those that it names in it."""
        is_number = type(number) is int and 0 <= number < len(self._values)
        if not is_number or depth > _DEEPEST or self._left <= 0:
            return None
        self._left -= 1
        value = self._values[number]
        if isinstance(value, dict):
            return {key: self.value_of(inner, depth + 1) for key, inner in value.items()}
        if not isinstance(value, list):
            return value
        if _is_kind(value):
            inner = [one for one in value[1:] if type(one) is int]
            found = [self.value_of(one, depth + 1) for one in inner]
            return found[0] if len(found) == 1 else found
        return [self.value_of(inner, depth + 1) for inner in value]


def _is_kind(value: list[Any]) -> bool:
    """Whether it is a value of a kind that JSON has not: ``["Date", …]``, ``["Reactive", 7]``."""
    return bool(value) and isinstance(value[0], str)

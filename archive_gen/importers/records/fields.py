"""The fields of a record, whatever differs in how people and databases write their names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Fields: TypeAlias = "Mapping[str, Any]"
"""A record by folded names."""
_NO_DAY = "0000-00-00"
_OF_NOTHING = ("", "NULL", r"\N")


@lru_cache(1 << 12)
def fold_name(name: str) -> str:
    """A field's name without what people write differently: ``Date Publish``, ``datePublish``."""
    return "".join(c for c in name.casefold() if c.isalnum() or c == "@")


def is_empty(value: Any) -> bool:
    """Whether a field is not filled; databases write that as a word into their tables."""
    return not value or (isinstance(value, str) and value.strip() in _OF_NOTHING)


def word_of(value: Any) -> str:
    """A value as a word: ``true``, ``1`` (also where a table has it as ``1.0``)."""
    is_plain = isinstance(value, (str, int, float))
    return str(value).strip().casefold().removesuffix(".0") if is_plain else ""


def joined_values(fields: Fields, names: Sequence[str], between: str) -> Any:
    """The value of a field; of several those that are filled, one after the other."""
    values = [value for name in names if (value := value_at(fields, name))]
    if len(values) < 2:
        return next(iter(values), None)
    texts = [value for value in values if isinstance(value, str)]
    if texts == values:
        return between.join(texts)
    return [one for value in values for one in (value if isinstance(value, list) else [value])]


def value_at(fields: Fields, path: str) -> Any:
    """What stands at ``a.b``; a day that a database has for none is nothing."""
    first, *inner = path.split(".")
    value = fields.get(fold_name(first))
    for name in inner:
        value = _object(value)
        found = (one for key, one in value.items() if fold_name(str(key)) == fold_name(name))
        value = next(found, None)
    named = _object(value).get("value")  # as Drupal has all of them
    value = value if named is None or named == "" else named
    is_no_day = isinstance(value, str) and value.startswith(_NO_DAY)
    return None if is_no_day else value


def _object(value: Any) -> Fields:
    """An object, alone or in a list; an empty one for any other value."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, dict) else {}

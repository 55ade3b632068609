"""Values that a person wrote, compared with what a ``msgspec.Struct`` declares of them.

``msgspec.convert`` ends with the first fault. Here all are found, each with its line, what is wrong
and how to mend it; what is found good, ``msgspec.convert`` takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
from msgspec import inspect

from archive_gen.problems import Problem
from archive_gen.texts import nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Where: TypeAlias = tuple[str, ...]
"""The keys that lead to a value."""
Lines: TypeAlias = dict[Where, int]
"""Where a value is → its line."""


def of_form(form: Callable[[str], str]) -> msgspec.Meta:
    """Of a text that ``form`` rewrites or refuses: it raises ``ValueError`` with what is wrong and
    a hint, between which is a semicolon."""
    return msgspec.Meta(extra={"form": form})


def checked(
    values: Mapping[str, Any], declared: type[msgspec.Struct], file: str, lines: Lines
) -> tuple[Any, list[Problem]]:
    """``values`` in the form in which they are kept, and all that is wrong with them."""
    problems: list[Problem] = []
    walk = _Values(file, lines, problems)
    return walk.checked(values, inspect.type_info(declared)), problems


@dataclass(frozen=True, slots=True)
class _Values:
    """Compares values with what is declared of them."""

    file: str
    lines: Lines
    problems: list[Problem]
    """Gets what is wrong with them."""

    def checked(self, value: Any, kind: inspect.Type, where: Where = ()) -> Any:
        """A value in the form in which it is kept."""
        form = None
        if isinstance(kind, inspect.Metadata):
            form = (kind.extra or {})["form"]
            kind = kind.type
        try:
            _demand(value, kind)
            value = form(value) if form else value
        except ValueError as error:
            message, _, hint = str(error).partition("; ")
            self._add(where, f"{quoted('.'.join(where))} {message}", hint)
            return None
        match kind:
            case inspect.StructType(fields=fields):
                return self._group(value, fields, where)
            case inspect.DictType(value_type=inner):
                return {key: self.checked(v, inner, (*where, key)) for key, v in value.items()}
            case inspect.ListType(item_type=inner):
                return [self.checked(v, inner, (*where, str(n))) for n, v in enumerate(value)]
        return value

    def _group(
        self, values: Mapping[str, Any], fields: Iterable[inspect.Field], where: Where
    ) -> Any:
        known = {field.name: field for field in fields}
        found = {}
        for name, field in known.items():
            inside = (*where, name)
            if name in values:
                found[name] = self.checked(values[name], field.type, inside)
            elif field.required:
                self._add(inside, f"{quoted('.'.join(inside))} is missing", f"add '{name}: …'")
        for name in values:
            if name not in known:
                inside = (*where, name)
                message = f"unknown setting {quoted('.'.join(inside))}"
                self._add(inside, message, _meant(name, known))
        return found

    def _add(self, where: Where, message: str, hint: str) -> None:
        above = (where[:n] for n in range(len(where), 0, -1))
        line = next((self.lines[path] for path in above if path in self.lines), 1)
        self.problems.append(Problem(self.file, line, message, hint))


def _meant(name: str, known: Iterable[str]) -> str:
    meant = nearest(name, known, cutoff=0.5)
    return f"did you mean '{meant}'?" if meant else f"known are: {', '.join(known)}"


_EMPTY = "is empty; write something, or leave the line out"
_NO_GROUP = "is not a group of settings; write indented 'key: value' lines below it"
_KINDS: Mapping[type[inspect.Type], tuple[type, str]] = {
    inspect.StrType: (str, "is not a text; put it in quotes"),
    inspect.IntType: (int, "is not a whole number; write one like 50, without quotes"),
    inspect.BoolType: (bool, "is neither true nor false; write true or false, without quotes"),
    inspect.ListType: (list, "is not a list; write it like [one, two]"),
    inspect.DictType: (dict, _NO_GROUP),
    inspect.StructType: (dict, _NO_GROUP),
}
"""What is declared → what a value is to be, and what to say of others."""


def _demand(value: Any, kind: inspect.Type) -> None:
    """Raise ``ValueError`` if a value is of another kind: what is wrong, and a hint."""
    if value is None:
        raise ValueError(_EMPTY)
    wanted, complaint = _KINDS[type(kind)]
    found: Any = type(value)
    if found is not wanted:  # true is no number here
        raise ValueError(complaint)
    if isinstance(kind, inspect.StrType) and len(value) < (kind.min_length or 0):
        raise ValueError(_EMPTY)
    if isinstance(kind, inspect.IntType):
        if kind.ge is not None and value < kind.ge:
            raise ValueError(f"is too small; write {kind.ge} or more")
        if kind.le is not None and value > kind.le:
            raise ValueError(f"is too large; write {kind.le} or less")

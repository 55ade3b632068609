"""What a setting may be: each kind takes a value as YAML gave it and returns the one that is meant,
or says what is wrong with it; of a group of settings every fault, not the first."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

from msgspec.structs import fields

from archive_gen.texts import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Where = tuple[str, ...]
"""The names that lead to a value: of its group, of the setting, of the place in a list."""
T = TypeVar("T")


class Fault(NamedTuple):
    """What is wrong with a value, and what to write instead."""

    where: Where
    message: str
    hint: str


Kind: TypeAlias = Callable[[Any, Where, list[Fault]], T]
"""Takes a value, where it stands, and a list for its faults; what it returns counts if there are
none."""
_EMPTY = ("is empty", "write something, or leave the line out")


def text(value: Any, where: Where, faults: list[Fault]) -> str:
    """Any text, empty too."""
    if value is None:
        faults.append(Fault(where, *_EMPTY))
    elif not isinstance(value, str) or not _is_unicode(value):
        faults.append(Fault(where, "is not a text", "put it in quotes"))
    else:
        return value
    return ""


def some_text(value: Any, where: Where, faults: list[Fault]) -> str:
    """Text that is not empty."""
    found = text(value, where, faults)
    if value == "":
        faults.append(Fault(where, *_EMPTY))
    return found


def text_like(check: Callable[[str], str]) -> Kind[str]:
    """Text as ``check`` returns it; its ``ValueError`` has message and hint, with "; " between."""

    def checked(value: Any, where: Where, faults: list[Fault]) -> str:
        before = len(faults)
        found = text(value, where, faults)
        if len(faults) > before:
            return ""
        try:
            return check(found)
        except ValueError as error:
            message, _, hint = str(error).partition("; ")
            faults.append(Fault(where, message, hint))
            return ""

    return checked


def whole_number(least: int, most: int) -> Kind[int]:
    """A number from ``least`` to ``most``."""

    def number(value: Any, where: Where, faults: list[Fault]) -> int:
        if value is None:
            faults.append(Fault(where, *_EMPTY))
        elif type(value) is not int:
            hint = "write one like 50, without quotes"
            faults.append(Fault(where, "is not a whole number", hint))
        elif value < least:
            faults.append(Fault(where, "is too small", f"write {least} or more"))
        elif value > most:
            faults.append(Fault(where, "is too large", f"write {most} or less"))
        else:
            return value
        return least

    return number


def yes_or_no(value: Any, where: Where, faults: list[Fault]) -> bool:
    """True or false."""
    if value is None:
        faults.append(Fault(where, *_EMPTY))
    elif not isinstance(value, bool):
        hint = "write true or false, without quotes"
        faults.append(Fault(where, "is neither true nor false", hint))
    return value is True


def list_of(kind: Kind[T]) -> Kind[list[T]]:
    """A list whose values are of one kind."""

    def values(value: Any, where: Where, faults: list[Fault]) -> list[T]:
        if value is None:
            faults.append(Fault(where, *_EMPTY))
        elif not isinstance(value, list):
            faults.append(Fault(where, "is not a list", "write it like [one, two]"))
        else:
            return [kind(each, (*where, str(at)), faults) for at, each in enumerate(value)]
        return []

    return values


def group_of(kind: Kind[T]) -> Kind[dict[str, T]]:
    """Any names, each with a value of one kind."""

    def values(value: Any, where: Where, faults: list[Fault]) -> dict[str, T]:
        found = _group(value, where, faults)
        for name in found:
            if isinstance(name, str):  # of others it is told where names are looked at
                text(name, (*where, name), faults)
        return {name: kind(each, (*where, str(name)), faults) for name, each in found.items()}

    return values


def settings_of(made: Callable[..., T], kinds: Mapping[str, Kind[Any]]) -> Kind[T | None]:
    """The settings of a ``Struct``: those of its fields, each of its kind, and no others."""
    needed = {field.name for field in fields(made) if field.required}  # type: ignore[arg-type]

    def values(value: Any, where: Where, faults: list[Fault]) -> T | None:
        before = len(faults)
        group = _group(value, where, faults)
        if len(faults) > before:
            return None
        found = {}
        for name, kind in kinds.items():
            if name in group:
                found[name] = kind(group[name], (*where, name), faults)
            elif name in needed:
                faults.append(Fault((*where, name), "is missing", f"add '{name}: …'"))
        for name in group:
            if name not in kinds:
                faults.append(Fault((*where, str(name)), UNKNOWN, _nearest(str(name), [*kinds])))
        return made(**found) if len(faults) == before else None

    return values


UNKNOWN = "unknown setting"
"""The message that stands before the name, not after it."""


def told(fault: Fault) -> str:
    """What is wrong with which setting."""
    name = quoted(".".join(fault.where))
    return f"{UNKNOWN} {name}" if fault.message is UNKNOWN else f"{name} {fault.message}"


def _group(value: Any, where: Where, faults: list[Fault]) -> dict[Any, Any]:
    if value is None:
        faults.append(Fault(where, *_EMPTY))
    elif not isinstance(value, dict):
        hint = "write indented 'key: value' lines below it"
        faults.append(Fault(where, "is not a group of settings", hint))
    else:
        return value
    return {}


def _is_unicode(value: str) -> bool:
    """Whether it can be written down: an escape may name half a character."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _nearest(name: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"did you mean '{close[0]}'?" if close else f"known are: {', '.join(known)}"

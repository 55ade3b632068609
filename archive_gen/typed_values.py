"""Plain values, as YAML gives them, → typed ones: every fault is found, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from archive_gen.texts import quoted

Where = tuple[str, ...]
"""The keys that lead to a value, from the outermost; an item of a list by its number."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one value, and what to write instead."""

    where: Where
    message: str
    hint: str


@dataclass(slots=True)
class Faults:
    """Those found so far."""

    found: list[Fault] = field(default_factory=list)

    def of(self, where: Where, message: str, hint: str) -> None:
        """A value that is there and wrong."""
        self.found.append(Fault(where, f"{_name(where)} {message}", hint))

    def missing(self, where: Where) -> None:
        """A value that must be there."""
        self.found.append(Fault(where, f"{_name(where)} is missing", f"add '{where[-1]}: …'"))

    def unknown(self, where: Where, known: Mapping[str, object]) -> None:
        """A key that means nothing."""
        import difflib  # loading it takes as long as all checks of good settings

        close = difflib.get_close_matches(where[-1], known, n=1, cutoff=0.5)
        hint = f"did you mean '{close[0]}'?" if close else f"known are: {', '.join(known)}"
        self.found.append(Fault(where, f"unknown setting {_name(where)}", hint))


Reader = Callable[[object, Where, Faults], Any]
"""A plain value → a typed one. What it gives means nothing if it has told a fault."""
_EMPTY = ("is empty", "write something, or leave the line out")


def text(value: object, where: Where, faults: Faults) -> Any:
    """Any text that can be written: YAML has a way to name half a character."""
    if not isinstance(value, str):
        return faults.of(where, "is not a text", "put it in quotes")
    try:
        value.encode()
    except UnicodeEncodeError:
        return faults.of(where, "holds half a character", "write the character itself")
    return value


def some_text(value: object, where: Where, faults: Faults) -> Any:
    """A text that is not empty."""
    if value == "":
        faults.of(where, *_EMPTY)
    return text(value, where, faults)


def text_that(check: Callable[[str], str]) -> Reader:
    """What ``check`` makes of a text; its ``ValueError`` tells what is wrong, ``; `` and a hint."""

    def read(value: object, where: Where, faults: Faults) -> Any:
        known = text(value, where, faults)
        if known is None:
            return None
        try:
            return check(known)
        except ValueError as error:
            message, _, hint = str(error).partition("; ")
            return faults.of(where, message, hint)

    return read


def whole(least: int, most: int) -> Reader:
    """A whole number within limits."""

    def read(value: object, where: Where, faults: Faults) -> Any:
        if not isinstance(value, int) or isinstance(value, bool):
            faults.of(where, "is not a whole number", "write one like 50, without quotes")
        elif value < least:
            faults.of(where, "is too small", f"write {least} or more")
        elif value > most:
            faults.of(where, "is too large", f"write {most} or less")
        return value

    return read


def truth(value: object, where: Where, faults: Faults) -> Any:
    """Yes or no."""
    if not isinstance(value, bool):
        faults.of(where, "is neither true nor false", "write true or false, without quotes")
    return value


def list_of(reader: Reader) -> Reader:
    """A list of values that ``reader`` reads."""

    def read(value: object, where: Where, faults: Faults) -> Any:
        if not isinstance(value, list):
            return faults.of(where, "is not a list", "write it like [one, two]")
        return [_read(reader, item, (*where, str(at)), faults) for at, item in enumerate(value)]

    return read


def group_of(reader: Reader) -> Reader:
    """Names of any choice, each with a value that ``reader`` reads."""

    def read(value: object, where: Where, faults: Faults) -> Any:
        return {
            text(name, (*where, name), faults): _read(reader, item, (*where, name), faults)
            for name, item in _group(value, where, faults).items()
        }

    return read


def record(kind: type, readers: Mapping[str, Reader]) -> Reader:
    """A dataclass with a reader for each of its fields; any other key is a fault."""
    needed = {
        each.name
        for each in fields(kind)
        if each.default is MISSING and each.default_factory is MISSING
    }

    def read(value: object, where: Where, faults: Faults) -> Any:
        before = len(faults.found)
        given = _group(value, where, faults)
        values: dict[str, Any] = {}
        for name, reader in readers.items() if len(faults.found) == before else ():
            if name in given:
                values[name] = _read(reader, given[name], (*where, name), faults)
            elif name in needed:
                faults.missing((*where, name))
        for name in given:
            if name not in readers:
                faults.unknown((*where, name), readers)
        return kind(**values) if len(faults.found) == before else None

    return read


def _read(reader: Reader, value: object, where: Where, faults: Faults) -> Any:
    return faults.of(where, *_EMPTY) if value is None else reader(value, where, faults)


def _group(value: object, where: Where, faults: Faults) -> dict[str, object]:
    if isinstance(value, dict):
        return {str(name): item for name, item in value.items()}
    hint = "write indented 'key: value' lines below it"
    faults.of(where, "is not a group of settings", hint)
    return {}


def _name(where: Where) -> str:
    return quoted(".".join(where))

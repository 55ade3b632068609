"""Every regular expression of the package, and texts made from each to make it slow.

An expression is slow when it tries the same characters again and again: from each place of a
long run (``\\s*,`` on spaces), or in each way to divide it (``(a+)+b``). So the texts are what its
own parts match, repeated, before an end that fits nothing.
"""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import pkgutil
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import archive_gen

ANYWHERE = ("search", "sub", "subn", "split", "findall", "finditer")
AT_THE_START = ("match", "fullmatch")
_ENDS = ("", "\0", "\n\0")
_SEEDS = 2
_SAMPLES = "a7 -.<A\n,é"
_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_MANY = 20


@dataclass(frozen=True)
class Use:
    """A compiled pattern and how it is called."""

    where: str
    """Module and name."""
    pattern: re.Pattern[Any]
    methods: tuple[str, ...]


@functools.cache
def all_uses() -> tuple[Use, ...]:
    """The patterns of all modules of the package, by where they are."""
    for module in pkgutil.walk_packages(archive_gen.__path__, "archive_gen."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    calls = _all_calls()
    methods = _methods_by_name(calls)
    found: dict[tuple[str | bytes, int], Use] = {}
    for name, module in sorted(sys.modules.items()):
        if name.partition(".")[0] == "archive_gen":
            for attribute, value in vars(module).items():
                for pattern in _patterns_in(value, 0):
                    called = methods.get((name, attribute)) or methods.get(("", attribute))
                    use = Use(f"{name}.{attribute}", pattern, tuple(sorted(called or ANYWHERE)))
                    found.setdefault((pattern.pattern, pattern.flags), use)
    return (*found.values(), *_inline_uses(calls))


_Calls = list[tuple[Path, ast.Call]]


def _inline_uses(calls: _Calls) -> Iterator[Use]:
    """Of each ``re.search("…", text)`` and its like whose pattern is written there."""
    for path, call in calls:
        function = call.func
        named = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
        if named and function.value.id == "re" and function.attr in ANYWHERE + AT_THE_START:
            pattern = call.args[0]
            if isinstance(pattern, ast.Constant):
                where = f"{_module_of(path)}:{call.lineno}"
                yield Use(where, re.compile(pattern.value), (function.attr,))


def _all_calls() -> _Calls:
    return [
        (path, node)
        for path in sorted(Path(archive_gen.__file__).parent.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    ]


def _methods_by_name(calls: _Calls) -> dict[tuple[str, str], set[str]]:
    """The methods of a pattern that are called on a name: in a module, and (``""``) in others."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for path, call in calls:
        function = call.func
        if isinstance(function, ast.Attribute) and function.attr in ANYWHERE + AT_THE_START:
            owner = function.value
            if isinstance(owner, ast.Name):
                found[_module_of(path), owner.id].add(function.attr)
            elif isinstance(owner, ast.Attribute):
                found["", owner.attr].add(function.attr)
    return found


def _module_of(path: Path) -> str:
    parts = path.relative_to(Path(archive_gen.__file__).parent.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def _patterns_in(value: object, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4:
        for part in _parts(value):
            yield from _patterns_in(part, depth + 1)


def _parts(value: object) -> list[object]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    if isinstance(value, (list, tuple, set, frozenset)):
        return list(value)
    if inspect.isfunction(value):
        return [cell.cell_contents for cell in value.__closure__ or ()]
    if not isinstance(value, type) and hasattr(value, "__dataclass_fields__"):
        return [getattr(value, name, None) for name in value.__dataclass_fields__]
    return []


# --- texts to attack with ---------------------------------------------------------------------


def attacks(pattern: re.Pattern[Any], length: int) -> Iterator[str | bytes]:
    """Texts of about ``length`` characters."""
    plans = dict.fromkeys(
        plan
        for seed in range(_SEEDS)
        for plan in _plans(pattern, random.Random(seed))  # noqa: S311
    )
    for before, repeated in plans:
        text = before + repeated * (length // len(repeated))
        for end in _ENDS:
            whole = text + end
            yield (
                whole.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else whole
            )


def _plans(pattern: re.Pattern[Any], chance: random.Random) -> Iterator[tuple[str, str]]:
    """What stands first, and what is repeated behind it."""
    source = pattern.pattern
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    tree = parser.parse(text, pattern.flags & ~(0 if isinstance(source, str) else re.UNICODE))
    example = _Example(chance)
    whole = example.of(tree, "")
    for before, repeated in example.repeats:
        if repeated:
            yield before, repeated
            yield "", before + repeated
        if before:
            yield "", before
    if whole:
        yield "", whole
    yield from (("", character) for character in sorted(set(whole)))


class _Example:
    """A text that a pattern matches, and the places in it where more would match too."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.repeats: list[tuple[str, str]] = []

    def of(self, tree: Any, before: str) -> str:
        text = ""
        for code, value in tree:
            text += self._one(code, value, before + text)
        return text

    def _one(self, code: Any, value: Any, before: str) -> str:
        if code is codes.LITERAL:
            return chr(value)
        if code is codes.IN:
            return self.chance.choice(_members(value))
        if code is codes.BRANCH:
            made = [self.of(branch, before) for branch in value[1]]
            return self.chance.choice(made)
        if code in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
            return self.of(value[-1] if code is codes.SUBPATTERN else value, before)
        if code in _REPEATS:
            return self._repeat(*value, before)
        return "a" if code in (codes.ANY, codes.NOT_LITERAL) else ""

    def _repeat(self, least: int, most: int, tree: Any, before: str) -> str:
        once = self.of(tree, before)
        if most is codes.MAXREPEAT or most > _MANY:
            self.repeats.append((before, once))
        return once * max(least, self.chance.randrange(2))


def _members(items: Any) -> list[str]:
    """Characters of a set."""
    if items[0][0] is codes.NEGATE:
        return [c for c in _SAMPLES if not any(_fits(c, item) for item in items[1:])] or ["\u0416"]
    named = [chr(v if code is codes.LITERAL else v[0]) for code, v in items if code in _SINGLE]
    return named + [c for c in _SAMPLES if any(_fits(c, item) for item in items)]


_SINGLE = (codes.LITERAL, codes.RANGE)


def _fits(character: str, item: tuple[Any, Any]) -> bool:
    code, value = item
    if code is codes.LITERAL:
        return ord(character) == value
    if code is codes.RANGE:
        return bool(value[0] <= ord(character) <= value[1])
    return bool(re.match(_CATEGORIES[value], character))


def calls(use: Use) -> list[Callable[[str | bytes], object]]:
    """What the package does with a pattern, as functions of a text."""
    made: list[Callable[[str | bytes], object]] = []
    if set(use.methods) & set(ANYWHERE):
        made.append(lambda text: sum(1 for _ in use.pattern.finditer(text)))
    if "match" in use.methods:
        made.append(use.pattern.match)
    if "fullmatch" in use.methods:
        made.append(use.pattern.fullmatch)
    return made


def unsafe_possessive(pattern: re.Pattern[Any]) -> Iterator[Any]:
    """The possessive repeats of several items in which a round may fail behind its first item.

    One of single characters alone, or of which only the first item can fail, is sound everywhere.
    """
    yield from _unsafe(parser.parse(pattern.pattern, pattern.flags))


def _unsafe(items: Any) -> Iterator[Any]:
    for code, argument in items:
        if code is codes.POSSESSIVE_REPEAT:
            body = argument[2]
            if len(body) > 1 or body[0][0] not in _ONE_CHARACTER:
                yield from (way for way in _ways(body) if not _is_sound(way))
        for inner in _bodies(code, argument):
            yield from _unsafe(inner)


_ONE_CHARACTER = (codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY, codes.CATEGORY)


def _ways(body: Any) -> Iterator[list[Any]]:
    """What a round may be: the alternatives of a group that is nothing else."""
    items = list(body)
    while len(items) == 1 and items[0][0] is codes.SUBPATTERN:
        items = list(items[0][1][3])
    if len(items) == 1 and items[0][0] is codes.BRANCH:
        for branch in items[0][1][1]:
            yield from _ways(branch)
    else:
        yield items


def _is_sound(items: list[Any]) -> bool:
    if all(code in _ONE_CHARACTER for code, _ in items):
        return True
    first, rest = items[0], items[1:]
    is_one = first[0] in _ONE_CHARACTER or _is_run(first)
    return is_one and all(_is_run(item) and item[1][0] == 0 for item in rest)


def _is_run(item: Any) -> bool:
    """Whether it repeats one character."""
    code, argument = item
    return code in _REPEATS and len(argument[2]) == 1 and argument[2][0][0] in _ONE_CHARACTER


def _bodies(code: Any, argument: Any) -> Iterator[Any]:
    if code is codes.BRANCH:
        yield from argument[1]
    elif code is codes.SUBPATTERN:
        yield argument[3]
    elif code in _REPEATS:
        yield argument[2]
    elif code in (codes.ASSERT, codes.ASSERT_NOT):
        yield argument[1]
    elif code is codes.ATOMIC_GROUP:
        yield argument
    elif code is codes.GROUPREF_EXISTS:
        yield from filter(None, argument[1:])

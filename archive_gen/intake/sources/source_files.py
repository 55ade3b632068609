"""``content/_sources/NAME.yaml``: what was learned of a source, and what a person decided.

``keep`` and ``drop`` are a person's: lines as they stand on the page. So is ``links``. The rest is
counted and written anew; comments outside of it stay. Text in, text out; lines are hostile.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from archive_gen.cleaning.furniture import Counts, learn
from archive_gen.cleaning.phrases import fold
from archive_gen.problems import Problem, no_text
from archive_gen.texts import tidy
from archive_gen.urls import slugify
from archive_gen.yaml_edit import edit_list, set_key, write
from archive_gen.yaml_nodes import Faults, compose, is_empty, pairs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yaml.nodes import Node

    from archive_gen.cleaning import Learned

Decision = Literal["keep", "drop"]
OPPOSITE: dict[Decision, Decision] = {"keep": "drop", "drop": "keep"}

_KEYS = ("source", "documents", "dates", "links", "keep", "drop", "lines", "below")
_DAY, _MONTH = "day first", "month first"
_NUMBER = re.compile(r"[0-9]{1,9}")
_PLAIN = re.compile(r"(?!(?:yes|no|on|off|true|false|null)\Z)[^\W\d_][^\W_]*(?: [^\W_]+)*")
"""What YAML writes as it is: most lines are such words, and PyYAML asks each of their letters."""
_LONGEST_KEY = 122
"""Characters; behind a longer one of its keys YAML allows no colon."""
_HEAD = """\
# What was learned of this source. 'keep' and 'drop' are yours: lines as they stand on the page,
# one after each '- '. So is 'links': keep, or drop. The rest is counted by 'archive import' and
# 'archive clean --again'.
"""


@dataclass(frozen=True, slots=True)
class Source:
    """One source: its name, what its documents repeat, and a person's decisions."""

    name: str
    counts: Counts = field(default_factory=Counts)
    keep: tuple[str, ...] = ()
    """Lines that are story wherever they stand."""
    drop: tuple[str, ...] = ()
    """Lines that are furniture wherever they stand."""
    links: Decision = "drop"
    """Whether its web pages keep the links and the emphasis of their stories."""

    def lines(self, decision: Decision) -> tuple[str, ...]:
        """The lines of which a person decided so."""
        return self.keep if decision == "keep" else self.drop

    def learned(self) -> Learned:
        """What cleaning takes from it."""
        learned = learn(self.counts, map(fold, self.keep), map(fold, self.drop))
        return replace(learned, keeps_links=self.links == "keep")


@dataclass(frozen=True, slots=True)
class Decided:
    """A line of which it is known what it is wherever it stands."""

    line: str
    documents: int
    """That hold it, as far as they were counted."""
    by: str
    """``a person`` or ``counted``."""
    kept: bool


def decisions(source: Source) -> list[Decided]:
    """What is decided of the lines of ``source``: by a person first, then the most frequent."""
    counts = source.counts.lines
    told = [(line, True) for line in source.keep] + [(line, False) for line in source.drop]
    by_person = [Decided(line, counts[fold(line)], "a person", kept) for line, kept in told]
    learned = source.learned().furniture - {fold(one.line) for one in by_person}
    counted = [Decided(key, counts[key], "counted", kept=False) for key in learned]
    return by_person + sorted(counted, key=lambda one: (-one.documents, one.line))


def file_name(name: str) -> str:
    """What names the file of a source: ``Port Post`` → ``port-post``."""
    return slugify(name)


def parse_bytes(data: bytes, path: str) -> tuple[str, Source | None, list[Problem]]:
    """``parse`` for the bytes of a file, and these as text; empty if they are none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return "", None, [no_text(path, error)]
    return text, *parse(text, path)


def parse(text: str, path: str) -> tuple[Source | None, list[Problem]]:
    """The source that ``text`` states; None, and every fault, if it states none."""
    faults = Faults(path, text, 1)
    root = compose(faults)
    if not faults.found and not isinstance(root, MappingNode):
        hint = "write 'source: NAME' and what you decided, or delete the file"
        faults.add(root, "is no list of keys", hint)
    if faults.found or not isinstance(root, MappingNode):
        return None, faults.found
    values: dict[str, Any] = {}
    for key, node in pairs(root, faults):
        reader = _READERS.get(key)
        if reader:
            values[key] = reader(node, faults)
        else:
            faults.add(node, f"unknown '{key[:60]}'", f"known are: {', '.join(_KEYS)}")
    if not faults.found and not values.get("source"):
        faults.add(None, "names no source", "add a line 'source: NAME'")
    if faults.found:
        return None, sorted(faults.found)
    first, month = values.get("dates", (0, 0))
    lines, below = (values.get(key, Counter()) for key in ("lines", "below"))
    counts = Counts(values.get("documents", 0), first, month, lines, below)
    keep, drop = values.get("keep", ()), values.get("drop", ())
    return Source(values["source"], counts, keep, drop, values.get("links", "drop")), []


def new_file(name: str) -> str:
    """The file of a source of which nothing is known yet."""
    values = {"source": tidy(name), "documents": 0, "keep": [], "drop": [], "lines": {}}
    return _HEAD + write(values)


def with_counts(text: str, counts: Counts) -> str:
    """The file with other counts. Raises ``ValueError`` if it can't be changed in place."""
    by_number = sorted(counts.lines.items(), key=lambda item: (-item[1], item[0]))
    dates = {_DAY: counts.day_first, _MONTH: counts.month_first}
    below = [(key, number) for key, _ in by_number if (number := counts.below[key])]
    for key, entry in (
        ("documents", write({"documents": counts.documents})),
        ("dates", write({"dates": dates}) if any(dates.values()) else ""),
        ("lines", _write_lines("lines", by_number) if by_number else write({"lines": {}})),
        ("below", _write_lines("below", below) if below else ""),
    ):
        text = set_key(text, key, entry, _KEYS)
    return _checked(text)


def _write_lines(key: str, counts: Iterable[tuple[str, int]]) -> str:
    """What ``write`` makes of lines and their numbers, in a fraction of the time."""
    return f"{key}:\n" + "".join([_write_line(line, number) for line, number in counts])


def _write_line(line: str, number: int) -> str:
    if _PLAIN.fullmatch(line):
        is_long = len(line) > _LONGEST_KEY
        return f"  ? {line}\n  : {number}\n" if is_long else f"  {line}: {number}\n"
    return "".join([f"  {part}\n" for part in write({line: number}).splitlines()])


def with_decision(text: str, line: str, decision: Decision) -> str:
    """The file with ``line`` kept or dropped, and no longer the other.

    Raises ``ValueError`` if it can't be changed in place.
    """
    source = _read(text)
    key = fold(line)
    if not key:
        raise ValueError("a line without a letter or digit says nothing")
    if key not in map(fold, source.lines(decision)):
        text = edit_list(text, decision, [], [_on_one_line(line)], _KEYS)
    return without_decision(text, line, OPPOSITE[decision])


def without_decision(text: str, line: str, decision: Decision) -> str:
    """The file in which nobody has kept, or dropped, ``line``. Raises as ``with_decision`` does."""
    lines = _read(text).lines(decision)
    same = [number for number, one in enumerate(lines) if fold(one) == fold(line)]
    return _checked(edit_list(text, decision, same, [], _KEYS)) if same else text


def with_links(text: str, decision: Decision) -> str:
    """The file with the links of its pages kept or dropped. Raises as ``with_decision`` does."""
    entry = write({"links": decision}) if decision == "keep" else ""
    return _checked(set_key(text, "links", entry, _KEYS))


def _on_one_line(line: str) -> str:
    """``line`` with spaces for all that is not text: it keeps its key."""
    return " ".join("".join(c if c.isprintable() else " " for c in line).split())


def _checked(text: str) -> str:
    _read(text)
    return text


def _read(text: str) -> Source:
    source, problems = parse(text, "")
    if source is None:
        raise ValueError(problems[0].message)
    return source


def _text(node: Node, faults: Faults) -> str:
    if isinstance(node, ScalarNode):
        return "" if is_empty(node) else tidy(node.value)
    faults.add(node, "'source' is not one text", "write 'source: NAME'")
    return ""


def _decision(node: Node, faults: Faults) -> Decision:
    if isinstance(node, ScalarNode) and node.value in OPPOSITE:
        return "keep" if node.value == "keep" else "drop"
    faults.add(node, "is neither 'keep' nor 'drop'", "write 'links: keep', or delete the line")
    return "drop"


def _count(node: Node, faults: Faults) -> int:
    if isinstance(node, ScalarNode) and _NUMBER.fullmatch(node.value):
        return int(node.value)
    faults.add(node, "is not a number of documents", "write a whole number, or delete the line")
    return 0


def _counts(node: Node, faults: Faults) -> Iterable[tuple[str, int]]:
    if isinstance(node, MappingNode):
        return [(key, _count(value, faults)) for key, value in pairs(node, faults)]
    if not (isinstance(node, ScalarNode) and is_empty(node)):
        faults.add(node, "is not a list of 'line: number'", "delete it; it is counted anew")
    return []


def _dates(node: Node, faults: Faults) -> tuple[int, int]:
    found = dict(_counts(node, faults))
    return found.get(_DAY, 0), found.get(_MONTH, 0)


def _lines(node: Node, faults: Faults) -> tuple[str, ...]:
    if isinstance(node, ScalarNode) and is_empty(node):
        return ()
    items = node.value if isinstance(node, SequenceNode) else [node]
    for item in items:
        if not isinstance(item, ScalarNode):
            faults.add(item, "is not one line", "put it in quotes if it holds ': '")
    return tuple(tidy(item.value) for item in items if isinstance(item, ScalarNode))


def _of_lines(node: Node, faults: Faults) -> Counter[str]:
    return Counter(dict(_counts(node, faults)))


_READERS: dict[str, Any] = {
    "source": _text,
    "documents": _count,
    "dates": _dates,
    "links": _decision,
    "keep": _lines,
    "drop": _lines,
    "lines": _of_lines,
    "below": _of_lines,
}

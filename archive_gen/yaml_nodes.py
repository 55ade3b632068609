"""YAML that a person wrote, as nodes: texts with their place, no types guessed, no harm done.

YAML's own typing reads a title ``1984`` as a number, ``No`` as false and ``12:30`` as 750. So
nodes are composed without it. Nothing recurses before nesting is known to be shallow: the C
parser behind PyYAML would overflow the stack and end the process.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from archive_gen.problems import Problem, unmerged
from archive_gen.texts import quoted, strip_unwanted

if TYPE_CHECKING:
    from collections.abc import Iterator

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
_MAX_DEPTH = 50
_MAX_VALUES = 10_000
_DEEP_INDENT = re.compile(rf"^[ \t?-]{{{_MAX_DEPTH}}}", re.MULTILINE)
# Whoever writes a title with what writes JSON spells an emoji so. YAML knows no halves.
_PAIR = re.compile(r"\\u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})")
_TAG = "tag:yaml.org,2002:"
_SCALAR_TAGS = {None} | {_TAG + t for t in ("str", "int", "float", "bool", "null", "timestamp")}
_COLLECTION_TAGS = {None, _TAG + "seq", _TAG + "map"}
_OPENED = ("flow sequence", "flow mapping", "quoted scalar")
"""What is told where it begins, which is where to close it, not where YAML gave up."""
_HINT = "check indentation, quotes and colons"
_HINTS = (
    ("mapping values are not allowed", "put a value that holds ': ' in quotes"),
    ("cannot start any token", "indent with spaces; put a value that begins with @ or ` in quotes"),
    ("alias", "put a value that begins with * in quotes"),
    ("anchor", "put a value that begins with & in quotes"),
    ("tag", "put a value that begins with ! in quotes"),
    ("escape", "write a backslash twice, or use single quotes"),
    ("quoted scalar", "close the quotes, or leave them out"),
    ("flow", "close the bracket, or put a value that begins with [ or { in quotes"),
    ("':'", "write 'key: value' on each line"),
    ("nested", "write at most a list of 'key: value' pairs"),
)


class _Untyped:
    """Leaves a node's tag None unless the text names one."""

    def descend_resolver(self, _parent: object, _index: object) -> None: ...

    def ascend_resolver(self) -> None: ...

    def resolve(self, _kind: object, _value: object, _implicit: object) -> None: ...


if yaml.__with_libyaml__:
    from yaml._yaml import CParser

    class _Loader(_Untyped, CParser):
        """Some twenty times as fast as the one below."""

else:  # pragma: no cover (PyYAML built without libyaml)
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class _Loader(_Untyped, Reader, Scanner, Parser, Composer):  # type: ignore[no-redef]
        def __init__(self, stream: str) -> None:
            Reader.__init__(self, stream)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)


@dataclass(slots=True)
class Faults:
    """Some YAML of a file, and what is found to be wrong with it."""

    path: str
    text: str
    """The YAML."""
    first_line: int
    """The line of the file on which it begins."""
    found: list[Problem] = field(default_factory=list)
    budget: int = _MAX_VALUES
    """How many more values ``plain`` makes: aliases of aliases multiply."""

    def line(self, node: Node) -> int:
        """The line of the file on which ``node`` begins."""
        return self._line_at(node.start_mark.index)

    def add(self, node: Node | None, message: str, hint: str) -> None:
        """Note a fault of ``node``, or of the whole."""
        line = self.line(node) if node else self.first_line
        self.found.append(Problem(self.path, line, message, hint))

    def add_syntax(self, error: Exception) -> None:
        """Note what made YAML give up."""
        if problem := unmerged(self.path, self.text, self.first_line):
            self.found.append(problem)
            return
        message = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
        both = f"{getattr(error, 'context', None) or ''} {message}"
        hint = next((hint for part, hint in _HINTS if part in both), _HINT)
        opened = any(part in both for part in _OPENED)
        mark = getattr(error, "context_mark" if opened else "problem_mark", None)
        if mark and self.text[mark.index : mark.index + 1] == "\t":
            message, hint = "a tab stands where only spaces may", "put spaces in its place"
        line = self._line_at(mark.index) if mark else self.first_line
        self.found.append(Problem(self.path, line, f"not valid YAML: {message}", hint))

    def _line_at(self, index: int) -> int:
        # By the index: what YAML counts as lines depends on more than line feeds.
        return self.first_line + self.text.count("\n", 0, index)


def compose(faults: Faults) -> Node | None:
    """The root node of ``faults.text``; None if there is none or it is broken."""
    try:
        return compose_text(faults.text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        joined = _PAIR.sub(_joined, faults.text)
        if joined != faults.text:
            faults.text = joined
            return compose(faults)
        faults.add_syntax(error)
        return None


def _joined(pair: re.Match[str]) -> str:
    """A character as YAML spells it, from the two halves of which JSON makes one."""
    character = bytes.fromhex(pair["high"] + pair["low"]).decode("utf-16-be")
    return f"\\U{ord(character):08x}"


def compose_text(text: str) -> Node | None:
    """The root node of ``text``; raises ``yaml.YAMLError`` or ``ValueError``."""
    text = _spaced(text)
    if text.count("[") + text.count("{") > _MAX_DEPTH or _DEEP_INDENT.search(text):
        _check_depth(text)
    node: Node | None = _Loader(text).get_single_node()
    return node


def _spaced(text: str) -> str:
    """To YAML, U+2028 and U+2029 end a line; whoever pasted them into a title saw a space."""
    return text.replace("\u2028", " ").replace("\u2029", " ")


def _written(value: str) -> str:
    """What is text of a value that may have been spelt with escapes."""
    return value if value.isprintable() else strip_unwanted(_spaced(value))


def _check_depth(text: str) -> None:
    """Parsing keeps its own stack; only composing recurses."""
    depth = 0
    loader: Any = _Loader(text)
    while loader.check_event():
        event = loader.get_event()
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=event.start_mark)


def pairs(node: MappingNode, faults: Faults) -> Iterator[tuple[str, Node]]:
    """The keys of a mapping with their values; keys that can't be used become faults."""
    check_tag(node, faults)
    seen: dict[str, Node] = {}
    for key_node, value in node.value:
        key = _written(key_node.value).strip() if type(key_node) is ScalarNode else ""
        if not key or key == "<<" or key_node.tag not in _SCALAR_TAGS:
            name = f"{quoted(key)} can't be a key" if key else "a key is not a word"
            faults.add(key_node, name, "write each key as 'word: value'")
        elif key in seen:
            hint = f"keep this one or that of line {faults.line(seen[key])}"
            faults.add(key_node, f"{quoted(key)} is set twice", hint)
        else:
            seen[key] = key_node
            yield key, value


def check_tag(node: Node, faults: Faults) -> None:
    """A node may name a plain type (``!!str``), none of a program (``!!python/…``)."""
    allowed = _SCALAR_TAGS if type(node) is ScalarNode else _COLLECTION_TAGS
    if node.tag not in allowed:
        shown = str(node.tag).replace(_TAG, "!!")[:60]
        faults.add(node, f"the type '{shown}' is not allowed", "leave out the word with '!'")


def is_empty(node: ScalarNode) -> bool:
    """Whether the scalar says nothing: what a program writes for "not known"."""
    return not node.style and node.value in ("", "~", "null")


def plain(node: Node, faults: Faults, depth: int = 1) -> Any:
    """``node`` as text, int, float, bool, None, list or dict.

    Narrower than YAML: what is not plainly a number or true or false stays text as written.
    """
    faults.budget -= 1
    if faults.budget < 0 or depth > _MAX_DEPTH:
        if faults.budget > -_MAX_VALUES:  # tell it once
            faults.add(node, "holds too many values", "shorten it; do not repeat with '*'")
            faults.budget = -_MAX_VALUES
        return None
    check_tag(node, faults)
    if type(node) is ScalarNode:
        return _plain_scalar(node)
    if type(node) is SequenceNode:
        return [plain(item, faults, depth + 1) for item in node.value if faults.budget >= 0]
    mapping: Any = node
    return {
        key: plain(value, faults, depth + 1)
        for key, value in pairs(mapping, faults)
        if faults.budget >= 0
    }


def _plain_scalar(node: ScalarNode) -> str | int | float | bool | None:
    value: str = node.value
    if node.style or node.tag == _TAG + "str":
        return _written(value)
    if is_empty(node):
        return None
    if value in ("true", "false"):
        return value == "true"
    if _INTEGER.fullmatch(value):
        return int(value)
    return float(value) if _DECIMAL.fullmatch(value) else _written(value)

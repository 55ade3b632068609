"""YAML that a person wrote, changed in one place: all else stays byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from archive_gen.yaml_nodes import compose_text, is_empty

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


class PlainDumper(yaml.SafeDumper):
    """Writes no anchors, whatever is the same object as what."""

    def ignore_aliases(self, _data: object) -> bool:
        """True."""
        return True


def write(values: Mapping[str, object], dumper: type[yaml.SafeDumper] = PlainDumper) -> str:
    """``values`` as ``key: value`` lines in their order, tuples as lists."""
    listed = {k: list(value) if isinstance(value, tuple) else value for k, value in values.items()}
    text: str = yaml.dump(
        listed,
        Dumper=dumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=False,
        width=1 << 30,
    )
    return text


def set_key(text: str, key: str, entry: str, order: Sequence[str]) -> str:
    """``text`` with the top-level ``key`` written as ``entry``; with an empty one it goes.

    A new key stands where ``order`` has it. Comments behind an entry stay. Raises ``ValueError``
    if ``text`` is not written as ``key: value`` lines, ``yaml.YAMLError`` if it is no YAML.
    """
    text = _closed(text)
    root = _root(text)
    starts = {node.value.strip(): line_start(text, node) for node, _ in root.value}
    before = [name for name in order if name in starts][: _place(key, starts, order)]
    anchor = starts[key] if key in starts else max((starts[name] for name in before), default=-1)
    following = min((at for at in starts.values() if at > anchor), default=len(text))
    end = _entry_end(text, anchor, following) if anchor >= 0 else following
    return text[: anchor if key in starts else end] + entry + text[end:]


def edit_list(
    text: str, key: str, without: Collection[int], new: Sequence[str], order: Sequence[str]
) -> str:
    """``text`` with items taken out of the list at ``key`` and new ones at its end.

    ``new`` ones are on one line each. Raises as ``set_key`` does.
    """
    text = _closed(text)
    node: Any = next((node for name, node in _root(text).value if name.value == key), None)
    items = _items(node)
    stay = [item for number, item in enumerate(items) if number not in without]
    if not stay or not all(_follows_dash(text, item) for item in items):
        return set_key(text, key, write({key: [*(item.value for item in stay), *new]}), order)
    last = line_end(text, items[-1])
    indent = items[0].start_mark.index - line_start(text, items[0])
    added = "".join(_item(text, items[0], indent, value) for value in new)
    text = text[:last] + added + text[last:]
    for number in sorted(without, reverse=True):
        text = text[: line_start(text, items[number])] + text[line_end(text, items[number]) :]
    return text


def line_start(text: str, node: Node) -> int:
    """Where the line begins on which ``node`` does."""
    return text.rfind("\n", 0, node.start_mark.index) + 1


def line_end(text: str, node: Node) -> int:
    """Where the line after ``node`` begins."""
    at = text.find("\n", node.end_mark.index)
    return len(text) if at < 0 else at + 1


def _items(node: Any) -> Sequence[Any]:
    """Those of a list; a text alone is a list of one."""
    if isinstance(node, ScalarNode):
        return () if is_empty(node) else (node,)
    return node.value if isinstance(node, SequenceNode) else ()


def _follows_dash(text: str, item: Node) -> bool:
    """Whether an item begins behind its dash, and ends with its last line."""
    before = text[line_start(text, item) : item.start_mark.index]
    return before.strip() == "-" and getattr(item, "style", None) not in ("|", ">")


def _item(text: str, model: Node, indent: int, value: str) -> str:
    """A list item with the dash and indentation of ``model``."""
    start = line_start(text, model)
    written = yaml.dump([value], Dumper=PlainDumper, allow_unicode=True, width=1 << 30)
    return text[start : start + indent] + written.removeprefix("- ")


def _closed(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def _root(text: str) -> Any:
    root = compose_text(text)
    if not isinstance(root, MappingNode) or root.flow_style:
        raise ValueError("is not written as 'key: value' lines")
    return root


def _place(key: str, starts: Mapping[str, int], order: Sequence[str]) -> int:
    """How many of the keys in ``order`` that are there come before ``key``."""
    names = list(order)
    return sum(name in starts for name in names[: names.index(key)])


def _entry_end(text: str, start: int, limit: int) -> int:
    """Where the lines of an entry end, without the blank and comment lines that follow it."""
    lines = text[start:limit].split("\n")
    while len(lines) > 2 and (not lines[-2].strip() or lines[-2].startswith("#")):
        lines.pop(-2)
        limit = start + len("\n".join(lines))
    return limit

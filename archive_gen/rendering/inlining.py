"""Templates that extend and include others, made one tree: as fast as one written in one piece.

Jinja2 runs each block and each include as a generator of its own, and every piece of a page
passes through all that enclose it. ``inlined`` puts them in place where that can't change what
the template means; any other template stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Parse = Callable[[str], nodes.Template]
    """The tree of the template of a name."""

# What may stand beside the blocks of a template that extends another.
_PREPARES: Any = (
    nodes.Assign,
    nodes.AssignBlock,
    nodes.FromImport,
    nodes.Import,
    nodes.Macro,
)
_MAKES_NAMES: Any = (*_PREPARES, nodes.With)
# A block in one of these does not see the names that they make.
_HIDES_NAMES: Any = (
    nodes.For,
    nodes.Macro,
    nodes.CallBlock,
    nodes.With,
    nodes.FilterBlock,
)


# What shows nothing after an "extends".
_UNSHOWN: Any = (nodes.Block, nodes.Output)
_INHERITANCE: Any = (nodes.Extends, nodes.Block)
_PLACED: Any = (nodes.Block, nodes.Include)


class _NotPossibleError(Exception):
    """Putting it in place could change what the template means."""


def inlined(template: nodes.Template, parse: Parse) -> nodes.Template:
    """``template`` without ``extends``, ``block`` and ``include``, as far as that is possible."""
    try:
        body = _Inliner(parse).whole(template, {}, 0)
    except _NotPossibleError:
        return template
    whole = nodes.Template(body, lineno=1)
    if template.environment:
        whole.set_environment(template.environment)
    return whole


class _Inliner:
    def __init__(self, parse: Parse) -> None:
        self._parse = parse

    def whole(
        self, template: nodes.Template, blocks: Mapping[str, nodes.Block], depth: int
    ) -> list[nodes.Node]:
        """What ``template`` does, with the ``blocks`` of those that extend it for its own."""
        if depth > 10:
            raise _NotPossibleError
        parents = list(template.find_all(nodes.Extends))
        own = _blocks(template)
        if not parents:
            return self._nodes(template.body, blocks, frozenset())
        if len(parents) > 1 or parents[0] not in template.body:
            raise _NotPossibleError
        start = template.body.index(parents[0])
        shown, beside = template.body[:start], template.body[start + 1 :]
        beside = [node for node in beside if not isinstance(node, _UNSHOWN)]
        if not all(isinstance(node, (*_PREPARES, nodes.Output)) for node in shown + beside):
            raise _NotPossibleError
        parent = self._parse(_constant(parents[0].template))
        return shown + beside + self.whole(parent, {**own, **blocks}, depth + 1)

    def _nodes(
        self, body: Iterable[nodes.Node], blocks: Mapping[str, nodes.Block], hidden: frozenset[str]
    ) -> list[nodes.Node]:
        """``hidden``: names that code around has made and blocks must not see."""
        found: list[nodes.Node] = []
        for node in body:
            if isinstance(node, nodes.Block):
                found += self._block(blocks.get(node.name, node), node, blocks, hidden)
            elif isinstance(node, nodes.Include):
                found += self._include(node, blocks, hidden)
            elif isinstance(node, nodes.If):
                found.append(self._if(node, blocks, hidden))
            elif isinstance(node, nodes.AssignBlock):
                inside = hidden | _made(node.body)
                body = self._nodes(node.body, blocks, inside)
                found.append(nodes.AssignBlock(node.target, node.filter, body, lineno=node.lineno))
            elif isinstance(node, _HIDES_NAMES) and node.find(_PLACED):
                raise _NotPossibleError
            else:
                found.append(node)
        return _joined(found)

    def _if(
        self, node: nodes.If, blocks: Mapping[str, nodes.Block], hidden: frozenset[str]
    ) -> nodes.If:
        return nodes.If(
            node.test,
            self._nodes(node.body, blocks, hidden),
            [self._if(branch, blocks, hidden) for branch in node.elif_],
            self._nodes(node.else_, blocks, hidden),
            lineno=node.lineno,
        )

    def _block(
        self,
        block: nodes.Block,
        place: nodes.Block,
        blocks: Mapping[str, nodes.Block],
        hidden: frozenset[str],
    ) -> list[nodes.Node]:
        if place.required and block is place:
            raise _NotPossibleError
        used = {name.name for name in block.find_all(nodes.Name) if name.ctx == "load"}
        if {"super", "self"} & used or (not place.scoped and used & hidden):
            raise _NotPossibleError
        inside = hidden | _made(block.body)
        return _apart(self._nodes(block.body, blocks, inside))

    def _include(
        self, node: nodes.Include, blocks: Mapping[str, nodes.Block], hidden: frozenset[str]
    ) -> list[nodes.Node]:
        if node.ignore_missing or not node.with_context:
            raise _NotPossibleError
        template = self._parse(_constant(node.template))
        if template.find(_INHERITANCE):
            raise _NotPossibleError
        return _apart(self._nodes(template.body, blocks, hidden))


def _blocks(template: nodes.Template) -> dict[str, nodes.Block]:
    """Its own, by their names. That one is defined twice, Jinja2 tells."""
    blocks = list(template.find_all(nodes.Block))
    found = {block.name: block for block in blocks}
    if len(found) < len(blocks):
        raise _NotPossibleError
    return found


def _constant(name: nodes.Expr) -> str:
    if not isinstance(name, nodes.Const) or not isinstance(name.value, str):
        raise _NotPossibleError
    return name.value


def _made(body: Iterable[nodes.Node]) -> frozenset[str]:
    """The names that stand from here on after ``body``."""
    names: set[str] = set()
    for node in body:
        if isinstance(node, nodes.If):
            names |= _made((*node.body, *node.elif_, *node.else_))
        elif isinstance(node, (nodes.Macro, nodes.FromImport)):
            listed = [node.name] if isinstance(node, nodes.Macro) else node.names
            names |= {name if isinstance(name, str) else name[1] for name in listed}
        elif isinstance(node, nodes.Import):
            names.add(node.target)
        elif isinstance(node, _PREPARES):
            names |= set(_targets(node.target))
    return frozenset(names)


def _targets(target: nodes.Expr) -> Iterator[str]:
    for name in (target, *target.find_all(nodes.Name)):
        yield getattr(name, "name", "")


def _apart(body: list[nodes.Node]) -> list[nodes.Node]:
    """``body`` so that the names that it makes end with it."""
    if any(node.find(_MAKES_NAMES) or isinstance(node, _MAKES_NAMES) for node in body):
        return [nodes.Scope(body, lineno=1)]
    return body


def _joined(body: list[nodes.Node]) -> list[nodes.Node]:
    """Neighbouring pieces of output as one, which Jinja2 then folds."""
    found: list[nodes.Node] = []
    for node in body:
        if isinstance(node, nodes.Output) and found and isinstance(found[-1], nodes.Output):
            found[-1] = nodes.Output([*found[-1].nodes, *node.nodes], lineno=found[-1].lineno)
        else:
            found.append(node)
    return found

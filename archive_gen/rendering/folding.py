"""Constant folding: what a template shows of settings alone becomes text when it is compiled.

Compiled code is good for one state of settings and templates anyway, and half of a page is the
same on all pages.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.visitor import NodeVisitor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from markupsafe import Markup

    from archive_gen.config import SiteConfig


def folded(
    template: nodes.Template, site: SiteConfig, part: Callable[..., Markup]
) -> nodes.Template:
    """``template`` with the values of ``site.…`` and the text of ``part("…")`` in their places.

    Branches that settings rule out are gone. Parts that depend on the page stay calls. The
    ``template`` itself stays as it is: others may have a part of it.
    """
    if any(not _OURS.isdisjoint(_names_of(node)) for node in template.find_all(_NAMING)):
        return template
    done: nodes.Template = _Folder(site, part).visit(template)
    return done


_OURS = {"site", "part"}
_NAMING = (nodes.Name, nodes.Macro, nodes.Import, nodes.FromImport)


def _names_of(node: nodes.Node) -> Iterable[str]:
    """The names that a template gives to something of its own."""
    match node:
        case nodes.Name(name=name, ctx="store" | "param") | nodes.Macro(name=name):
            return (name,)
        case nodes.Import(target=name):
            return (name,)
        case nodes.FromImport(names=names):
            return [name if isinstance(name, str) else name[-1] for name in names]
    return ()


class _Folder(NodeVisitor):
    """Gives for each node what is to stand in its place: itself, another one or a list."""

    def __init__(self, site: SiteConfig, part: Callable[..., Markup]) -> None:
        self._site = site
        self._part = part

    def generic_visit(self, node: nodes.Node, *_args: Any, **_named: Any) -> Any:
        """A copy of ``node`` with all in it that is to be another."""
        copied = copy.copy(node)
        for name, value in node.iter_fields():
            setattr(copied, name, self._done(value, name))
        return copied

    def _done(self, value: Any, field: str = "") -> Any:
        if isinstance(value, nodes.Node):
            return self.visit(value)
        if not isinstance(value, list):
            return value
        done: list[Any] = []
        for item in value:
            # Each ``elif`` stays one: what is in it can't stand among them.
            new = self.generic_visit(item) if field == "elif_" else self._done(item)
            done += new if isinstance(new, list) else [new]
        return done

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802 (the library's)
        if isinstance(node.node, nodes.Name) and node.node.name == "site":
            value = getattr(self._site, node.attr, None)
            if type(value) in (str, int, bool):
                return nodes.Const(value, lineno=node.lineno)
        whole: nodes.Node = self.generic_visit(node)
        return whole

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        call: nodes.Call = self.generic_visit(node)
        constant = isinstance(call.node, nodes.Name) and call.node.name == "part"
        if not constant or call.dyn_args or call.dyn_kwargs:
            return call
        try:
            values: list[Any] = [value.as_const() for value in call.args]
            named: dict[str, Any] = {pair.key: pair.value.as_const() for pair in call.kwargs}
            return nodes.Const(self._part(*values, **named), lineno=call.lineno)
        except Exception:
            return call

    def visit_If(self, node: nodes.If) -> nodes.Node | list[nodes.Node]:  # noqa: N802
        branches: nodes.If = self.generic_visit(node)
        try:
            test: Any = branches.test
            holds = test.as_const()
        except nodes.Impossible:
            return branches
        return branches if branches.elif_ else branches.body if holds else branches.else_

"""What a template shows of settings alone, put in as text when the template is compiled.

Compiled code is good for one state of settings and templates anyway, and half of a page is the
same on all pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from archive_gen.config import SiteConfig


def folded(
    template: nodes.Template, site: SiteConfig, part: Callable[..., Markup]
) -> nodes.Template:
    """``template`` with the values of ``site.…`` and the text of ``part("…")`` in their places.

    Branches that settings rule out are gone. Parts that depend on the page stay calls.
    """
    names = {name.name for name in template.find_all(nodes.Name) if name.ctx != "load"}
    if names & {"site", "part"}:  # it calls something else by that name
        return template
    done: nodes.Template = _Folder(site, part).visit(template)
    return done


class _Folder(NodeTransformer):
    def __init__(self, site: SiteConfig, part: Callable[..., Markup]) -> None:
        self._site = site
        self._part = part

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802 (the library's)
        self.generic_visit(node)
        if isinstance(node.node, nodes.Name) and node.node.name == "site":
            value = getattr(self._site, node.attr, None)
            if type(value) in (str, int, bool):
                return nodes.Const(value, lineno=node.lineno)
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        constant = isinstance(node.node, nodes.Name) and node.node.name == "part"
        if not constant or node.dyn_args or node.dyn_kwargs:
            return node
        try:
            values: list[Any] = [value.as_const() for value in node.args]
            named: dict[str, Any] = {pair.key: pair.value.as_const() for pair in node.kwargs}
            return nodes.Const(self._part(*values, **named), lineno=node.lineno)
        except Exception:
            return node

    def visit_If(self, node: nodes.If) -> nodes.Node | list[nodes.Node]:  # noqa: N802
        self.generic_visit(node)
        try:
            test: Any = node.test
            holds = test.as_const()
        except nodes.Impossible:
            return node
        return node if node.elif_ else node.body if holds else node.else_

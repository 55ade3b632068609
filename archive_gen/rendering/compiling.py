"""Templates → Python code that makes the same text as Jinja2's own, in a third of the time.

Jinja2 runs each block and each include as a generator of its own, and every piece of a page
passes through all that enclose it. ``inlined`` puts them in place where that can't change what
the template means; any other template stays as it is. ``LeanGenerator`` leaves out what the
calls and escapes of our templates do not need.
"""

from __future__ import annotations

from functools import cached_property, partial
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import markupsafe
from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef, optimizeconst
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from jinja2.environment import TemplateModule

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


class LeanGenerator(CodeGenerator):
    """Calls, attributes and escapes at less expense."""

    environment: LeanEnvironment

    def visit_Call(  # noqa: N802 (the library's name)
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002 (the library's)
    ) -> None:
        """Functions that want no context, and macros, are called without looking what they are."""
        function = self.environment.globals.get(getattr(node.node, "name", ""))
        if forward_caller or hasattr(function, "jinja_pass_arg") or not _is_plain(node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for value in node.args:
            self.visit(value, frame)
            self.write(", ")
        for pair in node.kwargs:
            self.visit(pair, frame)
            self.write(", ")
        self.write(")")

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """In direct code, of a value that has such an attribute: see ``LeanEnvironment``."""
        its_block = isinstance(node.node, nodes.Name) and node.node.name == "self"
        if its_block or iskeyword(node.attr) or not self.environment.is_direct(self.name):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        if isinstance(node.node, nodes.Name) and not node.attr.startswith("_"):
            # Not asked whether it is there: what is missing has no such attribute either.
            self.write(frame.symbols.ref(node.node.name))
        else:
            self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        """What is imported without context is the same for every page."""
        if node.with_context or not isinstance(node.template, nodes.Const):
            super()._import_common(node, frame)
        else:
            name = self.environment.imported(self.name, node.template.value)
            self.write(f"environment.module({name!r})")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:  # noqa: FBT001, FBT002 (the library's)
        """Text that is safe becomes ``Markup`` without being asked what it is."""
        if force_unescaped or frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super().return_buffer_contents(frame, force_unescaped)
        else:
            self.writeline(f"return environment.safe(concat({frame.buffer}))")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Makes a ``LeanMacro``."""
        self.write("environment.macro(")
        super().macro_def(macro_ref, frame)
        self.write(")")

    def write_commons(self) -> None:
        """What escapes texts, too."""
        super().write_commons()
        self.writeline("escape_text = environment.escape_text")

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("(escape_text(shown) if (kind := type(shown := (")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("))) is str else shown if kind is Markup else escape(shown))")
        else:
            super()._output_child_post(node, frame, finalize)


def _is_plain(call: nodes.Call) -> bool:
    """Whether all its values are written out, by names that Python takes."""
    named = (pair.key for pair in call.kwargs)
    return not (call.dyn_args or call.dyn_kwargs or any(map(iskeyword, named)))


class LeanMacro(Macro):
    """A macro that takes its values in order at once, as nearly all are called."""

    @classmethod
    def of(cls, macro: Macro) -> Macro:
        """``macro`` itself if it takes more than plain values."""
        if macro.catch_kwargs or macro.catch_varargs or macro.caller:
            return macro
        lean = cls.__new__(cls)
        lean.__dict__ = macro.__dict__
        lean._open = (missing,) * macro._argument_count
        return lean

    _open: tuple[object, ...]

    def __call__(self, *values: Any, **named: Any) -> str:
        """The text of the macro, which is safe."""
        count = len(values)
        if named or count > self._argument_count or (values and type(values[0]) is EvalContext):
            return super().__call__(*values, **named)
        text: str = self._func(*values, *self._open[count:])
        return text if type(text) is Markup else Markup(text)  # noqa: S704 (escaped in it)


def with_references(text: str) -> str:
    """The text with the five signs that mean something in HTML written as references."""
    for character, reference in _REFERENCES:
        if character in text:
            text = text.replace(character, reference)
    return text


_REFERENCES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("'", "&#39;"), ('"', "&#34;"))
# What ``escape`` itself calls, where its release has it: compiled, and it makes no ``Markup``.
_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", with_references)


class LeanContext(Context):
    """The values of one page before the globals of its template, which are not copied."""

    def __init__(
        self, environment: Environment, template: Template, values: Mapping[str, object]
    ) -> None:
        self.environment = environment
        self.parent = template.globals  # type: ignore[assignment]
        self.vars = {**values}  # code may put more in
        self.name = template.name
        self.exported_vars = set()
        self.globals_keys = set()
        self.blocks = {}

    @cached_property
    def eval_ctx(self) -> EvalContext:  # type: ignore[override]
        """Next to no page asks for it."""
        return EvalContext(self.environment, self.name)


class LeanEnvironment(Environment):
    """What lean code calls.

    *Direct* code takes each attribute from where it must be. Where a template means an item of a
    mapping, or asks for what there may not be, direct code fails, and the same template's other
    code is to be used.
    """

    code_generator_class = LeanGenerator
    safe: Callable[[str], Markup] = staticmethod(partial(str.__new__, Markup))
    escape_text = staticmethod(_escape_text)

    def is_direct(self, name: str | None) -> bool:  # noqa: ARG002
        """Whether the code of a template is to be direct."""
        return False

    def imported(self, name: str | None, other: str) -> str:  # noqa: ARG002
        """The name of the template that one means which imports ``other``."""
        return other

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._modules: dict[str, TemplateModule] = {}

    def text(self, template: Template, values: Mapping[str, object]) -> str:
        """What a template makes of ``values``: ``template.render``, which also explains faults."""
        if template.blocks:
            return template.render(values)
        return self.concat(template.root_render_func(LeanContext(self, template, values)))

    def module(self, name: str) -> TemplateModule:
        """The macros of a template."""
        module = self._modules.get(name)
        if module is None:
            module = self._modules[name] = self.get_template(name).module
        return module

    @staticmethod
    def macro(macro: Macro) -> Macro:
        """``macro``, or one that is called at less expense."""
        return LeanMacro.of(macro)


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

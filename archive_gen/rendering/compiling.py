"""Templates → Python code that makes the same text as Jinja2's own, in less time.

``LeanGenerator`` leaves out what the calls and escapes of our templates do not need.
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
    from collections.abc import Callable, Mapping

    from jinja2.environment import TemplateModule


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

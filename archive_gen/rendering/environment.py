"""The Jinja2 environment of a site: how its templates are found, read and made code of.

Each template is there twice. Under its own name it is compiled as it stands, and tells what is
wrong, and where. Its *whole* form has all that it extends and includes in one piece, with what
settings alone decide put in as text; it makes the same page much faster.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import jinja2
import jinja2.ext
from markupsafe import escape

from archive_gen.problems import unmerged
from archive_gen.rendering.compiling import LeanEnvironment
from archive_gen.rendering.folding import folded
from archive_gen.rendering.inlining import inlined
from archive_gen.rendering.template_faults import Unknown
from archive_gen.rendering.theme_files import SHIPPED

if TYPE_CHECKING:
    import gettext
    from collections.abc import Callable, Mapping, MutableMapping

    from jinja2 import nodes

    from archive_gen.rendering.theme_files import ThemeFiles

_WHOLE = ":whole/"
"""Before a template's name: with all that it extends and includes in one. It can't be extended."""


class _ConstantTexts(jinja2.ext.Extension):
    """Puts interface texts in when a template is compiled: its language never changes."""

    _TEXT = re.compile(r"""\{\{ _\((?:"([^"\\{}%]+)"|'([^'\\{}%]+)')\) \}\}""")

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """``{{ _("Search") }}`` → its translation, escaped."""
        return self._TEXT.sub(self._translated, source)

    def _translated(self, match: re.Match[str]) -> str:
        texts = self.environment.texts  # type: ignore[attr-defined]
        text = escape(texts.gettext(match[1] or match[2]))
        # Nothing in it means something to Jinja.
        return f"{{% raw %}}{text}{{% endraw %}}" if "{" in text else str(text)


class SiteEnvironment(LeanEnvironment):
    """One site's, with the same globals for every template."""

    def __init__(
        self,
        theme: ThemeFiles,
        texts: gettext.NullTranslations,
        compiled: jinja2.BytecodeCache | None,
    ) -> None:
        self.texts = texts
        self._trees: dict[str, nodes.Template] = {}
        # Editors put a byte order mark before a text, which is none of it.
        own = jinja2.FileSystemLoader(theme.folders, encoding="utf-8-sig")
        shipped = jinja2.PrefixLoader({"theme": jinja2.FileSystemLoader(SHIPPED)})
        all_templates = jinja2.ChoiceLoader([own, shipped])
        super().__init__(
            loader=jinja2.ChoiceLoader([_WholeLoader(all_templates), all_templates]),
            autoescape=True,
            undefined=Unknown,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=compiled,
            extensions=["jinja2.ext.i18n", _ConstantTexts],
        )
        # Characters as they are: among them the mark at the beginning of a link (`urls.ROOT`).
        self.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
        self.install_gettext_translations(texts, newstyle=True)  # type: ignore[attr-defined]

    def whole(self, name: str) -> jinja2.Template:
        """The whole form of a template."""
        return self.get_template(_WHOLE + name)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain dictionary: names are found in it faster than in Jinja2's chain of them, and
        code with blocks copies it for each page.
        """
        return {**self.globals, **(d or {})}

    def is_direct(self, name: str | None) -> bool:
        """Of whole templates: all others are there to tell what is wrong, and where."""
        return bool(name) and str(name).startswith(_WHOLE)

    def imported(self, name: str | None, other: str) -> str:
        """Direct code imports direct code."""
        return _WHOLE + other if self.is_direct(name) else other

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The hook of Jinja2 for reading a template, which is read once for all that it is in.

        Nobody may change the tree, but for what Jinja2 reckons from constants.
        """
        tree = self._trees.get(source)
        if tree is None:
            if problem := unmerged(name or "", source):  # readers would see both on every page
                raise jinja2.TemplateSyntaxError(problem.message, problem.line, name)
            tree = self._trees[source] = super()._parse(source, name, filename)
        return tree

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002 (the library's)
    ) -> str:
        """The hook of Jinja2 for making code of a template."""
        if self.is_direct(name):
            source = inlined(source, self._tree)
        known: Mapping[str, Any] = self.globals
        source = folded(source, known["site"], known["part"])
        return super()._generate(source, name, filename, defer_init)

    def _tree(self, name: str) -> nodes.Template:
        if self.loader is None:
            raise RuntimeError("the environment has a loader")
        return self.parse(self.loader.get_source(self, name)[0], name)


class _WholeLoader(jinja2.BaseLoader):
    """Finds ``_WHOLE`` templates. A ``PrefixLoader`` would have them compiled by their bare names,
    as they are.
    """

    def __init__(self, own: jinja2.BaseLoader) -> None:
        self._own = own

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The text of the template itself."""
        if not template.startswith(_WHOLE):
            raise jinja2.TemplateNotFound(template)
        return self._own.get_source(environment, template.removeprefix(_WHOLE))

    def list_templates(self) -> list[str]:
        """None that are not listed by their own names."""
        return []

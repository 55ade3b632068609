"""A page → bytes, through Jinja2; and what a template depends on."""

from __future__ import annotations

import contextlib
import hashlib
import re
import traceback
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import jinja2.ext
import msgspec
from jinja2 import nodes
from markupsafe import Markup, escape
from msgspec.structs import asdict

from archive_gen import urls
from archive_gen.problems import OperationError, Problem
from archive_gen.program import program_version
from archive_gen.rendering.compiled import CompiledTemplates
from archive_gen.rendering.compiling import LeanEnvironment, inlined
from archive_gen.rendering.dependencies import dependencies_of_templates
from archive_gen.rendering.figures import illustrate
from archive_gen.rendering.folding import folded
from archive_gen.rendering.template_filters import filters_for, functions_for, plain_json
from archive_gen.rendering.theme_files import SHIPPED, ThemeFiles
from archive_gen.rendering.translations import InterfaceTexts
from archive_gen.rendering.wide_tables import boxed

if TYPE_CHECKING:
    import gettext
    from collections.abc import Callable, Mapping, MutableMapping, Sequence

    from archive_gen.catalogue.entry import Row
    from archive_gen.config import SiteConfig
    from archive_gen.loading.kept import ReadyArticle
    from archive_gen.pages.base import Page
    from archive_gen.rendering.dependencies import Dependencies
    from archive_gen.rendering.figures import Figure

_TEMPLATE_FAULTS = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What a template may raise when code is made of it, and when that runs."""
_OF_CODE = re.compile(r"\bl_\d+_")
"""What Jinja2 puts before a template's names in its code."""

# Parts of pages that are kept: rows of the lists that were made last. All rows of 100,000 articles
# took 140 MB in each process.
_MANY_PARTS = 1 << 14
_encode = msgspec.msgpack.Encoder().encode
_SELDOM = frozenset({"base.html", "redirect.html", "story.html", "undated.html", "versions.html"})
"""Templates that make no page of most archives: code is made of them when one is asked for."""
_WHOLE = ":whole/"
"""Before a template's name: with all that it extends and includes in one. It can't be extended."""


class _PageInfo(msgspec.Struct, frozen=True):
    """What a template sees as ``page``."""

    url: str
    kind: str


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


class _Environment(LeanEnvironment):
    """One site's, with the same globals for every template."""

    def __init__(self, texts: gettext.NullTranslations, **options: Any) -> None:
        self.texts = texts
        self._trees: dict[str, nodes.Template] = {}
        super().__init__(**options)

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


class Renderer:
    """Renders pages with the site's templates, and the theme's where the site has none.

    Made once a worker: templates are compiled on first use and kept, and the row of an entry
    is rendered once however many lists show it.
    """

    def __init__(self, site: Path, config: SiteConfig) -> None:
        self.config = config
        self._origins = frozenset(config.image_origins)
        self._site = site
        self.theme = ThemeFiles(site)
        self._texts = InterfaceTexts(self.theme.folders, config.language)
        self._part = lru_cache(_MANY_PARTS)(self._make_part)
        self._direct: dict[str, jinja2.Template] = {}
        """Direct code that was asked for, by the bare name of its template."""
        self._indirect: set[str] = set()
        """Templates that direct code can't render."""
        self._environment = self._make_environment()
        self._encoded: tuple[object, bytes] = (None, b"")
        """What a page shows, as it was asked for last."""

    def __reduce__(self) -> tuple[type[Renderer], tuple[Path, SiteConfig]]:
        # Compiled templates can't travel; a forked process has them all the same.
        return Renderer, (self._site, self.config)

    def text(self, sentence: str) -> str:
        """A text of the interface in the site's language."""
        return self._texts.translations.gettext(sentence)

    def prepare(self) -> None:
        """Compile the templates of most pages: once, before work is handed to many processes."""
        for name in self._dependencies.keys() - _SELDOM:
            with contextlib.suppress(*_TEMPLATE_FAULTS):  # told when a page needs it
                self._find_direct(name)

    def render(
        self,
        page: Page,
        ready: ReadyArticle | None = None,
        bodies: Sequence[str] = (),
    ) -> bytes:
        """The bytes of a page. ``ready`` is for pages that show an article, ``bodies`` for those
        that compare several.

        Raises ``OperationError`` naming template, line and page when a template fails.
        """
        context = asdict(page.data)
        if ready is not None:
            shown = illustrate(page.article, ready, page.data.pictures, self._figure, self._origins)
            context |= asdict(shown)
            boxing = partial(self._table, page.data.entry.language)
            context["body"] = boxed(shown.body, boxing)
            context |= {"article": ready.article, "imported": ready.imported}
        if bodies:
            context["bodies"] = bodies
        root = self._root(page)
        context |= {"page": _PageInfo(page.url, page.template.rpartition(".")[0]), "root": root}
        try:
            text = self._text(page.template, context)
        except _TEMPLATE_FAULTS as error:
            raise OperationError(self._problem(error, page)) from None
        return text.replace(urls.ROOT, root).encode("utf-8", "replace")

    def shows(self, template: str, name: str) -> bool:
        """Whether pages that a template makes may show a variable, as far as its text tells."""
        return name in self._dependencies[template].names

    def fingerprint(self, page: Page) -> str:
        """A digest of all that the page depends on, without rendering it."""
        shown, encoded = self._encoded
        if shown is not page.data:  # a list as JSON and as CSV is the same list
            encoded = _encode(page.data)
            self._encoded = (page.data, encoded)
        made_by = self._dependencies[page.template].fingerprint
        own = _encode((made_by, page.url, page.template))
        return hashlib.blake2b(own + encoded, digest_size=16).hexdigest()

    def assets(self) -> Mapping[str, bytes]:
        """Output path → bytes of every style, script and picture of the theme."""
        return {self.theme.asset_paths[name]: data for name, data in self.theme.assets.items()}

    @cached_property
    def settings_fingerprint(self) -> str:
        """A digest of every template, asset and setting together, and of the program."""
        everything = (program_version(), self.config.model_dump(), self.theme.digest)
        return hashlib.blake2b(msgspec.msgpack.encode(everything), digest_size=16).hexdigest()

    def _root(self, page: Page) -> str:
        if page.template == "404.html":
            # Shown under any address: only a path from the server's root finds the way.
            base_path = self.config.base_url.partition("://")[2].partition("/")[2]
            return f"/{base_path}/" if base_path else "/"
        return urls.way_back(page.url)

    def _make_environment(self) -> _Environment:
        own = jinja2.FileSystemLoader(self.theme.folders)
        shipped = jinja2.PrefixLoader({"theme": jinja2.FileSystemLoader(SHIPPED)})
        all_templates = jinja2.ChoiceLoader([own, shipped])
        texts = self._texts.translations
        environment = _Environment(
            texts,
            loader=jinja2.ChoiceLoader([_WholeLoader(all_templates), all_templates]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=self._compiled,
            extensions=["jinja2.ext.i18n", _ConstantTexts],
        )
        environment.install_gettext_translations(texts, newstyle=True)  # type: ignore[attr-defined]
        environment.filters |= filters_for(self.config, texts)
        environment.globals |= functions_for(self.config, texts)
        environment.globals["gettext"] = environment.globals["_"]  # what {% trans %} calls
        environment.filters["asset"] = self._asset_link
        environment.policies["json.dumps_function"] = plain_json
        environment.globals |= {"site": self.config, "part": self._part}
        environment.globals["row"] = lru_cache(_MANY_PARTS)(self._make_row)
        environment.globals["figure"] = self._figure
        return environment

    @cached_property
    def _compiled(self) -> CompiledTemplates | None:
        """Compiling resolves filters of constants: the code is good for these settings only."""
        folder = _compiled_folder(self._site)
        made_for = msgspec.msgpack.encode((jinja2.__version__, self.settings_fingerprint))
        name = hashlib.blake2b(made_for, digest_size=8).hexdigest()
        return CompiledTemplates(folder, name) if folder else None

    def forget_others(self) -> None:
        """Remove compiled templates of other settings, templates or programs."""
        if self._compiled:
            self._compiled.forget_others()

    @cached_property
    def _dependencies(self) -> Mapping[str, Dependencies]:
        if not self._compiled:
            return self._read_dependencies()
        kept = self._compiled.dependencies()
        if not kept:
            kept = self._read_dependencies()
            self._compiled.keep_dependencies(kept)
        return kept

    def _read_dependencies(self) -> Mapping[str, Dependencies]:
        return dependencies_of_templates(
            self._environment, self.theme, self.config, self._texts.digest
        )

    def _asset_link(self, name: str) -> Markup:
        if name not in self.theme.asset_paths:
            raise jinja2.TemplateRuntimeError(f"there is no asset '{name}'")
        return Markup(urls.ROOT + self.theme.asset_paths[name])  # noqa: S704 (a path of ours)

    def _make_part(self, name: str, **values: object) -> Markup:
        """A template without a page. As ``_part`` it is kept, for the next page that shows it."""
        text = self._text(name, {**values, "root": urls.ROOT})
        return Markup(text)  # noqa: S704 (escaped by the template)

    def _figure(self, shown: Figure) -> Markup:
        text = self._text("_figure.html", {"shown": shown})
        return Markup(text)  # noqa: S704 (escaped by the template)

    def _table(self, language: str, number: int, table: str) -> str:
        values = {"language": language, "number": number, "table": table}
        return self._text("_table.html", values)

    def _make_row(self, entry: Row) -> Markup:
        """A part that is kept by what it shows alone: there are ten times as many as others."""
        return self._make_part("_row.html", entry=entry)

    def _text(self, name: str, context: Mapping[str, object]) -> str:
        """What a template makes.

        Its plain code is for what its direct code can't do, and tells faults where they are: there
        each line is of its own file.
        """
        if name not in self._indirect:
            try:
                template = self._direct.get(name) or self._find_direct(name)
                return self._environment.text(template, context)
            except _TEMPLATE_FAULTS:
                self._indirect.add(name)
        return self._environment.get_template(name).render(context)

    def _find_direct(self, name: str) -> jinja2.Template:
        template = self._direct[name] = self._environment.get_template(_WHOLE + name)
        return template

    def _problem(self, error: Exception, page: Page) -> Problem:
        name, line = f"templates/{page.template}", 0
        # Jinja2 rewrites tracebacks: the innermost frame in a template file is where it failed.
        for frame in traceback.extract_tb(error.__traceback__):
            if where := self.theme.where(Path(frame.filename)):
                name, line = where, frame.lineno or 0
        message = getattr(error, "message", None) or str(error) or type(error).__name__
        if isinstance(error, jinja2.TemplateSyntaxError):
            name, line = f"templates/{error.name}", error.lineno
        elif isinstance(error, SyntaxError):  # Python's: its line is one of the code
            name, line = self.theme.where(Path(error.filename or "")) or name, 0
            message = "can't be made into code: " + _OF_CODE.sub("", error.msg)
        return Problem(name, line, str(message), f"while rendering /{page.url}")


def _compiled_folder(site: Path) -> Path | None:
    """Where compiled templates of earlier builds are, if there is a folder of derived state."""
    if not (site / ".archive").is_dir():
        return None
    folder = site / ".archive" / "templates"
    folder.mkdir(exist_ok=True)
    return folder

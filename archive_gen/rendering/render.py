"""A page → bytes, through Jinja2; and what a template depends on."""

from __future__ import annotations

import contextlib
import hashlib
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

import jinja2
import jinja2.ext
import msgspec
from markupsafe import Markup
from msgspec.structs import asdict

from archive_gen import urls
from archive_gen.layout import STATE_FOLDER
from archive_gen.problems import OperationError
from archive_gen.program import program_version
from archive_gen.rendering.compiled import CompiledTemplates
from archive_gen.rendering.dependencies import dependencies_of_templates
from archive_gen.rendering.environment import SiteEnvironment
from archive_gen.rendering.figures import illustrate
from archive_gen.rendering.own_links import with_own_links
from archive_gen.rendering.template_faults import TEMPLATE_FAULTS, is_of_template, problem_of
from archive_gen.rendering.template_filters import filters_for, functions_for, plain_json
from archive_gen.rendering.theme_files import ThemeFiles, is_template, shipped_names
from archive_gen.rendering.translations import LOCALES, InterfaceTexts
from archive_gen.rendering.wide_tables import boxed
from archive_gen.texts import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from archive_gen.catalogue.entry import Row
    from archive_gen.config import SiteConfig
    from archive_gen.loading.kept import ReadyArticle
    from archive_gen.pages.base import Page
    from archive_gen.rendering.dependencies import Dependencies
    from archive_gen.rendering.figures import Figure

# Parts of pages that are kept: rows of the lists that were made last. Four times as many took 40 MB
# more in each process, and saved no time: lists of the same articles are made one after the other.
_MANY_PARTS = 1 << 12
_encode = msgspec.msgpack.Encoder().encode
_SELDOM = frozenset({"base.html", "redirect.html", "story.html", "undated.html", "versions.html"})
"""Templates that make no page of most archives: code is made of them when one is asked for."""


class _PageInfo(msgspec.Struct, frozen=True):
    """What a template sees as ``page``."""

    url: str
    kind: str


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
            with contextlib.suppress(*TEMPLATE_FAULTS):  # told when a page needs it
                self._find_direct(name)

    def render(
        self,
        page: Page,
        ready: ReadyArticle | None = None,
        bodies: Sequence[str] = (),
    ) -> bytes:
        """The bytes of a page. ``ready`` is for pages that show an article, ``bodies`` for those
        that compare several.

        Raises ``OperationError`` naming template, line and page when a template fails, and one of
        the archive's own has a part in the page. What else it raises is a fault of the program.
        """
        root = self._root(page)
        context = asdict(page.data)
        context |= {"page": _PageInfo(page.url, page.template.rpartition(".")[0]), "root": root}
        context |= {"navigation": page.navigation, "own_pages": page.own_pages}
        if bodies:
            context["bodies"] = bodies
        try:
            if ready is not None:
                context |= self._told(page, ready)
            text = self._text(page.template, context)
        except TEMPLATE_FAULTS as error:
            if not (self._has_own(page.template) and is_of_template(error, self.theme)):
                raise
            known = {
                "variable": {*context, *self._environment.globals},
                "filter": self._environment.filters,
                "test": self._environment.tests,
            }
            fault = problem_of(error, self.theme, page.template, page.url, known)
            raise OperationError(fault) from None
        return text.replace(urls.ROOT, root).encode("utf-8", "replace")

    def _told(self, page: Page, ready: ReadyArticle) -> Mapping[str, object]:
        """What a template is told of the article that its page shows."""
        shown = illustrate(page.article, ready, page.data.pictures, self._figure, self._origins)
        boxing = partial(self._table, page.data.entry.language)
        beside = {one.meant: one for one in page.data.documents}
        named = ((meant, one.address) for meant, one in beside.items())
        body = with_own_links(shown.body, page.data.linked, named)
        more = {"body": boxed(body, boxing), "article": ready.article, "imported": ready.imported}
        more["document"] = beside.get(ready.article.document)
        return asdict(shown) | more

    def shows(self, template: str, name: str) -> bool:
        """Whether pages that a template makes may show a variable, as far as its text tells."""
        return name in self._dependencies[template].names

    def _has_own(self, template: str) -> bool:
        """Whether a template of the archive's own has a part in the pages that one makes."""
        return any(map(self.theme.is_own, self._dependencies[template].templates))

    def fingerprint(self, page: Page) -> str:
        """A digest of all that the page depends on, without rendering it."""
        shown, encoded = self._encoded
        if shown is not page.data:  # a list as JSON and as CSV is the same list
            encoded = _encode(page.data)
            self._encoded = (page.data, encoded)
        made_by = self._dependencies[page.template].fingerprint
        links = {"navigation": page.navigation, "own_pages": page.own_pages}
        leads_to = [led for name, led in links.items() if self.shows(page.template, name)]
        own = _encode((made_by, page.url, page.template, leads_to))
        return hashlib.blake2b(own + encoded, digest_size=16).hexdigest()

    def assets(self) -> Mapping[str, bytes]:
        """Output path → bytes of every style, script and picture of the theme; see also
        ``ThemeFiles.root_files``."""
        return {self.theme.asset_paths[name]: data for name, data in self.theme.assets.items()}

    @cached_property
    def settings_fingerprint(self) -> str:
        """A digest of every template, asset and setting together, and of the program."""
        everything = (program_version(), self.config, self.theme.digest)
        return hashlib.blake2b(msgspec.msgpack.encode(everything), digest_size=16).hexdigest()

    def remarks(self) -> list[str]:
        """What the archive's owner may not have meant, though all pages could be made."""
        remarks = []
        if self._texts.are_missing:
            language = self.config.language
            remarks.append(
                f"The theme has no texts in the language '{language}': readers see English ones, "
                f"but for those that templates/{LOCALES}/{language}.po translates."
            )
        remarks += [_told_unused(name) for name in self._unused()]
        remarks += map(_told_outdated, self.theme.outdated())
        return remarks

    def _unused(self) -> list[str]:
        own = self.theme.own_templates
        pages = (of for name, of in self._dependencies.items() if name not in own)
        used = {template for of in pages for template in of.templates}
        return [name for name in own if name not in used]

    def _root(self, page: Page) -> str:
        if page.template == "404.html":
            # Shown under any address: only a path from the server's root finds the way.
            base_path = self.config.base_url.partition("://")[2].partition("/")[2]
            return f"/{base_path}/" if base_path else "/"
        return urls.way_back(page.url)

    def _make_environment(self) -> SiteEnvironment:
        texts = self._texts.translations
        environment = SiteEnvironment(self.theme, texts, self._compiled)
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
            except TEMPLATE_FAULTS:
                self._indirect.add(name)
        return self._environment.get_template(name).render(context)

    def _find_direct(self, name: str) -> jinja2.Template:
        template = self._direct[name] = self._environment.whole(name)
        return template


def _told_outdated(name: str) -> str:
    return (
        f"templates/{name} is a copy of a file of the theme, which has changed since: "
        f"'archive theme changes {name}' shows how."
    )


def _told_unused(name: str) -> str:
    meant = nearest(name, filter(is_template, shipped_names()))
    return f"templates/{name} is used by nothing" + (f": did you mean {meant}?" if meant else ".")


def _compiled_folder(site: Path) -> Path | None:
    """Where compiled templates of earlier builds are, if there is a folder of derived state."""
    if not (site / STATE_FOLDER).is_dir():
        return None
    folder = site / STATE_FOLDER / "templates"
    folder.mkdir(exist_ok=True)
    return folder

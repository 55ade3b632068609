"""A page → bytes, through Jinja2; and what a template depends on."""

from __future__ import annotations

import functools
import hashlib
import traceback
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
import msgspec
from jinja2 import meta, nodes
from markupsafe import Markup

from archive_gen import __version__, urls
from archive_gen.problems import OperationError, Problem
from archive_gen.template_filters import filters_for, functions_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archive_gen.article import Article
    from archive_gen.catalogue import Row
    from archive_gen.config import SiteConfig
    from archive_gen.pages.base import Page

THEME = Path(__file__).parent / "theme"
_SHIPPED = "theme/"
_TEMPLATE_FAULTS = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
_ASSETS = "assets/"
_FOLDER_LABELS = ("templates", "the theme's")


@dataclass(frozen=True, slots=True)
class _PageInfo:
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
        self._folders = [site / "templates", THEME]
        self._environment = self._make_environment(site)

    def render(self, page: Page, article: Article | None = None, body: str = "") -> bytes:
        """The bytes of a page. ``article`` and ``body`` are for pages that show an article.

        Raises ``OperationError`` naming template, line and page when a template fails.
        """
        context = {field.name: getattr(page.data, field.name) for field in fields(page.data)}
        if article is not None:
            context |= {"article": article, "body": body}
        root = self._root(page)
        context |= {"page": _PageInfo(page.url, page.template.rpartition(".")[0]), "root": root}
        try:
            text = self._environment.get_template(page.template).render(context)
        except _TEMPLATE_FAULTS as error:
            raise OperationError(self._problem(error, page)) from None
        return text.replace(urls.ROOT, root).encode("utf-8", "replace")

    def fingerprint(self, page: Page) -> str:
        """A digest of all that the page depends on, without rendering it."""
        digest = hashlib.blake2b(digest_size=16)
        digest.update(self._template_fingerprint(page.template))
        digest.update(msgspec.msgpack.encode((page.url, page.template, page.data)))
        return digest.hexdigest()

    def assets(self) -> Mapping[str, bytes]:
        """Output path → bytes of every style, script and picture of the theme."""
        return {self._asset_path(name): data for name, data in self._asset_data.items()}

    def settings_fingerprint(self) -> str:
        """A digest of every template, asset and setting together."""
        digest = hashlib.blake2b(digest_size=16)
        digest.update(msgspec.msgpack.encode((__version__, self.config.model_dump())))
        for name in sorted(self._environment.list_templates()):
            if not name.startswith((_ASSETS, _SHIPPED)):
                digest.update(f"{name}\0{self._source(name)}\0".encode())
        for name, data in self._asset_data.items():
            digest.update(name.encode() + b"\0" + hashlib.blake2b(data).digest())
        return digest.hexdigest()

    def _root(self, page: Page) -> str:
        if page.template == "404.html":
            # Shown under any address: only a path from the server's root finds the way.
            base_path = self.config.base_url.partition("://")[2].partition("/")[2]
            return f"/{base_path}/" if base_path else "/"
        return urls.way_back(page.url)

    def _make_environment(self, site: Path) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=jinja2.ChoiceLoader(
                [
                    jinja2.FileSystemLoader(self._folders),
                    jinja2.PrefixLoader({"theme": jinja2.FileSystemLoader(THEME)}),
                ]
            ),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=self._bytecode_cache(site),
            extensions=["jinja2.ext.i18n"],
        )
        environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
        environment.filters |= filters_for(self.config)
        environment.globals |= functions_for(self.config)
        environment.filters["asset"] = self._asset_link
        environment.globals |= {"site": self.config, "row": self._row}
        return environment

    def _bytecode_cache(self, site: Path) -> jinja2.BytecodeCache | None:
        """Compiled templates of earlier builds, in the folder of derived state if there is one.

        Compiling resolves filters of constants, so the code is good only for these settings and
        assets.
        """
        if not (site / ".archive").is_dir():
            return None
        folder = site / ".archive" / "templates"
        folder.mkdir(exist_ok=True)
        made_for = (__version__, jinja2.__version__, self.config.model_dump(), list(self.assets()))
        key = hashlib.blake2b(msgspec.msgpack.encode(made_for), digest_size=8).hexdigest()
        for stale in folder.iterdir():
            if not stale.name.startswith(key):
                stale.unlink(missing_ok=True)
        return jinja2.FileSystemBytecodeCache(str(folder), f"{key}_%s")

    def _asset_link(self, name: str) -> Markup:
        return Markup(urls.ROOT + self._asset_path(name))  # noqa: S704 (a path of the theme's)

    @cached_property
    def _rows(self) -> dict[Row, Markup]:
        return {}

    def _row(self, entry: Row) -> Markup:
        row = self._rows.get(entry)
        if row is None:
            template = self._environment.get_template("_row.html")
            row = self._rows[entry] = Markup(template.render(entry=entry, root=urls.ROOT))  # noqa: S704
        return row

    @cached_property
    def _asset_data(self) -> Mapping[str, bytes]:
        found: dict[str, bytes] = {}
        for folder in reversed(self._folders):
            assets = folder / _ASSETS
            for path in sorted(assets.rglob("*")):
                name = path.relative_to(assets).as_posix()
                if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
                    found[name] = path.read_bytes()
        return dict(sorted(found.items()))

    def _asset_path(self, name: str) -> str:
        if name not in self._asset_data:
            raise jinja2.TemplateRuntimeError(f"there is no asset '{name}'")
        stem, dot, ending = name.rpartition(".")
        digest = hashlib.sha256(self._asset_data[name]).hexdigest()[:8]
        return f"{_ASSETS}{stem}.{digest}{dot}{ending}" if stem else f"{_ASSETS}{name}.{digest}"

    def _source(self, name: str) -> str:
        loader = self._environment.loader
        if loader is None:
            raise RuntimeError("the environment has a loader")
        try:
            return loader.get_source(self._environment, name)[0]
        except jinja2.TemplateNotFound:
            problem = Problem(f"templates/{name}", 0, "there is no such template")
            raise OperationError(problem) from None
        except UnicodeDecodeError as error:
            raise OperationError(
                Problem(f"templates/{name}", 0, f"is not UTF-8: {error}")
            ) from None

    @functools.cache  # noqa: B019 (a renderer lives as long as its process works)
    def _template_fingerprint(self, name: str) -> bytes:
        """Of the template, all templates it refers to, and the settings and assets they use."""
        digest = hashlib.blake2b(__version__.encode(), digest_size=16)
        settings: set[str] = set()
        for template in sorted(self._closure(name)):
            source = self._source(template)
            digest.update(f"{template}\0{source}\0".encode())
            tree = self._parse(template, source)
            settings |= set(_settings_read(tree))
            for asset in sorted(set(_assets_used(tree))):
                if asset not in self._asset_data:
                    problem = Problem(f"templates/{template}", 0, f"there is no asset '{asset}'")
                    raise OperationError(problem)
                digest.update(self._asset_path(asset).encode())
        values = {key: value for key, value in self.config.model_dump().items() if key in settings}
        # Every page is written in the site's language and finds its way by it.
        digest.update(msgspec.msgpack.encode((sorted(values.items()), self.config.language)))
        return digest.digest()

    def _closure(self, name: str) -> set[str]:
        found: set[str] = set()
        ahead = {name}
        while ahead:
            template = ahead.pop()
            found.add(template)
            tree = self._parse(template, self._source(template))
            names = set(meta.find_referenced_templates(tree))
            if None in names:  # chosen when it runs: any template could be meant
                names = set(self._environment.list_templates(extensions=["html", "xml"]))
            if any(used.name == "row" for used in tree.find_all(nodes.Name)):
                names.add("_row.html")
            ahead |= {str(found_name) for found_name in names} - found
        return found

    def _parse(self, name: str, source: str) -> nodes.Template:
        try:
            return self._environment.parse(source, name)
        except jinja2.TemplateSyntaxError as error:
            problem = Problem(f"templates/{name}", error.lineno, str(error.message))
            raise OperationError(problem) from None

    def _problem(self, error: Exception, page: Page) -> Problem:
        name, line = f"templates/{page.template}", 0
        # Jinja2 rewrites tracebacks: the innermost frame in a template file is where it failed.
        for frame in traceback.extract_tb(error.__traceback__):
            for folder, label in zip(self._folders, _FOLDER_LABELS, strict=True):
                if Path(frame.filename).is_relative_to(folder):
                    name = f"{label}/{Path(frame.filename).relative_to(folder).as_posix()}"
                    line = frame.lineno or 0
        if isinstance(error, jinja2.TemplateSyntaxError):
            name, line = f"templates/{error.name}", error.lineno
        message = getattr(error, "message", None) or str(error)
        return Problem(name, line, str(message), f"while rendering /{page.url}")


def _settings_read(tree: nodes.Template) -> Iterator[str]:
    for attribute in tree.find_all(nodes.Getattr):
        if isinstance(attribute.node, nodes.Name) and attribute.node.name == "site":
            yield attribute.attr


def _assets_used(tree: nodes.Template) -> Iterator[str]:
    for used in tree.find_all(nodes.Filter):
        if used.name == "asset" and isinstance(used.node, nodes.Const):
            yield str(used.node.value)

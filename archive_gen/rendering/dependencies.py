"""What a page's template depends on, read from the template itself.

A template's fingerprint covers its source and that of all templates it refers to, the values of
the settings that these read, by name (``site.title``) or through a function, and the names of
the assets that they link to. So a new setting makes only those pages new that show it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import jinja2
import msgspec
from jinja2 import meta, nodes

from archive_gen.problems import OperationError, Problem
from archive_gen.rendering.template_filters import SETTINGS_READ

_MADE_BY = {"row": "_row.html", "figure": "_figure.html", "body": "_table.html"}
"""Function or variable → the template that makes what it gives."""
PAGE_ENDINGS = (".html", ".xml", ".json", ".csv", ".txt")

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set

    from archive_gen.config import SiteConfig
    from archive_gen.rendering.theme_files import ThemeFiles


def template_fingerprints(
    environment: jinja2.Environment, theme: ThemeFiles, config: SiteConfig, texts: str
) -> Mapping[str, str]:
    """Name → fingerprint of every template that a page can be made with.

    ``texts`` is the digest of the interface's texts, which every template may show.

    Raises ``OperationError`` for a template that is broken or refers to nothing.
    """
    names = environment.list_templates(
        filter_func=lambda name: (
            name.endswith(PAGE_ENDINGS) and "/" not in name and not name.startswith(("_", "."))
        )
    )
    reader = _Reader(environment, theme, config, texts)
    return {name: reader.fingerprint(name) for name in names}


@dataclass(frozen=True, slots=True)
class _Facts:
    """What matters of a template by itself."""

    source: str
    settings: Set[str]
    """Those that it reads."""
    assets: Sequence[str]
    """The names under which those are published that it links to."""
    referenced: Set[str]
    """Other templates."""


class _Reader:
    """Reads each template once."""

    def __init__(
        self, environment: jinja2.Environment, theme: ThemeFiles, config: SiteConfig, texts: str
    ) -> None:
        self._environment = environment
        self._theme = theme
        self._settings = config.model_dump()
        self._texts = texts
        self._read: dict[str, _Facts] = {}

    def fingerprint(self, name: str) -> str:
        digest = hashlib.blake2b(digest_size=16)
        settings: set[str] = set()
        for template in sorted(self._closure(name)):
            facts = self._facts(template)
            settings |= facts.settings
            digest.update(msgspec.msgpack.encode((template, facts.source, facts.assets)))
        # Every page is written in the site's language.
        settings.add("language")
        values = [(key, self._settings[key]) for key in sorted(settings & self._settings.keys())]
        digest.update(msgspec.msgpack.encode((values, self._texts)))
        return digest.hexdigest()

    def _closure(self, name: str) -> set[str]:
        found: set[str] = set()
        ahead = {name}
        while ahead:
            template = ahead.pop()
            found.add(template)
            ahead |= self._facts(template).referenced - found
        return found

    def _facts(self, name: str) -> _Facts:
        facts = self._read.get(name)
        if facts is None:
            source, tree = self._parse(name)
            assets = [self._asset_path(name, asset) for asset in sorted(_assets_used(tree))]
            referenced = frozenset(self._referenced(tree))
            facts = _Facts(source, self._settings_read(tree), assets, referenced)
            self._read[name] = facts
        return facts

    def _referenced(self, tree: nodes.Template) -> Iterator[str]:
        for name in meta.find_referenced_templates(tree):
            if name is None:  # chosen when it runs: it could be any
                yield from self._environment.list_templates(extensions=["html", "xml"])
            else:
                yield name
        for used in tree.find_all(nodes.Name):
            if used.name in _MADE_BY:
                yield _MADE_BY[used.name]
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "part":
                yield from self._parts(call)

    def _parts(self, call: nodes.Call) -> Iterator[str]:
        if call.args and isinstance(call.args[0], nodes.Const):
            yield str(call.args[0].value)
        else:
            yield from self._environment.list_templates(extensions=["html", "xml"])

    def _settings_read(self, tree: nodes.Template) -> set[str]:
        named = [used for used in tree.find_all(nodes.Name) if used.name == "site"]
        read = [
            used.attr
            for used in tree.find_all(nodes.Getattr)
            if isinstance(used.node, nodes.Name) and used.node.name == "site"
        ]
        # Handed on as a whole, all of it may be read.
        if len(read) != len(named):
            return set(self._settings)
        called = {name.name for name in tree.find_all(nodes.Name)}
        called |= {filter_.name for filter_ in tree.find_all(nodes.Filter)}
        return set(read).union(*(SETTINGS_READ[name] for name in called & SETTINGS_READ.keys()))

    def _asset_path(self, template: str, asset: str) -> str:
        if asset not in self._theme.asset_paths:
            problem = Problem(f"templates/{template}", 0, f"there is no asset '{asset}'")
            raise OperationError(problem)
        return self._theme.asset_paths[asset]

    def _parse(self, name: str) -> tuple[str, nodes.Template]:
        loader = self._environment.loader
        if loader is None:
            raise RuntimeError("the environment has a loader")
        path = f"templates/{name}"
        try:
            source = loader.get_source(self._environment, name)[0]
            return source, self._environment.parse(source, name)
        except jinja2.TemplateNotFound:
            raise OperationError(Problem(path, 0, "there is no such template")) from None
        except UnicodeDecodeError:
            raise OperationError(Problem(path, 0, "is not UTF-8 text")) from None
        except jinja2.TemplateSyntaxError as error:
            raise OperationError(Problem(path, error.lineno, str(error.message))) from None


def _assets_used(tree: nodes.Template) -> set[str]:
    return {
        str(used.node.value)
        for used in tree.find_all(nodes.Filter)
        if used.name == "asset" and isinstance(used.node, nodes.Const)
    }

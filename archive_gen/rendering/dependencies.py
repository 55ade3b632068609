"""What a page's template depends on, read from the template itself.

A template's fingerprint covers its source and that of all templates it refers to, the values of
the settings that these read, by name (``site.title``) or through a function, the names of the
assets that they link to, and the program. So a new setting makes only those pages new that show
it, and a new program makes all.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, get_args

import jinja2
import msgspec
from jinja2 import nodes

from archive_gen.problems import OperationError, Problem
from archive_gen.program import program_version
from archive_gen.rendering.template_filters import SETTINGS_READ
from archive_gen.texts import nearest, quoted

_MADE_BY = {
    "row": ("_row.html",),
    "figure": ("_figure.html",),
    "body": ("_figure.html", "_table.html"),
}
"""Function or variable → the templates that make what it gives."""
_PAGE_ENDINGS = (".html", ".xml", ".json", ".csv", ".txt")
_TOO_DEEP = "has too many things within each other, or in a row"

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archive_gen.config import SiteConfig
    from archive_gen.rendering.theme_files import ThemeFiles


class Dependencies(NamedTuple):
    """What a page's template depends on, with all templates that it refers to."""

    fingerprint: str
    names: Set[str]
    """The names that they use: a variable that is none of them is not shown."""
    templates: Set[str]
    """It and all of them."""


def dependencies_of_templates(
    environment: jinja2.Environment, theme: ThemeFiles, config: SiteConfig, texts: str
) -> Mapping[str, Dependencies]:
    """Those of every template that a page can be made with, by its name.

    ``texts`` is the digest of the interface's texts, which every template may show.

    Raises ``OperationError`` for a template that is broken or refers to nothing.
    """
    names = environment.list_templates(
        filter_func=lambda name: (
            name.endswith(_PAGE_ENDINGS) and "/" not in name and not name.startswith(("_", "."))
        )
    )
    reader = _Reader(environment, theme, config, texts)
    return {name: reader.dependencies(name) for name in names}


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
    names: Set[str]
    """Of variables and functions."""
    blocks: Set[str]
    """The names of all its blocks."""
    outer_blocks: Mapping[str, int]
    """Name → line of each that is in no other."""
    extended: str | None
    """The template that it extends; empty if none, none if it is chosen when the template runs."""
    extended_line: int
    """Where it says so; 0 if nowhere."""


class _Reader:
    """Reads each template once."""

    def __init__(
        self, environment: jinja2.Environment, theme: ThemeFiles, config: SiteConfig, texts: str
    ) -> None:
        self._environment = environment
        self._theme = theme
        self._settings = msgspec.structs.asdict(config)
        self._texts = texts
        self._read: dict[str, _Facts] = {}

    def dependencies(self, name: str) -> Dependencies:
        digest = hashlib.blake2b(program_version().encode(), digest_size=16)
        settings: set[str] = set()
        names: set[str] = set()
        templates = self._closure(name)
        for template in sorted(templates):
            facts = self._facts(template)
            self._check_extended(template, facts)
            self._check_blocks(template, facts)
            settings |= facts.settings
            names |= facts.names
            digest.update(msgspec.msgpack.encode((template, facts.source, facts.assets)))
        # Every page is written in the site's language.
        settings.add("language")
        values = [(key, self._settings[key]) for key in sorted(settings & self._settings.keys())]
        digest.update(msgspec.msgpack.encode((values, self._texts)))
        return Dependencies(digest.hexdigest(), names, templates)

    def _closure(self, name: str) -> set[str]:
        found: set[str] = set()
        ahead = {name}
        while ahead:
            template = ahead.pop()
            found.add(template)
            ahead |= self._facts(template).referenced - found
        return found

    def _check_extended(self, template: str, facts: _Facts) -> None:
        """Raises ``OperationError`` for a template that extends itself, if by way of others."""
        by_way: list[str] = []
        while facts.extended and facts.extended not in by_way:
            by_way.append(facts.extended)
            facts = self._facts(facts.extended)
        if template not in by_way or not self._theme.is_own(template):
            return
        between = by_way[: by_way.index(template)]
        way = f", by way of {quoted(between[0])}" if between else ""
        line = self._facts(template).extended_line
        own = f"theme/{template}"
        hint = f"the theme's own is {quoted(own)}" if self._is_there(own) else "extend another one"
        message = f"extends itself{way}"
        raise OperationError(Problem(f"templates/{template}", line, message, hint))

    def _check_blocks(self, template: str, facts: _Facts) -> None:
        """Raises ``OperationError`` for a block that takes the place of none: nothing shows it.

        What the archive's own ``base.html`` leaves out of the theme's is not meant to be shown.
        """
        known = self._blocks_above(facts) if facts.extended else None
        if known is None or not self._theme.is_own(template):
            return
        for block, line in facts.outer_blocks.items():
            if block not in known:
                meant = nearest(block, sorted(known))
                hint = f"did you mean '{meant}'?" if meant else "docs/templates.md names them all"
                message = f"there is no block {quoted(block)} in {quoted(facts.extended or '')}"
                raise OperationError(Problem(f"templates/{template}", line, message, hint))

    def _blocks_above(self, facts: _Facts) -> set[str] | None:
        """Those of all templates that it extends; none where one is chosen when it runs."""
        blocks: set[str] = set()
        seen: set[str] = set()
        while facts.extended and facts.extended not in seen:
            seen.add(facts.extended)
            facts = self._facts(facts.extended)
            blocks |= facts.blocks
        return blocks if facts.extended is not None else None

    def _facts(self, name: str) -> _Facts:
        facts = self._read.get(name)
        if facts is None:
            try:
                facts = self._read[name] = self._find_facts(name)
            except RecursionError:
                raise OperationError(Problem(f"templates/{name}", 0, _TOO_DEEP)) from None
        return facts

    def _find_facts(self, name: str) -> _Facts:
        source, tree = self._parse(name)
        used = _Used.by(tree)
        blocks = list(tree.find_all(nodes.Block))
        inner = {below for block in blocks for below in block.find_all(nodes.Block)}
        return _Facts(
            source=source,
            settings=self._settings_read(used),
            assets=self._asset_paths(name, used),
            referenced=frozenset(self._referenced(name, used)),
            names=used.names.keys(),
            blocks={block.name for block in blocks},
            outer_blocks={block.name: block.lineno for block in blocks if block not in inner},
            extended=_extended(used),
            extended_line=next((e.lineno for e in tree.find_all(nodes.Extends)), 0),
        )

    def _referenced(self, template: str, used: _Used) -> Iterator[str]:
        for reference in used.references:
            told = not getattr(reference, "ignore_missing", False)
            yield from self._taken(template, reference.template, reference.lineno, told=told)
        for call in used.parts:
            named = call.args[0] if call.args else call
            yield from self._taken(template, named, call.lineno, told=True)
        # Called by another name, it may show any.
        if used.names["part"] > len(used.parts):
            yield from self._any()
        for name, makers in _MADE_BY.items():
            if name in used.names:
                yield from makers

    def _taken(self, template: str, named: nodes.Expr, line: int, *, told: bool) -> Iterator[str]:
        """The templates that may be meant, and where none is there that is ``told``.

        Of several that an ``include`` names, Jinja2 takes the first that is there.
        """
        several = named.items if isinstance(named, (nodes.List, nodes.Tuple)) else ()
        for name in several or (named,):
            if not isinstance(name, nodes.Const) or not isinstance(name.value, str):
                yield from self._any()
            elif self._is_there(name.value):
                yield name.value
            elif told and not several:
                raise self._missing(template, line, name.value)

    def _missing(self, template: str, line: int, name: str) -> OperationError:
        meant = nearest(name, self._environment.list_templates(extensions=["html", "xml"]))
        hint = f"did you mean '{meant}'?" if meant else "'archive theme eject' lists the theme's"
        message = f"there is no template {quoted(name)}"
        return OperationError(Problem(f"templates/{template}", line, message, hint))

    def _any(self) -> Sequence[str]:
        """What may be meant by a name that is chosen when the template runs."""
        return self._environment.list_templates(filter_func=lambda n: n.endswith(_PAGE_ENDINGS))

    def _is_there(self, name: str) -> bool:
        try:
            self._source(name)
        except jinja2.TemplateNotFound:
            return False
        except UnicodeDecodeError:
            pass  # told when it is read
        return True

    def _settings_read(self, used: _Used) -> set[str]:
        # Handed on as a whole, all of it may be read.
        if used.names["site"] > len(used.settings):
            return set(self._settings)
        called = SETTINGS_READ.keys() & (used.names.keys() | used.filters)
        return set(used.settings).union(*(SETTINGS_READ[name] for name in called))

    def _asset_paths(self, template: str, used: _Used) -> Sequence[str]:
        paths = self._theme.asset_paths
        for name, line in used.assets.items():
            if name not in paths:
                meant = nearest(name, list(paths))
                hint = (
                    f"did you mean '{meant}'?" if meant else "put the file into templates/assets/"
                )
                message = f"there is no asset {quoted(name)}"
                raise OperationError(Problem(f"templates/{template}", line, message, hint))
        named = paths if "asset" in used.filters else used.assets
        return [paths[name] for name in sorted(named)]

    def _source(self, name: str) -> str:
        loader = self._environment.loader
        if loader is None:
            raise RuntimeError("the environment has a loader")
        return loader.get_source(self._environment, name)[0]

    def _parse(self, name: str) -> tuple[str, nodes.Template]:
        path = f"templates/{name}"
        try:
            source = self._source(name)
            return source, self._environment.parse(source, name)
        except jinja2.TemplateNotFound:
            raise OperationError(Problem(path, 0, "there is no such template")) from None
        except UnicodeDecodeError:
            raise OperationError(
                Problem(path, 0, "is not UTF-8 text", "save it with the encoding UTF-8")
            ) from None
        except jinja2.TemplateSyntaxError as error:
            raise OperationError(Problem(path, error.lineno, str(error.message))) from None


def _extended(used: _Used) -> str | None:
    for reference in used.references:
        if isinstance(reference, nodes.Extends):
            named = reference.template
            return str(named.value) if isinstance(named, nodes.Const) else None
    return ""


_Reference = nodes.Extends | nodes.FromImport | nodes.Import | nodes.Include
"""What names other templates."""
_LOOKED_AT = (nodes.Name, nodes.Filter, nodes.Call, nodes.Getattr, *get_args(_Reference))


@dataclass(slots=True)
class _Used:
    """What stands in a template, found in one walk through its tree."""

    names: Counter[str] = field(default_factory=Counter)
    """How often each stands there."""
    filters: set[str] = field(default_factory=set)
    """But for ``asset`` where it is told of ``assets``."""
    parts: list[nodes.Call] = field(default_factory=list)
    """Each ``part(…)``."""
    references: list[_Reference] = field(default_factory=list)
    settings: list[str] = field(default_factory=list)
    """Each ``site.…``."""
    assets: dict[str, int] = field(default_factory=dict)
    """Those that it links to by a name that is written out → line."""

    @classmethod
    def by(cls, tree: nodes.Template) -> _Used:
        used = cls()
        for node in tree.find_all(_LOOKED_AT):
            match node:
                case nodes.Name(name=name):
                    used.names[name] += 1
                case nodes.Getattr(node=nodes.Name(name="site"), attr=attribute):
                    used.settings.append(attribute)
                case nodes.Extends() | nodes.FromImport() | nodes.Import() | nodes.Include():
                    used.references.append(node)
                case nodes.Call(node=nodes.Name(name="part")):
                    used.parts.append(node)
                case nodes.Filter(name="asset", node=nodes.Const(value=str(name))):
                    used.assets.setdefault(name, node.lineno)
                case nodes.Filter(name=name):
                    # ``map`` and the like are told which filter they are to use.
                    told = (str(each.value) for each in node.args if isinstance(each, nodes.Const))
                    used.filters.update((name, *told))
        return used

"""Lean code of a template makes what Jinja2's own code makes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from archive_gen.article import Article
from archive_gen.building.fingerprints import NO_PAGES
from archive_gen.building.workers import Articles, RenderContext, decode_made, render_groups
from archive_gen.check.base import Subject
from archive_gen.config import load_config, parse_config
from archive_gen.loading.kept import Reader
from archive_gen.pages import all_groups
from archive_gen.pages.base import Archive, Page
from archive_gen.pages.values import NotFoundData
from archive_gen.parallel import SerialMapper
from archive_gen.rendering.compiling import LeanEnvironment, with_references
from archive_gen.rendering.inlining import inlined
from archive_gen.rendering.render import Renderer
from tests.archive_folder import ArchiveFolder

BASE = (
    "{% set top = 'T' %}<{% block a %}a{{ top }}{% block inner %}i{% endblock %}{% endblock %}>"
    "{% set kept %}{% block k %}k{{ top }}{% endblock %}{% endset %}({{ kept }})"
    "{% set local = 'L' %}{% if x %}{% block b scoped %}b{{ local }}{% endblock %}{% endif %}"
)
CASES = {
    "a block is replaced": "{% extends 'base' %}{% block a %}A{{ x }}{% endblock %}",
    "a block within a block is replaced": "{% extends 'base' %}{% block inner %}I{% endblock %}",
    "a block that is kept is replaced": "{% extends 'base' %}{% block k %}K{{ x }}{% endblock %}",
    "a block may be taken out": "{% extends 'base' %}{% block a %}{% endblock %}",
    "what a child sets, the parent sees": "{% extends 'base' %}{% set local = 'C' %}",
    "text beside the blocks of a child is not shown": "{% extends 'base' %}text{{ x }}",
    "text before a child extends is shown": "text{{ x }}{% extends 'base' %}{{ 1 / 0 }}",
    "a block before a child extends is shown": "{% block b %}B{% endblock %}{% extends 'base' %}",
    "a child of a child": "{% extends 'child' %}{% block b %}B{% endblock %}",
    "super": "{% extends 'base' %}{% block a %}<{{ super() }}>{% endblock %}",
    "a block shown twice": "{% extends 'base' %}{% block a %}{{ self.inner() }}{% endblock %}",
    "a name that a block sets ends with it": (
        "{% block a %}{% set n = 1 %}{{ n }}{% endblock %}{{ n is defined }}"
    ),
    "an unscoped block does not see what the block around it sets": (
        "{% block a %}{% set n = 1 %}{% block c %}{{ n is defined }}{% endblock %}{% endblock %}"
    ),
    "a scoped one does": (
        "{% block a %}{% set n = 1 %}{% block c scoped %}{{ n }}{% endblock %}{% endblock %}"
    ),
    "an unscoped block does not see a loop": (
        "{% for n in (1, 2) %}{% block c %}{{ n is defined }}{% endblock %}{% endfor %}"
    ),
    "an include sees what is around it and leaves nothing": (
        "{% set seen = 5 %}{% include 'part' %}{{ made is defined }}"
    ),
    "an include in a loop": "{% for seen in (1, 2) %}{% include 'part' %}{% endfor %}",
    "a macro and its caller": (
        "{% macro m(a, b=2) %}{{ a }}{{ b }}{{ caller() if caller else '' }}{% endmacro %}"
        "{{ m('<', b='>') }}{% call m(1) %}<b>{% endcall %}"
    ),
    "a macro from elsewhere": "{% from 'macros' import hi %}{{ hi(x) }}{{ hi('&'|safe) }}",
    "escapes": "{{ x }}{{ x|safe }}{{ 5 }}{{ none }}{{ ['<'] }}{{ markup }}{{ \"'\" }}",
    "calls": "{{ x.upper() }}{{ range(3)|list }}{{ [].append(1) }}{{ context_name() }}",
    "values in a list and in a mapping": (
        "{{ x.replace(*['<', '[']) }}{{ dict(**{'a': x}) }}{{ dict(class=x) }}"
        "{% macro m(a, b='-') %}{{ a }}{{ b }}{% endmacro %}{{ m(*[x]) }}{{ m(**{'a': x}) }}"
    ),
    "a macro that takes more than it names": (
        "{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, x, b=x) }}{{ m(1) }}"
        "{% macro n(a) %}{{ a }}{{ kwargs }}{% endmacro %}{{ n(1, b=x) }}{{ n(x) }}"
    ),
    "a macro that sees the page": (
        "{% import 'seeing' as s with context %}{{ s.seen() }}"
        "{% from 'seeing' import seen %}{{ seen() }}"
    ),
    "a module chosen when it runs": "{% set n = 'macros' %}{% import n as m %}{{ m.hi(x) }}",
    "text that is not escaped": (
        "{% autoescape false %}{{ x }}{% set k %}<{{ x }}>{% endset %}{{ k }}"
        "{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m(x) }}{% endautoescape %}{{ k }}"
    ),
    "text that is escaped or not": "{% autoescape x == '' %}{{ x }}{{ '<' }}{% endautoescape %}",
    "a filter of a block": "{% filter upper %}<{{ x }}{{ markup }}>{% endfilter %}",
    "a name made in a branch": (
        "{% block a %}{% if x %}{% set n = 1 %}{% endif %}"
        "{% block c %}{{ n is defined }}{% endblock %}{% endblock %}"
    ),
}
OTHERS = {
    "base": BASE,
    "child": "{% extends 'base' %}{% set local = 'C' %}{% block a %}child{% endblock %}",
    "part": "{% set made = seen %}[{{ made }}{{ x }}]",
    "twice": "{% block a %}1{% endblock %}{% block a %}2{% endblock %}{% block b %}{% endblock %}",
    "required": "{% block a required %}{% endblock %}",
    "seeing": "{% macro seen() %}{{ x is defined }}{% endmacro %}",
    "macros": "{% macro hi(who) -%}hi {{ who }}{%- endmacro %}",
}


class Lean(LeanEnvironment):
    def _generate(
        self, source: object, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        if name == "page":
            source = inlined(source, lambda other: self.parse(self.loader.mapping[other], other))
        return super()._generate(source, name, filename, defer_init)


@jinja2.pass_context
def context_name(context: object) -> str:
    return str(context.name)


class Direct(Lean):
    def is_direct(self, name: str | None) -> bool:  # noqa: ARG002
        return True


def rendered(kind: type[jinja2.Environment], text: str, values: dict[str, object]) -> str:
    environment = kind(loader=jinja2.DictLoader({**OTHERS, "page": text}), autoescape=True)
    environment.globals["context_name"] = context_name
    return environment.get_template("page").render(values)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("x", ["<&>\"'", ""])
def test_the_text_is_the_same(case: str, x: str) -> None:
    values = {"x": x, "markup": jinja2.filters.Markup("<i>")}
    plain = rendered(jinja2.Environment, CASES[case], values)
    assert rendered(Lean, CASES[case], values) == plain
    assert rendered(Direct, CASES[case], values) == plain


def test_direct_code_gives_up_where_there_is_no_such_attribute(tmp_path: Path) -> None:
    """The plain code then finds items of mappings, and what there is not."""
    text = "{{ page.url }}{{ article.extra.mood }}{{ 'no' if article.mood is not defined }}"
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "404.html").write_text(text, "utf-8")
    renderer = Renderer(tmp_path, parse_config("title: News"))
    article = Article("A", extra={"mood": "<calm>"})
    page = Page("404.html", "404.html", NotFoundData())
    context = {"page": page, "article": article}
    with pytest.raises(AttributeError):
        renderer._environment.get_template(":whole/404.html").render(context)
    assert renderer._text("404.html", context) == "404.html&lt;calm&gt;no"
    assert renderer._text("404.html", context) == "404.html&lt;calm&gt;no"


WRONG = {
    "a block defined twice": "{% block a %}1{% endblock %}{% block a %}2{% endblock %}",
    "a block defined twice by a child": (
        "{% extends 'base' %}{% block a %}1{% endblock %}{% block a %}2{% endblock %}"
    ),
    "a block defined twice by a parent": "{% extends 'twice' %}{% block b %}B{% endblock %}",
    "a block that is required": "{% extends 'required' %}",
    "a fault before a child extends": "{{ 1 / 0 }}{% extends 'base' %}",
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_as_by_jinja(case: str) -> None:
    told = []
    for kind in (jinja2.Environment, Lean, Direct):
        with pytest.raises((jinja2.TemplateError, ArithmeticError)) as caught:
            rendered(kind, WRONG[case], {"x": 1})
        told.append(str(caught.value).splitlines()[0])
    assert len(set(told)) == 1


FAULTS = ("{{ nothing.at.all }}", "{{ nothing.title }}", "{{ 1 / 0 }}", "{{ x() }}")


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_stays_a_fault(text: str) -> None:
    page = "{% extends 'base' %}{% block a %}" + text + "{% endblock %}"
    faults = (jinja2.TemplateError, ArithmeticError, AttributeError, TypeError)
    for kind in (jinja2.Environment, Lean, Direct):
        with pytest.raises(faults):
            rendered(kind, page, {"x": 1})


def test_inlining_leaves_no_block() -> None:
    environment = Lean(loader=jinja2.DictLoader(OTHERS), autoescape=True)
    tree = environment.parse(CASES["a child of a child"])
    whole = inlined(tree, lambda name: environment.parse(OTHERS[name]))
    assert whole.find((jinja2.nodes.Block, jinja2.nodes.Extends)) is None


def test_the_pages_of_the_theme_are_made_whole(tmp_path: Path) -> None:
    """The time that a build takes rests on it, and no page would look different without it."""
    environment = Renderer(tmp_path, parse_config("title: News"))._environment
    assert environment.get_template(":whole/article.html").blocks == {}
    assert environment.get_template("article.html").blocks


def test_what_settings_decide_is_text_in_the_code(tmp_path: Path) -> None:
    environment = Renderer(tmp_path, parse_config("title: A & B"))._environment
    text = "{% if site.base_url %}{{ 1 / 0 }}{% else %}{{ site.title }}{% endif %}"
    own = "{% set site = {'title': 'own'} %}{{ site.title }}"
    assert environment.from_string(text).render() == "A &amp; B"
    assert environment.from_string(own).render() == "own"
    assert "'A &amp; B'" in environment.compile(text, raw=True)


@pytest.mark.parametrize("name", ["article", "day", "month", "year", "term", "terms", "undated"])
def test_the_theme_names_nothing_as_settings_and_parts_are_named(tmp_path: Path, name: str) -> None:
    """They would be looked up for each page."""
    environment = Renderer(tmp_path, parse_config("title: A & B"))._environment
    whole = f":whole/{name}.html"
    source = environment.get_template(f"{name}.html").filename
    code = environment.compile(Path(str(source)).read_text("utf-8"), whole, raw=True)
    assert "A &amp; B" in code


def test_a_macro_takes_values_in_every_way() -> None:
    macro = "{% macro m(a, b='-', c='<') %}{{ a }}{{ b }}{{ c }}|{% endmacro %}"
    calls = "{{ m(x) }}{{ m(x, 1) }}{{ m(x, 1, 2) }}{{ m(x, c=3) }}{{ m(a=x) }}{{ m(b=2, a=1) }}"
    values: dict[str, object] = {"x": "<&>"}
    plain = rendered(jinja2.Environment, macro + calls, values)
    assert rendered(Lean, macro + calls, values) == plain


@pytest.mark.parametrize("call", ["m()", "m(1, 2, 3)", "m(1, d=2)"])
def test_a_macro_called_wrongly_is_a_fault(call: str) -> None:
    text = "{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ " + call + " }}"
    for kind in (jinja2.Environment, Lean):
        environment = kind(undefined=jinja2.StrictUndefined)
        with pytest.raises((jinja2.UndefinedError, TypeError)):
            environment.from_string(text).render()


@given(st.text(alphabet="ab&<>'\"é\ufdd0 "))
def test_escaping_is_that_of_markupsafe_with_and_without_its_compiled_part(text: str) -> None:
    assert LeanEnvironment(autoescape=True).from_string("{{ x }}").render(x=text) == escape(text)
    assert with_references(text) == str(escape(text))


def test_the_theme_needs_direct_code_only(archive: ArchiveFolder) -> None:
    """The plain code of a page takes three times as long."""
    archive.settings("title: T\nbase_url: https://example.org\nstories: {Flood: {tags: [War]}}\n")
    for number in range(6):
        others = "[0.md]" if number == 1 else "[]"
        archive.article(
            f"{number}.md",
            date=f"2015-10-0{number + 1}" if number else "",
            source="Post",
            tags="[Syria, War]",
            authors="[Ann Lee]",
            versions=others,
            summary="S",
        )
    archive.article("removed.md", date="2016", removed="by request", corrections="[{text: A}]")
    subject = Subject(archive.path, load_config(archive.path), SerialMapper())
    renderer = Renderer(archive.path, subject.config)
    context = RenderContext(
        renderer,
        Archive(subject.catalogue, subject.config, subject.album),
        lambda _path, _data: True,
        Articles(subject.content, {}, Reader(subject.content), {}),
    )
    made = decode_made(
        render_groups(context, [(group, NO_PAGES) for group in all_groups(context.archive)])
    )
    assert {page.group[0] for page in made} >= {"article", "term", "period", "home", "versions"}
    assert renderer._indirect == set()


SETTINGS_SHOWN = {
    "a value": ("{{ site.title }}", "News"),
    "a branch": ("{% if site.list_files %}yes{% else %}no{% endif %}", "yes"),
    "a branch behind another": (
        "{% if page %}1{% elif site.list_files %}2{% else %}3{% endif %}",
        "2",
    ),
    "branches in a branch": (
        "{% if page %}1{% elif not page %}{% if site.title == 'News' %}2{% endif %}3{% endif %}",
        "23",
    ),
    "a branch before others": (
        "{% if not site.list_files %}1{% elif not page %}2{% else %}3{% endif %}",
        "2",
    ),
    "a part": ("{{ part('_part.html', v=site.title) }}", "News"),
    "a part with values in a mapping": ("{{ part('_part.html', **{'v': site.title}) }}", "News"),
    "a part by another name": ("{% set p = part %}{{ p('_part.html', v=1) }}", "1"),
    "another function": (
        "{% macro m(a) %}{{ a }}{% endmacro %}{{ m('_part.html') }}",
        "_part.html",
    ),
    "another thing of that name": ("{% set site = {'title': 'own'} %}{{ site.title }}", "own"),
    "a parameter of that name": (
        "{% macro m(site) %}{{ site.title }}{% endmacro %}{{ m({'title': 'own'}) }}",
        "own",
    ),
    "a module of that name": ("{% import '_own.html' as site %}{{ site.title }}", "own"),
    "a macro of that name": (
        "{% macro part(name) %}own{% endmacro %}{{ part('_part.html') }}",
        "own",
    ),
    "a macro from elsewhere": ("{% from '_own.html' import part %}{{ part('_part.html') }}", "own"),
    "one that gets that name": (
        "{% from '_own.html' import m as part %}{{ part('_part.html') }}",
        "own",
    ),
}


@pytest.mark.parametrize("case", SETTINGS_SHOWN)
def test_settings_are_put_in(case: str, tmp_path: Path) -> None:
    text, shown = SETTINGS_SHOWN[case]
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "404.html").write_text(text, "utf-8")
    own = "{% set title = 'own' %}{% macro m(_) %}own{% endmacro %}{% set part = m %}"
    (tmp_path / "templates" / "_own.html").write_text(own, "utf-8")
    (tmp_path / "templates" / "_part.html").write_text("{{ v if v is defined }}", "utf-8")
    (tmp_path / "templates" / "index.html").write_text("{% include '404.html' %}!", "utf-8")
    renderer = Renderer(tmp_path, parse_config("title: News"))
    assert renderer._text("404.html", {"page": ""}) == shown
    assert renderer._text("index.html", {"page": ""}) == f"{shown}!"


def test_each_template_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: Counter[str] = Counter()
    parse = jinja2.Environment._parse

    def counted(
        self: jinja2.Environment, source: str, name: str | None, filename: str | None
    ) -> jinja2.nodes.Template:
        read[source] += 1
        return parse(self, source, name, filename)

    monkeypatch.setattr(jinja2.Environment, "_parse", counted)
    Renderer(tmp_path, parse_config("title: News")).prepare()
    assert set(read.values()) == {1}
    assert len(read) > 30

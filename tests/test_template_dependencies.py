"""A page is made again when what its template shows has changed, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_gen.config import parse_config
from archive_gen.pages.base import Page
from archive_gen.pages.values import NotFoundData
from archive_gen.rendering.render import Renderer

TITLE = {"_part.html": "{{ site.title }}"}
MACRO = {"_part.html": "{% macro m() %}{{ site.title }}{% endmacro %}"}
STYLE = {"assets/mine.css": "old"}
CASES: dict[str, tuple[str, dict[str, str]]] = {
    "a setting": ("{{ site.title }}", {}),
    "a setting as an item": ("{{ site['title'] }}", {}),
    "a setting by a filter": ("{{ site|attr('title') }}", {}),
    "all settings under another name": ("{% set s = site %}{{ s.title }}", {}),
    "a function": ("{{ site_id() }}", {}),
    "a function under another name": ("{% set f = site_id %}{{ f() }}", {}),
    "a filter": ("{{ 'a/'|absolute }}", {}),
    "a filter of several": ("{{ ['a/']|map('absolute')|join }}", {}),
    "a filter of a block": ("{% filter absolute %}a/{% endfilter %}", {}),
    "the language": ("{{ '2015-10'|long_period }}", {}),
    "an included template": ("{% include '_part.html' %}", TITLE),
    "one of several": ("{% include ['_none.html', '_part.html'] %}", TITLE),
    "one chosen when it runs": ("{% set n = '_part.html' %}{% include n %}", TITLE),
    "one of several chosen then": ("{% set n = '_part.html' %}{% include ['_a.html', n] %}", TITLE),
    "a text chosen when it runs": (
        "{% set n = '_part.txt' %}{% include n %}",
        {"_part.txt": "{{ site.title }}"},
    ),
    "an extended template": ("{% extends '_part.html' %}", TITLE),
    "a macro": ("{% from '_part.html' import m %}{{ m() }}", MACRO),
    "a macro of a module": ("{% import '_part.html' as p %}{{ p.m() }}", MACRO),
    "a part": ("{{ part('_part.html') }}", TITLE),
    "a part by its parameter": ("{{ part(name='_part.html') }}", TITLE),
    "a part chosen when it runs": ("{% set n = '_part.html' %}{{ part(n) }}", TITLE),
    "a part under another name": ("{% set p = part %}{{ p('_part.html') }}", TITLE),
    "an asset": ("{{ 'mine.css'|asset }}", STYLE),
    "an asset chosen when it runs": ("{% for a in ['mine.css'] %}{{ a|asset }}{% endfor %}", STYLE),
    "assets of several names": ("{{ ['mine.css']|map('asset')|join }}", STYLE),
    "an asset of a block": ("{% filter asset %}mine.css{% endfilter %}", STYLE),
    "nothing": ("{{ page.url }}", {**TITLE, **STYLE}),
}


def made(site: Path, settings: str, files: dict[str, str]) -> tuple[str, bytes]:
    """The fingerprint and the text of a page."""
    for name, text in files.items():
        path = site / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    renderer = Renderer(site, parse_config(settings))
    page = Page("404.html", "404.html", NotFoundData())
    return renderer.fingerprint(page), renderer.render(page)


@pytest.mark.parametrize("case", CASES)
def test_what_a_template_shows_is_in_its_fingerprint(case: str, tmp_path: Path) -> None:
    text, others = CASES[case]
    files = {"404.html": text, **others}
    before = made(tmp_path, "title: Old\n", files)
    assert made(tmp_path, "title: Old\n", files) == before
    settings = "title: New\nbase_url: https://example.org\n"
    language = "language: de\n" * (case == "the language")  # of every page
    after = made(tmp_path, settings + language, files | dict.fromkeys(files.keys() & STYLE, "new"))
    shown = before[1] != after[1]
    assert shown == (before[0] != after[0]) == (case != "nothing")

"""A page is made again when what its template shows has changed, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_gen.config import parse_config
from archive_gen.pages.base import Page
from archive_gen.pages.values import NotFoundData
from archive_gen.rendering.render import Renderer
from tests.archive_folder import ArchiveFolder

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


ADDRESS, NAME, ABOUT = "base_url: https://a.example", "title: New", "description: New"
SERVERS = "image_origins: ['https://p.example']"
READ = [
    ("{{ site_id() }}", NAME),
    ("{{ feed_id('2015/') }}", NAME),
    ("{{ csv_table(['url'], [['a/']]) }}", ADDRESS),
    ("{{ json_table('', '', ['url'], [['a/']]) }}", ADDRESS),
    ("{{ json_table('', '', ['url'], [['a/']]) }}", NAME),
    ("{{ json_feed('', '', []) }}", ADDRESS),
    ("{{ json_feed('', '', []) }}", NAME),
    ("{{ json_feed('', '', []) }}", ABOUT),
    ("{{ news_article(entry, article, page.url) }}", ADDRESS),
    ("{{ citations(entry, article) }}", ADDRESS),
    ("{{ citations(entry, article) }}", NAME),
    ("{{ body }}", SERVERS),
    ("{{ lead.loaded if lead }}", SERVERS),
    ("{{ figures|map(attribute='loaded')|join }}", SERVERS),
]


@pytest.mark.parametrize(("text", "setting"), READ)
def test_what_a_function_reads_of_the_settings_makes_a_page_again(
    text: str, setting: str, archive: ArchiveFolder
) -> None:
    archive.settings("title: Old\n")
    archive.bare_templates()
    archive.template("article.html", text)
    pictures = [f"https://p.example/{name}.jpg" for name in "abc"]
    archive.article("a.md", f"![A]({pictures[0]})", images=[{"src": one} for one in pictures[1:]])
    assert archive.build().problems == []
    before = archive.page("undated/a/index.html")
    archive.settings(setting if setting == NAME else f"title: Old\n{setting}\n")
    archive.build()
    after = archive.page("undated/a/index.html")
    archive.forget()
    archive.build()
    assert before != after == archive.page("undated/a/index.html")

"""Links and stress of an article's own HTML: kept where they stood, and nothing else of it."""

from __future__ import annotations

import dataclasses
import html
import re
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_gen.article import ARTICLE, HTML, Article, RawDocument
from archive_gen.cleaning import clean
from archive_gen.cli import group
from archive_gen.intake.sources.source_files import parse
from archive_gen.intake.terms.suggestions import terms_of
from archive_gen.intake.terms.vocabulary import Vocabulary, with_vocabulary
from archive_gen.intake.versions import sketch
from archive_gen.markup import plain_text, to_html
from tests.html_pages import HEADLINE, STORY

BASE = "https://courier.example/2015/10/ferry.html"


def body(text: str, url: str = BASE) -> str:
    known = {"title": "Ferry to sail again", "url": url}
    return clean(RawDocument("f", b"", text, HTML + ARTICLE, known)).article.body


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (
            "The <a href='https://a.example/r.pdf'>report</a> is out.",
            "The [report](https://a.example/r.pdf) is out.",
        ),
        ("See <a href='../09/storm.html#top'>the storm</a>.",
         "See [the storm](https://courier.example/2015/09/storm.html#top)."),
        ("Write to <a href='mailto:desk@a.example'>the desk</a>.",
         "Write to [the desk](mailto:desk@a.example)."),
        ("A <b>very</b> <i>old</i> boat.", "A **very** *old* boat."),
        ("A<b> very </b>old boat.", "A **very** old boat."),
        ("<strong>He <em>said</em> so</strong> twice.", "**He said so** twice."),
        ("<a href='https://a.example/x'><b>All of it</b></a> is here.",
         "[**All of it**](https://a.example/x) is here."),
        ("<b>See <a href='https://a.example/x'>this</a> now</b>.",
         "**See [this](https://a.example/x) now**."),
        ("Wow!<a href='https://a.example/x'>Look</a>", "Wow\\![Look](https://a.example/x)"),
        ("<a href='https://a.example/x y_(z)'>A [b] *c*</a> is one.",
         "[A \\[b\\] \\*c\\*](https://a.example/x%20y_%28z%29) is one."),
    ],
)  # fmt: skip
def test_links_and_stress_stay(written: str, kept: str) -> None:
    assert body(f"<p>{written}</p>") == kept


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "data:text/html,x", "#note-1", "", "ferry.html#comments", "http://[",
        "//", f"https://a.example/{'x' * 3000}", "file:///etc/passwd", "java\tscript:alert(1)",
    ],
)  # fmt: skip
def test_of_a_link_to_nowhere_its_text_stays(address: str) -> None:
    text = f'<p>The <a href="{html.escape(address)}">report</a> is out.</p>'
    assert body(text) == "The report is out."


def test_a_link_within_a_site_needs_the_address_of_its_page() -> None:
    assert body("<p>See <a href='/storm'>the storm</a>.</p>", url="") == "See the storm."


@pytest.mark.parametrize(
    "written",
    [
        "<b>T</b>he boat left.",
        "<a href='https://a.example/x'><img src='x.png'></a>The boat left.",
        "<a name='top'></a>The boat left.",
        "The <b> </b>boat left.",
    ],
)
def test_what_marks_no_words_is_left_out(written: str) -> None:
    assert body(f"<p>{written}</p>") == "The boat left."


def test_stress_over_several_lines_marks_each() -> None:
    text = "<p>Words.</p><b>One <i>line</i><br>Another line.</b><p>And one more.</p>"
    lines = ["**One line**", "**Another line.**"]
    assert re.split(r"\s*\n\s*", body(text)) == ["Words.", *lines, "And one more."]


def test_lists_quotes_and_cells_have_them_too() -> None:
    link = "<a href='https://a.example/x'>one</a>"
    text = (
        f"<p>First.</p><h2>Of <b>{link}</b></h2><ul><li>• {link} berth</li></ul>"
        f"<blockquote>Take {link}.</blockquote><table><tr><th>A</th><th>B</th></tr>"
        f"<tr><td>{link}|2</td><td>3</td></tr></table>"
    )
    kept = "[one](https://a.example/x)"
    assert body(text).split("\n\n")[1:] == [
        f"## Of {kept}",
        f"- {kept} berth",
        f"> Take {kept}.",
        f"| A | B |\n| --- | --- |\n| {kept}\\|2 | 3 |",
    ]


_TEXT = st.text(st.sampled_from("ab *_[]()<>&!:#1.-\\`|~"), max_size=6).map(html.escape)


def _element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    opening = st.sampled_from(["b", "em", "i", "u", "span", "a href='https://a.example/_x_'"])
    return st.builds(lambda tag, text: f"<{tag}>{text}</{tag.split()[0]}>", opening, inner)


_INLINE = st.recursive(
    _TEXT, lambda inner: st.lists(inner | _element(inner), max_size=4).map("".join), max_leaves=12
)


@settings(deadline=None, max_examples=200)
@given(_INLINE)
def test_markup_never_changes_the_words(text: str) -> None:
    bare = html.unescape("".join(part.partition(">")[2] for part in f">{text}".split("<")))
    shown = plain_text(to_html(body(f"<p>Words {text} more</p>")))
    assert shown == " ".join(f"Words {bare} more".split())


LINKED = (
    "The [council](https://a.example/syria/council) **voted** to [close](https://b.example/x) it."
)
PLAIN = "The council voted to close it."


def test_a_text_and_the_same_with_links_are_one_text() -> None:
    assert sketch(LINKED) == sketch(PLAIN)


def test_an_address_is_none_of_the_words() -> None:
    cleaned = clean(RawDocument("f", b"", PLAIN))
    cleaned = dataclasses.replace(
        cleaned, article=msgspec.structs.replace(cleaned.article, body=LINKED, tags=())
    )
    found = with_vocabulary(cleaned, Vocabulary({"Syria": ("Syrian",), "Votes": ("voted",)}))
    assert found.article.tags == ("Votes",)
    named = terms_of(Article("A title", body="They met [Ilse Varden](https://a.example/Old_Quay)."))
    assert "Ilse Varden" in named
    assert not [term for term in named if "Quay" in term]


LINKED_PAGE = (
    f"<html><head><title>{HEADLINE}</title></head><body><article><h1>{HEADLINE}</h1>"
    f"{''.join(f'<p>{each}</p>' for each in STORY)}</article></body></html>"
).replace("voted on Tuesday", "<a href='/vote'>voted</a> on <b>Tuesday</b>")
KEPT = "[voted](https://courier.example/vote) on **Tuesday**"


@pytest.mark.parametrize(
    ("decision", "kept"),
    [
        ("keep", "[voted](https://courier.example/vote) on **Tuesday**"),
        ("drop", "voted on Tuesday"),
    ],
)
def test_web_pages_keep_their_links_where_a_person_says_so(
    tmp_path: Path, decision: str, kept: str
) -> None:
    (tmp_path / "site.yaml").write_text("title: T\n")
    (tmp_path / "a.html").write_text(LINKED_PAGE)

    def archive(*arguments: str) -> str:
        result = CliRunner().invoke(group, [*arguments])
        assert result.exit_code == 0, result.output
        return result.output

    site = ("--site", str(tmp_path))
    archive("import", str(tmp_path / "a.html"), "--url", "https://courier.example/a", *site)
    (article,) = tmp_path.glob("content/**/*.md")
    assert "voted on Tuesday" in article.read_text("utf-8")
    (source,) = tmp_path.glob("content/_sources/*.yaml")
    archive("sources", *site, "links", source.stem, decision)
    assert ("links kept" in archive("sources", *site, "show", source.stem)) == (decision == "keep")
    archive("clean", "--again", *site)
    assert kept in article.read_text("utf-8")
    assert "links" not in article.read_text("utf-8")


def test_what_is_neither_kept_nor_dropped_is_told() -> None:
    source, problems = parse("source: Post\nlinks: perhaps\n", "content/_sources/post.yaml")
    assert source is None
    assert [(one.line, one.message) for one in problems] == [(2, "is neither 'keep' nor 'drop'")]

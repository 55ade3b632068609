"""What hostile text becomes is judged by another parser, as a browser would read it."""

from __future__ import annotations

import concurrent.futures
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_gen.markup import excerpt, plain_text, through_markdown, to_html
from archive_gen.urls import ROOT

XHTML = "{http://www.w3.org/1999/xhtml}"
HOSTILE = Path(__file__).parent / "hostile"
ACTIVE_ELEMENTS = frozenset(
    "script style iframe frame frameset object embed applet form input button select textarea "
    "option base meta link template noscript noembed noframes xmp plaintext title svg math audio "
    "video source track picture portal slot dialog details marquee area map body html head "
    "image bgsound".split()
)
ATTRIBUTES = frozenset(
    "href src alt title lang dir width height datetime start type colspan rowspan scope rel "
    "align".split()
)
HOME = "https://home.example/2015/10/07/slug/index.html"


def hostile_cases():
    for file in sorted(HOSTILE.glob("*.txt")):
        cases = re.split(r"^%%\n", file.read_text("utf-8"), flags=re.MULTILINE)[1:]
        for number, case in enumerate(cases, 1):
            yield pytest.param(case.removesuffix("\n"), id=f"{file.stem}-{number}")


def as_browser_reads(address):
    """The WHATWG rules that matter here: trim, skip tabs and line ends, backslash is slash."""
    address = address.strip("".join(map(chr, range(0x21))))
    return re.sub(r"[\t\n\r]", "", address).replace("\\", "/")


def assert_harmless(html):
    assert ROOT not in html
    for scripting in (True, False):
        tree = html5lib.parseFragment(html, container="div", scripting=scripting)
        for element in tree.iter():
            if element is tree:
                continue
            assert isinstance(element.tag, str), f"a comment or declaration in {html!r}"
            assert element.tag.startswith(XHTML), f"foreign {element.tag} in {html!r}"
            name = element.tag.removeprefix(XHTML)
            assert name not in ACTIVE_ELEMENTS, f"<{name}> in {html!r}"
            assert set(element.attrib) <= ATTRIBUTES, f"{element.attrib} in {html!r}"
            for attribute in ("href", "src"):
                if attribute in element.attrib:
                    assert_harmless_address(name, attribute, element.attrib[attribute])


def assert_harmless_address(element, attribute, value):
    address = as_browser_reads(value)
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", address)
    assert not scheme or scheme[1].lower() in ("http", "https", "mailto"), value
    if attribute == "src":
        assert element == "img"
        assert not scheme, value
        assert urlsplit(urljoin(HOME, address)).netloc == "home.example", value


@pytest.mark.parametrize("text", list(hostile_cases()))
def test_hostile_text_can_do_nothing(text):
    assert_harmless(to_html(text))
    # In the middle of an article, too, where other rules of Markdown are at work.
    assert_harmless(to_html(f"Words *before*\n{text}\n\nand after it\n\n{text}"))


def test_there_are_hostile_cases_of_every_family():
    assert len(list(hostile_cases())) >= 200


MARKDOWN_PIECES = st.sampled_from(
    [
        *"*_`[](){}<>!#+-=~|\\\"':;.,&\n\t /@^$%01aZ",
        *(
            "\n\n",
            "    ",
            "  \n",
            "> ",
            "- ",
            "1. ",
            "1) ",
            "***",
            "---",
            "===",
            "```",
            "~~~",
            "![",
            "](",
        ),
        *(
            "](javascript:a)",
            "](//e.example/a)",
            "<a href=",
            "<img src=",
            "<p ",
            "</p>",
            "<!--",
            "-->",
        ),
        *("<script>", "</script>", "<svg>", "<style>", "onerror=a ", "&#", "&#x", "&amp;", "&lt;"),
        *("&copy", "&T", "AT&T's", "&T-9;", "] [", "]\n[", "\n1.5", "\n2)", "\n3.", "&ſ;", "&a.b;"),
        *(
            "<http://a.b>",
            "<a@b.c>",
            "[1]: ",
            "[1]",
            "*[a]: b",
            "[^1]",
            "|-|",
            "\r",
            "\r\n",
            "\x85",
        ),
        *("\u2028", "\xa0", "\u3000", "\x0b", "\x0c", "\x00", "\x02", "\x03", "\x1c", "\x7f", ROOT),
        *("é", "日本", "ß", "word", "two words", "2015. ", "A. ", ": ", "\u200b", "\ufeff"),
    ]
)
markdown_flavoured = st.lists(MARKDOWN_PIECES, max_size=30).map("".join)


@given(markdown_flavoured)
def test_whatever_markdown_makes_of_it_is_harmless(text):
    assert_harmless(to_html(text))


@given(st.one_of(markdown_flavoured, st.text(max_size=60)))
def test_the_short_cut_for_plain_paragraphs_changes_nothing(text):
    assert to_html(text) == through_markdown(text.replace(ROOT, ""))


plain_paragraphs = st.lists(
    st.text(
        st.one_of(
            st.sampled_from(" '\"&;.,-–()!?#+=~:1aß日\xa0\u3000"),
            st.characters(exclude_categories=["Cs"]),
        ),
        min_size=1,
        max_size=25,
    ),
    max_size=6,
).map("\n".join)


@given(plain_paragraphs)
def test_the_short_cut_changes_nothing_for_what_it_is_made_for(text):
    assert to_html(text) == through_markdown(text.replace(ROOT, ""))


# What importers write for marks that are text, beside marks that are none where they stand.
ALMOST_MARKUP = st.sampled_from(
    [
        *(f"\\{mark}" for mark in "\\`*_{}[]()>#+-.!|&<"),
        *("[", "]", "[a]", "] ", "](", "]:", "[a][b]", "![", "[1]: x", "\n[", "[x] (y)"),
        *(
            "_",
            "a_b",
            "_a",
            "b_",
            "é_é",
            "a__b",
            "1_2",
            "word",
            "two words",
            "\n",
            "\n\n",
            " ",
            "\ue000",
        ),
        *(
            "&",
            "&lt;",
            "&amp;",
            "&gt;",
            "&amp;lt;",
            "&quot;",
            "&lt",
            "&\\#38;",
            "&lt\\_;",
            "1\\.",
            ":",
        ),
    ]
)


@settings(max_examples=1000)
@given(st.lists(ALMOST_MARKUP, max_size=14).map("".join))
def test_the_short_cut_changes_nothing_for_what_is_almost_markup(text):
    assert to_html(text) == through_markdown(text)


WORDS = st.text(st.sampled_from("ab 1.,:;!?()'\"-–#+=~&<>_*[]`\\|/é日\n\xa0\u200b"), max_size=6)
SERVERS = (
    *("https://a.example", "http://b-c.example.org", "https://xn--a.example", "https://1.2.3.256"),
    *("http://a", "mailto:a@b.example", "javascript:a", "https://-.example", "/a", ""),
)
PLACE = st.builds(
    "{}{}{}".format,
    st.sampled_from(SERVERS),
    st.sampled_from(["", "/", "?", "#", ":80", "@"]),
    st.text(st.sampled_from("ab1./?=&;%~_-+@#,:*()[]<>\"' \\`^|amp"), max_size=8),
)
SIMPLE_MARKS = st.one_of(
    st.builds("[{}]({})".format, WORDS, PLACE),
    st.builds("*{}*".format, WORDS),
    st.builds("**{}**".format, WORDS),
    WORDS,
    ALMOST_MARKUP,
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(SIMPLE_MARKS, max_size=6).map("".join))
def test_the_short_cut_for_links_and_stress_changes_nothing(text):
    assert to_html(text) == through_markdown(text)


def test_links_and_stress_take_the_short_cut(monkeypatch):
    text = (
        "See [the plan](https://a.example/b_c?d=1&e#f), *now* (and **soon**).\n\nA _b_c \\* d & e."
    )
    made = through_markdown(text.replace("_b_c", "b_c"))
    monkeypatch.setattr("archive_gen.markup.through_markdown", None)
    assert to_html(text.replace("_b_c", "b_c")) == made


N = 50_000


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(piece * N, id=repr(piece))
        for piece in (
            *(">", "> ", "[", "![", "[a](", "*", "*a", "_a", "*_", "`", "<", "<a ", "<b>", "<div>"),
            *(
                "<div>\n",
                "<!--",
                "<![CDATA[",
                "<?",
                "<http://",
                "<a@",
                "- ",
                "1. ",
                "- > ",
                "#",
                "\\",
            ),
            *("&#", "\t", " ", "\n", "|", "- a\n\n", "[a]: <", "***a", "a  \n", "<p title='"),
            *("***\n", "a\n===\n", "# a\n", "&amp;", "<br>", "*a* ", "[a](b)"),
        )
    ]
    + [
        pytest.param("[" * N + "x" + "](u)" * N, id="nested links"),
        pytest.param("\n".join("    " * n + "* a" for n in range(400)), id="nested lists"),
        pytest.param("> " * 400 + "- " * 400 + "a", id="lists in quotes"),
        pytest.param("a|b\n-|-\n" + "a|" * N, id="a wide table"),
    ],
)
def test_no_text_stops_the_build(text):
    assert_no_tags_of_its_own(to_html(text))


def assert_no_tags_of_its_own(html):
    assert not re.search(r"<(?:script|style|svg|\?|!)", html)


def test_a_deep_text_reads_the_same_from_anywhere_and_leaves_nothing_behind():
    ordinary = "- a\n\n- b\n- c\n\n> d\n"
    deep = "\n".join("    " * n + "* a" for n in range(30)) + "\n\n" + "> - " * 15 + "b"
    deeper = "\n".join("    " * n + "* a" for n in range(200))
    texts = (ordinary, deep, deeper)
    expected = [to_html(text) for text in texts]
    assert [called_from_depth(400, text) for text in texts] == expected
    assert [to_html(text) for text in texts] == expected


def called_from_depth(depth, text):
    return called_from_depth(depth - 1, text) if depth else to_html(text)


def test_thirty_levels_are_understood_and_a_thousand_shown_as_written():
    assert to_html("> " * 30 + "a").count("<blockquote>") == 30
    assert "blockquote" not in to_html("> " * 1000 + "a")
    assert "&gt; &gt;" in to_html("> " * 1000 + "a")


def test_a_long_rule_is_a_rule():
    assert to_html("a\n\n" + "* " * 60 + "\n\nb") == "<p>a</p>\n<hr>\n<p>b</p>"


def test_a_long_list_of_links_is_a_list_of_links():
    html = to_html("- [a (b)](http://a.example/b_(c)) (d)\n" * 2000)
    assert html.count("<a href=") == 2000


def test_threads_do_not_disturb_each_other():
    texts = [f"- [a{n}](b{n})\n    - *c{n}*\n\n> {n}\n\n[x]\n\n[x]: y{n}" for n in range(200)]
    expected = [to_html(text) for text in texts]
    with concurrent.futures.ThreadPoolExecutor(8) as executor:
        assert list(executor.map(to_html, texts)) == expected


def test_what_a_text_needs_is_kept():
    html = to_html(
        '# Heading\n\nA *word* and **two**, [a link](https://a.example/ "t"), '
        "![a picture](p.png).\n\n"
        "1. one\n2. two\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "x<sup>2</sup>\n\n<figure><img src='../p.png'><figcaption>c</figcaption></figure>\n"
    )
    for part in (
        "<h2>Heading</h2>",
        "<em>word</em>",
        "<strong>two</strong>",
        'href="https://a.example/"',
        'src="p.png"',
        "<ol>",
        "<blockquote>",
        "<td>2</td>",
        "<sup>2</sup>",
        'src="../p.png"',
        "<figcaption>c</figcaption>",
    ):
        assert part in html


def test_headings_leave_the_first_level_to_the_page():
    html = to_html("\n\n".join("#" * n + f" h{n}" for n in range(1, 7)))
    assert re.findall(r"<(h\d)>h(\d)", html) == [
        ("h2", "1"),
        ("h3", "2"),
        ("h4", "3"),
        ("h5", "4"),
        ("h6", "5"),
        ("h6", "6"),
    ]


def test_no_level_of_heading_is_skipped():
    html = to_html("## One\n\n#### Below\n\n## Two")
    assert re.findall(r"<(h\d)>(\w+)", html) == [("h2", "One"), ("h3", "Below"), ("h2", "Two")]


def test_links_tell_other_sites_nothing():
    assert 'rel="nofollow noopener noreferrer"' in to_html("[a](https://a.example/)")


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_any_system_are_line_ends(end):
    text = "One\ntwo\n\n- three\n- four\n\nfive"
    assert to_html(text.replace("\n", end)) == to_html(text)
    assert excerpt(text.replace("\n", end)) == excerpt(text)


# -- plain text

words = st.lists(st.text("abcé日<>&\"'", min_size=1, max_size=6), min_size=1, max_size=5)


@given(st.lists(words, min_size=1, max_size=5))
def test_plain_text_gives_back_the_words(blocks):
    text = "\n\n".join(
        " ".join("".join(f"&#{ord(c)};" for c in word) for word in block) for block in blocks
    )
    expected = "\n".join(" ".join(block) for block in blocks)
    assert plain_text(to_html(text)) == expected


@given(markdown_flavoured)
def test_plain_text_is_what_a_browser_would_show(text):
    html = to_html(text)
    tree = html5lib.parseFragment(html, container="div")
    shown = "".join(tree.itertext())
    assert "".join(plain_text(html).split()) == "".join(shown.split())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<div>a</div><div>b</div>", ["a", "b"]),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", ["a", "b"]),
        ("a  \nb", ["a", "b"]),
        ("| a | b |\n|---|---|\n| c | d |", ["a", "b", "c", "d"]),
        ("a<hr>b", ["a", "b"]),
        ("<p title='a>b'>c</p>", ["c"]),
        ("<dl><dt>a<dd>b</dl>", ["a", "b"]),
        ("<b>a</b>b <u>c</u>.", ["ab c."]),
        ("<p>a<table><tr><td>b</table>", ["a", "b"]),
    ],
)
def test_plain_text_has_a_line_for_each_block(text, lines):
    assert plain_text(to_html(text)).split("\n") == lines


# -- excerpt


@given(st.one_of(markdown_flavoured, st.text(max_size=80)), st.integers(1, 40))
def test_an_excerpt_is_short_and_one_line(text, limit):
    short = excerpt(text, limit)
    assert len(short) <= limit + 1
    assert short == " ".join(short.split())


def test_an_excerpt_of_chinese_is_half_as_long():
    told = "港口委员会决定重建北码头，工程将于明年三月开工。" * 20
    assert excerpt(told) == f"{told[:120]}…"
    assert len(excerpt("The board met 港口委员会 again. " * 20)) > 200


PIECES = (*"ab é\u00a0.;#&", "&lt;", "&gt;", "&amp;", "&copy;", "&copy", "&#60;", "AT&T")


@given(st.lists(st.sampled_from((*PIECES, "<", ">", "_", "*", "\\", "[")), max_size=12))
def test_an_excerpt_has_the_words_that_the_page_shows(pieces):
    text = "x" + "".join(pieces)
    assert excerpt(text) == " ".join(plain_text(through_markdown(text)).split())


@given(st.lists(st.text("abcd", min_size=1, max_size=9), min_size=1, max_size=60))
def test_an_excerpt_ends_at_a_word(words):
    text = " ".join(words)
    short = excerpt(text, 30)
    if len(text) <= 30:
        assert short == text
    else:
        assert short.endswith("…")
        assert (text + " ").startswith(short[:-1] + " ")


def test_an_excerpt_is_of_the_first_paragraph_with_words():
    text = "# Heading\n\n![picture](a.png)\n\n<!-- note -->\n\nThe *first* words.\n\nOthers."
    assert excerpt(text) == "The first words."
    assert excerpt("") == ""
    assert excerpt("# Only a heading") == ""


def test_the_excerpt_of_an_endless_word_is_cut():
    assert excerpt("a" * 1000, 100) == "a" * 100 + "…"

"""Markdown file ↔ article."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_gen.article import Article, Image
from archive_gen.content.frontmatter import dump, parse, parse_bytes, splice, with_body
from archive_gen.dates import parse_date
from archive_gen.urls import ROOT, slugify
from tests.test_problems import CONFLICT


def read(front: str, body: str = "") -> Article:
    article, problems = parse(f"---\n{front}\n---\n{body}", "a.md")
    assert problems == []
    assert article is not None
    return article


def faults(front: str) -> list[str]:
    article, problems = parse(f"---\n{front}\n---\nText.", "a.md")
    assert article is None
    assert all(problem.hint for problem in problems)
    return [f"{problem.line}: {problem.message}" for problem in problems]


# --- reading ------------------------------------------------------------------------------------


def test_a_character_spelt_in_two_halves_as_in_json_is_one() -> None:
    title = "Joy \U0001f600 at last"
    article = read(f"title: {json.dumps(title)}\nplace: Tolland", r"As \ud83d\ude00 is written.")
    assert (article.title, article.body) == (title, r"As \ud83d\ude00 is written.")
    assert read(r"title: 'Joy \ud83d\ude00'").title == r"Joy \ud83d\ude00"
    (fault,) = faults('place: "\\ud83d\\ude00"\ntitle: "Joy \\ud83d"')
    assert fault.startswith("3: not valid YAML")


@pytest.mark.parametrize(
    "title", ["1984", "Yes", "007", "12:30", "1e3", "null and void", "2015-10-07"]
)
def test_a_text_stays_as_written(title: str) -> None:
    assert read(f"title: {title}").title == title


def test_what_people_leave_out_or_shorten() -> None:
    article = read("title: x\ntags: Syria\nauthors:\ndate:\nsource: ~\nimages: {caption: A boat}")
    assert article == Article("x", tags=("Syria",), images=(Image("A boat"),))
    assert read("title: x\ntags: [Syria, '', Boats, Syria]").tags == ("Syria", "Boats")


def test_files_of_other_systems() -> None:
    article, _ = parse("\ufeff---\r\ntitle: x\r\n---\r\n\r\nOne\r\ntwo\r\n", "a.md")
    assert article == Article("x", body="One\ntwo")


def test_unknown_keys_become_plain_values() -> None:
    front = (
        "title: x\na: 1\nb: 1.5\nc: true\nd: yes\ne: 007\nf: [1, {g: ~}]\nh: 2015-10-07\ni: .inf"
    )
    assert read(front).extra == {
        "a": 1, "b": 1.5, "c": True, "d": "yes", "e": "007", "f": [1, {"g": None}],
        "h": "2015-10-07", "i": ".inf",
    }  # fmt: skip


def test_characters_that_are_no_text_are_taken_out() -> None:
    article = read(f'title: "a\\0b{ROOT}c"', f"x{ROOT}\x07y\0")
    assert (article.title, article.body) == ("abc", "xy")


def test_a_title_over_several_lines_is_one_line() -> None:
    assert read("title: >\n  One\n  two").title == "One two"


# --- faults -------------------------------------------------------------------------------------


def test_all_faults_of_a_file_at_once() -> None:
    front = "date: 2015-02-30\nurl: javascript:alert(1)\nlanguage: pt_BR\ntags: {a: b}\noriginal: x"
    assert faults(front) == [
        "2: 'date': '2015-02-30' names a day that does not exist",
        "2: has no title",
        "3: 'url': 'javascript:alert(1)' is not a web address",
        "4: 'language': 'pt_BR' is not a language tag",
        "5: 'tags' must be a list of texts",
        "6: 'original': 'x' is not a checksum",
    ]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: ''", "2: 'title' is empty"),
        ("title: [a]", "2: 'title' must be one text, not a list"),
        ("title: x\ntitle: y", "3: 'title' is set twice"),
        ("title: x\nmore: {a: 1, a: 2}", "3: 'a' is set twice"),
        ("title: a: b", "2: not valid YAML: mapping values are not allowed in this context"),
        ("- title", "2: front matter is no list of keys"),
        (
            "title: x\nrun: !!python/object/apply:os.system [ls]",
            "3: the type '!!python/object/apply:os.system' is not allowed",
        ),
        ("title: !mine x", "2: the type '!mine' is not allowed"),
        ("title: x\ntags: !mine [a]", "3: the type '!mine' is not allowed"),
        ("title: x\n<<: {a: b}", "3: '<<' can't be a key"),
        ("title: x\nslug: ../up", "3: 'slug': '../up' can't stand in an address"),
        (
            "title: x\nversions: ../../etc.md",
            "3: 'versions': '../../etc.md' is not an article's path",
        ),
        ("title: x\nversions: /a.md", "3: 'versions': '/a.md' is not an article's path"),
        ("title: x\nversions: a\\b.md", "3: 'versions': 'a\\b.md' is not an article's path"),
        (
            "title: x\nimages: [{src: 'javascript:1'}]",
            "3: 'images': 'javascript:1' is not an address",
        ),
        ("title: x\nimages: [{size: y}]", "3: 'images': unknown 'size'"),
        ("title: x\nu: a\u2028b\ndate: soon", "4: 'date': 'soon' is not a date"),
    ],
)
def test_a_fault_has_its_line(front: str, expected: str) -> None:
    assert faults(front) == [expected]


@pytest.mark.parametrize(
    ("date", "meant"),
    [
        ("Tuesday, 4th March, 1902", "1902-03-04"),
        ("4. März 1902", "1902-03-04"),
        ("1902-3-4", "1902-03-04"),
        ("‘1902-03-04’", "1902-03-04"),
        ("25/12/1902", "1902-12-25"),
        ("04/03/1902", "1902-03-04 or 1902-04-03"),
        ("1890s", "1890/1899"),
        ("189X", "1890/1899"),
        ("c. 1902", "1902, or 1902~ (approximate),"),
        ("Spring 1902", "1902, or 1902~ (approximate),"),
        ("Oct 1902", "1902-10, or 1902-10~ (approximate),"),
        ("październik 1902", "1902-10, or 1902-10~ (approximate),"),
        ("10/1902", "1902-10, or 1902-10~ (approximate),"),
        ("ca. 1902-05", "1902-05, or 1902-05~ (approximate),"),
    ],
)
def test_a_date_in_another_form_is_told_as_it_is_to_be_written(date: str, meant: str) -> None:
    (problem,) = parse(f"---\ntitle: x\ndate: {date}\n---\n", "a.md")[1]
    assert problem.message == f"'date': '{date}' is not a date"
    assert problem.hint == f"write {meant} if that is meant"


@pytest.mark.parametrize("date", ["soon", "1902-13-04", "1902-05-04/1902-03-01", "20150-03-04"])
def test_a_date_that_nobody_can_know_is_not_guessed(date: str) -> None:
    (problem,) = parse(f"---\ntitle: x\ndate: {date}\n---\n", "a.md")[1]
    assert problem.hint.startswith("write it like 2015-10-07, ")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{CONFLICT}---\ntitle: T\n---\n", 1),
        (f"---\ntitle: T\n{CONFLICT}---\nText.\n", 3),
        (f"---\ntitle: T\nsummary: |\n  one\n{CONFLICT}---\n", 5),
        (f"---\ntitle: T\n---\n\nText.\n\n{CONFLICT}", 7),
    ],
)
def test_two_versions_that_were_not_merged_are_no_article(text: str, line: int) -> None:
    article, problems = parse(text, "a.md")
    assert article is None
    assert [(one.line, one.message) for one in problems] == [
        (line, "two versions stand here that were not merged")
    ]


def test_old_addresses_may_be_written_in_several_ways() -> None:
    written = "[/2015/10/07/a/, 2015/10/b, /undated/c-d/index.html, /2015/10/07/a, -0044/03/e]"
    assert read(f"title: T\naliases: {written}").aliases == (
        *("2015/10/07/a/", "2015/10/b/", "undated/c-d/", "-0044/03/e/"),
    )


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/2015/10/", "/2015/10/07/", "/tags/a/", "/2015/10/page-2/", "/2015/../a/"),
        *("/2015/10/Con/", "/2015/con/", "https://x.example/2015/a/", "/2015/a/feed.xml"),
    ],
)
def test_an_old_address_takes_that_of_no_list(address: str) -> None:
    assert faults(f"title: T\naliases: ['{address}']") == [
        f"3: 'aliases': '{address}' is no address of an article here"
    ]


def test_slips_of_a_hand_are_named() -> None:
    (problem,) = parse("---\nTitle: x\n---\n", "a.md")[1]
    assert problem.hint == "write 'title:', not 'Title:'"
    (problem,) = parse("---\ntitel: x\n---\n", "a.md")[1]
    assert problem.hint == "write 'title:', not 'titel:'"
    (problem,) = parse("---\nsubtitle: x\n---\n", "a.md")[1]
    assert problem.hint == "add a line 'title: …'"
    (problem,) = parse("---\ntitle: x\ntags:\n\t- a\n---\n", "a.md")[1]
    assert str(problem) == (
        "a.md:4: not valid YAML: a tab stands where only spaces may — put spaces in its place"
    )


def test_files_that_are_no_articles() -> None:
    assert parse("Just text", "a.md")[1][0].message == "has no front matter"
    assert parse("---\ntitle: x\n", "a.md")[1][0].message == "front matter is not closed"
    assert parse_bytes(b"---\ntitle: x\n---\nOne\n\xff", "a.md")[1][0].line == 5


DEEP = [
    "[" * 100_000,
    "{a: " * 100_000,
    "\n  " + "- " * 20_000 + "x",
    "\n" + "\n".join(" " * n + "a:" for n in range(1, 3000)),
    "&a [*a]",
    "&a [1,1,1,1,1,1,1,1,1,1]\n"
    + "\n".join(
        f"{c}: &{c} [{','.join(['*' + p] * 10)}]"
        for p, c in zip("abcdefgh", "bcdefghi", strict=True)
    ),
]


@pytest.mark.parametrize("value", DEEP)
def test_yaml_made_to_harm_is_a_fault(value: str) -> None:
    assert len(faults(f"title: x\na: {value}")) == 1


@settings(deadline=None, max_examples=50)
@given(st.text(st.sampled_from("title: \n-[]{}&*!|>'\"%@`#,?~<\\\0\t\u2028x1"), max_size=60))
def test_no_front_matter_raises(front: str) -> None:
    article, problems = parse(f"---\ntitle: x\n{front}\n---\n", "a.md")
    assert (article is None) == bool(problems)


# --- writing ------------------------------------------------------------------------------------

lines = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"], exclude_characters="\ufeff"),
    max_size=30,
).map(str.strip)
words = lines.filter(bool)
several = st.lists(words, max_size=3, unique=True).map(tuple)
bodies = st.lists(words, max_size=3).map("\n\n".join)
dates = st.sampled_from(
    [
        "2015",
        "2015~",
        "2015?",
        "2015-10",
        "2015-10-07",
        "2015-10-07T14:05:00Z",
        "2015-09-30/2015-10-31",
        "2015-XX",
    ]
).map(parse_date)
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.integers(-(10**9), 10**9).map(lambda number: number / 10**6)
    | lines
    | st.text("a\n x:-", max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
articles = st.builds(
    Article,
    title=words | st.sampled_from(["1984", "null", "~", "a: b", "- a", "#x", "---", "=", "<<"]),
    body=bodies,
    date=st.none() | dates,
    source=lines,
    summary=lines,
    authors=several,
    place=lines,
    language=st.sampled_from(["", "en", "zh-Hant"]),
    tags=several,
    url=st.sampled_from(["", "https://example.org/a?b=c#d"]),
    images=st.lists(st.builds(Image, words, lines), max_size=2).map(tuple),
    original=st.sampled_from(["", "sha256:" + "0a" * 32]),
    slug=words.map(slugify).map(slugify) | st.just(""),
    versions=st.sampled_from([(), ("2015/10/a.md",)]),
    aliases=st.sampled_from([(), ("2015/10/a/", "undated/a-b/")]),
    extra=st.dictionaries(words.map(lambda w: "x-" + w), plain, max_size=3),
)  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(articles)
def test_what_is_written_is_read_again(article: Article) -> None:
    again, problems = parse(dump(article), "a.md")
    assert problems == []
    assert again == article


def test_a_written_file_is_pleasant_to_read() -> None:
    article = Article(
        "Pier 7: the story",
        "Text.",
        parse_date("2015-10~"),
        tags=("Syria", "1984"),
        extra={"rank": 2, "share": 0.00001},
    )
    assert dump(article) == (
        "---\ntitle: 'Pier 7: the story'\ndate: 2015-10~\n"
        "tags:\n- Syria\n- '1984'\nrank: 2\nshare: 0.00001\n---\n\nText.\n"
    )


# --- changing -----------------------------------------------------------------------------------

BY_HAND = """\
---
# filed by Ann
title:   "A story"   # keep the quotes
tags: [ b,  a ]

# where from
source: 'Post'
mood: {good: yes}
---


Body  with   spaces
"""


def test_only_the_named_keys_change() -> None:
    changed = splice(
        BY_HAND, {"tags": ("b", "a", "c: d"), "date": parse_date("2015-10"), "source": None}
    )
    assert changed == BY_HAND.replace("tags: [ b,  a ]", "tags:\n- b\n- a\n- 'c: d'").replace(
        "# keep the quotes\n", "# keep the quotes\ndate: 2015-10\n"
    ).replace("source: 'Post'\n", "")


def test_line_ends_are_kept() -> None:
    changed = splice(BY_HAND.replace("\n", "\r\n"), {"place": "Wendry"})
    assert changed.replace("\r\n", "\n") == BY_HAND.replace("'Post'\n", "'Post'\nplace: Wendry\n")
    assert "\n" not in changed.replace("\r\n", "")


@pytest.mark.parametrize("between", ["", "# mine\n", "\n", "\n# mine\n\n"])
def test_a_key_that_comes_and_goes_leaves_no_trace(between: str) -> None:
    before = f"---\ntitle: x\n{between}source: y\n{between}---\n"
    with_date = splice(before, {"date": parse_date("2015"), "place": "Wendry"})
    assert with_date == (
        f"---\ntitle: x\ndate: 2015\n{between}source: y\nplace: Wendry\n{between}---\n"
    )
    assert splice(with_date, {"date": None, "place": None}) == before


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_another_body_leaves_the_front_matter_as_it_is(newline: str) -> None:
    before = BY_HAND.replace("\n", newline)
    front = before[: before.index(f"---{newline}", 3) + 3]
    for body in ("One.\n\nTwo.", ""):
        written = f"\n\n{body}\n" if body else "\n"
        assert with_body(before, body) == front + written.replace("\n", newline)


CHANGES: dict[str, Any] = {"date": parse_date("2015"), "tags": ("x",), "place": "Here", "url": None}


@settings(deadline=None, max_examples=50)
@given(articles)
def test_a_change_says_what_it_should(article: Article) -> None:
    again, _ = parse(splice(dump(article), CHANGES), "a.md")
    assert again == msgspec.structs.replace(article, **{**CHANGES, "url": ""})


@pytest.mark.parametrize(
    "front",
    ["{title: x}", "mood: t", "title: &t x\nmood: *t", "title: x\ntitle: y", "title: a\x07"],
)
def test_what_cannot_be_changed_alone_is_refused(front: str) -> None:
    with pytest.raises(ValueError, match=r"front matter|set twice|has no title"):
        splice(f"---\n{front}\n---\n", {"title": "y"})


@pytest.mark.parametrize(
    "date", ["1880s/1890s", "1880s to 1902", "May or June 1902", "13/1902", "May 1902 to June 1903"]
)
def test_a_date_of_which_a_part_would_be_lost_is_not_guessed(date: str) -> None:
    (problem,) = parse(f"---\ntitle: x\ndate: {date}\n---\n", "a.md")[1]
    assert problem.hint.startswith("write it like 2015-10-07, ")

from __future__ import annotations

import posixpath
import re
import unicodedata
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.dates import parse_date
from archive_gen.urls import (
    ROOT,
    absolute,
    article_url,
    link,
    numbered_url,
    output_path,
    path_of,
    period_url,
    resolved,
    short_digest,
    slugify,
    term_url,
    way_back,
)

any_text = st.text(st.characters(), max_size=200)  # lone surrogates, too
long_words = st.lists(st.text("abc1é日 -", min_size=1, max_size=30), max_size=12).map("-".join)
DIGITS = "\U00051ab9-\U000f2c49"
DEVICES = {"con", "prn", "aux", "nul"} | {f"{n}{d}" for n in ("com", "lpt") for d in range(10)}


@given(st.one_of(any_text, long_words))
def test_a_slug_is_a_name_that_every_file_system_takes(text: str) -> None:
    slug = slugify(text)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug)
    assert 1 <= len(slug) <= 80
    assert slug not in DEVICES
    assert slug == slugify(text)


@given(st.one_of(any_text, long_words))
def test_a_slug_is_a_name_that_the_site_itself_does_not_use(text: str) -> None:
    assert not re.fullmatch(r"\d+|page-\d+|index", slugify(text))


@given(st.one_of(any_text, long_words))
def test_a_slug_of_a_slug_is_the_slug(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
def test_the_ways_to_encode_a_text_give_one_slug(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert slugify(unicodedata.normalize("NFD", text)) == slugify(composed)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Café Society", "cafe-society"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Что такое", "chto-takoe"),
        ("--- a / b ... c", "a-b-c"),
        ("../../etc/passwd", "etc-passwd"),
        ("İstanbul", "istanbul"),
    ],
)
def test_a_slug_reads_like_its_text(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize("text", ["CON", "nul", "Com1", "lpt9", "2015", "07", "page-2", "Index"])
def test_a_reserved_name_keeps_its_word(text: str) -> None:
    assert slugify(text).startswith(text.lower() + "-")


def test_a_digest_that_looks_like_a_number_is_no_slug() -> None:
    assert short_digest(DIGITS).isdigit()
    assert not slugify(DIGITS).isdigit()
    assert slugify(slugify(DIGITS)) == slugify(DIGITS)


def test_texts_that_leave_nothing_do_not_meet() -> None:
    texts = ["", "!", "?", "…", "\u200b", "---"]
    assert len({slugify(text) for text in texts}) == len(texts)


def test_a_long_text_is_cut_between_words_if_there_are_any() -> None:
    assert re.fullmatch(r"(word-){14}[0-9a-f]{8}", slugify("word " * 50))
    assert re.fullmatch(r"w{71}-[0-9a-f]{8}", slugify("w" * 100))
    assert re.fullmatch(r"a-w{69}-[0-9a-f]{8}", slugify("a " + "w" * 100))


def test_long_texts_with_one_beginning_do_not_meet() -> None:
    assert slugify("word " * 50 + "a") != slugify("word " * 50 + "b")
    assert slugify("w" * 100 + "a") != slugify("w" * 100 + "b")


@pytest.mark.parametrize(
    ("date", "url"),
    [
        ("2015-10-07T14:05:00Z", "2015/10/07/a/"),
        ("2015-10", "2015/10/a/"),
        ("2015~", "2015/a/"),
        ("2015-09-30/2015-10-31", "2015/a/"),
        ("", "undated/a/"),
    ],
)
def test_an_article_lives_below_the_finest_period_that_is_known(date: str, url: str) -> None:
    assert article_url("a", parse_date(date) if date else None) == url


def test_addresses_of_lists() -> None:
    assert period_url("2015-10-07") == "2015/10/07/"
    assert term_url("tags", "syria") == "tags/syria/"
    assert numbered_url("tags/syria/", 12) == "tags/syria/page-12/"


folder_names = st.lists(st.text("ab é%?#&'\"<;:=+@~", min_size=1, max_size=6), max_size=4)
page_urls = folder_names.map(lambda names: "".join(f"{name}/" for name in names)).filter(
    lambda url: "#" not in url
)
file_urls = st.tuples(page_urls, st.sampled_from(["feed.xml", "404.html", "a b.css"])).map("".join)


@given(page_urls, st.one_of(page_urls, file_urls), st.sampled_from(["", "#top", "#a?b"]))
def test_a_link_leads_from_any_page_to_the_file(here: str, there: str, fragment: str) -> None:
    finished = link(there + fragment).replace(ROOT, way_back(here))
    for root in ("https://example.org/", "https://example.org/sub/path/", "file:///home/x/public/"):
        base = root + "/".join(map(quote_all, output_path(here).split("/")))
        target = urlsplit(urljoin(base, finished))
        path = unquote(target.path.removeprefix(urlsplit(root).path))
        assert posixpath.normpath(path) == posixpath.normpath(output_path(there))
        assert target.query == ""
        assert target.fragment == fragment.removeprefix("#")


def quote_all(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_a_link_can_stand_in_an_attribute(text: str) -> None:
    assert not set(link(text + "/#" + text)) & set("\"'<> \n")


def test_an_absolute_address_is_as_people_share_it() -> None:
    assert absolute("https://example.org/news", "2015/a b/") == (
        "https://example.org/news/2015/a%20b/"
    )
    assert absolute("https://example.org/", "") == "https://example.org/"


def test_an_address_that_nobody_can_read_is_none() -> None:
    page = "https://courier.example/2015/flood?page=2"
    assert resolved(page, "../a.jpg#top") == "https://courier.example/a.jpg#top"
    assert resolved(page, "//[x") == resolved("http://[x", "a.jpg") == ""
    assert path_of(page) == "/2015/flood"
    assert path_of("http://[x") == ""

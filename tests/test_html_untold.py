"""Web pages that do not show their story: it stands in JSON-LD, or is cut off, or there is none."""

from __future__ import annotations

import json

import pytest

from archive_gen.cleaning.base import Cleaned
from archive_gen.cleaning.html.stated.json_values import unflattened
from tests.html_pages import HEADLINE, STORY, cleaned, paragraphs


def read(body: str, *, title: str = HEADLINE, story: str = "") -> Cleaned:
    stated = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title}
    data = json.dumps(stated | ({"articleBody": story} if story else {}))
    page = (
        f"<!doctype html><html lang='en'><head><title>{title}</title>"
        f"<script type='application/ld+json'>{data}</script></head><body>{body}</body></html>"
    )
    return cleaned(page)


@pytest.mark.parametrize("between", ["\n\n", "\r\n", "</p><p>", "<br/><br/>"])
def test_a_story_that_a_script_would_show_is_read_from_json_ld(between: str) -> None:
    shell = "<div id='root'></div><noscript>Please enable JavaScript.</noscript>"
    found = read(shell, story=between.join(STORY))
    assert paragraphs(found) == STORY
    assert found.origins["body"] == "JSON-LD"


def test_a_name_in_the_masthead_is_no_story() -> None:
    story = "<P>".join(STORY)
    page = (
        f"<HTML><HEAD><TITLE>{HEADLINE}</TITLE></HEAD><BODY><TABLE><TR><TD COLSPAN=2><FONT SIZE=5>"
        "<B>Bay Herald</B></FONT></TD></TR><TR><TD><A HREF='/'>Home</A><BR><A HREF='/n'>News</A>"
        f"</TD><TD><H2>{HEADLINE}</H2><I>7 October 1999</I><P>{story}</TD>"
        "</TR></TABLE></BODY></HTML>"
    )
    found = cleaned(page)
    assert paragraphs(found) == STORY
    assert found.article.date is not None
    assert found.article.date.text == "1999-10-07"


@pytest.mark.parametrize("byline", ["מאת דנה לוי", "بقلم سامي النهري", "記者：小林健太"])
def test_a_byline_in_other_scripts_is_no_story(byline: str) -> None:
    shown = "".join(f"<p>{each}</p>" for each in (byline, *STORY))
    shown = f"<body><h1>{HEADLINE}</h1>{shown}</body>"
    page = f"<html><head><title>{HEADLINE}</title></head>{shown}</html>"
    found = cleaned(page)
    assert paragraphs(found) == STORY
    assert len(found.article.authors) == 1


def flat(value: object) -> list[object]:
    """As devalue writes it: each value once, named by its number."""
    values: list[object] = []

    def number_of(one: object) -> int:
        number = len(values)
        values.append(one)
        if isinstance(one, dict):
            values[number] = {key: number_of(inner) for key, inner in one.items()}
        elif isinstance(one, list):
            values[number] = [number_of(inner) for inner in one]
        return number

    number_of(value)
    return [["Reactive", 1], *shifted(values)]


def shifted(values: list[object]) -> list[object]:
    """With numbers that count from 1."""
    return [
        {key: inner + 1 for key, inner in value.items()}
        if isinstance(value, dict)
        else [inner + 1 for inner in value]
        if isinstance(value, list)
        else value
        for value in values
    ]


@pytest.mark.parametrize(
    "values",
    [[{"a": 1}, [0, 1, 0, 1]], [[1, 1]] + [[n + 1] * 9 for n in range(1, 60)], [{"a": -1, "b": 9}]],
    ids=["a circle", "a bomb", "none"],
)
def test_values_that_name_one_another_cost_little(values: list[object]) -> None:
    assert unflattened(values) is not values
    assert unflattened([{"a": 1, "b": "text"}]) == [{"a": 1, "b": "text"}]


def in_script(kind: str) -> str:
    """A page that leaves its story to a script, in one of the ways of handing it over."""
    others = [{"title": "Another story", "body": "<p>" + "Something else happened here. " * 40}]
    html = "".join(f"<p>{each}</p>" for each in STORY)
    blocks = [
        {
            "type": "paragraph",
            "children": [{"text": each[:40]}, {"type": "text", "text": each[40:]}],
        }
        for each in STORY
    ]
    article = {"id": 1, "title": HEADLINE, "body": blocks if kind == "blocks" else html}
    state = {"props": {"pageProps": {"more": others, "article": article}}}
    data = json.dumps(flat(state) if kind == "flat" else state)
    script = (
        f"<script>window.__INITIAL_STATE__ = {data};</script>"
        if kind == "window"
        else f"<script id='__NEXT_DATA__' type='application/json'>{data}</script>"
    )
    return (
        f"<!doctype html><html lang='en'><head><title>{HEADLINE} - Courier</title></head>"
        f"<body><div id='__next'></div>{script}</body></html>"
    )


@pytest.mark.parametrize("kind", ["html", "blocks", "window", "flat"])
def test_a_story_in_the_data_of_a_script_is_read(kind: str) -> None:
    found = cleaned(in_script(kind))
    assert paragraphs(found) == STORY
    assert found.article.title == HEADLINE
    assert found.origins["body"] == "data of the page's script"


@pytest.mark.parametrize(
    "beside",
    [
        {"responses": [{"user": "x", "message": story} for story in STORY]},
        {"terms": " ".join(STORY)},
        {"content": {"replies": [{"title": HEADLINE, "body": " ".join(STORY)}]}},
        {"comments": [{"title": HEADLINE, "text": " ".join(STORY)}]},
        {"tooltip": " ".join(STORY)},
    ],
)
def test_what_readers_wrote_and_terms_are_no_story(beside: dict[str, object]) -> None:
    data = json.dumps({"article": {"headline": HEADLINE, **beside}})
    page = (
        f"<html><head><title>{HEADLINE} - Courier</title></head><body><h1>{HEADLINE}</h1>"
        f"<p>Please log in to read.</p><script type='application/json'>{data}</script>"
        "</body></html>"
    )
    found = cleaned(page)
    assert "body" not in found.origins
    assert STORY[0] not in found.article.body


def test_data_of_a_script_is_not_read_where_the_page_shows_a_story() -> None:
    shown = "".join(f"<p>{each}</p>" for each in (*STORY, *(f"{each} Again." for each in STORY)))
    page = in_script("html").replace("<div id='__next'></div>", f"<article>{shown}</article>")
    assert "body" not in cleaned(page).origins


def test_what_the_page_shows_of_it_stays_where_it_stands() -> None:
    teaser = f"<article><h1>{HEADLINE}</h1><p>{STORY[0]}</p></article>"
    assert paragraphs(read(teaser, story="\n".join(STORY))) == STORY


def test_a_story_that_the_page_shows_is_not_told_twice() -> None:
    shown = "".join(f"<p>{each}</p>" for each in STORY)
    found = paragraphs(read(f"<article>{shown}</article>", story="\n".join(STORY).upper()))
    assert found == STORY
    assert "body" not in read(f"<article>{shown}</article>", story="\n".join(STORY)).origins


def test_a_short_text_is_no_story_that_the_page_lacks() -> None:
    shown = "".join(f"<p>{each}</p>" for each in STORY)
    assert paragraphs(read(f"<article>{shown}</article>", story="Read the story here.")) == STORY


def test_markup_in_json_ld_is_text() -> None:
    hostile = "\n".join(
        [*STORY[:2], f"<script>alert(1)</script>&lt;img src=x onerror=1&gt; {STORY[2]}"]
    )
    found = read("<div></div>", story=hostile).article.body
    assert "<script" not in found
    assert "<img" not in found
    assert "two boats" in found


def test_the_lines_of_a_paywall_are_no_story() -> None:
    wall = "<p>Already a subscriber? Log in</p><p>Subscribe now</p>"
    found = read(f"<article><h1>{HEADLINE}</h1><p>{STORY[0]}</p><p>{STORY[1]}</p>{wall}</article>")
    assert paragraphs(found) == STORY[:2]


def test_pictures_of_amp_pages_are_pictures() -> None:
    image = '<amp-img src="https://courier.example/a.jpg" width="600" height="400" alt="The pier">'
    text = f"<article><h1>{HEADLINE}</h1>{image}</amp-img><p>{'</p><p>'.join(STORY)}</p></article>"
    (found,) = read(text).article.images
    assert (found.src, found.alt) == ("https://courier.example/a.jpg", "The pier")


@pytest.mark.parametrize(
    "title",
    ["Page not found", "404 | Courier", "Just a moment...", "Страница не найдена", "Access Denied"],
)
def test_what_a_server_says_in_place_of_a_page_is_doubtful(title: str) -> None:
    text = f"<h1>{title}</h1><p>Sorry, what you look for is not here. It may have been moved.</p>"
    assert read(text, title=title).confidence == 0


@pytest.mark.parametrize(
    "title", ["Forbidden City reopens", "404 dead in quake", "Access denied to reporters"]
)
def test_a_headline_that_begins_alike_is_none_of_a_server(title: str) -> None:
    text = f"<article><h1>{title}</h1><p>{'</p><p>'.join(STORY)}</p></article>"
    assert read(text, title=title).confidence > 0.5


@pytest.mark.parametrize("title", ["Access denied: how banks choose", "Before you continue"])
def test_a_long_story_is_none_of_a_server(title: str) -> None:
    story = "</p><p>".join(f"{line} It was the {n}th time." for n in range(20) for line in STORY)
    found = read(f"<article><h1>{title}</h1><p>{story}</p></article>", title=title)
    assert found.confidence > 0.5
    assert "body" not in found.doubts


def test_the_story_of_another_page_in_json_ld_is_not_this_ones() -> None:
    other = {"@type": "NewsArticle", "headline": "Chess cup", "articleBody": " ".join(STORY)}
    shown = "<p>The library on Mill Street opened its doors again, and hundreds of people came.</p>"
    data = json.dumps({"@context": "https://schema.org", "@graph": [other]})
    page = (
        f"<html><head><title>Library reopens</title><script type='application/ld+json'>{data}"
        f"</script></head><body><article><h1>Library reopens</h1>{shown * 3}</article></body>"
    )
    found = cleaned(page)
    assert "ferry" not in found.article.body


def test_a_beginning_that_the_page_shows_is_not_told_twice() -> None:
    teaser = f"<article><h1>{HEADLINE}</h1><p>{STORY[0]}</p></article>"
    body = read(teaser, story=" ".join(STORY)).article.body
    assert body.count("ending a service") == 1
    assert "two boats" in body


def test_words_that_markup_parts_are_seen_as_shown() -> None:
    shown = "".join(f"<p>{each.replace('e', '<b>e</b>')}</p>" for each in STORY)
    body = read(f"<article>{shown}</article>", story=" ".join(STORY)).article.body
    assert body.count("boats") == 1


def test_characters_that_no_page_can_hold_cost_no_traceback() -> None:
    story = "\x00\x08\x1b\uffff\ud800".join(STORY)
    assert "two boats" in read("<div></div>", story=story).article.body

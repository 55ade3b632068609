"""Web pages become articles: text, front matter, and nothing of their markup."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_gen.article import ARTICLE, HTML, PLAIN, Image, RawDocument
from archive_gen.cleaning import BODY_LABELS, Cleaned, Label, Learned, clean
from archive_gen.cleaning.html.extraction import load_tree
from archive_gen.cleaning.html.features import NAMES, Told, line_features
from archive_gen.cleaning.html.lines import lines_of, read_spots
from archive_gen.cleaning.lines.blocks import split_blocks
from archive_gen.cleaning.phrases import fold
from archive_gen.dates import parse_date
from archive_gen.markup import to_html

PARAGRAPHS = [
    f"On day {n} the crew of the ferry to Tolland counted {n * 7} passengers and {n} goats, "
    "and the captain wrote both numbers into the log before the sun went down."
    for n in range(1, 9)
]
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "Organization", "name": "Other"},
        {
            "@type": "NewsArticle",
            "headline": "Goats outnumber sailors",
            "datePublished": "2019-05-04T10:00:00+02:00",
            "dateModified": "2021-01-01",
            "author": [
                {"@type": "Person", "name": "Ada Lund"},
                {"@type": "Organization", "name": "Northern Wire"},
            ],
            "publisher": {"@type": "Organization", "name": "The Courier"},
            "keywords": ["Ferry", "Goats"],
        },
    ],
}


def page(head: str = "", before: str = "", inside: str = "", after: str = "") -> str:
    paragraphs = "\n".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return f"""<!doctype html><html lang="en-GB"><head>
<title>Goats outnumber sailors - The Courier</title>{head}</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article><h1>Goats outnumber sailors</h1>{before}
<div class="article-body">{paragraphs}{inside}</div></article></main>{after}
<footer><p>© 2019 The Courier. All rights reserved.</p></footer></body></html>"""


def read(html: str, **known: object) -> Cleaned:
    return clean(RawDocument("page.html", html.encode(), html, HTML, known))


_TWO = ("Ada Lund", "Bo Berg")
_THREE = (*_TWO, "Cy Dahl")


def script(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def body(cleaned: Cleaned) -> list[str]:
    return [line.text for line in cleaned.lines if line.label in BODY_LABELS]


def test_the_story_and_nothing_else() -> None:
    cleaned = read(page())
    assert body(cleaned) == PARAGRAPHS
    assert cleaned.article.title == "Goats outnumber sailors"
    assert cleaned.article.language == "en-GB"
    assert cleaned.problems == ()


def test_json_ld_tells_date_authors_source_and_tags() -> None:
    article = read(page(script(LINKED))).article
    assert article.date is not None
    assert article.date.period == "2019-05-04"
    assert article.authors == ("Ada Lund",)
    assert article.source == "The Courier"
    assert article.tags == ("Ferry", "Goats")


def test_a_publisher_to_whom_json_ld_refers_is_found() -> None:
    objects = [
        {
            "@type": "NewsArticle",
            "headline": "Goats outnumber sailors",
            "publisher": {"@id": "#paper"},
        },
        {"@type": "Organization", "@id": "#paper", "name": "The Courier"},
    ]
    assert read(page(script({"@graph": objects}))).article.source == "The Courier"


@pytest.mark.parametrize(
    "name",
    [
        "The Courier | Tolland, Halvane and the valley | News",
        "The Courier · All that happens here",
        "The Courier |",
        "&quot;The Courier&quot;",
        "The Courier desk@courier.example",
    ],
)
def test_what_a_site_says_of_itself_is_none_of_its_name(name: str) -> None:
    head = f'<meta property="og:site_name" content="{name}">'
    assert read(page(head)).article.source == "The Courier"


@pytest.mark.parametrize(
    "name", ["/#organization", "#publisher", "{$plugin.site_name}", "{{ site.name }}", "%site%"]
)
def test_a_place_that_nobody_filled_is_no_source(name: str) -> None:
    head = f'<meta property="og:site_name" content="{name}">'
    head += '<meta name="publisher" content="The Courier">'
    assert read(page(head)).article.source == "The Courier"


def test_a_notice_is_no_name_of_a_site() -> None:
    head = '<meta name="copyright" content="Copyright 2019 Tolland Holdings. All rights reserved.">'
    assert read(page(head)).article.source == "The Courier"


@pytest.mark.parametrize(
    ("publisher", "site", "source"),
    [
        ("Blogger", "The Courier", "The Courier"),
        ("Associated Press", "The Courier", "The Courier"),
        ("Tolland Medien GmbH", "The Courier", "The Courier"),
        ("Halvane Press Inc.", "The Courier", "The Courier"),
        ("Tolland Medien GmbH", "", "Tolland Medien GmbH"),
        ("Bloomberg", "Bloomberg.com", "Bloomberg"),
        ("The Courier", "Courier online", "The Courier"),
        ("The Incumbent", "Courier online", "The Incumbent"),
    ],
)
def test_the_paper_is_the_source_not_who_owns_it_or_feeds_it(
    publisher: str, site: str, source: str
) -> None:
    story = {"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": publisher}}
    head = f'<script type="application/ld+json">{json.dumps(story)}</script>'
    head += f'<meta property="og:site_name" content="{site}">'
    assert read(page(head)).article.source == source


def test_the_title_names_the_site_where_nothing_else_does() -> None:
    cleaned = read(page())
    assert cleaned.article.source == "The Courier"
    assert cleaned.origins["source"] == "title element"
    for masthead in (">The Courier</a>", "><img src=/logo.png alt='The Courier'></a>"):
        html = page().replace("<nav>", f"<a href='https://courier.example/'{masthead}<nav>")
        assert read(html.replace("©", "Since")).article.source == "The Courier"
    assert read(page(), url="https://courier.example/goats").article.source == "courier.example"


@pytest.mark.parametrize(
    "title",
    [
        "Goats outnumber sailors",
        "Goats - The Courier",
        "Goats outnumber sailors - Weather",
        "Goats outnumber sailors - Sport",
        "Goats outnumber sailors - Home",
    ],
)
def test_a_title_that_tells_no_site_names_no_source(title: str) -> None:
    html = page().replace("<title>Goats outnumber sailors - The Courier", f"<title>{title}")
    assert read(html).article.source == ""


def test_meta_tags_tell_the_same() -> None:
    head = """<meta property="og:site_name" content="The Courier">
<meta property="article:published_time" content="2019-05-04T10:00:00Z">
<meta name="author" content="Ada Lund and Bo Berg">
<meta name="news_keywords" content="Ferry, Goats">
<link rel="canonical" href="/2019/goats">"""
    article = read(page(head), url="https://courier.example/x?utm=1").article
    assert article.date is not None
    assert article.date.text == "2019-05-04T10:00:00Z"
    assert article.authors == ("Ada Lund", "Bo Berg")
    assert (article.source, article.tags) == ("The Courier", ("Ferry", "Goats"))


def test_the_canonical_address() -> None:
    head = '<link rel="canonical" href="https://courier.example/2019/05/04/goats">'
    article = read(page(head)).article
    assert article.url == "https://courier.example/2019/05/04/goats"
    assert article.date is not None
    assert article.date.text == "2019-05-04"


def test_no_date_is_invented() -> None:
    after = (
        "<aside><p>Published elsewhere: <time>2020-01-01</time> <time>2020-01-02</time></p></aside>"
    )
    assert read(page(after=after)).article.date is None
    assert read(page('<meta name="date" content="soon">')).article.date is None


@pytest.mark.parametrize(
    "stamp", ["1970-01-01T00:00:00+00:00", "1970-01-01T01:00:00+01:00", "1970-01-01 00:00:00"]
)
def test_where_clocks_begin_is_no_date(stamp: str) -> None:
    """It is what a site's software states of an article without a date."""
    unset = page(script({"@type": "NewsArticle", "datePublished": stamp}))
    assert read(unset).article.date is None
    shown = page(script({"@type": "NewsArticle", "datePublished": stamp}), "<p>May 4, 2019</p>")
    assert read(shown).article.date == parse_date("2019-05-04")


def test_what_a_site_s_software_notes_is_no_tag() -> None:
    words = (
        "Ferry, _no-amp, @subscriber, /sport, 100312362, 8ae9ab2d-fe1b-4230-acb8-a59b, 76ers, 2024,"
        "type_news, Ada Lund PUBLIC_FIGURE PERSON"
    )
    tags = read(page(f'<meta name="keywords" content="{words}">')).article.tags
    assert tags == ("Ferry", "76ers", "2024")


def test_a_tag_that_a_page_says_twice_is_one() -> None:
    words = "Ferry; ferry, , ; & Boats; FERRY"
    tags = read(page(f'<meta name="news_keywords" content="{words}">')).article.tags
    assert tags == ("Ferry", "Boats")


@pytest.mark.parametrize(
    "author",
    [
        '<a href="https://example.org/about-ada">\n  Ada Lund\n</a>',
        "&lt;a href=&quot;https://example.org/about-ada&quot;&gt;\n  Ada Lund\n&lt;/a&gt;",
    ],
)
def test_a_name_with_a_link_around_it_is_the_name(author: str) -> None:
    article = {"@type": "NewsArticle", "headline": "Goats outnumber sailors", "author": author}
    for head in (script(article), script({**article, "author": {"name": author}})):
        assert read(page(head)).article.authors == ("Ada Lund",)


def test_what_is_known_wins() -> None:
    article = read(page(script(LINKED)), title="Mine", source="Me").article
    assert (article.title, article.source, article.authors) == ("Mine", "Me", ("Ada Lund",))


def test_headings_quotes_and_lists_become_markdown() -> None:
    inside = f"<h2>The second week</h2><p>{PARAGRAPHS[0].replace('1', '9')}</p>"
    text = read(page(inside=inside)).article.body
    assert "\n\n## The second week\n\n" in text


STANDFIRST = "The captain of the ferry counts both and has his own opinion"


@pytest.mark.parametrize("heading", [f"{STANDFIRST}.", STANDFIRST])
def test_a_standfirst_that_is_marked_up_as_a_heading_heads_nothing(heading: str) -> None:
    sections = "<h3>How it began</h3><p>It began with a goat that would not pay for a ticket.</p>"
    found = read(page(inside=sections).replace('body">', f'body"><h2>{heading}</h2>', 1))
    assert f"\n## {heading}" not in f"\n{found.article.body}"
    assert heading in found.article.body + found.article.summary
    assert "\n## How it began" in found.article.body


def test_a_heading_like_others_of_the_story_is_no_standfirst() -> None:
    sections = f"<h2>How it all began</h2><p>{PARAGRAPHS[0]} And so on.</p>"
    found = read(page(inside=sections).replace('body">', f'body"><h2>{STANDFIRST}</h2>', 1))
    assert found.article.body.startswith(f"## {STANDFIRST}\n")


def test_a_paragraph_that_a_site_sets_large_is_one_and_a_question_is_a_heading() -> None:
    words = "and the goats looked at the sea " * 5
    large, question = f"The sailors looked at the goats {words}.", f"Why did {words}?"
    found = read(page(inside=f"<h3>{large}</h3><p>So.</p><h3>{question}</h3><p>They did.</p>"))
    assert f"\n\n{large}" in found.article.body
    assert f"\n\n## {question}" in found.article.body


def test_a_gallery_in_a_page_hides_no_story() -> None:
    slides = "".join(
        f"<h2>{n}/12</h2><p>A goat in port number {n}, seen from the deck of the ferry</p>"
        for n in range(1, 13)
    )
    found = read(page().replace(f"<p>{PARAGRAPHS[2]}", f"{slides}<p>{PARAGRAPHS[2]}"))
    assert found.article.body.split("\n\n") == PARAGRAPHS


def test_a_figure_is_a_picture_and_no_paragraph() -> None:
    figure = "<figure><img src=x><figcaption>A goat on deck. Photo: Bo Berg</figcaption></figure>"
    cleaned = read(page(before=figure))
    assert cleaned.article.images == (Image("A goat on deck", "Bo Berg"),)
    assert body(cleaned) == PARAGRAPHS


@pytest.mark.parametrize(
    "caption",
    [
        'Four ferries and a goat.<span class="photo-credit">Ada Lund</span>',
        '<p>Four ferries and a goat.</p><div class="image__source">Ada Lund</div>',
        '<p>Four ferries and a goat.<b class="copyright">Ada <i>Lund</i></b></p>',
        '<div class="media-author">Ada Lund</div><div>Four ferries and a goat.</div>',
    ],
)
def test_who_made_a_picture_is_told_by_class_names(caption: str) -> None:
    figure = f'<figure><img src="a.jpg"><figcaption>{caption}</figcaption></figure>'
    (image,) = read(page(before=figure), url="https://a.example/b").article.images
    assert (image.caption, image.credit) == ("Four ferries and a goat.", "Ada Lund")


@pytest.mark.parametrize(
    "captions",
    [
        "<figcaption>Four ferries and a goat.</figcaption><figcaption>Photo: Ada Lund</figcaption>",
        "<figcaption><div>Goats outnumber sailors</div><div>Four ferries and a goat.</div>"
        "<div>Photo: Ada Lund</div></figcaption>",
    ],
)
def test_what_stands_together_below_a_picture_speaks_of_it(captions: str) -> None:
    figure = f'<figure><img src="a.jpg">{captions}</figure>'
    (image,) = read(page(before=figure), url="https://a.example/b").article.images
    assert image.caption.endswith("Four ferries and a goat.")
    assert (image.src, image.credit) == ("https://a.example/a.jpg", "Ada Lund")


def test_each_caption_of_a_gallery_is_of_a_picture_of_its_own() -> None:
    captions = "".join(f"<p></p><figcaption>Goat number {n}.</figcaption>" for n in range(3))
    found = read(page(before=f'<figure><img src="a.jpg">{captions}</figure>')).article.images
    assert [image.caption for image in found] == [f"Goat number {n}." for n in range(3)]


def test_a_caption_in_an_element_that_is_named_as_a_credit_is_one() -> None:
    told = "On Monday four ferries and a goat left Tolland for the islands in the north again."
    figure = f'<figure><figcaption><p class="source">{told}</p></figcaption></figure>'
    (image,) = read(page(before=figure)).article.images
    assert (image.caption, image.credit) == (told, "")


def test_a_caption_that_a_page_writes_twice_is_of_one_picture() -> None:
    caption = "<figcaption>A goat on deck</figcaption>"
    figures = f"<figure>{caption}</figure><figure><img src='/a.jpg'>{caption}</figure>"
    article = read(page(before=figures), url="https://courier.example/x").article
    assert [image.src for image in article.images] == ["https://courier.example/a.jpg"]


def test_who_made_a_picture_is_no_paragraph() -> None:
    cleaned = read(page(inside="<p>Photo: Ada Lund</p><p>Illustration: Bo Berg / Courier</p>"))
    assert body(cleaned) == PARAGRAPHS


@pytest.mark.parametrize(
    ("month", "date"), [("2019/05", "2019-05-04"), ("2019/04", "2019-04"), ("2018", "2019-05-04")]
)
def test_the_day_beside_a_month_in_the_address_is_of_that_month(month: str, date: str) -> None:
    read_page = page(after="<time datetime='2019-05-04'>Saturday</time>")
    found = read(read_page, url=f"https://courier.example/{month}/goats").article.date
    assert found == parse_date(date)


def test_the_address_of_the_page_is_no_paragraph() -> None:
    address = "https://courier.example/2019/goats"
    told = f"<p>{PARAGRAPHS[0].replace('1', '9')}</p><p>Permalink: {address}/</p>"
    link = f'<link rel="canonical" href="{address}">'
    assert "Permalink" not in read(page(link, inside=told)).article.body


def test_a_picture_has_its_address() -> None:
    figure = "<figure><img src='/a.jpg'><figcaption>A goat on deck</figcaption></figure>"
    article = read(page(before=figure), url="https://courier.example/x").article
    assert article.images == (Image("A goat on deck", "", "https://courier.example/a.jpg"),)


def test_every_value_tells_its_origin() -> None:
    origins = read(page(script(LINKED))).origins
    assert origins["title"] == "h1"
    assert origins["date"] == "JSON-LD datePublished"
    assert origins["authors"] == "JSON-LD author"
    assert origins["language"] == "html lang"
    assert "JSON-LD" not in read(page(script(LINKED)), title="Mine").origins.get("title", "")


@pytest.mark.parametrize(
    ("stamp", "shown", "day"),
    [
        ("2019-05-04T22:30:00Z", "2019-05-05T08:30:00+10:00", "2019-05-05"),
        ("2019-05-04T22:30:00Z", "2019-05-05T08:31:10", "2019-05-04"),
        ("2019-05-04T22:30:00-05:00", "2019-05-05T03:30:00Z", "2019-05-04"),
        ("2019-05-04T22:30:00Z", "2019-05-09T08:30:00+10:00", "2019-05-04"),
    ],
)
def test_a_day_is_that_of_the_place(stamp: str, shown: str, day: str) -> None:
    head = f'<meta property="article:published_time" content="{stamp}">'
    article = read(page(head, before=f"<time datetime='{shown}'>today</time>")).article
    assert article.date is not None
    assert article.date.period == day


PUBLISHED = '<meta property="article:published_time" content="{}">'
CHANGED = '<meta property="article:modified_time" content="2021-03-09T10:00:00Z">'


@pytest.mark.parametrize(
    ("stated", "shown", "day"),
    [
        # Both say the same: to the minute, whatever else is shown.
        ("2019-05-04T10:00:00Z", "May 4, 2019 | Updated March 9, 2021", "2019-05-04"),
        # An evergreen page: readers know it by the day that stands below its headline …
        ("2019-05-04T10:00:00Z", "March 9, 2021", "2021-03-09"),
        # … unless it says that this is a change.
        ("2019-05-04T10:00:00Z", "Updated: March 9, 2021", "2019-05-04"),
        ("2019-05-04T10:00:00Z", "Zuletzt aktualisiert am 9. März 2021", "2019-05-04"),
        # A site that moved states the day of the move; what is called published counts.
        ("2021-03-09T10:00:00Z", "Published: May 4, 2019", "2019-05-04"),
        ("2021-03-09T10:00:00Z", "May 4, 2019", "2021-03-09"),
        # The evening of the day before, in a place west of Greenwich.
        ("2019-05-05T02:30:00Z", "May 4, 2019 10:30 p.m.", "2019-05-04"),
        ("2019-05-04T23:30:00Z", "5 May 2019", "2019-05-05"),
        # No place is that far from Greenwich; nor is a zone that is told doubted.
        ("2019-05-05T20:30:00Z", "May 4, 2019", "2019-05-05"),
        ("2019-05-05T20:30:00+02:00", "May 6, 2019", "2019-05-05"),
    ],
)
def test_where_markup_and_page_differ_readers_are_believed(
    stated: str, shown: str, day: str
) -> None:
    article = read(page(PUBLISHED.format(stated), before=f"<p>{shown}</p>")).article
    assert article.date is not None
    assert article.date.period == day


def test_a_vague_stamp_gives_way_to_the_date_line() -> None:
    head = '<meta name="dc.date" content="2021-03-09">'
    cleaned = read(page(head, before="<p>4 May 2019</p>"))
    assert cleaned.article.date is not None
    assert cleaned.article.date.period == "2019-05-04"
    assert cleaned.origins["date"].startswith("date line in line")
    assert read(page(head)).article.date == parse_date("2021-03-09")


def test_what_readers_see_and_a_second_stamp_outdo_the_dates_of_teasers() -> None:
    """As microdata of other stories, which come first in the page."""
    card = "<div><a href='/x'>Sheep</a> <span itemprop='datePublished' content='{}'></span></div>"
    cards = card.format("2021-03-09T12:00:00Z") + card.format("2021-03-08T12:00:00Z")
    shown = f"{cards}<p>4 May 2019</p>"
    both = read(page('<meta name="date" content="2019-05-04">', before=shown)).article
    assert both.date == parse_date("2019-05-04")
    # The page alone might show the day on which its address came to be.
    assert read(page(before=shown)).article.date == parse_date("2021-03-09T12:00:00Z")


def test_the_day_of_the_page_as_a_page_counts_where_nothing_else_does() -> None:
    head = script({"@graph": [{"@type": "WebPage", "datePublished": "2021-03-09T12:00:00Z"}]})
    alone = read(page(head))
    assert alone.article.date == parse_date("2021-03-09T12:00:00Z")
    assert alone.origins["date"] == "JSON-LD of the page"
    assert read(page(head, before="<p>4 May 2019</p>")).article.date == parse_date("2019-05-04")
    times = page(head, after="<aside><time>2020-01-01</time></aside>")
    assert read(times).article.date == parse_date("2020-01-01")
    address = "https://courier.example/2019/05/04/goats"
    assert read(page(head), url=address).article.date == parse_date("2019-05-04")
    unset = script({"@type": "WebPage", "datePublished": "1970-01-01T00:00:00Z"})
    assert read(page(unset)).article.date is None


def test_the_day_of_the_visit_in_a_masthead_is_no_date_of_the_article() -> None:
    masthead = "<div><p>Tuesday, March 9, 2021</p></div><nav>"
    html = page(PUBLISHED.format("2019-05-04T10:00:00Z")).replace("<nav>", masthead, 1)
    assert read(html).article.date == parse_date("2019-05-04T10:00:00Z")


def test_a_date_between_standfirst_and_story_counts() -> None:
    lead = (
        "<h3 class='subtitle'>What it means for the ferries, and for every one of the goats.</h3>"
    )
    before = f"{lead}<div>Ada Lund</div><div>May 4, 2019</div>"
    article = read(page(before=before)).article
    assert article.date == parse_date("2019-05-04")
    assert article.authors == ("Ada Lund",)


def test_a_date_taken_for_the_begin_of_the_story_is_one() -> None:
    html = page().replace('<div class="article-body">', '<div class="article-body"><p>DATE</p>')
    for line in ("Datum 04.05.2019", "Erstellt am: 04.05.2019 18:36 / sk", "2019-05-04 | Notice"):
        cleaned = read(html.replace("DATE", line))
        assert cleaned.article.date == parse_date("2019-05-04")
        assert body(cleaned) == PARAGRAPHS


def test_a_line_below_the_story_may_say_when_it_was_published() -> None:
    told = read(page(after="<p>Erschienen am: 04.05.2019</p>"))
    assert told.article.date == parse_date("2019-05-04")
    # Of two such lines at least one is of something else.
    twice = "<p>Published: May 4, 2019</p><p>Published: June 5, 2019</p>"
    assert read(page(after=twice)).article.date is None
    assert read(page(after="<p>May 4, 2019</p>")).article.date is None


@pytest.mark.parametrize(
    ("before", "after", "date"),
    [
        # Nothing tells day and month apart.
        ("<p>04/05/2019</p>", "", "2019"),
        # Another date of the page has the same order …
        ("<p>04/05/2019</p>", "<p>Before: 04/25/2019</p>", "2019-04-05"),
        ("<p>04/05/2019</p>", "<p>Before: 25/04/2019</p>", "2019-05-04"),
        # … or its markup knows one of the two days.
        ("<p>04/05/2019</p>", "<time datetime='2019-04-05'></time>", "2019-04-05"),
        (
            "<p>04/05/2019</p>",
            "<time datetime='2019-04-05'></time><time datetime='2019-05-04'></time>",
            "2019",
        ),
    ],
)
def test_the_page_itself_may_tell_day_and_month_apart(before: str, after: str, date: str) -> None:
    article = read(page(before=before, after=after)).article
    assert article.date == parse_date(date)


def test_the_address_tells_day_and_month_apart() -> None:
    html = page(before="<p>03/10/2023</p>")
    article = read(html, url="https://courier.example/2023/october/03/goats").article
    assert article.date == parse_date("2023-10-03")


def test_a_headline_in_two_lines_is_a_headline() -> None:
    html = page(before="<p>May 4, 2019</p>").replace(
        "<h1>Goats outnumber sailors", "<h1>Goats outnumber<br>sailors"
    )
    cleaned = read(html)
    assert cleaned.article.title == "Goats outnumber sailors"
    assert cleaned.article.date == parse_date("2019-05-04")
    assert "Goats outnumber" not in body(cleaned)


def person(*names: str) -> list[dict[str, str]]:
    return [{"@type": "Person", "name": name} for name in names]


@pytest.mark.parametrize(
    ("head", "before", "authors"),
    [
        ("", "<p>By Ada Lund and Bo Berg</p>", ("Ada Lund", "Bo Berg")),
        ("", "<p><span>By</span><a>Ada Lund</a></p>", ("Ada Lund",)),
        ("", "<p class='byline'>Written by Ada Lund, Senior Reporter</p>", ("Ada Lund",)),
        ("", "<p>posted on 2019-05-04 23:30 EST by Ada Lund</p>", ("Ada Lund",)),
        ("", "<p>4 May 2019 by Ada von Lund</p>", ("Ada von Lund",)),
        ("", "<p class='byline'>Ada Lund See more from Ada Lund</p>", ("Ada Lund",)),
        ("", "<p class='byline'>Ada Lund View all posts by Ada Lund</p>", ("Ada Lund",)),
        ("", "<p>BY</p><p>Ada Lund, Bo Berg</p>", _TWO),
        ("", "<p class='byline'>Facebook Twitter</p>", ()),
        ("", "<a rel='author'>Ada Lund</a><p>Tolland</p>", ("Ada Lund",)),
        ("", "<div class='author-name'>Ada Lund The Courier May 4, 2019</div>", ("Ada Lund",)),
        ("", "<div class='author-name'>Ada Lund Founder</div>", ("Ada Lund",)),
        ("", "<div class='author-box'>View all posts</div>", ()),
        ("", "<div class='byline'>Last Modified</div>", ()),
        ("", "<div class='byline'>Share Tweet Share E-mail</div>", ()),
        ("", "<p>By The Courier</p>", ()),
        ("", "<p>By Courier Staff</p>", ()),
        ('<meta name="author" content="The Courier">', "<p>By Ada Lund</p>", ("Ada Lund",)),
        ('<meta name="author" content="@courier">', "", ()),
        ('<meta name="author" content="https://social.example/ada">', "", ()),
        ('<meta name="author" content="Ada Lund, Bo Berg &amp; Cy Dahl">', "", _THREE),
        ('<meta name="author" content="Newsdesk">', "", ()),
        # A blogger's one name; an institute; an account, a title and the site itself are none.
        ('<meta name="author" content="Ada">', "", ("Ada",)),
        ('<meta name="author" content="Institute for Goats">', "", ("Institute for Goats",)),
        ('<meta name="author" content="By Goatwire">', "", ("Goatwire",)),
        ('<meta name="author" content="AFPgoats">', "", ("AFPgoats",)),
        ('<meta name="author" content="adalund">', "", ()),
        ('<meta name="author" content="ada.lund">', "", ()),
        ('<meta name="author" content="Courier">', "", ()),
        # Nor who publishes a page, made its system, or never changed what that had set.
        ('<meta name="author" content="Halvane Verlag GmbH, Tolland">', "", ()),
        ('<meta name="author" content="Goat Friends e. V.">', "", ()),
        ('<meta name="author" content="Halvane Pages Inc.">', "", ()),
        ('<meta name="author" content="Super User">', "", ()),
        ('<meta name="author" content="Webmaster">', "", ()),
        ('<meta name="author" content="anónimo">', "", ()),
        (
            script(
                {"@type": "Article", "author": {"@type": "Organization", "name": "The Courier"}}
            ),
            "",
            (),
        ),
        # Whoever put it into the system is not who signed it.
        ('<meta name="author" content="Bo Berg">', "<p>By Ada Lund</p>", ("Ada Lund",)),
        (script({"@type": "Article", "author": person("Ada Lund", "Bo Berg")}), "", _TWO),
        (
            script({"@type": "Article", "author": person("Ada Lund", "Bo Berg")}),
            "<p>By Ada Lund</p>",
            ("Ada Lund",),
        ),
        (
            script({"@type": "Article", "author": {"givenName": "Ada", "familyName": "Lund"}}),
            "",
            ("Ada Lund",),
        ),
    ],
)
def test_authors_are_persons(head: str, before: str, authors: tuple[str, ...]) -> None:
    site = '<meta property="og:site_name" content="The Courier">'
    assert read(page(site + head, before=before)).article.authors == authors


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("INDIRA LUND", "Indira Lund"),
        ("DAVID BYRNE", "David Byrne"),
        ("PARIS LUND", "Paris Lund"),
        ("DIEGO BERG", "Diego Berg"),
        ("BY DIEGO BERG", "Diego Berg"),
        ("ByAda Lund", "Ada Lund"),
        ("Ada DiCampo", "Ada DiCampo"),
        ("DiCampo Ada", "DiCampo Ada"),
        ("Ada Von Allen", "Ada Von Allen"),
    ],
)
def test_what_announces_names_is_no_part_of_a_name(written: str, name: str) -> None:
    for before in (f"<p class='byline'>{written}</p>", f"<a rel='author'>{written}</a>"):
        assert read(page("", before=before)).article.authors == (name,)
    data = script({"@type": "NewsArticle", "author": person(written)})
    for head in (f'<meta name="author" content="{written}">', data):
        assert read(page(head)).article.authors == (name,)


def test_a_name_that_begins_as_the_site_s_does_is_a_person_s() -> None:
    head = '<meta property="og:site_name" content="Ad"><meta name="author" content="Ada Lund">'
    assert read(page(head)).article.authors == ("Ada Lund",)


def test_the_site_of_a_person_is_named_as_its_author() -> None:
    head = (
        '<meta property="og:site_name" content="Ada Lund"><meta name="author" content="Ada Lund">'
    )
    assert read(page(head)).article.authors == ("Ada Lund",)


def test_who_comments_is_no_author() -> None:
    after = "<div id='comments'><p><span class='author'>Cy Dahl</span> says: Goats!</p></div>"
    assert read(page(after=after)).article.authors == ()


def test_an_agency_is_author_only_where_no_person_is() -> None:
    agency = {"@type": "Organization", "name": "Reuters"}
    person = {"@type": "Person", "name": "Ada Lund"}
    linked = {"@type": "NewsArticle", "headline": "Goats outnumber sailors"}
    assert read(page(script(linked | {"author": agency}))).article.authors == ("Reuters",)
    both = read(page(script(linked | {"author": [agency, person]}))).article
    assert both.authors == ("Ada Lund",)


@pytest.mark.parametrize(
    ("line", "is_summary"),
    [
        ("Goats outnumber sailors on the new ferry, and the captain counts them all.", True),
        ("Last Updated: May 6, 2019 at 6:33 a.m. First Published: May 4, 2019 at 4:12 p.m.", False),
        (
            "By The Courier Editorial Board | The Courier and its papers | editor@courier.example",
            False,
        ),
        ("Tags: Ferry, Goats, Local News, Local News Impact, Sailors, Harbours", False),
    ],
)
def test_a_line_about_the_article_is_no_standfirst(line: str, *, is_summary: bool) -> None:
    picture = '<figure><img src="a.jpg"><figcaption>Goats.</figcaption></figure>'
    before = f'<p class="lead">{line}</p>{picture}'
    assert (read(page("", before)).article.summary == line) is is_summary


def test_what_stands_before_or_after_a_headline_is_left_out() -> None:
    head = '<meta property="og:title" content="Goats outnumber sailors">'
    html = page(head).replace("<h1>", "<h1><span>Ferries</span> | ")
    assert read(html).article.title == "Goats outnumber sailors"


def test_a_line_that_a_person_kept_is_story() -> None:
    html = page()
    raw = RawDocument("p", b"", html, HTML)
    learned = Learned(kept=frozenset({"2019 the courier all rights reserved"}))
    assert "© 2019 The Courier. All rights reserved." in body(clean(raw, learned))


@pytest.mark.parametrize(
    ("before", "authors"),
    [
        ("<p><a rel='category tag' href='/x'>Goat Herds</a></p><p>May 4, 2019</p>", ()),
        ("<p><a href='/category/herds/'>Goat Herds</a> May 4, 2019</p>", ()),
        ("<p>In Local News, News</p><p>May 4, 2019</p>", ()),
        ("<p>Nachrichten</p><p>May 4, 2019</p>", ()),
        ("<p>By Ada Lund, in Harbour, Business, Goats · 4 May 2019, 08:00</p>", ("Ada Lund",)),
        ("<p>By Associated Press in Valencia</p>", ()),
        ("<p>Field Level Media</p><p>May 4, 2019</p>", ()),
    ],
)
def test_sections_and_agencies_are_no_authors(before: str, authors: tuple[str, ...]) -> None:
    assert read(page(before=before)).article.authors == authors


def test_a_section_that_the_head_names_is_no_author() -> None:
    head = '<meta property="article:section" content="Goat Herds">'
    line = "<p>Goat Herds</p><p>May 4, 2019</p>"
    assert read(page(head, before=line)).article.authors == ()
    assert read(page(before=line)).article.authors == ("Goat Herds",)  # who could tell?


def test_a_byline_where_the_story_begins_is_no_part_of_it() -> None:
    html = page().replace(PARAGRAPHS[0], f"Von: Ada Lund, Bo Berg</p><p>{PARAGRAPHS[0]}", 1)
    cleaned = read(html)
    assert cleaned.article.authors == ("Ada Lund", "Bo Berg")
    assert body(cleaned) == PARAGRAPHS


@pytest.mark.parametrize("number", [1, 2, 3, 6, 20])
def test_paragraphs_that_differ_in_a_digit_are_story(number: int) -> None:
    told = [f"On day {n} the wardens counted the goats on the quay again." for n in range(number)]
    html = "<title>The count</title><h1>The count</h1>" + "".join(f"<p>{line}" for line in told)
    assert body(read(html)) == told


def test_the_bar_of_an_archived_copy_is_no_text_of_the_page() -> None:
    bar = f"<div id='wm-ipp'><p>{PARAGRAPHS[0]} Captured.</p></div>"
    html = page().replace("<nav>", bar + "<nav>", 1)
    assert "Captured" not in "".join(line.text for line in read(html).lines)


def test_the_end_of_an_advertisement_does_not_end_the_page() -> None:
    rest_of_a_page = "<table><tr><td><a href='/'>Buy a goat</a></body></HTML></td></tr></table>"
    assert body(read(page(before=rest_of_a_page))) == PARAGRAPHS


def test_a_story_that_looks_like_none_is_kept_where_the_head_tells_it() -> None:
    teasers = "".join(
        f"<div class=box><h3><a href=/{n}>Ferry number {n} runs late</a></h3><p>A ferry with the "
        f"number {n} ran late on the quay today, and its crew told us that nobody had been there "
        "to count the goats at all.</p></div>"
        for n in range(12)
    )
    parts = "".join(f"<div class=x><span>{text}</span></div>" for text in PARAGRAPHS)
    told = script({"@type": "NewsArticle", "articleBody": "\n".join(PARAGRAPHS)})
    html = f"<html><head><title>Goats</title></head><body>{teasers}<div>{parts}</div></body></html>"
    assert not set(PARAGRAPHS) & set(body(read(html)))
    assert set(PARAGRAPHS) <= set(body(read(html.replace("</head>", f"{told}</head>"))))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p", "div", "li", "h1", "section", "a", "td"]),
            st.sampled_from(["", "story", "card-12", "related"]),
            st.sampled_from(["Goats", PARAGRAPHS[0], "Read more", "山羊在码头上。", "12"]),
        ),
        max_size=12,
    ),
    st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_every_feature_is_a_byte_a_line(
    parts: list[tuple[str, str, str]], told_by_head: bool
) -> None:
    tree = load_tree(
        "<html><body><div>"
        + "".join(f'<{tag} class="{name}">{text}</{tag}>' for tag, name, text in parts)
        + "</div></body></html>"
    )
    spots = read_spots(tree)
    blocks = split_blocks(lines_of(spots))
    kept = [len(block.text) > 40 for block in blocks]
    told = Told(fold(PARAGRAPHS[0]) if told_by_head else "", "", "goats")
    columns = line_features(blocks, spots, kept, told)
    assert tuple(columns) == NAMES
    assert {len(column) for column in columns.values()} == {len(blocks)}


def test_lines_that_the_source_repeats_are_left_out() -> None:
    refrain = "Our goat desk is open around the clock and answers every single letter that it gets."
    html = page(inside=f"<p>{refrain}</p>")
    raw = RawDocument("p", b"", html, HTML)
    key = " ".join(refrain.casefold().strip(".").split())
    assert refrain not in body(clean(raw, Learned(frozenset({key}))))


def test_every_line_has_a_label() -> None:
    for line in read(page()).lines:
        assert (line.label is None) == (not line.text.strip())


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&lt;img src=x onerror=alert(1)&gt;",
        "[click](javascript:alert(1))",
        "<a href='javascript:alert(1)'>click</a>",
        "<svg onload=alert(1)><text>x</text></svg>",
        "&amp;lt;script&amp;gt;",
        "# heading ![x](x) `code` **bold**",
    ],
)
def test_nothing_of_a_page_is_markup(hostile: str) -> None:
    article = read(page(inside=f"<p>{PARAGRAPHS[0]} {hostile} {PARAGRAPHS[1]}</p>")).article
    html = to_html(article.body)
    for tag in ("<script", "<img", "<svg", "<a ", "<code", "<strong", 'onerror="'):
        assert tag not in html


@pytest.mark.parametrize(
    "html",
    [
        "",
        " ",
        "<",
        "<html>",
        "<!-- -->",
        "<html><body></body></html>",
        "plain words without any tag",
        "<div>" * 5000 + "deep" + "</div>" * 5000,
        "<p>" * 5000,
        "<?xml version='1.0' encoding='utf-16'?><html><body><p>x</p></body></html>",
        page('<script type="application/ld+json">{"@type": </script>'),
        page(script([[[[{"@type": ["NewsArticle", 3], "author": [None, {"name": [1]}]}]]]])),
        page(script({"@type": "NewsArticle", "datePublished": {"@value": 1}, "keywords": 7})),
        page('<link rel="canonical" href="http://[bad"><meta property="og:title">'),
    ],
)
def test_odd_pages_are_no_crash(html: str) -> None:
    assert read(html).article.title


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="<>/pdivbra=\"'&;# \n-!é", max_size=200))
def test_no_soup_is_a_crash(soup: str) -> None:
    read(page(inside=soup))


def test_an_article_s_own_html_is_kept_whole() -> None:
    html = "<p>Short.</p><ul><li>One</li><li>Two</li></ul><script>x()</script>"
    cleaned = clean(RawDocument("f", b"", html, HTML + ARTICLE, {"title": "T"}))
    assert cleaned.article.body == "Short.\n\n- One\n- Two"


def test_a_clean_text_is_kept_whole() -> None:
    text = "Goats\nShare\nRead more\n\nEnd"
    cleaned = clean(RawDocument("f", b"", text, PLAIN + ARTICLE, {"title": "Goats"}))
    assert body(cleaned) == ["Share", "Read more", "End"]
    assert cleaned.lines[0].label is Label.TITLE


@pytest.mark.parametrize(
    "head", ["", "<html>", "<!doctype html><meta charset=utf-8>", "<!-- saved --><html><head>"]
)
def test_tags_that_a_page_may_leave_out_are_not_missed(head: str) -> None:
    text = (
        f"{head}<title>Quay shut again</title><article><h1>Quay shut again</h1>"
        "<p>Two trawlers waited outside the bar, and their crews came ashore by boat.</p>"
        "<p>Nobody from the company had answered letters, a clerk told this paper.</p></article>"
    )
    assert any(line.startswith("Two trawlers") for line in body(read(text)))


@pytest.mark.parametrize("place", ["above", "between", "below"])
def test_a_picture_of_an_article_is_its_own_wherever_it_stands(place: str) -> None:
    parts = ["<p>The ferry sank on Monday.</p>", "<p>Nobody was hurt, the harbour office said.</p>"]
    parts.insert(
        ["above", "between", "below"].index(place), '<img src="https://bay.example/a.jpg">'
    )
    html = "".join(parts)
    (found,) = clean(RawDocument("f", b"", html, HTML + ARTICLE, {"title": "T"})).article.images
    assert found.src == "https://bay.example/a.jpg"


@pytest.mark.parametrize("media_type", [HTML, HTML + ARTICLE])
def test_a_caption_may_be_of_paragraphs(media_type: str) -> None:
    figure = (
        '<figure><img src="https://bay.example/a.jpg"><figcaption><div><p>The quay on Monday</p>'
        "<p>Photo: Ada Lund</p></div></figcaption></figure>"
    )
    whole = page(inside=f"{figure}<p>{PARAGRAPHS[0]}</p>")
    html = whole if media_type == HTML else f"<p>Rain.</p>{figure}<p>Snow.</p>"
    article = clean(RawDocument("f", b"", html, media_type, {"title": "T"})).article
    assert "quay on Monday" not in article.body
    (found,) = article.images
    assert (found.caption, found.credit) == ("The quay on Monday", "Ada Lund")
    assert found.src == "https://bay.example/a.jpg"

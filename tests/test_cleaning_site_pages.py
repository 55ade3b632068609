"""Pages of a site that are no stories: those that only lead to some, forms and notices."""

from __future__ import annotations

import pytest

from archive_gen.article import HTML, RawDocument
from archive_gen.cleaning import clean
from archive_gen.dates import parse_date
from tests.html_pages import HEADLINE, STORY, cleaned

TEASERS = {
    "Ferry terminal to close in spring": STORY[0],
    "Three hours of argument in the hall": STORY[1],
    "Two boats for the northern route": STORY[2],
    "Bakers of the bay win a prize": "The guild of bakers gave its yearly prize on Monday night in "
    "the old salt store, after a jury had tasted sixty loaves in four hours.",
}
LEADS, OF_SITE = "only leads to stories, by its form", "reads as a form or a notice of the site"


def page(body: str, title: str = "News", head: str = "") -> str:
    menu = '<nav><a href="/">Home</a> <a href="/news/">News</a></nav>'
    head = f"<head><title>{title}</title>{head}</head>"
    return f"<html lang='en'>{head}<body>{menu}<main>{body}</main></body></html>"


def teasers(form: str) -> str:
    return "".join(form.format(headline, text) for headline, text in TEASERS.items())


def told(found: str) -> tuple[list[str], bool]:
    read = cleaned(found)
    return [one.message for one in read.problems], read.confidence > 0


@pytest.mark.parametrize(
    "form",
    [
        "<article><h2><a href='/a'>{}</a></h2><p>2015-10-07 by Ada Quill</p><p>{}</p></article>",
        "<div><h3><a href='/a'>{}</a></h3><div>{} <a href='/a'>Read more</a></div></div>",
        "<div><a href='/a'><h3>{}</h3><p>{}</p></a></div>",
    ],
)
def test_a_page_that_only_leads_to_stories_is_told(form: str) -> None:
    found = page(f"<h1>News</h1>{teasers(form)}")
    assert told(found) == ([LEADS], False)
    article = cleaned(found).article
    assert article.title == "News"
    assert article.body  # a person may want it
    assert (article.date, article.authors, article.summary) == (None, (), "")


def test_a_page_of_teasers_has_no_headline_of_theirs() -> None:
    form = "<article><h2><a href='/a'>{}</a></h2><p>{}</p></article>"
    assert cleaned(page(teasers(form), title="Politics")).article.title == "Politics"


def test_what_is_stated_of_a_page_of_teasers_counts() -> None:
    form = "<h2><a href='/a'>{}</a></h2><p>{}</p>"
    text = page(teasers(form))
    known = {"date": parse_date("2015-10"), "title": "Week 41"}
    article = clean(RawDocument("a.html", b"", text, HTML, known)).article
    assert (article.title, str(article.date and article.date.text)) == ("Week 41", "2015-10")


FORM = "<div><h3><a href='/a'>{}</a></h3><p>{}</p></div>"
GUIDE = f"<h2><a href='/a'>The best bakers of the bay</a></h2><p>{' '.join(STORY * 2)}</p>"
SAYS_SO = "<meta property='article:published_time' content='2015-10-07'>"


@pytest.mark.parametrize(
    ("body", "head"),
    [
        # Others below it; headings that lead to what it speaks of; what the page says of itself.
        ("".join(f"<p>{text}</p>" for text in STORY * 2) + teasers(FORM), ""),
        (GUIDE * 4, ""),
        (teasers(FORM), SAYS_SO),
    ],
)
def test_a_story_that_leads_to_others_is_one(body: str, head: str) -> None:
    assert told(page(f"<h1>{HEADLINE}</h1>{body}", HEADLINE, head)) == ([], True)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Log in", True),
        ("Privacy policy – Marrow Bay Courier", True),
        ("Über uns | Küstenbote", True),
        ("Войти", False),
        ("Privacy policy of the council is unlawful, judges say", False),
    ],
)
def test_a_form_or_a_notice_of_the_site_is_told(title: str, *, found: bool) -> None:
    text = f"<h1>{title}</h1>" + "".join(f"<p>{text}</p>" for text in STORY)
    assert told(page(text, title)) == ([OF_SITE] if found else [], not found)

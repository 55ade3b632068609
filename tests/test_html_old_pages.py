"""Web pages of the first years: tables, fonts, rules, and titles that nobody gave."""

from __future__ import annotations

import pytest

from archive_gen.cleaning.base import Cleaned
from tests.html_pages import HEADLINE, STORY, cleaned, paragraphs


def read(title: str, body: str) -> Cleaned:
    page = f"<HTML><HEAD><TITLE>{title}</TITLE></HEAD><BODY BGCOLOR=white>{body}</BODY></HTML>"
    return cleaned(page)


@pytest.mark.parametrize("title", ["Untitled Document", "New Page 1", "", "Unbenanntes Dokument"])
def test_a_page_that_nobody_titled_has_its_heading(title: str) -> None:
    masthead = "<CENTER><H2>MARROW BAY COURIER ON-LINE</H2></CENTER><HR>"
    byline = "<I>By Anna Keller, Courier staff</I><BR>March 4, 1999<P>"
    foot = "<HR><A HREF='index.html'>Back to index</A><BR><FONT SIZE=-2>Copyright 1999</FONT>"
    text = f"{masthead}<H3>{HEADLINE}</H3>{byline}{'<BR><BR>'.join(STORY)}{foot}"
    found = read(title, text)
    assert found.article.title == HEADLINE
    assert found.article.authors == ("Anna Keller",)
    assert str(found.article.date and found.article.date.text) == "1999-03-04"
    assert paragraphs(found) == STORY


def test_a_heading_is_the_headline_of_an_untitled_page_though_its_words_come_nowhere_else() -> None:
    found = read("", f"<H2>Farewell, old friend</H2><P>{'<P>'.join(STORY)}")
    assert found.article.title == "Farewell, old friend"


@pytest.mark.parametrize("title", ["Weekly Examiner", "Untitled Document"])
def test_a_title_that_names_the_site_alone_is_no_headline(title: str) -> None:
    """Sites with frames had one title for all pages, and headlines that only their size told."""
    menu = '<TD><FONT SIZE=1><A HREF="../index.html">Start</A><BR><A HREF="x.html">Archive</A></TD>'
    head = f"<FONT SIZE=5><B>{HEADLINE}</B></FONT><BR><I>By Anna Keller</I><BR>"
    dated = "<FONT SIZE=1>Weekly Examiner, 4 March 1999</FONT><P>"
    foot = "<HR><FONT SIZE=1>&copy; 1999 Weekly Examiner</FONT>"
    text = f"{head}{dated}{'<P>'.join(STORY)}{foot}"
    found = read(title, f"<TABLE><TR>{menu}<TD>{text}</TD></TR></TABLE>")
    assert found.article.title == HEADLINE
    assert paragraphs(found) == STORY
    if title in text:
        assert (found.article.source, found.article.place) == (title, "")


@pytest.mark.parametrize(
    "title", [f"Courier - {HEADLINE}", f"{HEADLINE} - Courier", f"Courier: News - {HEADLINE}"]
)
def test_the_part_of_a_title_that_the_page_shows_is_the_headline(title: str) -> None:
    text = f"<TABLE><TR><TD>Home</TD><TD><FONT SIZE=5>{HEADLINE}</FONT><P>{'<P>'.join(STORY)}"
    found = read(title, f"{text}</TD></TR></TABLE>")
    assert found.article.title == HEADLINE
    assert paragraphs(found) == STORY


@pytest.mark.parametrize("archive", ["Blog Archive", "Blog Archiv", "Archive du blog"])
@pytest.mark.parametrize("posted", ["This entry was posted", "Posted"])
def test_a_blog_of_its_time(archive: str, posted: str) -> None:
    """Its ``h1`` is the blog's name, which leads home, and the day stands below the story."""
    head = '<h1><a href="http://blog.example/">The Courier Newsroom</a></h1>'
    text = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    foot = f"{posted} on Monday, May 5th, 2008 at 4:12 pm and is filed under "
    foot += '<a href="/c/ethics/" rel="category tag">Ethics</a>. You can follow any responses to '
    foot += 'this entry through the <a href="feed/">RSS 2.0</a> feed.'
    title = f"The Courier Newsroom &raquo; {archive} &raquo; {HEADLINE}"
    found = read(title, f"{head}<h2>{HEADLINE}</h2>{text}<p><small>{foot}</small></p>")
    assert found.article.title == HEADLINE
    assert str(found.article.date and found.article.date.text) == "2008-05-05"
    assert found.article.tags == ("Ethics",)
    assert paragraphs(found) == STORY


def test_a_sentence_at_the_end_of_a_story_on_what_was_published_dates_something_else() -> None:
    last = "Published on 4 May 2015 by the harbour office, the report tells of nine accidents."
    text = "".join(f"<p>{paragraph}</p>" for paragraph in (*STORY, last))
    found = read(HEADLINE, f"<h1>{HEADLINE}</h1>{text}")
    assert found.article.date is None
    assert paragraphs(found) == [*STORY, last]


def test_a_line_at_the_end_of_a_story_may_say_when_it_was_posted() -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    found = read(
        HEADLINE, f"<h1>{HEADLINE}</h1>{text}<p>Posted on May 5th, 2008 by Ann in News</p>"
    )
    assert str(found.article.date and found.article.date.text) == "2008-05-05"
    assert paragraphs(found) == STORY


def test_a_title_may_shorten_the_headline_that_the_page_shows() -> None:
    longer = f"{HEADLINE} after a century"
    text = f"<TABLE><TR><TD>Home</TD><TD><FONT SIZE=5>{longer}</FONT><P>{'<P>'.join(STORY)}"
    found = read(f"Courier - {HEADLINE}", f"{text}</TD></TR></TABLE>")
    assert found.article.title == longer
    assert paragraphs(found) == STORY


@pytest.mark.parametrize("title", ["Courier - Print view", "Druckversion", "Printer-friendly page"])
def test_a_page_made_for_printing(title: str) -> None:
    address = "http://courier.example/story.asp?id=812"
    head = f"<p><b>Courier</b> - Printed from {address}</p><h2>{HEADLINE}</h2>"
    byline = "<p>By Anna Keller<br>Courier Staff<br>Thursday, March 4, 1999</p>"
    foot = f"<hr><p>Find this article at: {address}</p><p>© Copyright 1999 Courier</p>"
    found = read(title, f"{head}{byline}<p>{'<br><br>'.join(STORY)}</p>{foot}")
    assert found.article.title == HEADLINE
    assert found.article.authors == ("Anna Keller",)
    assert str(found.article.date and found.article.date.text) == "1999-03-04"
    assert paragraphs(found) == STORY


def test_a_line_below_a_picture_that_says_who_took_it_is_its_caption() -> None:
    picture = "<TABLE ALIGN=right><TR><TD><IMG SRC=/ferry.jpg WIDTH=200></TD></TR><TR><TD>"
    picture += "<FONT SIZE=1>The ferry in 1911. (Photo by Bo Lund)</FONT></TD></TR></TABLE>"
    text = f"<P>{STORY[0]}<P>{STORY[1]}<P>{picture}{STORY[2]}"
    found = read(HEADLINE, f"<FONT SIZE=5><B>{HEADLINE}</B></FONT>{text}")
    assert paragraphs(found) == STORY
    assert [(i.caption, i.credit) for i in found.article.images] == [
        ("The ferry in 1911", "Bo Lund")
    ]


def test_a_headline_in_two_parts_stays_whole() -> None:
    title = "Ferry terminal - the end of a century"
    found = read(title, f"<FONT SIZE=5>{title}</FONT><P>{'<P>'.join(STORY)}")
    assert found.article.title == title


@pytest.mark.parametrize(
    "notice",
    [
        "&copy; 1999 Courier",
        "&copy; 1999 The Associated Press. All rights reserved. This material may not be "
        "published, broadcast, rewritten or redistributed. Learn more about our Privacy Policy.",
    ],
)
def test_a_claim_of_copyright_among_the_story_is_left_out(notice: str) -> None:
    found = read(HEADLINE, f"<H1>{HEADLINE}</H1><P>{'<P>'.join(STORY)}<P>{notice}")
    assert paragraphs(found) == STORY


def test_a_site_may_share_a_word_with_a_story() -> None:
    title = "The Residents of Weekly Harlow Online Edition: Breaking News"
    text = f"<B>{HEADLINE}</B><P>By Anna Keller<P>{'<P>'.join(STORY)}"
    found = read(f"{title}</TITLE><META NAME=description CONTENT='{title}'>", text)
    assert (found.article.title, found.article.summary) == (HEADLINE, "")


def test_a_headline_in_a_script_without_spaces_speaks_of_its_story() -> None:
    story = [
        "本报讯 港务委员会星期二同意提高克雷渡轮的票价，尽管商人请愿要求更便宜的票价。",
        "码头必须在冬天之前修好，而镇上的钱箱里已经没有钱了。商人们说他们会再次请愿。",
        "渡轮每天运送三百人过河，多数是去工厂上班的工人。",
    ]
    found = read(
        "渡轮票价上调", f"<P><B>渡轮每天运送三百人过河</B></P><P>{'</P><P>'.join(story)}</P>"
    )
    assert found.article.title == "渡轮票价上调"


def test_the_name_of_an_agency_above_a_story_is_no_heading() -> None:
    head = f"<h1>{HEADLINE}</h1><h4>ASSOCIATED PRESS</h4><p>March 4, 1999</p>"
    found = read(HEADLINE, f"{head}<p>{'<p>'.join(STORY)}")
    assert paragraphs(found) == STORY
    assert found.article.extra == {"agency": "AP"}

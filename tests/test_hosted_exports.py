"""Exports of hosted blogs and newsletters, with all that their pages do beside the story."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from archive_gen.article import Article, RawDocument
from archive_gen.content import frontmatter
from archive_gen.importers import read as read_file
from archive_gen.importers.base import LeftOut
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.parallel import SerialMapper
from archive_gen.problems import Problem

VOTED = "The harbour board voted on Tuesday to rebuild the north quay, eleven years after a storm."
WORK = "Work will begin in March and take two summers, said Ida Marsh, who chairs the board."
PAID = "The county will not pay a penny more, Mr Hale told the meeting, and left the room."


def articles(tmp_path: Path, *files: Path) -> list[Article]:
    content = tmp_path / "content"
    found = []
    for outcome in ingest(content, files, Stated({}), SerialMapper()):
        if outcome.path:
            data = (content / str(outcome.path)).read_bytes()
            article, problems = frontmatter.parse_bytes(data, "")
            assert article is not None, problems
            found.append(article)
    return found


def written(tmp_path: Path, name: str, text: str) -> Path:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def left_out(file: Path) -> list[str]:
    return [found.kind for found in read_file(file) if isinstance(found, LeftOut)]


def paragraphs(article: Article) -> list[str]:
    return article.body.strip().split("\n\n")


# -- Blogger

CAPTIONED = (
    '<table align="center" class="tr-caption-container" style="float: left;"><tbody><tr><td>'
    '<a href="https://b.example/s1600/a.jpg"><img src="https://b.example/s320/a.jpg" /></a></td>'
    '</tr><tr><td class="tr-caption" style="x">The storm, seen from the <b>point</b></td></tr>'
    "</tbody></table>"
)


def takeout(body: str, inside: str = "") -> str:
    return (
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:blogger='http://schemas.google.com/blogger/2018'><title>Port Post</title><entry>"
        "<blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status>"
        "<author><name>Ada Quill</name><blogger:type>BLOGGER</blogger:type></author>"
        f"<title>Board votes</title><content type='html'>{html.escape(body)}</content>"
        f"<published>2021-05-04T22:46:00Z</published>{inside}</entry></feed>"
    )


def test_captions_of_blogger_are_captions(tmp_path: Path) -> None:
    body = (
        f"{VOTED}<br /><br />{CAPTIONED}{WORK}<br /><br />{CAPTIONED.replace('/a.jpg', '/b.jpg')}"
    )
    (article,) = articles(tmp_path, written(tmp_path, "feed.atom", takeout(body)))
    assert paragraphs(article) == [VOTED, WORK]
    assert [(image.caption, image.src) for image in article.images] == [
        ("The storm, seen from the point", "https://b.example/s320/a.jpg"),
        ("The storm, seen from the point", "https://b.example/s320/b.jpg"),
    ]


def test_a_table_of_blogger_without_a_caption_is_a_table(tmp_path: Path) -> None:
    odd = CAPTIONED.partition("<tr><td class")[0]
    table = "<table><tr><td>Berths</td><td>40</td></tr><tr><td>Cranes</td><td>1</td></tr></table>"
    (article,) = articles(
        tmp_path,
        written(tmp_path, "feed.atom", takeout(f"<p>{VOTED}</p>{table}<p>{WORK}</p>{odd}")),
    )
    assert paragraphs(article)[0] == VOTED
    assert "40" in article.body
    assert paragraphs(article)[-1] == WORK


def test_takeout_says_more_of_a_post_than_a_feed(tmp_path: Path) -> None:
    inside = (
        "<blogger:metaDescription>Two summers of work.</blogger:metaDescription>"
        "<blogger:location><blogger:name>Harlow Bay</blogger:name></blogger:location>"
    )
    body = f"<p>{VOTED}</p><p>{WORK}</p>"
    (article,) = articles(tmp_path, written(tmp_path, "feed.atom", takeout(body, inside)))
    assert (article.summary, article.place) == ("Two summers of work.", "Harlow Bay")
    assert article.authors == ("Ada Quill",)


def test_the_day_of_a_feed_is_that_of_its_own_clock(tmp_path: Path) -> None:
    late = takeout(f"<p>{VOTED}</p>").replace(
        "2021-05-04T22:46:00Z", "2021-05-04T22:46:00.001-04:00"
    )
    (article,) = articles(tmp_path, written(tmp_path, "feed.atom", late))
    assert article.date is not None
    assert article.date.text == "2021-05-04T22:46:00-04:00"


# -- Squarespace


def squarespace(body: str, author: str = "ada@port.example") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss xmlns:content='
        '"http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Port Post</title>'
        "<link>http://port.example</link><wp:author><wp:author_login>ada@port.example"
        "</wp:author_login><wp:author_display_name>Ada Quill</wp:author_display_name></wp:author>"
        "<item><title>Board votes</title><link>/blog/2013/6/board</link>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded><wp:post_type>post</wp:post_type>"
        f"<wp:status>publish</wp:status><dc:creator>{author}</dc:creator>"
        "<wp:post_date>2013-06-07 03:00:44</wp:post_date></item></channel></rss>"
    )


BLOCKS = (
    '<div class="sqs-layout"><div class="sqs-block html-block sqs-block-html"><div class='
    f'"sqs-block-content"><p>{VOTED}</p></div></div><div class="sqs-block image-block"><figure '
    'class="sqs-block-image-figure intrinsic"><div><noscript><img src="https://i.example/q.jpg"/>'
    '</noscript><img class="thumb-image" data-src="https://i.example/q.jpg"></div><figcaption '
    'class="image-caption-wrapper"><div class="image-caption"><p>The quay in May</p></div>'
    '</figcaption></figure></div><div class="sqs-block quote-block"><figure><blockquote>We have '
    'waited long enough.</blockquote><figcaption class="source">Ida Marsh, chair</figcaption>'
    '</figure></div><div class="sqs-block newsletter-block"><h2>Subscribe</h2><p>Sign up with your '
    f"email address to receive news and updates.</p></div><p>{WORK}</p></div>"
)


def test_a_post_of_squarespace_is_its_story_and_pictures(tmp_path: Path) -> None:
    (article,) = articles(tmp_path, written(tmp_path, "export.xml", squarespace(BLOCKS)))
    assert paragraphs(article) == [
        VOTED,
        "> We have waited long enough.",
        "Ida Marsh, chair",
        WORK,
    ]
    assert [(i.caption, i.src) for i in article.images] == [
        ("The quay in May", "https://i.example/q.jpg")
    ]
    assert article.url == "http://port.example/blog/2013/6/board"


@pytest.mark.parametrize(
    ("login", "authors"),
    [("ada@port.example", ("Ada Quill",)), ("bo@port.example", ()), ("bo@port.com", ())],
)
def test_the_address_of_an_author_is_no_name(
    tmp_path: Path, login: str, authors: tuple[str, ...]
) -> None:
    export = squarespace(f"<p>{VOTED}</p><p>{WORK}</p>", login)
    (article,) = articles(tmp_path, written(tmp_path, "export.xml", export))
    assert article.authors == authors


# -- Medium


def medium(title: str, body: str, summary: str = "", tags: str = "") -> str:
    return (
        f'<!DOCTYPE html><html><head><title>{title}</title></head><body><article class="h-entry">'
        f'<header><h1 class="p-name">{title}</h1></header><section data-field="subtitle" '
        f'class="p-summary">{summary}</section><section data-field="body" class="e-content">'
        f'<section class="section section--body">{body}</section></section><footer>{tags}<p>By '
        '<a href="x" class="p-author h-card">Ada Quill</a> on <a href="y"><time '
        'class="dt-published" datetime="2018-05-06T09:10:11.123Z">May 6, 2018</time></a>.</p><p>'
        '<a href="https://medium.com/@ada/board-1" class="p-canonical">Canonical link</a></p>'
        '<p>Exported from <a href="https://medium.com">Medium</a> on June 1, 2020.</p></footer>'
        "</article></body></html>"
    )


def test_all_of_a_story_of_medium_is_article(tmp_path: Path) -> None:
    body = (
        '<h3 class="graf graf--h3 graf--leading graf--title">Board votes</h3>'
        '<h4 class="graf graf--h4 graf--subtitle">Two summers of work</h4>'
        f'<p class="graf graf--p">{VOTED}</p><pre class="graf graf--pre">x = 1</pre>'
        '<div class="graf graf--mixtapeEmbed"><a href="z"><strong>The storm</strong></a></div>'
        f'<figure class="graf graf--figure"><img src="https://m.example/q.jpg"><figcaption '
        f'class="imageCaption">The quay</figcaption></figure><p class="graf graf--p">{WORK}</p>'
        '<p class="graf graf--p graf--trailing">The plan is on show until Friday.</p>'
    )
    tags = '<p class="p-tags">Tagged in <a href="t" class="p-tag">Ports &amp; quays</a></p>'
    page = medium("Board votes", body, "Two summers of work", tags)
    (article,) = articles(tmp_path, written(tmp_path, "2018-05-06_Board-1.html", page))
    assert (article.title, article.summary) == ("Board votes", "Two summers of work")
    assert article.tags == ("Ports & quays",)
    assert paragraphs(article) == [VOTED, "x = 1", WORK, "The plan is on show until Friday."]
    assert [image.caption for image in article.images] == ["The quay"]


def test_an_answer_on_medium_is_a_comment(tmp_path: Path) -> None:
    said = "Thanks for this, Bo; I had not known about the second pier, and will look into it."
    page = medium(f"{said[:40]}…", f'<p class="graf graf--p graf--leading">{said}</p>')
    assert left_out(written(tmp_path, "2018-05-06_-2.html", page)) == ["comments"]
    story = medium("Board votes", f'<p class="graf graf--p">{VOTED}</p>')
    assert left_out(written(tmp_path, "2018-05-06_Board-3.html", story)) == []


# -- Substack

TABLE = (
    "post_id,post_date,is_published,type,audience,title,subtitle\n"
    "1.board,2021-03-04T10:00:00.000Z,true,newsletter,everyone,Board votes,Two summers\n"
)
POST = (
    f'<p>{VOTED}<a class="footnote-anchor" href="#footnote-1">1</a></p><div class='
    '"subscription-widget-wrap-editor"><p class="cta-caption">Port Post is a reader-supported '
    "publication. To receive new posts, consider becoming a subscriber.</p></div><div "
    'class="pullquote"><p>We have waited long enough.</p></div>'
    '<div class="image-gallery-embed" data-attrs="{&quot;gallery&quot;:{&quot;images&quot;:['
    "{&quot;src&quot;:&quot;https://s.example/a.jpg&quot;},{&quot;src&quot;:&quot;"
    "https://s.example/b.jpg&quot;}],&quot;caption&quot;:&quot;Two views of the pier&quot;}}"
    f'"></div><div class="image-gallery-embed" data-attrs="{{&quot;gallery&quot;:7}}"></div>'
    f'<p>{WORK}</p><p class="button-wrapper"><a class="button" href="/s"><span>Donate</span></a>'
    '</p><div class="footnote"><a class="footnote-number" href="#footnote-anchor-1">1</a><div '
    'class="footnote-content"><p>The minutes are in the archive of the county, box 14.</p></div>'
    "</div>"
)


def test_a_post_of_substack_keeps_notes_and_galleries(tmp_path: Path) -> None:
    written(tmp_path, "export/posts.csv", TABLE)
    post = written(tmp_path, "export/posts/1.board.html", POST)
    (article,) = articles(tmp_path, post)
    assert paragraphs(article) == [
        f"{VOTED}[1]",
        "> We have waited long enough.",
        WORK,
        "[1] The minutes are in the archive of the county, box 14.",
    ]
    assert [(image.caption, image.src) for image in article.images] == [
        ("Two views of the pier", "https://s.example/a.jpg"),
        ("", "https://s.example/b.jpg"),
    ]
    (document,) = read_file(post)
    assert isinstance(document, RawDocument)
    assert document.data == post.read_bytes()  # the original as it was


# -- Movable Type

ENTRY = (
    "AUTHOR: Ada Quill\nTITLE: Board votes\nSTATUS: Publish\nCONVERT BREAKS: {}\n"
    "UNIQUE URL: http://port.example/2008/02/board.html\nDATE: {}\n-----\nBODY:\n"
    f"{VOTED}\n\n{WORK}\n-----\nKEYWORDS:\nquay, storm\n-----\n--------\n"
)


def test_an_entry_of_movable_type_has_its_address_and_keywords(tmp_path: Path) -> None:
    export = ENTRY.format("1", "02/13/2008 11:44:42 PM")
    (article,) = articles(tmp_path, written(tmp_path, "mt.txt", export))
    assert article.url == "http://port.example/2008/02/board.html"
    assert article.tags == ("quay", "storm")


def test_a_day_of_movable_type_in_another_form_is_read_as_others_are(tmp_path: Path) -> None:
    (article,) = articles(
        tmp_path, written(tmp_path, "mt.txt", ENTRY.format("1", "13.02.2008 23:44"))
    )
    assert article.date is not None
    assert article.date.text.startswith("2008-02-13")


def test_textile_is_told_once(tmp_path: Path) -> None:
    entry = ENTRY.format("textile_2", "02/13/2008 11:44:42 PM")
    other = entry.replace("Board votes", "Pier closed").replace(VOTED, PAID)
    file = written(tmp_path, "mt.txt", entry + other)
    problems = [str(found) for found in read_file(file) if isinstance(found, Problem)]
    assert len(problems) == 1
    assert "2 entries are in Textile" in problems[0]
    assert len(articles(tmp_path, file)) == 2


def test_the_theme_of_a_blog_is_a_setting(tmp_path: Path) -> None:
    theme = (
        "<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml' "
        "xmlns:b='http://www.google.com/2005/gml/b'><head><title>Port Post</title></head></html>"
    )
    assert left_out(written(tmp_path, "theme-layouts.xml", theme)) == ["settings and the like"]

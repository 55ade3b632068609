"""What a content system exports: the published articles become articles, nothing else does."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive_gen.article import Article
from archive_gen.cli import group
from archive_gen.content import frontmatter
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.parallel import SerialMapper

OPENED = "The library on Mill Street opened its doors again on Friday after two years of work."
ROOF = "The roof had leaked since the flood of 2011, and many [older] books were kept in the gym."
HOURS = "Opening hours stay the same, the director said."


def read(tmp_path: Path, name: str, text: str) -> list[Article]:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    content = tmp_path / "content"
    found = []
    for outcome in ingest(content, [file], Stated({}), SerialMapper()):
        if outcome.left_out:
            continue
        assert outcome.status == "new", outcome.problems
        data = (content / str(outcome.path)).read_bytes()
        article, problems = frontmatter.parse_bytes(data, "")
        assert article is not None, problems
        found.append(article)
    return found


def paragraphs(article: Article) -> list[str]:
    return article.body.strip().split("\n\n")


# -- WordPress


def item(text: str = f"{OPENED}\n\n{ROOF}", **fields: str) -> str:
    """An entry of an export, with fields of WordPress's own."""
    fields = {"status": "publish", "post_type": "post", **fields}
    own = "".join(f"<wp:{key}><![CDATA[{value}]]></wp:{key}>" for key, value in fields.items())
    return (
        "<item><title>Library reopens with a new roof</title>"
        "<link>https://courier.example/2013/05/library/</link>"
        "<pubDate>Fri, 03 May 2013 22:30:00 +0000</pubDate>"
        "<dc:creator><![CDATA[akeller]]></dc:creator>"
        f"<content:encoded><![CDATA[{text}]]></content:encoded>"
        '<category domain="category" nicename="town"><![CDATA[Town]]></category>'
        f"{own}</item>"
    )


def wordpress(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Bay Courier</title>'
        "<wp:author><wp:author_login><![CDATA[jholm]]></wp:author_login>"
        "<wp:author_display_name><![CDATA[Jonas Holm]]></wp:author_display_name></wp:author>"
        "<wp:author><wp:author_login><![CDATA[akeller]]></wp:author_login>"
        "<wp:author_display_name><![CDATA[Anna Keller]]></wp:author_display_name></wp:author>"
        f"{''.join(items)}</channel></rss>"
    )


def test_blank_lines_part_the_paragraphs_of_wordpress(tmp_path: Path) -> None:
    (article,) = read(tmp_path, "export.xml", wordpress(item(f"{OPENED}\r\n\r\n{ROOF}\n\n{HOURS}")))
    assert paragraphs(article) == [OPENED, ROOF, HOURS]
    assert article.tags == ("Town",)


def test_blocks_of_wordpress_stay_as_they_are(tmp_path: Path) -> None:
    text = (
        f"<!-- wp:paragraph -->\n<p>{OPENED}</p>\n<!-- /wp:paragraph -->\n\n"
        f"<!-- wp:list -->\n<ul><li>Books on the first floor, as before</li>\n\n"
        f"<li>Papers in the cellar, as before</li></ul>\n<!-- /wp:list -->\n\n<p>{HOURS}</p>"
    )
    (article,) = read(tmp_path, "export.xml", wordpress(item(text)))
    assert paragraphs(article)[0] == OPENED
    assert "- Papers in the cellar, as before" in article.body
    assert paragraphs(article)[-1] == HOURS


@pytest.mark.parametrize(
    ("excerpt", "summary"),
    [
        ("After <em>two</em> years, the books are back.", "After two years, the books are back."),
        ("The library on Mill Street opened its doors again […]", None),
        ("", None),
    ],
)
def test_the_excerpt_of_wordpress_is_the_summary(
    tmp_path: Path, excerpt: str, summary: str | None
) -> None:
    told = f"<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded></item>"
    export = wordpress(item().replace("</item>", told)).replace(
        "<channel>", '<channel xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/">'
    )
    (article,) = read(tmp_path, "export.xml", export)
    assert (article.summary or None) == summary


@pytest.mark.parametrize(
    ("notes", "last"),
    [
        (
            '[{"content":"Or <em>so</em>.","id":"a"},{"content":"Or not.","id":"b"}]',
            "1. Or *so*.\n2. Or not.",
        ),
        ('[{"content":5}, 7]', HOURS),
        ("{", HOURS),
    ],
)
def test_notes_of_wordpress_stand_where_their_block_is(
    tmp_path: Path, notes: str, last: str
) -> None:
    text = (
        f"<!-- wp:paragraph -->\n<p>{OPENED}</p>\n<!-- /wp:paragraph -->\n\n"
        f"<!-- wp:paragraph -->\n<p>{HOURS}</p>\n<!-- /wp:paragraph -->\n\n"
        '<!-- wp:footnotes {"fontSize":"small"} /-->'
    )
    meta = (
        "<wp:postmeta><wp:meta_key>footnotes</wp:meta_key>"
        f"<wp:meta_value><![CDATA[{notes}]]></wp:meta_value></wp:postmeta></item>"
    )
    (article,) = read(tmp_path, "export.xml", wordpress(item(text).replace("</item>", meta)))
    assert paragraphs(article)[-1] == last


def test_captions_of_wordpress_are_captions(tmp_path: Path) -> None:
    text = (
        f'{OPENED}\n\n[caption id="attachment_9" align="left" width="300"]'
        '<a href="/big.jpg"><img src="https://courier.example/roof.jpg" alt="A roof"/></a>'
        f" The new roof.[/caption]\n\n{HOURS}"
    )
    (article,) = read(tmp_path, "export.xml", wordpress(item(text)))
    assert paragraphs(article) == [OPENED, HOURS]
    (image,) = article.images
    assert image.caption == "The new roof."
    assert image.src == "https://courier.example/roof.jpg"


def test_shortcodes_are_left_out_and_brackets_stay(tmp_path: Path) -> None:
    text = (
        f'[dropcap]T[/dropcap]{OPENED[1:]}\n\n[gallery ids="1,2"]\n\n'
        f"[embed]https://video.example/1[/embed]\n\n{ROOF}\n\n[/caption] [sic]"
    )
    (article,) = read(tmp_path, "export.xml", wordpress(item(text)))
    assert paragraphs(article)[0] == OPENED
    for gone in ("dropcap", "gallery", "embed", "video.example", "/caption"):
        assert gone not in article.body
    assert "older" in article.body
    assert "sic" in article.body


def test_authors_of_wordpress_have_the_names_that_readers_saw(tmp_path: Path) -> None:
    (article,) = read(tmp_path, "export.xml", wordpress(item()))
    assert article.authors == ("Anna Keller",)


def test_those_who_wrote_together_are_the_authors_and_no_tags(tmp_path: Path) -> None:
    """Plugins keep several authors as terms, and those without an account as entries."""

    def by(*logins: str) -> str:
        terms = (f'<category domain="author" nicename="cap-{n}">{n}</category>' for n in logins)
        return item().replace("<category", f"{''.join(terms)}<category", 1)

    keys = {"cap-user_login": "ida-moor", "cap-display_name": "Ida Moor"}
    rows = (
        f"<wp:meta_key>{k}</wp:meta_key><wp:meta_value>{v}</wp:meta_value>" for k, v in keys.items()
    )
    metas = "".join(f"<wp:postmeta>{row}</wp:postmeta>" for row in rows)
    guest = item(post_type="guest-author").replace("</item>", f"{metas}</item>")
    both, unknown = by("ida-moor", "jholm"), by("gone").replace(OPENED, HOURS)
    one_left = by("ida-moor", "gone").replace(OPENED, ROOF)
    articles = read(tmp_path, "export.xml", wordpress(both, guest, unknown, one_left))
    assert {one.authors for one in articles} == {
        ("Ida Moor", "Jonas Holm"),
        ("Anna Keller",),
        ("Ida Moor", "gone"),
    }
    assert {one.tags for one in articles} == {("Town",)}


def test_what_a_system_files_by_itself_is_no_tag(tmp_path: Path) -> None:
    unfiled = '<category domain="category"><![CDATA[Sin categoría]]></category>'
    formed = '<category domain="post_format"><![CDATA[Gallery]]></category>'
    post = item().replace("<category", f"{unfiled}{formed}<category", 1)
    (article,) = read(tmp_path, "export.xml", wordpress(post))
    assert article.tags == ("Town",)


def test_shortcodes_without_attributes_are_left_out(tmp_path: Path) -> None:
    text = (
        f"{OPENED}\n\n[youtube https://video.example/1]\n\n[related_posts]\n\n"
        f"<!-- wp:shortcode -->\n[weather]\n<!-- /wp:shortcode -->\n\n{ROOF} [so-called]"
    )
    (article,) = read(tmp_path, "export.xml", wordpress(item(text)))
    assert paragraphs(article) == [OPENED, f"{ROOF} [so-called]"]


def test_what_a_writer_put_into_brackets_is_no_shortcode(tmp_path: Path) -> None:
    said = f"{ROOF} The report [see https://example.org/report] calls it names[first_name] still."
    (article,) = read(tmp_path, "export.xml", wordpress(item(f"{OPENED}\n\n{said}")))
    assert "[see " in article.body
    assert "names[first_name] still" in article.body.replace("\\", "")


@pytest.mark.parametrize(
    "kind", ["flamingo_inbound", "nf_sub", "shop_order_refund", "guest-author"]
)
def test_what_readers_sent_or_bought_is_no_article(tmp_path: Path, kind: str) -> None:
    assert read(tmp_path, "export.xml", wordpress(item(post_type=kind))) == []


def test_the_language_of_a_site_is_not_that_of_each_post(tmp_path: Path) -> None:
    """Many sites have posts in two languages, and a feed names one."""
    french = (
        "La bibliothèque de la rue du Moulin a rouvert ses portes vendredi après deux ans de "
        "travaux. Le toit fuyait depuis les inondations de 2011, et de nombreux livres anciens "
        "étaient conservés dans le gymnase."
    )
    export = wordpress(item(), item(french)).replace(
        "<wp:author>", "<language>en-GB</language><wp:author>", 1
    )
    first, second = read(tmp_path, "export.xml", export)
    assert (first.language, second.language) == ("en-GB", "fr")


def test_the_day_is_the_newsrooms(tmp_path: Path) -> None:
    late = item(post_date="2013-05-04 00:30:00")
    (article,) = read(tmp_path, "export.xml", wordpress(late))
    assert article.date is not None
    assert article.date.text == "2013-05-04T00:30:00"


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": "draft"},
        {"status": "private"},
        {"status": "trash"},
        {"status": "inherit", "post_type": "attachment"},
        {"post_type": "page"},
        {"post_type": "nav_menu_item"},
        {"post_password": "harbour"},
    ],
    ids=str,
)
def test_what_wordpress_never_showed_is_left_out(tmp_path: Path, hidden: dict[str, str]) -> None:
    assert len(read(tmp_path, "export.xml", wordpress(item(), item("Hidden.", **hidden)))) == 1


def test_an_export_of_nothing_that_readers_saw_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "export.xml"
    file.write_text(wordpress(item(status="draft")), "utf-8")
    (outcome,) = ingest(tmp_path / "content", [file], Stated({}), SerialMapper())
    assert (outcome.status, outcome.left_out, outcome.problems) == ("left out", "drafts", ())


def test_what_is_left_out_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: Courier\n")
    hidden = (item(status="draft"), item(status="draft"), item(post_type="page"))
    file = tmp_path / "export.xml"
    file.write_text(wordpress(item(), *hidden), "utf-8")
    result = CliRunner().invoke(group, ["import", str(file), "--site", str(tmp_path)])
    assert result.exit_code == 0
    assert "Left out, as no articles or not public: drafts 2, pages 1." in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_a_sites_own_kind_of_post_is_an_article(tmp_path: Path) -> None:
    assert len(read(tmp_path, "export.xml", wordpress(item(post_type="report")))) == 1


def test_names_come_with_posts_of_the_rest_interface(tmp_path: Path) -> None:
    post = {
        "date": "2014-03-04T09:10:00",
        "title": {"rendered": "Library reopens &#8211; at last"},
        "content": {"rendered": f"<p>{OPENED}</p>\n<p>{HOURS}</p>"},
        "author": 3,
        "tags": [1],
        "_embedded": {
            "author": [{"id": 3, "name": "Anna Keller"}],
            "wp:term": [[{"name": "Town"}], [{"name": "library"}, "?"], None],
        },
    }
    (article,) = read(tmp_path, "posts.json", json.dumps([post]))
    assert (article.authors, article.tags) == (("Anna Keller",), ("Town", "library"))


TABLE_BLOCK = (
    '<figure class="wp-block-table"><table class="has-fixed-layout"><tbody><tr><td>Year</td>'
    "<td>Cost</td></tr><tr><td>2011</td><td>40</td></tr></tbody></table>{}</figure>"
)


def test_the_caption_of_a_table_is_none_of_a_picture(tmp_path: Path) -> None:
    caption = '<figcaption class="wp-element-caption">Cost of the <em>roof</em></figcaption>'
    blocks = (f"<p>{OPENED}</p>", TABLE_BLOCK.format(caption), TABLE_BLOCK.format(""))
    (article,) = read(tmp_path, "export.xml", wordpress(item("\n\n".join(blocks))))
    assert article.images == ()
    first, caption, table, *_ = paragraphs(article)
    assert (first, caption.replace("*", "")) == (OPENED, "Cost of the roof")
    assert table.startswith("| Year | Cost |")


def test_a_block_that_posts_share_stands_where_each_shows_it(tmp_path: Path) -> None:
    post = item(f'<p>{OPENED}</p>\n\n<!-- wp:block {{"ref":77}} /-->\n\n<p>{HOURS}</p>')
    lost = post.replace('"ref":77', '"ref":78').replace("Library reopens", "Pool reopens")
    block = item(f"<!-- wp:paragraph -->\n<p>{ROOF}</p>", post_type="wp_block", post_id="77")
    draft = item("<p>Not yet.</p>", post_type="wp_block", post_id="78", status="draft")
    first, second = read(tmp_path, "export.xml", wordpress(post, lost, block, draft))
    assert paragraphs(first) == [OPENED, ROOF, HOURS]
    assert paragraphs(second) == [OPENED, HOURS]


# -- Blogger


def entry(inside: str) -> str:
    return (
        f"<entry><title>Library reopens</title><content type='html'>&lt;p&gt;{OPENED}&lt;/p&gt;"
        "&lt;p&gt;Opening hours stay the same.&lt;/p&gt;</content>"
        f"<published>2014-03-04T09:00:00Z</published>{inside}</entry>"
    )


def kind(name: str) -> str:
    term = f"http://schemas.google.com/blogger/2008/kind#{name}"
    return f"<category scheme='http://schemas.google.com/g/2005#kind' term='{term}'/>"


@pytest.mark.parametrize(
    ("inside", "published"),
    [
        (kind("post") + "<category scheme='http://www.blogger.com/atom/ns#' term='town'/>", True),
        (kind("comment"), False),
        (kind("template"), False),
        (kind("post") + "<app:control><app:draft>yes</app:draft></app:control>", False),
        ("<blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status>", True),
        ("<blogger:type>POST</blogger:type><blogger:status>DRAFT</blogger:status>", False),
        ("<blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status>", False),
    ],
)
def test_of_a_blogger_export_posts_are_articles(
    tmp_path: Path, inside: str, *, published: bool
) -> None:
    feed = (
        "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'"
        " xmlns:app='http://purl.org/atom/app#'"
        " xmlns:blogger='http://schemas.google.com/blogger/2018'><title>Bay Blog</title>"
        f"{entry(inside)}</feed>"
    )
    always = entry(kind("post")).replace("Library reopens", "Shown").replace(OPENED, ROOF)
    articles = read(tmp_path, "blog.xml", feed.replace("</feed>", f"{always}</feed>"))
    assert len(articles) == 1 + published
    assert not any("schemas.google.com" in tag for article in articles for tag in article.tags)


# -- Ghost


def ghost(**changed: Any) -> str:
    post = {
        "id": "5", "title": "Mill wheel turns again", "status": "published", "type": "post",
        "html": f"<p>{OPENED}</p><p>{HOURS}</p>", "published_at": "2019-06-02T10:00:00.000Z",
    }  # fmt: skip
    tables: dict[str, Any] = {
        "posts": [post, *([post | {"id": "6", "title": "Hidden"} | changed] if changed else [])],
        "users": [{"id": "1", "name": "Anna Keller"}, {"id": "2", "name": "Jonas Holm"}],
        "posts_authors": [
            {"post_id": "5", "author_id": "2", "sort_order": 1},
            {"post_id": "5", "author_id": "1", "sort_order": 0},
        ],
        "tags": [{"id": "9", "name": "Mills"}, {"id": "10", "name": "#for-editors"}],
        "posts_tags": [{"post_id": "5", "tag_id": "9"}, {"post_id": "5", "tag_id": "10"}],
    }
    return json.dumps({"db": [{"meta": {"version": "5.0"}, "data": tables}]})


def test_a_ghost_export_tells_authors_and_tags(tmp_path: Path) -> None:
    (article,) = read(tmp_path, "ghost.json", ghost())
    assert article.title == "Mill wheel turns again"
    assert article.authors == ("Anna Keller", "Jonas Holm")
    assert article.tags == ("Mills",)
    assert article.date is not None
    assert article.date.text == "2019-06-02T10:00:00Z"


@pytest.mark.parametrize("hidden", [{"status": "draft"}, {"status": "scheduled"}, {"type": "page"}])
def test_what_ghost_never_showed_is_left_out(tmp_path: Path, hidden: dict[str, str]) -> None:
    (article,) = read(tmp_path, "ghost.json", ghost(**hidden))
    assert article.title == "Mill wheel turns again"


def words(text: str) -> dict[str, Any]:
    return {"type": "extended-text", "text": text, "format": 0}


LEXICAL = [
    {"type": "paragraph", "children": [words(OPENED)]},
    {"type": "extended-heading", "tag": "h2", "children": [words("A leaking roof")]},
    {"type": "image", "src": "__GHOST_URL__/content/images/roof.jpg", "caption": "<i>The</i> roof"},
    {"type": "paragraph", "children": [
        words("The roof "), {"type": "link", "url": "/r", "children": [words("had leaked")]},
        words(" for years."), {"type": "linebreak"}, words("Since the flood & before."),
    ]},
    {"type": "list", "listType": "number", "tag": "ol", "children": [
        {"type": "listitem", "children": [words("New tiles")]},
        {"type": "listitem", "children": [words("New beams")]},
    ]},
    {"type": "extended-quote", "children": [words("We waited long for this day.")]},
    {"type": "aside", "children": [words("So did we.")]},
    {"type": "callout", "calloutEmoji": "!", "calloutText": "<p>Opening hours stay the same.</p>"},
    {"type": "toggle", "heading": "When is it open?", "content": "<p>Every day.</p>"},
    {"type": "markdown", "markdown": "Some *Markdown*:\n\n- one\n- two"},
    {"type": "html", "html": "<p>HTML of the writer.</p><script>alert(1)</script>"},
    {"type": "gallery", "images": [{"src": "/a.jpg"}, {"src": "/b.jpg"}], "caption": "Two rooms"},
    {"type": "codeblock", "code": "x < 1"},
    {"type": "signup", "header": "Subscribe to us"},
    {"type": "button", "buttonText": "Buy it"},
    {"type": "bookmark", "metadata": {"title": "Elsewhere"}},
    {"type": "paragraph", "children": [words(HOURS)]},
]  # fmt: skip
MOBILEDOC: dict[str, Any] = {
    "version": "0.3.1",
    "atoms": [["soft-return", "", {}], ["mention", "@nora", {}]],
    "cards": [
        ["image", {"src": "/content/images/w.jpg", "caption": "The wheel, 1912", "alt": "A wheel"}],
        ["card-markdown", {"markdown": "## Water & power\n\nText of *Ghost* 1."}],
        ["hr", {}],
    ],
    "markups": [["a", ["href", "https://x.example"]], ["em"]],
    "sections": [
        [
            1,
            "p",
            [[0, [], 0, "The mill wheel turns again, "], [0, [0], 1, "the owner said & left."]],
        ],
        [10, 0],
        [1, "p", [[0, [], 0, "First line"], [1, [], 0, 0], [0, [1], 1, "with "], [1, [], 0, 1]]],
        [3, "ul", [[[0, [], 0, "One wheel"]], [[0, [], 0, "Two mills"]]]],
        [1, "blockquote", [[0, [], 0, "It turns."]]],
        [10, 1],
        [10, 2],
        [10, 99],
        [1, "script", [[0, [], 0, "The end of it."], [1, [], 0, -1], 5]],
        "none",
    ],
}


def read_post(tmp_path: Path, **fields: Any) -> Article:
    tables = json.loads(ghost())["db"][0]["data"]
    post = {**tables["posts"][0], "html": None, **fields}
    text = json.dumps({"db": [{"data": {**tables, "posts": [post]}}]})
    (article,) = read(tmp_path, "ghost.json", text)
    return article


def test_a_post_of_ghost_without_html_is_read_as_its_editor_keeps_it(tmp_path: Path) -> None:
    root = json.dumps({"root": {"type": "root", "children": LEXICAL}})
    article = read_post(tmp_path, lexical=root)
    assert article.body.split("\n\n") == [
        OPENED,
        "## A leaking roof",
        "The roof had leaked for years.  \nSince the flood & before.",
        "1. New tiles\n2. New beams",
        "> We waited long for this day.",
        "> So did we.",
        "Opening hours stay the same.",
        "## When is it open?",
        "Every day.",
        "Some *Markdown*:",
        "- one\n- two",
        "HTML of the writer.",
        "x < 1",
        HOURS,
    ]
    assert [image.caption for image in article.images] == ["The roof", "Two rooms"]


def test_and_so_is_one_of_its_earlier_editor(tmp_path: Path) -> None:
    article = read_post(tmp_path, mobiledoc=json.dumps(MOBILEDOC))
    assert article.body.split("\n\n") == [
        "The mill wheel turns again, [the owner said & left.](https://x.example)",
        "First line  \n*with* @nora",
        "- One wheel\n- Two mills",
        "> It turns.",
        "## Water & power",
        "Text of *Ghost* 1.",
        "The end of it.",
    ]
    assert [(image.caption, image.alt) for image in article.images] == [
        ("The wheel, 1912", "A wheel")
    ]


@pytest.mark.parametrize("text", ["{", "[]", '{"root": 5}', '{"sections": [[10], [1, 2, 3]]}'])
def test_a_post_of_ghost_that_is_damaged_has_no_text(tmp_path: Path, text: str) -> None:
    tables = json.loads(ghost(html=None, lexical=text, mobiledoc=text))
    file = tmp_path / "ghost.json"
    file.write_text(json.dumps(tables), "utf-8")
    first, second = ingest(tmp_path / "content", [file], Stated({}), SerialMapper())
    assert first.status == "new"
    assert [problem.message for problem in second.problems] == ["has no text"]


def test_the_picture_above_a_post_of_ghost(tmp_path: Path) -> None:
    tables = json.loads(ghost())["db"][0]["data"]
    post = {**tables["posts"][0], "feature_image": "__GHOST_URL__/content/images/lead.jpg"}
    meta = [{"post_id": "5", "feature_image_caption": "The <b>new</b> door"}]
    text = json.dumps({"db": [{"data": {**tables, "posts": [post], "posts_meta": meta}}]})
    (article,) = read(tmp_path, "ghost.json", text)
    assert [image.caption for image in article.images] == ["The new door"]
    assert article.body.startswith(OPENED)


# -- Substack and Medium


TABLE = (
    "post_id,post_date,is_published,type,audience,title,subtitle\n"
    "1.mill,2021-03-04T10:00:00.000Z,true,newsletter,everyone,Mill wheel turns,After years\n"
    "2.paid,2021-03-05T10:00:00.000Z,true,newsletter,only_paid,Paid,\n"
    "3.draft,,false,newsletter,everyone,Draft,\n"
)
BUTTON = "<p class='button-wrapper'><a href='/s'><span>Subscribe now</span></a></p>"
SUBSTACK = {
    "posts.csv": TABLE,
    "email_list.courier.csv": "email,name\nreader@example.org,Reader\n",
    "posts/1.mill.html": f"<p>{OPENED}</p>{BUTTON}<p>{HOURS}</p>",
    "posts/2.paid.html": f"<p>{ROOF}</p>",
    "posts/3.draft.html": f"<p>{ROOF} Not yet.</p>",
}
FOOT = (
    "<footer><p>By <a href='x' class='p-author h-card'>Ada Quill</a> on <a href='y'>"
    "<time class='dt-published' datetime='2018-05-06T09:10:11.123Z'>May 6, 2018</time></a>.</p>"
    "<p><a href='https://medium.example/p/1' class='p-canonical'>Canonical link</a></p>"
)
EXPORTED = "<p>Exported from <a href='https://medium.com'>Medium</a> on June 1, 2020.</p></footer>"


def medium_page(foot: str) -> str:
    return (
        "<!DOCTYPE html><html><head><title>Mill wheel turns</title></head><body>"
        f"<article class='h-entry'><h1>Mill wheel turns</h1><section class='e-content'><p>{OPENED}"
        f"</p><p>{ROOF}</p><p>{HOURS}</p></section>{foot}{EXPORTED}</article></body></html>"
    ).replace("'", '"')


MEDIUM = {
    "README.html": "<!DOCTYPE html><html><body><p>Your archive includes …</p></body></html>",
    "profile/profile.html": "<!DOCTYPE html><html><body><p><b>Medium user ID:</b> 1a2b"
    "<p>reader@example.org</p></body></html>",
    "sessions/sessions-0001.html": "<!DOCTYPE html><html><body><p>Lisbon</p></body></html>",
    "posts/2018-05-06_Mill-1.html": medium_page(FOOT),
    "posts/draft_Mill-2.html": medium_page("<footer><p>View original.</p>").replace("Mill", "Will"),
}


def lay(folder: Path, files: dict[str, str]) -> list[Path]:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return sorted(path for path in folder.rglob("*") if path.is_file())


def packed_as(form: str, folder: Path) -> list[Path]:
    return [Path(shutil.make_archive(str(folder.parent / "packed"), form, folder))]


@pytest.mark.parametrize("form", ["", "zip", "tar", "gztar"])
@pytest.mark.parametrize(
    ("files", "article", "left_out"),
    [
        (
            SUBSTACK,
            ("Mill wheel turns", "2021-03-04T10:00:00Z", (), "After years"),
            {"drafts", "posts for subscribers", "settings and the like"},
        ),
        (
            MEDIUM,
            ("Mill wheel turns", "2018-05-06T09:10:11Z", ("Ada Quill",), ""),
            {"drafts", "settings and the like"},
        ),
    ],
    ids=["Substack", "Medium"],
)
def test_of_newsletters_only_what_everybody_could_read(
    tmp_path: Path,
    files: dict[str, str],
    article: tuple[object, ...],
    left_out: set[str],
    form: str,
) -> None:
    inputs = lay(tmp_path / "export", files)
    if form:
        inputs = packed_as(form, tmp_path / "export")
    content = tmp_path / "content"
    found = list(ingest(content, inputs, Stated({}), SerialMapper()))
    assert {outcome.left_out for outcome in found} == {"", *left_out}
    (path,) = (content / str(outcome.path) for outcome in found if outcome.status == "new")
    made = frontmatter.parse_bytes(path.read_bytes(), "")[0]
    assert made is not None
    assert made.date is not None
    assert (made.title, made.date.text, made.authors, made.summary) == article
    assert paragraphs(made)[0] == OPENED
    assert paragraphs(made)[-1] == HOURS
    assert "Subscribe" not in made.body


def titles(content: Path, inputs: list[Path]) -> set[str]:
    """What becomes of files; each that is left out or fails is that word."""
    found = ingest(content, inputs, Stated({}), SerialMapper())
    return {outcome.title if outcome.status == "new" else outcome.status for outcome in found}


@pytest.mark.parametrize(
    "asked", ["2.paid.html", "./2.paid.html", "../posts/2.paid.html", "link.html"]
)
def test_a_post_is_of_its_export_wherever_one_asks_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    lay(tmp_path / "export", SUBSTACK)
    posts = tmp_path / "export/posts"
    (posts / "link.html").symlink_to("2.paid.html")
    monkeypatch.chdir(posts)
    assert titles(tmp_path / "content", [Path(asked)]) == {"left out"}


@pytest.mark.parametrize("form", ["", "zip", "tar"])
def test_each_export_has_a_table_of_its_own(tmp_path: Path, form: str) -> None:
    other = TABLE.replace("Mill wheel turns", "Mill burns").replace(",everyone", ",only_paid")
    both = {f"a/{name}": text for name, text in SUBSTACK.items()}
    both |= {f"b/{name}": text for name, text in (SUBSTACK | {"posts.csv": other}).items()}
    inputs = lay(tmp_path / "export", both)
    if form:
        inputs = packed_as(form, tmp_path / "export")
    assert titles(tmp_path / "content", inputs) == {"Mill wheel turns", "left out"}


OTHERS = {
    "other.txt": f"Harbour opens\n\n{OPENED}\n\n{ROOF}\n",
    "port-post/story.txt": f"Station closes\n\n{HOURS}\n\n{ROOF} It rained.\n",
}


@pytest.mark.parametrize("form", ["", "zip", "tar"])
@pytest.mark.parametrize("files", [SUBSTACK, MEDIUM], ids=["Substack", "Medium"])
def test_what_lies_beside_an_export_is_read(
    tmp_path: Path, files: dict[str, str], form: str
) -> None:
    inputs = lay(tmp_path / "export", files | OTHERS)
    if form:
        inputs = packed_as(form, tmp_path / "export")
    found = titles(tmp_path / "content", inputs)
    assert found == {"Mill wheel turns", "Harbour opens", "Station closes", "left out"}


@pytest.mark.parametrize("form", ["", "zip"])
def test_pages_of_other_sites_may_have_the_names_of_an_export(tmp_path: Path, form: str) -> None:
    page = "<!DOCTYPE html><html><body><h1>{}</h1><p>{}</p><p>{}</p></body></html>"
    files = {
        "README.html": page.format("Harbour opens", OPENED, ROOF),
        "profile/profile.html": page.format("Station closes", HOURS, ROOF),
    }
    inputs = lay(tmp_path / "export", files)
    if form:
        inputs = packed_as(form, tmp_path / "export")
    assert titles(tmp_path / "content", inputs) == {"Harbour opens", "Station closes"}


def test_a_post_that_its_table_does_not_list_is_told(tmp_path: Path) -> None:
    cut = SUBSTACK | {"posts.csv": TABLE.partition("2.paid")[0]}
    lay(tmp_path / "export", cut)
    inputs = sorted((tmp_path / "export").glob("posts/*.html"))
    assert titles(tmp_path / "content", inputs) == {"Mill wheel turns", "failed"}


@pytest.mark.parametrize("form", ["", "zip", "tar"])
@pytest.mark.parametrize("table", ["", "\0\0\0\0, nothing", "<html>Sign in to go on</html>"])
def test_where_the_list_of_posts_is_damaged_no_draft_becomes_an_article(
    tmp_path: Path, form: str, table: str
) -> None:
    inputs = lay(tmp_path / "export", SUBSTACK | {"posts.csv": table} | OTHERS)
    if form:
        inputs = packed_as(form, tmp_path / "export")
    found = list(ingest(tmp_path / "content", inputs, Stated({}), SerialMapper()))
    assert {one.title for one in found if one.status == "new"} == {
        "Harbour opens",
        "Station closes",
    }
    told = [one.problems[0].message for one in found if one.problems and "posts/" in one.input]
    assert len(told) == sum(name.startswith("posts/") and ".html" in name for name in SUBSTACK)
    assert all(message.endswith("posts.csv can't be read") for message in told)


def test_a_member_of_a_zip_that_is_damaged_is_no_missing_one(tmp_path: Path) -> None:
    lay(tmp_path / "export", SUBSTACK)
    (packed,) = packed_as("zip", tmp_path / "export")
    with zipfile.ZipFile(packed) as members:
        start = members.getinfo("posts.csv").header_offset
    data = bytearray(packed.read_bytes())
    data[start + 60 : start + 90] = b"x" * 30
    packed.write_bytes(data)
    assert titles(tmp_path / "content", [packed]) == {"failed", "left out"}


def test_the_line_that_leads_back_from_a_feed_is_no_story(tmp_path: Path) -> None:
    link = "The post <a href='x'>Library reopens</a> appeared first on <a href='y'>Courier</a>."
    feed = (
        "<rss version='2.0'><channel><title>Courier</title><item><title>Library reopens</title>"
        f"<description><![CDATA[<p>{OPENED}</p><p>{link}</p>]]></description></item></channel></rss>"
    )
    (article,) = read(tmp_path, "feed.xml", feed)
    assert article.body == OPENED


# -- tables of other newsrooms


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("Überschrift;Datum;Inhalt;Autor;Schlagwörter", "de"),
        ("Titre;Date de publication;Texte;Auteur;Mots-clés", "fr"),
        ("Título;Fecha;Texto;Autor;Etiquetas", "es"),
        ("Заголовок;Дата;Текст;Автор;Теги", "ru"),
    ],
)
def test_a_table_may_name_its_columns_in_its_own_language(
    tmp_path: Path, header: str, language: str
) -> None:
    row = f'Library reopens;2014-03-04;"{OPENED}\n\n{HOURS}";Anna Keller;Mills'
    (article,) = read(tmp_path, f"{language}.csv", f"{header}\n{row}\n")
    assert (article.title, article.authors) == ("Library reopens", ("Anna Keller",))
    assert article.tags == ("Mills",)
    assert article.date is not None
    assert article.date.text == "2014-03-04"
    assert paragraphs(article) == [OPENED, HOURS]


@pytest.mark.parametrize(
    "record", [{"inhalt": "Politik"}, {"corpo": "12"}, {"data": "exported 1999"}]
)
def test_records_of_programs_have_english_names_alone(
    tmp_path: Path, record: dict[str, str]
) -> None:
    known = {"title": "Library reopens", "text": f"{OPENED}\n\n{HOURS}", **record}
    (article,) = read(tmp_path, "a.jsonl", json.dumps(known))
    assert paragraphs(article) == [OPENED, HOURS]
    assert article.date is None


@pytest.mark.parametrize(
    "before", ["PHP Notice: something\n", '<?xml version="1.0" encoding="utf-16"?>\n']
)
def test_a_damaged_export_costs_no_traceback(tmp_path: Path, before: str) -> None:
    file = tmp_path / "export.xml"
    file.write_text(before + wordpress(item()).partition("?>")[2], "utf-8")
    for outcome in ingest(tmp_path / "content", [file], Stated({}), SerialMapper()):
        assert outcome.status in ("new", "failed")


def test_hidden_posts_of_the_rest_interface_are_left_out(tmp_path: Path) -> None:
    content = {"rendered": f"<p>{OPENED}</p><p>{HOURS}</p>"}
    seen = {"title": {"rendered": "Library reopens"}, "content": content, "status": "publish"}
    hidden = [seen | {"status": "draft"}, seen | {"type": "page"}]
    posts = [post | {"title": {"rendered": "Hidden"}} for post in hidden]
    (article,) = read(tmp_path, "posts.json", json.dumps([seen, *posts]))
    assert article.title == "Library reopens"


@pytest.mark.parametrize(
    "wrapped",
    [
        {"status": "ok", "content": {"articles": [{"title": "Library", "body": OPENED}]}},
        {"status": "draft", "content": {"articles": [{"title": "Library", "body": OPENED}]}},
        {
            "status": "published",
            "title": "Library",
            "content": {"rendered": f"<p>{OPENED}</p>"},
        },
        {"type": ["post"], "title": "Library", "content": {"rendered": f"<p>{OPENED}</p>"}},
    ],
)
def test_the_status_of_other_systems_hides_nothing(
    tmp_path: Path, wrapped: dict[str, object]
) -> None:
    (article,) = read(tmp_path, "answer.json", json.dumps(wrapped))
    assert (article.title, article.body) == ("Library", OPENED)

"""Exports and answers of content systems whose texts are trees, or whose fields have names of
their own."""

from __future__ import annotations

import csv
import html
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.article import Article
from archive_gen.cli import group
from archive_gen.content import frontmatter
from archive_gen.importers import base, json_lines
from archive_gen.importers.records.rich_text import as_html
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.markup import to_html
from archive_gen.parallel import SerialMapper

TITLE = "Board votes to rebuild north quay"
VOTED = "The harbour board voted on Tuesday to rebuild the north quay, eleven years after a storm."
WORK = "Work will begin in March and take two summers, said Ida Marsh, who chairs the board."
UNSEEN = "Nobody has ever seen this text but the two editors who wrote it one night in May."
MOMENT = "2021-05-04T14:05:00Z"


def imported(tmp_path: Path, name: str, value: Any) -> tuple[list[Article], list[str]]:
    """The articles of a file, and the kinds of what was left out."""
    file = tmp_path / name
    file.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    content = tmp_path / "content"
    articles, left_out = [], []
    for outcome in ingest(content, [file], Stated({}), SerialMapper()):
        if outcome.left_out:
            left_out.append(outcome.left_out)
            continue
        assert outcome.status == "new", outcome.problems
        data = (content / str(outcome.path)).read_bytes()
        article, problems = frontmatter.parse_bytes(data, "")
        assert article is not None, problems
        articles.append(article)
    return articles, left_out


def day(article: Article) -> str:
    return article.date.text if article.date else ""


def paragraphs(article: Article) -> list[str]:
    return article.body.strip().split("\n\n")


# -- Rich text

STORY = [VOTED, "## Two summers", f"{WORK} The plan is public.", "- Forty berths\n- A crane"]


def span(text: str) -> dict[str, Any]:
    return {"_type": "span", "text": text, "marks": []}


def portable(text: str, **more: Any) -> dict[str, Any]:
    return {"_type": "block", "style": "normal", "children": [span(text)], **more}


def strapi(kind: str, *inside: Any, **more: Any) -> dict[str, Any]:
    nodes = [{"type": "text", "text": one} if isinstance(one, str) else one for one in inside]
    return {"type": kind, "children": nodes, **more}


def contentful(kind: str, *inside: Any, **more: Any) -> dict[str, Any]:
    nodes = [
        {"nodeType": "text", "value": one, "marks": [], "data": {}} if isinstance(one, str) else one
        for one in inside
    ]
    return {"nodeType": kind, "data": {}, "content": nodes, **more}


def prose(kind: str, *inside: Any, **attrs: Any) -> dict[str, Any]:
    nodes = [{"type": "text", "text": one} if isinstance(one, str) else one for one in inside]
    return {"type": kind, "attrs": attrs, "content": nodes}


def ricos(kind: str, *inside: Any) -> dict[str, Any]:
    nodes = [
        {"type": "TEXT", "textData": {"text": one}} if isinstance(one, str) else one
        for one in inside
    ]
    return {"type": kind, "nodes": nodes}


RICH: dict[str, Any] = {
    "portable text": [
        portable(VOTED),
        portable("Two summers", style="h2"),
        portable(WORK, children=[span(f"{WORK} "), span("The plan"), span(" is public.")]),
        portable("Forty berths", listItem="bullet", level=1),
        portable("A crane", listItem="bullet", level=1),
    ],
    "strapi": [
        strapi("paragraph", VOTED),
        strapi("heading", "Two summers", level=2),
        strapi("paragraph", f"{WORK} ", strapi("link", "The plan", url="x"), " is public."),
        strapi("list", strapi("list-item", "Forty berths"), strapi("list-item", "A crane")),
    ],
    "contentful": contentful(
        "document",
        contentful("paragraph", VOTED),
        contentful("heading-2", "Two summers"),
        contentful("paragraph", f"{WORK} ", contentful("hyperlink", "The plan"), " is public."),
        contentful(
            "unordered-list",
            contentful("list-item", contentful("paragraph", "Forty berths")),
            contentful("list-item", contentful("paragraph", "A crane")),
        ),
    ),
    "prosemirror": prose(
        "doc",
        prose("paragraph", VOTED),
        prose("heading", "Two summers", level=2),
        prose("paragraph", f"{WORK} The plan is public."),
        prose(
            "bulletList",
            prose("listItem", prose("paragraph", "Forty berths")),
            prose("listItem", prose("paragraph", "A crane")),
        ),
    ),
    "editorjs": {
        "blocks": [
            {"type": "paragraph", "data": {"text": VOTED}},
            {"type": "header", "data": {"text": "Two summers", "level": 2}},
            {"type": "paragraph", "data": {"text": f"{WORK} <a href='x'>The plan</a> is public."}},
            {"type": "list", "data": {"style": "unordered", "items": ["Forty berths", "A crane"]}},
        ]
    },
    "draftjs": {
        "blocks": [
            {"type": "unstyled", "text": VOTED, "depth": 0, "entityRanges": []},
            {"type": "header-two", "text": "Two summers"},
            {"type": "unstyled", "text": f"{WORK} The plan is public."},
            {"type": "unordered-list-item", "text": "Forty berths"},
            {"type": "unordered-list-item", "text": "A crane"},
        ],
        "entityMap": {},
    },
    "lexical": {
        "root": strapi(
            "root",
            strapi("paragraph", VOTED),
            strapi("heading", "Two summers", tag="h2"),
            strapi("paragraph", f"{WORK} ", strapi("link", "The plan"), " is public."),
            strapi("list", strapi("listitem", "Forty berths"), strapi("listitem", "A crane")),
        )
    },
    "ricos": {
        "nodes": [
            ricos("PARAGRAPH", VOTED),
            ricos("HEADING", "Two summers"),
            ricos("PARAGRAPH", f"{WORK} The plan is public."),
            ricos(
                "BULLETED_LIST",
                ricos("LIST_ITEM", ricos("PARAGRAPH", "Forty berths")),
                ricos("LIST_ITEM", ricos("PARAGRAPH", "A crane")),
            ),
        ]
    },
    "tumblr": [
        {"type": "text", "text": VOTED},
        {"type": "text", "subtype": "heading2", "text": "Two summers"},
        {"type": "text", "text": f"{WORK} The plan is public."},
        {"type": "text", "subtype": "unordered-list-item", "text": "Forty berths"},
        {"type": "text", "subtype": "unordered-list-item", "text": "A crane"},
    ],
    "ans": [
        {"type": "text", "content": VOTED},
        {"type": "interstitial_link", "content": "Read more: the storm", "url": "x"},
        {"type": "header", "level": 2, "content": "Two summers"},
        {"type": "text", "content": f"{WORK} <u>The plan</u> is public."},
        {
            "type": "list",
            "list_type": "unordered",
            "items": [
                {"type": "text", "content": "Forty berths"},
                {"type": "text", "content": "A crane"},
            ],
        },
    ],
}


@pytest.mark.parametrize("as_string", [False, True], ids=["json", "string of json"])
@pytest.mark.parametrize("kind", RICH)
def test_rich_text_of_an_editor_is_a_story(tmp_path: Path, kind: str, *, as_string: bool) -> None:
    text = json.dumps(RICH[kind]) if as_string else RICH[kind]
    (article,), _ = imported(tmp_path, "post.json", {"title": TITLE, "body": text})
    assert (article.title, paragraphs(article)) == (TITLE, STORY)


LINK = "https://a.example/?a&b"
MARKED: dict[str, Any] = {
    "portable text": [
        {
            **portable("See "),
            "children": [
                span("See "),
                {**span("the plan"), "marks": ["9f3"]},
                span(" of "),
                {**span("May"), "marks": ["strong"]},
            ],
            "markDefs": [{"_key": "9f3", "_type": "link", "href": LINK}],
        }
    ],
    "strapi": [
        strapi(
            "paragraph",
            "See ",
            strapi("link", "the plan", url=LINK),
            " of ",
            {"type": "text", "text": "May", "bold": True},
        )
    ],
    "contentful": contentful(
        "document",
        contentful(
            "paragraph",
            "See ",
            contentful("hyperlink", "the plan", data={"uri": LINK}),
            " of ",
            {"nodeType": "text", "value": "May", "marks": [{"type": "bold"}], "data": {}},
        ),
    ),
    "prosemirror": prose(
        "doc",
        prose(
            "paragraph",
            "See ",
            {
                "type": "text",
                "text": "the plan",
                "marks": [{"type": "link", "attrs": {"href": LINK, "target": "_blank"}}],
            },
            " of ",
            {"type": "text", "text": "May", "marks": [{"type": "bold"}]},
        ),
    ),
    "draftjs": {
        "blocks": [
            {
                "type": "unstyled",
                "text": "See the plan of May",
                "inlineStyleRanges": [{"offset": 16, "length": 3, "style": "BOLD"}],
                "entityRanges": [{"offset": 4, "length": 8, "key": 0}],
            }
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": LINK}}},
    },
    "lexical": {
        "root": strapi(
            "root",
            strapi(
                "paragraph",
                "See ",
                strapi("link", "the plan", url=LINK, format=""),
                " of ",
                {"type": "text", "text": "May", "format": 1},
            ),
        )
    },
    "lexical of payload": {
        "root": strapi(
            "root",
            strapi(
                "paragraph",
                "See ",
                strapi("autolink", "the plan", fields={"url": LINK}),
                " of ",
                {"type": "text", "text": "May", "format": 9},
            ),
        )
    },
    "ricos": {
        "nodes": [
            ricos(
                "PARAGRAPH",
                "See ",
                {
                    "type": "TEXT",
                    "textData": {
                        "text": "the plan",
                        "decorations": [{"type": "LINK", "linkData": {"link": {"url": LINK}}}],
                    },
                },
                " of ",
                {"type": "TEXT", "textData": {"text": "May", "decorations": [{"type": "BOLD"}]}},
            )
        ]
    },
    "tumblr": [
        {
            "type": "text",
            "text": "See the plan of May",
            "formatting": [
                {"start": 4, "end": 12, "type": "link", "url": LINK},
                {"start": 16, "end": 19, "type": "bold"},
            ],
        }
    ],
    "notion": [
        {
            "type": "paragraph",
            "paragraph": {
                "rich_text": [
                    {"plain_text": "See ", "annotations": {"bold": False}, "href": None},
                    {"plain_text": "the plan", "href": LINK},
                    {"plain_text": " of "},
                    {"plain_text": "May", "annotations": {"bold": True, "italic": False}},
                ]
            },
        }
    ],
}


@pytest.mark.parametrize("kind", MARKED)
def test_links_and_stress_of_an_editor_stay(kind: str) -> None:
    link = f'<a href="{html.escape(LINK)}">the plan</a>'
    assert as_html(MARKED[kind]) == f"<p>See {link} of <strong>May</strong></p>"


def test_ranges_may_overlap_lie_outside_and_count_as_scripts_do() -> None:
    text = "😀 a < b\nc"
    styles = [
        {"offset": 3, "length": 5, "style": "BOLD"},
        {"offset": 7, "length": 90, "style": "ITALIC"},
        {"offset": -5, "length": 2, "style": "BOLD"},
    ]
    block = {"type": "unstyled", "text": text, "inlineStyleRanges": styles}
    bold, both, rest = "<strong>a &lt; </strong>", "<em><strong>b</strong></em>", "<em><br>c</em>"
    assert as_html({"blocks": [block]}) == f"<p>😀 {bold}{both}{rest}</p>"


def test_what_a_writer_typed_is_no_markup() -> None:
    assert as_html([portable("a < b\nc")]) == "<p>a &lt; b<br>c</p>"


def _deep(kind: str, deep: int) -> Any:
    node: Any = {"type": "paragraph", "content": [{"type": "text", "text": "a < b"}]}
    for _ in range(deep):
        node = {"type": kind, "content": [node]}
    return node


@pytest.mark.parametrize(
    ("value", "markup"),
    [
        (
            {
                "blocks": [
                    {
                        "type": "list",
                        "data": {
                            "style": "ordered",
                            "items": [{"content": "A", "items": [{"content": "B", "items": []}]}],
                        },
                    },
                    {"type": "warning", "data": {"title": "W", "message": "<M"}},
                    {"type": "code", "data": {"code": "x\ny"}},
                    {"type": "delimiter", "data": {}},
                ]
            },
            "<ol><li>A<ol><li>B</li></ol></li></ol><p>W<br>&lt;M</p><p>x<br>y</p>",
        ),
        (
            [
                {
                    "type": "paragraph",
                    "paragraph": {
                        "rich_text": [{"text": {"content": "<A"}, "plain_text": "<A"}],
                        "children": [
                            {
                                "type": "numbered_list_item",
                                "numbered_list_item": {"rich_text": [{"plain_text": "B"}]},
                            }
                        ],
                    },
                }
            ],
            "<p>&lt;A<ol><li>B</li></ol></p>",
        ),
        (
            {
                "type": "doc",
                "content": [
                    {
                        "type": "paragraph",
                        "content": [
                            {"type": "text", "text": "By "},
                            {"type": "mention", "attrs": {"id": "7", "label": "Ada"}},
                        ],
                    }
                ],
            },
            "<p>By Ada</p>",
        ),
        (
            [{"_type": "block", "listItem": "number", "children": [{"text": "A"}]}],
            "<ol><li>A</li></ol>",
        ),
        (
            {"root": {"children": [{"type": "list", "listType": "number", "children": [
                {"type": "listitem", "children": [{"type": "text", "text": "A"}]}]}]}},
            "<ol><li>A</li></ol>",
        ),
    ],
    ids=["editorjs", "notion", "mention", "portable", "lexical"],
)  # fmt: skip
def test_all_that_an_editor_keeps_is_told(value: Any, markup: str) -> None:
    assert as_html(value) == markup


@pytest.mark.parametrize("kind", ["section", "list", "listItem", "blockquote", "other"])
def test_no_text_lies_too_deep(kind: str) -> None:
    assert as_html([_deep(kind, 400), _deep("section", 1)]).count("a &lt; b") == 2


def test_a_list_of_records_is_no_rich_text(tmp_path: Path) -> None:
    records = [{"type": "story", "title": TITLE, "body": VOTED}]
    assert as_html(records) == ""
    (article,), _ = imported(tmp_path, "a.json", {"content": records})
    assert article.title == TITLE


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "type _type text content children items data rows image caption".split()
            )
            | st.text(max_size=3),
            inner | st.sampled_from("block paragraph list table quote image text header".split()),
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(_VALUES)
def test_any_value_is_rich_text_or_none(value: Any) -> None:
    assert isinstance(as_html(value), str)


# -- Systems


def ans(**more: Any) -> dict[str, Any]:
    return {
        "type": "story",
        "headlines": {"basic": TITLE},
        "subheadlines": {"basic": "Two summers of work"},
        "display_date": MOMENT,
        "credits": {"by": [{"type": "author", "name": "Tom Hale"}]},
        "taxonomy": {"tags": [{"text": "Harbour", "slug": "h"}]},
        "source": {"name": "Port Post", "system": "composer"},
        "promo_items": {"basic": {"type": "image", "caption": "The quay"}},
        "content_elements": [
            {"type": "text", "content": VOTED},
            {
                "type": "image",
                "caption": "The wall",
                "credits": {"by": [{"name": "Eve Lund"}]},
            },
            {"type": "text", "content": WORK},
        ],
        **more,
    }


def test_ans_is_read(tmp_path: Path) -> None:
    unseen = ans(headlines={"basic": "Unseen"}, revision={"published": False})
    (article,), left_out = imported(tmp_path, "a.json", {"content_elements": [ans(), unseen]})
    assert (article.title, day(article), article.authors) == (TITLE, MOMENT, ("Tom Hale",))
    assert (article.summary, article.source) == ("Two summers of work", "Port Post")
    assert article.tags == ("Harbour",)
    assert [(image.caption, image.credit) for image in article.images] == [
        ("The quay", ""),
        ("The wall", "Eve Lund"),
    ]
    assert paragraphs(article) == [VOTED, WORK]
    assert left_out == ["drafts"]


PARTS = f"<p>{VOTED}</p><p>{WORK}</p>"
NINJS = {
    "uri": "urn:1",
    "type": "text",
    "versioncreated": "2021-06-01T00:00:00Z",
    "firstcreated": MOMENT,
    "headline": TITLE,
    "byline": "By Tom Hale",
    "body_html": PARTS,
    "description_text": "Two summers of work",
    "subject": [{"code": "1", "name": "Harbour"}],
    "pubstatus": "usable",
}
NINJS_2 = {
    "uri": "urn:1",
    "versionCreated": MOMENT,
    "headlines": [{"role": "main", "value": TITLE}],
    "by": "Tom Hale",
    "descriptions": [{"role": "summary", "value": "Two summers of work"}],
    "bodies": [{"contentType": "text/html", "value": PARTS}],
    "subjects": [{"name": "Harbour"}],
}
PLONE = {
    "@type": "News Item",
    "title": TITLE,
    "description": "Two summers of work",
    "creators": ["Tom Hale"],
    "effective": MOMENT,
    "subjects": ["Harbour"],
    "review_state": "published",
    "text": {"content-type": "text/html", "data": PARTS},
}
DRUPAL = {
    "nid": [{"value": 1}],
    "langcode": [{"value": "en"}],
    "status": [{"value": True}],
    "title": [{"value": TITLE}],
    "created": [{"value": MOMENT, "format": "c"}],
    "field_author": [{"value": "Tom Hale"}],
    "field_tags": ["Harbour"],
    "body": [{"value": PARTS, "processed": PARTS, "summary": "Two summers of work"}],
}
GUARDIAN = {
    "webTitle": TITLE,
    "webPublicationDate": MOMENT,
    "fields": {"body": PARTS, "trailText": "Two summers of work", "byline": "Tom Hale"},
    "tags": "Harbour",
}


@pytest.mark.parametrize(
    ("record", "hidden", "kind"),
    [
        (NINJS, {"pubstatus": "canceled"}, "withdrawn stories"),
        (NINJS_2, {"pubStatus": "withheld"}, "withdrawn stories"),
        (PLONE, {"review_state": "private"}, "private posts"),
        (DRUPAL, {"status": [{"value": False}]}, "drafts"),
        (GUARDIAN, {"draft": True}, "drafts"),
    ],
    ids=["ninjs", "ninjs 2", "plone", "drupal", "guardian"],
)
def test_a_record_of_a_system_is_read(
    tmp_path: Path, record: dict[str, Any], hidden: dict[str, Any], kind: str
) -> None:
    (article,), left_out = imported(tmp_path, "a.json", {"results": [record, record | hidden]})
    assert (article.title, day(article), article.authors) == (TITLE, MOMENT, ("Tom Hale",))
    assert (article.summary, article.tags) == ("Two summers of work", ("Harbour",))
    assert paragraphs(article) == [VOTED, WORK]
    assert left_out == [kind]


BOTH = f"<p>{VOTED}</p><p>{WORK}</p>"
TABLES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "drupal": (
        "title body_value body_summary created uid field_tags status",
        (TITLE, BOTH, "Two summers", "1620137100", "Tom Hale", "Harbour", "1"),
        ("Unseen", UNSEEN, "", "1620137100", "7", "", "0"),
    ),
    "typo3": (
        "title bodytext teaser datetime crdate author keywords hidden",
        (TITLE, BOTH, "Two summers", "1620137100", "1", "Tom Hale", "Harbour", "0"),
        ("Unseen", UNSEEN, "", "1620137100", "1", "Tom Hale", "", "1"),
    ),
    "joomla": (
        "title introtext fulltext metadesc publish_up created created_by_alias metakey state",
        (TITLE, VOTED, WORK, "Two summers", MOMENT, "2021-01-01", "Tom Hale", "Harbour", "1"),
        ("Unseen", UNSEEN, "", "", "0000-00-00 00:00:00", "2021-01-01", "", "", "-2"),
    ),
    "wordpress": (
        "Title Content Excerpt Date Author_First_Name Author_Last_Name Categories Post_Type Status",
        (
            TITLE,
            f'{VOTED}\n\n{WORK} [gallery ids="1"]',
            "Two summers",
            MOMENT,
            "Tom",
            "Hale",
            "Harbour",
            "post",
            "publish",
        ),
        ("Unseen", UNSEEN, "", MOMENT, "Tom", "Hale", "", "post", "draft"),
    ),
    "spip": (
        "id_article titre texte chapo date auteur mots_clés statut",
        ("1", TITLE, BOTH, "Two summers", MOMENT, "Tom Hale", "Harbour", "publie"),
        ("2", "Unseen", UNSEEN, "", MOMENT, "Tom Hale", "", "prepa"),
    ),
    "newspaper and pandas": (
        "title text summary publish_date authors tags",
        (TITLE, f"{VOTED}\n\n{WORK}", "Two summers", MOMENT, "['Tom Hale']", '["Harbour"]'),
        (),
    ),
}


@pytest.mark.parametrize("system", TABLES)
def test_a_table_of_a_system_is_read(tmp_path: Path, system: str) -> None:
    header, seen, unseen = TABLES[system]
    written = io.StringIO()
    csv.writer(written).writerows(filter(None, (header.split(), seen, unseen)))
    (article,), left_out = imported(tmp_path, "a.csv", written.getvalue())
    assert (article.title, day(article), article.authors) == (TITLE, MOMENT, ("Tom Hale",))
    assert (article.summary, article.tags) == ("Two summers", ("Harbour",))
    assert paragraphs(article) == [VOTED, WORK]
    assert left_out == (["drafts"] if unseen else [])


def test_what_writers_type_in_spip_is_markup(tmp_path: Path) -> None:
    text = (
        f"<img12|left>\r\n{VOTED} {{{{All}}}} of [the board->https://port.example] {{sic}}[[Nine.]]"
        f"\r\n\r\n{{{{{{Two summers}}}}}}\n\n{WORK}\n\n-* Forty berths\n-* A crane"
        "\n\nTide\n_ and time"
    )
    record = {"id_article": 1, "statut": "publie", "titre": TITLE, "title": TITLE, "texte": text}
    (article,), _ = imported(tmp_path, "a.json", record)
    assert paragraphs(article) == [
        f"{VOTED} **All** of [the board](https://port.example) *sic* \\[Nine.\\]",
        "## Two summers",
        WORK,
        "- Forty berths\n- A crane",
        "Tide  \nand time",
    ]


def drupal_node(number: int, **attributes: Any) -> dict[str, Any]:
    tag = {"type": "taxonomy_term--tags", "id": "t1"}
    return {
        "type": "node--article",
        "id": str(number),
        "attributes": {"title": TITLE, "created": MOMENT, "langcode": "en", **attributes},
        "relationships": {
            "uid": {"data": {"type": "user--user", "id": "u1"}},
            "field_tags": {"data": [tag]},
        },
    }


def test_json_api_names_authors_and_tags_beside_its_nodes(tmp_path: Path) -> None:
    answer = {
        "data": [
            drupal_node(1, status=True, body={"value": BOTH, "summary": "Two summers"}),
            drupal_node(2, status=False, body={"value": UNSEEN}),
            drupal_node(3, body={"value": UNSEEN}) | {"type": "node--page"},
        ],
        "included": [
            {"type": "user--user", "id": "u1", "attributes": {"display_name": "Tom Hale"}},
            {"type": "taxonomy_term--tags", "id": "t1", "attributes": {"name": "Harbour"}},
        ],
    }
    (article,), left_out = imported(tmp_path, "a.json", answer)
    assert (day(article), article.authors, article.tags) == (
        MOMENT,
        ("Tom Hale",),
        ("Harbour",),
    )
    assert (article.summary, paragraphs(article)) == ("Two summers", [VOTED, WORK])
    assert left_out == ["drafts", "pages"]


MOMENTS_OF_STRAPI = {"createdAt": MOMENT, "updatedAt": MOMENT, "publishedAt": MOMENT}


def test_strapi_is_read(tmp_path: Path) -> None:
    author = {"data": {"id": 3, "attributes": {"name": "Tom Hale"}}}
    seen = {"title": TITLE, "content": RICH["strapi"], "author": author, **MOMENTS_OF_STRAPI}
    unseen = seen | {"title": "Unseen", "publishedAt": None}
    answer = {"data": [{"id": 1, "attributes": seen}, {"id": 2, "attributes": unseen}]}
    (article,), left_out = imported(tmp_path, "a.json", answer)
    assert (day(article), article.authors) == (MOMENT, ("Tom Hale",))
    assert paragraphs(article) == STORY
    assert left_out == ["drafts"]


def test_strapi_5_is_read_and_its_markdown(tmp_path: Path) -> None:
    body = f"{VOTED}\n\n## Two summers\n\n{WORK} See [the plan](https://port.example/plan)."
    seen = {"documentId": "a", "title": TITLE, "locale": "en", "body": body, **MOMENTS_OF_STRAPI}
    unseen = seen | {"title": "Unseen", "publishedAt": None}
    (article,), left_out = imported(tmp_path, "a.json", {"data": [seen, unseen]})
    assert article.body.strip() == body
    assert left_out == ["drafts"]


def test_sanity_marks_drafts_by_their_ids(tmp_path: Path) -> None:
    seen = {"_id": "a", "_type": "post", "title": TITLE, "body": RICH["portable text"]}
    documents = [seen, seen | {"_id": "drafts.a"}, {"_id": "b", "_type": "author", "name": "Tom"}]
    lines = "\n".join(map(json.dumps, documents))
    (article,), left_out = imported(tmp_path, "a.ndjson", lines)
    assert paragraphs(article) == STORY
    assert left_out == ["drafts", "settings and the like"]


def contentful_entry(number: str, system: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"sys": {"id": number, "version": 3, **system}, "fields": fields}


def test_contentful_has_an_article_for_each_language(tmp_path: Path) -> None:
    german = "Der Hafenrat stimmte am Dienstag dafür, den Nordkai neu zu bauen."
    seen = {"publishedVersion": 2}
    link = {"sys": {"type": "Link", "linkType": "Entry", "id": "p"}}
    entries = [
        contentful_entry(
            "a",
            seen,
            title={"en-US": TITLE, "de": "Hafenrat stimmt ab"},
            date={"en-US": MOMENT},
            author={"en-US": link},
            body={"en-US": RICH["contentful"], "de": german},
        ),
        contentful_entry("b", {}, title={"en-US": "Unseen"}, body={"en-US": UNSEEN}),
        contentful_entry("p", seen, name={"en-US": "Tom Hale"}),
    ]
    found, left_out = imported(tmp_path, "a.json", {"entries": entries, "assets": []})
    assert [(one.title, one.language, one.authors, day(one)) for one in found] == [
        (TITLE, "en-US", ("Tom Hale",), MOMENT),
        ("Hafenrat stimmt ab", "de", ("Tom Hale",), MOMENT),
    ]
    assert [paragraphs(one) for one in found] == [STORY, [german]]
    assert left_out == ["drafts", "settings and the like"]


TYPED: dict[str, Any] = {
    "mongodb": {
        "_id": {"$oid": "507f"},
        "title": TITLE,
        "date": {"$date": {"$numberLong": "1620137100000"}},
        "author": {"first_name": "Tom", "last_name": "Hale"},
        "tags": ["Harbour"],
        "body": VOTED,
    },
    "dynamodb": {
        "Item": {
            "title": {"S": TITLE},
            "date": {"N": "1620137100"},
            "author": {"S": "Tom Hale"},
            "tags": {"L": [{"S": "Harbour"}]},
            "body": {"S": VOTED},
        }
    },
    "firestore": {
        "documents": [
            {
                "name": "projects/x/documents/articles/1",
                "fields": {
                    "title": {"stringValue": TITLE},
                    "date": {"timestampValue": MOMENT},
                    "author": {"stringValue": "Tom Hale"},
                    "tags": {"arrayValue": {"values": [{"stringValue": "Harbour"}]}},
                    "body": {"stringValue": VOTED},
                },
            }
        ]
    },
    "airtable": {
        "records": [
            {
                "id": "rec1",
                "createdTime": "2022-01-01T00:00:00Z",
                "fields": {
                    "Title": TITLE,
                    "Date": MOMENT,
                    "Author": ["Tom Hale"],
                    "Tags": ["Harbour"],
                    "Body": VOTED,
                },
            }
        ]
    },
}


@pytest.mark.parametrize("database", TYPED)
def test_a_database_may_export_values_with_their_types(tmp_path: Path, database: str) -> None:
    (article,), _ = imported(tmp_path, "a.jsonl", TYPED[database])
    assert (article.title, day(article), article.authors) == (TITLE, MOMENT, ("Tom Hale",))
    assert (article.tags, article.body) == (("Harbour",), VOTED)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Tue May 04 14:05:00 +0000 2021", "2021-05-04T14:05:00+00:00"),
        ("Tue May  4 14:05:00 2021", "2021-05-04T14:05:00"),
        ("2021-05-04 14:05:00.123456+00", "2021-05-04T14:05:00+00:00"),
        ("20210504T140500Z", MOMENT),
        ("2021-05-04 00:00:00+00:00", "2021-05-04"),
    ],
)
def test_moments_as_programs_write_them(tmp_path: Path, written: str, meant: str) -> None:
    (article,), _ = imported(tmp_path, "a.json", {"title": TITLE, "body": VOTED, "date": written})
    assert day(article) == meant


def test_a_text_in_parts_has_their_headings(tmp_path: Path) -> None:
    parts = [{"heading": "One", "text": VOTED}, {"text": WORK}]
    (article,), _ = imported(tmp_path, "a.json", {"title": TITLE, "body": parts})
    assert paragraphs(article) == ["## One", VOTED, WORK]


def test_an_answer_that_names_its_blog_is_no_article_of_that_name(tmp_path: Path) -> None:
    posts = [{"post_url": "https://notes.example/1", "title": TITLE, "body": BOTH}]
    (article,), _ = imported(tmp_path, "a.json", {"response": {"blog": BLOG, "posts": posts}})
    assert (article.title, article.url) == (TITLE, "https://notes.example/1")


BLOG = {"title": "Port Notes", "url": "https://notes.example/"}


def test_a_service_puts_the_source_behind_the_headline(tmp_path: Path) -> None:
    record = {"title": f"{TITLE} - Port Post", "source": {"name": "Port Post"}, "content": VOTED}
    (article,), _ = imported(tmp_path, "a.json", {"articles": [record]})
    assert (article.title, article.source) == (TITLE, "Port Post")


@pytest.mark.parametrize(
    "line",
    ["**** four stars ****", "#quay", "[1](sic)", "**Update**", "# 1 of all", "1986. A year"],
)
def test_plain_text_is_not_taken_for_markdown(tmp_path: Path, line: str) -> None:
    record = {"title": TITLE, "body": f"{VOTED}\n\n{line}"}
    (article,), _ = imported(tmp_path, "a.json", record)
    assert f">{line}<" in to_html(article.body)


def test_contentful_tells_fields_of_one_language_without_it(tmp_path: Path) -> None:
    entry = {"sys": {"id": "1", "locale": "en-US"}, "fields": {"title": TITLE, "body": VOTED}}
    (article,), left_out = imported(tmp_path, "a.json", {"items": [entry]})
    assert (article.title, article.body, left_out) == (TITLE, VOTED, [])


@pytest.mark.parametrize("kind", [{"id": 1}, ["news"], 4])
def test_a_type_of_post_may_be_any_value(tmp_path: Path, kind: Any) -> None:
    record = {"post_type": kind, "content": VOTED, "slug": "a", "title": TITLE, "status": kind}
    (article,), left_out = imported(tmp_path, "a.json", record)
    assert (paragraphs(article), left_out) == ([VOTED], [])


PLAIN = {"title": TITLE, "date": "2021-05-04"}
ORDINARY: dict[str, dict[str, Any]] = {
    "a state of a post": {"post_url": "https://a.example/1", "state": "NY", "body": VOTED},
    "an answer of a server": {"langcode": "en", "status": "200", "body": VOTED},
    "an answer in words": {"langcode": "en", "status": "success", "body": VOTED},
    "a document of no known day": {"document_id": "a", "published_at": None, "body": VOTED},
    "a status of another system": {"post_type": "news", "content": VOTED, "status": "live"},
    "hidden by none": {"bodytext": VOTED, "hidden": "none"},
    "a country": {"introtext": VOTED, "fulltext": "", "state": "CA"},
    "reviewed": {"review_state": "reviewed", "text": VOTED},
    "published": {"uri": "urn:1", "body_html": VOTED, "pubstatus": "published"},
    "another status of a table": {"post_content": VOTED, "post_title": TITLE, "status": "scraped"},
    "the first draft": {"draft": "1", "body": VOTED},
    "a day": {"published": "2021-05-04", "body": VOTED},
    "shown": {"post_status": "Publish", "post_title": TITLE, "post_content": VOTED},
    "without a password": {
        "post_status": "publish",
        "post_password": "NULL",
        "post_title": TITLE,
        "post_content": VOTED,
    },
}


@pytest.mark.parametrize("case", ORDINARY)
@pytest.mark.parametrize("form", ["json", "csv", "xml"])
def test_a_field_that_means_another_thing_hides_no_article(
    tmp_path: Path, case: str, form: str
) -> None:
    record = PLAIN | ORDINARY[case]
    (article,), left_out = imported(tmp_path, f"a.{form}", written(record, form))
    assert (article.title, paragraphs(article), left_out) == (TITLE, [VOTED], [])


def written(record: dict[str, Any], form: str) -> str:
    """A record as JSON, a row of a table, or one of MySQL."""
    if form == "json":
        return json.dumps(record)
    if form == "csv":
        table = io.StringIO()
        csv.writer(table).writerows([record, record.values()])
        return table.getvalue()
    fields = "".join(f'<field name="{key}">{value}</field>' for key, value in record.items())
    return f"<resultset><row>{fields}</row></resultset>"


@pytest.mark.parametrize(
    "said",
    [
        {"draft": "True"},
        {"draft": "true"},
        {"draft": True},
        {"is_draft": 1},
        {"published": "false"},
        {"isPublished": "FALSE"},
    ],
    ids=str,
)
def test_a_draft_may_say_so_in_words(tmp_path: Path, said: dict[str, Any]) -> None:
    seen, unseen = PLAIN | {"body": VOTED}, {"title": "Unseen", "body": UNSEEN}
    assert imported(tmp_path, "a.csv", written(unseen | said, "csv"))[1] == ["drafts"]
    (article,), left_out = imported(tmp_path, "a.json", {"items": [seen, unseen | said]})
    assert (article.title, left_out) == (TITLE, ["drafts"])


@pytest.mark.parametrize(
    "wrapper",
    [
        {"published": False},
        {"draft": True},
        {"document_id": "a", "publishedAt": None},
        {"_id": "a", "_type": "answer"},
    ],
    ids=str,
)
def test_what_wraps_records_hides_none(tmp_path: Path, wrapper: dict[str, Any]) -> None:
    value = wrapper | {"articles": [PLAIN | {"text": VOTED}]}
    (article,), left_out = imported(tmp_path, "a.json", value)
    assert (article.body, left_out) == (VOTED, [])


def test_a_titled_list_of_articles_is_no_draft(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    articles = [PLAIN | {"text": VOTED}]
    file.write_text(json.dumps({"title": "News", "published": False, "articles": articles}))
    (found,) = ingest(tmp_path / "content", [file], Stated({}), SerialMapper())
    assert (found.status, found.left_out) == ("failed", "")


def test_a_hit_of_a_search_server_is_none_of_sanity(tmp_path: Path) -> None:
    hit = {"_index": "a", "_type": "_doc", "_id": "1", "_source": PLAIN | {"text": VOTED}}
    lines = "\n".join(json.dumps(one) for one in (hit, {"hits": {"hits": [hit]}}))
    file = tmp_path / "dump.jsonl"
    file.write_text(lines, "utf-8")
    found = list(ingest(tmp_path / "content", [file], Stated({}), SerialMapper()))
    assert [one.status for one in found] == ["new", "duplicate"]


def test_a_large_dump_whose_first_record_is_broken_costs_that_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (base, json_lines):
        monkeypatch.setattr(module, "MAX_DOCUMENT", 1 << 12)
    whole = [json.dumps(PLAIN | {"id": n, "text": f"{VOTED} {n}. {WORK}"}) for n in range(40)]
    file = tmp_path / "dump.jsonl"
    file.write_text("\n".join([whole[0][:30], *whole]), "utf-8")
    assert file.stat().st_size > 1 << 12
    found = list(ingest(tmp_path / "content", [file], Stated({}), SerialMapper()))
    assert [one.status for one in found].count("new") == 40
    (problem,) = (problem for one in found for problem in one.problems)
    assert (problem.path, problem.line) == (str(file), 1)


def test_a_large_list_inside_an_object_says_how_to_write_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "MAX_DOCUMENT", 1 << 12)
    file = tmp_path / "dump.json"
    file.write_text(json.dumps({"articles": [PLAIN | {"text": VOTED}] * 40}), "utf-8")
    (found,) = ingest(tmp_path / "content", [file], Stated({}), SerialMapper())
    assert "jq -c '.NAME[]'" in str(found.problems[0])


def test_attributes_of_a_record_with_a_text_are_none_of_json_api(tmp_path: Path) -> None:
    record = PLAIN | {"id": 1, "text": VOTED, "attributes": {"color": "red"}}
    (article,), left_out = imported(tmp_path, "a.json", {"data": [record]})
    assert (article.body, left_out) == (VOTED, [])


@pytest.mark.parametrize("name", ["snippet", "lead_paragraph", "transcript", "introtext"])
def test_the_beginning_of_a_text_stands_for_none(tmp_path: Path, name: str) -> None:
    whole = {"text": f"{VOTED}\n\n{WORK}"}
    (article,), _ = imported(tmp_path, "a.json", PLAIN | {name: VOTED} | whole)
    assert paragraphs(article) == [VOTED, WORK]
    (article,), _ = imported(tmp_path, "b.json", PLAIN | {name: "The board voted. It rained."})
    assert paragraphs(article) == ["The board voted. It rained."]


@pytest.mark.parametrize(
    "record",
    [
        {"bodytext": VOTED, "datetime": "2022-01-01"},
        {"bodytext": VOTED, "hidden": "0", "summary": "Two summers", "short": "Two"},
        {"langcode": "en", "uid": "12", "created": "2022-01-01", "body": VOTED},
        {"introtext": "It began.", "body": VOTED},
    ],
    ids=lambda record: "+".join(record),
)
def test_a_name_of_a_system_stands_back_behind_a_better_one(
    tmp_path: Path, record: dict[str, Any]
) -> None:
    published = {"title": TITLE, "published": "2021-05-04", "summary": "Two summers"}
    better = published if "langcode" in record else PLAIN | {"summary": "Two summers"}
    (article,), _ = imported(tmp_path, "a.json", better | record)
    assert (day(article), article.summary) == ("2021-05-04", "Two summers")
    assert paragraphs(article) == [VOTED]


def test_what_a_database_writes_for_nothing_is_nothing(tmp_path: Path) -> None:
    text = f"title,author,summary,tags,body\n{TITLE},NULL,NULL,\\N,{json.dumps(VOTED)}\n"
    (article,), _ = imported(tmp_path, "a.csv", text)
    assert (article.authors, article.summary, article.tags) == ((), "", ())


def test_what_a_program_says_of_its_own_work_is_not_said_of_the_article(tmp_path: Path) -> None:
    record = {"title": TITLE, "body": VOTED, "user": "crawler_7", "created_at": MOMENT}
    (article,), _ = imported(tmp_path, "a.json", record)
    assert (article.authors, article.date) == ((), None)
    told = record | {"user": {"name": "Tom Hale"}, "body": WORK}
    (article,), _ = imported(tmp_path, "b.json", told)
    assert article.authors == ("Tom Hale",)


def test_the_end_of_a_headline_stays_unless_it_is_the_source_as_it_is_written(
    tmp_path: Path,
) -> None:
    record = {"title": "War and peace - a history", "source": "A History", "content": VOTED}
    (article,), _ = imported(tmp_path, "a.json", record)
    assert article.title == "War and peace - a history"


def test_what_is_left_out_of_a_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: Harbour\n", "utf-8")
    file = tmp_path / "news.csv"
    file.write_text(f"title,bodytext,hidden\nSeen,{TITLE},0\nUnseen,{UNSEEN},1\n", "utf-8")
    result = CliRunner().invoke(group, ["import", "--site", str(tmp_path), str(file)])
    assert "Imported: 1 new." in result.output
    assert "Left out, as no articles or not public: drafts 1." in result.output


# -- What plugins and home-grown systems write


def test_tags_of_joomlas_plugins_are_no_text(tmp_path: Path) -> None:
    intro = f"<p>{VOTED} {{loadposition adverts}}</p><p>{{jcomments on}}</p>"
    rest = (
        "<p>{gallery}2021/quay{/gallery}</p><p>{loadmodule mod_banners,Top}</p>"
        f"<p>{WORK} {{Quelle}} {{gallery}} {{state of 2021}}</p>"
    )
    record = {"title": TITLE, "introtext": intro, "fulltext": rest, "state": 1}
    (article,), _ = imported(tmp_path, "joomla.json", [record])
    text = article.body.replace("\\", "")
    assert VOTED in text
    assert f"{WORK} {{Quelle}} {{gallery}} {{state of 2021}}" in text
    for tag in ("loadposition", "jcomments", "2021/quay", "loadmodule"):
        assert tag not in text


@pytest.mark.parametrize(
    ("column", "hides", "shows"),
    [
        ("online", "0", "1"),
        ("published", "0", "2021-05-04"),
        ("is_published", "False", "True"),
        ("active", "no", "yes"),
        ("visible", "false", "perhaps"),
        ("status", "draft", "7"),
        ("state", "0", "NO"),
    ],
)
def test_rows_that_a_home_grown_system_never_showed_are_drafts(
    tmp_path: Path, column: str, hides: str, shows: str
) -> None:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(("title", "text", column))
    rows.writerow((TITLE, f"{VOTED}\n\n{WORK}", shows))
    rows.writerow(("Unseen", UNSEEN, hides))
    articles, left_out = imported(tmp_path, "rows.csv", out.getvalue())
    assert [article.title for article in articles] == [TITLE]
    assert left_out == ["drafts"]


# -- What systems have in entries of their own


def sanity_document(number: str, kind: str, **fields: Any) -> dict[str, Any]:
    return {"_id": number, "_type": kind, **fields}


def reference(number: str) -> dict[str, str]:
    return {"_type": "reference", "_ref": number}


def test_sanity_names_authors_categories_and_pictures_by_id(tmp_path: Path) -> None:
    post = sanity_document(
        "post-1",
        "post",
        title=TITLE,
        author=reference("a"),
        categories=[reference("c"), reference("gone")],
        mainImage={
            "_type": "image",
            "_sanityAsset": "image@file://./images/quay.jpg",
            "caption": "The quay",
        },
        body=[
            portable(VOTED),
            {"_type": "image", "asset": reference("i"), "caption": "The storm"},
        ],
    )
    documents = [
        post,
        sanity_document("a", "person", name="Ada Quill"),
        sanity_document("c", "category", title="Harbour"),
        sanity_document("i", "sanity.imageAsset", url="https://cdn.example/i.jpg"),
        sanity_document("versions.r1.post-1", "post", title=TITLE, body=[portable(UNSEEN)]),
        sanity_document("about", "page", title="About us", body=[portable(WORK)]),
    ]
    lines = "\n".join(map(json.dumps, documents))
    (article,), left_out = imported(tmp_path, "data.ndjson", lines)
    assert (article.authors, article.tags) == (("Ada Quill",), ("Harbour",))
    assert [(one.caption, one.src) for one in article.images] == [
        ("The quay", ""),
        ("The storm", "https://cdn.example/i.jpg"),
    ]
    assert paragraphs(article) == [VOTED]
    assert sorted(left_out) == ["drafts", "pages", *["settings and the like"] * 3]


@pytest.mark.parametrize("is_export", [True, False], ids=["export", "interface"])
def test_pictures_of_contentful_have_their_descriptions(tmp_path: Path, *, is_export: bool) -> None:
    def told(value: Any) -> Any:
        return {"en-US": value} if is_export else value

    link = {"sys": {"type": "Link", "linkType": "Asset", "id": "p"}}
    block = {"nodeType": "embedded-asset-block", "data": {"target": link}, "content": []}
    body = contentful("document", contentful("paragraph", VOTED), block)
    file = {"url": "//images.example/p.jpg", "contentType": "image/jpeg"}
    picture = {
        "sys": {"id": "p"},
        "fields": {"file": told(file), "description": told("The quay in May")},
    }
    fields = {"title": told(TITLE), "body": told(body)}
    seen = {"publishedVersion": 1, "version": 2, "firstPublishedAt": MOMENT, "createdAt": "2020"}
    entry = contentful_entry("a", seen, **fields)
    value = (
        {"entries": [entry], "assets": [picture]}
        if is_export
        else {"items": [entry], "includes": {"Asset": [picture]}}
    )
    (article,), _ = imported(tmp_path, "a.json", value)
    assert [(one.caption, one.src) for one in article.images] == [
        ("The quay in May", "https://images.example/p.jpg")
    ]
    assert (paragraphs(article), day(article)) == ([VOTED], MOMENT)


def test_dynamic_zones_of_strapi_are_texts(tmp_path: Path) -> None:
    blocks = [
        {"__component": "shared.rich-text", "id": 1, "body": f"## Two summers\n\n{VOTED}"},
        {"__component": "shared.quote", "id": 2, "title": "Ida Marsh", "body": "We waited."},
        {"__component": "shared.media", "id": 3, "file": {"url": "/q.jpg", "caption": "The quay"}},
        {"__component": "shared.rich-text", "id": 4, "body": RICH["strapi"][2:3]},
    ]
    post = {
        "documentId": "a",
        "locale": "en",
        "title": TITLE,
        "blocks": blocks,
        **MOMENTS_OF_STRAPI,
        "category": {"id": 1, "name": "Harbour"},
    }
    (article,), _ = imported(tmp_path, "a.json", {"data": [post]})
    assert paragraphs(article) == [
        "## Two summers",
        VOTED,
        "> We waited.",
        "Ida Marsh",
        f"{WORK} The plan is public.",
    ]
    assert [one.caption for one in article.images] == ["The quay"]


def test_an_entry_of_drupal_stood_on_the_host_that_answers(tmp_path: Path) -> None:
    entry = {
        "type": "node--article",
        "id": "1",
        "links": {"self": {"href": "https://port.example/jsonapi/node/article/1"}},
        "attributes": {
            "title": TITLE,
            "created": MOMENT,
            "status": True,
            "path": {"alias": "/news/board"},
            "body": {"value": f"<p>{VOTED}</p>"},
        },
    }
    (article,), _ = imported(tmp_path, "a.json", {"data": [entry]})
    assert article.url == "https://port.example/news/board"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Tue, 05/04/2021 - 23:46", "2021-05-04T23:46"),
        ("Tue, 04/05/2021 - 23:46", "2021-05-04T23:46"),
        ("Sun, 05/04/2021 - 23:46", ""),
    ],
)
def test_a_table_of_drupal_as_its_editors_see_it(tmp_path: Path, written: str, meant: str) -> None:
    rows = [
        ["Title", "Body", "Authored by", "Authored on", "Tags", "Published"],
        [TITLE, f"<p>{VOTED}</p>", '<a href="/user/3">Ada Quill</a>', written, "Harbour", "On"],
        ["Unseen", f"<p>{UNSEEN}</p>", "Tom Hale", written, "", "Off"],
    ]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    (article,), left_out = imported(tmp_path, "a.csv", text.getvalue())
    assert (article.authors, article.tags) == (("Ada Quill",), ("Harbour",))
    assert (day(article), left_out) == (meant, ["drafts"])


def test_neither_a_number_nor_what_a_system_files_by_itself_is_a_tag(tmp_path: Path) -> None:
    record = {"title": TITLE, "body": VOTED, "tags": "3", "keywords": "quay, Uncategorized, storm"}
    (article,), _ = imported(tmp_path, "a.json", record)
    assert article.tags == ("quay", "storm")


@pytest.mark.parametrize(
    ("post", "told"),
    [
        ({"caption": f"<p>{VOTED}</p>"}, [VOTED]),
        ({"question": "<p>Why?</p>", "answer": f"<p>{VOTED}</p>"}, ["Why?", VOTED]),
        ({"text": f"<p>{VOTED}</p>", "source": "<p>Ida Marsh</p>"}, [VOTED, "Ida Marsh"]),
        ({"description": f"<p>{VOTED}</p>", "url": "https://elsewhere.example/"}, [VOTED]),
    ],
    ids=["photo", "answer", "quote", "link"],
)
def test_each_kind_of_post_of_tumblr_has_a_text(
    tmp_path: Path, post: dict[str, Any], told: list[str]
) -> None:
    photos = [{"caption": "", "original_size": {"url": "https://media.example/a.jpg"}}]
    record = {
        "post_url": "https://port.example/post/1",
        "blog_name": "port",
        "title": TITLE,
        "photos": photos,
        **post,
    }
    (article,), _ = imported(tmp_path, "a.json", {"response": {"posts": [record]}})
    assert (paragraphs(article), article.source) == (told, "port")
    assert article.url == "https://port.example/post/1"
    assert [one.src for one in article.images] == ["https://media.example/a.jpg"]


def test_pictures_alone_are_no_text_to_show(tmp_path: Path) -> None:
    picture = {"type": "image", "url": "https://p.example/a.jpg", "caption": "The pier falls"}
    gallery = ans(type="gallery", content_elements=[picture], promo_items={})
    file = tmp_path / "a.json"
    file.write_text(json.dumps(gallery))
    (document,) = json_lines.read("a.json", io.BytesIO(file.read_bytes()))
    assert getattr(document, "media_type", "") == "text/html;content=article"


@pytest.mark.parametrize(
    ("record", "hides"),
    [
        (
            {"hometext": VOTED, "bodytext": WORK, "time": MOMENT, "informant": "Tom Hale"},
            {},
        ),
        (
            {
                "Body": "x", "Body_html": f"<p>{VOTED}</p><p>{WORK}</p>", "Title_html": "",
                "Posted": MOMENT, "AuthorID": "Tom Hale", "Status": "4",
            },
            {"Status": "1"},
        ),
        (
            {
                "title": "", "web_title": TITLE, "content_html": f"<p>{VOTED}</p><p>{WORK}</p>",
                "created_at": MOMENT, "author": "Tom Hale", "audience": "free",
            },
            {"audience": "premium"},
        ),
        (
            {
                "Plain Content": "x", "Published Date": MOMENT, "Author": "Tom Hale",
                "Rich Content": {"nodes": [ricos("PARAGRAPH", VOTED), ricos("PARAGRAPH", WORK)]},
                "Tags": ["8d0e-11"], "Categories": "",
            },
            {"Published Date": ""},
        ),
    ],
    ids=["PHP-Nuke", "Textpattern", "beehiiv", "Wix"],
)  # fmt: skip
def test_more_systems_are_read(
    tmp_path: Path, record: dict[str, Any], hides: dict[str, str]
) -> None:
    seen = {"title": TITLE, **record}
    records = [seen, *([{**seen, **hides, "title": "Unseen"}] if hides else [])]
    (article,), left_out = imported(tmp_path, "a.json", records)
    assert (article.title, day(article), article.authors) == (TITLE, MOMENT, ("Tom Hale",))
    assert paragraphs(article) == [VOTED, WORK]
    assert len(left_out) == bool(hides)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Caf&eacute; &amp; bar &#8211; now", "Café & bar – now"),
        (f"&lt;p&gt;{VOTED}&lt;/p&gt;&lt;p&gt;{WORK}&lt;/p&gt;", f"{VOTED}\n\n{WORK}"),
        ("R&D; and AT&T", "R&amp;D; and AT&T"),
    ],
)
def test_what_a_program_escaped_is_read_as_it_was_meant(
    tmp_path: Path, written: str, shown: str
) -> None:
    (article,), _ = imported(tmp_path, "a.json", {"title": TITLE, "body": written})
    assert article.body == shown

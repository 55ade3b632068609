"""XML of agencies, editorial systems, editions and notebooks; the text of Movable Type."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.article import Article, RawDocument
from archive_gen.importers import read
from archive_gen.importers.base import LeftOut
from archive_gen.importers.xml import records as xml_records
from archive_gen.intake.stated import clean_document
from archive_gen.problems import Problem

TITLE = "Board votes to rebuild north quay"
VOTED = "The harbour board voted on Tuesday to rebuild the north quay, eleven years after a storm."
WORK = "Work will begin in March and take two summers, said Ida Marsh, who chairs the board."
TEXT = f"<p>{VOTED}</p><p>{WORK}</p>"

NEWSML_G2 = f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:1" standard="NewsML-G2" xml:lang="en">
<itemMeta><itemClass qcode="ninat:text"/><provider literal="Port Agency"/>
<versionCreated>2021-06-01T00:00:00Z</versionCreated><firstCreated>2021-05-04T14:05:00Z</firstCreated>
<pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><located><name>Port Hale</name></located><subject><name>Harbour</name></subject>
<headline>{TITLE}</headline><by>By Tom Hale</by>
<description role="drol:summary">Two summers</description></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{TEXT}</body></html>
</inlineXML></contentSet></newsItem>
<newsItem guid="urn:2"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta></newsItem>
<newsItem guid="urn:3"><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta></newsItem>
</itemSet></newsMessage>"""
NITF = (
    '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head><title>x</title></head><body>'
    f"<body.content>{TEXT}</body.content></body></nitf>"
)
NEWSML_1 = f"""<?xml version="1.0"?><NewsML><NewsItem>
<NewsManagement><FirstCreated>20210504T140500Z</FirstCreated>
<Status FormalName="Usable"/></NewsManagement>
<NewsComponent><NewsLines><HeadLine>{TITLE}</HeadLine><ByLine>By Tom Hale</ByLine>
<SubHeadLine>Two summers</SubHeadLine><DateLine>PORT HALE, May 4 (Port Agency)</DateLine>
<KeywordLine>Harbour</KeywordLine></NewsLines>
<AdministrativeMetadata><Provider><Party FormalName="Port Agency"/></Provider>
</AdministrativeMetadata>
<ContentItem><DataContent>{TEXT}</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"""


def found(tmp_path: Path, name: str, text: str) -> tuple[list[Article], list[str]]:
    """The articles of a file, and the kinds of what is left out."""
    file = tmp_path / name
    file.write_text(text, "utf-8")
    items = list(read(file))
    assert not [item for item in items if isinstance(item, Problem)]
    articles = [clean_document(item).article for item in items if isinstance(item, RawDocument)]
    return articles, [item.kind for item in items if isinstance(item, LeftOut)]


def day(article: Article) -> str:
    return article.date.text if article.date else ""


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        (NEWSML_G2, ["pictures and other files", "withdrawn stories"]),
        (
            NEWSML_G2[: NEWSML_G2.index("<html")]
            + NITF
            + NEWSML_G2[NEWSML_G2.index("</html>") + 7 :],
            ["pictures and other files", "withdrawn stories"],
        ),
        (NEWSML_1, []),
    ],
    ids=["G2", "G2 with NITF", "1"],
)
def test_newsml_is_read(tmp_path: Path, text: str, left_out: list[str]) -> None:
    (article,), others = found(tmp_path, "a.xml", text)
    assert (article.title, article.summary, article.place) == (TITLE, "Two summers", "Port Hale")
    assert (article.authors, article.tags) == (("Tom Hale",), ("Harbour",))
    assert (day(article), article.source) == ("2021-05-04T14:05:00Z", "Port Agency")
    assert article.body == f"{VOTED}\n\n{WORK}"
    assert others == left_out


HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
WORD = f'<String CONTENT="{VOTED}"/>'
FORMS = {
    "NewsML-G2": NEWSML_G2,
    "NewsML": HEAD + NEWSML_1.partition("?>")[2],
    "NITF": HEAD + NITF,
    "TEI": f'{HEAD}<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{TEXT}</body></text></TEI>',
    "ALTO": f"{HEAD}<alto><TextBlock><TextLine>{WORD}</TextLine></TextBlock></alto>",
    "trafilatura": f'{HEAD}<doc title="{TITLE}"><main>{TEXT}</main></doc>',
    "records": f"{HEAD}<l><i><title>{TITLE}</title><content>{VOTED}</content></i></l>",
    "RSS": f"{HEAD}<rss version='2.0'><channel><item><title>{TITLE}</title>"
    f"<description>{VOTED}</description></item></channel></rss>",
}

ENCODINGS = (
    *(("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("cp1252", "windows-1252")),
    *(("utf-16", "UTF-16"), ("utf-16", "UTF-8"), ("utf-8", "utf-16"), ("utf-8-sig", "utf-16")),
)


@pytest.mark.parametrize("form", FORMS)
def test_the_encoding_of_xml_makes_no_difference(tmp_path: Path, form: str) -> None:
    text = FORMS[form].replace("Tuesday", "Tuesday – at nine –").replace("Two", "Deux étés")
    told = []
    for encoding, declared in ENCODINGS:
        data = text.replace('encoding="UTF-8"', f'encoding="{declared}"').encode(encoding)
        (tmp_path / "a.xml").write_bytes(data)
        (item,) = (item for item in read(tmp_path / "a.xml") if not isinstance(item, LeftOut))
        assert isinstance(item, RawDocument), (encoding, item)
        told.append(clean_document(item).article)
    assert "Tuesday – at nine –" in told[0].body
    assert told == [told[0]] * len(told)


def test_a_newspaper_in_tei_has_its_articles(tmp_path: Path) -> None:
    tei = f"""<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
<titleStmt><title>4 May 1921, an edition</title><author>The editors</author></titleStmt>
<sourceDesc><bibl><title>Port Post</title><date when="1921-05-04"/></bibl></sourceDesc></fileDesc>
</teiHeader><text><body><div type="article"><head>{TITLE}</head><byline>By Tom Hale</byline>
<p>{VOTED}<pb n="2"/><!-- sic --><?x y?>
<choice><sic>Itt</sic><corr>It</corr></choice> <emph>rained</emph>.
</p><head>Two summers</head><p>{WORK}</p></div>
<div type="article"><head>Song</head>
<lg><l>The gulls came in at four,</l><l>the nets were hung.</l></lg></div></body></text></TEI>"""
    (vote, song), _ = found(tmp_path, "a.xml", tei)
    assert (vote.title, vote.source, day(vote)) == (TITLE, "Port Post", "1921-05-04")
    assert vote.authors == ("Tom Hale",)
    assert vote.body.split("\n\n") == [f"{VOTED} It rained.", "## Two summers", WORK]
    assert song.body == "The gulls came in at four,  \nthe nets were hung."


def test_a_tei_file_may_be_one_text(tmp_path: Path) -> None:
    tei = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>{TITLE}</title><author>Tom Hale</author></titleStmt>
<publicationStmt><date when="2021-05-04"/></publicationStmt></fileDesc></teiHeader><text>
<body>{TEXT}</body></text></TEI>"""
    (article,), _ = found(tmp_path, "a.xml", tei)
    assert (article.title, article.authors, day(article)) == (TITLE, ("Tom Hale",), "2021-05-04")
    assert article.body == f"{VOTED}\n\n{WORK}"


def test_escenic_is_read(tmp_path: Path) -> None:
    story = f"""<content type="story" state="STATE" publishdate="2021-05-04T14:05:00Z">
<field name="title">{TITLE}</field><field name="leadtext">Two summers</field>
<field name="body">{TEXT}</field></content>"""
    both = story.replace("STATE", "published") + story.replace("STATE", "draft")
    text = f'<escenic xmlns="http://xmlns.escenic.com/2009/import">{both}</escenic>'
    (article,), left_out = found(tmp_path, "a.xml", text)
    assert (article.title, article.summary, day(article)) == (
        TITLE,
        "Two summers",
        "2021-05-04T14:05:00Z",
    )
    assert article.body == f"{VOTED}\n\n{WORK}"
    assert left_out == ["drafts"]


def test_evernotes_notes_are_read(tmp_path: Path) -> None:
    note = f"""<note><title>{TITLE}</title><content><![CDATA[<?xml version="1.0"?>
<!DOCTYPE en-note SYSTEM "http://xml.evernote.com/pub/enml2.dtd">
<en-note><div>{VOTED}</div><div><br/></div><div>{WORK}</div></en-note>]]></content>
<created>20210504T140500Z</created><tag>Harbour</tag><note-attributes><author>Tom Hale</author>
<source-url>https://port.example/q</source-url></note-attributes></note>"""
    (first, second), _ = found(tmp_path, "a.enex", f"<en-export>{note}{note}</en-export>")
    assert first == second
    assert (first.title, first.tags, first.authors) == (TITLE, ("Harbour",), ("Tom Hale",))
    assert (first.url, day(first)) == ("https://port.example/q", "2021-05-04T14:05:00Z")
    assert first.body == f"{VOTED}\n\n{WORK}"


ENTRY = f"""AUTHOR: Tom Hale
TITLE: {TITLE}
STATUS: Publish
CONVERT BREAKS: 1
CATEGORY: Harbour
TAGS: quay,"north sea"
DATE: 05/04/2021 02:05:00 PM
-----
BODY:
{VOTED}
-----
It rained.

-----
EXTENDED BODY:
{WORK}
-----
EXCERPT:
Two summers
-----
COMMENT:
AUTHOR: A reader
DATE: 05/05/2021 11:33:00 AM
I was there.
-----
--------
"""


def test_movable_type_is_read(tmp_path: Path) -> None:
    draft = ENTRY.replace("Publish", "Draft")
    written = ENTRY.replace("BREAKS: 1", "BREAKS: markdown").replace(WORK, "## Two\n\n*Work*")
    (first, second), left_out = found(tmp_path, "a.txt", ENTRY + draft + written)
    assert (first.title, first.authors, day(first)) == (
        TITLE,
        ("Tom Hale",),
        "2021-05-04T14:05:00",
    )
    assert (first.summary, first.tags) == ("Two summers", ("Harbour", "quay", "north sea"))
    assert first.body.split("\n\n")[-1] == WORK
    assert "It rained." in first.body
    assert second.body.endswith("## Two\n\n*Work*")
    assert left_out == ["comments", "drafts", "comments"]


def test_a_rule_in_an_entry_ends_it_not(tmp_path: Path) -> None:
    ruled = ENTRY.replace("It rained.", f"It rained.\n--------\nDATE of it: May.\n--------\n{WORK}")
    (first, second), _ = found(tmp_path, "a.txt", ruled.replace("AUTHOR", "\nAUTHOR", 1) + ENTRY)
    assert first.body.count(WORK) == 2
    assert "It rained." in first.body
    assert "DATE of it: May." in first.body
    assert (second.title, first.authors) == (TITLE, ("Tom Hale",))


def test_a_page_that_begins_like_such_an_export_is_a_page(tmp_path: Path) -> None:
    (article,), _ = found(tmp_path, "a.txt", f"TITLE: {TITLE}\n\n{VOTED}\n\n{WORK}\n")
    assert WORK in article.body


ROWS = {
    "crawler": "<items><item><title>{}</title><date>2021-05-04</date><body>{}</body>"
    "<tags><value>Harbour</value><value>Storm</value></tags></item></items>",
    "mysqldump": "<mysqldump><database><table_data><row><field name='title'>{}</field>"
    "<field name='published'>2021-05-04</field><field name='body'>{}</field>"
    "<field name='tags'>Harbour, Storm</field></row></table_data></database></mysqldump>",
    "phpmyadmin": "<pma_xml_export><database><table><column name='title'>{}</column>"
    "<column name='date'>2021-05-04</column><column name='content'>{}</column>"
    "<column name='tags'>Harbour, Storm</column></table></database></pma_xml_export>",
    "articles": "<archiv><artikel><titel>{}</titel><datum>2021-05-04</datum><text>{}</text>"
    "<schlagwörter>Harbour; Storm</schlagwörter></artikel></archiv>",
}


@pytest.mark.parametrize("escaped", [False, True], ids=["markup", "escaped"])
@pytest.mark.parametrize("kind", ROWS)
def test_xml_may_be_a_list_of_records(tmp_path: Path, kind: str, *, escaped: bool) -> None:
    text = TEXT.replace("<", "&lt;") if escaped else TEXT
    (article,), _ = found(tmp_path, "a.xml", ROWS[kind].format(TITLE, text))
    assert (article.title, day(article)) == (TITLE, "2021-05-04")
    assert article.tags == ("Harbour", "Storm")
    assert article.body == f"{VOTED}\n\n{WORK}"


def test_nothing_is_no_name(tmp_path: Path) -> None:
    row = ROWS["phpmyadmin"].replace("Harbour, Storm", "NULL")
    (article,), _ = found(tmp_path, "a.xml", row.format(TITLE, TEXT))
    assert article.tags == ()


def test_xml_that_nobody_knows_costs_a_line(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text("<?xml version='1.0'?><inventory><quay>12</quay></inventory>")
    (problem,) = read(file)
    assert isinstance(problem, Problem)
    assert problem.message == "is no feed"


@pytest.mark.parametrize("pages", [1, 700_000])
def test_the_export_of_a_wiki_costs_a_line_that_says_what_to_do(pages: int, tmp_path: Path) -> None:
    page = "<page><title>Ferry</title><revision><text>'''It''' [[sank]].</text></revision></page>"
    file = tmp_path / "a.xml"
    file.write_text(f'<mediawiki xmlns="http://www.mediawiki.org/x/">{page * pages}</mediawiki>')
    (problem,) = read(file)
    assert isinstance(problem, Problem)
    assert problem.message == "is the export of a wiki"
    assert "WikiExtractor" in problem.hint


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("The <i>board</i> <a href='x'>voted</a> &amp; went.", "The *board* voted & went."),
        ("The <b>board</b> voted on <b>Tuesday</b>.", "The **board** voted on **Tuesday**."),
        ("The <x>board</x> voted.\n\nIt <b>rained</b>.", "The board voted.|It **rained**."),
        ("It rained.<br/>It blew.", "It rained.  \nIt blew."),
        ("It rained. <p>It blew.</p> It snowed.<!-- no -->", "It rained.|It blew.|It snowed."),
        ("<para>It rained.</para><para>It <em>blew</em>.</para>", "It rained.|It *blew*."),
        ("<a1><b1>It rained.</b1></a1><b1>It blew.</b1>", "It rained.|It blew."),
        ("<title>Rain</title><para>It rained.</para>", "## Rain|It rained."),
        ("It rained.</text><text>It blew.", "It rained.|It blew."),
        ("It rained.</text><text>It <b>blew</b>.", "It rained.|It **blew**."),
    ],
)
def test_no_text_of_a_record_is_lost(tmp_path: Path, text: str, lines: str) -> None:
    (article,), _ = found(tmp_path, "a.xml", f"<a><title>{TITLE}</title><text>{text}</text></a>")
    assert (article.title, article.body.split("\n\n")) == (TITLE, lines.split("|"))


_PARTS = st.recursive(
    st.just("word"),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{' '.join(parts)}</{tag}>",
        st.sampled_from("p b a br i div para section li ul h2 title x table td".split()),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@given(st.lists(_PARTS, min_size=1, max_size=5))
def test_every_word_of_a_field_stays(parts: list[str]) -> None:
    text = "".join(parts) + f" {VOTED}"
    (document,) = xml_records.documents("a", f"<a><title>T</title><text>{text}</text></a>".encode())
    assert isinstance(document, RawDocument)
    assert document.text.count("word") == text.count("word")
    assert document.text.count(VOTED) == 1


def test_fields_of_a_record_may_come_twice_and_have_parts(tmp_path: Path) -> None:
    (article,), _ = found(
        tmp_path,
        "a.xml",
        f"<a><title>Board votes to <i>rebuild</i> north quay</title><date>2021-05-04</date>"
        f"<date>2021-05-05</date><author>Tom Hale</author><author><name>Ida Marsh</name>"
        f"<email>i@port.example</email></author><tags><tag>Harbour</tag><tag>Storm</tag></tags>"
        f"<description><p>Two</p><p>summers</p></description><body>{TEXT}</body></a>",
    )
    assert (article.title, day(article), article.summary) == (TITLE, "2021-05-04", "Two summers")
    assert (article.authors, article.tags) == (("Tom Hale", "Ida Marsh"), ("Harbour", "Storm"))


def test_a_text_with_markup_and_no_title_is_no_dump(tmp_path: Path) -> None:
    (article,), _ = found(
        tmp_path, "a.xml", f"<a><date>2021-05-04</date><text>{VOTED} <b>Yes</b>.</text></a>"
    )
    assert article.body == f"{VOTED} **Yes**."


ITEMS = "<items><item><title>One</title><body>It rained.</body></item>"


@pytest.mark.parametrize(
    "text",
    [
        f"{ITEMS}<item><title>Two</title><body>It",
        f"{ITEMS}</items><item>more</item>",
        f"{ITEMS}</x><item>more</item></items>",
        f"{ITEMS}<item><![CDATA[more</item></items>",
        "<nitf><body><body.content><p>It rained.</p></body.content></body><",
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>It rained.</p><p>And',
        "<doc title='One'><main><p>It rained.</p><p>And",
    ],
)
def test_xml_that_breaks_off_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.xml"
    file.write_text(text)
    first, *_, problem = read(file)
    assert isinstance(first, RawDocument)
    assert isinstance(problem, Problem)
    assert problem.message.startswith("can't be read further: line 1: ")


@pytest.mark.parametrize(
    "text",
    [
        "<a><title>One</title><body>It rained & blew.<br>It snowed.</body></a>",
        "<a><title>One</title><body>It rained & blew.</body></a> <!-- done -->\n",
        "<x:a><title>One</title><body>It rained&nbsp;and \x01 blew.</body></x:a>\n",
    ],
)
def test_xml_with_other_faults_is_whole(tmp_path: Path, text: str) -> None:
    (article,), _ = found(tmp_path, "a.xml", text)
    assert article.title == "One"


TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{}</body></text></TEI>'


def test_what_an_edition_has_not_put_right_stays(tmp_path: Path) -> None:
    text = f"<p>{VOTED} It <sic>raind</sic> on <orig>olde</orig> men.</p>"
    (article,), _ = found(tmp_path, "a.xml", TEI.format(text))
    assert article.body == f"{VOTED} It raind on olde men."


def test_an_article_in_another_is_told_once_and_what_stands_beside_them_too(tmp_path: Path) -> None:
    inner = f"<div type='article'><head>Inner</head><p>{WORK}</p></div>"
    outer = f"<div type='article'><head>Outer</head><p>{VOTED}</p>{inner} <p>It blew.</p></div>"
    other = "<div type='advert'><p>Soap</p></div><p>Rain.</p>And snow.<fw>4 May</fw><pb/>"
    articles, left_out = found(tmp_path, "a.xml", TEI.format(f"<div>{outer}{other}</div>"))
    told = [(article.title, article.body) for article in articles]
    assert told == [("Outer", f"{VOTED}\n\nIt blew."), ("Inner", WORK)]
    assert left_out == ["texts beside the articles"] * 3


def test_a_text_within_a_text_does_not_hide_it(tmp_path: Path) -> None:
    within = f"<floatingText><body><p>{WORK}</p></body></floatingText>"
    (article,), _ = found(tmp_path, "a.xml", TEI.format(f"<p>{VOTED}</p>{within}<p>It blew.</p>"))
    assert article.body == f"{VOTED}\n\n{WORK}\n\nIt blew."


def newsml(*parts: str) -> str:
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><contentMeta><headline>'
        f"{TITLE}</headline></contentMeta><contentSet>{''.join(parts)}</contentSet></newsItem>"
    )


@pytest.mark.parametrize(
    ("parts", "body"),
    [
        (
            (
                f"<inlineXML><p>{VOTED}</p></inlineXML>",
                f"<inlineXML><p>{WORK} More.</p></inlineXML>",
            ),
            [VOTED, f"{WORK} More."],
        ),
        (
            (
                f"<inlineXML><p>{VOTED}</p></inlineXML>",
                f"<inlineXML><p>{VOTED}</p><p>{WORK}</p></inlineXML>",
            ),
            [VOTED, WORK],
        ),
        (
            (f"<inlineData contenttype='text/plain'>a &lt;b&gt; c\n\n{VOTED}</inlineData>",),
            ["a &lt;b> c", VOTED],
        ),
        ((f"<inlineData>a &lt; b &gt; c\n\n{VOTED}</inlineData>",), ["a < b > c", VOTED]),
        ((f"<inlineXML><h1>{TITLE}</h1><p>{VOTED}</p></inlineXML>",), [VOTED]),
    ],
)
def test_all_parts_of_a_text_are_read(
    tmp_path: Path, parts: tuple[str, ...], body: list[str]
) -> None:
    (article,), _ = found(tmp_path, "a.xml", newsml(*parts))
    assert article.body.split("\n\n") == body


def test_marks_of_pages_do_not_part_the_line(tmp_path: Path) -> None:
    (article,), _ = found(tmp_path, "a.xml", TEI.format(f"<p>{'word<pb/>s ' * 9_000}</p>"))
    assert article.body == ("words " * 9_000).strip()


def test_of_nitf_names_stay_names_and_pictures_signed(tmp_path: Path) -> None:
    text = (
        "<nitf><head><title>x</title></head><body><body.head><hedline><hl1>Board votes</hl1>"
        "</hedline><byline>By <person>Tom Hale</person><byttl>Staff writer</byttl> and "
        "<person>Ida Marsh</person></byline></body.head><body.content>"
        f"<p>{VOTED}</p><media media-type='image'><media-reference source='a.jpg'/>"
        "<media-caption>The quay</media-caption><media-producer>Eve Lund</media-producer></media>"
        f"<p>{WORK}</p></body.content><body.end><tagline>Reporting by Bo Berg</tagline></body.end>"
        "</body></nitf>"
    )
    (article,), _ = found(tmp_path, "a.xml", text)
    assert article.authors == ("Tom Hale", "Ida Marsh")
    assert [(one.caption, one.credit) for one in article.images] == [("The quay", "Eve Lund")]
    assert article.body.split("\n\n") == [VOTED, WORK, "Reporting by Bo Berg"]
    alone = text.replace("<person>", "").replace("</person>", "").replace(" and Ida Marsh", "")
    (article,), _ = found(tmp_path, "b.xml", alone)
    assert article.authors == ("Tom Hale",)


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("Par Ada QUILL", "Ada QUILL"),
        ("Von Ada Quill", "Ada Quill"),
        ("Por Ana Lima", "Ana Lima"),
        ("Von Miller", "Von Miller"),
        ("von Ranke", "von Ranke"),
        ("Parker Holm", "Parker Holm"),
    ],
)
def test_the_word_before_a_name_is_none_of_it(tmp_path: Path, byline: str, author: str) -> None:
    text = (
        "<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>Le port vote</HeadLine>"
        f"<ByLine>{byline}</ByLine></NewsLines><ContentItem><DataContent><p>{VOTED}</p>"
        "<media><media-caption>Le quai en mai</media-caption><media-metadata>7</media-metadata>"
        f"</media><p>{WORK}</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
    )
    (article,), _ = found(tmp_path, "a.xml", text)
    assert article.authors == (author,)
    assert [one.caption for one in article.images] == ["Le quai en mai"]
    assert article.body.split("\n\n") == [VOTED, WORK]


def test_the_tei_of_trafilatura(tmp_path: Path) -> None:
    """Its head states the article's title twice, and no day in an attribute."""
    text = f"""{HEAD}<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
<titleStmt><title type="main">{TITLE}</title><author>Tom Hale</author></titleStmt>
<publicationStmt><publisher>Port Post (port-post.example)</publisher></publicationStmt>
<sourceDesc><bibl>{TITLE}. Port Post, 2021-05-04</bibl><biblFull>
<titleStmt><title type="main">{TITLE}</title><author>Tom Hale</author></titleStmt>
<publicationStmt><publisher>Port Post (port-post.example)</publisher>
<ptr type="URL" target="https://port-post.example/quay"/><date>2021-05-04</date></publicationStmt>
</biblFull></sourceDesc></fileDesc><profileDesc><abstract><p>Two summers</p></abstract>
<textClass><keywords><term type="tags">harbour,storms</term></keywords></textClass>
<creation><date type="download">2024-01-01</date></creation></profileDesc></teiHeader>
<text><body><div type="entry">{TEXT}</div></body></text></TEI>"""
    (article,), _ = found(tmp_path, "a.xml", text)
    assert (article.title, article.source, day(article)) == (TITLE, "Port Post", "2021-05-04")
    assert (article.summary, article.tags) == ("Two summers", ("harbour", "storms"))
    assert (article.url, article.authors) == ("https://port-post.example/quay", ("Tom Hale",))
    assert article.body == f"{VOTED}\n\n{WORK}"


def test_a_record_may_state_values_of_itself(tmp_path: Path) -> None:
    """As Reuters' corpus RCV1 does; a ``name`` says what an element is."""
    text = f"""{HEAD}<newsitem itemid="2286" id="root" name="row" date="2021-05-04" xml:lang="en">
<title>{TITLE}</title><byline>Tom Hale</byline><dateline>PORT HALE</dateline><text>{TEXT}</text>
<metadata><dc element="dc.date.created" value="1996-08-20"/></metadata></newsitem>"""
    (article,), _ = found(tmp_path, "a.xml", text)
    assert (article.title, day(article), article.place) == (TITLE, "2021-05-04", "Port Hale")
    assert article.body == f"{VOTED}\n\n{WORK}"


def test_bylines_and_leads_of_american_papers(tmp_path: Path) -> None:
    text = f"""{HEAD}<nitf><body><body.head><hedline><hl1>{TITLE}</hl1></hedline>
<byline class="print_byline">By TOM HALE, Special to the Port Post</byline></body.head>
<body.content><block class="lead_paragraph"><p>LEAD: {VOTED}</p></block>
<block class="full_text"><p>LEAD: {VOTED}</p><p>{WORK}</p></block></body.content></body></nitf>"""
    (article,), _ = found(tmp_path, "a.xml", text)
    assert (article.authors, article.body) == (("Tom Hale",), f"{VOTED}\n\n{WORK}")
    people = text.replace("By TOM HALE, Special to the Port Post", "<person>By Tom Hale</person>")
    (article,), _ = found(tmp_path, "a.xml", people)
    assert article.authors == ("Tom Hale",)

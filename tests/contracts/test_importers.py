"""What holds for every importer, whatever it opens; then what each of them reads."""

from __future__ import annotations

import base64
import contextlib
import csv
import functools
import gzip
import io
import json
import quopri
import sqlite3
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import brotli
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive_gen.article import ARTICLE, HTML, MARKDOWN, PLAIN, RawDocument
from archive_gen.dates import parse_date
from archive_gen.importers import IMPORTERS, base, holds_one, importer_for, packed, read
from archive_gen.intake.stated import clean_document
from archive_gen.problems import Problem
from tests import odt_files, word_files
from tests.pdf_files import column, pdf
from tests.rtf_files import rtf

STORY = "Die Fähre nach Tolland fährt ab Montag wieder jede Stunde, sagt der Hafen."
URL = "https://example.org/2019/05/ferry"
PAGE = f"<!doctype html><html><head><title>Ferry</title></head><body><p>{STORY}</p></body></html>"
RECORD = {"title": "Ferry", "date_publish": "2019-05-04 10:00:00", "url": URL, "maintext": STORY}
RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Courier</title>
<item><title>Ferry</title><link>{URL}</link><pubDate>Sat, 04 May 2019 10:00:00 +0200</pubDate>
<category>Harbour</category><description>&lt;p&gt;{STORY}&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><entry>
<title>Ferry</title><link href="{URL}"/><author><name>Ada Lund</name></author>
<published>2019-05-04T08:00:00Z</published><content type="html">&lt;p&gt;{STORY}&lt;/p&gt;</content>
</entry></feed>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Courier",
    "items": [{"id": "1", "title": "Ferry", "url": URL, "content_html": PAGE}],
}


def warc(*, compressed: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=compressed)
    for status, kind in (
        ("200 OK", "text/html; charset=iso-8859-1"),
        ("404 Not Found", "text/html"),
        ("200 OK", "image/png"),
    ):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        body = PAGE.encode("latin-1")
        writer.write_record(
            writer.create_warc_record(
                URL, "response", payload=io.BytesIO(body), http_headers=headers
            )
        )
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    writer.write_record(
        writer.create_revisit_record(
            URL, "sha1:A", URL, "2019-05-04T10:00:00Z", http_headers=headers
        )
    )
    return out.getvalue()


def mail() -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = "Ferry", "Courier <post@example.org>"
    message["Date"] = "Sat, 04 May 2019 10:00:00 +0200"
    message.set_content(STORY)
    message.add_alternative(PAGE, subtype="html")
    return message.as_bytes()


def mhtml() -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "<Saved by Blink>", "Ferry"
    message["Snapshot-Content-Location"] = URL
    message["Date"] = "Sun, 05 May 2019 10:00:00 +0200"
    message.set_content(PAGE, subtype="html", cte="quoted-printable")
    message.add_related(b"p {}", "text", "css")
    return message.as_bytes()


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(mode: str, **members: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def dump() -> str:
    table = "CREATE TABLE a (title TEXT, url TEXT, text TEXT)"
    quoted = ", ".join("'" + value.replace("'", "''") + "'" for value in ("Ferry", URL, STORY))
    return f"{table};\nINSERT INTO a VALUES ({quoted});\n"


def database() -> bytes:
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(dump())
        return connection.serialize()


def lines(*records: object) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


SAMPLES: dict[str, Callable[[], bytes]] = {
    "a.txt": STORY.encode,
    "a.html": PAGE.encode,
    "a.md": f"---\ntitle: Ferry\n---\n{STORY}\n".encode,
    "a.jsonl": lambda: lines(RECORD),
    "a.json": lambda: json.dumps([RECORD], indent=1).encode(),
    "one.json": lambda: json.dumps(RECORD, indent=1).encode(),
    "feed.json": lambda: json.dumps(JSON_FEED).encode(),
    "a.jsonl.gz": lambda: gzip.compress(lines(RECORD)),
    "a.html.gz": lambda: gzip.compress(PAGE.encode()),
    "a.csv": lambda: f'title,url,text\nFerry,{URL},"{STORY}"\n'.encode(),
    "a.tsv": lambda: f"title\turl\ttext\nFerry\t{URL}\t{STORY}\n".encode(),
    "a.sql": lambda: dump().encode(),
    "a.sqlite": database,
    "a.rss": RSS.encode,
    "a.atom": ATOM.encode,
    "a.warc": lambda: warc(compressed=False),
    "a.warc.gz": lambda: warc(compressed=True),
    "a.wacz": lambda: zipped(
        **{"archive/data.warc.gz": warc(compressed=True), "pages/p.jsonl": b"{}"}
    ),
    "a.sgml": f"<DOC>\n<HEADLINE>\nFerry\n</HEADLINE>\n<TEXT>\n{STORY}\n</TEXT>\n</DOC>\n".encode,
    "a.eml": mail,
    "a.mbox": lambda: b"From post@example.org Sat May  4 10:00:00 2019\n" + mail(),
    "a.mhtml": mhtml,
    "a.docx": lambda: word_files.packed(word_files.line(STORY)),
    "a.odt": lambda: odt_files.packed(odt_files.line(STORY)),
    "a.rtf": lambda: rtf(*STORY.split("\n")),
    "a.pdf": lambda: pdf(column(*STORY.split("\n"))),
    "a.zip": lambda: zipped(**{"x/a.html": PAGE.encode(), "x/logo.png": b"\x89PNG"}),
    "a.tar": lambda: tarred("w", **{"../../a.txt": STORY.encode()}),
    "a.tar.gz": lambda: tarred("w:gz", **{"a.jsonl": lines(RECORD)}),
    "a.tar.xz": lambda: tarred("w:xz", **{"a.txt": STORY.encode()}),
}


@functools.cache
def sample(name: str) -> bytes:
    """The same bytes each time: WARC records are named at random."""
    return SAMPLES[name]()


def documents(path: Path) -> list[RawDocument]:
    return [item for item in read(path) if isinstance(item, RawDocument)]


def problems(path: Path) -> list[Problem]:
    return [item for item in read(path) if isinstance(item, Problem)]


def left_out(path: Path) -> list[base.LeftOut]:
    return [item for item in read(path) if isinstance(item, base.LeftOut)]


def without_article(path: Path) -> base.LeftOut:
    return base.LeftOut("files without an article", str(path))


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_there_is_a_sample_for_every_importer() -> None:
    modules = {importer_for(name) for name in SAMPLES}
    assert modules >= {importer_for(f"x{ending}") for ending in IMPORTERS}


@pytest.mark.parametrize("name", SAMPLES)
def test_one_document_with_its_story(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, name, sample(name))
    (document,) = documents(path)
    assert STORY in document.text
    assert document.name.startswith(str(path))
    assert document.media_type.partition(";")[0] in (PLAIN, HTML, MARKDOWN)
    assert document.data
    assert document.known.get("title", "Ferry") == "Ferry"
    assert document.known.get("url", URL) == URL


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_twice(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, name, sample(name))
    assert list(read(path)) == list(read(path))


@pytest.mark.parametrize("name", SAMPLES)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_damage_is_a_problem_and_no_crash(name: str, tmp_path: Path, data: st.DataObject) -> None:
    whole = sample(name)
    cut = data.draw(st.integers(0, len(whole)))
    noise = data.draw(st.binary(max_size=30))
    path = put(tmp_path, name, whole[:cut] + noise + whole[cut + len(noise) :])
    for item in read(path):
        assert isinstance(item, (RawDocument, Problem, base.LeftOut))
        if isinstance(item, RawDocument):
            item.text.encode("utf-8")  # no half letters
            assert "\0" not in item.text


@pytest.mark.parametrize("name", SAMPLES)
def test_an_empty_file_is_no_crash(name: str, tmp_path: Path) -> None:
    list(read(put(tmp_path, name, b"")))


def test_an_unknown_ending_is_none() -> None:
    assert importer_for("a.doc") is None
    assert importer_for("a.png.gz") is None


def test_what_holds_one() -> None:
    assert holds_one("a.md")
    assert holds_one("a.TXT") and holds_one("b.html") and holds_one("c.eml")  # noqa: PT018
    assert not holds_one("a.jsonl") and not holds_one("-")  # noqa: PT018


# -- encodings of pages


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r"),
        ('<meta charset="windows-1251">', "utf-8"),  # declared wrongly
        ('<meta charset="nonsense">', "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("", "cp1251"),
    ],
)
def test_encodings_of_pages(head: str, encoding: str, tmp_path: Path) -> None:
    story = "Паром на остров снова ходит каждый час, сообщили в порту в понедельник утром. " * 5
    page = f"<html><head>{head}</head><body><p>{story}</p></body></html>"
    (document,) = documents(put(tmp_path, "a.html", page.encode(encoding)))
    assert story in document.text


def test_latin_1_means_windows_1252(tmp_path: Path) -> None:
    page = b'<meta charset="iso-8859-1"><p>\x93Quoted\x94 \x96 caf\xe9</p>'
    (document,) = documents(put(tmp_path, "a.html", page))
    assert "“Quoted” – café" in document.text


# -- mailboxes


def test_each_mail_of_a_mailbox_is_one(tmp_path: Path) -> None:
    begins = b"From post@example.org Sat May  4 10:00:00 2019\n"
    plain = (
        b"Subject: Second\nFrom: Courier <post@example.org>\n\nOne.\n\nFrom here on it rained."
        b"\n\n>From there, too.\n\n"
    )
    path = put(tmp_path, "a.mbox", begins + mail() + b"\n" + begins + plain)
    first, second = documents(path)
    assert (first.known["title"], second.known["title"]) == ("Ferry", "Second")
    assert "From here on it rained.\n\nFrom there, too." in second.text
    assert [first.name, second.name] == [f"{path}#1", f"{path}#2"]


@pytest.mark.parametrize(
    "begins",
    [
        "From a@b.example Sat May  4 10:00:00 2019",
        "From - Sat May 04 10:00:00 2019\r",
        "From 12@xxx Sat May 04 10:00:00 +0000 2019",
        "From a@b.example Sat May  4 10:00 EDT 2019",
        "From a b Sat May  4 10:00:00 2019 +0200",
    ],
)
def test_a_mail_begins_with_sender_and_time_alone(tmp_path: Path, begins: str) -> None:
    sentence = "From 10:30 on Monday 5 May 2015 the road is closed.\n\nFrom - the mayor - no word."
    one = f"{begins}\nSubject: A\nX: y\nFrom: a@b.example\n\nIt rained.\n\n{sentence}\n\n"
    for name in ("a.mbox", "mails"):
        found = documents(put(tmp_path, name, (one * 2).encode()))
        assert [sentence in document.text for document in found] == [True, True]


def test_a_text_that_begins_as_a_mailbox_might_is_none(tmp_path: Path) -> None:
    text = f"From the archive, 4 May 2019 at 10:00\nPlace: Harlow\nYear: 1911\nBy: Ada\n\n{STORY}"
    (document,) = documents(put(tmp_path, "memory", text.encode()))
    assert document.text == text


def test_a_list_of_addresses_is_no_article(tmp_path: Path) -> None:
    lines = "https://port.example/a\nhttp://port.example/b\n"
    (found,) = read(put(tmp_path, "urls.txt", lines.encode()))
    assert found == base.LeftOut("lists of addresses", str(tmp_path / "urls.txt"))


@pytest.mark.parametrize("name", ["bookmarks.html", "bookmarks"])
def test_bookmarks_are_no_article(tmp_path: Path, name: str) -> None:
    begins = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n"
    links = f'<DL><p><DT><A HREF="https://port.example/a">{STORY}</A></DL><p>'
    (found,) = read(put(tmp_path, name, (begins + links).encode()))
    assert found == base.LeftOut("lists of addresses", str(tmp_path / name))


# -- tables


def test_a_table_without_texts_costs_one_line(tmp_path: Path) -> None:
    (problem,) = read(put(tmp_path, "a.csv", b"id,clicks\n1,2\n3,4\n"))
    assert isinstance(problem, Problem)
    assert problem.message == "no column is known to hold texts"


def test_of_a_table_of_addresses_the_pages_are_asked_for(tmp_path: Path) -> None:
    rows = b"title,url,time_added\nFerry sails,https://port.example/a,1620000000\n"
    (problem,) = read(put(tmp_path, "pocket.csv", rows))
    assert isinstance(problem, Problem)
    assert problem.hint.startswith("fetch the pages at its addresses")


@pytest.mark.parametrize("column", ["article", "bodyContent", "news"])
def test_a_column_that_may_hold_the_stories_does_where_no_other_one_does(
    tmp_path: Path, column: str
) -> None:
    told = f'title,{column}\nFerry sails,"{STORY}"\n'
    (document,) = documents(put(tmp_path, "a.csv", told.encode()))
    assert STORY in document.text
    named = f'{column},text,title\n17,"{STORY}",Ferry sails\n'
    (document,) = documents(put(tmp_path, "b.csv", named.encode()))
    assert STORY in document.text
    (problem,) = read(put(tmp_path, "c.csv", f"id,{column},mark\n1,17,good\n".encode()))
    assert isinstance(problem, Problem)


# -- records


def test_the_list_of_pages_of_a_crawl_repeats_what_its_web_archives_hold(tmp_path: Path) -> None:
    head = '{"format":"json-pages-1.0","id":"pages","title":"All Pages"}'
    page = json.dumps({"url": "https://port.example/a", "title": "Ferry sails", "text": STORY})
    (found,) = read(put(tmp_path, "pages.jsonl", f"{head}\n{page}\n".encode()))
    assert found == base.LeftOut("notes of crawlers", str(tmp_path / "pages.jsonl"))


def test_a_schema_org_article(tmp_path: Path) -> None:
    record = {
        "@type": "NewsArticle",
        "headline": "Ferry",
        "articleBody": STORY,
        "datePublished": "2019-05-04T10:00:00+02:00",
        "author": [{"@type": "Person", "name": "Ada Lund"}, {"name": "Bo Berg"}],
        "publisher": {"@type": "Organization", "name": "Courier"},
        "keywords": "Harbour, Ferry",
        "inLanguage": "de",
        "mainEntityOfPage": {"@id": URL},
    }
    (document,) = documents(put(tmp_path, "a.jsonl", lines(record)))
    known = document.known
    assert document.media_type == PLAIN + ARTICLE
    assert known["date"].period == "2019-05-04"
    assert known["authors"] == ("Ada Lund", "Bo Berg")
    assert (known["source"], known["tags"], known["language"], known["url"]) == (
        "Courier",
        ("Harbour", "Ferry"),
        "de",
        URL,
    )


def test_what_newspaper_makes_of_a_text_is_not_what_the_page_states(tmp_path: Path) -> None:
    record = {
        "title": "Ferry", "text": STORY, "publish_date": "2019-05-04 00:00:00",
        "keywords": ["fähre", "hafen"], "meta_keywords": ["Harbour"],
        "summary": STORY, "meta_description": "Every hour again.",
    }  # fmt: skip
    path = put(tmp_path, "a.json", json.dumps(record).encode())
    (document,) = documents(path)
    known = document.known
    assert document.name == str(path)
    assert (known["tags"], known["summary"]) == (("Harbour",), "Every hour again.")
    assert known["date"].text == "2019-05-04"


def test_the_xml_of_trafilatura(tmp_path: Path) -> None:
    doc = (
        '<doc sitename="Courier" title="Ferry" author="Ada Lund; Bo Berg" date="2019-05-04" '
        f'source="{URL}" hostname="example.org" excerpt="Every hour." tags="Harbour"><main>'
        f'<p>{STORY}</p><head rend="h2">Bread</head><list><item>One</item></list></main>'
        "<comments><p>Nonsense!</p></comments></doc>"
    )
    (one,) = documents(put(tmp_path, "a.xml", doc.encode()))
    assert len(documents(put(tmp_path, "b.xml", f"<documents>{doc * 2}</documents>".encode()))) == 2
    article = clean_document(one).article
    assert article.body == f"{STORY}\n\n## Bread\n\n- One"
    assert (article.title, article.source, article.url) == ("Ferry", "Courier", URL)
    assert (article.authors, article.tags, article.summary) == (
        ("Ada Lund", "Bo Berg"),
        ("Harbour",),
        "Every hour.",
    )


def test_what_wikiextractor_writes(tmp_path: Path) -> None:
    pages = (
        f'<doc id="1" url="{URL}" title="Ferry &amp; co">\nFerry &amp; co\n\n{STORY}\n\n'
        f'A&T &lt; b.\n</doc>\n<doc id="2" url="" title="Quay">\nQuay\n\n{STORY}\n</doc>\n'
    )
    for name in ("a.xml", "wiki_00"):
        first, second = documents(put(tmp_path, name, pages.encode()))
        assert (first.known["title"], first.known["url"]) == ("Ferry & co", URL)
        assert clean_document(first).article.body == f"{STORY}\n\nA&T < b."
        assert clean_document(second).article.body == STORY


def test_nitf(tmp_path: Path) -> None:
    nitf = f"""<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-3.dtd">
<nitf{{}}><head><title>Ferry</title><docdata><key-list><keyword key="Harbour"/></key-list></docdata>
<pubdata date.publication="20190504T000000" ex-ref="{URL}" name="Courier"/></head><body><body.head>
<hedline><hl1>Ferry <em>runs</em></hl1></hedline><byline>By ADA LUND and BO BERG</byline>
<byline class="normalized">Lund, Ada</byline><dateline><location>TOLLAND</location></dateline>
</body.head><body.content><block class="lead_paragraph"><p>{STORY}</p></block>
<block class="full_text"><p>{STORY}</p><hl2>Bread</hl2><p>It is short.</p></block></body.content>
</body></nitf>"""
    plain = put(tmp_path, "a.xml", nitf.replace("{}", "").encode())
    named = put(tmp_path, "b.xml", nitf.replace("{}", ' xmlns="http://iptc.org/x"').encode())
    for path in (plain, named):
        (one,) = documents(path)
        article = clean_document(one).article
        assert article.body == f"{STORY}\n\n## Bread\n\nIt is short."
        assert (article.title, article.source, article.url) == ("Ferry runs", "Courier", URL)
        assert (article.authors, article.place) == (("Ada Lund", "Bo Berg"), "Tolland")
        assert article.tags == ("Harbour",)
        assert article.date == parse_date("2019-05-04")


def test_a_text_that_an_interface_cut_says_so_no_more(tmp_path: Path) -> None:
    record = {"title": "Ferry", "content": f"{STORY} And th… [+2532 chars]"}
    (one,) = documents(put(tmp_path, "a.json", json.dumps(record).encode()))
    assert one.text == f"{STORY} And th…"


def test_a_frame_around_pages_costs_a_line(tmp_path: Path) -> None:
    frames = '<FRAMESET COLS="20%,80%"><FRAME SRC="menu.html"><FRAME SRC="story.html">{}</FRAMESET>'
    page = f"<HTML><HEAD><TITLE>Courier</TITLE></HEAD>{frames}</HTML>"
    (problem,) = read(put(tmp_path, "a.html", page.replace("{}", "").encode()))
    assert isinstance(problem, Problem)
    assert problem.message == "is a frame around other pages"
    told = f"<NOFRAMES>{STORY * 9}</NOFRAMES>"
    assert documents(put(tmp_path, "b.html", page.replace("{}", told).encode()))


def test_the_address_of_a_copy_tells_that_of_the_page(tmp_path: Path) -> None:
    copy = f"https://web.archive.org/web/20190506101112/{URL}"
    (document,) = documents(put(tmp_path, "a.jsonl", lines({**RECORD, "url": copy})))
    assert (document.known["url"], document.crawled) == (URL, parse_date("2019-05-06"))


def test_html_in_a_record_is_a_page(tmp_path: Path) -> None:
    (document,) = documents(put(tmp_path, "a.jsonl", lines({"html": PAGE, "url": URL})))
    assert (document.media_type, document.data) == (HTML, PAGE.encode())


def test_text_without_a_title_is_a_dump(tmp_path: Path) -> None:
    dump, story = documents(
        put(tmp_path, "a.jsonl", lines({"text": STORY}, {"text": STORY, "title": "Ferry"}))
    )
    assert (dump.media_type, story.media_type) == (PLAIN, PLAIN + ARTICLE)


@pytest.mark.parametrize(
    "record",
    [
        {
            "maintext": STORY,
            "date_publish": "yesterday",
            "url": "javascript:alert(1)",
            "authors": 7,
        },
        {"maintext": STORY, "title": ["", None], "language": "Klingon!", "keywords": {"a": []}},
        {"maintext": STORY, "date": "2019-02-30", "image": "x.jpg", "publisher": [[]]},
    ],
)
def test_what_can_not_be_understood_is_left_out(record: dict[str, object], tmp_path: Path) -> None:
    (document,) = documents(put(tmp_path, "a.jsonl", lines(record)))
    assert document.known == {}


def test_a_bad_line_does_not_stop_the_rest(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        "a.jsonl",
        lines(RECORD)
        + b"{oops\n[1]\n"
        + b"[" * 100_000
        + b"\n"
        + lines({**RECORD, "maintext": "Other."}),
    )
    assert [d.text for d in documents(path)] == [STORY, "Other."]
    assert [p.line for p in problems(path)] == [2, 0, 4]


def test_a_long_array_is_read_value_by_value(tmp_path: Path) -> None:
    records = [{**RECORD, "maintext": f"{STORY} {number} " + "x" * 3000} for number in range(1000)]
    path = put(tmp_path, "a.json", json.dumps(records).encode())
    assert len(documents(path)) == 1000
    stream = read(path)
    first = next(stream)
    assert isinstance(first, RawDocument)


def test_an_array_that_breaks_off(tmp_path: Path) -> None:
    path = put(tmp_path, "a.json", json.dumps([RECORD, RECORD]).encode()[:-20])
    assert len(documents(path)) == 1
    assert len(problems(path)) == 1


def test_rows_in_an_old_encoding_with_semicolons(tmp_path: Path) -> None:
    table = f'Page;headline;articleBody\nx;Ferry;"{STORY}\nZweite Zeile."\n'.encode("cp1252")
    (document,) = documents(put(tmp_path, "a.csv", table))
    assert document.text == f"{STORY}\nZweite Zeile."
    assert document.known["title"] == "Ferry"


@pytest.mark.parametrize(
    "wrapped",
    [
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"}, "RECORD"]},
        [["RECORD"]],
        {"status": "ok", "articles": ["RECORD"]},
        {"response": {"docs": ["RECORD"], "numFound": 1}},
        {"hits": {"total": 1, "hits": [{"_id": "1", "_source": "RECORD"}]}},
        {"a7": "RECORD"},
        {"json-ld": ["RECORD"], "opengraph": []},
    ],
)
def test_records_are_found_inside_what_wraps_them(wrapped: object, tmp_path: Path) -> None:
    value = json.loads(json.dumps(wrapped).replace('"RECORD"', json.dumps(RECORD)))
    bare = told(documents(put(tmp_path, "bare.json", json.dumps(RECORD).encode())))
    for name, data in {
        "a.json": json.dumps(value, indent=2),
        "a.jsonl": json.dumps(value),
        "b.json": json.dumps([value]),
    }.items():
        assert told(documents(put(tmp_path, name, data.encode()))) == bare


def test_what_nodes_of_a_graph_name_is_put_in_its_place(tmp_path: Path) -> None:
    graph = [
        {
            "@type": "NewsArticle",
            "headline": "Ferry",
            "articleBody": STORY,
            "author": [{"@id": "#ada"}],
            "publisher": {"@id": "#courier"},
        },
        {"@id": "#ada", "@type": "Person", "name": "Ada Lund"},
        {"@id": "#courier", "@type": "Organization", "name": "Courier"},
    ]
    (document,) = documents(put(tmp_path, "a.json", json.dumps({"@graph": graph}).encode()))
    assert document.known["authors"] == ("Ada Lund",)
    assert document.known["source"] == "Courier"


def test_a_file_of_one_record_is_named_as_the_file(tmp_path: Path) -> None:
    for end, indent in (("", None), ("\n", None), ("\n", 2)):
        path = put(tmp_path, "a.json", (json.dumps(RECORD, indent=indent) + end).encode())
        assert [document.name for document in documents(path)] == [str(path)]


def test_comments_of_a_record_without_text_are_no_articles(tmp_path: Path) -> None:
    record = {"title": "Ferry", "comments": [{"text": "First!"}]}
    (problem,) = read(put(tmp_path, "a.json", json.dumps(record).encode()))
    assert isinstance(problem, Problem)


def test_objects_over_several_lines_follow_one_another(tmp_path: Path) -> None:
    records = [{**RECORD, "maintext": f"{STORY} {n}"} for n in range(3)]
    text = "\n".join(json.dumps(record, indent=2) for record in records)
    for name in ("a.json", "a.jsonl"):
        found = documents(put(tmp_path, name, text.encode()))
        assert [d.text for d in found] == [record["maintext"] for record in records]


def test_lines_in_a_file_called_json_may_be_of_any_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "MAX_DOCUMENT", 2000)
    path = put(tmp_path, "a.json", b"".join(lines({**RECORD, "n": n}) for n in range(30)))
    assert len(documents(path)) == 30


@pytest.mark.parametrize(
    "header", ["Title,Date_Publish,URL,Main Text", "TITLE,Date Publish,Link,articlebody"]
)
def test_names_of_fields_are_known_however_they_are_spelled(header: str, tmp_path: Path) -> None:
    table = f'{header}\n"Ferry","2019-05-04",{URL},"{STORY}"\n'
    (document,) = documents(put(tmp_path, "a.csv", table.encode()))
    assert document.text == STORY
    assert (document.known["title"], document.known["url"]) == ("Ferry", URL)
    assert document.known["date"].text == "2019-05-04"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("first", ["", "sep"])
def test_tables_of_any_kind(delimiter: str, encoding: str, first: str, tmp_path: Path) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    story = f'{STORY}\n\nSaid "Ada", {delimiter} and: ok'
    writer.writerows([["title", "text"], ["Fähre", story], ["Zwei", STORY + "x" * 200_000]])
    text = (f"sep={delimiter}\r\n" if first else "") + out.getvalue()
    one, two = documents(put(tmp_path, "a.csv", text.encode(encoding)))
    assert (one.text, one.known["title"]) == (story, "Fähre")
    assert len(two.text) > 200_000


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2019-05-04T10:00:00.123Z", "2019-05-04T10:00:00Z"),
        ("Sat, 04 May 2019 10:00:00 +0200", "2019-05-04T10:00:00+02:00"),
        (1556956800, "2019-05-04T08:00:00Z"),
        ("1556956800000", "2019-05-04T08:00:00Z"),
        ("2019/05/04", "2019-05-04"),
        ("20190504", "2019-05-04"),
        (20190504, ""),
        (7, ""),
        (True, ""),
        ("04/05/2019", ""),
        ("0000-00-00", ""),
    ],
)
def test_dates_as_machines_write_them(value: object, date: str, tmp_path: Path) -> None:
    record = {"title": "Ferry", "text": STORY, "date": value}
    (document,) = documents(put(tmp_path, "a.jsonl", lines(record)))
    assert (document.known["date"].text if date else document.known.get("date", "")) == date
    if not date and isinstance(value, str):
        assert document.written_date == value


def test_markup_in_a_story_is_no_text(tmp_path: Path) -> None:
    record = {"title": {"rendered": "Ferry &amp; quay"}, "content": {"rendered": f"<p>{STORY}</p>"}}
    (document,) = documents(put(tmp_path, "a.jsonl", lines(record)))
    assert document.media_type == HTML + ARTICLE
    assert document.known["title"] == "Ferry & quay"


def test_what_a_record_calls_its_source_may_be_its_address(tmp_path: Path) -> None:
    record = {
        "title": "F",
        "text": STORY,
        "raw_text": "F " + STORY,
        "source": URL,
        "source-hostname": "Courier",
    }
    (document,) = documents(put(tmp_path, "a.jsonl", lines(record)))
    assert (document.known["url"], document.known["source"]) == (URL, "Courier")
    assert document.media_type == PLAIN + ARTICLE


def test_a_broken_letter_costs_only_itself(tmp_path: Path) -> None:
    story = f"{STORY} Zweitens: über Öl, Äpfel, Übermut, Größe und Süßes — naïve café."
    broken = story.encode() + "ä".encode()[:1]
    (text,) = documents(put(tmp_path, "a.txt", broken))
    assert text.text.startswith(story)
    record = json.dumps({"text": story}, ensure_ascii=False).encode()
    (line,) = documents(put(tmp_path, "a.jsonl", record.replace(b"Zweitens", b"Zw\xe9itens")))
    assert "über Öl" in line.text
    data = f'title,text\nEins,"{story}"\nZwei,"Caf'.encode() + b'\xe9"\n'
    _, second = documents(put(tmp_path, "a.csv", data))
    assert second.text == "Café"


# -- feeds, mail, web archives


def test_a_feed_tells_title_date_author_tags_and_source(tmp_path: Path) -> None:
    (rss,) = documents(put(tmp_path, "a.xml", RSS.encode()))
    assert rss.known["date"].text == "2019-05-04T10:00:00+02:00"
    assert (rss.known["tags"], rss.known["source"]) == (("Harbour",), "Courier")
    (atom,) = documents(put(tmp_path, "b.xml", ATOM.encode()))
    assert atom.known["authors"] == ("Ada Lund",)


def test_a_feed_opens_no_file_and_no_address(tmp_path: Path) -> None:
    secret = put(tmp_path, "secret", b"the secret")
    feed = f'<!DOCTYPE r [<!ENTITY s SYSTEM "{secret.as_uri()}">]>' + RSS.replace(STORY, "&s;")
    for item in read(put(tmp_path, "a.rss", feed.encode())):
        assert "the secret" not in str(item)


def test_an_xml_file_that_is_no_feed(tmp_path: Path) -> None:
    path = put(tmp_path, "a.xml", b"<svg><text>x</text></svg>")
    assert documents(path) == []
    assert "no feed" in problems(path)[0].message


def test_a_mail_tells_subject_date_and_sender(tmp_path: Path) -> None:
    (document,) = documents(put(tmp_path, "a.eml", mail()))
    assert document.media_type == HTML
    assert document.known["source"] == "Courier"
    assert document.known["date"].period == "2019-05-04"


def web_record(
    body: bytes, kind: str, *, record: str = "response", url: str = URL, **headers: str
) -> bytes:
    """A WARC file of one record."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    sent = [("Content-Type", kind), *((k.replace("_", "-"), v) for k, v in headers.items())]
    http = StatusAndHeaders("200 OK", sent, protocol="HTTP/1.1") if record == "response" else None
    made = writer.create_warc_record(
        url,
        record,
        payload=io.BytesIO(body),
        http_headers=http,
        warc_content_type="" if http else kind,
        warc_headers_dict={"WARC-Date": "2019-05-06T07:08:09Z"},
    )
    writer.write_record(made)
    return out.getvalue()


def chunked(body: bytes) -> bytes:
    parts = (body[start : start + 50] for start in range(0, len(body), 50))
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (PAGE.encode(), {}),
        (gzip.compress(PAGE.encode()), {"Content_Encoding": "gzip"}),
        (brotli.compress(PAGE.encode()), {"Content_Encoding": "br"}),
        (zlib.compress(PAGE.encode()), {"Content_Encoding": "deflate"}),
        (chunked(PAGE.encode()), {"Transfer_Encoding": "chunked"}),
        (
            chunked(gzip.compress(PAGE.encode())),
            {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"},
        ),
    ],
)
def test_pages_are_unpacked_as_they_were_sent(
    body: bytes, headers: dict[str, str], tmp_path: Path
) -> None:
    data = web_record(body, "text/html; charset=utf-8", **headers)
    (document,) = documents(put(tmp_path, "a.warc", data))
    assert document.text == PAGE
    assert document.known["url"] == URL
    assert document.crawled is not None
    assert document.crawled.text == "2019-05-06T07:08:09Z"


@pytest.mark.parametrize(
    ("body", "kind", "record", "media_type"),
    [
        (PAGE.encode(), "application/xhtml+xml", "response", HTML),
        (PAGE.encode(), "", "response", HTML),
        (PAGE.encode(), "text/html", "resource", HTML),
        (STORY.encode(), "text/plain", "conversion", PLAIN),
        (STORY.encode(), "text/plain; charset=utf-8", "response", PLAIN),
        (mail(), "message/rfc822", "resource", HTML),
    ],
)
def test_what_a_web_archive_may_hold(
    body: bytes, kind: str, record: str, media_type: str, tmp_path: Path
) -> None:
    path = put(tmp_path, "a.warc", web_record(body, kind, record=record))
    (document,) = documents(path)
    assert (document.media_type, document.known["url"]) == (media_type, URL)
    assert STORY in document.text
    assert problems(path) == []


@pytest.mark.parametrize(
    ("body", "kind", "record", "url"),
    [
        (b"User-agent: *", "text/plain", "response", "https://example.org/robots.txt"),
        (b"let x = 1", "text/plain", "response", "https://example.org/app.js"),
        (b"GET / HTTP/1.1", "text/html", "request", URL),
        (b"\x89PNG", "image/png", "response", URL),
        (RSS.encode(), "application/rss+xml", "response", URL),
        (b"{}", "application/json", "response", URL),
        (b"\0\1", "", "response", URL),
    ],
)
def test_what_is_passed_over_in_a_web_archive(
    body: bytes, kind: str, record: str, url: str, tmp_path: Path
) -> None:
    path = put(tmp_path, "a.warc", web_record(body, kind, record=record, url=url))
    assert list(read(path)) == [without_article(path)]


def test_revisits_of_what_is_not_there_are_told(tmp_path: Path) -> None:
    def revisit(url: str) -> bytes:
        out = io.BytesIO()
        writer = WARCWriter(out, gzip=False)
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = writer.create_revisit_record(
            url, "sha1:A", url, "2019-05-04T10:00:00Z", http_headers=headers
        )
        writer.write_record(record)
        return out.getvalue()

    page = web_record(PAGE.encode(), "text/html")
    assert problems(put(tmp_path, "a.warc", page + revisit(URL))) == []
    (problem,) = problems(put(tmp_path, "b.warc", page + revisit(URL + "/other")))
    assert "1 revisit" in problem.message


def mime(body: str, kind: str, charset: str, encoding: str) -> bytes:
    """A mail of one part, as bytes."""
    head = (
        f"From: Courier <post@example.org>\nSubject: =?utf-8?q?F=C3=A4hre?=\nMIME-Version: 1.0\n"
        f"Content-Type: {kind}; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    )
    raw = body.encode(charset)
    if encoding == "base64":
        raw = base64.encodebytes(raw)
    elif encoding == "quoted-printable":
        raw = quopri.encodestring(raw)
    return head.encode() + raw


@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
def test_mails_of_any_encoding(kind: str, charset: str, encoding: str, tmp_path: Path) -> None:
    body = PAGE if kind == "text/html" else STORY
    (document,) = documents(put(tmp_path, "a.eml", mime(body, kind, charset, encoding)))
    assert STORY in document.text
    assert document.known["title"] == "Fähre"
    assert document.media_type == (HTML if kind == "text/html" else PLAIN)


def test_a_page_saved_as_one_file_tells_its_address_and_the_day(tmp_path: Path) -> None:
    (document,) = documents(put(tmp_path, "a.mhtml", mhtml()))
    assert (document.media_type, document.known) == (HTML, {"url": URL})
    assert STORY in document.text
    assert document.crawled is not None
    assert document.crawled.period == "2019-05-05"


@pytest.mark.parametrize(
    ("note", "day"),
    [
        (f"<!-- saved from url=(0035){URL} -->", ""),
        (
            f"<!--\n Page saved with SingleFile \n url: {URL}/ \n saved date: "
            "Tue Mar 03 2020 10:00:00 GMT+0100 (CET)\n-->",
            "2020-03-03",
        ),
        (
            "<!-- Mirrored from example.org/a.html by HTTrack Website Copier/3.x [XR&CO'2014], "
            "Tue, 03 Mar 2020 10:00:00 GMT -->",
            "2020-03-03",
        ),
        (f"<!-- Saved from {URL} at 2020-03-03T10:00:00Z using monolith v2.8.1 -->", "2020-03-03"),
        (
            f'<html data-scrapbook-source="{URL}?a=1&amp;b" '
            'data-scrapbook-create="20200303100000123">',
            "2020-03-03",
        ),
        (f'<html lang="de" data-scrapbook-source="{URL}">', ""),
        (
            f'{"<style>a{}</style>" * 1000}<meta name="savepage-url" content="{URL}?a=1&amp;b">\n'
            '<meta name="savepage-title" content="a"><meta name="savepage-from" content="b">\n'
            '<meta name="savepage-date" content="Tue Mar 03 2020 10:00:00 GMT+0200 (Eastern)">',
            "2020-03-03",
        ),
    ],
)
def test_what_saved_a_page_notes_from_where_and_when(note: str, day: str, tmp_path: Path) -> None:
    (document,) = documents(
        put(tmp_path, "a.html", PAGE.replace("<head>", note + "<head>").encode())
    )
    assert "example.org" in document.known["url"]
    assert "&amp;" not in document.known["url"]
    assert document.crawled == (parse_date(day) if day else None)
    own = note + f'<head><link rel="canonical" href="{URL}">'
    (document,) = documents(put(tmp_path, "a.html", PAGE.replace("<head>", own).encode()))
    assert "url" not in document.known


# -- containers in containers


def told(found: list[RawDocument]) -> list[tuple[str, str, dict[str, object]]]:
    return [(item.media_type, item.text, dict(item.known)) for item in found]


INSIDE = [name for name in SAMPLES if not name.endswith((".zip", ".tar", ".tar.gz", ".tar.xz"))]
_OF_FOLDERS = ("a.wacz", "a.pdf")
"""An archive of what such a file lies in is read as the folder that it was."""
AROUND: dict[str, Callable[[str, bytes], bytes]] = {
    "b.zip": lambda name, data: zipped(**{f"in/{name}": data}),
    "b.tar": lambda name, data: tarred("w", **{name: data}),
    "b.tgz": lambda name, data: tarred("w:gz", **{name: data}),
    "c.zip": lambda name, data: zipped(**{"b.zip": zipped(**{name: data})}),
    "c.tar": lambda name, data: tarred("w", **{"b.tar.bz2": tarred("w:bz2", **{name: data})}),
    "d.zip": lambda name, data: zipped(**{"b.tgz": tarred("w:gz", **{name: data})}),
}


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("name", [name for name in INSIDE if name not in _OF_FOLDERS])
def test_a_container_changes_nothing_of_what_it_holds(
    name: str, around: str, tmp_path: Path
) -> None:
    bare = documents(put(tmp_path, name, sample(name)))
    path = put(tmp_path, around, AROUND[around](name, sample(name)))
    assert told(documents(path)) == told(bare) != []
    assert all(document.name.startswith(f"{path}#") for document in documents(path))


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "a.wacz"])
def test_a_file_without_an_ending_is_what_it_looks_like(name: str, tmp_path: Path) -> None:
    bare = documents(put(tmp_path, name, sample(name)))
    assert told(documents(put(tmp_path, "no-ending", sample(name)))) == told(bare)


def test_an_archive_inside_an_archive_inside_an_archive_is_left_closed(tmp_path: Path) -> None:
    inner = zipped(**{"c.zip": zipped(**{"a.txt": STORY.encode()})})
    path = put(tmp_path, "a.zip", zipped(**{"b.zip": inner}))
    assert documents(path) == []
    assert "left closed" in problems(path)[0].message


def test_a_bomb_in_an_archive_in_an_archive_is_left(tmp_path: Path) -> None:
    bomb = zipped(**{"a.jsonl": b" " * (40 << 20), "b.txt": STORY.encode()})
    path = put(tmp_path, "a.zip", zipped(**{"bomb.zip": bomb, "c.txt": (STORY * 2).encode()}))
    assert [d.text for d in documents(path)] == [STORY, STORY * 2]
    assert any("unpacks" in p.message for p in problems(path))


def test_what_a_system_adds_to_archives_is_passed_over(tmp_path: Path) -> None:
    members = {"a.txt": STORY.encode(), "__MACOSX/._a.txt": b"\0\5", ".hidden.txt": b"\0"}
    assert len(list(read(put(tmp_path, "a.zip", zipped(**members))))) == 1


def test_pages_without_an_ending_are_found_in_an_archive(tmp_path: Path) -> None:
    members = {"story?id=7": PAGE.encode(), "logo": b"\x89PNG", "README": b"Read me."}
    (document,) = documents(put(tmp_path, "a.zip", zipped(**members)))
    assert (document.media_type, document.text) == (HTML, PAGE)


# -- archives that mean harm


def test_a_zip_bomb_is_left(tmp_path: Path) -> None:
    bomb = zipped(**{"a.jsonl": b" " * (40 << 20), "b.txt": STORY.encode()})
    path = put(tmp_path, "a.zip", bomb)
    assert [d.text for d in documents(path)] == [STORY]
    assert any("unpacks" in p.message or "larger" in p.message for p in problems(path))


def test_a_gzip_bomb_is_left(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt.gz", gzip.compress(b"x" * (40 << 20)))
    assert documents(path) == []
    assert len(problems(path)) == 1


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MAX_MEMBERS", 2)
    path = put(tmp_path, "a.zip", zipped(**{f"{n}.txt": STORY.encode() for n in range(5)}))
    assert len(documents(path)) == 2
    assert len(problems(path)) == 1


def test_links_in_a_tar_are_not_followed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("a.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    path = put(tmp_path, "a.tar", out.getvalue())
    assert list(read(path)) == [without_article(path)]


def test_members_of_other_kinds_are_counted_by_their_ending(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("a.PDF", "b/c.pdf", "b/d.jpg", ".hidden.pdf", "Makefile", "b/"):
            archive.writestr(name, "%PDF")
    path = put(tmp_path, "a.zip", out.getvalue())
    assert [(one.kind, one.name.partition("#")[2]) for one in left_out(path)] == [
        (".pdf files", "a.PDF"),
        (".pdf files", "b/c.pdf"),
        ("files without an ending", "Makefile"),
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.mbox", b""), ("a.csv", b"title,text\n"), ("a.json", b"[]"), ("a.rss", b"<rss/>")],
)
def test_a_file_in_which_no_article_is_does_not_go_by_in_silence(
    name: str, data: bytes, tmp_path: Path
) -> None:
    path = put(tmp_path, name, data)
    assert list(read(path)) == [without_article(path)]


def test_a_document_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "MAX_DOCUMENT", 100)
    path = put(tmp_path, "a.txt", b"x" * 101)
    assert documents(path) == []
    assert "larger" in problems(path)[0].message

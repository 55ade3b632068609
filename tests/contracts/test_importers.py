"""What holds for every importer, whatever it opens; then what each of them reads."""

from __future__ import annotations

import functools
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive_gen.article import ARTICLE, HTML, PLAIN, RawDocument
from archive_gen.importers import IMPORTERS, base, holds_one, importer_for, packed, read
from archive_gen.problems import Problem

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


def lines(*records: object) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


SAMPLES: dict[str, Callable[[], bytes]] = {
    "a.txt": STORY.encode,
    "a.html": PAGE.encode,
    "a.jsonl": lambda: lines(RECORD),
    "a.json": lambda: json.dumps([RECORD], indent=1).encode(),
    "one.json": lambda: json.dumps(RECORD, indent=1).encode(),
    "feed.json": lambda: json.dumps(JSON_FEED).encode(),
    "a.jsonl.gz": lambda: gzip.compress(lines(RECORD)),
    "a.html.gz": lambda: gzip.compress(PAGE.encode()),
    "a.csv": lambda: f'title,url,text\nFerry,{URL},"{STORY}"\n'.encode(),
    "a.tsv": lambda: f"title\turl\ttext\nFerry\t{URL}\t{STORY}\n".encode(),
    "a.rss": RSS.encode,
    "a.atom": ATOM.encode,
    "a.warc": lambda: warc(compressed=False),
    "a.warc.gz": lambda: warc(compressed=True),
    "a.wacz": lambda: zipped(
        **{"archive/data.warc.gz": warc(compressed=True), "pages/p.jsonl": b"{}"}
    ),
    "a.eml": mail,
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
    assert document.media_type.partition(";")[0] in (PLAIN, HTML)
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
        assert isinstance(item, (RawDocument, Problem))
        if isinstance(item, RawDocument):
            item.text.encode("utf-8")  # no half letters
            assert "\0" not in item.text


@pytest.mark.parametrize("name", SAMPLES)
def test_an_empty_file_is_no_crash(name: str, tmp_path: Path) -> None:
    list(read(put(tmp_path, name, b"")))


def test_an_unknown_ending_is_none() -> None:
    assert importer_for("a.docx") is None
    assert importer_for("a.png.gz") is None


def test_what_holds_one() -> None:
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


# -- records


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
    table = f'Title;headline;articleBody\nx;Ferry;"{STORY}\nZweite Zeile."\n'.encode("cp1252")
    (document,) = documents(put(tmp_path, "a.csv", table))
    assert document.text == f"{STORY}\nZweite Zeile."
    assert document.known["title"] == "Ferry"


# -- feeds, mail, web archives


def test_a_feed_tells_title_date_author_tags_and_source(tmp_path: Path) -> None:
    (rss,) = documents(put(tmp_path, "a.xml", RSS.encode()))
    assert rss.known["date"].text == "2019-05-04T08:00:00Z"
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


def test_revisits_are_told(tmp_path: Path) -> None:
    (problem,) = problems(put(tmp_path, "a.warc", warc(compressed=False)))
    assert "1 revisit" in problem.message


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


def test_an_archive_in_an_archive_is_left_closed(tmp_path: Path) -> None:
    path = put(tmp_path, "a.zip", zipped(**{"b.zip": zipped(**{"a.txt": STORY.encode()})}))
    assert documents(path) == []
    assert "left closed" in problems(path)[0].message


def test_links_in_a_tar_are_not_followed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("a.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    path = put(tmp_path, "a.tar", out.getvalue())
    assert list(read(path)) == []


def test_a_document_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "MAX_DOCUMENT", 100)
    path = put(tmp_path, "a.txt", b"x" * 101)
    assert documents(path) == []
    assert "larger" in problems(path)[0].message

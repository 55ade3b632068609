"""Records of imports: read back as they were, and enough to clean from the original again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.article import HTML, PLAIN, Image, RawDocument
from archive_gen.content import store
from archive_gen.dates import parse_date
from archive_gen.intake import provenance
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.intake.provenance import Record
from archive_gen.intake.reclean import Imported, read
from archive_gen.parallel import SerialMapper

texts = st.text(st.characters(exclude_categories=["Cs"]))
known = st.fixed_dictionaries(
    {},
    optional={
        "title": texts,
        "date": st.sampled_from(["2015", "2015-10-07T14:05:00Z", "2015~"]).map(parse_date),
        "authors": st.lists(texts, min_size=1).map(tuple),
        "tags": st.lists(texts, min_size=1).map(tuple),
        "images": st.lists(st.builds(Image, texts, texts), min_size=1).map(tuple),
    },
)


records = st.builds(
    Record,
    *(texts, texts, texts, texts),
    crawled=texts,
    reviewed=st.booleans(),
    confidence=st.floats(0, 1),
    kept=st.integers(0, 9),
)


@given(known, records)
def test_a_record_is_read_back_as_it_was(values: dict[str, object], record: Record) -> None:
    record = Record(**{**_fields(record), "known": provenance.plain(values)})
    again = provenance.parse(provenance.dump(record))
    assert again == record
    assert provenance.typed(again.known) == {key: value for key, value in values.items() if value}


def _fields(record: Record) -> dict[str, object]:
    return {name: getattr(record, name) for name in Record.__slots__}


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"input": 1}', b"\xff", b"[" * 100_000, b'{"input": "a"}']
)
def test_what_is_no_record_is_none(data: bytes) -> None:
    assert provenance.parse(data) is None


def test_values_of_another_form_are_left_out() -> None:
    wrong = {"date": "yesterday", "images": [1], "authors": 3, "title": "T", "tags": ["a"]}
    assert provenance.typed(wrong) == {"title": "T", "tags": ("a",)}


@pytest.mark.parametrize(
    ("name", "short", "folder"),
    [
        ("/a/b/dumps/x.txt", "dumps/x.txt", "dumps"),
        ("/a/pages.jsonl#7", "a/pages.jsonl#7", "a/pages.jsonl"),
        ("/a/p.zip#site/x.txt", "a/p.zip#site/x.txt", "a/p.zip#site"),
        ("/x.txt", "x.txt", ""),
    ],
)
def test_names_are_the_same_on_any_machine(name: str, short: str, folder: str) -> None:
    assert provenance.short_name(name) == short
    assert provenance.folder_of(short) == folder


STORY = "".join(f"<p>Die Fähre Nummer {n} fuhr gestern über den Fluß zurück.</p>" for n in range(9))
MAIL = (
    "From: A <a@example.org>\r\nSubject: Die Fähre\r\nDate: Wed, 07 Oct 2015 10:00:00 +0000\r\n"
    "Content-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    f"<html><body><h1>Die Fähre</h1>{STORY}</body></html>"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.eml", MAIL.encode("latin-1")),
        ("a.html", f"<html><meta charset=latin-1><h1>Fähre</h1>{STORY}".encode("latin-1")),
        ("a.txt", ("Die Fähre\n\n" + STORY.replace("<p>", "\r\n")).encode("cp1252")),
        ("a.jsonl", json.dumps({"maintext": STORY, "title": "T", "date": "2015"}).encode()),
    ],
)
def test_the_original_tells_again_what_came_in(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    content = tmp_path / "content"
    stated = Stated({"place": "Köln"}, parse_date("2016"))
    (outcome,) = ingest(content, [tmp_path / name], stated, SerialMapper())
    assert outcome.status == "new"
    imported = read(content, str(outcome.path))
    assert isinstance(imported, Imported)
    assert "Fähre Nummer 8" in imported.raw.text
    assert imported.raw.known["place"] == "Köln"
    assert imported.raw.crawled == parse_date("2016")
    assert imported.article == imported.written
    assert store.checksum(imported.raw.data) == imported.article.original


def test_a_text_that_its_bytes_do_not_tell_is_kept_in_the_record() -> None:
    raw = RawDocument("x", "ä".encode(), "ä", HTML)
    assert provenance.same_text(raw.data, raw)
    assert not provenance.same_text(b"From: x", raw)
    record = Record("x", PLAIN, "", "", text="ä")
    again = provenance.raw_document(record, b"From: x")
    assert again is not None
    assert again.text == "ä"

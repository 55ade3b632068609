"""Files of JSON in which some record is broken: the others are read."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.article import ARTICLE, HTML, MARKDOWN, PLAIN, RawDocument
from archive_gen.importers import json_lines
from archive_gen.importers.records.record import document
from archive_gen.problems import Problem

TEXT = "The harbour wall fell on Monday night in the storm. Nobody was hurt, the council said."


def record(number: int, **more: Any) -> dict[str, Any]:
    return {"title": f"Wall {number} falls", "date": "2014-03-02", "text": TEXT, **more}


def read(data: str) -> tuple[list[str], list[str]]:
    """The names of the documents, and the problems."""
    found = list(json_lines.read("f.json", io.BytesIO(data.encode())))
    names = [one.name for one in found if isinstance(one, RawDocument)]
    return names, [str(one) for one in found if isinstance(one, Problem)]


@pytest.mark.parametrize("indent", [None, 1])
def test_records_behind_a_broken_one_are_read(indent: int | None) -> None:
    data = json.dumps([record(n) for n in range(1, 6)], indent=indent)
    names, (problem,) = read(data.replace("Wall 3 falls", 'Wall "3" falls'))
    assert names == ["f.json#1", "f.json#2", "f.json#4", "f.json#5"]
    assert problem.startswith("f.json: record 3 is not JSON")


def test_a_broken_line_is_told_with_the_character() -> None:
    names, problems = read(f'{json.dumps(record(1))}\n{{"title" 1}}\n{{"title": "x\n')
    assert names == ["f.json#1"]
    assert problems == [
        "f.json:2: is not JSON: Expecting ':' delimiter at character 10 — one record a line",
        "f.json:3: is not JSON: Unterminated string starting at character 11 — one record a line",
    ]


def test_a_long_list_with_broken_records_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "_CHUNK", 200)
    data = json.dumps([record(n) for n in range(1, 60)], indent=2)
    for number in (7, 8, 40):
        data = data.replace(f"Wall {number} falls", f'Wall "{number}" falls')
    names, problems = read(data)
    assert len(names) == 56
    assert [one.split(":")[1].strip() for one in problems] == [
        "record 7 is not JSON",
        "record 39 is not JSON",
    ]
    assert all("line 2 column" in one for one in problems), "of the record, not of the file"


def test_what_is_nested_in_a_broken_record_is_none() -> None:
    pictures = [{"title": "The wall", "url": f"https://k.example/{n}.jpg"} for n in range(3)]
    data = json.dumps([record(1), record(2, images=pictures), record(3)])
    names, problems = read(data.replace("Wall 2 falls", 'Wall "2" falls'))
    assert names == ["f.json#1", "f.json#3"]
    assert len(problems) == 1


def test_a_list_that_breaks_off_is_told_once() -> None:
    names, (problem,) = read(json.dumps([record(n) for n in range(1, 6)])[:-90])
    assert names == ["f.json#1", "f.json#2", "f.json#3", "f.json#4"]
    assert problem.startswith("f.json: record 5 is not JSON")


@pytest.mark.parametrize("form", ["[{}]", "{}\n{}\n"])
def test_line_ends_and_tabs_within_strings_are_read(form: str) -> None:
    raw = json.dumps(record(1)).replace("storm. ", "storm.\t\n")
    names, problems = read(form.replace("{}", raw, 1).replace("{}", json.dumps(record(2))))
    assert "f.json#1" in names
    assert not problems


@given(st.lists(st.integers(0, 9), max_size=3, unique=True), st.sampled_from([None, 2]))
def test_broken_records_cost_themselves_alone(broken: list[int], indent: int | None) -> None:
    """But for the first: before a whole one is seen, nobody knows what a record looks like.
    Several in a row are one problem."""
    data = json.dumps([record(n) for n in range(11)], indent=indent)
    lost = {number for number in broken if number}
    for number in lost:
        data = data.replace(f'"Wall {number} falls"', f"Wall {number} falls")
    names, problems = read(data)
    assert len(names) == 11 - len(lost)
    assert len(problems) == len(lost - {number + 1 for number in lost})


TEXT_OF_A_STORY = PLAIN + ARTICLE
PART_OF_A_PAGE = HTML + ARTICLE


@pytest.mark.parametrize(
    ("fields", "text", "kind"),
    [
        ({"text": "It sank."}, "It sank.", PLAIN),
        ({"title": "T", "text": "It sank."}, "It sank.", TEXT_OF_A_STORY),
        ({"title": "T", "text": "A dump.", "body": "It sank."}, "It sank.", TEXT_OF_A_STORY),
        ({"text": "A dump.", "body": "It sank."}, "It sank.", TEXT_OF_A_STORY),
        ({"raw_text": "A dump.", "text": "Other."}, "A dump.", PLAIN),
        ({"title": "T", "raw_text": "A dump.", "body": "Other."}, "A dump.", PLAIN),
        ({"markdown": "It *sank*."}, "It *sank*.", MARKDOWN + ARTICLE),
        ({"html": "<p>It sank.</p>", "body": "Other."}, "<p>It sank.</p>", HTML),
        ({"content_html": "<p>It sank.</p>"}, "<p>It sank.</p>", PART_OF_A_PAGE),
        ({"content_html": "<!doctype html><p>It"}, "<!doctype html><p>It", HTML),
        ({"body": "<p>It sank.</p>"}, "<p>It sank.</p>", PART_OF_A_PAGE),
        ({"body": "<html><p>It sank."}, "<html><p>It sank.", HTML),
        ({"body": "It sank, \x93Ann &eacute;"}, "It sank, “Ann é", TEXT_OF_A_STORY),
        ({"body": "Smith &copy Sons"}, "Smith &copy Sons", TEXT_OF_A_STORY),
        ({"body": "&lt;p&gt;It sank.&lt;/p&gt;"}, "<p>It sank.</p>", PART_OF_A_PAGE),
        ({"body": "It\n\n# sank\n\nby"}, "It\n\n# sank\n\nby", MARKDOWN + ARTICLE),
        ({"body": "It\n# sank\nby"}, "It\n# sank\nby", TEXT_OF_A_STORY),
        ({"body": "As [Ann](https://a.b/)"}, "As [Ann](https://a.b/)", MARKDOWN + ARTICLE),
        ({"body": " ", "content": "It sank."}, "It sank.", TEXT_OF_A_STORY),
        ({"title": "T", "snippet": "It … [+912 chars]"}, "It …", TEXT_OF_A_STORY),
    ],
)
def test_the_text_of_a_record_and_its_kind(fields: dict[str, str], text: str, kind: str) -> None:
    found = document("x", fields)
    assert isinstance(found, RawDocument)
    assert (found.text, found.media_type) == (text, kind)


@pytest.mark.parametrize(
    ("fields", "known"),
    [
        ({"title": "It - The Post", "source": "The Post"}, {"title": "It", "source": "The Post"}),
        ({"title": "It | The Post", "source": "The Post"}, {"title": "It", "source": "The Post"}),
        ({"title": "It – A-Post", "source": "A-Post"}, {"title": "It", "source": "A-Post"}),
        (
            {"title": "It - a.example", "source": "a.example"},
            {"title": "It", "source": "a.example"},
        ),
        ({"title": "It - post", "source": "post"}, {"title": "It - post", "source": "post"}),
        ({"Title": " ", "headline": "It", "HEADLINE": "Other"}, {"title": "It"}),
        ({"source": "https://a.b/c", "site": "Post"}, {"source": "Post", "url": "https://a.b/c"}),
        ({"tags": " 12 ", "keywords": "a, b"}, {"tags": ("a", "b")}),
        (
            {"keywords": ["sank"], "summary": "It.", "meta_keywords": "a", "meta_description": "D"},
            {"tags": ("a",), "summary": "D"},
        ),
        ({"keywords": ["sank"], "summary": "It."}, {"tags": ("sank",), "summary": "It."}),
        ({"lang": "de_DE"}, {"language": "de-DE"}),
        ({"lang": "und"}, {}),
    ],
)
def test_what_a_record_states(fields: dict[str, str], known: dict[str, object]) -> None:
    found = document("x", {**fields, "body": "It sank."})
    assert isinstance(found, RawDocument)
    assert dict(found.known) == known


def test_a_record_of_goose3() -> None:
    found = document(
        "x",
        {
            "meta": {"lang": "en", "canonical": "https://a.example/ferry", "description": "Gone."},
            "domain": "a.example",
            "title": "It sank | The Post",
            "cleaned_text": "It sank.\n\nNobody was hurt.",
            "opengraph": {"site_name": "The Post"},
            "tags": [],
            "authors": ["Ada Quill"],
            "publish_date": "2021-03-14",
        },
    )
    assert isinstance(found, RawDocument)
    assert (found.text, found.media_type) == ("It sank.\n\nNobody was hurt.", TEXT_OF_A_STORY)
    assert {**found.known, "date": found.known["date"].text} == {
        "title": "It sank",
        "date": "2021-03-14",
        "summary": "Gone.",
        "authors": ("Ada Quill",),
        "source": "The Post",
        "language": "en",
        "url": "https://a.example/ferry",
    }


def test_a_record_tells_when_it_was_crawled_and_a_date_in_words_is_kept() -> None:
    copied = "https://web.archive.org/web/20150102030405/https://a.b/c"
    for fields, crawled in (
        ({"crawl_date": "2016-05-04", "url": copied}, "2016-05-04"),
        ({"url": copied}, "2015-01-02"),
    ):
        found = document("x", {**fields, "body": "It sank.", "date": "4. Mai 2014"})
        assert isinstance(found, RawDocument)
        assert found.crawled is not None
        assert (found.crawled.period, found.written_date) == (crawled, "4. Mai 2014")

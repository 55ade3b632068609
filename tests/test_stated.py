"""What a container states of a document, as an archive means it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archive_gen.article import Article
from archive_gen.content import frontmatter
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.intake.outcome import Outcome
from archive_gen.parallel import SerialMapper

STORY = "The ferry to Tolland number {n} will run every hour again, the harbour said.\n\n" * 3


def run(folder: Path, records: list[dict[str, Any]], **known: Any) -> list[tuple[Outcome, Article]]:
    folder.mkdir(exist_ok=True)
    file = folder / "in.jsonl"
    full = [
        {"title": f"Ferry {n}", "maintext": STORY.format(n=n * 7919), "source": "Courier", **record}
        for n, record in enumerate(records)
    ]
    file.write_text("".join(json.dumps(record) + "\n" for record in full), "utf-8")
    found = []
    for outcome in ingest(folder / "content", [file], Stated(known), SerialMapper()):
        data = (folder / "content" / str(outcome.path)).read_bytes()
        article, problems = frontmatter.parse_bytes(data, "")
        assert article is not None, problems
        found.append((outcome, article))
    return found


@pytest.mark.parametrize(
    ("stated", "authors", "agency"),
    [
        (["Ada Lund", "Reuters"], ("Ada Lund",), "Reuters"),
        ("By Ada Lund and Bo Berg", ("Ada Lund", "Bo Berg"), ""),
        ("Lund, Ada", ("Ada Lund",), ""),
        ("Ada Lund; Bo Berg", ("Ada Lund", "Bo Berg"), ""),
        (["Ada Lund (ada@example.org)", "https://example.org/ada"], ("Ada Lund",), ""),
        ([{"@type": "Person", "name": "Ada Lund"}, {"name": "AFP"}], ("Ada Lund",), "AFP"),
        ("Newsroom", (), ""),
        ("Editor", ("Editor",), ""),
        (["Ada Lund", "Editor"], ("Ada Lund",), ""),
        ("Люда Королёва", ("Люда Королёва",), ""),
        ("Madonna", ("Madonna",), ""),
    ],
)
def test_authors_are_people(
    stated: Any, authors: tuple[str, ...], agency: str, tmp_path: Path
) -> None:
    ((_, article),) = run(tmp_path, [{"authors": stated}])
    assert article.authors == authors
    assert article.extra.get("agency", "") == agency


@pytest.mark.parametrize(
    ("stated", "place", "agency"),
    [
        ("STAMFORD, Conn., Feb 26", "Stamford, Conn.", ""),
        ("WASHINGTON, April 3 -", "Washington", ""),
        ("NEW YORK 12 March 1987", "New York", ""),
        ("Cape May, May 3", "Cape May", ""),
        ("Cape May May 3", "Cape May", ""),
        ("SIOUX CITY, APRIL 7, CLEAR, SUNNY -", "Sioux City", ""),
        ("PARIS (AFP) —", "Paris", "AFP"),
        ("HARLOW (Quayside Wire) —", "Harlow", ""),
        ("Harlow (Quayside)", "Harlow (Quayside)", ""),
        ("Cape May", "Cape May", ""),
        ("May", "May", ""),
        ("Monday 3 May", "Monday 3 May", ""),
        ("Oslo, Monday, 3 May 1987", "Oslo", ""),
        ("Hall 7, Oslo", "Hall 7, Oslo", ""),
        ("Bo (Sierra Leone)", "Bo (Sierra Leone)", ""),
        ("МОСКВА, 7 октября", "Москва", ""),
    ],
)
def test_a_dateline_is_a_place(stated: str, place: str, agency: str, tmp_path: Path) -> None:
    ((_, article),) = run(tmp_path, [{"dateline": stated}])
    assert article.place == place
    assert article.extra.get("agency", "") == agency


def test_the_text_names_its_place_with_the_region(tmp_path: Path) -> None:
    text = "MONTVALE, N.J., March 2 - " + STORY.format(n=3)
    ((_, article),) = run(tmp_path, [{"maintext": text}])
    assert article.place == "Montvale"


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("NORTH HARBOUR INC <NHB> SETS PAYOUT", "NORTH HARBOUR INC <NHB> SETS PAYOUT"),
        ("The <em>Ada Quill</em> sails<br/>again", "The Ada Quill sails again"),
        ("Less is &lt;b&gt;more&lt;/b&gt;", "Less is more"),
    ],
)
def test_a_headline_loses_its_markup_alone(stated: str, title: str, tmp_path: Path) -> None:
    ((_, article),) = run(tmp_path, [{"title": stated}])
    assert article.title == title


def test_what_a_record_states_as_its_article_is_not_doubted(tmp_path: Path) -> None:
    """Lists, results and notices are short; a crawler's record says that this is all."""
    short, stub = run(
        tmp_path,
        [
            {"maintext": "Quarterly dividend 25 cents as before.\n\nPaid on 30 April to holders."},
            {"maintext": "Read on"},
        ],
    )
    assert short[0].confidence is not None
    assert stub[0].confidence is not None
    assert short[0].confidence > 0.5 > stub[0].confidence


def test_where_clocks_begin_is_no_date(tmp_path: Path) -> None:
    stamps = (
        "1970-01-01T00:00:00Z",
        "1970-01-01T06:00:00Z",
        "1970-01-01T00:00:00~",
        "1970-01-01",
        "1970",
    )
    unset, *told = run(tmp_path, [{"date": stamp} for stamp in stamps])
    assert unset[1].date is None
    assert all(article.date for _, article in told)


def test_what_the_command_line_states_is_meant(tmp_path: Path) -> None:
    ((_, article),) = run(tmp_path, [{"authors": ["Ada Lund"]}], authors=("Reuters",))
    assert article.authors == ("Reuters",)


@pytest.mark.parametrize(
    ("written", "crawled", "date"),
    [
        ("4. Mai 2019", "", "2019-05-04"),
        ("Saturday, May 4, 2019", "", "2019-05-04"),
        ("2019年5月4日", "", "2019-05-04"),
        ("2 hours ago", "2019-05-04T10:00:00Z", "2019-05-04"),
        ("2 hours ago", "", ""),
        ("04/05/2019", "2019-04-30", "2019-04-05"),  # May lies after the crawl
        ("25/04/2019", "", "2019-04-25"),
        ("soon", "", ""),
    ],
)
def test_dates_in_words_are_read(written: str, crawled: str, date: str, tmp_path: Path) -> None:
    ((_, article),) = run(tmp_path, [{"date": written, "crawl_date": crawled}])
    assert (article.date.text[:10] if article.date else "") == date


def test_an_open_date_is_told_by_the_others_of_its_source(tmp_path: Path) -> None:
    ((alone, article),) = run(tmp_path / "a", [{"date": "04/05/2019"}])
    assert article.date is not None
    assert article.date.text == "2019"
    assert "can't be told apart" in alone.problems[0].message
    ((_, german),) = run(tmp_path / "c", [{"date": "04/05/2019", "language": "de"}])
    assert german.date is not None
    assert german.date.text == "2019-05-04"
    dates = ["04/05/2019", "25/12/2018", "31/01/2019"]
    first, *_ = run(tmp_path / "b", [{"date": date} for date in dates])
    assert first[0].problems == ()
    assert first[1].date is not None
    assert first[1].date.text == "2019-05-04"


@pytest.mark.parametrize("name", ["lead", "standfirst", "dek"])
def test_a_standfirst_has_many_names(name: str, tmp_path: Path) -> None:
    ((_, article),) = run(tmp_path, [{name: "Tolland gets its ferry back"}])
    assert article.summary == "Tolland gets its ferry back"


def test_a_site_names_the_source_where_nothing_else_does(tmp_path: Path) -> None:
    found = run(tmp_path, [{"site": "Quay", "source": None}, {"site": "Quay"}])
    assert [article.source for _, article in found] == ["Quay", "Courier"]

"""A table or a record beside texts tells headline, day and address of each; it is no article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive_gen.article import Article
from archive_gen.content import frontmatter
from archive_gen.importers import read
from archive_gen.importers.base import LeftOut
from archive_gen.importers.folders.described import told_sums
from archive_gen.intake.ingest import ingest
from archive_gen.intake.inputs import find_inputs
from archive_gen.intake.learning import Stated
from archive_gen.parallel import SerialMapper
from tests.drawn import png

TEXTS = {
    "Ferry line to close in autumn": (
        "The ferry between Toll and Marl will make its last trip in October, its owner said.",
        "“We have lost money for ten years,” said Bo Berg, who runs the line with his sister.",
    ),
    "Harbour wall to be rebuilt": (
        "The council’s engineers said on Sunday that the old harbour wall can’t be saved.",
        "Nine houses below the wall were emptied in the night, and the school is closed.",
    ),
}
TITLES = list(TEXTS)


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def write_texts(folder: Path, ending: str = ".txt") -> None:
    for number, (title, story) in enumerate(TEXTS.items(), start=1):
        write(folder / f"{number:04}{ending}", "\n".join((title, *story)))


def imported(tmp_path: Path) -> dict[str, Article]:
    """Headline → article, of all that lies in ``raw/``."""
    archive, raw = tmp_path / "archive", tmp_path / "raw"
    archive.mkdir()
    results = ingest(archive, find_inputs([raw]).files, Stated({}), SerialMapper())
    paths = {str(result.path) for result in results if result.path}
    parsed = [frontmatter.parse_bytes((archive / path).read_bytes(), "") for path in sorted(paths)]
    assert all(article for article, _ in parsed), parsed
    return {article.title: article for article, _ in parsed if article}


def day(article: Article) -> str:
    return article.date.text if article.date else ""


@pytest.mark.parametrize(
    ("place", "table"),
    [
        ("raw", "file,title,date,author\n0001.txt,{},22/05/2014,Ada Lund\n0002.txt,{},2014-05-03,"),
        ("raw/texts", "Filename;Title;Date;Author\ntexts/0001.txt;{};2014-05-22;Ada Lund\n"
         "texts\\0002.txt;{};2014-05-03;"),
        ("raw/texts", "id\tHeadline\tPublished\tByline\n0001\t{}\t2014-05-22\tAda Lund\n0002\t{}\t"
         "2014-05-03\t"),
        ("raw", "\ufeffPATH,title,date,authors\n./0001.TXT,{},2014-05-22,Ada Lund\n./0002.TXT,{},"
         "2014-05-03,"),
        ("raw", 'sep=|\nfile|title|"date of\nthe article"|date\n0001.txt|{}|x|2014-05-22\n'
         "0002.txt|{}|x|2014-05-03"),
    ],
    ids=["names", "paths", "ids", "capitals", "stated"],
)  # fmt: skip
def test_a_table_of_texts(tmp_path: Path, place: str, table: str) -> None:
    write_texts(tmp_path / place)
    ending = ".tsv" if "\t" in table else ".csv"
    write(tmp_path / "raw" / f"metadata{ending}", table.format(*TITLES))
    found = imported(tmp_path)
    assert sorted(found) == TITLES
    assert [day(found[title]) for title in TITLES] == ["2014-05-22", "2014-05-03"]
    if "Ada Lund" in table:
        assert [found[title].authors for title in TITLES] == [("Ada Lund",), ()]
    assert tuple(found[TITLES[0]].body.split("\n\n")) == TEXTS[TITLES[0]]


@pytest.mark.parametrize("name", ["{}.json", "{}.txt.json"])
def test_a_record_beside_each_text(tmp_path: Path, name: str) -> None:
    write_texts(tmp_path / "raw")
    for number, title in enumerate(TITLES, start=1):
        record = {"headline": title, "url": f"http://post.example/{number}", "author": "Ada Lund"}
        write(tmp_path / "raw" / name.format(f"{number:04}"), json.dumps(record))
    found = imported(tmp_path)
    assert [found[title].url for title in TITLES] == [
        "http://post.example/1",
        "http://post.example/2",
    ]
    assert {article.authors for article in found.values()} == {("Ada Lund",)}


def test_pages_are_told_of_too(tmp_path: Path) -> None:
    page = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p><p>{2}</p></body>"
    for number, (title, story) in enumerate(TEXTS.items(), start=1):
        write(tmp_path / "raw" / f"{number}.html", page.format(title, *story))
    write(tmp_path / "raw" / "pages.csv", "file,date\n1.html,2014-05-22\n2.html,2014-05-03\n")
    found = imported(tmp_path)
    assert sorted(map(day, found.values())) == ["2014-05-03", "2014-05-22"]


def test_a_page_with_a_record_keeps_its_pictures(tmp_path: Path) -> None:
    figure = "<figure><img src='a_files/b.png'><figcaption>The quay in May</figcaption></figure>"
    story = "".join(f"<p>{line}</p>" for line in TEXTS[TITLES[0]])
    write(tmp_path / "raw/a.html", f"<html><body><article>{figure}{story}</article></body></html>")
    write(tmp_path / "raw/a.json", json.dumps({"title": TITLES[0]}))
    (tmp_path / "raw/a_files").mkdir()
    (tmp_path / "raw/a_files/b.png").write_bytes(png(640, 400))
    (image,) = imported(tmp_path)[TITLES[0]].images
    assert image.src.startswith("b-")


def test_what_tells_of_others_is_left_out_and_counted(tmp_path: Path) -> None:
    write_texts(tmp_path / "raw")
    write(tmp_path / "raw/metadata.csv", "file,title\n0001.txt,One\n")
    write(tmp_path / "raw/0002.json", json.dumps({"title": "Two"}))
    for name in ("metadata.csv", "0002.json"):
        assert [type(found) for found in read(tmp_path / "raw" / name)] == [LeftOut], name


def test_where_a_value_comes_from(tmp_path: Path) -> None:
    write_texts(tmp_path / "raw")
    write(tmp_path / "raw/metadata.csv", "file,author\n0001.txt,Ada Lund\n")
    (found,) = read(tmp_path / "raw" / "0001.txt")
    assert getattr(found, "origins", {}) == {"authors": "metadata.csv"}


def test_a_table_that_comes_later_fills_what_articles_lack(tmp_path: Path) -> None:
    write_texts(tmp_path / "raw")
    assert not any(article.authors for article in imported(tmp_path).values())
    write(tmp_path / "raw/metadata.csv", "file,author,date\n0001.txt,Ada Lund,2014-05-22\n")
    archive = tmp_path / "archive"
    for statuses in (["left out", "unchanged", "updated"], ["left out", "unchanged", "unchanged"]):
        results = ingest(archive, find_inputs([tmp_path / "raw"]).files, Stated({}), SerialMapper())
        done = {result.status: result for result in results}
        assert sorted(done) == sorted(set(statuses))
        assert not any(result.problems for result in done.values())
    texts = [path.read_text("utf-8") for path in archive.glob("undated/*.md")]
    assert sum("- Ada Lund\n" in text and "date: 2014-05-22" in text for text in texts) == 1


def test_a_table_that_comes_later_tells_which_of_day_and_month_comes_first(tmp_path: Path) -> None:
    """The articles themselves were counted before."""
    raw, archive = tmp_path / "raw", tmp_path / "archive"
    for number in range(4):
        write(raw / f"{number}.txt", "\n".join((f"{TITLES[0]}, {number}", *TEXTS[TITLES[0]])))
    imported(tmp_path)
    days = ("22/05/2014", "23/05/2014", "24/05/2014", "04/06/2014")
    rows = "".join(f"{number}.txt,{day}\n" for number, day in enumerate(days))
    write(raw / "metadata.csv", f"file,date\n{rows}")
    kept = {file: file.read_bytes() for file in (archive / "_sources").iterdir()}
    results = list(ingest(archive, find_inputs([raw]).files, Stated({}), SerialMapper()))
    assert not [result.problems for result in results if result.problems]
    assert sorted(result.date for result in results if result.date) == [
        *("2014-05-22", "2014-05-23", "2014-05-24", "2014-06-04"),
    ]
    assert {file: file.read_bytes() for file in kept} == kept


def test_a_headline_that_comes_later_takes_the_place_of_first_words(tmp_path: Path) -> None:
    raw, archive = tmp_path / "raw", tmp_path / "archive"
    write(raw / "1.txt", "\n".join(TEXTS[TITLES[0]]))
    (stand_in,) = imported(tmp_path)
    assert TEXTS[TITLES[0]][0].startswith(stand_in.rstrip("…"))
    write(raw / "metadata.csv", f"file,title\n1.txt,{TITLES[0]}\n")
    results = ingest(archive, find_inputs([raw]).files, Stated({}), SerialMapper())
    (path,) = {str(result.path) for result in results if result.path}
    article, _ = frontmatter.parse_bytes((archive / path).read_bytes(), "")
    assert article
    assert (article.title, article.body) == (TITLES[0], "\n\n".join(TEXTS[TITLES[0]]))


def test_what_a_person_wrote_is_not_filled(tmp_path: Path) -> None:
    write_texts(tmp_path / "raw")
    write(tmp_path / "raw/metadata.csv", "file,author\n0001.txt,Ada Lund\n")
    imported(tmp_path)
    (file,) = (
        path
        for path in (tmp_path / "archive").glob("undated/*.md")
        if "- Ada Lund\n" in path.read_text("utf-8")
    )
    file.write_text(file.read_text("utf-8").replace("- Ada Lund\n", "- A person\n"), "utf-8")
    write(tmp_path / "raw/metadata.csv", "file,author\n0001.txt,Somebody\n")
    list(ingest(tmp_path / "archive", [tmp_path / "raw/0001.txt"], Stated({}), SerialMapper()))
    assert "- A person\n" in file.read_text("utf-8")


def test_what_tells_of_others_is_told_of_by_none(tmp_path: Path) -> None:
    record, text = tmp_path / "raw/0001.json", tmp_path / "raw/0001.txt"
    write_texts(tmp_path / "raw")
    write(record, json.dumps({"title": "One"}))
    assert told_sums([record, text]).keys() == {text}


def test_of_two_rows_for_a_text_none_counts(tmp_path: Path) -> None:
    write_texts(tmp_path / "raw")
    rows = "file,author\n0001.txt,Ada Lund\n0001.txt,Bo Berg\n0002.txt,Cy Dahl\n"
    write(tmp_path / "raw/metadata.csv", rows)
    found = imported(tmp_path)
    assert [found[title].authors for title in TITLES] == [(), ("Cy Dahl",)]


def test_a_table_that_changes_is_read_anew(tmp_path: Path) -> None:
    write_texts(tmp_path / "raw")
    for author in ("Ada Lund", "Bo Berg"):
        write(tmp_path / "raw/metadata.csv", f"file,author\n0001.txt,{author}\n")
        (found,) = read(tmp_path / "raw" / "0001.txt")
        assert getattr(found, "known", {})["authors"] == (author,)


def test_a_table_of_people_tells_nothing_of_pages(tmp_path: Path) -> None:
    write_texts(tmp_path / "raw", ".html")
    rows = "".join(f"{number:04},Somebody {number}\n" for number in range(1, 20))
    write(tmp_path / "raw/users.csv", f"id,name\n{rows}")
    (found,) = read(tmp_path / "raw" / "0001.html")
    assert not getattr(found, "known", {})


def test_other_tables_and_records_are_what_they_are(tmp_path: Path) -> None:
    write_texts(tmp_path / "raw")
    story = " ".join(TEXTS[TITLES[0]])
    write(tmp_path / "raw/0001.json", json.dumps({"title": "One", "text": story}))
    several = {"articles": [{"title": "One", "text": story}]}
    write(tmp_path / "raw/0002.json", json.dumps({"source": "Port Post", **several}))
    write(tmp_path / "raw/titled.json", json.dumps({"title": "All of them", **several}))
    write(tmp_path / "raw/titled.txt", story)
    write(tmp_path / "raw/table.csv", f"id,title,text\n0001,One,{story}\n")
    write(tmp_path / "raw/others.csv", "file,title\nelsewhere.txt,One\n")
    write(tmp_path / "raw/broken.json", "{")
    for name in ("0001.json", "0002.json", "table.csv"):
        (found,) = read(tmp_path / "raw" / name)
        assert getattr(found, "known", {}).get("title") == "One"
    for name in ("others.csv", "broken.json", "titled.json"):
        assert not any(isinstance(found, LeftOut) for found in read(tmp_path / "raw" / name)), name
    assert "put it, unpacked, into the folder" in str(*read(tmp_path / "raw/others.csv"))
    (found,) = read(tmp_path / "raw" / "0001.txt")
    assert not getattr(found, "known", {})

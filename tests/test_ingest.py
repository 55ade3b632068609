"""Raw files into an archive."""

from __future__ import annotations

import io
import os
import random
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive_gen.article import RawDocument
from archive_gen.content import frontmatter
from archive_gen.dates import parse_date
from archive_gen.importers import read
from archive_gen.importers.encodings import decode
from archive_gen.intake.ingest import ingest
from archive_gen.intake.inputs import find_inputs
from archive_gen.intake.learning import Stated
from archive_gen.intake.outcome import Outcome
from archive_gen.intake.reclean import reclean
from archive_gen.parallel import Mapper, ProcessMapper, SerialMapper

DUMPS = sorted(Path(__file__).resolve().parent.glob("fixtures/dumps/*.txt"))


def run(
    content: Path, files: list[Path], mapper: Mapper | None = None, **known: object
) -> list[Outcome]:
    return list(ingest(content, files, Stated(known), mapper or SerialMapper()))


def tree(content: Path) -> dict[str, bytes]:
    files = (path for path in content.rglob("*") if path.is_file())
    return {str(path.relative_to(content)): path.read_bytes() for path in files}


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    first = run(tmp_path, DUMPS)
    before = tree(tmp_path)
    second = run(tmp_path, DUMPS)
    assert {outcome.status for outcome in first} == {"new"}
    assert {outcome.status for outcome in second} == {"unchanged"}
    assert [outcome.path for outcome in first] == [outcome.path for outcome in second]
    assert tree(tmp_path) == before


def test_neither_order_nor_workers_change_the_result(tmp_path: Path) -> None:
    run(tmp_path / "a", DUMPS)
    run(tmp_path / "b", DUMPS[::-1], ProcessMapper(2))
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_what_is_written_is_an_article_with_its_original(tmp_path: Path) -> None:
    (outcome,) = run(tmp_path, DUMPS[:1])
    assert outcome.path is not None
    article, problems = frontmatter.parse_bytes((tmp_path / outcome.path).read_bytes(), "")
    assert article is not None
    assert not problems
    assert (article.title, article.source) == (outcome.title, outcome.source)
    digits = article.original.removeprefix("sha256:")
    assert (tmp_path / "_originals" / digits[:2] / f"{digits}.txt").read_bytes() == DUMPS[
        0
    ].read_bytes()


def test_what_the_caller_knows_wins_and_can_come_later(tmp_path: Path) -> None:
    (first,) = run(tmp_path, DUMPS[:1], source="Known Post")
    assert first.path is not None
    path = tmp_path / first.path
    edited = path.read_text("utf-8").replace("title:", "# by hand\ntitle:") + "\nA line by hand.\n"
    path.write_text(edited, "utf-8")
    (second,) = run(tmp_path, DUMPS[:1], date=parse_date("2001-02"), tags=("New",))
    text = path.read_text("utf-8")
    assert (first.source, second.status, second.date) == ("Known Post", "updated", "2001-02")
    assert "# by hand\ntitle:" in text
    assert text.endswith("\nA line by hand.\n")
    assert "- New\n" in text
    (third,) = run(tmp_path, DUMPS[:1], date=parse_date("2001-02"), tags=("New",))
    assert third.status == "unchanged"
    assert path.read_text("utf-8") == text


def test_the_same_text_twice_is_one_article(tmp_path: Path) -> None:
    again = tmp_path / "zz.txt"
    again.write_bytes(DUMPS[0].read_bytes())
    outcomes = run(tmp_path / "content", [DUMPS[0], again])
    assert sorted(outcome.status for outcome in outcomes) == ["duplicate", "new"]
    assert len({outcome.path for outcome in outcomes}) == 1


def test_the_same_story_among_other_furniture_is_one_article(tmp_path: Path) -> None:
    again = tmp_path / "zz.txt"
    again.write_text(DUMPS[0].read_text("utf-8") + "\n2", "utf-8")
    outcomes = run(tmp_path / "content", [DUMPS[0], again])
    assert sorted(outcome.status for outcome in outcomes) == ["duplicate", "new"]
    assert len({outcome.path for outcome in outcomes}) == 1


def test_two_stories_with_one_headline_are_both_kept(tmp_path: Path) -> None:
    given = {"title": "One headline", "date": parse_date("2015-10")}
    outcomes = run(tmp_path / "content", DUMPS[:2], **given)
    assert [outcome.status for outcome in outcomes] == ["new", "new"]
    assert len({outcome.path for outcome in outcomes}) == 2


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    # The third is not there at all.
    bad = [tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt"]
    bad[0].write_bytes(b"\0\1\2\3" * 100)
    bad[1].write_bytes(b"")
    outcomes = run(tmp_path / "content", [*bad, DUMPS[0]])
    status = {Path(outcome.input).name: outcome.status for outcome in outcomes}
    assert status == {"a.txt": "failed", "b.txt": "failed", "c.txt": "failed", DUMPS[0].name: "new"}
    assert all(outcome.problems for outcome in outcomes if outcome.status == "failed")
    (empty,) = (outcome for outcome in outcomes if outcome.input == str(bad[1]))
    assert str(empty.problems[0]) == f"{bad[1]}: is empty — leave it out"


def test_a_zero_byte_costs_no_text(tmp_path: Path) -> None:
    data = DUMPS[0].read_bytes()
    middle = data.index(b". ") + 1
    for name, given in (("a", data), ("b", data[:middle] + b"\0" + data[middle:])):
        path = tmp_path / f"{name}.txt"
        path.write_bytes(given)
        (outcome,) = run(tmp_path / name, [path], source="Test")
        assert (outcome.status, outcome.problems) == ("new", ())
        assert given in tree(tmp_path / name).values()
    a, b = (list((tmp_path / name).glob("2*/**/*.md")) for name in "ab")
    one, other = (frontmatter.parse_bytes(path.read_bytes(), "")[0] for path in (*a, *b))
    assert one is not None
    assert other is not None
    assert (one.title, one.date, one.body) == (other.title, other.date, other.body)
    (again,) = reclean(tmp_path / "b", SerialMapper())
    assert again.status == "unchanged"


@pytest.mark.parametrize("inserted", [b"\0\1", b"\0" * 999])
def test_more_than_a_stray_zero_byte_is_no_text(tmp_path: Path, inserted: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(DUMPS[0].read_bytes() + inserted)
    (outcome,) = run(tmp_path / "content", [path])
    assert "can't be read as text" in str(outcome.problems[0])


@pytest.mark.parametrize("ending", [".txt ", ".TXT  "])
def test_a_blank_behind_the_ending_hides_no_file(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(DUMPS[0].read_bytes())
    assert find_inputs([tmp_path]).files == [path]
    (outcome,) = run(tmp_path / "content", [path])
    assert outcome.status == "new"


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.txt"])
@pytest.mark.parametrize("blank", [b"", b" \n\n" * 99, b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_told(tmp_path: Path, name: str, blank: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(blank)
    (outcome,) = run(tmp_path / "content", [path])
    assert [str(problem) for problem in outcome.problems] == [f"{path}: is empty — leave it out"]


@pytest.mark.parametrize("ending", ["txt", "html", "jsonl", "json", "csv", "eml", "zip", "warc.gz"])
def test_rubbish_is_told_in_one_line(tmp_path: Path, ending: str) -> None:
    rubbish = tmp_path / f"rubbish.{ending}"
    rubbish.write_bytes(random.Random(1).randbytes(200_000))  # noqa: S311
    (outcome,) = run(tmp_path / "content", [rubbish])
    assert outcome.status == "failed"
    assert len(str(outcome.problems[0])) < 500


def test_an_article_broken_by_hand_is_told_and_left(tmp_path: Path) -> None:
    (first,) = run(tmp_path, DUMPS[:1])
    assert first.path is not None
    path = tmp_path / first.path
    path.write_text(path.read_text("utf-8").replace("title:", "date: never\ntitle:"), "utf-8")
    before = path.read_bytes()
    (second,) = run(tmp_path, DUMPS[:1], tags=("New",))
    assert second.status == "failed"
    assert second.problems[0].path == f"content/{first.path}"
    assert path.read_bytes() == before


def test_folders_are_searched_and_wrong_paths_told(tmp_path: Path) -> None:
    for name in ("in/b.txt", "in/deep/a.TXT", "in/photo.jpg", "in/.hidden/x.txt", "empty/x.jpg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    given = [
        tmp_path / "in",
        tmp_path / "in/b.txt",
        tmp_path / "empty",
        tmp_path / "none.txt",
        tmp_path / "in/photo.jpg",
    ]
    found = find_inputs(given)
    problems = found.problems
    assert found.files == [tmp_path / "in/b.txt", tmp_path / "in/deep/a.TXT"]
    assert [Path(problem.path).name for problem in problems] == ["empty", "none.txt", "photo.jpg"]


def test_what_was_deleted_on_a_disk_is_not_found(tmp_path: Path) -> None:
    bins = ["$RECYCLE.BIN/S-1-5/$R1.txt", ".Trash-1000/files/a.txt", "#recycle/a.txt"]
    notes = ["System Volume Information/guid.txt", "lost+found/a.txt", "a/@eaDir/a.txt"]
    for name in ("a/b.txt", *bins, *notes):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert find_inputs([tmp_path]).files == [tmp_path / "a/b.txt"]


def test_saved_pages_are_found_whatever_their_ending(tmp_path: Path) -> None:
    page = b"<!DOCTYPE html><html><body><p>x</p></body></html>"
    pages = ["a/story?id=3", "a/index.php", "a/Story.html", "a/Other_files/deep.html"]
    beside = ["a/Story_files/ad.html", "a/Story-Dateien/ad.html", "a/.git/x.html", "a/logo.png"]
    for name in (*pages, *beside):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(page)
    (tmp_path / "a" / "story.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "a" / "README").write_text("Read me.\n")
    found = find_inputs([tmp_path / "a"])
    assert found.files == sorted(tmp_path / name for name in pages)
    assert found.passed_over == {".pdf": 1, "no ending": 1}
    assert found.problems == []


def test_the_notes_of_a_bag_are_no_articles(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name in ("bagit.txt", "bag-info.txt", "manifest-sha512.txt", "data/page.txt"):
        (tmp_path / name).write_text("Some words.")
    found = find_inputs([tmp_path])
    assert found.files == [tmp_path / "data/page.txt"]
    assert found.passed_over == {"tag files of bags": 3}


@pytest.mark.parametrize("begin", ["<!DOCTYPE html>\n<html><body>", "\ufeff<html>", "", "\n <div>"])
def test_a_web_page_that_is_called_a_text_is_read_as_a_page(tmp_path: Path, begin: str) -> None:
    story = "".join(f"<p>On day {n} the ferry left the quay with {n} goats.</p>" for n in range(9))
    page = f"{begin}<h1>The ferry left with goats</h1>{story}"
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    (outcome,) = run(tmp_path / "content", [tmp_path / "page.txt"])
    assert (outcome.status, outcome.title) == ("new", "The ferry left with goats")
    assert b"<" not in (tmp_path / "content" / str(outcome.path)).read_bytes()


def test_a_file_that_is_named_is_read_whatever_its_ending(tmp_path: Path) -> None:
    named = tmp_path / "12345"
    named.write_bytes(DUMPS[0].read_bytes())
    found = find_inputs([named])
    assert (found.files, found.problems) == ([named], [])
    (outcome,) = run(tmp_path / "content", found.files)
    assert outcome.status == "new"


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    closed = tmp_path / "in" / "closed"
    closed.mkdir(parents=True)
    (tmp_path / "in" / "a.txt").touch()
    closed.chmod(0)
    try:
        found = find_inputs([tmp_path / "in"])
    finally:
        closed.chmod(0o700)
    assert found.files == [tmp_path / "in" / "a.txt"]
    assert "can't be read" in found.problems[0].message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_told_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    os.mkfifo(tmp_path / "page?id=3")
    (tmp_path / "a.txt").touch()
    told = ["is a pipe or a device, no file"] * 2
    for given in ([tmp_path], [tmp_path / "*"], [*tmp_path.iterdir()]):
        found = find_inputs(given)
        assert found.files == [tmp_path / "a.txt"]
        assert [problem.message for problem in found.problems] == told


TEXT = (
    "Die Brücke über die Orle wird früher geöffnet als geplant, sagte die Bürgermeisterin am "
    "Dienstag. Fußgänger dürfen schon im März hinüber."
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_old_encodings_are_read(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_line_ends_become_line_feeds() -> None:
    assert decode(b"a\r\nb\rc") == "a\nb\nc"


@pytest.mark.parametrize("end", ["\r", "\v", "\u2028", "\u2029"])
def test_what_ends_lines_elsewhere_ends_those_of_a_text(tmp_path: Path, end: str) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(TEXT.replace("\n", end).encode())
    (found,) = read(path)
    assert isinstance(found, RawDocument)
    assert found.text == TEXT


def web_archive(file: Path, url: str, page: bytes, *, again: bool) -> Path:
    """A WARC with the page at ``url``, or with the word that it was as before."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    if again:
        day = "2019-05-04T08:00:00Z"
        record = writer.create_revisit_record(url, "sha1:ABC", url, day, http_headers=headers)
    else:
        payload = io.BytesIO(page)
        record = writer.create_warc_record(url, "response", payload=payload, http_headers=headers)
    writer.write_record(record)
    file.write_bytes(out.getvalue())
    return file


def test_a_revisit_of_a_page_in_another_file_of_the_import_is_no_fault(tmp_path: Path) -> None:
    story = "The goats were counted again on the quay, and the harbour master was not amused. " * 3
    page = f"<html><title>Goats</title><h1>Goats</h1><p>{story}</p><p>More of {story}</p></html>"
    url = "https://a.example/goats"
    first = web_archive(tmp_path / "a.warc", url, b"", again=True)
    other = web_archive(tmp_path / "b.warc", url, page.encode(), again=False)
    alone = list(ingest(tmp_path / "one", [first], Stated(), SerialMapper()))
    assert ["revisit" in one.problems[0].message for one in alone] == [True]
    both = list(ingest(tmp_path / "two", [first, other], Stated(), SerialMapper()))
    assert [(one.status, one.problems) for one in both] == [("left out", ()), ("new", ())]
    after = list(ingest(tmp_path / "one", [first], Stated(), SerialMapper()))
    assert [one.status for one in after] == ["failed"], (
        "one import knows nothing of another's files"
    )

"""Articles cleaned again: what a person edited stays, all else is as a fresh import would be."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_gen.article import Article
from archive_gen.cli import group
from archive_gen.content import frontmatter
from archive_gen.intake import merging
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.parallel import SerialMapper
from tests.test_import_learning import REFRAIN, learned_late, page, tree

DUMPS = sorted(Path(__file__).resolve().parent.glob("fixtures/dumps/*.txt"))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return learned_late(tmp_path)


def archive(site: Path, command: str, *arguments: str | Path, text: str = "") -> Result:
    call = [*command.split(), *map(str, arguments), "--site", str(site)]
    if command.startswith("sources "):
        call = ["sources", "--site", str(site), command.split()[1], *map(str, arguments)]
    return CliRunner().invoke(group, call, input=text)


def records(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def articles(site: Path) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in site.glob("content/undated/*.md")}


def test_without_edits_it_is_what_a_fresh_import_would_be(site: Path, tmp_path: Path) -> None:
    assert sum(REFRAIN in text for text in articles(site).values()) == 2
    result = archive(site, "clean --again")
    assert result.exit_code == 0
    fresh = tmp_path / "fresh"
    list(ingest(fresh, sorted(site.glob("in/*")), Stated({"source": "Post"}), SerialMapper()))
    assert tree(site / "content") == tree(fresh)
    again = archive(site, "clean --again --json --jobs 2")
    assert {record["status"] for record in records(again)} == {"unchanged"}


@pytest.mark.parametrize("spelt", ["a.txt", "./a.txt", "../example.org/a.txt", ".", "FULL"])
def test_a_folder_names_its_site_however_its_path_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spelt: str
) -> None:
    (tmp_path / "site.yaml").write_text("title: Test\n", "utf-8")
    folder = tmp_path / "example.org"
    folder.mkdir()
    (folder / "a.txt").write_text(page(1), "utf-8")
    monkeypatch.chdir(folder)
    archive(tmp_path, "import", folder / "a.txt" if spelt == "FULL" else spelt)
    (text,) = articles(tmp_path).values()
    assert "\nsource: example.org\n" in text
    (record,) = records(archive(tmp_path, "clean --again --json"))
    assert record["status"] == "unchanged"


def test_controls_that_no_file_states_do_not_change_an_article_again(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: Test\n", "utf-8")
    (tmp_path / "a.txt").write_text(page(1).replace("the captain", "the\x94 captain"), "utf-8")
    archive(tmp_path, "import", tmp_path / "a.txt")
    (record,) = records(archive(tmp_path, "clean --again --json"))
    assert (record["status"], record["changed"]) == ("unchanged", [])


def test_a_persons_values_paragraphs_and_comments_stay(site: Path) -> None:
    path = next(p for p in site.glob("content/undated/*.md") if REFRAIN in p.read_text("utf-8"))
    text = path.read_text("utf-8").replace("title: ", "# ours\ntitle: The true story of ", 1)
    path.write_text(text.rstrip() + "\n\nA paragraph of ours.\n", "utf-8")
    (record,) = records(archive(site, "clean --again --json", path))
    assert record["status"] == "updated"
    assert record["changed"] == ["body"]
    assert record["edits"] == ["title", "body"]
    text = path.read_text("utf-8")
    assert "# ours\ntitle: The true story of " in text
    assert text.endswith("\n\nA paragraph of ours.\n")
    assert REFRAIN not in text


def test_where_both_changed_a_place_the_persons_word_counts(site: Path) -> None:
    path = next(p for p in site.glob("content/undated/*.md") if REFRAIN in p.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace(REFRAIN, "We rewrote this."), "utf-8")
    (record,) = records(archive(site, "clean --again --json", path))
    assert (record["status"], record["conflicts"]) == ("unchanged", ["body"])
    assert "We rewrote this." in path.read_text("utf-8")


def test_a_dry_run_writes_nothing(site: Path) -> None:
    before = tree(site)
    result = archive(site, "clean --again --dry-run")
    assert "updated" in result.stderr
    assert tree(site) == before


@pytest.mark.parametrize("lost", ["*.json", "*.txt"])
def test_what_is_lost_is_told_and_the_rest_goes_on(site: Path, lost: str) -> None:
    next(site.glob(f"content/_originals/*/{lost}")).unlink()
    result = archive(site, "clean --again --json")
    assert result.exit_code == 1
    assert sorted(record["status"] for record in records(result)).count("failed") == 1
    assert "Traceback" not in result.output


def test_importing_again_touches_a_persons_value_only_where_it_is_stated_now(site: Path) -> None:
    path = next(site.glob("content/undated/*.md"))
    edited = path.read_text("utf-8").replace("source: Post", "source: Ours\nplace: Here")
    path.write_text(edited, "utf-8")
    archive(site, "import", site / "in", "--language", "en-GB")
    assert "source: Ours\n" in path.read_text("utf-8")
    archive(site, "import", site / "in", "--source", "Stated")
    text = path.read_text("utf-8")
    assert "source: Stated\n" in text
    assert "place: Here\n" in text
    origins = json.loads(archive(site, "show --json --origins", path).stdout)["origins"]
    assert origins["source"] == origins["language"] == "command line"
    assert origins["place"] == "a person"
    assert archive(site, "clean --again").exit_code == 0
    assert path.read_text("utf-8").count("source: Stated\n") == 1


def test_show_names_the_origin_of_each_value(site: Path) -> None:
    path = next(site.glob("content/undated/*.md"))
    shown = archive(site, "show --origins", path.name).stdout
    assert "source: Post  (command line)" in shown
    by_hand = site / "content/notes.md"
    by_hand.write_text("---\ntitle: Ours\nmood: odd\n---\nText\n")
    found = json.loads(archive(site, "show --origins --json", "notes").stdout)
    assert found["mood"] == "odd"
    assert found["origins"] == {"title": "a person", "body": "a person"}
    wrong = archive(site, "show", "notse")
    assert (wrong.exit_code, "did you mean content/notes.md?" in wrong.stderr) == (2, True)


def test_sources_are_listed_shown_and_decided_on(site: Path) -> None:
    (record,) = records(archive(site, "sources --json"))
    assert (record["name"], record["documents"]) == ("post", 6)
    assert "post" in archive(site, "sources").stdout
    (line,) = json.loads(archive(site, "sources show", "post", "--json").stdout)["lines"]
    assert (line["documents"], line["by"], line["kept"]) == (6, "counted", False)
    assert archive(site, "sources keep", "Post", REFRAIN).exit_code == 0
    assert "a person" in archive(site, "sources show", "post").stdout
    archive(site, "clean --again")
    assert all(REFRAIN in text for text in articles(site).values())
    archive(site, "sources drop", "post", REFRAIN)
    archive(site, "clean --again")
    assert not any(REFRAIN in text for text in articles(site).values())
    assert archive(site, "sources show", "posst").exit_code == 2
    (site / "content/_sources/post.yaml").write_text("source: [", "utf-8")
    result = archive(site, "sources")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)


def test_a_source_that_is_no_text_stays_as_it_is(site: Path) -> None:
    (path,) = site.glob("content/_sources/*.yaml")
    before = path.read_bytes().replace(b"source: ", b"# \xfcber Post\nsource: ", 1)
    path.write_bytes(before)
    for command in ("sources keep", "sources drop"):
        result = archive(site, command, "post", REFRAIN)
        assert result.exit_code == 1
        assert "post.yaml:4: is not UTF-8 text" in result.stderr
    assert "post.yaml:4: is not UTF-8 text" in archive(site, "sources").stderr
    assert path.read_bytes() == before


def line_of(shown: str, text: str) -> str:
    return next(line.split()[0] for line in shown.splitlines() if text[:40] in line)


def test_review_decides_for_the_source_or_for_the_article(site: Path) -> None:
    path = next(p for p in site.glob("content/undated/*.md") if REFRAIN in p.read_text("utf-8"))
    shown = archive(site, "review", path).stdout
    shared, own = line_of(shown, REFRAIN), line_of(shown, "Ferry number")
    first = next(part for part in path.read_text("utf-8").split("\n\n") if "Ferry" in part)
    result = archive(site, "review", path, text=f"drop {shared}\nd {own}\nnonsense\nd 999\na\n")
    assert "wherever Post repeats it (6 documents)" in result.stdout
    assert "in this article" in result.stdout
    assert "Accepted 1 of 1" in result.stderr
    text = path.read_text("utf-8")
    assert REFRAIN not in text
    assert first not in text
    archive(site, "clean --again")
    assert first not in path.read_text("utf-8"), "the edit of one article is a person's"
    archive(site, "review", path, text=f"k {own}\n")
    assert first in path.read_text("utf-8")


def test_review_shows_the_doubtful_until_they_are_accepted(site: Path) -> None:
    for name, words in (("a", "The library is closed on Monday."), ("b", "It rained all day.")):
        (site / f"{name}.txt").write_text(f"A short note {name}\n\n{words} So it goes on.\n")
        archive(site, "import", site / f"{name}.txt")
    listed = records(archive(site, "review --json"))
    assert len(listed) == 2
    assert listed[0]["confidence"] <= listed[1]["confidence"] < 0.5
    assert "(2 of 2, confidence" in archive(site, "review", text="skip\nskip\n").stdout
    archive(site, "review", text="accept\nq\n")
    assert records(archive(site, "review --json")) == listed[1:]
    assert archive(site, "review --list --below 0").stdout == ""


def test_review_shows_what_is_left_open_until_it_is_accepted(site: Path) -> None:
    def story(what: str) -> str:
        return "\n".join(
            f"On day {n} the crew counted {n * 7} {what} aboard, and the captain wrote it down."
            for n in range(1, 9)
        )

    (site / "open.txt").write_text(f"Goats outnumber sailors\n04/05/2016\n{story('goats')}\n")
    record = {"title": "Ferry sold", "maintext": story("buyers"), "date_publish": "04/05/2016"}
    (site / "open.jsonl").write_text(json.dumps(record))
    (site / "told.txt").write_text(f"Sheep outnumber goats\n4 May 2016\n{story('sheep')}\n")
    for name in ("open.txt", "open.jsonl", "told.txt"):
        archive(site, "import", site / name)
    listed = records(archive(site, "review --json --below 0"))
    assert {one["path"].rpartition("/")[2] for one in listed} == {
        "goats-outnumber-sailors.md",
        "ferry-sold.md",
    }
    assert all("can't be told apart" in one["doubts"][0] for one in listed)
    assert "can't be told apart" in archive(site, "review --list --below 0").stdout
    archive(site, "review --below 0", text="accept\nskip\n")
    assert records(archive(site, "review --json --below 0")) == listed[1:]
    left = site / "content" / listed[1]["path"]
    written = left.read_text("utf-8")
    left.write_text(written.replace("date: 2016", "date: 2016-04-05"), "utf-8")
    assert archive(site, "review --list --below 0").stdout == ""
    left.write_text(written, "utf-8")
    for name in ("open.txt", "open.jsonl"):
        archive(site, "import --date 2016-05-04", site / name)
    assert archive(site, "review --list --below 0").stdout == ""


def test_quotation_marks_of_a_wrong_encoding_are_read_as_such(site: Path) -> None:
    lines = [
        f"On day {n} the mate\x92s log said \x93{n * 7} goats\x94 aboard." for n in range(1, 9)
    ]
    text = "\n".join(["Goats outnumber sailors", "4 May 2016", *lines])
    record = {"title": "Sheep \x96 a tale", "maintext": text.replace("goats", "sheep")}
    (site / "a.txt").write_text(text, "utf-8")
    (site / "a.jsonl").write_text(json.dumps(record))
    for name in ("a.txt", "a.jsonl"):
        archive(site, "import", site / name)
    found = {path: path.read_text("utf-8") for path in (site / "content/2016/05").glob("*.md")}
    found |= {path: path.read_text("utf-8") for path in site.glob("content/undated/sheep*.md")}
    assert len(found) == 2
    assert all("the mate’s log said “49 " in text for text in found.values())
    assert any("title: Sheep – a tale" in text for text in found.values())
    archive(site, "clean --again")
    assert found == {path: path.read_text("utf-8") for path in found}


def test_review_edits_in_the_editor(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = next(site.glob("content/undated/*.md"))
    editor = site / "editor.sh"
    editor.write_text('#!/bin/sh\necho "A line from the editor." >> "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    archive(site, "review", path, text="edit\nquit\n")
    assert "A line from the editor." in path.read_text("utf-8")


# --- merging ----------------------------------------------------------------------------------

paragraphs = st.lists(st.sampled_from("abcdefgh"), max_size=8)


def text(parts: list[str]) -> str:
    return "\n\n".join(parts)


@given(paragraphs, paragraphs)
def test_a_side_that_changed_nothing_takes_the_other(base: list[str], other: list[str]) -> None:
    assert merging.merge_bodies(text(base), text(base), text(other)) == (text(other), False)
    assert merging.merge_bodies(text(base), text(other), text(base)) == (text(other), False)
    assert merging.merge_bodies(text(base), text(other), text(other)) == (text(other), False)


@given(paragraphs, st.integers(0, 8), paragraphs)
def test_what_a_person_adds_is_there_afterwards(
    base: list[str], place: int, theirs: list[str]
) -> None:
    ours = [*base[:place], "OURS", *base[place:]]
    merged, _ = merging.merge_bodies(text(base), text(ours), text(theirs))
    assert "OURS" in merged.split("\n\n")


@given(paragraphs, paragraphs, paragraphs)
def test_nothing_is_made_up(base: list[str], ours: list[str], theirs: list[str]) -> None:
    merged, clash = merging.merge_bodies(text(base), text(ours), text(theirs))
    assert set(merged.split("\n\n")) <= {*base, *ours, *theirs, ""}
    swapped, clashes = merging.merge_bodies(text(base), text(theirs), text(ours))
    assert clash == clashes
    assert clash or swapped == merged


values = st.builds(
    Article,
    title=st.sampled_from(["A", "B", "C"]),
    place=st.sampled_from(["", "X", "Y"]),
    tags=st.sampled_from([(), ("t",), ("t", "u")]),
    body=paragraphs.map(text),
)


@given(values, values, values)
def test_a_value_that_a_person_changed_is_never_touched(
    base: Article, ours: Article, theirs: Article
) -> None:
    merged = merging.merge(base, ours, theirs)
    for key in ("title", "place", "tags"):
        before, mine, new = (getattr(article, key) for article in (base, ours, theirs))
        if mine != before:
            assert key not in merged.changes
            assert key in merged.edits
        else:
            assert merged.changes.get(key, mine) == new


edits = st.lists(st.tuples(st.integers(0, 12), st.sampled_from(["add", "drop"])), max_size=4)


@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(DUMPS), edits)
def test_cleaning_again_keeps_any_edit(dump: Path, changes: list[tuple[int, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "site.yaml").write_text("title: T\n")
        content = Path(folder, "content")
        (outcome,) = ingest(content, [dump], Stated(), SerialMapper())
        path = content / str(outcome.path)
        article, _ = frontmatter.parse_bytes(path.read_bytes(), "")
        assert article is not None
        parts = article.body.split("\n\n")
        for number, (place, change) in enumerate(changes):
            parts[place : place + (change == "drop")] = [f"Ours {number}."] * (change == "add")
        edited = frontmatter.with_body(path.read_text("utf-8"), text(parts))
        path.write_text(edited, "utf-8")
        archive(Path(folder), "clean --again")
        assert path.read_text("utf-8") == edited

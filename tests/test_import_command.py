"""``archive import`` as a person calls it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import pytest
from click.testing import CliRunner, Result

from archive_gen.cli import group
from archive_gen.cli.progress import line_for
from tests.archive_folder import ArchiveFolder

DUMPS = Path(__file__).resolve().parent / "fixtures" / "dumps"
DUMP = DUMPS / "courier-2017-bridge-pier-seven.txt"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.yaml").write_text("title: Test\n")
    return tmp_path


def archive(site: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(group, ["import", "--site", str(site), *map(str, arguments)])


def test_a_line_for_each_article_and_a_summary(site: Path) -> None:
    result = archive(site, *sorted(DUMPS.glob("*.txt")))
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == len(list(DUMPS.glob("*.txt")))
    assert "new" in result.stderr
    assert (
        site / "content/2017/06/bridge-put-back-two-years-as-pier-7-sinks-into-clay.md"
    ).is_file()


def test_json_lines(site: Path) -> None:
    result = archive(site, DUMP, "--json")
    (record,) = map(json.loads, result.stdout.splitlines())
    assert record == {
        "input": str(DUMP),
        "path": "2017/06/bridge-put-back-two-years-as-pier-7-sinks-into-clay.md",
        "status": "new",
        "title": "Bridge put back two years as pier 7 sinks into clay",
        "date": "2017-06-08",
        "source": "The Halvane Courier",
        "confidence": record["confidence"],
        "kept": 8,
        "dropped": record["dropped"],
        "problems": [],
        "left_out": "",
    }
    assert 0.5 < record["confidence"] <= 1


def test_options_say_what_the_text_does_not(site: Path) -> None:
    result = archive(
        site, DUMP, "--date", "2017-06", "--source", "Post", "--tag", "A", "--tag", "B, C",
        "--author", "Ann", "--place", "Here", "--language", "en-GB", "--url", "https://example.org/x",
    )  # fmt: skip
    assert result.exit_code == 0
    (path,) = site.glob("content/2017/06/*.md")
    front = path.read_text("utf-8").split("---")[1]
    for line in ("date: 2017-06\n", "source: Post\n", "- A\n- B, C\n", "- Ann\n", "place: Here\n"):
        assert line in front


@pytest.mark.parametrize(
    "option",
    [
        ["--date", "7 Oct"],
        ["--date", "2015-02-30"],
        ["--url", "javascript:1"],
        ["--language", "pt_BR"],
    ],
)
def test_wrong_options_end_before_anything_is_written(site: Path, option: list[str]) -> None:
    result = archive(site, DUMP, *option)
    assert result.exit_code == 2
    assert option[0] in result.stderr
    assert not (site / "content").exists()


def test_explain_tells_what_is_left_out(site: Path) -> None:
    draft = site / "draft.md"
    draft.write_text("---\ntitle: A\ndraft: true\n---\nNot yet.\n", "utf-8")
    result = archive(site, draft, "--explain")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Left out, as no articles or not public: drafts 1.\n"


def test_explain_shows_every_line_and_writes_nothing(site: Path) -> None:
    result = archive(site, DUMP, "--explain")
    assert result.exit_code == 0
    assert not (site / "content").exists()
    records = [
        json.loads(line) for line in archive(site, DUMP, "--explain", "--json").stdout.splitlines()
    ]
    assert [record["text"] for record in records] == DUMP.read_text("utf-8").split("\n")
    labelled = [record for record in records if record["label"]]
    assert all(record["reason"] in result.stdout for record in labelled)


def test_faults_are_lines_and_status_1(site: Path, tmp_path: Path) -> None:
    menu = tmp_path / "menu.txt"
    menu.write_text("Home\nNews\nLog in\n")
    result = archive(site, tmp_path / "none.txt", menu, DUMP)
    assert result.exit_code == 1
    assert "none.txt: there is no such file" in result.stderr
    assert "menu.txt: no story found" in result.stderr
    assert "Traceback" not in result.output
    assert sorted(line.split()[0] for line in result.stdout.splitlines()) == ["failed", "new"]


def test_doubtful_articles_are_named_at_the_end(site: Path, tmp_path: Path) -> None:
    thin = tmp_path / "thin.txt"
    thin.write_text(
        "A short note\n\nThe library will be closed on the first Monday of the month.\n"
    )
    result = archive(site, thin)
    *_, head, named, advice = result.stderr.splitlines()
    assert "look at" in head
    assert "thin.txt" in named
    assert "archive review" in advice


def test_text_can_not_steer_the_terminal(site: Path, tmp_path: Path) -> None:
    steer = "\x1b]0;x\x07\x9b2J"  # not all of it would be taken out where there is no terminal
    hostile, empty = tmp_path / f"hostile {steer}.txt", tmp_path / f"empty {steer}.txt"
    hostile.write_text(DUMP.read_text("utf-8").replace("Bridge put", f"Bridge {steer}put"), "utf-8")
    empty.touch()
    for arguments in ([hostile], [hostile, "--explain"], [empty]):
        told = archive(site, *arguments).output
        assert "2J" in told
        assert [c for c in told if not c.isprintable() and c != "\n"] == []


def test_patterns_in_quotes_and_standard_input(site: Path, tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "a.txt").write_bytes(DUMP.read_bytes())
    (tmp_path / "in" / "b.jpg").write_bytes(b"")
    (record,) = json_lines(archive(site, tmp_path / "in" / "**" / "*.*", "--json"))
    assert record["status"] == "new"
    assert "fits nothing" in archive(site, tmp_path / "*.txt").stderr
    others = [path for path in sorted(DUMP.parent.glob("*.txt")) if path != DUMP][:2]
    lines = "\n".join(json.dumps({"raw_text": path.read_text("utf-8")}) for path in others)
    result = CliRunner().invoke(group, ["import", "--site", str(site), "-", "--json"], input=lines)
    assert [record["input"] for record in json_lines(result)] == [
        "standard input#1",
        "standard input#2",
    ]
    assert {record["status"] for record in json_lines(result)} == {"new"}


def json_lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_doubtful_articles_are_a_short_list(site: Path, tmp_path: Path) -> None:
    for n in range(30):
        text = f"Note {n}\n\nThe library {n} is closed on the first Monday of month {n}.\n"
        (tmp_path / f"{n}.txt").write_text(text)
    result = archive(site, *tmp_path.glob("*.txt"))
    assert sum("(from " in line for line in result.stderr.splitlines()) == 20
    assert "10 more" in result.stderr


def test_many_problems_are_counted_by_kind_at_the_end(site: Path, tmp_path: Path) -> None:
    for n in range(9):
        (tmp_path / f"{n}.txt").touch()
        (tmp_path / f"menu {n}.txt").write_text(f"Home\nNews\nLog in {n}\n")
    result = archive(site, tmp_path)
    summary = result.stderr.partition("Imported: 18 failed.\n")[2].splitlines()
    assert summary[0].startswith("Problems")
    assert {line.split(", first in ")[0] for line in summary[1:]} == {
        "  9 × is empty",
        "  9 × no headline found",
        "  9 × no story found",
    }
    few = archive(site, tmp_path / "1.txt")
    assert "Problems" not in few.stderr


def test_what_was_imported_before_is_only_counted(site: Path, tmp_path: Path) -> None:
    archive(site, DUMP)
    others = [path for path in sorted(DUMPS.glob("*.txt")) if path != DUMP][:1]
    result = archive(site, DUMP, *others)
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["new"]
    assert "Imported: 1 new, 1 unchanged." in result.stderr
    assert json_lines(archive(site, DUMP, "--json"))[0]["status"] == "unchanged"


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signal")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_what_was_imported_stays_when_it_is_stopped_and_it_says_how_to_go_on(
    site: Path, tmp_path: Path, stop: signal.Signals
) -> None:
    (tmp_path / "in").mkdir()
    for n in range(300):
        text = DUMP.read_text("utf-8").replace("Bridge", f"Bridge {n}")
        (tmp_path / "in" / f"{n}.txt").write_text(text, "utf-8")
    command = [sys.executable, "-m", "archive_gen", "import", "--site", str(site), "--jobs", "2"]
    with subprocess.Popen(
        [*command, str(tmp_path / "in")], stdout=PIPE, stderr=PIPE, text=True
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.send_signal(stop)
        _, told = running.communicate()
    assert running.returncode == 130
    assert "The same command goes on from here" in told
    assert "Traceback" not in told
    imported = len(list(site.glob("content/**/*.md")))
    assert 0 < imported < 300
    assert not list(site.glob("content/**/.[0-9]*"))
    result = archive(site, tmp_path / "in", "--json")
    statuses = [record["status"] for record in json_lines(result)]
    assert (statuses.count("unchanged"), len(statuses)) == (imported, 300)


@pytest.mark.parametrize(
    ("done", "total", "seconds", "line"),
    [
        (1200, 20000, 4.0, "learning: 1,200 of 20,000, 300 a second, 1:03 left"),
        (1200, 0, 4.0, "learning: 1,200, 300 a second"),
        (1, 20, 4.0, "learning: 1 of 20, 1:16 left"),
        (0, 20, 0.0, "learning: 0 of 20"),
    ],
)
def test_progress_tells_rate_and_remaining_time(
    done: int, total: int, seconds: float, line: str
) -> None:
    assert line_for("learning", done, total, seconds) == line


def test_a_folder_that_was_deleted_costs_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    result = CliRunner().invoke(group, ["import", "page.txt"])
    assert result.exit_code == 2
    assert "no site.yaml" in result.stderr


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ([".."], "Passed over"),
        (["**/*"], "1 unchanged"),
        (["content", "public", "raw", "site.yaml"], "site.yaml: is a part of this archive"),
        (["content/*/*/*.md"], "content/*/*/*.md: is a part of this archive"),
        (["raw/../public/2017"], "is a part of this archive"),
    ],
)
def test_an_archive_does_not_import_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: list[str], told: str
) -> None:
    archive = ArchiveFolder(tmp_path / "archive")
    site = archive.path
    (site / "raw").mkdir()
    (site / "raw/bridge.txt").write_bytes(DUMP.read_bytes())
    monkeypatch.chdir(site)
    assert CliRunner().invoke(group, ["import", "raw"]).exit_code == 0
    archive.build()
    before = sorted(site.glob("content/**/*"))
    result = CliRunner().invoke(group, ["import", *named])
    assert told in result.stderr
    assert sorted(site.glob("content/**/*")) == before

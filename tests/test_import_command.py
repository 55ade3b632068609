"""``archive import`` as a person calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive_gen.cli import group

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
    assert "look at" in result.stderr.splitlines()[-2]
    assert "thin.txt" in result.stderr.splitlines()[-1]


def test_text_can_not_steer_the_terminal(site: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.txt"
    hostile.write_text(DUMP.read_text("utf-8").replace("Bridge put", "Bridge \x1b[2Jput"), "utf-8")
    for arguments in ([hostile], [hostile, "--explain"]):
        result = archive(site, *arguments)
        assert "\x1b[2J" not in result.output

"""Two people's files of one source, joined."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.cleaning.furniture import Counts
from archive_gen.cli import group
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.intake.sources.joining import join
from archive_gen.intake.sources.source_files import (
    Decision,
    Source,
    new_file,
    parse,
    with_counts,
    with_decision,
    with_links,
)
from archive_gen.parallel import SerialMapper
from tests.test_import_learning import DUMPS, REFRAIN, read_source

BASE = with_counts(new_file("Port Post"), Counts(10, 4, 0, Counter({"share": 9, "menu": 3})))
counts = st.builds(
    Counts,
    *[st.integers(0, 99)] * 3,
    *[st.dictionaries(st.sampled_from("abcd"), st.integers(1, 99)).map(Counter)] * 2,
)
_DECISIONS = st.sampled_from(["keep", "drop"])
decided = st.dictionaries(st.sampled_from(["One line", "Two lines"]), _DECISIONS)


def read(text: str) -> Source:
    source, problems = parse(text, "")
    assert source is not None, problems
    return source


def with_all(text: str, decisions: dict[str, Decision]) -> str:
    for line, decision in decisions.items():
        text = with_decision(text, line, decision)
    return text


def test_what_either_counted_adds_up_and_what_both_had_counts_once() -> None:
    ours = with_counts(BASE, Counts(12, 5, 0, Counter({"share": 11, "menu": 3, "mine": 2})))
    theirs = with_counts(BASE, Counts(15, 4, 1, Counter({"share": 14, "theirs": 4})))
    joined = read(join(BASE, ours, theirs)[0]).counts
    assert joined == Counts(17, 5, 1, Counter({"share": 16, "mine": 2, "theirs": 4}))
    assert join("", BASE, BASE)[0] != BASE, "with nothing in common all of it adds up"


def test_where_lines_stand_adds_up_too() -> None:
    lines = Counter({"share": 10})
    base, ours, theirs = (
        with_counts(BASE, Counts(10, 0, 0, lines, Counter({"share": below} if below else {})))
        for below in (0, 3, 4)
    )
    assert read(join(base, ours, theirs)[0]).counts.below == {"share": 7}
    assert read(join(theirs, theirs, base)[0]).counts.below == {}


def test_decisions_of_both_hold_and_those_taken_back_are_gone() -> None:
    base = with_decision(BASE, "Subscribe now", "drop")
    ours = with_decision("# Ana's note\n" + base, "Our writer says:", "keep")
    theirs = with_decision(BASE, "Weather by Lights Ltd", "drop")
    text, disputed = join(base, ours, theirs)
    joined = read(text)
    assert (joined.keep, joined.drop) == (("Our writer says:",), ("Weather by Lights Ltd",))
    assert text.startswith("# Ana's note\n")
    assert disputed == []


@pytest.mark.parametrize("ours", ["keep", "drop"])
@pytest.mark.parametrize("theirs", ["keep", "drop"])
@pytest.mark.parametrize("base", ["keep", "drop"])
def test_links_are_as_who_changed_them_last_decided(
    base: Decision, ours: Decision, theirs: Decision
) -> None:
    texts = [with_links(BASE, decision) for decision in (base, ours, theirs)]
    joined, disputed = join(*texts)
    assert read(joined).links == (theirs if theirs != base else ours)
    assert not disputed
    assert with_links(joined, "drop") == BASE


@pytest.mark.parametrize(("mine", "other"), [("keep", "drop"), ("drop", "keep")])
def test_a_disputed_line_is_kept_and_told(mine: Decision, other: Decision) -> None:
    ours, theirs = (with_decision(BASE, "A line", one) for one in (mine, other))
    text, disputed = join(BASE, ours, theirs)
    assert disputed == ["A line"]
    assert (read(text).keep, read(text).drop) == (("A line",), ())


@given(counts, counts, decided)
def test_a_side_that_did_nothing_takes_the_other(
    old: Counts, new: Counts, decisions: dict[str, Decision]
) -> None:
    base = with_counts(new_file("S"), old)
    other = with_all(with_counts(new_file("S"), new), decisions)
    for ours, theirs in ((base, other), (other, base), (other, other)):
        begun = other if ours == theirs else base
        text, disputed = join(begun, ours, theirs)
        assert disputed == []
        found, wanted = read(text), read(other)
        assert found.counts == wanted.counts
        assert (set(found.keep), set(found.drop)) == (set(wanted.keep), set(wanted.drop))


def test_what_can_not_be_read_is_one_line_and_ours_stays(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: T\n")
    for name, text in (("base", BASE), ("ours", BASE), ("theirs", "- no\n")):
        (tmp_path / name).write_text(text, "utf-8")
    files = [str(tmp_path / name) for name in ("base", "ours", "theirs")]
    result = CliRunner().invoke(group, ["sources", "--site", str(tmp_path), "merge", *files])
    assert result.exit_code == 1
    assert "their version can't be read" in result.stderr
    assert (tmp_path / "ours").read_text("utf-8") == BASE


def test_by_its_status_the_command_tells_of_a_disputed_line(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: T\n")
    kept, dropped = (with_decision(BASE, "A line", one) for one in ("keep", "drop"))
    for name, text in (("base", BASE), ("ours", kept), ("theirs", dropped)):
        (tmp_path / name).write_text(text, "utf-8")
    files = [str(tmp_path / name) for name in ("base", "ours", "theirs")]
    call = ["sources", "--site", str(tmp_path), "merge", *files]
    result = CliRunner().invoke(group, call)
    assert (result.exit_code, "one kept and one dropped 'A line'" in result.stderr) == (1, True)
    assert read((tmp_path / "ours").read_text("utf-8")).keep == ("A line",)
    (tmp_path / "theirs").write_text(BASE, "utf-8")
    assert CliRunner().invoke(group, call).exit_code == 0


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_joins_what_two_people_imported(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        call = ["git", "-c", "user.name=A", "-c", "user.email=a@a.example", *arguments]
        subprocess.run(call, cwd=site, check=True, capture_output=True)

    def learn(files: list[Path]) -> None:
        list(ingest(site / "content", files, Stated({"source": "Post"}), SerialMapper()))
        git("add", ".")
        git("commit", "-m", "imported")

    site = tmp_path / "site"
    site.mkdir()
    (site / "site.yaml").write_text("title: T\n")
    (site / ".gitignore").write_text(".archive/\n")
    (site / ".gitattributes").write_text("content/_sources/*.yaml merge=archive-sources\n")
    files = [tmp_path / dump.name for dump in DUMPS[:9]]
    for file, dump in zip(files, DUMPS, strict=False):
        file.write_text(f"{dump.read_text('utf-8')}\n\n{REFRAIN}\n", "utf-8")
    git("init", "-b", "main")
    driver = f"'{sys.executable}' -m archive_gen sources merge %O %A %B"
    git("config", "merge.archive-sources.driver", driver)
    learn(files[:4])
    git("checkout", "-b", "other")
    learn(files[4:7])
    git("checkout", "main")
    learn(files[7:])
    git("merge", "other")
    counts = read_source(site / "content", "post").counts
    assert counts.documents == 9
    assert 9 in counts.lines.values()
    assert not any(number > 9 for number in counts.lines.values())


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_clone_on_windows_has_the_same_originals(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        call = ["git", "-c", "user.name=A", "-c", "user.email=a@a.example", *arguments]
        subprocess.run(call, cwd=site, check=True, capture_output=True)

    site, clone = tmp_path / "site", tmp_path / "clone"
    site.mkdir()
    (site / "site.yaml").write_text("title: T\n")
    list(ingest(site / "content", DUMPS[:3], Stated({"source": "Post"}), SerialMapper()))
    git("init")
    git("add", ".")
    git("commit", "-m", "imported")
    git("clone", "--config", "core.autocrlf=true", str(site), str(clone))
    assert b"\r\n" in (clone / "site.yaml").read_bytes()
    result = CliRunner().invoke(group, ["check", "originals", "--site", str(clone)])
    assert result.exit_code == 0, result.output

"""``archive build`` and ``archive init`` as a person calls them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import archive_gen
from archive_gen.building.build import build as start_build
from archive_gen.building.current import Listed, report_if_current
from archive_gen.building.publish import FolderSink
from archive_gen.building.report import BuildReport
from archive_gen.cli import group
from archive_gen.config import load_config
from archive_gen.parallel import SerialMapper
from tests.archive_folder import ArchiveFolder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, [str(argument) for argument in arguments])


def build(archive: ArchiveFolder, *arguments: str) -> Result:
    with archive.compiled_once():
        return run("build", "--jobs", "1", "--site", archive.path, *arguments)


def test_a_build_says_what_it_did_and_where_the_site_is(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    result = build(archive)
    assert result.exit_code == 0
    assert result.stdout.startswith("1 article, ")
    assert "index.html" in result.stdout
    assert result.stderr == ""
    again = build(archive)
    assert " 0 rendered, 0 files written, 0 removed; 0 indexed, 0 taken" in again.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="names of files are no bytes there")
def test_names_of_files_are_read_alike_whatever_the_locale(archive: ArchiveFolder) -> None:
    archive.article("żółw.md")
    command = [sys.executable, "-m", "archive_gen", "build", "--site", archive.path]
    odd = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    with archive.compiled_once():
        result = subprocess.run(
            command, env=os.environ | odd, capture_output=True, text=True, check=False
        )
    assert (result.returncode, result.stderr) == (0, "")
    assert "undated/zolw/index.html" in archive.output()


def test_json_has_the_keys_that_it_promises(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    archive.write("b.md", "---\ntitle: [a, b]\n---\n")
    result = build(archive, "--json")
    report = json.loads(result.stdout)
    assert report.keys() == {
        "output",
        "articles",
        "drafts",
        "pages",
        "rendered",
        "written",
        "deleted",
        "indexed",
        "unindexed",
        "seconds",
        "peak_rss_mb",
        "peak_rss_parent_mb",
        "peak_rss_worker_mb",
        "problems",
        "notes",
        "changes",
        "rendered_by_kind",
    }
    assert report["seconds"]["total"] > 0
    assert report["peak_rss_mb"] > 0
    (problem,) = report["problems"]
    assert problem.keys() == {"path", "line", "message", "hint"}
    assert (problem["path"], problem["line"]) == ("content/b.md", 2)


def test_an_edit_that_hides_from_the_clock_is_found_when_asked_for(archive: ArchiveFolder) -> None:
    archive.article("a.md", summary="The same.", body="Old words.")
    path = archive.path / "content" / "a.md"
    os.utime(path, ns=(10**18, 10**18))
    build(archive)
    path.write_text(path.read_text("utf-8").replace("Old", "New"), "utf-8")
    os.utime(path, ns=(10**18, 10**18))
    assert " 0 rendered" in build(archive).stdout
    assert " 1 rendered" in build(archive, "--verify").stdout
    assert "New words." in archive.page("undated/a/index.html")
    assert " 0 rendered" in build(archive, "--verify").stdout


def test_nothing_to_do_is_found_without_loading_what_builds(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    os.utime(archive.path / "content" / "a.md", ns=(10**18, 10**18))
    build(archive)
    script = (
        "import sys; from archive_gen.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: print(sorted({'jinja2', 'yaml', 'whoosh'} & sys.modules.keys()))"
    )
    command = [sys.executable, "-c", script, "build", "--site", archive.path]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert " 0 rendered" in result.stdout
    assert result.stdout.splitlines()[-1] == "[]"


def test_a_profile_says_which_process_did_what_when(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    path = archive.path / "profile.json"
    for _ in range(2):
        build(archive, "--profile", str(path))
    assert json.loads(path.read_text("utf-8"))["traceEvents"][0]["name"] == "scan"
    archive.forget()
    build(archive, "--profile", str(path))
    events = json.loads(path.read_text("utf-8"))["traceEvents"]
    assert {"scan", "read", "load_files", "render", "render_groups"} <= {e["name"] for e in events}
    for event in events:
        assert event["ph"] == "X"
        assert event["ts"] >= 0
        assert event["dur"] >= 0


FAULTS = {
    "broken YAML": (b"---\ntitle: A\nplace: [Moscow\n---\n", 3),
    "open quotes": (b'---\ntitle: A\nplace: "Moscow\nsource: B\n---\n', 3),
    "wrong type": (b"---\ntitle: A\nauthors: {name: Ann}\n---\n", 3),
    "impossible date": (b"---\ntitle: A\n# a note\ndate: 2015-02-30\n---\n", 4),
    "no date at all": (b"---\ntitle: A\ndate: last week\n---\n", 3),
    "no title": (b"---\nplace: Moscow\n---\n", 2),
    "no front matter": (b"Just words.\n", 1),
    "front matter without end": (b"---\ntitle: A\n", 1),
    "not UTF-8": (b"---\ntitle: A\n---\nGood line.\nBad \xff\xfe line.\n", 5),
    "key twice": (b"---\ntitle: A\ntitle: B\n---\n", 3),
    "hostile address": (b"---\ntitle: A\nurl: javascript:alert(1)\n---\n", 3),
    "a Python object": (b"---\ntitle: A\nx: !!python/object/apply:os.system [id]\n---\n", 3),
    "an endless alias": (b"---\ntitle: A\nx: &x [*x]\n---\n", 3),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_line_and_the_rest_is_built(archive: ArchiveFolder, fault: str) -> None:
    data, line = FAULTS[fault]
    archive.article("good.md")
    (archive.path / "content" / "bad.md").write_bytes(data)
    result = build(archive)
    assert result.exit_code == 1
    (message,) = result.stderr.splitlines()
    assert message.startswith(f"content/bad.md:{line}: "), message
    assert " — " in message
    assert "undated/good/index.html" in archive.output()
    assert "Traceback" not in result.output


def test_a_strict_build_publishes_nothing_while_something_is_wrong(archive: ArchiveFolder) -> None:
    archive.article("good.md")
    assert build(archive, "--strict").exit_code == 0
    before = archive.output()
    archive.article("new.md")
    archive.write("bad.md", "---\ntitle: A\ndate: 2015-02-30\n---\n")
    for _ in range(2):
        result = build(archive, "--strict")
        assert result.exit_code == 1
        assert result.stderr.startswith("content/bad.md:3: ")
        assert archive.output() == before
    archive.delete("bad.md")
    assert build(archive, "--strict").exit_code == 0
    assert "undated/new/index.html" in archive.output()


def test_it_explains_what_changed_and_what_was_rendered_for_it(archive: ArchiveFolder) -> None:
    archive.article("a.md", date="2015-10-07", tags="[X]")
    archive.article("b.md", date="2015-10-08")
    assert "the output folder" in build(archive, "--explain-changes").stdout
    archive.article("a.md", date="2015-10-07", tags="[X]", summary="S", body="New.")
    archive.delete("b.md")
    lines = build(archive, "--explain-changes").stdout.splitlines()
    assert "changed  content/a.md" in lines
    assert "deleted  content/b.md" in lines
    (rendered,) = [line for line in lines if line.startswith("rendered: ")]
    assert "1 article" in rendered
    assert "1 home" in rendered
    assert "rendered: nothing" in build(archive, "--explain-changes").stdout


def test_settings_faults_are_told_at_once(archive: ArchiveFolder) -> None:
    archive.settings("titel: My archive\npage_size: many\nbase_url: example.org\n")
    result = build(archive)
    assert result.exit_code == 2
    lines = result.stderr.splitlines()
    assert "site.yaml:1: unknown setting 'titel' — did you mean 'title'?" in lines
    assert any(line.startswith("site.yaml:2: 'page_size'") for line in lines)
    assert any(line.startswith("site.yaml:3: 'base_url'") for line in lines)
    assert not (archive.path / "public").exists()


def test_outside_an_archive_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("build")
    assert result.exit_code == 2
    assert "no site.yaml" in result.stderr
    assert "archive init" in result.stderr


def test_without_the_folder_of_articles_the_site_stays_as_it_is(archive: ArchiveFolder) -> None:
    archive.article("a.md", date="2015")
    build(archive)
    before = archive.output()
    content = archive.path / "content"
    content.rename(archive.path / "elsewhere")
    result = build(archive)
    assert (result.exit_code, archive.output()) == (2, before)
    assert result.stderr.startswith("content: there is no such folder — bring it back")
    content.write_text("a file")
    result = build(archive)
    assert (result.exit_code, result.stderr.count("\n"), archive.output()) == (1, 1, before)
    assert "move this file away" in result.stderr


def test_where_the_disk_of_the_articles_is_missing_the_site_stays_as_it_is(
    archive: ArchiveFolder,
) -> None:
    """An empty folder is what is left of one that another disk was to be in the place of."""
    archive.article("a.md", date="2015")
    build(archive)
    before = archive.output()
    archive.delete("a.md")
    result = build(archive)
    assert (result.exit_code, archive.output()) == (2, before)
    assert result.stderr.startswith("content: there is nothing in it, and the last build found")
    archive.forget()
    assert build(archive).exit_code == 0
    assert "2015/a/index.html" not in archive.output()


def test_messages_cannot_steer_a_terminal(archive: ArchiveFolder) -> None:
    archive.write("\x9b31mred.md", "nothing\n")
    told = build(archive).stderr
    assert "\ufffd31mred.md" in told
    assert "\x9b" not in told


def test_a_new_archive_builds_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    title = "Ours: \"the 'Courier'\""
    assert run("init", folder, "--title", title, "--language", "ru").exit_code == 0
    result = run("build", "--site", folder, "--jobs", "1")
    assert (result.exit_code, result.stderr) == (0, "")
    home = (folder / "public" / "index.html").read_text("utf-8")
    assert '<html lang="ru"' in home
    assert "&#34;the &#39;Courier&#39;&#34;" in home
    again = run("init", folder)
    assert again.exit_code == 2
    assert "already" in again.stderr


@pytest.mark.parametrize("name", ["biuld", "serch"])
def test_a_mistyped_command_gets_a_hint(name: str) -> None:
    result = run(name)
    assert result.exit_code == 2
    assert "did you mean" in result.stderr


def test_a_mistyped_command_below_another_gets_a_hint() -> None:
    for group_name, name, meant in (("sources", "shwo", "show"), ("tags", "acept", "accept")):
        result = run(group_name, name)
        assert result.exit_code == 2
        assert f"there is no command '{name}'; did you mean '{meant}'?" in result.stderr


def test_an_archive_has_a_title(tmp_path: Path) -> None:
    result = run("init", tmp_path / "new", "--title", " ")
    assert (result.exit_code, "is empty: write a name" in result.stderr) == (2, True)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("written", "told"),
    [("x", "'x' is not a valid number."), ("0", "0 is not in the range 1 to 256.")],
)
def test_a_number_that_is_none_or_too_small_is_told_in_words(written: str, told: str) -> None:
    result = run("build", "--jobs", written)
    assert (result.exit_code, told in result.stderr) == (2, True)
    assert "--jobs NUMBER" in run("build", "--help").stdout


def test_files_that_were_listed_before_another_build_are_listed_again(
    archive: ArchiveFolder,
) -> None:
    archive.article("a.md")
    archive.build()
    archive.article("b.md")
    listed = report_if_current(archive.path)
    assert isinstance(listed, Listed)
    archive.article("c.md")
    archive.build()
    config = load_config(archive.path)
    sink = FolderSink(archive.path / config.output)
    report = start_build(archive.path, config, mapper=SerialMapper(), sink=sink, listed=listed)
    assert report.deleted == 0
    assert "undated/c/index.html" in archive.output()


def test_files_that_were_listed_for_a_first_build_are_listed_again_after_another(
    archive: ArchiveFolder,
) -> None:
    archive.article("a.md")
    loaded: list[str] = []
    listed = report_if_current(archive.path, 2, on_first=lambda: loaded.append("all"))
    assert isinstance(listed, Listed)
    assert loaded == ["all"]
    archive.build()
    archive.article("b.md")
    config = load_config(archive.path)
    sink = FolderSink(archive.path / config.output)
    start_build(archive.path, config, mapper=SerialMapper(), sink=sink, listed=listed)
    assert {"undated/a/index.html", "undated/b/index.html"} <= archive.output().keys()


_PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff2c00000000010001000002024401003b")
_CHANGES: dict[str, Callable[[ArchiveFolder], object]] = {
    "a first build": lambda a: [a.article(f"{folder}/a.md") for folder in ("x/y", "z")],
    "a new article": lambda a: a.article("x/b.md", date="2015-10-07"),
    "a changed one": lambda a: a.article("x/b.md", date="2015-10-08"),
    "one with a fault": lambda a: a.write("x/c.md", "nothing"),
    "a picture": lambda a: (a.path / "content/x/y/p.gif").write_bytes(_PIXEL),
    "none any more": lambda a: a.write("x/y/p.gif", "nothing"),
    "a folder without files": lambda a: a.delete("z/a.md"),
    "a folder that is gone": lambda a: shutil.rmtree(a.path / "content/x/y"),
    "a folder of another name": lambda a: (a.path / "content/x").rename(a.path / "content/z/x"),
    "settings": lambda a: a.settings("title: Another\nlanguage: de\n"),
    "a template": lambda a: a.template("article.html", "{{ article.title }}"),
    "no site": lambda a: shutil.rmtree(a.path / "public"),
    "no index": lambda a: shutil.rmtree(a.path / ".archive/search"),
}


def test_whatever_changed_there_is_something_to_do_until_it_is_built(
    archive: ArchiveFolder,
) -> None:
    archive.bare_templates()
    for number, (name, change) in enumerate(_CHANGES.items()):
        change(archive)
        for file in archive.path.glob("content/**/*.*"):
            if file.stat().st_mtime_ns > 10**18 + 99:  # written just now
                os.utime(file, ns=(number, 10**18 + number))
        assert not isinstance(report_if_current(archive.path), BuildReport), name
        built = archive.build()
        found = report_if_current(archive.path)
        assert isinstance(found, BuildReport), name
        told = ("output", "articles", "pages", "problems")
        assert [getattr(found, it) for it in told] == [getattr(built, it) for it in told], name


def test_the_time_of_listing_is_told(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    config = load_config(archive.path)
    sink = FolderSink(archive.path / config.output)
    listed = Listed({}, "another build's", seconds=50.0)
    report = start_build(archive.path, config, mapper=SerialMapper(), sink=sink, listed=listed)
    assert report.seconds["scan"] > 50
    assert report.seconds["total"] > report.seconds["scan"]


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signal")
def test_a_build_that_is_stopped_has_a_status_of_its_own(archive: ArchiveFolder) -> None:
    for number in range(2_000):
        archive.article(f"{number}.md", "Words of an article. " * 40, tags="[a, b, c]")
    command = [sys.executable, "-m", "archive_gen", "build", "--site", str(archive.path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        end = time.monotonic() + 120
        while not (archive.path / ".public.staging").exists() and time.monotonic() < end:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=120)
    assert (process.returncode, told) == (130, "Stopped.\n")
    assert not (archive.path / "public").exists()
    assert build(archive).exit_code == 0


def test_init_refuses_a_language_that_no_settings_may_have(tmp_path: Path) -> None:
    result = run("init", tmp_path / "new", "--language", "english")
    assert result.exit_code == 2
    assert "write a tag like en" in result.stderr
    assert not (tmp_path / "new").exists()


_NEW_MARKDOWN = """
_as_it_was = to_html


def to_html(text: str) -> str:
    return _as_it_was(text) + "<p>Made by another program.</p>"
"""
_BUILD = [sys.executable, "-m", "archive_gen", "build", "--jobs", "1", "--json"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_a_low_limit_of_open_files_is_raised(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    limited = ["sh", "-c", 'ulimit -Sn 16 && exec "$@"', "sh"]
    command = [*limited, *_BUILD, "--site", str(archive.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["indexed"] == 1


def test_another_program_makes_every_page_anew(archive: ArchiveFolder, tmp_path: Path) -> None:
    program = tmp_path / "program"
    package = Path(archive_gen.__file__).parent
    shutil.copytree(package, program / "archive_gen", ignore=shutil.ignore_patterns("*.pyc"))
    archive.article("a.md", body="The first text.")

    def built() -> dict[str, int]:
        environment = os.environ | {"PYTHONPATH": str(program)}
        done = subprocess.run(
            [*_BUILD, "--site", str(archive.path)],
            env=environment,
            cwd=program,
            check=True,
            capture_output=True,
        )
        report: dict[str, int] = json.loads(done.stdout)
        return report

    assert built()["rendered"] > 0
    assert built()["rendered"] == 0
    with (program / "archive_gen" / "markup.py").open("a") as file:
        file.write(_NEW_MARKDOWN)
    report = built()
    assert report["rendered"] == report["pages"]
    assert "Made by another program." in archive.page("undated/a/index.html")
    assert report["written"] < report["pages"]  # those that look as before stay as they are


def version_with(path: Path) -> bytes:
    asked = "from archive_gen.program import program_version; print(program_version())"
    environment = os.environ | {"PYTHONPATH": str(path)}
    return subprocess.check_output([sys.executable, "-c", asked], env=environment, cwd=path)


def test_another_sanitiser_makes_another_program(tmp_path: Path) -> None:
    as_installed = version_with(tmp_path)
    (tmp_path / "nh3.py").write_text("newer = 1\n")
    newer = version_with(tmp_path)
    assert newer != as_installed
    (tmp_path / "nh3.py").write_text("newer = 22\n")
    newest = version_with(tmp_path)
    assert newest not in {as_installed, newer}
    (tmp_path / "unknown.py").write_text("")
    assert version_with(tmp_path) == newest


def test_a_program_that_is_installed_is_known_by_what_its_installer_noted(tmp_path: Path) -> None:
    shutil.copytree(Path(archive_gen.__file__).parent, tmp_path / "archive_gen")
    note = tmp_path / f"archive_gen-{archive_gen.__version__}.dist-info/RECORD"
    note.parent.mkdir()
    note.write_text("archive_gen/markup.py,sha256=abc,10\narchive_gen/markup.pyc,,\n")
    noted = version_with(tmp_path)
    # Another machine has it from another day, and compiles it for another Python.
    os.utime(tmp_path / "archive_gen/markup.py", ns=(1, 1))
    note.write_text("archive_gen/markup-313.pyc,,\narchive_gen/markup.py,sha256=abc,10\n")
    assert version_with(tmp_path) == noted
    note.write_text("archive_gen/markup.py,sha256=abd,10\n")
    assert version_with(tmp_path) != noted
    note.write_text("archive_gen/markup.py,sha256=abc,10\n")
    (tmp_path / "nh3-0.3.0.dist-info").mkdir()
    older = version_with(tmp_path)
    assert older != noted
    (tmp_path / "nh3-0.3.0.dist-info").rename(tmp_path / "nh3-0.4.0.dist-info")
    assert version_with(tmp_path) not in {noted, older}

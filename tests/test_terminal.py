"""Commands on a terminal: keys typed, colours, progress, and signals that end them."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE

import pytest

from archive_gen.cli import main
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.parallel import SerialMapper
from tests.archive_folder import ArchiveFolder
from tests.terminal import Terminal
from tests.test_import_learning import REFRAIN, learned_late, pages, tree
from tests.test_reclean import archive, records

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminals")

DUMP = Path(__file__).resolve().parent / "fixtures/dumps/courier-2017-bridge-pier-seven.txt"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
PROMPT = "quit > "
ARCHIVE = (sys.executable, "-m", "archive_gen")
STOPS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return learned_late(tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for commands that change nothing."""
    site = learned_late(tmp_path_factory.mktemp("built"))
    assert ArchiveFolder(site).build().problems == []
    return site


def number_of(shown: str, text: str) -> str:
    """The number in front of the line on the screen that holds ``text``."""
    lines = (COLOUR.sub("", line) for line in shown.splitlines())
    return next(line.split()[0] for line in lines if text in line)


def reviewing(site: Path, path: Path, editor: str = "false") -> Terminal:
    return Terminal("review", path, "--site", site, editor=editor)


def test_lines_are_dropped_and_kept_by_typing(site: Path) -> None:
    path = next(p for p in site.glob("content/undated/*.md") if REFRAIN in p.read_text("utf-8"))
    terminal = reviewing(site, path)
    shown = terminal.until(PROMPT)
    shared, own = number_of(shown, REFRAIN[:40]), number_of(shown, "with 2 goats")
    terminal.type(f"drop {shared}\n")
    assert "Dropped wherever Post repeats it (6 documents)" in terminal.until(PROMPT)
    assert REFRAIN not in path.read_text("utf-8")
    terminal.type(f"d{own}\n")
    assert "Dropped in this article" in terminal.until(PROMPT)
    assert "with 2 goats" not in path.read_text("utf-8")
    terminal.type(f"k {own}\n")
    assert "Kept in this article" in terminal.until(PROMPT)
    assert "with 2 goats" in path.read_text("utf-8")
    terminal.type("accept\n")
    assert terminal.end() == 0
    assert "Accepted 1 of 1" in terminal.shown
    assert records(archive(site, "review --json --below 1"))[0]["path"] != f"undated/{path.name}"
    assert f"undated/{path.name}" not in archive(site, "review --json --below 1").stdout


def test_an_article_is_edited_in_the_editor_and_stays_so(site: Path) -> None:
    path = next(iter(site.glob("content/undated/*.md")))
    editor = site / "my editor.sh"
    change = 'sed -i "s/^title: .*/title: By hand/" "$1"'
    editor.write_text(f'#!/bin/sh\n{change}\necho Added. >> "$1"\n')
    editor.chmod(0o755)
    terminal = reviewing(site, path, editor=f"'{editor}'")
    terminal.until(PROMPT)
    terminal.type("e\n")
    terminal.until(PROMPT)
    terminal.type("quit\n")
    assert terminal.end() == 0
    assert "Accepted 0 of 1" in terminal.shown
    archive(site, "clean --again")
    text = path.read_text("utf-8")
    assert "title: By hand\n" in text
    assert text.endswith("Added.\n")


@pytest.mark.parametrize("editor", ["false", "no-such-editor"])
def test_review_outlives_rubbish_and_a_failing_editor(site: Path, editor: str) -> None:
    before = {path: path.read_bytes() for path in site.glob("content/undated/*.md")}
    terminal = Terminal("review", "--below", "1", "--site", site, editor=editor)
    assert COLOUR.search(terminal.until(PROMPT))
    for answer in ("\x1b[A", "keep", "drop 99999999999999", "\u0663", "edit"):
        terminal.type(f"{answer}\n")
        assert "Traceback" not in terminal.until(PROMPT)
    terminal.type("skip\n")
    assert "(2 of" in terminal.until(PROMPT)
    terminal.type("\x03")
    assert terminal.end() == 130
    assert "Traceback" not in terminal.shown
    assert {path: path.read_bytes() for path in before} == before


@pytest.fixture(params=STOPS)
def stop(request: pytest.FixtureRequest) -> Iterator[signal.Signals]:
    """A signal that ends a command. Whoever runs the tests may ignore it, as 'nohup' does, and what
    begins here would, too."""
    before = signal.signal(request.param, signal.SIG_DFL)
    yield request.param
    signal.signal(request.param, before)


def test_a_signal_ends_a_review_and_what_was_decided_stays(
    site: Path, stop: signal.Signals
) -> None:
    path = next(p for p in site.glob("content/undated/*.md") if REFRAIN in p.read_text("utf-8"))
    terminal = reviewing(site, path)
    terminal.type(f"drop {number_of(terminal.until(PROMPT), REFRAIN[:40])}\n")
    terminal.until(PROMPT)
    os.kill(terminal.process, stop)
    assert terminal.end() == 130
    assert "What you decided stays" in terminal.shown
    assert "Traceback" not in terminal.shown
    assert REFRAIN not in path.read_text("utf-8")


@pytest.mark.parametrize(("stop", "jobs"), [(signal.SIGTERM, "1"), (signal.SIGINT, "2")])
def test_a_signal_ends_a_cleaning_and_the_next_one_does_the_rest(
    tmp_path: Path, stop: signal.Signals, jobs: str
) -> None:
    (tmp_path / "site.yaml").write_text("title: Test\ntags: {Goats: [goats]}\n")
    list(ingest(tmp_path / "content", pages(tmp_path / "in", 80), Stated(), SerialMapper()))
    call = [sys.executable, "-m", "archive_gen", "clean", "--again", "--site", str(tmp_path)]
    with subprocess.Popen([*call, "--jobs", jobs], stdout=PIPE, stderr=PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline().startswith("updated")
        running.send_signal(stop)
        _, told = running.communicate()
    assert running.returncode == 130
    assert re.search(r"^Cleaned: \d+ updated", told, re.MULTILINE)
    assert "The same command cleans the rest" in told
    assert "Traceback" not in told
    assert not list(tmp_path.glob("content/**/.[0-9]*"))
    result = archive(tmp_path, "clean --again --json")
    updated = sum(record["status"] == "updated" for record in records(result))
    assert (result.exit_code, updated) != (0, 0)
    texts = [path.read_text("utf-8") for path in tmp_path.glob("content/undated/*.md")]
    assert len(texts) == 80
    assert all("tags:\n- Goats\n" in text for text in texts)


def test_a_signal_ends_a_build_and_leaves_nothing_of_it(
    tmp_path: Path, stop: signal.Signals
) -> None:
    """Also that of a system that shuts down, and of a terminal that is closed."""
    folder = ArchiveFolder(tmp_path / "site")
    for number in range(400):
        folder.article(f"2015/{number}.md", date="2015-10-07")
    call = [sys.executable, "-m", "archive_gen", "build", "--jobs", "2", "--site"]
    staging = folder.path / ".public.staging"
    with subprocess.Popen([*call, str(folder.path)], stdout=PIPE, stderr=PIPE, text=True) as run:
        while run.poll() is None and not staging.exists():
            time.sleep(0.01)
        run.send_signal(stop)
        _, told = run.communicate()
    assert (run.returncode, told) == (130, "Stopped.\n")
    assert not staging.exists()
    assert not (folder.path / ".archive/kept").exists()


def test_a_list_of_doubts_opens_no_article_and_no_record_twice(site: Path) -> None:
    first = archive(site, "review --list --below 1").stdout
    number = len(first.splitlines())
    assert number > 1
    opened: list[str] = []
    content = str(site / "content")

    def note(event: str, arguments: tuple[object, ...]) -> None:
        path = Path(str(arguments[0])) if event == "open" else None
        if path and path.is_relative_to(content) and not path.is_dir():  # folders are listed
            opened.append(str(path))

    sys.addaudithook(note)
    assert archive(site, "review --list --below 1").stdout == first
    assert opened == []
    path = site / "content" / records(archive(site, "review --json --below 1"))[0]["path"]
    archive(site, "review", path, text="accept\n")
    opened.clear()
    assert len(archive(site, "review --list --below 1").stdout.splitlines()) == number - 1
    assert [Path(name).suffix for name in opened] == [".json"], "the record that changed alone"


@pytest.mark.parametrize("damage", ["rubbish", "gone"])
def test_what_is_known_of_doubts_may_be_lost(site: Path, damage: str) -> None:
    first = archive(site, "review --list --below 1").stdout
    known = site / ".archive/doubts.sqlite"
    known.write_bytes(b"rubbish" * 999) if damage == "rubbish" else known.unlink()
    assert archive(site, "review --list --below 1").stdout == first


# --- progress of commands that look at all of an archive ----


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        ("names", "reading: 1 of "),
        ("tags", "reading: 1 of "),
        ("tags suggest", "reading: 1 of "),
        ("tags rename Nowhere Here", "reading: 1 of "),
        ("check links", "checking links …"),
        ("export --bagit {new}", "copying: 1 of "),
    ],
)
def test_what_looks_at_all_articles_says_how_far_it_is(
    built: Path, tmp_path: Path, call: str, shown: str
) -> None:
    terminal = Terminal(*call.format(new=tmp_path / "bag").split(), "--site", built)
    assert terminal.end() == 0
    assert f"\r\x1b[K{shown}" in terminal.shown
    result = archive(built, call.format(new=tmp_path / "second"))
    assert result.stderr.count("\r") == 0, "nobody sees it"


def test_a_redaction_says_what_it_does(site: Path) -> None:
    path = min(site.glob("content/undated/*.md"))
    reason = ("--reason", "Privacy", "--yes")
    terminal = Terminal("redact", path, *reason, "--site", site)
    assert terminal.end() == 1, "the page that was imported lies there, too"
    phases = re.findall(r"\r\x1b\[K([a-z ]+) …", terminal.shown)
    assert {"read", "render", "searching what is left"} <= set(phases)


@pytest.mark.parametrize(("file", "call"), [("doubts", "review --list"), ("imports", "import in")])
def test_what_is_known_no_more_is_read_while_one_sees_how_far(
    site: Path, monkeypatch: pytest.MonkeyPatch, file: str, call: str
) -> None:
    monkeypatch.chdir(site)
    archive(site, "review --list")
    (site / f".archive/{file}.sqlite").unlink()
    terminal = Terminal(*call.split())
    assert terminal.end() == 0
    assert "\r\x1b[Kreading: 1 of " in terminal.shown


def test_a_check_that_needs_no_article_opens_none(built: Path) -> None:
    opened: list[str] = []

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and str(arguments[0]).endswith(".md"):
            opened.append(str(arguments[0]))

    sys.addaudithook(note)
    assert archive(built, "check sources").exit_code == 0
    assert opened == []


# --- import -------------------------------------------------------------------------------------


def test_progress_tells_rate_and_remaining_time_on_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: Test\n")
    pages(tmp_path / "in", 150)
    terminal = Terminal("import", tmp_path / "in", "--jobs", "1", "--site", tmp_path)
    assert terminal.end() == 0
    step = r"\r\x1b\[K(\w+): ([\d,]+) of 150, [\d,]+ a second, (\d+:\d\d) left"
    steps = re.findall(step, terminal.shown)
    assert {phase for phase, _, _ in steps} >= {"cleaning"}
    counts = [int(done) for phase, done, _ in steps if phase == "cleaning"]
    assert counts == sorted(counts)
    # Each line of a result begins where the progress was wiped away.
    plain = re.split(r"\r\x1b\[K|\r?\n", terminal.shown)
    assert sum(line.startswith("new ") for line in plain) == 150


def test_no_progress_is_told_where_nobody_looks(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: Test\n")
    pages(tmp_path / "in", 30)
    call = [sys.executable, "-m", "archive_gen", "import", tmp_path / "in", "--site", tmp_path]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    assert "\x1b" not in done.stdout + done.stderr
    assert "a second" not in done.stderr


def test_an_explanation_is_in_colour_on_a_terminal_and_plain_in_a_pipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    (tmp_path / "site.yaml").write_text("title: Test\n")
    arguments = ["import", DUMP, "--explain", "--site", tmp_path]
    terminal = Terminal(*arguments)
    assert terminal.end() == 0
    call = [sys.executable, "-m", "archive_gen", *arguments]
    # Given, not inherited: the library that reads lines sets COLUMNS behind Python's back.
    given = dict(os.environ)
    piped = subprocess.run(call, capture_output=True, text=True, check=True, env=given).stdout
    assert COLOUR.sub("", terminal.shown).replace("\r\n", "\n") == piped
    assert "\x1b" not in piped
    colours: dict[str, set[str]] = {}
    for colour, word in re.findall(r"\x1b\[(\d+)m +\d+  (keep|drop)", terminal.shown):
        colours.setdefault(word, set()).add(colour)
    assert colours["drop"] == {"31"}, "what is dropped is red, and nothing else"
    assert "32" in colours["keep"]
    assert "31" not in colours["keep"]
    found = subprocess.run([*call, "--json"], capture_output=True, text=True, check=True).stdout
    lines = [json.loads(line) for line in found.splitlines()]
    raw = DUMP.read_text("utf-8").split("\n")
    assert [(line["line"], line["text"]) for line in lines] == list(enumerate(raw, start=1))
    for line in lines:
        assert set(line) == {"input", "line", "label", "confidence", "reason", "text"}
        assert (line["label"] is None) == (not line["reason"])
        assert 0 <= line["confidence"] <= 1
    assert not list((tmp_path).glob("content/**/*.md"))
    assert tree(tmp_path / "content") == {}


def test_a_line_is_shown_as_far_as_the_terminal_is_wide(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: Test\n")
    page = tmp_path / "page.txt"
    page.write_text(
        f"The bridge\n\n{'The bridge is shut. ' * 20}\n\n{'橋は閉鎖された。' * 40}\n", "utf-8"
    )
    for columns in (60, 97, 200):
        terminal = Terminal("import", page, "--explain", "--site", tmp_path, columns=columns)
        assert terminal.end() == 0
        shown = COLOUR.sub("", terminal.shown).splitlines()
        (latin,) = (line for line in shown if "The bridge is shut" in line)
        (wide,) = (line for line in shown if "橋は" in line)
        assert len(latin) == columns
        signs = wide.count("…") + sum(map(str.isascii, wide))
        assert columns - 1 <= signs + 2 * (len(wide) - signs) <= columns
        assert latin[-1] == wide[-1] == "…"


def test_a_text_can_be_pasted(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: Test\n")
    terminal = Terminal("import", "-", "--site", tmp_path)
    terminal.until("Paste the text, and end it with Ctrl-D")
    terminal.type("Ferry sails again\n\nThe ferry to the island sails again, he said.\n\x04")
    terminal.end()
    assert "Imported: 1 new" in terminal.shown


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_hits_are_links_and_in_colour_unless_one_wants_none(
    built: Path, variables: dict[str, str]
) -> None:
    coloured = Terminal("search", "ferry", "--site", built)
    plain = Terminal("search", "ferry", "--site", built, variables=variables)
    assert coloured.end() == plain.end() == 0
    assert "\x1b]8;;file://" in coloured.shown
    assert "\x1b[33m" in coloured.shown
    assert "ferry" in plain.shown
    assert "\x1b" not in plain.shown


def test_other_programs_read_utf8_whatever_a_terminal_can_show(built: Path) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    call = [*ARCHIVE, "search", "--json", "港口"]
    done = subprocess.run(call, cwd=built, capture_output=True, check=True, env=env)
    assert json.loads(done.stdout.decode("utf-8"))["query"] == "港口"
    terminal = Terminal("search", "港口 ferry", "--site", built, variables=env)
    assert terminal.end() == 0
    assert "No article has ????. Searched: ferry" in terminal.shown


def test_an_argument_that_is_no_text_is_the_name_of_a_file_or_refused(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = "caf\udce9"  # as Python has bytes that are no UTF-8
    new = site / "new"
    for arguments in (
        ("init", new, "--title", odd),
        ("import", new, f"--source={odd}"),
        ("serve", "--site", site, "--host", odd),
    ):
        with pytest.raises(SystemExit) as ended:
            main([*map(str, arguments)])
        assert ended.value.code == 2
        assert "is neither text nor a file" in capsys.readouterr().err
    assert not new.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems want names that are text")
def test_a_file_whose_name_is_no_text_is_read(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = site / "caf\udce9.txt"
    file.write_text("Ferry sails again\n\nThe ferry sails again, he said.\n")
    for named in (file, site / "caf\udce9*"):
        with pytest.raises(SystemExit) as ended:
            main(["import", str(named), "--explain", "--site", str(site)])
        assert ended.value.code == 0
        assert "Ferry sails again" in capsys.readouterr().out
    bag = site / "caf\udce9" / "bag"
    bag.parent.mkdir()
    with pytest.raises(SystemExit) as ended:
        main(["export", f"--bagit={bag}", "--site", str(site)])
    assert (ended.value.code, (bag / "bagit.txt").exists()) == (0, True)


@pytest.mark.parametrize("command", ["review", "redact --reason x"])
def test_what_is_typed_in_another_encoding_is_no_answer(site: Path, command: str) -> None:
    path = next(iter(site.glob("content/undated/*.md")))
    before = path.read_bytes()
    env = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    call = [*ARCHIVE, *command.split(), str(path)]
    done = subprocess.run(call, cwd=site, capture_output=True, env=env, input=b"caf\xe9\n")
    assert b"Traceback" not in done.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", ["search ferry", "check", "review", "import -", "--help"])
def test_streams_that_a_shell_has_closed_lead_nowhere(
    built: Path, command: str, closed: str
) -> None:
    call = f"{' '.join(map(shlex.quote, ARCHIVE))} {command} {closed}"
    done = subprocess.run(["sh", "-c", call], cwd=built, capture_output=True, text=True, input="")
    assert "Traceback" not in done.stdout + done.stderr
    nothing_to_import = command == "import -"
    assert done.returncode == nothing_to_import


def test_ctrl_c_while_a_command_is_loaded_stops_it_like_any_other(tmp_path: Path) -> None:
    loading = (
        "import os, signal, sys\n"
        "class Late:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'archive_gen.intake.ingest':\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Late())\n"
        "from archive_gen.cli import main\n"
        "main(['import', 'x.txt'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", loading], cwd=tmp_path, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (130, "Stopped.\n")


def test_an_import_of_which_nobody_reads_on_says_that_it_is_not_done(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: Test\n")
    for number in range(400):
        (tmp_path / f"{number}.txt").write_text(
            f"Story {number}\n\nThe ferry sank, he said {number}."
        )
    with subprocess.Popen(
        [*ARCHIVE, "import", "*.txt"], cwd=tmp_path, stdout=PIPE, stderr=PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith("new")
        process.stdout.close()
        told = process.stderr.read()
    assert process.returncode == 130
    assert "Stopped, as nobody reads its output any more. The same command goes on" in told
    assert "Traceback" not in told
    again = subprocess.run([*ARCHIVE, "import", "*.txt"], cwd=tmp_path, capture_output=True)
    assert len(list(tmp_path.glob("content/undated/*.md"))) == 400
    assert again.returncode in (0, 1)


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_help_on_a_full_disk_is_a_line(tmp_path: Path, unbuffered: str) -> None:
    call = f"{' '.join(map(shlex.quote, ARCHIVE))} --help > /dev/full"
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    done = subprocess.run(["sh", "-c", call], cwd=tmp_path, capture_output=True, text=True, env=env)
    assert (done.returncode, done.stderr) == (
        1,
        "archive: No space left on device — make room on the disk, and do it again "
        "(FAT32 also limits a folder)\n",
    )


@pytest.mark.parametrize(
    "command", ["tags", "names", "sources", "addresses", "theme changes", "review --list"]
)
def test_a_list_of_nothing_says_that_there_is_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    ArchiveFolder(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main([*command.split(), "--site", str(tmp_path)])
    assert not ended.value.code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1

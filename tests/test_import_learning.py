"""An import learns each source first, cleans then, and can be stopped anywhere."""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_gen.article import Article
from archive_gen.cleaning.furniture import Counts
from archive_gen.content import disk, frontmatter, store
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.intake.outcome import Outcome
from archive_gen.intake.sources import source_files
from archive_gen.parallel import Mapper, ProcessMapper, SerialMapper
from archive_gen.yaml_edit import write

DUMPS = sorted(Path(__file__).resolve().parent.glob("fixtures/dumps/*.txt"))
REFRAIN = "The Courier's readers pay for the paper and they also keep the harbour lights burning."
STORY = (
    "Ferry number {n} left the harbour at dawn with {m} goats on board, the captain said, and "
    "nobody on the quay could tell why the animals looked so glad to be leaving the island."
)


def page(n: int, refrain: str = REFRAIN) -> str:
    paragraphs = [STORY.format(n=n, m=m) for m in range(4)]
    return "\n\n".join(
        [f"Goats of ferry {n} are glad to leave", *paragraphs, refrain, STORY.format(n=n, m=9)]
    )


def pages(folder: Path, number: int = 6) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{n}.txt" for n in range(number)]
    for n, file in enumerate(files):
        file.write_text(page(n), "utf-8")
    return files


def run(
    content: Path, files: list[Path], mapper: Mapper | None = None, **known: object
) -> list[Outcome]:
    return list(ingest(content, files, Stated(known), mapper or SerialMapper()))


def learned_late(folder: Path) -> Path:
    """An archive in ``folder`` that learned too late what its first two pages share."""
    (folder / "site.yaml").write_text("title: Test\n")
    files = pages(folder / "in")
    for batch in (files[:2], files[2:]):
        list(ingest(folder / "content", batch, Stated({"source": "Post"}), SerialMapper()))
    return folder


def tree(content: Path) -> dict[str, bytes]:
    files = (path for path in content.rglob("*") if path.is_file())
    return {str(path.relative_to(content)): path.read_bytes() for path in files}


def read_source(content: Path, name: str) -> source_files.Source:
    return read((content / f"_sources/{name}.yaml").read_text("utf-8"))


def read(text: str) -> source_files.Source:
    source, problems = source_files.parse(text, "")
    assert source is not None, problems
    return source


def test_what_a_batch_repeats_is_dropped_from_all_of_it(tmp_path: Path) -> None:
    outcomes = run(tmp_path / "content", pages(tmp_path / "in"), source="The Courier")
    for outcome in outcomes:
        text = (tmp_path / "content" / str(outcome.path)).read_text("utf-8")
        assert REFRAIN not in text
        assert "9 goats" in text
    source = read_source(tmp_path / "content", "the-courier")
    assert (source.name, source.counts.documents) == ("The Courier", 6)
    assert list(source.counts.lines.values()) == [6]


WRAPPED = "<html><head><title>{0}</title></head><body><article>{1}</article></body></html>"


@pytest.mark.parametrize("form", ["txt", "html"])
def test_a_story_that_was_found_several_times_is_no_furniture(tmp_path: Path, form: str) -> None:
    # Its paragraphs differ in a digit; the last one was corrected each time.
    files = pages(tmp_path / "in", 5) if form == "txt" else []
    told = [STORY.format(n=77, m=m) for m in range(5)]
    for n in range(4):
        title = f"Ferry 77 and its goats, update {n}"
        lines = [*told, f"The captain corrected himself at {n} o'clock and spoke of sheep instead."]
        text = "\n\n".join([title, *lines])
        html = WRAPPED.format(title, f"<h1>{title}</h1>" + "".join(f"<p>{line}" for line in lines))
        (tmp_path / f"in/u{n}.{form}").parent.mkdir(exist_ok=True)
        (tmp_path / f"in/u{n}.{form}").write_text(text if form == "txt" else html, "utf-8")
        files.append(tmp_path / f"in/u{n}.{form}")
    content = tmp_path / "content"
    updates = [one for one in run(content, files, source="The Courier") if "update" in one.title]
    assert [one.status for one in updates] == ["new"] * 4, updates
    for outcome in updates:
        text = (content / str(outcome.path)).read_text("utf-8")
        assert [line for line in told if line not in text] == []
        assert "spoke of sheep" in text


def test_what_a_person_dropped_is_furniture_however_much_it_is(tmp_path: Path) -> None:
    content = tmp_path / "content"
    source = source_files.new_file("The Courier")
    for m in range(4):
        source = source_files.with_decision(source, STORY.format(n=0, m=m), "drop")
    disk.write(content, store.source_path("the-courier"), source.encode("utf-8"))
    outcome = run(content, pages(tmp_path / "in", 1), source="The Courier")[0]
    text = (content / str(outcome.path)).read_text("utf-8")
    assert "9 goats" in text
    assert "2 goats" not in text


def test_what_was_learned_helps_the_next_import(tmp_path: Path) -> None:
    files = pages(tmp_path / "in")
    run(tmp_path / "content", files[:5], source="The Courier")
    (outcome,) = run(tmp_path / "content", files[5:], source="The Courier")
    assert REFRAIN not in (tmp_path / "content" / str(outcome.path)).read_text("utf-8")
    assert read_source(tmp_path / "content", "the-courier").counts.documents == 6


def test_importing_again_counts_nothing_twice(tmp_path: Path) -> None:
    files = pages(tmp_path / "in")
    run(tmp_path / "content", files, source="The Courier")
    before = tree(tmp_path / "content")
    run(tmp_path / "content", files, source="The Courier")
    run(tmp_path / "content", [*files, *pages(tmp_path / "same")], source="The Courier")
    assert tree(tmp_path / "content") == before


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ({"source": "Port Post", "url": "https://www.example.org/a"}, "port-post"),
        ({"url": "https://www.example.org/a"}, "example-org"),
        ({}, "in-pages-jsonl"),
    ],
)
def test_a_source_is_stated_or_the_host_or_where_it_came_from(
    tmp_path: Path, record: dict[str, str], name: str
) -> None:
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / "pages.jsonl"
    lines = [json.dumps({"raw_text": page(n), **record}) for n in range(3)]
    file.write_text("\n".join(lines), "utf-8")
    run(tmp_path / "content", [file])
    assert store.source_names(tmp_path / "content") == [name]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<link rel=canonical href="https://www.example.org/a">', "example-org"),
        ('<meta property="og:site_name" content="Port Post">', "port-post"),
        ("", "in"),
    ],
)
def test_a_web_page_names_its_source_in_its_head(tmp_path: Path, head: str, name: str) -> None:
    (tmp_path / "in").mkdir()
    story = "".join(f"<p>{part}</p>" for part in page(1).split("\n\n"))
    file = tmp_path / "in" / "a.html"
    file.write_text(f"<html><head>{head}</head><body>{story}</body></html>", "utf-8")
    (outcome,) = run(tmp_path / "content", [file])
    assert outcome.status == "new"
    assert store.source_names(tmp_path / "content") == [name]


def test_a_persons_decisions_win_and_survive(tmp_path: Path) -> None:
    files = pages(tmp_path / "in")
    run(tmp_path / "content", files[:4], source="The Courier")
    path = tmp_path / "content/_sources/the-courier.yaml"
    text = path.read_text("utf-8").replace("keep: []", f'# ours\nkeep:\n- "{REFRAIN}" # yes\n')
    path.write_text(text, "utf-8")
    (fifth,) = run(tmp_path / "content", files[4:5], source="The Courier")
    assert REFRAIN in (tmp_path / "content" / str(fifth.path)).read_text("utf-8")
    assert f'# ours\nkeep:\n- "{REFRAIN}" # yes\n' in path.read_text("utf-8")
    assert read_source(tmp_path / "content", "the-courier").counts.documents == 5


@pytest.mark.parametrize(
    "broken", ["lines: [", "source: X\nlines: {a: many}", "- x", "", "source: X\nfoo: 1", "\xff"]
)
def test_a_broken_source_is_one_line_and_stops_nothing(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "content/_sources/the-courier.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes(broken.encode("latin-1"))
    outcomes = run(tmp_path / "content", pages(tmp_path / "in"), source="The Courier")
    assert [outcome.status for outcome in outcomes] == ["failed", *["new"] * 6]
    assert outcomes[0].problems[0].path == "content/_sources/the-courier.yaml"
    assert path.read_bytes() == broken.encode("latin-1")
    assert REFRAIN not in (tmp_path / "content" / str(outcomes[1].path)).read_text("utf-8")


@pytest.fixture(scope="module")
def of_dumps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an import of all dumps in one go writes."""
    content = tmp_path_factory.mktemp("dumps") / "content"
    run(content, DUMPS)
    return tree(content)


@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(
    files=st.permutations(DUMPS),
    jobs=st.sampled_from([1, 2]),
    cut=st.integers(min_value=0, max_value=len(DUMPS)),
)
def test_neither_order_nor_jobs_change_a_byte(
    of_dumps: dict[str, bytes], files: list[Path], jobs: int, cut: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        run(content, files[cut:] + files[:cut], ProcessMapper(jobs))
        assert tree(content) == of_dumps


def stop_after(documents: int) -> Callable[[str, int], None]:
    """Ctrl-C once so many documents are read, in the first pass or the second."""
    ticks = itertools.count(-documents)

    def watch(_phase: str, _done: int, _total: int) -> None:
        if next(ticks) == 0:
            raise KeyboardInterrupt

    return watch


@pytest.fixture(scope="module")
def ten(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Path], dict[str, bytes]]:
    """Ten pages, and what an import of them in one go writes."""
    folder = tmp_path_factory.mktemp("ten")
    files = pages(folder / "in", 10)
    run(folder / "content", files)
    return files, tree(folder / "content")


@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(stops=st.lists(st.integers(min_value=0, max_value=20), max_size=3))
def test_a_stopped_import_goes_on_to_the_same_end(
    ten: tuple[list[Path], dict[str, bytes]], stops: list[int]
) -> None:
    files, in_one_go = ten
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        for stop in stops:
            try:
                list(ingest(content, files, Stated(), SerialMapper(), stop_after(stop)))
            except KeyboardInterrupt:
                continue
        run(content, files)
        assert tree(content) == in_one_go


@pytest.mark.parametrize("stated", [{}, {"source": "The Courier"}])
def test_a_stopped_import_learns_nothing_twice(tmp_path: Path, stated: dict[str, str]) -> None:
    files = pages(tmp_path / "in", 150)
    run(tmp_path / "one", files, **stated)
    content = tmp_path / "two" / "content"
    content.mkdir(parents=True)
    steps: list[str] = []

    def watch(phase: str, done: int, _total: int) -> None:
        steps.append(phase)
        if phase == "cleaning" and done == 140:  # the first 128 are on the disk
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(ingest(content, files, Stated(stated), SerialMapper(), watch))
    assert steps.count("learning") == 150
    steps.clear()
    os.utime(files[149], ns=(1, 1))
    outcomes = list(ingest(content, files, Stated(stated), SerialMapper(), watch))
    assert steps.count("learning") == 1, "only what may have changed is read again"
    assert 0 < sum(outcome.status == "new" for outcome in outcomes) < 150
    assert tree(content) == tree(tmp_path / "one")


def test_what_another_source_was_stated_for_is_learned_anew(tmp_path: Path) -> None:
    files = pages(tmp_path / "in", 40)
    content = tmp_path / "content"
    with pytest.raises(KeyboardInterrupt):
        list(ingest(content, files, Stated({"source": "One"}), SerialMapper(), stop_after(45)))
    run(content, files, source="Other")
    kept = [json.loads(path.read_bytes()) for path in content.glob("_originals/*/*.json")]
    assert [record["source"] for record in kept] == ["other"] * 40


def test_a_killed_import_goes_on_to_the_same_end(tmp_path: Path) -> None:
    files = pages(tmp_path / "in", 160)
    run(tmp_path / "one", files)
    (tmp_path / "site.yaml").write_text("title: T\n")
    command = [sys.executable, "-m", "archive_gen", "import", "--site", str(tmp_path)]
    for saved in (40, 160):
        with subprocess.Popen([*command, str(tmp_path / "in")], stdout=subprocess.DEVNULL) as ours:
            content = tmp_path / "content"
            while ours.poll() is None and len(list(content.glob("_originals/*/*.txt"))) < saved:
                time.sleep(0.01)
            os.kill(ours.pid, signal.SIGKILL)
    subprocess.run([*command, str(tmp_path / "in"), "--jobs", "2"], check=True, capture_output=True)
    there = tree(tmp_path / "content").items()
    left = {path: data for path, data in there if not re.search(r"/\.[0-9]", path)}
    assert left == tree(tmp_path / "one")


def test_the_same_address_with_the_same_text_is_a_duplicate_else_a_version(tmp_path: Path) -> None:
    url = "https://example.org/a"
    texts = [page(1), page(1) + "\n", page(2)]
    file = tmp_path / "pages.jsonl"
    file.write_text("\n".join(json.dumps({"raw_text": t, "url": url}) for t in texts), "utf-8")
    outcomes = run(tmp_path / "content", [file])
    assert [outcome.status for outcome in outcomes] == ["new", "duplicate", "new"]
    text = (tmp_path / "content" / str(outcomes[2].path)).read_text("utf-8")
    assert f"versions:\n- {outcomes[0].path}\n" in text
    again = run(tmp_path / "content", [file])
    assert [outcome.status for outcome in again] == ["unchanged", "duplicate", "unchanged"]


hostile = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("'\"#:-?[]{}&*!|>%@`\\\n\u2028\x85"),
    max_size=40,
)


@settings(deadline=None)
@given(st.text(min_size=1), st.lists(hostile, max_size=6), hostile)
def test_hostile_lines_leave_the_file_valid(name: str, lines: list[str], decided: str) -> None:
    keys = {source_files.fold(line) for line in lines} - {""}
    counts = Counts(*(9, 1, 2), *(Counter(dict.fromkeys(keys, number)) for number in (3, 2)))
    text = source_files.with_counts(source_files.new_file(name + "x"), counts)
    assert_says(text, counts)
    if source_files.fold(decided):
        text = source_files.with_decision(text, decided, "keep")
        assert source_files.fold(decided) in assert_says(text, counts).learned().kept
        text = source_files.with_decision(text, decided, "drop")
        learned = assert_says(text, counts).learned()
        assert source_files.fold(decided) in learned.furniture - learned.kept
        assert_says(source_files.with_counts(text, counts), counts)


@pytest.mark.parametrize("end", ["", "\n", "\n\n# mine", "\n# mine\ndrop: []\n"])
@pytest.mark.parametrize(
    "written",
    [
        *(
            "\n- One line",
            "  # mine\n  -   'One line'  # mine",
            "\n-\n  One line",
            "\n- >-\n  One line",
        ),
        *(
            "\n- One\n  line",
            "\n- 'One\n\n  line'",
            " [One line]",
            " One line",
            " 'One line'  # mine",
        ),
    ],
)
def test_a_decision_that_a_person_wrote_stays_beside_others(written: str, end: str) -> None:
    before = f"source: Port Post\nkeep:{written}{end}"
    after = source_files.with_decision(before, "Two: lines", "keep")
    assert read(after).keep == (*read(before).keep, "Two: lines")
    assert end in after
    for line in ("Two: lines", "One line"):
        after = source_files.with_decision(after, line, "drop")
    assert (read(after).keep, read(after).drop) == ((), ("Two: lines", "One line"))


def test_lines_are_written_as_yaml_writes_them() -> None:
    words = ["no", "null", "home", "read more", "12 comments", "1e3", "7", "été", "新闻", "a_b"]
    keys = [*words, *("x" * length for length in range(118, 130)), "said so " * 40 + "twice"]
    lines = Counter({key: 100 - number for number, key in enumerate(keys)})
    text = source_files.with_counts(source_files.new_file("x"), Counts(3, 0, 0, lines, lines))
    assert text.endswith(write({"lines": dict(lines), "below": dict(lines)}))
    assert_says(text, Counts(3, 0, 0, lines, lines))


def assert_says(text: str, counts: source_files.Counts) -> source_files.Source:
    source = read(text)
    assert source.counts == counts
    return source


# -- who wrote, and when, is no furniture

SUBJECTS = "ferry library bridge school market harbour mill church station museum".split()


def signed(folder: Path, byline: str, day: str, masthead: str = "Port Post") -> list[Path]:
    """Pages of a small paper: few people write it."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for n, subject in enumerate(SUBJECTS):
        file = folder / f"{subject}.txt"
        lines = [
            masthead, "Home", "News", f"The {subject} reopens after long debate", byline,
            day.format(n=n + 1), "Share",
            f"The {subject} of the port reopens this week, the council decided after {n} hours.",
            f"Many who love the {subject} came to hear of it, and {n * 7} of them signed a letter.",
            f"“It is time,” said the keeper of the {subject}, who has worked there {n + 11} years.",
            "Contact us", "Terms of use",
        ]  # fmt: skip
        file.write_text("\n".join(lines), "utf-8")
        files.append(file)
    return files


def articles(content: Path, outcomes: list[Outcome]) -> list[Article]:
    found = []
    for outcome in outcomes:
        article, problems = frontmatter.parse_bytes((content / str(outcome.path)).read_bytes(), "")
        assert article is not None, problems
        found.append(article)
    return found


@pytest.mark.parametrize("byline", ["By Anna Keller", "Anna Keller", "Von ANNA KELLER"])
def test_who_writes_most_articles_stays_their_author(tmp_path: Path, byline: str) -> None:
    content = tmp_path / "content"
    found = articles(content, run(content, signed(tmp_path / "in", byline, "{n} March 2014")))
    assert [article.authors for article in found] == [("Anna Keller",)] * len(SUBJECTS)
    assert not any("Keller" in article.body for article in found)


def test_articles_of_one_day_keep_their_date(tmp_path: Path) -> None:
    content = tmp_path / "content"
    outcomes = run(content, signed(tmp_path / "in", "By Anna Keller", "4 March 2014"))
    assert [outcome.date for outcome in outcomes] == ["2014-03-04"] * len(SUBJECTS)


def test_a_headline_that_other_pages_announce_stays_the_headline(tmp_path: Path) -> None:
    files = signed(tmp_path / "in", "By Anna Keller", "{n} March 2014")
    headlines = [f"The {subject} reopens after long debate" for subject in SUBJECTS]
    for number, file in enumerate(files):  # the latest three of the paper, on each page but one
        latest = headlines[: 3 if number else 2]
        file.write_text("\n".join([file.read_text("utf-8"), "Latest news", *latest]), "utf-8")
    outcomes = run(tmp_path / "content", files)
    assert sorted(outcome.title for outcome in outcomes) == sorted(headlines)


def test_a_masthead_is_no_headline(tmp_path: Path) -> None:
    files = signed(tmp_path / "in", "By Anna Keller", "{n} March 2014", masthead="The Port Post")
    outcomes = run(tmp_path / "content", files)
    assert not any("Post" in outcome.title for outcome in outcomes)


def test_the_day_in_a_masthead_is_not_the_articles(tmp_path: Path) -> None:
    files = signed(tmp_path / "in", "By Anna Keller", "Print", masthead="Tuesday 4 March 2014")
    outcomes = run(tmp_path / "content", files)
    assert [outcome.date for outcome in outcomes] == [""] * len(SUBJECTS)


def test_a_byline_that_a_person_drops_is_furniture(tmp_path: Path) -> None:
    content = tmp_path / "content"
    files = signed(tmp_path / "in", "By Anna Keller", "{n} March 2014")
    run(content, files[:5], source="Port Post")
    learned = content / "_sources" / "port-post.yaml"
    learned.write_text(
        source_files.with_decision(learned.read_text("utf-8"), "By Anna Keller", "drop"), "utf-8"
    )
    found = articles(content, run(content, files[5:], source="Port Post"))
    assert [article.authors for article in found] == [()] * 5


def test_a_first_paragraph_before_a_repeated_line_is_no_standfirst(tmp_path: Path) -> None:
    content = tmp_path / "content"
    files = signed(tmp_path / "in", "By Anna Keller", "{n} March 2014")
    for file in files:
        lines = file.read_text("utf-8").split("\n")
        lines[7:8] = [
            f"The council found the money for the {file.stem} at last, and the mayor wept.",
            "Sign the readers' petition for the harbour lights",
        ]
        file.write_text("\n".join(lines), "utf-8")
    for article in articles(content, run(content, files)):
        assert article.summary == ""
        assert "the mayor wept" in article.body
        assert "petition" not in article.body

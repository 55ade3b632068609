"""``archive check``: silent on a whole archive, and a line with a code for each kind of damage."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive_gen.article import LARGEST
from archive_gen.check import Subject, check
from archive_gen.cli import group
from archive_gen.config import load_config
from archive_gen.content import disk, frontmatter, store
from archive_gen.parallel import ProcessMapper, SerialMapper
from tests.archive_folder import ArchiveFolder
from tests.test_problems import CONFLICT

ROOT = Path(__file__).parent.parent
DOCUMENTED = set(re.findall(r"`([a-z]+-[a-z]+)`", (ROOT / "docs/checking.md").read_text("utf-8")))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    archive = ArchiveFolder(tmp_path_factory.mktemp("built") / "site")
    content = archive.path / "content"
    content.mkdir(exist_ok=True)
    original = store.checksum(b"The ferry sank.\n")
    disk.write(content, store.original_path(original, "text/plain"), b"The ferry sank.\n")
    archive.article("2015/10/ferry.md", date="2015-10-07", tags="[Boats]", original=original)
    archive.article("2015/10/quay.md", date="2015-10-08", versions="[2015/10/ferry.md]")
    archive.article("undated/letter.md", body="See [above](#nowhere) <b>x</b>.")
    archive.article("undated/letter.md", body="Nothing to see.")
    archive.build()
    return archive.path


@pytest.fixture
def archive(built: Path, tmp_path: Path) -> ArchiveFolder:
    """Three articles, one with its original, built."""
    shutil.copytree(built, tmp_path / "site")
    return ArchiveFolder(tmp_path / "site")


def codes(archive: ArchiveFolder) -> list[str]:
    subject = Subject(archive.path, load_config(archive.path), SerialMapper())
    found = [finding.code for finding in check(subject)]
    assert set(found) <= DOCUMENTED
    return found


def original_of(archive: ArchiveFolder) -> Path:
    return next((archive.path / "content/_originals").rglob("*.txt"))


@pytest.mark.parametrize("name", ["story.MD", "story.markdown", "story.md.txt"])
def test_an_article_with_a_slip_in_its_name_is_told(archive: ArchiveFolder, name: str) -> None:
    archive.article(f"2015/{name}")
    archive.write("2015/notes.txt", "My own.")
    archive.write("_drafts/draft.MD", "My own.")
    assert codes(archive) == ["misnamed-article"]
    result = CliRunner().invoke(group, ["check", "articles", "--site", str(archive.path)])
    assert f"content/2015/{name}: is passed over: the names of articles end in .md" in result.output
    assert "name it story.md" in result.output


@pytest.mark.parametrize(
    ("body", "front", "found"),
    [
        (["Ferry sinks off the mole", "Quay to be mended at last. Read more"], {}, True),
        (
            ["# Ferry sinks off the mole", "It sank.", "[Quay to be mended at last](/q) by June"],
            {},
            True,
        ),
        (
            ["Ferry sinks off the mole", "Quay to be mended at last", "So it was.", *"abc"],
            {},
            False,
        ),
        (["Ferry sinks off the mole", "Ferry sinks off the mole, again"], {}, False),
        (["Ferry sinks off the mole", "Quay to be mended at last"], {"date": "2015"}, False),
        (
            ["Ferry sinks off the mole", "Quay to be mended at last"],
            {"authors": "[Ada Lund]"},
            False,
        ),
        (["Local news of the town today", "Local news of the town today"], {}, False),
    ],
)
def test_a_page_that_led_to_articles_is_told(
    archive: ArchiveFolder, body: list[str], front: dict[str, str], *, found: bool
) -> None:
    (original,) = store.originals(archive.path / "content")
    archive.article("2015/10/ferry.md", title="Ferry sinks off the mole", date="2015-10-07")
    archive.article("2015/10/quay.md", title="Quay to be mended at last", date="2015-10-08")
    archive.article(
        "undated/local.md",
        title="Local news of the town today",
        body="\n\n".join(body),
        original=original[1],
        **front,
    )
    archive.build()
    assert codes(archive) == ["list-page"] * found


@pytest.mark.parametrize(
    "copy",
    [
        "flood (Ada's conflicted copy 2026-01-01)",
        "flood (Kopie von Ada, in Konflikt)",
        "flood.sync-conflict-20260101-120000-ABCDEFG",
        "flood 2",
        "flood(1)",
        "flood - Copy",
        "flood_conf(2)",
        "flood_conflict-20260101-120000",
        "flood-DESKTOP-1A2B3C",
        "Copy of flood",
        "Kopie von flood",
    ],
)
def test_a_second_copy_of_an_article_is_told(archive: ArchiveFolder, copy: str) -> None:
    archive.article("2015/10/flood.md", title="Flood", date="2015-10-07")
    archive.article(f"2015/10/{copy}.md", "Edited.", title="Flood", date="2015-10-07")
    archive.article("2015/10/flood (part 2).md", title="Flood, part 2", date="2015-10-07")
    archive.article("2015/10/The flood.md", title="The flood", date="2015-10-07")
    archive.article("2015/10/flood-1a2b3c4d.md", title="Flood", date="2015-10-07")
    archive.build()
    assert codes(archive) == ["second-copy"]
    result = CliRunner().invoke(group, ["check", "articles", "--site", str(archive.path)])
    assert "is a second copy of content/2015/10/flood.md by its name" in result.output


def test_an_article_that_is_there_twice_since_two_archives_became_one_is_told(
    archive: ArchiveFolder,
) -> None:
    original = f"sha256:{original_of(archive).stem}"
    archive.article("2015/11/sunk.md", title="Sunk", date="2015-11-01", original=original)
    archive.build()
    assert codes(archive) == ["same-original"]
    result = CliRunner().invoke(group, ["check", "articles", "--site", str(archive.path)])
    assert "2015/11/sunk.md: is made of the same original as content/2015/10/ferry.md" in (
        result.output
    )


@pytest.mark.parametrize(
    ("extra", "found"), [("", ["taken-out"]), (" redacted", ["taken-out", "redacted-original"])]
)
def test_what_was_taken_out_and_came_back_is_told(
    archive: ArchiveFolder, extra: str, found: list[str]
) -> None:
    archive.write("_redacted.txt", f"# Ours\nsha256:{original_of(archive).stem}{extra}\n")
    assert codes(archive) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [("a/Flood.md", "a/flood.md"), ("A/flood.md", "a/flood.md"), ("caf\u00e9.md", "cafe\u0301.md")],
)
def test_files_that_are_one_on_other_disks_are_told(
    archive: ArchiveFolder, one: str, other: str
) -> None:
    archive.article(one, title="Flood", date="2015-10-07")
    if (archive.path / "content" / other).exists():
        pytest.skip("they are one on this disk, too")
    archive.article(other, title="Another flood", date="2015-10-08")
    archive.build()
    assert codes(archive) == ["same-name"]


def test_originals_that_cannot_be_listed_are_not_said_to_be_missing(
    archive: ArchiveFolder,
) -> None:
    originals = archive.path / "content/_originals"
    shutil.rmtree(originals)
    originals.write_text("no folder")
    result = CliRunner().invoke(group, ["check", "originals", "--site", str(archive.path)])
    assert result.exit_code == 1
    assert "content/_originals: can't be read: Not a directory" in result.output
    assert "remove the key" not in result.output


def test_a_link_in_place_of_an_article_is_told(archive: ArchiveFolder) -> None:
    (archive.path / "elsewhere").mkdir()
    (archive.path / "content/old").symlink_to(archive.path / "elsewhere")
    (archive.path / "content/story.md").symlink_to(archive.path / "nowhere.md")
    (archive.path / "content/notes.txt").symlink_to(archive.path / "nowhere.txt")
    assert codes(archive) == ["linked-article", "linked-article"]


def test_a_whole_archive_has_no_findings(archive: ArchiveFolder) -> None:
    before = everything(archive)
    assert codes(archive) == []
    assert everything(archive) == before


def everything(archive: ArchiveFolder) -> dict[Path, tuple[int, bytes]]:
    """Every file with when it was changed and its bytes; of folders, that they are there."""
    return {
        path: (path.stat().st_mtime_ns, path.read_bytes()) if path.is_file() else (0, b"")
        for path in archive.path.rglob("*")
    }


def test_before_the_first_build_no_file_is_missed(tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path / "site")
    archive.article("a.md")
    assert codes(archive) == []


def test_a_check_writes_nothing_whatever_became_of_the_state(archive: ArchiveFolder) -> None:
    state = archive.path / ".archive/build.sqlite"
    whole = state.read_bytes()
    for data in (b"", b"no database", whole[:5000], whole[:100] + bytes(len(whole) - 100)):
        state.write_bytes(data)
        before = everything(archive)
        assert codes(archive) in ([], ["state-damaged"])
        assert everything(archive) == before
    state.write_bytes(whole)
    with contextlib.closing(sqlite3.connect(state)) as connection:
        connection.execute("UPDATE files SET record = x'c1'")
        connection.commit()
    assert codes(archive) == ["state-damaged"]
    archive.forget()
    archive.build()
    assert codes(archive) == []


def test_tags_beside_the_vocabulary(archive: ArchiveFolder) -> None:
    settings = "title: The archive\ntags: {Iraq: Baghdad, Estuary Bridge: }\n"
    (archive.path / "site.yaml").write_text(settings, "utf-8")
    tags = "[Baghdad, Iraq, IRAQ, Iran, Estuary Brigde, Boats]"
    archive.article("tagged.md", tags=tags)
    archive.build()
    subject = Subject(archive.path, load_config(archive.path), SerialMapper())
    told = [(finding.code, finding.problem.message) for finding in check(subject)]
    assert told == [
        ("other-word", "the tag 'Baghdad' is another word for 'Iraq'"),
        ("other-word", "the tag 'IRAQ' is another word for 'Iraq'"),
        ("misspelt-tag", "the tag 'Estuary Brigde' looks like 'Estuary Bridge' misspelt"),
    ]


def test_an_article_too_large_is_a_line_and_is_not_read(archive: ArchiveFolder) -> None:
    """A file of a terabyte, which nobody could read, ends neither a build nor a check."""
    path = archive.path / "content/huge.md"
    path.touch()
    os.truncate(path, 1 << 40)
    report = archive.build()
    assert [str(problem) for problem in report.problems] == [
        "content/huge.md: is larger than 16 MiB, which no article is — divide it"
    ]
    assert codes(archive) == ["front-matter"]


def test_the_largest_article_there_may_be(archive: ArchiveFolder) -> None:
    head = b"---\ntitle: a\n---\n"
    body = b"a" * (LARGEST - len(head))
    assert frontmatter.parse_bytes(head + body, "a.md")[0] is not None
    article, problems = frontmatter.parse_bytes(head + body + b"a", "a.md")
    assert article is None
    assert [problem.path for problem in problems] == ["a.md"]


def test_without_derived_state_the_files_themselves_tell(archive: ArchiveFolder) -> None:
    archive.forget()
    assert codes(archive) == ["index-outdated"]
    flip(archive.path / "public/feed.xml")
    assert codes(archive) == ["index-outdated", "file-damaged"]
    assert not (archive.path / ".archive").exists()


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


DAMAGE: dict[str, tuple[Callable[[ArchiveFolder], object], list[str]]] = {
    "a bit of an original": (lambda a: flip(original_of(a)), ["original-damaged"]),
    "an original gone": (lambda a: original_of(a).unlink(), ["original-missing"]),
    "two versions of a record": (
        lambda a: original_of(a).with_suffix(".json").write_text(CONFLICT),
        ["record-damaged"],
    ),
    "two versions of a source": (
        lambda a: a.write("_sources/post.yaml", f"source: Post\n{CONFLICT}"),
        ["source-damaged"],
    ),
    "a second copy of a source": (
        lambda a: [
            a.write(f"_sources/post{mark}.yaml", "source: Post\n")
            for mark in ("", " (conflicted copy)")
        ],
        ["second-copy"],
    ),
    "a page gone": (
        lambda a: (a.path / "public/404.html").unlink(),
        ["file-missing"],
    ),
    "a page changed": (lambda a: flip(a.path / "public/feed.xml"), ["file-damaged"]),
    "a shard changed": (
        lambda a: flip(next((a.path / "public/search").glob("*.js"))),
        ["file-damaged"],
    ),
    "a note of a system": (
        lambda a: (a.path / "public/assets/.DS_Store").write_text("icons"),
        [],
    ),
    "a file of others": (
        lambda a: (a.path / "public/note.txt").write_text("hello"),
        ["file-foreign"],
    ),
    "a file of others in the index": (
        lambda a: (a.path / "public/search/note.js").write_text("hello"),
        ["file-foreign"],
    ),
    "an article changed": (
        lambda a: append(a.path / "content/undated/letter.md", "More."),
        ["not-built", "index-outdated"],
    ),
    "an article added": (lambda a: a.article("new.md"), ["not-built", "index-outdated"]),
    "an article removed": (
        lambda a: a.delete("undated/letter.md"),
        ["not-built", "index-outdated"],
    ),
    "an article that another names": (
        lambda a: a.delete("2015/10/ferry.md"),
        ["lost-version", "not-built", "index-outdated"],
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_each_damage_has_its_code(archive: ArchiveFolder, name: str) -> None:
    damage, expected = DAMAGE[name]
    damage(archive)
    assert codes(archive) == expected


def test_settings_that_no_build_has_seen_are_told_once(archive: ArchiveFolder) -> None:
    settings = archive.path / "site.yaml"
    as_built = settings.read_text("utf-8")
    settings.write_text(as_built + "# read, and nothing is another\n", "utf-8")
    assert codes(archive) == []
    settings.write_text(as_built + "description: All the harbour's news\n", "utf-8")
    assert codes(archive) == ["not-built"]
    settings.write_text(as_built, "utf-8")
    for page in archive.path.glob("public/2015/**/*.html"):
        page.write_text("", "utf-8")
    assert set(codes(archive)) == {"file-damaged"}


def test_a_site_of_a_program_before_this_one_is_told_once(archive: ArchiveFolder) -> None:
    with (
        contextlib.closing(sqlite3.connect(archive.path / ".archive/build.sqlite")) as state,
        state,
    ):
        state.execute("UPDATE facts SET value = '5' WHERE name = 'version'")
    assert codes(archive) == []
    for page in archive.path.glob("public/2015/**/*.html"):
        page.write_text("as it was made then", "utf-8")
    assert codes(archive) == ["not-built"]
    archive.build()
    assert codes(archive) == []


def test_faults_of_articles_are_told(archive: ArchiveFolder) -> None:
    archive.article("bad.md", date="2015-02-30")
    settings = "title: T\ntaxonomies: {lands: {key: dates, title: Lands}}\n"
    (archive.path / "site.yaml").write_text(settings, "utf-8")
    archive.article("slip.md", autor="Ann", recipe="soup", dates="Lund", LANGUAG="en")
    archive.article("one.md", slug="same")
    archive.article("two.md", slug="same")
    archive.build()
    assert codes(archive) == [
        "front-matter", "misspelt-key", "misspelt-key", "same-address",
    ]  # fmt: skip


def test_links_that_lead_nowhere(archive: ArchiveFolder) -> None:
    archive.article(
        "links.md",
        body="[a](#no-such-place), [b](../lost/index.html), [c](https://x.example/), "
        "[d](mailto:d@x.example), [e](../lost/index.html)",
    )
    archive.build()
    subject = Subject(archive.path, load_config(archive.path), ProcessMapper(2))
    problems = [finding.problem for finding in check(subject)]
    assert {problem.path for problem in problems} == {"public/undated/links/index.html"}
    assert all(problem.line > 10 for problem in problems)
    told = [problem.message for problem in problems]
    assert len(told) == 2
    assert "undated/lost/index.html" in told[0]
    assert "#no-such-place" in told[1]


def test_links_of_a_template_of_ones_own_are_followed(archive: ArchiveFolder) -> None:
    archive.template(
        "404.html",
        '<!doctype html><a name="top"></a><a href="#top">Up</a> <a href="index.html">Home</a> '
        '<a href="contact.html">Write to us</a>',
    )
    archive.build()
    subject = Subject(archive.path, load_config(archive.path), SerialMapper())
    (told,) = (finding.problem for finding in check(subject))
    assert told.path == "public/404.html"
    assert "links to 'contact.html', which is not there" in told.message


def test_the_command(archive: ArchiveFolder) -> None:
    def run(*arguments: str) -> tuple[int, list[dict[str, object]]]:
        call = ["check", *arguments, "--json", "--site", str(archive.path)]
        result = CliRunner().invoke(group, call)
        return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]

    assert run() == (0, [])
    flip(original_of(archive))
    status, findings = run("originals")
    assert status == 1
    (finding,) = findings
    assert finding.keys() == {"path", "line", "message", "hint", "code", "fixable"}
    assert run("articles", "links") == (0, [])

"""An article's file, changed in what it states: nothing that a person wrote is lost."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from archive_gen.content.editing import edit
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.intake.reclean import reclean
from archive_gen.intake.review import begin, decide
from archive_gen.parallel import SerialMapper
from archive_gen.problems import OperationError, Problem
from tests import faults
from tests.archive_folder import ArchiveFolder
from tests.test_import_learning import REFRAIN, learned_late, page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archive_gen.article import Article

TEXT = "---\n# ours\ntitle: 'T'\ntags: [Boats]\nown: 1\n---\nFerry.\n"


def docked(article: Article) -> Article:
    return msgspec.structs.replace(article, tags=("Docks",))


@pytest.mark.parametrize("begin", ["", "\ufeff", "\n \n"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_all_else_stays_byte_for_byte(tmp_path: Path, begin: str, end: str) -> None:
    file = tmp_path / "a.md"
    before = f"{begin}{TEXT}".replace("\n", end).encode()
    file.write_bytes(before)
    assert edit(tmp_path, "a.md", docked) is True
    tags = "tags:\n- Docks\n".replace("\n", end).encode()
    assert file.read_bytes() == before.replace(f"tags: [Boats]{end}".encode(), tags)
    assert edit(tmp_path, "a.md", docked) is False
    assert [*tmp_path.iterdir()] == [file]


def test_keys_of_the_archives_own_and_the_text_change_too(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT)
    edit(tmp_path, "a.md", lambda a: msgspec.structs.replace(a, body="Quay.", extra={"own": "2"}))
    now = TEXT.replace("own: 1", "own: '2'").replace("---\nFerry.", "---\n\nQuay.")
    assert (tmp_path / "a.md").read_text() == now


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ferry.\n", "content/a.md:1: has no front matter"),
        ("---\ntitle: T\ndate: never\n---\n", "content/a.md:3: 'date': 'never' is not a date"),
        ("---\ntitle: T\ntitle: U\n---\n", "content/a.md:3: "),
        ("---\n{title: T}\n---\n", "content/a.md: can't be changed: its front matter is not writ"),
        ("---\ntitle: T\ntags: &a [B]\nx: *a\n---\n", "content/a.md: can't be changed: its fron"),
        ("---\rtitle: T\r---\r", "content/a.md: can't be changed: is not an article"),
        ("\0\udce9", "content/a.md:1: is not UTF-8 text"),
        ("", "content/a.md:1: has no front matter"),
    ],
)
def test_what_cannot_be_changed_is_told_and_stays(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    before = file.read_bytes()
    found = edit(tmp_path, "a.md", docked)
    assert isinstance(found, Problem)
    assert str(found).startswith(told)
    assert found.hint
    assert file.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="makes no symbolic links")
def test_no_link_is_replaced_by_a_file(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (tmp_path / "theirs.md").write_text(TEXT)
    (content / "a.md").symlink_to("../theirs.md")
    found = edit(content, "a.md", docked)
    assert "content/a.md: would be written elsewhere" in str(found)
    assert (content / "a.md").is_symlink()
    assert (tmp_path / "theirs.md").read_text() == TEXT


def test_a_file_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT)
    (tmp_path / "a.md").chmod(0o444)
    assert "content/a.md: is write-protected" in str(edit(tmp_path, "a.md", docked))
    assert (tmp_path / "a.md").read_text() == TEXT


@pytest.mark.skipif(sys.platform == "win32", reason="knows no groups of users")
def test_who_may_read_and_write_it_stays(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT)
    (tmp_path / "a.md").chmod(0o660)
    assert edit(tmp_path, "a.md", docked) is True
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o660


def test_what_a_person_saves_meanwhile_stays(tmp_path: Path) -> None:
    def change(article: Article) -> Article:
        (tmp_path / "a.md").write_text("---\ntitle: Mine\n---\n")
        return docked(article)

    (tmp_path / "a.md").write_text(TEXT)
    assert "content/a.md: changed while this ran" in str(edit(tmp_path, "a.md", change))
    assert (tmp_path / "a.md").read_text() == "---\ntitle: Mine\n---\n"


@pytest.mark.skipif(sys.platform == "win32", reason="has no fork")
@pytest.mark.parametrize("moment", range(1, 4))
def test_on_a_full_disk_the_file_stays_and_is_named(tmp_path: Path, moment: int) -> None:
    archive = ArchiveFolder(tmp_path / "site")
    archive.write("a.md", TEXT)
    content = archive.path / "content"
    call = ["tags", "rename", "Boats", "Docks", "--site", str(archive.path)]
    done = faults.run(call, faults.Fault(content, "full", moment))
    assert (done.status, done.output.count("\n")) == (1, 1), done.output
    assert "No space left" in done.output
    assert f"{content}/" in done.output
    assert (content / "a.md").read_text() == TEXT
    assert [*content.iterdir()] == [content / "a.md"]


# --- where it takes longer --------------------------------------------------------------------


class WhileWorking(SerialMapper):
    """Lets something happen between what workers read and what is written of it."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self.happens = happens

    def map(self, function: Any, context: Any, items: Iterable[Any]) -> Iterator[Any]:
        for result in [*super().map(function, context, items)]:
            self.happens()
            yield result


def holding_refrain(site: Path) -> list[Path]:
    every = sorted(site.glob("content/undated/*.md"))
    return [path for path in every if REFRAIN in path.read_text("utf-8")]


def test_cleaning_again_leaves_what_is_saved_meanwhile_and_goes_on(tmp_path: Path) -> None:
    site = learned_late(tmp_path)
    mine, other = holding_refrain(site)
    mapper = WhileWorking(lambda: mine.write_text(mine.read_text("utf-8") + "\nMore.\n", "utf-8"))
    outcomes = {one.path: one for one in reclean(site / "content", mapper)}
    one = outcomes[f"undated/{mine.name}"]
    assert "changed while this ran" in str(one.problems[0])
    assert mine.read_text("utf-8").endswith("More.\n")
    assert REFRAIN in mine.read_text("utf-8")
    assert outcomes[f"undated/{other.name}"].status == "updated"
    again = {one.path: one.status for one in reclean(site / "content", SerialMapper())}
    assert again[f"undated/{mine.name}"] == "updated"
    assert mine.read_text("utf-8").endswith("More.\n")
    assert holding_refrain(site) == []


def test_a_review_leaves_what_is_saved_meanwhile(tmp_path: Path) -> None:
    site = learned_late(tmp_path)
    file, _ = holding_refrain(site)
    review = begin(site / "content", f"undated/{file.name}")
    assert not isinstance(review, Problem)
    file.write_text(file.read_text("utf-8") + "\nMore of ours.\n", "utf-8")
    line = next(one for one in review.cleaned.lines if "captain" in one.text)
    decide(site / "content", review, line.text, "drop")
    text = file.read_text("utf-8")
    assert (line.text in text, text.endswith("\nMore of ours.\n")) == (False, True)


def test_an_import_leaves_what_is_saved_meanwhile(tmp_path: Path) -> None:
    """Here a person writes into an article that is just about to name its other version."""
    content, raw = tmp_path / "content", tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text(page(1), "utf-8")
    list(ingest(content, [raw / "a.txt"], Stated({"source": "Post"}), SerialMapper()))
    (file,) = content.glob("undated/*.md")
    (raw / "b.txt").write_text(f"{page(1)}\n", "utf-8")
    (raw / "c.txt").write_text(page(2), "utf-8")

    def save(phase: str, *_: object) -> None:
        if phase == "cleaning":
            file.write_text(file.read_text("utf-8") + "\nMore.\n", "utf-8")

    inputs = [raw / "b.txt", raw / "c.txt"]
    caller = Stated({"source": "Echo"})
    with pytest.raises(OperationError, match="changed while this ran"):
        list(ingest(content, inputs, caller, SerialMapper(), save))
    assert file.read_text("utf-8").endswith("More.\n")
    assert [*content.glob("undated/*.md")] == [file]
    outcomes = list(ingest(content, inputs, caller, SerialMapper()))
    assert [one.status for one in outcomes] == ["new", "new"]
    assert "versions:" in file.read_text("utf-8")
    assert file.read_text("utf-8").endswith("More.\n")

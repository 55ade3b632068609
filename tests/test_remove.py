"""``archive remove``: what is no article goes, its original stays, and no import brings it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive_gen.cli import group
from archive_gen.content import frontmatter

STORY = "Ferry sinks off the mole\nBy Ada Lund\n\n" + "\n".join(
    f"In the night of day {day} the ferry to the islands sank with forty people on board of it."
    for day in range(5)
)
FORM = "Members of the harbour club\n\nPlease give the name and the word that we sent you by mail."


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (site / "site.yaml").write_text("title: T\n", "utf-8")
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/form.txt").write_text(FORM, "utf-8")
    (tmp_path / "raw/story.txt").write_text(STORY, "utf-8")
    run(site, "import", str(tmp_path / "raw"))
    assert names(site) == ["ferry-sinks-off-the-mole.md", "members-of-the-harbour-club.md"]
    return site


def run(site: Path, *arguments: str, answers: str = "") -> Result:
    return CliRunner().invoke(group, [*arguments, "--site", str(site)], input=answers)


def names(site: Path) -> list[str]:
    return sorted(path.name for path in (site / "content").rglob("*.md"))


def originals(site: Path) -> set[bytes]:
    found = (site / "content/_originals").rglob("*.txt")
    return {path.read_bytes() for path in found}


@pytest.mark.parametrize(
    "command",
    [["remove", "members-of-the-harbour-club"], ["review", "members-of-the-harbour-club"]],
)
def test_what_is_no_article_goes_for_good(site: Path, command: list[str]) -> None:
    before = originals(site)
    done = run(site, *command, answers="remove\n")
    assert done.exit_code == 0
    assert command[0] == "remove" or "Accepted 0, removed 1 of 1." in done.output
    assert names(site) == ["ferry-sinks-off-the-mole.md"]
    assert originals(site) == before
    again = run(site, "import", str(site.parent / "raw"))
    assert names(site) == ["ferry-sinks-off-the-mole.md"]
    assert "articles that were taken out 1" in again.output


def test_it_can_be_had_back(site: Path) -> None:
    run(site, "remove", "members-of-the-harbour-club")
    (site / "content/_redacted.txt").unlink()
    run(site, "import", str(site.parent / "raw"))
    assert names(site) == ["ferry-sinks-off-the-mole.md", "members-of-the-harbour-club.md"]


def test_what_a_person_wrote_stays(site: Path) -> None:
    path = site / "content/undated/members-of-the-harbour-club.md"
    path.write_text(path.read_text("utf-8") + "\nMine.\n", "utf-8")
    own = site / "content/undated/own.md"
    own.write_text("---\ntitle: My own\n---\n\nText.\n", "utf-8")
    result = run(site, "remove", "members-of-the-harbour-club", "own", "ferry-sinks-off-the-mole")
    assert result.exit_code == 1
    assert names(site) == ["members-of-the-harbour-club.md", "own.md"]
    assert (
        "content/undated/members-of-the-harbour-club.md: holds what a person wrote" in result.output
    )
    assert "content/undated/own.md: was not imported" in result.output


def test_another_version_does_not_name_it_any_more(site: Path) -> None:
    corrected = STORY.replace("In the night of day 4", "In the night of the fifth day")
    (site.parent / "raw/story2.txt").write_text(corrected, "utf-8")
    run(site, "import", str(site.parent / "raw"))
    (path,) = {*names(site)} - {"ferry-sinks-off-the-mole.md", "members-of-the-harbour-club.md"}
    assert "versions:" in (site / "content/undated/ferry-sinks-off-the-mole.md").read_text("utf-8")
    assert run(site, "remove", path).exit_code == 0
    left = (site / "content/undated/ferry-sinks-off-the-mole.md").read_text("utf-8")
    article, _ = frontmatter.parse(left, "")
    assert article
    assert article.versions == ()

"""What an import does with a story that the archive tells already, and with the vocabulary."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

from archive_gen.article import Article
from archive_gen.cli import main
from archive_gen.content import frontmatter

WORDS = (
    "harbour bridge ferry council river spring vote crane boat quay tide clay pier money".split()
)


def story(seed: int, paragraphs: int = 6) -> list[str]:
    chosen = random.Random(seed)  # noqa: S311
    return [
        f"In {chosen.randint(100, 999)} cases the "
        + " ".join(f"{chosen.choice(WORDS)}{chosen.randint(0, 99)}" for _ in range(30))
        + " was seen."
        for _ in range(paragraphs)
    ]


class Archive:
    """An archive in a folder, and what its commands print."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder / "site", capsys
        self.folder.mkdir()
        (self.folder / "site.yaml").write_text("title: T\ntags:\n  Ports: [Halvane]\n", "utf-8")
        (self.folder / "content").mkdir()
        self.inputs = folder / "inputs"
        self.inputs.mkdir()

    def put(self, name: str, paragraphs: list[str], **fields: object) -> None:
        gap = "\n" * (2 + ord(name) - ord("a"))  # so that no two originals have the same bytes
        record = {"title": f"A story of {name}", **fields, "maintext": gap.join(paragraphs)}
        (self.inputs / f"{name}.jsonl").write_text(json.dumps(record) + "\n", "utf-8")

    def run(self, *arguments: str) -> list[dict[str, object]]:
        with pytest.raises(SystemExit):
            main([*arguments, "--site", str(self.folder), "--json"])
        return [json.loads(line) for line in self.capsys.readouterr().out.splitlines()]

    def take(self) -> list[tuple[object, object]]:
        found = self.run("import", str(self.inputs))
        return [(item["status"], item["path"]) for item in found]

    def article(self, path: str) -> Article:
        data = (self.folder / "content" / path).read_bytes()
        article, problems = frontmatter.parse_bytes(data, path)
        assert article is not None, problems
        return article


@pytest.fixture
def archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Archive:
    return Archive(tmp_path, capsys)


@pytest.mark.parametrize("at_once", [True, False])
def test_a_corrected_text_is_another_version_and_both_say_so(
    archive: Archive, *, at_once: bool
) -> None:
    text = story(1)
    archive.put("a", text, source="Courier")
    if not at_once:
        archive.take()
    archive.put("b", [*text[:-1], "The last paragraph was wrong."], source="Courier")
    archive.put("c", story(2), source="Courier")
    archive.take()
    paths = [f"undated/a-story-of-{name}.md" for name in "abc"]
    assert [archive.article(path).versions for path in paths] == [(paths[1],), (paths[0],), ()]


def test_a_persons_words_stay_when_a_version_comes(archive: Archive) -> None:
    archive.put("a", story(1))
    archive.take()
    file = archive.folder / "content" / "undated/a-story-of-a.md"
    mine = file.read_text("utf-8").replace("---\n\n", "mood: grim # mine\n---\n\n")
    file.write_text(mine, "utf-8")
    archive.put("b", [*story(1), "And one more."])
    archive.take()
    assert archive.article("undated/a-story-of-a.md").versions == ("undated/a-story-of-b.md",)
    assert "mood: grim # mine" in file.read_text("utf-8")


def test_the_same_text_of_one_source_is_kept_once(archive: Archive) -> None:
    archive.put("a", story(1), source="Courier", url="https://courier.example/a")
    archive.put("b", story(1), source="The Courier".removeprefix("The "))
    archive.put("c", story(1))
    statuses = archive.take()
    assert [status for status, _ in statuses] == ["new", "duplicate", "duplicate"]
    assert {path for _, path in statuses} == {"undated/a-story-of-a.md"}


def test_a_reprint_elsewhere_is_another_version(archive: Archive) -> None:
    archive.put("a", story(1), source="Courier")
    archive.put("b", story(1), source="Gazette")
    assert [status for status, _ in archive.take()] == ["new", "new"]
    assert archive.article("undated/a-story-of-b.md").versions == ("undated/a-story-of-a.md",)


def test_the_same_few_words_under_another_headline_are_another_story(archive: Archive) -> None:
    for name in "ab":
        archive.put(name, ["Watch the video of the day here.", "And more."], source="Courier")
    assert [status for status, _ in archive.take()] == ["new", "new"]
    assert archive.article("undated/a-story-of-b.md").versions == ()


def test_the_state_is_only_a_cache(archive: Archive) -> None:
    archive.put("a", story(1))
    archive.take()
    shutil.rmtree(archive.folder / ".archive")
    archive.put("b", [*story(1), "And one more."])
    archive.take()
    assert archive.article("undated/a-story-of-b.md").versions == ("undated/a-story-of-a.md",)


def test_the_vocabulary_gives_tags_and_cleaning_again_gives_new_ones(archive: Archive) -> None:
    archive.put("a", ["The ferry to Halvane was late again.", *story(1)], tags=["Sea"])
    archive.take()
    path = "undated/a-story-of-a.md"
    assert archive.article(path).tags == ("Sea", "Ports")
    (archive.folder / "site.yaml").write_text("title: T\ntags: {Ferries: [ferry]}\n", "utf-8")
    archive.run("clean", "--again")
    assert archive.article(path).tags == ("Sea", "Ferries")

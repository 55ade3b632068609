"""Texts that are the same or nearly."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.article import Article
from archive_gen.content.listing import FoundFile
from archive_gen.intake.index import INDEX_FILE, open_index
from archive_gen.intake.versions import NEAR, likeness, sketch

WORDS = [f"word{n}" for n in range(3000)]


def story(seed: int, words: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=words)  # noqa: S311


def changed(text: list[str], every: int) -> list[str]:
    return [f"other{n}" if n % every == 0 else word for n, word in enumerate(text)]


def put(content: Path, path: str, text: list[str]) -> None:
    (content / path).parent.mkdir(parents=True, exist_ok=True)
    (content / path).write_text(f"---\ntitle: A story\n---\n\n{' '.join(text)}\n", "utf-8")


def test_likeness_is_that_of_the_shingles() -> None:
    text = story(1)
    assert likeness(sketch(" ".join(text)), sketch(" ".join(text))) == 1.0
    assert likeness(sketch(" ".join(text)), sketch(" ".join(story(2)))) == 0.0
    half = likeness(sketch(" ".join(text)), sketch(" ".join(text[:150])))
    assert 0.35 < half < 0.65


@pytest.mark.parametrize("every", [10, 40, 100])
def test_a_text_with_some_words_changed_is_another_version(every: int) -> None:
    text = story(1)
    assert likeness(sketch(" ".join(text)), sketch(" ".join(changed(text, every)))) >= NEAR


@pytest.mark.parametrize("every", [2, 3])
def test_a_text_with_many_words_changed_is_another_story(every: int) -> None:
    text = story(1)
    assert likeness(sketch(" ".join(text)), sketch(" ".join(changed(text, every)))) < NEAR


REPORTS = (
    "A ferry with 212 people on board ran aground off Tolland on Tuesday morning. Nobody was hurt, "
    "the coast guard said. All passengers were brought ashore by noon, and divers will look at the "
    "hull on Wednesday before the ship is towed to the yard at Halvane.",
    "All 212 people on a ferry that hit a sandbank near Tolland early on Tuesday are safe, the "
    "coast guard said. It took four hours to bring them to land. The hull will be looked at by "
    "divers before tugs pull the ship to Halvane, where the yard expects it by Sunday.",
)


def test_two_reports_of_one_event_are_two_stories() -> None:
    one, other = map(sketch, REPORTS)
    assert likeness(one, other) < 0.2


def test_case_markup_and_space_make_no_other_text() -> None:
    assert sketch("The **harbour**\n\nboard").digest == sketch("the harbour board").digest
    assert sketch("The harbour").digest != sketch("The harbours").digest
    assert sketch(" \n*").digest == b""


@given(st.text())
def test_every_text_has_a_sketch_like_itself(text: str) -> None:
    its = sketch(text)
    assert list(its.shingles) == sorted(set(its.shingles))
    assert not its.shingles or likeness(its, its) == 1.0


def test_the_archive_knows_its_texts(tmp_path: Path) -> None:
    content = tmp_path / "content"
    text = story(1)
    put(content, "2015/10/a.md", text)
    put(content, "2015/10/b.md", changed(text, 30))
    put(content, "2016/c.md", story(2))
    with open_index(content) as texts:
        assert texts.same(sketch(" ".join(text))) == ["2015/10/a.md"]
        assert texts.near(sketch(" ".join(text))) == ["2015/10/a.md", "2015/10/b.md"]
        assert texts.near(sketch(" ".join(story(3)))) == []
        texts.add(FoundFile("new.md", 1, 1), Article("New", "Text."), sketch(" ".join(story(3))))
        assert texts.near(sketch(" ".join(story(3)))) == ["new.md"]


def test_what_changed_or_went_is_seen_and_deleting_the_state_costs_nothing_else(
    tmp_path: Path,
) -> None:
    content, state = tmp_path / "content", tmp_path / ".archive"
    put(content, "a.md", story(1))
    put(content, "b.md", story(2))
    with open_index(content):
        pass
    put(content, "a.md", [*story(4), "more"])
    (content / "b.md").unlink()
    for broken in (None, b"", b"no database, but long enough to be read as one" * 40):
        if broken is not None:
            (state / INDEX_FILE).write_bytes(broken)
        with open_index(content) as texts:
            assert texts.near(sketch(" ".join(story(1)))) == []
            assert texts.near(sketch(" ".join(story(2)))) == []
            assert texts.near(sketch(" ".join(story(4)))) == ["a.md"]


def test_short_texts_are_versions_only_as_a_whole(tmp_path: Path) -> None:
    put(tmp_path / "content", "a.md", story(1, 20))
    with open_index(tmp_path / "content") as texts:
        assert texts.same(sketch(" ".join(story(1, 20)))) == ["a.md"]
        assert texts.near(sketch(" ".join([*story(1, 20), "more"]))) == []

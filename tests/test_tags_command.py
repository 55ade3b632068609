"""``archive tags`` and the terms that it proposes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from archive_gen.article import Article
from archive_gen.cli import main
from archive_gen.config import parse_config
from archive_gen.intake.suggestions import suggest
from archive_gen.intake.vocabulary import vocabulary_of

FILLER = [
    "Rain fell all night and the fields are under water.",
    "Nobody was hurt, and the shops will open again on Monday.",
    "A decision is expected in the spring, when the money is there.",
    "Children found a bottle with a letter in it near the old mill.",
    "The price of bread has gone up twice since last year.",
]


def articles(sentence: str, count: int = 5, **fields: object) -> list[Article]:
    named = [Article(f"title {n}", f"{sentence} {FILLER[n]}", **fields) for n in range(count)]  # type: ignore[arg-type]
    return named + [Article(f"other {n}", FILLER[n % 5]) for n in range(12)]


def terms(found: list[Article], **tags: list[str]) -> list[str]:
    return [item.term for item in suggest(found, vocabulary_of(tags), limit=10)]


@pytest.mark.parametrize(
    ("sentence", "term"),
    [
        ("Engineers looked at the Estuary Bridge again today.", "Estuary Bridge"),
        ("The case went to the Ministry of Fisheries at once.", "Ministry of Fisheries"),
        ("On Thursday a ferry left for Halvane.", "Halvane"),
        ("Die Lage im Hafen von Port Halvane bleibt ernst.", "Port Halvane"),
        ("Переговоры прошли в Нижнем Орле вчера.", "Нижнем Орле"),
        ("昨日は川口大橋が閉鎖された。", "川口大橋"),
    ],
)
def test_a_name_that_articles_share_is_proposed(sentence: str, term: str) -> None:
    found = suggest(articles(sentence), vocabulary_of({}), limit=10)
    match = next((item for item in found if term in item.term), None)
    assert match is not None
    assert match.count == 5
    assert match.titles == ("title 0", "title 1", "title 2")


def test_words_of_the_calendar_and_parts_of_names_are_not() -> None:
    found = terms(articles("In the east of Port Halvane it rained on Thursday in October."))
    assert "Port Halvane" in found
    assert not {"Thursday", "October", "Halvane", "Port"} & set(found)


def test_the_first_word_of_a_sentence_is_no_name() -> None:
    assert terms(articles("Engineers were there.")) == []


def test_keywords_of_pages_count_and_what_the_vocabulary_has_does_not() -> None:
    named = articles("Nothing.", tags=("Ports", "harbour"))
    assert terms(named) == ["Ports", "harbour"]
    assert terms(named, Harbour=[]) == ["Ports"]
    assert terms(named, Docks=["ports"]) == ["harbour"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site.yaml").write_text("title: T\ntags:\n  Ports: [harbour]\n", "utf-8")
    (tmp_path / "content").mkdir()
    for n in range(4):
        text = f"---\ntitle: Story {n}\ntags: [Ferry]\n---\n\nA boat: Port Halvane. {FILLER[n]}\n"
        (tmp_path / "content" / f"{n}.md").write_text(text, "utf-8")
    for n in range(5):
        text = f"---\ntitle: Other {n}\n---\n\n{FILLER[n]}\n"
        (tmp_path / "content" / f"other-{n}.md").write_text(text, "utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    return capsys.readouterr().out


def test_tags_in_use_are_counted(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "tags", "--site", str(site), "--json")
    assert [json.loads(line) for line in out.splitlines()] == [
        {"tag": "Ferry", "articles": 4, "vocabulary": False},
        {"tag": "Ports", "articles": 0, "vocabulary": True},
    ]
    assert "Ferry  (not in site.yaml)" in run(capsys, "tags", "--site", str(site))


def test_what_is_proposed_can_be_pasted(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "tags", "suggest", "--site", str(site))
    proposed = yaml.safe_load(out)["tags"]
    assert list(proposed) == ["Ferry", "Port Halvane"]
    assert parse_config("title: T\n" + out).tags == proposed
    out = run(capsys, "tags", "suggest", "--site", str(site), "--json", "--limit", "1")
    assert json.loads(out)["titles"] == ["Story 0", "Story 1", "Story 2"]

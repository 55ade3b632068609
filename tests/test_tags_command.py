"""``archive tags`` and the terms that it proposes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from archive_gen.article import Article
from archive_gen.cli import main
from archive_gen.config import parse_config
from archive_gen.intake.terms.acceptance import accept
from archive_gen.intake.terms.suggestions import suggest, titled
from archive_gen.intake.terms.vocabulary import vocabulary_of
from archive_gen.problems import OperationError
from archive_gen.texts import fold_term, tidy
from tests.archive_folder import ArchiveFolder

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
    return [item.term for item in suggest(map(titled, found), vocabulary_of(tags), limit=10)]


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
    found = suggest(map(titled, articles(sentence)), vocabulary_of({}), limit=10)
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


@pytest.mark.parametrize(
    "dateline", ["NEW YORK, March 3 - ", "NEW YORK (Reuters) — ", "NEW YORK, N.Y. -- "]
)
def test_behind_a_dateline_a_sentence_begins_and_its_place_is_a_name(dateline: str) -> None:
    assert terms(articles(f"{dateline}Engineers were there.")) == ["New York"]


def test_keywords_of_pages_count_and_what_the_vocabulary_has_does_not() -> None:
    named = articles("Nothing.", tags=("Ports", "harbour"))
    assert terms(named) == ["Ports", "harbour"]
    assert terms(named, Harbour=[]) == ["Ports"]
    assert terms(named, Docks=["ports"]) == ["harbour"]


def test_of_too_many_terms_those_met_once_are_forgotten() -> None:
    many = ("many", [f"Name {n}" for n in range(400_001)])
    both = ["Old Mill", "Port Halvane"]
    before = [("a", both), ("b", ["Port Halvane"])]
    after = [("c", both), ("d", both), ("e", both), *((f"{n}", ["Rain"]) for n in range(10))]
    found = suggest([*before, many, *after], vocabulary_of({}), limit=10, least=3)
    assert [(item.term, item.count, item.titles) for item in found] == [
        ("Port Halvane", 5, ("a", "b", "c")),
        ("Old Mill", 3, ("c", "d", "e")),
    ]


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


def test_spellings_of_a_tag_are_one(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for n, tags in enumerate(("ports", "ports", "FERRY", "Fish", "fish", "fish")):
        text = f"---\ntitle: More {n}\ntags: [{tags}]\n---\n\n{FILLER[n % 5]}\n"
        (site / "content" / f"more-{n}.md").write_text(text, "utf-8")
    lines = run(capsys, "tags", "--site", str(site)).splitlines()
    assert [line.split()[:2] for line in lines] == [["5", "Ferry"], ["3", "fish"], ["2", "Ports"]]


def test_what_is_proposed_can_be_pasted(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "tags", "suggest", "--site", str(site))
    proposed = yaml.safe_load(out)["tags"]
    assert list(proposed) == ["Ferry", "Port Halvane"]
    assert parse_config("title: T\n" + out).tags == proposed
    out = run(capsys, "tags", "suggest", "--site", str(site), "--json", "--limit", "1")
    assert json.loads(out)["titles"] == ["Story 0", "Story 1", "Story 2"]


def accepted(site: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    run(capsys, "tags", "accept", *arguments, "--site", str(site))
    run_again = (site / "site.yaml").read_bytes().decode("utf-8")
    with pytest.raises(SystemExit):
        main(("tags", "accept", *arguments, "--site", str(site)))
    told = capsys.readouterr().err
    after = (site / "site.yaml").read_bytes().decode("utf-8")
    assert after == run_again, "accepting twice changed the file twice"
    return after, told


LAYOUTS = [
    (
        "# Ours.\ntitle: T  # short\ntags: # by Ana\n  # towns\n  Ports: [harbour]  # two\n\n"
        "# the end\nlanguage: fr\n",
        "  Ports: [harbour]  # two\n  Port Halvane: [Halvane, the port]\n\n# the end\n",
    ),
    (
        "title: T\ntags:\n  Ports:\n  - harbour\n",
        "  - harbour\n  Port Halvane: [Halvane, the port]\n",
    ),
    ("title: T\ntags:\n    Ports:\n", "    Ports:\n    Port Halvane: [Halvane, the port]\n"),
    ("title: T\ntags: {Ports: [harbour]} # x\n", "{Ports: [harbour], Port Halvane: [Halvane, the"),
    ("title: T\ntags: {Ports}\n", "tags: {Ports, Port Halvane: [Halvane, the port]}\n"),
    ("title: T\ntags: {}  # none\n", "tags:  # none\n  Port Halvane: [Halvane, the port]\n"),
    ("title: T\ntags: {}\n", "tags:\n  Port Halvane: [Halvane, the port]\n"),
    ("title: T", "title: T\ntags:\n  Port Halvane: [Halvane, the port]\n"),
    ("title: T\r\ntags:\r\n  A:\r\n", "  A:\r\n  Port Halvane: [Halvane, the port]\r\n"),
    ("title: T\ntags:\n  Port Halvane:\nlanguage: fr\n", "  Port Halvane: [Halvane, the port]\nl"),
    ("title: T\ntags:\n  port HALVANE: Halvane # y\n", "  port HALVANE: [Halvane, the port] # y\n"),
    ("title: T\ntags:\n  Port Halvane: [Halvane] # y\n", ": [Halvane, the port] # y\n"),
    (
        "title: T\ntags:\n  Port Halvane:\n    - Halvane  # y\n  # z\n  B:\n",
        "    - Halvane  # y\n    - the port\n  # z\n  B:\n",
    ),
]


@pytest.mark.parametrize(("before", "part"), LAYOUTS)
def test_an_accepted_term_stands_in_the_settings_and_all_else_stays(
    site: Path, capsys: pytest.CaptureFixture[str], before: str, part: str
) -> None:
    (site / "site.yaml").write_bytes(before.encode("utf-8"))
    words = ("--alias", "Halvane", "--alias", "the port")
    after, told = accepted(site, capsys, "Port Halvane", *words)
    assert part in after
    assert "already" in told
    old, new = parse_config(before), parse_config(after)
    assert replace(new, tags=old.tags) == old
    assert set(old.tags) <= set(new.tags)
    comments = [part for line in before.splitlines() for part in line.split("#")[1:]]
    assert comments == [part for line in after.splitlines() for part in line.split("#")[1:]]


def test_a_word_of_another_tag_is_refused(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (site / "site.yaml").read_bytes()
    for arguments in (("Harbour",), ("Docks", "--alias", "harbour"), ("Docks", "--alias", "ports")):
        with pytest.raises(SystemExit) as ended:
            main(("tags", "accept", *arguments, "--site", str(site)))
        assert ended.value.code == 1
        assert "is another word for 'Ports'" in capsys.readouterr().err
    for arguments in (("",), ("A", "--alias", " ")):
        with pytest.raises(SystemExit) as ended:
            main(("tags", "accept", *arguments, "--site", str(site)))
        assert ended.value.code == 2
    assert (site / "site.yaml").read_bytes() == before


def test_settings_that_cannot_be_changed_in_place_are_left(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "title: T\ntags:\n  Ports: &words [harbour]\n  Docks: []\n...\n"
    (site / "site.yaml").write_text(text.replace("[]", "*words"), "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(("tags", "accept", "Ferry", "--site", str(site)))
    assert ended.value.code
    capsys.readouterr()
    text = "{title: T}\n"
    (site / "site.yaml").write_text(text, "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(("tags", "accept", "Ferry", "--site", str(site)))
    assert ended.value.code == 1
    assert "by hand" in capsys.readouterr().err
    assert (site / "site.yaml").read_text("utf-8") == text


WORD = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]),
    min_size=1,
    max_size=12,
).filter(lambda text: fold_term(text) and tidy(text))


@given(st.sampled_from(LAYOUTS), WORD, st.lists(WORD, max_size=3))
def test_whatever_is_accepted_is_in_the_vocabulary(
    layout: tuple[str, str], term: str, aliases: list[str]
) -> None:
    before = layout[0]
    vocabulary = vocabulary_of(parse_config(before).tags)
    try:
        after = accept(before, vocabulary, term, aliases)
    except OperationError as error:
        assert "another word" in str(error)  # noqa: PT017
        return
    now = vocabulary_of(parse_config(after).tags)
    assert {now.tag_of(tidy(word)) for word in (term, *aliases)} == {now.tag_of(tidy(term))} != {""}
    assert accept(after, now, term, aliases) == after


def test_what_is_proposed_says_how_to_accept_it(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(("tags", "suggest", "--site", str(site)))
    assert "archive tags accept" in capsys.readouterr().err
    run(capsys, "tags", "accept", "Ferry", "--site", str(site))
    assert "Ferry" not in run(capsys, "tags", "suggest", "--site", str(site))


def test_an_archive_without_tags_and_doubts_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "site.yaml").write_text("title: T\n")
    (tmp_path / "content").mkdir()
    for arguments, told in (
        (("tags",), "No article has a tag. 'archive tags suggest' proposes some.\n"),
        (("review",), "No article is doubtful: there is nothing to review.\n"),
        (("review", "--list"), "No article is doubtful: there is nothing to review.\n"),
    ):
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--site", str(tmp_path)])
        assert ended.value.code == 0
        assert capsys.readouterr() == ("", told)


def test_a_tag_is_renamed_in_all_articles_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = ArchiveFolder(tmp_path / "site")
    head = "---\ntitle: T  # as printed\n"
    files = {
        "a.md": "tags: [Boats, burma ]\nown: 1\n---\nBurma.\n",
        "b.md": "tags:\n- BURMA\n- Myanmar\n---\n",
        "c.md": "tags: [Myanmar]\n---\nBurma.\n",
        "d.md": "tags: [Burmah]\n---\n",
        "e.md": "date: never\ntags: [Burma]\n---\n",
    }
    for path, text in files.items():
        archive.write(path, head + text)
    with pytest.raises(SystemExit) as ended:
        main(["tags", "rename", "Burma", "Myanmar", "--site", str(archive.path)])
    told = capsys.readouterr().err
    # Whether one that nobody can read has the tag, nobody knows.
    assert (ended.value.code, "content/e.md:3: 'date'" in told) == (1, True)
    assert "'Myanmar' is in place of 'Burma' in 2 articles." in told
    now = {path: (archive.path / "content" / path).read_text("utf-8") for path in files}
    assert now["a.md"] == f"{head}tags:\n- Boats\n- Myanmar\nown: 1\n---\nBurma.\n"
    assert now["b.md"] == f"{head}tags:\n- Myanmar\n---\n"
    assert [now[path] for path in ("c.md", "d.md", "e.md")] == [
        head + files[path] for path in ("c.md", "d.md", "e.md")
    ]
    archive.delete("e.md")
    with pytest.raises(SystemExit):
        main(["tags", "rename", "Burna", "Myanmar", "--site", str(archive.path)])
    assert "No article has a tag 'Burna'" in capsys.readouterr().err


def test_an_article_whose_tag_cannot_be_renamed_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = ArchiveFolder(tmp_path / "site")
    archive.article("a.md", tags="[Burma]")
    archive.write("b.md", "---\n{title: B, tags: [Burma]}\n---\n")
    with pytest.raises(SystemExit) as ended:
        main(["tags", "rename", "Burma", "Myanmar", "--site", str(archive.path)])
    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert "content/b.md" in told
    assert "in place of 'Burma' in 1 article." in told


def test_some_articles_of_a_tag_get_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = ArchiveFolder(tmp_path / "site", "title: T\nstories: {The cup: {tags: [Sport]}}\n")
    for name in "abc":
        archive.article(f"2015/{name}.md", tags="[Boats, sport]")
    monkeypatch.chdir(archive.path)
    for named, status in ((["content/2015/a.md", "b", "2015/a.md"], 0), ([], 2), (["x"], 2)):
        with pytest.raises(SystemExit) as ended:
            main(["tags", "split", "Sport", "Football", *named])
        assert ended.value.code == status
    told = capsys.readouterr().err
    assert "'Football' is in place of 'Sport' in 2 articles." in told
    assert "The cup" not in told  # it has the others still
    now = [(archive.path / f"content/2015/{name}.md").read_text("utf-8") for name in "abc"]
    assert [text.count("- Football\n---") for text in now] == [1, 1, 0]
    assert "tags: [Boats, sport]" in now[2]


def test_a_tag_gets_capitals(tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path / "site")
    archive.article("a.md", tags="[nato, Nato]")
    with pytest.raises(SystemExit):
        main(["tags", "rename", "nato", "NATO", "--site", str(archive.path)])
    assert "tags:\n- NATO\n---" in (archive.path / "content/a.md").read_text("utf-8")


def test_a_story_that_the_old_name_gathers_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stories = "stories: {The flood: {tags: [flood]}, The bridge: {tags: [Bridge]}}"
    archive = ArchiveFolder(tmp_path / "site", f"title: T\n{stories}\n")
    archive.article("a.md", tags="[Flood]")
    for old, new, told in (("Flood", "FLOOD", 0), ("FLOOD", "Deluge", 1)):
        with pytest.raises(SystemExit):
            main(["tags", "rename", old, new, "--site", str(archive.path)])
        assert capsys.readouterr().err.count("gathers the story 'The flood' by") == told

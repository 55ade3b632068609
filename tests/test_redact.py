"""Takedown: the words go from content, original, site and indexes, and a search proves it."""

from __future__ import annotations

import html
import json
import re
import shutil
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_gen.cli import group
from archive_gen.content import frontmatter
from archive_gen.intake.sources import source_files
from archive_gen.parallel import SerialMapper
from archive_gen.passages import pattern_of, replaced
from archive_gen.remains import find_left
from archive_gen.search.whoosh.index import WhooshIndex
from tests.archive_folder import ArchiveFolder

NAME = "Ilse Varden of Tallow Lane"
DUMP = f"""Ferry captain named in inquiry

7 October 2015

PORT HALVANE – The inquiry into the sinking of the ferry heard on Wednesday that {NAME}
had steered the boat on the night of the storm, and that nobody had relieved her at the wheel.

Harbour master Joss Carrow said the crew had been on duty for nineteen hours without a break.

The hearing goes on next week, when the owners of the ferry line are to be asked about their rota.
"""


@pytest.fixture
def archive(tmp_path: Path) -> ArchiveFolder:
    archive = ArchiveFolder(tmp_path / "site")
    dump = tmp_path / "ferry.txt"
    dump.write_text(DUMP)
    run(archive, "import", str(dump), "--source", "Post")
    archive.article("2015/other.md", date="2015-10-08", body="The quay is open again for boats.")
    archive.build()
    return archive


def run(archive: ArchiveFolder, *arguments: str) -> Result:
    return CliRunner().invoke(group, [*arguments, "--site", str(archive.path)])


def imported(archive: ArchiveFolder) -> str:
    (path,) = (archive.path / "content/2015/10").glob("*.md")
    return path.relative_to(archive.path).as_posix()


def test_where_no_site_can_be_built_it_tells_where_the_words_are(archive: ArchiveFolder) -> None:
    archive.article("2015/other.md", date="2015-10-08", body=f"Again {NAME} had steered the boat.")
    (archive.path / ".public.staging").write_text("No folder can be made here.")
    removed = imported(archive)
    result = run(archive, "redact", removed, "--passage", NAME, "--reason", "Privacy", "--yes")
    assert result.exit_code == 1
    told = result.stderr.splitlines()
    assert "not out of the site" in told[0]
    assert told[1].startswith(f"content/2015/other.md: still holds '{NAME}'")
    assert ".public.staging" in told[2] or "/public/" in told[2]
    assert len(told) == 3
    (archive.path / ".public.staging").unlink()
    assert run(archive, "build").exit_code == 0
    assert NAME not in archive.page("2015/10/07/ferry-captain-named-in-inquiry/index.html")


def everything(archive: ArchiveFolder) -> dict[str, bytes]:
    files = (path for path in archive.path.rglob("*") if path.is_file())
    return {path.relative_to(archive.path).as_posix(): path.read_bytes() for path in files}


def originals(archive: ArchiveFolder) -> set[str]:
    return {name for name in everything(archive) if re.search(r"_originals/\w\w/", name)}


def indexed(archive: ArchiveFolder) -> str:
    return " ".join(d.text for d in WhooshIndex(archive.path / ".archive/search").documents())


def test_a_passage_goes_from_everywhere(archive: ArchiveFolder) -> None:
    before = everything(archive)
    assert any(b"Tallow" in data for name, data in before.items() if "_originals" in name)
    learned = archive.path / "content/_sources/post.yaml"
    lines = {source_files.fold(f"Read more of {NAME}"): 2, "share this page": 4}
    counts = source_files.Counts(9, 0, 0, Counter(lines))
    learned.write_text(source_files.with_counts(source_files.new_file("Post"), counts))
    result = run(
        archive, "redact", imported(archive), "--passage", NAME, "--reason", "Privacy.", "--yes"
    )
    assert result.exit_code == 0, result.output
    after = everything(archive)
    assert not [name for name, data in after.items() if b"tallow lane" in data.lower()]
    assert "Tallow" not in indexed(archive)
    assert "nineteen hours" in indexed(archive)
    article = (archive.path / imported(archive)).read_text()
    assert "nineteen hours" in article
    assert "notice: Privacy." in article
    source, _ = source_files.parse(learned.read_text(), "post.yaml")
    assert source is not None
    assert source.counts.lines == {"share this page": 4}
    originals = [data for name, data in after.items() if "_originals" in name and ".txt" in name]
    assert len(originals) == 1
    assert b"nineteen hours" in originals[0]
    assert run(archive, "check").exit_code == 0


def test_an_article_leaves_a_tombstone(archive: ArchiveFolder, tmp_path: Path) -> None:
    path = imported(archive)
    of_it = originals(archive)
    quay = "Quay opens\n\nThe quay is open again for boats, the harbour master said on Friday.\n"
    (tmp_path / "quay.txt").write_text(quay)
    assert run(archive, "import", str(tmp_path / "quay.txt")).exit_code == 0
    others = originals(archive) - of_it
    page = next(name for name in archive.output() if "ferry-captain" in name)
    twice = (path, path.replace("/", "/./"))  # is one article
    result = run(archive, "redact", *twice, "--reason", "By court order.", "--yes", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["left"] == []
    after = everything(archive)
    assert not [name for name, data in after.items() if b"nineteen" in data]
    assert originals(archive) == others != set()
    assert "By court order." in archive.page(page)
    assert "nineteen" not in indexed(archive)
    assert run(archive, "check").exit_code == 0


@pytest.mark.parametrize("passage", [[], ["--passage", NAME]])
def test_no_import_brings_back_what_was_taken_out(
    archive: ArchiveFolder, tmp_path: Path, passage: list[str]
) -> None:
    run(archive, "redact", imported(archive), *passage, "--reason", "Privacy", "--yes")
    after = everything(archive).keys()
    again = run(archive, "import", str(tmp_path / "ferry.txt"), "--source", "Post")
    assert again.exit_code == 0
    assert "Left out, as no articles or not public: articles that were taken out 1." in again.output
    assert {name for name in everything(archive) if name.startswith("content/")} <= after
    assert not any(b"Tallow" in data for data in everything(archive).values())
    # Who thinks better of it takes the line out.
    (archive.path / "content/_redacted.txt").unlink()
    assert "1 new" in run(archive, "import", str(tmp_path / "ferry.txt")).output


@pytest.mark.parametrize("passage", [[], ["--passage", NAME]])
def test_an_original_that_a_backup_brings_back_is_told(
    archive: ArchiveFolder, tmp_path: Path, passage: list[str]
) -> None:
    path = imported(archive)
    shutil.copytree(archive.path / "content/_originals", tmp_path / "backup")
    run(archive, "redact", path, *passage, "--reason", "Privacy", "--yes")
    assert run(archive, "check").exit_code == 0
    shutil.copytree(tmp_path / "backup", archive.path / "content/_originals", dirs_exist_ok=True)
    told = run(archive, "check", "originals", "--json")
    assert told.exit_code == 1
    assert [json.loads(line)["code"] for line in told.stdout.splitlines()] == ["redacted-original"]


@pytest.mark.parametrize("before", range(17))
def test_each_of_many_passages_is_found_wherever_it_stands(tmp_path: Path, before: int) -> None:
    letters = "The ferry captain of Cray Point counted the boats, and told nobody of the ninth."
    passages = [f"{length:03} {letters[:length]}" for length in range(1, len(letters))]
    for passage in passages:
        text = f"{'x' * before}{passage}{'y' * 40}".replace(" ", "\n")
        (tmp_path / f"{passage[:3]}.txt").write_text(text, "utf-8")
    (tmp_path / "none.txt").write_text(letters, "utf-8")
    left = find_left(tmp_path, "public", passages, SerialMapper())
    told = {problem.path: problem.message for problem in left}
    assert told == {f"{one[:3]}.txt": f"still holds '{one[:60]}'" for one in passages}


def test_what_a_killed_command_left_is_searched_too(archive: ArchiveFolder) -> None:
    page = archive.output()[next(name for name in archive.output() if "ferry-captain" in name)]
    staged = archive.path / ".public.staging/2015/old.html"
    staged.parent.mkdir(parents=True)
    staged.write_bytes(page)
    unfinished = archive.path / "content/2015/.4711-1"
    unfinished.write_text(DUMP)
    call = ("redact", imported(archive), "--passage", NAME, "--reason", "Privacy.", "--yes")
    result = run(archive, *call)
    assert (result.exit_code, "content/2015/.4711-1: still holds" in result.stderr) == (1, True)
    unfinished.unlink()
    assert not [name for name, data in everything(archive).items() if b"tallow" in data.lower()]


def test_the_whole_folder_of_an_archive_is_searched_but_for_its_history(
    archive: ArchiveFolder,
) -> None:
    """The site of an earlier ``output``, a list that somebody saved, a word of the vocabulary."""
    for path in ("www/index.html", "lists/names.csv", ".git/objects/ab"):
        (archive.path / path).parent.mkdir(parents=True, exist_ok=True)
        (archive.path / path).write_text(NAME)
    archive.settings(f"title: The inquiry\ntags: {{Ferry: [{NAME}]}}\n")
    arguments = ["redact", imported(archive), "--passage", NAME, "--reason", "Privacy", "--yes"]
    result = run(archive, *arguments)
    assert result.exit_code == 1
    told = [line.partition(":") for line in result.stderr.splitlines() if "still holds" in line]
    assert [path for path, _, _ in told] == ["site.yaml", "lists/names.csv", "www/index.html"]
    assert all(way.endswith("take it out there by hand") for _, _, way in told)
    assert "The history of version control was not searched" in result.stderr


def test_pictures_of_a_removed_article_are_named(archive: ArchiveFolder) -> None:
    pixel = bytes.fromhex("47494638396101000100800000000000ffffff2c00000000010001000002024401003b")
    (archive.path / "content/2015/her.gif").write_bytes(pixel)
    body = "Her face.\n\n![Her](her.gif) ![Other](../../../her.gif) ![No picture](other.md)"
    archive.article("2015/shown.md", body, date="2015-10-10", slug="her-face", source="Post")
    archive.build()
    assert [name for name in archive.output() if name.endswith(".gif")]
    result = run(archive, "redact", "2015/shown.md", "--reason", "Privacy.", "--yes", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["pictures"] == ["2015/her.gif"]
    assert not [name for name in archive.output() if name.endswith(".gif")]
    assert "Post" in archive.page("2015/10/10/her-face/index.html")


@pytest.mark.parametrize(
    "copied",
    [
        NAME.upper(),
        NAME.replace("Varden", "Var\u00adden"),
        NAME.replace("Varden", "**Varden**"),
        NAME.replace("I", "\uff29"),
        NAME.replace(" ", "&nbsp;"),
    ],
    ids=["capitals", "soft hyphen", "emphasis", "wide letter", "spaces"],
)
def test_a_copy_in_another_article_is_told(archive: ArchiveFolder, copied: str) -> None:
    archive.article("2015/copy.md", date="2015-10-09", body=f"As reported, {copied} steered.")
    result = run(
        archive, "redact", imported(archive), "--passage", NAME, "--reason", "Privacy.", "--yes"
    )
    assert result.exit_code == 1
    assert re.search(
        r"(?m)^(content/2015/copy\.md|public/2015/10/09/.*html): still holds", result.stderr
    )


def test_a_name_goes_from_several_articles_at_once(archive: ArchiveFolder) -> None:
    archive.article("2015/copy.md", date="2015-10-09", body=f"As reported, {NAME} steered.")
    call = ("redact", imported(archive), "2015/copy.md", "--passage", NAME, "--reason", "Privacy.")
    result = run(archive, *call, "--yes", "--json")
    assert result.exit_code == 0, result.output
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["path"].rpartition("/")[2] for one in told] == [
        Path(imported(archive)).name,
        "copy.md",
    ]
    assert not [n for n, data in everything(archive).items() if b"tallow lane" in data.lower()]


def test_several_articles_go_at_once(archive: ArchiveFolder) -> None:
    result = run(
        archive, "redact", imported(archive), "2015/other.md", "--reason", "By order.", "--yes"
    )
    assert result.exit_code == 0, result.output
    assert "none." in result.stdout
    assert indexed(archive).strip() == ""
    after = everything(archive)
    assert not [n for n, data in after.items() if b"nineteen" in data or b"quay is open" in data]


def test_a_name_goes_from_the_beginning_of_a_value_and_however_it_is_quoted(
    archive: ArchiveFolder,
) -> None:
    said = "---\ntitle: Jo O'Varden held\nsummary: 'Jo O''Varden: a captain'\n"
    listed = 'authors: [Jo O\'Varden, "Bo \\"Jo O\'Varden\\" Berg"]\ntags:\n- Jo O\'Varden\n'
    path = archive.path / "content/2015/held.md"
    path.write_text(f"{said}{listed}---\n\nJo O'Varden\nwas held.\n")
    (archive.path / "content/2015/gone.jpg").symlink_to("nowhere")
    call = ("2015/held.md", "--passage", "Jo O'Varden", "--reason", "Privacy.", "--yes")
    result = run(archive, "redact", *call)
    assert result.exit_code == 0, result.output
    article, _ = frontmatter.parse(path.read_text(), "held.md")
    assert article is not None
    assert (article.title, article.summary) == ("(…) held", "(…): a captain")
    assert (article.authors, article.tags) == (("(…)", 'Bo "(…)" Berg'), ("(…)",))
    assert article.body == "(…)\nwas held."


def test_what_is_not_there_changes_nothing(archive: ArchiveFolder) -> None:
    before = everything(archive)
    for arguments in (
        ("content/2015/none.md",),
        ("../outside.md",),
        ("2015/other.md", "--passage", "no such words"),
        (imported(archive), "2015/other.md", "--passage", NAME),
        (imported(archive), "2015/none.md"),
        *((imported(archive), "--passage", blank) for blank in ("", " ", "**", "<b>", "\u200b")),
    ):
        result = run(archive, "redact", *arguments, "--reason", "x", "--yes")
        assert result.exit_code == 2, result.output
        assert "Traceback" not in result.output
    assert "nothing that can be looked for" in result.output
    assert run(archive, "redact", imported(archive), "--reason", "x").exit_code == 1  # not sure
    assert everything(archive) == before


def test_nobody_is_asked_about_an_article_that_is_not_there(archive: ArchiveFolder) -> None:
    result = run(archive, "redact", "content/2015/others.md", "--reason", "x")
    assert result.exit_code == 2
    assert result.stderr.startswith("content/2015/others.md: there is no such article — did you")
    assert "content/2015/other.md" in result.stderr
    assert "for good?" not in result.output


def test_all_articles_without_the_passage_are_named_at_once(archive: ArchiveFolder) -> None:
    archive.article("2015/third.md", date="2015-10-09", body="The quay is shut again.")
    articles = (imported(archive), "2015/other.md", "2015/third.md")
    result = run(archive, "redact", *articles, "--passage", NAME, "--reason", "x", "--yes")
    assert result.stderr.splitlines() == [
        "content/2015/other.md: holds none of these passages — leave it out",
        "content/2015/third.md: holds none of these passages — leave it out",
    ]


@pytest.mark.parametrize(
    ("passage", "articles"),
    [
        (
            "Ilse Varden",
            {
                "Ilse **Varden** sang.": "**(…)** sang.",
                "The **captain Ilse** Varden sang.": "The **captain (…)** sang.",
                "So Ilse **Varden sang** twice.": "So **(…) sang** twice.",
                "So Ilse _Varden sang_ twice.": "So _(…) sang_ twice.",
                "So __captain Ilse__ Varden sang.": "So __captain (…)__ sang.",
                "See [Ilse *Varden*](https://a.example/x) there.": (
                    "See [*(…)*](https://a.example/x) there."
                ),
                "See [Ilse](https://a.example/x) Varden.": "See [(…)](https://a.example/x).",
            },
        ),
        ("Ilse **Varden**", {"Ilse **Varden** sang.": "**(…)** sang."}),
        ("ilse_varden_3", {"Write to ilse_varden_3 there.": "Write to (…) there."}),
        ("see", {"So [so Ilse](https://a.example/x) V*ard*en.": ""}),
        ("Ilse M\u00fcller", {"So Il\u00adse Mu\u0308ller sang.": "So (…) sang."}),
        ("Il\u00adse Mu\u0308ller", {"So Ilse M\u00fcl\u200bler sang.": "So (…) sang."}),
    ],
)
def test_links_stress_accents_and_what_nobody_sees_hide_no_passage(
    tmp_path: Path, passage: str, articles: dict[str, str]
) -> None:
    archive = ArchiveFolder(tmp_path / "site")
    names = [f"content/2015/{number}.md" for number in range(len(articles))]
    for name, written in zip(names, articles, strict=True):
        archive.article(name.removeprefix("content/"), date="2015-10-08", body=written)
    result = run(archive, "redact", *names, "--passage", passage, "--reason", "P.", "--yes")
    assert (result.exit_code == 0) == all(articles.values()), result.output
    for name, (written, left) in zip(names, articles.items(), strict=True):
        assert (archive.path / name).read_text().endswith(f"\n{left or written}\n")


SEAMS = ("", "\\", "*", "**", "_", "__", "[", "]", "](https://a.example/x)", "\u00ad", "\u200b")
GAPS = (" ", "\n", "\u00a0", "&nbsp;", "\n> ", "  \n")


def ways_to_write(character: str) -> list[str]:
    found = [character, character.swapcase(), unicodedata.normalize("NFD", character)]
    if not (character.isascii() and character.isalnum()):
        number = ord(character)
        found += [html.escape(character), f"&#{number};", f"&#0{number};", f"&#x{number:X};"]
    return [*found, "''"] if character == "'" else found


@settings(max_examples=60)
@given(st.data())
def test_a_passage_is_found_however_it_is_written(data: st.DataObject) -> None:
    word = st.text(st.sampled_from("aZ4é\u00fcЖ太'\"&<-.("), min_size=1, max_size=5)
    words = data.draw(st.lists(word, min_size=1, max_size=3))
    written = ""
    for number, one in enumerate(words):
        written += data.draw(st.sampled_from(GAPS)) if number else ""
        for character in one:
            seam = data.draw(st.sampled_from(SEAMS)) if written else ""
            written += seam + data.draw(st.sampled_from(ways_to_write(character)))
    pattern = pattern_of(" ".join(words))
    assert pattern.fullmatch(written)
    assert pattern_of(unicodedata.normalize("NFD", " ".join(words))).fullmatch(written)
    assert not pattern.search("xy, 5; I go")


def test_what_is_escaped_opens_and_closes_nothing() -> None:
    text = r"So Ilse \*Varden\* and *Ilse \[Varden* sang."
    assert replaced(text, [pattern_of("Ilse Varden")]) == r"So (…)\* and *(…)* sang."


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Ilse <b>O'Vardén</b> of <i>Tallow</i> Lane", False),
        ("Ilse O&#39;Vard&eacute;n of&nbsp;Tallow Lane", True),
        ("ILSE O&apos;VARD&#x0e9;N OF\nTALLOW LANE", True),
    ],
)
def test_an_original_whose_markup_splits_a_passage_goes(
    tmp_path: Path, written: str, kept: bool
) -> None:
    archive = ArchiveFolder(tmp_path / "site")
    (archive.path / "templates").mkdir(exist_ok=True)
    page = DUMP.replace(NAME, written)
    story = "".join(f"<p>{part}</p>" for part in page.split("\n\n")[2:])
    source = tmp_path / "page.html"
    source.write_text(
        f"<html><head><title>Ferry captain named</title></head><body><article>"
        f"<h1>Ferry captain named</h1><time datetime='2015-10-07'>7 October 2015</time>{story}"
        "</article></body></html>"
    )
    assert run(archive, "import", str(source), "--date", "2015-10-07").exit_code == 0
    archive.build()
    passage = "Ilse O'Vardén of Tallow Lane"
    result = run(
        archive, "redact", imported(archive), "--passage", passage, "--reason", "Privacy.", "--yes"
    )
    assert result.exit_code == 0, result.output
    after = everything(archive)
    originals = [data for name, data in after.items() if "_orig" in name and ".html" in name]
    assert [b"nineteen hours" in data for data in originals] == [True] * kept
    assert not [name for name, data in after.items() if b"tallow" in data.lower()]


def test_a_name_in_the_address_of_a_link_is_found_too(tmp_path: Path) -> None:
    archive = ArchiveFolder(tmp_path / "site")
    archive.article("2015/a.md", date="2015-10-08", body="Ilse Varden sang.")
    link = "So [she](https://a.example/people/ilsevarden) sang."
    archive.article("2015/b.md", date="2015-10-08", body=link)
    arguments = ("--passage", "Ilse Varden", "--reason", "P.", "--yes")
    result = run(archive, "redact", "content/2015/a.md", *arguments)
    assert result.exit_code == 1
    assert "content/2015/b.md: still holds 'Ilse Varden'" in result.output

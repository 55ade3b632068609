"""``archive search``, as typed."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from archive_gen.cli import group
from archive_gen.layout import INDEX_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.archive_folder import ArchiveFolder


@pytest.fixture
def built(archive: ArchiveFolder) -> ArchiveFolder:
    archive.article(
        "2015/a.md", "Pumps in the harbour failed & stopped.", title="Harbour flood",
        date="2015-10-07", source="Post", tags="[Flood]",
    )  # fmt: skip
    archive.article("2016/b.md", "A quiet day at the harbour.", date="2016")
    archive.article("c.md", 'Steered by "\\e[31m" and \x07 in the harbour.')
    archive.build()
    return archive


def search(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(group, ["search", "--site", str(folder), *arguments])


def test_hits_are_printed_for_a_person(built: ArchiveFolder) -> None:
    result = search(built.path, "harbour", "pumps")
    assert result.exit_code == 0
    assert "1. Harbour flood" in result.output
    assert "2015-10-07 · Post" in result.output
    assert "Pumps in the harbour failed & stopped." in result.output
    assert "content/2015/a.md" in result.output
    assert "1 article\n" in result.output


def test_where_nothing_is_found_it_is_told_that_articles_are_newer_than_the_index(
    built: ArchiveFolder,
) -> None:
    told = "changed after the last build: 'archive build' brings the search up to date"
    assert told not in search(built.path, "lighthouse").output
    built.article("d.md", "The lighthouse burned down.")
    built.delete("2016/b.md")
    result = search(built.path, "lighthouse")
    assert f"2 files of content/ {told}\n" in result.output
    assert told not in search(built.path, "harbour").output
    assert told in search(built.path, "lighthouse", "harbour").output
    assert told in search(built.path, "lighthouse", "--paths").stderr
    built.build()
    assert told not in search(built.path, "zeppelin").output


def test_a_copy_of_an_archive_is_as_its_last_build_left_it(
    built: ArchiveFolder, tmp_path: Path
) -> None:
    """Its files have other times."""
    copy = tmp_path / "copy"
    shutil.copytree(built.path, copy, copy_function=shutil.copyfile)
    assert "last build" not in search(copy, "zeppelin").output


def test_a_search_answers_where_the_state_of_the_last_build_is_damaged(
    built: ArchiveFolder,
) -> None:
    database = built.path / ".archive/build.sqlite"
    with contextlib.closing(sqlite3.connect(database)) as state:
        [(page,)] = state.execute("SELECT rootpage FROM sqlite_master WHERE name = 'stamps'")
        [(size,)] = state.execute("PRAGMA page_size")
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * 200)
    result = search(built.path, "zeppelin")
    assert result.exit_code == 0
    assert result.output.startswith("No article has “zeppelin”.")


def test_an_index_is_searched_where_its_view_cannot_be_written(built: ArchiveFolder) -> None:
    view = built.path / ".archive/search/view"
    view.unlink()
    (view / "in the way").mkdir(parents=True)
    result = search(built.path, "harbour", "pumps")
    assert "1. Harbour flood" in result.output
    assert result.exit_code == 0


def test_terms_of_own_taxonomies_and_stories_are_found_as_words(archive: ArchiveFolder) -> None:
    """They stand on the article's page; what the settings do not name does not."""
    archive.article("a.md", "Nothing of it here.", tags="[Boats]", desk="[Fishery]")
    archive.article("b.md", "Nothing here, either.", story="The long winter")
    archive.build()
    assert search(archive.path, "--paths", "winter").output == "content/b.md\n"
    assert "No article has" in search(archive.path, "fishery").output
    settings = (
        "title: T\ntaxonomies: {desks: {key: desk, title: Desks}}\n"
        "stories: {Regatta: {tags: [Boats]}}\n"
    )
    (archive.path / "site.yaml").write_text(settings, "utf-8")
    archive.build()
    for query in ("fishery", "regatta", "fishery regatta", "story:regatta"):
        assert search(archive.path, "--paths", query).output == "content/a.md\n"
    assert search(archive.path, "--paths", 'story:"the long winter"').output == "content/b.md\n"
    assert "No article has" in search(archive.path, "story:winter").output
    (archive.path / "site.yaml").write_text("title: T\n", "utf-8")
    archive.build()
    assert "No article has" in search(archive.path, "fishery").output


def test_terms_of_own_taxonomies_are_a_field_of_queries(archive: ArchiveFolder) -> None:
    archive.settings(
        "title: T\ntaxonomies: {desks: {key: desk, title: Desks}, forms: {key: form, title: F}}\n"
    )
    archive.article("a.md", "One.", desk="[Local sport]", tags="[Local sport]")
    archive.article("b.md", "Another.", desk="local  Sport", form="Essay")
    archive.article("c.md", "A third.", form="Local sport")
    archive.build()
    found = {
        'term:"local sport"': "abc", 'term:"desks/Local sport"': "ab", "term:forms/*": "bc",
        "term:essay": "b", 'terms:"forms/local sport"': "c", "term:desks/*": "ab",
    }  # fmt: skip
    for query, paths in found.items():
        shown = search(archive.path, "--paths", query).output.split()
        assert sorted(shown) == [f"content/{path}.md" for path in paths], query
    # The page of the term leads there.
    page = (archive.path / "public/desks/local-sport/index.html").read_text("utf-8")
    assert "?q=term%3A%22desks/Local%20sport%22%20" in page
    archive.settings("title: T\ntaxonomies: {rooms: {key: desk, title: Rooms}}\n")
    archive.build()
    assert not search(archive.path, "--paths", "term:desks/*").stdout
    assert len(search(archive.path, "--paths", "term:rooms/*").output.split()) == 2


def test_pages_follow_each_other(built: ArchiveFolder) -> None:
    first = search(built.path, "harbour", "--limit", "2", "--sort", "newest")
    assert "1–2 of 3 articles" in first.output
    assert "Next: --page 2" in first.output
    second = search(built.path, "harbour", "--limit", "2", "--page", "2", "--sort", "newest")
    assert "3. c" in second.output
    assert "Next" not in second.output
    beyond = search(built.path, "harbour", "--limit", "2", "--page", "9")
    assert beyond.output == "3 articles; the last page is --page 2\n"
    assert beyond.exit_code == 0


def test_json_keeps_its_shape(built: ArchiveFolder) -> None:
    answer = json.loads(search(built.path, "--json", "stopped").output)
    assert answer == {
        "query": "stopped",
        "total": 1,
        "page": 1,
        "limit": 10,
        "hits": [
            {
                "title": "Harbour flood",
                "date": "2015-10-07",
                "source": "Post",
                "tags": ["Flood"],
                "url": "2015/10/07/a/",
                "path": "2015/a.md",
                "heading": "Harbour flood",
                "snippet": "Pumps in the harbour failed &amp; <mark>stopped</mark>.",
                "score": answer["hits"][0]["score"],
                "language": "en",
            }
        ],
        "facets": {
            "years": {"2015": 1},
            "tags": {"Flood": 1},
            "sources": {"Post": 1},
            "places": {},
        },
        "suggestion": None,
        "searched": None,
        "least": 0,
        "missing": [],
        "alternatives": [],
    }
    answer = json.loads(search(built.path, "--json", "zebra", "tag:flood").output)
    assert answer["missing"] == ["zebra"]
    assert answer["alternatives"] == [{"query": "tag:flood", "total": 1}]


def test_paths_alone_for_scripts(built: ArchiveFolder) -> None:
    result = search(built.path, "--paths", "--sort", "oldest", "harbour")
    assert result.output.splitlines() == [
        "content/2015/a.md",
        "content/2016/b.md",
        "content/c.md",
    ]


def test_nothing_found_is_no_failure(built: ArchiveFolder) -> None:
    result = search(built.path, "harbuor")
    assert result.exit_code == 0
    assert result.output.startswith("Hardly anything for “harbuor”. Searched: harbour\n")
    assert "3 articles" in result.output
    assert search(built.path, "zzzzzz").output == (
        "No article has “zzzzzz”.\nTry: archive search '*'  (3 articles)\n"
    )
    assert search(built.path, "--", "-harbour", "harbour").output == (
        "Nothing found.\nTry: archive search harbour  (3 articles)\n"
    )


def test_words_that_no_article_has_are_named(built: ArchiveFolder) -> None:
    result = search(built.path, "pumps", "zebra")
    assert result.output.startswith("No article has “zebra”. Searched: pumps\n\n1. Harbour flood\n")
    listed = search(built.path, "--paths", "pumps", "zebra")
    assert listed.stdout == "content/2015/a.md\n"
    assert listed.stderr == "No article has “zebra”. Searched: pumps\n"
    hostile = search(built.path, "pumps", "\x1b[31mzebra").output
    assert "\x1b" not in hostile


def test_a_query_is_offered_as_it_would_be_typed(built: ArchiveFolder) -> None:
    output = search(built.path, "--", "-quiet", '"stopped harbour"', "tag:flood").output
    offer = "archive search -- '-quiet stopped harbour tag:flood'  (1 article)"
    assert f"Try: {offer}\n" in output


def test_most_of_the_words_are_better_than_nothing(built: ArchiveFolder) -> None:
    output = search(built.path, "harbour", "quiet", "pumps").output
    assert "No article has all words. These have at least 2 of them." in output
    assert "2 articles" in output


def test_what_narrows_the_answer_is_shown_as_it_would_be_typed(built: ArchiveFolder) -> None:
    output = search(built.path, "--limit", "1", "harbour").output
    assert "date: 2015 (1), 2016 (1)" in output
    assert "1 article\n" in search(built.path, "harbour", "date:2016").output


def test_signs_of_the_query_language_are_shown_as_they_would_be_typed(
    archive: ArchiveFolder,
) -> None:
    for number, tag in enumerate(("(draft)", 'The "Post"', "“late”", "Flood")):
        archive.article(f"{number}.md", "Harbour.", tags=f"['{tag}']")
    archive.build()
    output = search(archive.path, "harbour", "--limit", "1").output
    [shown] = [line for line in output.splitlines() if line.startswith("tag: ")]
    values = [value.removesuffix(" (1)") for value in shown.removeprefix("tag: ").split(", ")]
    assert len(values) == 4
    for value in values:
        assert "1 article\n" in search(archive.path, f"tag:{value}").output


def test_articles_like_one(built: ArchiveFolder) -> None:
    file = built.path / "content" / "2015" / "a.md"
    output = search(built.path, "--like", str(file), "--paths").output
    assert set(output.splitlines()) == {"content/2016/b.md", "content/c.md"}
    for part in ("2015", "a.md", "c", ".", "md", "d2"):  # of paths, and of two side by side
        assert "not in the search index" in search(built.path, "--like", part).output
    missing = search(built.path, "--like", "content/no.md")
    assert missing.exit_code == 2
    assert "not in the search index" in missing.stderr
    assert search(built.path, "--like", "a", "harbour").exit_code == 2


def test_no_control_character_reaches_the_terminal(built: ArchiveFolder) -> None:
    output = search(built.path, "steered").output
    assert "\x07" not in output
    assert "\x1b" not in output


def test_blanks_and_joiners_of_a_text_reach_the_terminal(archive: ArchiveFolder) -> None:
    title = "کتابخانه\u200cها\u200f 10\u00a0000 東京\u3000港"
    archive.article("a.md", "Harbour.", title=f"{title} \u202eabc")
    archive.build()
    assert f"1. {title} \ufffdabc\n" in search(archive.path, "harbour").output


def test_a_query_that_makes_no_sense_is_one_line(built: ArchiveFolder) -> None:
    result = search(built.path, "date:2015-13")
    assert result.exit_code == 2
    assert result.stderr.startswith("query: '2015-13' is not a date; write dates")
    assert result.stderr.count("\n") == 1


def test_without_an_index_it_says_what_to_do(archive: ArchiveFolder) -> None:
    result = search(archive.path, "harbour")
    assert result.exit_code == 2
    assert "there is no search index — run 'archive build' to make it" in result.stderr


def test_a_part_of_an_index_is_a_broken_one(built: ArchiveFolder) -> None:
    (built.path / INDEX_FOLDER / "stamp").unlink()
    result = search(built.path, "harbour")
    assert result.exit_code == 2
    assert "broken (a file of it is missing) — run 'archive build' to make it" in result.stderr


def test_a_query_that_begins_with_minus(built: ArchiveFolder) -> None:
    assert "2 articles" in search(built.path, "--", "harbour", "-tag:flood").output


def test_it_imports_nothing_that_it_does_not_need(built: ArchiveFolder) -> None:
    code = (
        "import sys; from archive_gen.cli import group;"
        "group(['search', 'harbour', '--site', sys.argv[1]], standalone_mode=False);"
        "print(sorted({'jinja2', 'markdown', 'nh3', 'yaml', 'babel', 'msgspec',"
        "'anyascii', 'concurrent.futures', 'asyncio'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, str(built.path)], capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines()[-1] == "[]"

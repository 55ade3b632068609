"""``archive theme eject``, as a user calls it."""

from __future__ import annotations

import random

import pytest
from click.testing import CliRunner, Result

from archive_gen.building.publish import MARKER
from archive_gen.cli import group
from archive_gen.rendering.theme_files import SHIPPED
from tests.archive_folder import ArchiveFolder


def eject(archive: ArchiveFolder, *names: str) -> Result:
    return CliRunner().invoke(group, ["theme", "eject", *names, "--site", str(archive.path)])


def pages(archive: ArchiveFolder) -> dict[str, bytes]:
    """All that readers get: that the site has templates of its own is noted beside it."""
    return {path: data for path, data in archive.output().items() if path != MARKER}


def test_names_are_listed(archive: ArchiveFolder) -> None:
    names = eject(archive).stdout.split()
    assert {"article.html", "_row.html", "assets/style.css", "locales/ru.po"} <= set(names)


def test_a_copy_changes_no_byte_of_the_site(archive: ArchiveFolder) -> None:
    archive.article("a.md", date="2015")
    archive.build()
    before = pages(archive)
    result = eject(archive, "_row.html", "assets/style.css")
    assert (result.exit_code, result.stdout.split()) == (
        0, ["templates/_row.html", "templates/assets/style.css"],
    )  # fmt: skip
    copied = (archive.path / "templates/assets/style.css").read_bytes()
    assert copied == (SHIPPED / "assets/style.css").read_bytes()
    archive.build()
    assert pages(archive) == before


def theme(archive: ArchiveFolder, *words: str) -> Result:
    return CliRunner().invoke(group, ["theme", *words, "--site", str(archive.path)])


def told_of_copies(archive: ArchiveFolder) -> list[str]:
    archive.template("own.html", str(random.random()))  # noqa: S311 (templates are looked at)
    return [note for note in archive.build().notes if "is a copy of a file of the theme" in note]


def test_a_theme_that_changed_since_a_copy_is_told_until_its_owner_has_seen_it(
    archive: ArchiveFolder,
) -> None:
    eject(archive, "_row.html", "article.html")
    archive.template("_row.html", "mine")
    assert told_of_copies(archive) == []
    assert theme(archive, "changes").stdout == ""
    # As the theme of an earlier version had it.
    now = (SHIPPED / "_row.html").read_text("utf-8")
    (archive.path / "templates/.theme/_row.html").write_text("earlier\n" + now, "utf-8")
    [note] = told_of_copies(archive)
    assert "templates/_row.html" in note
    assert "\n-earlier\n" in theme(archive, "changes").stdout
    assert theme(archive, "changes").stdout == theme(archive, "changes", "_row.html").stdout
    assert theme(archive, "accept", "_row.html").exit_code == 0
    assert told_of_copies(archive) == []
    assert (archive.path / "templates/_row.html").read_text() == "mine"


def test_a_copy_of_what_the_theme_has_no_more_is_told_too(archive: ArchiveFolder) -> None:
    for folder in ("templates", "templates/.theme"):
        (archive.path / folder).mkdir(exist_ok=True)
        (archive.path / folder / "_gone.html").write_text("gone", "utf-8")
    assert len(told_of_copies(archive)) == 1
    assert "\n-gone\n" in theme(archive, "changes", "_gone.html").stdout
    assert theme(archive, "accept", "_gone.html").exit_code == 0
    assert told_of_copies(archive) == []


def test_a_file_that_is_no_copy_has_no_changes(archive: ArchiveFolder) -> None:
    archive.template("_row.html", "mine")
    for name in ("_row.html", "../site.yaml"):
        result = theme(archive, "changes", name)
        assert (result.exit_code, "is no copy" in result.stderr) == (2, True)


def test_what_is_there_is_left_alone(archive: ArchiveFolder) -> None:
    archive.template("_row.html", "mine")
    result = eject(archive, "article.html", "_row.html")
    assert result.exit_code == 2
    assert "is there already" in result.stderr
    assert (archive.path / "templates/_row.html").read_text() == "mine"
    assert not (archive.path / "templates/article.html").exists()


def test_a_name_that_is_none(archive: ArchiveFolder) -> None:
    assert "did you mean '_row.html'" in eject(archive, "row.html").stderr
    assert eject(archive, "../site.yaml").exit_code == 2


def test_a_copy_of_the_search_takes_its_place_whole(archive: ArchiveFolder) -> None:
    archive.article("a.md", date="2015")
    archive.build()
    before = pages(archive)
    assert eject(archive, "assets/search.js").exit_code == 0
    archive.build()
    assert pages(archive) == before
    own = archive.path / "templates/assets/search.js"
    own.write_text("mine\n", "utf-8")
    archive.build()
    (script,) = (data for name, data in archive.output().items() if "assets/search." in name)
    assert script == b"mine\n"


def test_parts_of_the_search_are_no_files_of_the_theme(archive: ArchiveFolder) -> None:
    names = eject(archive).stdout.split()
    assert "assets/search.js" in names
    assert not [name for name in names if name.startswith("search/")]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_how_an_editor_saves_a_template_makes_no_difference(
    ends: str, archive: ArchiveFolder
) -> None:
    archive.article("a.md", date="2015")
    archive.build()
    before = pages(archive)
    names = ("article.html", "_row.html", "_cite.html", "robots.txt", "feed.xml", "data.csv")
    assert eject(archive, *names).exit_code == 0
    for name in names:
        path = archive.path / "templates" / name
        path.write_text(path.read_text("utf-8"), "utf-8-sig", newline=ends)
    archive.build()
    assert pages(archive) == before


def test_a_template_that_nothing_uses_is_told(archive: ArchiveFolder) -> None:
    archive.article("a.md", date="2015")
    archive.template("artcle.html", "mine")
    archive.template("_mine.html", "mine")
    archive.template("_ours.html", "ours")
    archive.template("_footer_links.html", '{% include "_mine.html" %}{{ part("_ours.html") }}')
    archive.template("assets/embed.html", "a file for readers")
    assert archive.build().notes == [
        "templates/artcle.html is used by nothing: did you mean article.html?"
    ]
    archive.template("_pager.html", "{% include ['artcle.html'] ignore missing %}")
    assert archive.build().notes == []


def test_templates_that_may_be_named_by_a_page_are_not_told(archive: ArchiveFolder) -> None:
    archive.article("a.md", date="2015")
    archive.template("_mine.html", "mine")
    archive.template("_footer_links.html", '{% include "_" ~ "mine" ~ ".html" %}')
    assert archive.build().notes == []

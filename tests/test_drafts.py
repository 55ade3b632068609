"""Articles that no site is to have: ``draft: true``."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from archive_gen.cli import group
from archive_gen.content import frontmatter
from tests.archive_folder import ArchiveFolder
from tests.test_check import codes


def test_a_draft_is_nowhere_in_the_site(archive: ArchiveFolder) -> None:
    archive.article("a.md", date="2015-10-07")
    archive.article("b.md", "Secret words.", date="2015-10-08", draft="true", tags="[Hidden]")
    report = archive.build()
    assert (report.articles, report.drafts, report.indexed, report.problems) == (1, 1, 1, [])
    everything = b"".join(archive.output().values()).lower()
    assert b"secret" not in everything
    assert codes(archive) == []


def test_who_calls_it_otherwise_means_the_same(archive: ArchiveFolder) -> None:
    archive.article("a.md", date="2015-10-07", published="2015-10-08")
    archive.article("b.md", date="2015-10-08", published="false")
    report = archive.build()
    assert (report.articles, report.drafts, report.problems) == (1, 1, [])
    assert codes(archive) == []


def test_it_comes_and_goes_with_its_key(archive: ArchiveFolder) -> None:
    archive.article("a.md", date="2015-10-07")
    archive.article("b.md", date="2015-10-08")
    archive.build()
    archive.article("b.md", date="2015-10-08", draft="true")
    report = archive.build()
    assert (report.articles, report.drafts, report.unindexed) == (1, 1, 1)
    assert "2015/10/08/b/index.html" not in archive.output()
    assert archive.build().drafts == 1  # also where nothing is new
    archive.article("b.md", date="2015-10-08", draft="false")
    report = archive.build()
    assert (report.articles, report.drafts, report.indexed) == (2, 0, 1)


def test_a_build_says_how_many_there_are(archive: ArchiveFolder) -> None:
    archive.article("a.md")
    archive.article("b.md", draft="true")
    for _ in range(2):
        result = CliRunner().invoke(group, ["build", "--site", str(archive.path)])
        assert "1 draft, not in the site" in result.output
        assert result.exit_code == 0


@pytest.mark.parametrize(
    ("written", "meant"),
    [("true", True), ("Yes", True), ("false", False), ("no", False), ("", False)],
)
def test_what_the_key_may_say(written: str, meant: bool) -> None:
    article, problems = frontmatter.parse(f"---\ntitle: T\ndraft: {written}\n---\n", "a.md")
    assert problems == []
    assert article
    assert article.draft is meant
    again, _ = frontmatter.parse(frontmatter.dump(article), "a.md")
    assert again == article


def test_what_it_may_not_say(archive: ArchiveFolder) -> None:
    archive.article("a.md", draft="perhaps")
    [problem] = archive.build().problems
    assert (problem.line, "neither true nor false" in problem.message) == (3, True)
    assert archive.output().keys() & {"undated/a/index.html"} == set()

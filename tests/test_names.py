"""One name for what articles write in several ways: the setting ``names`` and its command."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.article import Article
from archive_gen.cli import group
from archive_gen.config import parse_config
from archive_gen.intake.terms.variants import variants
from archive_gen.loading.names import as_named
from tests.archive_folder import ArchiveFolder
from tests.test_check import codes

SETTINGS = """\
title: Test archive
taxonomies:
  desks: {key: desk, title: Desks}
"""
NAMES = """\
names:
  authors:
    Leila Haddow: [L. Haddow, "Haddow, Leila"]
  sources:
    The Post: the-post.example
  places:
    Mumbai: [Bombay]
  desks:
    Sport: [Sports, Sporting life]
"""


@pytest.fixture
def newsroom(archive: ArchiveFolder) -> ArchiveFolder:
    archive.settings(SETTINGS)
    archive.article(
        "a.md", date="2015-10-07", authors="[Leila Haddow]", source="The Post", place="Mumbai"
    )
    archive.article(
        "b.md",
        date="2015-10-08",
        authors="[L. HADDOW, Owen Pettifer]",
        source="the-post.example",
        place="Bombay",
        desk="[Sports, Sporting life, Crime]",
    )
    archive.article("c.md", date="2015-10-09", authors="['Haddow, Leila', Leila Haddow]")
    return archive


def listed(archive: ArchiveFolder, url: str) -> list[str]:
    """The titles that a list has."""
    data = csv.DictReader(io.StringIO(archive.page(f"{url}articles.csv").lstrip("\ufeff")))
    return sorted(row["title"] for row in data)


def found(archive: ArchiveFolder, query: str) -> list[str]:
    args = ["search", "--site", str(archive.path), "--json", query]
    result = CliRunner().invoke(group, args)
    assert result.exit_code in (0, 1), result.output
    return sorted(hit["path"] for hit in json.loads(result.stdout)["hits"])


def test_all_that_mean_the_same_stand_on_one_page(newsroom: ArchiveFolder) -> None:
    newsroom.settings(SETTINGS + NAMES)
    before = {path: path.read_bytes() for path in newsroom.path.glob("content/*.md")}
    report = newsroom.build()
    assert report.problems == []
    assert listed(newsroom, "authors/leila-haddow/") == ["a", "b", "c"]
    assert listed(newsroom, "authors/owen-pettifer/") == ["b"]
    assert listed(newsroom, "sources/the-post/") == ["a", "b"]
    assert listed(newsroom, "places/mumbai/") == ["a", "b"]
    assert listed(newsroom, "desks/sport/") == ["b"]
    assert listed(newsroom, "desks/crime/") == ["b"]
    assert {path: path.read_bytes() for path in before} == before


def test_every_list_has_the_name_and_none_the_others(newsroom: ArchiveFolder) -> None:
    newsroom.settings(SETTINGS + NAMES)
    newsroom.build()
    pages = {url: data for url, data in newsroom.output().items() if url.endswith(".html")}
    named = {  # each on the page of the name, and in a byline, which says what was printed
        b"the-post.example": ["sources/the-post/index.html"],
        b"Bombay": ["places/mumbai/index.html"],
        b"Sporting": ["desks/sport/index.html"],
        b"HADDOW": ["2015/10/08/b/index.html"],
        b"Haddow, Leila": ["2015/10/09/c/index.html", "authors/leila-haddow/index.html"],
    }
    for other, on in named.items():
        assert sorted(url for url, data in pages.items() if other in data) == on
    assert "Leila Haddow" in newsroom.page("2015/10/08/b/index.html")
    assert newsroom.page("2015/10/09/c/index.html").count("authors/leila-haddow/") == 1


def test_the_page_of_a_name_says_what_it_stands_for(newsroom: ArchiveFolder) -> None:
    newsroom.settings(SETTINGS + NAMES)
    newsroom.build()
    page = newsroom.page("authors/leila-haddow/index.html")
    assert "Also: <bdi>L. Haddow</bdi> · <bdi>Haddow, Leila</bdi></p>" in page
    assert "Also:" not in newsroom.page("authors/owen-pettifer/index.html")


def test_the_addresses_of_the_others_lead_to_it(newsroom: ArchiveFolder) -> None:
    newsroom.build()
    before = {url for url in newsroom.output() if url.endswith("/index.html")}
    newsroom.settings(SETTINGS + NAMES)
    newsroom.build()
    assert before <= newsroom.output().keys()
    assert "authors/leila-haddow/" in newsroom.page("authors/l-haddow/index.html")
    assert "sources/the-post/" in newsroom.page("sources/the-post-example/index.html")
    assert "places/mumbai/" in newsroom.page("places/bombay/index.html")
    assert codes(newsroom) == []


def test_search_finds_them_by_the_name_and_by_what_was_printed(newsroom: ArchiveFolder) -> None:
    newsroom.settings(SETTINGS + NAMES)
    newsroom.build()
    assert found(newsroom, 'author:"Leila Haddow"') == ["a.md", "b.md", "c.md"]
    assert found(newsroom, 'source:"The Post" place:Mumbai') == ["a.md", "b.md"]
    assert found(newsroom, 'author:"L. Haddow"') == ["b.md"]
    assert found(newsroom, "bombay") == found(newsroom, "place:Bombay") == ["b.md"]


def test_a_byline_says_how_it_was_printed(newsroom: ArchiveFolder) -> None:
    newsroom.settings(SETTINGS + NAMES)
    newsroom.build()
    signed = {
        name: re.findall(r"signed <bdi>(.*?)</bdi>", newsroom.page(f"2015/10/{name}/index.html"))
        for name in ("07/a", "08/b", "09/c")
    }
    assert signed == {"07/a": [], "08/b": ["L. HADDOW"], "09/c": ["Haddow, Leila"]}


def test_a_new_setting_makes_what_a_build_from_nothing_makes(newsroom: ArchiveFolder) -> None:
    newsroom.build()
    for settings in (SETTINGS + NAMES, SETTINGS + NAMES.replace("L. Haddow, ", ""), SETTINGS):
        newsroom.settings(settings)
        newsroom.build()
        warm = newsroom.output()
        newsroom.forget()
        newsroom.build()
        assert newsroom.output() == warm
        assert newsroom.build().rendered == 0


def test_an_article_that_is_read_again_is_the_same(newsroom: ArchiveFolder) -> None:
    """Its page is made anew while its file did not change."""
    newsroom.settings(SETTINGS + NAMES)
    newsroom.build()
    newsroom.template(
        "article.html", "{{ article.authors|join('; ') }}, {{ article.extra.get('desk') }}"
    )
    report = newsroom.build()
    assert report.problems == []
    assert newsroom.page("2015/10/08/b/index.html").startswith("Leila Haddow; Owen Pettifer, (")


def test_one_article_more_is_as_little_work(newsroom: ArchiveFolder) -> None:
    newsroom.settings(SETTINGS + NAMES)
    newsroom.build()
    newsroom.article("d.md", date="2016-01-01", authors="[l. haddow]")
    newsroom.build()
    warm = newsroom.output()
    assert listed(newsroom, "authors/leila-haddow/") == ["a", "b", "c", "d"]
    newsroom.forget()
    newsroom.build()
    assert newsroom.output() == warm


def test_what_no_name_is_for_stays() -> None:
    article = Article("T", authors=("A", "a"), source="S", extra={"desk": ["x", 3], "n": {"k": 1}})
    assert as_named(article, {}) is article
    assert as_named(article, {"authors": {"b": "B"}, "desk": {}, "lost": {"x": "y"}}) is article
    named = as_named(article, {"desk": {"3": "three"}, "source": {"s": "The S"}})
    assert (named.source, named.extra["desk"]) == ("The S", ("x", "three"))
    assert as_named(named, {"desk": {"3": "three"}}) is named


def command(archive: ArchiveFolder, *arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(group, ["names", *arguments, "--site", str(archive.path)])
    assert result.exit_code == status, result.output
    return result.output


def test_names_in_use_are_listed_and_those_that_are_one_are_one(newsroom: ArchiveFolder) -> None:
    printed = command(newsroom, "--of", "authors").splitlines()
    assert printed[0].split(maxsplit=2) == ["2", "authors", "Leila Haddow"]
    assert len(printed) == 4
    newsroom.settings(SETTINGS + NAMES)
    rows = [json.loads(line) for line in command(newsroom, "--json").splitlines()]
    assert {(row["taxonomy"], row["name"], row["articles"]) for row in rows} == {
        ("sources", "The Post", 2),
        ("authors", "Leila Haddow", 3),
        ("authors", "Owen Pettifer", 1),
        ("places", "Mumbai", 2),
        ("desks", "Sport", 1),
        ("desks", "Crime", 1),
    }


def test_names_that_may_be_one_are_proposed_until_they_are(newsroom: ArchiveFolder) -> None:
    proposed = yaml.safe_load(command(newsroom, "suggest").partition("Accept")[0])
    assert proposed == {
        "names": {
            "authors": {"Leila Haddow": ["Haddow, Leila", "L. HADDOW"]},
            "sources": {"The Post": ["the-post.example"]},
        }
    }
    for taxonomy, groups in proposed["names"].items():
        for name, others in groups.items():
            aliases = [part for other in others for part in ("--alias", other)]
            command(newsroom, "accept", taxonomy, name, *aliases)
    assert command(newsroom, "suggest") == "No two names look like one.\n"
    newsroom.build()
    assert listed(newsroom, "authors/leila-haddow/") == ["a", "b", "c"]


@pytest.mark.parametrize(
    "written",
    [
        "",
        "# end\n",
        "names: {}\n",
        "names:\n  places:\n    Mumbai: Bombay\n",
        "names:\n    authors:\n        Owen Pettifer: [O. Pettifer]  # him\n    places: {A: B}\n",
        "names:\n  authors:\n    Leila Haddow:\n    - Leila H.\n# end",
        "names: {places: {Mumbai: Bombay}}\n",
        "names:\n  places:\n    Mumbai: [Bombay]  # old\n\n# next\nlanguage: fr\n",
        "names:\n  places:\n    Mumbai:\n    - Bombay\n    Kyiv:\nlanguage: fr\n",
        "names: {authors: {Leila Haddow: []}}\r\n",
    ],
)
def test_a_name_is_accepted_into_any_layout(archive: ArchiveFolder, written: str) -> None:
    before = f"title: T  # the title\n{written}"
    archive.settings(before)
    told = command(archive, "accept", "authors", "Leila Haddow", "--alias", "L. Haddow")
    assert told == "Accepted 'Leila Haddow' into site.yaml.\n"
    after = (archive.path / "site.yaml").read_bytes().decode()
    names = parse_config(after).names
    assert "L. Haddow" in names["authors"]["Leila Haddow"]
    assert [line for line in before.split("\n") if "#" in line and line not in after] == []
    told = command(archive, "accept", "authors", "leila haddow", "--alias", "l. HADDOW")
    assert told == "'Leila Haddow' has these names already in site.yaml.\n"
    assert (archive.path / "site.yaml").read_bytes().decode() == after


def test_what_can_not_be_accepted(newsroom: ArchiveFolder) -> None:
    newsroom.settings(SETTINGS + NAMES)
    accept = ("accept", "authors", "Owen Pettifer", "--alias")
    assert "is another word for 'Leila Haddow'" in command(newsroom, *accept, "L. Haddow", status=1)
    assert "is empty" in command(newsroom, *accept, " ", status=2)
    assert "there is no 'author'" in command(newsroom, "--of", "author", status=2)
    accept = ("accept", "author", "Owen Pettifer", "--alias", "O. P.")
    assert "there are tags, sources, authors" in command(newsroom, *accept, status=2)
    newsroom.settings("title: T\nnames:\n  authors:\n")
    accept = ("accept", "authors", "A B", "--alias", "C")
    assert "write it by hand" in command(newsroom, *accept, status=1)
    assert (newsroom.path / "site.yaml").read_text() == "title: T\nnames:\n  authors:\n"


def alike(*names: str) -> list[set[str]]:
    """Which of some names may be one, each in as many articles as stand behind it."""
    counts = {name: len(names) - at for at, name in enumerate(names)}
    return [{group.name, *group.others} for group in variants(counts)]


@pytest.mark.parametrize(
    "names",
    [
        ("Leila Haddow", "Haddow, Leila"),
        ("Leila Haddow", "L. Haddow"),
        ("Leila Haddow", "Leila M. Haddow"),
        ("Leila Mary Haddow", "L.M. Haddow"),
        ("Leila Haddow", "Leila Hadow"),
        ("Jürgen Müller", "Jurgen Muller"),
        ("Лейла Хаддоу", "Л. Хаддоу"),
        ("The Post", "Post"),
        ("The Post", "www.the-post.example"),
        ("North Korea", "N. Korea"),
        ("Agence France-Presse", "Agence France Presse"),
        ("O'Brien Times", "OBrien Times"),
    ],
)
def test_names_that_may_be_one(names: tuple[str, str]) -> None:
    assert alike(*names, "Owen Pettifer") == [set(names)]
    assert variants({names[1]: 1, names[0]: 2})[0].name == names[0]


@pytest.mark.parametrize(
    "names",
    [
        ("Iran", "Iraq"),
        ("Leila Haddow", "Lars Haddow", "L. Haddow"),
        ("Leila Haddow", "L. Pettifer"),
        ("John Robert Smith", "J.P. Smith"),
        ("Route 66 Gazette", "Route 67 Gazette"),
        ("王伟", "汪伟"),
        ("O.P.Pettifer", "O.K.Corral"),
        ("!", "?"),
    ],
)
def test_names_that_are_not_one(names: tuple[str, ...]) -> None:
    assert alike(*names) == []


@given(st.dictionaries(st.text("AaBb. ,-é", max_size=12), st.integers(1, 9), max_size=12))
def test_each_name_is_in_one_group_at_most_and_order_makes_no_difference(
    counts: dict[str, int],
) -> None:
    groups = variants(counts)
    named = [name for group in groups for name in (group.name, *group.others)]
    assert len(named) == len(set(named))
    assert set(named) <= counts.keys()
    assert sum(group.count for group in groups) == sum(counts[name] for name in named)
    assert variants(dict(sorted(counts.items(), reverse=True))) == groups

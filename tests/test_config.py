from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.config import BUILT_IN_TAXONOMIES, SiteConfig, Story, load_config, parse_config
from archive_gen.problems import Problem, SettingsError

INVALID = sorted((Path(__file__).parent / "sites_invalid").iterdir())


@pytest.mark.parametrize("site", INVALID, ids=lambda site: site.name)
def test_what_a_wrong_site_prints(site: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load_config(site)
    printed = "".join(f"{problem}\n" for problem in caught.value.problems)
    assert printed == (site / "expected.txt").read_text("utf-8")


def test_a_title_is_enough() -> None:
    config = parse_config("title: The archive")
    assert config == SiteConfig(title="The archive")
    assert config.taxonomies == BUILT_IN_TAXONOMIES


def test_every_setting_arrives() -> None:
    config = parse_config(
        "title: Ö\ndescription: d\nabout: '*a*'\nlanguage: pt-BR\n"
        "base_url: https://example.org/news/\noutput: site\npage_size: 5\nfeed_size: 1000\n"
        "taxonomies:\n  countries: {key: country, title: Countries}\n"
        "  tags: {key: topics, title: Topics}\n"
        "tags:\n  Syria: [Syrian, Damascus]\n  1984: nineteen eighty-four\n  No:\n"
        "stories:\n  1984:\n  The flood: {about: b, tags: [Flood]}\n"
    )
    assert config.stories == {"1984": Story(), "The flood": Story(about="b", tags=["Flood"])}
    assert list(config.taxonomies) == [*BUILT_IN_TAXONOMIES, "countries"]
    assert (config.title, config.language, config.output) == ("Ö", "pt-BR", "site")
    assert config.base_url == "https://example.org/news"
    assert (config.page_size, config.feed_size) == (5, 1000)
    assert config.taxonomies["countries"].key == "country"
    assert config.taxonomies["tags"].title == "Topics"
    assert config.tags == {
        "Syria": ["Syrian", "Damascus"],
        "1984": ["nineteen eighty-four"],
        "No": [],
    }
    assert list(config.taxonomies) == [*BUILT_IN_TAXONOMIES, "countries"]


def test_a_folder_without_settings_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="archive init"):
        load_config(tmp_path)


def test_settings_in_another_encoding_are_a_problem(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_bytes("title: Ö".encode("latin-1"))
    with pytest.raises(SettingsError, match="UTF-8"):
        load_config(tmp_path)


def test_an_editor_may_leave_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_bytes("title: Ö\n".encode("utf-8-sig"))
    assert load_config(tmp_path).title == "Ö"


@given(
    st.text(st.sampled_from("titleabou:- \n\t'\"[]{}&*!|>#%@`~?,<01\x00\ud800\u2028é"), max_size=60)
)
def test_any_text_gives_settings_or_problems(text: str) -> None:
    problems = faults_of(text)
    assert problems is None or problems
    assert all(problem.line <= text.count("\n") + 1 for problem in problems or ())


def faults_of(text: str) -> list[Problem] | None:
    try:
        parse_config(text)
    except SettingsError as error:
        return error.problems
    return None


def test_what_yaml_would_guess_is_text_as_it_is_written() -> None:
    config = parse_config("title: 2015-10-07\ndescription: No\ntags:\n  12:30: [1_000, off]\n")
    assert (config.title, config.description) == ("2015-10-07", "No")
    assert config.tags == {"12:30": ["1_000", "off"]}


@pytest.mark.parametrize("text", ["[" * 2000, "a: " * 2000, "- " * 2000])
def test_a_deep_text_is_a_problem(text: str) -> None:
    with pytest.raises(SettingsError):
        parse_config(text)


@pytest.mark.parametrize(
    "name",
    [
        *("Content", "CONTENT", "content.", "content ", "Templates", ".ARCHIVE", ".git", ".", ". "),
        *(".public.staging", "site.yaml", "Site.Yaml", "public.", "public ", " public", "con"),
        *("CON", "nul.html", "Com1", "lpt9.x.y", "COM²", "aux .txt", "a<b", "a|b", "a?", "a*"),
        *("a\\tb", "é" * 128, "..", "a/b", "a\\\\b", "~x", "c:x", "", " "),
    ],
)
def test_no_build_empties_a_folder_of_others_or_one_that_some_system_cannot_have(name: str) -> None:
    with pytest.raises(SettingsError, match="'output'"):
        parse_config(f'title: The archive\noutput: "{name}"')


@pytest.mark.parametrize("name", ["public", "Öffentlich", "my site", "content-2", "console", "com"])
def test_a_name_of_its_own_is_an_output_folder(name: str) -> None:
    assert parse_config(f'title: The archive\noutput: "{name}"').output == name

"""The interface in the reader's language: whole catalogues, and a site's own words before them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archive_gen.problems import OperationError
from archive_gen.rendering.theme_files import SHIPPED
from archive_gen.rendering.translations import LOCALES, InterfaceTexts, read_catalogue
from tests.archive_folder import ArchiveFolder
from tools.catalogues import messages, updated

CATALOGUES = sorted((SHIPPED / LOCALES).glob("*.po"))
ORDINARY = (0, 1, 2, 3, 5, 11, 21, 22, 25, 100, 101, 103, 111, 1000)


def test_the_languages_of_most_readers_are_there() -> None:
    assert {"ru", "es", "fr", "de", "ar", "zh"} <= {path.stem for path in CATALOGUES}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_has_every_text_of_the_theme_and_no_other(path: Path) -> None:
    assert path.read_text("utf-8") == updated(path), "run 'make texts'"
    for message in read_catalogue(path):
        strings = [message.string] if isinstance(message.string, str) else message.string
        assert all(text.strip() for text in strings), f"{path.name}: {message.id} is empty"
        assert not message.fuzzy, f"{path.name}: {message.id}"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_every_number_has_its_form(path: Path) -> None:
    texts = InterfaceTexts([SHIPPED], path.stem).translations
    for number in ORDINARY:
        shown = texts.ngettext("%(num)s article", "%(num)s articles", number)
        assert "article" not in shown or path.stem == "fr"
        assert str(number) in shown % {"num": number}


def test_russian_counts_as_russians_do() -> None:
    texts = InterfaceTexts([SHIPPED], "ru-RU").translations
    shown = [texts.ngettext("%(num)s article", "%(num)s articles", n)[8:] for n in (1, 3, 5, 21)]
    assert shown == ["статья", "статьи", "статей", "статья"]


def one_article(archive: ArchiveFolder, language: str) -> None:
    archive.settings(f"title: T\nlanguage: {language}\n")
    archive.article("a.md", date="2015-10~", tags="[x]", language="en")


@pytest.mark.parametrize(
    ("language", "dates"),
    [
        ("en", ["October 7, 2015", "October 2015", "about 2015", "Undated"]),
        ("ru", ["7 октября 2015 г.", "октябрь 2015 г.", "около 2015", "Без даты"]),
        ("es", ["7 de octubre de 2015", "octubre de 2015", "hacia 2015", "Sin fecha"]),
        ("fr", ["7 octobre 2015", "octobre 2015", "vers 2015", "Non daté"]),
        ("de", ["7. Oktober 2015", "Oktober 2015", "um 2015", "Undatiert"]),
        ("ar", ["7 أكتوبر 2015", "أكتوبر 2015", "نحو 2015", "غير مؤرَّخ"]),
        ("zh", ["2015年10月7日", "2015年10月", "约2015年", "无日期"]),
    ],
)
def test_dates_are_written_as_readers_write_them(
    archive: ArchiveFolder, language: str, dates: list[str]
) -> None:
    archive.settings(f"title: T\nlanguage: {language}\n")
    known = {"2015/10/07/a": "2015-10-07", "2015/10/b": "2015-10", "2015/c": "2015~"}
    for path, date in known.items():
        archive.article(f"{path[-1]}.md", date=date)
    archive.article("d.md")
    archive.build()
    for path, shown in zip([*known, "undated/d"], dates, strict=True):
        page = archive.page(f"{path}/index.html")
        facts = page[page.index('class="date"') :].partition("</p>")[0]
        text = re.sub(r"<[^>]*>", "", facts.partition(">")[2])
        assert " ".join(text.split()) == shown


def test_a_site_speaks_its_language(archive: ArchiveFolder) -> None:
    one_article(archive, "ar")
    archive.build()
    page = archive.page("2015/10/a/index.html")
    assert '<html lang="ar" dir="rtl">' in page
    assert "انتقل إلى المحتوى" in page
    assert "نحو أكتوبر 2015" in page
    assert "Skip to the content" not in page


def test_every_mistake_in_a_query_can_be_told_in_the_language_of_the_site() -> None:
    program = SHIPPED.parent
    sources = [
        *(program / "search" / "query.py", program / "search" / "searcher.py"),
        *(program / "serving" / "answers.py", *(SHIPPED / "search").glob("*.js")),
    ]
    said = {
        sentence
        for path in sources
        for sentence in re.findall(r'QueryError\(\s*"([^"]+)"', path.read_text("utf-8"))
    }
    assert len(said) == 13
    assert said <= {str(message.id) for message in messages()}


def test_a_sites_own_words_come_before_the_themes(archive: ArchiveFolder) -> None:
    one_article(archive, "fr-CA")
    archive.build()
    assert "Permettez" not in archive.page("index.html")
    text = 'msgid "Latest articles"\nmsgstr "Permettez : % {{ 1 }} <b>"\n'
    archive.template("locales/fr.po", text)
    report = archive.build()
    page = archive.page("index.html")
    assert "Permettez : % {{ 1 }} &lt;b&gt;" in page
    assert "Aller au contenu" in page
    assert report.rendered == report.pages
    assert archive.build().rendered == 0


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_language_of_the_sites_own(mark: str, archive: ArchiveFolder) -> None:
    archive.template("locales/eo.po", f'{mark}msgid "Search"\nmsgstr "Serĉi"\n')
    one_article(archive, "eo")
    archive.build()
    assert "Serĉi" in archive.page("search/index.html")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('msgid "Search"\nthis is no catalogue\n', "not a catalogue"),
        ('#, python-format\nmsgid "All %(number)s"\nmsgstr "%(nmuber)s"\n', "nmuber"),
    ],
)
def test_a_faulty_catalogue_is_named(archive: ArchiveFolder, text: str, said: str) -> None:
    archive.template("locales/eo.po", text)
    one_article(archive, "eo")
    with pytest.raises(OperationError, match=said) as caught:
        archive.build()
    assert caught.value.problems[0].path == "templates/locales/eo.po"
    assert caught.value.problems[0].line


@pytest.mark.parametrize(
    ("language", "is_told"), [("eo", True), ("fr-CA", False), ("en-GB", False)]
)
def test_a_language_without_texts_is_told_once(
    archive: ArchiveFolder, language: str, is_told: bool
) -> None:
    one_article(archive, language)
    notes = archive.build().notes
    assert [f"in the language '{language}'" in note for note in notes] == [True] * is_told
    assert archive.build().notes == []
    archive.template(f"locales/{language}.po", 'msgid "Search"\nmsgstr "Serĉi"\n')
    assert archive.build().notes == []

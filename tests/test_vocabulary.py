"""The site's vocabulary, found in texts."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.article import Article
from archive_gen.cleaning import Cleaned
from archive_gen.intake.terms.vocabulary import Vocabulary, vocabulary_of, with_vocabulary

VOCABULARY = vocabulary_of(
    {
        "Syria": [
            "Syrian",
            "Damascus",
            "Сирия",
            "Сирии",
            "叙利亚",
            "シリア",
            "ซีเรีย",
            "سوريا",
            "सीरिया",
            "시리아",
        ],
        "Estuary Bridge": ["the new bridge", "pont de l’Estuaire"],
        "Straße": [],
    }
)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Talks in DAMASCUS went on.", ("Syria",)),
        ("Syria's border", ("Syria",)),
        ("Assyrian art, Syriana", ()),
        ("В Сирии идут переговоры", ("Syria",)),
        ("Ассирии", ()),
        ("关于叙利亚问题的会谈", ("Syria",)),
        ("内戦下のシリアで", ("Syria",)),
        ("アッシリアの歴史", ()),
        ("ในประเทศซีเรียวันนี้", ("Syria",)),
        ("محادثات في سوريا اليوم", ("Syria",)),
        ("सीरिया में वार्ता", ("Syria",)),
        ("시리아의 수도", ("Syria",)),
        ("아시리아", ()),
        ("The new\nbridge over the estuary", ("Estuary Bridge",)),
        ("the new footbridge", ()),
        ("le pont de l’Estuaire", ("Estuary Bridge",)),
        ("ＳＹＲＩＡ", ("Syria",)),
        ("Die STRASSE nach Damascus", ("Syria", "Straße")),
        ("", ()),
    ],
)
def test_words_are_found_where_they_stand_as_words(text: str, tags: tuple[str, ...]) -> None:
    assert VOCABULARY.find(text) == tags


PREFIXED = vocabulary_of(
    {
        "Cairo": ["القاهرة"],
        "Qatar": ["قطر"],
        "United Nations": ["الأمم المتحدة", "האומות המאוחדות"],
        "Jerusalem": ["ירושלים"],
        "Gaza": ["עזה", "غزة"],
        "Army": ["צה״ל"],
        "Aid": ["امداد"],
        "Sea": ["ים"],
    }
)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("وصل الوفد إلى القاهرة مساء اليوم", ("Cairo",)),
        ("بين الدوحة والقاهرة", ("Cairo",)),
        ("اجتماع بالقاهرة، وبالقاهرة أيضا", ("Cairo",)),
        ("زيارة للقاهرة", ("Cairo",)),
        ("فللقاهرة رأي آخر", ("Cairo",)),
        ("قال وزير وقطر لم تعلق", ("Qatar",)),
        ("الوضع بغزة", ("Gaza",)),
        ("الوضع بِغَزَّة", ("Gaza",)),
        ("دعوة للأمم المتحدة", ("United Nations",)),
        ("والأمم المتحدة", ("United Nations",)),
        ("والأمم الأخرى", ()),
        ("القطران", ()),
        ("مقطر", ()),
        ("הם נפגשו בירושלים", ("Jerusalem",)),
        ("ושבירושלים ירד שלג", ("Jerusalem",)),
        ("מירושלים לעזה", ("Jerusalem", "Gaza")),
        ("כשהאומות המאוחדות", ("United Nations",)),
        ("דובר בצה״ל אמר", ("Army",)),
        ("יְרוּשָׁלַיִם", ("Jerusalem",)),
        ("הרים", ()),
        ("בים ובהרים", ()),
        ("ים", ("Sea",)),
        ("او بامداد امروز گفت که نیروهای کمکی می‌آیند", ()),
        ("گروه امداد رسید", ("Aid",)),
    ],
)
def test_words_are_found_behind_letters_that_are_other_words(
    text: str, tags: tuple[str, ...]
) -> None:
    assert PREFIXED.find(text) == tags


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("关于Syria问题的会谈", ("Syria",)),
        ("ไปSyriaแล้ว", ("Syria",)),
        ("Assyria的", ()),
    ],
)
def test_words_are_found_between_scripts(text: str, tags: tuple[str, ...]) -> None:
    assert VOCABULARY.find(text) == tags


def article(**fields: object) -> Cleaned:
    found = Article(title="A story", **fields)  # type: ignore[arg-type]
    return Cleaned(found, (), 1.0, (), {"tags": "keywords in line 4"} if found.tags else {})


def test_tags_of_the_page_come_first_and_take_the_name_of_the_vocabulary() -> None:
    result = with_vocabulary(article(tags=("Ports", "syrian"), body="The new bridge"), VOCABULARY)
    assert result.article.tags == ("Ports", "Syria", "Estuary Bridge")
    assert result.origins["tags"] == "keywords in line 4; vocabulary"


def test_tags_that_only_the_vocabulary_finds_say_so() -> None:
    result = with_vocabulary(article(summary="Talks in Damascus"), VOCABULARY)
    assert result.article.tags == ("Syria",)
    assert result.origins["tags"] == "vocabulary"


def test_what_names_nothing_stays_as_it_is() -> None:
    page = article(tags=("Ports",), body="Nothing of it")
    assert with_vocabulary(page, VOCABULARY) is page


@given(st.text(max_size=60), st.text(max_size=20))
def test_no_tag_is_given_whose_words_are_not_there(text: str, word: str) -> None:
    vocabulary = Vocabulary({"A tag": (word,)}) if word.strip() else Vocabulary({"A tag": ()})
    if vocabulary.find(text):
        assert word.strip()


def test_it_travels_to_workers() -> None:
    VOCABULARY.find("Damascus")
    assert pickle.loads(pickle.dumps(VOCABULARY)).find("Damascus") == ("Syria",)  # noqa: S301

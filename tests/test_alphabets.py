"""How names are put in order in a language, and below which letter an index has them."""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.alphabets import alphabet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.archive_folder import ArchiveFolder

LATIN = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
CYRILLIC = "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я"
ARABIC = "ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي"
OF_THEIR_OWN = {
    "ar": f"{ARABIC} ة ى ء آ أ إ ؤ ئ ٱ",
    "bg": CYRILLIC,
    "cs": f"{LATIN} á č ch ď é ě í ň ó ř š ť ú ů ý ž",
    "da": f"{LATIN} æ ø å ä ö ü é",
    "de": f"{LATIN} ä ö ü ß é ł",
    "en": f"{LATIN} é ñ ø å ç",
    "es": f"{LATIN} á é í ñ ó ú ü",
    "et": f"{LATIN} š ž õ ä ö ü",
    "fa": f"{ARABIC} پ چ ژ ک گ ی ء آ أ إ ؤ ئ ٱ",
    "fi": f"{LATIN} å ä ö š ž ü ø",
    "fr": f"{LATIN} à â ç é è ê ë î ï ô ù û ü ÿ œ",
    "he": "א ב ג ד ה ו ז ח ט י כ ך ל מ ם נ ן ס ע פ ף צ ץ ק ר ש ת",
    "hr": f"{LATIN} č ć dž đ lj nj š ž",
    "hu": f"{LATIN} á é í ó ö ő ú ü ű cs dz dzs gy ly ny sz ty zs ccs ddzs ggy nny ssz",
    "is": f"{LATIN} á ð é í ó ú ý þ æ ö",
    "lt": f"{LATIN} ą č ę ė į š ų ū ž",
    "lv": f"{LATIN} ā č ē ģ ī ķ ļ ņ š ū ž",
    "mk": "а б в г д ѓ е ж з ѕ и ј к л љ м н њ о п р с т ќ у ф х ц ч џ ш",
    "nb": f"{LATIN} æ ø å é",
    "pl": f"{LATIN} ą ć ę ł ń ó ś ź ż",
    "pt": f"{LATIN} ã á â ç é ê í õ ó ú",
    "ro": f"{LATIN} ă â î ș ț ş ţ",
    "ru": f"{CYRILLIC} ё",
    "sk": f"{LATIN} á ä č ch ď é í ĺ ľ ň ó ô ŕ š ť ú ý ž",
    "sl": f"{LATIN} č š ž ć đ",
    "sr": "а б в г д ђ е ж з и ј к л љ м н њ о п р с т ћ у ф х ц ч џ ш",
    "sv": f"{LATIN} å ä ö é ü æ ø",
    "th": "ก ข ค ง จ ช ด ต ถ ท น บ ป ผ พ ม ย ร ล ว ส ห อ เก โข แค ไท า กุ มู ดำ ดี ม้า ทั",
    "tr": f"{LATIN} ç ğ ı ö ş ü",
    "uk": f"{CYRILLIC} ґ є і ї",
    "ur": "ا آ أ ب پ ت ٹ ث ج چ ح خ د ڈ ذ ر ڑ ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ؤ ہ ھ ء ی ئ ے",
    "vi": f"{LATIN} ă â đ ê ô ơ ư ậ ế",
}
"""Language → what its names are made of."""


@pytest.fixture(scope="module")
def empty_page(chromium: Any) -> Iterator[Any]:
    page = chromium.new_page()
    yield page
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", OF_THEIR_OWN)
def test_names_are_in_the_order_that_a_browser_has_them_in(empty_page: Any, language: str) -> None:
    letters = OF_THEIR_OWN[language].split()
    chance = random.Random(language)  # noqa: S311
    names = ["".join(chance.choices(letters, k=chance.randint(1, 3))) for _ in range(400)]
    # To the browser "aå" is "aa", which is an å, and a ring.
    names = [name for name in names if not {"aå", "aä"} & {name[:2], name[1:]}]
    wrong = empty_page.evaluate(
        """([language, names]) => {
            const { compare } = new Intl.Collator(language, { sensitivity: "base" });
            if (!Intl.Collator.supportedLocalesOf(language).length) return null;
            return names.slice(1).map((name, at) => [names[at], name])
                .filter(([name, next]) => compare(name, next) > 0);
        }""",
        [language, sorted(names, key=alphabet(language).key)],
    )
    if wrong is None:
        pytest.skip("this browser does not know the language")
    assert wrong == []


def test_the_same_names_stand_elsewhere_in_another_language() -> None:
    names = ["Anka", "Ärlig", "Ör", "Ål", "Zebra"]
    assert sorted(names, key=alphabet("sv").key) == ["Anka", "Zebra", "Ål", "Ärlig", "Ör"]
    assert sorted(names, key=alphabet("de").key) == ["Ål", "Anka", "Ärlig", "Ör", "Zebra"]


def test_marks_and_case_only_decide_between_names_that_are_equal_else() -> None:
    names = ["zoo", "Émigré", "apple", "Eagle", "Zebra", "emigre", "emigres"]
    assert sorted(names, key=alphabet("en").key) == [
        *("apple", "Eagle", "emigre", "Émigré", "emigres", "Zebra", "zoo")
    ]


def test_numbers_in_names_are_in_the_order_of_their_worth() -> None:
    names = ["G20", "G7", "9/11", "10 Downing Street", "G"]
    assert sorted(names, key=alphabet("en").key) == [
        *("9/11", "10 Downing Street", "G", "G7", "G20")
    ]


def test_foreign_chinese_names_stand_together_behind_all_others() -> None:
    names = ["\U00020bb7野家", "ꀀ", "北京", "한국", "Berlin"]
    in_order = sorted(names, key=alphabet("en").key)
    assert in_order == ["Berlin", "한국", "ꀀ", "北京", "\U00020bb7野家"]


def test_vowels_below_a_consonant_of_thai_are_letters() -> None:
    names = ["ดุก", "ดำ", "ดี", "ดา", "ดน", "ด"]
    assert sorted(names, key=alphabet("th").key) == ["ด", "ดน", "ดา", "ดำ", "ดี", "ดุก"]


def test_a_doubled_letter_of_hungarian_is_twice_that_letter() -> None:
    names = ["hosszú", "hosszabb", "hoszt", "kulcs", "kulccsal", "kulcz", "hossz"]
    assert sorted(names, key=alphabet("hu").key) == [
        *("hossz", "hosszabb", "hosszú", "hoszt", "kulcz", "kulcs", "kulccsal")
    ]


def test_alef_with_a_hamza_is_an_alef_of_arabic() -> None:
    names = ["بيروت", "أحمد", "إبراهيم", "آمنة", "احمد", "ابراهيم"]
    arabic = alphabet("ar")
    in_order = sorted(names, key=arabic.key)
    assert [name[1] for name in in_order] == ["م", "ب", "ب", "ح", "ح", "ي"]
    assert [arabic.initial(name) for name in in_order] == ["ا", "ا", "ا", "ا", "ا", "ب"]
    assert alphabet("fa").initial("آمنه") == "آ"
    assert sorted(["احمد", "آمنه"], key=alphabet("fa").key) == ["آمنه", "احمد"]


def test_names_of_the_languages_own_script_come_first() -> None:
    names = ["Berlin", "Αθήνα", "Москва", "القاهرة", "7"]
    assert sorted(names, key=alphabet("ru").key)[:2] == ["7", "Москва"]
    assert sorted(names, key=alphabet("ar").key)[:2] == ["7", "القاهرة"]
    assert sorted(names, key=alphabet("en").key)[:2] == ["7", "Berlin"]


def test_chinese_names_are_in_the_order_of_their_sounds() -> None:
    names = ["上海", "Berlin", "北京", "天津", "白宫", "八国"]
    chinese = alphabet("zh-CN")
    assert sorted(names, key=chinese.key) == ["八国", "白宫", "北京", "Berlin", "上海", "天津"]
    assert chinese.initial("上海") == "S"
    assert alphabet("zh-TW").initial("上海") == "上"


@pytest.mark.parametrize(
    ("language", "name", "letter"),
    [
        ("en", "Émigré", "E"),
        ("de", "öl", "O"),
        ("sv", "öl", "Ö"),
        ("pl", "Łódź", "Ł"),
        ("en", "Łódź", "L"),
        ("tr", "ırmak", "I"),
        ("tr", "İstanbul", "İ"),
        ("tr", "iz", "İ"),
        ("en", "İstanbul", "I"),
        ("da", "Øresund", "Ø"),
        ("da", "Aabenraa", "Å"),
        ("en", "Øresund", "O"),
        ("cs", "chleba", "Ch"),
        ("hr", "Džep", "Dž"),
        ("vi", "Ậu", "Â"),
        ("ru", "Ёлка", "Е"),
        ("ru", "йод", "Й"),
        ("uk", "їжак", "Ї"),
        ("ko", "한국", "ㅎ"),
        ("ja", "がっこう", "か"),
        ("ja", "カメラ", "か"),
        ("th", "ไทย", "ท"),
        ("hi", "क़लम", "क"),
        ("ar", "أحمد", "ا"),
        ("fa", "کتاب", "ك"),
        ("ka", "ქართლი", "ქ"),
        ("ja", "ゲーム", "け"),
        ("ja", "川口大橋", "川"),
        ("en", "川口大橋", "漢"),
        ("en", "2024 Election", "#"),
        ("de", "„Stimme“", "S"),
        ("en", "#MeToo", "M"),
        ("en", "?!", "#"),
        ("en", "", "#"),
    ],
)
def test_a_name_stands_below_its_letter(language: str, name: str, letter: str) -> None:
    assert alphabet(language).initial(name) == letter


@given(
    st.lists(st.text(st.characters(codec="utf-8"), max_size=6), max_size=40),
    st.sampled_from([*OF_THEIR_OWN, "ja", "ko", "zh", "az"]),
)
def test_an_index_has_each_letter_once(names: list[str], language: str) -> None:
    letters = alphabet(language)
    runs = [
        letter
        for letter, _ in itertools.groupby(map(letters.initial, sorted(names, key=letters.key)))
    ]
    assert len(runs) == len(set(runs)), runs


def test_an_index_is_in_the_order_of_the_sites_language(archive: ArchiveFolder) -> None:
    archive.article("a.md", tags="[Ärlig, Zebra, Anka]")
    for language, order in (("sv", "Anka Zebra Ärlig"), ("de", "Anka Ärlig Zebra")):
        archive.settings(f"title: T\nlanguage: {language}\n")
        archive.build()
        text = archive.page("tags/index.html")
        assert sorted(order.split(), key=text.index) == order.split()


def test_the_capitals_of_the_sites_language_say_nothing(archive: ArchiveFolder) -> None:
    archive.article("a.md", tags="[Ärlig, Zebra, Anka]")
    archive.settings("title: T\nlanguage: SV-se\n")
    archive.build()
    text = archive.page("tags/index.html")
    assert '<html lang="sv-SE"' in text
    assert text.index("Zebra") < text.index("Ärlig")

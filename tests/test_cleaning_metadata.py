"""Bylines, agencies, language, and where each value was found."""

from __future__ import annotations

import pytest

from archive_gen.article import RawDocument
from archive_gen.cleaning import Cleaned, clean
from archive_gen.cleaning.datelines import read_dateline
from archive_gen.cleaning.language import contradicts, detect_language
from archive_gen.cleaning.metadata import read_authors
from archive_gen.cleaning.names import split_names
from archive_gen.cleaning.people.agencies import agency_of, is_desk

BYLINES = """\
By Nora Sable | Nora Sable
By Nora Sable and Owen Pettifer | Nora Sable, Owen Pettifer
By NORA SABLE, Political Correspondent | Nora Sable
By Nora Sable Senior Sports Reporter | Nora Sable
By Nora Sable, Tolland | Nora Sable
By Nora Sable, Leila Haddow & Owen Pettifer, Staff Writers | Nora Sable, Leila Haddow, Owen Pettifer
By Nora Sable @norasable | Nora Sable
By Nora Sable nora@courier.example | Nora Sable
By Nora SablePublished Oct. 7, 2015 | Nora Sable
By Nora Sable for The Courier | Nora Sable
By Nora Sable (Tuesday, 7 October) | Nora Sable
By Nora (Nell) Sable | Nora (Nell) Sable
Von Jonas Abt und Mirja Held | Jonas Abt, Mirja Held
Kommentar von Mirja Held, Redakteurin | Mirja Held
Par Claire d’Avron et Luc Pradel, envoyé spécial | Claire d’Avron, Luc Pradel
Por Inés Baltar y Tomás de la Riva | Inés Baltar, Tomás de la Riva
Di Marta Solaro | Marta Solaro
Автор: Пётр Озеров | Пётр Озеров
Текст: Анна Лугова, корреспондент | Анна Лугова
作者：林小雨 | 林小雨
記者：小林健 | 小林健
Haber: Ayşe Demir | Ayşe Demir
Texto: Inés Baltar | Inés Baltar
Tekst: Jan Kowalski | Jan Kowalski
रिपोर्ट: आदित्य शर्मा | आदित्य शर्मा
संवाददाता: आदित्य शर्मा | आदित्य शर्मा
מאת דנה לוי | דנה לוי
بقلم سامي النهري | سامي النهري
"""


@pytest.mark.parametrize("line", BYLINES.splitlines())
def test_a_byline_gives_its_names(line: str) -> None:
    text, _, names = line.partition(" | ")
    assert read_authors(text) == tuple(names.split(", "))


def test_words_that_name_nobody_are_no_authors() -> None:
    assert split_names("Political Correspondent") == ()
    assert split_names("Redakteurin, Staff Writers") == ()


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("ΑΠΕ-ΜΠΕ", "ANA-MPA"),
        ("Evangelischer Pressedienst", "epd"),
        ("Танјуг", "Tanjug"),
        ("Reuters", "Reuters"),
        ("Reuter", "Reuters"),
        ("The Associated Press", "AP"),
        ("Agence France-Presse", "AFP"),
        ("ТАСС", "TASS"),
        ("新华社", "Xinhua"),
        ("Anadolu Ajansı", "AA"),
        ("Nora Sable", ""),
        ("Edzard Reuter", ""),
        ("Ap Huis", ""),
    ],
)
def test_agencies_are_known_by_their_names(name: str, agency: str) -> None:
    assert agency_of(name) == agency


@pytest.mark.parametrize("name", ["Staff", "Courier Staff", "Redaktion Politik", "News Desk"])
def test_a_desk_is_no_person(name: str) -> None:
    assert is_desk(name)
    assert not is_desk("Nora Stafford")


PAGE = """The Halvane Courier

Bridge put back two years as pier 7 sinks into clay

By Nora Sable and Reuters

October 7, 2015

TOLLAND (Reuters) — The Estuary Bridge will not carry traffic before 2021, the port said.

Engineers found that the seventh pier had sunk by eleven centimetres since the spring, and that
two more would have to be founded again on piles that reach below the layer of soft clay.

Tags: Estuary Bridge, Transport
"""


def cleaned(**fields: object) -> Cleaned:
    return clean(RawDocument("a.txt", b"", PAGE, **fields))  # type: ignore[arg-type]


def test_an_agency_is_kept_apart_from_persons() -> None:
    article = cleaned().article
    assert article.authors == ("Nora Sable",)
    assert article.extra == {"agency": "Reuters"}


def test_every_value_names_where_it_was_found() -> None:
    result = cleaned(known={"url": "https://a.example/x", "source": "Courier"})
    assert dict(result.origins) == {
        "title": "headline in line 3",
        "date": "date line in line 7",
        "authors": "byline in line 5",
        "agency": "dateline in line 9",
        "place": "dateline in line 9",
        "tags": "keywords in line 14",
        "language": "detected",
        "url": "the record it came in",
        "source": "the record it came in",
    }


@pytest.mark.parametrize(
    ("folder", "address", "source"),
    [
        ("", "https://www.courier.example/2015/x", "courier.example"),
        ("dumps", "https://courier.example:8080/x", "courier.example"),
        ("other.org", "https://courier.example/x", "courier.example"),
        ("in/courier.org", "", "courier.org"),
        ("dumps/www.courier.example", "", "courier.example"),
        ("dumps/site.zip#News.Courier.co.uk", "", "news.courier.co.uk"),
        ("courier.org/pages.jsonl", "", ""),
        ("courier.org/2015", "", ""),
        ("courier.old", "", ""),
        ("v1.0.com.bak", "", ""),
        ("", "https://[/x", ""),
    ],
)
def test_the_host_of_address_or_folder_is_the_source_where_nothing_states_one(
    folder: str, address: str, source: str
) -> None:
    known = {"url": address} if address else {}
    result = clean(RawDocument("a.txt", b"", PAGE, known=known, folder=folder))
    assert result.article.source == source
    if source:
        assert result.origins["source"] == ("address" if address else "folder")
    known = {"source": "Port Post", "url": address}
    stated = clean(RawDocument("a.txt", b"", PAGE, known=known, folder=folder))
    assert stated.article.source == "Port Post"


def test_who_hands_a_value_over_may_name_its_origin() -> None:
    known = {"title": "Another headline"}
    assert cleaned(known=known, origins={"title": "feed"}).origins["title"] == "feed"


TEXTS = {
    "en": "The harbour board has put off the new bridge by two years because a pier sinks.",
    "de": "Der Bau der neuen Brücke verzögert sich um zwei Jahre, weil ein Pfeiler einsinkt.",
    "fr": "La construction du nouveau pont prendra deux ans de retard, car une pile s’enfonce.",
    "ru": "Строительство нового моста задержится на два года, потому что опора оседает в глину.",
    "ja": "新しい橋の建設は二年遅れる見込みだ。橋脚の一つが粘土に沈んでいるためである。",
}


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_the_language_is_detected(language: str) -> None:
    assert detect_language(TEXTS[language]) == language


@pytest.mark.parametrize("text", ["", "Bridge", "12 34 56", "OK Taxi Hotel"])
def test_a_text_that_does_not_tell_has_no_language(text: str) -> None:
    assert detect_language(text) == ""


def test_what_a_page_states_counts_unless_it_is_plainly_wrong() -> None:
    assert contradicts("en-GB", TEXTS["en"]) == ""
    assert contradicts("en", TEXTS["ru"]) == "ru"
    page = {"origins": {"language": "html lang"}, "known": {"language": "ru"}}
    assert cleaned(**page).article.language == "en"
    assert cleaned(known={"language": "ru"}).article.language == "ru"
    assert cleaned(known={"language": "en-GB"}, origins=page["origins"]).article.language == "en-GB"


@pytest.mark.parametrize(
    ("stated", "tag"),
    [
        ("en-us", "en-US"),
        ("DE", "de"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("de-DE-Formal", "de-DE-formal"),
        ("es-419", "es-419"),
        ("en-x-GB", "en-x-gb"),
    ],
)
def test_a_language_is_written_one_way(stated: str, tag: str) -> None:
    """Else a reader who narrows by language misses those that are written otherwise."""
    assert cleaned(known={"language": stated}).article.language == tag


def test_a_letter_is_not_filed_from_sir() -> None:
    assert read_dateline("SIR – The plan to close the library is a disgrace.") is None
    assert read_dateline("LONDON – The plan to close the library is a disgrace.") is not None


@pytest.mark.parametrize(
    ("begins", "place"),
    [
        ("USA (AP) — ", "USA"),
        ("OSLO (AP) — ", "Oslo"),
        ("OSLO, Norway (AP) _ ", "Oslo"),  # so wires wrote the dash
        ("St. John's (AP) — ", "St. John's"),
        ("One Two Three Four (AP) — ", "One Two Three Four"),
        ("One Two Three Four Five (AP) — ", None),
        ("(رويترز) - ", ""),
        ("Rio de Janeiro (AP) — ", "Rio de Janeiro"),
        ("PORT OF SPAIN, Trinidad (AP) — ", "Port of Spain"),
        ("Santa Cruz de la Sierra (EFE).- ", "Santa Cruz de la Sierra"),
        ("Bank of Halvane (BoH) — ", None),  # small words count beside an agency that is known
        ("House of (AP) — ", None),
        ("OSLO/BERGEN (Reuters) - ", "Oslo/Bergen"),
        ("Stenning, 21.10.2015 - ", "Stenning"),
        ("Lower Marl, 21 October 2015 — ", "Lower Marl"),
        ("Stenning, which voted on 21 October 2015 - ", None),
        ("Stenning, the market town - ", None),
    ],
)
def test_a_place_has_the_form_of_a_name(begins: str, place: str | None) -> None:
    found = read_dateline(f"{begins}The council met again.")
    assert (found.place if found else None) == place


@pytest.mark.parametrize(
    ("begins", "day"),
    [
        ("[October 21, 2015] ", "2015-10-21"),
        ("(21/10/2015) ", "2015-10-21"),
        ("（2015年10月21日）", "2015-10-21"),
        ("(10/07/2015) ", "2015"),  # of July or of October
        ("Stenning, 21.10.2015 - ", "2015-10-21"),
        ("STENNING, Oct. 21, 2015 /NewsLink/ -- ", "2015-10-21"),
        ("The bridge that fell (21/10/2015) was new. ", ""),
        ("(First told on 21/10/2015) ", ""),
    ],
)
def test_a_day_with_which_the_story_opens(begins: str, day: str) -> None:
    text = f"""Bridge over the Ash reopens after two years
{begins}The bridge over the Ash reopened on Wednesday, two years after a barge struck a pier.
Some 300 people walked across it behind a brass band, and the first car followed at noon.
Repairs cost $4.2 million, the county said, of which the owner of the barge pays a third.
"""
    date = clean(RawDocument("a.txt", text.encode(), text)).article.date
    assert (date.text if date else "") == day


def test_a_day_alone_right_above_a_story_without_a_headline() -> None:
    text = """Skip to content
Home
Subscribe
Log in
Corrections and clarifications
15 May 2021
• An article about the ferry strike (“Talks break down”, May 4) misstated the number of boats. \
There are two, not three.
• A caption on May 9 gave the wrong name for the mayor of Cray Point. She is Ruth Ellery.
Share
Facebook
Terms of use
"""
    article = clean(RawDocument("a.txt", text.encode(), text)).article
    assert article.date is not None
    assert article.date.text == "2021-05-15"
    assert not article.title.startswith("•")


@pytest.mark.parametrize(
    ("line", "place", "authors"),
    [
        ("Port Halvane, 4 May 2021", "Port Halvane", ()),
        ("Mexico City, May 4, 2021", "Mexico City", ()),
        ("Novi Sad, 4 May 2021", "Novi Sad", ()),
        ("Tom Hale, 4 May 2021", "", ("Tom Hale",)),
        ("By Cape Marsh, 4 May 2021", "", ("Cape Marsh",)),  # announced
    ],
)
def test_a_name_that_places_have_is_no_author(
    line: str, place: str, authors: tuple[str, ...]
) -> None:
    story = (
        "The harbour board voted on Tuesday to rebuild the north quay, eleven years after a storm "
        "tore its outer wall away and left the fishing fleet without a berth in winter.",
        "Work will begin in March and take two summers, said Ida Marsh, who chairs the board. The "
        "cost has risen from twelve million crowns to fourteen since last autumn.",
    )
    text = "\n\n".join(["Board votes to rebuild the north quay", line, *story])
    article = clean(RawDocument("x", text.encode(), text)).article
    assert (article.place, article.authors) == (place, authors)

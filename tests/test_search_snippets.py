from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.search.sentences import sentences
from archive_gen.search.snippets import Marker

TEXT = (
    "The mayor spoke first. She named no sum. Residents of the old port asked for flood "
    'barriers by the end of the year; "We wait," one said. Dr. Ann Lee, 3.5 km away, disagreed.\n'
    "Nobody left before ten."
)


def snippet(texts: tuple[str, ...], wanted: set[str]) -> tuple[tuple[str, bool], ...]:
    return Marker(wanted).snippet(texts)


def plain(pieces: tuple[tuple[str, bool], ...]) -> str:
    return "".join(text for text, _ in pieces)


def marked(pieces: tuple[tuple[str, bool], ...]) -> list[str]:
    return [text for text, hit in pieces if hit]


def test_it_begins_with_the_sentence_that_has_most() -> None:
    pieces = snippet((TEXT,), {"flood", "port"})
    assert plain(pieces).startswith("Residents of the old port")
    assert marked(pieces) == ["port", "flood"]


@pytest.mark.parametrize(
    "sentence",
    [
        "U.S. oil prices rose before the meeting.",
        "The U.S. Treasury bought oil on Feb. 3 at 6 p.m. local time.",
        "Mr. J. B. Lee of Oil Co. of America agreed, e.g. on Friday!",
        "Нефть, т.е. oil, стоит 5 млн. рублей.",
    ],
)
def test_a_sentence_goes_on_after_an_abbreviation(sentence: str) -> None:
    text = f"Nobody came. {sentence} Then it rained for a week. {'It rained and rained. ' * 12}"
    shown = plain(snippet((text,), {"oil", *sentence.lower().rstrip(".!").split()}))
    assert shown.startswith(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mr. Smith and Gen. J. F. Kelly met 3.5 p.m. officials of No. 5 oil on Sept. 3.",
        "“We wait... until it ends,” said oil (and Mrs. Lee).",
        "Am 3. Oktober zahlte Dr. Müller in St. Gallen z. B. 3 Mio. Euro bzw. Mrd. Euro für oil.",
        "« Quoi ? » dit M. Hollande, p. 5, de oil.",
        "¿El Sr. López y la Sra. Pérez de EE.UU. venden oil?",
        "В г. Москве на ул. Ленина, т. е. 5 тыс. рублей, А. С. Пушкин, oil.",
        "「行く。」と東京で話した oil。",
        "他说：“不行oil。”",
        "قال د. أحمد من وكالة أ.ف.ب. إنه سيذهب oil؟",
        "डॉ. सिंह ने 3.5 लाख oil कहा।",
        "Ο κ. Τσίπρας τι λέει oil;",
        "እንዴት ነህ oil።",
    ],
)
def test_a_sentence_of_any_language_is_shown_from_its_beginning_to_its_end(sentence: str) -> None:
    before, after = "Nobody came here today! " * 12, "They all went home. " * 12
    pieces = snippet((before + sentence + " " + after,), {"oil", "3"})
    assert plain(pieces).startswith(sentence), plain(pieces)


def test_a_heading_does_not_run_into_what_stands_below_it() -> None:
    text = (
        "What the gates are for\nAt Tolland a pair of gates stands.\n“Late.”\nGate\nWidth\nList:\na"
    )
    assert plain(snippet((text,), {"gates"})) == (
        "What the gates are for · At Tolland a pair of gates stands. “Late.” Gate · Width · List: a"
    )
    assert marked(snippet((text,), {"for", "stands"})) == ["for", "stands"]


def test_a_heading_is_shown_with_the_beginning_of_a_long_sentence_below_it() -> None:
    shown = plain(snippet(("Gates\n" + "word " * 100,), {"gates"}))
    assert shown.startswith("Gates · word word")
    assert shown.endswith("word …")
    assert 200 < len(shown) < 250


def test_a_short_last_sentence_is_shown_with_those_before_it() -> None:
    text = "It rained and rained. " * 20 + "The mayor left before. He wept."
    assert plain(snippet((text,), {"wept"})).endswith("The mayor left before. He wept.")
    assert len(plain(snippet((text,), {"wept"}))) > 120


def test_a_long_sentence_is_cut_at_words() -> None:
    text = "word " * 300 + "needle " + "word " * 300
    pieces = snippet((text,), {"needle"})
    assert marked(pieces) == ["needle"]
    assert plain(pieces).startswith("… word")
    assert plain(pieces).endswith("word …")
    assert len(plain(pieces)) < 260


def test_without_a_match_it_is_the_summary_or_the_beginning() -> None:
    assert plain(snippet((TEXT, "In short."), {"zebra"})) == "In short."
    assert plain(snippet((TEXT, ""), {"zebra"})).startswith("The mayor spoke first.")
    assert snippet(("", ""), {"zebra"}) == ()


def test_a_match_in_the_summary_alone_shows_the_summary() -> None:
    assert marked(snippet((TEXT, "A bridge in short."), {"bridge"})) == ["bridge"]


def test_only_the_pair_is_marked_in_a_run_of_characters() -> None:
    assert marked(snippet(("港口城市的经济增长放缓。",), {"经济"})) == ["经济"]


@given(
    text=st.text(st.sampled_from("ab é中国.!?\n\"' ’-"), max_size=600),
    wanted=st.sets(st.sampled_from(["a", "b", "ab", "e", "中国", "zz"])),
)
def test_it_is_always_a_part_of_the_text(text: str, wanted: set[str]) -> None:
    pieces = snippet((text,), wanted)
    inner = plain(pieces).removeprefix("… ").removesuffix(" …")
    assert "".join(inner.replace(" · ", "").split()) in "".join(text.split())
    assert len(inner) <= 600


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # A number of up to two digits may be an ordinal, a longer one may not.
        ("Sie kam am 12. Oktober an.", ["Sie kam am 12. Oktober an."]),
        ("They sold 300. The rest was kept.", ["They sold 300.", "The rest was kept."]),
        # But a date goes on with digits, and so does the number behind a short word.
        ("Am 7. 10. 2015 fiel Schnee.", ["Am 7. 10. 2015 fiel Schnee."]),
        ("2015. 10. 7. was written there.", ["2015. 10. 7. was written there."]),
        ("See cpl. 12 for this.", ["See cpl. 12 for this."]),
        ("See para. 12 for this.", ["See para. 12 for this."]),
        ("It was a flood. 12 boats sank.", ["It was a flood.", "12 boats sank."]),
        # More than one mark is an end, and so is any but the stop.
        ("Really ph.. Yes.", ["Really ph..", "Yes."]),
        ("Is it Dr? Yes.", ["Is it Dr?", "Yes."]),
        # Small letters go on, except in another block.
        ("It was 3 p.m. and dark.", ["It was 3 p.m. and dark."]),
        ("It rained.\nand so on", ["It rained.", "and so on"]),
        # Initials, also of two letters without a space.
        ("So said J. R. Lee.", ["So said J. R. Lee."]),
        ("The U.S. Army came.", ["The U.S. Army came."]),
        ("He is in the EU. Nobody else is.", ["He is in the EU.", "Nobody else is."]),
        ("It has BBC. Nobody else has.", ["It has BBC.", "Nobody else has."]),
        ("Ask Mr. Lee or gen. Orlo.", ["Ask Mr. Lee or gen. Orlo."]),
    ],
)
def test_where_sentences_end(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == found


def test_of_chinese_half_as_many_letters_are_shown() -> None:
    said = "港口委员会决定重建北码头，工程将于明年三月开工。"
    text = said * 5 + "渔船队在冬季因此失去了泊位，" * 12 + "渔船队很高兴。" + said * 5
    for wanted in ({"码头"}, {"渔船"}, set[str]()):
        assert 90 <= len(plain(snippet((text,), wanted)).strip("… ")) <= 120
    mixed = "The board met 港口委员会 again, and nobody had anything to say. " * 9
    assert len(plain(snippet((mixed,), {"board"}))) > 180

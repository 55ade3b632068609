from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    assert inner.strip() in " ".join(text.split()) or inner in text.replace("\n", " ")
    assert len(inner) <= 600

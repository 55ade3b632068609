"""What two versions of a text have in common, and what not."""

from __future__ import annotations

import html

from hypothesis import given
from hypothesis import strategies as st

from archive_gen.rendering.comparison import compare


def page(text: str) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))


def side(pieces: list[list[tuple[str, str]]], without: str) -> list[str]:
    return [text for p in pieces if (text := "".join(t for kind, t in p if kind != without))]


def test_changed_words_are_marked() -> None:
    found = compare(
        page("One.\nForty-one boats were lost."), page("One.\nSome 27 boats were lost.")
    )
    assert found == [
        [("same", "One.")],
        [("del", "Forty-one"), ("ins", "Some 27"), ("same", " boats were lost.")],
    ]


def test_a_paragraph_that_came_stands_alone() -> None:
    assert compare(page("One."), page("One.\nTwo.")) == [[("same", "One.")], [("ins", "Two.")]]


words = st.lists(st.sampled_from("a b cc dd. e, \n".split(" ")), max_size=12).map(" ".join)


@given(words, words)
def test_both_texts_can_be_read_off(old: str, new: str) -> None:
    found = compare(page(old), page(new))
    for text, without in ((old, "ins"), (new, "del")):
        whole = [" ".join(line.split()) for line in text.split("\n")]
        assert " ".join(" ".join(side(found, without)).split()) == " ".join(" ".join(whole).split())


def test_a_long_text_takes_no_long_time() -> None:
    old, new = ("\n".join(f"{n} {name}" for n in range(20_000)) for name in ("a", "b"))
    assert len(compare(page(old), page(new))) == 20_000
    assert len(compare(page("a " * 50_000), page("b " * 50_000))) == 1

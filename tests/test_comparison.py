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


def test_paragraphs_that_have_little_in_common_are_shown_whole() -> None:
    old, new = "The boats came home in the storm.", "A mayor spoke of the harbour to reporters."
    assert compare(page(old), page(new)) == [[("del", old), ("ins", new)]]


def test_a_text_that_came_or_went_leaves_nothing_empty() -> None:
    assert compare("", page("One.")) == [[("ins", "One.")]]
    assert compare(page("One."), "") == [[("del", "One.")]]


words = st.lists(st.sampled_from("a b cc dd. e, \n".split(" ")), max_size=12).map(" ".join)


@given(words, words)
def test_both_texts_can_be_read_off(old: str, new: str) -> None:
    found = compare(page(old), page(new))
    for text, without in ((old, "ins"), (new, "del")):
        whole = [" ".join(line.split()) for line in text.split("\n")]
        assert " ".join(" ".join(side(found, without)).split()) == " ".join(" ".join(whole).split())


def test_a_long_change_is_shown_as_one() -> None:
    """To compare it would take with the square of its length."""
    lines = [str(number) for number in range(502)]
    found = compare(page("\n".join(lines)), page("\n".join(reversed(lines))))
    assert found[0] == [("del", "0"), ("ins", "501")]
    assert all(("same", line) not in pieces for pieces in found for line in lines)
    words = " ".join(lines * 4)
    assert compare(page(f"a {words}"), page(f"b {words}")) == [
        [("del", f"a {words}"), ("ins", f"b {words}")]
    ]


def test_a_small_change_of_a_long_text_is_small() -> None:
    lines = [str(number) for number in range(2_000)]
    found = compare(page("\n".join(lines)), page("\n".join([*lines[:900], "new", *lines[900:]])))
    assert [pieces for pieces in found if pieces[0][0] != "same"] == [[("ins", "new")]]
    assert len(found) == 2_001

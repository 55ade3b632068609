"""What a word is: the quick ways lead where the thorough ones do."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from archive_gen.search import analysis

PIECES = (
    *(
        "a",
        "B",
        "Z9",
        "0",
        "'s",
        "’s",
        "'S",
        "s",
        "'",
        "’",
        "‘",
        "“",
        "–",
        "…",
        "_",
        "-",
        " ",
        "\n",
    ),
    *("x" * 63, "y" * 64, "z" * 65, "é", "ß", "İ", "ﬁ", "K", "中", "\u0301", "\u00ad"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=10).map("".join)
WORDS = (
    "MPs TVs mrs banks banking bankers élu élus élections häuser haus running ran 2015 中国".split()
)


@settings(max_examples=200)
@given(TEXTS)
def test_plain_text_has_the_words_that_any_text_has(text: str) -> None:
    one_by_one = (analysis.split_word(raw) for _, _, raw in analysis.raw_words(text))
    assert analysis.words(text) == [word for words in one_by_one for word in words]


@given(st.sampled_from(["en", "de", "fr", ""]), st.sets(st.sampled_from(WORDS)))
def test_no_word_with_a_wanted_stem_is_missed(language: str, wanted: set[str]) -> None:
    words = [word.lower() for word in WORDS]
    stems = {analysis.stem(language, word.lower()) for word in wanted}
    having = {word for word in words if analysis.stem(language, word) in stems}
    assert having <= analysis.may_have_stems(language, words, stems)

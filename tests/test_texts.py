"""How names are put in order, and below which letter an index has them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.texts import alphabetical, initial


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Émigré", "E"),
        ("öl", "O"),
        ("Łódź", "L"),
        ("ırmak", "I"),
        ("İstanbul", "I"),
        ("Øresund", "Ø"),
        ("Ёлка", "Е"),
        ("한국", "ㅎ"),
        ("がっこう", "か"),
        ("ქართლი", "ქ"),
        ("川口大橋", "川"),
        ("2024 Election", "#"),
        ("„Stimme“", "#"),
        ("", "#"),
    ],
)
def test_a_name_stands_below_its_letter(name: str, letter: str) -> None:
    assert initial(name) == letter


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=6), max_size=40))
def test_an_index_has_each_letter_once(names: list[str]) -> None:
    letters = [
        letter for letter, _ in itertools.groupby(map(initial, sorted(names, key=alphabetical)))
    ]
    assert len(letters) == len(set(letters)), letters

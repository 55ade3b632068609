"""Who made a picture is told from what it shows, with the agency."""

from __future__ import annotations

import pytest

from archive_gen.cleaning.pictures import split_caption, split_credit


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("The pope on Oct. 4, 2023. (AP Photo/Ada Lund)", "on Oct. 4, 2023", "AP / Ada Lund"),
        ("In La Crosse, Wis.(AP Photo/Ada Lund, File)", "Crosse, Wis", "AP / Ada Lund, File"),
        ("AP Photo/Ada Lund", "", "AP / Ada Lund"),
        ("Ada Lund/Getty Images", "", "Ada Lund / Getty Images"),
        ("Ada Lund | AP", "", "Ada Lund / AP"),
        ("Ada Lund (Reuters)", "Ada Lund", "Reuters"),
        ("The mayor opens the bridge – Reuters", "The mayor opens the bridge", "Reuters"),
        ("Copyright © 2023 Harbour Post", "", "2023 Harbour Post"),
        ("Ask your Photographer/Videographer to work on it", "to work on it", ""),
    ],
)  # fmt: skip
def test_caption_and_credit(line: str, caption: str, credit: str) -> None:
    shown, told = split_credit(line)
    assert told == credit
    assert shown.endswith(caption)
    assert bool(shown) == bool(caption)


@pytest.mark.parametrize(
    ("line", "marked", "caption", "credit"),
    [
        ("Four ferries.Ada Lund", "Ada Lund", "Four ferries.", "Ada Lund"),
        ("Ferries (AP Photo) AP Photo", "AP Photo", "Ferries", "AP Photo"),
        ("Ferries Credit: Photo: PA", "Credit: Photo: PA", "Ferries", "PA"),
        ("Ferries. Photo: Kyodo", "Kyodo", "Ferries.", "Kyodo"),
        ("Ferries (Ada Lund)", "(Ada Lund)", "Ferries", "Ada Lund"),
        ("Ferries. Photo by Ada Lund", "Photo by Ada Lund", "Ferries.", "Ada Lund"),
        ("Ada Lund | Getty", "Ada Lund | Getty", "", "Ada Lund / Getty"),
        ("Harbour Post", "Harbour Post", "", "Harbour Post"),
        ("© Ada Lund (cut)", "© Ada Lund (cut)", "", "© Ada Lund (cut)"),
        ("Ferries a@post.example", "a@post.example", "Ferries a@post.example", ""),
        ("Ferries (Reuters)", "", "Ferries", "Reuters"),
    ],
)  # fmt: skip
def test_what_a_page_marks_as_credit(line: str, marked: str, caption: str, credit: str) -> None:
    assert split_caption(line, marked) == (caption, credit)

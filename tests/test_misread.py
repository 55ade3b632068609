"""UTF-8 that was read as Windows-1252 is itself again; what was read well stays as it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.importers import read
from archive_gen.importers.misread import undone
from archive_gen.intake.extract import Extraction, extract
from archive_gen.parallel import SerialMapper
from archive_gen.texts import as_meant

if TYPE_CHECKING:
    from pathlib import Path

STORIES = [
    "Die Fähre fällt aus – für immer, sagte „Kapitän“ Jörg Müller.\nKein Wort davon stimmt.",
    "The ferry’s last trip — “for now” — costs €3.",
    "Le café d’à côté est fermé ; la fête aura lieu.",
    "Паром закрывают навсегда, сообщил представитель мэрии.",
    "Πορθμείο σταματά μετά από ενενήντα χρόνια.",
    "AMANHÃ A IRMÃ DE JOÃO FALA AO LE MONDE: ‘RESPEITO’.",
    "Trajekt přestane jezdit, řekl mluvčí.",
    "渡轮在九十年后停运。",
    "The ferry is gone 😢😢😢.",
]
LETTERS = [
    chr(code)
    for first, last in (
        (0xC0, 0x17F),
        (0x391, 0x3C9),
        (0x410, 0x44F),
        (0x5D0, 0x5EA),
        (0x621, 0x63A),
    )
    for code in range(first, last + 1)
    if chr(code).isalpha() and as_meant(chr(code)) == chr(code)
]
READ_WELL = [
    "Die „KPÖ“ und die „SPÖ“ tagten.\nDie „FPÖ“ blieb fern, „FPÖ“ und „KPÖ“ auch.",
    "AU «GRAND CAFÉ» ET AU «PETIT CAFÉ»\nLE «CAFÉ»",
    "A IRMÃ DE JOÃO E A MANHÃ DE CORAÇÃO.\nA IRMÃ\nA MANHÃ",
    "Two signs, Ã¼ and â€™, tell of the mistake.",
    "Ångström sa: ”Älven är full.” Ä är en bokstav.",
    "»ÄITIÄ», »ISÄ», »PÄIVÄÄ», »HÄN»",
    "One of them is Ã¼.\n»ÄITIÄ», »ISÄ», »PÄIVÄÄ», »HÄN»",
]


def imported(folder: Path, text: str) -> str:
    path = folder / "page.txt"
    path.write_text(text, encoding="utf-8", newline="")
    (document,) = read(path)
    return document.text  # type: ignore[union-attr]


@pytest.mark.parametrize("story", STORIES)
def test_what_was_misread_is_itself_again(tmp_path: Path, story: str) -> None:
    as_controls = story.encode().decode("latin-1")
    assert imported(tmp_path, as_controls) == story
    assert imported(tmp_path, as_meant(as_controls)) == story


@given(st.text(st.sampled_from(LETTERS), min_size=3))
def test_letters_of_every_alphabet_of_two_bytes_are_themselves_again(text: str) -> None:
    as_controls = text.encode().decode("latin-1")
    assert undone(as_controls) == text
    assert undone(as_meant(as_controls)) == text


def test_what_no_utf_8_is_stays_beside_what_was_misread(tmp_path: Path) -> None:
    assert imported(tmp_path, "Ã¼ber Ã¶lige Ã„mter: à€€") == "über ölige Ämter: à€€"


@pytest.mark.parametrize("story", [*STORIES, *READ_WELL])
def test_what_was_read_well_stays(tmp_path: Path, story: str) -> None:
    assert imported(tmp_path, story) == story


def test_lines_that_were_read_well_stay_beside_others(tmp_path: Path) -> None:
    well, misread = READ_WELL[0], STORIES[0].encode().decode("latin-1")
    assert imported(tmp_path, f"{well}\r\n{misread}") == f"{well}\n{STORIES[0]}"


def test_spaces_that_programs_took_for_others(tmp_path: Path) -> None:
    written = "Le café est fermé à midi, dit-on à Évry\u00a0: voilà"
    misread = written.encode().decode("latin-1").replace("\u00a0", " ")
    assert imported(tmp_path, misread).split() == written.split()


def test_records_and_the_pipe_do_the_same(tmp_path: Path) -> None:
    misread = as_meant(STORIES[0].encode().decode("latin-1"))
    path = tmp_path / "pages.jsonl"
    path.write_text(json.dumps({"id": 1, "text": misread}))
    (document,) = read(path)
    assert document.text == STORIES[0]  # type: ignore[union-attr]
    lines = path.read_bytes().splitlines()
    (record,) = extract(lines, Extraction(labels=False, learned={}), SerialMapper())
    assert "Jörg Müller" in record["title"] + record["body"]

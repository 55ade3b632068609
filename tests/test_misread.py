"""UTF-8 that was read as Windows-1252 is itself again; what was read well stays as it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from archive_gen.importers import read
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
    "Trajekt přestane jezdit, řekl mluvčí.",
    "渡轮在九十年后停运。",
    "The ferry is gone 😢😢😢.",
]
READ_WELL = [
    "Die „KPÖ“ und die „SPÖ“ tagten.\nDie „FPÖ“ blieb fern, „FPÖ“ und „KPÖ“ auch.",
    "AU «GRAND CAFÉ» ET AU «PETIT CAFÉ»\nLE «CAFÉ»",
    "A IRMÃ DE JOÃO E A MANHÃ DE CORAÇÃO.\nA IRMÃ\nA MANHÃ",
    "Two signs, Ã¼ and â€™, tell of the mistake.",
    "Ångström sa: ”Älven är full.” Ä är en bokstav.",
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

"""Plain texts in old encodings that nothing declares."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_gen.importers import read
from archive_gen.importers.encodings import decode
from archive_gen.problems import Problem

TEXTS = Path(__file__).parent / "fixtures" / "old_encodings.txt"
"""Lines of a language, encodings in which it was written, and a text."""
CASES = [
    (language, encoding, text)
    for named, _, text in (line.partition(" | ") for line in TEXTS.read_text("utf-8").splitlines())
    for language, *encodings in [named.split()]
    for encoding in encodings
]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [pytest.param(enc, text, id=f"{language}-{enc}") for language, enc, text in CASES],
)
def test_letters_tell_the_encoding(tmp_path: Path, encoding: str, text: str) -> None:
    (tmp_path / "page.txt").write_bytes(f"1997\n\n{text}\n".encode(encoding))
    (tmp_path / "table.csv").write_bytes(f'title,text\n1997,"{text}"\n'.encode(encoding))
    for path in tmp_path.iterdir():
        (found,) = read(path)
        assert not isinstance(found, Problem)
        assert text in found.text


NOT_WESTERN = [
    (encoding, text)
    for _, encoding, text in CASES
    if encoding in ("cp1250", "iso8859-2", "cp1254", "iso8859-9", "cp1257", "iso8859-13", "cp1251")
]


@pytest.mark.parametrize("declared", ["us-ascii", "iso-8859-1", "windows-1252"])
@pytest.mark.parametrize(("encoding", "text"), NOT_WESTERN)
def test_letters_tell_more_than_a_declaration_that_fits_any_bytes(
    tmp_path: Path, encoding: str, text: str, declared: str
) -> None:
    head = f'<html><head><meta charset="{declared}"></head><body>'
    (tmp_path / "page.html").write_bytes((head + f"<p>{text}</p>" * 3).encode(encoding))
    (found,) = read(tmp_path / "page.html")
    assert not isinstance(found, Problem)
    assert text in found.text


@pytest.mark.parametrize("declared", ["iso-2022-jp", "shift_jis", ""])
def test_seven_bits_of_japanese_are_no_ascii(tmp_path: Path, declared: str) -> None:
    text = next(text for language, _, text in CASES if language == "ja")
    page = f'<html><head><meta charset="{declared}"></head><body><p>{text} ｱｲｳ</p></body></html>'
    (tmp_path / "page.html").write_bytes(page.encode("iso2022_jp_ext"))
    (found,) = read(tmp_path / "page.html")
    assert not isinstance(found, Problem)
    assert f"{text} ｱｲｳ" in found.text


def test_letters_that_come_late_in_a_long_text_are_not_lost() -> None:
    text = "The ferry left the harbour at dawn.\n" * 10_000 + "The café closed, señor Peña said.\n"
    assert decode(text.encode("cp1252")) == text

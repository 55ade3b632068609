r"""What a program wrote in place of a page (``b'…\n'``, ``['…']``, records) is read as the page."""

from __future__ import annotations

import ast
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_gen.article import RawDocument
from archive_gen.importers import read
from archive_gen.importers.texts.literals import bytes_meant, text_meant
from archive_gen.intake.ingest import ingest
from archive_gen.intake.learning import Stated
from archive_gen.parallel import SerialMapper
from tests.imported import imported

if TYPE_CHECKING:
    from pathlib import Path


HEADLINE = "Ferry line to close in autumn"
STORY = (
    "The ferry between Toll and Marl will make its last trip in October, the line’s owner said.",
    "“We have lost money for ten years,” said Bo Berg, who runs the line with his sister.",
    "Fishermen asked who would pay for the pier at a meeting in the hall on the quay.",
    "The last boat leaves Marl at nine in the evening, and there will be a band on board.",
)
DUMP = ("Home", "News", HEADLINE, "By Ada Lund", "4 May 2014", *STORY, "Share")
PAGE = (
    f"<html><head><title>{HEADLINE}</title></head><body><ul><li>Home</li></ul>\n"
    f"<h1>{HEADLINE}</h1><p>By Ada Lund</p><p>4 May 2014</p>\n"
    + "\n".join(f"<p>{line}</p>" for line in STORY)
    + "</body></html>"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.txt", repr("\n".join(DUMP).encode())),
        ("page.txt", repr("\r\n".join(DUMP).encode("cp1252"))),
        ("page.txt", repr(list(DUMP))),
        ("page.txt", json.dumps(DUMP)),
        ("page.txt", json.dumps("\n".join(DUMP))[1:-1]),
        ("page.txt", "\\n".join(DUMP)),
        ("page.txt", repr(PAGE.encode())),
        ("page.html", repr(PAGE.encode())),
        ("page.txt", f"[<h1>{HEADLINE}</h1>, <p>By Ada Lund</p>, <p>4 May 2014</p>, "
         + ", ".join(f"<p>{line}</p>" for line in STORY) + "]"),
    ],
    ids=["bytes", "cp1252", "list", "array", "json", "line-ends", "page", "html", "elements"],
)  # fmt: skip
def test_the_article_is_the_same(tmp_path: Path, name: str, data: str) -> None:
    article = imported(tmp_path, data, name)
    assert (article.title, article.authors) == (HEADLINE, ("Ada Lund",))
    assert article.date
    assert article.date.text == "2014-05-04"
    assert tuple(article.body.split("\n\n")) == STORY


def test_the_original_stays(tmp_path: Path) -> None:
    data = repr("\n".join(DUMP).encode()).encode()
    (tmp_path / "page.txt").write_bytes(data)
    (found,) = read(tmp_path / "page.txt")
    assert isinstance(found, RawDocument)
    assert found.data == data
    assert found.text == "\n".join(DUMP)


def test_records_and_tables_that_are_called_texts(tmp_path: Path) -> None:
    record = {"title": HEADLINE, "date": "2014-05-04", "text": "\n".join(STORY)}
    row = "\t".join((HEADLINE, "2014-05-04", " ".join(STORY)))
    files = {
        "one.txt": json.dumps(record, indent=1),
        "many.txt": f"{json.dumps(record)}\n{json.dumps(record)}\n",
        "list.txt": json.dumps([record]),
        "table.txt": f"Title\tDate\tText\n{row}\n",
    }
    for name, data in files.items():
        (tmp_path / name).write_text(data, "utf-8")
        found = list(read(tmp_path / name))
        assert [getattr(each, "known", {}).get("title") for each in found] == (
            [HEADLINE] * (2 if name == "many.txt" else 1)
        ), name


@pytest.mark.parametrize(
    "text",
    [
        "{{headline}}\nThe story of a template.",
        '{"not": json, "but": text}\nMore of it.',
        "['It', as she said, 'is so']",
        "b'It' is what a programmer would write.",
        "News\tText\nA menu of two words, and no table.",
        "Home\tNews\tSport\nThe story.",
        "C:\\news\\names\\notes is a folder,\nand so is C:\\news.",
    ],
)
def test_other_texts_stay(tmp_path: Path, text: str) -> None:
    (tmp_path / "page.txt").write_text(text, "utf-8")
    (found,) = read(tmp_path / "page.txt")
    assert getattr(found, "text", "") == text


@given(st.binary())
def test_bytes_come_back(data: bytes) -> None:
    assert bytes_meant(repr(data).encode()) == data


@given(st.lists(st.text(st.characters(exclude_characters="\n")), min_size=1))
def test_lines_come_back(lines: list[str]) -> None:
    assert text_meant(repr(lines)) == "\n".join(lines)


@given(st.text("b'\"[]()\\,nrtu0aé\n <p>", max_size=40))
def test_nothing_is_read_that_python_would_not(text: str) -> None:
    shown = bytes_meant(text.encode())
    if shown != text.encode() and not text.strip().startswith("["):
        assert ast.literal_eval(text.strip()) == shown


def test_a_text_without_line_ends_is_kept_and_told(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(" ".join((*DUMP, *(STORY * 4))), "utf-8")
    (found,) = ingest(tmp_path, [tmp_path / "page.txt"], Stated({}), SerialMapper())
    assert STORY[-1] in (tmp_path / str(found.path)).read_text("utf-8")
    assert "nearly all of the text is one line" in " ".join(map(str, found.problems))

"""Rows for programs: what is read back is what was written, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from archive_gen.rendering.tables import as_csv, as_json

COLUMNS = ("title", "tags", "count", "url")
texts = st.text(st.characters(exclude_categories=("Cs",)))
rows = st.lists(
    st.tuples(texts, st.lists(texts.filter(bool), max_size=3).map(tuple), st.integers(0), texts)
)


def address(url: str) -> str:
    return f"https://example.org/{url}"


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


@given(rows)
def test_json_reads_as_it_was(made: list[tuple[str, tuple[str, ...], int, str]]) -> None:
    data = json.loads(as_json({"list": "L"}, COLUMNS, made, address))
    assert data["list"] == "L"
    assert [
        (item.get("title", ""), tuple(item.get("tags", ())), item["count"])
        for item in data["items"]
    ] == [row[:3] for row in made]


@given(rows)
def test_csv_reads_as_it_was_but_for_formulas(
    made: list[tuple[str, tuple[str, ...], int, str]],
) -> None:
    head, *found = read(as_csv(COLUMNS, made, address))
    assert tuple(head) == COLUMNS
    for (title, tags, count, url), cells in zip(made, found, strict=True):
        assert cells[0] in (title, f"'{title}")
        assert not cells[0].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert cells[1].removeprefix("'") == "; ".join(tags).removeprefix("'")
        assert cells[2:] == [str(count), address(url)]
